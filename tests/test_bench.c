/*
 * scripts/bench: that it runs from end to end on a small archive, says all that it
 * promises, and that paneldex and stock FTS5 find what is in the archive, which is
 * counted here once more.  No time is looked at but that there is one.
 */
#include "program.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define ARCHIVE 2000 /* articles of --quick */
#define VARIANTS 5   /* questions of a class */

/* As the bench calls and numbers them. */
static const char *const classes[] = { "rare word",      "medium word", "common word",
				       "AND of two",     "OR of four",  "phrase",
				       "prefix",         "take()",      "company+date",
				       "top 20 + total", "+ 4 facets",  "date sort",
				       "empty query" };

#define CLASSES (sizeof(classes) / sizeof(classes[0]))

static const char *const both[] = { "paneldex", "fts5" };

static struct {
	struct run run, generated;
	json_t *figures;
	char *archive; /* JSON Lines: what was generated */
} bench;

static struct run in_tree(const char *rest)
{
	char line[2048];

	snprintf(line, sizeof(line), "cd '%s' && %s", test_path("."), rest);
	return shell(line);
}

/* What ${command} of the bench's programs prints. */
static struct run tool(const char *command)
{
	char line[512];
	struct run r;

	snprintf(line, sizeof(line), "\"${PANELDEX_BIN%%/*}\"/bench/%s", command);
	r = shell(line);
	assert_status(&r, 0, line);
	return r;
}

static int run_bench(void **state)
{
	char line[1024], *text;

	(void)state;
	snprintf(line, sizeof(line),
		 "scripts/bench --quick --peers paneldex,fts5 --json '%s' --svg '%s'",
		 in_tmpdir("bench.json"), in_tmpdir("bench.svg"));
	bench.run = in_tree(line);
	assert_status(&bench.run, 0, line);
	text = file_text(in_tmpdir("bench.json"));
	bench.figures = parse(text);
	free(text);
	snprintf(line, sizeof(line), "generate %d", ARCHIVE);
	bench.generated = tool(line);
	bench.archive = bench.generated.out;
	return 0;
}

static int free_bench(void **state)
{
	(void)state;
	json_decref(bench.figures);
	run_free(&bench.generated);
	run_free(&bench.run);
	return 0;
}

static const json_t *size(void)
{
	return json_array_get(json_object_get(bench.figures, "sizes"), 0);
}

static const json_t *peer(const char *name)
{
	return json_object_get(json_object_get(size(), "peers"), name);
}

static const json_t *latency(const char *name, const char *heat, size_t class)
{
	return json_object_get(json_object_get(peer(name), heat), classes[class]);
}

static void check_latency(const char *name, const char *heat, size_t class)
{
	static const char *const shares[] = { "p50_us", "p95_us", "p99_us" };
	const json_t *l = latency(name, heat, class);
	double before = 0;

	for (size_t i = 0; i < 3; i++) {
		double value = json_real_value(json_object_get(l, shares[i]));

		if (value <= 0 || value < before)
			fail_msg("%s, %s, %s: %s is no time, or less than those before",
				 name, heat, classes[class], shares[i]);
		before = value;
	}
}

static void each_engine_has_all_figures(void **state)
{
	(void)state;
	assert_int_equal(integer(size(), "articles"), ARCHIVE);
	for (size_t i = 0; i < 2; i++) {
		const json_t *p = peer(both[i]);

		assert_non_null(p);
		assert_keys(p, "ingest_us ingest_mb_per_s", both[i]);
		assert_true(integer(p, "file_bytes") > 0);
		assert_true(integer(p, "text_bytes") > 2000 * ARCHIVE);
		assert_true(integer(p, "ingest_memory_kib") > 0);
		assert_true(integer(p, "search_memory_kib") > 0);
		for (size_t c = 0; c < CLASSES; c++) {
			check_latency(both[i], "warm", c);
			check_latency(both[i], "cold", c);
		}
	}
	assert_true(integer(peer("paneldex"), "more_us") > 0);
}

/* Whether ${word} stands in a line of JSON, where the n of a \n is no letter. */
static bool has_word(const char *line, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = line; (at = strstr(at, word)); at += len)
		if ((!isalnum((unsigned char)at[-1]) || at[-2] == '\\') &&
		    !isalnum((unsigned char)at[len]))
			return true;
	return false;
}

