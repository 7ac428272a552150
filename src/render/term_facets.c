/*
 * Facets and pivots for eyes:
 *
 *     company
 *       Orrery AI        12  28.6 %
 *       (other)           3   7.1 %
 *
 *     company by category
 *                  Funding  Product  (none)  total
 *       Orrery AI        2        9       1     12
 */
#include "render/term_facets.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "render/term.h"
#include "report/facets.h"

#define GAP 2
#define PERCENT_COLUMNS 9 /* "  100.0 %" */
#define LEAST_CELL 8      /* columns of a heading that is cut: seven letters */
#define COUNT_SIZE 21     /* digits of 2^64, and a NUL */

static size_t digits_of(uint64_t n)
{
	char text[COUNT_SIZE];

	return (size_t)snprintf(text, sizeof(text), "%" PRIu64, n);
}

static size_t larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

/* Line ${i} of a facet: its values, the others, those without. */
static const char *label_of(const struct report_facet *f, size_t i)
{
	if (i < f->nvalues)
		return f->values[i].value;
	return i == f->nvalues ? RENDER_OTHER : RENDER_MISSING;
}

static uint64_t count_of(const struct report_facet *f, size_t i)
{
	if (i < f->nvalues)
		return f->values[i].count;
	return i == f->nvalues ? f->other : f->missing;
}

/* Whether there is anything to say of it: periods are, however little they have. */
static bool is_shown(const struct report_facet *f, size_t i)
{
	return i < f->nvalues || count_of(f, i);
}

static void put_title(struct render *r, const char *first, const char *second,
		      const char *more)
{
	struct layout l;

	if (r->written++)
		out_putc(r->out, '\n');
	term_layout(&l, r);
	layout_begin(&l, 0);
	layout_text(&l, STYLE_TITLE, first);
	if (second) {
		layout_text(&l, STYLE_PLAIN, " by ");
		layout_text(&l, STYLE_TITLE, second);
	}
	layout_text(&l, STYLE_FAINT, more);
	layout_end(&l);
	layout_release(&l);
}

static void put_gaps(struct render *r, const struct report_facet *f)
{
	if (f->has_gaps)
		out_printf(r->out, "  (a %s without any is not shown)\n", f->field);
}

/* Columns of the widest label, no more than ${room}. */
static size_t label_width(const struct report_facet *f, size_t room)
{
	size_t wide = 0;

	for (size_t i = 0; i < f->nvalues + 2; i++)
		if (is_shown(f, i))
			wide = larger(wide, layout_width(label_of(f, i)));
	return wide < room ? wide : room;
}

static void put_label(struct render *r, const char *label, size_t width)
{
	out_pad(r->out, GAP);
	out_pad(r->out, width - layout_line(r->out, label, width));
}

static void put_facet(struct render *r, const struct report_facet *f, bool own_dropped)
{
	size_t most = 1, wide;

	put_title(r, f->field, NULL, own_dropped ? "  (without its own filters)" : "");
	for (size_t i = 0; i < f->nvalues + 2; i++)
		most = larger(most, digits_of(count_of(f, i)));
	wide = label_width(f, r->width - 2 * GAP - most - PERCENT_COLUMNS);
	for (size_t i = 0; i < f->nvalues + 2; i++) {
		uint64_t count = count_of(f, i);

		if (!is_shown(f, i))
			continue;
		put_label(r, label_of(f, i), wide);
		out_pad(r->out, GAP);
		out_printf(r->out, "%*" PRIu64 "  %5.1f %%\n", (int)most, count,
			   f->total ? 100 * (double)count / (double)f->total : 0.0);
	}
	put_gaps(r, f);
}

/* ---- grids -------------------------------------------------------------------- */

/* How a pivot is laid out. */
struct grid {
	const struct report_pivot *p;
	size_t label;  /* columns of a row's label */
	size_t digits; /* of the largest number */
	size_t cap;    /* of a column, whatever its heading needs */
	/* The lines of the columns' facet that have a place; not those behind ${end},
	 * and of periods not those before ${first}. */
	size_t first, end;
};

static uint64_t row_total(const struct report_pivot *p, size_t row)
{
	return count_of(&p->rows, row);
}

static size_t cell_width(const struct grid *g, size_t column)
{
	size_t heading = layout_width(label_of(&g->p->columns, column));

	if (!g->p->columns.is_period && heading > g->cap)
		heading = g->cap; /* half a period is none */
	return larger(heading, g->digits);
}

static size_t total_width(const struct grid *g)
{
	return larger(strlen("total"), g->digits);
}

