/* Facets and pivots as reports have them: order, what is left over, periods without
 * gaps. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "harness.h"
#include "report/facets.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* Company, or two with a comma between; category; date. */
static const struct {
	const char *companies, *category, *date;
} archive[] = {
	{ "birch", "Funding", "2025-11-30" },
	{ "Birch", "Policy", "2026-01-02" },
	{ "alder", "Funding", "2026-01-03" },
	{ "alder,Birch", "Policy", "2026-04-30" },
	{ "Cedar", "Funding", "2026-04-01" },
	{ "\xC3\x89lan", "Research", "2026-04-02" },
	{ NULL, "Policy", NULL },
};

static struct pdx *make_index(void)
{
	struct pdx *index;
	enum pdx_put outcome;
	char path[512], title[16];
	size_t i;

	snprintf(path, sizeof(path), "%s/report.db", test_tmpdir());
	assert_int_equal(
		pdx_open(&index, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, NULL),
		0);
	assert_int_equal(pdx_begin(index, NULL), 0);
	for (i = 0; i < COUNT(archive); i++) {
		const char *companies[2] = { archive[i].companies, NULL };
		struct pdx_article a = { .title = title,
					 .body = "",
					 .date = PDX_NO_DATE,
					 .companies = companies,
					 .ncompanies = companies[0] != NULL,
					 .categories = &archive[i].category,
					 .ncategories = 1 };

		if (companies[0] && strchr(companies[0], ',')) {
			companies[0] = "alder";
			companies[1] = "Birch";
			a.ncompanies = 2;
		}
		snprintf(title, sizeof(title), "title %zu", i);
		if (archive[i].date)
			assert_true(date_parse_iso(&a.date, archive[i].date, 10));
		assert_int_equal(pdx_put(&outcome, index, &a, 1, NULL), 0);
	}
	assert_int_equal(pdx_commit(index, NULL), 0);
	return index;
}

static int set_up(void **state)
{
	*state = make_index();
	return 0;
}

static int tear_down(void **state)
{
	pdx_close(*state);
	return 0;
}

/* "Birch 3, alder 2; other 2 of 2; missing 1; total 7" */
static void describe(struct buf *out, const struct report_facet *f)
{
	size_t i;

	for (i = 0; i < f->nvalues; i++)
		buf_printf(out, "%s%s %llu", i ? ", " : "", f->values[i].value,
			   (unsigned long long)f->values[i].count);
	buf_printf(out, "; other %llu of %zu; missing %llu; total %llu",
		   (unsigned long long)f->other, f->nothers,
		   (unsigned long long)f->missing, (unsigned long long)f->total);
}

/* "row a b other missing | ..." */
static void describe_cells(struct buf *out, const struct report_pivot *p)
{
	size_t i, j;

	for (i = 0; i < p->rows.nvalues + 2; i++) {
		buf_puts(out, i ? " |" : "");
		for (j = 0; j < p->columns.nvalues + 2; j++)
			buf_printf(out, " %llu",
				   (unsigned long long)report_pivot_cell(p, i, j));
	}
	buf_printf(out, "; most %llu", (unsigned long long)p->most);
}

struct made {
	struct arena arena;
	struct pdx_query *query;
	struct pdx_result *result;
	struct report_facets report;
};

static void make(struct made *m, struct pdx *index, const char *query,
		 const char *field, const char *across,
		 const struct facets_request *request)
{
	const struct pdx_cross cross = { field, across };
	struct pdx_search how = { .facet_values = SIZE_MAX,
				  .facets = &field,
				  .nfacets = !across,
				  .pivots = &cross,
				  .npivots = across != NULL };
	struct pdx_err err;

	memset(m, 0, sizeof(*m));
	if (pdx_query_parse(&m->query, query, strlen(query), PDX_NO_DATE, &err) ||
	    pdx_search(&m->result, index, m->query, &how, &err) ||
	    report_facets_make(&m->report, &m->arena, m->result, request, &err))
		fail_msg("%s by %s: %s", query, field, err.message);
}

static void made_release(struct made *m)
{
	pdx_result_free(m->result);
	pdx_query_free(m->query);
	arena_release(&m->arena);
}

#define NO PDX_NO_DATE

