/*
 * What readers keep: bookmarks and saved searches, and the feeds that these are for.
 */
#include "program.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void expect_out(const char *line, int status, const char *want)
{
	struct run r = run_expect(line, status);

	if (strcmp(r.out, want) != 0)
		fail_msg("%s\ngot  %swant %s%s", line, r.out, want, r.err);
	run_free(&r);
}

static void expect_error(const char *line, int status, const char *part)
{
	struct run r = run_expect(line, status);

	assert_holds(r.err, part, line);
	assert_string_equal(r.out, "");
	run_free(&r);
}

/* An index of its own for each test. */
static int fresh(void **state)
{
	struct run r;

	(void)state;
	unlink(in_tmpdir("kept.db"));
	use_db("kept.db");
	r = run_expect("ingest -q --now 2026-11-23 pages articles.jsonl", 0);
	run_free(&r);
	return 0;
}

static void bookmarks_are_added_listed_found_and_removed(void **state)
{
	(void)state;
	expect_out("bookmark list", 1, "");
	expect_out("bookmark add 0d86 eb81 --note board --now 2026-11-24", 0,
		   "2 added\n");
	expect_out("bookmark add 0d86 --note other", 0, "1 unchanged\n");
	expect_out("bookmark add 0d86", 0, "1 unchanged\n");
	expect_out("search -c is:bookmarked", 0, "2\n");
	expect_out("search -f ids is:bookmarked -s title", 0,
		   "eb815959e185\n0d86c2844ca2\n");
	expect_out("bookmark list -f csv", 0,
		   "id,date,title,note,added\r\n"
		   "0d86c2844ca2,2026-05-04,Tern Labs Buys Harbour to Put Eyes on Its "
		   "Small Models,other,2026-11-24T00:00:00Z\r\n"
		   "eb815959e185,2026-05-20,Skua 2 Runs on a Phone and Keeps Its "
		   "Licence,board,2026-11-24T00:00:00Z\r\n");
	expect_out("bookmark remove 0d86 0d86", 0, "1 removed, 1 unchanged\n");
	expect_out("search -c is:bookmarked", 0, "1\n");
}

static void one_id_that_is_none_changes_nothing(void **state)
{
	(void)state;
	expect_error("bookmark add 0d86 0000000000ff", 1, "no article has the id");
	expect_error("bookmark add d", 2, "several articles");
	expect_error("bookmark add", 2, "add wants ids of articles");
	expect_error("bookmark addd 0d86", 2, "did you mean \"add\"?");
	expect_error("bookmark remove 0d86 --note x", 2, "--note has an effect on add");
	expect_out("bookmark list -f json", 1,
		   "{\"schema\":\"paneldex.bookmarks/1\",\"bookmarks\":[]}\n");
}

/* A line that has the identity of "Skua 2" and another summary. */
static const char update[] =
	"{\"title\":\"Skua 2 Runs on a Phone and Keeps Its Licence\","
	"\"date\":\"2026-05-20\",\"companies\":[\"Tern Labs\"],"
	"\"url\":\"https://tern.example/skua-2\",\"body\":\"Quite another text.\"}\n";

static struct run ingest(const char *lines)
{
	const char *argv[] = { "paneldex", "ingest", "-", NULL };
	struct run r = run_program(argv, lines, strlen(lines));

	assert_status(&r, 0, lines);
	return r;
}

static void what_is_kept_survives_an_update(void **state)
{
	struct run r;

	(void)state;
	expect_out("bookmark add eb81 --note mine", 0, "1 added\n");
	expect_out("saved add phone skua phone", 0, "1 added\n");
	r = ingest(update);
	assert_holds(r.out, "1 updated", "the update");
	run_free(&r);
	expect_out("search -c is:bookmarked another", 0, "1\n");
	r = run_expect("bookmark list", 0);
	assert_holds(r.out, "mine", "the note");
	run_free(&r);
	r = run_expect("saved list", 0);
	assert_holds(r.out, "skua phone  never run", "the search");
	run_free(&r);
	expect_out("check", 0, "ok\n");
}

