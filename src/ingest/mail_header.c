/* Finding and decoding of headers.  Knows no message as a whole. */
#include "ingest/mail_header.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "ingest/charset.h"
#include "ingest/mail_code.h"

#define WORD_BYTES 1000 /* of an encoded word; the standard lets it have 75 */
#define NAME_BYTES 76 /* of a header's name; more is a sentence with a colon */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool mail_is_header(size_t *namelen, const char *line, size_t len)
{
	size_t n = 0;

	while (n < len && n <= NAME_BYTES && line[n] > ' ' && line[n] < 0x7F &&
	       line[n] != ':')
		n++;
	*namelen = n;
	return n > 0 && n < len && line[n] == ':';
}

/* The line at ${s}, with its end; without it *text is as long. */
static size_t line_len(size_t *text, const char *s, size_t len)
{
	const char *feed = memchr(s, '\n', len);
	size_t n = feed ? (size_t)(feed - s) : len;

	*text = n > 0 && s[n - 1] == '\r' ? n - 1 : n;
	return n + (feed != NULL);
}

size_t mail_headers_len(const char *s, size_t len)
{
	size_t text, n;

	for (size_t i = 0; i < len; i += n) {
		n = line_len(&text, s + i, len - i);
		if (text == 0)
			return i + n;
	}
	return len;
}

/* Append a line without the blanks at its ends. */
static void put_trimmed(struct buf *out, const char *s, size_t len)
{
	while (len > 0 && is_blank(s[len - 1]))
		len--;
	while (len > 0 && is_blank(*s)) {
		s++;
		len--;
	}
	if (out->len > 0 && len > 0)
		buf_putc(out, ' ');
	buf_put(out, s, len);
}

bool mail_header(struct buf *out, const char *headers, size_t len, const char *name)
{
	size_t text, n, namelen;
	bool inside = false;

	buf_reset(out);
	for (size_t i = 0; i < len; i += n) {
		const char *line = headers + i;

		n = line_len(&text, line, len - i);
		if (text > 0 && is_blank(*line)) {
			if (inside)
				put_trimmed(out, line, text);
			continue;
		}
		if (inside)
			return true;
		inside = mail_is_header(&namelen, line, text) &&
			 namelen == strlen(name) &&
			 strncasecmp(line, name, namelen) == 0;
		if (inside)
			put_trimmed(out, line + namelen + 1, text - namelen - 1);
	}
	return inside;
}

void mail_decode(struct buf *out, const char *label, size_t labellen, const char *s,
		 size_t len)
{
	const char *name = label ? charset_find(label, labellen) : NULL;

	if (!name || strcmp(name, "UTF-8") == 0)
		name = utf8_valid(s, len) || name ? "UTF-8" : "CP1252";
	charset_decode(out, name, s, len);
}

/* =?charset?Q?text?= */
struct word {
	const char *charset, *text;
	size_t charsetlen, textlen;
	bool base64;
};

/* The encoded word at ${s}; its bytes, or 0. */
static size_t find_word(struct word *w, const char *s, size_t len)
{
	const char *end = s + (len < WORD_BYTES ? len : WORD_BYTES), *mark, *close;

	if (len < 8 || s[0] != '=' || s[1] != '?')
		return 0;
	w->charset = s + 2;
	mark = memchr(w->charset, '?', (size_t)(end - w->charset));
	if (!mark || end - mark < 5 || mark[2] != '?' || !strchr("BbQq", mark[1]))
		return 0;
	w->charsetlen = strcspn(w->charset, "?*"); /* RFC 2231: *language */
	w->base64 = (mark[1] | 0x20) == 'b';
	w->text = mark + 3;
	for (close = w->text; close + 1 < end; close++) {
		if (close[0] == '?' && close[1] == '=')
			break;
		if (*close == ' ')
			return 0;
	}
	if (close + 1 >= end)
		return 0;
	w->textlen = (size_t)(close - w->text);
	return (size_t)(close + 2 - s);
}

/* Bytes of words that are to be decoded together: a character may stand in two. */
struct pending {
	struct buf bytes;
	const char *charset;
	size_t charsetlen;
};

static void flush(struct buf *out, struct pending *p)
{
	if (p->bytes.len > 0)
		mail_decode(out, p->charset, p->charsetlen, p->bytes.data,
			    p->bytes.len);
	out->failed = out->failed || !buf_ok(&p->bytes);
	buf_reset(&p->bytes);
	p->charset = NULL;
}

static void add_word(struct buf *out, struct pending *p, const struct word *w)
{
	if (p->charset && (p->charsetlen != w->charsetlen ||
			   strncasecmp(p->charset, w->charset, w->charsetlen) != 0))
		flush(out, p);
	p->charset = w->charset;
	p->charsetlen = w->charsetlen;
	if (w->base64)
		mail_base64(&p->bytes, w->text, w->textlen);
	else
		mail_quoted(&p->bytes, w->text, w->textlen, true);
}

/* Text up to the next "=?" that may begin a word. */
static size_t plain_len(const char *s, size_t len)
{
	size_t n = 1;

	while (n < len && !(s[n] == '=' && n + 1 < len && s[n + 1] == '?'))
		n++;
	return n;
}

void mail_words(struct buf *out, const char *s, size_t len)
{
	struct pending p = { .charset = NULL };
	struct word w;
	size_t n;

	buf_init(&p.bytes, 0);
	for (size_t i = 0; i < len; i += n) {
		n = find_word(&w, s + i, len - i);
		if (n > 0) {
			size_t gap = i + n;

			add_word(out, &p, &w);
			while (gap < len && is_blank(s[gap]))
				gap++; /* between two words a blank is none */
			if (find_word(&w, s + gap, len - gap) > 0)
				n = gap - i;
			continue;
		}
		flush(out, &p);
		n = plain_len(s + i, len - i);
		mail_decode(out, NULL, 0, s + i, n);
	}
	flush(out, &p);
	buf_release(&p.bytes);
}

/* Where the next parameter begins: behind a semicolon that is in no quotes. */
static const char *next_parameter(const char *s)
{
	bool quoted = false;

	for (; *s; s++) {
		if (*s == '\\' && quoted && s[1])
			s++;
		else if (*s == '"')
			quoted = !quoted;
		else if (*s == ';' && !quoted)
			return s + 1;
	}
	return NULL;
}

static void put_value(struct buf *out, const char *s)
{
	if (*s != '"') {
		buf_put(out, s, strcspn(s, "; \t"));
		return;
	}
	for (s++; *s && *s != '"'; s++) {
		if (*s == '\\' && s[1])
			s++;
		buf_putc(out, *s);
	}
}

bool mail_parameter(struct buf *out, const char *value, const char *name)
{
	size_t len = strlen(name);

	buf_reset(out);
	while ((value = next_parameter(value))) {
		const char *s = value + strspn(value, " \t");

		if (strncasecmp(s, name, len) != 0)
			continue;
		s += len;
		s += *s == '*'; /* RFC 2231, where charset and boundary never need it */
		s += strspn(s, " \t");
		if (*s != '=')
			continue;
		s++;
		put_value(out, s + strspn(s, " \t"));
		return true;
	}
	return false;
}
