/* Counts by a key of a few numbers, and where each was counted first. */
#ifndef REPORT_TALLY_H
#define REPORT_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TALLY_KEYS 5

struct tally_entry {
	uint32_t key[TALLY_KEYS];
	uint32_t count; /* 0: the slot is free */
	uint32_t first;
};

/* A zeroed struct is ready. */
struct tally {
	struct tally_entry *slots;
	size_t nslots; /* a power of two */
	size_t n;      /* entries */
};

void tally_release(struct tally *t);

/*
 * Count ${by}, not 0, more of ${key}; ${first} is kept where there were none.  False
 * where memory is out.
 */
bool tally_add(struct tally *t, const uint32_t key[TALLY_KEYS], uint32_t by,
	       uint32_t first);

/* ${key} is about to be counted: its place is fetched from memory meanwhile. */
void tally_expect(const struct tally *t, const uint32_t key[TALLY_KEYS]);

/* The entry of ${key}; NULL: nothing was counted. */
const struct tally_entry *tally_find(const struct tally *t,
				     const uint32_t key[TALLY_KEYS]);

/*
 * Put the entries in the order of their keys to t->slots[0] to [n - 1]; nothing can be
 * added or found after that.
 */
void tally_sort(struct tally *t);

#endif
