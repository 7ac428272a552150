/* A directory that is watched by the program while files come. */
#include "harness.h"
#include "program.h"

#include <string.h>

/*
 * $1 is a fresh directory.  found N WORD: until the search for WORD finds N articles,
 * or fail after some seconds.
 */
static const char head[] =
	"set -eu; cd \"$1\"; rm -rf box out; mkdir -p box/sub; export "
	"PANELDEX_DB=$PWD/w.db\n"
	"rm -f w.db\n"
	"line() { printf '{\"title\":\"%s\",\"body\":\"x\"}\\n' \"$1\"; }\n"
	"count() { \"$PANELDEX_BIN\" search -c \"$1\" 2>/dev/null || true; }\n"
	"found() { i=0; while [ \"$(count \"$2\")\" != \"$1\" ]; do\n"
	"  i=$((i + 1)); [ $i -lt 200 ] || { echo \"$2: not $1\"; kill $pid; exit 9; "
	"}\n"
	"  sleep 0.05; done; }\n"
	"line early >box/sub/early.jsonl\n"
	"\"$PANELDEX_BIN\" ingest --watch box >out 2>err & pid=$!\n"
	"trap 'kill $pid 2>/dev/null || true' EXIT\n"
	"found 1 early\n";

static const char tail[] = "kill -TERM $pid; s=0; wait $pid || s=$?; echo \"exit $s\"\n"
			   "cat out err\n";

static struct run watch(const char *body)
{
	char script[8192];
	const char *argv[] = { "sh", "-c", script, "sh", test_tmpdir(), NULL };
	struct run r;

	assert_true(strlen(head) + strlen(body) + strlen(tail) < sizeof(script));
	strcpy(script, head);
	strcat(script, body);
	strcat(script, tail);
	r = run_program(argv, NULL, 0);
	assert_status(&r, 0, body);
	return r;
}

static void files_are_taken_as_they_arrive(void **state)
{
	struct run r;

	(void)state;
	r = watch(
		"line direct >box/direct.jsonl; found 1 direct\n"
		"line moved >m; mv m box/m.jsonl; found 1 moved\n"
		"line linked >l; ln l box/l.jsonl; found 1 linked\n"
		"line symbolic >s; ln -s ../s box/s.jsonl; found 1 symbolic\n"
		"line hidden >box/.hidden.jsonl; mv box/.hidden.jsonl box/shown.jsonl\n"
		"found 1 hidden\n"
		"line again >box/direct.jsonl; found 1 again\n");
	assert_holds(r.out, "exit 143", "a stop");
	assert_holds(r.out, "7 added", "the summary");
	assert_holds(r.out, "0 rejected", "the summary");
	run_free(&r);
}

static void directories_are_watched_as_they_come_and_go(void **state)
{
	struct run r;

	(void)state;
	r = watch("mkdir -p box/a/b/c; line deep >box/a/b/c/x.jsonl; found 1 deep\n"
		  "line deeper >box/a/b/c/y.jsonl; found 1 deeper\n"
		  "mv box/a away; line lost >away/b/c/z.jsonl; line kept >box/k.jsonl\n"
		  "found 1 kept; found 0 lost\n"
		  "mv away box/back; found 1 lost\n"
		  "line home >box/back/b/c/h.jsonl; found 1 home\n");
	assert_holds(r.out, "exit 143", "a stop");
	assert_holds(r.out, "0 rejected", "the summary");
	run_free(&r);
}

static void a_file_that_is_being_written_is_not_read(void **state)
{
	struct run r;

	(void)state;
	r = watch("mkdir box/new\n"
		  "{ printf '{\"title\":\"slow\",'; mkdir box/other; sleep 0.4\n"
		  "  printf '\"body\":\"x\"}\\n'; sleep 0.2; line second; } "
		  ">box/new/slow.jsonl & writer=$!\n"
		  "{ printf '{\"title\":\"far\",'; sleep 0.4; printf "
		  "'\"body\":\"x\"}\\n'; }"
		  " >far; mv far box/far.jsonl\n"
		  "found 1 far; wait $writer; found 1 slow; found 1 second\n");
	assert_holds(r.out, "4 added, 0 updated, 0 unchanged, 0 rejected",
		     "whole files");
	run_free(&r);
}

static void a_directory_that_goes_away_ends_the_watch(void **state)
{
	const char *argv[] = { "sh", "-c", NULL, "sh", test_tmpdir(), NULL };
	char script[8192];
	struct run r;

	(void)state;
	strcpy(script, head);
	strcat(script,
	       "rm -r box; s=0; wait $pid || s=$?; trap - EXIT; cat err; exit $s");
	argv[2] = script;
	r = run_program(argv, NULL, 0);
	assert_status(&r, 5, "a directory that is gone");
	assert_holds(r.out, "box is not there any more", "gone");
	run_free(&r);
}

static void what_cannot_be_watched_is_refused(void **state)
{
	static const struct {
		const char *line, *want;
		int status;
	} cases[] = {
		{ "ingest --watch articles.jsonl", "articles.jsonl is no directory",
		  2 },
		{ "ingest --watch nowhere", "cannot watch nowhere", 5 },
		{ "ingest --watch pages pages", "--watch takes no inputs beside", 2 },
		{ "ingest --watch pages --jobs 2", "--jobs has no effect beside", 2 },
		{ "ingest --watch pages --dry-run", "exclude each other", 2 },
	};

	(void)state;
	use_db("refused.db");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = run_expect(cases[i].line, cases[i].status);

		assert_holds(r.err, cases[i].want, cases[i].line);
		run_free(&r);
	}
	use_db(MAIN_DB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_taken_as_they_arrive),
		cmocka_unit_test(directories_are_watched_as_they_come_and_go),
		cmocka_unit_test(a_file_that_is_being_written_is_not_read),
		cmocka_unit_test(a_directory_that_goes_away_ends_the_watch),
		cmocka_unit_test(what_cannot_be_watched_is_refused),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
