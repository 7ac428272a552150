/*
 * Two hash tables with open addressing: most identities have one article, which costs
 * one entry; further ones are found by identity and content together, so that a
 * hundred thousand articles under one URL are as quick as under as many.
 */
#include "ingest/siblings.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAP 16
#define KEEP_CAP 256 /* a table this small is cleared rather than freed */

/* Keys are hashes already; the multiplier (2^64 / golden ratio) spreads the rest. */
static uint64_t spread(uint64_t key)
{
	return key * 0x9E3779B97F4A7C15u;
}

/* The part takes the first bits; a number of 32 bits as a share of the slots. */
static size_t slot_of(const struct sibling_table *t, uint64_t key)
{
	uint32_t share = (uint32_t)(spread(key) >> (32 - SIBLING_PART_BITS));

	return (size_t)((uint64_t)share * t->cap >> 32);
}

static size_t next_slot(const struct sibling_table *t, size_t i)
{
	return i + 1 < t->cap ? i + 1 : 0;
}

/* The place of ${key} and, where ${digest} is given, that content; or a free one. */
static size_t find(const struct sibling_table *t, uint64_t key, const uint64_t *digest)
{
	size_t i = slot_of(t, digest ? key ^ *digest : key);

	while (t->v[i].key != 0 &&
	       (t->v[i].key != key || (digest && t->v[i].digest != *digest)))
		i = next_slot(t, i);
	return i;
}

static void table_free(struct sibling_table *t)
{
	free(t->v);
	free(t->numbers);
	*t = (struct sibling_table){ 0 };
}

static bool rehash(struct sibling_table *t, size_t cap, bool by_digest)
{
	struct sibling_table next = { .cap = cap, .n = t->n };

	next.v = calloc(cap, sizeof(*next.v));
	if (t->numbers)
		next.numbers = calloc(cap, sizeof(*next.numbers));
	if (!next.v || (t->numbers && !next.numbers)) {
		table_free(&next);
		return false;
	}
	for (size_t i = 0; i < t->cap; i++) {
		const struct sibling_entry *e = &t->v[i];
		size_t at;

		if (e->key == 0)
			continue;
		at = find(&next, e->key, by_digest ? &e->digest : NULL);
		next.v[at] = *e;
		if (t->numbers)
			next.numbers[at] = t->numbers[i];
	}
	table_free(t);
	*t = next;
	return true;
}

/* Most inputs need none. */
static bool have_numbers(struct sibling_table *t)
{
	if (t->numbers)
		return true;
	t->numbers = calloc(t->cap, sizeof(*t->numbers));
	for (size_t i = 0; t->numbers && i < t->cap; i++)
		t->numbers[i] = (struct sibling_numbers){ 1, 1 };
	return t->numbers;
}

/* Room for one more, with a quarter of the table free. */
static bool make_room(struct sibling_table *t, bool by_digest)
{
	if (t->cap == 0)
		return rehash(t, FIRST_CAP, by_digest);
	if (t->n < t->cap - t->cap / 4)
		return true;
	return t->cap < UINT32_MAX / 2 && rehash(t, t->cap + t->cap / 2, by_digest);
}

static void table_reset(struct sibling_table *t)
{
	if (t->cap > KEEP_CAP) {
		table_free(t);
	} else if (t->n > 0) {
		memset(t->v, 0, t->cap * sizeof(*t->v));
		free(t->numbers);
		t->numbers = NULL;
		t->n = 0;
	}
}

void siblings_reset(struct siblings *s)
{
	for (size_t i = 0; i < sizeof(s->part) / sizeof(*s->part); i++) {
		table_reset(&s->part[i].first);
		table_reset(&s->part[i].others);
	}
}

void siblings_release(struct siblings *s)
{
	for (size_t i = 0; i < sizeof(s->part) / sizeof(*s->part); i++) {
		table_free(&s->part[i].first);
		table_free(&s->part[i].others);
	}
}

static bool add_first(uint32_t *out, struct sibling_table *t, size_t at, uint64_t key,
		      uint64_t digest, uint32_t given)
{
	*out = given ? given : 1;
	if (*out != 1 && !have_numbers(t))
		return false;
	t->v[at] = (struct sibling_entry){ key, digest };
	t->n++;
	if (t->numbers)
		t->numbers[at] = (struct sibling_numbers){ *out, *out };
	return true;
}

bool siblings_number(uint32_t *out, struct siblings *s, uint64_t key, uint64_t digest,
		     uint32_t given)
{
	struct sibling_part *part = &s->part[spread(key) >> (64 - SIBLING_PART_BITS)];
	struct sibling_table *first = &part->first, *others = &part->others;
	size_t at, other;
	uint32_t *last;

	if (!make_room(first, false) || !make_room(others, true))
		return false;
	at = find(first, key, NULL);
	if (first->v[at].key == 0)
		return add_first(out, first, at, key, digest, given);
	*out = first->numbers ? first->numbers[at].number : 1;
	if (first->v[at].digest == digest)
		return true;
	if (!have_numbers(first) || !have_numbers(others))
		return false;
	last = &first->numbers[at].last;
	other = find(others, key, &digest);
	if (others->v[other].key == 0) {
		*out = given ? given : *last + 1;
		others->v[other] = (struct sibling_entry){ key, digest };
		others->numbers[other].number = *out;
		others->n++;
		*last = *out > *last ? *out : *last;
	}
	*out = others->numbers[other].number;
	return true;
}
