/*
 * The formats csv (RFC 4180) and tsv: a header and rows; further tables of a record
 * follow after an empty line.
 *
 * A spreadsheet takes a cell that begins with = + - @ for a formula and runs it: such
 * words of somebody else's get an apostrophe before them, as OWASP's page on CSV
 * injection advises.  Numbers are ours and stay what they are.
 */
#include <string.h>

#include "base/utf8.h"
#include "render/csv.h"
#include "render/formats.h"
#include "render/layout.h"
#include "render/projection.h"
#include "render/record.h"
#include "render/search_table.h"
#include "render/term.h"

/* Full-width signs are taken for the same, where such are typed. */
static bool begins_formula(uint32_t cp)
{
	return cp == '=' || cp == '+' || cp == '-' || cp == '@' || cp == 0xFF1D ||
	       cp == 0xFF0B || cp == 0xFF0D || cp == 0xFF20;
}

/* Blanks before it may be trimmed, and what cannot be seen is not written at all. */
static bool looks_like_formula(const char *cell)
{
	size_t len = strlen(cell), n;

	for (size_t i = 0; i < len; i += n) {
		uint32_t cp;

		n = utf8_decode(&cp, cell + i, len - i);
		cp = layout_safe(cp);
		if (cp != ' ' && cp != 0)
			return begins_formula(cp);
	}
	return false;
}

/* ${cell} as it may be shown; line feeds stay where the format can hold them. */
static void put_safe(struct out *out, const char *cell, bool csv)
{
	size_t len = strlen(cell), n;

	for (size_t i = 0; i < len; i += n) {
		char utf8[UTF8_MAX_BYTES];
		uint32_t cp;

		n = utf8_decode(&cp, cell + i, len - i);
		if (csv && cp == '"')
			out_putc(out, '"');
		if (!(csv && cp == '\n'))
			cp = layout_safe(cp);
		if (cp)
			out_write(out, utf8, utf8_encode(utf8, cp));
	}
}

static void put_cell(struct out *out, const char *cell, enum table_kind kind, bool csv)
{
	bool guard = kind == TABLE_TEXT && looks_like_formula(cell);
	bool quote = csv && strpbrk(cell, ",\"\n\r");

	if (quote)
		out_putc(out, '"');
	if (guard)
		out_putc(out, '\'');
	put_safe(out, cell, csv);
	if (quote)
		out_putc(out, '"');
}

static void put_row(struct out *out, const struct table *t, size_t row, bool csv)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (i)
			out_putc(out, csv ? ',' : '\t');
		put_cell(out, table_cell(t, row, i), t->columns[i].kind, csv);
	}
	out_puts(out, csv ? "\r\n" : "\n");
}

static void put_head(struct out *out, const struct table *t, bool csv)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (i)
			out_putc(out, csv ? ',' : '\t');
		put_cell(out, t->columns[i].name, TABLE_NUMBER, csv);
	}
	out_puts(out, csv ? "\r\n" : "\n");
}

static void put_rows(struct out *out, const struct table *t, bool csv)
{
	for (size_t i = 0; i < t->nrows; i++)
		put_row(out, t, i, csv);
}

static void put_table(struct out *out, const struct table *t, bool csv)
{
	put_head(out, t, csv);
	put_rows(out, t, csv);
}

void csv_table(struct out *out, const struct table *t)
{
	put_table(out, t, true);
}

/* All of ${t}, which is given up. */
static void put_tables(struct render *r, struct tables *t, bool csv)
{
	if (!tables_ok(t))
		out_fail(r->out, PDX_E_NOMEM);
	for (size_t i = 0; i < t->n && tables_ok(t); i++) {
		if (r->written++)
			out_puts(r->out, csv ? "\r\n" : "\n");
		put_table(r->out, &t->v[i], csv);
	}
	tables_release(t);
}

/* The fields that are shown, of records: those of a run make one table. */
static void put_fields(struct render *r, const struct record_kind *kind,
		       const void *what, bool csv)
{
	struct tables t = { .v = NULL };

	projection_table(&t, r->fields, kind, what);
	if (!tables_ok(&t))
		out_fail(r->out, PDX_E_NOMEM);
	else if (!r->written++)
		put_table(r->out, &t.v[0], csv);
	else
		put_rows(r->out, &t.v[0], csv);
	tables_release(&t);
}

static void put_record(struct render *r, const struct record_kind *kind,
		       const void *what, bool csv)
{
	struct tables t = { .v = NULL };

	if (r->fields) {
		put_fields(r, kind, what, csv);
		return;
	}
	kind->tables(&t, what);
	put_tables(r, &t, csv);
}

static void put_hits_head(struct render *r, const struct render_search *search,
			  bool csv)
{
	struct tables t = { .v = NULL };

	if (r->fields)
		projection_columns(&t, r->fields);
	else
		search_columns(&t, search);
	put_tables(r, &t, csv);
}

static void put_hit(struct render *r, const struct pdx_hit *hit, bool csv)
{
	struct tables t = { .v = NULL };

	if (r->fields)
		search_fields(&t, r->fields, hit);
	else
		search_row(&t, hit);
	if (tables_ok(&t))
		put_row(r->out, &t.v[0], 0, csv);
	else
		out_fail(r->out, PDX_E_NOMEM);
	tables_release(&t);
}

static void put_facets(struct render *r, const struct render_search *search, bool csv)
{
	struct tables t = { .v = NULL };

	if (search->nfacets)
		search_facets(&t, search);
	put_tables(r, &t, csv);
}

static void put_count(struct render *r, const struct render_search *search, bool csv)
{
	struct tables t = { .v = NULL };

	search_count(&t, search);
	put_tables(r, &t, csv);
}

static void csv_begin(struct render *r, const struct render_search *search)
{
	put_hits_head(r, search, true);
}

static void csv_hit(struct render *r, const struct pdx_hit *hit)
{
	put_hit(r, hit, true);
}

static void csv_end(struct render *r, const struct render_search *search)
{
	put_facets(r, search, true);
}

static void csv_count(struct render *r, const struct render_search *search)
{
	put_count(r, search, true);
}

static void csv_record(struct render *r, const struct record_kind *kind,
		       const void *what)
{
	put_record(r, kind, what, true);
}

static void tsv_begin(struct render *r, const struct render_search *search)
{
	put_hits_head(r, search, false);
}

static void tsv_hit(struct render *r, const struct pdx_hit *hit)
{
	put_hit(r, hit, false);
}

static void tsv_end(struct render *r, const struct render_search *search)
{
	put_facets(r, search, false);
}

static void tsv_count(struct render *r, const struct render_search *search)
{
	put_count(r, search, false);
}

static void tsv_record(struct render *r, const struct record_kind *kind,
		       const void *what)
{
	put_record(r, kind, what, false);
}

const struct renderer renderer_csv = {
	.name = "csv",
	.fields = true,
	.begin = csv_begin,
	.hit = csv_hit,
	.end = csv_end,
	.count = csv_count,
	.record = csv_record,
	TERM_MESSAGES,
};

const struct renderer renderer_tsv = {
	.name = "tsv",
	.fields = true,
	.begin = tsv_begin,
	.hit = tsv_hit,
	.end = tsv_end,
	.count = tsv_count,
	.record = tsv_record,
	TERM_MESSAGES,
};
