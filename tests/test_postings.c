/*
 * Postings of common words: their bytes, and that they stay in step with the articles
 * as these come, change and go.  That a search by them finds what FTS5 finds is
 * compared elsewhere, query by query.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

#include "engine/sqlite/common.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/postings.h"
#include "paneldex.h"

static uint64_t state = 1;

static unsigned below(unsigned n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((state >> 33) % n);
}

/* The lengths of a window, and postings to write with them. */
struct window {
	struct postings postings, read;
	struct window_lengths lengths;
	struct rank_norms norms;
	uint8_t of[WINDOW_ROWS][TEXT_COLUMNS];
	uint32_t counts[WINDOW_ROWS][TEXT_COLUMNS];
	struct buf bytes;
	struct postings_view view;
};

static int set_up(void **out)
{
	struct window *w = calloc(1, sizeof(*w));
	size_t i;
	int column;

	assert_non_null(w);
	for (i = 0; i < WINDOW_ROWS; i++)
		for (column = 0; column < TEXT_COLUMNS; column++)
			w->of[i][column] = (uint8_t)below(90);
	for (column = 0; column < TEXT_COLUMNS; column++)
		w->lengths.mean[column] = 10 + column * 100;
	rank_norms_init(&w->norms, &rank_default, w->lengths.mean);
	w->lengths.of = w->of;
	w->lengths.norms = &w->norms;
	*out = w;
	return 0;
}

static int tear_down(void **out)
{
	struct window *w = *out;

	postings_release(&w->postings);
	postings_release(&w->read);
	postings_view_release(&w->view);
	buf_release(&w->bytes);
	free(w);
	return 0;
}

/* About one row in ${share} has the word, with counts up to ${most}. */
static size_t fill(struct window *w, unsigned share, unsigned most)
{
	size_t at, n = 0;
	int column;

	postings_clear(&w->postings);
	memset(w->counts, 0, sizeof(w->counts));
	for (at = 0; at < WINDOW_ROWS; at++) {
		if (below(share))
			continue;
		for (column = 0; column < TEXT_COLUMNS; column++)
			w->counts[at][column] = below(most);
		w->counts[at][below(TEXT_COLUMNS)]++;
		assert_true(postings_set(&w->postings, at, w->counts[at]));
		n++;
	}
	buf_reset(&w->bytes);
	postings_encode(&w->bytes, &w->postings, &w->lengths);
	return n;
}

static void check_rows(struct window *w)
{
	size_t at;

	for (at = 0; at < WINDOW_ROWS; at++) {
		static const column_counts none;
		bool has = memcmp(w->counts[at], none, sizeof(none)) != 0;

		assert_int_equal(postings_has(&w->view, at), has);
		if (has)
			assert_memory_equal(postings_counts(&w->view, at),
					    w->counts[at], sizeof(none));
	}
}

static const struct {
	unsigned share, most;
} kinds[] = { { 1, 2 }, { 2, 4 }, { 15, 3 }, { 17, 3 }, { 400, 9 }, { 2, 90000 } };

static void what_is_written_is_read(void **out)
{
	struct window *w = *out;
	size_t i, n;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		n = fill(w, kinds[i].share, kinds[i].most);
		assert_true(postings_view_open(&w->view, w->bytes.data, w->bytes.len));
		assert_int_equal(w->view.n, n);
		check_rows(w);
		assert_true(postings_decode(&w->read, w->bytes.data, w->bytes.len));
		assert_true(postings_same(&w->read, &w->postings));
	}
}

static void rows_can_change_more_often_than_there_are_rows(void **out)
{
	struct window *w = *out;
	unsigned i;
	size_t at;

	fill(w, 3, 5);
	for (i = 0; i < 5 * WINDOW_ROWS; i++) {
		at = below(WINDOW_ROWS);
		memset(w->counts[at], 0, sizeof(w->counts[at]));
		if (below(4)) {
			w->counts[at][below(TEXT_COLUMNS)] = i + 1;
			assert_true(postings_set(&w->postings, at, w->counts[at]));
		} else {
			postings_remove(&w->postings, at);
		}
	}
	buf_reset(&w->bytes);
	postings_encode(&w->bytes, &w->postings, &w->lengths);
	assert_true(postings_view_open(&w->view, w->bytes.data, w->bytes.len));
	check_rows(w);
}

