/* The run from inputs to batches, into a sink that only keeps account. */
#include "harness.h"
#include "reading.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ingest/identity.h"
#include "ingest/ingest.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct kept {
	uint64_t key, digest;
};

struct fake {
	struct kept *v;
	size_t n, cap;
	size_t committed; /* of ${n}; updates inside a batch are not taken back */
	size_t begins, commits, rollbacks, puts;
	bool open;
	struct buf origins; /* in the order of the puts */
	struct buf batches; /* how many puts each commit had */
	size_t in_batch;

	size_t fail_at; /* number of the put that fails, from 1 */
	int failure;    /* with this */
	bool fail_commit;
	size_t stop_at; /* number of the put after which *stop is set */
	volatile sig_atomic_t stop;
};

static int fake_begin(void *ctx, struct pdx_err *err)
{
	struct fake *f = ctx;

	(void)err;
	assert_false(f->open);
	f->open = true;
	f->begins++;
	f->in_batch = 0;
	return 0;
}

static struct kept *find(struct fake *f, uint64_t key)
{
	for (size_t i = 0; i < f->n; i++) {
		if (f->v[i].key == key)
			return &f->v[i];
	}
	return NULL;
}

static enum pdx_put keep(struct fake *f, uint64_t key, uint64_t digest)
{
	struct kept *old = find(f, key);
	enum pdx_put outcome = PDX_UPDATED;

	if (old && old->digest == digest)
		return PDX_UNCHANGED;
	if (!old) {
		if (f->n == f->cap) {
			f->cap = f->cap * 2 + 64;
			f->v = realloc(f->v, f->cap * sizeof(*f->v));
			assert_non_null(f->v);
		}
		old = &f->v[f->n++];
		outcome = PDX_ADDED;
	}
	*old = (struct kept){ key, digest };
	return outcome;
}

static int fake_put(enum pdx_put *outcome, void *ctx, const struct pdx_article *article,
		    const struct ahead *ahead, int64_t now, struct pdx_err *err)
{
	struct fake *f = ctx;

	assert_true(ahead->key == identity_key(article));
	assert_true(ahead->digest == identity_digest(article));
	assert_true(f->open);
	assert_int_equal(now, 1234);
	f->puts++;
	if (f->puts == f->fail_at)
		return err_set(err, (enum pdx_status)f->failure, "the put fails");
	f->in_batch++;
	buf_printf(&f->origins, "%s\n", article->origin);
	*outcome = keep(f, identity_key(article), identity_digest(article));
	if (f->puts == f->stop_at)
		f->stop = 1;
	return 0;
}

static int fake_commit(void *ctx, struct pdx_err *err)
{
	struct fake *f = ctx;

	assert_true(f->open);
	if (f->fail_commit)
		return err_set(err, PDX_E_IO, "the disk is full");
	buf_printf(&f->batches, "%zu ", f->in_batch);
	f->open = false;
	f->commits++;
	f->committed = f->n;
	return 0;
}

static void fake_rollback(void *ctx)
{
	struct fake *f = ctx;

	assert_true(f->open);
	f->open = false;
	f->rollbacks++;
	f->n = f->committed;
}

struct account {
	struct fake fake;
	struct ingest_options options;
	struct ingest_counts counts;
	struct pdx_err err;
	int status;
	struct buf rejects, warnings; /* "origin: message", a line each */
	size_t progress;
	uint64_t last_read, widest_step, total;
	bool adds_up;
};

static void on_reject(void *ctx, const struct read_skip *skip)
{
	struct account *a = ctx;

	buf_printf(&a->rejects, "%s: %s\n", skip->origin, skip->reason);
}

static void on_warning(void *ctx, const char *origin, const char *message)
{
	struct account *a = ctx;

	buf_printf(&a->warnings, "%s: %s\n", origin, message);
}

static bool sums(const struct ingest_counts *c)
{
	return c->read == c->added + c->updated + c->unchanged + c->rejected;
}

static void on_progress(void *ctx, const struct ingest_counts *counts, uint64_t total)
{
	struct account *a = ctx;

	a->progress++;
	a->adds_up = a->adds_up && sums(counts);
	if (counts->read > a->last_read && counts->read - a->last_read > a->widest_step)
		a->widest_step = counts->read - a->last_read;
	a->last_read = counts->read;
	a->total = total;
}

