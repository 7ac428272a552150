/*
 * The numbers of facets, pivots and trends, of 50 queries over three archives, against
 * a count of export's articles by another program: jq.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

static const char *const corpus_queries[] = {
	"",
	"multimodal",
	"acquisition",
	"funding round",
	"\"open weights\"",
	"licence OR license",
	"-model",
	"moat*",
	"title:merger",
	"take:latency",
	"take(persona:skeptic moat)",
	"persona:builder",
	"company:orrery",
	"company:orrery,heathland",
	"category:acquisition -company:orrery",
	"date:2026-05",
	"date:2025-11..2026-02 chips",
	"since:2026 until:2026-Q2",
	"(chip OR gpu) delay",
	"model NEAR/8 release",
	"=acquires",
	"regulator OR tribunal",
	"id:0 OR id:1 OR id:2",
	"nosuchword",
};
static const char *const news_queries[] = {
	"",
	"model",
	"company:AAPL",
	"company:GOOGL,AMZN",
	"date:2018",
	"earnings -AAPL",
	"category:7370",
	"agents OR benchmark",
	"\"open source\"",
	"take:model",
	"date:2026",
	"quarter profit",
	"lang:en",
	"iphone*",
};
static const char *const panel_queries[] = {
	"",
	"tax",
	"wages OR prices",
	"perspective:agree",
	"persona:acemoglu",
	"take(perspective:disagree trade)",
	"-tax",
	"\"minimum wage\"",
	"title:trade",
	"take:evidence -take:trade",
	"equal*",
	"inflation NEAR/10 rate",
};

/* What one query says on five ways, and how jq counts it. */
static const char script[] =
	"cd \"$COUNTS_DIR\" && q=$COUNTS_QUERY && p=$PANELDEX_BIN\n"
	"range='--since 2025-11 --until 2026-06'\n"
	"set -f\n"
	"found() { \"$@\" || [ $? -eq 1 ]; }\n" /* nothing found is no failure */
	"found \"$p\" facets -f json --top 1000000 --by company --by category"
	" --by persona --by perspective --by source --by lang --by year --by quarter"
	" --by month --by week --by day --pivot company,category --pivot category,month"
	" --pivot persona,year -- \"$q\" >facets 2>>err &&\n"
	"found \"$p\" trend -f json --interval month -- \"$q\" >trend 2>>err &&\n"
	"found \"$p\" trend -f json --interval month $range -- \"$q\" >range 2>>err "
	"&&\n"
	"found \"$p\" export -- \"$q\" >export 2>>err &&\n"
	"jq -nr --slurpfile facets facets --slurpfile trend trend --slurpfile range "
	"range"
	" --argjson total \"$(\"$p\" search -c -- \"$q\" 2>>err)\""
	" --argjson ranged \"$(\"$p\" search -c $range -- \"$q\" 2>>err)\""
	" -f \"$COUNTS_JQ\" export\n";

/* Returns whether the query found anything. */
static bool check_query(const char *query)
{
	struct run r;
	bool found;

	set("COUNTS_QUERY", query);
	r = shell(script);
	if (r.status != 0 || r.outlen)
		fail_msg("<%s>: exit %d\n%s%s", query, r.status, r.out, r.err);
	run_free(&r);
	r = shell("test -s \"$COUNTS_DIR/export\"");
	found = r.status == 0;
	run_free(&r);
	return found;
}

static void check_archive(const char *db, const char *input, const char *const *queries,
			  size_t n, size_t least)
{
	const char *argv[] = { "paneldex", "ingest", "--quiet", input, NULL };
	size_t found = 0, i;
	struct run r;

	use_db(db);
	r = run_program(argv, NULL, 0);
	if (r.status != 0 && r.status != 4)
		fail_msg("ingest %s: exit %d\n%s", input, r.status, r.err);
	run_free(&r);
	set("COUNTS_DIR", test_tmpdir());
	set("COUNTS_JQ", test_path("tests/cases/counts.jq"));
	for (i = 0; i < n; i++)
		found += check_query(queries[i]);
	/* A query that finds nothing says nothing. */
	if (found < least)
		fail_msg("%s: only %zu of %zu queries found anything", input, found, n);
	printf("%s: %zu queries, %zu of them found something\n", db, n, found);
}

static void counts_over_the_corpus_agree_with_jq(void **state)
{
	(void)state;
	check_archive("corpus.db", test_path("corpus"), corpus_queries,
		      COUNT(corpus_queries), COUNT(corpus_queries) - 2);
}

