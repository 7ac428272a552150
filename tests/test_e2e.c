/*
 * The program from end to end: golden outputs, ingest, streams and signals.
 */
#include "program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text = NULL;
	long size;

	if (!f)
		return NULL;
	if (fseek(f, 0, SEEK_END) == 0 && (size = ftell(f)) >= 0) {
		text = calloc((size_t)size + 1, 1);
		rewind(f);
		if (text && fread(text, 1, (size_t)size, f) != (size_t)size)
			*text = '\0';
	}
	fclose(f);
	return text;
}

static void the_output_is_the_golden_one(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "golden.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct run r = paneldex(rows[i].want);
		size_t size = r.outlen + r.errlen + 64;
		char path[256], *got = malloc(size), *want;

		assert_non_null(got);
		snprintf(got, size, "%s%s%s--- exit %d\n", r.out,
			 r.errlen ? "--- stderr\n" : "", r.err, r.status);
		snprintf(path, sizeof(path), "tests/golden/%s", rows[i].in);
		want = read_file(test_path(path));
		if (!want || strcmp(got, want) != 0)
			fail_msg("%s:%d: paneldex %s: not as in %s:\n%s", rows[i].file,
				 rows[i].line, rows[i].want, path, got);
		free(want);
		free(got);
		run_free(&r);
	}
	cases_free(rows, n);
}

static void assert_adds_up(const json_t *doc)
{
	assert_int_equal(integer(doc, "read"),
			 integer(doc, "added") + integer(doc, "updated") +
				 integer(doc, "unchanged") + integer(doc, "rejected"));
}

