/*
 * The ranking as the program is told of it: eval, profiles, and matching any word.
 */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const char *write_file(const char *name, const char *text)
{
	const char *path = in_tmpdir(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return path;
}

static int set_up(void **state)
{
	const char *path = write_file(
		"docs.jsonl",
		"{\"id\":\"d1\",\"title\":\"Gravel\",\"text\":\"a quince in a long "
		"text of much that is of no matter\"}\n"
		"{\"id\":\"d2\",\"title\":\"Quince\",\"text\":\"gravel and lamp\"}\n"
		"{\"id\":\"d3\",\"title\":\"Lamp\",\"text\":\"nothing else here\"}\n"
		"{\"id\":\"d4\",\"title\":\"The of\",\"text\":\"the of the of\"}\n");
	char line[600];
	struct run r;

	if (make_index(state))
		return -1;
	use_db("eval.db");
	set("XDG_CONFIG_HOME", in_tmpdir("config"));
	snprintf(line, sizeof(line), "ingest --source s %s", path);
	r = run_expect(line, 0);
	run_free(&r);
	write_file(
		"q.jsonl",
		"{\"id\":\"q1\",\"text\":\"What about the (lamp OR -title:x\\\"?\"}\n"
		"{\"id\":\"q2\",\"text\":\"quince\"}\n"
		"{\"id\":\"q3\",\"text\":\"gravel\"}\n");
	/* q3 has no relevant document and is left out; d9 is not there */
	write_file("r.tsv", "q1\td3\t1\nq2\td2\t2\nq2\td9\t1\nq3\td1\t0\n");
	return 0;
}

static double measure(const json_t *doc, const char *name)
{
	return json_real_value(json_object_get(json_object_get(doc, "measures"), name));
}

static const char *eval_line(const char *more)
{
	static char line[1200];

	snprintf(line, sizeof(line), "eval --queries %s --qrels %s %s",
		 in_tmpdir("q.jsonl"), in_tmpdir("r.tsv"), more);
	return line;
}

static void sentences_are_words_and_unjudged_queries_are_left_out(void **state)
{
	json_t *doc = document(eval_line("-f json"), 0);

	(void)state;
	assert_string_equal(string(doc, "schema"), "paneldex.eval/1");
	assert_int_equal(integer(doc, "queries"), 2);
	assert_true(json_is_null(json_object_get(doc, "vs")));
	/* q1 finds d3 first; q2 finds d2, whose title has the word, first of two */
	assert_true(fabs(measure(doc, "mrr") - 1) < 1e-6);
	assert_true(fabs(measure(doc, "map") - 0.75) < 1e-6);
	assert_true(fabs(measure(doc, "p@10") - 0.1) < 1e-6);
	assert_true(fabs(measure(doc, "recall@100") - 0.75) < 1e-6);
	json_decref(doc);
	/* all words are nowhere together */
	doc = document(eval_line("-f json --match all"), 0);
	assert_true(fabs(measure(doc, "mrr") - 0.5) < 1e-6);
	json_decref(doc);
}

static void a_run_is_written_as_trec_has_it(void **state)
{
	char line[600], text[2000];
	struct run r;
	FILE *f;
	size_t n;

	(void)state;
	snprintf(line, sizeof(line), "--run %s", in_tmpdir("run.txt"));
	r = run_expect(eval_line(line), 0);
	assert_holds(r.out, "ndcg@10", line);
	run_free(&r);
	f = fopen(in_tmpdir("run.txt"), "r");
	assert_non_null(f);
	n = fread(text, 1, sizeof(text) - 1, f);
	fclose(f);
	text[n] = '\0';
	assert_holds(text, "q1 Q0 d3 1 ", "run");
	assert_holds(text, "q2 Q0 d2 1 ", "run");
	assert_holds(text, "q2 Q0 d1 2 ", "run");
	assert_holds(text, " paneldex\n", "run");
	assert_null(strstr(text, "q3"));
}

static void two_profiles_stand_side_by_side(void **state)
{
	json_t *doc = document(eval_line("-f json --vs title"), 0), *vs;
	struct run r = run_expect(eval_line("--profile flat --vs title"), 0);

	(void)state;
	vs = json_object_get(doc, "vs");
	assert_string_equal(string(doc, "profile"), "default");
	assert_string_equal(string(vs, "profile"), "title");
	assert_keys(vs, "profile measures difference p", "vs");
	json_decref(doc);
	assert_holds(r.out, "flat", "text");
	assert_holds(r.out, "+0.0000", "text");
	run_free(&r);
}

static void faults_in_the_files_are_named_with_their_line(void **state)
{
	struct run r;
	char line[600];

	(void)state;
	write_file("bad.tsv", "q1\td3\t1\nq1\td4\n");
	snprintf(line, sizeof(line), "eval --queries %s --qrels %s",
		 in_tmpdir("q.jsonl"), in_tmpdir("bad.tsv"));
	r = run_expect(line, 2);
	assert_holds(r.err, "bad.tsv:2: ", line);
	run_free(&r);
	write_file("bad.jsonl", "{\"id\":\"q1\"}\n");
	snprintf(line, sizeof(line), "eval --queries %s --qrels %s",
		 in_tmpdir("bad.jsonl"), in_tmpdir("r.tsv"));
	r = run_expect(line, 2);
	assert_holds(r.err, "bad.jsonl:1: ", line);
	run_free(&r);
	r = run_expect("eval", 2);
	run_free(&r);
	r = run_expect(eval_line("--profile nobody"), 2);
	assert_holds(r.err, "unknown profile \"nobody\"", "profile");
	run_free(&r);
}

static void first_is(const char *line, const char *ref)
{
	json_t *doc = document(line, 0);
	json_t *hit = json_array_get(json_object_get(doc, "hits"), 0);

	if (strcmp(string(hit, "title"), ref) != 0)
		fail_msg("%s: the first is %s, not %s", line, string(hit, "title"),
			 ref);
	json_decref(doc);
}

static const struct {
	const char *query, *parsed;
} any_cases[] = {
	{ "gravel quince lamp", "gravel OR quince OR lamp" },
	{ "gravel AND quince lamp", "gravel quince OR lamp" },
	{ "gravel (quince AND lamp)", "gravel OR quince lamp" },
	{ "gravel -quince lamp", "(gravel OR lamp) -quince" },
	{ "category:x gravel lamp", "(gravel OR lamp) category:x" },
	{ "gravel quince OR lamp the", "gravel OR quince OR lamp OR the" },
	{ "\"gravel and\" title:lamp", "\"gravel and\" OR title:lamp" },
	{ "gravel", "gravel" },
	{ "-gravel", "-gravel" },
};

static void any_word_will_do_when_asked_for(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(any_cases) / sizeof(any_cases[0]); i++) {
		const char *const argv[] = { "paneldex", "search",
					     "-fjson",   "--match=any",
					     "--",       any_cases[i].query,
					     NULL };
		struct run r = run_program(argv, "", 0);
		json_t *doc = parse(r.out);
		const char *parsed = string(json_object_get(doc, "query"), "parsed");

		if (strcmp(parsed, any_cases[i].parsed) != 0)
			fail_msg("%s is read as %s, not %s", any_cases[i].query, parsed,
				 any_cases[i].parsed);
		json_decref(doc);
		run_free(&r);
	}
	json_decref(document("search -f json --strict quince nothing", 1));
	json_decref(document("search -f json --match any quince nothing", 0));
}

