/*
 * Where a report goes and in which format: by the name of the file, or to standard
 * output by --format.
 */
#include <string.h>

#include "base/err.h"
#include "cli/outfile.h"
#include "cli/report.h"
#include "render/csv.h"
#include "render/record.h"

#define KEY_FILE "report.csv"         /* what a directory of ours has */
#define TEXT_MARK "Made by paneldex " /* what a page, Markdown and text end with */
#define JSON_MARK "paneldex.report/1"

/* What the ending of a name says. */
static const struct target {
	const char *ending, *format;
	const char *mark; /* that tells a file of ours from others */
	bool is_directory;
} targets[] = {
	{ ".html", "html", TEXT_MARK, false }, { ".htm", "html", TEXT_MARK, false },
	{ ".md", "md", TEXT_MARK, false },     { ".txt", "text", TEXT_MARK, false },
	{ ".json", "json", JSON_MARK, false }, { ".jsonl", "jsonl", JSON_MARK, false },
	{ ".csv", "csv", JSON_MARK, true },    { NULL, NULL, NULL, false },
};

/* PDX_E_USAGE where the name says nothing, or something else than --format. */
static int find_target(const struct target **out, const struct options *o,
		       struct pdx_err *err)
{
	const struct target *t = targets;
	size_t len = strlen(o->output), n;

	for (; t->ending; t++) {
		n = strlen(t->ending);
		if (len > n && strcmp(o->output + len - n, t->ending) == 0)
			break;
	}
	*out = t;
	if (!t->ending)
		return err_set(
			err, PDX_E_USAGE,
			"%s: its name says no format; it may end with .html, .md, "
			".txt, .json, .jsonl, or .csv for a directory of tables",
			o->output);
	if (o->format_given && strcmp(t->format, o->format->name) != 0)
		return err_set(err, PDX_E_USAGE, "%s is no name for format %s",
			       o->output, o->format->name);
	if (o->text_option && !renderer_find(t->format)->is_text)
		return err_set(err, PDX_E_USAGE, "--%s has no effect on format %s",
			       o->text_option, t->format);
	return PDX_OK;
}

static void describe(struct render_report *out, const struct report *r)
{
	const struct options *o = &r->cli->options;
	const char *text = pdx_query_text(r->search.query);

	*out = (struct render_report){
		.title = o->title ? o->title
			 : *text  ? text
				  : "All articles",
		.command = buf_str(&r->command),
		.now = o->now,
		.search = &r->found,
		.sections = r->sections,
		.nsections = r->nsections,
	};
}

/* What only became known while it was shown. */
static int check_shown(const struct report *r, struct pdx_err *err)
{
	if (!buf_ok(&r->command))
		return err_nomem(err);
	if (r->late.status && err)
		*err = r->late;
	return r->late.status;
}

static int write_file(struct report *r, const struct target *t, struct pdx_err *err)
{
	struct render render = r->cli->render;
	struct render_report report;
	struct outfile f;
	int rc = outfile_begin(&f, r->cli->options.output, t->mark,
			       r->cli->options.force, err);

	if (rc)
		return rc;
	render.out = &f.out;
	render.ops = renderer_find(t->format);
	render.color = r->cli->options.color == WHEN_ALWAYS;
	describe(&report, r);
	render_record(&render, &record_full_report, &report);
	rc = check_shown(r, err);
	if (!rc)
		return outfile_commit(&f, err);
	outfile_abort(&f);
	return rc;
}

/* "facets-2.csv": each table in a file of its own. */
static void table_name(struct buf *out, const struct tables *t, size_t i)
{
	size_t n = 1;

	for (size_t j = 0; j < i; j++)
		n += strcmp(t->v[j].name, t->v[i].name) == 0;
	buf_reset(out);
	buf_puts(out, t->v[i].name);
	if (n > 1)
		buf_printf(out, "-%zu", n);
	buf_puts(out, ".csv");
}

static int write_tables(struct outdir *d, const struct tables *t, struct pdx_err *err)
{
	struct buf name;
	int rc = PDX_OK;

	buf_init(&name, 0);
	for (size_t i = 0; i < t->n && !rc; i++) {
		if (t->v[i].ncolumns == 0)
			continue; /* nothing was put into it */
		table_name(&name, t, i);
		rc = buf_ok(&name) ? outdir_open(d, buf_str(&name), err)
				   : err_nomem(err);
		if (rc)
			break;
		csv_table(&d->out, &t->v[i]);
		rc = outdir_close(d, err);
	}
	buf_release(&name);
	return rc;
}

static int write_directory(struct report *r, const struct target *target,
			   struct pdx_err *err)
{
	struct tables t = { .v = NULL };
	struct render_report report;
	struct outdir d;
	int rc = outdir_begin(&d, r->cli->options.output, KEY_FILE, target->mark,
			      target->ending, r->cli->options.force, err);

	if (rc)
		return rc;
	describe(&report, r);
	record_full_report.tables(&t, &report);
	rc = check_shown(r, err);
	if (!rc && !tables_ok(&t))
		rc = err_nomem(err);
	if (!rc)
		rc = write_tables(&d, &t, err);
	tables_release(&t);
	if (!rc)
		return outdir_commit(&d, err);
	outdir_abort(&d);
	return rc;
}

/* Standard output is the command's own: what cannot be shown is said at its end. */
static int write_stdout(struct report *r, struct pdx_err *err)
{
	struct render_report report;

	describe(&report, r);
	render_record(&r->cli->render, &record_full_report, &report);
	return check_shown(r, err);
}

int report_write(struct report *r)
{
	const struct options *o = &r->cli->options;
	const struct target *target;
	struct pdx_err err;
	int rc;

	if (!o->output || strcmp(o->output, "-") == 0) {
		rc = write_stdout(r, &err);
	} else {
		rc = find_target(&target, o, &err);
		if (!rc)
			rc = target->is_directory ? write_directory(r, target, &err)
						  : write_file(r, target, &err);
	}
	if (rc)
		return cli_fail(r->cli, rc == PDX_E_USAGE ? "report" : NULL, NULL,
				&err);
	return r->found.total ? EXIT_FOUND : EXIT_NONE;
}
