/*
 * What to say to one whose query found nothing: other spellings, a query that asks for
 * less, and which clause it was.  The same for every engine.
 */
#ifndef ENGINE_SUGGEST_H
#define ENGINE_SUGGEST_H

#include "engine/engine.h"

/*
 * The canonical text of ${query} with nearer spellings of its words, in ${arena}; NULL
 * where there are none.  ${unknown_only}: of words that no article has.
 */
int suggest_spelling(const char **out, const struct engine_ops *ops, void *engine,
		     struct arena *arena, const struct pdx_query *query,
		     const struct leaves *leaves, bool unknown_only,
		     struct pdx_err *err);

/*
 * ${query} with the words and phrases that stand side by side in it made optional: in
 * *out, in ${arena}, half of them have to be there or, ${any}, one.  False where it has
 * not two of them, or memory is out (arena->failed).
 */
bool suggest_relaxed(struct pdx_query *out, struct arena *arena,
		     const struct pdx_query *query, bool any);

/*
 * What ${query} would find without each of its clauses, in ${arena}; none where it is a
 * single clause or has more than are worth as many searches.
 */
int suggest_without(struct pdx_without **out, size_t *n, const struct engine_ops *ops,
		    void *engine, struct arena *arena, const struct pdx_query *query,
		    struct pdx_err *err);

#endif
