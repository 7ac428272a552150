/*
 * Reader of page captures: the text of a news page as it is copied from a browser.
 * Turns the parts that page.c finds into an article and says what was missing.  Knows
 * no site, company or persona by name.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/clean.h"
#include "ingest/header.h"
#include "ingest/page.h"
#include "ingest/panel.h"
#include "ingest/provenance.h"
#include "ingest/reader.h"
#include "ingest/stream.h"

struct capture {
	struct stream stream;
	struct read_options options;
	size_t max;
	bool loaded, too_long;
	struct buf raw; /* the whole input */
	size_t pos;     /* of the next page in ${raw} */
	size_t line;    /* number of the line at ${pos}, from 1 */

	struct arena arena; /* the current article's */
	struct buf scratch;
	struct page page;
	struct reader_voice voice;
};

static int capture_bid(const char *head, size_t len, bool whole, const char *name)
{
	unsigned marks;

	(void)whole;
	(void)name;
	while (len > 0 && clean_blank(head, len) > 0) {
		head++;
		len--;
	}
	if (len == 0 || *head == '<' || *head == '{' || *head == '[')
		return 0; /* the source of a page, or data about one */
	marks = page_marks(head, len);
	return (marks & PAGE_HAS_HEADER ? 50 : 0) + (marks & PAGE_HAS_SOURCE ? 25 : 0) +
	       (marks & PAGE_HAS_PANEL ? 25 : 0);
}

static char *line_text(struct capture *c, size_t i)
{
	const struct page_line *line = &c->page.v[i];

	return clean_line(&c->arena, &c->scratch, line->s, line->len);
}

static int set_one(const char *const **list, size_t *n, struct capture *c,
		   const char *value)
{
	const char **v;

	if (!value)
		return 0;
	v = arena_array(&c->arena, 1, sizeof(*v));
	if (!v)
		return PDX_E_NOMEM;
	v[0] = clean_line(&c->arena, &c->scratch, value, strlen(value));
	if (!v[0])
		return PDX_E_NOMEM;
	*list = v;
	*n = 1;
	return 0;
}

static void warn_header(struct capture *c, const struct header *h)
{
	const char *text = c->page.header_text;

	if (h->bad_date)
		reader_warn(&c->voice, "%s is no date; kept without one", h->bad_date);
	else if (h->date == PDX_NO_DATE)
		reader_warn(&c->voice, "no date");
	if (h->plain_text)
		reader_warn(&c->voice,
			    "no company and no category: header line \"%.*s\" not "
			    "understood",
			    reader_quote(text, strlen(text)), text);
	else if (!h->company)
		reader_warn(&c->voice, "no company");
	else if (!h->category)
		reader_warn(&c->voice, "no category");
}

static int set_header(struct pdx_article *a, struct capture *c)
{
	struct header h;
	const char *text = c->page.header_text;
	int rc;

	if (c->page.header == PAGE_NONE) {
		reader_warn(&c->voice,
			    "no header line: no date, no company, no category");
		return 0;
	}
	rc = header_parse(&h, &c->arena, text, strlen(text), &c->options.known);
	if (rc < 0)
		return rc;
	warn_header(c, &h);
	a->date = h.date;
	rc = set_one(&a->companies, &a->ncompanies, c, h.company);
	if (rc < 0)
		return rc;
	return set_one(&a->categories, &a->ncategories, c, h.category);
}

/* Text that is in the panel's place before the first name belongs to the body. */
static size_t panel_intro_end(const struct capture *c)
{
	struct panellist first;

	if (c->page.takes == PAGE_NONE)
		return PAGE_NONE;
	if (panel_next(&first, c->page.v, c->page.n, c->page.takes))
		return first.name;
	return c->page.n;
}

static int set_body(struct pdx_article *a, struct capture *c)
{
	const struct page *p = &c->page;
	size_t intro_end = panel_intro_end(c);
	const char *body, *intro;

	body = page_text(p, &c->arena, &c->scratch, p->body, p->body_end);
	if (!body)
		return PDX_E_NOMEM;
	a->body = body;
	if (intro_end == PAGE_NONE || intro_end == p->takes)
		return 0;

	intro = page_text(p, &c->arena, &c->scratch, p->takes, intro_end);
	if (!intro)
		return PDX_E_NOMEM;
	reader_warn(&c->voice, "text before the first panellist; kept in the body");
	buf_reset(&c->scratch);
	buf_printf(&c->scratch, "%s%s%s", body, *body ? "\n\n" : "", intro);
	a->body = arena_dup(&c->arena, buf_str(&c->scratch), c->scratch.len);
	return a->body && buf_ok(&c->scratch) ? 0 : PDX_E_NOMEM;
}

