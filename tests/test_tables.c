/*
 * What export writes to files: ordinary tables, as SQLite's own programs see them, and
 * JSON Lines; and what it never replaces.
 */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* In the directory of the test, where ${q} is how the program is called. */
#define THERE "cd \"$TEST_DIR\" || exit 9; p=$PANELDEX_BIN; "

static void need(const char *program)
{
	char line[64];
	struct run r;
	int status;

	snprintf(line, sizeof(line), "%s --version", program);
	r = shell(line);
	status = r.status;
	run_free(&r);
	if (status == 0)
		return;
	print_message("skipped: there is no %s\n", program);
	skip();
}

/* A script that has to end well and to say ${want}. */
static void assert_says(const char *script, const char *want)
{
	struct run r = shell(script);

	if (r.status || strcmp(r.out, want) != 0 || r.errlen)
		fail_msg("%s: exit %d\n%s%s\nwanted: %s", script, r.status, r.out,
			 r.err, want);
	run_free(&r);
}

/* A script that has to exit with ${status}, say nothing, and ${part} as the error. */
static void assert_refused(const char *script, int status, const char *part)
{
	struct run r = shell(script);

	assert_status(&r, status, script);
	assert_holds(r.err, part, script);
	assert_int_equal(r.outlen, 0);
	run_free(&r);
}

static void tables_give_back_what_an_export_has(void **state)
{
	static const char *const indexes[] = { MAIN_DB, "odd.db", "corpus.db" };

	(void)state;
	need("python3");
	set("TABLES_PY", test_path("tests/cases/tables.py"));
	for (size_t i = 0; i < COUNT(indexes); i++) {
		use_db(indexes[i]);
		assert_says(THERE "\"$p\" export >want && \"$p\" export -f sqlite -o "
				  "all.sqlite && python3 \"$TABLES_PY\" all.sqlite want"
				  " && rm all.sqlite",
			    "");
	}
	use_db(MAIN_DB);
}

static void sqlite_reads_them_with_nothing_beside(void **state)
{
	static const struct {
		const char *sql, *want;
	} cases[] = {
		{ "PRAGMA integrity_check; PRAGMA foreign_key_check", "ok\n" },
		{ "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
		  "article_categories\narticle_companies\narticles\nbookmarks\n"
		  "categories\ncompanies\npersonas\ntakes\n" },
		{ "SELECT count(*), count(date), count(DISTINCT id) FROM articles",
		  "6|5|6\n" },
		{ "SELECT count(*) = (SELECT count(*) FROM takes t JOIN articles a"
		  " ON a.id = t.article_id) FROM takes",
		  "1\n" },
		{ "SELECT c.name, count(*) FROM article_companies a JOIN companies c"
		  " ON c.id = a.company_id GROUP BY 1 HAVING count(*) > 1",
		  "Quern|2\nTern Labs|3\n" },
		{ "SELECT a.date, k.name FROM articles a JOIN article_categories b"
		  " ON b.article_id = a.id JOIN categories k ON k.id = b.category_id"
		  " WHERE a.id LIKE '0d86%'",
		  "2026-05-04|Acquisition\n" },
		{ "SELECT t.n, p.name, t.perspective, substr(t.text, 1, 13)"
		  " FROM takes t JOIN personas p ON p.id = t.persona_id"
		  " WHERE t.article_id LIKE '0d86%' AND n < 3 ORDER BY n",
		  "1|The Builder|Developer Perspective|Three hundred\n"
		  "2|The Skeptic|Reality Check|Nine people a\n" },
		{ "SELECT group_concat(DISTINCT typeof(body) || typeof(title) ||"
		  " typeof(added)) FROM articles",
		  "texttexttext\n" },
		{ "EXPLAIN QUERY PLAN SELECT 1 FROM articles WHERE date > '2026'",
		  "QUERY PLAN\n`--SEARCH articles USING COVERING INDEX articles_date "
		  "(date>?)\n" },
	};

	(void)state;
	need("sqlite3");
	assert_says(THERE "\"$p\" export -o main.sqlite3", "");
	for (size_t i = 0; i < COUNT(cases); i++) {
		set("TABLES_SQL", cases[i].sql);
		assert_says(THERE "sqlite3 main.sqlite3 \"$TABLES_SQL\"",
			    cases[i].want);
	}
	/* It is no index, and says so to whoever takes it for one. */
	assert_refused(THERE "\"$p\" search -d main.sqlite3 skua", 3,
		       "not a paneldex index");
}

