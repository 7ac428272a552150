/*
 * Charts over time: columns for one series; for several lines, or strips of columns
 * below each other.  Lines are told apart by colour, by dashes and by their marks, of
 * which any one would do.
 */
#include "render/svg_parts.h"

#include <math.h>
#include <string.h>

#include "render/html.h"
#include "render/layout.h"

#define WIDTH 720.0
#define PLOT 200.0 /* height of what is drawn */
#define LEFT 52.0  /* numbers of the axis */
#define RIGHT 16.0
#define HEAD 26.0 /* above the plot: what is counted */
#define FOOT 48.0 /* below it: periods, and what they are */
#define LEGEND_ROW 22.0
#define LEGEND_COLUMNS 3
#define LINE 14.0 /* of text */
#define TICKS 4
#define LABEL_GAP 2 /* columns between labels */
#define MANY 48     /* points on a line that leave no room for marks */
#define MARK 4.0    /* half of its size */
#define STRIP 62.0  /* a series of its own, with its name */
#define STRIP_PLOT 34.0
#define NAME_GAP 7.0 /* between a name and the highest column below it */
#define SUM 64.0     /* kept for it at the end of the line */

struct plot {
	const struct chart *c;
	struct scale scale;
	double top, height; /* of what is drawn */
	size_t nseries;
};

static double largest(const struct chart *c, size_t nseries)
{
	double most = 0;

	for (size_t s = 0; s < nseries; s++)
		for (size_t i = 0; i < c->nlabels; i++)
			most = fmax(most, c->series[s].values[i]);
	return most;
}

/* The width that one period has. */
static double pitch(const struct plot *p)
{
	return (WIDTH - LEFT - RIGHT) / (double)p->c->nlabels;
}

static double x_of(const struct plot *p, size_t i)
{
	return LEFT + ((double)i + 0.5) * pitch(p);
}

static double y_of(const struct plot *p, double value)
{
	return p->top + p->height - value / p->scale.top * p->height;
}

static void put_value_axis(struct out *out, const struct plot *p)
{
	size_t ticks = (size_t)llround(p->scale.top / p->scale.step);

	svg_text(out, "tick", 0, p->top - LINE, p->c->unit, SIZE_MAX);
	for (size_t i = 0; i <= ticks; i++) {
		double value = p->scale.step * (double)i, y = y_of(p, value);

		svg_line(out, i ? "grid" : "axis", LEFT, y, WIDTH - RIGHT, y);
		svg_value(out, "tick number end", LEFT - 8, y + 4, value,
			  p->c->percent);
	}
}

/* Every which label has room: years in months, months in weeks. */
static size_t label_step(const struct plot *p)
{
	static const size_t steps[] = { 1, 2, 3, 4, 6, 12, 24, 48, 60, 120 };
	size_t wide = 1, i = 0, last = sizeof(steps) / sizeof(steps[0]) - 1;
	size_t step;

	for (size_t n = 0; n < p->c->nlabels; n++) {
		size_t width = layout_width(p->c->labels[n]);

		wide = width > wide ? width : wide;
	}
	wide += LABEL_GAP;
	while (i < last && pitch(p) * (double)steps[i] < (double)wide * SVG_GLYPH)
		i++;
	step = steps[i];
	while (pitch(p) * (double)step < (double)wide * SVG_GLYPH)
		step += steps[last];
	return step;
}

static void put_time_axis(struct out *out, const struct plot *p)
{
	double y = p->top + p->height;

	for (size_t i = 0, step = label_step(p); i < p->c->nlabels; i += step) {
		svg_line(out, "axis", x_of(p, i), y, x_of(p, i), y + 5);
		svg_text(out, "tick middle", x_of(p, i), y + 5 + LINE, p->c->labels[i],
			 SIZE_MAX);
	}
	svg_text(out, "tick end", WIDTH - RIGHT, y + FOOT - 8, p->c->axis, SIZE_MAX);
}

/* The marks, around the origin of a point that is moved there. */
static const char *const marks[CHART_SERIES] = {
	"M-4 0A4 4 0 1 0 4 0A4 4 0 1 0-4 0Z",
	"M-4-4H4V4H-4Z",
	"M0-5L5 4H-5Z",
	"M0-5L5 0L0 5L-5 0Z",
	"M0 5L-5-4H5Z",
	"M-5-1.5H-1.5V-5H1.5V-1.5H5V1.5H1.5V5H-1.5V1.5H-5Z",
};

static const char *const dashes[CHART_SERIES] = {
	"", "7 4", "2 4", "10 4 2 4", "4 3", "12 5",
};

static void put_mark(struct out *out, size_t series, double x, double y)
{
	/* Coordinates are ours, with one decimal as everywhere. */
	out_printf(out,
		   "<path class=\"s%zu\" d=\"%s\" transform=\"translate(%lld.%lld "
		   "%lld.%lld)\"/>\n",
		   series, marks[series], llround(x * 10) / 10, llround(x * 10) % 10,
		   llround(y * 10) / 10, llround(y * 10) % 10);
}

