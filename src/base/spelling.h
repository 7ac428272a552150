/*
 * How likely one word was typed for another: edits weighed as a noisy channel does, so
 * that they can be set against how often a word is used.
 */
#ifndef BASE_SPELLING_H
#define BASE_SPELLING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SPELLING_MAX 64 /* code points; a longer word has no neighbours */
#define SPELLING_FAR UINT32_MAX

/*
 * Costs in tenths of a nat (-ln p): any edit has the odds 1 to 100, neighbours that
 * changed places 1 to 40, and of the first letter it is 4 times less likely.
 */
#define SPELLING_EDIT 46
#define SPELLING_SWAP 37
#define SPELLING_FIRST 14

struct spelling {
	uint32_t cps[SPELLING_MAX];
	size_t n;	  /* code points */
	size_t len;	  /* bytes */
	size_t most;	  /* edits that are looked for */
	uint64_t letters; /* the ASCII ones, as a set */
	bool ascii;
};

/*
 * ${word} is folded text.  False where nothing is to be offered for it: under 3
 * letters, too long, or a number, for which every other number is a neighbour.
 */
bool spelling_init(struct spelling *s, const char *word, size_t len);

/* The cost of ${other} instead of the word; SPELLING_FAR beyond s->most edits. */
uint32_t spelling_cost(const struct spelling *s, const char *other, size_t len);

#endif
