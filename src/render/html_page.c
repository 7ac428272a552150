/*
 * The frame of a page: what its head says, its landmarks, and the policy that keeps it
 * to itself.
 */
#include "base/sha256.h"
#include "render/html.h"

/*
 * Nothing may be loaded, run, sent or framed; the one style sheet is let in by what it
 * is, so that no style of somebody else's would be.
 */
static void put_policy(struct out *out, const struct buf *style)
{
	char hash[SHA256_BASE64];

	out_printf(out,
		   "<meta http-equiv=\"Content-Security-Policy\" content=\""
		   "default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; "
		   "form-action 'none'\">\n",
		   sha256_base64(hash, buf_str(style), style->len));
}

static void put_places(struct out *out, const struct html_link *places)
{
	if (!places || !places->name)
		return;
	out_puts(out, "<nav aria-label=\"Sections\"><ul>\n");
	for (; places->name; places++) {
		out_puts(out, "<li><a href=\"#");
		html_put_text(out, places->id);
		out_puts(out, "\">");
		html_put_text(out, places->name);
		out_puts(out, "</a></li>\n");
	}
	out_puts(out, "</ul></nav>\n");
}

static void put_head(struct out *out, const char *title)
{
	struct buf style;

	buf_init(&style, 0);
	html_style(&style);
	if (!buf_ok(&style))
		out_fail(out, PDX_E_NOMEM);
	out_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		      "<meta charset=\"utf-8\">\n");
	put_policy(out, &style);
	out_puts(out, "<meta name=\"viewport\" content=\"width=device-width, "
		      "initial-scale=1\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n"
		      "<meta name=\"referrer\" content=\"no-referrer\">\n"
		      "<meta name=\"generator\" content=\"paneldex " PDX_VERSION "\">\n"
		      "<title>");
	html_put_text(out, title);
	out_puts(out, "</title>\n<style>");
	out_puts(out, buf_str(&style));
	out_puts(out, "</style>\n</head>\n");
	buf_release(&style);
}

void html_begin_page(struct out *out, const struct html_page *page)
{
	put_head(out, page->title);
	out_puts(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
		      "content</a>\n<header>\n<h1 dir=\"auto\">");
	html_put_text(out, page->title);
	out_puts(out, "</h1>\n");
	if (page->lead) {
		out_puts(out, "<p class=\"lead\" dir=\"auto\">");
		html_put_text(out, page->lead);
		out_puts(out, "</p>\n");
	}
	put_places(out, page->places);
	out_puts(out, "</header>\n<main id=\"main\">\n");
}

void html_end_page(struct out *out)
{
	out_puts(out, "</main>\n<footer><p>Made by paneldex " PDX_VERSION
		      ".</p></footer>\n</body>\n</html>\n");
}
