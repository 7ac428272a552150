/*
 * UTF-8 after Unicode 15, section 3.9.  Knows encodings only; what characters mean is
 * the analyzer's business.
 */
#include "base/utf8.h"

#include <string.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* What may follow a lead byte: table 3-7. */
struct lead {
	unsigned more;                    /* continuation bytes; 0: no lead byte */
	unsigned char second, second_end; /* range of the first of them */
};

static struct lead lead_of(unsigned char c)
{
	if (c >= 0xC2 && c <= 0xDF)
		return (struct lead){ 1, 0x80, 0xBF };
	if (c == 0xE0) /* below: overlong */
		return (struct lead){ 2, 0xA0, 0xBF };
	if (c == 0xED) /* above: surrogates */
		return (struct lead){ 2, 0x80, 0x9F };
	if (c >= 0xE1 && c <= 0xEF)
		return (struct lead){ 2, 0x80, 0xBF };
	if (c == 0xF0) /* below: overlong */
		return (struct lead){ 3, 0x90, 0xBF };
	if (c >= 0xF1 && c <= 0xF3)
		return (struct lead){ 3, 0x80, 0xBF };
	if (c == 0xF4) /* above: beyond U+10FFFF */
		return (struct lead){ 3, 0x80, 0x8F };
	return (struct lead){ 0, 0, 0 };
}

/* As utf8_decode(); *ok tells U+FFFD in the text from one that stands for a fault. */
static size_t decode(uint32_t *cp, bool *ok, const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;
	struct lead lead;
	uint32_t v;

	*ok = true;
	if (u[0] < 0x80) {
		*cp = u[0];
		return 1;
	}
	*ok = false;
	*cp = UTF8_REPLACEMENT;
	lead = lead_of(u[0]);
	if (lead.more == 0 || len < 2 || u[1] < lead.second || u[1] > lead.second_end)
		return 1;
	v = ((uint32_t)u[0] & (0x3Fu >> lead.more)) << 6 | (u[1] & 0x3Fu);
	for (size_t i = 2; i <= lead.more; i++) {
		if (i >= len || !is_continuation(s[i]))
			return i;
		v = v << 6 | (u[i] & 0x3Fu);
	}
	*ok = true;
	*cp = v;
	return lead.more + 1;
}

size_t utf8_decode(uint32_t *cp, const char *s, size_t len)
{
	bool ok;

	return decode(cp, &ok, s, len);
}

size_t utf8_encode(char out[UTF8_MAX_BYTES], uint32_t cp)
{
	if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
		cp = UTF8_REPLACEMENT;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

bool utf8_valid(const char *s, size_t len)
{
	uint32_t cp;
	bool ok = true;

	for (size_t i = 0; i < len && ok;)
		i += decode(&cp, &ok, s + i, len - i);
	return ok;
}

size_t utf8_count(const char *s, size_t len)
{
	size_t n = 0;
	uint32_t cp;

	for (size_t i = 0; i < len; n++)
		i += utf8_decode(&cp, s + i, len - i);
	return n;
}

size_t utf8_cut(const char *s, size_t len, size_t max)
{
	uint32_t cp;

	if (max >= len)
		return len;
	/* Only a lead byte at most three bytes back can reach beyond ${max}. */
	for (size_t back = 1; back < UTF8_MAX_BYTES && back <= max; back++) {
		size_t lead = max - back;

		if (is_continuation(s[lead]))
			continue;
		if (utf8_decode(&cp, s + lead, len - lead) > back)
			return lead;
		break;
	}
	return max;
}

/* Copied as it is by utf8_clean(), and no part of anything longer. */
static bool is_plain(char c)
{
	return (c >= ' ' && (unsigned char)c < 0x80) || c == '\n' || c == '\t';
}

/* Clean the one character at the start of ${len} > 0 bytes; return its length. */
static size_t clean_one(struct buf *out, const char *s, size_t len)
{
	uint32_t cp;
	bool ok;
	size_t n = decode(&cp, &ok, s, len);

	if (!ok || cp == 0) {
		buf_put(out, replacement, strlen(replacement));
	} else if (cp == '\r') {
		buf_putc(out, '\n');
		if (len > 1 && s[1] == '\n')
			n = 2;
	} else if (cp < ' ') {
		buf_putc(out, ' ');
	} else {
		buf_put(out, s, n);
	}
	return n;
}

void utf8_clean(struct buf *out, const char *s, size_t len)
{
	static const char mark[] = "\xEF\xBB\xBF";
	size_t i = 0;

	if (len >= strlen(mark) && memcmp(s, mark, strlen(mark)) == 0)
		i = strlen(mark);
	while (i < len) {
		size_t run = i;

		while (run < len && is_plain(s[run]))
			run++;
		buf_put(out, s + i, run - i);
		i = run;
		if (i < len)
			i += clean_one(out, s + i, len - i);
	}
}
