/*
 * What the program does for one who typed something else than what the archive says:
 * aliases, nearest values, spellings, relaxed queries.  Works on the built program and
 * the articles of tests/cases/e2e.
 */
#include "program.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The exit status, standard output and standard error of one script. */
static struct run expect(const char *script, int status)
{
	struct run r = shell(script);

	assert_status(&r, status, script);
	return r;
}

static void expect_out(const char *script, int status, const char *out)
{
	struct run r = expect(script, status);

	if (strcmp(r.out, out) != 0)
		fail_msg("%s: printed \"%s\", not \"%s\"", script, r.out, out);
	run_free(&r);
}

static void expect_err(const char *script, int status, const char *part)
{
	struct run r = expect(script, status);

	assert_holds(r.err, part, script);
	run_free(&r);
}

#define P "\"$PANELDEX_BIN\" "

static void fresh(const char *name)
{
	struct run r;

	use_db(name);
	r = run_expect("ingest -q pages articles.jsonl", 0);
	run_free(&r);
}

static void an_alias_finds_the_company_and_the_company_its_alias(void **state)
{
	static const char *const queries[] = {
		"company:MSi",
		"company:m.s.i.",
		"company:\"Maltings Silicon\"",
		"company:maltings-silicon",
		"company:M\xC3\xA4ltwerk",
		"company:maltwerk",
		"--company msi",
	};

	(void)state;
	fresh("alias.db");
	expect_out(P "alias list", 1, "");
	expect_out(P "alias add 'Maltings Silicon' MSI M\xC3\xA4ltwerk", 0,
		   "2 added, 0 unchanged\n");
	expect_out(P "alias add 'maltings silicon' msi", 0, "0 added, 1 unchanged\n");
	expect_out(P "alias list", 0, "Maltings Silicon\tM\xC3\xA4ltwerk\tMSI\n");
	for (size_t i = 0; i < COUNT(queries); i++) {
		char script[256];

		snprintf(script, sizeof(script), P "search -c '%s'", queries[i]);
		if (*queries[i] == '-')
			snprintf(script, sizeof(script), P "search -c %s", queries[i]);
		expect_out(script, 0, "1\n");
	}
	/* Articles under both names are both found, and called as they are. */
	expect_out(P "alias add MSI Quern", 0, "1 added, 0 unchanged\n");
	expect_out(P "search -n 0 --facet company company:maltwerk -s title", 0,
		   "company\n  Quern             2\n  Maltings Silicon  1\n"
		   "  Tern Labs         1\n");
	expect_out(P "alias remove quern", 0, "1 removed\n");
	expect_out(P "search -c company:msi", 0, "1\n");
	expect_out(P "alias remove 'Maltings Silicon'", 0, "2 removed\n");
	expect_out(P "search -c company:msi", 1, "0\n");
	expect_err(P "alias remove msi", 1,
		   "paneldex: alias: \"msi\" is no alias and has none\n");
	use_db(MAIN_DB);
}

static void an_alias_may_come_before_its_company_and_outlives_ingest(void **state)
{
	struct run r;

	(void)state;
	use_db("early.db");
	r = run_expect("ingest -q articles.jsonl", 0);
	run_free(&r);
	expect_out(P "alias add 'Heather Systems' HS", 0, "1 added, 0 unchanged\n");
	expect_out(P "search -c company:hs", 1, "0\n");
	r = expect("echo '{\"title\":\"New\",\"company\":\"Heather "
		   "Systems\",\"text\":\"x\",\"date\":\"2026-01-01\"}' | " P
		   "ingest -q -",
		   0);
	run_free(&r);
	r = run_expect("ingest -q pages articles.jsonl", 0);
	run_free(&r);
	expect_out(P "search -c company:hs", 0, "1\n");
	r = run_expect("check", 0);
	run_free(&r);
	use_db(MAIN_DB);
}

static void an_alias_stands_for_one_company(void **state)
{
	(void)state;
	fresh("one.db");
	expect_out(P "alias add Quern Q", 0, "1 added, 0 unchanged\n");
	expect_err(P "alias add 'Tern Labs' TL q", 2,
		   "paneldex: alias: \"q\" is an alias of \"Quern\" already\n");
	/* Nothing of what failed is kept. */
	expect_out(P "alias list", 0, "Quern\tQ\n");
	/* A company that becomes an alias brings its own along. */
	expect_out(P "alias add 'Quern Group' Quern", 0, "1 added, 0 unchanged\n");
	expect_out(P "alias list", 0, "Quern Group\tQ\tQuern\n");
	expect_err(P "alias add Quern \"$(printf 'a\\001')\"", 2, "not a name");
	expect_err(P "alias add Quern", 2, "add wants a company and its aliases");
	expect_err(P "alias lsit", 2, "did you mean \"list\"?");
	expect_err(P "alias", 2, "add, list, remove, import");
	use_db(MAIN_DB);
}

