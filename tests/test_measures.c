/* Measures of rankings, against values worked out by hand from trec_eval's formulas. */
#include <math.h>

#include "harness.h"
#include "rank/measures.h"

static void assert_near(double got, double want, const char *what)
{
	if (fabs(got - want) > 1e-6)
		fail_msg("%s is %.7f, not %.7f", what, got, want);
}

static void the_measures_are_those_of_trec_eval(void **state)
{
	/* three relevant, one of them not found; one judged and not relevant */
	static const int found[] = { 0, 2, 0, 1, 0 }, judged[] = { 1, 0, 2, 3 };
	double m[MEASURES];

	(void)state;
	measures_of(m, found, 5, judged, 4);
	/* (2 / log2 3 + 1 / log2 5) / (3 + 2 / log2 3 + 1 / 2) */
	assert_near(m[MEASURE_NDCG_10], 0.3554360, "ndcg@10");
	assert_near(m[MEASURE_MAP], (1.0 / 2 + 2.0 / 4) / 3, "map");
	assert_near(m[MEASURE_RECALL_100], 2.0 / 3, "recall@100");
	assert_near(m[MEASURE_MRR], 0.5, "mrr");
	assert_near(m[MEASURE_P_10], 0.2, "p@10");
}

static void cuts_end_where_their_names_say(void **state)
{
	static int found[MEASURES_RUN];
	static const int judged[] = { 1, 1, 1 };
	double m[MEASURES];

	(void)state;
	found[10] = found[99] = found[100] = 1;
	measures_of(m, found, MEASURES_RUN, judged, 3);
	assert_near(m[MEASURE_NDCG_10], 0, "ndcg@10");
	assert_near(m[MEASURE_P_10], 0, "p@10");
	assert_near(m[MEASURE_RECALL_100], 2.0 / 3, "recall@100");
	assert_near(m[MEASURE_MRR], 1.0 / 11, "mrr");
	assert_near(m[MEASURE_MAP], (1.0 / 11 + 2.0 / 100 + 3.0 / 101) / 3, "map");
}

static void a_perfect_ranking_is_one_and_nothing_judged_is_zero(void **state)
{
	static const int found[] = { 3, 2, 1 }, judged[] = { 1, 2, 3, 0, -1 };
	double m[MEASURES];

	(void)state;
	measures_of(m, found, 3, judged, 5);
	assert_near(m[MEASURE_NDCG_10], 1, "ndcg@10");
	assert_near(m[MEASURE_MAP], 1, "map");
	measures_of(m, found, 3, judged + 3, 2);
	for (int i = 0; i < MEASURES; i++)
		assert_near(m[i], 0, measure_names[i]);
}

static void only_the_best_ten_judgements_are_ideal(void **state)
{
	static const int found[] = { 1 };
	static int judged[30];
	double m[MEASURES], ideal = 0;

	(void)state;
	for (int i = 0; i < 30; i++)
		judged[i] = i % 3;
	for (int i = 0; i < 10; i++)
		ideal += 2 / log2(i + 2);
	measures_of(m, found, 1, judged, 30);
	assert_near(m[MEASURE_NDCG_10], 1 / ideal, "ndcg@10");
}

static void what_differs_everywhere_is_no_chance(void **state)
{
	double a[40], b[40];

	(void)state;
	for (int i = 0; i < 40; i++) {
		a[i] = 0.5 + i * 0.001;
		b[i] = a[i] - 0.1;
	}
	assert_true(measures_p_value(a, b, 40) < 0.001);
	assert_near(measures_p_value(a, a, 40), 1, "the same twice");
	for (int i = 0; i < 40; i++)
		b[i] = a[i] + (i % 2 ? 0.1 : -0.1);
	assert_true(measures_p_value(a, b, 40) > 0.5);
	/* two pairs that differ alike: half of the four assignments are as far */
	b[0] = a[0] - 0.1;
	b[1] = a[1] - 0.1;
	assert_true(fabs(measures_p_value(a, b, 2) - 0.5) < 0.03);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_measures_are_those_of_trec_eval),
		cmocka_unit_test(cuts_end_where_their_names_say),
		cmocka_unit_test(a_perfect_ranking_is_one_and_nothing_judged_is_zero),
		cmocka_unit_test(only_the_best_ten_judgements_are_ideal),
		cmocka_unit_test(what_differs_everywhere_is_no_chance),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
