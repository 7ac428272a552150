/* MIME: parts in parts, RFC 2045 and 2046. */
#include "ingest/mail_text.h"

#include <string.h>
#include <strings.h>

#include "ingest/charset.h"
#include "ingest/html_text.h"
#include "ingest/mail_code.h"
#include "ingest/mail_header.h"

struct part {
	const char *headers, *body;
	size_t headerslen, bodylen;
	struct buf type, value; /* Content-Type; scratch */
};

static void part_init(struct part *p, const char *s, size_t len)
{
	*p = (struct part){ .headers = s, .headerslen = mail_headers_len(s, len) };
	p->body = s + p->headerslen;
	p->bodylen = len - p->headerslen;
	buf_init(&p->type, 0);
	buf_init(&p->value, 0);
	if (!mail_header(&p->type, s, p->headerslen, "Content-Type"))
		buf_puts(&p->type, "text/plain");
}

static void part_release(struct part *p)
{
	buf_release(&p->type);
	buf_release(&p->value);
}

static bool is_type(const struct part *p, const char *type)
{
	size_t len = strlen(type);
	const char *own = buf_str(&p->type);

	return strncasecmp(own, type, len) == 0 &&
	       (type[len - 1] == '/' || !own[len] || strchr("; \t", own[len]));
}

static bool is_attachment(struct part *p)
{
	return mail_header(&p->value, p->headers, p->headerslen,
			   "Content-Disposition") &&
	       strncasecmp(buf_str(&p->value), "attachment", 10) == 0;
}

/* The bytes of a part as they were before they were sent. */
static void decode_transfer(struct buf *out, struct part *p)
{
	const char *how = buf_str(&p->value);

	mail_header(&p->value, p->headers, p->headerslen, "Content-Transfer-Encoding");
	how = buf_str(&p->value);
	if (strncasecmp(how, "base64", 6) == 0)
		mail_base64(out, p->body, p->bodylen);
	else if (strncasecmp(how, "quoted-printable", 16) == 0)
		mail_quoted(out, p->body, p->bodylen, false);
	else
		buf_put(out, p->body, p->bodylen);
}

/* Lines that end with a blank go on with the next: RFC 3676. */
static void put_flowed(struct buf *out, const char *s, size_t len, bool drop)
{
	size_t n;

	for (size_t i = 0; i < len; i += n + 1) {
		const char *line = s + i, *feed = memchr(line, '\n', len - i);
		size_t text;

		n = feed ? (size_t)(feed - line) : len - i;
		text = n > 0 && line[n - 1] == '\r' ? n - 1 : n;
		if (text > 0 && *line == ' ') {
			line++;
			text--;
		}
		if (text > 0 && line[text - 1] == ' ' &&
		    !(text == 3 && memcmp(line, "-- ", 3) == 0)) {
			buf_put(out, line, text - drop);
			continue;
		}
		buf_put(out, line, text);
		buf_putc(out, '\n');
	}
}

/* A part of text; false where memory is out. */
static bool read_leaf(struct mail_text *t, struct part *p)
{
	struct buf bytes, text;
	bool html = is_type(p, "text/html"), ok;

	buf_init(&bytes, 0);
	buf_init(&text, 0);
	decode_transfer(&bytes, p);
	if (mail_parameter(&p->value, buf_str(&p->type), "charset"))
		mail_decode(&text, p->value.data, p->value.len, buf_str(&bytes),
			    bytes.len);
	else
		charset_decode(&text, charset_guess(buf_str(&bytes), bytes.len, NULL),
			       buf_str(&bytes), bytes.len);
	if (t->text.len > 0)
		buf_puts(&t->text, "\n\n");
	if (html)
		html_text(&t->text, buf_str(&text), text.len);
	else if (mail_parameter(&p->value, buf_str(&p->type), "format") &&
		 strcasecmp(buf_str(&p->value), "flowed") == 0)
		put_flowed(&t->text, buf_str(&text), text.len,
			   mail_parameter(&p->value, buf_str(&p->type), "delsp") &&
				   strcasecmp(buf_str(&p->value), "yes") == 0);
	else
		buf_put(&t->text, buf_str(&text), text.len);
	ok = buf_ok(&bytes) && buf_ok(&text) && buf_ok(&t->text);
	buf_release(&bytes);
	buf_release(&text);
	return ok;
}

/* ---- parts of parts -------------------------------------------------------- */

struct parts {
	const char *p, *end; /* behind the boundary line before the next part */
	const struct buf *boundary;
	bool last;
};

