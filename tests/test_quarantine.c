/* What was rejected: kept, tried again, dropped. */
#include "harness.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ingest/ingest.h"
#include "paneldex.h"

static const char good[] = "{\"title\":\"one\",\"body\":\"x\"}\n";
static const char bad[] = "{\"title\":\"two\",\n";

static const char *make(const char *name, const char *const *parts)
{
	const char *path = in_tmpdir(name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	for (; *parts; parts++)
		fputs(*parts, f);
	assert_int_equal(fclose(f), 0);
	return path;
}

/* A line of the program's arguments with ${path} as the last. */
static struct run run_on(const char *words, const char *path, int status)
{
	char line[1024];

	snprintf(line, sizeof(line), "%s %s", words, path);
	return run_expect(line, status);
}

static void ingest(const char *path, int status)
{
	struct run r = run_on("ingest -q", path, status);

	run_free(&r);
}

/* What is in quarantine; the caller frees it. */
static json_t *pieces(void)
{
	struct run r = paneldex("ingest --list-quarantine -f json");
	json_t *doc = parse(r.out), *list = json_object_get(doc, "pieces");

	assert_int_equal(r.status, json_array_size(list) ? 0 : 1);
	json_incref(list);
	json_decref(doc);
	run_free(&r);
	return list;
}

static void check_kept(size_t want)
{
	json_t *list = pieces();

	assert_int_equal(json_array_size(list), want);
	json_decref(list);
}

static json_t *retry(int status)
{
	json_t *doc = document("ingest --retry-quarantine -f json", status);

	assert_int_equal(integer(doc, "read"),
			 integer(doc, "added") + integer(doc, "updated") +
				 integer(doc, "unchanged") + integer(doc, "rejected"));
	return doc;
}

static void a_rejected_piece_is_kept_once_with_its_place(void **state)
{
	const char *const parts[] = { good, bad, good, NULL };
	const char *path = make("kept.jsonl", parts);
	json_t *list, *piece;

	(void)state;
	use_db("kept.db");
	ingest(path, 4);
	ingest(path, 4);
	list = pieces();
	assert_int_equal(json_array_size(list), 1);
	piece = json_array_get(list, 0);
	assert_holds(string(piece, "origin"), "kept.jsonl:2", "origin");
	assert_holds(string(piece, "reason"), "not valid JSON", "reason");
	assert_int_equal(integer(piece, "offset"), strlen(good));
	assert_int_equal(integer(piece, "length"), strlen(bad) - 1);
	assert_int_equal(integer(piece, "kept"), strlen(bad) - 1);
	assert_string_equal(string(piece, "path"), path);
	json_decref(list);
	use_db(MAIN_DB);
}

static void what_is_still_bad_stays_and_is_counted(void **state)
{
	const char *const parts[] = { good, bad, "{", NULL };
	const char *path = make("stays.jsonl", parts);
	json_t *doc;

	(void)state;
	use_db("stays.db");
	ingest(path, 4);
	check_kept(2);
	doc = retry(4);
	assert_int_equal(integer(doc, "rejected"), 2);
	assert_int_equal(integer(doc, "read"), 2);
	json_decref(doc);
	check_kept(2);
	use_db(MAIN_DB);
}

/* Readers learn; here the index does, as if an older one had rejected a good line. */
static void what_is_taken_now_leaves(void **state)
{
	static const struct pdx_rejected old = {
		.path = "/nowhere/old.jsonl",
		.name = "old.jsonl",
		.input = "old.jsonl",
		.origin = "old.jsonl:7",
		.offset = 99,
		.len = sizeof(good) - 1,
		.reason = "was not known",
		.bytes = good,
		.nbytes = sizeof(good) - 1,
		.whole = true,
	};
	struct pdx *index;
	json_t *doc;
	int64_t id;

	(void)state;
	use_db("learned.db");
	assert_int_equal(pdx_open(&index, in_tmpdir("learned.db"),
				  PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, NULL),
			 0);
	assert_int_equal(pdx_quarantine_add(&id, index, &old, NULL), PDX_E_USAGE);
	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(pdx_quarantine_add(&id, index, &old, NULL), 0);
	assert_int_equal(pdx_commit(index, NULL), 0);
	pdx_close(index);
	check_kept(1);
	doc = retry(0);
	assert_int_equal(integer(doc, "added"), 1);
	json_decref(doc);
	check_kept(0);
	doc = document("search -f json one", 0);
	json_decref(doc);
	use_db(MAIN_DB);
}

static void what_is_not_kept_whole_is_read_from_its_file_again(void **state)
{
	struct run r;
	json_t *doc;

	(void)state;
	use_db("file.db");
	r = shell("set -e; d=${PANELDEX_DB%/*}; cd \"$d\"; printf '%s\\n' "
		  "'{\"title\":\"packed\",\"body\":\"x\"}' >p.jsonl; gzip -f p.jsonl; "
		  "cp p.jsonl.gz whole.gz; head -c 20 whole.gz >p.jsonl.gz; "
		  "\"$PANELDEX_BIN\" ingest -q p.jsonl.gz || test $? = 4");
	assert_status(&r, 0, "a cut file");
	run_free(&r);
	check_kept(1);
	doc = retry(4);
	assert_int_equal(integer(doc, "rejected"), 1);
	json_decref(doc);
	check_kept(1);
	r = shell("cd \"${PANELDEX_DB%/*}\"; mv p.jsonl.gz x.gz");
	run_free(&r);
	r = paneldex("ingest --retry-quarantine");
	assert_status(&r, 4, "a file that is gone");
	assert_holds(r.err, "its file cannot be read any more", "gone");
	run_free(&r);
	check_kept(1);
	r = shell("cd \"${PANELDEX_DB%/*}\"; cp whole.gz p.jsonl.gz");
	run_free(&r);
	doc = retry(0);
	assert_int_equal(integer(doc, "added"), 1);
	json_decref(doc);
	check_kept(0);
	use_db(MAIN_DB);
}

/* ${n} bytes in one line. */
static const char *make_long(const char *name, size_t n)
{
	const char *path = in_tmpdir(name);
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	fputs(good, f);
	fputs("{\"title\":", f);
	for (size_t i = 0; i < n; i++)
		fputc('x', f);
	fputs("\n", f);
	fputs(good, f);
	assert_int_equal(fclose(f), 0);
	return path;
}

static void up_to_a_mebibyte_is_kept(void **state)
{
	static const struct {
		size_t len;
		bool whole;
	} cases[] = { { 1000000, true },
		      { 1048567, true },
		      { 1048568, false },
		      { 1200000, false } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *list, *piece;

		use_db("long.db");
		unlink(in_tmpdir("long.db"));
		ingest(make_long("long.jsonl", cases[i].len), 4);
		list = pieces();
		piece = json_array_get(list, 0);
		assert_int_equal(json_array_size(list), 1);
		assert_int_equal(json_is_true(json_object_get(piece, "whole")),
				 cases[i].whole);
		assert_int_equal(integer(piece, "kept"),
				 cases[i].whole ? cases[i].len + 9 : 1048576);
		json_decref(list);
	}
	use_db(MAIN_DB);
}

static void what_is_dropped_is_gone(void **state)
{
	const char *const parts[] = { bad, "[\n", NULL };
	const char *a = make("drop-a.jsonl", parts);
	const char *b = make("drop-b.jsonl", parts);
	struct run r;

	(void)state;
	use_db("drop.db");
	ingest(a, 4);
	ingest(b, 4);
	check_kept(4);
	r = run_on("ingest --drop-quarantine", a, 0);
	assert_string_equal(r.out, "2 dropped\n");
	run_free(&r);
	check_kept(2);
	r = run_expect("ingest --drop-quarantine", 0);
	run_free(&r);
	check_kept(0);
	r = run_expect("ingest --drop-quarantine", 1);
	run_free(&r);
	use_db(MAIN_DB);
}

static void a_rolled_back_batch_and_a_dry_run_keep_nothing(void **state)
{
	const char *const parts[] = { bad, NULL };
	const char *path = make("trace.jsonl", parts);
	static const struct pdx_rejected piece = {
		.name = "a", .input = "a", .origin = "a:1", .reason = "r", .bytes = ""
	};
	struct pdx_rejected out;
	struct pdx *index;
	struct run r;
	int64_t id;

	(void)state;
	use_db("trace.db");
	assert_int_equal(pdx_open(&index, in_tmpdir("trace.db"),
				  PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, NULL),
			 0);
	assert_int_equal(pdx_begin(index, NULL), 0);
	assert_int_equal(pdx_quarantine_add(&id, index, &piece, NULL), 0);
	assert_int_equal(pdx_quarantine_next(&out, index, 0, NULL), 1);
	assert_string_equal(out.origin, "a:1");
	assert_null(out.path);
	pdx_rollback(index);
	assert_int_equal(pdx_quarantine_next(&out, index, 0, NULL), 0);
	pdx_close(index);
	r = run_on("ingest -q --dry-run", path, 4);
	run_free(&r);
	check_kept(0);
	use_db(MAIN_DB);
}

static void options_of_the_quarantine_exclude_what_has_no_effect(void **state)
{
	static const char *const lines[] = {
		"ingest --list-quarantine --retry-quarantine",
		"ingest --dry-run --drop-quarantine",
		"ingest --list-quarantine pages",
		"ingest --retry-quarantine pages",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct run r = run_expect(lines[i], 2);

		run_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rejected_piece_is_kept_once_with_its_place),
		cmocka_unit_test(what_is_still_bad_stays_and_is_counted),
		cmocka_unit_test(what_is_taken_now_leaves),
		cmocka_unit_test(what_is_not_kept_whole_is_read_from_its_file_again),
		cmocka_unit_test(up_to_a_mebibyte_is_kept),
		cmocka_unit_test(what_is_dropped_is_gone),
		cmocka_unit_test(a_rolled_back_batch_and_a_dry_run_keep_nothing),
		cmocka_unit_test(options_of_the_quarantine_exclude_what_has_no_effect),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
