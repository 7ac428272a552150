/* Queries for tests: one day, one way to parse, one property that all have. */
#include "harness.h"

#include "parsing.h"

#include <string.h>

int32_t parsing_today(void)
{
	int32_t date;

	assert_true(date_from_civil(&date, (struct civil){ 2026, 5, 8 }));
	return date;
}

struct pdx_query *parsing_query(const char *text)
{
	struct pdx_err err = { 0 };
	struct pdx_query *q;

	if (pdx_query_parse(&q, text, strlen(text), parsing_today(), &err) != PDX_OK)
		fail_msg("%s: %s", text, err.message);
	return q;
}

void parsing_check_canonical(const struct pdx_query *q)
{
	struct pdx_query *again = parsing_query(pdx_query_parsed(q));
	size_t notes;

	pdx_query_notes(again, &notes);
	if (notes > 0 || !ast_equal(q->root, again->root) ||
	    strcmp(q->parsed, again->parsed) != 0)
		fail_msg("<%s> gives <%s>, and that <%s> with %zu notes", q->text,
			 q->parsed, again->parsed, notes);
	pdx_query_free(again);
}