static double tf_of(const struct rank_norms *norms, const uint8_t *len,
		    const uint32_t *counts)
{
	double sum = 0;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		sum += (double)norms->factor[column][len[column]] * counts[column];
	return sum;
}

/* Returns the tf' of row ${at}, which its counts bound. */
static double check_bound(const struct window *w, const struct rank_norms *norms,
			  const double mean[TEXT_COLUMNS], size_t at)
{
	double tf = tf_of(norms, w->of[at], w->counts[at]);
	size_t place = 0, i;

	if (!postings_has(&w->view, at))
		return 0;
	for (i = 0; i < at; i++)
		place += postings_has(&w->view, i);
	place = postings_code(&w->view, place);
	assert_true(tf <= postings_bound(w->view.count_bounds[place]) *
				  postings_growth(&w->view, mean));
	return tf;
}

/* Whatever the means have become, and close enough to leave rows out by. */
static void no_row_is_above_the_bound_of_its_part(void **out)
{
	static const double drifts[] = { 0.4, 1, 1.01, 3 };
	struct window *w = *out;
	struct rank_norms norms;
	double mean[TEXT_COLUMNS], bound, most;
	size_t i, part, at;
	int column;

	fill(w, 30, 9);
	assert_true(postings_view_open(&w->view, w->bytes.data, w->bytes.len));
	for (i = 0; i < sizeof(drifts) / sizeof(*drifts); i++) {
		for (column = 0; column < TEXT_COLUMNS; column++)
			mean[column] = w->lengths.mean[column] * drifts[i];
		rank_norms_init(&norms, &rank_default, mean);
		for (part = 0; part < WINDOW_PARTS; part++) {
			bound = postings_bound(w->view.bounds[part]) *
				postings_growth(&w->view, mean);
			most = 0;
			for (at = part * PART_ROWS; at < (part + 1) * PART_ROWS; at++)
				most = fmax(most, check_bound(w, &norms, mean, at));
			assert_true(most <= bound);
			if (drifts[i] == 1)
				assert_true(bound < most * 1.1);
		}
	}
}

static void bytes_that_are_no_postings_are_refused(void **out)
{
	struct window *w = *out;
	size_t len, i, opened = 0;

	fill(w, 20, 3);
	for (len = 0; len < w->bytes.len; len++)
		assert_false(postings_view_open(&w->view, w->bytes.data, len));
	for (i = 0; i < 3000; i++) { /* whatever they say, nothing is read beyond */
		size_t at = below((unsigned)w->bytes.len);
		char *copy = malloc(w->bytes.len);

		assert_non_null(copy);
		memcpy(copy, w->bytes.data, w->bytes.len);
		copy[at] = (char)below(256);
		if (postings_view_open(&w->view, copy, w->bytes.len))
			for (at = 0; at < WINDOW_ROWS; at++)
				opened += postings_has(&w->view, at) &&
					  postings_counts(&w->view, at)[0] < 9;
		free(copy);
	}
	assert_true(opened > 0);
}

/* ---- in an index ----------------------------------------------------------- */

enum { MANY = 2 * WINDOW_ROWS + 100 };

/* Article ${i} has a word of its own for each n up to 8 that divides i modulo
 * ${divide}, n times; none where that is 0. */
