/* Trends and bursts: the cheapest states, sums that agree with searches, no gaps. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/period.h"
#include "report/bursts.h"
#include "report/trend.h"
#include "world.h"

enum { BATCHES = 9, ROUNDS = 400 };

/* What the paper's formula makes of one sequence of states, the bits of ${states}. */
static double sequence_cost(unsigned states, const uint64_t *r, const uint64_t *d,
			    double p0)
{
	double sum = 0;
	unsigned before = 0;

	for (size_t t = 0; t < BATCHES; t++) {
		unsigned now = states >> t & 1;
		double p = now ? BURSTS_S * p0 : p0;
		double ways = lgamma((double)d[t] + 1) - lgamma((double)r[t] + 1) -
			      lgamma((double)(d[t] - r[t]) + 1);

		sum -= ways + (double)r[t] * log(p) +
		       (double)(d[t] - r[t]) * log(1 - p);
		if (now && !before)
			sum += BURSTS_GAMMA * log(BATCHES);
		before = now;
	}
	return sum;
}

static unsigned states_of(const struct burst *bursts, size_t n)
{
	unsigned states = 0;

	for (size_t i = 0; i < n; i++) {
		assert_true(bursts[i].weight > 0);
		for (size_t t = bursts[i].first; t <= bursts[i].last; t++)
			states |= 1u << t;
	}
	return states;
}

static void bursts_are_the_cheapest_of_all_sequences(void **state)
{
	size_t seen = 0;

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint64_t r[BATCHES], d[BATCHES], sum_r = 0, sum_d = 0;
		struct arena arena = { 0 };
		const struct burst *bursts;
		double best = INFINITY, p0;
		unsigned states;
		size_t n;

		for (size_t t = 0; t < BATCHES; t++) {
			d[t] = below(40);
			r[t] = d[t] ? below((unsigned)d[t] + 1) / (1 + below(6)) : 0;
			sum_r += r[t];
			sum_d += d[t];
		}
		assert_int_equal(bursts_find(&bursts, &n, &arena, r, d, BATCHES, NULL),
				 0);
		p0 = sum_d ? (double)sum_r / (double)sum_d : 0;
		if (sum_r && BURSTS_S * p0 < 1) {
			for (states = 0; states < 1u << BATCHES; states++)
				best = fmin(best, sequence_cost(states, r, d, p0));
			states = states_of(bursts, n);
			if (fabs(sequence_cost(states, r, d, p0) - best) > 1e-9)
				fail_msg("round %u: %g, not %g", round,
					 sequence_cost(states, r, d, p0), best);
		} else {
			assert_int_equal(n, 0);
		}
		seen += n;
		arena_release(&arena);
	}
	assert_true(seen > ROUNDS / 4);
}

static void a_burst_is_found_where_it_is(void **state)
{
	static const uint64_t r[] = { 2, 1, 2, 12, 14, 2, 1, 2, 1, 2 };
	static const uint64_t d[] = { 50, 50, 50, 50, 50, 50, 50, 50, 50, 50 };
	struct arena arena = { 0 };
	const struct burst *bursts;
	size_t n;

	(void)state;
	assert_int_equal(bursts_find(&bursts, &n, &arena, r, d, COUNT(r), NULL), 0);
	assert_int_equal(n, 1);
	assert_int_equal(bursts[0].first, 3);
	assert_int_equal(bursts[0].last, 4);
	/* No more of it than of everything else: the archive grew, not the interest. */
	assert_int_equal(bursts_find(&bursts, &n, &arena, d, d, COUNT(r), NULL), 0);
	assert_int_equal(n, 0);
	assert_int_equal(bursts_find(&bursts, &n, &arena, r, d, 0, NULL), 0);
	assert_int_equal(n, 0);
	arena_release(&arena);
}

static const char *const intervals[] = { "year", "quarter", "month", "week", "day" };

struct asked {
	struct pdx_query *query;
	struct pdx_result *result;
};

static void ask(struct asked *a, struct world *w, const char *text,
		const char *interval, const char *by)
{
	const struct pdx_cross cross = { by, interval };
	struct pdx_search how = { .facet_values = SIZE_MAX,
				  .facets = &interval,
				  .nfacets = 1,
				  .pivots = &cross,
				  .npivots = by != NULL };
	struct pdx_err err;

	if (pdx_query_parse(&a->query, text, strlen(text), TODAY, &err) ||
	    pdx_search(&a->result, w->index, a->query, &how, &err))
		fail_msg("%s: %s", text, err.message);
}

static void asked_release(struct asked *a)
{
	pdx_result_free(a->result);
	pdx_query_free(a->query);
}

/* Each period's count of the archive is what is published in it. */
static void check_archive(const struct world *w, const struct report_trend *t)
{
	for (size_t i = 0; i < t->nperiods; i++) {
		struct date_range range;
		uint64_t count = 0;

		assert_int_equal(date_parse_period(&range, t->periods[i],
						   strlen(t->periods[i]), TODAY, NULL),
				 0);
		assert_int_equal(range.first, t->days[i]);
		if (i) /* no gap */
			assert_true(t->days[i] > t->days[i - 1] &&
				    range.first - t->days[i - 1] <= 366);
		for (size_t j = 0; j < ARTICLES; j++)
			count += w->articles[j].date >= range.first &&
				 w->articles[j].date <= range.last;
		assert_int_equal(t->archive[i], count);
	}
}

