/*
 * The embedded engine's promises about what it keeps: batches, identity, locks, damage,
 * and the parts below it (records, doc values).
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#include "engine/sqlite/db.h"
#include "engine/sqlite/docvals.h"
#include "engine/sqlite/record.h"
#include "ingest/identity.h"
#include "paneldex.h"

#define COUNT(a) (sizeof(a) / sizeof(*(a)))

/* A fresh path; one of four static buffers in turn. */
static const char *fresh_path(void)
{
	static char paths[4][512];
	static unsigned next;
	char *path = paths[next++ % 4];

	snprintf(path, sizeof(paths[0]), "%s/store-%u.db", test_tmpdir(), next);
	return path;
}

static struct pdx *open_index(const char *path, unsigned flags)
{
	struct pdx *index;
	struct pdx_err err;

	if (pdx_open(&index, path, flags, NULL, &err))
		fail_msg("%s: %s", path, err.message);
	return index;
}

static struct pdx *create(const char *path)
{
	return open_index(path, PDX_OPEN_WRITE | PDX_OPEN_CREATE);
}

static const char *const names[] = { "Alder AI", "Birch Labs" };
static const struct pdx_take takes[] = {
	{ "The Builder", "Developer Perspective", "It compiles, and drift is cheap." },
	{ "The Skeptic", "Reality Check", "It will drift." },
};

static struct pdx_article sample(const char *url, const char *title)
{
	struct pdx_article a = { .title = title,
				 .body = "A body of text.",
				 .url = url };

	a.summary = "A summary.";
	a.date = 20581; /* 2026-05-08 */
	a.companies = names;
	a.ncompanies = 2;
	a.categories = names + 1;
	a.ncategories = 1;
	a.takes = takes;
	a.ntakes = 2;
	a.source = "Wire";
	a.ref = "r-1";
	a.lang = "en";
	a.origin = "somewhere";
	return a;
}

static enum pdx_put put(struct pdx *index, const struct pdx_article *a)
{
	enum pdx_put outcome;
	struct pdx_err err;

	if (pdx_put(&outcome, index, a, 1000, &err))
		fail_msg("put: %s", err.message);
	return outcome;
}

static void put_one(struct pdx *index, const struct pdx_article *a, enum pdx_put want)
{
	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(put(index, a), want);
	assert_int_equal(pdx_commit(index, NULL), 0);
}

static uint64_t count(struct pdx *index, const char *text)
{
	struct pdx_search how = { 0 };
	struct pdx_result *r;
	struct pdx_query *q;
	uint64_t total;

	assert_int_equal(pdx_query_parse(&q, text, strlen(text), 20000, NULL), 0);
	assert_int_equal(pdx_search(&r, index, q, &how, NULL), 0);
	total = pdx_result_total(r);
	pdx_result_free(r);
	pdx_query_free(q);
	return total;
}

static uint64_t problems_of(struct pdx *index)
{
	struct pdx_err err;
	uint64_t problems;

	if (pdx_check(&problems, index, NULL, NULL, &err))
		fail_msg("check: %s", err.message);
	return problems;
}

