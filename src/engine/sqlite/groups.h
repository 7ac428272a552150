/* Hits by the values of a field: the best few of each, in the pass that finds them. */
#ifndef ENGINE_SQLITE_GROUPS_H
#define ENGINE_SQLITE_GROUPS_H

#include "engine/sqlite/collapse.h"
#include "engine/sqlite/facets.h"
#include "engine/sqlite/topk.h"

struct group {
	int64_t value; /* as facets have it, or FACET_NONE */
	uint64_t count;
	int64_t last_row; /* counted last: an article counts once in a group */
	struct topk best;
};

struct grouper {
	struct facet_counter field; /* for the values; it counts nothing */
	size_t size;                /* hits to keep of each group */
	const struct pdx_sort *sort;
	size_t nsort;
	struct group **slots; /* open addressing */
	size_t nslots, n;
	struct collapser *stories; /* where those of stories go first; NULL: nowhere */
};

/* PDX_E_USAGE where ${name} is no field to group by.  ${sort} is kept. */
int grouper_init(struct grouper *g, const char *name, size_t size,
		 const struct pdx_sort *sort, size_t nsort, struct pdx_err *err);
void grouper_release(struct grouper *g);

/* Offer ${c}, whose article has ${doc} and ${lists}, to each of its groups. */
int grouper_add(struct grouper *g, const struct candidate *c, const struct docval *doc,
		const struct docval_lists *lists, struct pdx_err *err);

/* Offer the best of a story to its group, which takes over its title. */
int grouper_add_story(struct grouper *g, struct collapse_entry *e, struct pdx_err *err);

/* Put the groups in order, the one with the best hit first, at g->slots. */
void grouper_finish(struct grouper *g);

#endif
