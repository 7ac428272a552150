/* Where front matter begins and ends, and the parts that both styles are made of. */
#include "ingest/front_matter.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/clean.h"
#include "ingest/front_parts.h"

/* ---- parts ----------------------------------------------------------------- */

bool front_error(struct front *f, const char *what)
{
	if (!f->out->error[0]) {
		f->out->line = f->number;
		snprintf(f->out->error, sizeof(f->out->error), "%s", what);
	}
	return false;
}

char front_peek(const struct front *f)
{
	return f->p < f->end ? *f->p : '\0';
}

void front_pass(struct front *f)
{
	f->number += *f->p == '\n';
	f->p++;
}

void front_blanks(struct front *f)
{
	while (front_peek(f) == ' ' || front_peek(f) == '\t' || front_peek(f) == '\r')
		f->p++;
}

bool front_at_line_end(const struct front *f)
{
	return f->p == f->end || *f->p == '\n' || *f->p == '#';
}

bool front_end_line(struct front *f)
{
	front_blanks(f);
	if (!front_at_line_end(f))
		return front_error(f, "something stands behind the value");
	while (f->p < f->end && *f->p != '\n')
		f->p++;
	if (f->p < f->end)
		front_pass(f);
	return true;
}

/* \u and \U: ${digits} hexadecimal digits are next. */
static bool put_code_point(struct front *f, size_t digits)
{
	char utf8[UTF8_MAX_BYTES];
	uint32_t cp = 0;

	for (size_t i = 0; i < digits; i++, f->p++) {
		char c = front_peek(f);
		const char *hex = "0123456789abcdef";
		const char *at =
			c ? strchr(hex, c >= 'A' && c <= 'F' ? c | 0x20 : c) : NULL;

		if (!at)
			return front_error(f, "a wrong escape in a quoted string");
		cp = cp * 16 + (uint32_t)(at - hex);
	}
	buf_put(&f->value, utf8, utf8_encode(utf8, cp));
	return true;
}

/* Behind a backslash. */
static bool put_escape(struct front *f)
{
	static const char from[] = "nt\"\\/' r0b", to[] = "\n\t\"\\/' \n  ";
	char c = front_peek(f);
	const char *at = c ? strchr(from, c) : NULL;

	if (c == 'u' || c == 'U' || c == 'x') {
		f->p++;
		return put_code_point(f, c == 'x' ? 2 : c == 'u' ? 4 : 8);
	}
	if (c == '\n') { /* the line goes on */
		front_pass(f);
		front_blanks(f);
		return true;
	}
	if (!at)
		return front_error(f, "a wrong escape in a quoted string");
	buf_putc(&f->value, to[at - from]);
	f->p++;
	return true;
}

bool front_quoted(struct front *f)
{
	char quote = *f->p;

	buf_reset(&f->value);
	f->p++;
	while (f->p < f->end) {
		char c = *f->p;

		if (c == quote && quote == '\'' && f->p + 1 < f->end && f->p[1] == '\'')
			f->p++; /* two of them are one */
		else if (c == quote) {
			f->p++;
			return true;
		}
		if (c == '\\' && quote == '"') {
			f->p++;
			if (!put_escape(f))
				return false;
			continue;
		}
		buf_putc(&f->value, c);
		front_pass(f);
	}
	return front_error(f, "a quoted string has no end");
}

bool front_key(struct front *f, struct buf *key, const char *s, size_t len)
{
	buf_reset(key);
	for (size_t i = 0; i < len; i++)
		buf_putc(key, s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] | 0x20) : s[i]);
	f->nomem = f->nomem || !buf_ok(key);
	if (len == 0)
		return front_error(f, "a key is missing");
	if (json_object_get(f->out->values, buf_str(key)))
		return front_error(f, "this key was there before");
	return true;
}

bool front_set(struct front *f, const struct buf *key, json_t *value)
{
	if (!value || json_object_set_new(f->out->values, buf_str(key), value) < 0) {
		f->nomem = true;
		return false;
	}
	return true;
}

