/*
 * Checked writing.  Knows streams; nothing of what is written to them.
 */
#include "render/out.h"

#include <errno.h>
#include <stdarg.h>
#include <string.h>

void out_init(struct out *o, FILE *file)
{
	*o = (struct out){ .file = file };
}

static void fail_io(struct out *o)
{
	if (o->status)
		return;
	o->status = PDX_E_IO;
	o->error = errno;
}

void out_fail(struct out *o, enum pdx_status status)
{
	if (!o->status)
		o->status = status;
}

void out_hold(struct out *o, size_t most, void (*full)(void *ctx), void *ctx)
{
	buf_init(&o->held, 0);
	o->lines = 0;
	o->most = most;
	o->full = full;
	o->ctx = ctx;
}

/* Write what is held back, and hold back no more. */
static void let_go(struct out *o)
{
	struct buf held = o->held;

	if (!o->full)
		return;
	o->full = NULL;
	o->held = (struct buf){ .data = NULL };
	if (!buf_ok(&held))
		out_fail(o, PDX_E_NOMEM);
	else
		out_write(o, buf_str(&held), held.len);
	buf_release(&held);
}

/* ${len} bytes more are held back. */
static void count_lines(struct out *o, size_t len)
{
	const char *at = buf_str(&o->held) + o->held.len - len;

	for (size_t i = 0; i < len; i++)
		o->lines += at[i] == '\n';
	if (o->lines <= o->most && buf_ok(&o->held))
		return;
	o->full(o->ctx);
	let_go(o);
}

void out_write(struct out *o, const char *bytes, size_t len)
{
	if (o->status || len == 0)
		return;
	o->used = true;
	if (o->full) {
		buf_put(&o->held, bytes, len);
		count_lines(o, buf_ok(&o->held) ? len : 0);
		return;
	}
	if (fwrite(bytes, 1, len, o->file) != len)
		fail_io(o);
}

void out_puts(struct out *o, const char *s)
{
	out_write(o, s, strlen(s));
}

void out_putc(struct out *o, char c)
{
	out_write(o, &c, 1);
}

void out_pad(struct out *o, size_t spaces)
{
	while (spaces--)
		out_putc(o, ' ');
}

void out_printf(struct out *o, const char *fmt, ...)
{
	va_list args;

	if (o->status)
		return;
	o->used = true;
	va_start(args, fmt);
	if (o->full) {
		size_t before = o->held.len;

		buf_vprintf(&o->held, fmt, args);
		count_lines(o, o->held.len - before);
	} else if (vfprintf(o->file, fmt, args) < 0) {
		fail_io(o);
	}
	va_end(args);
}

int out_status(const struct out *o, struct pdx_err *err)
{
	switch (o->status) {
	case PDX_OK:
		return PDX_OK;
	case PDX_E_NOMEM:
		return err_nomem(err);
	default:
		return err_set(err, PDX_E_IO, "cannot write: %s", strerror(o->error));
	}
}

int out_flush(struct out *o, struct pdx_err *err)
{
	let_go(o);
	if (fflush(o->file) != 0)
		fail_io(o);
	return out_status(o, err);
}

int out_close(struct out *o, struct pdx_err *err)
{
	let_go(o);
	if (fclose(o->file) != 0 && o->used)
		fail_io(o);
	o->file = NULL;
	return out_status(o, err);
}
