/*
 * A search in ranges, each of a thread: what it answers is to the bit what one thread
 * answers, whatever befalls the others.  The archive has four windows of common words,
 * one for each thread.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "engine/sqlite/common.h"
#include "engine/sqlite/store.h"
#include "world.h"

enum { MANY = 3 * WINDOW_ROWS + 500, RANGES = 4 };

struct stores {
	struct arena arena;
	char path[512];
	struct store *one, *several; /* by the number of their threads */
};

/* Near-copies in the first window and in the last: the newest are the last. */
static void put_echoes(struct pdx *index, int32_t first)
{
	struct pdx_article a = {
		.title = "An echo of the model that everybody heard",
		.body = "The echoing model was heard in every valley, on"
			" each hill and by all who had ears, from the"
			" morning until the evening, and then once more"
			" when nobody listened but a dog."
	};
	enum pdx_put outcome;
	char url[64];
	int32_t i;

	assert_int_equal(pdx_begin(index, NULL), 0);
	for (i = first; i < first + 3; i++) {
		snprintf(url, sizeof(url), "https://example.org/echo/%d", i);
		a.url = url;
		a.date = 20000 + i;
		assert_int_equal(pdx_put(&outcome, index, &a, 0, NULL), 0);
	}
	assert_int_equal(pdx_commit(index, NULL), 0);
}

static struct store *open_store(const char *path, const char *ranges)
{
	void *s;

	setenv("PANELDEX_RANGES", ranges, 1);
	assert_int_equal(store_open(&s, path, 0, NULL, NULL), 0);
	unsetenv("PANELDEX_RANGES");
	return s;
}

static int set_up(void **out)
{
	struct stores *s = calloc(1, sizeof(*s));
	struct pdx *index;

	assert_non_null(s);
	unsetenv("PANELDEX_NO_SHORTCUTS");
	snprintf(s->path, sizeof(s->path), "%s/ranges.db", test_tmpdir());
	assert_int_equal(
		pdx_open(&index, s->path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, NULL),
		0);
	put_echoes(index, 0);
	world_put_many(index, MANY);
	put_echoes(index, 3);
	pdx_close(index);
	s->one = open_store(s->path, "1");
	s->several = open_store(s->path, "4");
	*out = s;
	return 0;
}

static int tear_down(void **out)
{
	struct stores *s = *out;

	store_close(s->one);
	store_close(s->several);
	arena_release(&s->arena);
	free(s);
	return 0;
}

static size_t count_beside(const struct store *s)
{
	size_t i, n = 0;

	for (i = 0; i < STORE_BESIDE; i++)
		n += s->beside[i] != NULL;
	return n;
}

static int ask(struct ranking *out, struct stores *s, struct store *store,
	       const char *text, const struct pdx_search *how, struct pdx_err *err)
{
	struct pdx_query *query;
	struct leaves leaves;
	int status;

	assert_int_equal(pdx_query_parse(&query, text, strlen(text), TODAY, err), 0);
	assert_int_equal(leaves_build(&leaves, &s->arena, query, store->analyzer, err),
			 0);
	status = store_search(out, store, &s->arena, query, &leaves, how, err);
	pdx_query_free(query);
	return status;
}

/* ${x} is of several threads, ${y} of one. */
static void same_cluster(const struct pdx_cluster *x, const struct pdx_cluster *y)
{
	size_t i;

	assert_true((x != NULL) == (y != NULL));
	if (!x)
		return;
	assert_true(x->size == y->size);
	assert_int_equal(x->nids, y->nids);
	for (i = 0; i < x->nids; i++)
		assert_string_equal(x->ids[i], y->ids[i]);
}

static void same_facet(const struct pdx_facet *x, const struct pdx_facet *y)
{
	size_t i;

	assert_true(x->missing == y->missing && x->other == y->other &&
		    x->total == y->total);
	assert_int_equal(x->nvalues, y->nvalues);
	for (i = 0; i < x->nvalues; i++) {
		assert_string_equal(x->values[i].value, y->values[i].value);
		assert_true(x->values[i].count == y->values[i].count);
	}
}

static void same_hits(const struct ranking *x, const struct ranking *y, bool clusters)
{
	size_t i;

	assert_int_equal(x->nhits, y->nhits);
	for (i = 0; i < x->nhits; i++) {
		assert_true(x->hits[i].row == y->hits[i].row);
		assert_true(x->hits[i].key == y->hits[i].key);
		assert_memory_equal(&x->hits[i].score, &y->hits[i].score,
				    sizeof(double));
		if (clusters)
			same_cluster(x->hits[i].cluster, y->hits[i].cluster);
	}
	assert_true((x->next != NULL) == (y->next != NULL));
	if (x->next)
		assert_string_equal(x->next, y->next);
}

