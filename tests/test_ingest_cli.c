/* The options of `paneldex ingest`, through the built program. */
#include "harness.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CORPUS "../../../corpus/" /* from tests/cases/e2e, where make_index() goes */

static void check_counts(const json_t *doc, json_int_t added, json_int_t updated,
			 json_int_t unchanged, json_int_t rejected)
{
	assert_int_equal(integer(doc, "added"), added);
	assert_int_equal(integer(doc, "updated"), updated);
	assert_int_equal(integer(doc, "unchanged"), unchanged);
	assert_int_equal(integer(doc, "rejected"), rejected);
	assert_int_equal(integer(doc, "read"), added + updated + unchanged + rejected);
}

static void a_dry_run_says_what_would_happen_and_makes_no_file(void **state)
{
	json_t *doc;

	(void)state;
	use_db("dry/none.db");
	doc = document("ingest --dry-run -f json -q " CORPUS "captures", 0);
	check_counts(doc, 64, 0, 0, 0);
	assert_true(json_is_true(json_object_get(doc, "dry_run")));
	json_decref(doc);
	assert_int_not_equal(access(in_tmpdir("dry"), F_OK), 0);
	use_db(MAIN_DB);
}

static const char text[] =
	"set -e; cd \"$1\"; rm -rf try; mkdir try; cd try\n"
	"one='{\"title\":\"one\",\"body\":\"x\"}'\n"
	"two='{\"title\":\"two\",\"body\":\"x\"}'\n"
	"printf '%s\\n%s\\n' \"$one\" \"$two\" >a.jsonl\n"
	"export PANELDEX_DB=$PWD/try.db\n"
	"\"$PANELDEX_BIN\" ingest -q a.jsonl\n"
	"cksum <try.db >before\n"
	"printf '%s\\n{\\n%s\\n%s\\n%s\\n%s\\n' \"$one\" "
	"'{\"title\":\"two\",\"body\":\"y\"}'"
	" '{\"title\":\"three\",\"body\":\"z\"}' '{\"title\":\"three\",\"body\":\"z\"}'"
	" '{\"title\":\"two\",\"body\":\"y\"}' >a.jsonl\n"
	"\"$PANELDEX_BIN\" ingest --dry-run -f jsonl a.jsonl 2>/dev/null || test $? = "
	"4\n"
	"cksum <try.db | cmp before -; ls >&2\n";

/* The outcome of each article; the index is the same file as before. */
static void a_dry_run_changes_nothing_in_an_index(void **state)
{
	static const char *const want[] = { "unchanged", "rejected",  "updated",
					    "added",     "unchanged", "unchanged" };
	const char *argv[] = { "sh", "-c", text, "sh", test_tmpdir(), NULL };
	struct run r = run_program(argv, NULL, 0);
	char *rest = r.out, *line;
	json_t *doc;

	(void)state;
	assert_status(&r, 0, "dry run");
	assert_string_equal(r.err, "a.jsonl\nbefore\ntry.db\ntry.db-lock\n");
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		line = strtok_r(rest, "\n", &rest);
		doc = parse(line);
		assert_string_equal(string(doc, "schema"), "paneldex.taken/1");
		assert_string_equal(string(doc, "outcome"), want[i]);
		json_decref(doc);
	}
	doc = parse(strtok_r(rest, "\n", &rest));
	check_counts(doc, 1, 1, 3, 1);
	json_decref(doc);
	run_free(&r);
}

static void a_dry_run_over_what_is_no_index_fails(void **state)
{
	struct run r;

	(void)state;
	use_db("junk.db");
	r = shell("printf junk >\"$PANELDEX_DB\"; exec \"$PANELDEX_BIN\" ingest "
		  "--dry-run pages");
	assert_status(&r, 3, "dry run on junk");
	run_free(&r);
	use_db(MAIN_DB);
}

/* The first article that ${query} finds, whole. */
static json_t *found(const char *query)
{
	char line[256];
	json_t *list, *doc;

	snprintf(line, sizeof(line), "search -f json %s", query);
	list = document(line, 0);
	snprintf(line, sizeof(line), "show --provenance -f json %s",
		 string(json_array_get(json_object_get(list, "hits"), 0), "id"));
	doc = document(line, 0);
	json_decref(list);
	return doc;
}

static const char *from(const json_t *doc, const char *part)
{
	return string(json_object_get(doc, "provenance"), part);
}

static void defaults_are_for_what_an_article_does_not_say(void **state)
{
	const char *argv[] = { "paneldex",   "ingest",    "-q",         "--company",
			       "Zed Works",  "--company", "Second",     "--category",
			       "Notes",      "--persona", "The Reader", "--date",
			       "2024-02-29", "-",         NULL };
	static const char input[] =
		"{\"title\":\"bare\",\"takes\":[{\"text\":\"t\"},"
		"{\"persona\":\"The Skeptic\",\"text\":\"u\"}]}\n"
		"{\"title\":\"full\",\"company\":\"Own\",\"category\":\"Other\","
		"\"date\":\"2020-01-01\"}\n";
	struct run r;
	json_t *doc, *takes;

	(void)state;
	use_db("defaults.db");
	r = run_program(argv, input, strlen(input));
	assert_status(&r, 0, "defaults");
	run_free(&r);
	doc = found("bare");
	takes = json_object_get(doc, "takes");
	assert_string_equal(string(doc, "date"), "2024-02-29");
	assert_string_equal(from(doc, "date"), "option");
	assert_string_equal(from(doc, "companies"), "option");
	assert_string_equal(from(doc, "categories"), "option");
	assert_int_equal(json_array_size(json_object_get(doc, "companies")), 2);
	assert_string_equal(string(json_array_get(takes, 0), "persona"), "The Reader");
	assert_string_equal(string(json_array_get(takes, 1), "persona"), "The Skeptic");
	json_decref(doc);
	doc = found("full");
	assert_string_equal(string(doc, "date"), "2020-01-01");
	assert_int_equal(json_array_size(json_object_get(doc, "companies")), 1);
	assert_string_equal(from(doc, "companies"), "record");
	json_decref(doc);
	use_db(MAIN_DB);
}

