/* Counts by key: a table that is probed from the key's hash on. */
#include "report/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_SLOTS 256

void tally_release(struct tally *t)
{
	free(t->slots);
	*t = (struct tally){ .slots = NULL };
}

/* Multiply and fold, number by number (FNV-1a's prime); the keys are our own. */
static size_t hash_key(const uint32_t key[TALLY_KEYS])
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < TALLY_KEYS; i++) {
		h = (h ^ key[i]) * 1099511628211u;
		h ^= h >> 29;
	}
	return (size_t)h;
}

/* The slot that has ${key}, or where it belongs; there is a free one. */
static struct tally_entry *find_slot(const struct tally *t,
				     const uint32_t key[TALLY_KEYS])
{
	size_t mask = t->nslots - 1, i = hash_key(key) & mask;

	while (t->slots[i].count &&
	       memcmp(t->slots[i].key, key, sizeof(t->slots[i].key)) != 0)
		i = (i + 1) & mask;
	return &t->slots[i];
}

/* Twice the slots. */
static bool grow(struct tally *t)
{
	struct tally old = *t;
	size_t n = old.nslots ? old.nslots * 2 : FIRST_SLOTS;

	t->slots = calloc(n, sizeof(*t->slots));
	if (!t->slots) {
		*t = old;
		return false;
	}
	t->nslots = n;
	for (size_t i = 0; i < old.nslots; i++)
		if (old.slots[i].count)
			*find_slot(t, old.slots[i].key) = old.slots[i];
	free(old.slots);
	return true;
}

bool tally_add(struct tally *t, const uint32_t key[TALLY_KEYS], uint32_t by,
	       uint32_t first)
{
	struct tally_entry *e;

	if (t->n >= t->nslots / 4 * 3 && !grow(t))
		return false;
	e = find_slot(t, key);
	if (!e->count) {
		memcpy(e->key, key, sizeof(e->key));
		e->first = first;
		t->n++;
	}
	e->count = by > UINT32_MAX - e->count ? UINT32_MAX : e->count + by;
	return true;
}

void tally_expect(const struct tally *t, const uint32_t key[TALLY_KEYS])
{
#if defined(__GNUC__)
	if (t->nslots)
		__builtin_prefetch(&t->slots[hash_key(key) & (t->nslots - 1)], 1);
#else
	(void)t, (void)key;
#endif
}

const struct tally_entry *tally_find(const struct tally *t,
				     const uint32_t key[TALLY_KEYS])
{
	const struct tally_entry *e = t->nslots ? find_slot(t, key) : NULL;

	return e && e->count ? e : NULL;
}

static int by_key(const void *a, const void *b)
{
	const struct tally_entry *x = a, *y = b;

	for (size_t i = 0; i < TALLY_KEYS; i++)
		if (x->key[i] != y->key[i])
			return x->key[i] < y->key[i] ? -1 : 1;
	return 0;
}

void tally_sort(struct tally *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nslots; i++)
		if (t->slots[i].count)
			t->slots[n++] = t->slots[i];
	if (n > 1)
		qsort(t->slots, n, sizeof(*t->slots), by_key);
}
