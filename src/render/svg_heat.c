/*
 * A pivot as a heat map: the number stands in each cell, so that its colour only has to
 * lead the eye.
 */
#include "render/svg_parts.h"

#include "render/html.h"
#include "render/layout.h"

#define ROW 30.0
#define CELL 50.0
#define GAP 2.0
#define NAME_LEAST 60.0 /* of the column of names */
#define NAME_COLUMNS 24 /* of text, at most */
#define HEAD_COLUMNS 20
#define LINE 19.0  /* from the top of a cell to its baseline */
#define SLOPE 0.71 /* of the columns' names: of 45 degrees */
#define LEVELS 6   /* of colour, above that of zero */
#define TOTAL "total"

struct grid {
	const struct chart_heat *h;
	double left, top; /* of the first cell */
	uint64_t most;    /* in a cell */
};

static double widest(const char *const *names, size_t n, size_t columns)
{
	size_t wide = sizeof(TOTAL) - 1;

	for (size_t i = 0; i < n; i++) {
		size_t width = layout_width(names[i]);

		wide = width > wide ? width : wide;
	}
	return (double)(wide < columns ? wide : columns) * SVG_GLYPH;
}

static double x_of(const struct grid *g, size_t column)
{
	return g->left + (CELL + GAP) * (double)column;
}

static double y_of(const struct grid *g, size_t row)
{
	return g->top + (ROW + GAP) * (double)row;
}

/* How strong a colour ${n} has: 0 for none, ${LEVELS} for the most. */
static unsigned level(const struct grid *g, uint64_t n)
{
	double share = g->most ? (double)n / (double)g->most : 0;
	unsigned at = (unsigned)(share * LEVELS);

	if (n == 0)
		return 0;
	return (double)at < share * LEVELS ? at + 1 : at;
}

static void put_cell(struct out *out, const struct grid *g, size_t row, size_t column)
{
	static const char *const inks[LEVELS + 1] = {
		"tick number middle", "number middle low", "number middle low",
		"number middle low",  "number middle mid", "number middle high",
		"number middle high",
	};
	uint64_t n = g->h->cells[row * g->h->ncolumns + column];
	unsigned at = level(g, n);
	char class[] = "h0";

	class[1] = (char)('0' + at);
	svg_rect(out, class, x_of(g, column), y_of(g, row), CELL, ROW);
	svg_value(out, inks[at], x_of(g, column) + CELL / 2, y_of(g, row) + LINE,
		  (double)n, false);
}

/* A name above its column, rising to the right. */
static void put_head(struct out *out, const struct grid *g, size_t column,
		     const char *name)
{
	int x = (int)(x_of(g, column) + CELL / 2), y = (int)g->top - 8;

	out_printf(out,
		   "<text class=\"name\" transform=\"translate(%d %d) rotate(-45)\">",
		   x, y);
	html_put_cut(out, name, HEAD_COLUMNS);
	out_puts(out, "</text>\n");
}

static void put_totals(struct out *out, const struct grid *g)
{
	const struct chart_heat *h = g->h;
	double below = y_of(g, h->nrows) + LINE;

	for (size_t i = 0; i < h->nrows; i++)
		svg_value(out, "number middle total", x_of(g, h->ncolumns) + CELL / 2,
			  y_of(g, i) + LINE, (double)h->row_totals[i], false);
	for (size_t i = 0; i < h->ncolumns; i++)
		svg_value(out, "number middle total", x_of(g, i) + CELL / 2, below,
			  (double)h->column_totals[i], false);
	svg_value(out, "number middle total", x_of(g, h->ncolumns) + CELL / 2, below,
		  (double)h->total, false);
}

static void put_names(struct out *out, const struct grid *g)
{
	const struct chart_heat *h = g->h;

	for (size_t i = 0; i < h->ncolumns; i++)
		put_head(out, g, i, h->columns[i]);
	put_head(out, g, h->ncolumns, TOTAL);
	for (size_t i = 0; i < h->nrows; i++)
		svg_text(out, "name end", g->left - 8, y_of(g, i) + LINE, h->rows[i],
			 NAME_COLUMNS);
	svg_text(out, "name end", g->left - 8, y_of(g, h->nrows) + LINE, TOTAL,
		 NAME_COLUMNS);
	svg_text(out, "tick end", g->left - 8, g->top - 8, h->row_axis, NAME_COLUMNS);
}

static void numbers_head(struct out *out, const struct chart_heat *h)
{
	out_puts(out, "<thead><tr><th scope=\"col\">");
	html_put_text(out, h->row_axis);
	out_puts(out, "</th>");
	for (size_t i = 0; i < h->ncolumns; i++) {
		out_puts(out, "<th scope=\"col\" class=\"number\">");
		html_put_text(out, h->columns[i]);
		out_puts(out, "</th>");
	}
	out_puts(out,
		 "<th scope=\"col\" class=\"number\">" TOTAL "</th></tr></thead>\n");
}

static void numbers_row(struct out *out, const struct chart_heat *h, const char *name,
			const uint64_t *cells, uint64_t total)
{
	out_puts(out, "<tr><th scope=\"row\" dir=\"auto\">");
	html_put_text(out, name);
	out_puts(out, "</th>");
	for (size_t i = 0; i <= h->ncolumns; i++) {
		out_puts(out, "<td class=\"number\">");
		html_put_number(out, i < h->ncolumns ? cells[i] : total);
		out_puts(out, "</td>");
	}
	out_puts(out, "</tr>\n");
}

static void put_numbers(struct out *out, const struct chart_heat *h)
{
	svg_numbers_begin(out, h->title);
	numbers_head(out, h);
	out_puts(out, "<tbody>\n");
	for (size_t i = 0; i < h->nrows; i++)
		numbers_row(out, h, h->rows[i], h->cells + i * h->ncolumns,
			    h->row_totals[i]);
	numbers_row(out, h, TOTAL, h->column_totals, h->total);
	out_puts(out, "</tbody>");
	svg_numbers_end(out);
}

void chart_heat(struct out *out, const struct chart_heat *h)
{
	double name = widest(h->rows, h->nrows, NAME_COLUMNS);
	double head = widest(h->columns, h->ncolumns, HEAD_COLUMNS) * SLOPE;
	struct grid g = { .h = h, .left = name + 12, .top = head + 16 };
	struct svg_figure f = {
		.id = h->id,
		.title = h->title,
		.desc = h->desc,
		.class = "own",
	};

	if (g.left < NAME_LEAST)
		g.left = NAME_LEAST;
	for (size_t i = 0; i < h->nrows * h->ncolumns; i++)
		g.most = h->cells[i] > g.most ? h->cells[i] : g.most;
	/* The last name rises beyond its column. */
	f.width = x_of(&g, h->ncolumns + 1) + (double)sizeof(TOTAL) * SVG_GLYPH * SLOPE;
	f.height = y_of(&g, h->nrows + 1);
	if (f.width < x_of(&g, h->ncolumns) + head)
		f.width = x_of(&g, h->ncolumns) + head;
	svg_begin(out, &f);
	put_names(out, &g);
	for (size_t i = 0; i < h->nrows; i++)
		for (size_t j = 0; j < h->ncolumns; j++)
			put_cell(out, &g, i, j);
	put_totals(out, &g);
	svg_end(out);
	put_numbers(out, h);
}
