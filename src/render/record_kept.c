/* Bookmarks, saved searches, and what a command did to them. */
#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "render/json_value.h"
#include "render/layout.h"
#include "render/record.h"
#include "render/term.h"

#define GAP 2

static json_t *bookmark(const char *schema, const struct pdx_bookmark *b)
{
	json_t *o = json_object();

	if (schema)
		json_put(&o, "schema", json_text(schema));
	json_put(&o, "id", json_text(b->id));
	json_put(&o, "title", json_text(b->title));
	json_put(&o, "date", json_day(b->date));
	json_put(&o, "note", json_text_or_null(b->note));
	json_put(&o, "added", json_timestamp(b->added));
	return o;
}

static json_t *bookmarks_json(const void *what)
{
	const struct render_bookmarks *all = what;
	json_t *o = json_object(), *array = json_array();

	for (size_t i = 0; i < all->n; i++)
		json_append(&array, bookmark(NULL, &all->v[i]));
	json_put(&o, "schema", json_text("paneldex.bookmarks/1"));
	json_put(&o, "bookmarks", array);
	return o;
}

static json_t *bookmarks_row(const void *what, size_t i)
{
	const struct render_bookmarks *all = what;

	return bookmark("paneldex.bookmark/1", &all->v[i]);
}

static size_t bookmarks_rows(const void *what)
{
	const struct render_bookmarks *all = what;

	return all->n;
}

static void put_time(struct tables *out, const char *column, int64_t seconds)
{
	char iso[DATE_TIME_TEXT];

	tables_text(out, column, seconds ? date_time_format(iso, seconds) : NULL);
}

static void bookmarks_tables(struct tables *out, const void *what)
{
	const struct render_bookmarks *all = what;

	tables_begin(out, "bookmarks", "Bookmarks");
	for (size_t i = 0; i < all->n; i++) {
		tables_text(out, "id", all->v[i].id);
		tables_day(out, "date", all->v[i].date);
		tables_text(out, "title", all->v[i].title);
		tables_text(out, "note", all->v[i].note);
		put_time(out, "added", all->v[i].added);
		tables_end_row(out);
	}
}

static void bookmarks_text(struct render *r, const void *what)
{
	const struct render_bookmarks *all = what;
	struct layout l;

	term_layout(&l, r);
	for (size_t i = 0; i < all->n; i++) {
		const struct pdx_bookmark *b = &all->v[i];
		char iso[DATE_TEXT];

		layout_begin(&l, 0);
		layout_text(&l, STYLE_FAINT, b->id);
		layout_gap(&l, GAP);
		l.indent = strlen(b->id) + GAP;
		layout_text(&l, STYLE_TITLE, b->title);
		layout_gap(&l, GAP);
		if (b->date != PDX_NO_DATE)
			layout_text(&l, STYLE_DATE, date_format(iso, b->date));
		layout_end(&l);
		if (!b->note)
			continue;
		layout_begin(&l, l.indent);
		layout_text(&l, STYLE_PLAIN, b->note);
		layout_end(&l);
	}
	layout_release(&l);
}

const struct record_kind record_bookmarks = {
	.json = bookmarks_json,
	.row = bookmarks_row,
	.rows = bookmarks_rows,
	.list = "bookmarks",
	.tables = bookmarks_tables,
	.text = bookmarks_text,
};

static json_t *saved(const char *schema, const struct pdx_saved *s)
{
	json_t *o = json_object();

	if (schema)
		json_put(&o, "schema", json_text(schema));
	json_put(&o, "name", json_text(s->name));
	json_put(&o, "query", json_text(s->query));
	json_put(&o, "added", json_timestamp(s->added));
	json_put(&o, "ran", s->ran ? json_timestamp(s->ran) : json_null());
	return o;
}

static json_t *saved_json(const void *what)
{
	const struct render_saved *all = what;
	json_t *o = json_object(), *array = json_array();

	for (size_t i = 0; i < all->n; i++)
		json_append(&array, saved(NULL, &all->v[i]));
	json_put(&o, "schema", json_text("paneldex.saved_searches/1"));
	json_put(&o, "searches", array);
	return o;
}

static json_t *saved_row(const void *what, size_t i)
{
	const struct render_saved *all = what;

	return saved("paneldex.saved_search/1", &all->v[i]);
}

static size_t saved_rows(const void *what)
{
	const struct render_saved *all = what;

	return all->n;
}

static void saved_tables(struct tables *out, const void *what)
{
	const struct render_saved *all = what;

	tables_begin(out, "saved", "Saved searches");
	for (size_t i = 0; i < all->n; i++) {
		tables_text(out, "name", all->v[i].name);
		tables_text(out, "query", all->v[i].query);
		put_time(out, "added", all->v[i].added);
		put_time(out, "ran", all->v[i].ran);
		tables_end_row(out);
	}
}

static void saved_text(struct render *r, const void *what)
{
	const struct render_saved *all = what;
	size_t wide = 0;
	struct layout l;

	for (size_t i = 0; i < all->n; i++) {
		size_t width = layout_width(all->v[i].name);

		wide = width > wide ? width : wide;
	}
	term_layout(&l, r);
	for (size_t i = 0; i < all->n; i++) {
		const struct pdx_saved *s = &all->v[i];
		char iso[DATE_TIME_TEXT];

		layout_begin(&l, 0);
		layout_text(&l, STYLE_NAME, s->name);
		layout_gap(&l, wide + GAP - layout_width(s->name));
		l.indent = wide + GAP;
		layout_text(&l, STYLE_PLAIN, *s->query ? s->query : "(every article)");
		layout_gap(&l, GAP);
		layout_text(&l, STYLE_FAINT,
			    s->ran ? date_time_format(iso, s->ran) : "never run");
		layout_end(&l);
	}
	layout_release(&l);
}

const struct record_kind record_saved = {
	.json = saved_json,
	.row = saved_row,
	.rows = saved_rows,
	.list = "searches",
	.tables = saved_tables,
	.text = saved_text,
};

static json_t *change_json(const void *what)
{
	const struct render_kept_change *c = what;
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.kept_change/1"));
	json_put(&o, "added", json_number(c->added));
	json_put(&o, "updated", json_number(c->updated));
	json_put(&o, "unchanged", json_number(c->unchanged));
	json_put(&o, "removed", json_number(c->removed));
	return o;
}

static void change_tables(struct tables *out, const void *what)
{
	const struct render_kept_change *c = what;

	tables_begin(out, "kept_change", "Changes");
	tables_number(out, "added", c->added);
	tables_number(out, "updated", c->updated);
	tables_number(out, "unchanged", c->unchanged);
	tables_number(out, "removed", c->removed);
	tables_end_row(out);
}

static void change_text(struct render *r, const void *what)
{
	const struct render_kept_change *c = what;
	const struct {
		uint64_t n;
		const char *word;
	} parts[] = {
		{ c->added, "added" },
		{ c->updated, "updated" },
		{ c->removed, "removed" },
		{ c->unchanged, "unchanged" },
	};
	bool any = false;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i].n)
			continue;
		out_printf(r->out, "%s%" PRIu64 " %s", any ? ", " : "", parts[i].n,
			   parts[i].word);
		any = true;
	}
	out_putc(r->out, '\n');
}

const struct record_kind record_kept_change = {
	.json = change_json,
	.tables = change_tables,
	.text = change_text,
};