static void same(const struct ranking *x, const struct ranking *y)
{
	size_t i;

	same_hits(x, y, !y->partial);
	assert_true(x->partial == y->partial);
	if (!y->partial) {
		assert_true(x->total == y->total);
		assert_true(x->stories == y->stories);
	}
	assert_int_equal(x->nfacets, y->nfacets);
	for (i = 0; i < x->nfacets; i++)
		same_facet(&x->facets[i], &y->facets[i]);
}

/* Ask both stores; the total, at least. */
static uint64_t compare(struct stores *s, const char *text,
			const struct pdx_search *how, unsigned pages)
{
	struct ranking x, y;
	struct pdx_search next = *how;
	struct pdx_err err;
	uint64_t total;

	print_message("%s, limit %zu, %zu sort keys, page %u\n", text, how->limit,
		      how->nsort, pages);
	assert_int_equal(ask(&x, s, s->several, text, how, &err), 0);
	assert_int_equal(ask(&y, s, s->one, text, how, &err), 0);
	same(&x, &y);
	total = x.total;
	next.after = y.next;
	next.offset = 0;
	if (y.next && pages > 1)
		compare(s, text, &next, pages - 1);
	arena_reset(&s->arena);
	return total;
}

static const char *const all_facets[] = { "company", "category", "persona", "mentions",
					  "month" };
static const struct pdx_sort by_date[] = { { PDX_SORT_DATE, false } };
static const struct pdx_sort by_title[] = { { PDX_SORT_TITLE, false },
					    { PDX_SORT_ADDED, true } };
static const struct pdx_sort by_company[] = { { PDX_SORT_COMPANY, false },
					      { PDX_SORT_RELEVANCE, true } };

static void several_threads_answer_as_one(void **state)
{
	static const char *const queries[] = {
		"model",
		"model chip",
		"model OR rare0",
		"gpt -drift company:cedar",
		"title:open source",
		"acq*",
		"\"open source\" model",
		"the persona:builder date:2025..",
		"nowhere model",
	};
	const struct pdx_search hows[] = {
		{ .limit = 10, .facets = all_facets, .nfacets = 5 },
		{ .limit = 10, .facets = all_facets, .nfacets = 3, .collapse = true },
		{ .limit = 3, .offset = 2, .collapse = true },
		{ .limit = 1000, .collapse = true, .sort = by_date, .nsort = 1 },
		{ .limit = 20, .sort = by_title, .nsort = 2 },
		{ .limit = 20, .sort = by_company, .nsort = 2, .collapse = true },
		{ .limit = 5, .recency_days = 100, .today = TODAY + 400 },
		{ .limit = 5, .newer_than = 6000 },
		{ .facets = all_facets, .nfacets = 5, .collapse = true },
		{ .limit = 5, .no_total = true },
		{ .limit = 5, .no_total = true, .collapse = true },
	};
	size_t i, j;

	for (i = 0; i < COUNT(queries); i++)
		for (j = 0; j < COUNT(hows); j++)
			compare(*state, queries[i], &hows[j], 3);
}

static void a_story_may_have_articles_in_several_ranges(void **state)
{
	struct stores *s = *state;
	const struct pdx_search hows[] = {
		{ .limit = 10, .collapse = true, .sort = by_date, .nsort = 1 },
		{ .limit = 10, .collapse = true },
	};
	struct ranking r;
	size_t i;

	for (i = 0; i < COUNT(hows); i++) {
		compare(s, "model echoing", &hows[i], 1);
		assert_int_equal(
			ask(&r, s, s->several, "model echoing", &hows[i], NULL), 0);
		assert_int_equal(r.nhits, 1);
		assert_true(r.total == 6 && r.stories == 1);
		assert_true(r.hits[0].cluster->size == 6);
		assert_true(r.hits[0].row > MANY);
		arena_reset(&s->arena);
	}
}

static void threads_are_kept_for_later_searches(void **state)
{
	struct stores *s = *state;
	struct store *before[STORE_BESIDE];
	const struct pdx_search how = { .limit = 5 };

	compare(s, "model", &how, 1);
	assert_int_equal(count_beside(s->several), RANGES - 1);
	assert_int_equal(count_beside(s->one), 0);
	memcpy(before, s->several->beside, sizeof(before));
	compare(s, "model", &how, 1);
	assert_memory_equal(before, s->several->beside, sizeof(before));
}

/* Ask ${store}, a new one, which has ${beside} beside it then. */
static void compare_new(struct stores *s, struct store *store, size_t beside)
{
	struct store *usual = s->several;
	const struct pdx_search how = { .limit = 5,
					.facets = all_facets,
					.nfacets = 5 };

	s->several = store;
	compare(s, "model", &how, 1);
	s->several = usual;
	assert_int_equal(count_beside(store), beside);
}

