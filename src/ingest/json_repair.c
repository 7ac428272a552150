/*
 * Repair of JSON that was put together as text.  One pass that copies and knows only
 * whether it is in a string and what is open around it.
 */
#include <stdbool.h>
#include <string.h>

#include "ingest/json_ld.h"

#define DEPTH 1024 /* what is deeper is not closed where its end is missing */

struct repair {
	struct buf *out;
	const char *p, *end;
	char open[DEPTH];
	size_t depth;
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The next character from ${p} on that is no space; NUL at the end. */
static char ahead(const struct repair *r, const char *p)
{
	while (p < r->end && is_space(*p))
		p++;
	return p < r->end ? *p : '\0';
}

/* A quote ends the string where what follows could follow a string. */
static bool ends_string(const struct repair *r)
{
	char next = ahead(r, r->p + 1);

	return next == '\0' || strchr(",:}]", next) != NULL;
}

static void put_escape(struct repair *r)
{
	char c = r->p + 1 < r->end ? r->p[1] : '\0';

	if (c == 'u' || (c && strchr("\"\\/bfnrt", c))) {
		buf_put(r->out, r->p, 2);
		r->p += 2;
		return;
	}
	r->p++; /* "\'" and the like: the character itself */
}

static void put_string(struct repair *r)
{
	buf_putc(r->out, '"');
	for (r->p++; r->p < r->end;) {
		unsigned char c = (unsigned char)*r->p;

		if (c == '\\') {
			put_escape(r);
			continue;
		}
		if (c == '"' && ends_string(r)) {
			r->p++;
			break;
		}
		if (c == '"')
			buf_puts(r->out, "\\\"");
		else if (c < ' ')
			buf_printf(r->out, "\\u%04x", c);
		else
			buf_putc(r->out, (char)c);
		r->p++;
	}
	buf_putc(r->out, '"');
}

/* Outside of strings a run of white space is one blank: looking back is one step. */
static char last(const struct buf *out)
{
	size_t len = out->len;

	if (len > 0 && out->data[len - 1] == ' ')
		len--;
	return len > 0 ? out->data[len - 1] : '\0';
}

static void put_blank(struct repair *r)
{
	if (r->out->len > 0 && r->out->data[r->out->len - 1] != ' ')
		buf_putc(r->out, ' ');
	r->p++;
}

static void drop_comma(struct buf *out)
{
	if (last(out) == ',')
		buf_truncate(out, out->len - (out->data[out->len - 1] == ' ' ? 2 : 1));
}

static void put_open(struct repair *r)
{
	if (r->depth < DEPTH)
		r->open[r->depth] = *r->p == '{' ? '}' : ']';
	r->depth++;
	buf_putc(r->out, *r->p++);
}

/* One that closes nothing is passed over: of "]]>", for one. */
static void put_close(struct repair *r)
{
	char c = *r->p++;

	if (r->depth > 0 && r->depth <= DEPTH && r->open[r->depth - 1] != c)
		return;
	drop_comma(r->out);
	r->depth--;
	buf_putc(r->out, c);
}

/* Outside of strings a slash begins a comment. */
static void skip_comment(struct repair *r)
{
	bool block = r->p + 1 < r->end && r->p[1] == '*';

	for (r->p++; r->p < r->end; r->p++) {
		if (block ? *r->p == '/' && r->p[-1] == '*' : *r->p == '\n')
			break;
	}
	r->p += r->p < r->end ? 1 : 0;
}

/* A comma behind nothing is one too many. */
static void put_comma(struct repair *r)
{
	char before = last(r->out);

	if (before && !strchr("[{,:", before))
		buf_putc(r->out, ',');
	r->p++;
}

static void put_next(struct repair *r)
{
	switch (*r->p) {
	case '"':
		put_string(r);
		break;
	case '{':
	case '[':
		put_open(r);
		break;
	case '}':
	case ']':
		put_close(r);
		break;
	case ',':
		put_comma(r);
		break;
	case '/':
		skip_comment(r);
		break;
	case ' ':
	case '\t':
	case '\n':
	case '\r':
		put_blank(r);
		break;
	default:
		buf_putc(r->out, *r->p++);
	}
}

/* Begin where the JSON does: behind "<!--", a CDATA mark, an assignment. */
void json_ld_repair(struct buf *out, const char *s, size_t len)
{
	struct repair r = { .out = out, .p = s, .end = s + len };

	while (r.p < r.end && *r.p != '{' && *r.p != '[')
		r.p++;
	/* the mark of CDATA has brackets of its own */
	if (r.end - r.p > 7 && memcmp(r.p, "[CDATA[", 7) == 0) {
		for (r.p += 7; r.p < r.end && *r.p != '{' && *r.p != '[';)
			r.p++;
	}
	if (r.p == r.end)
		return;
	do {
		put_next(&r);
	} while (r.depth > 0 && r.p < r.end);
	if (r.depth == 0 || r.depth > DEPTH)
		return;
	drop_comma(out);
	while (r.depth > 0)
		buf_putc(out, r.open[--r.depth]);
}
