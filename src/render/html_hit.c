/*
 * A hit on a page: the article, and what was found in it.
 */
#include <string.h>

#include "render/html.h"
#include "render/html_article.h"

/* The highlight that is the whole title, or NULL. */
static const struct pdx_highlight *title_highlight(const struct pdx_hit *hit)
{
	for (size_t i = 0; i < hit->nhighlights; i++)
		if (strcmp(hit->highlights[i].field, "title") == 0 &&
		    strcmp(hit->highlights[i].text, hit->article->title) == 0)
			return &hit->highlights[i];
	return NULL;
}

static void put_title(struct out *out, const struct pdx_hit *hit)
{
	const struct pdx_highlight *h = title_highlight(hit);
	bool linked;

	out_puts(out, "<h3 dir=\"auto\">");
	linked = html_begin_link(out, hit->article->url);
	if (h)
		html_put_spans(out, h->text, h->spans, h->nspans);
	else
		html_put_text(out, hit->article->title);
	out_puts(out, linked ? "</a></h3>\n" : "</h3>\n");
}

/* What was found, with whose take it is of. */
static void put_snippet(struct out *out, const struct pdx_hit *hit,
			const struct pdx_highlight *h)
{
	out_puts(out, "<blockquote dir=\"auto\"><p>");
	html_put_spans(out, h->text, h->spans, h->nspans);
	out_puts(out, "</p>");
	if (h->take && h->take <= hit->article->ntakes) {
		out_puts(out, "<cite>");
		html_put_voice(out, &hit->article->takes[h->take - 1], h->take);
		out_puts(out, "</cite>");
	}
	out_puts(out, "</blockquote>\n");
}

void html_put_hit(struct out *out, const struct pdx_hit *hit)
{
	size_t shown = 0;

	out_puts(out, "<li>");
	put_title(out, hit);
	html_put_meta(out, hit->article);
	if (hit->cluster)
		out_printf(out, "<p class=\"meta\">+%llu more</p>\n",
			   (unsigned long long)(hit->cluster->size - 1));
	for (size_t i = 0; i < hit->nhighlights; i++) {
		if (strcmp(hit->highlights[i].field, "title") == 0)
			continue;
		put_snippet(out, hit, &hit->highlights[i]);
		shown++;
	}
	if (!shown && hit->article->summary) {
		out_puts(out, "<p dir=\"auto\">");
		html_put_text(out, hit->article->summary);
		out_puts(out, "</p>\n");
	}
	out_puts(out, "</li>\n");
}