static void counts_over_news_agree_with_jq(void **state)
{
	const char *news = shared_path("news");

	(void)state;
	if (!news)
		skip();
	check_archive("news.db", news, news_queries, COUNT(news_queries),
		      COUNT(news_queries) - 2);
}

static void counts_over_panels_agree_with_jq(void **state)
{
	const char *panel = shared_path("panel");

	(void)state;
	if (!panel)
		skip();
	check_archive("panel.db", panel, panel_queries, COUNT(panel_queries),
		      COUNT(panel_queries) - 2);
}

/* ${db} exported, ingested into a fresh index and exported again: the same bytes. */
static void check_round_trip(const char *db)
{
	char line[1024];
	struct run r;

	use_db(db);
	set("COUNTS_AGAIN", in_tmpdir("again.db"));
	snprintf(
		line, sizeof(line),
		"cd %s && rm -f again.db* && $PANELDEX_BIN export >once && test -s "
		"once &&"
		" sort -R once | $PANELDEX_BIN ingest --quiet -d \"$COUNTS_AGAIN\" - &&"
		" $PANELDEX_BIN export -d \"$COUNTS_AGAIN\" >twice && cmp once twice",
		test_tmpdir());
	r = shell(line);
	if (r.status || r.outlen || r.errlen)
		fail_msg("%s: exit %d\n%s%s", db, r.status, r.out, r.err);
	run_free(&r);
}

static void an_export_that_is_ingested_exports_the_same_bytes(void **state)
{
	(void)state;
	check_round_trip("corpus.db");
	if (shared_path("news"))
		check_round_trip("news.db");
	if (shared_path("panel"))
		check_round_trip("panel.db");
}

/* Three different articles under one address, and one without anything but a title. */
static void siblings_come_back_under_their_own_ids(void **state)
{
	static const char articles[] =
		"{\"title\":\"One\",\"body\":\"a\",\"url\":\"https://example.org/"
		"page\"}\n"
		"{\"title\":\"Two\",\"body\":\"b\",\"url\":\"https://example.org/"
		"page\"}\n"
		"{\"title\":\"Three\",\"body\":\"c\",\"url\":\"https://example.org/"
		"page\"}\n"
		"{\"title\":\"Bare\"}\n"
		"{\"title\":\"Named\",\"id\":77,\"source\":\"S\",\"takes\":["
		"{\"persona\":\"P\",\"perspective\":\"Q\",\"text\":\"two\\n\\nparts\"},"
		"{\"text\":\"nobody's\"}],\"company\":[\"A\",\"a\",\"B\"]}\n";
	const char *argv[] = { "paneldex", "ingest", "--quiet", "-", NULL };
	struct run r;

	(void)state;
	use_db("siblings.db");
	r = run_program(argv, articles, strlen(articles));
	assert_status(&r, 0, "ingest");
	run_free(&r);
	r = run_expect("search -c", 0);
	assert_string_equal(r.out, "5\n");
	run_free(&r);
	check_round_trip("siblings.db");
}

static void export_is_json_lines_and_says_so(void **state)
{
	struct run r;
	json_t *o;

	(void)state;
	use_db("siblings.db");
	r = run_expect("export named", 0);
	o = parse(r.out);
	assert_keys(o,
		    "schema id title date companies categories url summary body lang "
		    "source ref takes",
		    "an exported article");
	assert_string_equal(string(o, "schema"), "paneldex.article/1");
	assert_string_equal(string(o, "ref"), "77");
	json_decref(o);
	run_free(&r);
	r = run_expect("export -f csv", 2);
	assert_holds(r.err, "export writes jsonl", "export -f csv");
	assert_int_equal(r.outlen, 0);
	run_free(&r);
	r = run_expect("export nosuchword", 1);
	assert_int_equal(r.outlen, 0);
	run_free(&r);
}

static int find_jq(void **state)
{
	struct run r = shell("jq --version");
	int missing = r.status != 0;

	(void)state;
	if (missing)
		printf("jq is missing; scripts/install-deps installs it\n");
	run_free(&r);
	return missing ? -1 : 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_over_the_corpus_agree_with_jq),
		cmocka_unit_test(counts_over_news_agree_with_jq),
		cmocka_unit_test(counts_over_panels_agree_with_jq),
		cmocka_unit_test(an_export_that_is_ingested_exports_the_same_bytes),
		cmocka_unit_test(siblings_come_back_under_their_own_ids),
		cmocka_unit_test(export_is_json_lines_and_says_so),
	};

	return cmocka_run_group_tests(tests, find_jq, NULL);
}
