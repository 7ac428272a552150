/* base64 and quoted-printable, RFC 2045. */
#include "ingest/mail_code.h"

#include <stdint.h>
#include <string.h>

static int value_of(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

void mail_base64(struct buf *out, const char *s, size_t len)
{
	uint32_t bits = 0;
	int n = 0;

	for (size_t i = 0; i < len && s[i] != '='; i++) {
		int v = value_of(s[i]);

		if (v < 0)
			continue;
		bits = (bits << 6 | (uint32_t)v) & 0xFFFFFF;
		n += 6;
		if (n >= 8) {
			n -= 8;
			buf_putc(out, (char)(bits >> n & 0xFF));
		}
	}
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind a = at the end of a line, which goes on with the next: the bytes to pass. */
static size_t soft_break(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && (s[n] == ' ' || s[n] == '\t' || s[n] == '\r'))
		n++;
	if (n == len)
		return n;
	return s[n] == '\n' ? n + 1 : 0;
}

void mail_quoted(struct buf *out, const char *s, size_t len, bool header)
{
	for (size_t i = 0; i < len; i++) {
		size_t left = len - i - 1;
		size_t soft = s[i] == '=' && !header ? soft_break(s + i + 1, left) : 0;

		if (s[i] == '=' && left >= 2 && hex(s[i + 1]) >= 0 &&
		    hex(s[i + 2]) >= 0) {
			buf_putc(out, (char)(hex(s[i + 1]) * 16 + hex(s[i + 2])));
			i += 2;
		} else if (s[i] == '=' && !header && (soft > 0 || left == 0)) {
			i += soft;
		} else {
			buf_putc(out, header && s[i] == '_' ? ' ' : s[i]);
		}
	}
}
