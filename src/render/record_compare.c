/*
 * What rose and what fell.
 *
 * JSON, paneldex.compare/1:
 *
 *   {"schema", "sides":[{"query", "dates": the range as typed, or null, "articles",
 *      "warnings"}, ...], "both": articles that are on both sides, "missed": how many
 *    more articles may have a term, "index",
 *    "company":{"values": that were tested, "rose":[{"value", "articles":[a, b],
 *      "share":[a, b] of the side's articles, "change", "g2", "p", "q": p corrected for
 *      the number of values, "example": the id of an article}], "fell":[...]},
 *    "category":{...}, "persona":{...}, "term":{...}}
 *
 * As lines: a value each, paneldex.change/1, with its "field" and "direction".
 */
#include <stdio.h>
#include <string.h>

#include "render/json_record.h"
#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"
#include "report/compare.h"

#define GAP 2
#define INDENT 2
#define NUMBERS 42     /* "     3   1.2%     14   5.6%   +4.4 <0.001*" */
#define LEAST_VALUE 20 /* "categories that rose" stands above it */
#define MOST_VALUE 40
#define SMALLEST_Q 0.001

static json_t *row_json(json_t *o, const struct compare_row *row)
{
	json_t *articles = json_array(), *shares = json_array();

	for (size_t side = 0; side < 2; side++) {
		json_append(&articles, json_number(row->articles[side]));
		json_append(&shares, json_decimal(row->share[side]));
	}
	json_put(&o, "value", json_text(row->value));
	json_put(&o, "articles", articles);
	json_put(&o, "share", shares);
	json_put(&o, "change", json_decimal(row->change));
	json_put(&o, "g2", json_decimal(row->g2));
	json_put(&o, "p", json_decimal(row->p));
	json_put(&o, "q", json_decimal(row->q));
	json_put(&o, "example", json_text(row->example));
	return o;
}

static json_t *table_json(const struct compare_table *t)
{
	json_t *o = json_object();

	json_put(&o, "values", json_number(t->values));
	for (int d = 0; d < COMPARE_DIRECTIONS; d++) {
		json_t *rows = json_array();

		for (size_t i = 0; i < t->nrows[d]; i++)
			json_append(&rows, row_json(json_object(), &t->rows[d][i]));
		json_put(&o, compare_direction_name((enum compare_direction)d), rows);
	}
	return o;
}

static json_t *side_json(const struct render_compare *r, size_t side)
{
	json_t *o = json_object();

	json_put(&o, "query", json_query(&r->search[side]));
	json_put(&o, "dates", json_text_or_null(r->dates[side]));
	json_put(&o, "articles", json_number(r->compare->articles[side]));
	json_put(&o, "warnings", json_warnings(&r->search[side]));
	return o;
}

static json_t *compare_json(const void *what)
{
	const struct render_compare *r = what;
	json_t *o = json_object(), *sides = json_array();

	for (size_t side = 0; side < 2; side++)
		json_append(&sides, side_json(r, side));
	json_put(&o, "schema", json_text("paneldex.compare/1"));
	json_put(&o, "sides", sides);
	json_put(&o, "both", json_number(r->compare->both));
	json_put(&o, "missed", json_number(r->compare->missed));
	json_put(&o, "index", json_index(&r->search[0]));
	for (int f = 0; f < COMPARE_FIELDS; f++)
		json_put(&o, compare_field_name((enum compare_field)f),
			 table_json(&r->compare->tables[f]));
	return o;
}

/* A row, and where it stands. */
struct change {
	const struct compare_row *row;
	enum compare_field field;
	enum compare_direction direction;
};

/* Row ${i} of all; *out is left alone where there are fewer.  Returns how many. */
static size_t find_change(struct change *out, const struct compare *c, size_t i)
{
	size_t n = 0;

	for (int f = 0; f < COMPARE_FIELDS; f++)
		for (int d = 0; d < COMPARE_DIRECTIONS; d++) {
			const struct compare_table *t = &c->tables[f];

			if (i >= n && i - n < t->nrows[d])
				*out = (struct change){ &t->rows[d][i - n],
							(enum compare_field)f,
							(enum compare_direction)d };
			n += t->nrows[d];
		}
	return n;
}

static size_t compare_rows(const void *what)
{
	struct change none;

	return find_change(&none, ((const struct render_compare *)what)->compare,
			   SIZE_MAX);
}