static void little_work_is_left_to_one(void **state)
{
	struct stores *s = *state;
	struct store *store = open_store(s->path, "");

	compare_new(s, store, 0);
	store_close(store);
}

/* Put an article with a common word and its own ${title}. */
static int put_one(const char *path, const char *title)
{
	const char *company = "Latecomer";
	const struct pdx_article a = { .title = title,
				       .body = "model",
				       .date = PDX_NO_DATE,
				       .companies = &company,
				       .ncompanies = 1 };
	enum pdx_put outcome;
	struct pdx *index;
	int status = pdx_open(&index, path, PDX_OPEN_WRITE, NULL, NULL);

	if (!status)
		status = pdx_begin(index, NULL);
	if (!status)
		status = pdx_put(&outcome, index, &a, TODAY, NULL);
	if (!status)
		status = pdx_commit(index, NULL);
	pdx_close(index);
	return status;
}

static void what_was_committed_since_is_found(void **state)
{
	struct stores *s = *state;
	const struct pdx_search how = {
		.limit = 5, .facets = all_facets, .nfacets = 5, .facet_values = 100
	};
	uint64_t before = compare(s, "model", &how, 1);

	assert_int_equal(put_one(s->path, "The model that came late"), 0);
	assert_true(compare(s, "model", &how, 1) == before + 1);
	assert_true(s->several->beside[0]->state.generation ==
		    s->several->state.generation);
}

struct writer {
	const char *path;
	int status;
};

static void *put_one_beside(void *ctx)
{
	struct writer *w = ctx;

	w->status = put_one(w->path, "The model that waited");
	return NULL;
}

/* Until a commit keeps others from beginning to read. */
static void await_commit(const char *path)
{
	const struct timespec pause = { 0, 1000000 };
	sqlite3 *db;
	unsigned n;
	int rc = SQLITE_OK;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	for (n = 0; n < 5000 && rc == SQLITE_OK; n++) {
		nanosleep(&pause, NULL);
		rc = sqlite3_exec(db, "SELECT count(*) FROM state", NULL, NULL, NULL);
	}
	assert_int_equal(rc, SQLITE_BUSY);
	sqlite3_close(db);
}

/* How long a connection waits for a lock, in ms. */
static int waits(sqlite3 *db)
{
	sqlite3_stmt *stmt;
	int ms;

	assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA busy_timeout", -1, &stmt, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	ms = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	return ms;
}

/* The commit waits for the search: who searched and waited for the commit would wait
 * until one of them gives up. */
static void a_commit_that_waits_is_not_waited_for(void **state)
{
	struct stores *s = *state;
	struct store *store = open_store(s->path, "4");
	const struct pdx_search how = { .limit = 5 };
	struct writer w = { .path = s->path };
	struct ranking x, y;
	pthread_t writer;

	assert_int_equal(ask(&y, s, s->one, "model", &how, NULL), 0);
	assert_int_equal(store_run(store, STMT_BEGIN, NULL), 0);
	assert_int_equal(store_refresh(store, NULL), 0);
	assert_int_equal(pthread_create(&writer, NULL, put_one_beside, &w), 0);
	await_commit(s->path);
	assert_int_equal(ask(&x, s, store, "model", &how, NULL), 0);
	same(&x, &y);
	assert_int_equal(store_run(store, STMT_COMMIT, NULL), 0);
	pthread_join(writer, NULL);
	assert_int_equal(w.status, 0);
	compare_new(s, store, RANGES - 1);
	assert_true(waits(store->db) > 0);
	assert_int_equal(waits(store->beside[0]->db), 0);
	store_close(store);
}

static void another_file_in_its_place_is_not_read(void **state)
{
	struct stores *s = *state;
	struct store *several = open_store(s->path, "4");
	struct pdx *other;
	char away[600];

	snprintf(away, sizeof(away), "%s.away", s->path);
	assert_int_equal(rename(s->path, away), 0);
	assert_int_equal(
		pdx_open(&other, s->path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, NULL),
		0);
	pdx_close(other);
	compare_new(s, several, 0);
	assert_int_equal(rename(away, s->path), 0);
	compare_new(s, several, RANGES - 1);
	store_close(several);
}

