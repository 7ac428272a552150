/*
 * paneldex report: a query's numbers and best articles in one document, for readers who
 * do not use the shell.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "cli/report.h"
#include "cli/signals.h"

#define LINE_MAX_BYTES 4096

/* A list of sections has neither of these in it, and the name of a file has. */
static bool is_file(const char *value)
{
	return strpbrk(value, "./") != NULL;
}

/* Returns an exit code: ${line} number ${number} of the template ${path} is at fault.
 */
static int bad_line(struct report *r, const char *path, size_t number, const char *line,
		    const struct pdx_err *err)
{
	struct buf place;
	int code;

	buf_init(&place, 0);
	buf_printf(&place, "%s:%zu", path, number);
	code = cli_fail(r->cli, buf_str(&place), line, err);
	buf_release(&place);
	return code;
}

/* Lines of ${f}, which is ${path}; on failure the exit code, else 0. */
static int read_lines(struct report *r, FILE *f, const char *path)
{
	char line[LINE_MAX_BYTES];
	struct pdx_err err;
	int rc = PDX_OK;

	for (size_t number = 1; fgets(line, sizeof(line), f); number++) {
		size_t len = strcspn(line, "\n");

		if (!line[len] && !feof(f))
			rc = err_set(&err, PDX_E_USAGE, "longer than %d bytes",
				     LINE_MAX_BYTES);
		line[len] = '\0';
		if (!rc)
			rc = template_add_line(&r->template, line, &err);
		if (rc)
			return bad_line(r, path, number, line, &err);
	}
	if (ferror(f)) {
		err_set(&err, PDX_E_IO, "%s: %s", path, strerror(errno));
		return cli_fail(r->cli, NULL, NULL, &err);
	}
	if (r->template.n == 0) {
		err_set(&err, PDX_E_USAGE, "%s: no section is in it", path);
		return cli_fail(r->cli, NULL, NULL, &err);
	}
	return 0;
}

static int read_file(struct report *r, const char *path)
{
	FILE *f = fopen(path, "r");
	struct pdx_err err;
	int code;

	if (!f) {
		err_set(&err, PDX_E_IO, "%s: %s", path, strerror(errno));
		return cli_fail(r->cli, NULL, NULL, &err);
	}
	code = read_lines(r, f, path);
	fclose(f);
	return code;
}

int report_read_template(struct report *r)
{
	const char *value = r->cli->options.template;
	struct pdx_err err;

	if (!value) {
		template_default(&r->template);
		return 0;
	}
	if (is_file(value))
		return read_file(r, value);
	if (template_add_list(&r->template, value, &err))
		return cli_fail(r->cli, "--template", value, &err);
	return 0;
}

/* ${s} as one word of a shell. */
static void put_word(struct buf *out, const char *s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789_./:=,+-";

	buf_putc(out, ' ');
	if (*s && s[strspn(s, plain)] == '\0') {
		buf_puts(out, s);
		return;
	}
	buf_putc(out, '\'');
	for (; *s; s++) {
		if (*s == '\'')
			buf_puts(out, "'\\'");
		buf_putc(out, *s);
	}
	buf_putc(out, '\'');
}

static void put_option(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " --%s", name);
	put_word(out, value);
}

static void put_options(struct buf *out, const char *name, const struct words *values)
{
	for (size_t i = 0; i < values->n; i++)
		put_option(out, name, values->v[i]);
}

/* What is said again is what is in the report: where it goes is not. */
static void put_command(struct buf *out, const struct report *r)
{
	const struct options *o = &r->cli->options;
	char now[DATE_TIME_TEXT];

	buf_puts(out, "paneldex report");
	if (o->title)
		put_option(out, "title", o->title);
	if (o->template)
		put_option(out, "template", o->template);
	put_options(out, "since", &o->since);
	put_options(out, "until", &o->until);
	put_options(out, "company", &o->companies);
	put_options(out, "category", &o->categories);
	put_options(out, "persona", &o->personas);
	if (o->match == MATCH_ANY)
		put_option(out, "match", "any");
	if (o->profile)
		put_option(out, "profile", o->profile);
	buf_puts(out, o->strict ? " --strict" : "");
	put_option(out, "now", date_time_format(now, o->now));
	if (r->search.text.len) {
		buf_puts(out, *buf_str(&r->search.text) == '-' ? " --" : "");
		put_word(out, buf_str(&r->search.text));
	}
}

static int make(struct report *r)
{
	int code = report_read_template(r);

	if (!code)
		code = search_find_profile(r->cli);
	search_join_words(&r->search, 0);
	if (!code)
		code = search_prepare(&r->search);
	put_command(&r->command, r);
	if (!code)
		code = search_open(&r->search);
	if (code)
		return code;
	signals_watch(r->search.index, false);
	code = report_compose(r);
	if (!code)
		code = report_write(r);
	signals_watch(NULL, false);
	return code;
}

int cmd_report(struct cli *c)
{
	struct report r = { .cli = c };
	int code;

	search_init(&r.search, c);
	buf_init(&r.command, 0);
	code = make(&r);
	for (size_t i = 0; i < r.nresults; i++)
		pdx_result_free(r.results[i]);
	pdx_query_free(r.everything);
	buf_release(&r.command);
	arena_release(&r.arena);
	search_close(&r.search);
	return code;
}