static int set_title(struct pdx_article *a, struct capture *c)
{
	const char *from;

	if (c->page.title != PAGE_NONE) {
		a->title = line_text(c, c->page.title);
		return a->title ? 0 : PDX_E_NOMEM;
	}
	from = a->summary && *a->summary ? a->summary : a->body;
	a->title = clean_sentence(&c->arena, &c->scratch, from);
	if (a->title && *a->title)
		reader_warn(&c->voice, "no title; its first sentence stands for it");
	return a->title ? 0 : PDX_E_NOMEM;
}

static int set_text(struct pdx_article *a, struct capture *c)
{
	const struct page *p = &c->page;

	if (p->summary_end > p->summary) {
		a->summary = page_text(p, &c->arena, &c->scratch, p->summary,
				       p->summary_end);
		if (!a->summary)
			return PDX_E_NOMEM;
	}
	if (p->source == PAGE_NONE)
		reader_warn(&c->voice, "no line \"Original source\"%s",
			    a->summary ? "; the first paragraph is the summary" : "");
	else if (!a->summary)
		reader_warn(&c->voice, "no summary");
	a->url = p->url;
	if (set_body(a, c) < 0)
		return PDX_E_NOMEM;
	if (*a->body == '\0')
		reader_warn(&c->voice, "no body");
	return set_title(a, c);
}

static int set_take(struct pdx_take *out, struct capture *c,
		    const struct panellist *who)
{
	*out = (struct pdx_take){ .persona = line_text(c, who->name) };
	out->text = page_text(&c->page, &c->arena, &c->scratch, who->text, who->end);
	if (!out->persona || !out->text)
		return PDX_E_NOMEM;
	if (who->perspective == PAGE_NONE) {
		reader_warn(&c->voice, "the take of \"%.*s\" has no perspective",
			    reader_quote(out->persona, strlen(out->persona)),
			    out->persona);
	} else {
		out->perspective = line_text(c, who->perspective);
		if (!out->perspective)
			return PDX_E_NOMEM;
	}
	if (who->once)
		reader_warn(
			&c->voice, "the name of panellist \"%.*s\" stands once only",
			reader_quote(out->persona, strlen(out->persona)), out->persona);
	return 0;
}

static size_t count_panellists(const struct page *p)
{
	struct panellist who;
	size_t n = 0;

	for (size_t i = p->takes; panel_next(&who, p->v, p->n, i); i = who.end)
		n++;
	return n;
}

static int set_takes(struct pdx_article *a, struct capture *c)
{
	const struct page *p = &c->page;
	struct panellist who;
	struct pdx_take *takes;
	size_t n = p->takes == PAGE_NONE ? 0 : count_panellists(p);

	if (n == 0) {
		reader_warn(&c->voice, "no panel");
		return 0;
	}
	takes = arena_array(&c->arena, n, sizeof(*takes));
	if (!takes)
		return PDX_E_NOMEM;
	a->takes = takes;
	for (size_t i = p->takes; panel_next(&who, p->v, p->n, i); i = who.end) {
		if (who.text == who.end) {
			reader_warn(&c->voice,
				    "the take of \"%.*s\" has no text; dropped",
				    reader_quote(p->v[who.name].s, p->v[who.name].len),
				    p->v[who.name].s);
			continue;
		}
		if (set_take(&takes[a->ntakes], c, &who) < 0)
			return PDX_E_NOMEM;
		a->ntakes++;
	}
	return 0;
}

static size_t count_lines(const char *s, size_t len)
{
	size_t n = 0;

	for (const char *p = s, *end = s + len;
	     (p = memchr(p, '\n', (size_t)(end - p))); p++)
		n++;
	return n;
}

