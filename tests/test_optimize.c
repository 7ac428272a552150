/*
 * Making an index smaller: no answer changes, whatever happens meanwhile.
 */
#include "program.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "paneldex.h"

#define WORN_DB "worn.db"
enum {
	WORN_ARTICLES = 4500, /* over 4096 there are common words */
	WORN_BATCH = 1000
};

static const char *const words[] = { "gasket",  "turbine", "weights", "ledger",
				     "orchard", "quarry",  "lattice", "harbour",
				     "merger",  "drift" };
#define WORDS (sizeof(words) / sizeof(*words))

/* Article ${n} as it comes in round ${round}: a round changes words, not the identity.
 */
static void put_article(FILE *out, unsigned n, unsigned round)
{
	fprintf(out,
		"{\"url\":\"https://example.org/%u\",\"title\":\"%s of %u\",\"date\":"
		"\"2026-%02u-%02u\",\"company\":\"Company "
		"%u\",\"category\":\"Funding\","
		"\"text\":\"Once%uin%u said %s and %s about the %s.\",\"takes\":[{"
		"\"persona\":\"The Skeptic\",\"text\":\"No %s without %s.\"}]}\n",
		n, words[n % WORDS], n, n % 12 + 1, n % 28 + 1, n % 7, n, round,
		words[(n + round) % WORDS], words[n / 3 % WORDS], words[n / 7 % WORDS],
		words[n / 11 % WORDS], words[n / 5 % WORDS]);
}

static void ingest(unsigned from, unsigned to, unsigned round)
{
	const char *path = in_tmpdir("articles.jsonl");
	char line[600];
	struct run r;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	for (unsigned n = from; n < to; n++)
		put_article(f, n, round);
	assert_int_equal(fclose(f), 0);
	snprintf(line, sizeof(line), "ingest -q %s", path);
	r = run_expect(line, 0);
	run_free(&r);
}

/* An index in pieces, with words that no article has, and things that people keep. */
static int make_worn(void **state)
{
	int failed = make_index(state);
	struct run r;

	if (failed)
		return failed;
	use_db(WORN_DB);
	for (unsigned n = 0; n < WORN_ARTICLES; n += WORN_BATCH)
		ingest(n,
		       n + WORN_BATCH < WORN_ARTICLES ? n + WORN_BATCH : WORN_ARTICLES,
		       0);
	ingest(500, 900, 1);
	r = shell("set -e; p=$PANELDEX_BIN; $p alias add 'Company 3' Third;"
		  " $p bookmark add $($p search -f ids -n 1 quarry) --note mine;"
		  " $p saved add ledgers ledger; $p saved run ledgers -f ids -n 1;"
		  " echo '{' | $p ingest -q - || true");
	assert_status(&r, 0, "what is kept");
	run_free(&r);
	use_db(MAIN_DB);
	return 0;
}

/* Use a copy of the worn index as ${name}. */
static void use_copy(const char *name)
{
	struct run r;
	char script[1024];

	snprintf(script, sizeof(script), "cp '%s' '%s'", in_tmpdir(WORN_DB),
		 in_tmpdir(name));
	r = shell(script);
	assert_status(&r, 0, script);
	run_free(&r);
	use_db(name);
}

/* All that the index says. */
static char *answers(void)
{
	static const char script[] =
		"p=$PANELDEX_BIN;"
		"printf '%s\\n' gasket '\"turbine and\"' 'lat*' 'quarry OR drift'"
		" once7in0 once600in0 once600in1 onc600in1 company:third"
		" 'take(merger)' '' |"
		" $p search --batch - -n 30 --facet company --facet month;"
		"$p search -f json --sort title,-added -n 5 --group-by company ledger;"
		"$p facets -f json --pivot company,month orchard;"
		"$p stats -f json | sed 's/\"file_bytes\":[0-9]*/\"file_bytes\":0/';"
		"$p bookmark list -f json; $p saved list -f json; $p alias list;"
		"$p ingest --list-quarantine -f json; $p export; $p check";
	struct run r = shell(script);
	char *out;

	assert_string_equal(strlen(r.out) < 3 ? r.out : r.out + r.outlen - 3, "ok\n");
	out = r.out;
	r.out = NULL;
	run_free(&r);
	return out;
}

static void assert_answers(char *want, const char *when)
{
	char *got = answers();

	if (strcmp(got, want) != 0)
		fail_msg("%s: the answers differ", when);
	free(got);
}

