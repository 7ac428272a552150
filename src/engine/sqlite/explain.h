/* Why the hits of a search are where they are: a second, small pass over them. */
#ifndef ENGINE_SQLITE_EXPLAIN_H
#define ENGINE_SQLITE_EXPLAIN_H

#include "engine/sqlite/collect.h"

/* Make the articles of how->ids the hits of ${out}.  The collector has run. */
int explain_find(struct ranking *out, struct collector *c, struct arena *arena);

/* Explain the query and the hits of ${out}.  The collector has run. */
int explain_search(struct ranking *out, struct collector *c,
		   const struct pdx_query *query, struct arena *arena);

#endif
