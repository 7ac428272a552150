/*
 * From counts by period to series over time.  Knows results and the calendar; nothing
 * of how rows are found, nor of formats.
 */
#include "report/trend.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/period.h"
#include "query/fields.h"

/* A trend being made. */
struct trend_maker {
	struct report_trend *out;
	const struct trend_request *request;
	struct arena *arena;
	struct pdx_err *err;
	enum period_unit unit;
	int64_t first; /* number of the first period */
	uint64_t *archive;
};

static const struct pdx_facet *interval_facet(const struct pdx_result *result)
{
	size_t n;

	return pdx_result_facets(result, &n);
}

/* The number of the period that is called ${text}. */
static int64_t read_period(const struct trend_maker *m, const char *text)
{
	struct date_range range = { 0, 0 };

	/* The collector wrote it. */
	date_parse_period(&range, text, strlen(text), PDX_NO_DATE, NULL);
	return period_of(m->unit, range.first);
}

static void widen(int64_t *first, int64_t *last, int64_t period)
{
	*first = period < *first ? period : *first;
	*last = period > *last ? period : *last;
}

/* The first and the last period; the first is behind the last where there is none. */
static void find_range(int64_t *first, int64_t *last, const struct trend_maker *m,
		       const struct trend_source *sources, size_t n)
{
	const struct trend_request *r = m->request;

	*first = INT64_MAX;
	*last = INT64_MIN;
	for (size_t i = 0; i < n; i++) {
		const struct pdx_facet *f = interval_facet(sources[i].result);

		for (size_t j = 0; j < f->nvalues; j++)
			widen(first, last, read_period(m, f->values[j].value));
	}
	if (r->first != PDX_NO_DATE)
		*first = period_of(m->unit, r->first);
	if (r->last != PDX_NO_DATE)
		*last = period_of(m->unit, r->last);
}

static int make_periods(struct trend_maker *m, const struct trend_source *sources,
			size_t n)
{
	int64_t first, last;
	const char **periods;
	char text[PERIOD_TEXT];
	int32_t *days;
	size_t i;

	find_range(&first, &last, m, sources, n);
	m->first = first;
	if (first > last || last == INT64_MIN || first == INT64_MAX)
		return 0;
	if (last - first >= TREND_PERIODS)
		return err_set(m->err, PDX_E_USAGE,
			       "that is %lld periods, more than %d; choose a longer "
			       "interval or fewer days",
			       (long long)(last - first + 1), TREND_PERIODS);
	m->out->nperiods = (size_t)(last - first) + 1;
	periods = arena_array(m->arena, m->out->nperiods, sizeof(*periods));
	days = arena_array(m->arena, m->out->nperiods, sizeof(*days));
	if (!periods || !days)
		return err_nomem(m->err);
	for (i = 0; i < m->out->nperiods; i++) {
		days[i] = period_first(m->unit, first + (int64_t)i);
		periods[i] = arena_strdup(
			m->arena, period_format(text, m->unit, first + (int64_t)i));
		if (!periods[i])
			return err_nomem(m->err);
	}
	m->out->periods = periods;
	m->out->days = days;
	return 0;
}

/* Add ${count} to what counts[] has of the period called ${text}. */
static void add(uint64_t *counts, const struct trend_maker *m, const char *text,
		uint64_t count)
{
	int64_t at = read_period(m, text) - m->first;

	if (at >= 0 && (uint64_t)at < m->out->nperiods)
		counts[at] += count;
}

static int count_facet(uint64_t **counts, const struct trend_maker *m,
		       const struct pdx_facet *f)
{
	*counts = arena_array(m->arena, m->out->nperiods + 1, sizeof(**counts));
	if (!*counts)
		return err_nomem(m->err);
	for (size_t i = 0; i < f->nvalues; i++)
		add(*counts, m, f->values[i].value, f->values[i].count);
	return 0;
}

/* The sum over the periods, and the bursts, of a series that has its counts. */
static int finish_series(struct trend_series *s, const struct trend_maker *m)
{
	for (size_t i = 0; i < m->out->nperiods; i++)
		s->total += s->counts[i];
	return bursts_find(&s->bursts, &s->nbursts, m->arena, s->counts, m->archive,
			   m->out->nperiods, m->err);
}

