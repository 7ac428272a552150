/*
 * How often queries are found over time.
 *
 * JSON, paneldex.trend/1:
 *
 *   {"schema", "queries":[{"query", "total", "warnings"}], "index", "interval", "by":
 *    field or null, "rule": what a burst is, "periods":[{"period", "first_day",
 *    "archive": articles of the index in it}],
 *    "series":[{"kind": query, value, other or missing, "name": query or value or null,
 *      "total": the sum of "counts", "undated": articles beside them, "share": of the
 *      archive over all periods, "counts":[...], "shares":[...],
 *      "bursts":[{"first", "last", "weight"}]}]}
 *
 * As lines, paneldex.trend_point/1, and in the table: one for each series and period.
 */
#include "render/html_trend.h"
#include "render/json_record.h"
#include "render/json_value.h"
#include "render/markdown_trend.h"
#include "render/record.h"
#include "render/term_trend.h"
#include "report/trend.h"

static const char *kind_name(const struct trend_series *s)
{
	static const char *const names[] = {
		[TREND_QUERY] = "query",
		[TREND_VALUE] = "value",
		[TREND_OTHER] = "other",
		[TREND_MISSING] = "missing",
	};

	return names[s->kind];
}

static const struct burst *burst_at(const struct trend_series *s, size_t period)
{
	for (size_t i = 0; i < s->nbursts; i++)
		if (period >= s->bursts[i].first && period <= s->bursts[i].last)
			return &s->bursts[i];
	return NULL;
}

static json_t *queries_json(const struct render_trend *r)
{
	json_t *array = json_array();

	for (size_t i = 0; i < r->nsearches; i++) {
		json_t *o = json_object();

		json_put(&o, "query", json_query(&r->searches[i]));
		json_put(&o, "total", json_number(r->searches[i].total));
		json_put(&o, "warnings", json_warnings(&r->searches[i]));
		json_append(&array, o);
	}
	return array;
}

static json_t *rule_json(void)
{
	json_t *o = json_object();

	json_put(&o, "name", json_text("Kleinberg 2002, two states, batched arrivals"));
	json_put(&o, "s", json_decimal(BURSTS_S));
	json_put(&o, "gamma", json_decimal(BURSTS_GAMMA));
	return o;
}

static json_t *periods_json(const struct report_trend *t)
{
	json_t *array = json_array();

	for (size_t i = 0; i < t->nperiods; i++) {
		json_t *o = json_object();

		json_put(&o, "period", json_text(t->periods[i]));
		json_put(&o, "first_day", json_day(t->days[i]));
		json_put(&o, "archive", json_number(t->archive[i]));
		json_append(&array, o);
	}
	return array;
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
	json_put(&o, "kind", json_text(kind_name(s)));
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
	const struct render_trend *r = what;
	const struct report_trend *t = r->report;
	json_t *o = json_object(), *series = json_array();

	for (size_t i = 0; i < t->nseries; i++)
		json_append(&series, series_json(t, &t->series[i]));
	json_put(&o, "schema", json_text("paneldex.trend/1"));
	json_put(&o, "queries", queries_json(r));
	json_put(&o, "index", json_index(&r->searches[0]));
	json_put(&o, "interval", json_text(t->interval));
	json_put(&o, "by", json_text_or_null(t->by));
	json_put(&o, "rule", rule_json());
	json_put(&o, "periods", periods_json(t));
	json_put(&o, "series", series);
	return o;
}

static size_t trend_rows(const void *what)
{
	const struct report_trend *t = ((const struct render_trend *)what)->report;

	return t->nseries * t->nperiods;
}

static json_t *trend_row(const void *what, size_t i)
{
	const struct report_trend *t = ((const struct render_trend *)what)->report;
	const struct trend_series *s = &t->series[i / t->nperiods];
	size_t period = i % t->nperiods;
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.trend_point/1"));
	json_put(&o, "kind", json_text(kind_name(s)));
	json_put(&o, "name", json_text_or_null(s->name));
	json_put(&o, "interval", json_text(t->interval));
	json_put(&o, "period", json_text(t->periods[period]));
	json_put(&o, "count", json_number(s->counts[period]));
	json_put(&o, "archive", json_number(t->archive[period]));
	json_put(&o, "share", json_decimal(report_trend_share(t, s, period)));
	json_put(&o, "burst", json_boolean(burst_at(s, period) != NULL));
	return o;
}

static void trend_tables(struct tables *out, const void *what)
{
	static const struct table_column columns[] = {
		{ "kind", TABLE_TEXT },      { "name", TABLE_TEXT },
		{ "period", TABLE_NUMBER },  { "count", TABLE_NUMBER },
		{ "archive", TABLE_NUMBER }, { "share", TABLE_NUMBER },
		{ "burst", TABLE_NUMBER },
	};
	const struct report_trend *t = ((const struct render_trend *)what)->report;

	tables_begin(out, "trend", "Over time");
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		tables_column(out, columns[i].name, columns[i].kind);
	for (size_t i = 0; i < t->nseries * t->nperiods; i++) {
		const struct trend_series *s = &t->series[i / t->nperiods];
		size_t period = i % t->nperiods;
		const struct burst *burst = burst_at(s, period);

		tables_text(out, "kind", kind_name(s));
		tables_text(out, "name", s->name);
		tables_text(out, "period", t->periods[period]);
		tables_number(out, "count", s->counts[period]);
		tables_number(out, "archive", t->archive[period]);
		tables_decimal(out, "share", report_trend_share(t, s, period));
		if (burst)
			tables_decimal(out, "burst", burst->weight);
		tables_end_row(out);
	}
}

const struct record_kind record_trend = {
	.json = trend_json,
	.row = trend_row,
	.rows = trend_rows,
	.tables = trend_tables,
	.markdown = markdown_put_trend,
	.html = html_put_trend,
	.text = term_trend,
};