static void a_stop_word_weighs_nothing_beside_another_word(void **state)
{
	struct run r;

	(void)state;
	first_is("search -f json the", "The of");
	first_is("search -f json --match any the of of of gravel", "Gravel");
	r = run_expect("search --explain --strict quince the lamp", 1);
	assert_holds(r.out, "; not scored", "explain");
	run_free(&r);
}

static void write_config(const char *text)
{
	mkdir(in_tmpdir("config"), 0700);
	mkdir(in_tmpdir("config/paneldex"), 0700);
	write_file("config/paneldex/config", text);
}

static void a_profile_of_the_users_own_ranks(void **state)
{
	struct run r;

	(void)state;
	first_is("search -f json quince", "Quince");
	write_config("; mine\n[profile bodies]\ntitle = 0.01\nk1 = 2\nb = 0\n");
	first_is("search -f json --profile bodies quince", "Gravel");
	first_is("search -f json quince", "Quince");
	write_config("[profile default]\ntitle = 0.01\ntitle.b = 0.5\n");
	first_is("search -f json quince", "Gravel");
	r = run_expect("search --count --profile title quince", 2);
	run_free(&r);
	write_config("");
}

static void faults_in_the_configuration_are_named_with_their_line(void **state)
{
	static const char *const bad[] = {
		"[profile x]\nk1 = 1\nk1 = 0\n",
		"[profile x]\nk1 = 1\ntitel = 2\n",
		"[profile x]\nk1 = 1\ntitle.b = 1.5\n",
		"[profile x]\nk1 = 1\nbody = nan\n",
		"[profile x]\nk1 = 1\nno value\n",
		"[profile x]\n[ranking]\nk1 = 1\n",
		"[profile x]\n[profile ]\nk1 = 1\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct run r;

		write_config(bad[i]);
		r = run_expect("search quince", 2);
		assert_holds(r.err, "/paneldex/config:3: ", bad[i]);
		run_free(&r);
	}
	write_config("");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences_are_words_and_unjudged_queries_are_left_out),
		cmocka_unit_test(a_run_is_written_as_trec_has_it),
		cmocka_unit_test(two_profiles_stand_side_by_side),
		cmocka_unit_test(faults_in_the_files_are_named_with_their_line),
		cmocka_unit_test(any_word_will_do_when_asked_for),
		cmocka_unit_test(a_stop_word_weighs_nothing_beside_another_word),
		cmocka_unit_test(a_profile_of_the_users_own_ranks),
		cmocka_unit_test(faults_in_the_configuration_are_named_with_their_line),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