static void the_query_says_which_articles_and_bookmarks(void **state)
{
	(void)state;
	need("sqlite3");
	assert_says(THERE
		    "cp main.db marked.db; export PANELDEX_DB=marked.db\n"
		    "\"$p\" bookmark add 0d86 --note \"for 'the' board\""
		    " --now 2026-06-01 >/dev/null &&"
		    " \"$p\" bookmark add 4472 >/dev/null &&"
		    " \"$p\" export -o some.db --company tern-labs --until 2026-05 &&"
		    " sqlite3 some.db 'SELECT count(*) FROM articles;"
		    " SELECT article_id, note, added FROM bookmarks;"
		    " SELECT name FROM companies ORDER BY 1; PRAGMA "
		    "foreign_key_check;'\n"
		    "\"$p\" search -c --company tern-labs --until 2026-05",
		    "3\n0d86c2844ca2|for 'the' board|2026-06-01T00:00:00Z\n"
		    "Maltings Silicon\nTern Labs\n3\n");
	/* Nothing found is said by the exit code; the tables are there, and empty. */
	assert_says(THERE "\"$p\" export -o none.db nosuchword 2>/dev/null; echo $?;"
			  " sqlite3 none.db 'SELECT count(*) FROM articles'",
		    "1\n0\n");
}