static void aliases_are_imported_and_faults_are_named(void **state)
{
	(void)state;
	fresh("import.db");
	expect_err("printf 'Tern Labs\\tTL\\tTern\\n# no\\n\\nalone\\n\"Quern\", "
		   "\"Q, Inc\",QQ\\r\\n\\tx\\n' | " P "alias import -",
		   4,
		   "-:4: no alias after the name; rejected\n-:6: no name; rejected\n");
	expect_out(P "alias list", 0, "Quern\tQ, Inc\tQQ\nTern Labs\tTern\tTL\n");
	expect_out(P "alias list | " P "alias import -", 0, "0 added, 4 unchanged\n");
	expect_out(
		P "alias list -f json", 0,
		"{\"schema\":\"paneldex.aliases/1\",\"companies\":[{\"name\":\"Quern\","
		"\"aliases\":[\"Q, Inc\",\"QQ\"]},{\"name\":\"Tern Labs\",\"aliases\":["
		"\"Tern\",\"TL\"]}]}\n");
	expect_out(
		P "alias add Quern Z -f json", 0,
		"{\"schema\":\"paneldex.alias_change/1\",\"added\":1,\"unchanged\":0,"
		"\"removed\":0,\"rejected\":0}\n");
	expect_err(P "alias import /nowhere/names", 5, "/nowhere/names: No such file");
	use_db(MAIN_DB);
}

static void make_corpus(void)
{
	static const char lines[] =
		"{\"title\":\"Hugging Face buys Pollen\",\"company\":\"Hugging "
		"Face\",\"category\":\"Acquisition\",\"date\":\"2026-01-05\","
		"\"text\":\"The face of robots. GPT-4o was there.\"}\n"
		"{\"title\":\"Pollen ships a robot\",\"company\":\"Pollen\","
		"\"category\":\"Hardware\",\"date\":\"2026-02-05\",\"text\":"
		"\"Open weights for a robot arm and its camera.\"}\n"
		"{\"title\":\"Cohere raises money\",\"company\":\"Cohere\","
		"\"category\":\"Funding\",\"date\":\"2026-03-05\",\"text\":"
		"\"Weights for a camera are none of it.\"}\n"
		"{\"title\":\"Hugging Face hires\",\"company\":\"Hugging Face\","
		"\"category\":\"Hiring\",\"date\":\"2026-04-05\",\"text\":"
		"\"A robot arm, again, hugging a camera with open weights.\"}\n";
	const char *argv[] = { "paneldex", "ingest", "-q", "-", NULL };
	struct run r;

	use_db("suggest.db");
	r = run_program(argv, lines, strlen(lines));
	assert_status(&r, 0, "ingest");
	run_free(&r);
}

static void a_misspelt_word_is_answered_with_the_right_one(void **state)
{
	static const struct {
		const char *query, *meant;
	} cases[] = {
		{ "hugging fcae", "hugging face" },
		{ "fcae company:pollen", "face company:pollen" },
		{ "title:polen -money", "title:pollen -money" },
		{ "\"hugging fcae\" OR wieghts", "\"hugging face\" OR weights" },
		{ "GTP-4o", "gpt-4o" },
		{ "GPT-4p", "gpt4o" },
		{ "opne-weights", "open-weights" },
		{ "take(cmaera) robot", "take(camera) robot" },
		{ "xeights", "weights" },
	};

	(void)state;
	make_corpus();
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *argv[] = { "paneldex", "search",       "-f",
				       "json",     "-n",           "0",
				       "--",       cases[i].query, NULL };
		char line[256];
		struct run r = run_program(argv, NULL, 0);
		json_t *doc = parse(r.out);

		if (strcmp(string(json_object_get(doc, "query"), "did_you_mean"),
			   cases[i].meant) != 0)
			fail_msg("%s: not %s: %s", cases[i].query, cases[i].meant,
				 r.out);
		json_decref(doc);
		run_free(&r);
		argv[3] = "text";
		r = run_program(argv, NULL, 0);
		snprintf(line, sizeof(line), "paneldex: query: did you mean: %s\n",
			 cases[i].meant);
		assert_holds(r.err, line, cases[i].query);
		run_free(&r);
	}
	use_db(MAIN_DB);
}