/* "page.txt", or "pages.txt:88" for the further ones of one input. */
static int set_origin(struct capture *c)
{
	c->voice.origin = reader_origin(&c->arena, &c->scratch, c->stream.input->name,
					c->pos == 0 ? 0 : c->line);
	return c->voice.origin ? 0 : PDX_E_NOMEM;
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* The ${len} bytes of a page as clean text; a form feed inside a line ends it. */
static char *page_clean(struct capture *c, char *raw, size_t len)
{
	for (size_t i = 1; i + 1 < len; i++) {
		if (raw[i] == '\f' && !is_line_end(raw[i - 1]) &&
		    !is_line_end(raw[i + 1]))
			raw[i] = '\n';
	}
	return clean_block(&c->arena, &c->scratch, raw, len);
}

static bool is_empty(const struct page *p)
{
	return p->title == PAGE_NONE && p->summary >= p->summary_end &&
	       p->body >= p->body_end;
}

/* What is in the header line is the header's, the rest of a page is its text. */
static void set_provenance(struct pdx_article *a)
{
	static const enum pdx_part header[] = { PDX_PART_DATE, PDX_PART_COMPANIES,
						PDX_PART_CATEGORIES };

	for (size_t i = 0; i < sizeof(header) / sizeof(header[0]); i++)
		if (provenance_has(a, header[i]))
			a->provenance[header[i]] = PDX_FROM_HEADER;
	if (provenance_has(a, PDX_PART_SOURCE))
		a->provenance[PDX_PART_SOURCE] = PDX_FROM_OPTION;
	provenance_rest(a, PDX_FROM_TEXT);
}

/* Read the page of ${len} bytes at c->pos.  READ_ARTICLE, READ_SKIP or PDX_E_NOMEM. */
static int read_page(struct pdx_article *a, struct read_skip *skip, struct capture *c,
		     size_t len)
{
	const char *text = page_clean(c, c->raw.data + c->pos, len);

	*a = (struct pdx_article){ .date = PDX_NO_DATE };
	if (!text || set_origin(c) < 0 ||
	    page_read(&c->page, &c->arena, text, strlen(text)) < 0)
		return PDX_E_NOMEM;
	if (is_empty(&c->page)) {
		*skip = (struct read_skip){ c->voice.origin, c->pos, len, "" };
		return reader_skip(skip, "a page without a title and without text");
	}
	a->origin = c->voice.origin;
	a->source = c->options.source;
	if (set_header(a, c) < 0 || set_text(a, c) < 0 || set_takes(a, c) < 0)
		return PDX_E_NOMEM;
	set_provenance(a);
	return READ_ARTICLE;
}

static int load(struct capture *c, struct pdx_err *err)
{
	bool whole;
	int rc = stream_rest(&whole, &c->stream, &c->raw, c->max, err);

	c->loaded = true;
	c->too_long = !whole;
	return rc;
}

/* An input over the limit is one piece, whatever may be in it. */
static int skip_rest(struct read_skip *skip, struct capture *c, struct pdx_err *err)
{
	if (set_origin(c) < 0)
		return err_nomem(err);
	*skip = (struct read_skip){ .origin = c->voice.origin };
	c->too_long = false;
	c->pos = c->raw.len;
	return reader_skip(skip, "more than %zu bytes in one page", c->max);
}

static int capture_next(void *state, struct pdx_article *article,
			struct read_skip *skip, struct pdx_err *err)
{
	struct capture *c = state;
	size_t len;
	int rc = 0;

	arena_reset(&c->arena);
	if (!c->loaded && (rc = load(c, err)) < 0)
		return rc;
	if (c->too_long)
		return skip_rest(skip, c, err);
	if (c->pos >= c->raw.len)
		return READ_END;

	len = page_extent(c->raw.data + c->pos, c->raw.len - c->pos);
	rc = read_page(article, skip, c, len);
	if (rc < 0)
		return err_nomem(err);
	c->line += count_lines(c->raw.data + c->pos, len);
	c->pos += len;
	return rc;
}

static void capture_close(void *state)
{
	struct capture *c = state;

	if (!c)
		return;
	buf_release(&c->scratch);
	arena_release(&c->arena);
	buf_release(&c->raw);
	stream_release(&c->stream);
	free(c);
}

static int capture_open(void **state, const struct input *input, const char *head,
			size_t len, const struct read_options *options,
			struct pdx_err *err)
{
	struct capture *c = calloc(1, sizeof(*c));
	int rc;

	*state = NULL;
	if (!c)
		return err_nomem(err);
	c->options = *options;
	c->max = options->max_bytes ? options->max_bytes : READ_MAX_BYTES;
	c->line = 1;
	c->voice.warn = options->warn;
	buf_init(&c->raw, 0);
	buf_init(&c->scratch, 0);
	rc = stream_init(&c->stream, input, head, len, err);
	if (rc < 0) {
		capture_close(c);
		return rc;
	}
	*state = c;
	return 0;
}

static const char *const capture_endings[] = { ".txt", NULL };

const struct reader_ops reader_capture = {
	.name = "capture",
	.help = "the text of a page with a panel, as copied from a browser",
	.endings = capture_endings,
	.bid = capture_bid,
	.open = capture_open,
	.next = capture_next,
	.close = capture_close,
	.pieces_stand_alone = true,
};
