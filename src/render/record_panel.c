/*
 * What the panel said.
 *
 * JSON, paneldex.panel/1:
 *
 *   {"schema", "query", "total": articles that match, "articles": with a take that
 *    counts, "takes", "missed": how many more takes may have a term, "warnings",
 * "index", "personas":[{"persona": null where takes have none, "takes", "articles",
 *      "perspectives":[{"perspective", "takes"}],
 *      "terms":[{"term", "takes": with it, "others": other takes with it, "log_odds",
 *        "z"}],
 *      "quote":{"id", "title", "date", "n": of the take, "perspective", "text",
 * "score"}, "silent":{"companies":{"total", "values":[{"value", "articles"}]},
 *        "categories":{...}}}],
 *    "shown":[{"id", "title", "date", "companies", "categories", "url",
 *      "takes":[{"n", "persona", "perspective", "text"}]}]}
 *
 * As lines: a persona each, paneldex.persona/1, then an article each, paneldex.takes/1.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "render/columns.h"
#include "render/html_panel.h"
#include "render/json_record.h"
#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"
#include "report/panel.h"

#define GAP 2
#define INDENT 2
#define LABEL_COLUMNS 11 /* "never on" and gaps */
#define LEAST_COLUMN 34  /* of text that is read: five words or more */

static json_t *perspectives(const struct panel_persona *p)
{
	json_t *array = json_array();

	for (size_t i = 0; i < p->nperspectives; i++) {
		json_t *o = json_object();

		json_put(&o, "perspective", json_text_or_null(p->perspectives[i].name));
		json_put(&o, "takes", json_number(p->perspectives[i].count));
		json_append(&array, o);
	}
	return array;
}

static json_t *terms(const struct panel_persona *p)
{
	json_t *array = json_array();

	for (size_t i = 0; i < p->nterms; i++) {
		const struct panel_term *t = &p->terms[i];
		json_t *o = json_object();

		json_put(&o, "term", json_text(t->text));
		json_put(&o, "takes", json_number(t->takes));
		json_put(&o, "others", json_number(t->others));
		json_put(&o, "log_odds", json_decimal(t->log_odds));
		json_put(&o, "z", json_decimal(t->z));
		json_append(&array, o);
	}
	return array;
}

static json_t *quote(const struct panel_quote *q)
{
	json_t *o;

	if (!q->id)
		return json_null();
	o = json_object();
	json_put(&o, "id", json_text(q->id));
	json_put(&o, "title", json_text(q->title));
	json_put(&o, "date", json_day(q->date));
	json_put(&o, "n", json_number(q->take));
	json_put(&o, "perspective", json_text_or_null(q->perspective));
	json_put(&o, "text", json_text(q->text));
	json_put(&o, "score", json_decimal(q->score));
	return o;
}

static json_t *silent_values(const struct panel_silent *s)
{
	json_t *o = json_object(), *values = json_array();

	for (size_t i = 0; i < s->nnames; i++) {
		json_t *v = json_object();

		json_put(&v, "value", json_text(s->names[i].name));
		json_put(&v, "articles", json_number(s->names[i].count));
		json_append(&values, v);
	}
	json_put(&o, "total", json_number(s->n));
	json_put(&o, "values", values);
	return o;
}

/* Begins with ${schema} where that is not NULL. */
static json_t *persona_json(const char *schema, const struct panel_persona *p)
{
	json_t *o = json_object(), *silent = json_object();

	json_put(&silent, "companies", silent_values(&p->companies));
	json_put(&silent, "categories", silent_values(&p->categories));
	if (schema)
		json_put(&o, "schema", json_text(schema));
	json_put(&o, "persona", json_text_or_null(p->name));
	json_put(&o, "takes", json_number(p->takes));
	json_put(&o, "articles", json_number(p->articles));
	json_put(&o, "perspectives", perspectives(p));
	json_put(&o, "terms", terms(p));
	json_put(&o, "quote", quote(&p->quote));
	json_put(&o, "silent", silent);
	return o;
}

static json_t *takes_json(const struct panel_article *a)
{
	json_t *array = json_array();

	for (size_t i = 0; i < a->ntakes; i++) {
		const struct panel_take *t = &a->takes[i];
		json_t *o = json_object();

		json_put(&o, "n", json_number(t->n));
		json_put(&o, "persona", json_text_or_null(t->persona));
		json_put(&o, "perspective", json_text_or_null(t->perspective));
		json_put(&o, "text", json_text(t->text));
		json_append(&array, o);
	}
	return array;
}