static void nothing_is_offered_for_what_is_right_or_like_nothing(void **state)
{
	static const char *const lines[] = {
		"search -f json hugging face", "search -f json zzyzx",
		"search -f json 2027",         "search -f json -- robot -fcae",
		"search -f json fca*",         "search -f json face money",
	};

	(void)state;
	make_corpus();
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct run r = paneldex(lines[i]);
		json_t *doc = parse(r.out);

		if (!json_is_null(json_object_get(json_object_get(doc, "query"),
						  "did_you_mean")))
			fail_msg("%s: %s", lines[i], r.out);
		json_decref(doc);
		run_free(&r);
	}
	use_db(MAIN_DB);
}

static void a_value_that_nothing_has_is_answered_with_the_nearest(void **state)
{
	static const struct {
		const char *query, *says;
	} cases[] = {
		{ "company:\"hugging fcae\"",
		  "query: column 9: note: no article has the company \"hugging fcae\"; "
		  "nearest: \"Hugging Face\"\n" },
		{ "company:hug", "company \"hug\"; nearest: \"Hugging Face\"\n" },
		{ "company:fase", "company \"fase\"; nearest: \"Hugging Face\"\n" },
		{ "company:\"Hugging Face Inc\"", "; nearest: \"Hugging Face\"\n" },
		{ "category:fudning", "; nearest: \"Funding\"\n" },
		{ "company:ibm", "no article has the company \"ibm\"\n" },
		{ "category:hi", "no article has the category \"hi\"\n" },
	};

	(void)state;
	make_corpus();
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *argv[] = { "paneldex", "search", cases[i].query, NULL };
		struct run r = run_program(argv, NULL, 0);

		assert_status(&r, 1, cases[i].query);
		assert_string_equal(r.out, "");
		assert_holds(r.err, cases[i].says, cases[i].query);
		run_free(&r);
	}
	use_db(MAIN_DB);
}

static const char *hit_title(const json_t *doc, size_t i)
{
	return string(json_array_get(json_object_get(doc, "hits"), i), "title");
}

static void a_query_that_no_article_has_is_relaxed(void **state)
{
	static const char five[] = "search -f json robot arm camera weights money";
	struct run r;
	json_t *doc, *warning;

	(void)state;
	make_corpus();
	doc = document(five, 0);
	/* Four of five, then three; one that has all but is shorter is not before. */
	assert_int_equal(integer(doc, "total"), 3);
	assert_int_equal(json_array_size(json_object_get(doc, "hits")), 3);
	assert_string_equal(hit_title(doc, 2), "Cohere raises money");
	warning = json_array_get(json_object_get(doc, "warnings"), 0);
	assert_string_equal(string(warning, "code"), "relaxed");
	json_decref(doc);

	r = run_expect("search robot arm camera weights money", 0);
	assert_holds(r.err, "paneldex: query: note: no article has all of this", five);
	run_free(&r);
	/* Filters and what is excluded stay. */
	doc = document("search -f json robot arm camera weights money company:hugging",
		       0);
	assert_int_equal(integer(doc, "total"), 1);
	assert_string_equal(hit_title(doc, 0), "Hugging Face hires");
	json_decref(doc);
	doc = document("search -f json -- robot arm money -again", 0);
	assert_int_equal(integer(doc, "total"), 1);
	assert_string_equal(hit_title(doc, 0), "Pollen ships a robot");
	json_decref(doc);
	/* Where none has half of them one is enough. */
	doc = document("search -f json money zzyzx qwxyz", 0);
	assert_int_equal(integer(doc, "total"), 1);
	json_decref(doc);
	r = run_expect("search --strict robot arm camera weights money", 1);
	assert_string_equal(r.out, "");
	run_free(&r);
	r = run_expect("search -c robot arm camera weights money", 1);
	assert_string_equal(r.out, "0\n");
	run_free(&r);
	use_db(MAIN_DB);
}

