/* From an article to the query for what is like it. */
#ifndef ENGINE_SIMILAR_H
#define ENGINE_SIMILAR_H

#include "engine/engine.h"

/* As pdx_query_similar(). */
int similar_query(struct pdx_query **out, const struct engine_ops *ops, void *engine,
		  const struct pdx_article *article, enum pdx_same_company company,
		  int32_t today, struct pdx_err *err);

#endif