static void make_article(struct pdx_article *a, unsigned i, unsigned divide)
{
	static char title[32], url[64], body[512];
	unsigned n, k;
	size_t len = 0;

	snprintf(title, sizeof(title), "Number %u", i);
	snprintf(url, sizeof(url), "https://numbers.example/%u", i);
	body[0] = 0;
	for (n = 2; n < 9; n++)
		for (k = 0; divide && i % divide % n == 0 && k < n; k++)
			len += (size_t)snprintf(body + len, sizeof(body) - len,
						"wo%cd ", 'a' + (int)n);
	memset(a, 0, sizeof(*a));
	a->title = title;
	a->url = url;
	a->body = body;
	a->date = (int32_t)(i % 1000);
}

static void put(struct pdx *index, unsigned from, unsigned to, unsigned divide)
{
	struct pdx_article a;
	enum pdx_put outcome;
	struct pdx_err err;
	unsigned i;

	assert_int_equal(pdx_begin(index, &err), 0);
	for (i = from; i < to; i++) {
		make_article(&a, i, divide);
		if (pdx_put(&outcome, index, &a, 1000, &err))
			fail_msg("%u: %s", i, err.message);
	}
	if (pdx_commit(index, &err))
		fail_msg("%s", err.message);
}

static uint64_t total(struct pdx *index, const char *text)
{
	struct pdx_query *query;
	struct pdx_result *result;
	struct pdx_search how = { .limit = 3, .today = PDX_NO_DATE };
	struct pdx_err err;
	uint64_t n;

	assert_int_equal(pdx_query_parse(&query, text, strlen(text), 0, &err), 0);
	if (pdx_search(&result, index, query, &how, &err))
		fail_msg("%s: %s", text, err.message);
	n = pdx_result_total(result);
	pdx_result_free(result);
	pdx_query_free(query);
	return n;
}

static uint64_t count(const char *path, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	struct pdx_err err;
	uint64_t n;

	assert_int_equal(db_open(&db, path, SQLITE_OPEN_READWRITE, &err), 0);
	assert_int_equal(db_prepare(&stmt, db, sql, &err), 0);
	n = db_step(stmt, &err) == 1 ? (uint64_t)sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return n;
}

static void keep_problem(void *ctx, const char *problem)
{
	snprintf(ctx, 256, "%s", problem);
}

static uint64_t problems(struct pdx *index, char said[256])
{
	uint64_t n;
	struct pdx_err err;

	said[0] = 0;
	if (pdx_check(&n, index, keep_problem, said, &err))
		fail_msg("%s", err.message);
	return n;
}

static void expect_whole(struct pdx *index)
{
	char said[256];

	if (problems(index, said))
		fail_msg("%s", said);
}

static struct pdx *open_index(const char *path)
{
	struct pdx *index;
	struct pdx_err err;

	if (pdx_open(&index, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, &err))
		fail_msg("%s", err.message);
	return index;
}

static const char *path_of(const char *name)
{
	static char path[512];

	snprintf(path, sizeof(path), "%s/%s.db", test_tmpdir(), name);
	return path;
}

static void a_small_index_keeps_none(void **out)
{
	struct pdx *index = open_index(path_of("small"));

	(void)out;
	put(index, 0, COMMON_ARTICLES - 1, MANY);
	assert_int_equal(total(index, "wozz"), 0);
	assert_int_equal(total(index, "wocd"), COMMON_ARTICLES / 2);
	pdx_close(index);
	assert_int_equal(count(path_of("small"), "SELECT count(*) FROM postings"), 0);
}

static void postings_follow_what_comes_and_changes(void **out)
{
	const char *path = path_of("follow");
	struct pdx *index = open_index(path);
	unsigned i;

	(void)out;
	for (i = 0; i < MANY; i += 700) /* batches that end within a window */
		put(index, i, i + 700 < MANY ? i + 700 : MANY, MANY);
	assert_int_equal(total(index, "wocd"), (MANY + 1) / 2);
	assert_int_equal(total(index, "wodd"), (MANY + 2) / 3);
	assert_int_equal(total(index, "wocd wodd"), (MANY + 5) / 6);
	assert_int_equal(total(index, "wocd OR wodd"),
			 (MANY + 1) / 2 + (MANY + 2) / 3 - (MANY + 5) / 6);
	assert_int_equal(total(index, "wocd -wodd"), (MANY + 1) / 2 - (MANY + 5) / 6);
	assert_int_equal(total(index, "title:wocd"), 0);
	expect_whole(index);
	/* article i becomes what i % 7 is: others have each word */
	for (i = 0; i < MANY; i += 3)
		put(index, i, i + 1, 7);
	expect_whole(index);
	pdx_close(index);
	assert_true(count(path, "SELECT count(*) FROM postings") > 12);
}