static json_t *article_json(const char *schema, const struct panel_article *a)
{
	json_t *o = json_object();

	if (schema)
		json_put(&o, "schema", json_text(schema));
	json_put(&o, "id", json_text(a->id));
	json_put(&o, "title", json_text(a->title));
	json_put(&o, "date", json_day(a->date));
	json_put(&o, "companies", json_texts(a->companies, a->ncompanies));
	json_put(&o, "categories", json_texts(a->categories, a->ncategories));
	json_put(&o, "url", json_text_or_null(a->url));
	json_put(&o, "takes", takes_json(a));
	return o;
}

static json_t *panel_json(const void *what)
{
	const struct render_panel *r = what;
	const struct panel *p = r->panel;
	json_t *o = json_object(), *personas = json_array(), *shown = json_array();

	for (size_t i = 0; i < p->npersonas; i++)
		json_append(&personas, persona_json(NULL, &p->personas[i]));
	for (size_t i = 0; i < p->nshown; i++)
		json_append(&shown, article_json(NULL, &p->shown[i]));
	json_put(&o, "schema", json_text("paneldex.panel/1"));
	json_put(&o, "query", json_query(r->search));
	json_put(&o, "total", json_number(p->total));
	json_put(&o, "articles", json_number(p->articles));
	json_put(&o, "takes", json_number(p->takes));
	json_put(&o, "missed", json_number(p->missed));
	json_put(&o, "warnings", json_warnings(r->search));
	json_put(&o, "index", json_index(r->search));
	json_put(&o, "personas", personas);
	json_put(&o, "shown", shown);
	return o;
}

static size_t panel_rows(const void *what)
{
	const struct panel *p = ((const struct render_panel *)what)->panel;

	return p->npersonas + p->nshown;
}

static json_t *panel_row(const void *what, size_t i)
{
	const struct panel *p = ((const struct render_panel *)what)->panel;

	if (i < p->npersonas)
		return persona_json("paneldex.persona/1", &p->personas[i]);
	return article_json("paneldex.takes/1", &p->shown[i - p->npersonas]);
}

/* ---- tables ------------------------------------------------------------------- */

/* Of tables that may be empty. */
static const struct table_column term_columns[] = {
	{ "persona", TABLE_TEXT },    { "term", TABLE_TEXT },
	{ "takes", TABLE_NUMBER },    { "others", TABLE_NUMBER },
	{ "log_odds", TABLE_NUMBER }, { "z", TABLE_NUMBER },
};
static const struct table_column silent_columns[] = {
	{ "persona", TABLE_TEXT },
	{ "field", TABLE_TEXT },
	{ "value", TABLE_TEXT },
	{ "articles", TABLE_NUMBER },
};

static void persona_tables(struct tables *out, const struct panel *p)
{
	tables_begin(out, "personas", "Personas");
	for (size_t i = 0; i < p->npersonas; i++) {
		const struct panel_persona *v = &p->personas[i];

		tables_text(out, "persona", v->name);
		tables_number(out, "takes", v->takes);
		tables_number(out, "articles", v->articles);
		tables_number(out, "companies_silent", v->companies.n);
		tables_number(out, "categories_silent", v->categories.n);
		tables_text(out, "quote_id", v->quote.id);
		tables_text(out, "quote", v->quote.text);
		tables_end_row(out);
	}
	tables_begin(out, "perspectives", "Perspectives");
	for (size_t i = 0; i < p->npersonas; i++)
		for (size_t j = 0; j < p->personas[i].nperspectives; j++) {
			tables_text(out, "persona", p->personas[i].name);
			tables_text(out, "perspective",
				    p->personas[i].perspectives[j].name);
			tables_number(out, "takes",
				      p->personas[i].perspectives[j].count);
			tables_end_row(out);
		}
}

static void term_table(struct tables *out, const struct panel *p)
{
	tables_begin(out, "terms", "What sets each apart");
	tables_columns(out, term_columns,
		       sizeof(term_columns) / sizeof(term_columns[0]));
	for (size_t i = 0; i < p->npersonas; i++)
		for (size_t j = 0; j < p->personas[i].nterms; j++) {
			const struct panel_term *t = &p->personas[i].terms[j];

			tables_text(out, "persona", p->personas[i].name);
			tables_text(out, "term", t->text);
			tables_number(out, "takes", t->takes);
			tables_number(out, "others", t->others);
			tables_decimal(out, "log_odds", t->log_odds);
			tables_decimal(out, "z", t->z);
			tables_end_row(out);
		}
}

