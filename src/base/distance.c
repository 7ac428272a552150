/*
 * Edit distance between short words.  Knows bytes only; which words there are is the
 * caller's.
 */
#include "base/distance.h"

#include <stdint.h>
#include <string.h>

#define WORD_MAX 64 /* bytes; names and options are shorter */
#define FAR_AWAY 3  /* edits; a word that far off was not meant */

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t word_distance(const char *a, size_t alen, const char *b, size_t blen)
{
	/* Rows i - 2, i - 1 and i of the table, by i modulo 3. */
	size_t d[3][WORD_MAX + 1];

	if (alen > WORD_MAX || blen > WORD_MAX)
		return SIZE_MAX;
	for (size_t j = 0; j <= blen; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= alen; i++) {
		size_t *row = d[i % 3], *above = d[(i + 2) % 3], *two = d[(i + 1) % 3];

		row[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			size_t same = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;

			row[j] = least(above[j], row[j - 1]) + 1;
			row[j] = least(row[j], above[j - 1] + same);
			if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
			    lower(a[i - 2]) == lower(b[j - 1]))
				row[j] = least(row[j], two[j - 2] + 1);
		}
	}
	return d[alen % 3][blen];
}

void nearest_init(struct nearest *n, const char *word, size_t len)
{
	*n = (struct nearest){ .word = word, .len = len, .distance = FAR_AWAY };
}

void nearest_offer(struct nearest *n, const char *candidate)
{
	size_t d = word_distance(n->word, n->len, candidate, strlen(candidate));

	if (d >= n->distance || 2 * d >= n->len)
		return;
	n->best = candidate;
	n->distance = d;
}