static json_int_t bytes_of(const char *name)
{
	struct stat st;

	assert_int_equal(stat(in_tmpdir(name), &st), 0);
	return (json_int_t)st.st_size;
}

static void no_answer_changes_and_the_file_is_smaller(void **state)
{
	char *before;
	json_t *doc;
	struct run r;

	(void)state;
	use_copy("same.db");
	before = answers();
	doc = document("optimize -f json", 0);
	assert_true(json_is_true(json_object_get(doc, "changed")));
	assert_true(integer(doc, "segments_before") > 3);
	assert_int_equal(integer(doc, "segments_after"), 1);
	assert_true(integer(doc, "bytes_after") < integer(doc, "bytes_before"));
	assert_int_equal(integer(doc, "bytes_after"), bytes_of("same.db"));
	assert_int_equal(integer(doc, "terms_dropped"), 400);
	json_decref(doc);
	assert_answers(before, "after it");
	r = run_expect("saved run --new ledgers", 1);
	run_free(&r);
	free(before);
	use_db(MAIN_DB);
}

static void the_second_time_there_is_nothing_to_do(void **state)
{
	json_t *doc;
	struct run r;

	(void)state;
	use_copy("twice.db");
	r = run_expect("optimize", 0);
	assert_holds(r.out, " segments to 1\n400 words dropped\n", "the first time");
	run_free(&r);
	r = run_expect("optimize", 0);
	assert_holds(r.out, "nothing to do: ", "the second time");
	run_free(&r);
	doc = document("optimize -f json", 0);
	assert_true(json_is_false(json_object_get(doc, "changed")));
	assert_int_equal(integer(doc, "bytes_before"), integer(doc, "bytes_after"));
	json_decref(doc);
	ingest(1, 2, 2);
	doc = document("optimize -f json", 0);
	assert_true(json_is_true(json_object_get(doc, "changed")));
	json_decref(doc);
	use_db(MAIN_DB);
}

static struct pdx *open_index(const char *name, unsigned flags)
{
	struct pdx *index;
	struct pdx_err err;

	if (pdx_open(&index, in_tmpdir(name), flags, NULL, &err))
		fail_msg("%s: %s", name, err.message);
	return index;
}

/* Each one adds a level to what FTS5 knows of its segments, and there is an end to it.
 */
static void it_can_be_done_again_and_again(void **state)
{
	struct pdx_optimized done;
	struct run r;

	(void)state;
	use_db("often.db");
	for (unsigned n = 0; n < 80; n++) {
		struct pdx *index;

		ingest(n, n + 1, 0);
		index = open_index("often.db", PDX_OPEN_WRITE);
		assert_int_equal(pdx_optimize(&done, index, NULL, NULL, NULL), 0);
		assert_int_equal(done.segments_after, 1);
		pdx_close(index);
	}
	r = run_expect("check", 0);
	run_free(&r);
	r = run_expect("search -c said", 0);
	assert_string_equal(r.out, "80\n");
	run_free(&r);
	use_db(MAIN_DB);
}

/* One article, which says ${body}. */
static void put(struct pdx *index, const char *body)
{
	struct pdx_article a = { .url = "https://example.org/alone",
				 .title = "Alone",
				 .body = body };
	enum pdx_put outcome;

	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(pdx_put(&outcome, index, &a, 1000, NULL), 0);
	assert_int_equal(pdx_commit(index, NULL), 0);
}

/* Whoever put the article knows its words; optimize takes them out of the vocabulary. */
static void a_word_that_was_taken_out_comes_back_on_the_same_handle(void **state)
{
	struct pdx_optimized done;
	struct pdx *index;
	struct run r;

	(void)state;
	use_db("again.db");
	index = open_index("again.db", PDX_OPEN_WRITE | PDX_OPEN_CREATE);
	put(index, "A quokka hops.");
	put(index, "A wombat digs.");
	assert_int_equal(pdx_optimize(&done, index, NULL, NULL, NULL), 0);
	assert_int_equal(done.terms, 2);
	put(index, "A quokka hops.");
	pdx_close(index);
	r = run_expect("check", 0);
	run_free(&r);
	r = run_expect("search -c quok*", 0);
	assert_string_equal(r.out, "1\n");
	run_free(&r);
	use_db(MAIN_DB);
}

/* What happens at the step number ${at}: counts down. */
struct event {
	int at;
	struct pdx *index;
	uint64_t found;
	char what[64];
};

