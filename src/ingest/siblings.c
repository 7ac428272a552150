/*
 * Two hash tables with open addressing: most identities have one article, which costs
 * one entry; further ones are found by identity and content together, so that a
 * hundred thousand articles under one URL are as quick as under as many.
 */
#include "ingest/siblings.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAP 64
#define KEEP_CAP 4096 /* a table this small is cleared rather than freed */

/* Keys are hashes already; the multiplier (2^64 / golden ratio) spreads the rest. */
static size_t slot_of(const struct sibling_table *t, uint64_t key)
{
	return (size_t)((key * 0x9E3779B97F4A7C15u) >> 20) & (t->cap - 1);
}

/* The entry of ${key} and, where ${digest} is given, that content; or a free one. */
static struct sibling_entry *find(const struct sibling_table *t, uint64_t key,
				  const uint64_t *digest)
{
	size_t i = slot_of(t, digest ? key ^ *digest : key);

	while (t->v[i].number != 0 &&
	       (t->v[i].key != key || (digest && t->v[i].digest != *digest)))
		i = (i + 1) & (t->cap - 1);
	return &t->v[i];
}

static bool rehash(struct sibling_table *t, size_t cap, bool by_digest)
{
	struct sibling_table next = { .cap = cap, .n = t->n };

	next.v = calloc(cap, sizeof(*next.v));
	if (!next.v)
		return false;
	for (size_t i = 0; i < t->cap; i++) {
		const struct sibling_entry *e = &t->v[i];

		if (e->number != 0)
			*find(&next, e->key, by_digest ? &e->digest : NULL) = *e;
	}
	free(t->v);
	*t = next;
	return true;
}

/* Room for one more, with a quarter of the table free. */
static bool make_room(struct sibling_table *t, bool by_digest)
{
	if (t->cap == 0)
		return rehash(t, FIRST_CAP, by_digest);
	if (t->n < t->cap - t->cap / 4)
		return true;
	return t->cap <= SIZE_MAX / 2 && rehash(t, t->cap * 2, by_digest);
}

static void table_reset(struct sibling_table *t)
{
	if (t->cap > KEEP_CAP) {
		free(t->v);
		*t = (struct sibling_table){ 0 };
	} else if (t->n > 0) {
		memset(t->v, 0, t->cap * sizeof(*t->v));
		t->n = 0;
	}
}

void siblings_reset(struct siblings *s)
{
	table_reset(&s->first);
	table_reset(&s->others);
}

void siblings_release(struct siblings *s)
{
	free(s->first.v);
	free(s->others.v);
	*s = (struct siblings){ 0 };
}

bool siblings_number(uint32_t *out, struct siblings *s, uint64_t key, uint64_t digest,
		     uint32_t given)
{
	struct sibling_entry *first, *other;

	if (!make_room(&s->first, false) || !make_room(&s->others, true))
		return false;

	first = find(&s->first, key, NULL);
	if (first->number == 0) {
		*out = given ? given : 1;
		*first = (struct sibling_entry){ key, digest, *out, *out };
		s->first.n++;
		return true;
	}
	*out = first->number;
	if (first->digest == digest)
		return true;

	other = find(&s->others, key, &digest);
	if (other->number == 0) {
		*other = (struct sibling_entry){ key, digest, given, 0 };
		if (!given)
			other->number = first->last + 1;
		if (other->number > first->last)
			first->last = other->number;
		s->others.n++;
	}
	*out = other->number;
	return true;
}
