/*
 * Segments of the full-text index that are not written by FTS5: the same bytes as those
 * that FTS5 writes for the same articles, and the same index however articles come,
 * change and go.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"

#include "base/buf.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/doclist.h"
#include "engine/sqlite/segment_merge.h"
#include "engine/sqlite/store.h"
#include "engine/sqlite/structure.h"
#include "ingest/identity.h"
#include "paneldex.h"

static uint64_t state = 7;

static unsigned below(unsigned n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((state >> 33) % n);
}

/* Opened with shortcuts or without: segments of our own are one. */
static struct store *create(const char *name, bool shortcuts)
{
	static char path[512];
	struct pdx_err err;
	void *store;

	snprintf(path, sizeof(path), "%s/%s.db", test_tmpdir(), name);
	unlink(path);
	if (store_open(&store, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL, &err))
		fail_msg("%s: %s", path, err.message);
	((struct store *)store)->shortcuts = shortcuts;
	return store;
}

/* The bytes of all that FTS5 keeps but its structure record, in which it counts. */
static char *dump(struct store *s)
{
	static const char sql[] = "SELECT id || ' ' || hex(block) FROM text_data"
				  " WHERE id <> 10 UNION ALL SELECT segid || ' ' ||"
				  " hex(term) || ' ' || pgno FROM text_idx";
	sqlite3_stmt *stmt = NULL;
	struct buf out = { 0 };

	assert_int_equal(db_prepare(&stmt, s->db, sql, NULL), 0);
	while (db_step(stmt, NULL) == 1)
		buf_printf(&out, "%s\n", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return buf_take(&out);
}

static int64_t count(struct store *s, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t n;

	assert_int_equal(db_prepare(&stmt, s->db, sql, NULL), 0);
	assert_int_equal(db_step(stmt, NULL), 1);
	n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

static void put(struct store *s, const struct pdx_article *a)
{
	struct ahead ahead = { .key = identity_key(a), .digest = identity_digest(a) };
	enum pdx_put outcome;
	struct pdx_err err;

	if (store_put(&outcome, s, a, &ahead, 1000, &err))
		fail_msg("%s: %s", a->title, err.message);
}

static void report(void *ctx, const char *problem)
{
	(void)ctx;
	print_error("%s\n", problem);
}

static void assert_sound(struct store *s)
{
	uint64_t problems;

	assert_int_equal(store_check(&problems, s, report, NULL, NULL), 0);
	assert_int_equal(problems, 0);
}

/* A word of a language of ${n}: the lower the number the more frequent. */
static void add_word(struct buf *out, unsigned n)
{
	unsigned word = below(below(below(n) + 1) + 1);

	buf_printf(out, below(40) ? "w%c%c%u " : "W%c-%c%u, ", 'a' + word % 26,
		   'a' + word / 26 % 26, word / 676);
}

static void put_number(struct store *s, unsigned number, unsigned words, unsigned n)
{
	struct buf body = { 0 }, url = { 0 }, take = { 0 };
	struct pdx_take takes[3] = { { "The Skeptic", "Reality Check", "" } };
	struct pdx_article a = { .title = "Common title" };
	unsigned i;

	buf_printf(&url, "https://example.org/%u", number);
	while (words--)
		add_word(&body, n);
	add_word(&take, n);
	a.url = buf_str(&url);
	a.summary = number % 3 ? "" : "A summary of common words.";
	a.body = buf_str(&body);
	a.takes = takes;
	a.ntakes = number % 4;
	for (i = 0; i < a.ntakes; i++) {
		takes[i] = takes[0];
		takes[i].text = i ? buf_str(&take) : "Says common words.";
	}
	put(s, &a);
	buf_release(&body);
	buf_release(&url);
	buf_release(&take);
}

/* One article of ${words} times the same word: a position list of many pages. */
static void put_monotone(struct store *s, unsigned number, unsigned words)
{
	struct buf body = { 0 }, url = { 0 };
	struct pdx_article a = { .title = "Monotone" };

	buf_printf(&url, "https://example.org/monotone/%u", number);
	while (words--)
		buf_puts(&body, words % 1000 ? "again " : "again and ");
	a.url = buf_str(&url);
	a.body = buf_str(&body);
	put(s, &a);
	buf_release(&body);
	buf_release(&url);
}

/* A word of 255 bytes, the longest there is, beside its neighbours. */
static void put_long_words(struct store *s)
{
	char word[300];
	struct buf body = { 0 };
	struct pdx_article a = { .title = "Long words",
				 .url = "https://example.org/long" };
	unsigned i;

	memset(word, 'q', sizeof(word));
	for (i = 0; i < 60; i++)
		buf_printf(&body, "%.*s%c ", 250 + (int)(i % 5), word,
			   'a' + (char)(i % 26));
	a.body = buf_str(&body);
	put(s, &a);
	buf_release(&body);
}

static void fill(struct store *s, unsigned articles, unsigned words, unsigned n)
{
	unsigned i;

	assert_int_equal(store_begin(s, NULL), 0);
	for (i = 0; i < articles; i++)
		put_number(s, i, below(words) + 1, n);
	put_long_words(s);
	put_monotone(s, 1, 30000);
	put_monotone(s, 2, 3000);
	put_number(s, articles, 20, n);
	assert_int_equal(store_commit(s, NULL), 0);
}

static void pages_are_those_that_fts5_writes(void **unused)
{
	/* Few words in many articles: long doclists, which have an index of their
	 * pages; many words in few: short ones, and many pages of terms. */
	static const struct {
		unsigned articles, words, n;
	} cases[] = { { 1, 1, 1 },     { 3, 20, 40 },	   { 40, 300, 9000 },
		      { 2500, 30, 5 }, { 300, 400, 20000 } };
	size_t i;

	(void)unused;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct store *ours = create("ours", true);
		struct store *theirs = create("theirs", false);
		char *a, *b;

		state = i;
		fill(ours, cases[i].articles, cases[i].words, cases[i].n);
		state = i;
		fill(theirs, cases[i].articles, cases[i].words, cases[i].n);
		a = dump(ours);
		b = dump(theirs);
		if (strcmp(a, b) != 0)
			fail_msg("case %zu: the bytes differ", i);
		assert_true(count(ours, "SELECT count(*) FROM text_data") > 2);
		assert_sound(ours);
		free(a);
		free(b);
		store_close(ours);
		store_close(theirs);
	}
}

static void a_long_doclist_has_an_index(void **unused)
{
	struct store *s = create("index", true);

	(void)unused;
	fill(s, 2500, 30, 5);
	assert_true(count(s, "SELECT count(*) FROM text_idx WHERE pgno & 1") > 0);
	assert_true(count(s, "SELECT count(*) FROM text_data"
			     " WHERE id > 10 AND id >> 36 & 1") > 0);
	store_close(s);
}

/* New articles, and changes of those in the index, in the batch, and of both again. */
static void articles_change_in_and_after_their_batch(void **unused)
{
	struct store *s = create("change", true);
	unsigned batch, i;

	(void)unused;
	for (batch = 0; batch < 6; batch++) {
		assert_int_equal(store_begin(s, NULL), 0);
		for (i = 0; i < 60; i++)
			put_number(s, below(30 * (batch + 1)), below(30) + 1, 300);
		assert_int_equal(batch == 3 ? (store_rollback(s), 0)
					    : store_commit(s, NULL),
				 0);
		assert_sound(s);
	}
	store_close(s);
}

/* The segments of a level, by their numbers of pages; and back. */
static void levels_are(const struct structure *s, const char *want)
{
	struct buf out = { 0 };
	size_t level, i;

	for (level = 0; level < s->nlevels; level++) {
		buf_puts(&out, level ? " |" : "");
		for (i = 0; i < s->levels[level].n; i++)
			buf_printf(&out, " %u",
				   (unsigned)(s->levels[level].v[i].last -
					      s->levels[level].v[i].first + 1));
	}
	assert_string_equal(buf_str(&out), want);
	buf_release(&out);
}

static void a_segment_stands_where_its_size_belongs(void **unused)
{
	static const char put[] = "REPLACE INTO text_data(id, block) VALUES(?1, ?2)";
	struct store *s = create("levels", true);
	struct structure structure, again;
	sqlite3_stmt *stmt = NULL;

	(void)unused;
	db_open_shadows(s->db, true);
	assert_int_equal(structure_read(&structure, s->db, NULL), 0);
	levels_are(&structure, "");
	assert_int_equal(structure_add(&structure, 1, 20000, NULL), 0);
	assert_int_equal(structure_add(&structure, 2, 1023, NULL), 0);
	assert_int_equal(structure_add(&structure, 3, 16, NULL), 0);
	assert_int_equal(structure_add(&structure, 4, 4400, NULL), 0);
	levels_are(&structure, " 1023 16 | 4400 | 20000");
	assert_int_equal(structure_newest(&structure), 16);
	assert_false(structure_crowded(&structure, 3));
	assert_true(structure_crowded(&structure, 2));
	assert_int_equal(structure_tidy(&structure, NULL), 0);
	levels_are(&structure, " 1023 16 | 4400 | 20000");
	assert_int_equal(db_prepare(&stmt, s->db, put, NULL), 0);
	assert_int_equal(structure_write(&structure, stmt, NULL), 0);
	assert_int_equal(structure_read(&again, s->db, NULL), 0);
	levels_are(&again, " 1023 16 | 4400 | 20000");
	structure_release(&again);
	structure_release(&structure);
	sqlite3_finalize(stmt);
	store_close(s);
}

static void the_only_segment_is_put_where_it_belongs(void **unused)
{
	static const struct {
		uint64_t pages;
		const char *want;
	} cases[] = {
		{ 3, " 3" },
		{ 5000, " | 5000" },
		{ 20000, " | | 20000" },
		{ 300000, " | | | 300000" },
	};
	size_t i, before;

	(void)unused;
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (before = 0; before < 64; before += 7) {
			struct structure s = { .nlevels = 64 };
			struct structure_segment *only = calloc(1, sizeof(*only));

			s.levels = calloc(s.nlevels, sizeof(*s.levels));
			assert_true(s.levels && only);
			*only = (struct structure_segment){ 9, 5, 4 + cases[i].pages };
			s.levels[before] = (struct structure_level){ 0, only, 1 };
			assert_int_equal(structure_tidy(&s, NULL), 0);
			levels_are(&s, cases[i].want);
			structure_release(&s);
		}
}

/* Each batch is a segment: they do not pile up, whichever way their articles went. */
static void segments_of_small_batches_are_merged(void **unused)
{
	struct store *s = create("merge", true);
	unsigned i;
	int64_t most = 0, n;

	(void)unused;
	for (i = 0; i < 300; i++) {
		assert_int_equal(store_begin(s, NULL), 0);
		put_number(s, i % 4 == 3 ? i - 1 : i, i % 4 + 3, 300);
		assert_int_equal(store_commit(s, NULL), 0);
		n = count(s, "SELECT count(DISTINCT segid) FROM text_idx");
		most = n > most ? n : most;
	}
	assert_in_range(most, 10, 36);
	assert_sound(s);
	store_close(s);
}

/* New articles, changes of old ones and position lists of many pages, a batch of each
 * number the same wherever it goes. */
static void put_batch(struct store *s, unsigned batch)
{
	unsigned i;

	state = batch;
	assert_int_equal(store_begin(s, NULL), 0);
	for (i = 0; i < 4; i++)
		put_number(s, batch * 4 + i, below(60) + 1, 300);
	put_monotone(s, batch, 100 + below(9000));
	for (i = 0; i < batch % 3; i++)
		put_number(s, below(batch * 4), below(60) + 1, 300);
	if (batch % 10 == 0)
		put_long_words(s);
	assert_int_equal(store_commit(s, NULL), 0);
}

/* Every place of every term. */
static char *instances(struct store *s)
{
	sqlite3_stmt *stmt = NULL;
	struct buf out = { 0 };

	assert_int_equal(db_exec(s->db,
				 "CREATE VIRTUAL TABLE IF NOT EXISTS temp.instance"
				 " USING fts5vocab(main, text, instance)",
				 NULL),
			 0);
	assert_int_equal(db_prepare(&stmt, s->db, "SELECT term, doc, col, offset"
						  " FROM temp.instance", NULL),
			 0);
	while (db_step(stmt, NULL) == 1)
		buf_printf(&out, "%s %lld %s %d\n",
			   (const char *)sqlite3_column_text(stmt, 0),
			   (long long)sqlite3_column_int64(stmt, 1),
			   (const char *)sqlite3_column_text(stmt, 2),
			   sqlite3_column_int(stmt, 3));
	sqlite3_finalize(stmt);
	return buf_take(&out);
}

static size_t segments_of_level(struct store *s, size_t level)
{
	struct structure structure;
	size_t n;

	assert_int_equal(structure_read(&structure, s->db, NULL), 0);
	n = level < structure.nlevels ? structure.levels[level].n : 0;
	structure_release(&structure);
	return n;
}

/* Without shortcuts FTS5 writes all and merges by steps. */
static void merged_at_once_it_is_the_same(void **unused)
{
	struct store *ours = create("ours", true), *theirs = create("theirs", false);
	unsigned batch;
	char *a, *b;

	(void)unused;
	for (batch = 0; batch < 50; batch++) {
		put_batch(ours, batch);
		put_batch(theirs, batch);
		assert_in_range(segments_of_level(ours, 0), 0, 34);
	}
	assert_in_range(segments_of_level(ours, 1), 1, 5);
	assert_true(count(ours, "SELECT count(*) FROM text_idx WHERE pgno & 1") > 0);
	a = instances(ours);
	b = instances(theirs);
	assert_true(strlen(a) > 1000000);
	if (strcmp(a, b) != 0)
		fail_msg("the terms differ");
	assert_sound(ours);
	free(a);
	free(b);
	store_close(ours);
	store_close(theirs);
}

/* Replace bytes of a leaf that is chosen by chance. */
static void damage_a_leaf(struct store *s)
{
	sqlite3_stmt *get = NULL, *put = NULL;
	unsigned char bytes[8192];
	size_t n;
	unsigned i;

	assert_int_equal(db_prepare(&get, s->db,
				    "SELECT id, block FROM text_data WHERE id > 10"
				    " AND NOT id >> 36 & 1 LIMIT 1 OFFSET ?1",
				    NULL),
			 0);
	sqlite3_bind_int64(get, 1,
			   below((unsigned)count(s, "SELECT count(*) FROM text_data"
						    " WHERE id > 10"
						    " AND NOT id >> 36 & 1")));
	assert_int_equal(db_step(get, NULL), 1);
	n = (size_t)sqlite3_column_bytes(get, 1);
	assert_in_range(n, 1, sizeof(bytes));
	memcpy(bytes, sqlite3_column_blob(get, 1), n);
	for (i = below(8) + 1; i-- > 0;)
		bytes[below(2) ? below((unsigned)n) : below(12) % n] =
			(unsigned char)below(256);
	if (!below(4))
		n = below((unsigned)n);
	if (!below(4))
		memset(bytes + n / 2, 0xff, n - n / 2);
	assert_int_equal(db_prepare(&put, s->db,
				    "UPDATE text_data SET block = ?2 WHERE id = ?1",
				    NULL),
			 0);
	sqlite3_bind_int64(put, 1, sqlite3_column_int64(get, 0));
	db_bind_blob(put, 2, bytes, n);
	assert_int_equal(db_run(put, NULL), 0);
	sqlite3_finalize(get);
	sqlite3_finalize(put);
}

/* Whatever stands on a page, a merge ends, and what it refuses it says. */
static void merges_of_damaged_pages_end(void **unused)
{
	struct store *s = create("damage", true);
	unsigned i, refused = 0;

	(void)unused;
	for (i = 0; i < 7; i++)
		put_batch(s, i);
	state = 11;
	for (i = 0; i < 400; i++) {
		const struct structure_level *level;
		struct structure structure;
		struct pdx_err err = { 0 };
		int status;

		assert_int_equal(store_begin(s, NULL), 0);
		db_open_shadows(s->db, true);
		if (i)
			damage_a_leaf(s);
		assert_int_equal(structure_read(&structure, s->db, NULL), 0);
		level = structure_ripe(&structure, 5, UINT64_MAX);
		assert_non_null(level);
		status = segment_merge(s->db, &structure, level, &err);
		assert_true(status == 0 || (i && status == PDX_E_INDEX));
		if (status && !strstr(err.message, "index is damaged"))
			fail_msg("%s", err.message);
		refused += status != 0;
		structure_release(&structure);
		db_open_shadows(s->db, false);
		store_rollback(s);
	}
	assert_in_range(refused, 100, 399);
	assert_sound(s);
	store_close(s);
}

/* What FTS5 is in the middle of is left to it. */
static void a_level_is_ripe_or_not(void **unused)
{
	struct structure_segment v[] = { { 1, 1, 10 }, { 2, 5, 14 }, { 3, 1, 10 } };
	struct structure_level levels[] = { { 0, v, 2 }, { 0, v, 3 }, { 0, NULL, 0 } };
	struct structure s = { .levels = levels, .nlevels = 3 };

	(void)unused;
	assert_ptr_equal(structure_ripe(&s, 2, 20), &levels[0]);
	assert_null(structure_ripe(&s, 2, 19));
	assert_ptr_equal(structure_ripe(&s, 3, 30), &levels[1]);
	assert_null(structure_ripe(&s, 3, 29));
	assert_null(structure_ripe(&s, 4, 100));
	levels[0].merging = 2;
	assert_null(structure_ripe(&s, 2, 100));
	assert_null(structure_ripe(&s, 3, 100));
	levels[0].merging = 0;
	levels[1].merging = 2;
	assert_ptr_equal(structure_ripe(&s, 2, 100), &levels[0]);
	assert_null(structure_ripe(&s, 3, 100));
}

static void varints_are_read_as_written(void **unused)
{
	static const uint64_t numbers[] = { 0,
					    1,
					    0x7f,
					    0x80,
					    0x3fff,
					    0x4000,
					    UINT32_MAX,
					    (UINT64_C(1) << 56) - 1,
					    UINT64_C(1) << 56,
					    UINT64_C(1) << 63,
					    UINT64_MAX };
	uint8_t bytes[FTS5_VARINT_MAX];
	uint64_t v;
	size_t i, n;

	(void)unused;
	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		n = fts5_varint_put(bytes, numbers[i]);
		assert_int_equal(fts5_varint_get(&v, bytes, sizeof(bytes)), n);
		assert_true(v == numbers[i]);
		assert_int_equal(fts5_varint_get(&v, bytes, n - 1), 0);
	}
}

