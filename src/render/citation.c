/*
 * References.  Each format escapes what it would obey; controls that a terminal would
 * obey are nowhere.
 */
#include "render/citation.h"

#include <jansson.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "render/json_value.h"
#include "render/layout.h"
#include "render/link.h"
#include "render/markdown.h"

#define KEY "paneldex-"

/* Number ${i} of those who stand for the author, or NULL. */
static const char *author(const struct pdx_article *a, size_t i)
{
	if (a->source && *a->source)
		return i == 0 ? a->source : NULL;
	return i < a->ncompanies ? a->companies[i] : NULL;
}

/* ---- Markdown ---------------------------------------------------------------- */

static void md_voice(struct out *out, const struct pdx_take *take)
{
	if (!take)
		return;
	markdown_text(out, take->persona ? take->persona : "the panel");
	if (take->perspective) {
		out_puts(out, " (");
		markdown_text(out, take->perspective);
		out_putc(out, ')');
	}
	out_puts(out, " on ");
}

static void write_markdown(struct out *out, const struct citation *c)
{
	const struct pdx_article *a = c->article;
	char iso[DATE_TEXT];

	if (c->quote->text.len) {
		out_puts(out, "> ");
		markdown_text(out, buf_str(&c->quote->text));
		out_puts(out, "\n>\n> \xE2\x80\x94 ");
		md_voice(out, c->quote->take);
	}
	markdown_link(out, a->title, a->url);
	for (size_t i = 0; author(a, i); i++) {
		out_puts(out, ", ");
		markdown_text(out, author(a, i));
	}
	if (a->date != PDX_NO_DATE)
		out_printf(out, ", %s", date_format(iso, a->date));
	out_printf(out, " (accessed %s)\n", date_format(iso, c->accessed));
}

/* ---- BibTeX ------------------------------------------------------------------ */

/*
 * What TeX would obey.  Braces by name: BibTeX counts those behind a backslash too.
 */
static const char *tex(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		const char *tex;
	} escapes[] = {
		{ '\\', "\\textbackslash{}" },
		{ '{', "\\textbraceleft{}" },
		{ '}', "\\textbraceright{}" },
		{ '^', "\\textasciicircum{}" },
		{ '~', "\\textasciitilde{}" },
		{ '<', "\\textless{}" },
		{ '>', "\\textgreater{}" },
		{ '"', "\\textquotedbl{}" },
		{ '|', "\\textbar{}" },
		{ '$', "\\$" },
		{ '&', "\\&" },
		{ '%', "\\%" },
		{ '#', "\\#" },
		{ '_', "\\_" },
	};

	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if (escapes[i].cp == cp)
			return escapes[i].tex;
	return NULL;
}

static void tex_text(struct out *out, const char *text)
{
	size_t len = strlen(text), n;

	for (size_t i = 0; i < len; i += n) {
		char utf8[UTF8_MAX_BYTES];
		uint32_t cp;

		n = utf8_decode(&cp, text + i, len - i);
		cp = layout_safe(cp);
		if (tex(cp))
			out_puts(out, tex(cp));
		else if (cp)
			out_write(out, utf8, utf8_encode(utf8, cp));
	}
}

/* Inner braces keep capitals, and a name in one piece. */
static void tex_field(struct out *out, const char *name, const char *text)
{
	out_printf(out, ",\n  %s = {{", name);
	tex_text(out, text);
	out_puts(out, "}}");
}

static void tex_authors(struct out *out, const struct pdx_article *a)
{
	if (!author(a, 0))
		return;
	out_puts(out, ",\n  author = {");
	for (size_t i = 0; author(a, i); i++) {
		out_puts(out, i ? " and {" : "{");
		tex_text(out, author(a, i));
		out_putc(out, '}');
	}
	out_putc(out, '}');
}

/* Styles take an address as it is, but braces and what ends a line would end it. */
static void tex_url(struct out *out, const char *url)
{
	out_puts(out, ",\n  url = {");
	for (; *url; url++) {
		unsigned char c = (unsigned char)*url;

		if (c <= ' ' || c >= 0x7F || strchr("<>{}\\\"^`|", c))
			out_printf(out, "%%%02X", c);
		else
			out_putc(out, (char)c);
	}
	out_putc(out, '}');
}