static void account_init(struct account *a)
{
	*a = (struct account){ .adds_up = true };
	a->options = (struct ingest_options){ .now = 1234,
					      .stop = &a->fake.stop,
					      .rejected = on_reject,
					      .warned = on_warning,
					      .progress = on_progress,
					      .ctx = a };
	buf_init(&a->rejects, 0);
	buf_init(&a->warnings, 0);
	buf_init(&a->fake.origins, 0);
	buf_init(&a->fake.batches, 0);
}

static void account_release(struct account *a)
{
	assert_false(a->fake.open);
	assert_true(a->adds_up);
	free(a->fake.v);
	buf_release(&a->fake.batches);
	buf_release(&a->fake.origins);
	buf_release(&a->warnings);
	buf_release(&a->rejects);
}

static void ingest(struct account *a, const char *const *inputs, size_t n)
{
	const struct ingest_sink sink = { .begin = fake_begin,
					  .put = fake_put,
					  .commit = fake_commit,
					  .rollback = fake_rollback,
					  .ctx = &a->fake };

	buf_reset(&a->rejects);
	buf_reset(&a->warnings);
	buf_reset(&a->fake.origins);
	buf_reset(&a->fake.batches);
	a->last_read = 0;
	a->fake.puts = 0;
	a->status = ingest_into(&a->counts, &sink, inputs, n, &a->options, &a->err);
	assert_true(sums(&a->counts));
}

static void ingest_one(struct account *a, const char *input)
{
	ingest(a, &input, 1);
}

static void check_counts(const struct account *a, uint64_t added, uint64_t updated,
			 uint64_t unchanged, uint64_t rejected)
{
	char got[128], want[128];

	snprintf(got, sizeof(got), "%llu %llu %llu %llu",
		 (unsigned long long)a->counts.added,
		 (unsigned long long)a->counts.updated,
		 (unsigned long long)a->counts.unchanged,
		 (unsigned long long)a->counts.rejected);
	snprintf(want, sizeof(want), "%llu %llu %llu %llu", (unsigned long long)added,
		 (unsigned long long)updated, (unsigned long long)unchanged,
		 (unsigned long long)rejected);
	if (strcmp(got, want) != 0)
		fail_msg("added, updated, unchanged, rejected: wanted %s, got %s\n%s",
			 want, got, buf_str(&a->rejects));
}

/* ${name} in the test's directory; one of 8 static buffers in turn. */
static const char *in_tmp(const char *name)
{
	static char paths[8][512];
	static size_t next;
	char *path = paths[next++ % COUNT(paths)];

	snprintf(path, sizeof(paths[0]), "%s/%s", test_tmpdir(), name);
	return path;
}

