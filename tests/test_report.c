/*
 * Reports from outside: what goes where, in which format, and that the same question at
 * the same time is answered by the same bytes.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "render/render.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NOW "--now 2026-11-23T10:20:30Z "

/* Run the words of ${line} with the name ${name} in the test's directory at its end. */
static struct run report_to(const char *line, const char *name)
{
	char all[1024];

	snprintf(all, sizeof(all), "%s %s", line, in_tmpdir(name));
	return paneldex(all);
}

static void the_ending_says_the_format(void **state)
{
	static const struct {
		const char *name, *format;
	} cases[] = {
		{ "a.html", "html" }, { "a.htm", "html" },  { "a.md", "md" },
		{ "a.txt", "text" },  { "a.json", "json" }, { "a.jsonl", "jsonl" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = report_to("report " NOW "weights -o", cases[i].name), s;
		char line[128], *text;

		assert_status(&r, 0, cases[i].name);
		assert_string_equal(r.out, "");
		assert_string_equal(r.err, "");
		snprintf(line, sizeof(line), "report " NOW "weights -f %s",
			 cases[i].format);
		s = run_expect(line, 0);
		text = file_text(in_tmpdir(cases[i].name));
		assert_string_equal(text, s.out);
		free(text);
		run_free(&r);
		run_free(&s);
	}
}

static void the_same_question_has_the_same_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; renderers[i]; i++) {
		char line[128];
		struct run r, again;

		if (renderers[i]->hits_only)
			continue;
		snprintf(line, sizeof(line), "report " NOW "weights -f %s",
			 renderers[i]->name);
		r = run_expect(line, 0);
		again = run_expect(line, 0);
		assert_string_equal(r.out, again.out);
		assert_true(r.outlen > 100);
		run_free(&r);
		run_free(&again);
	}
}

static void a_report_says_how_to_make_it_again(void **state)
{
	struct run r = shell("$PANELDEX_BIN report --since 2026 --company tern "
			     "--title \"It's here\" --template figures,hits "
			     "--now 2026-11-23T10:20:30Z -f json -- '-\"x y\" open'");
	json_t *doc = parse(r.out), *again;
	struct buf command;

	(void)state;
	assert_string_equal(
		string(doc, "command"),
		"paneldex report --title 'It'\\''s here' --template figures,hits "
		"--since 2026 --company tern --now 2026-11-23T10:20:30Z -- "
		"'-\"x y\" open'");
	buf_init(&command, 0);
	buf_printf(&command, "paneldex() { \"$PANELDEX_BIN\" \"$@\" ; }; f() { %s; }; ",
		   string(doc, "command"));
	/* The format goes before what may be no option. */
	buf_puts(&command, "paneldex() { shift; \"$PANELDEX_BIN\" report -f json "
			   "\"$@\"; }; f");
	run_free(&r);
	r = shell(buf_str(&command));
	again = parse(r.out);
	assert_true(json_equal(doc, again));
	json_decref(doc);
	json_decref(again);
	buf_release(&command);
	run_free(&r);
}

static void json_has_its_sections_in_order(void **state)
{
	json_t *doc = document("report " NOW "-f json --template hits,figures,hits "
			       "weights",
			       0);
	json_t *sections = json_object_get(doc, "sections");
	json_t *search =
		document("search " NOW "-f json weights -n 10 --snippets 2", 0);
	json_t *hits, *figures;

	(void)state;
	assert_string_equal(string(doc, "schema"), "paneldex.report/1");
	assert_string_equal(string(doc, "title"), "weights");
	assert_string_equal(string(doc, "generated"), "2026-11-23T10:20:30Z");
	assert_int_equal(json_array_size(sections), 3);
	assert_string_equal(string(json_array_get(sections, 0), "section"), "hits");
	hits = json_object_get(json_object_get(json_array_get(sections, 0), "data"),
			       "hits");
	assert_true(json_equal(hits, json_object_get(search, "hits")));
	assert_true(json_equal(json_object_get(doc, "total"),
			       json_object_get(search, "total")));
	figures = json_object_get(json_array_get(sections, 1), "data");
	assert_true(json_equal(json_object_get(figures, "articles"),
			       json_object_get(search, "total")));
	json_decref(doc);
	json_decref(search);
}

static void figures_are_those_of_the_articles(void **state)
{
	json_t *doc = document("report " NOW "-f json --template figures", 0);
	json_t *figures = json_object_get(
		json_array_get(json_object_get(doc, "sections"), 0), "data");
	json_t *stats = document("stats -f json", 0);
	static const char *const same[] = { "articles",   "takes",    "companies",
					    "categories", "personas", "first_date",
					    "last_date" };

	(void)state;
	for (size_t i = 0; i < COUNT(same); i++)
		if (!json_equal(json_object_get(figures, same[i]),
				json_object_get(stats, same[i])))
			fail_msg("%s differs", same[i]);
	json_decref(doc);
	json_decref(stats);
}

