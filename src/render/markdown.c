/*
 * The format md: Markdown (CommonMark with GitHub's tables) that shows what articles
 * say and obeys nothing in it.
 */
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"
#include "render/formats.h"
#include "render/layout.h"
#include "render/link.h"
#include "render/markdown.h"
#include "render/projection.h"
#include "render/record.h"
#include "render/search_table.h"
#include "render/term.h"

#define MD_SNIPPETS 2

/* What means something anywhere in a line. */
static bool is_special(uint32_t cp)
{
	return cp && cp < 0x80 && strchr("\\`*_[]<>#|~&", (int)cp) != NULL;
}

/* Where the character stands that makes ${text} begin a block: "-", "12."; or none. */
static size_t block_mark(const char *text)
{
	size_t n = strspn(text, "0123456789");

	if (strchr("-+=", *text) && *text)
		return 0;
	return n && (text[n] == '.' || text[n] == ')') ? n : SIZE_MAX;
}

void markdown_text(struct out *out, const char *text)
{
	size_t len = strlen(text), n, mark = block_mark(text);

	for (size_t i = 0; i < len; i += n) {
		char utf8[UTF8_MAX_BYTES];
		uint32_t cp;

		n = utf8_decode(&cp, text + i, len - i);
		cp = layout_safe(cp);
		if (is_special(cp) || i == mark)
			out_putc(out, '\\');
		if (cp)
			out_write(out, utf8, utf8_encode(utf8, cp));
	}
}

void markdown_link(struct out *out, const char *text, const char *url)
{
	if (!link_is_web(url)) {
		markdown_text(out, text);
		return;
	}
	out_putc(out, '[');
	markdown_text(out, text);
	out_puts(out, "](");
	link_write(out, url);
	out_putc(out, ')');
}

static void put_row(struct out *out, const struct table *t, size_t row)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		out_puts(out, "| ");
		/* Numbers and dates are ours: a backslash would only be in the way. */
		if (t->columns[i].kind == TABLE_NUMBER)
			out_puts(out, table_cell(t, row, i));
		else
			markdown_text(out, table_cell(t, row, i));
		out_putc(out, ' ');
	}
	out_puts(out, "|\n");
}

static void put_head(struct out *out, const struct table *t)
{
	for (size_t i = 0; i < t->ncolumns; i++)
		out_printf(out, "| %s ", t->columns[i].name);
	out_puts(out, "|\n");
	for (size_t i = 0; i < t->ncolumns; i++)
		out_puts(out,
			 t->columns[i].kind == TABLE_NUMBER ? "| ---: " : "| --- ");
	out_puts(out, "|\n");
}

static void put_rows(struct out *out, const struct table *t)
{
	for (size_t i = 0; i < t->nrows; i++)
		put_row(out, t, i);
}

void markdown_table(struct out *out, const struct table *t)
{
	put_head(out, t);
	put_rows(out, t);
}

/* All of ${t}, which is given up, each below a ${heading} of so many "#". */
static void put_tables(struct render *r, struct tables *t, const char *heading)
{
	if (!tables_ok(t))
		out_fail(r->out, PDX_E_NOMEM);
	for (size_t i = 0; i < t->n && tables_ok(t); i++) {
		if (t->v[i].ncolumns == 0)
			continue; /* nothing was put into it */
		if (r->written++)
			out_putc(r->out, '\n');
		out_printf(r->out, "%s %s\n\n", heading, t->v[i].title);
		markdown_table(r->out, &t->v[i]);
	}
	tables_release(t);
}

/* Rows of the table that r->fields make, which is given up. */
static void put_fields(struct render *r, struct tables *t)
{
	if (tables_ok(t))
		put_rows(r->out, &t->v[0]);
	else
		out_fail(r->out, PDX_E_NOMEM);
	tables_release(t);
}

static void put_fields_head(struct render *r)
{
	struct tables t = { .v = NULL };

	projection_columns(&t, r->fields);
	if (tables_ok(&t))
		put_head(r->out, &t.v[0]);
	put_fields(r, &t);
}

