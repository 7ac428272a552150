/* What is said of an index as a whole: what it holds, whether it is sound, what became of
 * it. */
#include <inttypes.h>

#include "base/date.h"
#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"

static json_t *stats_json(const void *what)
{
	const struct pdx_stats *s = what;
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.stats/1"));
	json_put(&o, "articles", json_number(s->articles));
	json_put(&o, "takes", json_number(s->takes));
	json_put(&o, "companies", json_number(s->companies));
	json_put(&o, "categories", json_number(s->categories));
	json_put(&o, "personas", json_number(s->personas));
	json_put(&o, "first_date", json_day(s->first_date));
	json_put(&o, "last_date", json_day(s->last_date));
	json_put(&o, "text_bytes", json_number(s->text_bytes));
	json_put(&o, "file_bytes", json_number(s->file_bytes));
	json_put(&o, "generation", json_number(s->generation));
	json_put(&o, "language", json_text(s->language));
	json_put(&o, "analyzer", json_number(s->analyzer));
	return o;
}

static void stat_number(struct render *r, const char *label, uint64_t n)
{
	out_printf(r->out, "%-12s%10" PRIu64 "\n", label, n);
}

static void stat_text(struct render *r, const char *label, const char *value)
{
	out_printf(r->out, "%-12s%10s\n", label, value);
}

static void stat_bytes(struct render *r, const char *label, uint64_t n)
{
	char text[32];

	stat_text(r, label, term_bytes(text, sizeof(text), n));
}

static void stat_date(struct render *r, const char *label, int32_t date)
{
	char iso[DATE_TEXT];

	stat_text(r, label, date == PDX_NO_DATE ? "-" : date_format(iso, date));
}

static void stats_text(struct render *r, const void *what)
{
	const struct pdx_stats *s = what;
	stat_number(r, "articles", s->articles);
	stat_number(r, "takes", s->takes);
	stat_number(r, "companies", s->companies);
	stat_number(r, "categories", s->categories);
	stat_number(r, "personas", s->personas);
	stat_date(r, "first date", s->first_date);
	stat_date(r, "last date", s->last_date);
	stat_bytes(r, "text", s->text_bytes);
	stat_bytes(r, "file", s->file_bytes);
	stat_number(r, "generation", s->generation);
	stat_text(r, "language", s->language);
	stat_number(r, "analyzer", s->analyzer);
}

static void stats_tables(struct tables *out, const void *what)
{
	const struct pdx_stats *s = what;

	tables_begin(out, "stats", "The index");
	tables_number(out, "articles", s->articles);
	tables_number(out, "takes", s->takes);
	tables_number(out, "companies", s->companies);
	tables_number(out, "categories", s->categories);
	tables_number(out, "personas", s->personas);
	tables_day(out, "first_date", s->first_date);
	tables_day(out, "last_date", s->last_date);
	tables_number(out, "text_bytes", s->text_bytes);
	tables_number(out, "file_bytes", s->file_bytes);
	tables_number(out, "generation", s->generation);
	tables_text(out, "language", s->language);
	tables_number(out, "analyzer", s->analyzer);
	tables_end_row(out);
}

const struct record_kind record_stats = {
	.json = stats_json,
	.tables = stats_tables,
	.text = stats_text,
};

static json_t *check_json(const void *what)
{
	const struct render_check *check = what;
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.check/1"));
	json_put(&o, "ok", json_boolean(check->nproblems == 0));
	json_put(&o, "problems", json_texts(check->problems, check->nproblems));
	return o;
}

static void check_text(struct render *r, const void *what)
{
	const struct render_check *check = what;

	if (check->nproblems == 0)
		out_puts(r->out, "ok\n");
	for (size_t i = 0; i < check->nproblems; i++) {
		layout_line(r->out, check->problems[i], SIZE_MAX);
		out_putc(r->out, '\n');
	}
}

static void check_tables(struct tables *out, const void *what)
{
	const struct render_check *check = what;

	tables_begin(out, "problems", "Problems");
	tables_column(out, "problem", TABLE_TEXT);
	for (size_t i = 0; i < check->nproblems; i++) {
		tables_text(out, "problem", check->problems[i]);
		tables_end_row(out);
	}
}

const struct record_kind record_check = {
	.json = check_json,
	.tables = check_tables,
	.text = check_text,
};

static json_t *optimize_json(const void *what)
{
	const struct render_optimize *o = what;
	const struct pdx_optimized *done = o->done;
	json_t *doc = json_object();

	json_put(&doc, "schema", json_text("paneldex.optimize/1"));
	json_put(&doc, "changed", json_boolean(done->changed));
	json_put(&doc, "generation", json_number(done->generation));
	json_put(&doc, "bytes_before", json_number(done->bytes_before));
	json_put(&doc, "bytes_after", json_number(done->bytes_after));
	json_put(&doc, "segments_before", json_number(done->segments_before));
	json_put(&doc, "segments_after", json_number(done->segments_after));
	json_put(&doc, "terms_dropped", json_number(done->terms));
	json_put(&doc, "seconds", json_decimal(o->seconds));
	return doc;
}

static void optimize_text(struct render *r, const void *what)
{
	const struct render_optimize *o = what;
	const struct pdx_optimized *done = o->done;
	char before[32], after[32];

	term_bytes(before, sizeof(before), done->bytes_before);
	term_bytes(after, sizeof(after), done->bytes_after);
	if (!done->changed) {
		out_printf(r->out, "nothing to do: %s\n", after);
		return;
	}
	out_printf(r->out, "%s to %s (%.1f s)\n", before, after, o->seconds);
	if (done->segments_after < done->segments_before)
		out_printf(r->out, "%" PRIu64 " segments to %" PRIu64 "\n",
			   done->segments_before, done->segments_after);
	if (done->terms)
		out_printf(r->out, "%" PRIu64 " words dropped\n", done->terms);
}

static void optimize_tables(struct tables *out, const void *what)
{
	const struct render_optimize *o = what;
	const struct pdx_optimized *done = o->done;

	tables_begin(out, "optimize", "What was done");
	tables_text(out, "changed", done->changed ? "yes" : "no");
	tables_number(out, "generation", done->generation);
	tables_number(out, "bytes_before", done->bytes_before);
	tables_number(out, "bytes_after", done->bytes_after);
	tables_number(out, "segments_before", done->segments_before);
	tables_number(out, "segments_after", done->segments_after);
	tables_number(out, "terms_dropped", done->terms);
	tables_decimal(out, "seconds", o->seconds);
	tables_end_row(out);
}

const struct record_kind record_optimize = {
	.json = optimize_json,
	.tables = optimize_tables,
	.text = optimize_text,
};
