/*
 * The format html: one page a run, for a browser; see html.h for what makes it safe.
 * This file shows a search, and any record by its tables where it has nothing better.
 */
#include "render/html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/formats.h"
#include "render/record.h"
#include "render/svg.h"
#include "render/term.h"

#define HTML_SNIPPETS 2

/* Open the list that hits are items of, below a heading. */
static void open_list(struct out *out, const char *heading)
{
	out_puts(out, "<h2 dir=\"auto\">");
	html_put_text(out, heading);
	out_puts(out, "</h2>\n<ol class=\"hits\">\n");
}

static void begin(struct render *r, const struct render_search *search)
{
	struct html_page page = {
		.title = *search->text ? search->text : "All articles",
	};
	char lead[96];

	snprintf(lead, sizeof(lead), "%llu of %llu articles",
		 (unsigned long long)search->returned,
		 (unsigned long long)search->total);
	page.lead = lead;
	html_begin_page(r->out, &page);
}

static void hit(struct render *r, const struct pdx_hit *h)
{
	if (r->written++ == 0 || h->group != r->group) {
		out_puts(r->out, r->written > 1 ? "</ol>\n" : "");
		open_list(r->out, !h->group         ? "Articles"
				  : h->group->value ? h->group->value
						    : RENDER_MISSING);
	}
	r->group = h->group;
	html_put_hit(r->out, h);
}

void html_put_facet(struct out *out, const char *id, const struct pdx_facet *f)
{
	size_t n = f->nvalues + (f->other > 0) + (f->missing > 0), at = f->nvalues;
	const char **labels = calloc(n + 1, sizeof(*labels));
	double *values = calloc(n + 1, sizeof(*values));
	struct chart_series series = { "articles", values };
	struct chart chart = {
		.id = id,
		.title = f->field,
		.desc = "Articles with each value, the most frequent first.",
		.axis = f->field,
		.unit = "articles",
		.labels = labels,
		.nlabels = n,
		.series = &series,
		.nseries = 1,
		.nrest = n - f->nvalues,
	};

	if (!labels || !values) {
		out_fail(out, PDX_E_NOMEM);
		goto out;
	}
	for (size_t i = 0; i < f->nvalues; i++) {
		labels[i] = f->values[i].value;
		values[i] = (double)f->values[i].count;
	}
	if (f->other) {
		labels[at] = RENDER_OTHER;
		values[at++] = (double)f->other;
	}
	if (f->missing) {
		labels[at] = RENDER_MISSING;
		values[at] = (double)f->missing;
	}
	chart_bars(out, &chart);
out:
	free(labels);
	free(values);
}

static void end(struct render *r, const struct render_search *search)
{
	out_puts(r->out, r->written ? "</ol>\n" : "");
	if (search->nfacets)
		out_puts(r->out, "<h2>Facets</h2>\n<div class=\"cards\">\n");
	for (size_t i = 0; i < search->nfacets; i++) {
		char id[32];

		snprintf(id, sizeof(id), "facet-%zu", i);
		html_put_facet(r->out, id, &search->facets[i]);
	}
	out_puts(r->out, search->nfacets ? "</div>\n" : "");
	html_end_page(r->out);
}

static void count(struct render *r, const struct render_search *search)
{
	struct html_page page = {
		.title = *search->text ? search->text : "All articles",
	};

	html_begin_page(r->out, &page);
	out_puts(r->out, "<p>");
	html_put_number(r->out, search->total);
	out_puts(r->out, search->total == 1 ? " article</p>\n" : " articles</p>\n");
	html_end_page(r->out);
}

static void put_tables(struct out *out, const struct tables *t)
{
	struct html_page page = { .title = t->n ? t->v[0].title : "paneldex" };

	html_begin_page(out, &page);
	for (size_t i = 0; i < t->n; i++) {
		if (i)
			out_printf(out, "<h2>%s</h2>\n", t->v[i].title);
		html_put_table(out, &t->v[i]);
	}
	html_end_page(out);
}

static void record(struct render *r, const struct record_kind *kind, const void *what)
{
	struct tables t = { .v = NULL };

	if (kind->html) {
		kind->html(r, what);
		return;
	}
	kind->tables(&t, what);
	if (tables_ok(&t))
		put_tables(r->out, &t);
	else
		out_fail(r->out, PDX_E_NOMEM);
	tables_release(&t);
}

const struct renderer renderer_html = {
	.name = "html",
	.one_document = true,
	.snippets = HTML_SNIPPETS,
	.begin = begin,
	.hit = hit,
	.end = end,
	.count = count,
	.record = record,
	TERM_MESSAGES,
};
