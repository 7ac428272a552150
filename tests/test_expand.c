/*
 * More words from the best hits: which they are and what they weigh, what they may not
 * change, and how the program says it.
 */
#include "program.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/*
 * Two articles answer "anchor"; what they have in common and two others share is
 * "beam".  The words of one article alone, stop words and numbers are never learnt.
 */
static const char docs[] =
	"{\"id\":\"a\",\"title\":\"Anchor\",\"text\":\"anchor beam beam 42 the\","
	"\"company\":\"Acme\",\"date\":\"2026-01-01\","
	"\"takes\":[{\"persona\":\"The Skeptic\",\"text\":\"solo anchor\"}]}\n"
	"{\"id\":\"b\",\"title\":\"Anchor\",\"text\":\"anchor beam 42 the\","
	"\"company\":\"Brick\",\"date\":\"2026-01-02\"}\n"
	"{\"id\":\"c\",\"title\":\"Column\",\"text\":\"beam of the column 42\","
	"\"company\":\"Acme\",\"date\":\"2026-01-03\"}\n"
	"{\"id\":\"d\",\"title\":\"Dune\",\"text\":\"the dune and the column\","
	"\"company\":\"Brick\",\"date\":\"2026-01-04\"}\n"
	"{\"id\":\"e\",\"title\":\"Eel\",\"text\":\"the eel\","
	"\"date\":\"2026-01-05\"}\n"
	"{\"id\":\"f\",\"title\":\"Ferry\",\"text\":\"ferry to an island\","
	"\"date\":\"2026-01-07\"}\n"
	"{\"id\":\"g\",\"title\":\"Ferry\",\"text\":\"ferry at the gate\","
	"\"date\":\"2026-01-06\"}\n"
	"{\"id\":\"h\",\"title\":\"Gate\",\"text\":\"no gate at all\"}\n";

static int set_up(void **state)
{
	const char *path = in_tmpdir("docs.jsonl");
	FILE *f;
	char line[600];
	struct run r;

	if (make_index(state))
		return -1;
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(docs, f) >= 0);
	assert_int_equal(fclose(f), 0);
	use_db("expand.db");
	snprintf(line, sizeof(line), "ingest --source s %s", path);
	r = run_expect(line, 0);
	run_free(&r);
	return 0;
}

static json_t *expansion(const json_t *doc)
{
	return json_object_get(json_object_get(doc, "query"), "expanded");
}

static void assert_word(const json_t *word, const char *text, double weight, bool asked)
{
	double got = json_number_value(json_object_get(word, "weight"));

	assert_string_equal(string(word, "word"), text);
	if (fabs(got - weight) > 1e-5)
		fail_msg("%s weighs %g, not %g", text, got, weight);
	assert_int_equal(json_is_true(json_object_get(word, "asked")), asked);
}

/*
 * By hand: N is 8.  anchor stands twice in titles (weight 2.5), twice in bodies, once in
 * a take (0.8): tf 7.8, in 2 articles; beam three times in bodies, in 3 articles.
 *     anchor  7.8 log2(1.25 / 0.25) + log2(1.25)  = 18.432966
 *     beam    3 log2(1.375 / 0.375) + log2(1.375) =  6.082841
 */
static void words_weigh_what_bo1_says(void **state)
{
	json_t *doc = document("search -f json --expand anchor", 0);
	json_t *words = expansion(doc);

	(void)state;
	assert_int_equal(json_array_size(words), 2);
	assert_word(json_array_get(words, 0), "anchor", 0.4, true);
	assert_word(json_array_get(words, 1), "beam", 0.4 * 6.082841 / 18.432966,
		    false);
	json_decref(doc);
}