static void more_words_come_before_a_higher_score(void **state)
{
	static const char lines[] =
		"{\"title\":\"Delta delta\",\"text\":\"alpha delta\"}\n"
		"{\"title\":\"Three\",\"text\":\"alpha beta gamma and much else that "
		"makes it long so that it scores less for each of its words\"}\n"
		"{\"title\":\"Alpha beta\",\"text\":\"alpha\"}\n"
		"{\"title\":\"Beta\",\"text\":\"beta gamma\"}\n"
		"{\"title\":\"Gamma\",\"text\":\"gamma\"}\n";
	const char *argv[] = { "paneldex", "ingest", "-q", "-", NULL };
	struct run r;
	json_t *doc, *hits;

	(void)state;
	use_db("more.db");
	r = run_program(argv, lines, strlen(lines));
	run_free(&r);
	doc = document("search -f json alpha beta gamma delta", 0);
	hits = json_object_get(doc, "hits");
	assert_int_equal(json_array_size(hits), 4);
	assert_string_equal(hit_title(doc, 0), "Three");
	assert_string_equal(hit_title(doc, 1), "Delta delta");
	assert_true(json_real_value(json_object_get(json_array_get(hits, 0), "score")) <
		    json_real_value(json_object_get(json_array_get(hits, 1), "score")));
	json_decref(doc);
	use_db(MAIN_DB);
}

static void it_is_said_what_would_be_found_without_a_clause(void **state)
{
	struct run r;
	json_t *doc, *without;

	(void)state;
	make_corpus();
	r = run_expect("search robot company:cohere", 1);
	assert_string_equal(r.err, "paneldex: query: without robot: 1\n"
				   "paneldex: query: without company:cohere: 3\n");
	run_free(&r);
	doc = document("search -f json -- robot company:cohere -raises", 1);
	without = json_object_get(doc, "without");
	assert_int_equal(json_array_size(without), 3);
	assert_string_equal(string(json_array_get(without, 1), "clause"),
			    "company:cohere");
	assert_int_equal(integer(json_array_get(without, 1), "total"), 3);
	assert_string_equal(string(json_array_get(without, 2), "clause"), "-raises");
	assert_int_equal(integer(json_array_get(without, 2), "total"), 0);
	json_decref(doc);
	doc = document("search -f json robot", 0);
	assert_null(json_object_get(doc, "without"));
	json_decref(doc);
	use_db(MAIN_DB);
}

static void a_meaning_that_cannot_be_is_an_error_with_its_place(void **state)
{
	static const struct {
		const char *line, *says;
	} cases[] = {
		{ "search compny:x", "column 1: unknown field \"compny\"; did you mean "
				     "\"company\"?\n  compny:x\n  ^~~~~~\n" },
		{ "search date:garbage", "column 6: date: \"garbage\" is not a date" },
		{ "search date:2026-13..",
		  "column 6: date: month 13 is not between 1 and 12\n"
		  "  date:2026-13..\n       ^~~~~~~\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = run_expect(cases[i].line, 2);

		assert_string_equal(r.out, "");
		assert_holds(r.err, cases[i].says, cases[i].line);
		run_free(&r);
	}
}

static void an_or_in_small_letters_is_remarked_on(void **state)
{
	struct run r;

	(void)state;
	make_corpus();
	r = run_expect("search robot or camera", 0);
	assert_holds(r.err,
		     "paneldex: query: column 7: note: \"or\" is searched for as a "
		     "word; operators are written AND, OR, NOT\n",
		     "or");
	run_free(&r);
	use_db(MAIN_DB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_alias_finds_the_company_and_the_company_its_alias),
		cmocka_unit_test(
			an_alias_may_come_before_its_company_and_outlives_ingest),
		cmocka_unit_test(an_alias_stands_for_one_company),
		cmocka_unit_test(aliases_are_imported_and_faults_are_named),
		cmocka_unit_test(a_misspelt_word_is_answered_with_the_right_one),
		cmocka_unit_test(nothing_is_offered_for_what_is_right_or_like_nothing),
		cmocka_unit_test(a_value_that_nothing_has_is_answered_with_the_nearest),
		cmocka_unit_test(a_query_that_no_article_has_is_relaxed),
		cmocka_unit_test(more_words_come_before_a_higher_score),
		cmocka_unit_test(it_is_said_what_would_be_found_without_a_clause),
		cmocka_unit_test(a_meaning_that_cannot_be_is_an_error_with_its_place),
		cmocka_unit_test(an_or_in_small_letters_is_remarked_on),
	};

	return cmocka_run_group_tests_name("suggest", tests, make_index, NULL);
}
