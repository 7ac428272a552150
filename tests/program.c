/*
 * The built program and its index, as tests want them.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORDS_MAX 32

struct run paneldex(const char *line)
{
	const char *argv[WORDS_MAX + 2] = { "paneldex" };
	char words[4096], *rest = words;
	size_t n = 1;

	assert_true(strlen(line) < sizeof(words));
	strcpy(words, line);
	for (char *word; (word = strtok_r(rest, " ", &rest));) {
		assert_true(n <= WORDS_MAX);
		argv[n++] = word;
	}
	return run_program(argv, NULL, 0);
}

struct run run_expect(const char *line, int status)
{
	struct run r = paneldex(line);

	assert_status(&r, status, line);
	return r;
}

struct run shell(const char *script)
{
	const char *argv[] = { "sh", "-c", script, NULL };

	return run_program(argv, NULL, 0);
}

static void need_script(void)
{
	struct run r = shell("script -V");
	int status = r.status;

	run_free(&r);
	if (status == 0)
		return;
	print_message("skipped: there is no script(1) to make a terminal with\n");
	skip();
}

struct run on_terminal(const char *script, unsigned rows)
{
	char line[2048];
	struct run r;
	size_t kept = 0;

	need_script();
	assert_null(strchr(script, '\''));
	snprintf(line, sizeof(line),
		 "TERM=xterm script -qec 'stty rows %u cols 80; %s' /dev/null "
		 "</dev/null",
		 rows, script);
	r = shell(line);
	for (size_t i = 0; i < r.outlen; i++)
		if (r.out[i] != '\r' || r.out[i + 1] != '\n')
			r.out[kept++] = r.out[i];
	r.out[kept] = '\0';
	r.outlen = kept;
	return r;
}

void assert_status(const struct run *r, int status, const char *what)
{
	if (r->status != status)
		fail_msg("%s: exit %d, not %d\nstdout: %s\nstderr: %s", what, r->status,
			 status, r->out, r->err);
}

void assert_holds(const char *text, const char *part, const char *what)
{
	if (!strstr(text, part))
		fail_msg("%s: no \"%s\" in \"%s\"", what, part, text);
}

json_t *parse(const char *text)
{
	json_error_t error;
	json_t *doc = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!doc)
		fail_msg("%s at %d in %s", error.text, error.position, text);
	return doc;
}

json_t *document(const char *line, int status)
{
	struct run r = run_expect(line, status);
	json_t *doc = parse(r.out);

	run_free(&r);
	return doc;
}

const char *string(const json_t *object, const char *key)
{
	const char *s = json_string_value(json_object_get(object, key));

	return s ? s : "(no string)";
}

json_int_t integer(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

void assert_keys(const json_t *object, const char *keys, const char *what)
{
	char list[512], *rest = list;

	assert_true(strlen(keys) < sizeof(list));
	strcpy(list, keys);
	for (char *key; (key = strtok_r(rest, " ", &rest));)
		if (!json_object_get(object, key))
			fail_msg("%s: no key \"%s\"", what, key);
}

void set(const char *name, const char *value)
{
	assert_int_equal(value ? setenv(name, value, 1) : unsetenv(name), 0);
}

const char *in_tmpdir(const char *name)
{
	static char paths[4][512];
	static size_t turn;
	char *path = paths[turn++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/%s", test_tmpdir(), name);
	return path;
}

void use_db(const char *name)
{
	set("PANELDEX_DB", in_tmpdir(name));
}

int make_index(void **state)
{
	struct run r;

	(void)state;
	set("NO_COLOR", NULL);
	set("CLICOLOR_FORCE", NULL);
	set("POSIXLY_CORRECT", NULL);
	set("TERM", "dumb");
	set("LC_ALL", "C.UTF-8");
	/* Origins are relative to here, and so the same on every machine. */
	assert_int_equal(chdir(test_path("tests/cases/e2e")), 0);
	use_db(MAIN_DB);
	r = run_expect("ingest --now 2026-11-23T10:20:30Z pages articles.jsonl", 0);
	run_free(&r);
	return 0;
}

int make_economists(void **state)
{
	const char *argv[] = { "paneldex", "ingest", "-q", NULL, NULL };
	static bool there = true;
	struct run r;

	if (make_index(state))
		return -1;
	*state = NULL;
	argv[3] = shared_path("panel/economists.jsonl");
	if (!argv[3])
		return 0;
	use_db(ECONOMISTS_DB);
	r = run_program(argv, NULL, 0);
	assert_status(&r, 0, "ingest economists");
	run_free(&r);
	use_db(MAIN_DB);
	*state = &there;
	return 0;
}