static const struct {
	const char *query, *tree;
} trees[] = {
	/* all words are needed: the others only rank */
	{ "anchor", "AND   anchor   optional     anchor     beam " },
	{ "anchor OR eel",
	  "AND   OR     anchor     eel   optional     anchor     beam " },
	{ "anchor NOT eel",
	  "AND   anchor   NOT     eel   optional     anchor     beam " },
	{ "--match any anchor", "OR   anchor   anchor   beam " },
	{ "--match any anchor eel", "OR   anchor   eel   anchor   beam " },
	{ "--match any anchor NOT eel",
	  "AND   OR     anchor     anchor     beam   NOT     eel " },
	{ "--match any company:acme anchor",
	  "AND   OR     anchor     anchor     beam   company:acme " },
	{ "--match any --company acme anchor",
	  "AND   OR     anchor     anchor     beam   company:acme " },
	/* all of it is needed, whatever --match says */
	{ "--match any anchor AND beam",
	  "AND   anchor   beam   optional     anchor     beam " },
	{ "--match any take(anchor)",
	  "AND   one take     anchor   optional     anchor     beam " },
	/* bound to a field, which more words would loosen */
	{ "--match any title:anchor",
	  "AND   title:anchor   optional     anchor     beam " },
	{ "--match any anchor OR title:eel",
	  "AND   OR     anchor     title:eel   optional     anchor     beam " },
	/* excluded in titles, unwanted elsewhere */
	{ "anchor NOT title:beam",
	  "AND   anchor   NOT     title:beam   optional     anchor " },
};

static void more_words_are_alternatives_only_where_any_word_will_do(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(trees) / sizeof(trees[0]); i++) {
		char line[200], tree[600];
		json_t *doc;

		snprintf(line, sizeof(line), "search -f json --explain --expand %s",
			 trees[i].query);
		doc = document(line, 0);
		snprintf(tree, sizeof(tree), "%s",
			 string(json_object_get(doc, "explain"), "tree"));
		for (char *at = tree; (at = strchr(at, '\n'));)
			*at = ' ';
		if (strcmp(tree, trees[i].tree) != 0)
			fail_msg("%s is searched as\n%s, not\n%s", line, tree,
				 trees[i].tree);
		json_decref(doc);
	}
}

static const struct {
	const char *query;
	json_int_t total;
} totals[] = {
	{ "anchor", 2 },
	{ "--match any anchor", 3 },
	{ "--match any anchor NOT column", 2 },
	{ "--match any --company brick anchor", 1 },
	{ "--match any --company acme anchor", 2 },
	{ "--match any --until 2026-01-02 anchor", 2 },
	{ "--match any take(anchor)", 1 },
	{ "--match any persona:skeptic anchor", 1 },
	{ "--match any anchor AND beam", 2 },
	/* nothing to learn from */
	{ "", 8 },
	{ "company:acme", 2 },
	{ "NOT anchor", 6 },
	{ "nowhere", 0 },
};

static void filters_and_what_is_excluded_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(totals) / sizeof(totals[0]); i++) {
		char line[200];
		json_t *doc;

		snprintf(line, sizeof(line), "search -f json --expand %s",
			 totals[i].query);
		doc = document(line, totals[i].total ? 0 : 1);
		if (integer(doc, "total") != totals[i].total)
			fail_msg("%s finds %lld, not %lld", line,
				 (long long)integer(doc, "total"),
				 (long long)totals[i].total);
		assert_true(json_is_array(expansion(doc)));
		assert_true(json_is_null(json_object_get(doc, "next")));
		json_decref(doc);
	}
}

/* f and g are alike, f is newer; "gate" goes with "ferry", and only g has it. */
static void what_has_more_of_the_words_rises(void **state)
{
	json_t *plain = document("search -f json ferry", 0);
	json_t *expanded = document("search -f json --expand ferry", 0);
	const char *first =
		string(json_array_get(json_object_get(plain, "hits"), 0), "date");
	const char *now =
		string(json_array_get(json_object_get(expanded, "hits"), 0), "date");

	(void)state;
	assert_string_equal(first, "2026-01-07");
	assert_string_equal(now, "2026-01-06");
	assert_int_equal(integer(expanded, "total"), 2);
	json_decref(expanded);
	json_decref(plain);
}

