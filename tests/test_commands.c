/*
 * What holds for every command of the program: their list is that of --help, and one
 * without a line here fails.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "render/layout.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A line that prints something whenever it is run, in this order. */
static const struct {
	const char *command, *words;
	bool text; /* for a terminal: as wide as that is, with colours */
	const char *input;
} lines[] = {
	{ "ingest", "--dry-run articles.jsonl", false, "" },
	{ "ingest", "articles.jsonl", true, "" },
	{ "ingest", "-f json articles.jsonl", false, "" },
	{ "search", "weights --facet company", true, "" },
	{ "search", "--explain weights", true, "" },
	{ "search", "-n 1", true, "" }, /* and how to see more */
	{ "search", "-f json weights", false, "" },
	{ "search", "-f csv weights", false, "" },
	{ "search", "-f md weights", false, "" },
	{ "search", "-f atom weights", false, "" },
	{ "search", "--batch -", false, "weights\nskua\n" },
	{ "similar", "0d86", true, "" },
	{ "panel", "weights", true, "" },
	{ "compare", "2025 2026", true, "" },
	{ "report", "weights", true, "" },
	{ "report", "-f html weights", false, "" },
	{ "facets", "--pivot company,month", true, "" },
	{ "trend", "weights", true, "" },
	{ "trend", "--interval day --by company", true, "" },
	{ "export", "", false, "" },
	{ "show", "0d86", true, "" },
	{ "cite", "0d86", false, "" },
	{ "stats", "", true, "" },
	{ "check", "", true, "" },
	{ "optimize", "", true, "" },
	{ "alias", "add Quern QN", true, "" },
	{ "alias", "list", false, "" },
	{ "alias", "remove QN", true, "" },
	{ "eval", "--queries queries --qrels judged", true, "" },
	{ "schema", "", false, "" },
	{ "schema", "search", false, "" },
	{ "bookmark", "add 0d86 --note later", true, "" },
	{ "bookmark", "list", true, "" },
	{ "bookmark", "remove 0d86", true, "" },
	{ "saved", "add w weights", true, "" },
	{ "saved", "list", true, "" },
	{ "saved", "run w", true, "" },
	{ "saved", "remove w", true, "" },
	{ "config", "", true, "" },
	{ "serve-mcp", "", false, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n" },
	{ "completion", "bash", false, "" },
};

/* ${line} run by a shell, with ${before} and ${after} around it. */
static struct run run_line(size_t i, const char *before, const char *after)
{
	char script[512];
	const char *argv[] = { "sh", "-c", script, NULL };

	snprintf(script, sizeof(script), "%s \"$PANELDEX_BIN\" %s %s %s", before,
		 lines[i].command, lines[i].words, after);
	return run_program(argv, lines[i].input, strlen(lines[i].input));
}

static void fail_line(size_t i, const char *what, const struct run *r)
{
	fail_msg("paneldex %s %s %s: exit %d\n%s%s", lines[i].command, lines[i].words,
		 what, r->status, r->out, r->err);
}

/* The commands that --help lists, each with what it is for at the same column. */
static void each_command_of_the_list_has_a_line_and_help(void **state)
{
	struct run all = run_expect("--help", 0);
	char *rest = strstr(all.out, "\n  "), *row;
	size_t n = 0, column = 0;

	(void)state;
	for (; (row = strtok_r(rest, "\n", &rest)) && strncmp(row, "  ", 2) == 0; n++) {
		size_t len = strcspn(row + 2, " "), at, i = 0;
		char line[64];
		struct run r;

		at = 2 + len + strspn(row + 2 + len, " ");
		column = column ? column : at;
		if (at != column || strncmp(row + 2 + len, "  ", 2) != 0)
			fail_msg("--help: \"%s\" is out of line", row);
		while (i < COUNT(lines) && (strlen(lines[i].command) != len ||
					    memcmp(lines[i].command, row + 2, len)))
			i++;
		if (i == COUNT(lines))
			fail_msg("no line here runs \"%s\"", row);
		snprintf(line, sizeof(line), "%.*s --help", (int)len, row + 2);
		r = run_expect(line, 0);
		snprintf(line, sizeof(line), "usage: paneldex %.*s [", (int)len,
			 row + 2);
		assert_int_equal(strncmp(r.out, line, strlen(line)), 0);
		run_free(&r);
	}
	assert_true(n >= 20);
	run_free(&all);
}

static void each_line_prints_something_without_a_colour(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct run r = run_line(i, "TERM=xterm", "");

		if (r.status || !r.outlen || strchr(r.out, '\033'))
			fail_line(i, "", &r);
		run_free(&r);
	}
}

