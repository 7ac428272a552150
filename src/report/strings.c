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

/* The slot that has the ${len} bytes, or where they belong; there is a free one. */
static uint32_t *find_slot(const struct strings *strings, const char *text, size_t len)
{
	size_t mask = strings->nslots - 1, i = (size_t)hash64(text, len) & mask;

	for (;; i = (i + 1) & mask) {
		const struct string *s = &strings->v[strings->slots[i]];

		if (strings->slots[i] == STRINGS_NONE ||
		    (s->len == len && memcmp(s->text, text, len) == 0))
			return &strings->slots[i];
	}
}

/* Twice the slots. */
static bool grow(struct strings *strings)
{
	size_t n = strings->nslots ? strings->nslots * 2 : FIRST_SLOTS, bytes;
	uint32_t *slots = mem_mul(&bytes, n, sizeof(*slots)) ? malloc(bytes) : NULL;

	if (!slots)
		return false;
	memset(slots, 0xFF, bytes); /* STRINGS_NONE everywhere */
	free(strings->slots);
	strings->slots = slots;
	strings->nslots = n;
	for (size_t i = 0; i < strings->n; i++)
		*find_slot(strings, strings->v[i].text, strings->v[i].len) =
			(uint32_t)i;
	return true;
}

uint32_t strings_add(struct strings *strings, const char *text, size_t len)
{
	uint32_t *slot;
	char *copy;

	if (strings->n >= STRINGS_NONE - 1 ||
	    (strings->n >= strings->nslots / 2 && !grow(strings)))
		return STRINGS_NONE;
	slot = find_slot(strings, text, len);
	if (*slot != STRINGS_NONE)
		return *slot;
	if (!mem_grow(&strings->v, &strings->cap, strings->n + 1, sizeof(*strings->v)))
		return STRINGS_NONE;
	copy = arena_dup(&strings->arena, text, len);
	if (!copy)
		return STRINGS_NONE;
	strings->v[strings->n] = (struct string){ copy, len };
	return *slot = (uint32_t)strings->n++;
}

uint32_t strings_find(const struct strings *strings, const char *text, size_t len)
{
	return strings->nslots ? *find_slot(strings, text, len) : STRINGS_NONE;
}
