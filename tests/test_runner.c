/* scripts/run-tests: that it counts what happened, crashes included. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A program in a shell script that stands for a test program. */
static const char *script(const char *name, const char *body)
{
	static char paths[4][512];
	static size_t turn;
	char *path = paths[turn++ % 4];
	FILE *f;

	snprintf(path, sizeof(paths[0]), "%s/%s", test_tmpdir(), name);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "#!/bin/sh\n%s\n", body);
	fclose(f);
	assert_int_equal(chmod(path, 0755), 0);
	return path;
}

static const char *last_line(const struct run *r)
{
	const char *at = r->out + r->outlen;

	while (at > r->out + 1 && at[-2] != '\n')
		at--;
	return at > r->out ? at - 1 : at;
}

static void expect(const char *first, const char *second, int status,
		   const char *totals)
{
	const char *argv[] = { test_path("scripts/run-tests"), first, second, NULL };
	struct run r;

	unsetenv("PANELDEX_TOTALS"); /* these are no tests of the project */
	r = run_program(argv, "", 0);
	if (r.status != status || strcmp(last_line(&r), totals) != 0)
		print_error("status %d\n%s%s", r.status, r.out, r.err);
	assert_string_equal(last_line(&r), totals);
	assert_int_equal(r.status, status);
	run_free(&r);
}

static void results_are_added_up_over_programs_and_groups(void **state)
{
	(void)state;
	expect(script("a",
		      "echo '[  PASSED  ] 3 test(s).'; echo '[  PASSED  ] 2 test(s).'"),
	       script("b", "echo '[  PASSED  ] 1 test(s).'\n"
			   "echo '[  SKIPPED ] 2 test(s), listed below:'\n"
			   "echo '[  SKIPPED ] one'"),
	       0, "6 passed, 0 failed, 2 skipped\n");
}

static void a_failed_test_fails_the_run(void **state)
{
	(void)state;
	expect(script("a", "echo '[  PASSED  ] 3 test(s).'\n"
			   "echo '[  FAILED  ] 2 test(s), listed below:' >&2\n"
			   "echo '[  FAILED  ] 7_lives' >&2\nexit 2"),
	       script("b", "echo '[  PASSED  ] 1 test(s).'"), 1,
	       "4 passed, 2 failed, 0 skipped\n");
}

static void a_crash_is_a_failure(void **state)
{
	(void)state;
	expect(script("a", "echo '[ RUN      ] x'; kill -SEGV $$"),
	       script("b", "echo '[  PASSED  ] 1 test(s).'"), 1,
	       "1 passed, 1 failed, 0 skipped\n");
}

static void a_bad_exit_after_all_tests_passed_is_a_failure(void **state)
{
	(void)state;
	expect(script("a", "echo '[  PASSED  ] 3 test(s).'; exit 99"), NULL, 1,
	       "3 passed, 1 failed, 0 skipped\n");
}

static void a_program_that_hangs_is_ended_and_a_failure(void **state)
{
	(void)state;
	setenv("TEST_SECONDS", "1", 1);
	expect(script("a", "echo '[  PASSED  ] 3 test(s).'; exec sleep 30"), NULL, 1,
	       "3 passed, 1 failed, 0 skipped\n");
	unsetenv("TEST_SECONDS");
}

static void a_program_that_runs_no_test_is_a_failure(void **state)
{
	(void)state;
	expect(script("a", "true"), NULL, 1, "0 passed, 1 failed, 0 skipped\n");
	expect("/nonexistent/test", NULL, 1, "0 passed, 1 failed, 0 skipped\n");
}