static void an_article_comes_out_as_it_went_in(void **state)
{
	struct pdx_article a = sample("https://example.org/1", "First title"), *got;
	struct pdx *index = create(fresh_path());
	struct pdx_result *r;
	struct pdx_query *q;
	struct pdx_search how = { .limit = 1 };
	const struct pdx_hit *hit;
	char id[PDX_ID_SIZE];

	(void)state;
	put_one(index, &a, PDX_ADDED);
	assert_int_equal(pdx_query_parse(&q, "", 0, 0, NULL), 0);
	assert_int_equal(pdx_search(&r, index, q, &how, NULL), 0);
	assert_int_equal(pdx_result_hit(&hit, r, 0, NULL), 0);
	memcpy(id, hit->article->id, sizeof(id));
	id[4] = '\0'; /* any unique prefix will do */
	assert_int_equal(pdx_get(&got, index, id, NULL), 0);
	assert_string_equal(got->title, a.title);
	assert_string_equal(got->summary, a.summary);
	assert_string_equal(got->body, a.body);
	assert_string_equal(got->url, a.url);
	assert_string_equal(got->source, a.source);
	assert_string_equal(got->ref, a.ref);
	assert_string_equal(got->lang, a.lang);
	assert_string_equal(got->origin, a.origin);
	assert_int_equal(got->date, a.date);
	assert_int_equal(got->added, 1000);
	assert_int_equal(got->ncompanies, 2);
	assert_string_equal(got->companies[1], "Birch Labs");
	assert_int_equal(got->ncategories, 1);
	assert_int_equal(got->ntakes, 2);
	assert_string_equal(got->takes[1].persona, "The Skeptic");
	assert_string_equal(got->takes[1].perspective, "Reality Check");
	assert_string_equal(got->takes[1].text, takes[1].text);
	pdx_article_free(got);
	pdx_result_free(r);
	pdx_query_free(q);
	pdx_close(index);
}

static void provenance_is_kept_and_is_no_part_of_the_content(void **state)
{
	struct pdx_article a = sample("https://example.org/1", "First title"), *got;
	struct pdx *index = create(fresh_path());
	char id[PDX_ID_SIZE];

	(void)state;
	a.provenance[PDX_PART_TITLE] = PDX_FROM_JSON_LD;
	a.provenance[PDX_PART_TAKES] = PDX_FROM_OPTION;
	put_one(index, &a, PDX_ADDED);
	a.provenance[PDX_PART_TITLE] = PDX_FROM_FEED;
	put_one(index, &a, PDX_UNCHANGED);
	identity_id(id, identity_key(&a));
	assert_int_equal(pdx_get(&got, index, id, NULL), 0);
	for (int part = 0; part < PDX_PARTS; part++)
		assert_int_equal(got->provenance[part],
				 part == PDX_PART_TITLE	  ? PDX_FROM_JSON_LD
				 : part == PDX_PART_TAKES ? PDX_FROM_OPTION
							  : PDX_FROM_UNKNOWN);
	pdx_article_free(got);
	a.title = "Another title";
	put_one(index, &a, PDX_UPDATED);
	assert_int_equal(pdx_get(&got, index, id, NULL), 0);
	assert_int_equal(got->provenance[PDX_PART_TITLE], PDX_FROM_FEED);
	pdx_article_free(got);
	assert_int_equal(problems_of(index), 0);
	pdx_close(index);
}

static void ids_that_are_none_say_so(void **state)
{
	static const struct {
		const char *id;
		int status;
	} cases[] = {
		{ "", PDX_E_USAGE },
		{ "xyz", PDX_E_USAGE },
		{ "0123456789abc", PDX_E_USAGE },
		{ "ffffffffffff", PDX_E_NOT_FOUND },
	};
	struct pdx_article a = sample("https://example.org/1", "First"), *got;
	struct pdx *index = create(fresh_path());
	size_t i;

	(void)state;
	put_one(index, &a, PDX_ADDED);
	for (i = 0; i < COUNT(cases); i++)
		if (pdx_get(&got, index, cases[i].id, NULL) != cases[i].status)
			fail_msg("id \"%s\"", cases[i].id);
	pdx_close(index);
}

static void the_same_article_again_is_unchanged(void **state)
{
	struct pdx_article a = sample("https://example.org/1", "First");
	struct pdx *index = create(fresh_path());
	struct pdx_stats before, after;

	(void)state;
	put_one(index, &a, PDX_ADDED);
	assert_int_equal(pdx_stats(&before, index, NULL), 0);
	a.origin = "elsewhere";

	put_one(index, &a, PDX_UNCHANGED);
	assert_int_equal(pdx_stats(&after, index, NULL), 0);
	assert_int_equal(before.generation, after.generation);
	pdx_close(index);
}

