/*
 * Where the words of one leaf stand in the current row, wherever they come from: the
 * driver's own match, or a cursor of the leaf's own that follows the driver.
 */
#ifndef ENGINE_SQLITE_POSITIONS_H
#define ENGINE_SQLITE_POSITIONS_H

#include "engine/sqlite/plan.h"

/* column << 32 | position of the first word of a match. */
#define POSITION(column, offset) ((uint64_t)(column) << 32 | (uint32_t)(offset))
#define POSITION_COLUMN(p) ((int)((p) >> 32))
#define POSITION_OFFSET(p) ((uint32_t)(p))

struct positions {
	const struct plan_leaf *leaf;
	struct store *store;
	uint64_t *v; /* ascending */
	size_t n, cap;
	int64_t row; /* that ${v} speaks of; 0: of none yet */

	uint64_t **words; /* slop: the positions of each word in ${row} */
	size_t *nwords, *capwords;

	sqlite3_stmt *cursor; /* side cursor; NULL: not begun */
	bool ended;
	int64_t finished; /* row for which ${v} is final */
};

/* The FTS5 side of a row that is being visited. */
struct fts_row {
	const Fts5ExtensionApi *api;
	Fts5Context *fts;
};

void positions_init(struct positions *p, const struct plan_leaf *leaf,
		    struct store *store);
void positions_release(struct positions *p);

/*
 * Fill p->v for ${row}, which must not go down from call to call.  ${driver} is the
 * driver's current row; NULL where there is no driver.  ${takes} are the takes of the
 * row, needed where positions_needs_takes(): a loose phrase keeps to one take.  Then
 * ask positions_n(): a side cursor may stand on a later row.
 */
int positions_at(struct positions *p, int64_t row, const struct fts_row *driver,
		 const struct docval_lists *takes, struct pdx_err *err);

bool positions_needs_takes(const struct positions *p);

/* How many positions p->v has for ${row}, after positions_at(). */
size_t positions_n(const struct positions *p, int64_t row);

/* For verify.c: order p->v and drop repeats. */
void positions_sort(struct positions *p);

/* Count the matches of phrase ${phrase} in the driver's row by column. */
int positions_count(uint32_t tf[TEXT_COLUMNS], int phrase,
		    const struct fts_row *driver);

/* Fill p->v with what ${row} says of the leaf, whose first phrase is ${first}. */
int positions_collect(struct positions *p, const struct fts_row *row, int first);

/* Register the function by which side cursors hand over their positions. */
int positions_register(sqlite3 *db, struct pdx_err *err);

#endif
