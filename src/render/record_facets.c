/*
 * Facets and pivots of what a query finds.
 *
 * JSON, paneldex.facets/1:
 *
 *   {"schema", "query", "total": articles that match, "takes": of these, that were
 *    counted, or null where articles were, "warnings", "index",
 *    "facets":{"company":{"values":[{"value", "count"}], "other", "missing", "total":
 *      articles or takes that were looked at, "own_filter": "keep" or "drop"}},
 *    "pivot": the first of "pivots" or null, "pivots":[{"rows":{"field", "values",
 *      "other", "missing", "total"}, "columns":{...}, "cells":[[...]]}]}
 *
 * A line of cells belongs to each value of the rows, one to the others and one to those
 * without a value; and likewise in each line.
 *
 * As lines, and in the table: one for each value and one for each cell, with ${kind}
 * value, other or missing; a cell has the column in ${across}.
 */
#include "render/html_facets.h"
#include "render/json_record.h"
#include "render/json_value.h"
#include "render/markdown_facets.h"
#include "render/record.h"
#include "render/term_facets.h"
#include "report/facets.h"

static json_t *values_json(const struct report_facet *f)
{
	json_t *array = json_array();

	for (size_t i = 0; i < f->nvalues; i++) {
		json_t *o = json_object();

		json_put(&o, "value", json_text(f->values[i].value));
		json_put(&o, "count", json_number(f->values[i].count));
		json_append(&array, o);
	}
	return array;
}

static json_t *facet_json(const struct report_facet *f, const char *field)
{
	json_t *o = json_object();

	if (field)
		json_put(&o, "field", json_text(field));
	json_put(&o, "values", values_json(f));
	json_put(&o, "other", json_number(f->other));
	json_put(&o, "missing", json_number(f->missing));
	json_put(&o, "total", json_number(f->total));
	return o;
}

static json_t *facets_object(const struct render_facets *r)
{
	const struct report_facets *report = r->report;
	json_t *o = json_object();

	for (size_t i = 0; i < report->nfacets; i++) {
		json_t *facet = facet_json(&report->facets[i], NULL);

		json_put(&facet, "own_filter",
			 json_text(r->own_dropped ? "drop" : "keep"));
		json_put(&o, report->facets[i].field, facet);
	}
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
	json_put(&o, "rows", facet_json(&p->rows, p->rows.field));
	json_put(&o, "columns", facet_json(&p->columns, p->columns.field));
	json_put(&o, "cells", cells);
	return o;
}

/* How many of ${what} were counted; null where something else was. */
static json_t *counted_json(const struct report_facets *report, enum pdx_count_by what)
{
	return report->count_by == what ? json_number(report->counted) : json_null();
}

static json_t *facets_json(const void *what)
{
	const struct render_facets *r = what;
	const struct report_facets *report = r->report;
	json_t *o = json_object(), *pivots = json_array();

	for (size_t i = 0; i < report->npivots; i++)
		json_append(&pivots, pivot_json(&report->pivots[i]));
	json_put(&o, "schema", json_text("paneldex.facets/1"));
	json_put(&o, "query", json_query(r->search));
	json_put(&o, "total", json_number(report->total));
	json_put(&o, "takes", counted_json(report, PDX_COUNT_TAKES));
	json_put(&o, "stories", counted_json(report, PDX_COUNT_STORIES));
	json_put(&o, "warnings", json_warnings(r->search));
	json_put(&o, "index", json_index(r->search));
	json_put(&o, "facets", facets_object(r));
	json_put(&o, "pivot",
		 report->npivots ? pivot_json(&report->pivots[0]) : json_null());
	json_put(&o, "pivots", pivots);
	return o;
}

/* ---- lines and rows ----------------------------------------------------------- */

/* A value, the others, or what has none: number ${i} of a facet. */
struct line {
	const char *field, *value, *kind;
	uint64_t count;
};

static struct line line_of(const struct report_facet *f, size_t i)
{
	if (i < f->nvalues)
		return (struct line){ f->field, f->values[i].value, "value",
				      f->values[i].count };
	if (i == f->nvalues)
		return (struct line){ f->field, NULL, "other", f->other };
	return (struct line){ f->field, NULL, "missing", f->missing };
}

static size_t lines_of(const struct report_facet *f)
{
	return f->nvalues + 2;
}

static size_t facets_rows(const void *what)
{
	const struct report_facets *r = ((const struct render_facets *)what)->report;
	size_t n = 0;

	for (size_t i = 0; i < r->nfacets; i++)
		n += lines_of(&r->facets[i]);
	for (size_t i = 0; i < r->npivots; i++)
		n += lines_of(&r->pivots[i].rows) * lines_of(&r->pivots[i].columns);
	return n;
}

/* Row ${i} of all: *of what, *across the column where it is a cell. */
static uint64_t row_at(struct line *of, struct line *across, uint64_t *total,
		       const struct report_facets *r, size_t i)
{
	size_t k, width;

	*across = (struct line){ NULL, NULL, NULL, 0 };
	for (k = 0; k < r->nfacets && i >= lines_of(&r->facets[k]); k++)
		i -= lines_of(&r->facets[k]);
	if (k < r->nfacets) {
		*of = line_of(&r->facets[k], i);
		*total = r->facets[k].total;
		return of->count;
	}
	for (k = 0; i >= lines_of(&r->pivots[k].rows) * lines_of(&r->pivots[k].columns);
	     k++)
		i -= lines_of(&r->pivots[k].rows) * lines_of(&r->pivots[k].columns);
	width = lines_of(&r->pivots[k].columns);
	*of = line_of(&r->pivots[k].rows, i / width);
	*across = line_of(&r->pivots[k].columns, i % width);
	*total = r->pivots[k].rows.total;
	return report_pivot_cell(&r->pivots[k], i / width, i % width);
}

static json_t *facets_row(const void *what, size_t i)
{
	const struct report_facets *r = ((const struct render_facets *)what)->report;
	struct line of, across;
	uint64_t total, count = row_at(&of, &across, &total, r, i);
	json_t *o = json_object();

	json_put(&o, "schema",
		 json_text(across.field ? "paneldex.cell/1" : "paneldex.facet/1"));
	json_put(&o, "field", json_text(of.field));
	json_put(&o, "kind", json_text(of.kind));
	json_put(&o, "value", json_text_or_null(of.value));
	if (across.field) {
		json_put(&o, "across", json_text(across.field));
		json_put(&o, "across_kind", json_text(across.kind));
		json_put(&o, "across_value", json_text_or_null(across.value));
	}
	json_put(&o, "count", json_number(count));
	json_put(&o, "total", json_number(total));
	return o;
}

static void facets_tables(struct tables *out, const void *what)
{
	const struct report_facets *r = ((const struct render_facets *)what)->report;
	size_t n = facets_rows(what);

	tables_begin(out, "facets", "Facets");
	for (size_t i = 0; i < n; i++) {
		struct line of, across;
		uint64_t total, count = row_at(&of, &across, &total, r, i);

		tables_text(out, "field", of.field);
		tables_text(out, "kind", of.kind);
		tables_text(out, "value", of.value);
		if (r->npivots) {
			tables_text(out, "across", across.field);
			tables_text(out, "across_kind", across.kind);
			tables_text(out, "across_value", across.value);
		}
		tables_number(out, "count", count);
		tables_number(out, "total", total);
		tables_end_row(out);
	}
}

const struct record_kind record_facets = {
	.json = facets_json,
	.row = facets_row,
	.rows = facets_rows,
	.tables = facets_tables,
	.markdown = markdown_put_facets,
	.html = html_put_facets,
	.text = term_facets,
};