static void an_update_leaves_nothing_of_the_old_text(void **state)
{
	struct pdx_article a = sample("https://example.org/1", "Oldword in title");
	struct pdx *index = create(fresh_path());
	struct pdx_stats stats;

	(void)state;
	put_one(index, &a, PDX_ADDED);
	a.title = "Newword in title";
	a.ntakes = 1;
	put_one(index, &a, PDX_UPDATED);
	assert_int_equal(count(index, "oldword"), 0);
	assert_int_equal(count(index, "newword"), 1);
	assert_int_equal(count(index, "persona:skeptic"), 0);
	assert_int_equal(count(index, "drift"), 1);
	assert_int_equal(pdx_stats(&stats, index, NULL), 0);
	assert_int_equal(stats.articles, 1);
	assert_int_equal(stats.takes, 1);
	assert_int_equal(problems_of(index), 0);
	pdx_close(index);
}

static void an_article_without_a_title_spoils_no_batch(void **state)
{
	struct pdx_article bad = sample("https://example.org/1", ""), good;
	struct pdx *index = create(fresh_path());
	enum pdx_put outcome;

	(void)state;
	good = sample("https://example.org/2", "Good");
	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(pdx_put(&outcome, index, &bad, 0, NULL), PDX_E_INPUT);
	assert_int_equal(put(index, &good), PDX_ADDED);
	assert_int_equal(pdx_commit(index, NULL), 0);
	assert_int_equal(count(index, ""), 1);
	pdx_close(index);
}

static void a_batch_that_is_rolled_back_leaves_no_trace(void **state)
{
	struct pdx_article a = sample("https://example.org/1", "Kept");
	struct pdx_article b = sample("https://example.org/2", "Dropped");
	static const char *const other[] = { "Never Seen Inc" };
	struct pdx *index = create(fresh_path());
	struct pdx_stats before, after;

	(void)state;
	b.companies = other;
	b.ncompanies = 1;
	put_one(index, &a, PDX_ADDED);
	assert_int_equal(pdx_stats(&before, index, NULL), 0);
	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(put(index, &b), PDX_ADDED);
	a.title = "Changed";
	assert_int_equal(put(index, &a), PDX_UPDATED);
	pdx_rollback(index);
	assert_int_equal(pdx_stats(&after, index, NULL), 0);
	assert_int_equal(before.generation, after.generation);
	assert_int_equal(before.companies, after.companies);
	assert_int_equal(count(index, "kept"), 1);
	assert_int_equal(count(index, "dropped OR changed"), 0);
	assert_int_equal(problems_of(index), 0);
	/* and the names that were rolled back can come again */
	put_one(index, &b, PDX_ADDED);
	assert_int_equal(count(index, "company:\"never seen inc\""), 1);
	assert_int_equal(problems_of(index), 0);
	pdx_close(index);
}

static void nothing_is_seen_before_the_commit(void **state)
{
	struct pdx_article a = sample("https://example.org/1", "First");
	const char *path = fresh_path();
	struct pdx *writer = create(path), *reader = open_index(path, PDX_OPEN_READ);

	(void)state;
	assert_int_equal(pdx_begin(writer, NULL), 0);
	assert_int_equal(put(writer, &a), PDX_ADDED);
	assert_int_equal(count(reader, ""), 0);
	assert_int_equal(pdx_commit(writer, NULL), 0);
	assert_int_equal(count(reader, "first"), 1);
	pdx_close(reader);
	pdx_close(writer);
}

static void a_second_writer_is_told_that_the_index_is_locked(void **state)
{
	const char *path = fresh_path();
	struct pdx *writer = create(path), *second;
	struct pdx_err err;

	(void)state;
	assert_int_equal(pdx_open(&second, path, PDX_OPEN_WRITE, NULL, &err),
			 PDX_E_INDEX);
	assert_non_null(strstr(err.message, "locked"));
	pdx_close(writer);
	pdx_close(open_index(path, PDX_OPEN_WRITE));
}

