/*
 * Facets and pivots of the embedded engine against a count that is too simple to be
 * wrong: over each article that the oracle says matches, and each take that it says
 * counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "world.h"

enum { QUERIES = 1500, FILTERED = 600, MAX_VALUES = 16 };

static const char *const fields[] = { "company", "category", "persona",
				      "month",   "year",     "source" };

static uint64_t counted_articles(const struct pdx_facet *f)
{
	uint64_t sum = f->other + f->missing;
	size_t i;

	for (i = 0; i < f->nvalues; i++)
		sum += f->values[i].count;
	return sum;
}

/* The values of article ${a} in ${field}, each once; of its take ${take} where it is
 * takes that have the field and one is meant. */
static size_t values_of(const char *values[MAX_VALUES], char period[DATE_TEXT],
			const struct pdx_article *a, size_t take, const char *field)
{
	size_t i, j, n = 0;

	if (strcmp(field, "company") == 0)
		for (i = 0; i < a->ncompanies; i++)
			values[n++] = a->companies[i];
	if (strcmp(field, "category") == 0)
		for (i = 0; i < a->ncategories; i++)
			values[n++] = a->categories[i];
	for (i = 0; strcmp(field, "persona") == 0 && i < a->ntakes; i++) {
		if (take != SIZE_MAX && take != i)
			continue;
		for (j = 0; j < n && strcmp(values[j], a->takes[i].persona) != 0; j++)
			;
		if (j == n)
			values[n++] = a->takes[i].persona;
	}
	if ((strcmp(field, "month") == 0 || strcmp(field, "year") == 0) &&
	    a->date != PDX_NO_DATE) {
		date_format(period, a->date);
		period[*field == 'm' ? 7 : 4] = '\0';
		values[n++] = period;
	}
	return n;
}

/* Whether ${value} is among the values, NULL where there is none. */
static bool has_value(const struct pdx_article *a, size_t take, const char *field,
		      const char *value)
{
	const char *values[MAX_VALUES];
	char period[DATE_TEXT];
	size_t n = values_of(values, period, a, take, field), i;

	for (i = 0; value && i < n; i++)
		if (strcmp(values[i], value) == 0)
			return true;
	return !value && n == 0;
}

/* What the oracle says of one query. */
struct expected {
	struct answer answer;
	bool chosen[ARTICLES][4]; /* of the takes of matches */
	uint64_t takes;
};

static void expect(struct expected *out, struct world *w, const struct pdx_query *q)
{
	struct arena arena = { 0 };
	struct leaves leaves;
	size_t i, j;

	memset(out, 0, sizeof(*out));
	world_ask(&out->answer, w, q);
	assert_int_equal(leaves_build(&leaves, &arena, q, w->analyzer, NULL), 0);
	for (i = 0; i < ARTICLES; i++)
		for (j = 0; out->answer.matches[i] && j < w->articles[i].ntakes; j++) {
			out->chosen[i][j] =
				oracle_chooses(&w->oracle, i, j, q, &leaves);
			out->takes += out->chosen[i][j];
		}
	arena_release(&arena);
}

/* The articles, or takes, with ${value} of ${field} and ${other} of ${across}. */
static uint64_t count_both(const struct world *w, const struct expected *want,
			   enum pdx_count_by by, const char *field, const char *value,
			   const char *across, const char *other)
{
	uint64_t count = 0;
	size_t i, j;

	for (i = 0; i < ARTICLES; i++) {
		const struct pdx_article *a = &w->articles[i];

		if (!want->answer.matches[i])
			continue;
		if (by == PDX_COUNT_ARTICLES)
			count += has_value(a, SIZE_MAX, field, value) &&
				 (!across || has_value(a, SIZE_MAX, across, other));
		for (j = 0; by == PDX_COUNT_TAKES && j < a->ntakes; j++)
			count += want->chosen[i][j] && has_value(a, j, field, value) &&
				 (!across || has_value(a, j, across, other));
	}
	return count;
}

