/*
 * How hits are listed, from outside: pages, groups, and many queries in one run.
 */
#include "program.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- pages ---- */

static void the_pages_of_a_search_are_the_whole_list(void **state)
{
	json_t *all = document("search -f json -n 50", 0), *hits;
	char line[512] = "search -f json -n 2";
	size_t seen = 0;

	(void)state;
	assert_true(json_is_null(json_object_get(all, "next")));
	hits = json_object_get(all, "hits");
	for (;;) {
		json_t *page = document(line, 0), *hit;
		const char *next;
		size_t i;

		assert_int_equal(integer(page, "total"), ARTICLES);
		json_array_foreach(json_object_get(page, "hits"), i, hit)
			assert_true(json_equal(hit, json_array_get(hits, seen++)));
		next = json_string_value(json_object_get(page, "next"));
		if (next)
			snprintf(line, sizeof(line), "search -f json -n 2 --after %s",
				 next);
		json_decref(page);
		if (!next)
			break;
	}
	assert_int_equal(seen, ARTICLES);
	json_decref(all);
}

static void a_cursor_that_does_not_fit_exits_with_2(void **state)
{
	json_t *page = document("search -f json -n 2", 0);
	char line[512];
	struct run r;

	(void)state;
	snprintf(line, sizeof(line), "search -s date --after %s",
		 string(page, "next"));
	json_decref(page);
	r = run_expect(line, 2);
	assert_holds(r.err, "the cursor belongs to another query", line);
	assert_string_equal(r.out, "");
	run_free(&r);
	r = run_expect("search --after nonsense", 2);
	assert_holds(r.err, "the cursor is damaged, or none at all", "nonsense");
	run_free(&r);
	r = run_expect("search --after nonsense --offset 3", 2);
	assert_holds(r.err, "--offset has no meaning beside --after", "offset");
	run_free(&r);
}

static void a_page_after_the_index_grew_says_so(void **state)
{
	json_t *page, *next, *notes;
	char line[512];
	struct run r;

	(void)state;
	use_db("grown.db");
	r = run_expect("ingest pages", 0);
	run_free(&r);
	page = document("search -f json -n 1", 0);
	snprintf(line, sizeof(line), "search -f json --after %s", string(page, "next"));
	r = run_expect("ingest articles.jsonl", 0);
	run_free(&r);
	next = document(line, 0);
	notes = json_object_get(next, "warnings");
	assert_int_equal(json_array_size(notes), 1);
	assert_string_equal(string(json_array_get(notes, 0), "code"), "stale-cursor");
	assert_int_equal(integer(next, "total"), integer(page, "total"));
	assert_int_equal(integer(json_array_get(json_object_get(next, "hits"), 0),
				 "rank"),
			 2);
	json_decref(next);
	json_decref(page);
	memmove(line + 7, line + 15, strlen(line + 15) + 1); /* as text */
	r = run_expect(line, 0);
	assert_holds(r.err, "the index has changed since the first page", line);
	run_free(&r);
	use_db(MAIN_DB);
}

/* ---- groups ---- */

static void groups_have_a_heading_and_say_how_many_more(void **state)
{
	struct run r = run_expect("search --group-by company --sort date", 0);
	json_t *doc, *hits, *hit, *sum;
	size_t i, in_groups = 0;

	(void)state;
	assert_holds(r.out, "Tern Labs", "heading");
	assert_holds(r.out, " more\n", "heading");
	run_free(&r);
	doc = document("search -f json --group-by company --group-size 2 -n 2", 0);
	hits = json_object_get(doc, "hits");
	assert_int_equal(integer(doc, "total"), ARTICLES);
	assert_true(integer(doc, "groups") > 2);
	assert_true(json_is_null(json_object_get(doc, "next")));
	json_array_foreach(hits, i, hit) {
		sum = json_object_get(hit, "group");
		assert_string_equal(string(sum, "field"), "company");
		assert_keys(sum, "field value count", "group");
		in_groups++;
	}
	assert_true(in_groups >= 2 && in_groups <= 4);
	json_decref(doc);
}

static void wrong_use_of_groups_exits_with_2(void **state)
{
	static const char *const lines[] = {
		"search --group-by title",
		"search --group-size 2",
		"search --group-by month --after x",
		"search -c --group-by month",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct run r = run_expect(lines[i], 2);

		assert_string_equal(r.out, "");
		run_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pages_of_a_search_are_the_whole_list),
		cmocka_unit_test(a_cursor_that_does_not_fit_exits_with_2),
		cmocka_unit_test(a_page_after_the_index_grew_says_so),
		cmocka_unit_test(groups_have_a_heading_and_say_how_many_more),
		cmocka_unit_test(wrong_use_of_groups_exits_with_2),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
