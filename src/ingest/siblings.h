/*
 * Which articles of one input share an identity: one page may hold several, and all of
 * them are kept, each under a number of its own.
 */
#ifndef INGEST_SIBLINGS_H
#define INGEST_SIBLINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIBLING_PART_BITS = 6 };

struct sibling_entry {
	uint64_t key; /* 0: free */
	uint64_t digest;
};

struct sibling_numbers {
	uint32_t number;
	uint32_t last; /* greatest given out for the key */
};

struct sibling_table {
	struct sibling_entry *v;
	struct sibling_numbers *numbers; /* beside ${v}; NULL: all are 1 */
	size_t cap, n;
};

struct sibling_part {
	struct sibling_table first;  /* by key: the first article with it */
	struct sibling_table others; /* by key and digest: the further ones */
};

/* In parts by key: while one of them grows, it is there twice.  A zeroed struct has
 * seen nothing. */
struct siblings {
	struct sibling_part part[1 << SIBLING_PART_BITS];
};

void siblings_release(struct siblings *s);

/* Forget everything, for the next input. */
void siblings_reset(struct siblings *s);

/*
 * The number of the article with identity ${key}, not 0, and content ${digest}: that of
 * the same content where it was seen, else ${given} where that is not 0, else the next.
 * False where memory is out.
 */
bool siblings_number(uint32_t *out, struct siblings *s, uint64_t key, uint64_t digest,
		     uint32_t given);

#endif
