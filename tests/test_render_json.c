/*
 * The formats json and jsonl, shown things made by hand.
 */
#include "page.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_keys(const json_t *object, const char *want)
{
	char got[512] = "";
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		if (*got)
			strcat(got, " ");
		strcat(got, key);
	}
	assert_string_equal(got, want);
}

static json_t *parse(const char *text)
{
	json_error_t error;
	json_t *doc = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!doc)
		fail_msg("%s in %s", error.text, text);
	return doc;
}

static void a_json_search_is_one_document_with_its_keys_in_order(void **state)
{
	struct pdx_article article = sample_article();
	struct pdx_hit hit = sample_hit(&article);
	struct render_search search = sample_search(1);
	struct page p;
	json_t *doc, *h;

	(void)state;
	search.notes = sample_notes;
	search.nnotes = SAMPLE_NOTES;
	search.facets = sample_facets;
	search.nfacets = SAMPLE_FACETS;
	page_start(&p, "json", 80, false);
	page_search(&p, &search, &hit);
	doc = parse(p.out_text);
	assert_keys(doc, "schema query total returned next stories warnings index hits facets");
	assert_keys(json_object_get(doc, "query"),
		    "text parsed sort corrections did_you_mean");
	assert_keys(json_object_get(doc, "index"), "generation articles");
	assert_int_equal(json_array_size(json_object_get(doc, "warnings")), 2);
	assert_keys(json_array_get(json_object_get(doc, "warnings"), 0),
		    "code column message");
	assert_int_equal(json_array_size(json_object_get(json_object_get(doc, "query"),
							 "corrections")),
			 1);
	h = json_array_get(json_object_get(doc, "hits"), 0);
	assert_keys(h, "id rank score title date companies categories url summary "
		       "bookmarked highlights takes mentions cluster");
	assert_keys(json_array_get(json_object_get(h, "highlights"), 0),
		    "field take text spans");
	assert_keys(json_array_get(json_object_get(h, "takes"), 0),
		    "n persona perspective matched");
	assert_keys(json_object_get(doc, "facets"), "company month");
	assert_keys(json_object_get(json_object_get(doc, "facets"), "company"),
		    "values other missing");
	json_decref(doc);
	page_free(&p);
}

static void a_hit_in_json_is_spelled_out(void **state)
{
	static const struct pdx_cluster cluster = {
		3, { "df53851414d8", "0d86c2844ca2" }, 2
	};
	struct pdx_article article = sample_article();
	struct pdx_hit hit = sample_hit(&article);
	struct render_search search = sample_search(1);
	struct page p;

	(void)state;
	hit.nhighlights = 1;
	article.ntakes = 2;
	article.mentions = (const char *const[]){ "Mistral AI" };
	article.nmentions = 1;
	hit.cluster = &cluster;
	page_start(&p, "jsonl", 80, false);
	page_search(&p, &search, &hit);
	assert_string_equal(
		p.out_text,
		"{\"schema\":\"paneldex.hit/1\",\"id\":\"268b1e1b4370\",\"rank\":1,"
		"\"score\":7.3149,\"title\":\"Hugging Face Acquires Idefics Labs\","
		"\"date\":\"2026-05-08\",\"companies\":[\"Hugging Face\","
		"\"Idefics Labs\"],\"categories\":[\"Funding\"],\"url\":null,"
		"\"summary\":\"Hugging Face has acquired a startup.\","
		"\"bookmarked\":false,\"highlights\":[{\"field\":\"title\",\"take\":"
		"null,"
		"\"text\":\"Hugging Face Acquires Idefics "
		"Labs\",\"spans\":[[0,7],[8,4]]}],"
		"\"takes\":[{\"n\":1,\"persona\":\"The Builder\",\"perspective\":"
		"\"Developer Perspective\",\"matched\":false},{\"n\":2,\"persona\":"
		"\"The Skeptic\",\"perspective\":\"Reality "
		"Check\",\"matched\":true}],\"mentions\":[\"Mistral AI\"],"
		"\"cluster\":{\"size\":3,\"ids\":[\"df53851414d8\",\"0d86c2844ca2\"]}}\n");
	page_free(&p);
}

static void nothing_found_is_a_document_too(void **state)
{
	struct render_search search = sample_search(0);
	struct page p;
	json_t *doc;

	(void)state;
	search.total = 0;
	page_start(&p, "json", 80, false);
	page_search(&p, &search, NULL);
	doc = parse(p.out_text);
	assert_keys(doc, "schema query total returned next stories warnings index hits");
	assert_int_equal(json_array_size(json_object_get(doc, "hits")), 0);
	assert_true(json_is_null(json_object_get(doc, "next")));
	json_decref(doc);
	page_free(&p);
}

static void a_total_that_was_not_counted_is_null(void **state)
{
	struct render_search search = sample_search(0);
	struct page p;
	json_t *doc;
	int partial;

	(void)state;
	search.no_total = true;
	search.collapsed = true;
	search.total = 9;
	for (partial = 0; partial < 2; partial++) {
		search.partial = partial == 1;
		page_start(&p, "json", 80, false);
		page_search(&p, &search, NULL);
		doc = parse(p.out_text);
		assert_int_equal(json_is_null(json_object_get(doc, "total")), partial);
		assert_int_equal(json_is_null(json_object_get(doc, "stories")),
				 partial);
		assert_int_equal(
			json_integer_value(json_object_get(doc, "total_at_least")), 9);
		json_decref(doc);
		page_free(&p);
	}
}