/* An export is of articles; what is read again takes nothing from who keeps them. */
static void what_is_kept_is_no_part_of_an_export(void **state)
{
	static const char script[] =
		"cd \"$TEST_DIR\" && p=$PANELDEX_BIN && rm -f other.db &&"
		" \"$p\" export >before && \"$p\" bookmark add eb81 0d86 --note mine &&"
		" \"$p\" saved add phone skua phone && \"$p\" saved run phone --new -c &&"
		" \"$p\" alias add 'Tern Labs' TL &&"
		" \"$p\" export >once && cmp before once &&"
		" \"$p\" export | PANELDEX_DB=other.db \"$p\" ingest -q - &&"
		" PANELDEX_DB=other.db \"$p\" export | cmp - once &&"
		" \"$p\" ingest -q once && \"$p\" export | cmp - once";
	struct run r;

	(void)state;
	set("TEST_DIR", test_tmpdir());
	r = shell(script);
	if (r.status || r.errlen ||
	    strcmp(r.out, "2 added\n1 added\n2\n1 added, 0 unchanged\n") != 0)
		fail_msg("exit %d\n%s%s", r.status, r.out, r.err);
	run_free(&r);
	expect_out("search -c is:bookmarked company:tl", 0, "2\n");
	expect_out("saved run phone --new -c", 1, "0\n");
	use_db("other.db");
	expect_out("bookmark list", 1, "");
	expect_out("saved list", 1, "");
}

static void a_saved_search_runs_with_what_narrowed_it(void **state)
{
	(void)state;
	expect_out("saved add tern weights --company tern --since 2026-05", 0,
		   "1 added\n");
	expect_out("saved run tern -f ids", 0, "eb815959e185\n0d86c2844ca2\n");
	expect_out("saved run tern -n 1 -s date -f ids", 0, "eb815959e185\n");
	expect_out("saved run tern -c", 0, "2\n");
	expect_out("saved add tern drift", 0, "1 updated\n");
	expect_out("saved run tern -c", 0, "1\n");
	expect_out("saved remove tern", 0, "1 removed\n");
	expect_error("saved run tern", 1, "no search is saved as \"tern\"");
	expect_error("saved remove tern", 1, "no search is saved as \"tern\"");
}

static void a_run_for_what_is_new_shows_each_article_once(void **state)
{
	struct run r;
	json_t *doc;

	(void)state;
	expect_out("saved add all weights", 0, "1 added\n");
	expect_out("saved run all --new -c", 0, "3\n");
	expect_out("saved run all --new -c", 1, "0\n");
	r = ingest("{\"title\":\"New weights\",\"body\":\"Here.\"}\n"
		   "{\"title\":\"More weights\",\"body\":\"There.\"}\n"
		   "{\"title\":\"Nothing\",\"body\":\"Here.\"}\n");
	run_free(&r);
	doc = document("saved run all --new -f json -n 1", 0);
	assert_int_equal(integer(doc, "total"), 2);
	/* It would go on in the list of all. */
	assert_true(json_is_null(json_object_get(doc, "next")));
	json_decref(doc);
	expect_out("saved run all --new -f ids", 1, "");
	expect_out("saved run all -c", 0, "5\n");
	/* An article that only changed is not new. */
	r = ingest(update);
	run_free(&r);
	expect_out("saved run all --new -c", 1, "0\n");
}

static void a_query_that_cannot_be_is_not_saved(void **state)
{
	(void)state;
	expect_error("saved add x compny:y", 2, "did you mean \"company\"?");
	expect_error("saved add", 2, "add wants a name and a query");
	expect_error("saved list --since 2026", 2, "options that narrow a query");
	expect_error("saved add x y --new", 2, "--new has an effect on run alone");
	expect_error("saved add x y -n 3", 2, "--limit has an effect on run alone");
	expect_error("saved list -f ids", 2, "format ids is for hits of a search");
	expect_out("saved list", 1, "");
}

