/* What the parts of planning share: plan.c the tree, plan_leaf.c the words of a leaf,
 * plan_match.c the MATCH expression. */
#ifndef ENGINE_SQLITE_PLAN_PARTS_H
#define ENGINE_SQLITE_PLAN_PARTS_H

#include "engine/sqlite/plan.h"

struct planner {
	struct store *s;
	struct arena *arena;
	struct plan *plan;
	struct pdx_err *err;
};

/* Fill ${out} with what FTS5 is to be asked for ${leaf}, and what it weighs. */
int plan_leaf(struct planner *p, struct plan_leaf *out, const struct leaf *leaf);

/*
 * Append the expression of ${n}, whose cover is COVER_MATCH, and number the phrases in
 * it as FTS5 will, from *${phrases} on.
 */
void plan_match(struct buf *out, struct plan_node *n, int *phrases);

#endif
