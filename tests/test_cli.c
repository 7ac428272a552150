/*
 * The program from outside: what it takes, what it says to that, and how it exits.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/options.h"
#include "render/layout.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	const char *name;
	unsigned bit;
} all_commands[] = {
	{ "ingest", COMMAND_INGEST }, { "search", COMMAND_SEARCH },
	{ "show", COMMAND_SHOW },     { "stats", COMMAND_STATS },
	{ "check", COMMAND_CHECK },   { "alias", COMMAND_ALIAS },
	{ "optimize", COMMAND_OPTIMIZE },
	{ "eval", COMMAND_EVAL },     { "facets", COMMAND_FACETS },
	{ "trend", COMMAND_TREND },   { "export", COMMAND_EXPORT },
};

/* Whether a command takes the option, by any of the rows that it has. */
static bool takes(unsigned bit, const char *name)
{
	for (const struct option_row *o = option_table; o->name; o++)
		if (strcmp(o->name, name) == 0 && o->commands & bit)
			return true;
	return false;
}

static void help_lists_the_options_that_a_command_takes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(all_commands); i++) {
		char line[64], name[64];
		struct run r;

		snprintf(line, sizeof(line), "%s --help", all_commands[i].name);
		r = run_expect(line, 0);
		assert_string_equal(r.err, "");
		for (const struct option_row *o = option_table; o->name; o++) {
			bool listed, taken = takes(all_commands[i].bit, o->name);

			snprintf(name, sizeof(name), " --%s ", o->name);
			listed = strstr(r.out, name) != NULL;
			if (listed != taken)
				fail_msg("%s: --%s is %slisted", line, o->name,
					 listed ? "" : "not ");
		}
		run_free(&r);
	}
}

static void an_option_of_another_command_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(all_commands); i++) {
		for (const struct option_row *o = option_table; o->name; o++) {
			char line[64];
			struct run r;

			if (takes(all_commands[i].bit, o->name))
				continue;
			snprintf(line, sizeof(line), "%s --%s %s", all_commands[i].name,
				 o->name, o->arg ? "1" : "");
			r = run_expect(line, 2);
			assert_holds(r.err, "is not for this command", line);
			run_free(&r);
		}
	}
}

static void the_program_explains_itself(void **state)
{
	struct run r;

	(void)state;
	r = run_expect("--help", 0);
	for (size_t i = 0; i < COUNT(all_commands); i++)
		assert_holds(r.out, all_commands[i].name, "--help");
	run_free(&r);
	r = run_expect("--version", 0);
	assert_string_equal(r.out, "paneldex " PDX_VERSION "\n");
	run_free(&r);
	r = run_expect("", 2);
	assert_string_equal(r.out, "");
	assert_holds(r.err, "usage: paneldex", "no command");
	run_free(&r);
}

