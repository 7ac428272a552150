/*
 * What a hit shows: where the query's words stand in it, and which takes matched.
 * Works on the article's text by the analyzer, so it is the same for every engine.
 */
#ifndef ENGINE_HIT_H
#define ENGINE_HIT_H

#include "base/arena.h"
#include "query/leaves.h"
#include "text/highlight.h"

/* The matchers of one text column. */
struct column_matchers {
	struct matcher *v;
	size_t n;
};

struct hit_matchers {
	struct column_matchers column[TEXT_COLUMNS];
	const struct leaves *leaves;
	const struct ast *root;
};

/* Matchers for the positive leaves of ${query}, in ${arena}. */
int hit_matchers_build(struct hit_matchers *out, struct arena *arena,
		       const struct pdx_query *query, const struct leaves *leaves,
		       struct pdx_err *err);

/*
 * Fill the highlights (the title, where it matched, and the ${snippets} best pieces of
 * the other fields), take_matched and take_chosen of ${hit}, whose article is set.
 */
int hit_fill(struct pdx_hit *hit, struct arena *arena, struct analyzer *analyzer,
	     const struct hit_matchers *matchers, size_t snippets, struct pdx_err *err);

#endif