static void facets_of_jsonl_are_a_record_after_the_hits(void **state)
{
	struct pdx_article article = sample_article();
	struct pdx_hit hit = sample_hit(&article);
	struct render_search search = sample_search(1);
	struct page p;
	const char *second;
	json_t *doc;

	(void)state;
	search.facets = sample_facets;
	search.nfacets = 1;
	page_start(&p, "jsonl", 80, false);
	page_search(&p, &search, &hit);
	second = strchr(p.out_text, '\n') + 1;
	doc = parse(second);
	assert_keys(doc, "schema query total facets pivot");
	assert_string_equal(json_string_value(json_object_get(doc, "schema")),
			    "paneldex.facets/1");
	json_decref(doc);
	page_free(&p);
}

static void json_holds_unsafe_characters_as_escapes(void **state)
{
	struct pdx_article article = sample_article();
	struct pdx_hit hit = { .article = &article, .rank = 1 };
	struct render_search search = sample_search(1);
	struct page p;
	static const char title[] =
		"a\x7f\xc2\x9b\u202e\u2066\x1b \u00e9\u2028\U0001F600";
	json_t *doc;

	(void)state;
	article.title = title;
	page_start(&p, "jsonl", 80, false);
	page_search(&p, &search, &hit);
	assert_non_null(
		strstr(p.out_text, "\"a\\u007f\\u009b\\u202e\\u2066\\u001B \u00e9"));
	doc = parse(p.out_text);
	assert_string_equal(json_string_value(json_object_get(doc, "title")), title);
	json_decref(doc);
	page_free(&p);
}

static void scores_have_six_digits_and_are_always_numbers_or_null(void **state)
{
	static const struct {
		double score;
		const char *want;
	} cases[] = {
		{ 7, "\"score\":7.0," },
		{ 0, "\"score\":0.0," },
		{ 1.0 / 3, "\"score\":0.333333," },
		{ 12.345678901, "\"score\":12.3457," },
		{ 0.000012345678, "\"score\":1.23457e-5," },
		{ (double)NAN, "\"score\":null," },
		{ (double)INFINITY, "\"score\":null," },
	};
	struct pdx_article article = sample_article();
	struct render_search search = sample_search(1);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page p;
		struct pdx_hit hit = { .article = &article, .score = cases[i].score };

		page_start(&p, "jsonl", 80, false);
		page_search(&p, &search, &hit);
		if (!strstr(p.out_text, cases[i].want))
			fail_msg("wanted %s in %s", cases[i].want, p.out_text);
		page_free(&p);
	}
}

static void an_article_in_json_has_all_its_keys(void **state)
{
	struct pdx_article article = sample_article();
	struct page p;
	json_t *doc;

	(void)state;
	article.date = PDX_NO_DATE;
	article.provenance[PDX_PART_BODY] = PDX_FROM_TIME;
	page_start(&p, "json", 80, false);
	render_record(&p.r, &record_article, &article);
	page_end(&p);
	doc = parse(p.out_text);
	assert_keys(doc,
		    "schema id title date companies categories url summary body lang "
		    "source ref origin added bookmarked takes provenance mentions");
	assert_keys(json_object_get(doc, "provenance"), "body");
	assert_string_equal(json_string_value(json_object_get(
				    json_object_get(doc, "provenance"), "body")),
			    "time element");
	assert_true(json_is_null(json_object_get(doc, "date")));
	assert_string_equal(json_string_value(json_object_get(doc, "added")),
			    "2026-11-22T10:30:30Z");
	assert_keys(json_array_get(json_object_get(doc, "takes"), 0),
		    "n persona perspective text");
	json_decref(doc);
	page_free(&p);
}

static void stats_in_json_have_all_their_keys(void **state)
{
	struct page p;
	json_t *doc;

	(void)state;
	page_start(&p, "jsonl", 80, false);
	render_record(&p.r, &record_stats, &sample_stats);
	page_end(&p);
	doc = parse(p.out_text);
	assert_keys(doc,
		    "schema articles takes companies categories personas first_date "
		    "last_date text_bytes file_bytes generation language analyzer");
	json_decref(doc);
	page_free(&p);
}

static void an_error_in_json_is_an_object(void **state)
{
	struct render_message m = sample_error("a compny:x", 2, 6);
	struct page p;

	(void)state;
	page_start(&p, "json", 80, false);
	p.r.ops->error(&p.r, &m);
	m.column = 0;
	m.hint = "";
	p.r.ops->error(&p.r, &m);
	page_end(&p);
	assert_string_equal(
		p.err_text,
		"{\"schema\":\"paneldex.error/1\",\"code\":\"query\",\"message\":"
		"\"unknown field \\\"compny\\\"\",\"column\":3,\"hint\":\"company\","
		"\"place\":\"query\"}\n"
		"{\"schema\":\"paneldex.error/1\",\"code\":\"query\",\"message\":"
		"\"unknown field \\\"compny\\\"\",\"column\":null,\"hint\":null,"
		"\"place\":\"query\"}\n");
	page_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_json_search_is_one_document_with_its_keys_in_order),
		cmocka_unit_test(a_hit_in_json_is_spelled_out),
		cmocka_unit_test(nothing_found_is_a_document_too),
		cmocka_unit_test(a_total_that_was_not_counted_is_null),
		cmocka_unit_test(facets_of_jsonl_are_a_record_after_the_hits),
		cmocka_unit_test(json_holds_unsafe_characters_as_escapes),
		cmocka_unit_test(scores_have_six_digits_and_are_always_numbers_or_null),
		cmocka_unit_test(an_article_in_json_has_all_its_keys),
		cmocka_unit_test(stats_in_json_have_all_their_keys),
		cmocka_unit_test(an_error_in_json_is_an_object),
	};

	return cmocka_run_group_tests_name("render_json", tests, NULL, NULL);
}
