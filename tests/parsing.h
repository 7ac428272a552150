/* What the tests of the query language share. */
#ifndef TESTS_PARSING_H
#define TESTS_PARSING_H

#include "query/query.h"

/* 2026-05-08, a Friday: the day on which the tests' queries are asked. */
int32_t parsing_today(void);

/* The query of ${text}, owned by the caller; fails the test where it has no meaning. */
struct pdx_query *parsing_query(const char *text);

/* Fail unless the canonical text gives the same tree, the same text and no notes. */
void parsing_check_canonical(const struct pdx_query *q);

#endif
