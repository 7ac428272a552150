/*
 * Where an export goes and in which format: by the name of the file and by --format.
 * Knows files and streams; what the articles look like is the renderers' and the
 * library's.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "cli/export.h"
#include "cli/outfile.h"
#include "cli/shape.h"
#include "cli/signals.h"
#include "render/record.h"

#define TABLES OPTION_TABLES_FORMAT

/* What the ending of a name says. */
static const struct target {
	const char *ending, *format;
	const char *mark; /* that tells a file of ours from others; NULL: nothing */
} targets[] = {
	{ ".jsonl", "jsonl", "paneldex.article/1" },
	{ ".csv", "csv", NULL },
	{ ".tsv", "tsv", NULL },
	{ ".md", "md", NULL },
	{ ".db", TABLES, NULL },
	{ ".sqlite", TABLES, NULL },
	{ ".sqlite3", TABLES, NULL },
	{ NULL, NULL, NULL },
};

static bool goes_to_file(const struct options *o)
{
	return o->output && strcmp(o->output, "-") != 0;
}

/* The row of the table that has no ending where the name says nothing. */
static const struct target *find_target(const struct options *o)
{
	size_t len = goes_to_file(o) ? strlen(o->output) : 0, n;
	const struct target *t = targets;

	for (; t->ending; t++) {
		n = strlen(t->ending);
		if (len > n && strcmp(o->output + len - n, t->ending) == 0)
			break;
	}
	return t;
}

/* Let the name of the file speak where --format did not. */
static int choose_by_name(struct options *o, struct pdx_err *err)
{
	const char *named = find_target(o)->format;
	const char *given = o->tables	      ? TABLES
			    : o->format_given ? o->format->name
					      : NULL;

	if (given && named && strcmp(given, named) != 0)
		return err_set(err, PDX_E_USAGE, "%s is no name for format %s",
			       o->output, given);
	if (goes_to_file(o) && !given && !named && !o->line)
		return err_set(err, PDX_E_USAGE,
			       "%s: its name says no format; it may end with .jsonl, "
			       ".csv, .tsv, .md, .db, .sqlite or .sqlite3, or "
			       "--format says it",
			       o->output);
	if (given || !named)
		return PDX_OK;
	o->tables = strcmp(named, TABLES) == 0;
	if (!o->tables && !o->line) {
		o->format = renderer_find(named);
		o->format_given = true;
	}
	return PDX_OK;
}

/* Tables are a file of their own, and always all of it. */
static int check_tables(const struct options *o, struct pdx_err *err)
{
	const char *other = o->fields ? "fields" : o->line ? "template" : NULL;

	if (other)
		return err_set(err, PDX_E_USAGE, "--%s has no effect on format %s",
			       other, TABLES);
	if (!goes_to_file(o))
		return err_set(err, PDX_E_USAGE,
			       "format %s is a file: --output FILE says which", TABLES);
	return PDX_OK;
}

/* An index that is replaced by what is read from it is lost, and so is what the user
 * meant by a pipe that SQLite cannot write to. */
static int check_place(const struct cli *c, struct pdx_err *err)
{
	const struct options *o = &c->options;
	struct stat place, index;
	struct buf path, from;
	int rc;

	if (!goes_to_file(o) || stat(o->output, &place) != 0)
		return PDX_OK;
	if (o->tables && !S_ISREG(place.st_mode) && !S_ISDIR(place.st_mode))
		return err_set(err, PDX_E_USAGE,
			       "%s is no regular file, and format %s needs one",
			       o->output, TABLES);
	buf_init(&path, 0);
	buf_init(&from, 0);
	rc = cli_index_path(&path, &from, c, err);
	if (!rc && stat(buf_str(&path), &index) == 0 && index.st_dev == place.st_dev &&
	    index.st_ino == place.st_ino)
		rc = err_set(err, PDX_E_USAGE, "%s is the index itself", o->output);
	buf_release(&path);
	buf_release(&from);
	return rc;
}

/* JSON Lines, and nothing that would lose a part of an article: unless it is parts that
 * are asked for. */
static int check_format(struct cli *c, struct pdx_err *err)
{
	const struct options *o = &c->options;
	const struct renderer *jsonl = renderer_find("jsonl");

	if (!o->line)
		c->render.ops = o->format_given ? o->format : jsonl;
	if (o->line || c->render.ops == jsonl || (o->fields && !o->format->one_document))
		return PDX_OK;
	return err_set(err, PDX_E_USAGE,
		       "format %s cannot be ingested again with all that an article "
		       "has; export writes jsonl",
		       o->format->name);
}