static void what_was_not_shown_is_not_noted(void **state)
{
	struct run r;

	(void)state;
	expect_out("saved add all weights", 0, "1 added\n");
	r = shell("\"$PANELDEX_BIN\" saved run all --new >/dev/full; echo $?");
	assert_string_equal(r.out, "5\n");
	run_free(&r);
	expect_out("saved run all --new -c", 0, "3\n");
}

struct feed {
	XML_Parser parser;
	int entries, links;
	char bad[64];
};

static void XMLCALL start_element(void *ctx, const char *name, const char **attributes)
{
	struct feed *f = ctx;

	f->entries += strcmp(name, "entry") == 0;
	for (; *attributes; attributes += 2) {
		if (strcmp(attributes[0], "href") != 0)
			continue;
		f->links++;
		if (strncmp(attributes[1], "http", 4) != 0)
			snprintf(f->bad, sizeof(f->bad), "%s", attributes[1]);
	}
}

static void a_feed_is_xml_that_a_parser_takes(void **state)
{
	struct feed f = { .parser = XML_ParserCreate(NULL) };
	struct run r,
		evil = ingest(
			"{\"title\":\"<script>]]>&weights\\u001b[2J\\u202e\","
			"\"url\":\"javascript:alert(1)\",\"body\":\"weights\"}\n");

	(void)state;
	run_free(&evil);
	r = run_expect("search -f atom --now 2026-11-25 weights", 0);
	XML_SetUserData(f.parser, &f);
	XML_SetElementHandler(f.parser, start_element, NULL);
	if (XML_Parse(f.parser, r.out, (int)r.outlen, 1) != XML_STATUS_OK)
		fail_msg("line %lu: %s", XML_GetCurrentLineNumber(f.parser), r.out);
	assert_int_equal(f.entries, 4);
	assert_true(f.links > 0);
	assert_string_equal(f.bad, "");
	assert_holds(r.out, "<updated>2026-11-25T00:00:00Z</updated>", "its time");
	assert_holds(r.out, "<id>tag:paneldex,2026:article:eb815959e185</id>", "an id");
	XML_ParserFree(f.parser);
	run_free(&r);
}

static void a_json_feed_has_an_item_for_each_hit(void **state)
{
	json_t *doc = document("search -f jsonfeed weights", 0), *item;

	(void)state;
	assert_string_equal(string(doc, "version"), "https://jsonfeed.org/version/1.1");
	assert_int_equal(json_array_size(json_object_get(doc, "items")), 3);
	item = json_array_get(json_object_get(doc, "items"), 0);
	assert_keys(item, "id title content_text date_published tags", "an item");
	json_decref(doc);
	json_decref(document("search -f jsonfeed zebra", 1));
}

static void a_feed_has_no_room_for_anything_else(void **state)
{
	(void)state;
	expect_error("search -f atom --facet company", 2, "--facet has no effect");
	expect_error("search -f ids --explain x", 2, "--explain has no effect");
	expect_error("stats -f atom", 2, "format atom is for hits of a search");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(bookmarks_are_added_listed_found_and_removed,
				       fresh),
		cmocka_unit_test_setup(one_id_that_is_none_changes_nothing, fresh),
		cmocka_unit_test_setup(what_is_kept_survives_an_update, fresh),
		cmocka_unit_test_setup(what_is_kept_is_no_part_of_an_export, fresh),
		cmocka_unit_test_setup(a_saved_search_runs_with_what_narrowed_it,
				       fresh),
		cmocka_unit_test_setup(a_run_for_what_is_new_shows_each_article_once,
				       fresh),
		cmocka_unit_test_setup(a_query_that_cannot_be_is_not_saved, fresh),
		cmocka_unit_test_setup(what_was_not_shown_is_not_noted, fresh),
		cmocka_unit_test_setup(a_feed_is_xml_that_a_parser_takes, fresh),
		cmocka_unit_test_setup(a_json_feed_has_an_item_for_each_hit, fresh),
		cmocka_unit_test_setup(a_feed_has_no_room_for_anything_else, fresh),
	};

	return cmocka_run_group_tests_name("kept", tests, make_index, NULL);
}