static void silent_rows(struct tables *out, const struct panel_persona *p,
			const char *field, const struct panel_silent *s)
{
	for (size_t i = 0; i < s->nnames; i++) {
		tables_text(out, "persona", p->name);
		tables_text(out, "field", field);
		tables_text(out, "value", s->names[i].name);
		tables_number(out, "articles", s->names[i].count);
		tables_end_row(out);
	}
}

static void take_table(struct tables *out, const struct panel *p)
{
	tables_begin(out, "takes", "Takes");
	for (size_t i = 0; i < p->nshown; i++)
		for (size_t j = 0; j < p->shown[i].ntakes; j++) {
			const struct panel_take *t = &p->shown[i].takes[j];

			tables_text(out, "id", p->shown[i].id);
			tables_day(out, "date", p->shown[i].date);
			tables_text(out, "title", p->shown[i].title);
			tables_number(out, "n", t->n);
			tables_text(out, "persona", t->persona);
			tables_text(out, "perspective", t->perspective);
			tables_text(out, "text", t->text);
			tables_end_row(out);
		}
}

static void panel_tables(struct tables *out, const void *what)
{
	const struct panel *p = ((const struct render_panel *)what)->panel;

	persona_tables(out, p);
	term_table(out, p);
	tables_begin(out, "silent", "Never spoken about");
	tables_columns(out, silent_columns,
		       sizeof(silent_columns) / sizeof(silent_columns[0]));
	for (size_t i = 0; i < p->npersonas; i++) {
		const struct panel_persona *v = &p->personas[i];

		silent_rows(out, v, "company", &v->companies);
		silent_rows(out, v, "category", &v->categories);
	}
	take_table(out, p);
}

/* ---- text --------------------------------------------------------------------- */

static void put_voice(struct layout *l, const struct panel_take *t)
{
	char number[32];

	snprintf(number, sizeof(number), "Take %zu", t->n);
	layout_text(l, STYLE_VOICE, t->persona ? t->persona : number);
	if (t->perspective) {
		layout_text(l, STYLE_PLAIN, " (");
		layout_text(l, STYLE_PLAIN, t->perspective);
		layout_text(l, STYLE_PLAIN, ")");
	}
}

static void put_take(struct layout *l, const struct panel_take *t)
{
	layout_begin(l, 0);
	put_voice(l, t);
	layout_end(l);
	layout_begin(l, 0);
	layout_text(l, STYLE_PLAIN, t->text);
	layout_end(l);
}

/* The takes row by row, as many beside each other as there is room for. */
static void put_takes(struct render *r, const struct panel_article *a)
{
	size_t width = r->width - INDENT;
	size_t across = columns_fit(a->ntakes, width, LEAST_COLUMN);

	for (size_t i = 0; i < a->ntakes; i += across) {
		struct columns c;

		if (!columns_init(&c, r->out, across, width, r->color))
			return;
		for (size_t j = 0; j < across && i + j < a->ntakes; j++) {
			if (r->styles)
				columns_at(&c, j)->styles = r->styles;
			put_take(columns_at(&c, j), &a->takes[i + j]);
		}
		out_putc(r->out, '\n');
		columns_put(&c, INDENT);
		columns_release(&c);
	}
}

static void put_article(struct render *r, const struct panel_article *a)
{
	const struct pdx_article meta = {
		.date = a->date,
		.companies = a->companies,
		.ncompanies = a->ncompanies,
		.categories = a->categories,
		.ncategories = a->ncategories,
	};
	struct layout l;

	term_layout(&l, r);
	layout_end(&l);
	layout_begin(&l, 0);
	layout_link(&l, a->url);
	layout_text(&l, STYLE_TITLE, a->title);
	layout_link(&l, NULL);
	layout_end(&l);
	layout_begin(&l, 0);
	term_meta(&l, &meta);
	layout_gap(&l, GAP);
	layout_text(&l, STYLE_FAINT, a->id);
	layout_end(&l);
	layout_release(&l);
	put_takes(r, a);
}

/* Begin a line that is labelled; what follows is aligned with it. */
static void begin_label(struct layout *l, const char *label)
{
	layout_begin(l, INDENT);
	layout_text(l, STYLE_FAINT, label);
	layout_gap(l, LABEL_COLUMNS - INDENT - strlen(label));
	l->indent = LABEL_COLUMNS;
}

