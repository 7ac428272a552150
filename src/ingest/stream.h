/*
 * An input as bytes: what reader_open() already read of it, then the rest.
 */
#ifndef INGEST_STREAM_H
#define INGEST_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "ingest/reader.h"

struct stream {
	const struct input *input;
	char *chunk;
	size_t pos, len; /* what of ${chunk} was not taken yet */
	uint64_t offset; /* in the input, of the byte at ${pos} */
	bool end;
};

/* ${head} is copied.  PDX_E_NOMEM. */
int stream_init(struct stream *s, const struct input *input, const char *head,
		size_t len, struct pdx_err *err);
void stream_release(struct stream *s); /* accepts a zeroed struct */

struct stream_line {
	uint64_t offset; /* of its first byte */
	uint64_t len;    /* of all its bytes, without the line feed */
	bool whole;      /* false: longer than the maximum, and its text was dropped */
};

/*
 * Read the next line into ${text}, without its line feed, in no more memory than
 * ${max} and a chunk.  Returns 1, 0 at the end, or what the input's read returned.
 */
int stream_line(struct stream_line *out, struct stream *s, struct buf *text, size_t max,
		struct pdx_err *err);

#define STREAM_END 256

/* The next byte, which stays where it is; STREAM_END; or what the read returned. */
int stream_peek(struct stream *s, struct pdx_err *err);

/* The bytes that can be had without reading; 0 only at the end or before a peek. */
const char *stream_bytes(size_t *len, const struct stream *s);

/* Go behind the next ${n} bytes, which stream_bytes() has. */
void stream_take(struct stream *s, size_t n);

/* Read up to ${size} bytes; *got is less only at the end.  0, or an error. */
int stream_read(size_t *got, struct stream *s, char *out, size_t size,
		struct pdx_err *err);

/* Give ${len} bytes back, to be read next.  PDX_E_NOMEM. */
int stream_unread(struct stream *s, const char *bytes, size_t len, struct pdx_err *err);

/* Append all that is left to ${text}; *whole is false where that was over ${max}. */
int stream_rest(bool *whole, struct stream *s, struct buf *text, size_t max,
		struct pdx_err *err);

#endif
