/*
 * Batches, and an account of every article.  Knows what intake.c finds and the sink's
 * functions; not where inputs are, nor what a format or an index is made of.
 */
/* glibc counts realpath() to X/Open alone. */
#define _XOPEN_SOURCE 700

#include "ingest/run.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "ingest/identity.h"

#define TELL_ARTICLES 64
#define TELL_BYTES (1 << 20)

bool run_stopped(const struct run *run)
{
	return run->options->stop && *run->options->stop;
}

int run_interrupted(struct pdx_err *err)
{
	return err_set(err, PDX_E_INTERRUPTED, "interrupted");
}

void run_tell(struct run *run, bool always)
{
	struct ingest_counts sum = *run->counts;

	sum.read += run->batch.read;
	sum.added += run->batch.added;
	sum.updated += run->batch.updated;
	sum.unchanged += run->batch.unchanged;
	if (!run->options->progress ||
	    (!always && sum.read - run->told_articles < TELL_ARTICLES &&
	     sum.bytes - run->told_bytes < TELL_BYTES))
		return;
	run->told_articles = sum.read;
	run->told_bytes = sum.bytes;
	run->options->progress(run->options->ctx, &sum, run->total);
}

/* Rejects belong to no batch: they stand whatever becomes of it. */
void run_reject(struct run *run, const struct piece *piece, const char *reason)
{
	struct read_skip skip = { piece->origin, piece->offset, piece->len, "" };

	reader_skip(&skip, "%s", reason);
	run->counts->read++;
	run->counts->rejected++;
	run->options->rejected(run->options->ctx, &skip);
}

int run_begin(struct run *run)
{
	int rc;

	if (run->open)
		return 0;
	rc = run->sink->begin(run->sink->ctx, run->err);
	run->open = rc == 0;
	return rc;
}

int run_commit(struct run *run)
{
	struct ingest_counts *all = run->counts;
	int rc;

	if (!run->open)
		return 0;
	rc = run->sink->commit(run->sink->ctx, run->err);
	if (rc < 0)
		return rc;
	all->read += run->batch.read;
	all->added += run->batch.added;
	all->updated += run->batch.updated;
	all->unchanged += run->batch.unchanged;
	run->batch = (struct ingest_counts){ 0 };
	run->batch_text = 0;
	run->open = false;
	return 0;
}

static void batch_rollback(struct run *run)
{
	if (run->open)
		run->sink->rollback(run->sink->ctx);
	run->batch = (struct ingest_counts){ 0 };
	run->open = false;
}

static void batch_count(struct run *run, enum pdx_put outcome)
{
	run->batch.read++;
	run->batch.added += outcome == PDX_ADDED;
	run->batch.updated += outcome == PDX_UPDATED;
	run->batch.unchanged += outcome == PDX_UNCHANGED;
}

static size_t text_size(const struct pdx_article *a)
{
	size_t n = strlen(a->title) + strlen(a->body);

	n += a->summary ? strlen(a->summary) : 0;
	for (size_t i = 0; i < a->ntakes; i++)
		n += strlen(a->takes[i].text);
	return n;
}

/* Number ${a} among its siblings; *ahead is what is known of it then. */
static int number_sibling(struct ahead *ahead, struct run *run, struct pdx_article *a,
			  const struct ahead *known)
{
	uint32_t given = a->sibling;

	a->sibling = 1;
	if (known)
		*ahead = *known;
	else
		*ahead = (struct ahead){ identity_key(a), identity_digest(a), NULL };
	if (ahead->key == 0 || !siblings_number(&a->sibling, &run->siblings, ahead->key,
						ahead->digest, given))
		return err_nomem(run->err);
	if (a->sibling > 1)
		ahead->key = identity_key(a);
	return ahead->key ? 0 : err_nomem(run->err);
}