static void interrupt_at(void *ctx, const char *what, double part)
{
	struct event *e = ctx;

	(void)part;
	if (e->at-- == 0) {
		snprintf(e->what, sizeof(e->what), "%s", what);
		pdx_interrupt(e->index);
	}
}

static void who_interrupts_it_loses_nothing(void **state)
{
	char *before;
	int status = PDX_E_INTERRUPTED;

	(void)state;
	use_copy("stopped.db");
	before = answers();
	for (int at = 0; status; at++) {
		struct event e = { .at = at };
		struct pdx_optimized done;
		char packed[600];

		use_copy("stopped.db");
		e.index = open_index("stopped.db", PDX_OPEN_WRITE);
		status = pdx_optimize(&done, e.index, interrupt_at, &e, NULL);
		pdx_close(e.index);
		snprintf(packed, sizeof(packed), "%s-packed", in_tmpdir("stopped.db"));
		assert_int_equal(access(packed, F_OK), -1);
		if (e.at >= 0)
			assert_int_equal(status, 0);
		else if (status)
			assert_int_equal(status, PDX_E_INTERRUPTED);
		assert_answers(before, e.what);
		assert_true(at < 100);
	}
	free(before);
	use_db(MAIN_DB);
}

static uint64_t found(struct pdx *index)
{
	struct pdx_search how = { .limit = 1 };
	struct pdx_result *r;
	struct pdx_query *q;
	struct pdx_err err;
	uint64_t total;

	assert_int_equal(pdx_query_parse(&q, "ledger", 6, 20000, NULL), 0);
	if (pdx_search(&r, index, q, &how, &err))
		fail_msg("search: %s", err.message);
	total = pdx_result_total(r);
	pdx_result_free(r);
	pdx_query_free(q);
	return total;
}

static void read_at_each(void *ctx, const char *what, double part)
{
	struct event *e = ctx;
	struct pdx *late = open_index("read.db", PDX_OPEN_READ);

	(void)part;
	e->at++;
	snprintf(e->what, sizeof(e->what), "%s", what);
	if (found(e->index) != e->found || found(late) != e->found)
		fail_msg("%s: other answers", what);
	pdx_close(late);
}

static void readers_go_on_meanwhile(void **state)
{
	struct event e = { 0 };
	struct pdx_optimized done;
	struct pdx *writer;

	(void)state;
	use_copy("read.db");
	e.index = open_index("read.db", PDX_OPEN_READ);
	e.found = found(e.index);
	writer = open_index("read.db", PDX_OPEN_WRITE);
	assert_true(e.found > 0);
	assert_int_equal(pdx_optimize(&done, writer, read_at_each, &e, NULL), 0);
	assert_true(e.at > 4);
	assert_string_equal(e.what, "writing");
	assert_int_equal(found(e.index), e.found);
	pdx_close(e.index);
	assert_int_equal(found(writer), e.found);
	pdx_close(writer);
	use_db(MAIN_DB);
}

static void die_at(void *ctx, const char *what, double part)
{
	struct event *e = ctx;

	(void)what;
	(void)part;
	if (e->at-- == 0)
		kill(getpid(), SIGKILL);
}

/* Optimize in a child that dies at its step ${at}, or after ${after} microseconds, or
 * that cannot write files of more than ${most} bytes.  Its status, or -1: killed. */
static int optimize_in_child(int at, long after, rlim_t most)
{
	struct event e = { .at = at };
	const char *path = in_tmpdir("child.db"); /* the child's would be another */
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		struct itimerval timer = { .it_value = { .tv_usec = after } };
		struct rlimit limit = { most, most };
		struct pdx_optimized done;

		signal(SIGXFSZ, SIG_IGN);
		if (most)
			setrlimit(RLIMIT_FSIZE, &limit);
		if (pdx_open(&e.index, path, PDX_OPEN_WRITE, NULL, NULL))
			_exit(99);
		setitimer(ITIMER_REAL, &timer, NULL);
		_exit(-pdx_optimize(&done, e.index, die_at, &e, NULL));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? -1 : WEXITSTATUS(status);
}

static void who_is_killed_loses_nothing(void **state)
{
	char *before;
	int status = -1;
	json_t *doc;

	(void)state;
	use_copy("child.db");
	before = answers();
	for (int at = 0; status; at++) {
		use_copy("child.db");
		status = optimize_in_child(at, 0, 0);
		assert_answers(before, "killed at a step");
	}
	for (long after = 1000; after < 120000; after += after / 2) {
		use_copy("child.db");
		optimize_in_child(-1, after, 0);
		assert_answers(before, "killed at some time");
	}
	/* what a killed one left behind is no hindrance */
	doc = document("optimize -f json", 0);
	json_decref(doc);
	assert_answers(before, "in the end");
	free(before);
	use_db(MAIN_DB);
}

