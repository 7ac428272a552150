/*
 * What tests share: case tables, running programs, paths.  Independent of the code that
 * is tested.  Includes cmocka with what cmocka wants before it.
 */
#ifndef TESTS_HARNESS_H
#define TESTS_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* One row "input | expected" of a case table. */
struct case_row {
	const char *file;
	int line;
	char *in, *want;
};

/*
 * Load the table tests/cases/${name} into *rows, owned by the caller (cases_free).
 * '#' in the first column starts a comment, empty lines are skipped, the separator is
 * the first " | ", both sides are trimmed of blanks.  Escapes in both: \n \t \r \\ \|
 * \s (a space) \e (ESC) \xHH (a byte, not 0) \u{HEX} (a code point in UTF-8).  A table
 * that is missing, empty or malformed fails the test.
 */
size_t cases_load(struct case_row **rows, const char *name);
void cases_free(struct case_row *rows, size_t n);

/* Fail with place, input, wanted and got, unless ${got} is what the row wants. */
void check_case(const struct case_row *c, const char *got);

/* ${relative} below the root of the tree; one of 8 static buffers in turn. */
const char *test_path(const char *relative);

/* A fresh directory for this process, removed when it exits. */
const char *test_tmpdir(void);

/*
 * ${relative} below the directory "shared" beside the tree, which holds other people's
 * text to test with.  NULL where it is missing, after a line that says so: then skip().
 */
const char *shared_path(const char *relative);

/* All of the file ${path}, which must be there, and a NUL; owned by the caller. */
char *file_text(const char *path);

/* How many things stand in the directory ${path}. */
size_t directory_size(const char *path);

/*
 * What a program did.  ${status} is its exit code, or 128 and the signal that ended it.
 * ${out} and ${err} are followed by a NUL.
 */
struct run {
	int status;
	char *out, *err;
	size_t outlen, errlen;
};

/*
 * Run ${argv}, ended by NULL, with ${inputlen} bytes as its standard input.  argv[0]
 * "paneldex" means the program that was built, any other is looked up in PATH; 127
 * where it cannot be run.  A program that takes longer than five minutes is killed.
 */
struct run run_program(const char *const argv[], const char *input, size_t inputlen);
void run_free(struct run *r);

#endif
