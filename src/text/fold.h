/*
 * Folding code points: compatibility decomposition, case fold, diacritics dropped,
 * composed again.  A cluster is a character with the marks that follow it; no mark acts
 * beyond its cluster, so a text of any length folds cluster by cluster.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Real clusters have under 10 code points; what does not fit is left out. */
#define FOLD_CLUSTER 64
#define FOLD_BYTES (4 * FOLD_CLUSTER)

struct fold {
	int32_t cps[FOLD_CLUSTER];
	size_t n;
};

/*
 * Add ${cp} to the cluster.  ${word}: only what can stand in a word is kept, of the
 * parentheses of U+2474 nothing.
 */
void fold_add(struct fold *f, uint32_t cp, bool word);

/* Write the folded cluster, begin the next, return the bytes. */
size_t fold_flush(char out[FOLD_BYTES], struct fold *f);

#endif
