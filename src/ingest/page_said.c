/*
 * Gathering what a page says of itself.  A table says which <meta> are worth reading.
 */
#include "ingest/page_said.h"

#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "ingest/clean.h"
#include "ingest/html_entity.h"
#include "ingest/html_scan.h"
#include "ingest/html_text.h"

/* Names of <meta>; of one slot the first counts that the page has. */
/* clang-format off */
static const struct {
	enum page_slot slot;
	const char *name;
	enum pdx_provenance from;
} places[] = {
	{ TITLE, "dcterms.title", PDX_FROM_META },
	{ TITLE, "dcterms:title", PDX_FROM_META },
	{ TITLE, "dc.title", PDX_FROM_META },
	{ TITLE, "dc:title", PDX_FROM_META },
	{ TITLE, "citation_title", PDX_FROM_META },
	{ TITLE, "og:title", PDX_FROM_OPENGRAPH },
	{ TITLE, "headline", PDX_FROM_META },
	{ TITLE, "parsely-title", PDX_FROM_META },
	{ TITLE, "sailthru.title", PDX_FROM_META },
	{ TITLE, "twitter:title", PDX_FROM_META },
	{ SUMMARY, "og:description", PDX_FROM_OPENGRAPH },
	{ SUMMARY, "description", PDX_FROM_META },
	{ SUMMARY, "dcterms.abstract", PDX_FROM_META },
	{ SUMMARY, "dc.description", PDX_FROM_META },
	{ SUMMARY, "dc:description", PDX_FROM_META },
	{ SUMMARY, "sailthru.description", PDX_FROM_META },
	{ SUMMARY, "twitter:description", PDX_FROM_META },
	{ DATE, "article:published_time", PDX_FROM_OPENGRAPH },
	{ DATE, "og:article:published_time", PDX_FROM_OPENGRAPH },
	{ DATE, "article:published", PDX_FROM_OPENGRAPH },
	{ DATE, "datepublished", PDX_FROM_META },
	{ DATE, "citation_publication_date", PDX_FROM_META },
	{ DATE, "dcterms.issued", PDX_FROM_META },
	{ DATE, "dc.date.issued", PDX_FROM_META },
	{ DATE, "dcterms.created", PDX_FROM_META },
	{ DATE, "dc.date", PDX_FROM_META },
	{ DATE, "dc:date", PDX_FROM_META },
	{ DATE, "dcterms.date", PDX_FROM_META },
	{ DATE, "parsely-pub-date", PDX_FROM_META },
	{ DATE, "sailthru.date", PDX_FROM_META },
	{ DATE, "publish-date", PDX_FROM_META },
	{ DATE, "publish_date", PDX_FROM_META },
	{ DATE, "publishdate", PDX_FROM_META },
	{ DATE, "publication_date", PDX_FROM_META },
	{ DATE, "pubdate", PDX_FROM_META },
	{ DATE, "originalpublicationdate", PDX_FROM_META },
	{ DATE, "date", PDX_FROM_META },
	{ URL, "og:url", PDX_FROM_OPENGRAPH },
	{ LANG, "content-language", PDX_FROM_META },
	{ LANG, "og:locale", PDX_FROM_OPENGRAPH },
	{ LANG, "dc.language", PDX_FROM_META },
	{ SOURCE, "og:site_name", PDX_FROM_OPENGRAPH },
	{ SOURCE, "dc.publisher", PDX_FROM_META },
	{ SOURCE, "dc:publisher", PDX_FROM_META },
	{ SOURCE, "citation_journal_title", PDX_FROM_META },
	{ SOURCE, "application-name", PDX_FROM_META },
	{ SECTION, "article:section", PDX_FROM_OPENGRAPH },
	{ SECTION, "parsely-section", PDX_FROM_META },
	{ KEYWORD, "news_keywords", PDX_FROM_META },
	{ KEYWORD, "keywords", PDX_FROM_META },
};
/* clang-format on */

#define PLACES (sizeof(places) / sizeof(places[0]))

struct gathering {
	struct page_said *said;
	struct arena *arena;
	struct buf *scratch;
	const struct reader_voice *voice;
	struct buf value, key;
	size_t place[SLOTS]; /* index into places[]; PLACES: none yet */

	bool in_heading;
	struct buf heading;
	struct html_writer writer;
	enum page_shown expected; /* the next text may be a date; SHOWN: not */
	bool failed;
};

bool page_said_date(int32_t *out, const char *s)
{
	return s && date_parse_written(out, s, strlen(s)) && *out != 0;
}