static void compare_facet(const char *query, const struct world *w,
			  const struct expected *want, enum pdx_count_by by,
			  const struct pdx_facet *f)
{
	uint64_t total = by == PDX_COUNT_TAKES ? want->takes : want->answer.total;
	size_t i;

	if (f->total != total)
		fail_msg("%s\n  %s: of %llu, not %llu", query, f->field,
			 (unsigned long long)f->total, (unsigned long long)total);
	for (i = 0; i < f->nvalues; i++) {
		uint64_t count = count_both(w, want, by, f->field, f->values[i].value,
					    NULL, NULL);

		if (f->values[i].count != count || !count)
			fail_msg("%s\n  %s %s: %llu, not %llu", query, f->field,
				 f->values[i].value,
				 (unsigned long long)f->values[i].count,
				 (unsigned long long)count);
	}
	assert_int_equal(f->missing,
			 count_both(w, want, by, f->field, NULL, NULL, NULL));
	assert_int_equal(f->other, 0);
	if (strcmp(f->field, "month") == 0 || strcmp(f->field, "category") == 0 ||
	    (by == PDX_COUNT_TAKES && strcmp(f->field, "persona") == 0))
		assert_int_equal(counted_articles(f), f->total);
}

static const char *value_at(const struct pdx_facet *f, size_t at)
{
	assert_true(at <= f->nvalues);
	return at == f->nvalues ? NULL : f->values[at].value;
}

static void compare_pivot(const char *query, const struct world *w,
			  const struct expected *want, enum pdx_count_by by,
			  const struct pdx_pivot *p)
{
	size_t i = 0, row, column;

	compare_facet(query, w, want, by, &p->rows);
	compare_facet(query, w, want, by, &p->columns);
	for (row = 0; row <= p->rows.nvalues; row++)
		for (column = 0; column <= p->columns.nvalues; column++) {
			uint64_t got = 0, count;

			if (i < p->ncells && p->cells[i].row == row &&
			    p->cells[i].column == column)
				got = p->cells[i++].count;
			count = count_both(w, want, by, p->rows.field,
					   value_at(&p->rows, row), p->columns.field,
					   value_at(&p->columns, column));
			if (got != count)
				fail_msg("%s\n  %s %s, %s %s: %llu, not %llu", query,
					 p->rows.field, value_at(&p->rows, row),
					 p->columns.field,
					 value_at(&p->columns, column),
					 (unsigned long long)got,
					 (unsigned long long)count);
		}
	assert_int_equal(i, p->ncells); /* in order, none of them twice */
}

static struct pdx_result *ask(struct pdx_query **q, struct world *w, const char *text,
			      const struct pdx_search *how)
{
	struct pdx_result *r;
	struct pdx_err err;

	if (pdx_query_parse(q, text, strlen(text), TODAY, &err) ||
	    pdx_search(&r, w->index, *q, how, &err))
		fail_msg("%s\n  %s", text, err.message);
	return r;
}

static void compare(struct world *w, const char *text, enum pdx_count_by by)
{
	static const struct pdx_cross pivots[] = { { "company", "month" },
						   { "category", "persona" },
						   { "persona", "company" } };
	struct pdx_search how = { .facets = fields,
				  .nfacets = COUNT(fields),
				  .facet_values = SIZE_MAX,
				  .pivots = pivots,
				  .npivots = COUNT(pivots),
				  .count_by = by };
	const struct pdx_facet *f;
	const struct pdx_pivot *p;
	struct expected want;
	struct pdx_query *q;
	struct pdx_result *r = ask(&q, w, text, &how);
	size_t n, i;

	expect(&want, w, q);
	assert_int_equal(pdx_result_total(r), want.answer.total);
	assert_int_equal(pdx_result_takes(r), by == PDX_COUNT_TAKES ? want.takes : 0);
	f = pdx_result_facets(r, &n);
	assert_int_equal(n, COUNT(fields));
	for (i = 0; i < n; i++)
		compare_facet(text, w, &want, by, &f[i]);
	p = pdx_result_pivots(r, &n);
	assert_int_equal(n, COUNT(pivots));
	for (i = 0; i < n; i++)
		compare_pivot(text, w, &want, by, &p[i]);
	pdx_result_free(r);
	pdx_query_free(q);
}

static void written_queries_count_what_the_oracle_counts(void **state)
{
	static const char *const queries[] = {
		"",
		"nowhere",
		"model",
		"persona:skeptic",
		"persona:skeptic persona:builder",
		"-persona:skeptic",
		"persona:skeptic OR company:cedar",
		"take(persona:skeptic drift)",
		"take(drift) persona:founder",
		"take(-persona:skeptic)",
		"take:drift",
		"company:cedar -date:2025..",
	};
	size_t i;

	for (i = 0; i < COUNT(queries); i++) {
		compare(*state, queries[i], PDX_COUNT_ARTICLES);
		compare(*state, queries[i], PDX_COUNT_TAKES);
	}
}

