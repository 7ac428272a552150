/*
 * Facets and pivots.
 *
 * JSON, paneldex.facets/1:
 *
 *   {"schema", "query", "total", "takes": where takes were counted, "facets":{FIELD:
 *      {"values":[{"value", "count"}], "other", "missing", "total"}},
 *    "pivot": null or the first of "pivots":[{"rows":{"field", ...a facet},
 *      "columns":{...}, "cells":[[...]]}]}
 *
 * A line of cells for each value of the rows, then one for the others and one for those
 * without; in each a number for each value of the columns, and two likewise.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "render/html_facets.h"
#include "render/json_record.h"
#include "render/json_value.h"
#include "render/markdown_facets.h"
#include "render/record.h"
#include "render/search_table.h"
#include "render/term.h"
#include "report/facets.h"

#define GAP 2
#define TOTAL "(total)"

static json_t *facet_json(const struct report_facet *f, bool named)
{
	json_t *o = json_object(), *values = json_array();

	for (size_t i = 0; i < f->nvalues; i++) {
		json_t *v = json_object();

		json_put(&v, "value", json_text(f->values[i].value));
		json_put(&v, "count", json_number(f->values[i].count));
		json_append(&values, v);
	}
	if (named)
		json_put(&o, "field", json_text(f->field));
	json_put(&o, "values", values);
	json_put(&o, "other", json_number(f->other));
	json_put(&o, "missing", json_number(f->missing));
	json_put(&o, "total", json_number(f->total));
	return o;
}

static json_t *pivot_json(const struct report_pivot *p)
{
	json_t *o = json_object(), *cells = json_array();

	for (size_t i = 0; i < p->rows.nvalues + 2; i++) {
		json_t *line = json_array();

		for (size_t j = 0; j < p->columns.nvalues + 2; j++)
			json_append(&line, json_number(report_pivot_cell(p, i, j)));
		json_append(&cells, line);
	}
	json_put(&o, "rows", facet_json(&p->rows, true));
	json_put(&o, "columns", facet_json(&p->columns, true));
	json_put(&o, "cells", cells);
	return o;
}

static json_t *facets_json(const void *what)
{
	const struct render_counts *r = what;
	const struct report_facets *f = r->facets;
	json_t *o = json_object(), *facets = json_object(), *pivots = json_array();

	for (size_t i = 0; i < f->nfacets; i++)
		json_put(&facets, f->facets[i].field, facet_json(&f->facets[i], false));
	for (size_t i = 0; i < f->npivots; i++)
		json_append(&pivots, pivot_json(&f->pivots[i]));
	json_put(&o, "schema", json_text("paneldex.facets/1"));
	json_put(&o, "query", json_query(r->search));
	json_put(&o, "total", json_number(f->total));
	if (f->takes)
		json_put(&o, "takes", json_number(f->takes));
	json_put(&o, "facets", facets);
	json_put(&o, "pivot", f->npivots ? pivot_json(&f->pivots[0]) : json_null());
	json_put(&o, "pivots", pivots);
	return o;
}

/* ---- tables -------------------------------------------------------------------- */

/* As the facets of a search, which formats know how to show. */
static struct pdx_facet plain_facet(const struct report_facet *f)
{
	return (struct pdx_facet){
		.field = f->field,
		.values = f->values,
		.nvalues = f->nvalues,
		.other = f->other,
		.missing = f->missing,
		.total = f->total,
	};
}

/* NULL where memory is out, or there are none. */
static struct pdx_facet *plain_facets(const struct report_facets *f)
{
	struct pdx_facet *v = f->nfacets ? calloc(f->nfacets, sizeof(*v)) : NULL;

	for (size_t i = 0; v && i < f->nfacets; i++)
		v[i] = plain_facet(&f->facets[i]);
	return v;
}

/* What line ${i} of a pivot is. */
static const char *line_name(const struct report_facet *f, size_t i)
{
	if (i < f->nvalues)
		return f->values[i].value;
	return i == f->nvalues ? RENDER_OTHER : RENDER_MISSING;
}

static uint64_t line_total(const struct report_facet *f, size_t i)
{
	if (i < f->nvalues)
		return f->values[i].count;
	return i == f->nvalues ? f->other : f->missing;
}

