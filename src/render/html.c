/*
 * The format html: one page a run, for a browser; see html.h for what makes it safe.
 * This file shows a search, and any record by its tables where it has nothing better.
 */
#include "render/html.h"

#include <stdio.h>

#include "render/formats.h"
#include "render/html_facets.h"
#include "render/record.h"
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

	snprintf(lead, sizeof(lead), "%llu of %s%llu articles",
		 (unsigned long long)search->returned, render_at_least(search),
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

static void end(struct render *r, const struct render_search *search)
{
	out_puts(r->out, r->written ? "</ol>\n" : "");
	if (search->nfacets)
		out_puts(r->out, "<h2>Facets</h2>\n<div class=\"cards\">\n");
	for (size_t i = 0; i < search->nfacets; i++) {
		const struct pdx_facet *f = &search->facets[i];
		struct report_facet facet = {
			.field = f->field,
			.values = f->values,
			.nvalues = f->nvalues,
			.other = f->other,
			.missing = f->missing,
			.total = f->total,
		};
		char id[32];

		snprintf(id, sizeof(id), "facet-%zu", i);
		html_put_facet(r->out, id, &facet, "articles");
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

void html_put_record(struct out *out, const char *id, const struct record_kind *kind,
		     const void *what)
{
	struct tables t = { .v = NULL };

	if (kind->html) {
		kind->html(out, id, what);
		return;
	}
	kind->tables(&t, what);
	if (!tables_ok(&t))
		out_fail(out, PDX_E_NOMEM);
	for (size_t i = 0; i < t.n && tables_ok(&t); i++)
		html_put_table(out, &t.v[i]);
	tables_release(&t);
}

static void record(struct render *r, const struct record_kind *kind, const void *what)
{
	struct html_page page = { .title = "paneldex" };

	if (kind->page) {
		kind->page(r, what);
		return;
	}
	html_begin_page(r->out, &page);
	out_puts(r->out, "<h2>What was found</h2>\n");
	html_put_record(r->out, "record", kind, what);
	html_end_page(r->out);
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
