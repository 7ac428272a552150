/*
 * Filling the error record.  Formats only; nothing here prints.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

/*
 * Copy as much of ${len} bytes as fits, in whole code points: messages quote what users
 * and files say, and must come out as valid UTF-8.
 */
static void copy_text(char *out, size_t size, const char *s, size_t len)
{
	size_t used = 0;

	for (size_t i = 0; i < len;) {
		char bytes[UTF8_MAX_BYTES];
		uint32_t cp;
		size_t n;

		i += utf8_decode(&cp, s + i, len - i);
		n = utf8_encode(bytes, cp);
		if (n >= size - used)
			break;
		memcpy(out + used, bytes, n);
		used += n;
	}
	out[used] = '\0';
}

int err_set(struct pdx_err *err, enum pdx_status status, const char *fmt, ...)
{
	/* Longer than the record, so that a code point on its edge is seen whole; and
	 * apart from it, since the arguments may be the old message. */
	char text[PDX_ERR_MESSAGE + UTF8_MAX_BYTES];
	va_list args;
	int len;

	if (!err)
		return status;
	va_start(args, fmt);
	len = vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);

	*err = (struct pdx_err){ .status = status };
	if (len > 0)
		copy_text(err->message, sizeof(err->message), text, strlen(text));
	return status;
}

int err_nomem(struct pdx_err *err)
{
	return err_set(err, PDX_E_NOMEM, "out of memory");
}

void err_place(struct pdx_err *err, const char *text, size_t start, size_t len)
{
	if (!err)
		return;
	err->start = start;
	err->len = len;
	err->column = utf8_count(text, start) + 1;
}

void err_hint(struct pdx_err *err, const char *hint)
{
	if (!err)
		return;
	err->hint[0] = '\0';
	if (strlen(hint) < sizeof(err->hint))
		copy_text(err->hint, sizeof(err->hint), hint, strlen(hint));
}

const char *pdx_status_name(enum pdx_status status)
{
	static const char *const names[] = {
		[-PDX_OK] = "ok",
		[-PDX_E_NOMEM] = "out of memory",
		[-PDX_E_USAGE] = "usage",
		[-PDX_E_QUERY] = "query",
		[-PDX_E_INDEX] = "index",
		[-PDX_E_INPUT] = "input",
		[-PDX_E_IO] = "io",
		[-PDX_E_INTERRUPTED] = "interrupted",
		[-PDX_E_NOT_FOUND] = "not found",
		[-PDX_E_AMBIGUOUS] = "ambiguous",
	};
	int i = -(int)status;

	if (i < 0 || (size_t)i >= sizeof(names) / sizeof(names[0]))
		return "unknown";
	return names[i];
}