static void wrong_usage_is_named_and_exits_with_2(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
		{ "serach", "unknown command \"serach\"; did you mean \"search\"?" },
		{ "-d x search",
		  "unknown option \"-d\"; options stand behind the command" },
		{ "search --fooo", "search: unknown option \"--fooo\"\n" },
		{ "search --limti 3",
		  "search: unknown option \"--limti\"; did you mean \"--limit\"?" },
		{ "search --limti=3", "unknown option \"--limti\"; did you mean" },
		{ "search --co x",
		  "\"--co\" is the beginning of several: company, count" },
		{ "search -n", "option \"--limit\" needs a value: N" },
		{ "search --limit", "option \"--limit\" needs a value: N" },
		{ "search --count=3", "option \"--count\" takes no value" },
		{ "search -n x", "--limit: \"x\" is not a number" },
		{ "search -n -1", "--limit: \"-1\" is not a number" },
		{ "search -n 99999999999999999999", "--limit: " },
		{ "search -z", "unknown option \"-z\"" },
		{ "search tern -acquisition",
		  "write it behind \"--\", or as NOT word" },
		{ "search -f jsno",
		  "--format: unknown value \"jsno\"; did you mean \"json\"?" },
		{ "search -f xml",
		  "--format: unknown value \"xml\"; it may be text, json" },
		{ "search -s dat",
		  "--sort: unknown value \"dat\"; did you mean \"date\"?" },
		{ "search -s date,", "--sort: unknown value \"\"" },
		{ "search -s date,-date", "--sort: \"date\" is there twice" },
		{ "search --facet compny", "did you mean \"company\"?" },
		{ "search --facet title", "--facet: unknown value \"title\"" },
		{ "search --since 2026-13", "search: since: " },
		{ "search --since", "option \"--since\" needs a value: DATE" },
		{ "search --now 2026-02-30", "--now: \"2026-02-30\" is no date" },
		{ "search --now 2026-02-03T25:00", "--now: " },
		{ "search --recency 0", "--recency: \"0\" is no time" },
		{ "search --recency 3x", "--recency: \"3x\" is no time" },
		{ "search --recency nan", "--recency: \"nan\" is no time" },
		{ "search --color sometimes", "--color: unknown value" },
		{ "search --width 39", "--width: 39 is too small; at least 40" },
		{ "search -c -n 3", "--limit has no effect beside --count" },
		{ "search -c --no-total", "--no-total has no effect beside --count" },
		{ "search --no-total --facet month",
		  "--facet counts all that match, and --no-total does not" },
		{ "search --no-total --group-by company",
		  "--group-by counts all that match, and --no-total does not" },
		{ "search --no-total -n 0",
		  "--limit 0 counts all that match, and --no-total does not" },
		{ "search -c --facet month", "--facet has no effect beside --count" },
		{ "search -f json --width 80", "--width has no effect on format json" },
		{ "search -f jsonl --color always",
		  "--color has no effect on format jsonl" },
		{ "show", "show: which article? give its id" },
		{ "show -f json a b", "format json shows one article" },
		{ "stats x", "stats: takes no words, and \"x\" is one" },
		{ "check x", "check: takes no words" },
		{ "ingest", "ingest: nothing to read" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = run_expect(cases[i].line, 2);

		assert_holds(r.err, cases[i].says, cases[i].line);
		assert_string_equal(r.out, "");
		run_free(&r);
	}
}

static void options_may_stand_between_words_and_two_dashes_end_them(void **state)
{
	static const struct {
		const char *line, *text;
	} cases[] = {
		{ "search open -f json weights -n 1", "open weights" },
		{ "search -f json -n 1 -- open -weights", "open -weights" },
		{ "search --format=json open -n1 -- --limit", "open --limit" },
		{ "search -fjson -cq", NULL }, /* -q is not for search */
		{ "search -cf json open", "open" },
	};

	(void)state;
	for (int posix = 0; posix < 2; posix++) {
		set("POSIXLY_CORRECT", posix ? "1" : NULL);
		for (size_t i = 0; i < COUNT(cases); i++) {
			struct run r = paneldex(cases[i].line);
			json_t *doc;

			if (!cases[i].text) {
				assert_status(&r, 2, cases[i].line);
				run_free(&r);
				continue;
			}
			doc = parse(r.out);
			assert_string_equal(
				string(json_object_get(doc, "query"), "text"),
				cases[i].text);
			json_decref(doc);
			run_free(&r);
		}
	}
	set("POSIXLY_CORRECT", NULL);
}

