/* A word or phrase of the query text to a leaf of the tree. */
#ifndef QUERY_LEAF_H
#define QUERY_LEAF_H

#include "query/lexer.h"
#include "query/query.h"

/*
 * The leaf that the WORD or PHRASE ${t} is in ${field}; *out is NULL where nothing can
 * be searched for, which is noted.  PDX_E_QUERY: it has no meaning.
 */
int leaf_new(struct ast **out, struct pdx_query *q, const struct lexeme *t,
	     const struct field *field, struct pdx_err *err);

/* How many of QUERY_MAX_TERMS the leaf counts: each word of a phrase is one. */
size_t leaf_terms(const struct ast *leaf);

#endif