static int make_query_series(struct trend_series *out, const struct trend_maker *m,
			     const struct trend_source *source)
{
	const struct pdx_facet *f = interval_facet(source->result);
	uint64_t *counts;
	int status = count_facet(&counts, m, f);

	*out = (struct trend_series){ .kind = TREND_QUERY,
				      .name = source->query,
				      .counts = counts,
				      .undated = f->missing };
	return status ? status : finish_series(out, m);
}

/* Which series a line of the pivot belongs to. */
static size_t series_of(const struct pdx_pivot *p, size_t row, size_t kept)
{
	if (row == p->rows.nvalues)
		return kept + 1;
	return row < kept ? row : kept;
}

static void name_series(struct trend_series *s, const struct pdx_pivot *p, size_t kept)
{
	for (size_t i = 0; i < kept; i++) {
		s[i].kind = TREND_VALUE;
		s[i].name = p->rows.values[i].value;
	}
	s[kept].kind = TREND_OTHER;
	s[kept + 1].kind = TREND_MISSING;
}

/* A series for each of the ${kept} values, for the others and for those without. */
static int make_value_series(struct trend_series *s, const struct trend_maker *m,
			     const struct pdx_pivot *p, size_t kept)
{
	uint64_t **counts = arena_array(m->arena, kept + 2, sizeof(*counts));
	int status = counts ? 0 : err_nomem(m->err);

	name_series(s, p, kept);
	for (size_t i = 0; i < kept + 2 && !status; i++) {
		counts[i] =
			arena_array(m->arena, m->out->nperiods + 1, sizeof(**counts));
		s[i].counts = counts[i];
		status = counts[i] ? 0 : err_nomem(m->err);
	}
	for (size_t i = 0; i < p->ncells && !status; i++) {
		const struct pdx_pivot_cell *cell = &p->cells[i];
		size_t at = series_of(p, cell->row, kept);

		if (cell->column == p->columns.nvalues)
			s[at].undated += cell->count;
		else
			add(counts[at], m, p->columns.values[cell->column].value,
			    cell->count);
	}
	for (size_t i = 0; i < kept + 2 && !status; i++)
		status = finish_series(&s[i], m);
	return status;
}

static int make_series(struct trend_maker *m, const struct trend_source *sources,
		       size_t n)
{
	const struct pdx_pivot *p = NULL;
	size_t top = m->request->top ? m->request->top : TREND_TOP, kept = 0, i;
	struct trend_series *series;
	int status = 0;

	if (m->request->by) {
		p = pdx_result_pivots(sources[0].result, &i);
		kept = p->rows.nvalues < top ? p->rows.nvalues : top;
	}
	series = arena_array(m->arena, n + kept + 2, sizeof(*series));
	if (!series)
		return err_nomem(m->err);
	for (i = 0; i < n && !status; i++)
		status = make_query_series(&series[i], m, &sources[i]);
	m->out->series = series;
	m->out->nseries = n + (p ? kept + 2 : 0);
	return status || !p ? status : make_value_series(series + n, m, p, kept);
}

int report_trend_make(struct report_trend *out, struct arena *arena,
		      const struct trend_source *sources, size_t n,
		      const struct pdx_result *archive,
		      const struct trend_request *request, struct pdx_err *err)
{
	const struct field *field =
		field_find(request->interval, strlen(request->interval));
	struct trend_maker m = { out, request, arena, err, PERIOD_DAY, 0, NULL };
	int status;

	*out = (struct report_trend){ .interval = request->interval,
				      .by = request->by };
	if (!field || field->kind != FIELD_KIND_PERIOD)
		return err_set(err, PDX_E_USAGE, "\"%s\" is no interval",
			       request->interval);
	m.unit = field_unit(field->id);
	status = make_periods(&m, sources, n);
	if (!status)
		status = count_facet(&m.archive, &m, interval_facet(archive));
	out->archive = m.archive;
	return status ? status : make_series(&m, sources, n);
}

double report_trend_share(const struct report_trend *trend,
			  const struct trend_series *series, size_t i)
{
	return trend->archive[i] ? (double)series->counts[i] / (double)trend->archive[i]
				 : 0;
}

double report_trend_whole_share(const struct report_trend *trend,
				const struct trend_series *series)
{
	double archive = 0;

	for (size_t i = 0; i < trend->nperiods; i++)
		archive += (double)trend->archive[i];
	return archive > 0 ? (double)series->total / archive : 0;
}
