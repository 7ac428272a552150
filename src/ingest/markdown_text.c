/* The blocks of Markdown: paragraphs, headings, lists, quotations, code, tables. */
#include "ingest/markdown_text.h"

#include <string.h>

struct blocks {
	struct buf *out;
	struct buf text; /* of the paragraph that is open */
	bool item;       /* it is an item of a list */
	bool lines;      /* each of its lines is one: rows, numbered items */
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void trim(const char **s, size_t *len)
{
	while (*len > 0 && is_space((*s)[*len - 1]))
		--*len;
	while (*len > 0 && is_space(**s)) {
		++*s;
		--*len;
	}
}

/* ---- lines ----------------------------------------------------------------- */

/* "## Heading ##" */
static void find_heading(struct markdown_line *line)
{
	const char *s = line->s;
	size_t len = line->len, level = 0;

	if (len >= 4 && memcmp(s, "    ", 4) == 0)
		return;
	trim(&s, &len);
	while (level < len && s[level] == '#')
		level++;
	if (level == 0 || level > 6 || (level < len && !is_space(s[level])))
		return;
	s += level;
	len -= level;
	trim(&s, &len);
	while (len > 0 && s[len - 1] == '#')
		len--;
	trim(&s, &len);
	line->level = level;
	line->title = s;
	line->titlelen = len;
}

/* A fence opens or closes code; true where the line is one. */
static bool is_fence(struct markdown_lines *lines, const char *s, size_t len)
{
	size_t n = 0;

	trim(&s, &len);
	if (len < 3 || (*s != '`' && *s != '~'))
		return false;
	while (n < len && s[n] == *s)
		n++;
	if (n < 3)
		return false;
	if (!lines->fence) {
		if (*s == '`' && memchr(s + n, '`', len - n))
			return false; /* code in a line */
		lines->fence = *s;
		lines->fence_len = n;
		return true;
	}
	if (lines->fence != *s || n < lines->fence_len || n < len)
		return false;
	lines->fence = '\0';
	return true;
}

bool markdown_next(struct markdown_line *out, struct markdown_lines *lines)
{
	const char *feed;
	bool inside = lines->fence != '\0';

	if (lines->p >= lines->end)
		return false;
	feed = memchr(lines->p, '\n', (size_t)(lines->end - lines->p));
	*out = (struct markdown_line){ .s = lines->p };
	out->len = (size_t)((feed ? feed : lines->end) - lines->p);
	lines->p = feed ? feed + 1 : lines->end;
	out->fenced = is_fence(lines, out->s, out->len) || inside;
	if (!out->fenced)
		find_heading(out);
	return true;
}

/* ---- blocks ---------------------------------------------------------------- */

static void end_paragraph(struct blocks *b)
{
	const char *tag = b->item ? "li" : "p";

	if (b->text.len > 0) {
		buf_printf(b->out, "\n<%s>", tag);
		markdown_inline(b->out, b->text.data, b->text.len);
		buf_printf(b->out, "</%s>\n", tag);
	}
	buf_reset(&b->text);
	b->item = b->lines = false;
}

static void put_code(struct buf *out, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '<')
			buf_puts(out, "&lt;");
		else if (s[i] == '&')
			buf_puts(out, "&amp;");
		else
			buf_putc(out, s[i]);
	}
	buf_putc(out, '\n');
}

/* A line of nothing but three or more of one mark: a rule, or what underlines. */
static bool is_rule(const char *s, size_t len)
{
	size_t n = 0;

	if (len < 3 || !strchr("-*_=", *s))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == *s)
			n++;
		else if (!is_space(s[i]))
			return false;
	}
	return n >= 3;
}

/* |---|:--:| between the head of a table and its rows. */
static bool is_table_rule(const char *s, size_t len)
{
	bool bar = false, dash = false;

	for (size_t i = 0; i < len; i++) {
		bar = bar || s[i] == '|';
		dash = dash || s[i] == '-';
		if (!strchr("|-: \t", s[i]))
			return false;
	}
	return bar && dash;
}

/* The bytes of "- ", "* ", "+ " at the start of ${s}; 0: no item begins. */
static size_t bullet(const char *s, size_t len)
{
	return len >= 2 && strchr("-*+", *s) && is_space(s[1]) ? 2 : 0;
}

