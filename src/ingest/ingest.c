/*
 * From inputs to committed batches, with an account of every article.  Knows what
 * intake.c finds and the sink's functions; not what a format or an index is made of.
 */
#include "ingest/ingest.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "ingest/identity.h"
#include "ingest/intake.h"
#include "ingest/siblings.h"
#include "ingest/walk.h"

#define TELL_ARTICLES 64
#define TELL_BYTES (1 << 20)

struct run {
	const struct ingest_sink *sink;
	const struct ingest_options *options;
	struct outlet outlet;
	struct ingest_counts *counts; /* committed, rejected, bytes read */
	struct ingest_counts batch;   /* what the open batch adds to them */
	bool open;
	size_t batch_text;
	size_t max_articles, max_text;

	struct siblings siblings; /* of the current input */

	uint64_t total; /* bytes of all inputs; 0: not known */
	uint64_t told_articles, told_bytes;
	struct pdx_err *err;
};

static bool stopped(const struct run *run)
{
	return run->options->stop && *run->options->stop;
}

static int interrupted(struct pdx_err *err)
{
	return err_set(err, PDX_E_INTERRUPTED, "interrupted");
}

static void tell(struct run *run, bool always)
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
static void reject(struct run *run, const struct piece *piece, const char *reason)
{
	struct read_skip skip = { piece->origin, piece->offset, piece->len, "" };

	reader_skip(&skip, "%s", reason);
	run->counts->read++;
	run->counts->rejected++;
	run->options->rejected(run->options->ctx, &skip);
}

static int batch_begin(struct run *run)
{
	int rc;

	if (run->open)
		return 0;
	rc = run->sink->begin(run->sink->ctx, run->err);
	run->open = rc == 0;
	return rc;
}

static int batch_commit(struct run *run)
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

static int number_sibling(struct run *run, struct pdx_article *a)
{
	uint32_t given = a->sibling;
	uint64_t key;

	a->sibling = 1;
	key = identity_key(a);
	if (key == 0 || !siblings_number(&a->sibling, &run->siblings, key,
					 identity_digest(a), given))
		return err_nomem(run->err);
	return 0;
}

static int put_article(struct run *run, struct pdx_article *a,
		       const struct piece *piece)
{
	enum pdx_put outcome;
	struct pdx_err why;
	int rc;

	rc = number_sibling(run, a);
	if (rc == 0)
		rc = batch_begin(run);
	if (rc < 0)
		return rc;

	rc = run->sink->put(&outcome, run->sink->ctx, a, run->options->now, &why);
	if (rc == PDX_E_INPUT) {
		reject(run, piece, why.message);
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
		return batch_commit(run);
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

	if (stopped(run))
		return interrupted(err);
	rc = put_article(run, article, piece);
	if (rc == 0)
		tell(run, false);
	return rc;
}

static int on_reject(void *ctx, const struct piece *piece, const char *reason,
		     struct pdx_err *err)
{
	struct run *run = ctx;

	if (stopped(run))
		return interrupted(err);
	reject(run, piece, reason);
	tell(run, false);
	return 0;
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
	return stopped(ctx);
}

static int walked_file(void *ctx, const char *path, uint64_t size)
{
	struct run *run = ctx;
	int rc = intake_path(&run->outlet, &run->options->intake, path, true, run->err);

	(void)size;
	tell(run, true);
	return rc;
}

static int walked_other(void *ctx, const char *path, const char *reason,
			bool unreadable)
{
	struct run *run = ctx;

	return unreadable ? intake_unreadable(&run->outlet, path, reason, run->err)
			  : intake_passed(&run->outlet, path, reason, run->err);
}

static bool is_stdin(const char *input)
{
	return strcmp(input, "-") == 0;
}

static int take_named(struct run *run, const char *input)
{
	const struct walker walker = { walked_file, walked_other, run };
	const struct intake_options *options = &run->options->intake;
	struct stat st;
	int rc;

	if (stopped(run))
		return interrupted(run->err);
	if (!is_stdin(input) && stat(input, &st) == 0 && S_ISDIR(st.st_mode))
		return walk_directory(input, &walker, run->err);
	rc = is_stdin(input)
		     ? intake_fd(&run->outlet, options, STDIN_FILENO, input, false,
				 run->err)
		     : intake_path(&run->outlet, options, input, false, run->err);
	tell(run, true);
	return rc;
}

static int add_size(void *ctx, const char *path, uint64_t size)
{
	uint64_t *total = ctx;

	(void)path;
	*total += size;
	return 0;
}

static int add_nothing(void *ctx, const char *path, const char *reason, bool unreadable)
{
	(void)ctx;
	(void)path;
	(void)reason;
	(void)unreadable;
	return 0;
}

/* Bytes of all inputs; 0 where one of them is a stream. */
static uint64_t total_size(const char *const *inputs, size_t n)
{
	uint64_t total = 0;
	const struct walker walker = { add_size, add_nothing, &total };

	for (size_t i = 0; i < n; i++) {
		struct stat st;

		if (is_stdin(inputs[i]))
			return 0;
		if (stat(inputs[i], &st) < 0)
			continue;
		if (S_ISDIR(st.st_mode))
			walk_directory(inputs[i], &walker, NULL);
		else if (S_ISREG(st.st_mode))
			total += (uint64_t)st.st_size;
		else
			return 0;
	}
	return total;
}

int ingest_into(struct ingest_counts *counts, const struct ingest_sink *sink,
		const char *const *inputs, size_t n,
		const struct ingest_options *options, struct pdx_err *err)
{
	struct run run = {
		.sink = sink,
		.options = options,
		.counts = counts,
		.max_articles = options->batch_articles ? options->batch_articles
							: INGEST_BATCH_ARTICLES,
		.max_text = options->batch_bytes ? options->batch_bytes
						 : INGEST_BATCH_BYTES,
		.err = err,
	};
	int rc = 0;

	*counts = (struct ingest_counts){ 0 };
	run.outlet = (struct outlet){
		.begin = on_begin,
		.article = on_article,
		.reject = on_reject,
		.warn = on_warn,
		.bytes = on_bytes,
		.known = sink->known ? on_known : NULL,
		.stopped = on_stopped,
		.stop_fd = options->stop_fd,
		.ctx = &run,
	};
	if (options->progress)
		run.total = total_size(inputs, n);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_named(&run, inputs[i]);
	if (rc == 0)
		rc = batch_commit(&run);
	batch_rollback(&run);
	tell(&run, true);

	siblings_release(&run.siblings);
	return rc;
}
