/*
 * What the charts share.
 */
#include "render/svg_parts.h"

#include <math.h>

#include "render/html.h"

/* One decimal, without the locale's comma and without "-0.0". */
static void put_decimal(struct out *out, double value)
{
	long long tenths = isfinite(value) ? llround(value * 10) : 0;
	const char *sign = tenths < 0 ? "-" : "";

	if (tenths < 0)
		tenths = -tenths;
	out_printf(out, "%s%lld", sign, tenths / 10);
	if (tenths % 10)
		out_printf(out, ".%lld", tenths % 10);
}

void svg_at(struct out *out, const char *name, double value)
{
	out_printf(out, " %s=\"", name);
	put_decimal(out, value);
	out_putc(out, '"');
}

void svg_line(struct out *out, const char *class, double x1, double y1, double x2,
	      double y2)
{
	out_printf(out, "<line class=\"%s\"", class);
	svg_at(out, "x1", x1);
	svg_at(out, "y1", y1);
	svg_at(out, "x2", x2);
	svg_at(out, "y2", y2);
	out_puts(out, "/>\n");
}

void svg_rect(struct out *out, const char *class, double x, double y, double width,
	      double height)
{
	out_printf(out, "<rect class=\"%s\"", class);
	svg_at(out, "x", x);
	svg_at(out, "y", y);
	svg_at(out, "width", width);
	svg_at(out, "height", height);
	out_puts(out, "/>\n");
}

static void begin_text(struct out *out, const char *class, double x, double y)
{
	out_printf(out, "<text class=\"%s\"", class);
	svg_at(out, "x", x);
	svg_at(out, "y", y);
	out_putc(out, '>');
}

void svg_text(struct out *out, const char *class, double x, double y, const char *text,
	      size_t columns)
{
	begin_text(out, class, x, y);
	html_put_cut(out, text, columns);
	out_puts(out, "</text>\n");
}

void svg_value(struct out *out, const char *class, double x, double y, double value,
	       bool percent)
{
	begin_text(out, class, x, y);
	svg_number(out, value, percent);
	out_puts(out, "</text>\n");
}

void svg_number(struct out *out, double value, bool percent)
{
	if (percent) {
		put_decimal(out, value);
		out_putc(out, '%');
	} else {
		html_put_number(out, value > 0 ? (uint64_t)llround(value) : 0);
	}
}

struct scale scale_of(double largest, size_t ticks, bool percent)
{
	static const double steps[] = { 1, 2, 5, 10 };
	double least = largest / (double)ticks, power;
	size_t i = 0;

	/* No half articles; a share may have a tenth of a percent. */
	least = fmax(least, percent ? 0.1 : 1);
	power = pow(10, floor(log10(least)));
	while (steps[i] * power < least * (1 - 1e-9))
		i++;
	return (struct scale){
		.step = steps[i] * power,
		.top = fmax(ceil(largest / (steps[i] * power) - 1e-9), 1) * steps[i] *
		       power,
	};
}

/* <${element}> with an id that aria-labelledby names. */
static void put_name(struct out *out, const char *element, const char *id, char part,
		     const char *text)
{
	out_printf(out, "<%s id=\"%s-%c\">", element, id, part);
	html_put_text(out, text);
	out_printf(out, "</%s>", element);
}

void svg_begin(struct out *out, const struct svg_figure *f)
{
	out_printf(out, "<figure class=\"%s\"><figcaption>", f->class);
	html_put_text(out, f->title);
	out_puts(out,
		 "</figcaption>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
	html_put_attribute(out, "aria-label", f->title);
	out_printf(out,
		   "><svg role=\"img\" aria-labelledby=\"%s-t %s-d\" viewBox=\"0 0 ",
		   f->id, f->id);
	put_decimal(out, f->width);
	out_putc(out, ' ');
	put_decimal(out, f->height);
	out_putc(out, '"');
	svg_at(out, "width", f->width);
	svg_at(out, "height", f->height);
	out_putc(out, '>');
	put_name(out, "title", f->id, 't', f->title);
	put_name(out, "desc", f->id, 'd', f->desc);
	out_putc(out, '\n');
}

void svg_end(struct out *out)
{
	out_puts(out, "</svg></div>\n");
}

void svg_numbers_begin(struct out *out, const char *title)
{
	out_puts(out, "<details><summary>The numbers: ");
	html_put_text(out, title);
	out_puts(out, "</summary><div class=\"scroll\" role=\"region\" tabindex=\"0\"");
	html_put_attribute(out, "aria-label", title);
	out_puts(out, "><table><caption>");
	html_put_text(out, title);
	out_puts(out, "</caption>\n");
}

void svg_numbers_end(struct out *out)
{
	out_puts(out, "</table></div></details></figure>\n");
}

void svg_numbers(struct out *out, const struct chart *c)
{
	svg_numbers_begin(out, c->title);
	out_puts(out, "<thead><tr><th scope=\"col\">");
	html_put_text(out, c->axis);
	out_puts(out, "</th>");
	for (size_t i = 0; i < c->nseries; i++) {
		out_puts(out, "<th scope=\"col\" class=\"number\">");
		html_put_text(out, c->series[i].name);
		out_puts(out, "</th>");
	}
	out_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < c->nlabels; i++) {
		out_puts(out, "<tr><th scope=\"row\" dir=\"auto\">");
		html_put_text(out, c->labels[i]);
		out_puts(out, "</th>");
		for (size_t j = 0; j < c->nseries; j++) {
			out_puts(out, "<td class=\"number\">");
			svg_number(out, c->series[j].values[i], c->percent);
			out_puts(out, "</td>");
		}
		out_puts(out, "</tr>\n");
	}
	out_puts(out, "</tbody>");
	svg_numbers_end(out);
}