static void only_what_was_asked_for_is_marked(void **state)
{
	json_t *doc = document("search -f json --expand --match any anchor", 0);
	json_t *last = json_array_get(json_object_get(doc, "hits"), 2);

	(void)state;
	assert_string_equal(string(last, "title"), "Column");
	assert_int_equal(json_array_size(json_object_get(last, "highlights")), 0);
	json_decref(doc);
}

static void the_words_are_said(void **state)
{
	struct run r = run_expect("search --expand anchor", 0);

	(void)state;
	assert_string_equal(r.err, "paneldex: query: expanded by beam (0.13)\n");
	run_free(&r);
	r = run_expect("search --expand company:acme", 0);
	assert_string_equal(r.err,
			    "paneldex: query: not expanded: the articles found give no "
			    "other words\n");
	run_free(&r);
	r = run_expect("search -f jsonl --expand anchor", 0);
	assert_holds(r.err, "{\"schema\":\"paneldex.warning/1\",\"code\":\"expanded\"",
		     "jsonl");
	run_free(&r);
	r = run_expect("search --expand --explain anchor", 0);
	assert_holds(r.out,
		     "beam: beam (3); in at most 3 articles, idf 0.125 (times "
		     "0.13, by expansion)",
		     "explain");
	run_free(&r);
}

/* An unknown word beside a known one still gets its suggestion. */
static void spelling_is_a_matter_of_the_words_that_were_typed(void **state)
{
	json_t *doc = document("search -f json --expand --match any anchor colunm", 0);

	(void)state;
	assert_string_equal(string(json_object_get(doc, "query"), "did_you_mean"),
			    "anchor OR column");
	assert_string_equal(string(json_object_get(doc, "query"), "parsed"),
			    "anchor OR colunm");
	json_decref(doc);
}

static void what_would_have_no_effect_is_refused(void **state)
{
	static const char *const bad[][2] = {
		{ "search --expand --count anchor", "--count" },
		{ "search --expand --after x anchor", "--after" },
		{ "similar --expand a", "--expand" },
	};
	struct run r;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		r = run_expect(bad[i][0], 2);
		assert_holds(r.err, bad[i][1], bad[i][0]);
		run_free(&r);
	}
	r = run_expect("search --expand --count --match any anchor", 0);
	assert_string_equal(r.out, "3\n");
	run_free(&r);
}

static double map_of(const json_t *doc)
{
	return json_number_value(
		json_object_get(json_object_get(doc, "measures"), "map"));
}

/* c has no word of the query, and is found by what goes with it. */
static void eval_measures_it_beside_the_ranking_without(void **state)
{
	static const char *const files[][2] = {
		{ "queries.jsonl", "{\"id\":\"q\",\"text\":\"anchor\"}\n" },
		{ "qrels.tsv", "q\ta\t1\nq\tb\t1\nq\tc\t1\n" },
	};
	char line[600];
	json_t *doc;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		FILE *f = fopen(in_tmpdir(files[i][0]), "w");

		assert_non_null(f);
		assert_true(fputs(files[i][1], f) >= 0);
		assert_int_equal(fclose(f), 0);
	}
	snprintf(line, sizeof(line),
		 "eval -f json --expand --vs default --queries %s --qrels %s",
		 in_tmpdir("queries.jsonl"), in_tmpdir("qrels.tsv"));
	doc = document(line, 0);
	assert_true(json_is_true(json_object_get(doc, "expanded")));
	assert_true(fabs(map_of(doc) - 1) < 1e-6);
	assert_true(fabs(map_of(json_object_get(doc, "vs")) - 2.0 / 3) < 1e-6);
	json_decref(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_weigh_what_bo1_says),
		cmocka_unit_test(
			more_words_are_alternatives_only_where_any_word_will_do),
		cmocka_unit_test(filters_and_what_is_excluded_hold),
		cmocka_unit_test(what_has_more_of_the_words_rises),
		cmocka_unit_test(only_what_was_asked_for_is_marked),
		cmocka_unit_test(the_words_are_said),
		cmocka_unit_test(spelling_is_a_matter_of_the_words_that_were_typed),
		cmocka_unit_test(what_would_have_no_effect_is_refused),
		cmocka_unit_test(eval_measures_it_beside_the_ranking_without),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
