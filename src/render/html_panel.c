/*
 * The panel on a page: a card for each persona with what sets it apart, and the takes
 * on the best articles beside each other where they were asked for.
 */
#include "render/html_panel.h"

#include <inttypes.h>

#include "render/html.h"
#include "render/html_article.h"
#include "render/render.h"
#include "report/panel.h"

static void put_count(struct out *out, uint64_t n, const char *one, const char *many)
{
	html_put_number(out, n);
	out_printf(out, " %s", n == 1 ? one : many);
}

static void put_who(struct out *out, const struct panel_persona *p)
{
	out_puts(out, "<h3><bdi>");
	html_put_text(out, p->name ? p->name : RENDER_MISSING);
	out_puts(out, "</bdi></h3>\n<p class=\"meta\">");
	put_count(out, p->takes, "take", "takes");
	out_puts(out, " on ");
	put_count(out, p->articles, "article", "articles");
	for (size_t i = 0; i < p->nperspectives; i++) {
		out_puts(out, i ? ", <bdi>" : " \xC2\xB7 <bdi>");
		html_put_text(out, p->perspectives[i].name ? p->perspectives[i].name
							   : RENDER_MISSING);
		out_puts(out, "</bdi>");
	}
	out_puts(out, "</p>\n");
}

static void put_terms(struct out *out, const struct panel_persona *p)
{
	if (p->nterms == 0)
		return;
	out_puts(out, "<ul class=\"phrases\">\n");
	for (size_t i = 0; i < p->nterms; i++) {
		out_puts(out, "<li><bdi>");
		html_put_text(out, p->terms[i].text);
		out_printf(out,
			   "</bdi> <small>%" PRIu64 "\xE2\x80\x89:\xE2\x80\x89%" PRIu64
			   "</small></li>\n",
			   p->terms[i].takes, p->terms[i].others);
	}
	out_puts(out, "</ul>\n");
}

static void put_quote(struct out *out, const struct panel_quote *q)
{
	if (!q->id)
		return;
	out_puts(out, "<blockquote dir=\"auto\">\n");
	html_put_paragraphs(out, q->text);
	out_puts(out, "<cite>On: <bdi>");
	html_put_text(out, q->title);
	out_printf(out, "</bdi> \xC2\xB7 <code>%s</code></cite></blockquote>\n", q->id);
}

static void put_silent(struct out *out, const char *what, const struct panel_silent *s)
{
	if (s->n == 0)
		return;
	out_printf(out, "<p class=\"small\">No take on %s: ", what);
	for (size_t i = 0; i < s->nnames; i++) {
		out_puts(out, i ? ", <bdi>" : "<bdi>");
		html_put_text(out, s->names[i].name);
		out_puts(out, "</bdi>");
	}
	if (s->n > s->nnames)
		out_printf(out, " and %" PRIu64 " more", s->n - s->nnames);
	out_puts(out, ".</p>\n");
}

static void put_persona(struct out *out, const struct panel_persona *p)
{
	out_puts(out, "<div class=\"voice\">\n");
	put_who(out, p);
	put_terms(out, p);
	put_quote(out, &p->quote);
	put_silent(out, "companies", &p->companies);
	put_silent(out, "categories", &p->categories);
	out_puts(out, "</div>\n");
}

static void put_take(struct out *out, const struct panel_take *t)
{
	const struct pdx_take take = { t->persona, t->perspective, t->text };

	out_puts(out, "<div class=\"voice\"><p class=\"meta\">");
	html_put_voice(out, &take, t->n);
	out_puts(out, "</p>\n");
	html_put_paragraphs(out, t->text);
	out_puts(out, "</div>\n");
}

static void put_article(struct out *out, const struct panel_article *a)
{
	out_puts(out, "<h3 dir=\"auto\">");
	html_put_link(out, a->title, a->url);
	out_printf(out,
		   "</h3>\n<p class=\"meta\"><code>%s</code></p>\n"
		   "<div class=\"cards\">\n",
		   a->id);
	for (size_t i = 0; i < a->ntakes; i++)
		put_take(out, &a->takes[i]);
	out_puts(out, "</div>\n");
}

void html_put_panel(struct out *out, const char *id, const void *what)
{
	const struct render_panel *r = what;
	const struct panel *p = r->panel;

	(void)id; /* nothing here has one */
	out_puts(out, "<p>");
	put_count(out, p->takes, "take", "takes");
	out_puts(out, " by ");
	put_count(out, p->npersonas, "persona", "personas");
	out_puts(out, " on ");
	put_count(out, p->articles, "article", "articles");
	out_puts(out,
		 ". Each persona with the words that it says more often than the "
		 "others (its takes with the word : those of others), and the take "
		 "that has most of them.</p>\n<div class=\"cards voices\">\n");
	for (size_t i = 0; i < p->npersonas; i++)
		put_persona(out, &p->personas[i]);
	out_puts(out, "</div>\n");
	for (size_t i = 0; i < p->nshown; i++)
		put_article(out, &p->shown[i]);
}
