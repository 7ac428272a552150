/*
 * Two records of FTS5 in text_data that belong to no segment: the structure, which lists
 * the segments by level, and the averages, which have the number of rows and of each
 * column's tokens.
 */
#ifndef ENGINE_SQLITE_STRUCTURE_H
#define ENGINE_SQLITE_STRUCTURE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "query/fields.h"

struct structure_segment {
	int64_t id;
	uint64_t first, last; /* pages */
};

/* Level 0 has the newest segments; in a level the last is the newest. */
struct structure_level {
	uint64_t merging; /* how many are being merged into the next level */
	struct structure_segment *v;
	size_t n;
};

/* A zeroed struct can be released. */
struct structure {
	uint8_t cookie[4]; /* FTS5's, of its settings */
	uint64_t written;  /* FTS5's count of pages, for its automatic merges */
	struct structure_level *levels;
	size_t nlevels;
};

/* The structure of the index in ${db}.  PDX_E_INDEX: it is not one that we know. */
int structure_read(struct structure *out, sqlite3 *db, struct pdx_err *err);
void structure_release(struct structure *s);

/* *id: of no segment yet. */
int structure_free_id(int64_t *id, const struct structure *s, struct pdx_err *err);

/*
 * Add segment ${id} of ${pages} pages as the newest of the level that is for its size.
 * Segments of lower levels are newer to FTS5, which decides where two have the same row:
 * a segment that is added here has new rows only.
 */
int structure_add(struct structure *s, int64_t id, uint64_t pages, struct pdx_err *err);

/*
 * The level to merge at once, all of it: the lowest that has ${full} segments, where it
 * has ${most} pages at most, and FTS5 is not in the middle of a merge out of it or into
 * it.  NULL: there is none.
 */
const struct structure_level *structure_ripe(const struct structure *s, size_t full,
					     uint64_t most);

/* Segment ${id}, of ${pages} pages and only there where it has any, takes the place of
 * all of ${level}: it is the newest of the next. */
int structure_merged(struct structure *s, size_t level, int64_t id, uint64_t pages,
		     struct pdx_err *err);

/*
 * Put the only segment, where there is only one, on the level that is for its size, and
 * leave out empty levels: FTS5 adds one or two whenever it merges all segments, and with
 * 64 it is at its end.
 */
int structure_tidy(struct structure *s, struct pdx_err *err);

/* Write the record with ${put}, "REPLACE INTO text_data(id, block) VALUES(?1, ?2)". */
int structure_write(const struct structure *s, sqlite3_stmt *put, struct pdx_err *err);

/* Whether a merge has begun, or a level has ${most} segments. */
bool structure_crowded(const struct structure *s, size_t most);

/* Pages of the newest segment; 0 where there is none. */
uint64_t structure_newest(const struct structure *s);

/* Add ${rows} rows with ${tokens} of each column to the averages; both this and
 * structure_write() write to tables that db_open_shadows() opens. */
int averages_add(sqlite3 *db, uint64_t rows, const uint64_t tokens[TEXT_COLUMNS],
		 struct pdx_err *err);

#endif
