/*
 * Looking at the beginning of an input before it is read.  Knows no format.
 */
#include "ingest/peek.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

int input_fill(size_t *len, const struct input *input, char *out, size_t size,
	       struct pdx_err *err)
{
	int64_t n = 1;

	*len = 0;
	while (*len < size && n > 0) {
		n = input->read(input->ctx, out + *len, size - *len, err);
		if (n < 0)
			return (int)n;
		*len += (size_t)n;
	}
	return 0;
}

static int64_t peek_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct peek *p = ctx;
	size_t n = p->len - p->pos;

	if (n == 0 && p->failed) {
		if (err)
			*err = p->why;
		return p->failed;
	}
	if (n == 0)
		return p->whole ? 0 : p->from->read(p->from->ctx, out, size, err);
	if (n > size)
		n = size;
	memcpy(out, p->head + p->pos, n);
	p->pos += n;
	return (int64_t)n;
}

int peek_init(struct peek *p, const struct input *from, struct pdx_err *err)
{
	*p = (struct peek){ .input = *from, .from = from };
	p->input.read = peek_read;
	p->input.ctx = p;
	p->head = malloc(PEEK_BYTES);
	if (!p->head)
		return err_nomem(err);
	p->failed = input_fill(&p->len, from, p->head, PEEK_BYTES, &p->why);
	p->whole = p->len < PEEK_BYTES && !p->failed;
	if (p->failed && p->len == 0)
		return (int)peek_read(p, NULL, 0, err);
	return 0;
}

void peek_release(struct peek *p)
{
	free(p->head);
	p->head = NULL;
}