static void the_same_again_changes_nothing(void **state)
{
	json_t *doc, *before, *after;

	(void)state;
	use_db("twice.db");
	doc = document("ingest -f json pages articles.jsonl", 0);
	assert_int_equal(integer(doc, "added"), ARTICLES);
	assert_adds_up(doc);
	json_decref(doc);
	before = document("stats -f json", 0);
	doc = document("ingest -f json articles.jsonl pages", 0);
	assert_int_equal(integer(doc, "unchanged"), ARTICLES);
	assert_adds_up(doc);
	json_decref(doc);
	after = document("stats -f json", 0);
	assert_int_equal(integer(before, "articles"), ARTICLES);
	assert_true(json_equal(before, after));
	json_decref(before);
	json_decref(after);
	use_db(MAIN_DB);
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

static void what_is_rejected_is_named_and_exits_with_4(void **state)
{
	char line[1024];
	struct run r;
	json_t *doc, *reject;

	(void)state;
	write_file(in_tmpdir("bad.jsonl"), "{\"title\":\"Good\",\"text\":\"x\"}\n"
					   "{\"title\":\n");
	use_db("rejects.db");
	snprintf(line, sizeof(line), "ingest %s missing.txt", in_tmpdir("bad.jsonl"));
	r = run_expect(line, 4);
	assert_holds(r.out, "read 3: 1 added, 0 updated, 0 unchanged, 2 rejected (",
		     line);
	assert_holds(r.err, "bad.jsonl:2: ", line);
	assert_holds(r.err, "missing.txt: ", line);
	assert_holds(r.err, "; rejected\n", line);
	run_free(&r);

	snprintf(line, sizeof(line), "ingest -f json -q %s", in_tmpdir("bad.jsonl"));
	doc = document(line, 4);
	assert_adds_up(doc);
	assert_int_equal(json_array_size(json_object_get(doc, "rejects")), 1);
	reject = json_array_get(json_object_get(doc, "rejects"), 0);
	assert_holds(string(reject, "origin"), "bad.jsonl:2", line);
	assert_int_equal(integer(reject, "offset"),
			 strlen("{'title':'Good','text':'x'}\n"));
	assert_holds(string(reject, "reason"), "", line);
	json_decref(doc);
	use_db(MAIN_DB);
}

static void a_quiet_ingest_says_nothing_while_all_is_well(void **state)
{
	struct run r;

	(void)state;
	use_db("quiet.db");
	r = run_expect("ingest --quiet pages articles.jsonl", 0);
	assert_string_equal(r.out, "");
	assert_string_equal(r.err, "");
	run_free(&r);
	use_db(MAIN_DB);
}

static void standard_input_is_an_input(void **state)
{
	static const char article[] =
		"{\"title\":\"From a pipe\",\"text\":\"Water.\"}\n";
	const char *argv[] = { "paneldex", "ingest", "-", NULL };
	struct run r;

	(void)state;
	use_db("stdin.db");
	r = run_program(argv, article, strlen(article));
	assert_status(&r, 0, "ingest -");
	assert_holds(r.out, "read 1: 1 added", "ingest -");
	run_free(&r);
	r = run_expect("search water", 0);
	assert_holds(r.out, "From a pipe", "search");
	run_free(&r);
	use_db(MAIN_DB);
}

static void the_default_index_is_made_by_ingest_alone(void **state)
{
	const char *home = getenv("XDG_DATA_HOME");
	char saved[512] = "", path[512];
	struct stat st;
	struct run r;

	(void)state;
	if (home)
		snprintf(saved, sizeof(saved), "%s", home);
	set("PANELDEX_DB", NULL);
	set("XDG_DATA_HOME", in_tmpdir("xdg/data"));
	snprintf(path, sizeof(path), "%s", in_tmpdir("xdg/data/paneldex"));

	r = run_expect("search tern", 3);
	run_free(&r);
	assert_int_not_equal(stat(path, &st), 0);
	r = run_expect("ingest -q pages", 0);
	run_free(&r);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	r = run_expect("search tern", 0);
	run_free(&r);
	set("XDG_DATA_HOME", *saved ? saved : NULL);
	use_db(MAIN_DB);
}

static void damage_is_found_by_check(void **state)
{
	struct stat st;
	struct run r;

	(void)state;
	use_db("damaged.db");
	r = run_expect("ingest -q pages articles.jsonl", 0);
	run_free(&r);
	assert_int_equal(stat(in_tmpdir("damaged.db"), &st), 0);
	assert_int_equal(truncate(in_tmpdir("damaged.db"), st.st_size / 2), 0);
	r = run_expect("check", 3);
	assert_true(r.outlen + r.errlen > 0);
	assert_null(strstr(r.out, "ok\n"));
	run_free(&r);
	use_db(MAIN_DB);
}

static void the_captured_page_of_the_seed_is_found(void **state)
{
	const char *seed = shared_path("seed");
	char line[1024];
	json_t *doc, *hit, *take;

	(void)state;
	if (!seed)
		skip();
	use_db("seed.db");
	snprintf(line, sizeof(line), "ingest -f json %s", seed);
	doc = document(line, 0);
	assert_int_equal(integer(doc, "added"), 1);
	json_decref(doc);
	doc = document(line, 0);
	assert_int_equal(integer(doc, "unchanged"), 1);
	json_decref(doc);

	doc = document("search -f json multimodal acquisition", 0);
	assert_int_equal(integer(doc, "total"), 1);
	hit = json_array_get(json_object_get(doc, "hits"), 0);
	assert_string_equal(string(hit, "date"), "2026-05-08");
	snprintf(line, sizeof(line), "show -f json %s", string(hit, "id"));
	json_decref(doc);
	doc = document(line, 0);
	assert_int_equal(json_array_size(json_object_get(doc, "takes")), 4);
	take = json_array_get(json_object_get(doc, "takes"), 1);
	assert_string_equal(string(take, "persona"), "The Skeptic");
	assert_string_equal(string(take, "perspective"), "Reality Check");
	json_decref(doc);
	use_db(MAIN_DB);
}

static void a_full_disk_is_an_error(void **state)
{
	static const char *const lines[] = {
		"search weights",
		"search -f json weights",
		"stats",
		"search --help",
	};

	(void)state;
	if (access("/dev/full", W_OK) != 0) {
		print_message("skipped: there is no /dev/full\n");
		skip();
	}
	for (size_t i = 0; i < COUNT(lines); i++) {
		char script[128];
		struct run r;

		snprintf(script, sizeof(script), "\"$PANELDEX_BIN\" %s >/dev/full",
			 lines[i]);
		r = shell(script);
		assert_status(&r, 5, script);
		assert_holds(r.err, "cannot write: No space left on device", script);
		run_free(&r);
	}
}

/* As a full disk is; the signal that comes with it would end the program halfway. */
static void an_index_that_may_not_grow_keeps_what_it_has(void **state)
{
	static const char script[] =
		"cd \"$TEST_DIR\" && cp main.db limit.db && export PANELDEX_DB=limit.db\n"
		"\"$PANELDEX_BIN\" export >before\n"
		"blocks=$(($(wc -c <limit.db) / 512 + 64))\n"
		"awk 'BEGIN { for (i = 0; i < 2000; i++)"
		" printf \"{\\\"title\\\":\\\"Article %d\\\",\\\"body\\\":\\\"w%d v%d\\\"}\\n\","
		" i, i * 7, i * 13 }' >many.jsonl\n"
		"(ulimit -f $blocks && \"$PANELDEX_BIN\" ingest -q many.jsonl)\n"
		"echo \"exit $?\"; \"$PANELDEX_BIN\" check; \"$PANELDEX_BIN\" export | cmp - "
		"before\n";
	struct run r;

	(void)state;
	set("TEST_DIR", test_tmpdir());
	r = shell(script);
	assert_string_equal(r.out, "exit 5\nok\n");
	assert_holds(r.err, "cannot read or write the index", script);
	run_free(&r);
}

static void a_reader_that_goes_away_is_no_matter(void **state)
{
	struct run r;

	(void)state;
	r = shell("(sleep 0.3; \"$PANELDEX_BIN\" search) | true");
	assert_string_equal(r.err, "");
	run_free(&r);
	/* Another program may have left the signal ignored. */
	r = shell("trap '' PIPE; (sleep 0.3; \"$PANELDEX_BIN\" search) | true");
	assert_string_equal(r.err, "");
	run_free(&r);
}

static void a_closed_standard_output_matters_only_to_one_who_speaks(void **state)
{
	struct run r;

	(void)state;
	r = shell("\"$PANELDEX_BIN\" search weights >&-");
	assert_status(&r, 5, "search");
	assert_holds(r.err, "cannot write: ", "search");
	run_free(&r);
	r = shell("\"$PANELDEX_BIN\" search zebra >&-");
	assert_status(&r, 1, "nothing found");
	run_free(&r);
}

static void progress_is_for_terminals_and_leaves_no_trace(void **state)
{
	struct run r;

	(void)state;
	use_db("progress.db");
	/* A pause, since nothing is drawn in the first tenth of a second. */
	r = on_terminal("(sleep 0.3; cat articles.jsonl) | \"$PANELDEX_BIN\" ingest -",
			24);
	assert_holds(r.out, "\r\033[K4 articles, ", "a bar");
	assert_holds(r.out, " MB/s\r\033[K", "taken away");
	run_free(&r);
	r = shell("(sleep 0.3; cat articles.jsonl) | \"$PANELDEX_BIN\" ingest -");
	assert_null(strchr(r.err, '\r'));
	run_free(&r);
	use_db(MAIN_DB);
}

/* An ingest of what comes through ${in}; it writes to files, and errors to ${err}. */
struct job {
	pid_t pid;
	int in, err;
};

static struct job start_ingest(const char *out_path)
{
	const char *program = getenv("PANELDEX_BIN");
	int in[2], err[2];
	struct job job;

	assert_non_null(program);
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(err), 0);
	job.pid = fork();
	assert_true(job.pid >= 0);
	if (job.pid == 0) {
		int out = open(out_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

		dup2(in[0], STDIN_FILENO);
		dup2(out, STDOUT_FILENO);
		dup2(err[1], STDERR_FILENO);
		close(in[1]);
		close(err[0]);
		signal(SIGINT, SIG_DFL); /* ignored below a shell's background job */
		execl(program, "paneldex", "ingest", "--source", "s", "-",
		      (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(err[1]);
	job.in = in[1];
	job.err = err[0];
	return job;
}

/* ${n} articles; the date of the last makes the program say something. */
static void write_articles(FILE *f, int n)
{
	for (int i = 0; i < n; i++)
		fprintf(f,
			"{\"id\":\"%d\",\"title\":\"Article %d\",\"text\":\"Words.\","
			"\"date\":\"%s\"}\n",
			i, i, i + 1 < n ? "2026-01-02" : "soon");
}

/* Wait until ${job} says something, but not for ever. */
static void await_words(const struct job *job)
{
	struct pollfd wait = { .fd = job->err, .events = POLLIN };

	if (poll(&wait, 1, 60 * 1000) == 1)
		return;
	kill(job->pid, SIGKILL);
	fail_msg("the ingest said nothing");
}

/*
 * The program gets 1500 articles and waits for more.  What it says of the last of them,
 * whose date is none, shows that it is so far.
 */
static void an_interrupted_ingest_keeps_whole_batches_and_can_go_on(void **state)
{
	struct job job;
	int status;
	char *out;
	FILE *in;
	struct run r;
	json_t *doc;

	(void)state;
	use_db("interrupted.db");
	job = start_ingest(in_tmpdir("interrupted.out"));
	in = fdopen(job.in, "w");
	assert_non_null(in);
	write_articles(in, 15000);
	fputs("{\"id\":", in); /* a line begun: the last whole one is not held back */
	fflush(in);
	await_words(&job);
	assert_int_equal(kill(job.pid, SIGINT), 0);
	assert_int_equal(waitpid(job.pid, &status, 0), job.pid);
	fclose(in);
	close(job.err);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 130);
	out = read_file(in_tmpdir("interrupted.out"));
	assert_non_null(out);
	assert_holds(out, "read 10000: 10000 added, 0 updated, 0 unchanged, 0 rejected (",
		     "^C");
	free(out);

	doc = document("stats -f json", 0);
	assert_int_equal(integer(doc, "articles"), 10000);
	json_decref(doc);
	in = fopen(in_tmpdir("whole.jsonl"), "w");
	assert_non_null(in);
	write_articles(in, 15000);
	assert_int_equal(fclose(in), 0);
	r = shell("\"$PANELDEX_BIN\" ingest --source s - 2>&1 "
		  "<\"${PANELDEX_DB%/*}/whole.jsonl\"");
	assert_holds(r.out,
		     "read 15000: 5000 added, 0 updated, 10000 unchanged, 0 rejected",
		     "again");
	run_free(&r);
	r = run_expect("check", 0);
	run_free(&r);
	use_db(MAIN_DB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_output_is_the_golden_one),
		cmocka_unit_test(the_same_again_changes_nothing),
		cmocka_unit_test(what_is_rejected_is_named_and_exits_with_4),
		cmocka_unit_test(a_quiet_ingest_says_nothing_while_all_is_well),
		cmocka_unit_test(standard_input_is_an_input),
		cmocka_unit_test(the_default_index_is_made_by_ingest_alone),
		cmocka_unit_test(damage_is_found_by_check),
		cmocka_unit_test(the_captured_page_of_the_seed_is_found),
		cmocka_unit_test(a_full_disk_is_an_error),
		cmocka_unit_test(an_index_that_may_not_grow_keeps_what_it_has),
		cmocka_unit_test(a_reader_that_goes_away_is_no_matter),
		cmocka_unit_test(
			a_closed_standard_output_matters_only_to_one_who_speaks),
		cmocka_unit_test(progress_is_for_terminals_and_leaves_no_trace),
		cmocka_unit_test(
			an_interrupted_ingest_keeps_whole_batches_and_can_go_on),
	};

	return cmocka_run_group_tests_name("e2e", tests, make_index, NULL);
}
