/*
 * From what the collector counted to what is shown of it.  Knows results and the
 * calendar; nothing of how rows are found, nor of formats.
 */
#include "report/facets.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/period.h"
#include "query/fields.h"
#include "text/analyze.h"

/* A facet being made, and where each of the counted values comes to stand in it. */
struct axis {
	struct report_facet *out;
	const struct pdx_facet *from;
	size_t *places; /* from->nvalues entries; OTHER: not kept */
	struct arena *arena;
	struct pdx_err *err;
};

#define OTHER SIZE_MAX

/* A counted value on its way into an order. */
struct entry {
	size_t from;     /* number in the counted facet */
	int64_t period;  /* of a period */
	const char *key; /* what texts are ordered by */
};

static int by_period(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return (x->period > y->period) - (x->period < y->period);
}

static int by_key(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	/* Names of one key keep the order of their counts. */
	return order ? order : (x->from > y->from) - (x->from < y->from);
}

static int begin(struct axis *a, size_t room, struct pdx_facet_value **values)
{
	const struct pdx_facet *from = a->from;
	size_t i;

	*values = arena_array(a->arena, room + 1, sizeof(**values));
	a->places = arena_array(a->arena, from->nvalues + 1, sizeof(*a->places));
	if (!*values || !a->places)
		return err_nomem(a->err);
	for (i = 0; i < from->nvalues; i++)
		a->places[i] = OTHER;
	a->out->values = *values;
	return 0;
}

/* Give counted value number ${from} the next place. */
static void keep(struct axis *a, struct pdx_facet_value *values, size_t from)
{
	a->places[from] = a->out->nvalues;
	values[a->out->nvalues++] = a->from->values[from];
}

static void sum_others(struct axis *a)
{
	size_t i;

	for (i = 0; i < a->from->nvalues; i++)
		if (a->places[i] == OTHER) {
			a->out->other += a->from->values[i].count;
			a->out->nothers++;
		}
}

/* The first ${n} of ${entries}, in their order. */
static int keep_entries(struct axis *a, const struct entry *entries, size_t n)
{
	struct pdx_facet_value *values;
	size_t i;
	int status = begin(a, n, &values);

	for (i = 0; i < n && !status; i++)
		keep(a, values, entries[i].from);
	return status;
}

static int fold_keys(struct axis *a, struct entry *entries, size_t n)
{
	struct buf key;
	size_t i;

	buf_init(&key, 0);
	for (i = 0; i < n; i++) {
		const char *value = a->from->values[entries[i].from].value;

		buf_reset(&key);
		fold_key(&key, value, strlen(value));
		entries[i].key = arena_dup(a->arena, buf_str(&key), key.len);
		if (!entries[i].key || !buf_ok(&key))
			break;
	}
	buf_release(&key);
	return i < n ? err_nomem(a->err) : 0;
}

/* The most frequent values: as they were counted, or A to Z. */
static int make_frequent(struct axis *a, struct entry *entries, size_t top,
			 bool by_value)
{
	size_t n = a->from->nvalues < top ? a->from->nvalues : top;
	int status = 0;

	if (by_value && n) {
		status = fold_keys(a, entries, n);
		if (!status)
			qsort(entries, n, sizeof(*entries), by_key);
	}
	return status ? status : keep_entries(a, entries, n);
}

/* The numbers of the first and the last period to be there; false: there is none. */
static bool find_range(int64_t *first, int64_t *last, enum period_unit unit,
		       const struct entry *entries, size_t n,
		       const struct facets_request *request)
{
	bool from = request->first != PDX_NO_DATE, to = request->last != PDX_NO_DATE;

	if (!n && !(from && to))
		return false;
	*first = n ? entries[0].period : period_of(unit, request->first);
	*last = n ? entries[n - 1].period : period_of(unit, request->last);
	if (from && period_of(unit, request->first) < *first)
		*first = period_of(unit, request->first);
	if (to && period_of(unit, request->last) > *last)
		*last = period_of(unit, request->last);
	return *first <= *last;
}

/* All periods from ${first} to ${last}. */
static int fill(struct axis *a, enum period_unit unit, const struct entry *entries,
		size_t n, int64_t first, int64_t last)
{
	struct pdx_facet_value *values;
	char text[PERIOD_TEXT];
	size_t next = 0;
	int64_t period;
	int status = begin(a, (size_t)(last - first) + 1, &values);

	while (next < n && entries[next].period < first)
		next++;
	for (period = first; period <= last && !status; period++) {
		if (next < n && entries[next].period == period) {
			keep(a, values, entries[next++].from);
			continue;
		}
		values[a->out->nvalues].value =
			arena_strdup(a->arena, period_format(text, unit, period));
		if (!values[a->out->nvalues++].value)
			status = err_nomem(a->err);
	}
	return status;
}

static int make_periods(struct axis *a, enum period_unit unit, struct entry *entries,
			const struct facets_request *request)
{
	size_t n = a->from->nvalues;
	int64_t first, last;

	if (n)
		qsort(entries, n, sizeof(*entries), by_period);
	if (!find_range(&first, &last, unit, entries, n, request))
		return keep_entries(a, entries, 0);
	if (request->top && (uint64_t)(last - first) >= request->top)
		first = last - (int64_t)request->top + 1;
	a->out->has_gaps = last - first >= FACETS_PERIODS;
	if (!a->out->has_gaps)
		return fill(a, unit, entries, n, first, last);
	while (n && entries->period < first) {
		entries++;
		n--;
	}
	return keep_entries(a, entries, n);
}