static void an_impossible_default_is_refused(void **state)
{
	static const struct {
		const char *option, *value, *want;
	} cases[] = {
		{ "--company", "", "--company: the name is empty" },
		{ "--category", " \t", "--category: the name is empty" },
		{ "--company", "a\nb",
		  "--company: a control character is in the name" },
		{ "--persona", "a\xff", "--persona: the name is not UTF-8" },
		{ "--date", "2025-02-29", "\"2025-02-29\" is no day" },
		{ "--date", "2025-02", "\"2025-02\" is no day" },
		{ "--date", "today", "\"today\" is no day" },
		{ "--persona=A", "--persona=B", "--persona: may be given once only" },
		{ "--dry-run", "--language=none",
		  "--language has no effect beside --dry-run" },
		{ "--max-member", "0", "--max-member: 0 is too small" },
		{ "--max-ratio", "0", "--max-ratio: 0 is too small" },
		{ "--max-nesting", "9", "--max-nesting: 9 is too large" },
		{ "--jobs", "0", "--jobs: 0 is too small" },
		{ "--jobs", "65", "--jobs: 65 is too large" },
		{ "--max-total", "1T", "--max-total: \"1T\" is no size" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *argv[] = { "paneldex",     "ingest", cases[i].option,
				       cases[i].value, "pages",  NULL };
		struct run r = run_program(argv, NULL, 0);

		assert_status(&r, 2, cases[i].want);
		assert_holds(r.err, cases[i].want, cases[i].option);
		run_free(&r);
	}
}

static void the_index_is_the_same_file_for_any_number_of_jobs(void **state)
{
	struct run r;

	(void)state;
	use_db("jobs-1.db");
	r = shell("set -e; for n in 1 2 8; do \"$PANELDEX_BIN\" ingest -q --jobs $n "
		  "--now 2026-11-23 --db \"${PANELDEX_DB%1.db}$n.db\" " CORPUS
		  "captures " CORPUS "odd " CORPUS "articles.jsonl . || test $? = 4; "
		  "cmp \"${PANELDEX_DB%1.db}$n.db\" \"$PANELDEX_DB\"; done");
	assert_status(&r, 0, r.err);
	assert_string_equal(r.out, "");
	run_free(&r);
	use_db(MAIN_DB);
}

/*
 * One large input: companies are mentioned long before an article is about them, every
 * seventh article is a near-copy, every eleventh changes an older one, every thirteenth
 * is none.  There is text enough for a codebook in the middle of it.
 */
static void write_archive(const char *path, int n)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	for (int i = 0; i < n; i++) {
		int copy_of = i % 7 == 6 ? i - 1 : i;

		if (i % 13 == 12) {
			fprintf(f, "{\"title\":%d}\n", i);
			continue;
		}
		fprintf(f,
			"{\"title\":\"Number %d\",\"companies\":[\"Kestrel %c%d\"],"
			"\"url\":\"https://example.org/%d\",\"body\":\"",
			copy_of, 'A' + i / 100 % 26, i / 50, i % 11 == 10 ? i / 2 : i);
		for (int k = 0; k < 120; k++)
			fprintf(f, "word%d of%d ", copy_of * 7 % 509 + k,
				k * copy_of % 97);
		fprintf(f, "Kestrel %c%d.\"}\n", 'A' + (i / 100 + 5) % 26,
			i / 50 + 10);
	}
	assert_int_equal(fclose(f), 0);
}

static void one_large_input_gives_the_same_file_for_any_number_of_jobs(void **state)
{
	struct run r;

	(void)state;
	write_archive(in_tmpdir("archive.jsonl"), 4000);
	use_db("large-1.db");
	r = shell("set -e; for n in 1 2 5; do \"$PANELDEX_BIN\" ingest -q --jobs $n "
		  "--now 2026-11-23 --db \"${PANELDEX_DB%1.db}$n.db\" "
		  "\"${PANELDEX_DB%/*}/archive.jsonl\" 2>/dev/null || test $? = 4; "
		  "cmp \"${PANELDEX_DB%1.db}$n.db\" \"$PANELDEX_DB\"; done; "
		  "\"$PANELDEX_BIN\" check >&2; "
		  "\"$PANELDEX_BIN\" search -c 'mentions:\"Kestrel F62\"'");
	assert_status(&r, 0, r.err);
	run_free(&r);
	use_db(MAIN_DB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dry_run_says_what_would_happen_and_makes_no_file),
		cmocka_unit_test(a_dry_run_changes_nothing_in_an_index),
		cmocka_unit_test(a_dry_run_over_what_is_no_index_fails),
		cmocka_unit_test(defaults_are_for_what_an_article_does_not_say),
		cmocka_unit_test(the_index_is_the_same_file_for_any_number_of_jobs),
		cmocka_unit_test(
			one_large_input_gives_the_same_file_for_any_number_of_jobs),
		cmocka_unit_test(an_impossible_default_is_refused),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
