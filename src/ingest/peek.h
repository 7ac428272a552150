/*
 * The first bytes of an input, which say what it is.  They are not lost: the input that
 * was looked at can be read from its beginning.
 */
#ifndef INGEST_PEEK_H
#define INGEST_PEEK_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/reader.h"

/* A header, a title and a first record fit in far less. */
#define PEEK_BYTES 65536

struct peek {
	struct input input; /* the same one, from its beginning */
	const struct input *from;
	char *head;
	size_t len, pos; /* ${pos}: what of ${head} was read */
	bool whole;      /* ${head} is all of it */
	int failed;      /* what the read behind ${head} returned, or 0 */
	struct pdx_err why;
};

/*
 * ${p} may not move until peek_release().  Returns 0, or what the input's first read
 * returned: one that fails later fails again for whoever reads so far.
 */
int peek_init(struct peek *p, const struct input *from, struct pdx_err *err);
void peek_release(struct peek *p); /* accepts a zeroed struct */

/* Read up to ${size} bytes; *len is less only at the end. */
int input_fill(size_t *len, const struct input *input, char *out, size_t size,
	       struct pdx_err *err);

#endif