json_t *front_string(struct front *f)
{
	json_t *v = json_stringn(buf_str(&f->value), f->value.len);

	f->nomem = f->nomem || !v || !buf_ok(&f->value);
	return v;
}

void front_left_out(struct front *f, const struct buf *key)
{
	struct buf *left = &f->out->left;

	buf_printf(left, "%s%s", left->len ? ", " : "", buf_str(key));
	f->nomem = f->nomem || !buf_ok(left);
}

/* ---- beginning and end ----------------------------------------------------- */

static const char *fence_of(enum front_matter_style style)
{
	return style == FRONT_TOML ? "+++" : "---";
}

/* Whether a line of three of these and nothing else begins at ${s}; its length. */
static size_t fence_len(const char *s, size_t len, const char *fence)
{
	const char *feed = memchr(s, '\n', len);
	size_t n = feed ? (size_t)(feed - s) : len, text = n;

	while (text > 0 && (s[text - 1] == ' ' || s[text - 1] == '\r'))
		text--;
	return text == 3 && memcmp(s, fence, 3) == 0 ? n + (feed != NULL) : 0;
}

/* A key and what stands behind one, a comment, a table of TOML. */
static bool begins_with_key(const char *s, size_t len, char mark)
{
	size_t n = 0;

	while (n < len && (s[n] == '\n' || s[n] == '\r'))
		n++;
	if (n < len && (s[n] == '#' || (s[n] == '[' && mark == '=')))
		return true;
	s += n;
	len -= n;
	for (n = 0; n < len && s[n] != '\n' && s[n] != mark;)
		n++;
	return n > 0 && n < len && s[n] == mark;
}

enum front_matter_style front_matter_style(const char *s, size_t len)
{
	size_t n;

	if (len >= 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0) {
		s += 3;
		len -= 3;
	}
	n = fence_len(s, len, "---");
	if (n > 0 && begins_with_key(s + n, len - n, ':'))
		return FRONT_YAML;
	n = fence_len(s, len, "+++");
	if (n > 0 && begins_with_key(s + n, len - n, '='))
		return FRONT_TOML;
	return FRONT_NONE;
}

/* Find the line that ends it; 0: there is none. */
static size_t find_end(size_t *fence, const char *s, size_t len, size_t from,
		       enum front_matter_style style)
{
	for (size_t i = from; i < len;) {
		const char *feed = memchr(s + i, '\n', len - i);

		*fence = fence_len(s + i, len - i, fence_of(style));
		if (*fence == 0 && style == FRONT_YAML)
			*fence = fence_len(s + i, len - i, "...");
		if (*fence > 0)
			return i;
		if (!feed)
			break;
		i = (size_t)(feed - s) + 1;
	}
	return 0;
}

static size_t count_lines(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += s[i] == '\n';
	return n;
}

bool front_matter_read(struct front_matter *out, const char *text, size_t len)
{
	enum front_matter_style style = front_matter_style(text, len);
	size_t first = fence_len(text, len, fence_of(style)), fence = 0;
	size_t end = find_end(&fence, text, len, first, style);
	struct front f = {
		.out = out, .p = text + first, .end = text + end, .number = 2
	};

	*out = (struct front_matter){ .values = json_object(), .len = end + fence };
	buf_init(&out->left, 0);
	if (!out->values)
		return false;
	if (end == 0) {
		f.number = 1;
		front_error(&f, "the front matter has no end");
		return true;
	}
	out->lines = count_lines(text, out->len);
	buf_init(&f.value, 0);
	if (style == FRONT_TOML)
		front_toml(&f);
	else
		front_yaml(&f);
	buf_release(&f.value);
	return !f.nomem;
}

void front_matter_release(struct front_matter *f)
{
	json_decref(f->values);
	f->values = NULL;
	buf_release(&f->left);
}
