/*
 * A report: sections of records, below a head that says what was asked, when, of what.
 *
 * JSON, paneldex.report/1:
 *
 *   {"schema", "title", "generated", "command": that makes it again, "query", "total",
 *    "index", "warnings", "sections":[{"section", "title", "data": as the section's
 *    own document has it}]}
 *
 * As lines: the same without sections, then a section each, paneldex.section/1.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "render/html.h"
#include "render/json_record.h"
#include "render/json_value.h"
#include "render/markdown.h"
#include "render/record.h"
#include "render/term.h"

#define MADE_BY "Made by paneldex " PDX_VERSION
#define REPORT_ABOUT 5 /* things one has to know to make it again */

/* What was found, in a sentence. */
static void put_lead(struct buf *out, const struct render_report *report)
{
	const struct render_search *s = report->search;
	double share = s->articles ? (double)s->total * 100 / (double)s->articles : 0;

	if (s->total == 0)
		buf_puts(out, "No article matches.");
	else
		buf_printf(out,
			   "%" PRIu64 " of the %" PRIu64 " articles in the archive "
			   "match, which is %.1f%%.",
			   s->total, s->articles, share);
}

/* What one has to know to make it again. */
static void put_about(struct buf out[REPORT_ABOUT], const struct render_report *report)
{
	const struct render_search *s = report->search;
	char time[DATE_TIME_TEXT];

	for (size_t i = 0; i < REPORT_ABOUT; i++)
		buf_init(&out[i], 0);
	buf_puts(&out[0], *s->text ? s->text : "(every article)");
	buf_puts(&out[1], *s->parsed ? s->parsed : "(every article)");
	buf_puts(&out[2], date_time_format(time, report->now));
	buf_printf(&out[3], "%" PRIu64 " articles, generation %" PRIu64, s->articles,
		   s->generation);
	buf_puts(&out[4], report->command);
}

static const char *const about_names[REPORT_ABOUT] = {
	"Asked", "Understood as", "Made", "Archive", "Again with",
};

static json_t *head(const struct render_report *report)
{
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.report/1"));
	json_put(&o, "title", json_text(report->title));
	json_put(&o, "generated", json_timestamp(report->now));
	json_put(&o, "command", json_text(report->command));
	json_put(&o, "query", json_query(report->search));
	json_put(&o, "total", json_number(report->search->total));
	json_put(&o, "index", json_index(report->search));
	json_put(&o, "warnings", json_warnings(report->search));
	return o;
}

static json_t *section_json(const char *schema, const struct render_section *s)
{
	json_t *o = json_object();

	if (schema)
		json_put(&o, "schema", json_text(schema));
	json_put(&o, "section", json_text(s->name));
	json_put(&o, "title", json_text(s->title));
	json_put(&o, "data", s->kind->json(s->what));
	return o;
}

static json_t *report_json(const void *what)
{
	const struct render_report *report = what;
	json_t *o = head(report), *sections = json_array();

	for (size_t i = 0; i < report->nsections; i++)
		json_append(&sections, section_json(NULL, &report->sections[i]));
	json_put(&o, "sections", sections);
	return o;
}

static json_t *report_row(const void *what, size_t i)
{
	const struct render_report *report = what;

	return i == 0 ? head(report)
		      : section_json("paneldex.section/1", &report->sections[i - 1]);
}

static size_t report_rows(const void *what)
{
	const struct render_report *report = what;

	return report->nsections + 1;
}

static void head_table(struct tables *out, const struct render_report *report)
{
	struct buf about[REPORT_ABOUT];

	tables_begin(out, "report", "Report");
	tables_text(out, "key", "schema");
	tables_text(out, "value", "paneldex.report/1");
	tables_end_row(out);
	tables_text(out, "key", "title");
	tables_text(out, "value", report->title);
	tables_end_row(out);
	put_about(about, report);
	for (size_t i = 0; i < REPORT_ABOUT; i++) {
		tables_text(out, "key", about_names[i]);
		tables_text(out, "value", buf_str(&about[i]));
		tables_end_row(out);
		if (!buf_ok(&about[i]))
			out->arena.failed = true;
		buf_release(&about[i]);
	}
}

static void report_tables(struct tables *out, const void *what)
{
	const struct render_report *report = what;

	head_table(out, report);
	for (size_t i = 0; i < report->nsections; i++)
		report->sections[i].kind->tables(out, report->sections[i].what);
}

/* ---- HTML -------------------------------------------------------------------- */

#define ID_SIZE 32

static const char *section_id(char id[ID_SIZE], size_t i)
{
	snprintf(id, ID_SIZE, "part-%zu", i + 1);
	return id;
}

static void html_about(struct out *out, const struct render_report *report)
{
	struct buf about[REPORT_ABOUT];

	out_puts(out,
		 "<section aria-labelledby=\"about\">"
		 "<h2 id=\"about\">About this report</h2>\n<dl class=\"about\">\n");
	put_about(about, report);
	for (size_t i = 0; i < REPORT_ABOUT; i++) {
		bool code = i == 1 || i == REPORT_ABOUT - 1;

		out_printf(out, "<dt>%s</dt><dd dir=\"auto\">%s", about_names[i],
			   code ? "<code>" : "");
		html_put_text(out, buf_str(&about[i]));
		out_puts(out, code ? "</code></dd>\n" : "</dd>\n");
		if (!buf_ok(&about[i]))
			out_fail(out, PDX_E_NOMEM);
		buf_release(&about[i]);
	}
	out_puts(out, "</dl></section>\n");
}

