/*
 * Text, attributes, links and tables of a page.  Everything that is not written by us
 * passes put_cp(); there is no other way.
 */
#include "render/html.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "render/layout.h"
#include "render/link.h"

#define ELLIPSIS 0x2026u
#define GROUP 3 /* digits */

/* One code point as it may stand in text and in a quoted attribute alike. */
static void put_cp(struct out *out, uint32_t cp)
{
	char utf8[UTF8_MAX_BYTES];

	cp = layout_safe(cp);
	switch (cp) {
	case 0:
		return;
	case '&':
		out_puts(out, "&amp;");
		return;
	case '<':
		out_puts(out, "&lt;");
		return;
	case '>':
		out_puts(out, "&gt;");
		return;
	case '"':
		out_puts(out, "&quot;");
		return;
	case '\'':
		out_puts(out, "&#39;");
		return;
	default:
		out_write(out, utf8, utf8_encode(utf8, cp));
	}
}

void html_put_bytes(struct out *out, const char *text, size_t len)
{
	size_t n;

	for (size_t i = 0; i < len; i += n) {
		uint32_t cp;

		n = utf8_decode(&cp, text + i, len - i);
		put_cp(out, cp);
	}
}

void html_put_text(struct out *out, const char *text)
{
	html_put_bytes(out, text, strlen(text));
}

void html_put_cut(struct out *out, const char *text, size_t columns)
{
	size_t len = strlen(text), used = 0, n;
	bool cut = layout_width(text) > columns;

	if (cut && columns > 0)
		columns--; /* of the ellipsis */
	for (size_t i = 0; i < len; i += n) {
		uint32_t cp;

		n = utf8_decode(&cp, text + i, len - i);
		used += layout_cell(layout_safe(cp));
		if (used > columns)
			break;
		put_cp(out, cp);
	}
	if (cut)
		put_cp(out, ELLIPSIS);
}

void html_put_spans(struct out *out, const char *text, const struct pdx_span *spans,
		    size_t nspans)
{
	size_t len = strlen(text), n;
	bool open = false;

	for (size_t i = 0, at = 0; i < len; i += n, at++) {
		uint32_t cp;
		bool in;

		while (nspans && at >= spans->start + spans->len) {
			spans++;
			nspans--;
		}
		in = nspans && at >= spans->start;
		if (in != open)
			out_puts(out, in ? "<mark>" : "</mark>");
		open = in;
		n = utf8_decode(&cp, text + i, len - i);
		put_cp(out, cp);
	}
	if (open)
		out_puts(out, "</mark>");
}

void html_put_attribute(struct out *out, const char *name, const char *value)
{
	out_printf(out, " %s=\"", name);
	html_put_text(out, value);
	out_putc(out, '"');
}

bool html_begin_link(struct out *out, const char *url)
{
	if (!link_is_web(url))
		return false;
	out_puts(out, "<a href=\"");
	link_write(out, url);
	/* The page it leads to learns nothing of this one, and cannot reach it. */
	out_puts(out, "\" rel=\"noopener noreferrer nofollow\">");
	return true;
}

void html_put_link(struct out *out, const char *text, const char *url)
{
	bool linked = html_begin_link(out, url);

	html_put_text(out, text);
	out_puts(out, linked ? "</a>" : "");
}

void html_put_number(struct out *out, uint64_t n)
{
	char digits[32];
	int len = snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % GROUP == 0)
			out_putc(out, ',');
		out_putc(out, digits[i]);
	}
}

/* "first_date" as people write it. */
static void put_column_name(struct out *out, const char *name)
{
	for (size_t len; *name; name += len + (name[len] == '_')) {
		len = strcspn(name, "_");
		html_put_bytes(out, name, len);
		out_puts(out, name[len] ? " " : "");
	}
}

static void table_head(struct out *out, const struct table *t)
{
	out_puts(out, "<thead><tr>");
	for (size_t i = 0; i < t->ncolumns; i++) {
		out_puts(out, "<th scope=\"col\"");
		if (t->columns[i].kind == TABLE_NUMBER)
			out_puts(out, " class=\"number\"");
		out_putc(out, '>');
		put_column_name(out, t->columns[i].name);
		out_puts(out, "</th>");
	}
	out_puts(out, "</tr></thead>\n");
}

/* The first cell names its row. */
static void table_row(struct out *out, const struct table *t, size_t row)
{
	out_puts(out, "<tr>");
	for (size_t i = 0; i < t->ncolumns; i++) {
		out_puts(out, i ? "<td" : "<th scope=\"row\"");
		if (t->columns[i].kind == TABLE_NUMBER)
			out_puts(out, " class=\"number\">");
		else
			out_puts(out, " dir=\"auto\">");
		html_put_text(out, table_cell(t, row, i));
		out_puts(out, i ? "</td>" : "</th>");
	}
	out_puts(out, "</tr>\n");
}

void html_put_table(struct out *out, const struct table *t)
{
	/* What scrolls must be reached by the keyboard, and say what it is. */
	out_puts(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
	html_put_attribute(out, "aria-label", t->title);
	out_puts(out, "><table><caption>");
	html_put_text(out, t->title);
	out_puts(out, "</caption>\n");
	table_head(out, t);
	out_puts(out, "<tbody>\n");
	for (size_t i = 0; i < t->nrows; i++)
		table_row(out, t, i);
	out_puts(out, "</tbody></table></div>\n");
}
