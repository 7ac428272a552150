/*
 * One run of an ingest: its batches, and the account of what came of everything.  What
 * is shared by taking inputs (ingest.c) and trying rejected pieces again (retry.c).
 */
#ifndef INGEST_RUN_H
#define INGEST_RUN_H

#include "ingest/ingest.h"
#include "ingest/siblings.h"

struct run {
	const struct ingest_sink *sink;
	const struct ingest_options *options;
	struct outlet outlet;         /* into this run */
	struct ingest_counts *counts; /* committed, rejected, bytes read */
	struct ingest_counts batch;   /* what the open batch adds to them */
	bool open;
	size_t batch_text;
	size_t max_articles, max_text;

	struct siblings siblings; /* of the current input */
	char *path;               /* of the file that is read, from the root, or NULL */
	int64_t rejected;         /* number in quarantine of what was rejected last */

	uint64_t total; /* bytes of all inputs; 0: not known */
	uint64_t told_articles, told_bytes;
	struct pdx_err *err;
};

/* ${run} may not move until run_end(). */
void run_init(struct run *run, struct ingest_counts *counts,
	      const struct ingest_sink *sink, const struct ingest_options *options,
	      struct pdx_err *err);

/* Commit what is open where ${status} is 0, else roll it back; returns the status. */
int run_end(struct run *run, int status);

bool run_stopped(const struct run *run);

/* PDX_E_INTERRUPTED */
int run_interrupted(struct pdx_err *err);

/* Have a batch open. */
int run_begin(struct run *run);

/* Commit what is open. */
int run_commit(struct run *run);

/* Count and report a reject, without keeping it. */
void run_reject(struct run *run, const struct piece *piece, const char *reason);

/* What is read from now on is from the file ${path}, or from none (NULL). */
void run_set_path(struct run *run, const char *path);

/* Tell of progress, ${always} or now and then. */
void run_tell(struct run *run, bool always);

#endif