static void tex_date(struct out *out, int32_t date)
{
	static const char *const months[] = {
		"jan", "feb", "mar", "apr", "may", "jun",
		"jul", "aug", "sep", "oct", "nov", "dec"
	};
	struct civil day = date_to_civil(date);

	if (date != PDX_NO_DATE)
		out_printf(out, ",\n  year = {%d},\n  month = %s,\n  day = {%d}",
			   (int)day.year, months[day.month - 1], (int)day.day);
}

/* The sentence, and whose it is, where bibliographies have their annotations. */
static void tex_quote(struct out *out, const struct quote *q)
{
	if (!q->text.len)
		return;
	out_puts(out, ",\n  annote = {");
	if (q->take) {
		tex_text(out, q->take->persona ? q->take->persona : "the panel");
		if (q->take->perspective) {
			out_puts(out, " (");
			tex_text(out, q->take->perspective);
			out_putc(out, ')');
		}
		out_puts(out, ": ");
	}
	out_puts(out, "``");
	tex_text(out, buf_str(&q->text));
	out_puts(out, "''}");
}

static void write_bibtex(struct out *out, const struct citation *c)
{
	const struct pdx_article *a = c->article;
	char iso[DATE_TEXT];

	out_printf(out, "@misc{" KEY "%s", a->id);
	tex_authors(out, a);
	tex_field(out, "title", a->title);
	tex_date(out, a->date);
	if (link_is_web(a->url))
		tex_url(out, a->url);
	out_printf(out, ",\n  urldate = {%s}", date_format(iso, c->accessed));
	tex_quote(out, c->quote);
	out_puts(out, "\n}\n");
}

/* ---- CSL JSON ---------------------------------------------------------------- */

static json_t *csl_date(int32_t date)
{
	struct civil day = date_to_civil(date);
	json_t *o = json_object(), *parts = json_array(), *all = json_array();

	json_append(&parts, json_integer(day.year));
	json_append(&parts, json_integer((json_int_t)day.month));
	json_append(&parts, json_integer((json_int_t)day.day));
	json_append(&all, parts);
	json_put(&o, "date-parts", all);
	return o;
}

static json_t *csl_authors(const struct pdx_article *a)
{
	json_t *array = json_array();

	for (size_t i = 0; author(a, i); i++) {
		json_t *o = json_object();

		json_put(&o, "literal", json_text(author(a, i)));
		json_append(&array, o);
	}
	return array;
}

/* The quotation with whose it is. */
static json_t *csl_note(const struct quote *q)
{
	const struct pdx_take *take = q->take;
	struct buf note;
	json_t *text;

	buf_init(&note, 0);
	if (take)
		buf_puts(&note, take->persona ? take->persona : "the panel");
	if (take && take->perspective)
		buf_printf(&note, " (%s)", take->perspective);
	buf_printf(&note, "%s\xE2\x80\x9C%s\xE2\x80\x9D", take ? ": " : "",
		   buf_str(&q->text));
	text = buf_ok(&note) ? json_text(buf_str(&note)) : NULL;
	buf_release(&note);
	return text;
}

static void write_csl(struct out *out, const struct citation *c)
{
	const struct pdx_article *a = c->article;
	json_t *o = json_object(), *array = json_array();
	char key[sizeof(KEY) + PDX_ID_SIZE] = KEY;

	strcat(key, a->id);
	json_put(&o, "id", json_text(key));
	json_put(&o, "type", json_text("webpage"));
	json_put(&o, "title", json_text(a->title));
	if (author(a, 0))
		json_put(&o, "author", csl_authors(a));
	if (a->date != PDX_NO_DATE)
		json_put(&o, "issued", csl_date(a->date));
	json_put(&o, "accessed", csl_date(c->accessed));
	if (link_is_web(a->url))
		json_put(&o, "URL", json_text(a->url));
	if (a->lang)
		json_put(&o, "language", json_text(a->lang));
	if (c->quote->text.len)
		json_put(&o, "note", csl_note(c->quote));
	json_append(&array, o);
	json_write(out, array, 0);
	out_putc(out, '\n');
}

const struct citation_format citation_formats[] = {
	{ "md", write_markdown },
	{ "bibtex", write_bibtex },
	{ "csl", write_csl },
	{ NULL, NULL },
};
