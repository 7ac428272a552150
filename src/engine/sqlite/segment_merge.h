/*
 * Segments of a level made one of the next, all at once.
 *
 * FTS5 can do the same, row by row through an iterator over all segments, and by steps;
 * that was a tenth of the time in which 1,000,000 articles came in.  Segments of
 * batches have rows of their own, so a term's doclists stand one behind the other.
 */
#ifndef ENGINE_SQLITE_SEGMENT_MERGE_H
#define ENGINE_SQLITE_SEGMENT_MERGE_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "engine/sqlite/structure.h"

/*
 * Merge ${level}, which structure_ripe() has found, and delete its segments.  FTS5 has
 * nothing pending, and shadow tables are open.  PDX_E_INDEX: what stands there are no
 * segments.
 */
int segment_merge(sqlite3 *db, const struct structure *structure,
		  const struct structure_level *level, struct pdx_err *err);

#endif
