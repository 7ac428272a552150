/*
 * Trends.
 *
 * JSON, paneldex.trend/1:
 *
 *   {"schema", "query", "interval", "by", "periods":[...], "archive":[articles of each
 *    period], "series":[{"kind": query, value, other or missing, "name", "total",
 *      "undated", "share": of the archive over all periods, "counts":[...],
 *      "shares":[...], "bursts":[{"first", "last", "weight"}]}]}
 */
#include <inttypes.h>
#include <stdio.h>

#include "render/html_trend.h"
#include "render/json_record.h"
#include "render/json_value.h"
#include "render/record.h"
#include "render/term.h"
#include "report/trend.h"

#define GAP 2
#define NAME_COLUMNS 28

static const char *const kind_names[] = {
	[TREND_QUERY] = "query",
	[TREND_VALUE] = "value",
	[TREND_OTHER] = "other",
	[TREND_MISSING] = "missing",
};

static const char *name_of(const struct trend_series *s)
{
	if (s->kind == TREND_OTHER)
		return RENDER_OTHER;
	if (s->kind == TREND_MISSING)
		return RENDER_MISSING;
	return s->kind == TREND_QUERY && !*s->name ? "(all)" : s->name;
}

static json_t *bursts_json(const struct report_trend *t, const struct trend_series *s)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->nbursts; i++) {
		json_t *o = json_object();

		json_put(&o, "first", json_text(t->periods[s->bursts[i].first]));
		json_put(&o, "last", json_text(t->periods[s->bursts[i].last]));
		json_put(&o, "weight", json_decimal(s->bursts[i].weight));
		json_append(&array, o);
	}
	return array;
}

static json_t *series_json(const struct report_trend *t, const struct trend_series *s)
{
	json_t *o = json_object(), *counts = json_array(), *shares = json_array();

	for (size_t i = 0; i < t->nperiods; i++) {
		json_append(&counts, json_number(s->counts[i]));
		json_append(&shares, json_decimal(report_trend_share(t, s, i)));
	}
	json_put(&o, "kind", json_text(kind_names[s->kind]));
	json_put(&o, "name", json_text_or_null(s->name));
	json_put(&o, "total", json_number(s->total));
	json_put(&o, "undated", json_number(s->undated));
	json_put(&o, "share", json_decimal(report_trend_whole_share(t, s)));
	json_put(&o, "counts", counts);
	json_put(&o, "shares", shares);
	json_put(&o, "bursts", bursts_json(t, s));
	return o;
}

static json_t *trend_json(const void *what)
{
	const struct render_course *r = what;
	const struct report_trend *t = r->trend;
	json_t *o = json_object(), *archive = json_array(), *series = json_array();

	for (size_t i = 0; i < t->nperiods; i++)
		json_append(&archive, json_number(t->archive[i]));
	for (size_t i = 0; i < t->nseries; i++)
		json_append(&series, series_json(t, &t->series[i]));
	json_put(&o, "schema", json_text("paneldex.trend/1"));
	json_put(&o, "query", json_query(r->search));
	json_put(&o, "interval", json_text(t->interval));
	json_put(&o, "by", json_text_or_null(t->by));
	json_put(&o, "periods", json_texts(t->periods, t->nperiods));
	json_put(&o, "archive", archive);
	json_put(&o, "series", series);
	return o;
}

/* "trend": a row for each period of each series; "bursts". */
static void trend_tables(struct tables *out, const void *what)
{
	const struct report_trend *t = ((const struct render_course *)what)->trend;

	tables_begin(out, "trend", "Over time");
	tables_column(out, "period", TABLE_NUMBER);
	for (size_t i = 0; i < t->nperiods; i++) {
		for (size_t j = 0; j < t->nseries; j++) {
			const struct trend_series *s = &t->series[j];

			tables_text(out, "period", t->periods[i]);
			tables_text(out, "series", name_of(s));
			tables_number(out, "count", s->counts[i]);
			tables_decimal(out, "percent",
				       report_trend_share(t, s, i) * 100);
			tables_number(out, "archive", t->archive[i]);
			tables_end_row(out);
		}
	}
	tables_begin(out, "bursts", "Bursts");
	tables_column(out, "series", TABLE_TEXT);
	for (size_t j = 0; j < t->nseries; j++) {
		const struct trend_series *s = &t->series[j];

		for (size_t i = 0; i < s->nbursts; i++) {
			tables_text(out, "series", name_of(s));
			tables_text(out, "first", t->periods[s->bursts[i].first]);
			tables_text(out, "last", t->periods[s->bursts[i].last]);
			tables_decimal(out, "weight", s->bursts[i].weight);
			tables_end_row(out);
		}
	}
}

/* The counts as bars of an eighth to eight eighths of a line; nothing is a blank. */
static void put_spark(struct out *out, const struct trend_series *s, size_t n)
{
	static const char *const bars[] = {
		" ",
		"\xE2\x96\x81",
		"\xE2\x96\x82",
		"\xE2\x96\x83",
		"\xE2\x96\x84",
		"\xE2\x96\x85",
		"\xE2\x96\x86",
		"\xE2\x96\x87",
		"\xE2\x96\x88",
	};
	uint64_t most = 1;

	for (size_t i = 0; i < n; i++)
		most = s->counts[i] > most ? s->counts[i] : most;
	for (size_t i = 0; i < n; i++)
		out_puts(out, bars[(s->counts[i] * 8 + most - 1) / most]);
}

static void trend_text(struct render *r, const void *what)
{
	const struct report_trend *t = ((const struct render_course *)what)->trend;

	if (t->nperiods == 0) {
		out_puts(r->out, "no article has a date\n");
		return;
	}
	out_printf(r->out, "%s to %s by %s\n", t->periods[0],
		   t->periods[t->nperiods - 1], t->interval);
	for (size_t i = 0; i < t->nseries; i++) {
		const struct trend_series *s = &t->series[i];

		out_pad(r->out, GAP);
		out_pad(r->out, NAME_COLUMNS - layout_line(r->out, name_of(s),
							   NAME_COLUMNS - GAP));
		put_spark(r->out, s, t->nperiods);
		out_printf(r->out, "  %" PRIu64 " (%.1f%%)\n", s->total,
			   report_trend_whole_share(t, s) * 100);
	}
}

const struct record_kind record_course = {
	.json = trend_json,
	.tables = trend_tables,
	.html = html_put_trend,
	.text = trend_text,
};
