/*
 * What only makes a search faster changes no answer: generated queries, each with some
 * of what can be asked of a search, over one archive that is open three times: with
 * shortcuts, with as many threads as can be (PANELDEX_RANGES), and without
 * (PANELDEX_NO_SHORTCUTS).  Ids in their order, scores, totals, facets, pivots, groups,
 * stories and the next page are the same.
 *
 * The archive is of more than two windows of common words.  PANELDEX_QUERIES says how
 * many queries; the usual number keeps the suite fast.  An option of a search that is
 * new gets a line in choose().
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/window.h"
#include "world.h"

/* With fewer than 100 queries there are too few of some kinds among them.  SLOW: under
 * valgrind, which runs the threads one at a time. */
enum { MANY = 10000, QUERIES = 600, QUERIES_SLOW = 100 };

struct both {
	struct arena arena;
	struct pdx *fast, *ranged, *plain;
	void *store; /* as ${fast}, to see what serves */
	struct analyzer *analyzer;
	size_t partial; /* answers that did not count all */
};

static int set_up(void **out)
{
	struct both *b = calloc(1, sizeof(*b));
	char path[512];
	struct pdx *index;

	assert_non_null(b);
	snprintf(path, sizeof(path), "%s/shortcuts.db", test_tmpdir());
	unsetenv("PANELDEX_NO_SHORTCUTS");
	unsetenv("PANELDEX_RANGES");
	assert_int_equal(
		pdx_open(&index, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, NULL),
		0);
	world_put_many(index, MANY);
	pdx_close(index);
	assert_int_equal(pdx_open(&b->fast, path, 0, NULL, NULL), 0);
	assert_int_equal(store_open(&b->store, path, 0, NULL, NULL), 0);
	setenv("PANELDEX_RANGES", "4", 1);
	assert_int_equal(pdx_open(&b->ranged, path, 0, NULL, NULL), 0);
	unsetenv("PANELDEX_RANGES");
	setenv("PANELDEX_NO_SHORTCUTS", "1", 1);
	assert_int_equal(pdx_open(&b->plain, path, 0, NULL, NULL), 0);
	unsetenv("PANELDEX_NO_SHORTCUTS");
	assert_int_equal(analyzer_new(&b->analyzer, "english", NULL), 0);
	*out = b;
	return 0;
}

static int tear_down(void **out)
{
	struct both *b = *out;

	pdx_close(b->fast);
	pdx_close(b->ranged);
	pdx_close(b->plain);
	store_close(b->store);
	analyzer_free(b->analyzer);
	arena_release(&b->arena);
	free(b);
	return 0;
}

/* A query, and how it is asked. */
struct ask {
	struct buf text;
	struct pdx_query *query;
	struct pdx_search how;
	struct pdx_sort sort[2];
	const char *facets[4];
	struct pdx_cross pivot;
};

static const char *const counted[] = { "company", "category", "persona", "mentions",
				       "month",   "year",     "week" };

static void choose_order(struct ask *a)
{
	struct pdx_search *how = &a->how;

	how->nsort = below(3);
	how->sort = a->sort;
	for (size_t i = 0; i < how->nsort; i++)
		a->sort[i] = (struct pdx_sort){ (enum pdx_sort_key)below(6), below(2) };
	how->limit = below(4) ? below(25) : below(300);
	how->offset = below(4) ? 0 : below(50);
	how->recency_days = below(5) ? 0 : 100;
	how->newer_than = below(12) ? 0 : below(MANY);
	how->collapse = below(6) == 0;
	how->group_by = below(6) ? NULL : PICK(counted);
	how->group_size = how->group_by ? below(4) : 0;
	how->profile = pdx_profile(below(4));
	how->relax = below(8) == 0;
}

static void choose_counts(struct ask *a)
{
	struct pdx_search *how = &a->how;

	how->facets = a->facets;
	how->nfacets = below(2) ? below(COUNT(a->facets)) : 0;
	for (size_t i = 0; i < how->nfacets; i++)
		a->facets[i] = PICK(counted);
	how->facet_values = below(3) ? 0 : below(40);
	how->own_filter = below(4) ? PDX_OWN_FILTER_KEEP : PDX_OWN_FILTER_DROP;
	how->npivots = below(8) == 0;
	how->pivots = &a->pivot;
	a->pivot = (struct pdx_cross){ PICK(counted), PICK(counted) };
	how->count_by = below(6) ? PDX_COUNT_ARTICLES : (enum pdx_count_by)below(3);
	how->no_total = how->limit && !how->nfacets && !how->npivots &&
			!how->group_by && how->count_by == PDX_COUNT_ARTICLES &&
			below(2);
}

