/*
 * What the rows of a window can score at most, by its parts and one by one, so that
 * those that cannot be among the best need not be scored.  Age only lowers a score:
 * bounds hold with recency too.
 */
#ifndef ENGINE_SQLITE_BOUNDS_H
#define ENGINE_SQLITE_BOUNDS_H

#include "engine/sqlite/window.h"
#include "rank/bm25f.h"

/* What a stored bound of a common word is worth as a score. */
struct leaf_bounds {
	double growth; /* since the postings were written; 0: nothing is known yet */
	double score[POSTINGS_BOUNDS];
};

struct bounds {
	double k1;
	double mean[TEXT_COLUMNS];
	double tf[POSTINGS_BOUNDS];  /* that stored bounds stand for, by this profile */
	struct leaf_bounds **leaves; /* as the plan's; NULL: not asked for yet */
	struct arena *arena;
};

/* For a plan of ${nleaves}.  ${norms} is of ${profile} and the field lengths ${mean}.
 */
int bounds_init(struct bounds *b, size_t nleaves, const struct rank_norms *norms,
		const struct pdx_profile *profile, const double mean[TEXT_COLUMNS],
		struct arena *arena, struct pdx_err *err);

/*
 * Bound each part of the window that ${w} is at, by the leaves that score.  A word that
 * is not common bounds nothing but that it is there or not: the rare words of a query
 * choose the rows to look at, and the common ones are looked up there.
 */
int bounds_window(double most[WINDOW_PARTS], struct bounds *b, struct window *w,
		  struct pdx_err *err);

/* Bound each row of part ${part}, after bounds_window(). */
void bounds_rows(double most[PART_ROWS], const struct bounds *b, const struct window *w,
		 size_t part);

#endif