static void facets_have_their_values_in_order_and_the_rest_beside_them(void **state)
{
	static const struct {
		const char *query, *field;
		struct facets_request request;
		const char *want;
	} cases[] = {
		{ "",
		  "company",
		  { 0, FACETS_USUAL, NO, NO, false },
		  "birch 3, alder 2, Cedar 1, \xC3\x89lan 1; other 0 of 0; missing 1; "
		  "total 7" },
		{ "",
		  "company",
		  { 0, FACETS_BY_VALUE, NO, NO, false },
		  "alder 2, birch 3, Cedar 1, \xC3\x89lan 1; other 0 of 0; missing 1; "
		  "total 7" },
		{ "",
		  "company",
		  { 2, FACETS_BY_VALUE, NO, NO, false },
		  "alder 2, birch 3; other 2 of 2; missing 1; total 7" },
		{ "",
		  "company",
		  { 1, FACETS_BY_COUNT, NO, NO, false },
		  "birch 3; other 4 of 3; missing 1; total 7" },
		{ "nowhere",
		  "company",
		  { 0, FACETS_USUAL, NO, NO, false },
		  "; other 0 of 0; missing 0; total 0" },
		{ "",
		  "month",
		  { 0, FACETS_USUAL, NO, NO, false },
		  "2025-11 1, 2025-12 0, 2026-01 2, 2026-02 0, 2026-03 0, 2026-04 3; "
		  "other 0 of 0; missing 1; total 7" },
		{ "",
		  "month",
		  { 3, FACETS_USUAL, NO, NO, false },
		  "2026-02 0, 2026-03 0, 2026-04 3; other 3 of 2; missing 1; total 7" },
		{ "",
		  "month",
		  { 2, FACETS_BY_COUNT, NO, NO, false },
		  "2026-04 3, 2026-01 2; other 1 of 1; missing 1; total 7" },
		{ "",
		  "quarter",
		  { 0, FACETS_USUAL, NO, NO, false },
		  "2025-Q4 1, 2026-Q1 2, 2026-Q2 3; other 0 of 0; missing 1; total 7" },
		{ "",
		  "year",
		  { 0, FACETS_USUAL, NO, NO, false },
		  "2025 1, 2026 5; other 0 of 0; missing 1; total 7" },
		/* 2025-12-29 to 2026-02-01 */
		{ "date:2026-01",
		  "week",
		  { 0, FACETS_USUAL, 20454, 20484, false },
		  "2026-W01 2, 2026-W02 0, 2026-W03 0, 2026-W04 0, 2026-W05 0; other 0 "
		  "of 0; missing 0; total 2" },
		{ "nowhere",
		  "day",
		  { 0, FACETS_USUAL, 20454, 20456, false },
		  "2026-01-01 0, 2026-01-02 0, 2026-01-03 0; other 0 of 0; missing 0; "
		  "total 0" },
		{ "nowhere",
		  "day",
		  { 0, FACETS_USUAL, 20454, NO, false },
		  "; other 0 of 0; missing 0; total 0" },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct made m;
		struct buf got;

		make(&m, *state, cases[i].query, cases[i].field, NULL,
		     &cases[i].request);
		assert_int_equal(m.report.nfacets, 1);
		buf_init(&got, 0);
		describe(&got, &m.report.facets[0]);
		if (strcmp(buf_str(&got), cases[i].want) != 0)
			fail_msg("case %zu: %s by %s, top %zu: %s\nnot %s", i,
				 cases[i].query, cases[i].field, cases[i].request.top,
				 buf_str(&got), cases[i].want);
		buf_release(&got);
		made_release(&m);
	}
}

static void pivots_have_the_others_and_the_missing_behind_their_values(void **state)
{
	static const struct {
		const char *rows, *columns;
		struct facets_request request;
		const char *want;
	} cases[] = {
		{ "company",
		  "category",
		  { 0, FACETS_USUAL, NO, NO, false },
		  " 1 2 0 0 0 | 1 1 0 0 0 | 1 0 0 0 0 | 0 0 1 0 0 | 0 0 0 0 0 |"
		  " 0 1 0 0 0; most 2" },
		{ "company",
		  "category",
		  { 1, FACETS_USUAL, NO, NO, false },
		  " 1 2 0 | 2 2 0 | 0 1 0; most 1" },
		{ "category",
		  "quarter",
		  { 0, FACETS_BY_VALUE, NO, NO, false },
		  " 1 1 1 0 0 | 0 1 1 0 1 | 0 0 1 0 0 | 0 0 0 0 0 | 0 0 0 0 0; most "
		  "1" },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct made m;
		struct buf got;

		make(&m, *state, "", cases[i].rows, cases[i].columns,
		     &cases[i].request);
		assert_int_equal(m.report.npivots, 1);
		buf_init(&got, 0);
		describe_cells(&got, &m.report.pivots[0]);
		if (strcmp(buf_str(&got), cases[i].want) != 0)
			fail_msg("%s by %s: %s\nnot %s", cases[i].rows,
				 cases[i].columns, buf_str(&got), cases[i].want);
		buf_release(&got);
		made_release(&m);
	}
}

/* Of a field with one value lines add up to their totals, whatever is kept. */
static void the_lines_of_a_pivot_add_up(void **state)
{
	static const char *const names[] = { "category", "month", "year", "source" };
	size_t i, j, row, column, top;

	for (i = 0; i < COUNT(names); i++)
		for (j = 0; j < COUNT(names) * 3; j++) {
			struct facets_request request = { j % 3, FACETS_USUAL, NO, NO,
							  false };
			const struct report_pivot *p;
			struct made m;

			if (i == j / 3)
				continue;
			make(&m, *state, "", names[i], names[j / 3], &request);
			p = &m.report.pivots[0];
			top = p->rows.nvalues;
			for (row = 0; row < top + 2; row++) {
				uint64_t sum = 0;

				for (column = 0; column < p->columns.nvalues + 2;
				     column++)
					sum += report_pivot_cell(p, row, column);
				assert_int_equal(sum,
						 row < top ? p->rows.values[row].count
						 : row == top ? p->rows.other
							      : p->rows.missing);
			}
			made_release(&m);
		}
}

static void periods_too_many_to_fill_say_that_there_are_gaps(void **state)
{
	struct facets_request request = { 0, FACETS_USUAL, DATE_MIN, DATE_MAX, false };
	struct made m;

	make(&m, *state, "", "day", NULL, &request);
	assert_true(m.report.facets[0].has_gaps);
	assert_int_equal(m.report.facets[0].nvalues, 6);
	assert_string_equal(m.report.facets[0].values[0].value, "2025-11-30");
	made_release(&m);
	request.top = 30;
	make(&m, *state, "", "day", NULL, &request);
	assert_false(m.report.facets[0].has_gaps);
	assert_int_equal(m.report.facets[0].nvalues, 30);
	assert_int_equal(m.report.facets[0].other, 6);
	made_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			facets_have_their_values_in_order_and_the_rest_beside_them),
		cmocka_unit_test(
			pivots_have_the_others_and_the_missing_behind_their_values),
		cmocka_unit_test(the_lines_of_a_pivot_add_up),
		cmocka_unit_test(periods_too_many_to_fill_say_that_there_are_gaps),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
