/* An article as a record: all of it, to be read or passed on. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "render/json_record.h"
#include "render/html_article.h"
#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"

#define GAP 2
#define TAKE_INDENT 4
#define LABEL_COLUMNS 8 /* "source" and a gap */

static json_t *article_takes(const struct pdx_article *a)
{
	json_t *array = json_array();

	for (size_t i = 0; i < a->ntakes; i++) {
		json_t *o = json_voice(i, &a->takes[i]);

		json_put(&o, "text", json_text(a->takes[i].text));
		json_append(&array, o);
	}
	return array;
}

/* The parts that something is known of. */
static json_t *article_provenance(const struct pdx_article *a)
{
	json_t *o = json_object();

	for (int part = 0; part < PDX_PARTS; part++) {
		enum pdx_provenance from = a->provenance[part];

		if (from != PDX_FROM_UNKNOWN)
			json_put(&o, pdx_part_name((enum pdx_part)part),
				 json_text(pdx_provenance_name(from)));
	}
	return o;
}

/* What makes an article, from its id to its reference. */
static json_t *article_content(const struct pdx_article *a)
{
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.article/1"));
	json_put(&o, "id", json_text(a->id));
	json_put(&o, "title", json_text(a->title));
	json_put(&o, "date", json_day(a->date));
	json_put(&o, "companies", json_texts(a->companies, a->ncompanies));
	json_put(&o, "categories", json_texts(a->categories, a->ncategories));
	json_put(&o, "url", json_text_or_null(a->url));
	json_put(&o, "summary", json_text_or_null(a->summary));
	json_put(&o, "body", json_text(a->body));
	json_put(&o, "lang", json_text_or_null(a->lang));
	json_put(&o, "source", json_text_or_null(a->source));
	json_put(&o, "ref", json_text_or_null(a->ref));
	return o;
}

static json_t *article_json(const void *what)
{
	const struct pdx_article *a = what;
	json_t *o = article_content(a);

	json_put(&o, "origin", json_text_or_null(a->origin));
	json_put(&o, "added", json_timestamp(a->added));
	json_put(&o, "bookmarked", json_boolean(a->bookmarked));
	json_put(&o, "takes", article_takes(a));
	json_put(&o, "provenance", article_provenance(a));
	json_put(&o, "mentions", json_texts(a->mentions, a->nmentions));
	return o;
}

/* Without what depends on the index that it stands in, and how it came there. */
static json_t *export_json(const void *what)
{
	const struct pdx_article *a = what;
	json_t *o = article_content(a);

	json_put(&o, "takes", article_takes(a));
	return o;
}

/* A labelled line of the article's particulars. */
static void particular(struct layout *l, const char *label, const char *value,
		       const char *more)
{
	if (!value && !more)
		return;
	layout_begin(l, 0);
	layout_text(l, STYLE_FAINT, label);
	layout_gap(l, LABEL_COLUMNS - strlen(label));
	l->indent = LABEL_COLUMNS;
	layout_link(l, value); /* where it is an address */
	if (value)
		layout_text(l, STYLE_PLAIN, value);
	layout_link(l, NULL);
	if (more) {
		layout_gap(l, value ? GAP : LABEL_COLUMNS - strlen(label));
		layout_text(l, STYLE_FAINT, more);
	}
	layout_end(l);
}

static const char *format_time(char *out, size_t size, int64_t seconds)
{
	char iso[DATE_TIME_TEXT];

	if (!*date_time_format(iso, seconds))
		return "at an unknown time";
	snprintf(out, size, "%.10s %.5s UTC", iso, iso + strlen("2026-11-23T"));
	return out;
}

/* "names   Hugging Face, Mistral AI": the companies that its text names. */
static void mentions(struct layout *l, const struct pdx_article *a)
{
	if (!a->nmentions)
		return;
	layout_begin(l, 0);
	layout_text(l, STYLE_FAINT, "names");
	layout_gap(l, LABEL_COLUMNS - strlen("names"));
	l->indent = LABEL_COLUMNS;
	for (size_t i = 0; i < a->nmentions; i++) {
		layout_text(l, STYLE_PLAIN, i ? ", " : "");
		layout_text(l, STYLE_PLAIN, a->mentions[i]);
	}
	layout_end(l);
}

static void head(struct layout *l, const struct pdx_article *a)
{
	char added[64];

	layout_begin(l, 0);
	layout_link(l, a->url);
	layout_text(l, STYLE_TITLE, a->title);
	layout_link(l, NULL);
	layout_end(l);
	layout_begin(l, 0);
	term_meta(l, a);
	if (a->bookmarked) {
		layout_gap(l, GAP);
		layout_text(l, STYLE_PLAIN, "bookmarked");
	}
	layout_end(l);
	layout_end(l);
	particular(l, "id", a->id, NULL);
	particular(l, "url", a->url, NULL);
	particular(l, "source", a->source, a->ref);
	particular(l, "lang", a->lang, NULL);
	mentions(l, a);
	particular(l, "added", format_time(added, sizeof(added), a->added), a->origin);
}