/* The boundary line at or behind ${from}; NULL: there is none. */
static const char *find_boundary(const struct parts *it, const char *from, bool *last)
{
	size_t n = it->boundary->len;

	while (from < it->end) {
		size_t left = (size_t)(it->end - from);
		const char *feed = memchr(from, '\n', left);

		if (left >= n + 2 && from[0] == '-' && from[1] == '-' &&
		    memcmp(from + 2, it->boundary->data, n) == 0) {
			*last = left >= n + 4 && memcmp(from + 2 + n, "--", 2) == 0;
			if (*last || left == n + 2 || strchr(" \t\r\n", from[n + 2]))
				return from;
		}
		if (!feed)
			break;
		from = feed + 1;
	}
	return NULL;
}

static const char *behind_line(const struct parts *it, const char *s)
{
	const char *feed = memchr(s, '\n', (size_t)(it->end - s));

	return feed ? feed + 1 : it->end;
}

/* The next part, which may be cut off; false where there is none. */
static bool next_part(const char **s, size_t *len, struct parts *it)
{
	const char *close;

	if (it->last || it->p >= it->end)
		return false;
	*s = it->p;
	close = find_boundary(it, it->p, &it->last);
	*len = (size_t)((close ? close : it->end) - it->p);
	it->p = close ? behind_line(it, close) : it->end;
	it->last = it->last || !close;
	return true;
}

static bool first_boundary(struct parts *it, const struct part *p,
			   const struct buf *boundary)
{
	const char *first;

	*it = (struct parts){ p->body, p->body + p->bodylen, boundary, false };
	first = boundary->len > 0 ? find_boundary(it, p->body, &it->last) : NULL;
	if (first)
		it->p = behind_line(it, first);
	return first != NULL;
}

static bool read_part(struct mail_text *t, const char *s, size_t len, size_t depth);

/* Whether the part at ${s} is, or has in it, HTML. */
static bool has_html(const char *s, size_t len)
{
	struct part p;
	bool html;

	part_init(&p, s, len);
	html = is_type(&p, "text/html") || is_type(&p, "multipart/");
	part_release(&p);
	return html;
}

static bool says_something(const struct buf *text, size_t from)
{
	while (from < text->len && (unsigned char)text->data[from] <= ' ')
		from++;
	return from < text->len;
}

/* Drop the bytes from ${from} to ${to}. */
static void cut_out(struct buf *text, size_t from, size_t to)
{
	if (!buf_ok(text))
		return;
	memmove(text->data + from, text->data + to, text->len - to);
	buf_truncate(text, text->len - (to - from));
}

/* Of several ways to say it one: HTML, else what comes last and says something. */
static bool read_alternatives(struct mail_text *t, struct parts it, size_t depth)
{
	size_t before = t->text.len, len, attachments = t->attachments;
	bool html = false;
	const char *s;

	while (next_part(&s, &len, &it)) {
		size_t last = t->text.len;
		bool richer = has_html(s, len);

		if (html && !richer)
			continue;
		t->attachments = attachments;
		if (!read_part(t, s, len, depth + 1))
			return false;
		if (!says_something(&t->text, last)) {
			buf_truncate(&t->text, last);
			continue;
		}
		while (before == 0 && buf_ok(&t->text) && t->text.data[last] == '\n')
			last++;
		cut_out(&t->text, before, last);
		html = richer;
	}
	return true;
}

static bool read_parts(struct mail_text *t, struct part *p, size_t depth)
{
	struct buf boundary;
	struct parts it;
	const char *s;
	size_t len;
	bool ok = true;

	buf_init(&boundary, 0);
	mail_parameter(&boundary, buf_str(&p->type), "boundary");
	if (!first_boundary(&it, p, &boundary))
		ok = read_leaf(t, p); /* all that can be done with it */
	else if (is_type(p, "multipart/alternative"))
		ok = read_alternatives(t, it, depth);
	else
		while (ok && next_part(&s, &len, &it))
			ok = read_part(t, s, len, depth + 1);
	buf_release(&boundary);
	return ok;
}

static bool read_part(struct mail_text *t, const char *s, size_t len, size_t depth)
{
	struct part p;
	bool ok = true;

	if (depth > MAIL_DEPTH_MAX || ++t->parts > MAIL_PARTS_MAX) {
		t->limited = true;
		return true;
	}
	part_init(&p, s, len);
	if (is_attachment(&p))
		t->attachments++;
	else if (is_type(&p, "multipart/"))
		ok = read_parts(t, &p, depth);
	else if (is_type(&p, "text/html") || is_type(&p, "text/plain"))
		ok = read_leaf(t, &p);
	else
		t->attachments++;
	part_release(&p);
	return ok;
}

void mail_text_init(struct mail_text *t)
{
	*t = (struct mail_text){ .parts = 0 };
	buf_init(&t->text, 0);
}

void mail_text_release(struct mail_text *t)
{
	buf_release(&t->text);
}

bool mail_text_read(struct mail_text *t, const char *message, size_t len)
{
	return read_part(t, message, len, 0);
}