static void generated_queries_count_what_the_oracle_counts(void **state)
{
	struct buf text;
	unsigned i;

	buf_init(&text, 0);
	for (i = 0; i < few(QUERIES); i++) {
		buf_reset(&text);
		world_query(&text, 2, false);
		buf_putc(&text, ' ');
		world_query(&text, 1, false);
		compare(*state, buf_str(&text),
			below(2) ? PDX_COUNT_TAKES : PDX_COUNT_ARTICLES);
	}
	buf_release(&text);
}

/* A filter of ${field}, in one of the ways to write it. */
static void make_filter(struct buf *out, const char *field)
{
	const char *(*const value)(void) = *field == 'p'     ? world_persona
					   : field[1] == 'o' ? world_company
							     : world_category;

	switch (*field == 'm' ? 3 + below(2) : below(3)) {
	case 0:
		buf_printf(out, "%s:\"%s\"", field, value());
		break;
	case 1:
		buf_printf(out, "(%s:\"%s\" OR %s:nobody)", field, value(), field);
		break;
	case 2:
		buf_printf(out, "-%s:\"%s\"", field, value());
		break;
	case 3:
		buf_printf(out, "date:2025-0%u..", 1 + below(9));
		break;
	default:
		buf_printf(out, "since:2024-11 until:2025-0%u", 1 + below(9));
	}
}

static void assert_same_facet(const char *query, const struct pdx_facet *a,
			      const struct pdx_facet *b)
{
	size_t i;

	if (a->nvalues != b->nvalues || a->total != b->total ||
	    a->missing != b->missing || a->other != b->other)
		fail_msg("%s\n  %s: %zu values of %llu, not %zu of %llu", query,
			 a->field, a->nvalues, (unsigned long long)a->total, b->nvalues,
			 (unsigned long long)b->total);
	for (i = 0; i < a->nvalues; i++)
		if (strcmp(a->values[i].value, b->values[i].value) != 0 ||
		    a->values[i].count != b->values[i].count)
			fail_msg("%s\n  %s %s: %llu, not %llu", query, a->field,
				 a->values[i].value,
				 (unsigned long long)a->values[i].count,
				 (unsigned long long)b->values[i].count);
}

/* ${query} without the filters of facet ${i} finds what the facet has to count. */
static void compare_dropped(struct world *w, const char *query, size_t i,
			    const struct pdx_facet *got, const char *without,
			    enum pdx_count_by by)
{
	struct pdx_search keep = { .facets = &fields[i],
				   .nfacets = 1,
				   .facet_values = SIZE_MAX,
				   .count_by = by };
	struct pdx_query *q;
	struct pdx_result *r = ask(&q, w, without, &keep);
	size_t n;

	assert_same_facet(query, &got[i], pdx_result_facets(r, &n));
	pdx_result_free(r);
	pdx_query_free(q);
}

/* Filters on some fields, beside words or alone: each is dropped for its own facet. */
static void a_dropped_filter_counts_as_the_query_without_it(void **state)
{
	static const char *const filtered[] = { "company", "category", "persona",
						"month" };
	struct world *w = *state;
	unsigned round;

	for (round = 0; round < few(FILTERED); round++) {
		struct buf words, filters[COUNT(filtered)], text, without;
		enum pdx_count_by by = below(2) ? PDX_COUNT_TAKES : PDX_COUNT_ARTICLES;
		struct pdx_search drop = { .facets = fields,
					   .nfacets = COUNT(fields),
					   .facet_values = SIZE_MAX,
					   .own_filter = PDX_OWN_FILTER_DROP,
					   .count_by = by };
		const struct pdx_facet *got;
		struct pdx_result *r;
		struct pdx_query *q;
		size_t i, j, n;

		buf_init(&words, 0);
		buf_init(&text, 0);
		buf_init(&without, 0);
		if (below(4))
			world_text(&words);
		buf_puts(&text, buf_str(&words));
		for (i = 0; i < COUNT(filtered); i++) {
			buf_init(&filters[i], 0);
			if (below(2))
				make_filter(&filters[i], filtered[i]);
			buf_printf(&text, " %s", buf_str(&filters[i]));
		}
		r = ask(&q, w, buf_str(&text), &drop);
		got = pdx_result_facets(r, &n);
		for (i = 0; i < COUNT(fields); i++) {
			bool period = strcmp(fields[i], "year") == 0;

			buf_reset(&without);
			buf_puts(&without, buf_str(&words));
			for (j = 0; j < COUNT(filtered); j++)
				if (strcmp(filtered[j], fields[i]) != 0 &&
				    !(period && *filtered[j] == 'm'))
					buf_printf(&without, " %s",
						   buf_str(&filters[j]));
			compare_dropped(w, buf_str(&text), i, got, buf_str(&without),
					by);
		}
		pdx_result_free(r);
		pdx_query_free(q);
		buf_release(&words);
		buf_release(&text);
		buf_release(&without);
		for (i = 0; i < COUNT(filtered); i++)
			buf_release(&filters[i]);
	}
}

