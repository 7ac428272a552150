/*
 * Wrapped text, streams, and the terminal's colours.
 */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/layout.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char *wrap(const char *text, size_t width, size_t indent)
{
	struct out out;
	struct layout l;
	char *result;
	size_t len;

	out_init(&out, open_memstream(&result, &len));
	layout_init(&l, &out, width, false);
	layout_begin(&l, indent);
	layout_text(&l, STYLE_PLAIN, text);
	layout_end(&l);
	layout_release(&l);
	assert_int_equal(out_close(&out, NULL), 0);
	return result;
}

static void text_is_wrapped_by_its_display_width(void **state)
{
	static const struct {
		const char *in;
		size_t indent;
		const char *want;
	} cases[] = {
		{ "one two three", 0, "one two\nthree\n" },
		{ "one two th", 0, "one two th\n" },
		{ "  one \n\t two  ", 0, "one two\n" },
		{ "one two three", 4, "    one\n    two\n    three\n" },
		{ "", 0, "\n" },
		/* longer than the line */
		{ "abcdefghijklmno pq", 0, "abcdefghij\nklmno pq\n" },
		{ "ab abcdefghijkl", 0, "ab\nabcdefghij\nkl\n" },
		/* two columns each, and a line may end between them */
		{ "人工知能研究所", 0, "人工知能研\n究所\n" },
		{ "人工知能研。究所", 0, "人工知能\n研。究所\n" },
		{ "AI人工知能", 0, "AI人工知能\n" },
		{ "AI 人工知能研", 0, "AI 人工知\n能研\n" },
		/* no column: a combining acute */
		{ "cafe\u0301 naive\u0308", 0, "cafe\u0301 naive\u0308\n" },
		/* nothing to be seen: soft hyphen, byte-order mark, zero-width space */
		{ "a\u00ADb\uFEFFc\u200Bd", 0, "abcd\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *got = wrap(cases[i].in, 10, cases[i].indent);

		if (strcmp(got, cases[i].want) != 0)
			fail_msg("\"%s\": wanted \"%s\", got \"%s\"", cases[i].in,
				 cases[i].want, got);
		free(got);
	}
}

static void what_a_terminal_would_obey_is_replaced(void **state)
{
	static const char *const unsafe[] = {
		"\x1b",     "\x01",     "\x07",   "\x08",   "\x7f",
		"\xc2\x85", "\xc2\x9b", "\u202a", "\u202e", "\u2066",
		"\u2069",   "\u206f",   "\xff",   "\xc3",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(unsafe); i++) {
		char in[16];
		char *got;

		snprintf(in, sizeof(in), "a%s[2Jb", unsafe[i]);
		got = wrap(in, 20, 0);
		if (strcmp(got, "a\uFFFD[2Jb\n") != 0)
			fail_msg("case %zu: got \"%s\"", i, got);
		free(got);
	}
}

static void a_line_too_long_for_its_place_is_cut(void **state)
{
	static const struct {
		const char *in;
		size_t max;
		const char *want;
		size_t used;
	} cases[] = {
		{ "Hugging Face", 12, "Hugging Face", 12 },
		{ "Hugging Face", 8, "Hugging…", 8 },
		{ "人工知能", 8, "人工知能", 8 },
		{ "人工知能", 7, "人工知…", 7 },
		{ "人工知能", 6, "人工…", 5 },
		{ "a\nb", 5, "a b", 3 },
		{ "", 5, "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct out out;
		char *got;
		size_t len, used;

		out_init(&out, open_memstream(&got, &len));
		used = layout_line(&out, cases[i].in, cases[i].max);
		assert_int_equal(out_close(&out, NULL), 0);
		if (strcmp(got, cases[i].want) != 0 || used != cases[i].used)
			fail_msg("\"%s\" in %zu: got \"%s\" (%zu)", cases[i].in,
				 cases[i].max, got, used);
		free(got);
	}
}

static void a_full_disk_is_reported_at_the_latest_on_close(void **state)
{
	struct out out;
	struct pdx_err err;
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	if (!full) {
		print_message("skipped: there is no /dev/full\n");
		skip();
	}
	out_init(&out, full);
	out_puts(&out, "x");
	assert_int_equal(out_close(&out, &err), PDX_E_IO);
	assert_string_equal(err.message, "cannot write: No space left on device");
}

static void set(const char *name, const char *value)
{
	if (value)
		assert_int_equal(setenv(name, value, 1), 0);
	else
		assert_int_equal(unsetenv(name), 0);
}

static void colours_follow_the_option_then_the_environment(void **state)
{
	static const struct {
		enum when when;
		const char *no_color, *force;
		bool want;
	} cases[] = {
		{ WHEN_AUTO, NULL, NULL, false }, /* no terminal */
		{ WHEN_AUTO, NULL, "1", true },   { WHEN_AUTO, NULL, "0", false },
		{ WHEN_AUTO, NULL, "", false },   { WHEN_AUTO, "1", "1", false },
		{ WHEN_AUTO, "", "1", true },     { WHEN_ALWAYS, "1", NULL, true },
		{ WHEN_NEVER, NULL, "1", false },
	};
	FILE *file = tmpfile();

	(void)state;
	assert_non_null(file);
	for (size_t i = 0; i < COUNT(cases); i++) {
		set("NO_COLOR", cases[i].no_color);
		set("CLICOLOR_FORCE", cases[i].force);
		if (terminal_color(cases[i].when, file) != cases[i].want)
			fail_msg("case %zu", i);
	}
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_wrapped_by_its_display_width),
		cmocka_unit_test(what_a_terminal_would_obey_is_replaced),
		cmocka_unit_test(a_line_too_long_for_its_place_is_cut),
		cmocka_unit_test(a_full_disk_is_reported_at_the_latest_on_close),
		cmocka_unit_test(colours_follow_the_option_then_the_environment),
	};

	return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
