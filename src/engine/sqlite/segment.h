/*
 * A segment of the full-text index, the same bytes that FTS5 itself would write for the
 * same terms: a batch's doclists are complete and sorted when it ends, and need not go
 * through FTS5's hash table token by token.
 *
 * The format is SQLite's (described at the head of fts5_index.c, and read by every
 * version that has FTS5): pages of terms and doclists in the table text_data, where each
 * page's first term stands in text_idx, and for doclists of several pages an index of
 * the pages' first rows.  What text_data says of all segments is the structure record.
 */
#ifndef ENGINE_SQLITE_SEGMENT_H
#define ENGINE_SQLITE_SEGMENT_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct segment;

/* Of text_data's ids: segment, whether it is an index of a doclist, its level, page. */
enum { SEGMENT_PAGE_BITS = 31, SEGMENT_LEVEL_BITS = 5, SEGMENT_INDEX_BITS = 1 };

/* The id of leaf ${page}, from 1; of 0: where the segment's ids begin. */
static inline int64_t segment_page_id(int64_t segment, uint64_t page)
{
	return segment << (SEGMENT_PAGE_BITS + SEGMENT_LEVEL_BITS + SEGMENT_INDEX_BITS) |
	       (int64_t)page;
}

/* Of a leaf: where its first row stands that refers to no other, and where its terms'
 * offsets begin, 16 bits each, big-endian. */
enum { SEGMENT_HEADER = 4 };

/*
 * Begin a segment in ${db}, whose FTS5 has nothing pending and no structure in its
 * memory (see fulltext_flush).  PDX_E_INDEX: the structure record cannot be read.
 */
int segment_new(struct segment **out, sqlite3 *db, struct pdx_err *err);
void segment_free(struct segment *s); /* accepts NULL */

/* Add ${term}, higher than those before byte by byte, with its doclist. */
int segment_add(struct segment *s, const char *term, size_t len, const uint8_t *doclist,
		size_t n, struct pdx_err *err);

/*
 * The same row by row: begin a term, which is as segments have it, the digit of its index
 * first; and add its rows, rising, each with its position list and that list's length
 * before it, ${n} bytes together.
 */
int segment_term(struct segment *s, const uint8_t *term, size_t len,
		 struct pdx_err *err);
int segment_row(struct segment *s, int64_t row, const uint8_t *sized, size_t n,
		struct pdx_err *err);

/* Write what is left, and the structure record: the segment is the newest one.
 * *pages: that it has. */
int segment_end(uint64_t *pages, struct segment *s, struct pdx_err *err);

/* The same for a segment that has all that those of ${level} have, and takes their
 * place; its pages may be none.  What they leave is the caller's to delete. */
int segment_end_merge(struct segment *s, size_t level, struct pdx_err *err);

#endif
