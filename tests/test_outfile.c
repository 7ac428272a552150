/* Files and directories that are written whole or not at all. */
#include "harness.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/outfile.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MARK "Made by us"

/* A directory of its own for each test, so that what is left over can be seen. */
static int enter_directory(void **state)
{
	static int number;
	static char path[256];

	snprintf(path, sizeof(path), "%s/out-%d", test_tmpdir(), number++);
	*state = path;
	return mkdir(path, 0700) || chdir(path);
}

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void assert_text(const char *path, const char *want)
{
	char *text = file_text(path);

	assert_string_equal(text, want);
	free(text);
}

static int write_out(const char *path, const char *text, bool force,
		     struct pdx_err *err)
{
	struct outfile f;
	int rc = outfile_begin(&f, path, MARK, force, err);

	if (rc)
		return rc;
	out_puts(&f.out, text);
	return outfile_commit(&f, err);
}

static void a_file_is_there_when_it_is_complete(void **state)
{
	struct outfile f;
	struct pdx_err err;
	struct stat st;

	(void)state;
	umask(022);
	assert_int_equal(outfile_begin(&f, "a.txt", MARK, false, &err), 0);
	out_puts(&f.out, "half");
	assert_int_not_equal(access("a.txt", F_OK), 0);
	assert_int_equal(outfile_commit(&f, &err), 0);
	assert_text("a.txt", "half");
	assert_int_equal(directory_size("."), 1);
	assert_int_equal(stat("a.txt", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
}

static void what_was_left_changes_nothing(void **state)
{
	struct outfile f;
	struct pdx_err err;

	(void)state;
	write_text("a.txt", MARK);
	assert_int_equal(outfile_begin(&f, "a.txt", MARK, false, &err), 0);
	out_puts(&f.out, "half");
	outfile_abort(&f);
	assert_text("a.txt", MARK);
	assert_int_equal(directory_size("."), 1);
}

static void a_failure_to_write_changes_nothing(void **state)
{
	struct outfile f;
	struct pdx_err err;

	(void)state;
	write_text("a.txt", MARK);
	assert_int_equal(outfile_begin(&f, "a.txt", MARK, false, &err), 0);
	out_puts(&f.out, "half");
	out_fail(&f.out, PDX_E_NOMEM);
	assert_int_equal(outfile_commit(&f, &err), PDX_E_NOMEM);
	assert_text("a.txt", MARK);
	assert_int_equal(directory_size("."), 1);
}

static void only_what_is_ours_is_overwritten(void **state)
{
	char large[4000];
	struct pdx_err err;

	(void)state;
	memset(large, 'x', sizeof(large));
	strcpy(large + sizeof(large) - sizeof(MARK), MARK);
	write_text("ours.txt", large);
	write_text("empty.txt", "");
	write_text("theirs.txt", "a letter");
	assert_int_equal(write_out("ours.txt", "new", false, &err), 0);
	assert_int_equal(write_out("empty.txt", "new", false, &err), 0);
	assert_int_equal(write_out("theirs.txt", "new", false, &err), PDX_E_USAGE);
	assert_non_null(strstr(err.message, "--force replaces it"));
	assert_text("theirs.txt", "a letter");
	assert_int_equal(write_out("theirs.txt", "new", true, &err), 0);
	assert_text("theirs.txt", "new");
	assert_int_equal(write_out(".", "new", true, &err), PDX_E_USAGE);
	assert_int_equal(write_out("none/a.txt", "new", true, &err), PDX_E_IO);
	assert_int_equal(directory_size("."), 3);
}

static void what_is_no_file_is_written_to(void **state)
{
	struct pdx_err err;

	(void)state;
	assert_int_equal(write_out("/dev/null", "text", false, &err), 0);
	assert_int_equal(access("/dev/null", W_OK), 0);
	if (access("/dev/full", W_OK) == 0)
		assert_int_equal(write_out("/dev/full", "text", false, &err), PDX_E_IO);
}

static int write_directory(const char *path, const char *const *names, size_t n,
			   bool force, struct pdx_err *err)
{
	struct outdir d;
	int rc = outdir_begin(&d, path, "key.csv", MARK, ".csv", force, err);

	for (size_t i = 0; i < n && !rc; i++) {
		rc = outdir_open(&d, names[i], err);
		assert_int_equal(rc, 0);
		out_puts(&d.out, MARK);
		rc = outdir_close(&d, err);
	}
	return rc ? rc : outdir_commit(&d, err);
}

static void a_directory_is_replaced_as_a_whole(void **state)
{
	static const char *const first[] = { "key.csv", "a.csv", "b.csv" };
	static const char *const second[] = { "key.csv", "c.csv" };
	struct pdx_err err;

	(void)state;
	assert_int_equal(write_directory("d.csv", first, COUNT(first), false, &err), 0);
	assert_int_equal(directory_size("d.csv"), 3);
	assert_int_equal(write_directory("d.csv", second, COUNT(second), false, &err),
			 0);
	assert_int_equal(directory_size("d.csv"), 2);
	assert_text("d.csv/c.csv", MARK);
	assert_int_equal(directory_size("."), 1);
}

static void a_directory_of_others_is_left_alone(void **state)
{
	static const char *const names[] = { "key.csv" };
	struct pdx_err err;

	(void)state;
	mkdir("tables.csv", 0700);
	write_text("tables.csv/theirs.csv", "a,b\n");
	assert_int_equal(write_directory("tables.csv", names, 1, false, &err),
			 PDX_E_USAGE);
	assert_text("tables.csv/theirs.csv", "a,b\n");
	assert_int_equal(write_directory("tables.csv", names, 1, true, &err), 0);
	assert_int_equal(directory_size("tables.csv"), 1);

	/* Other things than tables are not removed by force either. */
	mkdir("mixed.csv", 0700);
	write_text("mixed.csv/key.csv", MARK);
	write_text("mixed.csv/letter.txt", "a letter");
	assert_int_equal(write_directory("mixed.csv", names, 1, true, &err),
			 PDX_E_USAGE);
	assert_text("mixed.csv/letter.txt", "a letter");

	write_text("file.csv", "");
	assert_int_equal(write_directory("file.csv", names, 1, true, &err),
			 PDX_E_USAGE);
	mkdir("empty.csv", 0700);
	assert_int_equal(write_directory("empty.csv", names, 1, false, &err), 0);
	assert_int_equal(directory_size("."), 4);
}

static void a_directory_that_was_left_leaves_nothing(void **state)
{
	struct outdir d;
	struct pdx_err err;

	(void)state;
	assert_int_equal(
		outdir_begin(&d, "d.csv", "key.csv", MARK, ".csv", false, &err), 0);
	assert_int_equal(outdir_open(&d, "key.csv", &err), 0);
	out_puts(&d.out, "half");
	outdir_abort(&d);
	assert_int_equal(directory_size("."), 0);
	assert_int_equal(
		outdir_begin(&d, "none/d.csv", "key.csv", MARK, ".csv", false, &err),
		PDX_E_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_file_is_there_when_it_is_complete,
				       enter_directory),
		cmocka_unit_test_setup(what_was_left_changes_nothing, enter_directory),
		cmocka_unit_test_setup(a_failure_to_write_changes_nothing,
				       enter_directory),
		cmocka_unit_test_setup(only_what_is_ours_is_overwritten,
				       enter_directory),
		cmocka_unit_test_setup(what_is_no_file_is_written_to, enter_directory),
		cmocka_unit_test_setup(a_directory_is_replaced_as_a_whole,
				       enter_directory),
		cmocka_unit_test_setup(a_directory_of_others_is_left_alone,
				       enter_directory),
		cmocka_unit_test_setup(a_directory_that_was_left_leaves_nothing,
				       enter_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