static void without_room_it_says_so_and_nothing_is_lost(void **state)
{
	json_int_t size = bytes_of(WORN_DB);
	unsigned failed = 0;
	char *before;
	struct run r;
	char script[256];

	(void)state;
	use_copy("child.db");
	before = answers();
	for (unsigned eighths = 1; eighths <= 10; eighths++) {
		int status;

		use_copy("child.db");
		status = optimize_in_child(-1, 0, (rlim_t)(size * eighths / 8));
		failed += status != 0;
		if (status)
			assert_int_equal(status, -PDX_E_IO);
		assert_answers(before, "without room");
		assert_int_equal(access(in_tmpdir("child.db-packed"), F_OK), -1);
	}
	assert_in_range(failed, 3, 9);
	use_copy("child.db");
	snprintf(script, sizeof(script),
		 "trap '' XFSZ; ulimit -f %lld; $PANELDEX_BIN optimize",
		 (long long)size / 512 / 2);
	r = shell(script);
	assert_status(&r, 5, script);
	assert_holds(r.err, "write the index: ", script);
	run_free(&r);
	free(before);
	use_db(MAIN_DB);
}

/* On a disk of its own, which takes root. */
static void a_full_disk_is_seen_before_anything_is_done(void **state)
{
	json_int_t size = bytes_of(WORN_DB);
	char script[2048];
	struct run r = shell("unshare -m true");
	bool may = r.status == 0;

	(void)state;
	run_free(&r);
	if (!may) {
		print_message("skipped: mounting a disk of some megabytes takes root\n");
		skip();
	}
	snprintf(script, sizeof(script),
		 "mkdir '%s' && exec unshare -m sh -c 'cd \"$1\" && mount -t tmpfs -o"
		 " size=%lldk none . && cd \"$1\" && cp \"$2\" a.db && cp a.db b.db &&"
		 " { \"$PANELDEX_BIN\" optimize -d a.db; s=$?; cmp a.db b.db && exit $s; }'"
		 " sh '%s' '%s'",
		 in_tmpdir("disk"), (long long)size * 7 / 2 / 1024, in_tmpdir("disk"),
		 in_tmpdir(WORN_DB));
	r = shell(script);
	assert_status(&r, 5, script);
	assert_holds(r.err, "no space left for the index: packing needs ", script);
	run_free(&r);
}

static void it_is_for_writers_outside_a_batch(void **state)
{
	struct pdx_optimized done;
	struct pdx *index, *other;
	struct pdx_err err;
	struct run r;

	(void)state;
	use_copy("usage.db");
	index = open_index("usage.db", PDX_OPEN_READ);
	assert_int_equal(pdx_optimize(&done, index, NULL, NULL, &err), PDX_E_USAGE);
	pdx_close(index);
	index = open_index("usage.db", PDX_OPEN_WRITE);
	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(pdx_optimize(&done, index, NULL, NULL, &err), PDX_E_USAGE);
	pdx_rollback(index);
	assert_int_equal(
		pdx_open(&other, in_tmpdir("usage.db"), PDX_OPEN_WRITE, NULL, &err),
		PDX_E_INDEX);
	r = run_expect("optimize", 3);
	assert_holds(r.err, "locked", "optimize");
	run_free(&r);
	pdx_close(index);
	r = run_expect("optimize now", 2);
	run_free(&r);
	use_db("nowhere.db");
	r = run_expect("optimize", 3);
	run_free(&r);
	use_db(MAIN_DB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_answer_changes_and_the_file_is_smaller),
		cmocka_unit_test(the_second_time_there_is_nothing_to_do),
		cmocka_unit_test(it_can_be_done_again_and_again),
		cmocka_unit_test(
			a_word_that_was_taken_out_comes_back_on_the_same_handle),
		cmocka_unit_test(who_interrupts_it_loses_nothing),
		cmocka_unit_test(readers_go_on_meanwhile),
		cmocka_unit_test(who_is_killed_loses_nothing),
		cmocka_unit_test(without_room_it_says_so_and_nothing_is_lost),
		cmocka_unit_test(a_full_disk_is_seen_before_anything_is_done),
		cmocka_unit_test(it_is_for_writers_outside_a_batch),
	};

	return cmocka_run_group_tests_name("optimize", tests, make_worn, NULL);
}