static void check_series(const struct report_trend *t, const struct trend_series *s)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < t->nperiods; i++) {
		sum += s->counts[i];
		assert_true(report_trend_share(t, s, i) <= 1 || t->by);
	}
	assert_int_equal(sum, s->total);
}

static void trends_add_up_to_their_searches(void **state)
{
	static const char *const queries[] = { "", "model", "take(drift)", "nowhere",
					       "date:2024-11.. chip" };
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(queries) * COUNT(intervals); i++) {
		const char *interval = intervals[i / COUNT(queries)];
		struct trend_request request = { interval, NULL, 0, PDX_NO_DATE,
						 PDX_NO_DATE };
		struct trend_source sources[2] = {
			{ queries[i % COUNT(queries)], NULL }, { "drift", NULL }
		};
		struct asked one, other, all;
		struct arena arena = { 0 };
		struct report_trend t;

		ask(&one, w, sources[0].query, interval, NULL);
		ask(&other, w, sources[1].query, interval, NULL);
		ask(&all, w, "", interval, NULL);
		sources[0].result = one.result;
		sources[1].result = other.result;
		assert_int_equal(report_trend_make(&t, &arena, sources, 2, all.result,
						   &request, NULL),
				 0);
		assert_int_equal(t.nseries, 2);
		check_archive(w, &t);
		for (size_t j = 0; j < 2; j++) {
			check_series(&t, &t.series[j]);
			assert_string_equal(t.series[j].name, sources[j].query);
			assert_int_equal(t.series[j].total + t.series[j].undated,
					 pdx_result_total(sources[j].result));
		}
		arena_release(&arena);
		asked_release(&one);
		asked_release(&other);
		asked_release(&all);
	}
}

/* Of a field with one value, its series make up the query's in every period. */
static void the_series_of_a_field_make_up_the_whole(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(intervals) * 3; i++) {
		const char *interval = intervals[i / 3];
		struct trend_request request = { interval, "category", i % 3,
						 PDX_NO_DATE, PDX_NO_DATE };
		struct trend_source source = { "model", NULL };
		struct asked one, all;
		struct arena arena = { 0 };
		struct report_trend t;

		ask(&one, w, source.query, interval, "category");
		ask(&all, w, "", interval, NULL);
		source.result = one.result;
		assert_int_equal(report_trend_make(&t, &arena, &source, 1, all.result,
						   &request, NULL),
				 0);
		assert_int_equal(t.nseries, 1 + (i % 3 ? i % 3 : 3) + 2);
		for (size_t p = 0; p < t.nperiods; p++) {
			uint64_t sum = 0;

			for (size_t s = 1; s < t.nseries; s++)
				sum += t.series[s].counts[p];
			assert_int_equal(sum, t.series[0].counts[p]);
		}
		assert_int_equal(t.series[t.nseries - 2].kind, TREND_OTHER);
		assert_int_equal(t.series[t.nseries - 1].kind, TREND_MISSING);
		arena_release(&arena);
		asked_release(&one);
		asked_release(&all);
	}
}

static void a_trend_reaches_from_and_to_the_days_asked_for(void **state)
{
	/* 2024-10-04 is day 20000, where the archive begins. */
	struct trend_request request = { "month", NULL, 0, 19900, 20100 };
	struct trend_source source = { "nowhere", NULL };
	struct world *w = *state;
	struct arena arena = { 0 };
	struct asked one, all;
	struct report_trend t;

	ask(&one, w, source.query, "month", NULL);
	ask(&all, w, "", "month", NULL);
	source.result = one.result;
	assert_int_equal(
		report_trend_make(&t, &arena, &source, 1, all.result, &request, NULL),
		0);
	assert_int_equal(t.nperiods, 8);
	assert_string_equal(t.periods[0], "2024-06");
	assert_string_equal(t.periods[7], "2025-01");
	request.first = request.last = PDX_NO_DATE;
	assert_int_equal(
		report_trend_make(&t, &arena, &source, 1, all.result, &request, NULL),
		0);
	assert_int_equal(t.nperiods, 0);
	assert_int_equal(t.nseries, 1);
	request.first = DATE_MIN;
	request.last = DATE_MAX;
	assert_int_equal(
		report_trend_make(&t, &arena, &source, 1, all.result, &request, NULL),
		PDX_E_USAGE);
	arena_release(&arena);
	asked_release(&one);
	asked_release(&all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bursts_are_the_cheapest_of_all_sequences),
		cmocka_unit_test(a_burst_is_found_where_it_is),
		cmocka_unit_test(trends_add_up_to_their_searches),
		cmocka_unit_test(the_series_of_a_field_make_up_the_whole),
		cmocka_unit_test(a_trend_reaches_from_and_to_the_days_asked_for),
	};

	return cmocka_run_group_tests(tests, world_set_up, world_tear_down);
}
