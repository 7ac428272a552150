/* What is inside a paragraph of Markdown: emphasis, links, pictures, code. */
#include <string.h>

#include "ingest/markdown_text.h"

/*
 * What looking for the ends of brackets and quotes may cost, in bytes looked at: so
 * many for each byte of the text, and some.  Behind that they are text like others.
 */
#define COST 8
#define COST_ANYWAY 65536

struct inlines {
	struct buf *out;
	const char *p, *end;
	char before;    /* the character before ${p} */
	int depth;      /* of links in links */
	size_t *budget; /* of what it may cost */
};

static void inline_at(struct inlines *in);

static void put_escaped(struct buf *out, char c)
{
	if (c == '<')
		buf_puts(out, "&lt;");
	else if (c == '>')
		buf_puts(out, "&gt;");
	else if (c == '&')
		buf_puts(out, "&amp;");
	else
		buf_putc(out, c);
}

static size_t left(const struct inlines *in)
{
	return (size_t)(in->end - in->p);
}

/* How far may be looked from ${from} on, which is paid with pay(). */
static const char *reach(const struct inlines *in, const char *from)
{
	size_t n = (size_t)(in->end - from);

	return from + (n < *in->budget ? n : *in->budget);
}

static void pay(struct inlines *in, const char *from, const char *to)
{
	*in->budget -= (size_t)(to - from);
}

/* The next ${mark}; NULL: there is none. */
static const char *find(struct inlines *in, const char *from, const char *mark)
{
	const char *stop = reach(in, from);
	size_t n = strlen(mark);

	for (const char *p = from; (size_t)(stop - p) >= n; p++) {
		p = memchr(p, *mark, (size_t)(stop - p));
		if (!p || (size_t)(stop - p) < n)
			break;
		if (memcmp(p, mark, n) == 0) {
			pay(in, from, p);
			return p;
		}
	}
	pay(in, from, stop);
	return NULL;
}

static size_t count_run(const struct inlines *in, char c)
{
	size_t n = 0;

	while (in->p + n < in->end && in->p[n] == c)
		n++;
	return n;
}

/* `code`, in any number of quotes. */
static void take_code(struct inlines *in)
{
	size_t n = count_run(in, '`'), run;
	const char *from = in->p + n, *stop = reach(in, from), *p = from;

	for (; p < stop; p += run ? run : 1) {
		run = 0;
		while (p + run < stop && p[run] == '`')
			run++;
		if (run == n)
			break;
	}
	pay(in, from, p < stop ? p : stop);
	if (p < stop) {
		for (; from < p; from++)
			put_escaped(in->out, *from);
		in->p = p + n;
		return;
	}
	for (; n > 0; n--, in->p++)
		buf_putc(in->out, '`');
}

/* Behind the bracket that closes the one at ${from}; NULL: none does. */
static const char *close_of(struct inlines *in, const char *from, char open, char close)
{
	const char *stop = reach(in, from), *p = from;
	size_t depth = 0;

	for (; p < stop; p++) {
		if (*p == '\\' && p + 1 < stop)
			p++;
		else if (*p == open)
			depth++;
		else if (*p == close && --depth == 0)
			break;
	}
	pay(in, from, p < stop ? p : stop);
	return p < stop ? p + 1 : NULL;
}

/* [text](link), [text][name]: the text.  False where it is none. */
static bool take_link(struct inlines *in)
{
	const char *text = in->depth > 4 ? NULL : close_of(in, in->p, '[', ']');
	const char *rest = NULL;
	struct inlines inside = *in;

	if (!text)
		return false;
	if (in->p[1] == '^') { /* a footnote's mark */
		in->p = text;
		return true;
	}
	if (text < in->end && *text == '(')
		rest = close_of(in, text, '(', ')');
	else if (text < in->end && *text == '[')
		rest = close_of(in, text, '[', ']');
	if (!rest)
		return false;
	inside.p = in->p + 1;
	inside.end = text - 1;
	inside.before = '[';
	inside.depth++;
	inline_at(&inside);
	in->p = rest;
	return true;
}

/* <https://a.example> is its own text; other tags stay for html_text(). */
static void take_angle(struct inlines *in)
{
	const char *close = find(in, in->p, ">");
	const char *colon = close ? memchr(in->p, ':', (size_t)(close - in->p)) : NULL;

	if (!colon || close - colon < 3 || colon[1] != '/' || colon[2] != '/' ||
	    memchr(in->p, ' ', (size_t)(close - in->p))) {
		buf_putc(in->out, *in->p++);
		return;
	}
	for (in->p++; in->p < close; in->p++)
		put_escaped(in->out, *in->p);
	in->p++;
}

/* {{< x >}}, {{% x %}}, {% x %}, {# x #}: a template's, not the text's. */
static bool take_template(struct inlines *in)
{
	static const char *const marks[][2] = {
		{ "{{<", ">}}" },
		{ "{{%", "%}}" },
		{ "{%", "%}" },
		{ "{#", "#}" },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i][0]);
		const char *close;

		if (left(in) < n || memcmp(in->p, marks[i][0], n) != 0)
			continue;
		close = find(in, in->p + n, marks[i][1]);
		if (close)
			in->p = close + strlen(marks[i][1]);
		return close != NULL;
	}
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\0';
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* Emphasis: a mark that touches a word.  A _ inside of one is a part of it. */
static void take_mark(struct inlines *in)
{
	char c = *in->p;
	size_t n = count_run(in, c);
	char behind = in->p + n < in->end ? in->p[n] : '\0';
	bool mark = !(is_blank(in->before) && is_blank(behind));

	if (c == '_')
		mark = mark && !(is_word(in->before) && is_word(behind));
	if (c == '~')
		mark = mark && n == 2;
	for (size_t i = 0; !mark && i < n; i++)
		buf_putc(in->out, c);
	in->p += n;
}

static void take_escape(struct inlines *in)
{
	static const char marks[] = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

	in->p++;
	if (in->p == in->end || !strchr(marks, *in->p) || *in->p == '\0') {
		buf_putc(in->out, '\\');
		return;
	}
	put_escaped(in->out, *in->p++);
}

static void take_next(struct inlines *in)
{
	char c = *in->p;
	bool picture = c == '!' && left(in) > 1 && in->p[1] == '[';

	switch (c) {
	case '\\':
		take_escape(in);
		return;
	case '`':
		take_code(in);
		return;
	case '<':
		take_angle(in);
		return;
	case '*':
	case '_':
	case '~':
		take_mark(in);
		return;
	case '{':
		if (take_template(in))
			return;
		break;
	case '[':
		if (take_link(in))
			return;
		break;
	default:
		break;
	}
	if (picture) {
		in->p++;
		if (take_link(in))
			return;
		in->p--;
	}
	buf_putc(in->out, c);
	in->p++;
}

static void inline_at(struct inlines *in)
{
	while (in->p < in->end) {
		const char *from = in->p;

		take_next(in);
		in->before = in->p > from ? in->p[-1] : in->before;
	}
}

void markdown_inline(struct buf *html, const char *s, size_t len)
{
	size_t budget = len * COST + COST_ANYWAY;
	struct inlines in = { .out = html, .p = s, .end = s + len, .budget = &budget };

	inline_at(&in);
}
