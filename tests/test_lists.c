/*
 * How hits are listed, from outside: pages, groups, and many queries in one run.
 */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

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

/* ---- batches ---- */

static struct run batch(const char *input, int status)
{
	const char *argv[] = { "paneldex", "search", "--batch", "-", "-n", "3", NULL };
	struct run r = run_program(argv, input, strlen(input));

	assert_status(&r, status, input);
	assert_string_equal(r.err, "");
	return r;
}

static void a_batch_answers_each_line_on_a_line(void **state)
{
	struct run r = batch("open weights\n"
			     "{\"id\":\"a\",\"query\":\"\",\"n\":1}\r\n"
			     "\n"
			     "compny:x\n"
			     "{\"id\":7,\"query\":\"date:garbage\"}\n"
			     "{\"query\":3}\n{\"query\":\"x\",\"m\":1}\n{oops\n"
			     "zzzzqqq",
			     0);
	json_t *doc[8];
	char *line = r.out, *end;
	size_t n = 0;

	(void)state;
	for (; *line && n < COUNT(doc); line = end + 1) {
		end = strchr(line, '\n');
		assert_non_null(end);
		*end = '\0';
		doc[n++] = parse(line);
	}
	assert_int_equal(n, 8);
	assert_string_equal(*line ? line : "", "");
	for (size_t i = 0; i < n; i++)
		assert_string_equal(string(doc[i], "schema"),
				    i < 2 || i == 7 ? "paneldex.search/1"
						    : "paneldex.error/1");
	assert_null(json_object_get(doc[0], "id"));
	assert_string_equal(string(json_object_get(doc[0], "query"), "text"),
			    "open weights");
	assert_string_equal(string(doc[1], "id"), "a");
	assert_int_equal(integer(doc[1], "returned"), 1);
	assert_int_equal(integer(doc[1], "total"), ARTICLES);
	assert_int_equal(integer(doc[3], "id"), 7);
	assert_int_equal(integer(doc[7], "total"), 0);
	for (size_t i = 0; i < n; i++)
		json_decref(doc[i]);
	run_free(&r);
}

static void the_exit_code_of_a_batch_is_that_of_its_best_answer(void **state)
{
	static const struct {
		const char *input;
		int status;
	} cases[] = {
		{ "compny:x\nopen\n", 0 },
		{ "compny:x\nzzzzqqq\n", 1 },
		{ "compny:x\ndate:garbage\n", 2 },
		{ "", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = batch(cases[i].input, cases[i].status);

		run_free(&r);
	}
}

/* ---- limits ---- */

#define MEGABYTE (1 << 20)

static void what_is_far_too_long_is_refused_at_once(void **state)
{
	static const char pieces[] = "(*\"a ";

	(void)state;
	for (const char *piece = pieces; *piece; piece++) {
		char *query = malloc(MEGABYTE + 2);
		struct run r;

		assert_non_null(query);
		memset(query, *piece, MEGABYTE);
		query[MEGABYTE] = '\n';
		query[MEGABYTE + 1] = '\0';
		r = batch(query, 2);
		assert_holds(r.out, "paneldex.error/1", "a megabyte");
		run_free(&r);
		/* One argument may have 128 KiB on Linux. */
		query[10000] = '\0';
		{
			const char *argv[] = { "paneldex", "search", "--", query, NULL };

			r = run_program(argv, NULL, 0);
		}
		assert_status(&r, 2, "10,000 characters");
		assert_string_equal(r.out, "");
		run_free(&r);
		free(query);
	}
}

static void a_lone_star_is_an_answer_or_an_error(void **state)
{
	const char *argv[] = { "paneldex", "search", "*", NULL };
	struct run r = run_program(argv, NULL, 0);

	(void)state;
	assert_true(r.status <= 2);
	assert_true(r.outlen + r.errlen > 0);
	run_free(&r);
}

/* Three papers print one text of an agency. */
static void copies_of_a_text_are_counted_as_one_story(void **state)
{
	static const char text[] =
		"The harbour authority of Wick has leased forty cranes that steer "
		"themselves, said its head on Monday; nine crane drivers will watch four "
		"of them each from a room above the old fish hall, where rain cannot reach "
		"the screens, and the first ship is due before the herring returns.";
	struct buf lines = { 0 };
	const char *argv[] = { "paneldex", "ingest", "-q", "-", NULL };
	struct run r;

	(void)state;
	use_db("stories.db");
	for (int i = 0; i < 3; i++)
		buf_printf(&lines,
			   "{\"title\":\"Cranes, paper %d\",\"company\":\"Wick Harbour\","
			   "\"url\":\"https://paper%d.example/cranes\",\"body\":\"%s\"}\n",
			   i, i, text);
	r = run_program(argv, lines.data, lines.len);
	assert_status(&r, 0, "ingest");
	run_free(&r);
	buf_release(&lines);
	r = run_expect("facets --by company --count-by article -f csv", 0);
	assert_holds(r.out, "company,value,Wick Harbour,3,3", "articles");
	run_free(&r);
	r = run_expect("facets --by company --count-by story -f csv", 0);
	assert_holds(r.out, "company,value,Wick Harbour,1,1", "stories");
	run_free(&r);
	r = run_expect("search -f text cranes", 0);
	assert_holds(r.out, "+2 more", "the best of them");
	run_free(&r);
	use_db(MAIN_DB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_pages_of_a_search_are_the_whole_list),
		cmocka_unit_test(a_cursor_that_does_not_fit_exits_with_2),
		cmocka_unit_test(a_page_after_the_index_grew_says_so),
		cmocka_unit_test(groups_have_a_heading_and_say_how_many_more),
		cmocka_unit_test(wrong_use_of_groups_exits_with_2),
		cmocka_unit_test(a_batch_answers_each_line_on_a_line),
		cmocka_unit_test(the_exit_code_of_a_batch_is_that_of_its_best_answer),
		cmocka_unit_test(what_is_far_too_long_is_refused_at_once),
		cmocka_unit_test(a_lone_star_is_an_answer_or_an_error),
		cmocka_unit_test(copies_of_a_text_are_counted_as_one_story),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
