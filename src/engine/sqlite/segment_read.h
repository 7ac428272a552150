/*
 * A segment of the full-text index term by term and row by row, as segment.c and FTS5
 * write it.
 */
#ifndef ENGINE_SQLITE_SEGMENT_READ_H
#define ENGINE_SQLITE_SEGMENT_READ_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "engine/sqlite/structure.h"

/* A zeroed struct can be released. */
struct segment_reader {
	sqlite3_stmt *page_stmt;
	int64_t id;
	uint64_t page, last; /* number of the leaf, and of the last one */
	struct buf leaf;
	size_t at, end;   /* in the leaf; where its terms' offsets begin */
	size_t offsets;   /* the next of them */
	size_t term_at;   /* where the next term stands; 0: on no place of this leaf */
	size_t row_at;    /* where a row stands that does not refer to another */
	bool any_term;    /* of this leaf one was read */
	bool ended;       /* there is no term; its rows are over */
	bool term_begins; /* no row of the term was read */
	struct buf term;  /* as the segment has it */
	int64_t row;      /* of the term, */
	bool rows_ended;  /* where there is one */
	const uint8_t *sized; /* its position list, that list's length before it */
	size_t nsized;        /* bytes of both */
	uint64_t twice;       /* the length: twice the bytes, and 1 for a deletion */
	struct buf split;     /* what stands on several leaves */
};

/* Begin with the first term; ${segment} is of ${db}.  PDX_E_INDEX: what stands there is
 * no segment. */
int segment_reader_init(struct segment_reader *r, sqlite3 *db,
			const struct structure_segment *segment, struct pdx_err *err);
void segment_reader_release(struct segment_reader *r);

/* The next row of the term; the next term, whose rows before were all read. */
int segment_reader_row(struct segment_reader *r, struct pdx_err *err);
int segment_reader_term(struct segment_reader *r, struct pdx_err *err);

#endif
