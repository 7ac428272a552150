/*
 * Reader of page captures: the text of a news page as it is copied from a browser.
 * Takes apart what holds several pages; what a page is made of is page.c's business.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/clean.h"
#include "ingest/page.h"
#include "ingest/page_article.h"
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

/* Read the page of ${len} bytes at c->pos.  READ_ARTICLE, READ_SKIP or PDX_E_NOMEM. */
static int read_page(struct pdx_article *a, struct read_skip *skip, struct capture *c,
		     size_t len)
{
	const struct page_source source = { &c->page, &c->arena, &c->scratch, &c->voice,
					    &c->options.known };
	const char *text = page_clean(c, c->raw.data + c->pos, len);
	int rc;

	*a = (struct pdx_article){ .date = PDX_NO_DATE };
	if (!text || set_origin(c) < 0 ||
	    page_read(&c->page, &c->arena, text, strlen(text)) < 0)
		return PDX_E_NOMEM;
	a->origin = c->voice.origin;
	a->source = c->options.source;
	rc = page_article(a, &source);
	if (rc != READ_SKIP)
		return rc;
	*skip = (struct read_skip){ c->voice.origin, c->pos, len, "" };
	return reader_skip(skip, "a page without a title and without text");
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
