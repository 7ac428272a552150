/*
 * What the TEXT leaves of a query look for, in index terms: the analyzer's view of the
 * tree, shared by every engine and by highlighting.
 */
#ifndef QUERY_LEAVES_H
#define QUERY_LEAVES_H

#include <stdbool.h>
#include <stddef.h>

#include "query/query.h"
#include "text/analyze.h"

/* Alternatives of one leaf: each compound in it may stand as parts or joined. */
#define LEAF_MAX_ALTERNATIVES 8

struct leaf_term {
	const char *text; /* as in the index; for a prefix the folded, unstemmed prefix */
	size_t len;
	const char *form; /* folded, unstemmed: what =word compares */
	size_t formlen;
	bool prefix;
};

/* Terms at consecutive positions. */
struct leaf_phrase {
	struct leaf_term *terms;
	size_t nterms;
};

/* A leaf matches where any of its alternatives does. */
struct leaf {
	const struct ast *node;
	struct leaf_phrase *alternatives; /* none: nothing in it is searchable */
	size_t nalternatives;
	unsigned columns; /* bit (1 << enum text_column) for each column it may be in */
	bool positive;    /* not below an odd number of NOTs: scored, highlighted */
	bool in_take;     /* below take( ... ) */
	bool weightless;  /* a stop word beside other words: matched, not scored */
};

struct leaves {
	struct leaf *v; /* in order of the tree, first to last */
	size_t n;
};

/*
 * Analyze the TEXT leaves of ${query} into *out, in ${arena}.  Leaves of a NEAR are
 * leaves of their own.  Returns 0 or PDX_E_NOMEM.
 */
int leaves_build(struct leaves *out, struct arena *arena, const struct pdx_query *query,
		 struct analyzer *analyzer, struct pdx_err *err);

/* The leaf of ${node}, which is one of the tree's TEXT nodes. */
const struct leaf *leaves_find(const struct leaves *leaves, const struct ast *node);

#endif
