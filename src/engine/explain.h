/* What every engine's explanations have in common. */
#ifndef ENGINE_EXPLAIN_H
#define ENGINE_EXPLAIN_H

#include "base/arena.h"
#include "base/err.h"
#include "paneldex.h"

/*
 * Fill the differences of ${e} with what tells its first article from its second, term
 * by term and field by field, the largest first, in ${arena}.  Their sum is the
 * difference of the scores.
 */
int explain_differences(struct pdx_explain *e, struct arena *arena,
			struct pdx_err *err);

#endif
