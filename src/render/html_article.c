/*
 * An article on a page: its pieces, and all of them together.
 */
#include "render/html_article.h"

#include <string.h>

#include "base/date.h"
#include "render/html.h"

#define DOT " \xC2\xB7 "

static void put_names(struct out *out, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out_puts(out, i ? ", <bdi>" : DOT "<bdi>");
		html_put_text(out, names[i]);
		out_puts(out, "</bdi>");
	}
}

void html_put_meta(struct out *out, const struct pdx_article *a)
{
	char iso[DATE_TEXT];

	out_puts(out, "<p class=\"meta\">");
	if (a->date == PDX_NO_DATE)
		out_puts(out, "undated");
	else
		out_printf(out, "<time datetime=\"%s\">%s</time>",
			   date_format(iso, a->date), iso);
	put_names(out, a->companies, a->ncompanies);
	put_names(out, a->categories, a->ncategories);
	out_printf(out, DOT "<code>%s</code></p>\n", a->id);
}

void html_put_voice(struct out *out, const struct pdx_take *take, size_t n)
{
	if (take->persona)
		html_put_text(out, take->persona);
	else if (!take->perspective)
		out_printf(out, "take %zu", n);
	if (take->persona && take->perspective)
		out_puts(out, ", ");
	if (take->perspective)
		html_put_text(out, take->perspective);
}

void html_put_paragraphs(struct out *out, const char *text)
{
	while (*text) {
		const char *end = strstr(text, "\n\n");
		size_t len = end ? (size_t)(end - text) : strlen(text);

		out_puts(out, "<p dir=\"auto\">");
		html_put_bytes(out, text, len);
		out_puts(out, "</p>\n");
		text += len;
		text += strspn(text, "\n");
	}
}

/* "Source: nfcorpus", with the name of the link where there is one. */
static void put_source(struct out *out, const struct pdx_article *a)
{
	if (!a->url && !a->source)
		return;
	out_puts(out, "<p class=\"meta\">Source: <bdi>");
	html_put_link(out, a->source ? a->source : a->url, a->url);
	out_puts(out, "</bdi></p>\n");
}

static void put_take(struct out *out, const struct pdx_take *take, size_t n)
{
	out_puts(out, "<section class=\"voice\"><h3 dir=\"auto\">");
	html_put_voice(out, take, n);
	out_puts(out, "</h3>\n");
	html_put_paragraphs(out, take->text);
	out_puts(out, "</section>\n");
}

void html_show_article(struct render *r, const void *what)
{
	const struct pdx_article *a = what;
	struct html_page page = { .title = a->title, .lead = a->summary };

	html_begin_page(r->out, &page);
	html_put_meta(r->out, a);
	put_source(r->out, a);
	html_put_paragraphs(r->out, a->body);
	if (a->ntakes)
		out_puts(r->out, "<h2>The panel</h2>\n<div class=\"cards\">\n");
	for (size_t i = 0; i < a->ntakes; i++)
		put_take(r->out, &a->takes[i], i + 1);
	out_puts(r->out, a->ntakes ? "</div>\n" : "");
	html_end_page(r->out);
}
