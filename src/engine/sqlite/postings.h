/*
 * The postings of one term in one window of WINDOW_ROWS rows: which rows have it, and
 * how often in each column.  They stand beside the full-text index for the words that
 * so many articles have that walking FTS5's lists is what a search would spend its time
 * on.  Bytes only: no SQL.
 *
 * Stored form: number of rows n, number of distinct counts, then
 * - the mean field lengths that the bounds were made with, as floats;
 * - for each of the WINDOW_PARTS parts of the window a bound (postings_bound);
 * - the distinct counts by column, varints, those that most rows have first;
 * - for each of them a bound of the rows that have it;
 * - the rows: n numbers of two bytes, or from POSTINGS_SPARSE on one bit for each row;
 * - for each row the number of its counts: half a byte, the low half first, where
 *   POSTINGS_ESCAPE stands for the next of the bytes behind them; or two bytes where
 *   there are over 256.
 */
#ifndef ENGINE_SQLITE_POSTINGS_H
#define ENGINE_SQLITE_POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bits.h"
#include "base/buf.h"
#include "query/fields.h"
#include "rank/bm25f.h"

enum {
	WINDOW_ROWS = 4096,
	WINDOW_WORDS = WINDOW_ROWS / 64,
	WINDOW_PARTS =
		16, /* with a bound each: of 256 rows, like a chunk of doc values */
	PART_ROWS = WINDOW_ROWS / WINDOW_PARTS,
	POSTINGS_SPARSE =
		WINDOW_ROWS / 16, /* two bytes a row are as many as the bits */
	POSTINGS_SLOTS = 2 * WINDOW_ROWS,
	POSTINGS_BOUNDS = 256, /* a bound is one of so many */
	POSTINGS_ESCAPE = 15
};

typedef uint32_t column_counts[TEXT_COLUMNS];

/* Postings that can change; large: on the heap.  A zeroed struct has none. */
struct postings {
	uint16_t code[WINDOW_ROWS]; /* place in ${counts}, + 1; 0: the row is not in it
				     */
	column_counts *counts;      /* distinct */
	size_t ncounts, cap;
	uint16_t slots[POSTINGS_SLOTS]; /* open addressing: place in ${counts}, + 1 */
};

void postings_release(struct postings *p);
void postings_clear(struct postings *p); /* keeps the memory */

/* Replace the content of ${p} with what is stored; false: no postings, or no memory. */
bool postings_decode(struct postings *p, const void *bytes, size_t len);

/* Row ${at} of the window has the term ${counts} often.  False: no memory. */
bool postings_set(struct postings *p, size_t at, const column_counts counts);
void postings_remove(struct postings *p, size_t at);

/* Whether the same rows have the same counts. */
bool postings_same(const struct postings *a, const struct postings *b);

/* What bounds are made with: the field lengths of the rows, and their means. */
struct window_lengths {
	uint8_t (*of)[TEXT_COLUMNS]; /* WINDOW_ROWS of them, quantised */
	double mean[TEXT_COLUMNS];
	const struct rank_norms *norms; /* of the default profile and these means */
};

/* Append the stored form; nothing where no row has the term. */
void postings_encode(struct buf *out, const struct postings *p,
		     const struct window_lengths *lengths);

/* Stored postings as they are read; a zeroed struct is ready. */
struct postings_view {
	uint64_t rows[WINDOW_WORDS];   /* bit ${at} % 64 of word ${at} / 64 */
	uint16_t before[WINDOW_WORDS]; /* rows in the words before */
	column_counts *counts;
	size_t n, ncounts, cap;
	float mean[TEXT_COLUMNS];
	uint8_t bounds[WINDOW_PARTS];
	const unsigned char *count_bounds; /* in the bytes; of codes there are */
	const unsigned char *codes; /* ${narrow}, or in the bytes that were opened;
				       NULL: the counts of each row stand by themselves
				     */
	bool wide;                  /* codes have two bytes */
	unsigned char narrow[WINDOW_ROWS];
};

void postings_view_release(struct postings_view *v);
void postings_view_clear(struct postings_view *v);

/* ${bytes} must stay.  False where they are no postings, or memory is out. */
bool postings_view_open(struct postings_view *v, const void *bytes, size_t len);

static inline bool postings_has(const struct postings_view *v, size_t at)
{
	return v->rows[at / 64] >> (at % 64) & 1;
}

/* How many rows are there before row ${at}. */
static inline size_t postings_place(const struct postings_view *v, size_t at)
{
	uint64_t below = v->rows[at / 64] & ((UINT64_C(1) << (at % 64)) - 1);

	return v->before[at / 64] + bits_count(below);
}

/* Which of the counts row number ${place} of those that are there has. */
static inline size_t postings_code(const struct postings_view *v, size_t place)
{
	if (v->codes && v->wide)
		return v->codes[2 * place] | (size_t)v->codes[2 * place + 1] << 8;
	return v->codes ? v->codes[place] : place;
}

/* The counts of a row that is there. */
static inline const uint32_t *postings_counts(const struct postings_view *v, size_t at)
{
	return v->counts[postings_code(v, postings_place(v, at))];
}

/* Number the rows of a view that is made by hand, whose counts are 0 then: no codes.
 * False: no memory. */
bool postings_number(struct postings_view *v);

/* Add the counts of ${from} to those of ${v}, which has all of its rows. */
void postings_add(struct postings_view *v, const struct postings_view *from);

/*
 * What a stored bound stands for: no row of the part, or of those that have the counts,
 * had more than this as tf' (rank/bm25f.h) with the default profile when the postings
 * were written; 0 where there is none.  With the means ${mean} of today it is
 * postings_growth() times as much at most: a field's factor grows no faster than the
 * mean of its length.
 */
double postings_bound(uint8_t bound);
double postings_growth(const struct postings_view *v, const double mean[TEXT_COLUMNS]);

#endif