static json_t *compare_row(const void *what, size_t i)
{
	const struct render_compare *r = what;
	struct change change = { .row = NULL };
	json_t *o = json_object();

	find_change(&change, r->compare, i);
	json_put(&o, "schema", json_text("paneldex.change/1"));
	json_put(&o, "field", json_text(compare_field_name(change.field)));
	json_put(&o, "direction", json_text(compare_direction_name(change.direction)));
	return row_json(o, change.row);
}

/* ---- tables ------------------------------------------------------------------- */

static void side_table(struct tables *out, const struct render_compare *r)
{
	static const char *const names[] = { "a", "b" };

	tables_begin(out, "sides", "What is compared");
	for (size_t side = 0; side < 2; side++) {
		tables_text(out, "side", names[side]);
		tables_text(out, "query", r->search[side].text);
		tables_text(out, "dates", r->dates[side]);
		tables_number(out, "articles", r->compare->articles[side]);
		tables_number(out, "both", r->compare->both);
		tables_end_row(out);
	}
}

static void change_row(struct tables *out, const struct change *c)
{
	tables_text(out, "field", compare_field_name(c->field));
	tables_text(out, "direction", compare_direction_name(c->direction));
	tables_text(out, "value", c->row->value);
	tables_number(out, "articles_a", c->row->articles[0]);
	tables_number(out, "articles_b", c->row->articles[1]);
	tables_decimal(out, "share_a", c->row->share[0]);
	tables_decimal(out, "share_b", c->row->share[1]);
	tables_decimal(out, "change", c->row->change);
	tables_decimal(out, "g2", c->row->g2);
	tables_decimal(out, "p", c->row->p);
	tables_decimal(out, "q", c->row->q);
	tables_text(out, "example", c->row->example);
	tables_end_row(out);
}

static void compare_tables(struct tables *out, const void *what)
{
	static const struct table_column columns[] = {
		{ "field", TABLE_TEXT },        { "direction", TABLE_TEXT },
		{ "value", TABLE_TEXT },        { "articles_a", TABLE_NUMBER },
		{ "articles_b", TABLE_NUMBER }, { "share_a", TABLE_NUMBER },
		{ "share_b", TABLE_NUMBER },    { "change", TABLE_NUMBER },
		{ "g2", TABLE_NUMBER },         { "p", TABLE_NUMBER },
		{ "q", TABLE_NUMBER },          { "example", TABLE_TEXT },
	};
	const struct render_compare *r = what;
	struct change change;

	side_table(out, r);
	tables_begin(out, "changes", "What rose and what fell");
	tables_columns(out, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0, n = compare_rows(what); i < n; i++) {
		find_change(&change, r->compare, i);
		change_row(out, &change);
	}
}

/* ---- text --------------------------------------------------------------------- */

static void put_side(struct layout *l, const struct render_compare *r, size_t side)
{
	layout_begin(l, 0);
	layout_text(l, STYLE_FAINT, side ? "B" : "A");
	layout_gap(l, GAP);
	l->indent = 1 + GAP;
	if (r->dates[side]) {
		layout_text(l, STYLE_DATE, r->dates[side]);
		layout_gap(l, GAP);
	}
	if (*r->search[side].text) {
		layout_text(l, STYLE_PLAIN, r->search[side].text);
		layout_gap(l, GAP);
	}
	term_count(l, r->compare->articles[side], "article");
	layout_end(l);
}

/* What can be said of the sides together, where it matters. */
static void put_remarks(struct layout *l, const struct compare *c)
{
	if (c->both) {
		layout_begin(l, 0);
		term_count(l, c->both, "article");
		layout_text(l, STYLE_PLAIN, c->both == 1 ? " is" : " are");
		layout_text(l, STYLE_PLAIN,
			    " on both sides, which makes differences smaller");
		layout_end(l);
	}
	if (c->missed) {
		layout_begin(l, 0);
		layout_text(l, STYLE_FAINT,
			    "rare terms were dropped on the way; articles with a term "
			    "may be more, by up to");
		term_number(l, STYLE_FAINT, " ", c->missed);
		layout_end(l);
	}
}

