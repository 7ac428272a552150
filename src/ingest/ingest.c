/*
 * The inputs of a run, one after another: files, directories, standard input.  What is
 * in them is intake.c's, what becomes of it run.c's.
 */
#include "ingest/ingest.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "ingest/intake.h"
#include "ingest/run.h"
#include "ingest/walk.h"

static int walked_file(void *ctx, const char *path, uint64_t size)
{
	struct run *run = ctx;
	int rc;

	(void)size;
	run_set_path(run, path);
	rc = intake_path(&run->outlet, &run->options->intake, path, true, run->err);
	run_tell(run, true);
	return rc;
}

static int walked_other(void *ctx, const char *path, const char *reason,
			bool unreadable)
{
	struct run *run = ctx;

	run_set_path(run, path);
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

	if (run_stopped(run))
		return run_interrupted(run->err);
	if (!is_stdin(input) && stat(input, &st) == 0 && S_ISDIR(st.st_mode))
		return walk_directory(input, &walker, run->err);
	run_set_path(run, is_stdin(input) ? NULL : input);
	rc = is_stdin(input)
		     ? intake_fd(&run->outlet, options, STDIN_FILENO, input, false,
				 run->err)
		     : intake_path(&run->outlet, options, input, false, run->err);
	run_tell(run, true);
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
	struct run run;
	int rc = 0;

	run_init(&run, counts, sink, options, err);
	if (options->progress)
		run.total = total_size(inputs, n);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_named(&run, inputs[i]);
	return run_end(&run, rc);
}