/* The names of what failed stand before the totals, however many run at a time. */
static void programs_can_run_side_by_side(void **state)
{
	const char *argv[] = { test_path("scripts/run-tests"),
			       "--jobs",
			       "3",
			       "--wrap",
			       "env GREETING=hello",
			       script("a", "echo '[  PASSED  ] 3 test(s).'"),
			       script("b", "echo \"$GREETING\"; kill -SEGV $$"),
			       script("c",
				      "echo '[  PASSED  ] 1 test(s).'\n"
				      "echo '[  SKIPPED ] 2 test(s), listed below:'"),
			       script("d", "sleep 0.1; echo '[  PASSED  ] 4 test(s).'"),
			       NULL };
	struct run r;

	(void)state;
	unsetenv("PANELDEX_TOTALS");
	r = run_program(argv, "", 0);
	assert_int_equal(r.status, 1);
	assert_non_null(strstr(r.out, "\n== b\nhello\n"));
	assert_non_null(
		strstr(r.out, "\nfailed: b\n\n8 passed, 1 failed, 2 skipped\n"));
	assert_string_equal(last_line(&r), "8 passed, 1 failed, 2 skipped\n");
	run_free(&r);
}

static void a_run_of_nothing_fails(void **state)
{
	(void)state;
	expect(NULL, NULL, 1, "0 passed, 0 failed, 0 skipped\n");
}

static void only_skipped_tests_fail_the_run(void **state)
{
	(void)state;
	expect(script("a", "echo '[  PASSED  ] 0 test(s).'\n"
			   "echo '[  SKIPPED ] 2 test(s), listed below:'"),
	       NULL, 1, "0 passed, 0 failed, 2 skipped\n");
}

/* ---- the harness ---------------------------------------------------------- */

static void a_program_that_writes_and_reads_much_does_not_block(void **state)
{
	const char *argv[] = { "sh", "-c", "tee /dev/stderr", NULL };
	size_t len = (size_t)3 << 20;
	char *input = malloc(len);
	struct run r;

	(void)state;
	assert_non_null(input);
	for (size_t i = 0; i < len; i++)
		input[i] = (char)('a' + i % 23);
	r = run_program(argv, input, len);
	assert_int_equal(r.status, 0);
	assert_int_equal(r.outlen, len);
	assert_int_equal(r.errlen, len);
	assert_memory_equal(r.out, input, len);
	assert_memory_equal(r.err, input, len);
	run_free(&r);
	free(input);
}

static void a_program_need_not_read_its_input(void **state)
{
	const char *argv[] = { "sh", "-c", "exit 3", NULL };
	static char input[1 << 20];
	struct run r = run_program(argv, input, sizeof(input));

	(void)state;
	assert_int_equal(r.status, 3);
	assert_int_equal(r.outlen + r.errlen, 0);
	run_free(&r);
}

static void a_signal_and_a_missing_program_are_told_by_the_status(void **state)
{
	const char *killed[] = { "sh", "-c", "kill -TERM $$", NULL };
	const char *missing[] = { "/nonexistent/program", NULL };
	struct run r = run_program(killed, "", 0);

	(void)state;
	assert_int_equal(r.status, 128 + 15);
	run_free(&r);
	r = run_program(missing, "", 0);
	assert_int_equal(r.status, 127);
	assert_non_null(strstr(r.err, "cannot run /nonexistent/program"));
	run_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_are_added_up_over_programs_and_groups),
		cmocka_unit_test(a_failed_test_fails_the_run),
		cmocka_unit_test(a_crash_is_a_failure),
		cmocka_unit_test(a_bad_exit_after_all_tests_passed_is_a_failure),
		cmocka_unit_test(a_program_that_hangs_is_ended_and_a_failure),
		cmocka_unit_test(a_program_that_runs_no_test_is_a_failure),
		cmocka_unit_test(programs_can_run_side_by_side),
		cmocka_unit_test(a_run_of_nothing_fails),
		cmocka_unit_test(only_skipped_tests_fail_the_run),
		cmocka_unit_test(a_program_that_writes_and_reads_much_does_not_block),
		cmocka_unit_test(a_program_need_not_read_its_input),
		cmocka_unit_test(a_signal_and_a_missing_program_are_told_by_the_status),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