/* Columns of the values; 0 where there is no room for a table. */
static size_t value_width(const struct render *r)
{
	size_t rest = INDENT + GAP + NUMBERS + GAP + PDX_ID_SIZE - 1;
	size_t room = r->width > rest ? r->width - rest : 0;

	if (room < LEAST_VALUE)
		return 0;
	return room < MOST_VALUE ? room : MOST_VALUE;
}

/* "0.012", "<0.001"; the star says that it is significant. */
static const char *format_q(char *out, size_t size, double q)
{
	char star = q < COMPARE_SIGNIFICANT ? '*' : ' ';

	if (q < SMALLEST_Q)
		snprintf(out, size, "<%.3f%c", SMALLEST_Q, star);
	else
		snprintf(out, size, "%.3f%c", q, star);
	return out;
}

static void put_row(struct render *r, const struct compare_row *row, size_t width)
{
	char q[32];

	out_pad(r->out, INDENT);
	out_pad(r->out, width - layout_line(r->out, row->value, width) + GAP);
	out_printf(r->out, "%6llu %5.1f%% %6llu %5.1f%% %+6.1f %7s",
		   (unsigned long long)row->articles[0], 100 * row->share[0],
		   (unsigned long long)row->articles[1], 100 * row->share[1],
		   100 * row->change, format_q(q, sizeof(q), row->q));
	out_pad(r->out, GAP);
	out_printf(r->out, "%s\n", row->example);
}

/* The same on a screen that is too narrow for a table. */
static void put_stacked_row(struct render *r, const struct compare_row *row)
{
	char numbers[128], q[32];
	struct layout l;

	term_layout(&l, r);
	layout_begin(&l, INDENT);
	layout_text(&l, STYLE_PLAIN, row->value);
	layout_end(&l);
	layout_begin(&l, 2 * INDENT);
	snprintf(numbers, sizeof(numbers), "A %llu %.1f%% B %llu %.1f%% %+.1f q %s",
		 (unsigned long long)row->articles[0], 100 * row->share[0],
		 (unsigned long long)row->articles[1], 100 * row->share[1],
		 100 * row->change, format_q(q, sizeof(q), row->q));
	layout_text(&l, STYLE_PLAIN, numbers);
	layout_text(&l, STYLE_FAINT, " ");
	layout_text(&l, STYLE_FAINT, row->example);
	layout_end(&l);
	layout_release(&l);
}

/* "companies that rose", and what the columns are. */
static void put_rows_head(struct render *r, enum compare_field field,
			  enum compare_direction direction, size_t width)
{
	static const char *const names[] = { "companies", "categories", "personas",
					     "terms" };
	const struct styles *styles = r->styles ? r->styles : &terminal_styles;
	const char *name = compare_direction_name(direction);
	size_t used = strlen(names[field]) + strlen(" that ") + strlen(name);

	out_printf(r->out, "\n%s%s that %s%s", r->color ? styles->on[STYLE_TITLE] : "",
		   names[field], name, r->color ? styles->on[STYLE_PLAIN] : "");
	if (width) {
		out_pad(r->out, INDENT + width + GAP - used);
		out_printf(r->out, "%6s %6s %6s %6s %6s %6s", "A", "share", "B",
			   "share", "change", "q");
	}
	out_putc(r->out, '\n');
}

static void put_rows(struct render *r, const struct compare_table *t,
		     enum compare_field field, enum compare_direction direction)
{
	size_t width = value_width(r), n = t->nrows[direction];

	if (n)
		put_rows_head(r, field, direction, width);
	for (size_t i = 0; i < n; i++) {
		if (width)
			put_row(r, &t->rows[direction][i], width);
		else
			put_stacked_row(r, &t->rows[direction][i]);
	}
}

static void compare_text(struct render *r, const void *what)
{
	const struct render_compare *c = what;
	struct layout l;

	term_layout(&l, r);
	put_side(&l, c, 0);
	put_side(&l, c, 1);
	put_remarks(&l, c->compare);
	layout_release(&l);
	for (int f = 0; f < COMPARE_FIELDS; f++)
		for (int d = 0; d < COMPARE_DIRECTIONS; d++)
			put_rows(r, &c->compare->tables[f], (enum compare_field)f,
				 (enum compare_direction)d);
}

const struct record_kind record_compare = {
	.json = compare_json,
	.row = compare_row,
	.rows = compare_rows,
	.tables = compare_tables,
	.text = compare_text,
};
