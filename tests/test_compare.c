/*
 * What rose and what fell: counts that agree with searches, rows in their order, sides
 * that change places, examples that are examples.
 */
#include "program.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const fields[] = { "company", "category", "persona", "term" };
static const char *const directions[] = { "rose", "fell" };

static const json_t *rows_of(const json_t *doc, const char *field,
			     const char *direction)
{
	return json_object_get(json_object_get(doc, field), direction);
}

static json_int_t count_on(const json_t *row, size_t side)
{
	return json_integer_value(
		json_array_get(json_object_get(row, "articles"), side));
}

/* Articles that a search for ${query} finds, narrowed by ${option}. */
static json_int_t search_count(const char *query, const char *option, const char *value)
{
	const char *argv[] = { "paneldex", "search", "-f", "json", "-c",
			       option,     value,    "--", query,  NULL };
	struct run r = run_program(argv, NULL, 0);
	json_t *doc;
	json_int_t total;

	assert_true(r.status < 2);
	doc = parse(r.out);
	total = integer(doc, "total");
	json_decref(doc);
	run_free(&r);
	return total;
}

static void check_names(const json_t *doc, const char *const queries[2],
			const char *field)
{
	char option[32];
	size_t seen = 0, i;
	json_t *row;

	snprintf(option, sizeof(option), "--%s", field);
	for (size_t d = 0; d < 2; d++)
		json_array_foreach(rows_of(doc, field, directions[d]), i,
				   row) for (size_t side = 0; side < 2; side++, seen++)
		{
			json_int_t want = search_count(queries[side], option,
						       string(row, "value"));

			if (count_on(row, side) != want)
				fail_msg("%s %s: %lld on side %zu, not %lld", field,
					 string(row, "value"),
					 (long long)count_on(row, side), side,
					 (long long)want);
		}
	assert_true(seen > 0);
}

static bool is_plain_word(const char *s)
{
	for (; *s; s++)
		if (!islower((unsigned char)*s))
			return false;
	return true;
}

/* A word finds the articles that it is counted in. */
static void check_words(const json_t *doc, const char *const queries[2])
{
	size_t seen = 0, i;
	json_t *row;

	for (size_t d = 0; d < 2; d++)
		json_array_foreach(rows_of(doc, "term", directions[d]), i, row)
		{
			const char *word = string(row, "value");

			for (size_t side = 0; side < 2 && is_plain_word(word); side++) {
				char query[256];
				json_int_t want;

				snprintf(query, sizeof(query), "%s %s", queries[side],
					 word);
				want = search_count(query, "--match", "all");
				if (count_on(row, side) != want)
					fail_msg("%s: %lld on side %zu, not %lld", word,
						 (long long)count_on(row, side), side,
						 (long long)want);
				seen++;
			}
		}
	assert_true(seen >= 20);
}

static void counts_are_those_of_searches(void **state)
{
	static const char *const queries[] = { "tax", "trade" };
	json_t *doc;

	if (!*state)
		skip();
	use_db(ECONOMISTS_DB);
	doc = document("compare -f json --top 12 --query tax --query trade", 0);
	check_names(doc, queries, "persona");
	check_words(doc, queries);
	json_decref(doc);
	use_db(MAIN_DB);
}

static void the_sides_are_searches_of_their_dates(void **state)
{
	json_t *doc = document("compare -f json 2026-03..2026-04 2026-05", 0);
	const json_t *sides = json_object_get(doc, "sides");

	(void)state;
	assert_keys(doc, "schema sides both missed index company category persona term",
		    "compare");
	assert_string_equal(string(json_array_get(sides, 0), "dates"),
			    "2026-03..2026-04");
	assert_int_equal(integer(json_array_get(sides, 0), "articles"),
			 search_count("date:2026-03..2026-04", "--match", "all"));
	assert_int_equal(integer(json_array_get(sides, 1), "articles"),
			 search_count("date:2026-05", "--match", "all"));
	assert_int_equal(integer(doc, "both"), 0);
	json_decref(doc);
}

static void check_order(const json_t *rows, size_t direction)
{
	double last = INFINITY;
	json_t *row;
	size_t i;

	json_array_foreach(rows, i, row)
	{
		double g2 = json_real_value(json_object_get(row, "g2"));
		double p = json_real_value(json_object_get(row, "p"));
		double q = json_real_value(json_object_get(row, "q"));
		double change = json_real_value(json_object_get(row, "change"));

		assert_keys(row, "value articles share change g2 p q example", "row");
		assert_true(g2 >= 0 && g2 <= last);
		assert_true(p >= 0 && p <= q && q <= 1);
		assert_true(direction == 0 ? change > 0 : change < 0);
		last = g2;
	}
}

