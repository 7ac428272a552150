/*
 * From elements to the lines of a captured page.  Knows what a panel page is made of
 * and where HTML says it better than text does; the words it looks for are page.c's.
 */
#include "ingest/html_page.h"

#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/utf8.h"
#include "ingest/clean.h"
#include "ingest/header.h"
#include "ingest/html_text.h"
#include "ingest/page.h"

#define NONE 0 /* node 0 is the page, never what is looked for */
#define HEADING_NODES 64
#define HEADING_BYTES 80 /* of what may be "Panel Takes" as it is written */

struct composer {
	const struct html_tree *t;
	struct buf *out, *url;
	struct buf value, line;
	uint32_t title, panel; /* nodes; NONE: the page has no <h1> */
	uint8_t name_level;    /* of headings that are names; 0: none is */
	bool after_name;
	struct html_writer writer;
	uint32_t open[HTML_DEPTH + 1];
	size_t depth;
};

static bool is_heading(uint8_t name)
{
	return name >= HTML_H1 && name <= HTML_H6;
}

/* The text of node ${i} on one line, in c->line. */
static const char *line_of(struct composer *c, uint32_t i)
{
	struct html_writer w;

	buf_reset(&c->line);
	html_writer_init(&w, &c->line);
	for (uint32_t n = i; n < c->t->v[i].end; n++) {
		const struct html_node *node = &c->t->v[n];

		if (node->text)
			html_writer_text(&w, node->s, node->len, node->literal);
		else if (n != i)
			html_writer_open(&w, (enum html_name)node->name);
	}
	return buf_str(&c->line);
}

/* Looked at is no more than a heading has in it: it is asked of every element. */
static bool is_short(const struct html_tree *t, uint32_t i)
{
	size_t len = 0;

	if (t->v[i].end - i > HEADING_NODES)
		return false;
	for (uint32_t n = i + 1; n < t->v[i].end && len <= HEADING_BYTES; n++)
		len += t->v[n].text ? t->v[n].len : 0;
	return len > 0 && len <= HEADING_BYTES;
}

/* The innermost elements with text in them, from the page's end: the panel is there. */
static uint32_t find_panel(struct composer *c)
{
	for (uint32_t i = (uint32_t)c->t->n; i-- > 1;) {
		if (c->t->v[i].text || c->t->v[i].name == HTML_A || !is_short(c->t, i))
			continue;
		line_of(c, i);
		if (page_marks(buf_str(&c->line), c->line.len) & PAGE_HAS_PANEL)
			return i;
	}
	return NONE;
}

/* The last <h1> before the panel. */
static uint32_t find_title(const struct composer *c)
{
	for (uint32_t i = c->panel; i-- > 1;) {
		if (c->t->v[i].name == HTML_H1)
			return i;
	}
	return NONE;
}

/* The rank of the first heading behind the panel's, which names a panellist. */
static uint8_t find_name_level(const struct composer *c)
{
	for (size_t i = c->t->v[c->panel].end; i < c->t->n; i++) {
		if (is_heading(c->t->v[i].name))
			return c->t->v[i].name;
	}
	return 0;
}

/* The innermost element that both are in. */
static uint32_t common(const struct html_tree *t, uint32_t a, uint32_t b)
{
	while (a != 0 && t->v[a].end <= b)
		a = t->v[a].parent;
	return a;
}

static bool is_left_out(struct composer *c, const struct html_node *node)
{
	if (node->name == HTML_NAV || node->name == HTML_FOOTER ||
	    node->name == HTML_DIALOG)
		return true;
	return node->len > 0 && html_node_attr(&c->value, node, "hidden");
}

/* The first short element behind the title that ends as a header line does. */
static uint32_t find_header(struct composer *c)
{
	for (uint32_t i = c->t->v[c->title].end; i < c->panel; i++) {
		if (c->t->v[i].text || !is_short(c->t, i))
			continue;
		line_of(c, i);
		if (header_look(buf_str(&c->line), c->line.len) >= HEADER_LOOSE)
			return i;
	}
	return NONE;
}

static void put(struct composer *c, const char *s, size_t len)
{
	html_writer_text(&c->writer, s, len, true);
}

static void put_line(struct composer *c, const char *s, size_t len)
{
	html_writer_open(&c->writer, HTML_P);
	put(c, s, len);
	html_writer_close(&c->writer, HTML_P);
}

static void put_line_of(struct composer *c, uint32_t i)
{
	const char *s = line_of(c, i);

	put_line(c, s, c->line.len);
}

/* A picture before the title is the company's: "Lantern logo" is "Lantern". */
static void put_picture(struct composer *c, const struct html_node *node)
{
	static const char suffix[] = " logo";
	size_t n = strlen(suffix), len;

	if (!html_node_attr(&c->value, node, "alt"))
		return;
	len = c->value.len;
	if (len > n && strcasecmp(c->value.data + len - n, suffix) == 0)
		len -= n;
	put(c, buf_str(&c->value), len);
}

/* The day as a header line has it, where the page shows it in words. */
static bool put_time(struct composer *c, const struct html_node *node)
{
	char iso[DATE_TEXT];
	int32_t date;

	if (!html_node_attr(&c->value, node, "datetime") ||
	    !date_parse_written(&date, buf_str(&c->value), c->value.len))
		return false;
	date_format(iso, date);
	put(c, iso, strlen(iso));
	return true;
}

