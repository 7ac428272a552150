/* When an index gets a codebook, and that what is compressed with it comes back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

#include "base/buf.h"
#include "engine/sqlite/codebook.h"
#include "engine/sqlite/db.h"
#include "ingest/identity.h"
#include "paneldex.h"

enum {
	MANY = 700, /* articles whose texts are enough for a codebook */
	WORDS = 800 /* of each: some 7 KB */
};

static const char *fresh_path(void)
{
	static char path[512];
	static unsigned next;

	snprintf(path, sizeof(path), "%s/codebook-%u.db", test_tmpdir(), next++);
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

/* The text of article ${number}, other each time. */
static void write_body(struct buf *body, unsigned number)
{
	uint32_t state = number * 2654435761u + 1;
	int i;

	buf_reset(body);
	for (i = 0; i < WORDS; i++) {
		state = state * 1664525u + 1013904223u;
		buf_printf(body, "%s%08x", i ? " " : "",
			   (state >> 16) % 3000 * 2654435761u);
	}
	assert_true(buf_ok(body));
}

static struct pdx_article article(const struct buf *body, unsigned number)
{
	static char url[64];
	struct pdx_article a = { .title = "A title", .body = buf_str(body) };

	snprintf(url, sizeof(url), "https://example.org/%u", number);
	a.url = url;
	a.date = 20000;
	return a;
}

static void put_range(struct pdx *index, unsigned from, unsigned to)
{
	struct buf body;
	enum pdx_put outcome;
	unsigned i;

	buf_init(&body, 0);
	for (i = from; i < to; i++) {
		struct pdx_article a;

		write_body(&body, i);
		a = article(&body, i);
		assert_int_equal(pdx_put(&outcome, index, &a, 1000, NULL), 0);
		assert_int_equal(outcome, PDX_ADDED);
	}
	buf_release(&body);
}

static void put_batch(struct pdx *index, unsigned from, unsigned to)
{
	assert_int_equal(pdx_begin(index, NULL), 0);
	put_range(index, from, to);
	assert_int_equal(pdx_commit(index, NULL), 0);
}

static void assert_has(struct pdx *index, unsigned number)
{
	struct pdx_article a, *got;
	char id[PDX_ID_SIZE];
	struct buf body;
	struct pdx_err err;

	buf_init(&body, 0);
	write_body(&body, number);
	a = article(&body, number);
	identity_id(id, identity_key(&a));
	if (pdx_get(&got, index, id, &err))
		fail_msg("article %u: %s", number, err.message);
	assert_string_equal(got->body, a.body);
	pdx_article_free(got);
	buf_release(&body);
}

static int64_t ask(const char *path, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	int64_t n;

	assert_int_equal(db_open(&db, path, SQLITE_OPEN_READWRITE, NULL), 0);
	assert_int_equal(db_prepare(&stmt, db, sql, NULL), 0);
	n = db_step(stmt, NULL) == 1 ? sqlite3_column_int64(stmt, 0) : -1;
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return n;
}

static void on_problem(void *ctx, const char *problem)
{
	(void)ctx;
	print_message("%s\n", problem);
}

static void assert_sound(struct pdx *index)
{
	uint64_t problems;

	assert_int_equal(pdx_check(&problems, index, on_problem, NULL, NULL), 0);
	assert_int_equal(problems, 0);
}

static void enough_text_makes_one_codebook_and_later_texts_need_less(void **state)
{
	const char *path = fresh_path();
	struct pdx *index = create(path);

	(void)state;
	put_batch(index, 0, 20);
	pdx_close(index);
	assert_int_equal(ask(path, "SELECT count(*) FROM codebook"), 0);
	index = open_index(path, PDX_OPEN_WRITE);
	put_batch(index, 20, MANY);
	pdx_close(index);
	assert_int_equal(ask(path, "SELECT count(*) FROM codebook"), 1);
	index = open_index(path, PDX_OPEN_WRITE);
	put_batch(index, MANY, MANY + 20);
	assert_has(index, 0);
	assert_has(index, MANY - 1);
	assert_has(index, MANY + 19);
	assert_sound(index);
	pdx_close(index);
	assert_int_equal(ask(path, "SELECT count(*) FROM codebook"), 1);
	assert_true(
		ask(path, "SELECT sum(length(record)) FROM article WHERE id > 700") <
		ask(path, "SELECT sum(length(record)) * 9 / 10 FROM article"
			  " WHERE id <= 20"));
	index = open_index(path, PDX_OPEN_READ);
	assert_has(index, MANY + 3);
	assert_has(index, MANY + 4);
	pdx_close(index);
}

static void a_codebook_goes_with_the_batch_that_made_it(void **state)
{
	const char *path = fresh_path();
	struct pdx *index = create(path);

	(void)state;
	assert_int_equal(pdx_begin(index, NULL), 0);
	put_range(index, 0, MANY);
	pdx_rollback(index);
	put_batch(index, 0, 3);
	assert_has(index, 2);
	pdx_close(index);
	assert_int_equal(ask(path, "SELECT count(*) FROM codebook"), 0);
	index = open_index(path, PDX_OPEN_WRITE);
	put_batch(index, 3, MANY);
	assert_int_equal(pdx_begin(index, NULL), 0);
	put_range(index, MANY, MANY + 2);
	pdx_rollback(index);
	put_batch(index, MANY, MANY + 1);
	assert_has(index, MANY);
	assert_sound(index);
	pdx_close(index);
	assert_int_equal(ask(path, "SELECT max(id) FROM codebook"), 1);
}

static void a_record_whose_codebook_is_damaged_or_gone_is_refused(void **state)
{
	static const struct {
		const char *harm, *want;
	} cases[] = {
		{ "UPDATE codebook SET data = substr(data, 1, 8)",
		  "index is damaged: codebook 1" },
		{ "UPDATE codebook SET data = zeroblob(200)",
		  "index is damaged: codebook 1" },
		{ "DELETE FROM codebook", "index is damaged: no codebook 1" },
	};
	const char *path = fresh_path();
	struct pdx *index = create(path);
	struct pdx_article *got, a = { .url = "https://example.org/699" };
	char id[PDX_ID_SIZE];
	struct pdx_err err;
	size_t i;

	(void)state;
	put_batch(index, 0, MANY);
	pdx_close(index);
	a.title = a.body = "";
	identity_id(id, identity_key(&a));
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		ask(path, cases[i].harm);
		index = open_index(path, PDX_OPEN_READ);
		assert_int_equal(pdx_get(&got, index, id, &err), PDX_E_INDEX);
		assert_string_equal(err.message, cases[i].want);
		pdx_close(index);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			enough_text_makes_one_codebook_and_later_texts_need_less),
		cmocka_unit_test(a_codebook_goes_with_the_batch_that_made_it),
		cmocka_unit_test(a_record_whose_codebook_is_damaged_or_gone_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
