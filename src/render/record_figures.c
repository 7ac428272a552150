/* How many articles match, of how many, from when to when: what a report begins with.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"
#include "render/html.h"
#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"

/* The numbers but the first, and what each is called. */
struct number {
	const char *name;
	uint64_t n;
};

#define NUMBERS 4

static void list_numbers(struct number out[NUMBERS], const struct render_figures *f)
{
	out[0] = (struct number){ "takes", f->takes };
	out[1] = (struct number){ "companies", f->companies };
	out[2] = (struct number){ "categories", f->categories };
	out[3] = (struct number){ "personas", f->personas };
}

static double share(const struct render_figures *f)
{
	return f->archive ? (double)f->articles * 100 / (double)f->archive : 0;
}

static json_t *figures_json(const void *what)
{
	const struct render_figures *f = what;
	struct number numbers[NUMBERS];
	json_t *o = json_object();

	list_numbers(numbers, f);
	json_put(&o, "articles", json_number(f->articles));
	json_put(&o, "archive", json_number(f->archive));
	json_put(&o, "share", json_decimal(share(f) / 100));
	for (size_t i = 0; i < NUMBERS; i++)
		json_put(&o, numbers[i].name, json_number(numbers[i].n));
	json_put(&o, "first_date", json_day(f->first));
	json_put(&o, "last_date", json_day(f->last));
	return o;
}

static void figures_tables(struct tables *out, const void *what)
{
	const struct render_figures *f = what;
	struct number numbers[NUMBERS];

	list_numbers(numbers, f);
	tables_begin(out, "figures", "Figures");
	tables_number(out, "articles", f->articles);
	tables_number(out, "archive", f->archive);
	tables_decimal(out, "percent", share(f));
	for (size_t i = 0; i < NUMBERS; i++)
		tables_number(out, numbers[i].name, numbers[i].n);
	tables_day(out, "first_date", f->first);
	tables_day(out, "last_date", f->last);
	tables_end_row(out);
}

static void figures_text(struct render *r, const void *what)
{
	const struct render_figures *f = what;
	struct number numbers[NUMBERS];
	char iso[DATE_TEXT];

	list_numbers(numbers, f);
	out_printf(r->out, "%-12s%10" PRIu64 " of %" PRIu64 " (%.1f%%)\n", "articles",
		   f->articles, f->archive, share(f));
	for (size_t i = 0; i < NUMBERS; i++)
		out_printf(r->out, "%-12s%10" PRIu64 "\n", numbers[i].name,
			   numbers[i].n);
	if (f->first == PDX_NO_DATE)
		return;
	out_printf(r->out, "%-12s%10s\n", "first date", date_format(iso, f->first));
	out_printf(r->out, "%-12s%10s\n", "last date", date_format(iso, f->last));
}

static void put_figure(struct out *out, const char *name, uint64_t n, const char *more)
{
	out_printf(out, "<div><dt>%s</dt><dd>", name);
	html_put_number(out, n);
	if (more)
		out_printf(out, "<small>%s</small>", more);
	out_puts(out, "</dd></div>\n");
}

static void figures_html(struct out *out, const char *id, const void *what)
{
	const struct render_figures *f = what;
	struct number numbers[NUMBERS];
	char of[64], first[DATE_TEXT], last[DATE_TEXT];

	(void)id; /* nothing here has one */
	list_numbers(numbers, f);
	snprintf(of, sizeof(of), "%.1f%% of %" PRIu64, share(f), f->archive);
	out_puts(out, "<dl class=\"figures\">\n");
	put_figure(out, "articles", f->articles, of);
	for (size_t i = 0; i < NUMBERS; i++)
		put_figure(out, numbers[i].name, numbers[i].n, NULL);
	if (f->first != PDX_NO_DATE)
		out_printf(out,
			   "<div class=\"text\"><dt>published</dt><dd>%s<small>to %s"
			   "</small></dd></div>\n",
			   date_format(first, f->first), date_format(last, f->last));
	out_puts(out, "</dl>\n");
}

const struct record_kind record_figures = {
	.json = figures_json,
	.tables = figures_tables,
	.html = figures_html,
	.text = figures_text,
};
