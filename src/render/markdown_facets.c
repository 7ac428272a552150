/*
 * Facets and pivots in Markdown: a table for each facet, and a pivot as rows and
 * columns, which a reader takes in at a glance.
 */
#include "render/markdown_facets.h"

#include <inttypes.h>

#include "render/markdown.h"
#include "report/facets.h"

#define TOTAL "total"

static void put_row(struct out *out, const char *name, uint64_t count)
{
	if (count == 0)
		return;
	out_puts(out, "| ");
	markdown_text(out, name);
	out_printf(out, " | %" PRIu64 " |\n", count);
}

static void put_facet(struct out *out, const struct report_facet *f)
{
	out_printf(out, "\n### By %s\n\n| %s | count |\n| --- | ---: |\n", f->field,
		   f->field);
	for (size_t i = 0; i < f->nvalues; i++)
		put_row(out, f->values[i].value, f->values[i].count);
	put_row(out, RENDER_OTHER, f->other);
	put_row(out, RENDER_MISSING, f->missing);
}

/* What line ${i} of a pivot is called, and what it has in all. */
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

/* Lines that have something: the others and those without may have nothing. */
static bool is_shown(const struct report_facet *f, size_t i)
{
	return i < f->nvalues || line_total(f, i) > 0;
}

static void put_head(struct out *out, const struct report_pivot *p)
{
	size_t n = p->columns.nvalues + 2;

	out_printf(out, "\n### By %s and %s\n\n| %s |", p->rows.field, p->columns.field,
		   p->rows.field);
	for (size_t i = 0; i < n; i++) {
		if (!is_shown(&p->columns, i))
			continue;
		out_putc(out, ' ');
		markdown_text(out, line_name(&p->columns, i));
		out_puts(out, " |");
	}
	out_puts(out, " " TOTAL " |\n| --- |");
	for (size_t i = 0; i < n; i++)
		out_puts(out, is_shown(&p->columns, i) ? " ---: |" : "");
	out_puts(out, " ---: |\n");
}

static void put_line(struct out *out, const struct report_pivot *p, size_t row)
{
	if (!is_shown(&p->rows, row))
		return;
	out_puts(out, "| ");
	markdown_text(out, line_name(&p->rows, row));
	out_puts(out, " |");
	for (size_t i = 0; i < p->columns.nvalues + 2; i++)
		if (is_shown(&p->columns, i))
			out_printf(out, " %" PRIu64 " |", report_pivot_cell(p, row, i));
	out_printf(out, " %" PRIu64 " |\n", line_total(&p->rows, row));
}

static void put_pivot(struct out *out, const struct report_pivot *p)
{
	put_head(out, p);
	for (size_t i = 0; i < p->rows.nvalues + 2; i++)
		put_line(out, p, i);
	out_puts(out, "| " TOTAL " |");
	for (size_t i = 0; i < p->columns.nvalues + 2; i++)
		if (is_shown(&p->columns, i))
			out_printf(out, " %" PRIu64 " |", line_total(&p->columns, i));
	out_printf(out, " %" PRIu64 " |\n", p->rows.total);
}

void markdown_put_facets(struct render *r, const void *what)
{
	const struct report_facets *f = ((const struct render_facets *)what)->report;

	if (r->written++ == 0)
		out_puts(r->out, "## Facets\n");
	for (size_t i = 0; i < f->nfacets; i++)
		put_facet(r->out, &f->facets[i]);
	for (size_t i = 0; i < f->npivots; i++)
		put_pivot(r->out, &f->pivots[i]);
}