static void rows_come_with_the_clearest_first(void **state)
{
	json_t *doc;

	if (!*state)
		skip();
	use_db(ECONOMISTS_DB);
	doc = document("compare -f json --top 50 --query tax --query trade", 0);
	for (size_t f = 0; f < COUNT(fields); f++)
		for (size_t d = 0; d < 2; d++)
			check_order(rows_of(doc, fields[f], directions[d]), d);
	assert_true(json_array_size(rows_of(doc, "term", "rose")) == 50);
	json_decref(doc);
	use_db(MAIN_DB);
}

static void what_rose_fell_when_the_sides_change_places(void **state)
{
	json_t *doc = document("compare -f json --query weights --query drift", 0);
	json_t *swapped = document("compare -f json --query drift --query weights", 0);
	size_t rows = 0;

	(void)state;
	for (size_t f = 0; f < COUNT(fields); f++)
		for (size_t d = 0; d < 2; d++) {
			const json_t *a = rows_of(doc, fields[f], directions[d]);
			const json_t *b =
				rows_of(swapped, fields[f], directions[1 - d]);
			json_t *row;
			size_t i;

			assert_int_equal(json_array_size(a), json_array_size(b));
			json_array_foreach(a, i, row)
			{
				const json_t *other = json_array_get(b, i);

				assert_string_equal(string(row, "value"),
						    string(other, "value"));
				assert_int_equal(count_on(row, 0), count_on(other, 1));
				rows++;
			}
		}
	assert_true(rows > 0);
	json_decref(doc);
	json_decref(swapped);
}

static bool has_value(const char *id, const char *key, const char *value)
{
	char line[64];
	json_t *doc, *v;
	size_t i;
	bool has = false;

	snprintf(line, sizeof(line), "show -f json %s", id);
	doc = document(line, 0);
	json_array_foreach(json_object_get(doc, key), i, v) has =
		has || strcmp(json_string_value(v), value) == 0;
	json_decref(doc);
	return has;
}

static void an_example_has_what_it_is_an_example_of(void **state)
{
	json_t *doc = document("compare -f json 2026-03..2026-04 2026-05", 0);
	size_t seen = 0, i;
	json_t *row;

	(void)state;
	for (size_t d = 0; d < 2; d++)
		json_array_foreach(rows_of(doc, "company", directions[d]), i, row)
		{
			assert_true(has_value(string(row, "example"), "companies",
					      string(row, "value")));
			seen++;
		}
	assert_int_equal(seen, 3);
	json_decref(doc);
}

static void articles_on_both_sides_are_counted(void **state)
{
	json_t *doc = document("compare -f json --query weights --query weights", 0);

	(void)state;
	assert_int_equal(integer(doc, "both"), 3);
	for (size_t f = 0; f < COUNT(fields); f++)
		for (size_t d = 0; d < 2; d++)
			assert_int_equal(
				json_array_size(rows_of(doc, fields[f], directions[d])),
				0);
	json_decref(doc);
}

static void what_cannot_be_compared_is_refused(void **state)
{
	static const struct {
		const char *line, *message;
	} cases[] = {
		{ "compare", "two ranges" },
		{ "compare 2026", "two ranges" },
		{ "compare weights 2026", "\"weights\" is not a date" },
		{ "compare 2026 2026-13", "month 13" },
		{ "compare --query a", "not 1" },
		{ "compare --query a --query b --query c", "not 3" },
		{ "compare --query a --query b more", "\"more\"" },
		{ "compare --query date:2026-13 --query b", "month 13" },
		{ "compare -n 3 2025 2026", "not for this command" },
		{ "search --query a", "not for this command" },
		{ "compare -f csv --width 80 2025 2026", "--width" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = run_expect(cases[i].line, 2);

		assert_holds(r.err, cases[i].message, cases[i].line);
		assert_int_equal(r.outlen, 0);
		run_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_those_of_searches),
		cmocka_unit_test(the_sides_are_searches_of_their_dates),
		cmocka_unit_test(rows_come_with_the_clearest_first),
		cmocka_unit_test(what_rose_fell_when_the_sides_change_places),
		cmocka_unit_test(an_example_has_what_it_is_an_example_of),
		cmocka_unit_test(articles_on_both_sides_are_counted),
		cmocka_unit_test(what_cannot_be_compared_is_refused),
	};

	return cmocka_run_group_tests(tests, make_economists, NULL);
}