/* One to three clauses, or none; now and then a filter as an option makes it. */
static void choose(struct ask *a)
{
	unsigned clauses = below(12) ? 1 + below(3) : 0;
	const char *company = world_company();
	struct pdx_err err;

	memset(&a->how, 0, sizeof(a->how));
	buf_reset(&a->text);
	for (; clauses; clauses--) {
		if (below(7))
			world_query(&a->text, 2, false);
		else
			buf_printf(&a->text, "%srare%u", below(4) ? "" : "-", below(4));
		buf_puts(&a->text, clauses > 1 ? below(4) ? " " : " OR " : "");
	}
	choose_order(a);
	choose_counts(a);
	a->how.today = TODAY + 400;
	if (pdx_query_parse(&a->query, a->text.data, a->text.len, a->how.today, &err) ||
	    (below(5) == 0 &&
	     pdx_query_filter_any(a->query, "company", &company, 1, &err)) ||
	    (below(6) == 0 && pdx_query_match_any(a->query, &err)))
		fail_msg("%s: %s", buf_str(&a->text), err.message);
}

#define SAME(a, x, y, what)                                                            \
	do {                                                                           \
		if ((x) != (y))                                                        \
			fail_msg("<%s> %s: %llu, without shortcuts %llu",              \
				 buf_str(&(a)->text), what, (unsigned long long)(x),   \
				 (unsigned long long)(y));                             \
	} while (0)

static void compare_groups(const struct ask *a, const struct pdx_hit *x,
			   const struct pdx_hit *y)
{
	size_t i;

	SAME(a, x->cluster != NULL, y->cluster != NULL, "near-copies");
	if (x->cluster) {
		SAME(a, x->cluster->size, y->cluster->size, "near-copies");
		SAME(a, x->cluster->nids, y->cluster->nids, "near-copies shown");
		for (i = 0; i < x->cluster->nids; i++)
			assert_string_equal(x->cluster->ids[i], y->cluster->ids[i]);
	}
	if (!x->group)
		return;
	SAME(a, x->group->count, y->group->count, "articles of a group");
	SAME(a, x->group->shown, y->group->shown, "hits of a group");
	SAME(a, x->group->value != NULL, y->group->value != NULL, "a group's value");
	if (x->group->value)
		assert_string_equal(x->group->value, y->group->value);
}

static void compare_hits(const struct ask *a, struct pdx_result *x,
			 struct pdx_result *y)
{
	char ids[2][PDX_ID_SIZE];
	const struct pdx_hit *hits[2];
	double scores[2];
	size_t i;

	SAME(a, pdx_result_returned(x), pdx_result_returned(y), "hits");
	for (i = 0; i < pdx_result_returned(x); i++) {
		scores[0] = pdx_result_id(ids[0], x, i);
		scores[1] = pdx_result_id(ids[1], y, i);
		if (strcmp(ids[0], ids[1]) != 0 ||
		    fabs(scores[0] - scores[1]) > 1e-6 * (1 + fabs(scores[1])))
			fail_msg("<%s> hit %zu: %s %.9g, without shortcuts %s %.9g",
				 buf_str(&a->text), i, ids[0], scores[0], ids[1],
				 scores[1]);
		if ((!a->how.collapse && !a->how.group_by) ||
		    !pdx_result_total_is_exact(x))
			continue;
		assert_int_equal(pdx_result_hit(&hits[0], x, i, NULL), 0);
		assert_int_equal(pdx_result_hit(&hits[1], y, i, NULL), 0);
		compare_groups(a, hits[0], hits[1]);
	}
}

static void compare_facet(const struct ask *a, const struct pdx_facet *x,
			  const struct pdx_facet *y)
{
	size_t i;

	SAME(a, x->nvalues, y->nvalues, x->field);
	SAME(a, x->other, y->other, "other");
	SAME(a, x->missing, y->missing, "missing");
	SAME(a, x->total, y->total, "a facet's total");
	for (i = 0; i < x->nvalues; i++) {
		SAME(a, x->values[i].count, y->values[i].count, y->values[i].value);
		assert_string_equal(x->values[i].value, y->values[i].value);
	}
}

