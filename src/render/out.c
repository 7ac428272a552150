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

void out_write(struct out *o, const char *bytes, size_t len)
{
	if (o->status || len == 0)
		return;
	o->used = true;
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
	if (vfprintf(o->file, fmt, args) < 0)
		fail_io(o);
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
	if (fflush(o->file) != 0)
		fail_io(o);
	return out_status(o, err);
}

int out_close(struct out *o, struct pdx_err *err)
{
	if (fclose(o->file) != 0 && o->used)
		fail_io(o);
	o->file = NULL;
	return out_status(o, err);
}
