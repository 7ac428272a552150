/*
 * The choice among what a page says of itself, where several places say a thing.
 */
#include "ingest/page_meta.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/utf8.h"
#include "ingest/clean.h"
#include "ingest/html_entity.h"
#include "ingest/html_text.h"
#include "ingest/page_said.h"
#include "ingest/page_title.h"
#include "text/analyze.h"

#define KEYWORDS 6         /* of more the page is about none in particular */
#define CATEGORY_POINTS 40 /* "Mergers & Acquisitions" is 22 */

struct choice {
	const struct page_said *said;
	struct arena *arena;
	struct buf *scratch;
	struct buf value, key;
	bool failed;
};

static const char *line(struct choice *g, const char *s, size_t len)
{
	const char *text = clean_line(g->arena, g->scratch, s, len);

	g->failed = g->failed || !text;
	return text && *text ? text : NULL;
}

/* A value of JSON-LD, which may be HTML. */
static const char *ld_line(struct choice *g, const char *s)
{
	if (!s)
		return NULL;
	buf_reset(&g->key);
	html_text(&g->key, s, strlen(s));
	return line(g, buf_str(&g->key), g->key.len);
}

/* Whether ${part} is in ${text}, both folded; at its beginning where ${first}. */
static bool holds(struct choice *g, const char *text, const char *part, bool first)
{
	const char *found;

	if (!text || !part || strlen(text) > PAGE_HEADING_MAX)
		return false;
	buf_reset(&g->value);
	buf_reset(&g->key);
	fold_key(&g->value, text, strlen(text));
	fold_key(&g->key, part, strlen(part));
	found = g->key.len > 0 ? strstr(buf_str(&g->value), buf_str(&g->key)) : NULL;
	return found && (!first || found == g->value.data);
}

/* The heading that the title begins with, else one that is in it. */
static const char *heading_in_title(struct choice *g)
{
	for (int first = 1; first >= 0; first--) {
		for (size_t i = 0; i < g->said->nheadings; i++) {
			if (holds(g, g->said->title, g->said->headings[i], first))
				return g->said->headings[i];
		}
	}
	return NULL;
}

/* Of JSON-LD: the headline, unless the page calls itself by the name. */
static const char *ld_title(struct choice *g)
{
	const char *headline = ld_line(g, g->said->ld.headline);
	const char *name = ld_line(g, g->said->ld.name);

	if (headline && name && holds(g, g->said->title, name, false) &&
	    !holds(g, g->said->title, headline, false))
		return name;
	return headline ? headline : name;
}

static void set_title(struct page_meta *out, struct choice *g)
{
	struct page_value v = { ld_title(g), PDX_FROM_JSON_LD };
	const char *heading = NULL;

	if (!v.text)
		v = g->said->meta[TITLE];
	if (!v.text && g->said->title) {
		v = (struct page_value){ g->said->title, PDX_FROM_META };
		heading = heading_in_title(g);
	}
	if (!v.text && g->said->nheadings > 0)
		v = (struct page_value){ g->said->headings[0], PDX_FROM_TEXT };
	out->title = v;
	if (!v.text)
		return;
	out->title.text = page_title_clean(g->arena, g->scratch, v.text,
					   out->source.text, heading);
	g->failed = g->failed || !out->title.text;
}

static void set_date(struct page_meta *out, struct choice *g)
{
	static const enum pdx_provenance from[SHOWN] = { PDX_FROM_TIME, PDX_FROM_TIME,
							 PDX_FROM_TEXT };

	out->date = PDX_NO_DATE;
	if (page_said_date(&out->date, ld_line(g, g->said->ld.date))) {
		out->date_from = PDX_FROM_JSON_LD;
		return;
	}
	if (page_said_date(&out->date, g->said->meta[DATE].text)) {
		out->date_from = g->said->meta[DATE].from;
		return;
	}
	out->date = PDX_NO_DATE;
	for (size_t i = 0; i < SHOWN && out->date == PDX_NO_DATE; i++) {
		out->date = g->said->dates[i];
		out->date_from = from[i];
	}
}

/* Where the path of an absolute link begins; NULL: it is none. */
static const char *path_of(const char *url)
{
	const char *host;

	if (!url || (strncasecmp(url, "http://", 7) != 0 &&
		     strncasecmp(url, "https://", 8) != 0))
		return NULL;
	host = strstr(url, "://") + 3;
	return host + strcspn(host, "/?#");
}

/*
 * The surest link; one to a site's front page, as some have it on every page, only
 * where there is no other.
 */
static void set_url(struct page_meta *out, struct choice *g)
{
	const struct page_value links[] = {
		{ g->said->canonical, PDX_FROM_META },
		g->said->meta[URL],
		{ ld_line(g, g->said->ld.url), PDX_FROM_JSON_LD },
	};

	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		const char *path = path_of(links[i].text);
		bool page = path && *path && strcmp(path, "/") != 0;

		if (path && !out->url.text)
			out->url = links[i];
		if (page) {
			out->url = links[i];
			return;
		}
	}
}

