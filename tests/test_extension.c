/*
 * The index as SQLite's own programs see it: through the loadable extension, and the
 * examples of README.md in SQL and Python.
 */
#include "program.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* ${name} beside the program; static. */
static const char *beside_program(const char *name)
{
	static char path[1024];
	const char *program = getenv("PANELDEX_BIN");
	const char *slash = strrchr(program, '/');

	snprintf(path, sizeof(path), "%.*s/%s", (int)(slash - program), program, name);
	return path;
}

/* Programs of the system have no sanitizer in them, and ours cannot bring one. */
static void need_plain_build(void)
{
	if (!strstr(getenv("PANELDEX_BIN"), "/san/"))
		return;
	print_message("skipped: the extension is not loaded with sanitizers\n");
	skip();
}

static void need_program(const char *what, const char *script)
{
	struct run r = shell(script);
	int status = r.status;

	run_free(&r);
	if (status == 0)
		return;
	print_message("skipped: no %s\n", what);
	skip();
}

static void need_sqlite(void)
{
	need_plain_build();
	need_program("sqlite3", "command -v sqlite3");
}

/* Run ${sql} in the sqlite3 shell, with the extension, over ${db}. */
static struct run sqlite(const char *db, const char *sql)
{
	char load[1100];
	const char *argv[] = {
		"sqlite3", "-batch", "-bail", "-cmd", load, db, sql, NULL
	};

	snprintf(load, sizeof(load), ".load '%s'", beside_program("paneldex"));
	return run_program(argv, "", 0);
}

static void assert_sql(const char *db, const char *sql, const char *want)
{
	struct run r = sqlite(db, sql);

	if (r.status != 0 || strcmp(r.out, want) != 0)
		fail_msg("%s\n  exit %d\n  got  %s  want %s%s", sql, r.status, r.out,
			 want, r.err);
	run_free(&r);
}

static void the_views_show_articles_takes_and_companies(void **state)
{
	static const struct {
		const char *sql, *want;
	} cases[] = {
		{ "SELECT count(*) FROM articles", "6\n" },
		{ "SELECT title, date, companies, categories, bookmarked FROM articles"
		  " WHERE id LIKE '0d86%'",
		  "Tern Labs Buys Harbour to Put Eyes on Its Small Models|2026-05-04|"
		  "[\"Tern Labs\"]|[\"Acquisition\"]|0\n" },
		{ "SELECT date IS NULL, url IS NULL FROM articles"
		  " WHERE id LIKE '4472%'",
		  "1|1\n" },
		{ "SELECT c.value, count(*) FROM articles, json_each(companies) c"
		  " GROUP BY 1 HAVING count(*) > 1",
		  "Quern|2\nTern Labs|3\n" },
		{ "SELECT n, persona, perspective, substr(text, 1, 13) FROM takes"
		  " WHERE article LIKE '0d86%' AND n < 3",
		  "1|The Builder|Developer Perspective|Three hundred\n"
		  "2|The Skeptic|Reality Check|Nine people a\n" },
		{ "SELECT aliases FROM companies WHERE name = 'Tern Labs'", "[]\n" },
		{ "SELECT typeof(body) FROM articles WHERE id LIKE '0d86%'", "text\n" },
	};

	(void)state;
	need_sqlite();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_sql(in_tmpdir(MAIN_DB), cases[i].sql, cases[i].want);
}

static void the_views_show_texts_that_need_a_codebook(void **state)
{
	struct run r;

	(void)state;
	need_sqlite();
	use_db("codebook.db");
	r = shell("awk 'BEGIN { for (i = 0; i < 1500; i++) {"
		  " printf \"{\\\"title\\\":\\\"Title %d\\\",\\\"body\\\":\\\"end\", i;"
		  " for (k = 0; k < 700; k++) printf \" w%d\", i * k * 7919 % 3001;"
		  " print \"\\\"}\" } }' | \"$PANELDEX_BIN\" ingest -q -");
	assert_status(&r, 0, r.err);
	run_free(&r);
	assert_sql(in_tmpdir("codebook.db"),
		   "SELECT (SELECT count(*) FROM codebook), count(*) FROM articles"
		   " WHERE body LIKE 'end w%'",
		   "1|1500\n");
	use_db(MAIN_DB);
}

static void sql_scores_what_a_search_scores(void **state)
{
	json_t *found, *hits, *hit;
	struct run r;
	char *line;
	size_t i;

	(void)state;
	need_sqlite();
	found = document("search -f json -n 6 open weights", 0);
	hits = json_object_get(found, "hits");
	r = sqlite(in_tmpdir(MAIN_DB),
		   "SELECT a.id, bm25f(text) FROM text JOIN articles a"
		   " ON a.row = text.rowid WHERE text MATCH 'open weights'"
		   " ORDER BY bm25f(text)");
	assert_status(&r, 0, "bm25f");
	line = r.out;
	json_array_foreach(hits, i, hit)
	{
		double score = json_real_value(json_object_get(hit, "score"));
		char id[16];
		double got;

		assert_int_equal(sscanf(line, "%12s|%lf", id, &got), 2);
		assert_string_equal(id, string(hit, "id"));
		if (fabs(got + score) > 1e-5)
			fail_msg("%s: %f in SQL, %f in a search", id, got, score);
		line = strchr(line, '\n') + 1;
	}
	assert_true(i >= 2);
	assert_int_equal(*line, '\0');
	run_free(&r);
	json_decref(found);
}

