/*
 * Bytes of an input, by byte, by line or all at once, in bounded memory.  Knows no format.
 */
#include "ingest/stream.h"

#include <stdlib.h>
#include <string.h>

#define CHUNK 65536 /* a pipe's capacity: more is not read at once anyway */

int stream_init(struct stream *s, const struct input *input, const char *head,
		size_t len, struct pdx_err *err)
{
	*s = (struct stream){ .input = input, .len = len };
	s->chunk = malloc(len > CHUNK ? len : CHUNK);
	if (!s->chunk)
		return err_nomem(err);
	if (len > 0)
		memcpy(s->chunk, head, len);
	return 0;
}

void stream_release(struct stream *s)
{
	free(s->chunk);
	s->chunk = NULL;
}

/* Have bytes in the chunk.  1, 0 at the end, or an error. */
static int stream_fill(struct stream *s, struct pdx_err *err)
{
	int64_t n;

	if (s->pos < s->len)
		return 1;
	if (s->end)
		return 0;
	n = s->input->read(s->input->ctx, s->chunk, CHUNK, err);
	if (n < 0)
		return (int)n;
	s->pos = 0;
	s->len = (size_t)n;
	s->end = n == 0;
	return n > 0;
}

int stream_peek(struct stream *s, struct pdx_err *err)
{
	int rc = stream_fill(s, err);

	if (rc <= 0)
		return rc < 0 ? rc : STREAM_END;
	return (unsigned char)s->chunk[s->pos];
}

const char *stream_bytes(size_t *len, const struct stream *s)
{
	*len = s->len - s->pos;
	return s->chunk + s->pos;
}

void stream_take(struct stream *s, size_t n)
{
	s->pos += n;
	s->offset += n;
}

int stream_line(struct stream_line *out, struct stream *s, struct buf *text, size_t max,
		struct pdx_err *err)
{
	bool ended = false;
	int rc;

	buf_reset(text);
	*out = (struct stream_line){ .offset = s->offset, .whole = true };
	while (!ended && (rc = stream_fill(s, err)) > 0) {
		const char *from = s->chunk + s->pos;
		const char *feed = memchr(from, '\n', s->len - s->pos);
		size_t n = feed ? (size_t)(feed - from) : s->len - s->pos;

		out->len += n;
		if (out->len > max)
			out->whole = false;
		if (out->whole)
			buf_put(text, from, n);
		ended = feed != NULL;
		stream_take(s, n + (ended ? 1 : 0));
	}
	if (!ended && rc < 0)
		return rc;
	if (!buf_ok(text))
		return err_nomem(err);
	return ended || out->len > 0;
}

int stream_read(size_t *got, struct stream *s, char *out, size_t size,
		struct pdx_err *err)
{
	int rc = 1;

	*got = 0;
	while (*got < size && (rc = stream_fill(s, err)) > 0) {
		size_t n = s->len - s->pos;

		if (n > size - *got)
			n = size - *got;
		memcpy(out + *got, s->chunk + s->pos, n);
		stream_take(s, n);
		*got += n;
	}
	return rc < 0 ? rc : 0;
}

int stream_unread(struct stream *s, const char *bytes, size_t len, struct pdx_err *err)
{
	size_t rest = s->len - s->pos;
	char *chunk;

	if (len <= s->pos) { /* where bytes were taken from there is room */
		memcpy(s->chunk + s->pos - len, bytes, len);
		s->pos -= len;
		s->offset -= len;
		return 0;
	}
	chunk = malloc(len + rest > CHUNK ? len + rest : CHUNK);
	if (!chunk)
		return err_nomem(err);
	memcpy(chunk, bytes, len);
	memcpy(chunk + len, s->chunk + s->pos, rest);
	free(s->chunk);
	s->chunk = chunk;
	s->pos = 0;
	s->len = len + rest;
	s->offset -= len;
	return 0;
}

int stream_rest(bool *whole, struct stream *s, struct buf *text, size_t max,
		struct pdx_err *err)
{
	int rc;

	*whole = true;
	while ((rc = stream_fill(s, err)) > 0) {
		size_t n = s->len - s->pos;

		if (n > max - text->len) {
			*whole = false;
			return 0;
		}
		buf_put(text, s->chunk + s->pos, n);
		stream_take(s, n);
	}
	if (rc == 0 && !buf_ok(text))
		return err_nomem(err);
	return rc;
}