/* A child adds batch after batch and is killed at some point. */
static void write_until_killed(const char *path, int ready)
{
	struct pdx *index = create(path);
	unsigned i, j;

	for (i = 0; i < 100000; i++) {
		assert_int_equal(pdx_begin(index, NULL), 0);
		for (j = 0; j < 5; j++) {
			char url[64];
			struct pdx_article a;

			snprintf(url, sizeof(url), "https://example.org/%u/%u", i, j);
			a = sample(url, "Killed");
			put(index, &a);
		}
		assert_int_equal(pdx_commit(index, NULL), 0);
		if (write(ready, "+", 1) != 1)
			break;
	}
}

static void a_killed_writer_leaves_whole_batches(void **state)
{
	unsigned round;

	(void)state;
	for (round = 0; round < 8; round++) {
		const char *path = fresh_path();
		uint64_t acknowledged = 0, found;
		struct pdx *index;
		int pipes[2];
		char byte;
		pid_t pid;

		assert_int_equal(pipe(pipes), 0);
		pid = fork();
		assert_true(pid >= 0);
		if (pid == 0) {
			close(pipes[0]);
			write_until_killed(path, pipes[1]);
			_exit(0);
		}
		close(pipes[1]);
		while (acknowledged <= round * 2 && read(pipes[0], &byte, 1) == 1)
			acknowledged++;
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		while (read(pipes[0], &byte, 1) == 1)
			acknowledged++;
		close(pipes[0]);
		index = open_index(path, PDX_OPEN_READ);
		found = count(index, "");
		assert_int_equal(found % 5, 0);
		assert_true(found / 5 >= acknowledged);
		assert_int_equal(problems_of(index), 0);
		pdx_close(index);
	}
}

/* Change every page of the articles in a transaction that spills into the file, and
 * die in it: what is left is a journal that has to be played back. */
static void die_in_a_transaction(const char *path)
{
	sqlite3 *db;

	if (sqlite3_open(path, &db) == SQLITE_OK &&
	    sqlite3_exec(db,
			 "PRAGMA cache_size = 2; BEGIN IMMEDIATE;"
			 "UPDATE article SET title = title || ' changed';"
			 "UPDATE state SET articles = 0",
			 NULL, NULL, NULL) == SQLITE_OK)
		kill(getpid(), SIGKILL);
	_exit(1);
}

static void a_reader_plays_back_the_journal_of_a_killed_writer(void **state)
{
	const char *path = fresh_path();
	struct pdx *index = create(path);
	char name[600];
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(pdx_begin(index, NULL), 0);
	for (unsigned i = 0; i < 300; i++) {
		struct pdx_article a;

		snprintf(name, sizeof(name), "https://example.org/%u", i);
		a = sample(name, "Whole");
		put(index, &a);
	}
	assert_int_equal(pdx_commit(index, NULL), 0);
	pdx_close(index);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0)
		die_in_a_transaction(path);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	snprintf(name, sizeof(name), "%s-journal", path);
	assert_int_equal(access(name, F_OK), 0);
	index = open_index(path, PDX_OPEN_READ);
	assert_int_equal(count(index, ""), 300);
	assert_int_equal(count(index, "whole"), 300);
	assert_int_equal(problems_of(index), 0);
	assert_int_not_equal(access(name, F_OK), 0);
	pdx_close(index);
}

static void write_file(const char *path, const char *bytes, size_t len)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

static void what_is_no_index_is_refused(void **state)
{
	const char *path = fresh_path();
	struct pdx *index;
	struct pdx_err err;
	sqlite3 *db;

	(void)state;
	assert_int_equal(pdx_open(&index, path, PDX_OPEN_READ, NULL, &err),
			 PDX_E_INDEX);
	assert_non_null(strstr(err.message, "no index at"));
	write_file(path, "This is a letter to my aunt and no database at all.\n", 52);
	assert_int_equal(pdx_open(&index, path, PDX_OPEN_READ, NULL, &err),
			 PDX_E_INDEX);
	assert_non_null(strstr(err.message, "not a paneldex index"));
	path = fresh_path();
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE TABLE t(x)", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(
		pdx_open(&index, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, &err),
		PDX_E_INDEX);
	assert_non_null(strstr(err.message, "not a paneldex index"));
}