static void put_persona_head(struct layout *l, const struct panel_persona *p)
{
	layout_begin(l, 0);
	layout_text(l, STYLE_VOICE, p->name ? p->name : RENDER_MISSING);
	layout_gap(l, GAP);
	term_count(l, p->takes, "take");
	layout_text(l, STYLE_PLAIN, " in ");
	term_count(l, p->articles, "article");
	layout_gap(l, GAP);
	for (size_t i = 0; i < p->nperspectives; i++) {
		const char *name = p->perspectives[i].name;

		layout_text(l, STYLE_PLAIN, i ? ", " : "");
		layout_text(l, STYLE_PLAIN, name ? name : RENDER_MISSING);
		if (p->nperspectives > 1)
			term_number(l, STYLE_FAINT, " ", p->perspectives[i].count);
	}
	layout_end(l);
}

static void put_terms(struct layout *l, const struct panel_persona *p)
{
	if (!p->nterms)
		return;
	begin_label(l, "says");
	for (size_t i = 0; i < p->nterms; i++) {
		layout_text(l, STYLE_PLAIN, p->terms[i].text);
		term_number(l, STYLE_FAINT, " ", p->terms[i].takes);
		term_number(l, STYLE_FAINT, "/", p->terms[i].others);
		layout_text(l, STYLE_PLAIN, i + 1 < p->nterms ? ", " : "");
	}
	layout_end(l);
}

static void put_quote(struct layout *l, const struct panel_quote *q)
{
	if (!q->id)
		return;
	begin_label(l, "quote");
	layout_text(l, STYLE_PLAIN, "\xE2\x80\x9C");
	layout_text(l, STYLE_PLAIN, q->text);
	layout_text(l, STYLE_PLAIN, "\xE2\x80\x9D");
	layout_gap(l, GAP);
	layout_text(l, STYLE_FAINT, q->id);
	layout_end(l);
}

static void put_silent(struct layout *l, const char *label,
		       const struct panel_silent *s)
{
	if (!s->n)
		return;
	begin_label(l, label);
	for (size_t i = 0; i < s->nnames; i++) {
		layout_text(l, STYLE_PLAIN, i ? ", " : "");
		layout_text(l, STYLE_NAME, s->names[i].name);
		term_number(l, STYLE_FAINT, " ", s->names[i].count);
	}
	if (s->n > s->nnames) {
		term_number(l, STYLE_PLAIN, s->nnames ? ", " : "", s->n - s->nnames);
		layout_text(l, STYLE_PLAIN, s->nnames ? " more" : "");
	}
	layout_end(l);
}

static void put_persona(struct layout *l, const struct panel_persona *p)
{
	layout_end(l);
	put_persona_head(l, p);
	put_terms(l, p);
	put_quote(l, &p->quote);
	put_silent(l, "never on", &p->companies);
	put_silent(l, "never in", &p->categories);
}

/* What the numbers are of. */
static void put_head(struct layout *l, const struct panel *p)
{
	layout_begin(l, 0);
	term_count(l, p->takes, "take");
	layout_text(l, STYLE_PLAIN, " by ");
	term_count(l, p->npersonas, "persona");
	layout_text(l, STYLE_PLAIN, " in ");
	term_number(l, STYLE_PLAIN, "", p->articles);
	layout_text(l, STYLE_PLAIN, " of ");
	term_count(l, p->total, "article");
	layout_end(l);
}

static void panel_text(struct render *r, const void *what)
{
	const struct panel *p = ((const struct render_panel *)what)->panel;
	struct layout l;

	term_layout(&l, r);
	put_head(&l, p);
	for (size_t i = 0; i < p->nshown; i++)
		put_article(r, &p->shown[i]);
	for (size_t i = 0; i < p->npersonas; i++)
		put_persona(&l, &p->personas[i]);
	if (p->missed) {
		layout_end(&l);
		layout_begin(&l, 0);
		layout_text(&l, STYLE_FAINT,
			    "rare terms were dropped on the way; takes with a term may "
			    "be more, by up to");
		term_number(&l, STYLE_FAINT, " ", p->missed);
		layout_end(&l);
	}
	layout_release(&l);
}

const struct record_kind record_panel = {
	.json = panel_json,
	.row = panel_row,
	.rows = panel_rows,
	.tables = panel_tables,
	.html = html_put_panel,
	.text = panel_text,
};
