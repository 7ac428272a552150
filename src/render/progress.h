/* One line on a terminal that says how far a long job is. */
#ifndef RENDER_PROGRESS_H
#define RENDER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "render/out.h"

struct progress {
	struct out *out;
	bool active;  /* a terminal is there and may be drawn on */
	bool drawn;   /* something stands on the line */
	double start; /* seconds of the monotonic clock */
	double last;
};

/* Begin; nothing will be drawn unless ${wanted} and ${out} is a terminal. */
void progress_init(struct progress *p, struct out *out, bool wanted);

/*
 * ${articles} articles in ${bytes} of ${total} bytes (0: not known) were read so far.
 * Draws a few times a second at most.
 */
void progress_update(struct progress *p, uint64_t articles, uint64_t bytes,
		     uint64_t total);

/* ${part} of what is being done, ${what}, is done: from 0 to 1.  Draws as often. */
void progress_part(struct progress *p, const char *what, double part);

/* How far it is after ${seconds}. */
struct progress_state {
	uint64_t articles, bytes, total; /* ${total} 0: not known */
	double seconds;
};

/*
 * Append what is drawn, in ${width} columns: "[######..]  75%  750 articles, 250/s, 1.2
 * MB/s, 0:01 left".  Where that is too long the bar is left out, then the rates.
 */
void progress_line(struct buf *out, const struct progress_state *s, size_t width);

/* Take the line away, for something else to be written or for good. */
void progress_clear(struct progress *p);

/* Seconds since progress_init(). */
double progress_seconds(const struct progress *p);

#endif