static void pivot_row(struct tables *out, const struct report_pivot *p, const char *row,
		      const char *column, uint64_t count)
{
	if (count == 0)
		return;
	tables_text(out, p->rows.field, row);
	tables_text(out, p->columns.field, column);
	tables_number(out, "count", count);
	tables_end_row(out);
}

/* Values of articles would make bad names of columns: a row for each cell. */
static void pivot_table(struct tables *out, const struct report_pivot *p)
{
	tables_begin(out, "pivot", "Pivot");
	tables_column(out, p->rows.field, TABLE_TEXT);
	tables_column(out, p->columns.field, TABLE_TEXT);
	tables_column(out, "count", TABLE_NUMBER);
	for (size_t i = 0; i < p->rows.nvalues + 2; i++) {
		const char *row = line_name(&p->rows, i);

		for (size_t j = 0; j < p->columns.nvalues + 2; j++)
			pivot_row(out, p, row, line_name(&p->columns, j),
				  report_pivot_cell(p, i, j));
		pivot_row(out, p, row, TOTAL, line_total(&p->rows, i));
	}
	for (size_t j = 0; j < p->columns.nvalues + 2; j++)
		pivot_row(out, p, TOTAL, line_name(&p->columns, j),
			  line_total(&p->columns, j));
	pivot_row(out, p, TOTAL, TOTAL, p->rows.total);
}

static void facets_tables(struct tables *out, const void *what)
{
	const struct report_facets *f = ((const struct render_counts *)what)->facets;
	struct pdx_facet *plain = plain_facets(f);
	struct render_search search = { .facets = plain, .nfacets = f->nfacets };

	if (f->nfacets && !plain)
		out->arena.failed = true;
	if (plain)
		search_facets(out, &search);
	free(plain);
	for (size_t i = 0; i < f->npivots; i++)
		pivot_table(out, &f->pivots[i]);
}

/* ---- text ---------------------------------------------------------------------- */

/* A line of a pivot as a sentence: it fits any width. */
static void pivot_line(struct render *r, const struct report_pivot *p, size_t row)
{
	char number[32];
	struct layout l;

	if (line_total(&p->rows, row) == 0)
		return;
	term_layout(&l, r);
	layout_begin(&l, GAP);
	l.indent += GAP;
	layout_text(&l, STYLE_NAME, line_name(&p->rows, row));
	snprintf(number, sizeof(number), "%" PRIu64, line_total(&p->rows, row));
	layout_gap(&l, GAP);
	layout_text(&l, STYLE_PLAIN, number);
	for (size_t j = 0; j < p->columns.nvalues + 2; j++) {
		uint64_t n = report_pivot_cell(p, row, j);

		if (n == 0)
			continue;
		layout_gap(&l, GAP);
		layout_text(&l, STYLE_FAINT, line_name(&p->columns, j));
		snprintf(number, sizeof(number), " %" PRIu64, n);
		layout_text(&l, STYLE_PLAIN, number);
	}
	layout_end(&l);
	layout_release(&l);
}

static void pivot_text(struct render *r, const struct report_pivot *p)
{
	out_puts(r->out, r->written++ ? "\n" : "");
	out_printf(r->out, "%s by %s\n", p->rows.field, p->columns.field);
	for (size_t i = 0; i < p->rows.nvalues + 2; i++)
		pivot_line(r, p, i);
}

static void facets_text(struct render *r, const void *what)
{
	const struct report_facets *f = ((const struct render_counts *)what)->facets;
	struct pdx_facet *plain = plain_facets(f);
	const struct render_search search = { .facets = plain, .nfacets = f->nfacets };

	if (f->nfacets && !plain)
		out_fail(r->out, PDX_E_NOMEM);
	else
		r->ops->end(r, &search);
	free(plain);
	for (size_t i = 0; i < f->npivots; i++)
		pivot_text(r, &f->pivots[i]);
}

const struct record_kind record_counts = {
	.json = facets_json,
	.tables = facets_tables,
	.markdown = markdown_put_facets,
	.html = html_put_facets,
	.text = facets_text,
};