static const char *line(struct gathering *g, const char *s, size_t len)
{
	const char *text = clean_line(g->arena, g->scratch, s, len);

	g->failed = g->failed || !text;
	return text && *text ? text : NULL;
}

/* References in references: "R&amp;amp;D" is met often. */
static const char *decoded_line(struct gathering *g, const struct buf *value)
{
	buf_reset(&g->key);
	html_decode(&g->key, buf_str(value), value->len);
	return line(g, buf_str(&g->key), g->key.len);
}

static void take_place(struct gathering *g, size_t i)
{
	enum page_slot slot = places[i].slot;
	const char *text;
	int32_t date;

	if (i >= g->place[slot])
		return;
	text = decoded_line(g, &g->value);
	if (!text || (slot == DATE && !page_said_date(&date, text)))
		return;
	g->said->meta[slot] = (struct page_value){ text, places[i].from };
	g->place[slot] = i;
}

/* A name may be several: <meta name="title" property="og:title">. */
static void take_meta(struct gathering *g, const struct html_token *tag)
{
	static const char *const keys[] = { "property", "name", "itemprop",
					    "http-equiv" };

	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		struct buf name = { 0 };

		if (html_attr(&name, tag, keys[k]) &&
		    html_attr(&g->value, tag, "content")) {
			for (size_t i = 0; i < PLACES; i++) {
				if (strcasecmp(buf_str(&name), places[i].name) == 0)
					take_place(g, i);
			}
		}
		g->failed = g->failed || !buf_ok(&name);
		buf_release(&name);
	}
}

static void take_link(struct gathering *g, const struct html_token *tag)
{
	if (g->said->canonical || !html_attr(&g->value, tag, "rel") ||
	    strcasecmp(buf_str(&g->value), "canonical") != 0)
		return;
	if (html_attr(&g->value, tag, "href"))
		g->said->canonical = line(g, buf_str(&g->value), g->value.len);
}

static void take_lang(struct gathering *g, const struct html_token *tag)
{
	if (!g->said->lang && (html_attr(&g->value, tag, "lang") ||
			       html_attr(&g->value, tag, "xml:lang")))
		g->said->lang = line(g, buf_str(&g->value), g->value.len);
}

static void take_script(struct gathering *g, struct html_scanner *scan,
			const struct html_token *tag)
{
	struct html_token text;
	int rc;

	if (!html_attr(&g->value, tag, "type") ||
	    strncasecmp(buf_str(&g->value), "application/ld+json", 19) != 0 ||
	    scan->raw != HTML_SCRIPT || !html_scan_next(&text, scan) ||
	    text.kind != HTML_TEXT)
		return;
	rc = json_ld_read(&g->said->ld, g->arena, text.s, text.len);
	if (rc < 0)
		g->failed = true;
	else if (rc == JSON_LD_REPAIRED)
		reader_warn(g->voice, "JSON-LD was damaged; repaired");
	else if (rc == JSON_LD_BROKEN)
		reader_warn(g->voice, "JSON-LD is damaged; not used");
	else if (rc == JSON_LD_LONG)
		reader_warn(g->voice, "JSON-LD of more than %zu bytes; not used",
			    JSON_LD_MAX);
}

static void take_title(struct gathering *g, struct html_scanner *scan)
{
	struct html_token text;

	if (g->said->title || scan->raw != HTML_TITLE || !html_scan_next(&text, scan) ||
	    text.kind != HTML_TEXT)
		return;
	buf_reset(&g->value);
	html_decode(&g->value, text.s, text.len);
	g->said->title = line(g, buf_str(&g->value), g->value.len);
}

static void take_date(struct gathering *g, enum page_shown shown, const char *s)
{
	int32_t date;

	if (g->said->dates[shown] == PDX_NO_DATE && page_said_date(&date, s))
		g->said->dates[shown] = date;
}

static bool has(const struct buf *value, const char *part)
{
	const char *s = buf_str(value);
	size_t n = strlen(part);

	for (; *s; s++) {
		if (strncasecmp(s, part, n) == 0)
			return true;
	}
	return false;
}