static int put_article(struct run *run, struct pdx_article *a,
		       const struct piece *piece)
{
	enum pdx_put outcome;
	struct ahead ahead;
	struct pdx_err why;
	int rc;

	rc = number_sibling(&ahead, run, a, piece->ahead);
	if (rc == 0)
		rc = run_begin(run);
	if (rc < 0)
		return rc;

	rc = run->sink->put(&outcome, run->sink->ctx, a, &ahead, run->options->now,
			    &why);
	if (rc == PDX_E_INPUT) {
		run_reject(run, piece, why.message);
		return 0;
	}
	if (rc < 0) {
		if (run->err)
			*run->err = why;
		return rc;
	}
	batch_count(run, outcome);
	if (run->options->put)
		run->options->put(run->options->ctx, a, outcome);
	run->batch_text += text_size(a);
	if (run->batch.read >= run->max_articles || run->batch_text >= run->max_text)
		return run_commit(run);
	return 0;
}

/* ---- what comes out of the inputs ------------------------------------------ */

static int on_begin(void *ctx, struct pdx_err *err)
{
	struct run *run = ctx;

	(void)err;
	siblings_reset(&run->siblings);
	return 0;
}

static int on_article(void *ctx, struct pdx_article *article, const struct piece *piece,
		      struct pdx_err *err)
{
	struct run *run = ctx;
	int rc;

	if (run_stopped(run))
		return run_interrupted(err);
	rc = put_article(run, article, piece);
	if (rc == 0)
		run_tell(run, false);
	return rc;
}

/* Into the quarantine, with the batch that is open. */
static int keep(struct run *run, const struct piece *piece, const char *reason,
		struct pdx_err *err)
{
	const struct pdx_rejected kept = {
		.path = run->path,
		.name = piece->name,
		.input = piece->input,
		.origin = piece->origin,
		.url = piece->url,
		.type = piece->type,
		.offset = piece->offset,
		.len = piece->len,
		.reason = reason,
		.time = run->options->now,
		.bytes = piece->bytes,
		.nbytes = piece->nbytes,
		.whole = piece->whole,
	};
	int rc = run_begin(run);

	if (rc == 0)
		rc = run->sink->quarantine(&run->rejected, run->sink->ctx, &kept, err);
	run->batch_text += piece->nbytes;
	if (rc == 0 && run->batch_text >= run->max_text)
		rc = run_commit(run);
	return rc;
}

static int on_reject(void *ctx, const struct piece *piece, const char *reason,
		     struct pdx_err *err)
{
	struct run *run = ctx;

	if (run_stopped(run))
		return run_interrupted(err);
	run_reject(run, piece, reason);
	run_tell(run, false);
	return run->sink->quarantine ? keep(run, piece, reason, err) : 0;
}

static void on_warn(void *ctx, const char *origin, const char *message)
{
	const struct run *run = ctx;

	if (run->options->warned)
		run->options->warned(run->options->ctx, origin, message);
}

static void on_bytes(void *ctx, size_t n)
{
	struct run *run = ctx;

	run->counts->bytes += n;
}

static bool on_known(void *ctx, const char *field, const char *text, size_t len)
{
	const struct run *run = ctx;

	return run->sink->known(run->sink->ctx, field, text, len);
}

static bool on_stopped(void *ctx)
{
	return run_stopped(ctx);
}

void run_set_path(struct run *run, const char *path)
{
	free(run->path);
	run->path = path ? realpath(path, NULL) : NULL;
}

void run_init(struct run *run, struct ingest_counts *counts,
	      const struct ingest_sink *sink, const struct ingest_options *options,
	      struct pdx_err *err)
{
	*counts = (struct ingest_counts){ 0 };
	*run = (struct run){
		.sink = sink,
		.options = options,
		.counts = counts,
		.max_articles = options->batch_articles ? options->batch_articles
							: INGEST_BATCH_ARTICLES,
		.max_text = options->batch_bytes ? options->batch_bytes
						 : INGEST_BATCH_BYTES,
		.err = err,
	};
	run->outlet = (struct outlet){
		.begin = on_begin,
		.article = on_article,
		.reject = on_reject,
		.warn = on_warn,
		.bytes = on_bytes,
		.known = sink->known ? on_known : NULL,
		.stopped = on_stopped,
		.stop_fd = options->stop_fd,
		.ctx = run,
	};
}

int run_end(struct run *run, int status)
{
	if (status == 0)
		status = run_commit(run);
	batch_rollback(run);
	run_tell(run, true);
	siblings_release(&run->siblings);
	run_set_path(run, NULL);
	return status;
}