static void an_index_keeps_its_language(void **state)
{
	const char *path = fresh_path();
	struct pdx *index;
	struct pdx_err err;

	(void)state;
	assert_int_equal(pdx_open(&index, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE,
				  "german", &err),
			 0);
	pdx_close(index);
	assert_int_equal(pdx_open(&index, path, PDX_OPEN_READ, "english", &err),
			 PDX_E_USAGE);
	assert_non_null(strstr(err.message, "german"));
	pdx_close(open_index(path, PDX_OPEN_READ));
	assert_int_equal(pdx_open(&index, fresh_path(),
				  PDX_OPEN_WRITE | PDX_OPEN_CREATE, "klingon", &err),
			 PDX_E_USAGE);
}

/* Each of these is something that check has to notice. */
static void check_notices_every_kind_of_drift(void **state)
{
	static const char *const harm[] = {
		"UPDATE state SET articles = articles + 1",
		"UPDATE state SET body_tokens = body_tokens - 1",
		"UPDATE frequency SET data = zeroblob(length(data))",
		"UPDATE frequency SET data = substr(data, 5)",
		"UPDATE frequency SET data = data || zeroblob(1024)",
		"DELETE FROM frequency",
		"DELETE FROM word WHERE term = 'drift'",
		"INSERT INTO word VALUES('neverseen', 1, 1)",
		"UPDATE word SET forms = forms + 1 WHERE term = 'drift'",
		"DELETE FROM docvals",
		"UPDATE docvals SET data = zeroblob(length(data))",
		"DELETE FROM persona",
		"UPDATE article SET key = key + 1",
		"UPDATE article SET record = x'00'",
		/* another article's text under this row: FTS5 has to object */
		"UPDATE article SET record = (SELECT record FROM article WHERE id = 2)"
		" WHERE id = 1",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(harm); i++) {
		struct pdx_article a = sample("https://example.org/1", "First");
		struct pdx_article b = sample("https://example.org/2", "Second one");
		const char *path = fresh_path();
		struct pdx *index = create(path);
		sqlite3 *db;

		b.body = "Quite another body.";
		put_one(index, &a, PDX_ADDED);
		put_one(index, &b, PDX_ADDED);
		assert_int_equal(problems_of(index), 0);
		pdx_close(index);
		assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
		if (sqlite3_exec(db, harm[i], NULL, NULL, NULL) != SQLITE_OK)
			fail_msg("%s: %s", harm[i], sqlite3_errmsg(db));
		sqlite3_close(db);
		index = open_index(path, PDX_OPEN_READ);
		if (problems_of(index) == 0)
			fail_msg("check did not notice: %s", harm[i]);
		pdx_close(index);
	}
}

static void a_record_survives_and_a_damaged_one_is_refused(void **state)
{
	uint32_t ids[] = { 3, 70000 };
	struct record_take take = { 7, 300, "A take." };
	struct record in = { .date = -5, .title = "T", .body = "", .url = "u" }, out;
	struct arena arena = { 0 };
	struct codec codec = { 0 };
	struct buf bytes, texts;
	size_t i;

	(void)state;
	in.companies = in.categories = ids;
	in.ncompanies = 2;
	in.ncategories = 1;
	in.takes = &take;
	in.ntakes = 1;
	buf_init(&bytes, 0);
	buf_init(&texts, 0);
	assert_int_equal(record_pack(&texts, &codec, NULL, &in, NULL), 0);
	assert_int_equal(record_encode(&bytes, &in, &texts, NULL), 0);
	assert_int_equal(
		record_decode(&out, &codec, &arena, bytes.data, bytes.len, NULL), 0);
	assert_int_equal(out.date, -5);
	assert_null(out.summary);
	assert_string_equal(out.body, "");
	assert_int_equal(out.companies[1], 70000);
	assert_int_equal(out.takes[0].perspective, 300);
	assert_string_equal(out.takes[0].text, "A take.");
	for (i = 0; i < bytes.len; i++)
		assert_int_equal(
			record_decode(&out, &codec, &arena, bytes.data, i, NULL),
			PDX_E_INDEX);
	buf_release(&bytes);
	buf_release(&texts);
	codec_release(&codec);
	arena_release(&arena);
}