static void an_error_in_json_mode_is_an_object_on_stderr(void **state)
{
	static const struct {
		const char *line;
		int status;
		const char *code;
		json_int_t column; /* 0: null */
	} cases[] = {
		{ "search -f json tern compny:x", 2, "query", 6 },
		{ "search compny:x -f jsonl", 2, "query", 1 },
		{ "search --fooo -f json", 2, "usage", 0 },
		{ "search -d missing.db -f json", 3, "index", 0 },
		{ "show -f json 0000000000ff", 1, "not found", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = run_expect(cases[i].line, cases[i].status);
		json_t *e = parse(r.err);

		assert_string_equal(r.out, "");
		assert_string_equal(string(e, "schema"), "paneldex.error/1");
		assert_string_equal(string(e, "code"), cases[i].code);
		assert_int_equal(integer(e, "column"), cases[i].column);
		assert_int_equal(json_is_null(json_object_get(e, "column")),
				 cases[i].column == 0);
		json_decref(e);
		run_free(&r);
	}
}

static void what_was_repaired_is_said_and_strict_refuses_it(void **state)
{
	struct run r;
	json_t *doc;

	(void)state;
	r = run_expect("search \"open weights", 0);
	assert_holds(r.err, "paneldex: query: column 1: note: ", "text");
	run_free(&r);
	doc = document("search -f json \"open weights", 0);
	assert_int_equal(json_array_size(json_object_get(doc, "warnings")), 1);
	assert_true(json_equal(
		json_object_get(doc, "warnings"),
		json_object_get(json_object_get(doc, "query"), "corrections")));
	json_decref(doc);
	r = run_expect("search --strict \"open weights", 2);
	assert_string_equal(r.out, "");
	assert_holds(r.err, "\n  \"open weights\n  ^", "strict");
	run_free(&r);
}

static void an_index_that_cannot_be_used_exits_with_3(void **state)
{
	FILE *f = fopen(in_tmpdir("text.db"), "w");
	struct run r;

	(void)state;
	assert_non_null(f);
	for (int i = 0; i < 1000; i++)
		fputs("this is no index at all\n", f);
	assert_int_equal(fclose(f), 0);

	use_db("text.db");
	for (size_t i = 0; i < COUNT(all_commands); i++) {
		const char *word = all_commands[i].bit == COMMAND_INGEST  ? "pages"
				   : all_commands[i].bit == COMMAND_SHOW  ? "00"
				   : all_commands[i].bit == COMMAND_ALIAS ? "list"
				   : all_commands[i].bit == COMMAND_EVAL
					   ? "--queries /dev/null --qrels /dev/null"
					   : "";
		char line[64];

		snprintf(line, sizeof(line), "%s %s", all_commands[i].name, word);
		r = run_expect(line, 3);
		assert_string_equal(r.out, "");
		run_free(&r);
	}
	use_db("missing.db");
	r = run_expect("search tern", 3);
	assert_holds(r.err, "missing.db", "missing");
	run_free(&r);
	assert_int_not_equal(access(in_tmpdir("missing.db"), F_OK), 0);
	use_db(MAIN_DB);
}

static void the_exit_code_says_whether_there_was_something(void **state)
{
	static const struct {
		const char *line;
		int status;
	} cases[] = {
		{ "search weights", 0 },
		{ "search zebra", 1 },
		{ "search -c weights", 0 },
		{ "search -c zebra", 1 },
		{ "search -n 0 weights", 0 },
		{ "search --offset 100 weights", 1 },
		{ "search", 0 },
		{ "show 0000000000ff", 1 },
		{ "stats", 0 },
		{ "check", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = run_expect(cases[i].line, cases[i].status);

		run_free(&r);
	}
}

static void json_documents_have_their_keys(void **state)
{
	static const struct {
		const char *line, *schema, *keys;
	} cases[] = {
		{ "search -f json open weights --facet company", "paneldex.search/1",
		  "query total returned next warnings index hits facets" },
		{ "stats -f json", "paneldex.stats/1",
		  "articles takes companies categories personas first_date last_date "
		  "text_bytes file_bytes generation language analyzer" },
		{ "check -f json", "paneldex.check/1", "ok problems" },
		{ "ingest -f json pages", "paneldex.ingest/1",
		  "read added updated unchanged rejected bytes seconds rejects" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		json_t *doc = document(cases[i].line, 0);

		assert_string_equal(string(doc, "schema"), cases[i].schema);
		assert_keys(doc, cases[i].keys, cases[i].line);
		json_decref(doc);
	}
}

/* The ${len} code points of ${text} from ${start}. */
static void cut_out(char *out, size_t size, const char *text, size_t start, size_t len)
{
	const char *end = text + strlen(text), *from;
	uint32_t cp;

	while (start-- && text < end)
		text += utf8_decode(&cp, text, (size_t)(end - text));
	from = text;
	while (len-- && text < end)
		text += utf8_decode(&cp, text, (size_t)(end - text));
	snprintf(out, size, "%.*s", (int)(text - from), from);
}

static void spans_are_code_points_of_the_text_beside_them(void **state)
{
	json_t *doc = document("search -f json --snippets 9 weights", 0);
	size_t i, j, k, seen = 0;
	json_t *hit, *h, *span;

	(void)state;
	json_array_foreach(json_object_get(doc, "hits"), i, hit)
	{
		json_array_foreach(json_object_get(hit, "highlights"), j, h)
		{
			json_array_foreach(json_object_get(h, "spans"), k, span)
			{
				char word[64];

				cut_out(word, sizeof(word), string(h, "text"),
					(size_t)json_integer_value(
						json_array_get(span, 0)),
					(size_t)json_integer_value(
						json_array_get(span, 1)));
				if (strcasecmp(word, "weights") != 0)
					fail_msg("\"%s\" in \"%s\"", word,
						 string(h, "text"));
				seen++;
			}
		}
	}
	assert_true(seen > 2);
	json_decref(doc);
}

/* The ids that ${line}, which ends in jsonl, finds, each followed by a blank. */
static void collect_ids(char *out, size_t size, const char *line)
{
	struct run r = paneldex(line);

	for (char *rest = r.out, *record; (record = strtok_r(rest, "\n", &rest));) {
		json_t *hit = parse(record);
		size_t used = strlen(out);

		assert_string_equal(string(hit, "schema"), "paneldex.hit/1");
		snprintf(out + used, size - used, "%s ", string(hit, "id"));
		json_decref(hit);
	}
	run_free(&r);
}

static void pages_follow_each_other_without_gap_or_overlap(void **state)
{
	static const char *const orders[] = {
		"relevance",      "date",           "-date",
		"company,-title", "category,added", "title",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(orders); i++) {
		char line[128], whole[512] = "", pages[512] = "";

		snprintf(line, sizeof(line), "search -f jsonl -s %s", orders[i]);
		collect_ids(whole, sizeof(whole), line);
		assert_int_equal(strlen(whole), ARTICLES * PDX_ID_SIZE);
		for (int page = 0; page < ARTICLES; page += 2) {
			snprintf(line, sizeof(line),
				 "search -f jsonl -s %s -n 2 --offset %d", orders[i],
				 page);
			collect_ids(pages, sizeof(pages), line);
		}
		assert_string_equal(pages, whole);
	}
}

static void filters_of_one_field_are_any_of_and_of_several_fields_all_of(void **state)
{
	static const struct {
		const char *line;
		json_int_t total;
	} cases[] = {
		{ "search -f json --company quern", 2 },
		{ "search -f json --company quern --company Tern-Labs", 5 },
		{ "search -f json --company quern --company ternlabs --category "
		  "regulation",
		  2 },
		{ "search -f json --persona builder", 3 },
		{ "search -f json --persona builder --since 2026-05", 2 },
		{ "search -f json --until 2026-03", 2 },
		{ "search -f json --since 3w --now 2026-05-21", 2 },
		{ "search -f json --since 2026-04 --until 2026-04", 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		json_t *doc = document(cases[i].line, 0);

		if (integer(doc, "total") != cases[i].total)
			fail_msg("%s: %d", cases[i].line, (int)integer(doc, "total"));
		json_decref(doc);
	}
}

static void an_article_is_shown_by_any_prefix_that_is_its_own(void **state)
{
	char ids[512] = "", line[64];
	json_t *doc;
	struct run r;

	(void)state;
	collect_ids(ids, sizeof(ids), "search -f jsonl skua apache");
	ids[PDX_ID_SIZE - 1] = '\0';
	snprintf(line, sizeof(line), "show -f json %.6s", ids);
	doc = document(line, 0);
	assert_keys(doc,
		    "schema id title date companies categories url summary body lang "
		    "source ref origin added bookmarked takes",
		    line);
	assert_string_equal(string(doc, "id"), ids);
	assert_string_equal(string(doc, "added"), "2026-11-23T10:20:30Z");
	json_decref(doc);

	snprintf(line, sizeof(line), "show %.12s 0000000000ff", ids);
	r = run_expect(line, 1);
	assert_holds(r.out, "Skua 2 Runs on a Phone", "the one that there is");
	run_free(&r);
}

static void colours_are_used_when_asked_for(void **state)
{
	static const struct {
		const char *no_color, *force, *line;
		bool want;
	} cases[] = {
		{ NULL, NULL, "search weights", false },
		{ NULL, NULL, "search --color always weights", true },
		{ "1", NULL, "search --color always weights", true },
		{ NULL, "1", "search weights", true },
		{ "1", "1", "search weights", false },
		{ NULL, "1", "search --color never weights", false },
		{ NULL, "1", "search -f json weights", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r;

		set("NO_COLOR", cases[i].no_color);
		set("CLICOLOR_FORCE", cases[i].force);
		r = run_expect(cases[i].line, 0);
		if ((strchr(r.out, '\033') != NULL) != cases[i].want)
			fail_msg("case %zu: %s", i, r.out);
		run_free(&r);
	}
	set("NO_COLOR", NULL);
	set("CLICOLOR_FORCE", NULL);
}

static void no_line_is_wider_than_the_width(void **state)
{
	static const size_t widths[] = { 40, 80, 200 };

	(void)state;
	for (size_t i = 0; i < COUNT(widths); i++) {
		char line[128];
		struct run r;

		snprintf(line, sizeof(line), "search --width %zu --facet company",
			 widths[i]);
		r = run_expect(line, 0);
		for (char *rest = r.out, *l; (l = strtok_r(rest, "\n", &rest));)
			if (layout_width(l) > widths[i])
				fail_msg("%zu: %s", widths[i], l);
		run_free(&r);
	}
}

static void nothing_that_a_terminal_obeys_is_printed(void **state)
{
	static const char *const lines[] = {
		"search terminal",
		"search -f json terminal",
		"search -f jsonl terminal",
		"search -n 0 --facet company",
		"search escape \x1b[2J",
		"search \xc2\x9b compny:x",
		"show \x1b[31m",
		"search --\x1b[31m",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct run r = paneldex(lines[i]);
		const char *texts[] = { r.out, r.err };

		for (size_t j = 0; j < COUNT(texts); j++)
			if (strpbrk(texts[j], "\033\a\177") ||
			    strstr(texts[j], "\xc2\x9b") || strstr(texts[j], "\u202e"))
				fail_msg("%s: %s", lines[i], texts[j]);
		run_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(help_lists_the_options_that_a_command_takes),
		cmocka_unit_test(an_option_of_another_command_is_refused),
		cmocka_unit_test(the_program_explains_itself),
		cmocka_unit_test(wrong_usage_is_named_and_exits_with_2),
		cmocka_unit_test(
			options_may_stand_between_words_and_two_dashes_end_them),
		cmocka_unit_test(an_error_in_json_mode_is_an_object_on_stderr),
		cmocka_unit_test(what_was_repaired_is_said_and_strict_refuses_it),
		cmocka_unit_test(an_index_that_cannot_be_used_exits_with_3),
		cmocka_unit_test(the_exit_code_says_whether_there_was_something),
		cmocka_unit_test(json_documents_have_their_keys),
		cmocka_unit_test(spans_are_code_points_of_the_text_beside_them),
		cmocka_unit_test(pages_follow_each_other_without_gap_or_overlap),
		cmocka_unit_test(
			filters_of_one_field_are_any_of_and_of_several_fields_all_of),
		cmocka_unit_test(an_article_is_shown_by_any_prefix_that_is_its_own),
		cmocka_unit_test(colours_are_used_when_asked_for),
		cmocka_unit_test(no_line_is_wider_than_the_width),
		cmocka_unit_test(nothing_that_a_terminal_obeys_is_printed),
	};

	return cmocka_run_group_tests_name("cli", tests, make_index, NULL);
}