static const char *make(const char *name, const char *text)
{
	const char *path = in_tmp(name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	return path;
}

static void make_directory(const char *name)
{
	assert_int_equal(mkdir(in_tmp(name), 0777), 0);
}

/* ${n} records with titles "t FIRST" and on. */
static const char *make_records(const char *name, int first, int n)
{
	struct buf text;
	const char *path;

	buf_init(&text, 0);
	for (int i = first; i < first + n; i++)
		buf_printf(&text, "{\"title\":\"t %d\",\"body\":\"0123456789\"}\n", i);
	path = make(name, buf_str(&text));
	buf_release(&text);
	return path;
}

/* Lines that begin with a path, with the test's directory cut off. */
static const char *names(const struct buf *lines)
{
	static char out[2048];
	size_t skip = strlen(test_tmpdir()) + 1, used = 0;

	out[0] = '\0';
	for (const char *s = buf_str(lines); *s && used < sizeof(out);) {
		const char *end = strchr(s, '\n');

		used += (size_t)snprintf(out + used, sizeof(out) - used, "%.*s\n",
					 (int)(end - s - (ptrdiff_t)skip), s + skip);
		s = end + 1;
	}
	return out;
}

static void a_page_is_added_once_and_unchanged_the_second_time(void **state)
{
	const char *page = test_path("tests/cases/capture/plain.txt");
	struct account a;

	(void)state;
	account_init(&a);
	ingest_one(&a, page);
	assert_int_equal(a.status, 0);
	check_counts(&a, 1, 0, 0, 0);
	ingest_one(&a, page);
	check_counts(&a, 0, 0, 1, 0);
	account_release(&a);
}

static void a_directory_is_walked_in_byte_order_of_names(void **state)
{
	struct account a;

	(void)state;
	make_directory("walk");
	make_directory("walk/b");
	make_directory("walk/.git");
	make_records("walk/c.jsonl", 1, 1);
	make_records("walk/B.jsonl", 2, 1);
	make_records("walk/a.jsonl", 3, 1);
	make_records("walk/b/z.jsonl", 4, 1);
	make_records("walk/b/a.jsonl", 5, 1);
	make_records("walk/b.jsonl", 6, 1);
	make_records("walk/.git/x.jsonl", 7, 1);
	make_records("walk/.hidden.jsonl", 8, 1);
	assert_int_equal(symlink("..", in_tmp("walk/b/loop")), 0);
	assert_int_equal(symlink(in_tmp("walk"), in_tmp("walk/b/loop2")), 0);

	account_init(&a);
	ingest_one(&a, in_tmp("walk"));
	assert_int_equal(a.status, 0);
	assert_string_equal(names(&a.fake.origins),
			    "walk/B.jsonl:1\nwalk/a.jsonl:1\nwalk/b/a.jsonl:1\n"
			    "walk/b/z.jsonl:1\nwalk/b.jsonl:1\nwalk/c.jsonl:1\n");
	assert_string_equal(
		names(&a.warnings),
		"walk/b/loop: passed over: a link back to a directory above\n"
		"walk/b/loop2: passed over: a link back to a directory above\n");
	check_counts(&a, 6, 0, 0, 0);
	account_release(&a);
}

static void what_no_reader_wants_is_passed_over_or_rejected_by_its_name(void **state)
{
	struct account a;

	(void)state;
	make_directory("mixed");
	make("mixed/README.md", "A note.\n");
	make("mixed/note.txt", "A note.\n");
	make("mixed/one.JSON", "[1]\n");
	make("mixed/empty.txt", "");
	make_records("mixed/good", 1, 1);
	assert_int_equal(symlink("nowhere", in_tmp("mixed/gone.md")), 0);
	assert_int_equal(mkfifo(in_tmp("mixed/pipe.txt"), 0666), 0);

	account_init(&a);
	ingest_one(&a, in_tmp("mixed"));
	assert_int_equal(a.status, 0);
	check_counts(&a, 1, 0, 0, 4);
	assert_string_equal(
		names(&a.rejects),
		"mixed/empty.txt: empty\n"
		"mixed/gone.md: cannot be read: No such file or directory\n"
		"mixed/note.txt: not a captured page: no header line that ends with a "
		"date, no \"Original source\", no \"Panel Takes\"; and no other "
		"format\n"
		"mixed/one.JSON: looks like a JSON document without articles\n");
	assert_string_equal(
		names(&a.warnings),
		"mixed/README.md: passed over: not a captured page: no header line "
		"that "
		"ends with a date, no \"Original source\", no \"Panel Takes\"; and no "
		"other format\nmixed/pipe.txt: passed over: neither a file nor a "
		"directory\n");

	ingest_one(&a, in_tmp("mixed/README.md")); /* named, not found */
	check_counts(&a, 0, 0, 0, 1);
	assert_int_equal(a.warnings.len, 0);
	account_release(&a);
}

static void an_input_that_cannot_be_read_is_a_reject_and_the_rest_goes_on(void **state)
{
	const char *const inputs[] = { in_tmp("missing.jsonl"), "/proc/self/mem",
				       make_records("after.jsonl", 1, 2) };
	struct account a;

	(void)state;
	if (access("/proc/self/mem", R_OK) != 0)
		skip(); /* a file whose reading fails */
	account_init(&a);
	ingest(&a, inputs, COUNT(inputs));
	assert_int_equal(a.status, 0);
	check_counts(&a, 2, 0, 0, 2);
	assert_non_null(
		strstr(buf_str(&a.rejects),
		       "missing.jsonl: cannot be read: No such file or directory\n"
		       "/proc/self/mem: cannot be read further: "));
	account_release(&a);
}

static void bad_records_are_counted_and_named(void **state)
{
	struct account a;

	(void)state;
	account_init(&a);
	ingest_one(&a, make("bad.jsonl", "{\"title\":\"a\"}\n{\"title\":1}\noops\n"
					 "{\"title\":\"b\"}\n"));
	assert_int_equal(a.status, 0);
	check_counts(&a, 2, 0, 0, 2);
	assert_string_equal(names(&a.rejects),
			    "bad.jsonl:2: \"title\" is a number, not a string\n"
			    "bad.jsonl:3: not valid JSON: invalid token at column 4\n");
	account_release(&a);
}

static void batches_end_by_articles_or_by_bytes(void **state)
{
	const char *records = make_records("seven.jsonl", 0, 7);
	struct account a;

	(void)state;
	account_init(&a);
	a.options.batch_articles = 3;
	ingest_one(&a, records);
	assert_string_equal(buf_str(&a.fake.batches), "3 3 1 ");
	check_counts(&a, 7, 0, 0, 0);

	a.options.batch_articles = 0;
	a.options.batch_bytes = 20; /* a record has 13 bytes of text */
	ingest_one(&a, records);
	assert_string_equal(buf_str(&a.fake.batches), "2 2 2 1 ");
	check_counts(&a, 0, 0, 7, 0);

	a.options.batch_bytes = 0;
	ingest_one(&a, records);
	assert_string_equal(buf_str(&a.fake.batches), "7 ");
	assert_int_equal(a.fake.begins, a.fake.commits);
	account_release(&a);
}

static void nothing_to_put_begins_no_batch(void **state)
{
	struct account a;

	(void)state;
	account_init(&a);
	ingest(&a, NULL, 0);
	assert_int_equal(a.status, 0);
	check_counts(&a, 0, 0, 0, 0);
	ingest_one(&a, make("none.jsonl", "\n"));
	check_counts(&a, 0, 0, 0, 0);
	assert_int_equal(a.fake.begins, 0);
	account_release(&a);
}

static void an_interrupted_run_leaves_whole_batches_and_is_completed_later(void **state)
{
	const char *records = make_records("ten.jsonl", 0, 10);
	struct account a;

	(void)state;
	account_init(&a);
	a.options.batch_articles = 4;
	a.fake.stop_at = 6;
	ingest_one(&a, records);
	assert_int_equal(a.status, PDX_E_INTERRUPTED);
	assert_string_equal(a.err.message, "interrupted");
	check_counts(&a, 4, 0, 0, 0);
	assert_int_equal(a.fake.n, 4);
	assert_int_equal(a.fake.rollbacks, 1);

	a.fake.stop = 0;
	a.fake.stop_at = 0;
	ingest_one(&a, records);
	assert_int_equal(a.status, 0);
	check_counts(&a, 6, 0, 4, 0);
	account_release(&a);
}

static void rejects_stand_whatever_becomes_of_the_batch(void **state)
{
	struct account a;

	(void)state;
	account_init(&a);
	a.fake.stop_at = 2;
	ingest_one(&a, make("r.jsonl", "{\"title\":\"a\"}\noops\n{\"title\":\"b\"}\n"
				       "{\"title\":\"c\"}\n"));
	assert_int_equal(a.status, PDX_E_INTERRUPTED);
	check_counts(&a, 0, 0, 0, 1);
	account_release(&a);
}

static void a_stop_before_the_first_input_reads_nothing(void **state)
{
	struct account a;

	(void)state;
	account_init(&a);
	a.fake.stop = 1;
	ingest_one(&a, make_records("s.jsonl", 0, 1));
	assert_int_equal(a.status, PDX_E_INTERRUPTED);
	assert_int_equal(a.counts.bytes, 0);
	account_release(&a);
}

static void an_article_that_the_index_refuses_is_a_reject(void **state)
{
	struct account a;

	(void)state;
	account_init(&a);
	a.fake.fail_at = 2;
	a.fake.failure = PDX_E_INPUT;
	ingest_one(&a, make_records("refused.jsonl", 0, 3));
	assert_int_equal(a.status, 0);
	check_counts(&a, 2, 0, 0, 1);
	assert_string_equal(names(&a.rejects), "refused.jsonl:2: the put fails\n");
	account_release(&a);
}

static void a_failure_of_the_index_ends_the_run_with_its_message(void **state)
{
	const char *records = make_records("failing.jsonl", 0, 5);
	struct account a;

	(void)state;
	account_init(&a);
	a.options.batch_articles = 2;
	a.fake.fail_at = 4;
	a.fake.failure = PDX_E_IO;
	ingest_one(&a, records);
	assert_int_equal(a.status, PDX_E_IO);
	assert_string_equal(a.err.message, "the put fails");
	check_counts(&a, 2, 0, 0, 0);

	a.fake.fail_at = 0;
	a.fake.fail_commit = true;
	ingest_one(&a, records);
	assert_int_equal(a.status, PDX_E_IO);
	assert_string_equal(a.err.message, "the disk is full");
	check_counts(&a, 0, 0, 0, 0);
	assert_int_equal(a.fake.rollbacks, 2);
	account_release(&a);
}

static void articles_of_one_page_are_siblings_within_an_input(void **state)
{
	static const char text[] =
		"{\"title\":\"q1\",\"url\":\"https://example.com/p\"}\n"
		"{\"title\":\"q2\",\"url\":\"http://www.example.com/p/\"}\n"
		"{\"title\":\"q1\",\"url\":\"https://example.com/p\"}\n"
		"{\"title\":\"q3\",\"url\":\"https://example.com/p#x\"}\n";
	struct account a;

	(void)state;
	account_init(&a);
	ingest_one(&a, make("page.jsonl", text));
	check_counts(&a, 3, 0, 1, 0);
	ingest_one(&a, in_tmp("page.jsonl"));
	check_counts(&a, 0, 0, 4, 0);
	account_release(&a);
}

static void the_same_identity_in_another_input_is_an_update(void **state)
{
	const char *const inputs[] = {
		make("old.jsonl",
		     "{\"title\":\"old\",\"url\":\"https://example.com/p\"}\n"),
		make("new.jsonl",
		     "{\"title\":\"new\",\"url\":\"https://example.com/p\"}\n"),
	};
	struct account a;

	(void)state;
	account_init(&a);
	ingest(&a, inputs, COUNT(inputs));
	check_counts(&a, 1, 1, 0, 0);
	account_release(&a);
}

static void standard_input_is_an_input(void **state)
{
	const char *path = make_records("stdin.jsonl", 0, 3);
	struct account a;
	int saved = dup(STDIN_FILENO);

	(void)state;
	assert_non_null(freopen(path, "r", stdin));
	account_init(&a);
	ingest_one(&a, "-");
	check_counts(&a, 3, 0, 0, 0);
	assert_string_equal(buf_str(&a.fake.origins), "-:1\n-:2\n-:3\n");
	assert_int_equal(a.total, 0); /* nobody knows how much is to come */
	account_release(&a);
	if (saved >= 0) {
		dup2(saved, STDIN_FILENO);
		close(saved);
	}
}

static struct account *stopping; /* for the handler */

static void on_alarm(int signal_number)
{
	(void)signal_number;
	stopping->fake.stop = 1;
}

/* Signals this process again and again: one alone may come just before the wait. */
static pid_t start_alarms(void)
{
	const struct timespec pause = { 0, 20 * 1000 * 1000 };
	pid_t child = fork();

	assert_true(child >= 0);
	for (int i = 0; child == 0 && i < 500; i++) {
		nanosleep(&pause, NULL);
		kill(getppid(), SIGUSR1);
	}
	if (child == 0)
		_exit(0);
	return child;
}

static void a_wait_for_input_ends_when_the_run_is_stopped(void **state)
{
	struct sigaction action = { .sa_handler = on_alarm }, old;
	const char *fifo = in_tmp("silent");
	struct account a;
	pid_t child;
	int fd;

	(void)state;
	assert_int_equal(mkfifo(fifo, 0666), 0);
	fd = open(fifo, O_RDWR); /* somebody has it open and says nothing */
	assert_true(fd >= 0);
	account_init(&a);
	stopping = &a;
	assert_int_equal(sigaction(SIGUSR1, &action, &old), 0);
	child = start_alarms();
	ingest_one(&a, fifo);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	sigaction(SIGUSR1, &old, NULL);
	assert_int_equal(a.status, PDX_E_INTERRUPTED);
	check_counts(&a, 0, 0, 0, 0);
	account_release(&a);
	close(fd);
}

static void progress_comes_at_least_every_64_articles(void **state)
{
	const char *path = make_records("many.jsonl", 0, 1000);
	struct stat st;
	struct account a;

	(void)state;
	assert_int_equal(stat(path, &st), 0);
	account_init(&a);
	ingest_one(&a, path);
	check_counts(&a, 1000, 0, 0, 0);
	assert_true(a.progress >= 1000 / 64);
	assert_true(a.widest_step <= 64);
	assert_int_equal(a.last_read, 1000);
	assert_int_equal(a.counts.bytes, st.st_size);
	assert_int_equal(a.total, st.st_size);
	account_release(&a);
}

static void warnings_name_the_article(void **state)
{
	struct account a;

	(void)state;
	account_init(&a);
	ingest_one(&a, test_path("tests/cases/capture/no-date-no-panel.txt"));
	check_counts(&a, 1, 0, 0, 0);
	assert_non_null(
		strstr(buf_str(&a.warnings), "no-date-no-panel.txt: no date\n"));
	assert_non_null(
		strstr(buf_str(&a.warnings), "no-date-no-panel.txt: no panel\n"));
	account_release(&a);
}

static void a_name_that_is_no_utf8_is_shown_as_text(void **state)
{
	struct account a;

	(void)state;
	account_init(&a);
	ingest_one(&a, make_records("b\xFFy\n.jsonl", 0, 1));
	check_counts(&a, 1, 0, 0, 0);
	assert_string_equal(names(&a.fake.origins), "b\xEF\xBF\xBDy .jsonl:1\n");
	account_release(&a);
}

static void other_peoples_archives_are_taken_whole_and_only_once(void **state)
{
	static const struct {
		const char *path, *source;
		uint64_t articles;
	} sets[] = {
		{ "panel/economists.jsonl", NULL, 326 },
		{ "news/ai-digests-40.jsonl", "digests", 39 },
		{ "news/finance-2017-2018.jsonl", NULL, 810 },
		{ "eval/nfcorpus/docs.jsonl", "nfcorpus", 3633 },
		{ "seed", NULL, 1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(sets); i++) {
		const char *path = shared_path(sets[i].path);
		struct account a;

		if (!path)
			skip();
		account_init(&a);
		a.options.intake.source = sets[i].source;
		ingest_one(&a, path);
		assert_int_equal(a.status, 0);
		check_counts(&a, sets[i].articles, 0, 0, 0);
		ingest_one(&a, path);
		check_counts(&a, 0, 0, sets[i].articles, 0);
		account_release(&a);
	}
}

/* Files of all kinds, 40 of each; "#" stands for a number. */
static void make_mixture(const char *directory)
{
	static const struct {
		const char *ending, *text;
	} kinds[] = {
		{ "jsonl", "{\"title\":\"t #\",\"body\":\"x\"}\n{\n"
			   "{\"title\":\"u #\",\"body\":\"x\"}\n" },
		{ "txt", "Back\nAlder AIFundingAlder AI2026-01-01\nPage #\nSummary.\n"
			 "Original source\nBody #.\n" },
		{ "bin", "no format #\n" },
		{ "txt.gz", "no gzip file #\n" },
	};
	char name[128];

	make_directory(directory);
	for (int i = 0; i < 40; i++) {
		for (size_t k = 0; k < COUNT(kinds); k++) {
			struct buf text = { 0 };

			for (const char *s = kinds[k].text; *s; s++) {
				if (*s == '#')
					buf_printf(&text, "%d", i);
				else
					buf_putc(&text, *s);
			}
			snprintf(name, sizeof(name), "%s/%02d.%s", directory, i,
				 kinds[k].ending);
			make(name, buf_str(&text));
			buf_release(&text);
		}
	}
}

static void what_comes_of_a_run_is_the_same_for_any_number_of_jobs(void **state)
{
	static const size_t jobs[] = { 1, 2, 8, 64 };
	char *want[4] = { NULL };

	(void)state;
	make_mixture("mixture");
	for (size_t i = 0; i < COUNT(jobs); i++) {
		struct account a;
		const struct buf *got[] = { &a.fake.origins, &a.fake.batches,
					    &a.rejects, &a.warnings };

		account_init(&a);
		a.options.jobs = jobs[i];
		a.options.batch_articles = 7;
		ingest_one(&a, in_tmp("mixture"));
		assert_int_equal(a.status, 0);
		check_counts(&a, 120, 0, 0, 80);
		for (size_t k = 0; k < COUNT(got); k++) {
			if (i == 0)
				want[k] = strdup(buf_str(got[k]));
			assert_string_equal(buf_str(got[k]), want[k]);
		}
		account_release(&a);
	}
	for (size_t k = 0; k < COUNT(want); k++)
		free(want[k]);
}

static void jobs_end_with_a_stop_and_with_a_failure(void **state)
{
	struct account a;

	(void)state;
	make_mixture("ends");
	account_init(&a);
	a.options.jobs = 4;
	a.fake.stop_at = 30;
	ingest_one(&a, in_tmp("ends"));
	assert_int_equal(a.status, PDX_E_INTERRUPTED);
	assert_int_equal(a.fake.puts, 30);
	a.fake.stop = 0;
	a.fake.stop_at = 0;
	a.fake.fail_at = 20;
	a.fake.failure = PDX_E_IO;
	ingest_one(&a, in_tmp("ends"));
	assert_int_equal(a.status, PDX_E_IO);
	assert_string_equal(a.err.message, "the put fails");
	account_release(&a);
}

/* More than the queues hold: whoever is not the first has to wait. */
static void jobs_wait_where_the_queues_are_full(void **state)
{
	enum { FILES = 6, LINES = 9, LEN = 1 << 20 };
	struct account a;
	char name[64];

	(void)state;
	make_directory("large");
	for (int i = 0; i < FILES; i++) {
		FILE *f;

		snprintf(name, sizeof(name), "large/%d.jsonl", i);
		f = fopen(in_tmp(name), "wb");
		assert_non_null(f);
		for (int k = 0; k < LINES; k++)
			fprintf(f, "{\"title\":\"%d %d\",\"body\":\"%0*d\"}\n", i, k,
				LEN, 0);
		assert_int_equal(fclose(f), 0);
	}
	account_init(&a);
	a.options.jobs = 3;
	ingest_one(&a, in_tmp("large"));
	assert_int_equal(a.status, 0);
	check_counts(&a, FILES * LINES, 0, 0, 0);
	account_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_is_added_once_and_unchanged_the_second_time),
		cmocka_unit_test(a_directory_is_walked_in_byte_order_of_names),
		cmocka_unit_test(
			what_no_reader_wants_is_passed_over_or_rejected_by_its_name),
		cmocka_unit_test(
			an_input_that_cannot_be_read_is_a_reject_and_the_rest_goes_on),
		cmocka_unit_test(bad_records_are_counted_and_named),
		cmocka_unit_test(batches_end_by_articles_or_by_bytes),
		cmocka_unit_test(nothing_to_put_begins_no_batch),
		cmocka_unit_test(
			an_interrupted_run_leaves_whole_batches_and_is_completed_later),
		cmocka_unit_test(rejects_stand_whatever_becomes_of_the_batch),
		cmocka_unit_test(a_stop_before_the_first_input_reads_nothing),
		cmocka_unit_test(an_article_that_the_index_refuses_is_a_reject),
		cmocka_unit_test(a_failure_of_the_index_ends_the_run_with_its_message),
		cmocka_unit_test(articles_of_one_page_are_siblings_within_an_input),
		cmocka_unit_test(the_same_identity_in_another_input_is_an_update),
		cmocka_unit_test(standard_input_is_an_input),
		cmocka_unit_test(a_wait_for_input_ends_when_the_run_is_stopped),
		cmocka_unit_test(progress_comes_at_least_every_64_articles),
		cmocka_unit_test(warnings_name_the_article),
		cmocka_unit_test(a_name_that_is_no_utf8_is_shown_as_text),
		cmocka_unit_test(
			what_comes_of_a_run_is_the_same_for_any_number_of_jobs),
		cmocka_unit_test(jobs_end_with_a_stop_and_with_a_failure),
		cmocka_unit_test(jobs_wait_where_the_queues_are_full),
		cmocka_unit_test(other_peoples_archives_are_taken_whole_and_only_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
