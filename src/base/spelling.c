/*
 * Weighed edit distance, banded and with an early way out, behind tests of the lengths
 * and the letters: a vocabulary is compared with a word at the rate at which it is read.
 * Knows code points only.
 */
#include "base/spelling.h"

#include <string.h>

#include "base/utf8.h"

static size_t decode(uint32_t *cps, const char *text, size_t len)
{
	size_t n = 0, i = 0;

	while (i < len && n < SPELLING_MAX)
		i += utf8_decode(&cps[n++], text + i, len - i);
	return i < len ? SPELLING_MAX + 1 : n;
}

/*
 * The ASCII characters of ${text} as a set: lower case in the lower half, digits and
 * signs in the upper.  Two that share a bit make words look nearer than they are.
 */
static uint64_t letters_of(const char *text, size_t len)
{
	uint64_t set = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned c = (unsigned char)text[i];

		if (c < 0x80)
			set |= UINT64_C(1) << ((c & 31) | (~c >> 1 & 32));
	}
	return set;
}

/* Whether ${set} has more than ${n} members. */
static bool has_more(uint64_t set, size_t n)
{
	while (set && n--)
		set &= set - 1;
	return set != 0;
}

static bool is_number(const struct spelling *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->cps[i] < '0' || s->cps[i] > '9')
			return false;
	return true;
}

bool spelling_init(struct spelling *s, const char *word, size_t len)
{
	*s = (struct spelling){ .len = len };
	if (len > (size_t)SPELLING_MAX * UTF8_MAX_BYTES)
		return false;
	s->n = decode(s->cps, word, len);
	if (s->n < 3 || s->n > SPELLING_MAX || is_number(s))
		return false;
	s->ascii = s->n == len;
	s->letters = letters_of(word, len);
	/* More would make another word of a short one. */
	s->most = s->n < 5 ? 1 : s->n < 12 ? 2 : 3;
	return true;
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Whether the lengths alone keep the words apart. */
static bool lengths_differ(const struct spelling *s, size_t len)
{
	/* A letter that is replaced may be up to 3 bytes longer or shorter. */
	size_t room = s->ascii ? s->most : s->most * UTF8_MAX_BYTES;
	size_t wide = s->most * UTF8_MAX_BYTES;

	return len + room < s->len || len > s->len + wide;
}

/* Whether the letters do: an edit takes at most one away and adds one, a swap none. */
static bool letters_differ(const struct spelling *s, const char *other, size_t len)
{
	uint64_t set = letters_of(other, len);

	return has_more(s->letters & ~set, s->most) ||
	       has_more(set & ~s->letters, s->most);
}

/*
 * Row ${i} of the table from the two above it, inside the band; returns its least.
 * ${a} and ${b} are the code points of the words.
 */
static uint32_t fill_row(uint32_t *row, const uint32_t *above, const uint32_t *two,
			 const uint32_t *a, const uint32_t *b, size_t i, size_t nb,
			 size_t most)
{
	size_t first = i > most ? i - most : 1, last = i + most < nb ? i + most : nb;
	uint32_t smallest = SPELLING_FAR / 2;

	row[first - 1] = first == 1 ? (uint32_t)i * SPELLING_EDIT : SPELLING_FAR / 2;
	if (first == 1)
		smallest = row[0];
	for (size_t j = first; j <= last; j++) {
		uint32_t cost =
			above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : SPELLING_EDIT);

		cost = least(cost, above[j] + SPELLING_EDIT);
		cost = least(cost, row[j - 1] + SPELLING_EDIT);
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
			cost = least(cost, two[j - 2] + SPELLING_SWAP);
		row[j] = cost;
		smallest = least(smallest, cost);
	}
	if (last < nb)
		row[last + 1] = SPELLING_FAR / 2;
	return smallest;
}

uint32_t spelling_cost(const struct spelling *s, const char *other, size_t len)
{
	uint32_t b[SPELLING_MAX + 1], d[3][SPELLING_MAX + 2];
	uint32_t limit = (uint32_t)s->most * SPELLING_EDIT, before = 0;
	size_t nb;

	if (lengths_differ(s, len) || len > (size_t)SPELLING_MAX * UTF8_MAX_BYTES ||
	    letters_differ(s, other, len))
		return SPELLING_FAR;
	nb = decode(b, other, len);
	if (nb > SPELLING_MAX || nb + s->most < s->n || nb > s->n + s->most)
		return SPELLING_FAR;
	for (size_t k = 0; k < 3; k++)
		for (size_t j = 0; j <= nb + 1; j++)
			d[k][j] = k ? SPELLING_FAR / 2 : (uint32_t)j * SPELLING_EDIT;
	for (size_t i = 1; i <= s->n; i++) {
		uint32_t smallest = fill_row(d[i % 3], d[(i + 2) % 3], d[(i + 1) % 3],
					     s->cps, b, i, nb, s->most);

		/* A swap reaches over one row. */
		if (smallest > limit && before > limit)
			return SPELLING_FAR;
		before = smallest;
	}
	if (d[s->n % 3][nb] > limit)
		return SPELLING_FAR;
	return d[s->n % 3][nb] + (nb && s->cps[0] == b[0] ? 0 : SPELLING_FIRST);
}