int export_choose(struct cli *c)
{
	struct pdx_err err;
	int rc = choose_by_name(&c->options, &err);

	if (!rc)
		rc = c->options.tables ? check_tables(&c->options, &err)
				       : check_format(c, &err);
	if (!rc)
		rc = check_place(c, &err);
	if (rc)
		return cli_fail(c, c->command->name, NULL, &err);
	return c->options.tables ? 0 : shape_choose(c);
}

/* Where articles go: to a renderer, or to tables. */
struct destination {
	struct render *render;
	struct pdx_tables *tables;
};

static int put_article(struct destination *to, const struct pdx_article *article,
		       struct pdx_err *err)
{
	struct render *r = to->render;
	bool parts = r->fields || r->line;

	if (to->tables)
		return pdx_tables_put(to->tables, article, err);
	render_record(r, parts ? &record_article : &record_export, article);
	return PDX_OK;
}

static int put_articles(struct destination *to, struct search *s,
			const struct export_place *places, size_t n,
			struct pdx_err *err)
{
	int rc = PDX_OK;

	/* What a stream did not take is said where it is closed. */
	for (size_t i = 0; i < n && !rc && !out_status(to->render->out, NULL); i++) {
		const struct pdx_hit *hit;

		rc = pdx_result_hit(&hit, s->result, places[i].hit, err);
		if (!rc && signals_caught())
			rc = err_set(err, PDX_E_INTERRUPTED, "interrupted");
		if (!rc)
			rc = put_article(to, hit->article, err);
		else if (rc == PDX_E_NOT_FOUND) /* gone since it was found */
			rc = PDX_OK;
	}
	return rc;
}

struct marking {
	struct pdx_tables *tables;
	int rc;
	struct pdx_err *err;
};

static void put_bookmark(void *ctx, const struct pdx_bookmark *bookmark)
{
	struct marking *m = ctx;

	if (!m->rc)
		m->rc = pdx_tables_bookmark(m->tables, bookmark, m->err);
}

static int fill_tables(struct destination *to, struct search *s,
		       const struct export_place *places, size_t n, struct pdx_err *err)
{
	struct marking m = { .tables = to->tables, .err = err };
	int rc = put_articles(to, s, places, n, err);

	if (!rc)
		rc = pdx_bookmarks(s->index, put_bookmark, &m, err);
	return rc ? rc : m.rc;
}

static int write_tables(struct outfile *f, struct search *s,
			const struct export_place *places, size_t n,
			struct pdx_err *err)
{
	struct destination to = { .render = &s->cli->render };
	int rc = pdx_tables_new(&to.tables, buf_str(&f->temporary), err);

	if (!rc)
		rc = fill_tables(&to, s, places, n, err);
	if (!rc)
		return pdx_tables_finish(to.tables, err);
	pdx_tables_free(to.tables);
	return rc;
}

static int write_records(struct outfile *f, struct search *s,
			 const struct export_place *places, size_t n,
			 struct pdx_err *err)
{
	struct render render = s->cli->render;
	struct destination to = { .render = &render };

	render.out = &f->out;
	return put_articles(&to, s, places, n, err);
}

static int write_file(struct search *s, const struct export_place *places, size_t n,
		      struct pdx_err *err)
{
	const struct options *o = &s->cli->options;
	bool ours = o->tables && outfile_has(o->output, PDX_TABLES_MARK_AT,
					     PDX_TABLES_MARK);
	struct outfile f;
	int rc = outfile_begin(&f, o->output, find_target(o)->mark, ours || o->force,
			       err);

	if (rc)
		return rc;
	rc = (o->tables ? write_tables : write_records)(&f, s, places, n, err);
	if (!rc)
		return outfile_commit(&f, err);
	outfile_abort(&f);
	return rc == PDX_E_IO ? err_set(err, rc, "%s: %s", o->output, err->message)
			      : rc;
}

int export_write(struct search *s, const struct export_place *places, size_t n,
		 struct pdx_err *err)
{
	struct destination to = { .render = &s->cli->render };

	return goes_to_file(&s->cli->options) ? write_file(s, places, n, err)
					      : put_articles(&to, s, places, n, err);
}
