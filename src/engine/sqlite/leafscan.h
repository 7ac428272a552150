/*
 * The rows that FTS5 finds for one leaf, window by window, with the counts by column:
 * what postings.h has of words that are kept there, for all others.
 */
#ifndef ENGINE_SQLITE_LEAFSCAN_H
#define ENGINE_SQLITE_LEAFSCAN_H

#include "engine/sqlite/plan.h"
#include "engine/sqlite/positions.h"
#include "engine/sqlite/postings.h"

struct leafscan {
	struct positions positions; /* of a leaf of more than one phrase */
	sqlite3_stmt *stmt;
	struct postings_view *out;
	int64_t first, end;   /* of the rows that go to ${out} */
	int64_t row;          /* behind ${end}, read too early; 0: none */
	column_counts counts; /* of ${row} */
	bool ended;
};

/* ${leaf}, which has neither slop nor anything to verify, must outlive the scan. */
void leafscan_init(struct leafscan *scan, const struct plan_leaf *leaf,
		   struct store *store);
void leafscan_release(struct leafscan *scan);

/* Replace the content of ${out} with the rows of window ${number}, which goes up from
 * call to call. */
int leafscan_window(struct leafscan *scan, struct postings_view *out, int64_t number,
		    struct pdx_err *err);

/* Register the function by which rows reach a scan. */
int leafscan_register(sqlite3 *db, struct pdx_err *err);

#endif