static void the_full_text_index_agrees_with_the_view_behind_it(void **state)
{
	(void)state;
	need_sqlite();
	assert_sql(in_tmpdir(MAIN_DB),
		   "INSERT INTO text(text, rank) VALUES('integrity-check', 1);"
		   "SELECT 'ok'",
		   "ok\n");
}

static void the_tokenizer_serves_tables_of_ones_own(void **state)
{
	(void)state;
	need_sqlite();
	assert_sql(":memory:",
		   "CREATE VIRTUAL TABLE mine USING fts5(a, tokenize='paneldex');"
		   "INSERT INTO mine VALUES('Running GPT-4o'), ('C++ and C'), ('C');"
		   "SELECT a FROM mine WHERE mine MATCH '\"gpt 4o\" run';"
		   "SELECT count(*) FROM mine WHERE mine MATCH '\"C++\"';",
		   "Running GPT-4o\n1\n");
	assert_sql(":memory:",
		   "CREATE VIRTUAL TABLE mine USING fts5(a,"
		   " tokenize='paneldex none');"
		   "INSERT INTO mine VALUES('running');"
		   "SELECT count(*) FROM mine WHERE mine MATCH 'run';",
		   "0\n");
}

static void what_cannot_be_is_an_error_of_sql(void **state)
{
	static const char *const cases[] = {
		"CREATE VIRTUAL TABLE mine USING fts5(a, tokenize='paneldex klingon')",
		"SELECT paneldex_value(x'00', 'body')",
		"SELECT paneldex_value(record, 'shoes') FROM article",
		"SELECT paneldex_value(NULL, NULL)",
		"SELECT paneldex_column('', 99)",
		"SELECT bm25f(text, 1) FROM text WHERE text MATCH 'open'",
	};

	(void)state;
	need_sqlite();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = sqlite(in_tmpdir(MAIN_DB), cases[i]);

		if (r.status != 1)
			fail_msg("%s: exit %d, %s", cases[i], r.status, r.out);
		run_free(&r);
	}
}

/* The first block of README.md whose fence says ${language}, with the extension where
 * this build has it; the caller frees it. */
static char *readme_block(const char *language)
{
	static const char installed[] = "build/release/paneldex";
	char fence[32], line[1024];
	FILE *f = fopen(test_path("README.md"), "r");
	bool inside = false;
	struct buf text;

	assert_non_null(f);
	buf_init(&text, 0);
	snprintf(fence, sizeof(fence), "```%s\n", language);
	while (fgets(line, sizeof(line), f)) {
		char *at;

		if (inside && strncmp(line, "```", 3) == 0)
			break;
		at = inside ? strstr(line, installed) : NULL;
		if (at)
			buf_printf(&text, "%.*s%s%s", (int)(at - line), line,
				   beside_program("paneldex"), at + strlen(installed));
		else if (inside)
			buf_puts(&text, line);
		inside = inside || strcmp(line, fence) == 0;
	}
	fclose(f);
	if (!text.len)
		fail_msg("README.md has no block of %s", language);
	return buf_take(&text);
}

static void readme_example(const char *language, const char *program)
{
	char *text = readme_block(language);
	const char *argv[] = { program, strcmp(program, "sqlite3") ? "-" : "-bail",
			       strcmp(program, "sqlite3") ? NULL
							  : in_tmpdir("corpus.db"),
			       NULL };
	struct run r = run_program(argv, text, strlen(text));

	assert_status(&r, 0, text);
	assert_holds(r.out, "Ambulo Acquires Ocellus", text);
	run_free(&r);
	free(text);
}

static int use_corpus(void **state)
{
	struct run r;
	char line[1100];

	(void)state;
	use_db("corpus.db");
	snprintf(line, sizeof(line), "ingest -q %s", test_path("corpus/captures"));
	r = paneldex(line);
	run_free(&r);
	return 0;
}

static void the_sql_of_the_readme_runs(void **state)
{
	(void)state;
	need_sqlite();
	readme_example("sql", "sqlite3");
}

/* A Python may have been built without loading extensions. */
static void the_python_of_the_readme_runs(void **state)
{
	static const char *const pythons[] = { "python3", "/usr/bin/python3" };
	char test[256];

	(void)state;
	need_plain_build();
	for (size_t i = 0; i < sizeof(pythons) / sizeof(pythons[0]); i++) {
		struct run r;
		int status;

		snprintf(test, sizeof(test),
			 "%s -c 'import sqlite3;"
			 "sqlite3.Connection.enable_load_extension'",
			 pythons[i]);
		r = shell(test);
		status = r.status;
		run_free(&r);
		if (status)
			continue;
		readme_example("python", pythons[i]);
		return;
	}
	print_message("skipped: no python3 whose sqlite3 module loads extensions\n");
	skip();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_views_show_articles_takes_and_companies),
		cmocka_unit_test(the_views_show_texts_that_need_a_codebook),
		cmocka_unit_test(sql_scores_what_a_search_scores),
		cmocka_unit_test(the_full_text_index_agrees_with_the_view_behind_it),
		cmocka_unit_test(the_tokenizer_serves_tables_of_ones_own),
		cmocka_unit_test(what_cannot_be_is_an_error_of_sql),
	};
	const struct CMUnitTest examples[] = {
		cmocka_unit_test(the_sql_of_the_readme_runs),
		cmocka_unit_test(the_python_of_the_readme_runs),
	};
	int failed = cmocka_run_group_tests(tests, make_index, NULL);

	return failed + cmocka_run_group_tests(examples, use_corpus, NULL);
}
