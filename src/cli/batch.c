/*
 * Many queries in one run, as JSON Lines: a line in, a document out.  Knows lines;
 * what a search is and prints is cmd_search.c's.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "cli/search.h"
#include "cli/shape.h"
#include "cli/signals.h"

#define MAX_LIMIT 10000000 /* as --limit */

/* Take the members of ${line}, an object, into ${s}; *id is its id as JSON, or NULL. */
static int take_object(struct search *s, char **id, const char *line, size_t len,
		       struct pdx_err *err)
{
	json_error_t why;
	json_t *o = json_loadb(line, len, JSON_ALLOW_NUL, &why), *value;
	const char *key;
	int rc = PDX_OK;

	if (!o)
		return err_set(err, PDX_E_USAGE, "not a JSON object: %s", why.text);
	value = json_object_get(o, "id");
	if (json_is_string(value) || json_is_integer(value))
		*id = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
	else if (value)
		rc = err_set(err, PDX_E_USAGE, "\"id\" is no string or whole number");
	value = json_object_get(o, "query");
	if (!json_is_string(value))
		rc = err_set(err, PDX_E_USAGE, "\"query\" is missing or no string");
	else
		buf_put(&s->text, json_string_value(value), json_string_length(value));
	value = json_object_get(o, "n");
	if (value && (!json_is_integer(value) || json_integer_value(value) < 0 ||
		      json_integer_value(value) > MAX_LIMIT))
		rc = err_set(err, PDX_E_USAGE, "\"n\" is no number of hits");
	else if (value)
		s->limit = (size_t)json_integer_value(value);
	json_object_foreach(o, key, value)
		if (strcmp(key, "id") != 0 && strcmp(key, "query") != 0 &&
		    strcmp(key, "n") != 0)
			rc = err_set(err, PDX_E_USAGE, "unknown key \"%s\"", key);
	json_decref(o);
	return rc;
}

/* Answer one line; returns its exit code. */
static int answer(struct cli *c, struct pdx *index, const char *line, size_t len)
{
	struct search s;
	struct pdx_err err;
	char *id = NULL;
	int code = 0;

	search_init(&s, c);
	s.index = index;
	c->render.written = 0;
	if (line[strspn(line, " \t")] == '{')
		code = take_object(&s, &id, line, len, &err);
	else
		buf_put(&s.text, line, len);
	c->render.id = id;
	if (!code && !buf_ok(&s.text))
		code = err_nomem(&err);
	if (code)
		code = cli_fail(c, "batch", NULL, &err);
	else
		code = search_prepare(&s);
	if (!code)
		code = search_answer(&s);
	c->render.id = NULL;
	search_release(&s);
	free(id);
	return code;
}

/* Nothing that is wrong with one query; the rest would fail alike. */
static bool is_fatal(int code)
{
	return code > EXIT_USAGE;
}

static size_t trim(char *line, ssize_t len)
{
	while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		line[--len] = '\0';
	return (size_t)len;
}

static int answer_all(struct cli *c, struct pdx *index, FILE *in)
{
	size_t cap = 0, found = 0, answered = 0, lines = 0;
	char *line = NULL;
	ssize_t got;
	int code = 0;

	while (!is_fatal(code) && !signals_caught() && !out_status(&c->out, NULL) &&
	       (got = getline(&line, &cap, in)) > 0) {
		size_t len = trim(line, got);

		if (!len)
			continue;
		lines++;
		code = answer(c, index, line, len);
		found += code == EXIT_FOUND;
		answered += code <= EXIT_NONE;
	}
	free(line);
	if (signals_caught())
		return exit_code(PDX_E_INTERRUPTED);
	if (is_fatal(code))
		return code;
	if (found)
		return EXIT_FOUND;
	return answered || !lines ? EXIT_NONE : EXIT_USAGE;
}

int search_batch(struct cli *c)
{
	const char *path = c->options.batch;
	bool standard = strcmp(path, "-") == 0;
	struct pdx *index = NULL;
	struct pdx_err err;
	FILE *in;
	int code;

	c->render.ops = renderer_find("json");
	code = shape_choose(c);
	if (code)
		return code;
	in = standard ? stdin : fopen(path, "r");
	if (!in) {
		err_set(&err, PDX_E_IO, "cannot read %s: %s", path, strerror(errno));
		return cli_fail(c, NULL, NULL, &err);
	}
	if (cli_open(&index, c, PDX_OPEN_READ, NULL, &err)) {
		code = cli_fail(c, NULL, NULL, &err);
	} else {
		/* An error is an answer too, and stands where its query's would. */
		c->render.err = &c->out;
		c->render.one_line = true;
		signals_watch(index, false);
		code = answer_all(c, index, in);
		signals_watch(NULL, false);
		c->render.err = &c->err;
	}
	if (!is_fatal(code) && ferror(in)) {
		err_set(&err, PDX_E_IO, "cannot read %s: %s", path, strerror(errno));
		code = cli_fail(c, NULL, NULL, &err);
	}
	pdx_close(index);
	if (!standard)
		fclose(in);
	return code;
}
