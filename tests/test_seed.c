/*
 * Queries as a user types them, over a captured page and the example archive; and how
 * much memory hopeless queries take there.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SEED_ID "5365288f3ca4"
#define MOST_KIB (64L << 10)

static int ingest_seed(void **state)
{
	const char *seed = shared_path("seed");
	const char *argv[] = { "paneldex", "ingest", "-q", NULL, NULL, NULL };
	struct run r;

	use_db("seed.db");
	argv[3] = test_path("corpus/captures");
	argv[4] = seed;
	r = run_program(argv, NULL, 0);
	assert_status(&r, 0, "ingest");
	run_free(&r);
	*state = seed ? strdup(seed) : NULL;
	return 0;
}

static int forget_seed(void **state)
{
	free(*state);
	return 0;
}

static json_t *search(const char *query, int status)
{
	const char *argv[] = { "paneldex", "search", "-n",  "100", "-f",
			       "json",	   "--now",  "2026-11-23", "--",  query,
			       NULL };
	struct run r = run_program(argv, NULL, 0);
	json_t *doc;

	assert_status(&r, status, query);
	doc = parse(r.out);
	run_free(&r);
	return doc;
}

static bool has_seed(const json_t *doc)
{
	json_t *hit;
	size_t i;

	json_array_foreach(json_object_get(doc, "hits"), i, hit)
		if (strcmp(string(hit, "id"), SEED_ID) == 0)
			return true;
	return false;
}

static void queries_as_they_are_typed_find_the_captured_page(void **state)
{
	static const struct {
		const char *query;
		int status;
		bool seed;
		const char *warning; /* code of the first; NULL: none is asked for */
	} cases[] = {
		{ "GPT-4V", 0, true, NULL },
		{ "gpt 4v", 0, true, NULL },
		{ "C++", 0, false, NULL },
		{ "acqui*", 0, true, NULL },
		{ "\"multimodal acquisition\"~3", 0, false, NULL },
		{ "company:\"hugging face\" date:2026-Q2", 0, true, NULL },
		{ "take(persona:skeptic drift) -persona:nobody", 0, true, NULL },
		{ "category:funding,acquisition since:2026-01", 0, true, NULL },
		{ "multimodal NEAR/5 models", 0, true, NULL },
		{ "=acquires", 0, true, NULL },
		{ "\"unclosed phrase", 1, false, "unbalanced-quote" },
		{ "https://example.org/a?b=c", 1, false, NULL },
		{ "12:30", 1, false, NULL },
	};

	if (!*state) {
		printf("skipped: ../shared/seed is not there\n");
		skip();
	}
	for (size_t i = 0; i < COUNT(cases); i++) {
		json_t *doc = search(cases[i].query, cases[i].status), *first;

		first = json_array_get(json_object_get(doc, "warnings"), 0);
		if (has_seed(doc) != cases[i].seed)
			fail_msg("%s: the captured page is %samong the hits",
				 cases[i].query, cases[i].seed ? "not " : "");
		if (cases[i].warning)
			assert_string_equal(string(first, "code"), cases[i].warning);
		json_decref(doc);
	}
}

static void hopeless_queries_take_little_memory(void **state)
{
	static const char pieces[] = "(*\"a|";
	char *query = malloc((1 << 20) + 1);
	struct rusage usage;

	(void)state;
	assert_non_null(query);
	for (const char *piece = pieces; *piece; piece++) {
		const char *one[] = { "paneldex", "search", "--", query, NULL };
		const char *many[] = { "paneldex", "search", "--batch", "-", NULL };
		struct run r;

		memset(query, *piece, 1 << 20);
		query[1 << 20] = '\0';
		r = run_program(many, query, 1 << 20);
		assert_status(&r, 2, "a megabyte");
		run_free(&r);
		query[10000] = '\0';
		r = run_program(one, NULL, 0);
		assert_status(&r, 2, "10,000 characters");
		run_free(&r);
		query[1] = '\0';
		r = run_program(one, NULL, 0);
		if (r.status > 2)
			fail_msg("%s: exit %d", query, r.status);
		run_free(&r);
	}
	free(query);
	assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
#ifndef __SANITIZE_ADDRESS__ /* which has memory of its own */
	if (usage.ru_maxrss > MOST_KIB)
		fail_msg("%ld KiB at the highest", usage.ru_maxrss);
#endif
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(queries_as_they_are_typed_find_the_captured_page),
		cmocka_unit_test(hopeless_queries_take_little_memory),
	};

	return cmocka_run_group_tests(tests, ingest_seed, forget_seed);
}