/* Articles that have all of the words, or any of them. */
static json_int_t count_articles(char **words, size_t n, bool any)
{
	json_int_t total = 0;

	for (char *line = bench.archive, *end; *line; line = end + 1) {
		size_t found = 0;

		end = strchr(line, '\n');
		assert_non_null(end);
		*end = '\0';
		for (size_t i = 0; i < n; i++)
			found += has_word(line, words[i]);
		*end = '\n';
		total += any ? found > 0 : found == n;
	}
	return total;
}

/* What the questions of each class must find, as far as words alone decide. */
static void count_matches(json_int_t totals[CLASSES])
{
	struct run r = tool("peer-paneldex words");
	char *rest = r.out;

	memset(totals, 0, CLASSES * sizeof(*totals));
	for (char *line; (line = strtok_r(rest, "\n", &rest));) {
		char *columns[16], *more = line;
		size_t n = 0, class;

		while (n < 16 && (columns[n] = strtok_r(more, "\t", &more)))
			n++;
		assert_true(n >= 4 && n < 16);
		class = strtoul(columns[0], NULL, 10);
		assert_true(class < CLASSES);
		totals[class] +=
			count_articles(columns + 4, n - 4, columns[2][0] == '1');
	}
	run_free(&r);
}

static bool words_decide(size_t class)
{
	static const char *const others[] = { "phrase", "prefix", "take()",
					      "company+date" };

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(classes[class], others[i]) == 0)
			return false;
	return true;
}

static void paneldex_finds_what_is_there(void **state)
{
	json_int_t totals[CLASSES];

	(void)state;
	count_matches(totals);
	for (size_t c = 0; c < CLASSES; c++) {
		json_int_t found = integer(latency("paneldex", "warm", c), "found");

		if (found <= 0 || (words_decide(c) && found != totals[c]))
			fail_msg("%s: %lld articles, not %lld", classes[c],
				 (long long)found, (long long)totals[c]);
	}
	assert_int_equal(totals[CLASSES - 1], VARIANTS * ARCHIVE);
}

/* Those that it is asked a total for. */
static void stock_fts5_finds_as_many(void **state)
{
	static const size_t counted[] = { 9, 10 };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
			integer(latency("fts5", "warm", counted[i]), "found"),
			integer(latency("paneldex", "warm", counted[i]), "found"));
}

static void the_output_ends_with_what_is_to_be_reached(void **state)
{
	const char *targets = strstr(bench.run.out, "\nTo reach, at 2000 articles\n");

	(void)state;
	assert_non_null(targets);
	assert_holds(targets, "ingest, to FTS5", "targets");
	assert_holds(targets, "not measured", "of Lucene, and of 1,000,000 articles");
}

static void the_chart_is_a_picture(void **state)
{
	char *svg = file_text(in_tmpdir("bench.svg"));

	(void)state;
	assert_holds(svg, "<svg ", "chart");
	assert_holds(svg, "</svg>", "chart");
	assert_holds(svg, "fts5", "chart");
	free(svg);
}

static void what_is_not_known_is_refused(void **state)
{
	static const struct {
		const char *options, *want;
	} cases[] = {
		{ "--peers paneldex,grep", "unknown peer \"grep\"" },
		{ "--runs 0", "\"0\" is no number of runs" },
		{ "12x", "\"12x\" is no number of articles" },
		{ "--no-such", "unknown option \"--no-such\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char line[256];
		struct run r;

		snprintf(line, sizeof(line), "scripts/bench %s", cases[i].options);
		r = in_tree(line);
		assert_status(&r, 2, line);
		assert_holds(r.err, cases[i].want, line);
		run_free(&r);
	}
}

static void the_archive_is_the_same_everywhere(void **state)
{
	(void)state;
	assert_int_equal(hash64(bench.archive, strlen(bench.archive)),
			 UINT64_C(0x57B5C35DC2BAC816));
}

static void an_archive_can_be_gone_on_with(void **state)
{
	struct run r = tool("generate 2 1998");

	(void)state;
	assert_true(r.outlen > 0);
	assert_string_equal(r.out, bench.archive + strlen(bench.archive) - r.outlen);
	run_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_engine_has_all_figures),
		cmocka_unit_test(paneldex_finds_what_is_there),
		cmocka_unit_test(stock_fts5_finds_as_many),
		cmocka_unit_test(the_output_ends_with_what_is_to_be_reached),
		cmocka_unit_test(the_chart_is_a_picture),
		cmocka_unit_test(what_is_not_known_is_refused),
		cmocka_unit_test(the_archive_is_the_same_everywhere),
		cmocka_unit_test(an_archive_can_be_gone_on_with),
	};

	return cmocka_run_group_tests(tests, run_bench, free_bench);
}
