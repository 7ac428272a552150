/*
 * What an input holds, as text that tests can compare: a line for each article, reject
 * and warning, in the order in which they came.
 */
#ifndef TESTS_UNPACKING_H
#define TESTS_UNPACKING_H

#include <stddef.h>

#include "base/buf.h"
#include "ingest/intake.h"

struct found {
	struct buf
		text; /* "article ORIGIN | TITLE", "reject ORIGIN: WHY", "warn ..." */
	struct buf details; /* of articles: "DATE | URL", as far as there are such */
	struct buf identity; /* of articles: the id, and a digest of all they say */
	size_t articles, rejects, warnings;
	uint64_t reject_offset; /* of the last */
	int status;
	struct intake_options options; /* to be set before */
	size_t stop_after;             /* articles; 0: never */
};

void found_init(struct found *f);
void found_release(struct found *f);

/* Read ${len} ${bytes} as the input ${name}; ${listed} as for intake_fd(). */
void found_in(struct found *f, const char *name, const void *bytes, size_t len,
	      bool listed);

#endif
