/*
 * The inputs of a run, one after another: files, directories, standard input.  What is
 * in them is intake.c's, what becomes of it run.c's.
 */
#include "ingest/ingest.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/thread.h"
#include "ingest/intake.h"
#include "ingest/jobs.h"
#include "ingest/run.h"
#include "ingest/walk.h"

/* A run, and who reads for it. */
struct taking {
	struct run run;
	struct jobs *jobs; /* NULL: nobody else */
};

static void on_start(void *ctx, const char *path)
{
	run_tell(ctx, true);
	run_set_path(ctx, path);
}

/* What comes next is not for the jobs: have them ready first. */
static int catch_up(struct taking *t, const char *path)
{
	int rc = t->jobs ? jobs_drain(t->jobs, t->run.err) : 0;

	on_start(&t->run, path);
	return rc;
}

/* A wait for anything else may never end, which is for the thread that is stopped. */
static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int take_file(struct taking *t, const char *path, bool listed)
{
	struct run *run = &t->run;
	int rc;

	if (t->jobs && is_file(path))
		return jobs_add(t->jobs, path, listed, run->err);
	rc = catch_up(t, path);
	if (rc != 0)
		return rc;
	rc = intake_path(&run->outlet, &run->options->intake, path, listed, run->err);
	run_tell(run, true);
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
	struct taking *t = ctx;
	struct run *run = &t->run;
	int rc = catch_up(t, path);

	if (rc != 0)
		return rc;
	return unreadable ? intake_unreadable(&run->outlet, path, reason, run->err)
			  : intake_passed(&run->outlet, path, reason, run->err);
}

static bool is_stdin(const char *input)
{
	return strcmp(input, "-") == 0;
}

static int take_stdin(struct taking *t)
{
	struct run *run = &t->run;
	int rc = catch_up(t, NULL);

	if (rc == 0)
		rc = intake_fd(&run->outlet, &run->options->intake, STDIN_FILENO, "-",
			       false, run->err);
	run_tell(run, true);
	return rc;
}

static int take_named(struct taking *t, const char *input)
{
	const struct walker walker = { .file = walked_file,
				       .other = walked_other,
				       .ctx = t };
	struct stat st;

	if (run_stopped(&t->run))
		return run_interrupted(t->run.err);
	if (is_stdin(input))
		return take_stdin(t);
	if (stat(input, &st) == 0 && S_ISDIR(st.st_mode))
		return walk_directory(input, &walker, t->run.err);
	return take_file(t, input, false);
}

/* Less than this one thread has read before others have begun. */
#define SMALL_BYTES (256 << 10)

/* More have nothing to do: the one that puts is slower than these.  Each remembers words
 * in some 20 MB. */
#define THREADS_MAX 4

static size_t count_threads(const struct ingest_options *options,
			    const char *const *inputs, size_t n)
{
	struct stat st;

	if (options->jobs)
		return options->jobs;
	if (n == 1 && stat(inputs[0], &st) == 0 && S_ISREG(st.st_mode) &&
	    st.st_size < SMALL_BYTES)
		return 1;
	return thread_processors(THREADS_MAX);
}

/* All ${n} ${inputs}, by as many threads as there are to be. */
static int take_all(struct taking *t, const char *const *inputs, size_t n)
{
	const struct ingest_options *options = t->run.options;
	const struct jobs_options jobs = {
		.threads = count_threads(options, inputs, n),
		.outlet = &t->run.outlet,
		.sink = t->run.sink,
		.intake = &options->intake,
		.start = on_start,
	};
	int rc = 0;

	if (jobs.threads > 1)
		rc = jobs_new(&t->jobs, &jobs, t->run.err);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_named(t, inputs[i]);
	if (rc == 0 && t->jobs)
		rc = jobs_drain(t->jobs, t->run.err);
	jobs_free(t->jobs);
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
	const struct walker walker = { .file = add_size,
				       .other = add_nothing,
				       .ctx = &total };

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
	struct taking t = { .jobs = NULL };

	run_init(&t.run, counts, sink, options, err);
	if (options->progress)
		t.run.total = total_size(inputs, n);
	return run_end(&t.run, take_all(&t, inputs, n));
}
