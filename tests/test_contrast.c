/*
 * Differences of counts.  The values of the tables were worked out with 50 decimal
 * digits by other forms of the same formulas: G2 as the entropy of the table, the odds
 * straight from the paper; the corrected p are those of Benjamini and Hochberg's own
 * example.
 */
#include "harness.h"

#include <math.h>
#include <stdlib.h>

#include "report/contrast.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_near(double got, double want, const char *what, size_t i)
{
	if (!(fabs(got - want) <= 1e-9 * (1 + fabs(want))))
		fail_msg("case %zu: %s is %.12g, not %.12g", i, what, got, want);
}

static void g2_is_the_likelihood_ratio_of_the_table(void **state)
{
	static const struct {
		struct contrast_side a, b;
		double g2;
	} cases[] = {
		{ { 110, 1000 }, { 20, 1000 }, 72.927505819196918 },
		{ { 1, 10 }, { 9, 10 }, 14.722568286739882 },
		{ { 3, 50 }, { 0, 50 }, 4.251681385892907 },
		{ { 12, 100 }, { 30, 200 }, 0.509457661424831 },
		{ { 5, 5 }, { 0, 7 }, 16.300638383796617 },
		{ { 500, 100000 }, { 400, 100000 }, 11.184313151908097 },
		{ { 3, 10 }, { 30, 100 }, 0 },
		{ { 0, 10 }, { 0, 3 }, 0 },
		{ { 4, 4 }, { 3, 3 }, 0 },
		{ { 0, 0 }, { 3, 9 }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_near(contrast_g2(cases[i].a, cases[i].b), cases[i].g2, "G2", i);
}

static void p_is_that_of_chi_square(void **state)
{
	static const struct {
		double g2, p;
	} cases[] = {
		{ 0, 1 },
		{ 0.4549364231195727, 0.5 },
		{ 3.841458820694124, 0.05 },
		{ 6.634896601021214, 0.01 },
		{ 10.82756617011, 0.001 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_near(contrast_p(cases[i].g2), cases[i].p, "p", i);
}

static void the_odds_are_those_of_the_formula(void **state)
{
	static const struct {
		struct contrast_side a, b;
		double delta, z;
	} cases[] = {
		{ { 20, 2000 }, { 0, 98000 }, 7.1558105069713495, 4.4820040371688813 },
		{ { 1, 2000 }, { 0, 98000 }, 7.1509562901105347, 1.0015267132304026 },
		{ { 40, 2000 },
		  { 960, 98000 },
		  0.4309331171809176,
		  3.2402749567590464 },
		{ { 3, 100 }, { 9, 150 }, -0.364402451240543, -0.813469470791260 },
		{ { 0, 10 }, { 10, 10 }, -2.197224577336219, -4.254907097950404 },
		{ { 7, 70 }, { 7, 70 }, 0, 0 },
		{ { 0, 10 }, { 0, 10 }, 0, 0 },
		{ { 4, 0 }, { 4, 10 }, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct contrast_odds odds = contrast_odds(cases[i].a, cases[i].b);

		assert_near(odds.delta, cases[i].delta, "delta", i);
		assert_near(odds.z, cases[i].z, "z", i);
	}
}

/* Two sides, by a generator of our own: the same on every machine. */
static struct contrast_side some_side(uint32_t *seed)
{
	struct contrast_side s;

	*seed = *seed * 1664525u + 1013904223u;
	s.n = (*seed >> 16) % 500 + 1;
	*seed = *seed * 1664525u + 1013904223u;
	s.y = (*seed >> 16) % (s.n + 1);
	return s;
}

static void sides_that_change_places_change_the_sign_alone(void **state)
{
	uint32_t seed = 4;

	(void)state;
	for (size_t i = 0; i < 10000; i++) {
		struct contrast_side a = some_side(&seed), b = some_side(&seed);
		struct contrast_odds ab = contrast_odds(a, b), ba = contrast_odds(b, a);
		double higher = (double)a.y * (double)b.n - (double)b.y * (double)a.n;

		assert_near(ab.delta, -ba.delta, "delta", i);
		assert_near(ab.z, -ba.z, "z", i);
		assert_near(contrast_g2(a, b), contrast_g2(b, a), "G2", i);
		if (!isfinite(ab.z) || (higher > 0 && ab.z < 0) ||
		    (higher < 0 && ab.z > 0))
			fail_msg("z is %g for %g", ab.z, higher);
	}
}

static void shares_that_are_alike_do_not_differ(void **state)
{
	uint32_t seed = 9;

	(void)state;
	for (size_t i = 0; i < 1000; i++) {
		struct contrast_side a = some_side(&seed);
		struct contrast_side b = { a.y * 3, a.n * 3 };

		assert_true(contrast_g2(a, b) < 1e-9);
		assert_true(fabs(contrast_odds(a, b).z) < 1e-9);
	}
}

/* A ratio of thousands that two uses made is less sure than one of two that many made.
 */
static void rare_words_do_not_come_first(void **state)
{
	double once = contrast_odds((struct contrast_side){ 1, 1000 },
				    (struct contrast_side){ 0, 49000 })
			      .z;
	double twice = contrast_odds((struct contrast_side){ 2, 1000 },
				     (struct contrast_side){ 0, 49000 })
			       .z;
	double often = contrast_odds((struct contrast_side){ 60, 1000 },
				     (struct contrast_side){ 1400, 49000 })
			       .z;

	(void)state;
	assert_true(once > 0 && once < 1.1);
	assert_true(once < twice && twice < often);
}

static void the_correction_is_benjamini_and_hochbergs(void **state)
{
	static const double p[] = { 0.0344, 0.0001, 0.7590, 0.0004, 0.0019,
				    0.0095, 0.0201, 0.0278, 0.0298, 0.0459,
				    0.3240, 0.4262, 0.5719, 0.6528, 1.0000 };
	double q[COUNT(p)];
	size_t order[COUNT(p)], found = 0;

	(void)state;
	contrast_correct(q, p, order, COUNT(p));
	for (size_t i = 0; i < COUNT(p); i++) {
		found += q[i] <= 0.05;
		assert_true(q[i] >= p[i] && q[i] <= 1);
	}
	assert_int_equal(found, 4);
	assert_near(q[1], 0.0015, "q of the lowest", 1);
	assert_near(q[5], 0.035625, "q of the fourth", 5);
	assert_near(q[7], 0.0298 * 15 / 7, "q of the sixth, which the seventh lowers",
		    7);
	assert_near(q[14], 1, "q of the highest", 14);
}

static void the_correction_keeps_the_order_and_takes_any_number(void **state)
{
	uint32_t seed = 21;
	double p[300] = { 0 }, q[300];
	size_t order[300];

	(void)state;
	contrast_correct(q, p, order, 0);
	for (size_t n = 1; n <= 300; n += 23) {
		for (size_t i = 0; i < n; i++) {
			seed = seed * 1664525u + 1013904223u;
			p[i] = (double)(seed >> 20) / 4096;
		}
		contrast_correct(q, p, order, n);
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < n; j++)
				if (p[i] < p[j] && q[i] > q[j])
					fail_msg("p %g < %g but q %g > %g", p[i], p[j],
						 q[i], q[j]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(g2_is_the_likelihood_ratio_of_the_table),
		cmocka_unit_test(p_is_that_of_chi_square),
		cmocka_unit_test(the_odds_are_those_of_the_formula),
		cmocka_unit_test(sides_that_change_places_change_the_sign_alone),
		cmocka_unit_test(shares_that_are_alike_do_not_differ),
		cmocka_unit_test(rare_words_do_not_come_first),
		cmocka_unit_test(the_correction_is_benjamini_and_hochbergs),
		cmocka_unit_test(the_correction_keeps_the_order_and_takes_any_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
