/*
 * Where a renderer writes: a stdio stream whose first failure sticks, so that writing
 * goes on at will and is checked once.
 */
#ifndef RENDER_OUT_H
#define RENDER_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/err.h"

struct out {
	FILE *file;
	enum pdx_status status; /* of the first failure; writes after it are dropped */
	int error;              /* its errno, for PDX_E_IO */
	bool used;              /* something was written */
	bool links;             /* the reader follows hyperlinks */

	/* While ${full} is set: what is held back, and how many lines may be. */
	struct buf held;
	size_t lines, most;
	void (*full)(void *ctx);
	void *ctx;
};

void out_init(struct out *o, FILE *file);

void out_write(struct out *o, const char *bytes, size_t len);
void out_puts(struct out *o, const char *s);
void out_putc(struct out *o, char c);
void out_pad(struct out *o, size_t spaces);
void out_printf(struct out *o, const char *fmt, ...) PRINTF_LIKE(2, 3);

/*
 * Hold back what is written until it is more than ${most} lines; then ${full} may give
 * the stream another file, where it goes with all that follows.  out_flush() ends it.
 */
void out_hold(struct out *o, size_t most, void (*full)(void *ctx), void *ctx);

/* Record a failure that is not the stream's: PDX_E_NOMEM while building a record. */
void out_fail(struct out *o, enum pdx_status status);

/* The first failure, 0 if there was none. */
int out_status(const struct out *o, struct pdx_err *err);

/* Hand everything to the system, as out_status() after it. */
int out_flush(struct out *o, struct pdx_err *err);

/*
 * Flush and close: the last chance to hear of a full disk.  A stream that was closed
 * from the start is no error while nothing was written to it.
 */
int out_close(struct out *o, struct pdx_err *err);

#endif