static void a_directory_has_a_file_for_each_table(void **state)
{
	struct run r = report_to(
		"report " NOW "--template figures,hits,hits weights -o", "t.csv");
	static const char *const names[] = { "report.csv", "figures.csv", "hits.csv",
					     "hits-2.csv" };
	char *text;

	(void)state;
	assert_status(&r, 0, "t.csv");
	run_free(&r);
	assert_int_equal(directory_size(in_tmpdir("t.csv")), COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++) {
		char path[64];

		snprintf(path, sizeof(path), "t.csv/%s", names[i]);
		text = file_text(in_tmpdir(path));
		assert_true(strlen(text) > 20);
		free(text);
	}
	text = file_text(in_tmpdir("t.csv/figures.csv"));
	assert_holds(text, "articles,archive,percent,takes,", "t.csv/figures.csv");
	free(text);
	/* It is ours, and may be written again. */
	r = report_to("report " NOW "--template figures tern -o", "t.csv");
	assert_status(&r, 0, "again");
	run_free(&r);
	assert_int_equal(directory_size(in_tmpdir("t.csv")), 2);
}

static void what_is_not_ours_stays(void **state)
{
	struct run r = shell("cd \"$TMP_OF_TEST\" && echo letter >letter.md && "
			     "$PANELDEX_BIN report weights -o letter.md");
	char *text;

	(void)state;
	assert_status(&r, 2, "letter.md");
	assert_holds(r.err, "--force replaces it", "letter.md");
	run_free(&r);
	text = file_text(in_tmpdir("letter.md"));
	assert_string_equal(text, "letter\n");
	free(text);
	r = report_to("report weights --force -o", "letter.md");
	assert_status(&r, 0, "letter.md");
	run_free(&r);
	text = file_text(in_tmpdir("letter.md"));
	assert_holds(text, "Made by paneldex ", "letter.md");
	free(text);
}

static void wrong_usage_has_its_place(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
		{ "report x -o a.pdf", "its name says no format" },
		{ "report x -o .html", "its name says no format" },
		{ "report x -o a.html -f json", "a.html is no name for format json" },
		{ "report x -o none/a.html", "cannot write" },
		{ "report x --template figures,hist",
		  "--template: column 9: unknown section \"hist\"; did you mean "
		  "\"hits\"?\n  figures,hist\n          ^~~~" },
		{ "report x --template ./none", "./none: " },
		{ "report x --force", "--force has no effect without --output" },
		{ "report x --force -o -", "--force has no effect without --output" },
		{ "report x --width 60 -f json", "--width has no effect" },
		{ "report x --width 60 -o a.html", "--width has no effect" },
		{ "report x --output", "needs a value" },
		{ "report x --title", "needs a value" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = paneldex(cases[i].line);

		if (r.status != 2 && r.status != 5)
			fail_msg("%s: exit %d", cases[i].line, r.status);
		assert_holds(r.err, cases[i].says, cases[i].line);
		assert_string_equal(r.out, "");
		run_free(&r);
	}
}

static void a_template_may_stand_in_a_file(void **state)
{
	struct run r =
		shell("cd \"$TMP_OF_TEST\" && "
		      "printf '# mine\\nfigures\\n\\nhits top=1 # best\\n' >ok.t && "
		      "$PANELDEX_BIN report weights -f json --template ./ok.t && "
		      "printf 'figures\\nhits tpo=1\\n' >bad.t && "
		      "$PANELDEX_BIN report weights --template ./bad.t");
	json_t *doc, *sections;

	(void)state;
	assert_status(&r, 2, "bad.t");
	assert_holds(r.err,
		     "./bad.t:2: column 6: the section has no option \"tpo\"; did you "
		     "mean \"top\"?\n  hits tpo=1\n       ^~~",
		     "bad.t");
	doc = parse(r.out);
	sections = json_object_get(doc, "sections");
	assert_int_equal(json_array_size(sections), 2);
	assert_int_equal(
		json_array_size(json_object_get(
			json_object_get(json_array_get(sections, 1), "data"), "hits")),
		1);
	json_decref(doc);
	run_free(&r);
}

static void nothing_found_is_a_report_and_exit_1(void **state)
{
	struct run r = report_to("report zebra -o", "zebra.html");
	char *text;

	(void)state;
	assert_status(&r, 1, "zebra");
	run_free(&r);
	text = file_text(in_tmpdir("zebra.html"));
	assert_holds(text, "No article matches.", "zebra");
	free(text);
}

static int start(void **state)
{
	setenv("TMP_OF_TEST", test_tmpdir(), 1);
	return make_index(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_ending_says_the_format),
		cmocka_unit_test(the_same_question_has_the_same_bytes),
		cmocka_unit_test(a_report_says_how_to_make_it_again),
		cmocka_unit_test(json_has_its_sections_in_order),
		cmocka_unit_test(figures_are_those_of_the_articles),
		cmocka_unit_test(a_directory_has_a_file_for_each_table),
		cmocka_unit_test(what_is_not_ours_stays),
		cmocka_unit_test(wrong_usage_has_its_place),
		cmocka_unit_test(a_template_may_stand_in_a_file),
		cmocka_unit_test(nothing_found_is_a_report_and_exit_1),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