/* Length of the paragraph at ${s}; *next is where the one after it begins. */
static size_t paragraph(const char **next, const char *s)
{
	const char *end = strstr(s, "\n\n");

	if (!end)
		end = s + strlen(s);
	*next = end + strspn(end, "\n");
	return (size_t)(end - s);
}

static void prose(struct layout *l, size_t indent, enum style style, const char *text)
{
	const char *next;

	for (text += strspn(text, "\n"); *text; text = next) {
		size_t len = paragraph(&next, text);

		layout_begin(l, indent);
		layout_bytes(l, style, text, len);
		layout_end(l);
		if (*next)
			layout_end(l);
	}
}

static void take(struct layout *l, const struct pdx_take *t, size_t n)
{
	char number[32];

	snprintf(number, sizeof(number), "Take %zu", n);
	layout_end(l);
	layout_begin(l, 0);
	layout_text(l, STYLE_VOICE, t->persona ? t->persona : number);
	if (t->perspective) {
		layout_text(l, STYLE_PLAIN, " (");
		layout_text(l, STYLE_PLAIN, t->perspective);
		layout_text(l, STYLE_PLAIN, ")");
	}
	layout_end(l);
	prose(l, TAKE_INDENT, STYLE_PLAIN, t->text);
}

/* "from    title: json-ld, date: meta, ..." */
static void provenance(struct layout *l, const struct pdx_article *a)
{
	struct buf all;

	buf_init(&all, 0);
	for (int part = 0; part < PDX_PARTS; part++) {
		enum pdx_provenance from = a->provenance[part];

		if (from != PDX_FROM_UNKNOWN)
			buf_printf(&all, "%s%s: %s", all.len ? ", " : "",
				   pdx_part_name((enum pdx_part)part),
				   pdx_provenance_name(from));
	}
	if (!buf_ok(&all))
		out_fail(l->out, PDX_E_NOMEM);
	particular(l, "from", all.len ? buf_str(&all) : "unknown", NULL);
	buf_release(&all);
}

static void put_article(struct render *r, const struct pdx_article *a, bool places)
{
	struct layout l;

	term_layout(&l, r);
	if (r->written++)
		layout_end(&l);
	head(&l, a);
	if (places)
		provenance(&l, a);
	if (a->summary && *a->summary) {
		layout_end(&l);
		prose(&l, 0, STYLE_PLAIN, a->summary);
	}
	if (*a->body) {
		layout_end(&l);
		prose(&l, 0, STYLE_PLAIN, a->body);
	}
	for (size_t i = 0; i < a->ntakes; i++)
		take(&l, &a->takes[i], i + 1);
	layout_release(&l);
}

static void article_text(struct render *r, const void *what)
{
	put_article(r, what, false);
}

static void provenance_text(struct render *r, const void *what)
{
	put_article(r, what, true);
}

static void article_tables(struct tables *out, const void *what)
{
	const struct pdx_article *a = what;

	tables_begin(out, "articles", "Articles");
	tables_text(out, "id", a->id);
	tables_day(out, "date", a->date);
	tables_list(out, "companies", a->companies, a->ncompanies);
	tables_list(out, "categories", a->categories, a->ncategories);
	tables_text(out, "title", a->title);
	tables_text(out, "summary", a->summary);
	tables_text(out, "body", a->body);
	tables_text(out, "url", a->url);
	tables_text(out, "source", a->source);
	tables_text(out, "lang", a->lang);
	tables_list(out, "mentions", a->mentions, a->nmentions);
	tables_end_row(out);
	tables_begin(out, "takes", "Takes");
	for (size_t i = 0; i < a->ntakes; i++) {
		tables_text(out, "id", a->id);
		tables_number(out, "n", i + 1);
		tables_text(out, "persona", a->takes[i].persona);
		tables_text(out, "perspective", a->takes[i].perspective);
		tables_text(out, "text", a->takes[i].text);
		tables_end_row(out);
	}
}

static void provenance_tables(struct tables *out, const void *what)
{
	const struct pdx_article *a = what;

	article_tables(out, what);
	tables_begin(out, "provenance", "Provenance");
	for (int part = 0; part < PDX_PARTS; part++) {
		enum pdx_provenance from = a->provenance[part];

		if (from == PDX_FROM_UNKNOWN)
			continue;
		tables_text(out, "id", a->id);
		tables_text(out, "part", pdx_part_name((enum pdx_part)part));
		tables_text(out, "from", pdx_provenance_name(from));
		tables_end_row(out);
	}
}

const struct record_kind record_article = {
	.json = article_json,
	.tables = article_tables,
	.page = html_show_article,
	.text = article_text,
};

const struct record_kind record_provenance = {
	.json = article_json,
	.tables = provenance_tables,
	.text = provenance_text,
};

/* JSON alone: no other format can be read again with all that an article has. */
const struct record_kind record_export = { .json = export_json };