static enum page_shown what_is_shown(struct gathering *g, const struct html_token *tag)
{
	if (html_attr(&g->value, tag, "itemprop") && has(&g->value, "datePublished"))
		return SHOWN_PUBLISHED;
	if (tag->name == HTML_TIME && html_attr(&g->value, tag, "pubdate"))
		return SHOWN_PUBLISHED;
	if (!html_attr(&g->value, tag, "class"))
		return tag->name == HTML_TIME ? SHOWN_TIME : SHOWN;
	if (tag->name == HTML_TIME)
		return has(&g->value, "publish") ? SHOWN_PUBLISHED : SHOWN_TIME;
	if (has(&g->value, "update") || has(&g->value, "modif"))
		return SHOWN;
	return has(&g->value, "publish") || has(&g->value, "posted") ||
			       has(&g->value, "date")
		       ? SHOWN_NAMED
		       : SHOWN;
}

/* A <time>, or an element whose name says that there is a date in it. */
static void look_for_date(struct gathering *g, const struct html_token *tag)
{
	enum page_shown shown;

	if (html_traits(tag->name) & HTML_SKIP || tag->name == HTML_META)
		return;
	shown = what_is_shown(g, tag);
	if (shown == SHOWN)
		return;
	g->expected = shown;
	if (html_attr(&g->value, tag, "datetime") ||
	    (shown == SHOWN_PUBLISHED && html_attr(&g->value, tag, "content")))
		take_date(g, shown, buf_str(&g->value));
}

static void take_text(struct gathering *g, const struct html_token *t)
{
	const char *s = t->s;
	size_t len = t->len;

	if (g->in_heading && g->heading.len < PAGE_HEADING_MAX)
		html_writer_text(&g->writer, s, len, t->literal);
	clean_trim(&s, &len);
	if (g->expected == SHOWN || len == 0)
		return;
	if (len <= 80) { /* "Published on Friday, 08 May 2026 10:00:00 +0200" */
		buf_reset(&g->value);
		html_decode(&g->value, s, len);
		take_date(g, g->expected, buf_str(&g->value));
	}
	g->expected = SHOWN;
}

static void begin_heading(struct gathering *g)
{
	buf_reset(&g->heading);
	html_writer_init(&g->writer, &g->heading);
	g->in_heading = g->said->nheadings < PAGE_HEADINGS;
}

static void end_heading(struct gathering *g)
{
	const char *text;

	if (!g->in_heading)
		return;
	g->in_heading = false;
	if (g->heading.len >= PAGE_HEADING_MAX)
		return;
	text = line(g, buf_str(&g->heading), g->heading.len);
	if (text)
		g->said->headings[g->said->nheadings++] = text;
}

static void take_tag(struct gathering *g, struct html_scanner *scan,
		     const struct html_token *tag)
{
	look_for_date(g, tag);
	if (tag->name == HTML_META)
		take_meta(g, tag);
	else if (tag->name == HTML_LINK)
		take_link(g, tag);
	else if (tag->name == HTML_HTML)
		take_lang(g, tag);
	else if (tag->name == HTML_TITLE)
		take_title(g, scan);
	else if (tag->name == HTML_SCRIPT)
		take_script(g, scan, tag);
	else if (tag->name == HTML_H1)
		begin_heading(g);
	else if (tag->name == HTML_SVG || tag->name == HTML_TEMPLATE)
		html_scan_skip(scan, tag->name); /* has titles of its own */
	else if (g->in_heading)
		html_writer_open(&g->writer, tag->name);
}

static void gather(struct gathering *g, const char *html, size_t len)
{
	struct html_scanner scan;
	struct html_token t;

	html_scan_init(&scan, html, len);
	while (!g->failed && html_scan_next(&t, &scan)) {
		if (t.kind == HTML_TEXT)
			take_text(g, &t);
		else if (t.kind == HTML_OPEN)
			take_tag(g, &scan, &t);
		else if (t.name == HTML_H1)
			end_heading(g);
	}
}

int page_said_read(struct page_said *out, struct arena *arena, struct buf *scratch,
		   const char *html, size_t len, const struct reader_voice *voice)
{
	struct gathering g = { .said = out,
			       .arena = arena,
			       .scratch = scratch,
			       .voice = voice,
			       .expected = SHOWN };

	*out = (struct page_said){ 0 };
	for (size_t i = 0; i < SLOTS; i++)
		g.place[i] = PLACES;
	for (size_t i = 0; i < SHOWN; i++)
		out->dates[i] = PDX_NO_DATE;
	gather(&g, html, len);
	if (!buf_ok(&g.value) || !buf_ok(&g.key) || !buf_ok(&g.heading))
		g.failed = true;
	buf_release(&g.value);
	buf_release(&g.key);
	buf_release(&g.heading);
	return g.failed ? PDX_E_NOMEM : 0;
}