/* More than a term's counts have room for stand in its position list. */
static void counts_of_any_size_are_known(void **test)
{
	static const unsigned said[] = { 3, TERM_COUNT_MAX - 1, TERM_COUNT_MAX, 70000 };
	enum { TERMS = sizeof(said) / sizeof(*said) };
	struct article_tokens tokens = { .lexicon = NULL };
	struct inverter in = { .nterms = 0 };
	const uint8_t *positions;
	uint32_t counts[TEXT_COLUMNS], place;
	unsigned i, k;

	(void)test;
	inverter_begin(&in);
	for (i = 0; i < TERMS; i++) {
		assert_true(inverter_term(&place, &in, NULL, i));
		assert_true(inverter_token(&in, COLUMN_TITLE, place, false));
		for (k = 0; k < said[i]; k++)
			assert_true(inverter_token(&in, COLUMN_BODY, place, false));
	}
	assert_true(inverter_end(&tokens, &in));
	assert_int_equal(tokens.nterms, TERMS);
	positions = tokens.positions;
	for (i = 0; i < TERMS; i++) {
		article_term_counts(counts, &tokens.terms[i], positions);
		positions += tokens.terms[i].positions_len;
		assert_int_equal(counts[COLUMN_TITLE], 1);
		assert_int_equal(counts[COLUMN_BODY], said[i]);
		assert_int_equal(counts[COLUMN_TAKES], 0);
	}
	article_tokens_release(&tokens);
	inverter_release(&in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(varints_are_read_as_written),
		cmocka_unit_test(counts_of_any_size_are_known),
		cmocka_unit_test(pages_are_those_that_fts5_writes),
		cmocka_unit_test(a_long_doclist_has_an_index),
		cmocka_unit_test(articles_change_in_and_after_their_batch),
		cmocka_unit_test(a_segment_stands_where_its_size_belongs),
		cmocka_unit_test(the_only_segment_is_put_where_it_belongs),
		cmocka_unit_test(segments_of_small_batches_are_merged),
		cmocka_unit_test(merged_at_once_it_is_the_same),
		cmocka_unit_test(merges_of_damaged_pages_end),
		cmocka_unit_test(a_level_is_ripe_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