static void what_paneldex_did_not_write_is_left_alone(void **state)
{
	static const struct {
		const char *make, *write; /* the script is both */
		int status;
		const char *part;
	} cases[] = {
		{ "echo my notes >x.db", "export -o x.db", 2,
		  "x.db is there, and nothing in it says that paneldex wrote it; "
		  "--force replaces it" },
		{ "cp main.db x.db", "export -o x.db", 2, "--force replaces it" },
		{ "cp main.db x.db", "export -d x.db -o x.db --force", 2,
		  "x.db is the index itself" },
		{ "ln -f main.db x.db", "export -o ./x.db --force", 2,
		  "x.db is the index itself" },
		{ "rm -f x.db; ln -s main.db x.db", "export -o x.db --force", 2,
		  "x.db is the index itself" },
		{ "echo pdxt >x.db", "export -o x.db", 2, "--force replaces it" },
		{ "echo '{}' >x.jsonl", "export -o x.jsonl", 2,
		  "paneldex did not write it" },
		{ "echo a,b >x.csv", "export --fields id -o x.csv", 2,
		  "--force replaces it" },
		{ "mkdir -p d.db; >d.db/kept", "export -o d.db", 2,
		  "d.db is a directory" },
		{ ":", "export -o none/x.db", 5, "none/x.db: cannot write" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char script[1024];

		snprintf(script, sizeof(script),
			 THERE "rm -f x.*; %s; cat x.* d.db/* 2>/dev/null >before;"
			       " \"$p\" %s; status=$?;"
			       " cat x.* d.db/* 2>/dev/null | cmp before - || exit 9;"
			       " \"$p\" check >/dev/null || exit 8; exit $status",
			 cases[i].make, cases[i].write);
		assert_refused(script, cases[i].status, cases[i].part);
	}
}

static void its_own_files_are_replaced(void **state)
{
	(void)state;
	need("sqlite3");
	assert_says(THERE
		    "rm -f x.*; >x.sqlite; for q in drift skua; do"
		    " \"$p\" export $q -o x.sqlite && \"$p\" export $q -o x.jsonl &&"
		    " sqlite3 x.sqlite 'SELECT id FROM articles ORDER BY id' >ids.got"
		    " && \"$p\" export $q --template '{id}' >ids.want &&"
		    " test -s ids.want && cmp ids.got ids.want &&"
		    " \"$p\" export $q | cmp - x.jsonl || echo $q; done\n"
		    "echo mine >x.db; \"$p\" export -o x.db --force &&"
		    " sqlite3 x.db 'SELECT count(*) FROM articles'\n"
		    "echo mine >x.csv; \"$p\" export --fields id -o x.csv --force &&"
		    " wc -l <x.csv\n"
		    "ls x.* | wc -l",
		    "6\n7\n4\n");
}

/* The limit is far under what is written: a full disk fails in the same calls. */
static void a_file_that_does_not_fit_leaves_nothing_behind(void **state)
{
	static const struct {
		const char *name, *part;
	} cases[] = {
		{ "big.sqlite", "big.sqlite: cannot write: File too large" },
		{ "big.jsonl", "cannot write: File too large" },
	};

	(void)state;
	use_db("corpus.db");
	for (size_t i = 0; i < COUNT(cases); i++) {
		char script[512];

		snprintf(script, sizeof(script),
			 THERE "mkdir -p full; cd full; ulimit -f 64; "
			       "\"$p\" export -o %s; status=$?; ls; exit $status",
			 cases[i].name);
		assert_refused(script, 5, cases[i].part);
		/* What was there before is there still. */
		snprintf(script, sizeof(script),
			 THERE "cd full; \"$p\" export ambulo -o %s; cksum <%s >before;"
			       " (ulimit -f 64; \"$p\" export -o %s 2>/dev/null); "
			       "cksum <%s | cmp before -; ls | wc -l; rm %s before",
			 cases[i].name, cases[i].name, cases[i].name, cases[i].name,
			 cases[i].name);
		assert_says(script, "2\n");
	}
	use_db(MAIN_DB);
}

/* Or the whole file, where the signal came when it was there: never a part of one. */
static void an_interrupted_export_leaves_nothing_behind(void **state)
{
	(void)state;
	use_db("corpus.db");
	assert_says(THERE
		    "mkdir cut; cd cut; exec 2>/dev/null; \"$p\" export -o "
		    "../whole.sqlite\n"
		    "test -s ../whole.sqlite || echo none; for n in 0 1 2 3 4; do\n"
		    "\"$p\" export -o cut.sqlite & sleep 0.00$n; kill -TERM $!;"
		    " wait $!; s=$?; case $s in 0|143) ;; *) echo \"exit $s\" ;; esac\n"
		    "if test -e cut.sqlite; then cmp -s cut.sqlite ../whole.sqlite ||"
		    " echo half a file; elif test $s = 0; then echo no file; fi\n"
		    "rm -f cut.sqlite; done; ls",
		    "");
	use_db(MAIN_DB);
}

static void what_does_not_go_together_is_refused(void **state)
{
	static const struct {
		const char *line, *part;
	} cases[] = {
		{ "export -f sqlite", "--output FILE says which" },
		{ "export -f sqlite -o -", "--output FILE says which" },
		{ "export -f sqlite -o x.jsonl", "no name for format sqlite" },
		{ "export -f jsonl -o x.sqlite", "no name for format jsonl" },
		{ "export -f sqlite -f jsonl -o x.sqlite", "no name for format jsonl" },
		{ "export -f sqlite -o /dev/null",
		  "/dev/null is no regular file, and format sqlite needs one" },
		{ "export -o x", "its name says no format; it may end with .jsonl" },
		{ "export -o .sqlite", "its name says no format" },
		{ "export -o x.sqlite --fields id", "--fields has no effect on" },
		{ "export -o x.sqlite --template {id}", "--template has no effect" },
		{ "export -o x.csv", "cannot be ingested again" },
		{ "export -f json", "cannot be ingested again" },
		{ "export -f sqlit -o x.db", "did you mean \"sqlite\"?" },
		{ "export --force", "--force has no effect without --output" },
		{ "search -f sqlite skua", "unknown value \"sqlite\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = run_expect(cases[i].line, 2);

		assert_holds(r.err, cases[i].part, cases[i].line);
		run_free(&r);
	}
}

static void a_name_without_an_ending_takes_the_format_that_is_given(void **state)
{
	(void)state;
	assert_says(THERE "rm -f plain*; \"$p\" export -f jsonl -o plain &&"
			  " \"$p\" export | cmp - plain;"
			  " \"$p\" export --template '{id}' -o plain.ids &&"
			  " \"$p\" export --template '{id}' | cmp - plain.ids;"
			  " \"$p\" export -o - | cmp - plain;"
			  " \"$p\" export -f jsonl -o /dev/stdout | cmp - plain",
		    "");
}

/* make_index(), an index of what is unusual, and one of the corpus. */
static int make_all(void **state)
{
	static const char odd[] =
		"{\"title\":\"Bare\"}\n"
		"{\"title\":\"Names\",\"id\":77,\"source\":\"S\",\"company\":[\"A\","
		"\"B\",\"a\"],\"takes\":[{\"persona\":\"P\",\"text\":"
		"\"two\\n\\nparts\"}"
		",{\"text\":\"nobody's\"},{\"persona\":\"P\",\"perspective\":\"Q\","
		"\"text\":\"\\u00e9\\ud83d\\ude00 \\\"quoted\\\"\"}]}\n"
		"{\"title\":\"Dated\",\"date\":\"0099-02-28\",\"lang\":\"de\","
		"\"url\":\"https://example.org/a?b=c\",\"summary\":\"S.\"}\n";
	const char *lines[] = { "paneldex", "ingest", "-q", "-", NULL };
	const char *corpus[] = { "paneldex", "ingest", "-q", test_path("corpus"),
				 NULL };
	struct run r;

	if (make_index(state))
		return -1;
	set("TEST_DIR", test_tmpdir());
	use_db("odd.db");
	r = run_program(lines, odd, strlen(odd));
	assert_status(&r, 0, "ingest");
	run_free(&r);
	use_db("corpus.db");
	r = run_program(corpus, NULL, 0);
	assert_true(r.status == 0 || r.status == 4);
	run_free(&r);
	use_db(MAIN_DB);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_give_back_what_an_export_has),
		cmocka_unit_test(sqlite_reads_them_with_nothing_beside),
		cmocka_unit_test(the_query_says_which_articles_and_bookmarks),
		cmocka_unit_test(what_paneldex_did_not_write_is_left_alone),
		cmocka_unit_test(its_own_files_are_replaced),
		cmocka_unit_test(a_file_that_does_not_fit_leaves_nothing_behind),
		cmocka_unit_test(an_interrupted_export_leaves_nothing_behind),
		cmocka_unit_test(what_does_not_go_together_is_refused),
		cmocka_unit_test(
			a_name_without_an_ending_takes_the_format_that_is_given),
	};

	return cmocka_run_group_tests_name("tables", tests, make_all, NULL);
}
