/*
 * Files read, and their articles made ready, by several threads, and handed on by one in
 * the order in which they were named: what an outlet is given is the same whatever the
 * number of threads, but for what was made ready.
 */
#ifndef INGEST_JOBS_H
#define INGEST_JOBS_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/ingest.h"

struct jobs;

struct jobs_options {
	size_t threads; /* at most; they start when there is work for them */
	const struct outlet *outlet;
	const struct ingest_sink *sink; /* of which articles are made ready */
	const struct intake_options *intake;
	/* What the outlet is given from now on is of the file ${path}. */
	void (*start)(void *ctx, const char *path); /* with the outlet's ctx */
};

/*
 * The outlet is only called by who calls the functions below, from inside of them.
 * PDX_E_NOMEM: no memory or no threads.
 */
int jobs_new(struct jobs **out, const struct jobs_options *options,
	     struct pdx_err *err);

/* Stop and forget what was not handed on. */
void jobs_free(struct jobs *jobs); /* accepts NULL */

/*
 * As intake_path(), some time: now, where enough files are waiting, the first of them
 * is handed on.  After a failure only jobs_free() is of use.
 */
int jobs_add(struct jobs *jobs, const char *path, bool listed, struct pdx_err *err);

/* Hand on all that was added. */
int jobs_drain(struct jobs *jobs, struct pdx_err *err);

#endif
