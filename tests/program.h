/*
 * Running the built program, and the small index that most tests of it search: the
 * articles of tests/cases/e2e.
 */
#ifndef TESTS_PROGRAM_H
#define TESTS_PROGRAM_H

#include "harness.h"

#include <jansson.h>

#define ARTICLES 6 /* in tests/cases/e2e */

/* Run the program with the blank-separated words of ${line}. */
struct run paneldex(const char *line);

/* The same, which must exit with ${status}. */
struct run run_expect(const char *line, int status);

/* Run a script in which $PANELDEX_BIN is the program. */
struct run shell(const char *script);

/*
 * The same on a terminal of ${rows} lines and 80 columns, made by script(1): what it
 * shows is in ${out}, without carriage returns.  Skips the test, after a line that says
 * so, where there is no script(1).
 */
struct run on_terminal(const char *script, unsigned rows);

void assert_status(const struct run *r, int status, const char *what);
void assert_holds(const char *text, const char *part, const char *what);

/* ${text}, or what ${line} prints, as one JSON document; the caller frees it. */
json_t *parse(const char *text);
json_t *document(const char *line, int status);

const char *string(const json_t *object, const char *key);
json_int_t integer(const json_t *object, const char *key);
void assert_keys(const json_t *object, const char *keys, const char *what);

/* An environment variable; NULL: none. */
void set(const char *name, const char *value);

/* ${name} in the test's directory; one of 4 static buffers in turn. */
const char *in_tmpdir(const char *name);

/* Which index the program uses from now on: ${name} in the test's directory. */
void use_db(const char *name);

#define MAIN_DB "main.db"

/*
 * A group's setup: make MAIN_DB and use it, go where the articles are, and see to an
 * environment that is the same everywhere.
 */
int make_index(void **state);

#define ECONOMISTS_DB "economists.db"

/*
 * A group's setup: make_index(), and ECONOMISTS_DB of 326 questions that 52 economists
 * were asked.  *state is NULL where their archive is not there: skip().
 */
int make_economists(void **state);

#endif
