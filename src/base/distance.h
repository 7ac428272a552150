/* How far apart two words are, to offer the one that was meant. */
#ifndef BASE_DISTANCE_H
#define BASE_DISTANCE_H

#include <stddef.h>

/*
 * Edits from ${a} to ${b}, without ASCII case: insert, delete or replace a byte, or
 * swap two neighbours (Damerau-Levenshtein, no byte edited twice).  Words longer than
 * 64 bytes are far from everything: SIZE_MAX.
 */
size_t word_distance(const char *a, size_t alen, const char *b, size_t blen);

/*
 * The nearest so far of the words offered: within 2 edits of ${len} bytes of ${word},
 * and less than half of its length away.
 */
struct nearest {
	const char *word;
	size_t len;
	const char *best; /* NULL: none is near */
	size_t distance;  /* of ${best} */
};

void nearest_init(struct nearest *n, const char *word, size_t len);

/* ${candidate} is kept as a pointer where it is nearer than the others. */
void nearest_offer(struct nearest *n, const char *candidate);

#endif
