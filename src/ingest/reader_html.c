/*
 * Reader of HTML pages: one article a page.  Puts together what the page says of itself
 * and what it shows; knows no site, company or persona by name.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/charset.h"
#include "ingest/clean.h"
#include "ingest/extract.h"
#include "ingest/html_page.h"
#include "ingest/html_tree.h"
#include "ingest/page.h"
#include "ingest/page_article.h"
#include "ingest/page_meta.h"
#include "ingest/panel.h"
#include "ingest/reader.h"
#include "ingest/stream.h"

/* Pages of news have some hundred kilobytes, the largest some million. */
#define HTML_MAX_BYTES ((size_t)16 << 20)

struct html {
	struct stream stream;
	struct read_options options;
	size_t max;
	bool done;
	struct buf text; /* the page in UTF-8 */

	struct arena arena;
	struct buf scratch;
	struct html_tree tree;
	struct page_meta meta;
	struct page page; /* of one with a panel */
	struct reader_voice voice;
};

static bool begins(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && strncasecmp(s, word, n) == 0;
}

static const char *const html_endings[] = { ".html", ".htm", ".xhtml", NULL };

/*
 * The first tag decides: comments and declarations before it do not count, but for the
 * one that says what follows.
 */
static int bid_on_text(const char *s, size_t len, bool promised)
{
	struct html_scanner scan;
	struct html_token t;

	while (len > 0 && clean_blank(s, len) > 0) {
		size_t n = clean_blank(s, len);

		s += n;
		len -= n;
	}
	if (len == 0 || *s != '<')
		return promised && len > 0 ? 20 : 0;
	if (begins(s, len, "<!doctype html"))
		return 95;
	html_scan_init(&scan, s, len);
	while (html_scan_next(&t, &scan) && t.kind == HTML_TEXT)
		;
	if (t.kind != HTML_OPEN || t.name == HTML_OTHER)
		return promised ? 20 : 0;
	if (t.name == HTML_HTML)
		return 95;
	if (scan.xml) /* of another kind, which has elements of these names too */
		return promised ? 20 : 0;
	return promised ? 90 : 60;
}

static int html_bid(const char *head, size_t len, bool whole, const char *name)
{
	const char *charset = charset_guess(head, len, NULL);
	struct buf text = { 0 };
	int bid;

	(void)whole;
	charset_decode(&text, charset, head, len);
	bid = bid_on_text(buf_str(&text), text.len, reader_ends_as(name, html_endings));
	buf_release(&text);
	return bid;
}

static int set_origin(struct html *h)
{
	h->voice.origin =
		reader_origin(&h->arena, &h->scratch, h->stream.input->name, 0);
	return h->voice.origin ? 0 : PDX_E_NOMEM;
}

/* Read the whole input as UTF-8; *whole is false where it is over the limit. */
static int load(struct html *h, bool *whole, struct pdx_err *err)
{
	struct buf raw = { 0 };
	int rc = stream_rest(whole, &h->stream, &raw, h->max, err);

	if (rc == 0 && *whole) {
		const char *charset =
			charset_guess(buf_str(&raw), raw.len, h->stream.input->type);

		charset_decode(&h->text, charset, buf_str(&raw), raw.len);
		if (!buf_ok(&h->text))
			rc = err_nomem(err);
	}
	buf_release(&raw);
	return rc;
}

/* The text that the page shows, or the one that it has for machines where that is
 * much more: pages that are put together by a script show none. */
static int set_body(struct pdx_article *a, struct html *h)
{
	const char *said = h->meta.body;
	struct buf text = { 0 };
	char *shown = NULL;

	if (extract_text(&text, &h->tree, h->meta.title.text) == 0)
		shown = clean_block(&h->arena, &h->scratch, buf_str(&text), text.len);
	buf_release(&text);
	if (!shown)
		return PDX_E_NOMEM;
	a->body = shown;
	a->provenance[PDX_PART_BODY] = PDX_FROM_TEXT;
	if (said && strlen(said) / 2 > strlen(shown)) {
		a->body = said;
		a->provenance[PDX_PART_BODY] = PDX_FROM_JSON_LD;
	}
	return 0;
}