static void compare_counts(const struct ask *a, struct pdx_result *x,
			   struct pdx_result *y)
{
	const struct pdx_facet *f[2];
	const struct pdx_pivot *p[2];
	size_t n[2], i, j;

	if (!pdx_result_total_is_exact(x)) {
		assert_true(a->how.no_total);
		/* What was passed over need not have matched: "at least" can be all. */
		assert_true(pdx_result_total(x) <= pdx_result_total(y));
		assert_true(pdx_result_total(x) >= pdx_result_returned(x));
		return;
	}
	SAME(a, pdx_result_total(x), pdx_result_total(y), "total");
	SAME(a, pdx_result_takes(x), pdx_result_takes(y), "takes");
	SAME(a, pdx_result_stories(x), pdx_result_stories(y), "stories");
	SAME(a, pdx_result_groups(x), pdx_result_groups(y), "groups");
	f[0] = pdx_result_facets(x, &n[0]);
	f[1] = pdx_result_facets(y, &n[1]);
	for (i = 0; i < n[1]; i++)
		compare_facet(a, &f[0][i], &f[1][i]);
	p[0] = pdx_result_pivots(x, &n[0]);
	p[1] = pdx_result_pivots(y, &n[1]);
	for (i = 0; i < n[1]; i++) {
		compare_facet(a, &p[0][i].rows, &p[1][i].rows);
		compare_facet(a, &p[0][i].columns, &p[1][i].columns);
		SAME(a, p[0][i].ncells, p[1][i].ncells, "cells");
		for (j = 0; j < p[0][i].ncells; j++)
			assert_memory_equal(&p[0][i].cells[j], &p[1][i].cells[j],
					    sizeof(*p[0][i].cells));
	}
}

/* Ask ${index} and the plain one, and once more for the page behind the first. */
static void compare(struct both *b, struct pdx *index, struct ask *a, unsigned pages)
{
	struct pdx_result *x = NULL, *y = NULL;
	int status = pdx_search(&x, index, a->query, &a->how, NULL);

	SAME(a, status, pdx_search(&y, b->plain, a->query, &a->how, NULL), "status");
	if (!status) {
		b->partial += !pdx_result_total_is_exact(x) &&
			      pdx_result_total(x) < pdx_result_total(y);
		compare_hits(a, x, y);
		compare_counts(a, x, y);
		a->how.after = pdx_result_next(y);
		a->how.offset = 0;
		if (a->how.after && pages > 1) {
			assert_string_equal(pdx_result_next(x), a->how.after);
			compare(b, index, a, pages - 1);
		}
	}
	pdx_result_free(x);
	pdx_result_free(y);
}

/* Whether common words' postings answer the query of ${a}. */
static bool has_window(struct both *b, const struct ask *a)
{
	struct leaves leaves;
	struct plan plan = { 0 };
	struct window w;
	bool serves;

	assert_int_equal(leaves_build(&leaves, &b->arena, a->query, b->analyzer, NULL),
			 0);
	assert_int_equal(
		plan_make(&plan, b->store, &b->arena, a->query, &leaves, 0, NULL), 0);
	assert_int_equal(window_open(&w, &serves, b->store, &plan, &b->arena, NULL), 0);
	window_release(&w);
	arena_reset(&b->arena);
	return serves;
}

static void shortcuts_change_no_answer(void **state)
{
	const char *asked = getenv("PANELDEX_QUERIES");
	size_t usual = getenv("PANELDEX_SLOW") ? QUERIES_SLOW : QUERIES;
	size_t n = asked ? strtoul(asked, NULL, 10) : usual, i, served = 0;
	struct both *b = *state;
	struct ask a = { .query = NULL };
	struct pdx_search first;

	buf_init(&a.text, 0);
	for (i = 0; i < n; i++) {
		choose(&a);
		served += has_window(b, &a);
		first = a.how;
		compare(b, b->fast, &a, 2);
		a.how = first;
		compare(b, b->ranged, &a, 2);
		pdx_query_free(a.query);
	}
	buf_release(&a.text);
	printf("%zu queries, %zu of them by common words\n", n, served);
	assert_true(served > n / 5);
	assert_true(b->partial > n / 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shortcuts_change_no_answer),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