static void put_line(struct out *out, const struct plot *p, size_t series)
{
	const double *values = p->c->series[series].values;

	out_printf(out, "<polyline class=\"series s%zu\"", series);
	if (*dashes[series])
		out_printf(out, " stroke-dasharray=\"%s\"", dashes[series]);
	out_puts(out, " points=\"");
	for (size_t i = 0; i < p->c->nlabels; i++) {
		long long x = llround(x_of(p, i) * 10);
		long long y = llround(y_of(p, values[i]) * 10);

		out_printf(out, "%s%lld.%lld,%lld.%lld", i ? " " : "", x / 10, x % 10,
			   y / 10, y % 10);
	}
	out_puts(out, "\"/>\n");
	for (size_t i = 0; i < p->c->nlabels && p->c->nlabels <= MANY; i++)
		put_mark(out, series, x_of(p, i), y_of(p, values[i]));
}

static void put_legend(struct out *out, const struct plot *p)
{
	double cell = WIDTH / LEGEND_COLUMNS;

	for (size_t i = 0; i < p->nseries; i++) {
		double x = cell * (double)(i % LEGEND_COLUMNS);
		double y = LEGEND_ROW * (double)(i / LEGEND_COLUMNS) + LINE;

		put_mark(out, i, x + MARK + 2, y - MARK);
		svg_text(out, "name", x + 4 * MARK, y, p->c->series[i].name,
			 (size_t)((cell - 5 * MARK) / SVG_GLYPH));
	}
}

/* Room for ${legend_rows} above the plot; begins the figure. */
static struct plot begin(struct out *out, const struct chart *c, size_t nseries,
			 size_t legend_rows)
{
	struct plot p = {
		.c = c,
		.scale = scale_of(largest(c, nseries), TICKS, c->percent),
		.top = HEAD + LEGEND_ROW * (double)legend_rows,
		.height = PLOT,
		.nseries = nseries,
	};
	struct svg_figure f = {
		.id = c->id,
		.title = c->title,
		.desc = c->desc,
		.class = "wide",
		.width = WIDTH,
		.height = p.top + PLOT + FOOT,
	};

	svg_begin(out, &f);
	put_value_axis(out, &p);
	put_time_axis(out, &p);
	return p;
}

/* What the columns of another colour are. */
static void put_mark_legend(struct out *out, const struct plot *p)
{
	double width = (double)layout_width(p->c->mark) * SVG_GLYPH;
	double x = WIDTH - RIGHT - width - 3 * MARK, y = p->top - LINE;

	svg_rect(out, "marked", x, y - 2 * MARK, 2 * MARK, 2 * MARK);
	svg_text(out, "tick", x + 3 * MARK, y, p->c->mark, SIZE_MAX);
}

void chart_columns(struct out *out, const struct chart *c)
{
	struct plot p = begin(out, c, 1, 0);
	double width = fmax(pitch(&p) * 0.7, 1);

	for (size_t i = 0; i < c->nlabels; i++) {
		double y = y_of(&p, c->series[0].values[i]);

		svg_rect(out, c->marked && c->marked[i] ? "marked" : "bar",
			 x_of(&p, i) - width / 2, y, width, p.top + p.height - y);
	}
	if (c->marked)
		put_mark_legend(out, &p);
	svg_end(out);
	svg_numbers(out, c);
}

void chart_lines(struct out *out, const struct chart *c)
{
	size_t n = c->nseries < CHART_SERIES ? c->nseries : CHART_SERIES;
	struct plot p = begin(out, c, n, (n + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS);

	put_legend(out, &p);
	/* The first is the most important: it lies on top. */
	for (size_t i = n; i-- > 0;)
		put_line(out, &p, i);
	svg_end(out);
	svg_numbers(out, c);
}

/* One series in a strip of its own: columns below its name and its sum. */
static void put_strip(struct out *out, const struct plot *p,
		      const struct chart_series *s)
{
	double width = fmax(pitch(p) * 0.7, 1), bottom = p->top + p->height, sum = 0;

	for (size_t i = 0; i < p->c->nlabels; i++) {
		double y = y_of(p, s->values[i]);

		sum += s->values[i];
		svg_rect(out, "bar", x_of(p, i) - width / 2, y, width, bottom - y);
	}
	svg_line(out, "axis", LEFT, bottom, WIDTH - RIGHT, bottom);
	svg_value(out, "tick number end", LEFT - 8, p->top + 8, p->scale.top, false);
	svg_value(out, "tick number end", LEFT - 8, bottom + 4, 0, false);
	svg_text(out, "name", LEFT, p->top - NAME_GAP, s->name,
		 (size_t)((WIDTH - LEFT - RIGHT - SUM) / SVG_GLYPH));
	svg_value(out, "number end", WIDTH - RIGHT, p->top - NAME_GAP, sum, false);
}

void chart_strips(struct out *out, const struct chart *c)
{
	size_t n = c->ndrawn < CHART_STRIPS ? c->ndrawn : CHART_STRIPS;
	struct plot p = {
		.c = c,
		.scale = { .top = fmax(largest(c, n), 1) },
		.top = HEAD + STRIP - STRIP_PLOT,
		.height = STRIP_PLOT,
	};
	struct svg_figure f = {
		.id = c->id,
		.title = c->title,
		.desc = c->desc,
		.class = "wide",
		.width = WIDTH,
		.height = HEAD + STRIP * (double)n + FOOT,
	};

	svg_begin(out, &f);
	svg_text(out, "tick", 0, LINE, c->unit, SIZE_MAX);
	for (size_t i = 0; i < n; i++, p.top += STRIP)
		put_strip(out, &p, &c->series[i]);
	p.top -= n ? STRIP : 0;
	put_time_axis(out, &p);
	svg_end(out);
	svg_numbers(out, c);
}