static void a_full_device_is_an_error_of_each(void **state)
{
	(void)state;
	if (access("/dev/full", W_OK) != 0) {
		print_message("skipped: there is no /dev/full\n");
		skip();
	}
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct run r = run_line(i, "", ">/dev/full");

		if (r.status != 5 ||
		    !strstr(r.err, "cannot write: No space left on device"))
			fail_line(i, ">/dev/full", &r);
		run_free(&r);
		r = run_line(i, "", "--help >/dev/full");
		if (r.status != 5)
			fail_line(i, "--help >/dev/full", &r);
		run_free(&r);
	}
}

static void a_reader_that_has_gone_ends_each_without_a_word(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct run r = run_line(i, "{ sleep 0.05;", "; } | true");

		if (r.status || r.errlen)
			fail_line(i, "| true", &r);
		run_free(&r);
	}
}

/* The shell says what it cannot set; the program says no more than elsewhere. */
static void each_is_the_same_in_any_locale(void **state)
{
	static const char *const locales[] = {
		"LC_ALL=C",
		"LC_ALL=de_DE.ISO-8859-1",
		"LC_ALL= LC_NUMERIC=de_DE.UTF-8 LANG=tr_TR.UTF-8",
	};

	(void)state;
	for (size_t j = 0; j < COUNT(locales); j++) {
		for (size_t i = 0; i < COUNT(lines); i++) {
			struct run r = run_line(i, locales[j], "2>&1");

			if (r.status || !utf8_valid(r.out, r.outlen))
				fail_line(i, locales[j], &r);
			run_free(&r);
		}
	}
}

/* Whether all lines of ${text} are of ${width} columns at most. */
static bool fits(char *text, size_t width)
{
	char *line;

	while ((line = strtok_r(text, "\n", &text)))
		if (layout_width(line) > width) {
			print_message("too wide: %s\n", line);
			return false;
		}
	return true;
}

static void no_text_is_wider_than_the_terminal(void **state)
{
	static const unsigned widths[] = { 40, 200 };

	(void)state;
	for (size_t j = 0; j < COUNT(widths); j++) {
		for (size_t i = 0; i < COUNT(lines); i++) {
			char script[256];
			struct run r;

			if (!lines[i].text)
				continue;
			snprintf(script, sizeof(script),
				 "stty cols %u; NO_COLOR=1 PAGER= \"$PANELDEX_BIN\" "
				 "%s %s 2>&1",
				 widths[j], lines[i].command, lines[i].words);
			r = on_terminal(script, 24);
			if (r.status || !r.outlen || strchr(r.out, '\033') ||
			    !fits(r.out, widths[j]))
				fail_line(i, script, &r);
			run_free(&r);
		}
	}
}

static int set_up(void **state)
{
	struct run r;

	if (make_index(state))
		return -1;
	set("OUT", test_tmpdir());
	r = shell("cp articles.jsonl \"$OUT\" && cd \"$OUT\" &&"
		  " echo '{\"id\":\"1\",\"text\":\"weights\"}' >queries &&"
		  " printf '1\\t%s\\t1\\n' \"$(\"$PANELDEX_BIN\" search -f jsonl -n 1 "
		  "weights | jq -r .id)\" >judged");
	assert_status(&r, 0, "queries");
	run_free(&r);
	return chdir(test_tmpdir());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_command_of_the_list_has_a_line_and_help),
		cmocka_unit_test(each_line_prints_something_without_a_colour),
		cmocka_unit_test(a_full_device_is_an_error_of_each),
		cmocka_unit_test(a_reader_that_has_gone_ends_each_without_a_word),
		cmocka_unit_test(each_is_the_same_in_any_locale),
		cmocka_unit_test(no_text_is_wider_than_the_terminal),
	};

	return cmocka_run_group_tests_name("commands", tests, set_up, NULL);
}
