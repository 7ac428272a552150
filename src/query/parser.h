/* Query text to tree. */
#ifndef QUERY_PARSER_H
#define QUERY_PARSER_H

#include "query/query.h"

/*
 * Parse q->text.  *root is in q->arena; NULL where nothing searchable is in the text.
 * Repairs and hints are noted in ${q}.  PDX_E_QUERY with its place, or PDX_E_NOMEM.
 */
int parser_run(struct ast **root, struct pdx_query *q, struct pdx_err *err);

#endif
