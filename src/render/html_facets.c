/*
 * From facets and pivots to charts.  What is left over stands at the end, so that a
 * reader can add it up.
 */
#include "render/html_facets.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "render/render.h"
#include "render/svg.h"

#define ID_BYTES 48

/* The values of a facet with what is left over: as labels, and as numbers. */
struct axis {
	const char **labels;
	double *values;
	size_t *places; /* as report_pivot_cell() counts them */
	size_t n, nrest;
};

static void axis_release(struct axis *a)
{
	free(a->labels);
	free(a->values);
	free(a->places);
}

static void axis_add(struct axis *a, const char *label, uint64_t value, size_t place)
{
	a->labels[a->n] = label;
	a->values[a->n] = (double)value;
	a->places[a->n++] = place;
}

/* False where memory is out, which ${out} is told. */
static bool axis_init(struct axis *a, struct out *out, const struct report_facet *f)
{
	size_t room = f->nvalues + 2;

	*a = (struct axis){
		.labels = calloc(room, sizeof(*a->labels)),
		.values = calloc(room, sizeof(*a->values)),
		.places = calloc(room, sizeof(*a->places)),
	};
	if (!a->labels || !a->values || !a->places) {
		axis_release(a);
		out_fail(out, PDX_E_NOMEM);
		return false;
	}
	for (size_t i = 0; i < f->nvalues; i++)
		axis_add(a, f->values[i].value, f->values[i].count, i);
	if (f->other)
		axis_add(a, RENDER_OTHER, f->other, f->nvalues);
	if (f->missing)
		axis_add(a, RENDER_MISSING, f->missing, f->nvalues + 1);
	a->nrest = a->n - f->nvalues;
	return true;
}

/* Instead of a chart of nothing. */
static void put_nothing(struct out *out, const char *field)
{
	out_printf(out, "<p class=\"faint\">By %s: nothing.</p>\n", field);
}

/* In a sentence, for one who does not see the chart. */
static void describe(struct buf *out, const struct report_facet *f, const char *unit)
{
	const struct pdx_facet_value *most = NULL;

	for (size_t i = 0; i < f->nvalues; i++)
		if (!most || f->values[i].count > most->count)
			most = &f->values[i];
	buf_printf(out, "%" PRIu64 " %s by %s.", f->total, unit, f->field);
	if (most)
		buf_printf(out, " Most, %" PRIu64 ": %s.", most->count, most->value);
	if (f->nothers)
		buf_printf(out, " %zu further values together: %" PRIu64 ".",
			   f->nothers, f->other);
	if (f->missing)
		buf_printf(out, " Without one: %" PRIu64 ".", f->missing);
}

void html_put_facet(struct out *out, const char *id, const struct report_facet *f,
		    const char *unit)
{
	struct axis a;
	struct buf title, desc;
	struct chart_series series = { .name = unit };
	struct chart c = { .id = id, .axis = f->field, .unit = unit };

	if (f->nvalues == 0 && f->other == 0 && f->missing == 0) {
		put_nothing(out, f->field);
		return;
	}
	if (!axis_init(&a, out, f))
		return;
	buf_init(&title, 0);
	buf_init(&desc, 0);
	buf_printf(&title, "By %s", f->field);
	describe(&desc, f, unit);
	series.values = a.values;
	c.title = buf_str(&title);
	c.desc = buf_str(&desc);
	c.labels = a.labels;
	c.nlabels = a.n;
	c.nrest = a.nrest;
	c.series = &series;
	c.nseries = 1;
	if (f->is_period)
		chart_columns(out, &c);
	else
		chart_bars(out, &c);
	if (!buf_ok(&title) || !buf_ok(&desc))
		out_fail(out, PDX_E_NOMEM);
	buf_release(&title);
	buf_release(&desc);
	axis_release(&a);
}

/* What one axis has in all, as whole numbers. */
static void fill_totals(uint64_t *out, const struct axis *a)
{
	for (size_t i = 0; i < a->n; i++)
		out[i] = (uint64_t)a->values[i];
}

static void put_heat(struct out *out, struct chart_heat *h, const struct axis *rows,
		     const struct axis *columns, const struct report_pivot *p)
{
	size_t n = rows->n * columns->n;
	uint64_t *numbers = calloc(n + rows->n + columns->n + 1, sizeof(*numbers));

	if (!numbers) {
		out_fail(out, PDX_E_NOMEM);
		return;
	}
	for (size_t i = 0; i < rows->n; i++)
		for (size_t j = 0; j < columns->n; j++)
			numbers[i * columns->n + j] = report_pivot_cell(
				p, rows->places[i], columns->places[j]);
	fill_totals(numbers + n, rows);
	fill_totals(numbers + n + rows->n, columns);
	h->rows = rows->labels;
	h->nrows = rows->n;
	h->columns = columns->labels;
	h->ncolumns = columns->n;
	h->cells = numbers;
	h->row_totals = numbers + n;
	h->column_totals = numbers + n + rows->n;
	chart_heat(out, h);
	free(numbers);
}

void html_put_pivot(struct out *out, const char *id, const struct report_pivot *p,
		    const char *unit)
{
	struct axis rows, columns = { .labels = NULL };
	struct buf title, desc;
	struct chart_heat h = {
		.id = id,
		.row_axis = p->rows.field,
		.column_axis = p->columns.field,
		.total = p->rows.total,
	};

	if (p->rows.total == 0) {
		put_nothing(out, p->rows.field);
		return;
	}
	if (!axis_init(&rows, out, &p->rows))
		return;
	buf_init(&title, 0);
	buf_init(&desc, 0);
	buf_printf(&title, "By %s and %s", p->rows.field, p->columns.field);
	buf_printf(&desc,
		   "%" PRIu64 " %s: in each cell how many have the row's %s and the "
		   "column's %s; the stronger the colour, the more.",
		   p->rows.total, unit, p->rows.field, p->columns.field);
	h.title = buf_str(&title);
	h.desc = buf_str(&desc);
	if (axis_init(&columns, out, &p->columns)) {
		put_heat(out, &h, &rows, &columns, p);
		axis_release(&columns);
	}
	if (!buf_ok(&title) || !buf_ok(&desc))
		out_fail(out, PDX_E_NOMEM);
	buf_release(&title);
	buf_release(&desc);
	axis_release(&rows);
}

void html_put_facets(struct out *out, const char *id, const void *what)
{
	const struct report_facets *f = ((const struct render_facets *)what)->report;
	const char *unit = f->count_by == PDX_COUNT_TAKES     ? "takes"
			   : f->count_by == PDX_COUNT_STORIES ? "stories"
							      : "articles";
	char part[ID_BYTES];

	out_puts(out, f->nfacets ? "<div class=\"cards\">\n" : "");
	for (size_t i = 0; i < f->nfacets; i++) {
		snprintf(part, sizeof(part), "%s-facet-%zu", id, i + 1);
		html_put_facet(out, part, &f->facets[i], unit);
	}
	out_puts(out, f->nfacets ? "</div>\n" : "");
	for (size_t i = 0; i < f->npivots; i++) {
		snprintf(part, sizeof(part), "%s-pivot-%zu", id, i + 1);
		html_put_pivot(out, part, &f->pivots[i], unit);
	}
}