/* "1. " stays as it is: the number is text. */
static bool is_numbered(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && n < 9 && s[n] >= '0' && s[n] <= '9')
		n++;
	return n > 0 && n + 1 < len && (s[n] == '.' || s[n] == ')') &&
	       is_space(s[n + 1]);
}

/* "[name]: https://..." says where links lead, and is no text. */
static bool is_definition(const char *s, size_t len)
{
	const char *close =
		len > 3 && *s == '[' && s[1] != '^' ? memchr(s, ']', len) : NULL;
	size_t n = close ? (size_t)(close - s) : 0;

	return close && n + 2 < len && close[1] == ':' && is_space(close[2]);
}

/* The bytes of "[^name]:" at the start of ${s}, which marks a note. */
static size_t footnote(const char *s, size_t len)
{
	const char *close =
		len > 4 && s[0] == '[' && s[1] == '^' ? memchr(s, ']', len) : NULL;
	size_t n = close ? (size_t)(close - s) + 1 : 0;

	return n > 0 && n < len && s[n] == ':' ? n + 1 : 0;
}

static void add_line(struct blocks *b, const char *s, size_t len, bool broken)
{
	if (b->text.len > 0)
		buf_puts(&b->text, broken ? "<br>\n" : "\n");
	buf_put(&b->text, s, len);
}

/* A line among others like it. */
static void add_own_line(struct blocks *b, const char *s, size_t len)
{
	if (!b->lines)
		end_paragraph(b);
	b->lines = true;
	add_line(b, s, len, true);
}

/* A row of a table as a line. */
static void add_row(struct blocks *b, const char *s, size_t len)
{
	if (is_table_rule(s, len))
		return;
	if (len > 0 && *s == '|') {
		s++;
		len--;
	}
	if (len > 0 && s[len - 1] == '|')
		len--;
	trim(&s, &len);
	add_own_line(b, s, len);
}

/* A line that is text. */
static void add_text(struct blocks *b, const char *s, size_t len, bool broken)
{
	size_t n;

	while (len > 0 && *s == '>') { /* a quotation is a text like others */
		s++;
		len--;
		trim(&s, &len);
	}
	n = footnote(s, len);
	s += n;
	len -= n;
	trim(&s, &len);
	if (len == 0 || is_rule(s, len) || is_definition(s, len)) {
		end_paragraph(b);
		return;
	}
	if (*s == '|') {
		add_row(b, s, len);
		return;
	}
	if (is_numbered(s, len)) {
		add_own_line(b, s, len);
		return;
	}
	n = bullet(s, len);
	if (n > 0) {
		end_paragraph(b);
		b->item = true;
		add_line(b, s + n, len - n, false);
		return;
	}
	add_line(b, s, len, broken);
}

static void add_block_line(struct blocks *b, const struct markdown_line *line,
			   bool *broken)
{
	const char *s = line->s;
	size_t len = line->len;
	bool hard = len > 2 && s[len - 1] == ' ' && s[len - 2] == ' ';

	trim(&s, &len);
	if (len == 0) {
		end_paragraph(b);
	} else if (line->level > 0) {
		end_paragraph(b);
		add_line(b, line->title, line->titlelen, false);
		end_paragraph(b);
	} else {
		add_text(b, s, len, *broken);
	}
	*broken = hard;
}

void markdown_html(struct buf *html, const char *markdown, size_t len)
{
	struct markdown_lines lines = { .p = markdown, .end = markdown + len };
	struct blocks b = { .out = html };
	struct markdown_line line;
	bool code = false, broken = false;

	buf_init(&b.text, 0);
	while (markdown_next(&line, &lines)) {
		bool fence = line.fenced && (lines.fence == '\0' || !code);

		if (line.fenced && !code) {
			end_paragraph(&b);
			buf_puts(html, "\n<pre>\n");
		}
		if (line.fenced && !fence)
			put_code(html, line.s, line.len);
		if (code && line.fenced && lines.fence == '\0')
			buf_puts(html, "</pre>\n");
		code = lines.fence != '\0';
		if (!line.fenced)
			add_block_line(&b, &line, &broken);
	}
	end_paragraph(&b);
	if (code)
		buf_puts(html, "</pre>\n");
	html->failed = html->failed || !buf_ok(&b.text);
	buf_release(&b.text);
}