static int read_periods(struct axis *a, enum period_unit unit, struct entry *entries)
{
	struct date_range range = { 0, 0 };
	size_t i;
	int status = 0;

	for (i = 0; i < a->from->nvalues && !status; i++) {
		const char *text = a->from->values[i].value;

		status = date_parse_period(&range, text, strlen(text), PDX_NO_DATE,
					   a->err);
		entries[i].period = period_of(unit, range.first);
	}
	return status;
}

static int make_axis(struct axis *a, const struct facets_request *request)
{
	const struct pdx_facet *from = a->from;
	const struct field *field = field_find(from->field, strlen(from->field));
	bool is_period = field->kind == FIELD_KIND_PERIOD;
	bool by_value = request->order == FACETS_BY_VALUE ||
			(is_period && request->order == FACETS_USUAL);
	size_t top = request->top ? request->top : is_period ? SIZE_MAX : FACETS_TOP;
	struct entry *entries = calloc(from->nvalues + 1, sizeof(*entries));
	size_t i;
	int status = 0;

	if (!entries)
		return err_nomem(a->err);
	*a->out = (struct report_facet){ .field = from->field,
					 .is_period = is_period,
					 .missing = from->missing,
					 .total = from->total };
	for (i = 0; i < from->nvalues; i++)
		entries[i].from = i;
	if (is_period && by_value) {
		status = read_periods(a, field_unit(field->id), entries);
		if (!status)
			status = make_periods(a, field_unit(field->id), entries,
					      request);
	} else {
		status = make_frequent(a, entries, top, by_value);
	}
	if (!status)
		sum_others(a);
	free(entries);
	return status;
}

/* Where what stands at ${at} of the counted facet stands in the made one. */
static size_t line_of(const struct axis *a, size_t at)
{
	if (at == a->from->nvalues)
		return a->out->nvalues + 1;
	return a->places[at] == OTHER ? a->out->nvalues : a->places[at];
}

static int fill_cells(struct report_pivot *out, const struct pdx_pivot *from,
		      const struct axis *rows, const struct axis *columns)
{
	size_t width = out->columns.nvalues + 2, height = out->rows.nvalues + 2, i;
	uint64_t *cells;

	if (height > FACETS_CELLS / width)
		return err_set(rows->err, PDX_E_USAGE,
			       "%s by %s is a table of %zu by %zu; say how many values "
			       "to keep",
			       out->rows.field, out->columns.field, out->rows.nvalues,
			       out->columns.nvalues);
	cells = arena_array(rows->arena, height * width, sizeof(*cells));
	if (!cells)
		return err_nomem(rows->err);
	for (i = 0; i < from->ncells; i++) {
		const struct pdx_pivot_cell *cell = &from->cells[i];
		size_t row = line_of(rows, cell->row);
		size_t column = line_of(columns, cell->column);
		uint64_t *sum = &cells[row * width + column];

		*sum += cell->count;
		if (row < out->rows.nvalues &&
		    column<out->columns.nvalues && * sum> out->most)
			out->most = *sum;
	}
	out->cells = cells;
	return 0;
}

static int make_pivot(struct report_pivot *out, struct arena *arena,
		      const struct pdx_pivot *from,
		      const struct facets_request *request, struct pdx_err *err)
{
	struct axis rows = { &out->rows, &from->rows, NULL, arena, err };
	struct axis columns = { &out->columns, &from->columns, NULL, arena, err };
	int status = make_axis(&rows, request);

	if (!status)
		status = make_axis(&columns, request);
	return status ? status : fill_cells(out, from, &rows, &columns);
}

static uint64_t counted(const struct pdx_result *result, enum pdx_count_by count_by)
{
	switch (count_by) {
	case PDX_COUNT_TAKES:
		return pdx_result_takes(result);
	case PDX_COUNT_STORIES:
		return pdx_result_stories(result);
	default:
		return pdx_result_total(result);
	}
}

int report_facets_make(struct report_facets *out, struct arena *arena,
		       const struct pdx_result *result,
		       const struct facets_request *request, struct pdx_err *err)
{
	const struct pdx_facet *facets = pdx_result_facets(result, &out->nfacets);
	const struct pdx_pivot *pivots = pdx_result_pivots(result, &out->npivots);
	struct report_facet *made = arena_array(arena, out->nfacets + 1, sizeof(*made));
	struct report_pivot *crossed =
		arena_array(arena, out->npivots + 1, sizeof(*crossed));
	size_t i;
	int status = made && crossed ? 0 : err_nomem(err);

	out->total = pdx_result_total(result);
	out->count_by = request->count_by;
	out->counted = counted(result, request->count_by);
	out->facets = made;
	out->pivots = crossed;
	for (i = 0; i < out->nfacets && !status; i++) {
		struct axis a = { &made[i], &facets[i], NULL, arena, err };

		status = make_axis(&a, request);
	}
	for (i = 0; i < out->npivots && !status; i++)
		status = make_pivot(&crossed[i], arena, &pivots[i], request, err);
	return status;
}

uint64_t report_pivot_cell(const struct report_pivot *pivot, size_t row, size_t column)
{
	return pivot->cells[row * (pivot->columns.nvalues + 2) + column];
}