/* "en", "en-GB"; "en_GB" is written so too. */
static const char *language(struct choice *g, const char *s)
{
	size_t len =
		s ? strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "0123456789-_")
		  : 0;
	char *tag;

	if (len < 2 || len > 35 || s[len] != '\0')
		return NULL;
	tag = arena_dup(g->arena, s, len);
	g->failed = g->failed || !tag;
	for (char *p = tag; p && *p; p++)
		*p = (char)(*p == '_' ? '-' : *p);
	return tag;
}

static void set_lang(struct page_meta *out, struct choice *g)
{
	const struct page_value tags[] = {
		{ g->said->lang, PDX_FROM_META },
		{ ld_line(g, g->said->ld.lang), PDX_FROM_JSON_LD },
		g->said->meta[LANG],
	};

	for (size_t i = 0; !out->lang.text && i < sizeof(tags) / sizeof(tags[0]); i++)
		out->lang =
			(struct page_value){ language(g, tags[i].text), tags[i].from };
}

/* A word or a few, not there yet. */
static void add_category(struct page_meta *out, struct choice *g, const char *s,
			 size_t len)
{
	const char *text = line(g, s, len);

	if (!text || out->ncategories == PAGE_CATEGORIES ||
	    utf8_count(text, strlen(text)) > CATEGORY_POINTS)
		return;
	for (size_t i = 0; i < out->ncategories; i++) {
		if (strcasecmp(out->categories[i], text) == 0)
			return;
	}
	out->categories[out->ncategories++] = text;
}

/*
 * Keywords stand for sections only where they are few: long lists are there for
 * machines that count words.
 */
static void add_keywords(struct page_meta *out, struct choice *g, const char *list)
{
	size_t n = 1;

	for (const char *p = list; *p; p++)
		n += *p == ',';
	if (n > KEYWORDS)
		return;
	while (*list) {
		size_t len = strcspn(list, ",");

		add_category(out, g, list, len);
		list += len + (list[len] == ',');
	}
}

static void set_categories(struct page_meta *out, struct choice *g)
{
	const struct page_value keywords[] = {
		{ ld_line(g, g->said->ld.keywords), PDX_FROM_JSON_LD },
		g->said->meta[KEYWORD],
	};

	out->categories_from = PDX_FROM_JSON_LD;
	for (size_t i = 0; i < g->said->ld.nsections; i++) {
		const char *s = ld_line(g, g->said->ld.sections[i]);

		if (s)
			add_category(out, g, s, strlen(s));
	}
	if (out->ncategories == 0 && g->said->meta[SECTION].text) {
		out->categories_from = g->said->meta[SECTION].from;
		add_category(out, g, g->said->meta[SECTION].text,
			     strlen(g->said->meta[SECTION].text));
	}
	for (size_t i = 0; i < 2 && out->ncategories == 0; i++) {
		out->categories_from = keywords[i].from;
		if (keywords[i].text)
			add_keywords(out, g, keywords[i].text);
	}
}

static void set_rest(struct page_meta *out, struct choice *g)
{
	out->summary = (struct page_value){ ld_line(g, g->said->ld.description),
					    PDX_FROM_JSON_LD };
	if (!out->summary.text)
		out->summary = g->said->meta[SUMMARY];
	if (!g->said->ld.body)
		return;
	buf_reset(&g->key);
	if (strchr(g->said->ld.body, '<'))
		html_text(&g->key, g->said->ld.body, strlen(g->said->ld.body));
	else /* its line ends are those of its paragraphs */
		html_decode(&g->key, g->said->ld.body, strlen(g->said->ld.body));
	out->body = clean_block(g->arena, g->scratch, buf_str(&g->key), g->key.len);
	g->failed = g->failed || !out->body;
}

int page_meta_read(struct page_meta *out, struct arena *arena, struct buf *scratch,
		   const char *html, size_t len, const struct reader_voice *voice)
{
	struct page_said said;
	struct choice g = { .said = &said, .arena = arena, .scratch = scratch };

	*out = (struct page_meta){ .date = PDX_NO_DATE };
	if (page_said_read(&said, arena, scratch, html, len, voice) < 0)
		return PDX_E_NOMEM;
	out->is_article = said.ld.rank > 0;
	out->source =
		(struct page_value){ ld_line(&g, said.ld.publisher), PDX_FROM_JSON_LD };
	if (!out->source.text)
		out->source = said.meta[SOURCE];
	set_title(out, &g);
	set_date(out, &g);
	set_url(out, &g);
	set_lang(out, &g);
	set_categories(out, &g);
	set_rest(out, &g);
	if (!buf_ok(&g.value) || !buf_ok(&g.key))
		g.failed = true;
	buf_release(&g.value);
	buf_release(&g.key);
	return g.failed ? PDX_E_NOMEM : 0;
}

static bool digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
	}
	return true;
}

bool page_url_date(int32_t *out, const char *url)
{
	for (const char *p = url; *p; p++) {
		char iso[DATE_TEXT];

		if (*p != '/' || strlen(p) < 11 || !digits(p + 1, 4) ||
		    !digits(p + 6, 2) || !digits(p + 9, 2))
			continue;
		if ((p[5] != '/' && p[5] != '-') || p[8] != p[5] ||
		    (p[11] >= '0' && p[11] <= '9'))
			continue;
		memcpy(iso, p + 1, sizeof(iso) - 1);
		iso[4] = iso[7] = '-';
		if (date_parse_iso(out, iso, sizeof(iso) - 1))
			return true;
	}
	return false;
}
