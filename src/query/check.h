/* What the words of a query mean: which field a name is, which days a date covers. */
#ifndef QUERY_CHECK_H
#define QUERY_CHECK_H

#include "query/query.h"

/*
 * The queryable field that ${len} bytes from ${start} of the query's text name.
 * PDX_E_QUERY at that place, with the nearest name as its hint.
 */
int check_field(const struct field **out, const struct pdx_query *q, size_t start,
		size_t len, struct pdx_err *err);

/* Whether the field says something of a single take. */
bool check_holds_on_take(const struct field *field);

/*
 * Give ${node}, an AST_VALUE as it was typed, its meaning: in a date's field it becomes
 * AST_DATES, in `is` AST_FLAG, else it stays.  PDX_E_QUERY at its place.
 */
int check_value(struct ast *node, struct pdx_query *q, struct pdx_err *err);

#endif
