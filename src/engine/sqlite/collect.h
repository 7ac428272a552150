/*
 * The collector: one pass over the driver's rows gives the best k, the exact total and
 * all facet counts.
 */
#ifndef ENGINE_SQLITE_COLLECT_H
#define ENGINE_SQLITE_COLLECT_H

#include "engine/sqlite/bounds.h"
#include "engine/sqlite/collapse.h"
#include "engine/sqlite/cursor.h"
#include "engine/sqlite/facets.h"
#include "engine/sqlite/groups.h"
#include "engine/sqlite/pivots.h"
#include "engine/sqlite/plan.h"
#include "engine/sqlite/positions.h"
#include "engine/sqlite/topk.h"
#include "engine/sqlite/window.h"
#include "rank/bm25f.h"

struct pass;

/* How often a leaf was counted in the current row, for explanations. */
struct leaf_count {
	bool scored;
	uint32_t tf[TEXT_COLUMNS];
	double score;
};

struct collector {
	struct store *store;
	struct plan *plan;
	const struct pdx_search *how;
	const struct cursor *from; /* where the page begins, and in what list */
	struct candidate after;    /* from->last, as rows are compared today */
	struct rank_norms norms;
	struct bounds bounds; /* of scores by ${norms} */
	struct positions *positions; /* one for each leaf */
	struct topk best;
	uint64_t total;     /* of the whole list */
	bool partial;       /* not all of it was looked at: the total is at least so */
	uint64_t remaining; /* of those, the ones after the cursor */
	struct facet_counter *facets;
	size_t nfacets;
	struct pivot_counter *pivots;
	size_t npivots;
	uint64_t takes;     /* of the matches, that count */
	bool asks_of_takes; /* the query does: not all of them count */
	bool grouped; /* the hits are in ${groups}, not in ${best} */
	struct grouper groups;
	struct collapser stories; /* where how->collapse */
	bool has_roots; /* those of ${stories} are read: once a match is in a story */
	/* Places of the dictionary ids in the order of names, where sorting asks. */
	uint32_t *company_ranks, *category_ranks;
	size_t ncompany_ranks, ncategory_ranks;
	bool sorts_titles;
	struct leaf_count *counts; /* one for each leaf; NULL: nobody asks */
	struct pass *pass; /* that it makes a range of (ranges.h); NULL: of none */

	/* The row that is being visited. */
	int64_t row;
	const struct fts_row *driver; /* NULL: rows come from elsewhere */
	struct window *window; /* the row is of it; NULL: of none */
	struct docval doc;
	struct docval_lists lists;
	bool has_lists;
	struct counted counted; /* the row, as facets count it */
	bool *chosen;           /* which of its takes count */
	size_t chosen_cap;

	struct arena *arena;
	struct pdx_err *err;
	int status; /* the first failure: ends the pass */
};

/* ${plan}, ${how}, ${from} and ${arena} must outlive the collector. */
int collector_init(struct collector *c, struct store *s, struct plan *plan,
		   const struct pdx_search *how, const struct cursor *from,
		   struct arena *arena,
		   struct pdx_err *err);
void collector_release(struct collector *c);

/* Set ${out} to where the hits that were kept end. */
void collector_end(struct cursor *out, const struct collector *c);

/* Make the pass. */
int collector_run(struct collector *c);

/* Make the pass over the windows from ${first} to before ${end} by ${w}, which is at
 * none of them yet. */
int collector_windows(struct collector *c, struct window *w, int64_t first,
		      int64_t end);

/* Add what ${from} found in rows of the same list that are behind those of ${c}: as if
 * ${c} had gone on.  For what a sweep serves (sweep.h). */
int collector_merge(struct collector *c, struct collector *from);

/* The lists of the current row; false after a failure. */
bool collector_lists(struct collector *c);

/* Register the function by which the driver's rows reach the collector. */
int collector_register(sqlite3 *db, struct pdx_err *err);

/*
 * Take up ${row}, which may be any, without the driver: each leaf follows by a cursor
 * of its own.  false: there is no such row, or a failure.
 */
bool collector_seek(struct collector *c, int64_t row);

/* eval.c: whether the current row satisfies the plan or a part, and what it scores. */
/*
 * Where filters are told apart a row may fail those of one field: true, with the field
 * in *failing.  FIELD_ANY: it satisfies all.
 */
bool eval_row(struct collector *c, enum field_id *failing);
bool eval_clause(struct collector *c, const struct plan_node *n);
double eval_score(struct collector *c);
/*
 * Whether a take of the current row, whose lists are there, is one that the query
 * leaves in, as struct pdx_search says; where its filters of ${dropped} are not there.
 */
bool eval_take_chosen(struct collector *c, size_t take, enum field_id dropped);
bool eval_asks_of_takes(const struct plan *plan);
/* How many clauses of a relaxed query the current row satisfies; else 0. */
unsigned eval_clauses(struct collector *c);

#endif