static void where_no_connection_can_be_had_one_does_it_all(void **state)
{
	struct stores *s = *state;
	struct store *several = open_store(s->path, "4");
	struct rlimit usual, none;
	int next = dup(STDIN_FILENO);

	assert_true(next >= 0);
	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
	none = usual;
	none.rlim_cur = (rlim_t)next;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	compare_new(s, several, 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
	compare_new(s, several, RANGES - 1);
	store_close(several);
}

/* Put ${bytes} in the place of the postings ${id}, or back what was there. */
static void replace_postings(const char *path, int64_t id, struct buf *bytes)
{
	sqlite3 *db;
	sqlite3_stmt *stmt;
	struct buf before;

	buf_init(&before, 0);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT data FROM postings WHERE id = ?1",
					    -1, &stmt, NULL),
			 SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, id);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	buf_put(&before, sqlite3_column_blob(stmt, 0),
		(size_t)sqlite3_column_bytes(stmt, 0));
	sqlite3_finalize(stmt);
	assert_int_equal(
		sqlite3_prepare_v2(db, "UPDATE postings SET data = ?2 WHERE id = ?1",
				   -1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, id);
	sqlite3_bind_blob(stmt, 2, bytes->data, (int)bytes->len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	buf_release(bytes);
	*bytes = before;
}

static void damage_that_one_of_them_meets_is_reported(void **state)
{
	struct stores *s = *state;
	const struct pdx_search how = { .limit = 5 };
	struct ranking r;
	struct pdx_err err, wanted;
	struct buf bytes;
	uint32_t id;
	int64_t window;

	buf_init(&bytes, 0);
	assert_int_equal(common_id(&id, s->one, "model", 5, NULL), 0);
	assert_true(id > 0);
	for (window = 0; window < RANGES; window++) {
		buf_puts(&bytes, "no postings");
		replace_postings(s->path, common_rowid(id, window), &bytes);
		assert_int_equal(ask(&r, s, s->one, "model", &how, &wanted),
				 PDX_E_INDEX);
		assert_int_equal(ask(&r, s, s->several, "model", &how, &err),
				 PDX_E_INDEX);
		assert_string_equal(err.message, wanted.message);
		replace_postings(s->path, common_rowid(id, window), &bytes);
		buf_reset(&bytes);
		compare(s, "model", &how, 1);
	}
	buf_release(&bytes);
}

static void an_interrupted_search_says_so_and_the_next_one_runs(void **state)
{
	struct stores *s = *state;
	const struct pdx_search how = { .limit = 5 };
	struct ranking r;
	struct pdx_err err;

	store_interrupt(s->several);
	assert_int_equal(ask(&r, s, s->several, "model", &how, &err),
			 PDX_E_INTERRUPTED);
	assert_string_equal(err.message, "interrupted");
	compare(s, "model", &how, 1);
}

struct interrupter {
	struct store *store;
	atomic_bool stop;
};

static void *interrupt_often(void *ctx)
{
	struct interrupter *i = ctx;
	const struct timespec pause = { 0, 300000 };

	while (!atomic_load(&i->stop)) {
		nanosleep(&pause, NULL);
		store_interrupt(i->store);
	}
	return NULL;
}

/* Whenever it comes: the answer is whole, or there is none. */
static void an_interrupt_may_come_at_any_time(void **state)
{
	struct stores *s = *state;
	const struct pdx_search how = { .limit = 5,
					.facets = all_facets,
					.nfacets = 5 };
	struct interrupter i = { .store = s->several };
	struct ranking x, y;
	struct pdx_err err;
	pthread_t thread;
	unsigned n;
	int status = 0;

	assert_int_equal(ask(&y, s, s->one, "model", &how, &err), 0);
	atomic_init(&i.stop, false);
	assert_int_equal(pthread_create(&thread, NULL, interrupt_often, &i), 0);
	for (n = 0; n < few(400); n++) {
		status = ask(&x, s, s->several, "model", &how, &err);
		if (!status)
			same(&x, &y);
		else
			assert_int_equal(status, PDX_E_INTERRUPTED);
	}
	atomic_store(&i.stop, true);
	pthread_join(thread, NULL);
	for (n = 0; n < 2; n++) /* the last may have come behind a search */
		status = ask(&x, s, s->several, "model", &how, &err);
	assert_int_equal(status, 0);
	same(&x, &y);
	arena_reset(&s->arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_threads_answer_as_one),
		cmocka_unit_test(a_story_may_have_articles_in_several_ranges),
		cmocka_unit_test(threads_are_kept_for_later_searches),
		cmocka_unit_test(little_work_is_left_to_one),
		cmocka_unit_test(what_was_committed_since_is_found),
		cmocka_unit_test(a_commit_that_waits_is_not_waited_for),
		cmocka_unit_test(another_file_in_its_place_is_not_read),
		cmocka_unit_test(where_no_connection_can_be_had_one_does_it_all),
		cmocka_unit_test(damage_that_one_of_them_meets_is_reported),
		cmocka_unit_test(an_interrupted_search_says_so_and_the_next_one_runs),
		cmocka_unit_test(an_interrupt_may_come_at_any_time),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