static int set_title(struct pdx_article *a, struct html *h)
{
	a->title = h->meta.title.text;
	a->provenance[PDX_PART_TITLE] = (uint8_t)h->meta.title.from;
	if (a->title && *a->title)
		return 0;
	a->title = clean_sentence(&h->arena, &h->scratch, a->body);
	a->provenance[PDX_PART_TITLE] = PDX_FROM_TEXT;
	if (!a->title)
		return PDX_E_NOMEM;
	reader_warn(&h->voice, "no title; its first sentence stands for it");
	return 0;
}

static void set_date(struct pdx_article *a, struct html *h)
{
	const char *const links[] = { a->url, h->stream.input->url };

	a->date = h->meta.date;
	a->provenance[PDX_PART_DATE] = (uint8_t)h->meta.date_from;
	for (size_t i = 0; i < 2 && a->date == PDX_NO_DATE; i++) {
		if (links[i] && page_url_date(&a->date, links[i]))
			a->provenance[PDX_PART_DATE] = PDX_FROM_URL;
	}
	if (a->date == PDX_NO_DATE)
		reader_warn(&h->voice, "no date");
}

static void set_value(struct pdx_article *a, const char **field, enum pdx_part part,
		      const struct page_value *value)
{
	*field = value->text;
	if (value->text)
		a->provenance[part] = (uint8_t)value->from;
}

static void set_source(struct pdx_article *a, struct html *h)
{
	set_value(a, &a->source, PDX_PART_SOURCE, &h->meta.source);
	if (a->source || !h->options.source)
		return;
	a->source = h->options.source;
	a->provenance[PDX_PART_SOURCE] = PDX_FROM_OPTION;
}

static void set_categories(struct pdx_article *a, const struct page_meta *m)
{
	if (m->ncategories == 0)
		return;
	a->categories = m->categories;
	a->ncategories = m->ncategories;
	a->provenance[PDX_PART_CATEGORIES] = (uint8_t)m->categories_from;
}

static int set_said(struct pdx_article *a, struct html *h)
{
	struct page_meta *m = &h->meta;
	const char *url = h->stream.input->url;

	set_value(a, &a->summary, PDX_PART_SUMMARY, &m->summary);
	set_value(a, &a->lang, PDX_PART_LANG, &m->lang);
	set_value(a, &a->url, PDX_PART_URL, &m->url);
	if (!a->url && url) {
		a->url = clean_line(&h->arena, &h->scratch, url, strlen(url));
		a->provenance[PDX_PART_URL] = PDX_FROM_HEADER;
		if (!a->url)
			return PDX_E_NOMEM;
	}
	set_source(a, h);
	set_categories(a, m);
	return 0;
}

/* What the parts of a panel page do not say, the page may say elsewhere. */
static void complete(struct pdx_article *a, struct html *h)
{
	const struct page_meta *m = &h->meta;

	if (a->date == PDX_NO_DATE)
		set_date(a, h);
	if (a->ncategories == 0)
		set_categories(a, m);
	set_value(a, &a->lang, PDX_PART_LANG, &m->lang);
	set_source(a, h);
}

/* A heading alone makes no panel. */
static bool has_panellist(const struct page *p)
{
	struct panellist first;

	return p->takes != PAGE_NONE && panel_next(&first, p->v, p->n, p->takes);
}

