/*
 * Articles like one: which they are, and how the program is asked for them.
 */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "paneldex.h"

#define DEAL "0d86c2844ca2" /* Tern Labs buys Harbour */

static struct pdx *open_index(void)
{
	struct pdx *index;

	assert_int_equal(
		pdx_open(&index, in_tmpdir(MAIN_DB), PDX_OPEN_READ, NULL, NULL), 0);
	return index;
}

static bool is_about(const struct pdx_article *a, const char *company)
{
	for (size_t i = 0; i < a->ncompanies; i++)
		if (strcmp(a->companies[i], company) == 0)
			return true;
	return false;
}

static struct pdx_result *find(struct pdx *index, const struct pdx_query *q)
{
	struct pdx_search how = { .limit = ARTICLES };
	struct pdx_result *r;

	assert_int_equal(pdx_search(&r, index, q, &how, NULL), 0);
	return r;
}

/* Count hits about Tern Labs; none is the article itself. */
static size_t count_own(struct pdx *index, enum pdx_same_company company, size_t *total)
{
	struct pdx_query *q;
	struct pdx_result *r;
	size_t own = 0;

	assert_int_equal(pdx_query_similar(&q, index, DEAL, company, 0, NULL), 0);
	r = find(index, q);
	*total = pdx_result_returned(r);
	for (size_t i = 0; i < *total; i++) {
		const struct pdx_hit *hit;

		assert_int_equal(pdx_result_hit(&hit, r, i, NULL), 0);
		assert_string_not_equal(hit->article->id, DEAL);
		own += is_about(hit->article, "Tern Labs");
	}
	pdx_result_free(r);
	pdx_query_free(q);
	return own;
}

static void the_article_itself_and_its_company_are_left_out(void **state)
{
	struct pdx *index = open_index();
	size_t kept, dropped, own;

	(void)state;
	own = count_own(index, PDX_COMPANY_KEEP, &kept);
	assert_true(own > 0);
	assert_int_equal(count_own(index, PDX_COMPANY_DROP, &dropped), 0);
	assert_int_equal(dropped, kept - own);
	pdx_close(index);
}

static void its_words_typed_as_a_query_find_the_same(void **state)
{
	struct pdx *index = open_index();
	struct pdx_query *q, *typed;
	struct pdx_result *r, *want;
	const char *text;

	(void)state;
	assert_int_equal(pdx_query_similar(&q, index, DEAL, PDX_COMPANY_KEEP, 0, NULL),
			 0);
	text = pdx_query_parsed(q);
	assert_int_equal(pdx_query_parse(&typed, text, strlen(text), 0, NULL), 0);
	r = find(index, q);
	want = find(index, typed);
	assert_true(pdx_result_returned(r) > 1);
	assert_int_equal(pdx_result_returned(r), pdx_result_returned(want));
	for (size_t i = 0; i < pdx_result_returned(r); i++) {
		const struct pdx_hit *hit, *other;

		assert_int_equal(pdx_result_hit(&hit, r, i, NULL), 0);
		assert_int_equal(pdx_result_hit(&other, want, i, NULL), 0);
		if (strcmp(hit->article->id, other->article->id) != 0 ||
		    fabs(hit->score - other->score) > 1e-6)
			fail_msg("%s\n  hit %zu: %s %g, typed %s %g", text, i,
				 hit->article->id, hit->score, other->article->id,
				 other->score);
	}
	pdx_result_free(r);
	pdx_result_free(want);
	pdx_query_free(q);
	pdx_query_free(typed);
	pdx_close(index);
}

static void stop_words_and_numbers_do_not_make_articles_alike(void **state)
{
	static const char *const never[] = { " the ", " of ",  " and ", " cant ",
					     " 1 ",   " 1.6 ", " 40 ",  NULL };
	struct pdx *index = open_index();
	struct pdx_query *q;
	char text[4096];

	(void)state;
	assert_int_equal(
		pdx_query_similar(&q, index, "eb815959e185", PDX_COMPANY_KEEP, 0, NULL),
		0);
	snprintf(text, sizeof(text), " %s", pdx_query_parsed(q));
	for (char *at = text; *at; at++)
		*at = *at == '(' || *at == ')' ? ' ' : *at;
	assert_non_null(strstr(text, " weights "));
	for (size_t i = 0; never[i]; i++)
		if (strstr(text, never[i]))
			fail_msg("\"%s\" in %s", never[i], text);
	pdx_query_free(q);
	pdx_close(index);
}

static void the_program_finds_what_is_like_an_article(void **state)
{
	json_t *doc = document("similar -f json -n 2 0d86 --explain", 0), *hits;

	(void)state;
	assert_string_equal(string(doc, "schema"), "paneldex.search/1");
	assert_keys(doc, "schema query total returned next stories warnings index explain hits",
		    "similar");
	hits = json_object_get(doc, "hits");
	assert_int_equal(json_array_size(hits), 2);
	assert_string_equal(string(json_array_get(hits, 0), "id"), "eb815959e185");
	json_decref(doc);
	doc = document("similar -f json 0d86 --same-company drop --company tern", 1);
	assert_int_equal(integer(doc, "total"), 0);
	json_decref(doc);
}

static void an_article_must_be_named(void **state)
{
	struct run r = run_expect("similar", 2);

	(void)state;
	assert_holds(r.err, "like which article? give one id", "no id");
	run_free(&r);
	r = run_expect("similar 000000000000", 1);
	assert_holds(r.err, "no article has the id 000000000000", "an unknown id");
	run_free(&r);
	r = run_expect("similar 0d86 --same-company perhaps", 2);
	assert_holds(r.err, "--same-company: unknown value \"perhaps\"",
		     "a wrong value");
	run_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_article_itself_and_its_company_are_left_out),
		cmocka_unit_test(its_words_typed_as_a_query_find_the_same),
		cmocka_unit_test(stop_words_and_numbers_do_not_make_articles_alike),
		cmocka_unit_test(the_program_finds_what_is_like_an_article),
		cmocka_unit_test(an_article_must_be_named),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
