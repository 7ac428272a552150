/*
 * Explanations from end to end: what the program says of a query, of a hit, and of two
 * articles.  That the numbers are true is test_search's matter.
 */
#include "program.h"

#include <math.h>
#include <string.h>

static void an_explanation_adds_up_in_json(void **state)
{
	json_t *doc =
		document("search -f json --explain --recency 60d --now 2026-07-01 "
			 "weights OR drift",
			 0);
	json_t *explain = json_object_get(doc, "explain"), *hit, *part;
	size_t i, j;

	(void)state;
	assert_keys(explain, "tree terms k1 plan", "explain");
	assert_string_equal(string(explain, "tree"), "OR\n  weights\n  drift\n");
	assert_string_equal(string(json_object_get(explain, "plan"), "rows"), "match");
	json_array_foreach(json_object_get(doc, "hits"), i, hit)
	{
		json_t *e = json_object_get(hit, "explain");
		double sum = 0, score = json_real_value(json_object_get(hit, "score"));

		json_array_foreach(json_object_get(e, "terms"), j, part)
		{
			sum += json_real_value(json_object_get(part, "score"));
		}
		sum *= json_real_value(json_object_get(e, "recency"));
		if (j == 0 || fabs(sum - score) > 1e-5)
			fail_msg("hit %zu scores %g, explained as %g", i, score, sum);
	}
	assert_true(i > 1);
	json_decref(doc);
}

static void two_ids_are_compared_in_words(void **state)
{
	struct run r = run_expect("search --explain --id df53 --id 0d86 drift", 0);

	(void)state;
	assert_holds(r.out, "fails: drift", "what does not match");
	assert_holds(r.out, "0d86c2844ca2 stands above df53851414d8: only it matches",
		     "the comparison");
	assert_holds(r.out, "drift in take: once in 124 words against not at all",
		     "the reason");
	run_free(&r);
}

static void a_comparison_adds_up_in_json(void **state)
{
	json_t *doc =
		document("search -f json --explain --id eb81 --id d492 weights", 0);
	json_t *pair = json_object_get(json_object_get(doc, "explain"), "comparison");
	json_t *difference;
	double sum = 0;
	size_t i;

	(void)state;
	assert_string_equal(string(pair, "above"), "eb815959e185");
	json_array_foreach(json_object_get(pair, "by_term"), i, difference)
	{
		assert_keys(difference, "term field tf length score difference", "one");
		sum += json_real_value(json_object_get(difference, "difference"));
	}
	assert_true(i > 1);
	sum -= json_real_value(json_object_get(pair, "difference"));
	assert_true(fabs(sum) < 1e-5);
	json_decref(doc);
}

static void an_id_needs_an_explanation_and_all_of_the_page(void **state)
{
	struct run r = run_expect("search --id df53 drift", 2);

	(void)state;
	assert_holds(r.err, "--id has no effect without --explain", "alone");
	run_free(&r);
	r = run_expect("search --explain --id df53 -n 3 drift", 2);
	assert_holds(r.err, "--limit has no effect beside --id", "with a limit");
	run_free(&r);
	r = run_expect("search --explain --id 000000000000 drift", 1);
	assert_holds(r.err, "no article has the id 000000000000", "an unknown one");
	run_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_explanation_adds_up_in_json),
		cmocka_unit_test(two_ids_are_compared_in_words),
		cmocka_unit_test(a_comparison_adds_up_in_json),
		cmocka_unit_test(an_id_needs_an_explanation_and_all_of_the_page),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