static void html_section(struct out *out, const struct render_section *s, size_t i)
{
	char id[ID_SIZE];

	section_id(id, i);
	out_printf(out, "<section aria-labelledby=\"%s\"><h2 id=\"%s\">", id, id);
	html_put_text(out, s->title);
	out_puts(out, "</h2>\n");
	html_put_record(out, id, s->kind, s->what);
	out_puts(out, "</section>\n");
}

/* What was asked and when, for one who reads no further. */
static void html_asked(struct out *out, const struct render_report *report)
{
	const char *text = report->search->text;
	char time[DATE_TIME_TEXT];

	out_puts(out, "<p class=\"meta\">Asked for <code dir=\"auto\">");
	html_put_text(out, *text ? text : "every article");
	out_printf(out, "</code> on %.10s</p>\n", date_time_format(time, report->now));
}

static void html_notes(struct out *out, const struct render_search *s)
{
	for (size_t i = 0; i < s->nnotes; i++) {
		out_puts(out, "<p class=\"faint\" dir=\"auto\">Note: ");
		html_put_text(out, s->notes[i].message);
		out_puts(out, "</p>\n");
	}
}

static void report_page(struct render *r, const void *what)
{
	const struct render_report *report = what;
	size_t n = report->nsections;
	struct html_link *places = calloc(n + 2, sizeof(*places));
	char(*ids)[ID_SIZE] = calloc(n + 1, sizeof(*ids));
	struct buf lead;
	struct html_page page = { .title = report->title, .places = places };

	buf_init(&lead, 0);
	put_lead(&lead, report);
	page.lead = buf_str(&lead);
	if (!places || !ids || !buf_ok(&lead)) {
		out_fail(r->out, PDX_E_NOMEM);
		goto out;
	}
	for (size_t i = 0; i < n; i++)
		places[i] = (struct html_link){ report->sections[i].title,
						section_id(ids[i], i) };
	places[n] = (struct html_link){ "About this report", "about" };
	html_begin_page(r->out, &page);
	html_asked(r->out, report);
	html_notes(r->out, report->search);
	for (size_t i = 0; i < n; i++)
		html_section(r->out, &report->sections[i], i);
	html_about(r->out, report);
	html_end_page(r->out);
out:
	buf_release(&lead);
	free(places);
	free(ids);
}

/* ---- Markdown and text ------------------------------------------------------- */

static void markdown_about(struct out *out, const struct render_report *report)
{
	struct buf about[REPORT_ABOUT];

	out_puts(out, "\n## About this report\n\n");
	put_about(about, report);
	for (size_t i = 0; i < REPORT_ABOUT; i++) {
		out_printf(out, "- %s: ", about_names[i]);
		markdown_text(out, buf_str(&about[i]));
		out_putc(out, '\n');
		if (!buf_ok(&about[i]))
			out_fail(out, PDX_E_NOMEM);
		buf_release(&about[i]);
	}
	out_puts(out, "\n" MADE_BY ".\n");
}

static void report_markdown(struct render *r, const void *what)
{
	const struct render_report *report = what;
	struct buf lead;

	buf_init(&lead, 0);
	put_lead(&lead, report);
	out_puts(r->out, "# ");
	markdown_text(r->out, report->title);
	out_puts(r->out, "\n\n");
	markdown_text(r->out, buf_str(&lead));
	out_putc(r->out, '\n');
	for (size_t i = 0; i < report->search->nnotes; i++) {
		out_puts(r->out, "\nNote: ");
		markdown_text(r->out, report->search->notes[i].message);
		out_putc(r->out, '\n');
	}
	for (size_t i = 0; i < report->nsections; i++) {
		const struct render_section *s = &report->sections[i];

		out_puts(r->out, "\n## ");
		markdown_text(r->out, s->title);
		out_putc(r->out, '\n');
		markdown_record(r, s->kind, s->what);
	}
	markdown_about(r->out, report);
	buf_release(&lead);
}

static void text_line(struct render *r, enum style style, const char *text)
{
	struct layout l;

	term_layout(&l, r);
	layout_begin(&l, 0);
	layout_text(&l, style, text);
	layout_end(&l);
	layout_release(&l);
}

static void text_about(struct render *r, const struct render_report *report)
{
	struct buf about[REPORT_ABOUT];

	put_about(about, report);
	for (size_t i = 0; i < REPORT_ABOUT; i++) {
		struct layout l;

		term_layout(&l, r);
		layout_begin(&l, 0);
		layout_text(&l, STYLE_FAINT, about_names[i]);
		layout_text(&l, STYLE_FAINT, ": ");
		layout_text(&l, STYLE_PLAIN, buf_str(&about[i]));
		layout_end(&l);
		layout_release(&l);
		if (!buf_ok(&about[i]))
			out_fail(r->out, PDX_E_NOMEM);
		buf_release(&about[i]);
	}
	text_line(r, STYLE_FAINT, MADE_BY);
}

static void report_text(struct render *r, const void *what)
{
	const struct render_report *report = what;
	struct buf lead;

	buf_init(&lead, 0);
	put_lead(&lead, report);
	text_line(r, STYLE_TITLE, report->title);
	text_line(r, STYLE_PLAIN, buf_str(&lead));
	buf_release(&lead);
	for (size_t i = 0; i < report->nsections; i++) {
		const struct render_section *s = &report->sections[i];

		out_putc(r->out, '\n');
		text_line(r, STYLE_TITLE, s->title);
		out_putc(r->out, '\n');
		r->written = 0;
		s->kind->text(r, s->what);
	}
	out_putc(r->out, '\n');
	text_about(r, report);
}

const struct record_kind record_full_report = {
	.json = report_json,
	.row = report_row,
	.rows = report_rows,
	.tables = report_tables,
	.markdown = report_markdown,
	.page = report_page,
	.text = report_text,
};
