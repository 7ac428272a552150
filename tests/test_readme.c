/*
 * The examples of README.md run: every `$ ` line of its console blocks, in order, in
 * one shell that stands in the root of the tree.  Where the text shows an output, it is
 * the output.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"

#include "base/buf.h"

#define MOST_EXAMPLES 128
#define MARK "@@example:" /* what the shell prints after each, with its exit code */

struct example {
	int line; /* of README.md */
	char *command, *output;
};

/* Split the console blocks of ${text} into commands and the output shown for each. */
static size_t find_examples(struct example *out, char *text)
{
	struct buf output;
	bool inside = false;
	size_t n = 0;
	int number = 0;

	buf_init(&output, 0);
	for (char *line = text, *next; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		number++;
		if (inside && (strncmp(line, "$ ", 2) == 0 || line[0] == '`')) {
			if (n && !out[n - 1].output)
				out[n - 1].output = strdup(buf_str(&output));
			buf_reset(&output);
		}
		if (strncmp(line, "```", 3) == 0) {
			inside = strcmp(line, "```console") == 0;
		} else if (inside && strncmp(line, "$ ", 2) == 0) {
			assert_true(n < MOST_EXAMPLES);
			out[n].line = number;
			out[n++].command = strdup(line + 2);
		} else if (inside) {
			buf_printf(&output, "%s\n", line);
		}
	}
	buf_release(&output);
	return n;
}

static void put_script(struct buf *script, const struct example *v, size_t n)
{
	buf_printf(script,
		   "cd '%s' && PATH='%s':$PATH LC_ALL=C.UTF-8 &&"
		   " export PATH LC_ALL\n",
		   test_path("."), test_tmpdir());
	for (size_t i = 0; i < n; i++)
		buf_printf(script, "%s\necho '" MARK "'$?\n", v[i].command);
}

/* Take the output of the next command from *text; returns its exit code. */
static int next_output(char **text, const char **output)
{
	char *mark = strstr(*text, MARK);
	int status;

	if (!mark)
		return -1;
	status = atoi(mark + strlen(MARK));
	*output = *text;
	*mark = '\0';
	*text = strchr(mark + 1, '\n');
	*text = *text ? *text + 1 : mark;
	return status;
}

static void every_example_runs_and_prints_what_is_shown(void **state)
{
	static struct example examples[MOST_EXAMPLES];
	const char *argv[] = { "sh", NULL };
	char *text = file_text(test_path("README.md")), *out, program[512];
	struct buf script;
	struct run r;
	size_t n = find_examples(examples, text);

	(void)state;
	assert_true(n >= 10);
	snprintf(program, sizeof(program), "%s/paneldex", test_tmpdir());
	assert_int_equal(symlink(getenv("PANELDEX_BIN"), program), 0);
	buf_init(&script, 0);
	put_script(&script, examples, n);
	r = run_program(argv, script.data, script.len);
	out = r.out;
	for (size_t i = 0; i < n; i++) {
		const struct example *e = &examples[i];
		const char *got = "";
		int status = next_output(&out, &got);

		if (status != 0)
			fail_msg("README.md:%d: %s\n  exit %d\n%s", e->line, e->command,
				 status, r.err);
		if (*e->output && strcmp(e->output, got) != 0)
			fail_msg("README.md:%d: %s\n  shown:\n%s  printed:\n%s",
				 e->line, e->command, e->output, got);
		free(e->command);
		free(e->output);
	}
	run_free(&r);
	buf_release(&script);
	free(text);
}

/* The queries in the first column of the table under "Queries": fields that are shown
 * without a value are no queries. */
static size_t find_queries(char *out[], const char *text)
{
	const char *at = strstr(text, "## Queries\n"), *end;
	size_t n = 0;

	assert_non_null(at);
	end = strstr(at + 3, "\n## ");
	for (at = strstr(at, "\n| `"); at && at < end; at = strstr(at + 1, "\n| `")) {
		const char *cell = strstr(at + 3, " | ");

		while ((at = strchr(at, '`')) && at < cell) {
			const char *close = strchr(at + 1, '`');

			if (close[-1] != ':') {
				assert_true(n < MOST_EXAMPLES);
				out[n++] = strndup(at + 1, (size_t)(close - at - 1));
			}
			at = close + 1;
		}
		at = cell;
	}
	return n;
}

static void every_query_of_the_table_is_one(void **state)
{
	char *queries[MOST_EXAMPLES], *text = file_text(test_path("README.md"));
	char path[512];
	const char *ingest[] = { "paneldex", "ingest", test_path("corpus/captures"),
				 NULL };
	size_t n = find_queries(queries, text);
	struct run r;

	(void)state;
	snprintf(path, sizeof(path), "%s/queries.db", test_tmpdir());
	setenv("PANELDEX_DB", path, 1);
	r = run_program(ingest, NULL, 0);
	assert_int_equal(r.status, 0);
	run_free(&r);
	assert_true(n >= 15);
	for (size_t i = 0; i < n; i++) {
		const char *argv[] = { "paneldex", "search",   "--strict", "--count",
				       "--",       queries[i], NULL };

		r = run_program(argv, NULL, 0);
		if (r.status > 1)
			fail_msg("README.md: %s\n  exit %d\n%s", queries[i], r.status,
				 r.err);
		run_free(&r);
		free(queries[i]);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_runs_and_prints_what_is_shown),
		cmocka_unit_test(every_query_of_the_table_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
