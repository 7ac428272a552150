/*
 * A query seen window by window: for each of its leaves which rows of the window have
 * it and how often, from kept postings or from FTS5, and from them which rows can
 * match.  Queries with positions in them (phrases in a take, NEAR, loose phrases) have
 * none.
 */
#ifndef ENGINE_SQLITE_WINDOW_H
#define ENGINE_SQLITE_WINDOW_H

#include "engine/sqlite/leafscan.h"
#include "engine/sqlite/plan.h"
#include "engine/sqlite/postings.h"

struct window_leaf {
	const struct plan_leaf *leaf;
	uint32_t common;    /* id of a common word; 0: FTS5 is asked */
	sqlite3_stmt *stmt; /* of a common word: on the row whose bytes ${view} reads */
	struct leafscan scan;
	struct postings_view view;
	uint64_t rows[WINDOW_WORDS]; /* of ${view}, in the columns that are asked for */
	int64_t loaded;              /* number of the window; -1: none yet */
	/* Of a prefix: its common terms, and all others as one more.  ${view} has the
	 * counts of all together. */
	struct window_leaf *parts;
	size_t nparts;
};

struct window {
	struct store *store;
	const struct plan *plan;
	struct window_leaf *leaves; /* as the plan's */
	int64_t number;
	uint64_t rows[WINDOW_WORDS]; /* that can match */
	bool exact;                  /* they do, and all exist */
};

/*
 * Begin with ${plan}, in ${arena}.  *serves is false where windows cannot answer it, or
 * would not be faster.
 */
int window_open(struct window *w, bool *serves, struct store *s,
		const struct plan *plan, struct arena *arena, struct pdx_err *err);
void window_release(struct window *w);

/* Go to window ${number}, above the one before. */
int window_load(struct window *w, int64_t number, struct pdx_err *err);

/* Have leaf ${i} at the window: w->leaves[i].view and its rows. */
int window_leaf_load(struct window *w, size_t i, struct pdx_err *err);

/* Whether row ${at} of the window has leaf ${i}, and how often by column. */
int window_counts(bool *has, uint32_t counts[TEXT_COLUMNS], struct window *w, size_t i,
		  size_t at, struct pdx_err *err);

#endif