static void doc_values_survive_across_chunks_and_overwrites(void **state)
{
	static const int64_t rows[] = { 1, 255, 256, 257, 1000, 255, 70000 };
	struct docval_take takes_in[] = { { 1, 2, 0 }, { 3, 4, 500 } };
	uint32_t ids[] = { 9, 10, 11 };
	struct docvals_writer writer = { 0 };
	struct docvals_reader reader = { 0 };
	sqlite3 *db;
	size_t i, pass;

	(void)state;
	assert_int_equal(db_open(&db, ":memory:", SQLITE_OPEN_READWRITE, NULL), 0);
	assert_int_equal(
		db_exec(db,
			"CREATE TABLE docvals(chunk INTEGER PRIMARY KEY, data);"
			"CREATE TABLE doclists(chunk INTEGER PRIMARY KEY, data)",
			NULL),
		0);
	writer.db = reader.db = db;
	for (pass = 0; pass < 2; pass++) {
		for (i = 0; i < COUNT(rows); i++) {
			struct docval doc = { .key = (uint64_t)rows[i] + pass,
					      .date = PDX_NO_DATE,
					      .company = 9,
					      .more_companies = true,
					      .ntakes = 2 };
			struct docval_lists lists = { .companies = ids,
						      .ncompanies = 3,
						      .takes = takes_in,
						      .ntakes = 2 };

			assert_int_equal(
				docvals_write(&writer, rows[i], &doc, &lists, NULL), 0);
		}
		assert_int_equal(docvals_flush(&writer, NULL), 0);
	}
	for (i = 0; i < COUNT(rows); i++) {
		struct docval_lists lists;
		struct docval doc;

		assert_int_equal(docvals_read(&doc, &reader, rows[i], NULL), 1);
		assert_int_equal(doc.key, rows[i] + 1);
		assert_int_equal(doc.date, PDX_NO_DATE);
		assert_int_equal(
			docvals_read_lists(&lists, &reader, rows[i], &doc, NULL), 0);
		assert_int_equal(lists.ncompanies, 3);
		assert_int_equal(lists.companies[2], 11);
		assert_int_equal(lists.takes[1].start, 500);
		assert_int_equal(lists.takes[1].perspective, 4);
	}
	{
		struct docval doc;

		assert_int_equal(docvals_read(&doc, &reader, 2, NULL), 0);
		assert_int_equal(docvals_read(&doc, &reader, 900000, NULL), 0);
	}
	docvals_reader_release(&reader);
	docvals_drop(&writer);
	sqlite3_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_article_comes_out_as_it_went_in),
		cmocka_unit_test(provenance_is_kept_and_is_no_part_of_the_content),
		cmocka_unit_test(ids_that_are_none_say_so),
		cmocka_unit_test(the_same_article_again_is_unchanged),
		cmocka_unit_test(an_update_leaves_nothing_of_the_old_text),
		cmocka_unit_test(an_article_without_a_title_spoils_no_batch),
		cmocka_unit_test(a_batch_that_is_rolled_back_leaves_no_trace),
		cmocka_unit_test(nothing_is_seen_before_the_commit),
		cmocka_unit_test(a_second_writer_is_told_that_the_index_is_locked),
		cmocka_unit_test(a_killed_writer_leaves_whole_batches),
		cmocka_unit_test(a_reader_plays_back_the_journal_of_a_killed_writer),
		cmocka_unit_test(what_is_no_index_is_refused),
		cmocka_unit_test(an_index_keeps_its_language),
		cmocka_unit_test(check_notices_every_kind_of_drift),
		cmocka_unit_test(a_record_survives_and_a_damaged_one_is_refused),
		cmocka_unit_test(doc_values_survive_across_chunks_and_overwrites),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
