/*
 * The last bytes of an input, in bounded memory.  A piece is rejected when its reader
 * is a buffer or two behind it, so that twice the size of what is kept is enough.
 */
#include "ingest/tape.h"

#include <string.h>

#include "ingest/peek.h"

#define AHEAD ((size_t)2 * PEEK_BYTES) /* what readers read beyond a piece */
#define KEEP (TAPE_BYTES + AHEAD)

static void tape_put(struct tape *t, const void *bytes, size_t n)
{
	size_t drop;

	buf_put(&t->last, bytes, n);
	if (!buf_ok(&t->last) || t->last.len <= 2 * KEEP)
		return;
	drop = t->last.len - KEEP;
	memmove(t->last.data, t->last.data + drop, KEEP);
	buf_truncate(&t->last, KEEP);
	t->start += drop;
}

static int64_t tape_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct tape *t = ctx;
	int64_t n = t->from->read(t->from->ctx, out, size, err);

	if (n > 0)
		tape_put(t, out, (size_t)n);
	t->ended = t->ended || n == 0;
	return n;
}

void tape_init(struct tape *t, const struct input *from)
{
	*t = (struct tape){ .input = *from, .from = from };
	t->input.read = tape_read;
	t->input.ctx = t;
	buf_init(&t->last, 0);
}

void tape_release(struct tape *t)
{
	buf_release(&t->last);
}

void tape_fill(struct tape *t)
{
	char chunk[4096];

	while (!t->ended && t->start == 0 && t->last.len <= TAPE_BYTES)
		if (tape_read(t, chunk, sizeof(chunk), NULL) < 0)
			return;
}

const char *tape_piece(size_t *n, bool *whole, const struct tape *t, uint64_t offset,
		       uint64_t len)
{
	uint64_t end = t->start + t->last.len, there;

	*n = 0;
	*whole = false;
	if (!buf_ok(&t->last) || offset < t->start || offset >= end)
		return NULL;
	there = end - offset;
	*whole = len == 0 ? t->ended && there <= TAPE_BYTES
			  : len <= there && len <= TAPE_BYTES;
	if (len > 0 && len < there)
		there = len;
	*n = there < TAPE_BYTES ? (size_t)there : TAPE_BYTES;
	return t->last.data + (offset - t->start);
}
