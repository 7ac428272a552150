/*
 * What was read of an input lately: the bytes of a piece that turns out to be rejected.
 */
#ifndef INGEST_TAPE_H
#define INGEST_TAPE_H

#include <stdbool.h>

#include "base/buf.h"
#include "ingest/reader.h"

/* The most that is kept of a rejected piece. */
#define TAPE_BYTES ((size_t)1 << 20)

struct tape {
	struct input input; /* the same one, taped */
	const struct input *from;
	struct buf last; /* the last bytes that were read */
	uint64_t start;  /* offset of ${last} in the input */
	bool ended;
};

/* ${t} may not move until tape_release(). */
void tape_init(struct tape *t, const struct input *from);
void tape_release(struct tape *t); /* accepts a zeroed struct */

/* Read on until TAPE_BYTES are there from the beginning, or the input ends or fails. */
void tape_fill(struct tape *t);

/*
 * The ${len} bytes (0: the rest of the input) at ${offset}, TAPE_BYTES at most; NULL
 * where their beginning is not on the tape any more.  *whole: they are all of them.
 */
const char *tape_piece(size_t *n, bool *whole, const struct tape *t, uint64_t offset,
		       uint64_t len);

#endif