static void record(struct render *r, const struct record_kind *kind, const void *what)
{
	struct tables t = { .v = NULL };

	if (r->fields) {
		if (!r->written++)
			put_fields_head(r);
		projection_table(&t, r->fields, kind, what);
		put_fields(r, &t);
		return;
	}
	if (kind->markdown) {
		kind->markdown(r, what);
		return;
	}
	kind->tables(&t, what);
	put_tables(r, &t, "##");
}

void markdown_record(struct render *r, const struct record_kind *kind, const void *what)
{
	struct tables t = { .v = NULL };

	r->written = 1; /* the heading */
	if (kind->markdown) {
		kind->markdown(r, what);
		return;
	}
	kind->tables(&t, what);
	put_tables(r, &t, "###");
}

static void begin(struct render *r, const struct render_search *search)
{
	out_puts(r->out, "# ");
	markdown_text(r->out, *search->text ? search->text : "All articles");
	out_printf(r->out, "\n\n%llu of %s%llu articles\n",
		   (unsigned long long)search->returned, render_at_least(search),
		   (unsigned long long)search->total);
	r->written++;
	if (r->fields) {
		out_putc(r->out, '\n');
		put_fields_head(r);
	}
}

static void put_names(struct out *out, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		out_puts(out, i ? ", " : " \xC2\xB7 ");
		markdown_text(out, names[i]);
	}
}

/* ${text} with its ${nspans} spans, which count code points, in bold. */
static void put_spans(struct out *out, const struct pdx_highlight *h)
{
	struct buf piece;
	size_t len = strlen(h->text), at = 0, cps = 0, n, span = 0;

	buf_init(&piece, 0);
	while (at < len && !out_status(out, NULL)) {
		bool in = span < h->nspans && cps == h->spans[span].start;
		size_t end = span == h->nspans ? SIZE_MAX
			     : in              ? cps + h->spans[span].len
					       : h->spans[span].start;

		buf_reset(&piece);
		for (; at < len && cps < end; cps++, at += n) {
			uint32_t cp;

			n = utf8_decode(&cp, h->text + at, len - at);
			buf_put(&piece, h->text + at, n);
		}
		out_puts(out, in ? "**" : "");
		markdown_text(out, buf_str(&piece));
		out_puts(out, in ? "**" : "");
		span += in;
		if (!buf_ok(&piece))
			out_fail(out, PDX_E_NOMEM);
	}
	buf_release(&piece);
}

static void put_item(struct render *r, const struct pdx_hit *h)
{
	const struct pdx_article *a = h->article;
	char iso[DATE_TEXT];

	out_printf(r->out, "\n%zu. ", h->rank);
	markdown_link(r->out, a->title, a->url);
	out_printf(r->out, "  \n   %s",
		   a->date == PDX_NO_DATE ? "undated" : date_format(iso, a->date));
	put_names(r->out, a->companies, a->ncompanies);
	put_names(r->out, a->categories, a->ncategories);
	out_printf(r->out, " \xC2\xB7 `%s`", a->id);
	if (h->cluster)
		out_printf(r->out, " \xC2\xB7 +%llu more",
			   (unsigned long long)(h->cluster->size - 1));
	out_putc(r->out, '\n');
	for (size_t i = 0; i < h->nhighlights; i++) {
		if (strcmp(h->highlights[i].field, "title") == 0)
			continue;
		out_puts(r->out, "\n   > ");
		put_spans(r->out, &h->highlights[i]);
		out_putc(r->out, '\n');
	}
}

static void hit(struct render *r, const struct pdx_hit *h)
{
	struct tables t = { .v = NULL };

	if (!r->fields) {
		put_item(r, h);
		return;
	}
	search_fields(&t, r->fields, h);
	put_fields(r, &t);
}

static void end(struct render *r, const struct render_search *search)
{
	struct tables t = { .v = NULL };

	if (search->nfacets)
		search_facets(&t, search);
	put_tables(r, &t, "##");
}

static void count(struct render *r, const struct render_search *search)
{
	out_printf(r->out, "%llu\n", (unsigned long long)search->total);
}

const struct renderer renderer_md = {
	.name = "md",
	.fields = true,
	.snippets = MD_SNIPPETS,
	.begin = begin,
	.hit = hit,
	.end = end,
	.count = count,
	.record = record,
	TERM_MESSAGES,
};