/* An element with the heading, and perhaps a link, in it: no other text. */
static bool is_source(struct composer *c, uint32_t i)
{
	static const char heading[] = "Original source";

	return is_short(c->t, i) &&
	       strncasecmp(line_of(c, i), heading, strlen(heading)) == 0;
}

static bool is_link(const struct buf *value)
{
	return strncasecmp(buf_str(value), "http://", 7) == 0 ||
	       strncasecmp(buf_str(value), "https://", 8) == 0;
}

static void put_source(struct composer *c, uint32_t i)
{
	for (uint32_t n = i; n < c->t->v[i].end && c->url->len == 0; n++) {
		const struct html_node *node = &c->t->v[n];

		if (node->name == HTML_A && html_node_attr(&c->value, node, "href") &&
		    is_link(&c->value))
			buf_put(c->url, c->value.data, c->value.len);
	}
	put_line(c, "Original source", strlen("Original source"));
}

static void put_name(struct composer *c, uint32_t i)
{
	for (int twice = 0; twice < 2; twice++)
		put_line_of(c, i);
	c->after_name = true;
}

static bool is_blank(const struct html_node *node)
{
	const char *s = node->s;
	size_t len = node->len;

	clean_trim(&s, &len);
	return node->text && len == 0;
}

/* "The Builder - Developer Perspective": what parts the two is neither's. */
static void put_text(struct composer *c, const struct html_node *node)
{
	static const char *const marks[] = {
		"-", "|", ":", ",", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7"
	};
	const char *s = node->s;
	size_t len = node->len;

	if (c->after_name && !is_blank(node)) {
		clean_trim(&s, &len);
		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
			size_t n = strlen(marks[i]);

			if (len >= n && memcmp(s, marks[i], n) == 0) {
				s += n;
				len -= n;
				break;
			}
		}
		c->after_name = false;
	}
	html_writer_text(&c->writer, s, len, node->literal);
}

/* Behind the panel's heading: <strong> that begins a block, where there is no heading.
 */
static bool is_strong_name(const struct composer *c, uint32_t i)
{
	const struct html_node *node = &c->t->v[i];
	uint32_t first = node->parent + 1;

	if (c->name_level || node->name != HTML_STRONG || i <= c->panel)
		return false;
	return (i == first || (i == first + 1 && is_blank(&c->t->v[first]))) &&
	       is_short(c->t, i);
}

/* What is written in its own way.  False: node ${i} is written as it stands. */
static bool put_special(struct composer *c, uint32_t i)
{
	const struct html_node *node = &c->t->v[i];

	if (node->text)
		return false;
	if (is_left_out(c, node))
		return true;
	if (i < c->title && node->name == HTML_IMG)
		put_picture(c, node);
	else if (i < c->panel && node->name == HTML_TIME)
		return put_time(c, node);
	else if (i < c->panel && is_source(c, i))
		put_source(c, i);
	else if (i > c->panel && c->name_level && node->name == c->name_level)
		put_name(c, i);
	else if (is_strong_name(c, i))
		put_name(c, i);
	else
		return false;
	return true;
}

static void close_until(struct composer *c, uint32_t i)
{
	while (c->depth > 0 && c->t->v[c->open[c->depth - 1]].end <= i) {
		uint8_t name = c->t->v[c->open[--c->depth]].name;

		html_writer_close(&c->writer, (enum html_name)name);
	}
}

static void put_range(struct composer *c, uint32_t from, uint32_t end, uint32_t without)
{
	for (uint32_t i = from; i < end; i++) {
		const struct html_node *node = &c->t->v[i];

		close_until(c, i);
		if ((without != NONE && i == without) || put_special(c, i)) {
			i = node->end - 1;
		} else if (node->text) {
			put_text(c, node);
		} else {
			html_writer_open(&c->writer, (enum html_name)node->name);
			c->open[c->depth++] = i;
		}
	}
	close_until(c, end);
}

/*
 * A header line stands before the title.  Where none does, the element behind the title
 * that looks like one is put there; NONE: there is no such element.
 */
static uint32_t put_title(struct composer *c, size_t start)
{
	uint32_t next = NONE;

	if (!(page_marks(buf_str(c->out) + start, c->out->len - start) &
	      PAGE_HAS_HEADER))
		next = find_header(c);
	if (next != NONE)
		put_line_of(c, next);
	put_line_of(c, c->title);
	return next;
}

static void put_page(struct composer *c)
{
	uint32_t from = c->title ? common(c->t, c->title, c->panel) : 0;
	uint32_t end = c->t->v[from].end;
	size_t start = c->out->len;
	uint32_t header;

	html_writer_init(&c->writer, c->out);
	if (!c->title) {
		put_range(c, from, end, NONE);
		return;
	}
	put_range(c, from, c->title, NONE);
	header = put_title(c, start);
	put_range(c, c->t->v[c->title].end, end, header);
}

bool html_page_text(struct buf *out, struct buf *url, const struct html_tree *tree)
{
	struct composer c = { .t = tree, .out = out, .url = url };

	c.panel = find_panel(&c);
	if (c.panel != NONE) {
		c.title = find_title(&c);
		c.name_level = find_name_level(&c);
		put_page(&c);
	}
	buf_release(&c.value);
	buf_release(&c.line);
	return c.panel != NONE;
}
