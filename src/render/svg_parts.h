/* What the charts share: coordinates, text, scales, and the frame of a figure. */
#ifndef RENDER_SVG_PARTS_H
#define RENDER_SVG_PARTS_H

#include "render/svg.h"

#define SVG_GLYPH 7.3 /* width of a column of text; measured: 13px of sans serif */

/* A blank, and the attribute ${name} with a coordinate. */
void svg_at(struct out *out, const char *name, double value);

void svg_line(struct out *out, const char *class, double x1, double y1, double x2,
	      double y2);
void svg_rect(struct out *out, const char *class, double x, double y, double width,
	      double height);

/* ${text}, cut to ${columns}, from (x, y) or by its class to or around it. */
void svg_text(struct out *out, const char *class, double x, double y, const char *text,
	      size_t columns);
void svg_value(struct out *out, const char *class, double x, double y, double value,
	       bool percent);

/* A value as people read it: "1,234", "12.5%". */
void svg_number(struct out *out, double value, bool percent);

/* From 0 to ${top} in steps of 1, 2 or 5 times a power of ten: about ${ticks} of them.
 */
struct scale {
	double step, top;
};

struct scale scale_of(double largest, size_t ticks, bool percent);

/* <figure> with its caption up to its picture of ${width} and ${height}. */
struct svg_figure {
	const char *id, *title, *desc, *class;
	double width, height;
};

void svg_begin(struct out *out, const struct svg_figure *f);
void svg_end(struct out *out);

/* The numbers of ${c} in a table that can be opened. */
void svg_numbers(struct out *out, const struct chart *c);
void svg_numbers_begin(struct out *out, const char *title);
void svg_numbers_end(struct out *out);

#endif