/* The total and the hits beside such facets are those of the query as it stands. */
static void dropped_filters_change_no_total(void **state)
{
	static const char *const names[] = { "company", "month" };
	static const char *const queries[] = { "company:cedar", "company:nobody",
					       "model company:cedar date:2025",
					       "company:cedar company:birch" };
	struct world *w = *state;
	size_t i;

	for (i = 0; i < COUNT(queries); i++) {
		struct pdx_search how = { .limit = ARTICLES };
		struct pdx_query *q;
		struct pdx_result *plain = ask(&q, w, queries[i], &how), *r;

		how.facets = names;
		how.nfacets = COUNT(names);
		how.own_filter = PDX_OWN_FILTER_DROP;
		assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), 0);
		assert_int_equal(pdx_result_total(r), pdx_result_total(plain));
		assert_int_equal(pdx_result_returned(r), pdx_result_returned(plain));
		pdx_result_free(r);
		pdx_result_free(plain);
		pdx_query_free(q);
	}
}

static void an_unknown_field_is_refused(void **state)
{
	static const char *const names[] = { "title" };
	static const struct pdx_cross crosses[] = { { "company", "title" },
						    { "body", "company" },
						    { "company", "company" } };
	struct world *w = *state;
	struct pdx_search how = { .facets = names, .nfacets = 1 };
	struct pdx_query *q;
	struct pdx_result *r;
	size_t i;

	assert_int_equal(pdx_query_parse(&q, "", 0, TODAY, NULL), 0);
	assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), PDX_E_USAGE);
	how.nfacets = 0;
	how.npivots = 1;
	for (i = 0; i < COUNT(crosses); i++) {
		how.pivots = &crosses[i];
		assert_int_equal(pdx_search(&r, w->index, q, &how, NULL), PDX_E_USAGE);
	}
	pdx_query_free(q);
}

static void the_days_of_a_query_are_its_bounds(void **state)
{
	static const struct {
		const char *query;
		const char *days;
	} cases[] = {
		{ "", ".." },
		{ "model", ".." },
		{ "date:2026-05", "2026-05-01..2026-05-31" },
		{ "model since:2026-02 until:2026-Q2", "2026-02-01..2026-06-30" },
		{ "date:2026 date:2026-05.. drift", "2026-05-01..2026-12-31" },
		{ "date:..2026", "..2026-12-31" },
		{ "model OR date:2026", ".." },
		{ "-date:2026", ".." },
		{ "added:2026", ".." },
		{ "date:2026 date:2025", "2026-01-01..2025-12-31" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		char from[DATE_TEXT], to[DATE_TEXT], days[2 * DATE_TEXT + 2];
		int32_t first, last;
		struct pdx_query *q;

		assert_int_equal(pdx_query_parse(&q, cases[i].query,
						 strlen(cases[i].query), TODAY, NULL),
				 0);
		pdx_query_days(&first, &last, q);
		snprintf(days, sizeof(days), "%s..%s", date_format(from, first),
			 date_format(to, last));
		if (strcmp(days, cases[i].days) != 0)
			fail_msg("%s: %s, not %s", cases[i].query, days, cases[i].days);
		pdx_query_free(q);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(written_queries_count_what_the_oracle_counts),
		cmocka_unit_test(generated_queries_count_what_the_oracle_counts),
		cmocka_unit_test(a_dropped_filter_counts_as_the_query_without_it),
		cmocka_unit_test(dropped_filters_change_no_total),
		cmocka_unit_test(an_unknown_field_is_refused),
		cmocka_unit_test(the_days_of_a_query_are_its_bounds),
	};

	return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
