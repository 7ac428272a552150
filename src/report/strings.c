/* Strings by number: an array, and a table of numbers that is probed by hash. */
#include "report/strings.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define FIRST_SLOTS 256

void strings_release(struct strings *strings)
{
	free(strings->v);
	free(strings->slots);
	arena_release(&strings->arena);
	*strings = (struct strings){ .v = NULL };
}

static uint32_t tag_of(uint64_t hash)
{
	return (uint32_t)(hash >> 32);
}

static bool has(const struct strings *strings, const struct string_slot *slot,
		uint64_t hash, const char *text, size_t len)
{
	const struct string *s;

	if (slot->tag != tag_of(hash))
		return false;
	s = &strings->v[slot->number];
	return s->len == len && memcmp(s->text, text, len) == 0;
}

/* The slot that has the ${len} bytes, or where they belong; there is a free one. */
static struct string_slot *find_slot(const struct strings *strings, uint64_t hash,
				     const char *text, size_t len)
{
	size_t mask = strings->nslots - 1, i = (size_t)hash & mask;

	while (strings->slots[i].number != STRINGS_NONE &&
	       !has(strings, &strings->slots[i], hash, text, len))
		i = (i + 1) & mask;
	return &strings->slots[i];
}

/* Twice the slots. */
static bool grow(struct strings *strings)
{
	size_t n = strings->nslots ? strings->nslots * 2 : FIRST_SLOTS, bytes;
	struct string_slot *slots =
		mem_mul(&bytes, n, sizeof(*slots)) ? malloc(bytes) : NULL;

	if (!slots)
		return false;
	memset(slots, 0xFF, bytes); /* STRINGS_NONE everywhere */
	free(strings->slots);
	strings->slots = slots;
	strings->nslots = n;
	for (size_t i = 0; i < strings->n; i++) {
		const struct string *s = &strings->v[i];
		uint64_t hash = hash64(s->text, s->len);

		*find_slot(strings, hash, s->text, s->len) =
			(struct string_slot){ (uint32_t)i, tag_of(hash) };
	}
	return true;
}

uint32_t strings_add(struct strings *strings, const char *text, size_t len)
{
	uint64_t hash = hash64(text, len);
	struct string_slot *slot;
	char *copy;

	/* The last two numbers stand for what is none. */
	if (strings->n >= STRINGS_NONE - 1 ||
	    (strings->n >= strings->nslots / 2 && !grow(strings)))
		return STRINGS_NONE;
	slot = find_slot(strings, hash, text, len);
	if (slot->number != STRINGS_NONE)
		return slot->number;
	if (!mem_grow(&strings->v, &strings->cap, strings->n + 1, sizeof(*strings->v)))
		return STRINGS_NONE;
	copy = arena_dup(&strings->arena, text, len);
	if (!copy)
		return STRINGS_NONE;
	strings->v[strings->n] = (struct string){ copy, len };
	*slot = (struct string_slot){ (uint32_t)strings->n, tag_of(hash) };
	return (uint32_t)strings->n++;
}

uint32_t strings_find(const struct strings *strings, const char *text, size_t len)
{
	if (!strings->nslots)
		return STRINGS_NONE;
	return find_slot(strings, hash64(text, len), text, len)->number;
}
