/* The line that says how far an ingest is. */
#include "harness.h"

#include <string.h>

#include "render/progress.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
	struct progress_state state;
	size_t width;
	const char *want;
} cases[] = {
	{ { 750, 3000000, 4000000, 2.5 },
	  79,
	  "[##################......]  75%  750 articles, 300/s, 1.2 MB/s, 0:00 left" },
	{ { 100, 1000000, 124000000, 10 },
	  79,
	  "[........................]   1%  100 articles, 10/s, 0.1 MB/s, 20:30 left" },
	{ { 1, 1000000, 36000000, 200 },
	  79,
	  "[........................]   3%  1 articles, 0/s, 0.0 MB/s, 1:56:40 left" },
	/* Too soon to say, done, and not before whoever reads this is grey. */
	{ { 5, 1000000, 4000000, 0.5 },
	  79,
	  "[######..................]  25%  5 articles, 10/s, 2.0 MB/s" },
	{ { 5, 4000000, 4000000, 2 },
	  79,
	  "[########################] 100%  5 articles, 2/s, 2.0 MB/s" },
	{ { 5, 1, 4000000, 2 }, 79, "[........................]   0%  5 articles, "
				    "2/s, 0.0 MB/s" },
	/* How much there is, a pipe does not say. */
	{ { 5, 4000000, 0, 2 }, 79, "5 articles, 2/s, 2.0 MB/s" },
	{ { 5, 4000000, 0, 2 }, 20, "5 articles" },
	/* Narrower and narrower. */
	{ { 750, 3000000, 4000000, 2.5 },
	  71,
	  " 75%  750 articles, 300/s, 1.2 MB/s, 0:00 left" },
	{ { 750, 3000000, 4000000, 2.5 }, 39, " 75%  750 articles, 0:00 left" },
};

static void the_line_says_how_far_how_fast_and_how_long(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf line;

		buf_init(&line, 0);
		buf_puts(&line, "x");
		progress_line(&line, &cases[i].state, cases[i].width);
		if (strcmp(buf_str(&line) + 1, cases[i].want) != 0)
			fail_msg("case %zu: got \"%s\", wanted \"%s\"", i,
				 buf_str(&line) + 1, cases[i].want);
		assert_true(line.len - 1 <= cases[i].width);
		buf_release(&line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_line_says_how_far_how_fast_and_how_long),
	};

	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
