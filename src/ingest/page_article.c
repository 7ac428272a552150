/*
 * Turns the parts that page.c finds into an article and says what was missing.  Knows
 * no site, company or persona by name.
 */
#include "ingest/page_article.h"

#include <string.h>

#include "ingest/clean.h"
#include "ingest/header.h"
#include "ingest/panel.h"
#include "ingest/provenance.h"

static char *line_text(const struct page_source *from, size_t i)
{
	const struct page_line *line = &from->page->v[i];

	return clean_line(from->arena, from->scratch, line->s, line->len);
}

static int set_one(const char *const **list, size_t *n, const struct page_source *from,
		   const char *value)
{
	const char **v;

	if (!value)
		return 0;
	v = arena_array(from->arena, 1, sizeof(*v));
	if (!v)
		return PDX_E_NOMEM;
	v[0] = clean_line(from->arena, from->scratch, value, strlen(value));
	if (!v[0])
		return PDX_E_NOMEM;
	*list = v;
	*n = 1;
	return 0;
}

static void warn_header(const struct page_source *from, const struct header *h)
{
	const char *text = from->page->header_text;

	if (h->bad_date)
		reader_warn(from->voice, "%s is no date; kept without one",
			    h->bad_date);
	else if (h->date == PDX_NO_DATE)
		reader_warn(from->voice, "no date");
	if (h->plain_text)
		reader_warn(from->voice,
			    "no company and no category: header line \"%.*s\" not "
			    "understood",
			    reader_quote(text, strlen(text)), text);
	else if (!h->company)
		reader_warn(from->voice, "no company");
	else if (!h->category)
		reader_warn(from->voice, "no category");
}

static int set_header(struct pdx_article *a, const struct page_source *from)
{
	struct header h;
	const char *text = from->page->header_text;
	int rc;

	if (from->page->header == PAGE_NONE) {
		reader_warn(from->voice,
			    "no header line: no date, no company, no category");
		return 0;
	}
	rc = header_parse(&h, from->arena, text, strlen(text), from->known);
	if (rc < 0)
		return rc;
	warn_header(from, &h);
	a->date = h.date;
	rc = set_one(&a->companies, &a->ncompanies, from, h.company);
	if (rc < 0)
		return rc;
	return set_one(&a->categories, &a->ncategories, from, h.category);
}

/* Text that is in the panel's place before the first name belongs to the body. */
static size_t panel_intro_end(const struct page_source *from)
{
	struct panellist first;

	if (from->page->takes == PAGE_NONE)
		return PAGE_NONE;
	if (panel_next(&first, from->page->v, from->page->n, from->page->takes))
		return first.name;
	return from->page->n;
}

static int set_body(struct pdx_article *a, const struct page_source *from)
{
	const struct page *p = from->page;
	size_t intro_end = panel_intro_end(from);
	const char *body, *intro;

	body = page_text(p, from->arena, from->scratch, p->body, p->body_end);
	if (!body)
		return PDX_E_NOMEM;
	a->body = body;
	if (intro_end == PAGE_NONE || intro_end == p->takes)
		return 0;

	intro = page_text(p, from->arena, from->scratch, p->takes, intro_end);
	if (!intro)
		return PDX_E_NOMEM;
	reader_warn(from->voice, "text before the first panellist; kept in the body");
	buf_reset(from->scratch);
	buf_printf(from->scratch, "%s%s%s", body, *body ? "\n\n" : "", intro);
	a->body = arena_dup(from->arena, buf_str(from->scratch), from->scratch->len);
	return a->body && buf_ok(from->scratch) ? 0 : PDX_E_NOMEM;
}

static int set_title(struct pdx_article *a, const struct page_source *from)
{
	const char *text;

	if (from->page->title != PAGE_NONE) {
		a->title = line_text(from, from->page->title);
		return a->title ? 0 : PDX_E_NOMEM;
	}
	text = a->summary && *a->summary ? a->summary : a->body;
	a->title = clean_sentence(from->arena, from->scratch, text);
	if (a->title && *a->title)
		reader_warn(from->voice, "no title; its first sentence stands for it");
	return a->title ? 0 : PDX_E_NOMEM;
}

static int set_text(struct pdx_article *a, const struct page_source *from)
{
	const struct page *p = from->page;

	if (p->summary_end > p->summary) {
		a->summary = page_text(p, from->arena, from->scratch, p->summary,
				       p->summary_end);
		if (!a->summary)
			return PDX_E_NOMEM;
	}
	if (p->source == PAGE_NONE)
		reader_warn(from->voice, "no line \"Original source\"%s",
			    a->summary ? "; the first paragraph is the summary" : "");
	else if (!a->summary)
		reader_warn(from->voice, "no summary");
	a->url = p->url;
	if (set_body(a, from) < 0)
		return PDX_E_NOMEM;
	if (*a->body == '\0')
		reader_warn(from->voice, "no body");
	return set_title(a, from);
}

static int set_take(struct pdx_take *out, const struct page_source *from,
		    const struct panellist *who)
{
	*out = (struct pdx_take){ .persona = line_text(from, who->name) };
	out->text =
		page_text(from->page, from->arena, from->scratch, who->text, who->end);
	if (!out->persona || !out->text)
		return PDX_E_NOMEM;
	if (who->perspective == PAGE_NONE) {
		reader_warn(from->voice, "the take of \"%.*s\" has no perspective",
			    reader_quote(out->persona, strlen(out->persona)),
			    out->persona);
	} else {
		out->perspective = line_text(from, who->perspective);
		if (!out->perspective)
			return PDX_E_NOMEM;
	}
	if (who->once)
		reader_warn(
			from->voice, "the name of panellist \"%.*s\" stands once only",
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

static int set_takes(struct pdx_article *a, const struct page_source *from)
{
	const struct page *p = from->page;
	struct panellist who;
	struct pdx_take *takes;
	size_t n = p->takes == PAGE_NONE ? 0 : count_panellists(p);

	if (n == 0) {
		reader_warn(from->voice, "no panel");
		return 0;
	}
	takes = arena_array(from->arena, n, sizeof(*takes));
	if (!takes)
		return PDX_E_NOMEM;
	a->takes = takes;
	for (size_t i = p->takes; panel_next(&who, p->v, p->n, i); i = who.end) {
		if (who.text == who.end) {
			reader_warn(from->voice,
				    "the take of \"%.*s\" has no text; dropped",
				    reader_quote(p->v[who.name].s, p->v[who.name].len),
				    p->v[who.name].s);
			continue;
		}
		if (set_take(&takes[a->ntakes], from, &who) < 0)
			return PDX_E_NOMEM;
		a->ntakes++;
	}
	return 0;
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

int page_article(struct pdx_article *a, const struct page_source *from)
{
	if (is_empty(from->page))
		return READ_SKIP;
	if (set_header(a, from) < 0 || set_text(a, from) < 0 || set_takes(a, from) < 0)
		return PDX_E_NOMEM;
	set_provenance(a);
	return READ_ARTICLE;
}