/* A page with a panel: as the capture of it.  READ_SKIP: it is none. */
static int read_panel_page(struct pdx_article *a, struct html *h)
{
	const struct page_source source = { &h->page, &h->arena, &h->scratch, &h->voice,
					    &h->options.known };
	struct buf text = { 0 }, url = { 0 };
	const char *clean;
	int rc = READ_SKIP;

	if (!html_page_text(&text, &url, &h->tree))
		goto out;
	rc = PDX_E_NOMEM;
	clean = clean_block(&h->arena, &h->scratch, buf_str(&text), text.len);
	if (!clean || !buf_ok(&text) || !buf_ok(&url) ||
	    page_read(&h->page, &h->arena, clean, strlen(clean)) < 0)
		goto out;
	rc = has_panellist(&h->page) ? page_article(a, &source) : READ_SKIP;
	if (rc == READ_ARTICLE && !a->url && url.len > 0) {
		a->url = clean_line(&h->arena, &h->scratch, buf_str(&url), url.len);
		a->provenance[PDX_PART_URL] = PDX_FROM_TEXT;
	}
	if (rc == READ_ARTICLE && url.len > 0 && !a->url)
		rc = PDX_E_NOMEM;
	if (rc == READ_ARTICLE)
		complete(a, h);
out:
	buf_release(&text);
	buf_release(&url);
	return rc;
}

/* READ_ARTICLE, READ_SKIP or PDX_E_NOMEM. */
static int read_article(struct pdx_article *a, struct read_skip *skip, struct html *h)
{
	int rc;

	*a = (struct pdx_article){ .origin = h->voice.origin, .date = PDX_NO_DATE };
	if (page_meta_read(&h->meta, &h->arena, &h->scratch, buf_str(&h->text),
			   h->text.len, &h->voice) < 0)
		return PDX_E_NOMEM;
	rc = read_panel_page(a, h);
	if (rc != READ_SKIP)
		return rc;
	if (set_body(a, h) < 0)
		return PDX_E_NOMEM;
	if (*a->body == '\0')
		return reader_skip(skip, "a page without any text of an article");
	if (set_said(a, h) < 0 || set_title(a, h) < 0)
		return PDX_E_NOMEM;
	set_date(a, h);
	return READ_ARTICLE;
}

static int html_next(void *state, struct pdx_article *article, struct read_skip *skip,
		     struct pdx_err *err)
{
	struct html *h = state;
	struct pdx_err why;
	bool whole;
	int rc;

	if (h->done)
		return READ_END;
	h->done = true;
	rc = load(h, &whole, err);
	if (rc < 0)
		return rc;
	if (set_origin(h) < 0)
		return err_nomem(err);
	*skip = (struct read_skip){ .origin = h->voice.origin };
	if (!whole)
		return reader_skip(skip, "more than %zu bytes in one page", h->max);
	rc = html_tree_build(&h->tree, buf_str(&h->text), h->text.len, &why);
	if (rc == PDX_E_INPUT)
		return reader_skip(skip, "%s", why.message);
	if (rc == 0)
		rc = read_article(article, skip, h);
	return rc < 0 ? err_nomem(err) : rc;
}

static void html_close(void *state)
{
	struct html *h = state;

	if (!h)
		return;
	html_tree_release(&h->tree);
	buf_release(&h->text);
	buf_release(&h->scratch);
	arena_release(&h->arena);
	stream_release(&h->stream);
	free(h);
}

static int html_open(void **state, const struct input *input, const char *head,
		     size_t len, const struct read_options *options,
		     struct pdx_err *err)
{
	struct html *h = calloc(1, sizeof(*h));
	int rc;

	*state = NULL;
	if (!h)
		return err_nomem(err);
	h->options = *options;
	h->max = options->max_bytes && options->max_bytes < HTML_MAX_BYTES
			 ? options->max_bytes
			 : HTML_MAX_BYTES;
	h->voice.warn = options->warn;
	rc = stream_init(&h->stream, input, head, len, err);
	if (rc < 0) {
		html_close(h);
		return rc;
	}
	*state = h;
	return 0;
}

const struct reader_ops reader_html = {
	.name = "html",
	.help = "a page of HTML or XHTML with an article",
	.endings = html_endings,
	.bid = html_bid,
	.open = html_open,
	.next = html_next,
	.close = html_close,
};