/* Columns of the screen that the grid takes. */
static size_t grid_width(const struct grid *g)
{
	size_t wide = GAP + g->label + GAP + total_width(g);

	for (size_t i = g->first; i < g->end; i++)
		if (is_shown(&g->p->columns, i))
			wide += GAP + cell_width(g, i);
	return wide;
}

static void fit(struct grid *g, const struct report_pivot *p, size_t width)
{
	bool is_period = p->columns.is_period;

	g->p = p;
	g->first = 0;
	g->end = p->columns.nvalues + 2;
	g->label = label_width(&p->rows, width / 3);
	g->label = larger(g->label, strlen("total"));
	g->digits = digits_of(p->rows.total);
	for (size_t i = 0; i < p->rows.nvalues + 2; i++)
		g->digits = larger(g->digits, digits_of(row_total(p, i)));
	for (size_t i = 0; i < g->end; i++)
		g->digits = larger(g->digits, digits_of(count_of(&p->columns, i)));
	g->cap = width;
	while (g->cap > LEAST_CELL && grid_width(g) > width)
		g->cap--;
	while (g->end - g->first > 1 && grid_width(g) > width) {
		g->first += is_period;
		g->end -= !is_period;
	}
}

static void put_heading(struct render *r, const char *text, size_t width)
{
	size_t needs = layout_width(text), used;

	out_pad(r->out, GAP + (needs < width ? width - needs : 0));
	used = layout_line(r->out, text, width);
	/* A wide character that has no room leaves a column over. */
	out_pad(r->out, needs < width ? 0 : width - used);
}

static void put_number(struct render *r, uint64_t n, size_t width)
{
	out_pad(r->out, GAP);
	out_printf(r->out, "%*" PRIu64, (int)width, n);
}

static void put_headings(struct render *r, const struct grid *g)
{
	out_pad(r->out, GAP + g->label);
	for (size_t i = g->first; i < g->end; i++)
		if (is_shown(&g->p->columns, i))
			put_heading(r, label_of(&g->p->columns, i), cell_width(g, i));
	put_heading(r, "total", total_width(g));
	out_putc(r->out, '\n');
}

static void put_line(struct render *r, const struct grid *g, size_t row)
{
	put_label(r, label_of(&g->p->rows, row), g->label);
	for (size_t i = g->first; i < g->end; i++)
		if (is_shown(&g->p->columns, i))
			put_number(r, report_pivot_cell(g->p, row, i),
				   cell_width(g, i));
	put_number(r, row_total(g->p, row), total_width(g));
	out_putc(r->out, '\n');
}

static void put_totals(struct render *r, const struct grid *g)
{
	put_label(r, "total", g->label);
	for (size_t i = g->first; i < g->end; i++)
		if (is_shown(&g->p->columns, i))
			put_number(r, count_of(&g->p->columns, i), cell_width(g, i));
	put_number(r, g->p->rows.total, total_width(g));
	out_putc(r->out, '\n');
}

static void put_pivot(struct render *r, const struct report_pivot *p)
{
	size_t left = 0, all = p->columns.nvalues + 2;
	struct grid g;

	put_title(r, p->rows.field, p->columns.field, "");
	fit(&g, p, r->width);
	put_headings(r, &g);
	for (size_t i = 0; i < p->rows.nvalues + 2; i++)
		if (is_shown(&p->rows, i))
			put_line(r, &g, i);
	put_totals(r, &g);
	for (size_t i = 0; i < all; i++)
		left += is_shown(&p->columns, i) && (i < g.first || i >= g.end);
	if (left)
		out_printf(r->out, "  (%zu more of %s need more width)\n", left,
			   p->columns.field);
	put_gaps(r, &p->rows);
	put_gaps(r, &p->columns);
}

void term_facets(struct render *r, const void *what)
{
	const struct render_facets *shown = what;
	const struct report_facets *report = shown->report;
	static const char *const units[][2] = {
		[PDX_COUNT_ARTICLES] = { "article", "articles" },
		[PDX_COUNT_TAKES] = { "take", "takes" },
		[PDX_COUNT_STORIES] = { "story", "stories" },
	};

	out_printf(r->out, "%" PRIu64 " article%s", report->total,
		   report->total == 1 ? "" : "s");
	if (report->count_by != PDX_COUNT_ARTICLES)
		out_printf(r->out, ", %" PRIu64 " %s counted", report->counted,
			   units[report->count_by][report->counted != 1]);
	out_putc(r->out, '\n');
	r->written++;
	for (size_t i = 0; i < report->nfacets; i++)
		put_facet(r, &report->facets[i], shown->own_dropped);
	for (size_t i = 0; i < report->npivots; i++)
		put_pivot(r, &report->pivots[i]);
}
