/*
 * From inputs to committed batches, with an account of every article.  Knows readers
 * and the sink's functions; not what a format or an index is made of.
 */
#include "ingest/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/clean.h"
#include "ingest/identity.h"
#include "ingest/siblings.h"
#include "ingest/walk.h"

#define TELL_ARTICLES 64
#define TELL_BYTES (1 << 20)

struct run {
	const struct ingest_sink *sink;
	const struct ingest_options *options;
	struct ingest_counts *counts; /* committed, rejected, bytes read */
	struct ingest_counts batch;   /* what the open batch adds to them */
	bool open;
	size_t batch_text;
	size_t max_articles, max_text;

	struct siblings siblings; /* of the current input */
	struct arena names;
	struct buf scratch;

	uint64_t total; /* bytes of all inputs; 0: not known */
	uint64_t told_articles, told_bytes;
	struct pdx_err *err;
};

static bool stopped(const struct run *run)
{
	return run->options->stop && *run->options->stop;
}

static int interrupted(struct run *run)
{
	return err_set(run->err, PDX_E_INTERRUPTED, "interrupted");
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

static void warn(void *ctx, const char *origin, const char *message)
{
	const struct run *run = ctx;

	if (run->options->warned)
		run->options->warned(run->options->ctx, origin, message);
}

/* Rejects belong to no batch: they stand whatever becomes of it. */
static void reject(struct run *run, const struct read_skip *skip)
{
	run->counts->read++;
	run->counts->rejected++;
	run->options->rejected(run->options->ctx, skip);
}

static void reject_whole(struct run *run, const char *origin, const char *problem,
			 const char *reason)
{
	struct read_skip skip = { .origin = origin };

	reader_skip(&skip, "%s%s", problem, reason);
	reject(run, &skip);
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

static int take_article(struct run *run, struct pdx_article *a)
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
		reject_whole(run, a->origin, "", why.message);
		return 0;
	}
	if (rc < 0) {
		if (run->err)
			*run->err = why;
		return rc;
	}
	batch_count(run, outcome);
	run->batch_text += text_size(a);
	if (run->batch.read >= run->max_articles || run->batch_text >= run->max_text)
		return batch_commit(run);
	return 0;
}

/* An input that fails while it is read costs what is left of it. */
static int input_failed(struct run *run, const char *name, int rc,
			const struct pdx_err *why)
{
	if (rc != PDX_E_IO) {
		if (run->err)
			*run->err = *why;
		return rc;
	}
	reject_whole(run, name, "cannot be read further: ", why->message);
	return 0;
}

static int take_articles(struct run *run, struct reader *r, const char *name)
{
	struct pdx_article article;
	struct read_skip skip;
	struct pdx_err why;
	int rc;

	while ((rc = reader_next(r, &article, &skip, &why)) != READ_END) {
		if (rc < 0)
			return input_failed(run, name, rc, &why);
		if (stopped(run))
			return interrupted(run);
		if (rc == READ_SKIP) {
			reject(run, &skip);
		} else {
			rc = take_article(run, &article);
			if (rc < 0)
				return rc;
		}
		tell(run, false);
	}
	return 0;
}

struct open_input {
	struct run *run;
	int fd;
};

/* Wait until there is input, or a reason to stop. */
static void await_input(const struct open_input *in)
{
	struct pollfd fds[] = {
		{ .fd = in->fd, .events = POLLIN },
		{ .fd = in->run->options->stop_fd, .events = POLLIN },
	};

	if (fds[1].fd > 0)
		poll(fds, 2, -1);
}

static int64_t input_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct open_input *in = ctx;
	ssize_t n;

	do {
		await_input(in);
		if (stopped(in->run))
			return err_set(err, PDX_E_INTERRUPTED, "interrupted");
		n = read(in->fd, out, size);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, PDX_E_IO, "%s", strerror(errno));
	in->run->counts->bytes += (uint64_t)n;
	return n;
}

static void pass_over(struct run *run, const char *name, const char *reason)
{
	const struct reader_voice voice = { { warn, run }, name };

	reader_warn(&voice, "passed over: %s", reason);
}

/* No reader took the input. */
static int input_refused(struct run *run, const char *name, bool listed, int rc,
			 const struct pdx_err *why)
{
	if (rc != PDX_E_INPUT)
		return input_failed(run, name, rc, why);
	if (listed && !reader_is_promised(name))
		pass_over(run, name, why->message);
	else
		reject_whole(run, name, "", why->message);
	return 0;
}

static int take_input(struct run *run, int fd, const char *name, bool listed)
{
	struct open_input in = { run, fd };
	struct input input = { .name = name, .read = input_read, .ctx = &in };
	struct read_options options = {
		.known = { run->sink->known, run->sink->ctx },
		.warn = { warn, run },
		.source = run->options->source,
	};
	struct reader *reader;
	struct pdx_err why;
	int rc;

	siblings_reset(&run->siblings);
	rc = reader_open(&reader, &input, &options, &why);
	if (rc < 0)
		return input_refused(run, name, listed, rc, &why);
	rc = take_articles(run, reader, name);
	reader_close(reader);
	tell(run, true);
	return rc;
}

/* ${path} as text that may be shown and kept, until the next input. */
static const char *shown(struct run *run, const char *path)
{
	arena_reset(&run->names);
	return clean_line(&run->names, &run->scratch, path, strlen(path));
}

/* ${listed}: found in a directory rather than named. */
static int take_file(struct run *run, const char *path, bool listed)
{
	const char *name = shown(run, path);
	int fd, rc;

	if (!name)
		return err_nomem(run->err);
	if (stopped(run))
		return interrupted(run);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		reject_whole(run, name, "cannot be read: ", strerror(errno));
		return 0;
	}
	rc = take_input(run, fd, name, listed);
	close(fd);
	return rc;
}

static int walked_file(void *ctx, const char *path, uint64_t size)
{
	(void)size;
	return take_file(ctx, path, true);
}

static int walked_other(void *ctx, const char *path, const char *reason,
			bool unreadable)
{
	struct run *run = ctx;
	const char *name = shown(run, path);

	if (!name)
		return err_nomem(run->err);
	if (unreadable)
		reject_whole(run, name, "cannot be read: ", reason);
	else
		pass_over(run, name, reason);
	return 0;
}

static bool is_stdin(const char *input)
{
	return strcmp(input, "-") == 0;
}

static int take_named(struct run *run, const char *input)
{
	const struct walker walker = { walked_file, walked_other, run };
	struct stat st;

	if (stopped(run))
		return interrupted(run);
	if (is_stdin(input))
		return take_input(run, STDIN_FILENO, input, false);
	if (stat(input, &st) == 0 && S_ISDIR(st.st_mode))
		return walk_directory(input, &walker, run->err);
	return take_file(run, input, false);
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
	buf_init(&run.scratch, 0);
	if (options->progress)
		run.total = total_size(inputs, n);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_named(&run, inputs[i]);
	if (rc == 0)
		rc = batch_commit(&run);
	batch_rollback(&run);
	tell(&run, true);

	buf_release(&run.scratch);
	arena_release(&run.names);
	siblings_release(&run.siblings);
	return rc;
}
