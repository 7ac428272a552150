/*
 * paneldex ingest: inputs to articles in the index, with an account of all of them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "cli/signals.h"
#include "ingest/identity.h"
#include "ingest/ingest.h"
#include "render/progress.h"
#include "render/record.h"

/* The summary lists so many; a wrong file of a million lines is not all worth it. */
#define REJECTS_LISTED 10000

struct ingest {
	struct cli *cli;
	struct progress progress;
	struct arena arena;
	struct render_reject *rejects; /* in ${arena}, but the array in the heap */
	size_t nrejects, cap;
	bool left_out; /* there are more */
	bool failed;   /* memory was out while a reject was recorded */
};

static void record_reject(struct ingest *in, const struct render_reject *reject)
{
	struct render_reject copy = *reject;

	if (in->nrejects >= REJECTS_LISTED) {
		in->left_out = true;
		return;
	}
	copy.origin = arena_strdup(&in->arena, reject->origin);
	copy.reason = arena_strdup(&in->arena, reject->reason);
	if (!copy.origin || !copy.reason ||
	    !mem_grow(&in->rejects, &in->cap, in->nrejects + 1, sizeof(copy)))
		in->failed = true;
	else
		in->rejects[in->nrejects++] = copy;
}

/* Formats of one document have no room for what comes piece by piece. */
static bool shows_articles(const struct ingest *in)
{
	const struct options *o = &in->cli->options;

	return o->dry_run && !o->quiet &&
	       (o->format->is_text || strcmp(o->format->name, "jsonl") == 0);
}

static void show_rejected(struct ingest *in, const struct render_reject *reject)
{
	const struct render_taken taken = {
		.outcome = "rejected",
		.date = PDX_NO_DATE,
		.origin = reject->origin,
		.offset = reject->offset,
		.reason = reject->reason,
	};

	render_record(&in->cli->render, &record_taken, &taken);
}

static void on_rejected(void *ctx, const struct read_skip *skip)
{
	struct ingest *in = ctx;
	struct render *r = &in->cli->render;
	struct render_reject reject = {
		.origin = skip->origin,
		.offset = skip->offset,
		.reason = skip->reason,
	};

	progress_clear(&in->progress);
	r->ops->reject(r, &reject);
	if (shows_articles(in) && !in->cli->options.format->is_text)
		show_rejected(in, &reject);
	record_reject(in, &reject);
}

static void on_warned(void *ctx, const char *origin, const char *message)
{
	struct ingest *in = ctx;
	struct render *r = &in->cli->render;

	if (in->cli->options.quiet)
		return;
	progress_clear(&in->progress);
	r->ops->remark(r, origin, message);
}

static void on_progress(void *ctx, const struct ingest_counts *counts, uint64_t total)
{
	struct ingest *in = ctx;

	progress_update(&in->progress, counts->read, counts->bytes, total);
}

static void on_put(void *ctx, const struct pdx_article *article, enum pdx_put outcome)
{
	static const char *const outcomes[] = { [PDX_ADDED] = "added",
						[PDX_UPDATED] = "updated",
						[PDX_UNCHANGED] = "unchanged" };
	struct ingest *in = ctx;
	char id[PDX_ID_SIZE];
	const struct render_taken taken = {
		.outcome = outcomes[outcome],
		.id = id,
		.title = article->title,
		.date = article->date,
		.origin = article->origin,
	};

	identity_id(id, identity_key(article));
	progress_clear(&in->progress);
	render_record(&in->cli->render, &record_taken, &taken);
}

static int run(struct ingest_counts *counts, struct ingest *in, struct pdx *index,
	       struct pdx_err *err)
{
	const struct options *o = &in->cli->options;
	struct ingest_options options = {
		.intake = {
			.source = o->source,
			.map = &o->map,
			.defaults = {
				.companies = o->companies.v,
				.ncompanies = o->companies.n,
				.categories = o->categories.v,
				.ncategories = o->categories.n,
				.persona = o->personas.n ? o->personas.v[0] : NULL,
				.has_date = o->date != PDX_NO_DATE,
				.date = o->date,
			},
			.limits = o->limits,
		},
		.now = o->now,
		.jobs = o->jobs,
		.stop = signals_stop(),
		.stop_fd = signals_stop_fd(),
		.rejected = on_rejected,
		.put = shows_articles(in) ? on_put : NULL,
		.warned = on_warned,
		.progress = on_progress,
		.ctx = in,
	};
	int rc;

	signals_watch(index, true);
	if (o->watch)
		rc = ingest_watch(counts, index, o->watch, &options, err);
	else if (o->retry_quarantine)
		rc = ingest_retry(counts, index, &options, err);
	else
		rc = (o->dry_run ? ingest_try : ingest_run)(counts, index, o->words.v,
							    o->words.n, &options, err);
	signals_watch(NULL, true);
	progress_clear(&in->progress);
	if (!rc && in->failed)
		rc = err_nomem(err);
	return rc;
}

static void show_summary(struct ingest *in, const struct ingest_counts *counts)
{
	struct render *r = &in->cli->render;
	const struct options *o = &in->cli->options;
	struct render_ingest summary = {
		.dry_run = o->dry_run,
		.read = counts->read,
		.added = counts->added,
		.updated = counts->updated,
		.unchanged = counts->unchanged,
		.rejected = counts->rejected,
		.bytes = counts->bytes,
		.seconds = progress_seconds(&in->progress),
		.rejects = in->rejects,
		.nrejects = in->nrejects,
	};

	if (o->quiet && o->format->is_text)
		return;
	render_record(r, &record_ingest, &summary);
	if (in->left_out && !o->format->is_text)
		r->ops->remark(r, "ingest", "more was rejected than is listed");
}

/* A dry run has the index that is there, if there is one, and makes none. */
static int open_index(struct pdx **index, struct cli *c, struct pdx_err *err)
{
	bool there;
	int rc;

	if (c->options.retry_quarantine)
		return cli_open(index, c, PDX_OPEN_WRITE, c->options.language, err);
	if (!c->options.dry_run)
		return cli_open(index, c, PDX_OPEN_WRITE | PDX_OPEN_CREATE,
				c->options.language, err);
	rc = cli_has_index(&there, c, err);
	return rc || !there ? rc : cli_open(index, c, PDX_OPEN_READ, NULL, err);
}

int cmd_ingest(struct cli *c)
{
	struct ingest in = { .cli = c };
	struct ingest_counts counts = { 0 };
	struct pdx *index = NULL;
	struct pdx_err err;
	int rc, code;

	if (c->options.list_quarantine)
		return quarantine_list(c);
	if (c->options.drop_quarantine)
		return quarantine_drop(c);
	if (c->options.words.n == 0 && !c->options.retry_quarantine &&
	    !c->options.watch) {
		err_set(&err, PDX_E_USAGE,
			"nothing to read; name files, directories, or - for standard "
			"input");
		return cli_fail(c, c->command->name, NULL, &err);
	}
	rc = open_index(&index, c, &err);
	if (rc)
		return cli_fail(c, rc == PDX_E_USAGE ? c->command->name : NULL, NULL,
				&err);

	progress_init(&in.progress, &c->err,
		      !c->options.quiet && c->options.format->is_text);
	rc = run(&counts, &in, index, &err);
	show_summary(&in, &counts);
	code = counts.rejected ? EXIT_REJECTED : EXIT_FOUND;
	if (rc)
		code = cli_fail(c, NULL, NULL, &err);
	pdx_close(index);
	free(in.rejects);
	arena_release(&in.arena);
	return code;
}
