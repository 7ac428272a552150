/*
 * The program on a terminal and before other programs: the pager, what it is for and
 * how it is chosen, and readers that go away.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Seven lines and more; "cat -n" tells what came through a pager. */
#define SEARCH "\"$PANELDEX_BIN\" search --color never -n 2 weights"

static int set_up(void **state)
{
	if (make_index(state))
		return -1;
	set("PANELDEX_PAGER", NULL);
	set("PAGER", NULL);
	set("LESS", NULL);
	return 0;
}

static bool is_paged(const struct run *r)
{
	return strncmp(r->out, "     1\t", strlen("     1\t")) == 0;
}

static const struct {
	const char *script;
	unsigned rows;
	bool paged;
} cases[] = {
	{ "PANELDEX_PAGER=\"cat -n\" " SEARCH, 8, true },
	/* all of it fits, with a line to spare for the prompt */
	{ "PANELDEX_PAGER=\"cat -n\" " SEARCH, 60, false },
	{ "PAGER=\"cat -n\" " SEARCH, 8, true },
	{ "PAGER=\"cat -b\" PANELDEX_PAGER=\"cat -n\" " SEARCH, 8, true },
	{ "PAGER=\"cat -n\" PANELDEX_PAGER= " SEARCH, 8, false },
	{ "PAGER=\"cat -n\" PANELDEX_PAGER=cat " SEARCH, 8, false },
	{ "PAGER=\"cat -n\" " SEARCH " --no-pager", 8, false },
	{ "PAGER=\"cat -n\" " SEARCH " -f json", 4, false },
	{ "PAGER=\"cat -n\" " SEARCH " -f csv", 4, false },
	{ "PAGER=\"cat -n\" TERM=dumb " SEARCH, 8, false },
	{ "PAGER=\"cat -n\" " SEARCH " | cat", 8, false },
	{ "PAGER=\"cat -n\" \"$PANELDEX_BIN\" show 0d86", 8, true },
	{ "PAGER=\"cat -n\" \"$PANELDEX_BIN\" schema search", 8, true },
};

static void text_that_is_longer_than_the_terminal_goes_to_the_pager(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = on_terminal(cases[i].script, cases[i].rows);

		assert_status(&r, 0, cases[i].script);
		if (is_paged(&r) != cases[i].paged)
			fail_msg("%s on %u lines is %spaged:\n%s", cases[i].script,
				 cases[i].rows, is_paged(&r) ? "" : "not ", r.out);
		run_free(&r);
	}
}

/* As many lines as fit, and one more. */
static void a_screen_that_is_just_full_needs_no_pager(void **state)
{
	struct run r = shell("\"$PANELDEX_BIN\" stats | wc -l");
	unsigned lines = (unsigned)strtoul(r.out, NULL, 10);

	(void)state;
	run_free(&r);
	assert_true(lines > 5);
	r = on_terminal("PAGER=\"cat -n\" \"$PANELDEX_BIN\" stats", lines + 1);
	assert_false(is_paged(&r));
	run_free(&r);
	r = on_terminal("PAGER=\"cat -n\" \"$PANELDEX_BIN\" stats", lines);
	assert_true(is_paged(&r));
	run_free(&r);
}

static void what_is_said_of_the_hits_comes_behind_them_in_the_pager(void **state)
{
	struct run paged = on_terminal("PAGER=\"cat -n\" " SEARCH, 8);
	struct run plain = on_terminal(SEARCH, 60);

	(void)state;
	assert_holds(paged.out, "\t2 of ", "the account");
	assert_holds(plain.out, "\n2 of ", "the account");
	run_free(&paged);
	run_free(&plain);
}

static void nothing_is_lost_where_the_pager_cannot_be_run(void **state)
{
	struct run r = on_terminal("PAGER=no-such-pager " SEARCH, 8);

	(void)state;
	assert_status(&r, 0, "search");
	assert_holds(r.out, "not found", "the shell's word on it");
	assert_holds(r.out, "\n2 of ", "the text");
	run_free(&r);
}

static void less_is_told_to_keep_colours_and_the_screen(void **state)
{
	struct run r = on_terminal("PAGER=\"echo options=\\$LESS; cat\" " SEARCH, 8);

	(void)state;
	assert_holds(r.out, "options=FRX", "LESS");
	run_free(&r);
	r = on_terminal("LESS=i PAGER=\"echo options=\\$LESS; cat\" " SEARCH, 8);
	assert_holds(r.out, "options=i\n", "the user's own LESS");
	run_free(&r);
}

static void a_reader_that_goes_away_ends_it_without_a_word(void **state)
{
	static const char *const scripts[] = {
		"while :; do echo weights; done | head -n 4000 | "
		"\"$PANELDEX_BIN\" search --batch - | head -n 1",
		"\"$PANELDEX_BIN\" search -f jsonl | head -n 1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		struct run r = shell(scripts[i]);

		assert_status(&r, 0, scripts[i]);
		assert_string_equal(r.err, "");
		assert_holds(r.out, "{\"schema\":", scripts[i]);
		run_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			text_that_is_longer_than_the_terminal_goes_to_the_pager),
		cmocka_unit_test(a_screen_that_is_just_full_needs_no_pager),
		cmocka_unit_test(
			what_is_said_of_the_hits_comes_behind_them_in_the_pager),
		cmocka_unit_test(nothing_is_lost_where_the_pager_cannot_be_run),
		cmocka_unit_test(less_is_told_to_keep_colours_and_the_screen),
		cmocka_unit_test(a_reader_that_goes_away_ends_it_without_a_word),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