/* As often as a change of the batch has room for, and more often. */
static void a_word_may_be_said_any_number_of_times(void **out)
{
	static const unsigned said[] = { 254, 255, 256, 300, 255 };
	struct pdx *index = open_index(path_of("often"));
	struct buf body;
	unsigned i, k;

	(void)out;
	buf_init(&body, 0);
	put(index, 0, COMMON_ARTICLES, MANY);
	assert_int_equal(pdx_begin(index, NULL), 0);
	for (i = 0; i < sizeof(said) / sizeof(*said); i++) {
		struct pdx_article a;
		enum pdx_put outcome;

		make_article(&a, 3 * i, 0);
		buf_reset(&body);
		for (k = 0; k < said[i]; k++)
			buf_puts(&body, "wocd ");
		a.body = buf_str(&body);
		assert_int_equal(pdx_put(&outcome, index, &a, 1000, NULL), 0);
	}
	assert_int_equal(pdx_commit(index, NULL), 0);
	expect_whole(index);
	pdx_close(index);
	buf_release(&body);
	assert_true(count(path_of("often"), "SELECT count(*) FROM postings") > 0);
}

static void a_word_that_becomes_rare_is_dropped(void **out)
{
	static const char kept[] = "SELECT count(*) FROM common WHERE term = 'wocd'";
	const char *path = path_of("rare");
	struct pdx *index = open_index(path);

	(void)out;
	put(index, 0, MANY, MANY);
	assert_int_equal(count(path, kept), 1);
	put(index, 0, MANY - 300, 1); /* every article has every word now */
	assert_int_equal(total(index, "wocd"), MANY - 300 + 150);
	expect_whole(index);
	put(index, 0, MANY - 300, 0); /* and now none has any */
	assert_int_equal(total(index, "wocd"), 150);
	expect_whole(index);
	pdx_close(index);
	assert_int_equal(count(path, kept), 0);
	assert_int_equal(count(path, "SELECT count(*) FROM postings WHERE"
				     " id & 1048575 NOT IN (SELECT id FROM common)"),
			 0);
}

static void damage_is_seen(void **out)
{
	const char *path = path_of("damage");
	struct pdx *index = open_index(path);
	char said[256];

	(void)out;
	put(index, 0, MANY, MANY);
	(void)count(path, "DELETE FROM postings WHERE id = (SELECT max(id) FROM"
			  " postings)");
	assert_true(problems(index, said) > 0);
	assert_non_null(strstr(said, "postings"));
	pdx_close(index);
}

int main(void)
{
	const struct CMUnitTest bytes[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(rows_can_change_more_often_than_there_are_rows),
		cmocka_unit_test(no_row_is_above_the_bound_of_its_part),
		cmocka_unit_test(bytes_that_are_no_postings_are_refused),
	};
	const struct CMUnitTest indexes[] = {
		cmocka_unit_test(a_small_index_keeps_none),
		cmocka_unit_test(postings_follow_what_comes_and_changes),
		cmocka_unit_test(a_word_may_be_said_any_number_of_times),
		cmocka_unit_test(a_word_that_becomes_rare_is_dropped),
		cmocka_unit_test(damage_is_seen),
	};
	int failed = cmocka_run_group_tests(bytes, set_up, tear_down);

	return failed + cmocka_run_group_tests(indexes, NULL, NULL);
}
