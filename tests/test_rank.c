/* The arithmetic of ranking, against values worked out by hand. */
#include <math.h>

#include "harness.h"
#include "paneldex.h"
#include "rank/bm25f.h"

static void short_lengths_are_kept_exactly(void **state)
{
	uint32_t n;

	(void)state;
	for (n = 0; n < 24; n++)
		assert_int_equal(rank_length(rank_quantise(n)), n);
}

static void long_lengths_are_kept_to_within_seven_percent(void **state)
{
	uint32_t n;

	(void)state;
	for (n = 24; n < 2000000; n += 1 + n / 97) {
		double kept = rank_length(rank_quantise(n));

		if (fabs(kept - n) > 0.07 * n)
			fail_msg("%u tokens are kept as %.0f", n, kept);
	}
}

static void a_longer_field_never_has_a_smaller_code(void **state)
{
	uint8_t last = 0, code;
	uint32_t n;

	(void)state;
	for (n = 0; n < 100000; n++) {
		code = rank_quantise(n);
		assert_true(code >= last);
		last = code;
	}
	assert_int_equal(rank_quantise(UINT32_MAX), UINT8_MAX);
}

static void a_term_that_every_article_has_still_weighs_something(void **state)
{
	(void)state;
	assert_true(rank_idf(1000, 1000) > 0);
	assert_true(rank_idf(1000, 1) > rank_idf(1000, 2));
	/* a bound of a df may be more than there are articles */
	assert_true(fabs(rank_idf(10, 99) - rank_idf(10, 10)) < 1e-12);
	/* ln(1 + (1000 - 10 + 0.5) / 10.5) */
	assert_true(fabs(rank_idf(1000, 10) - 4.557380) < 1e-6);
}

static void a_score_is_the_formula(void **state)
{
	static const double avglen[TEXT_COLUMNS] = { [COLUMN_TITLE] = 10,
						     [COLUMN_BODY] = 20 };
	static const struct pdx_profile profile = {
		.k1 = 1.2,
		.weight = { [PDX_TEXT_TITLE] = 2, [PDX_TEXT_BODY] = 1 },
		.b = { [PDX_TEXT_TITLE] = 0.75, [PDX_TEXT_BODY] = 0.5 },
	};
	const uint32_t tf[TEXT_COLUMNS] = { [COLUMN_TITLE] = 1, [COLUMN_BODY] = 2 };
	uint8_t len[TEXT_COLUMNS] = { 0 };
	struct rank_norms norms;
	double sum;

	(void)state;
	len[COLUMN_TITLE] = rank_quantise(5);
	len[COLUMN_BODY] = rank_quantise(20);
	rank_norms_init(&norms, &profile, avglen);
	/* title 2 * 1 / (0.25 + 0.75 * 0.5) = 3.2; body 1 * 2 / 1 = 2 */
	sum = 3.2 + 2;
	assert_true(fabs(rank_term(&norms, 3.0, tf, len) - 3 * sum / (1.2 + sum)) <
		    1e-5);
}

static void a_score_halves_with_each_half_life(void **state)
{
	(void)state;
	assert_true(fabs(rank_recency(1000, 1030, 30) - 0.5) < 1e-12);
	assert_true(fabs(rank_recency(1000, 1060, 30) - 0.25) < 1e-12);
	assert_true(rank_recency(1001, 1000, 30) == 1.0);
	assert_true(rank_recency(PDX_NO_DATE, 1000, 30) == 1.0);
	assert_true(rank_recency(1, 1000, 0) == 1.0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_lengths_are_kept_exactly),
		cmocka_unit_test(long_lengths_are_kept_to_within_seven_percent),
		cmocka_unit_test(a_longer_field_never_has_a_smaller_code),
		cmocka_unit_test(a_term_that_every_article_has_still_weighs_something),
		cmocka_unit_test(a_score_is_the_formula),
		cmocka_unit_test(a_score_halves_with_each_half_life),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
