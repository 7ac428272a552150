/*
 * Lying bars, one below the other.  The name stands above its bar and the number at the
 * end of the line, so that a long name has the whole width of a telephone.
 */
#include "render/svg_parts.h"

#include <math.h>

#define WIDTH 340.0
#define ROW 36.0
#define TOP 4.0
#define BASELINE 14.0 /* of a name, below the top of its row */
#define BAR_AT 20.0
#define BAR 10.0
#define NUMBER 64.0 /* kept for it at the end of the line */
#define AXIS 40.0   /* below the last bar: ticks and what is counted */
#define TICKS 4

static double largest(const struct chart *c)
{
	double most = 0;

	for (size_t i = 0; i < c->nlabels; i++)
		most = fmax(most, c->series[0].values[i]);
	return most;
}

static double x_of(const struct scale *s, double value)
{
	return value / s->top * WIDTH;
}

static void put_axis(struct out *out, const struct chart *c, const struct scale *s)
{
	double bottom = TOP + ROW * (double)c->nlabels;
	size_t ticks = (size_t)llround(s->top / s->step);

	for (size_t i = 0; i <= ticks; i++) {
		double value = s->step * (double)i, x = x_of(s, value);

		svg_line(out, i ? "grid" : "axis", x, TOP + BAR_AT - 2, x, bottom);
		svg_value(out,
			  i == 0       ? "tick number"
			  : i == ticks ? "tick number end"
				       : "tick number middle",
			  x, bottom + BASELINE, value, c->percent);
	}
	svg_text(out, "tick", 0, bottom + 2 * BASELINE + 4, c->unit, SIZE_MAX);
}

static void put_bar(struct out *out, const struct chart *c, const struct scale *s,
		    size_t i)
{
	double y = TOP + ROW * (double)i, value = c->series[0].values[i];
	bool rest = i + c->nrest >= c->nlabels;

	svg_rect(out, rest ? "rest" : "bar", 0, y + BAR_AT, x_of(s, value), BAR);
	svg_text(out, "name", 0, y + BASELINE, c->labels[i],
		 (size_t)((WIDTH - NUMBER) / SVG_GLYPH));
	svg_value(out, "number end", WIDTH, y + BASELINE, value, c->percent);
}

void chart_bars(struct out *out, const struct chart *c)
{
	struct scale s = scale_of(largest(c), TICKS, c->percent);
	struct svg_figure f = {
		.id = c->id,
		.title = c->title,
		.desc = c->desc,
		.class = "bars",
		.width = WIDTH,
		.height = TOP + ROW * (double)c->nlabels + AXIS,
	};

	svg_begin(out, &f);
	put_axis(out, c, &s);
	for (size_t i = 0; i < c->nlabels; i++)
		put_bar(out, c, &s, i);
	svg_end(out);
	svg_numbers(out, c);
}
