/*
 * The formats atom (RFC 4287) and jsonfeed (JSON Feed 1.1): hits as a feed, for feed
 * readers.  An entry's id is a tag: URI (RFC 4151) of the article's id, which is the
 * same in every index; its time is that of the article's day, or of its ingest.
 */
#include <jansson.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "render/formats.h"
#include "render/json_value.h"
#include "render/layout.h"
#include "render/link.h"
#include "render/term.h"

#define TAG "tag:paneldex,2026:"
#define FEED_SNIPPETS 3

/* ${text} as XML's character data, in text and in attributes. */
static void put_xml(struct out *out, const char *text)
{
	size_t len = strlen(text), n;

	for (size_t i = 0; i < len; i += n) {
		char utf8[UTF8_MAX_BYTES];
		uint32_t cp;

		n = utf8_decode(&cp, text + i, len - i);
		cp = layout_safe(cp);
		if (cp == '&')
			out_puts(out, "&amp;");
		else if (cp == '<')
			out_puts(out, "&lt;");
		else if (cp == '>')
			out_puts(out, "&gt;");
		else if (cp == '"')
			out_puts(out, "&quot;");
		else if (cp)
			out_write(out, utf8, utf8_encode(utf8, cp));
	}
}

static void put_element(struct out *out, const char *name, const char *text)
{
	out_printf(out, "<%s>", name);
	put_xml(out, text);
	out_printf(out, "</%s>\n", name);
}

/* The time that an entry is of: its day's first second, or when it was read. */
static const char *entry_time(char out[DATE_TIME_TEXT], const struct pdx_article *a)
{
	if (a->date == PDX_NO_DATE)
		return date_time_format(out, a->added);
	return date_time_format(out, (int64_t)a->date * DATE_SECONDS);
}

static const char *feed_title(const struct render_search *search)
{
	return *search->text ? search->text : "All articles";
}

static void atom_begin(struct render *r, const struct render_search *search)
{
	char iso[DATE_TIME_TEXT];

	out_puts(r->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			 "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
	put_element(r->out, "title", feed_title(search));
	out_puts(r->out, "<id>" TAG "search:");
	put_xml(r->out, search->parsed);
	out_puts(r->out, "</id>\n");
	put_element(r->out, "updated", date_time_format(iso, search->now));
	out_puts(r->out, "<author><name>paneldex</name></author>\n");
}

static void atom_names(struct out *out, const struct pdx_article *a)
{
	for (size_t i = 0; i < a->ncompanies; i++) {
		out_puts(out, "<category scheme=\"" TAG "company\" term=\"");
		put_xml(out, a->companies[i]);
		out_puts(out, "\"/>\n");
	}
	for (size_t i = 0; i < a->ncategories; i++) {
		out_puts(out, "<category scheme=\"" TAG "category\" term=\"");
		put_xml(out, a->categories[i]);
		out_puts(out, "\"/>\n");
	}
}

/* The summary, or else the first piece that matched. */
static const char *entry_summary(const struct pdx_hit *hit)
{
	if (hit->article->summary && *hit->article->summary)
		return hit->article->summary;
	for (size_t i = 0; i < hit->nhighlights; i++)
		if (strcmp(hit->highlights[i].field, "title") != 0)
			return hit->highlights[i].text;
	return "";
}

static void atom_hit(struct render *r, const struct pdx_hit *hit)
{
	const struct pdx_article *a = hit->article;
	char iso[DATE_TIME_TEXT];

	out_printf(r->out, "<entry>\n<id>" TAG "article:%s</id>\n", a->id);
	put_element(r->out, "title", a->title);
	put_element(r->out, "updated", entry_time(iso, a));
	if (link_is_web(a->url)) {
		out_puts(r->out, "<link rel=\"alternate\" href=\"");
		link_write(r->out, a->url);
		out_puts(r->out, "\"/>\n");
	}
	atom_names(r->out, a);
	put_element(r->out, "summary", entry_summary(hit));
	out_puts(r->out, "</entry>\n");
}

static void atom_end(struct render *r, const struct render_search *search)
{
	(void)search;
	out_puts(r->out, "</feed>\n");
}

static json_t *feed_item(const struct pdx_hit *hit)
{
	const struct pdx_article *a = hit->article;
	json_t *o = json_object(), *tags = json_texts(a->companies, a->ncompanies);
	char tag[sizeof(TAG "article:") + PDX_ID_SIZE] = TAG "article:";
	char iso[DATE_TIME_TEXT];

	for (size_t i = 0; i < a->ncategories; i++)
		json_append(&tags, json_text(a->categories[i]));
	strcat(tag, a->id);
	json_put(&o, "id", json_text(tag));
	if (link_is_web(a->url))
		json_put(&o, "url", json_text(a->url));
	json_put(&o, "title", json_text(a->title));
	json_put(&o, "content_text", json_text(entry_summary(hit)));
	json_put(&o, "date_published", json_text(entry_time(iso, a)));
	json_put(&o, "tags", tags);
	return o;
}

static void feed_begin(struct render *r, const struct render_search *search)
{
	json_t *o = json_object();

	json_put(&o, "version", json_text("https://jsonfeed.org/version/1.1"));
	json_put(&o, "title", json_text(feed_title(search)));
	out_putc(r->out, '{');
	json_write(r->out, o, JSON_EMBED);
	out_puts(r->out, ",\n\"items\":[");
}

static void feed_hit(struct render *r, const struct pdx_hit *hit)
{
	out_puts(r->out, r->written++ ? ",\n" : "\n");
	json_write(r->out, feed_item(hit), 0);
}

static void feed_end(struct render *r, const struct render_search *search)
{
	(void)search;
	out_puts(r->out, "\n]}\n");
}

/* A feed that counts is a feed without entries. */
static void atom_count(struct render *r, const struct render_search *search)
{
	atom_begin(r, search);
	atom_end(r, search);
}

static void feed_count(struct render *r, const struct render_search *search)
{
	feed_begin(r, search);
	feed_end(r, search);
}

const struct renderer renderer_atom = {
	.name = "atom",
	.hits_only = true,
	.one_document = true,
	.snippets = FEED_SNIPPETS,
	.begin = atom_begin,
	.hit = atom_hit,
	.end = atom_end,
	.count = atom_count,
	TERM_MESSAGES,
};

const struct renderer renderer_jsonfeed = {
	.name = "jsonfeed",
	.hits_only = true,
	.one_document = true,
	.snippets = FEED_SNIPPETS,
	.begin = feed_begin,
	.hit = feed_hit,
	.end = feed_end,
	.count = feed_count,
	TERM_MESSAGES,
};
