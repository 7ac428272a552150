/*
 * Statistics, and the verification of a whole index: every stored text is analyzed
 * again, and everything that was derived from it is compared with what it says now.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"
#include "ingest/identity.h"
#include "rank/bm25f.h"

static int date_bounds(struct pdx_stats *out, struct store *s, struct pdx_err *err)
{
	struct docval doc;
	int64_t row;
	int got;

	out->first_date = out->last_date = PDX_NO_DATE;
	for (row = 1; row <= s->last_row; row++) {
		got = docvals_read(&doc, &s->docvals, row, err);
		if (got < 0)
			return got;
		if (got == 0 || doc.date == PDX_NO_DATE)
			continue;
		if (out->first_date == PDX_NO_DATE || doc.date < out->first_date)
			out->first_date = doc.date;
		if (doc.date > out->last_date) /* PDX_NO_DATE is the least of all */
			out->last_date = doc.date;
	}
	return 0;
}

int store_stats(struct pdx_stats *out, void *engine, struct pdx_err *err)
{
	struct store *s = engine;
	struct stat file;
	int status = s->in_batch ? 0 : store_refresh(s, err);

	memset(out, 0, sizeof(*out));
	if (status)
		return status;
	out->articles = s->state.articles;
	out->takes = s->state.takes;
	out->text_bytes = s->state.text_bytes;
	out->generation = s->state.generation;
	out->analyzer = s->state.analyzer;
	snprintf(out->language, sizeof(out->language), "%s", s->state.language);
	if (stat(s->path, &file) == 0)
		out->file_bytes = (uint64_t)file.st_size;
	status = names_count(&out->companies, &s->names, NAME_COMPANY, err);
	if (!status)
		status = names_count(&out->categories, &s->names, NAME_CATEGORY, err);
	if (!status)
		status = names_count(&out->personas, &s->names, NAME_PERSONA, err);
	return status ? status : date_bounds(out, s, err);
}

struct checking {
	struct store *s;
	void (*report)(void *ctx, const char *problem);
	void *ctx;
	uint64_t problems;
	struct state counted; /* what the articles add up to */
	struct terms terms;
	struct common common;
	uint64_t counted_postings;
	struct story_roots roots;
	uint64_t counted_bands;
	struct arena arena;       /* of one article */
	struct arena roots_arena; /* of all of the check */
	struct pdx_err *err;
};

static void problem(struct checking *k, const char *fmt, ...) PRINTF_LIKE(2, 3);

static void problem(struct checking *k, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	k->problems++;
	if (k->report)
		k->report(k->ctx, text);
}

static int check_file(struct checking *k)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, k->s->db, "PRAGMA integrity_check", k->err);

	while (!got && (got = db_step(stmt, k->err)) == 1) {
		const char *line = (const char *)sqlite3_column_text(stmt, 0);

		if (line && strcmp(line, "ok") != 0)
			problem(k, "file: %s", line);
		got = 0;
	}
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

/* FTS5 verifies itself by a statement that counts as writing, though it changes
 * nothing: a reader needs a connection of its own for it. */
static int check_text(struct checking *k)
{
	struct store *writer = k->s;
	void *opened = NULL;
	int rc, status = 0;

	if (!k->s->writable) {
		status = store_open(&opened, k->s->path, PDX_OPEN_WRITE, NULL, k->err);
		writer = opened;
	}
	if (status)
		return status;
	rc = sqlite3_exec(writer->db,
			  "INSERT INTO text(text, rank) VALUES('integrity-check', 1)",
			  NULL, NULL, NULL);
	if ((rc & 0xff) == SQLITE_CORRUPT)
		problem(k, "full-text index: it does not say what the articles say");
	else if ((rc & 0xff) == SQLITE_ERROR) /* a record that cannot be read */
		problem(k, "full-text index: %s", sqlite3_errmsg(writer->db));
	else if (rc != SQLITE_OK)
		status = db_error(writer->db, rc, k->err);
	store_close(opened);
	return status;
}

static bool same_takes(const struct docval_lists *lists, const struct record *r,
		       const struct article_tokens *tokens)
{
	size_t i;

	if (lists->ntakes != r->ntakes)
		return false;
	for (i = 0; i < r->ntakes; i++)
		if (lists->takes[i].persona != r->takes[i].persona ||
		    lists->takes[i].perspective != r->takes[i].perspective ||
		    lists->takes[i].start != tokens->take_starts[i])
			return false;
	return true;
}

static bool same_ids(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
	return na == nb && (na == 0 || memcmp(a, b, na * sizeof(*a)) == 0);
}

static bool same_values(const struct docval *doc, const struct record *r, uint64_t key,
			int64_t added, const struct article_tokens *tokens)
{
	int column;

	if (doc->key != key || doc->date != r->date || doc->added != (uint32_t)added ||
	    doc->source != r->source || doc->lang != r->lang)
		return false;
	for (column = 0; column < TEXT_COLUMNS; column++)
		if (doc->len[column] != rank_quantise(tokens->column[column].words))
			return false;
	return true;
}

/* Damage ends no check. */
static int problem_of(struct checking *k, int64_t row, int status,
		      const struct pdx_err *why)
{
	if (status != PDX_E_INDEX)
		return status ? err_set(k->err, why->status, "%s", why->message) : 0;
	problem(k, "article %lld: %s", (long long)row, why->message);
	return 0;
}

/* Whether the article is found by all bands of its sketch; of many copies of a text some
 * are looked at. */
static int check_bands(struct checking *k, int64_t row, struct pdx_err *why)
{
	const struct sketch *sketch = &k->s->prepared.sketch;
	int64_t rows[STORY_CANDIDATES];
	size_t i, j, n;
	int status = 0;

	for (i = 0; i < SKETCH_BANDS && !status; i++) {
		status = bands_find(rows, &n, STORY_CANDIDATES, k->s, sketch->bands[i],
				    0, why);
		for (j = 0; j < n && rows[j] != row; j++)
			;
		if (!status && j == n && n < STORY_CANDIDATES)
			problem(k, "article %lld: its bands differ from its text",
				(long long)row);
	}
	k->counted_bands += SKETCH_BANDS;
	return status;
}

/* Of all near-copies one story, and what they are found by as it was put. */
static int check_matches(struct checking *k, int64_t row, uint32_t story)
{
	struct story_matches *m = arena_alloc(&k->arena, sizeof(*m));
	struct pdx_err why;
	size_t i;
	int status;

	if (!m)
		return err_nomem(k->err);
	status = stories_find(m, k->s, &k->s->prepared.sketch, row, &why);
	if (!status)
		status = check_bands(k, row, &why);
	if (status)
		return problem_of(k, row, status, &why);
	/* Of many copies of a text others may have been looked at than now. */
	for (i = 0; i < m->n && !m->cut; i++)
		if (!story || story_root(&k->roots, m->v[i].story) !=
				      story_root(&k->roots, story))
			problem(k, "article %lld: a near-copy, %lld, is in another story",
				(long long)row, (long long)m->v[i].row);
	return 0;
}

static int check_story(struct checking *k, int64_t row, uint32_t story)
{
	sqlite3_stmt *stmt = store_stmt(k->s, STMT_SKETCH, k->err);
	const struct sketch *sketch = &k->s->prepared.sketch;
	bool same = false;
	int got;

	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, row);
	got = db_step(stmt, k->err);
	if (got < 0)
		return got;
	if (got == 1) {
		same = sqlite3_column_int64(stmt, 0) == story && sketch->any &&
		       sqlite3_column_bytes(stmt, 1) == SKETCH_SIZE &&
		       memcmp(sqlite3_column_blob(stmt, 1), sketch->bytes,
			      SKETCH_SIZE) == 0;
		sqlite3_reset(stmt);
	}
	if (got == 0)
		same = !sketch->any && !story;
	if (!same)
		problem(k, "article %lld: its sketch or story differs from its text",
			(long long)row);
	return sketch->any ? check_matches(k, row, story) : 0;
}

static int check_docvals(struct checking *k, int64_t row, const struct record *r,
			 uint64_t key, int64_t added)
{
	struct store *s = k->s;
	struct docval_lists lists;
	struct docval doc;
	int got = docvals_read(&doc, &s->docvals, row, k->err);

	if (got < 0)
		return got;
	if (got == 0) {
		problem(k, "article %lld: no doc values", (long long)row);
		return 0;
	}
	got = docvals_read_lists(&lists, &s->docvals, row, &doc, k->err);
	if (got)
		return got;
	if (!same_values(&doc, r, key, added, &s->prepared.tokens) ||
	    !same_ids(lists.companies, lists.ncompanies, r->companies, r->ncompanies) ||
	    !same_ids(lists.categories, lists.ncategories, r->categories,
		      r->ncategories) ||
	    !same_takes(&lists, r, &s->prepared.tokens))
		problem(k, "article %lld: doc values differ from the article",
			(long long)row);
	if (doc.mentions != (lists.nmentions != 0) ||
	    !same_ids(lists.mentions, lists.nmentions, s->prepared.mentions,
		      s->prepared.nmentions))
		problem(k, "article %lld: it mentions other companies than were found",
			(long long)row);
	return check_story(k, row, doc.story);
}

static int analyze(struct checking *k, int64_t row, const struct record *r)
{
	struct store *s = k->s;
	int column, status = preparer_run(&s->prepared, &s->preparer, r,
					  PREPARE_MENTIONS, k->err);

	if (!status && !terms_count(&k->terms, 1, row, &s->prepared.tokens, false))
		status = err_nomem(k->err);
	for (column = 0; column < TEXT_COLUMNS; column++)
		k->counted.tokens[column] += s->prepared.tokens.column[column].words;
	k->counted.text_bytes += record_text_bytes(r);
	k->counted.articles++;
	k->counted.takes += r->ntakes;
	return status;
}

static int check_article(struct checking *k, int64_t row)
{
	struct pdx_article article;
	struct record record;
	uint64_t key;
	int64_t added;
	struct pdx_err why;
	int status;

	arena_reset(&k->arena);
	status = store_record(&record, &key, &added, k->s, &k->arena, row, &why);
	if (!status)
		status = store_article(&article, k->s, &k->arena, row, &record, key,
				       added, &why);
	if (status == PDX_E_INDEX) {
		problem(k, "article %lld: %s", (long long)row, why.message);
		return 0;
	}
	if (status)
		return err_set(k->err, why.status, "%s", why.message);
	if (identity_key(&article) != key)
		problem(k, "article %lld: its id is not that of its identity",
			(long long)row);
	status = analyze(k, row, &record);
	return status ? status : check_docvals(k, row, &record, key, added);
}

/* What is kept of common words, once all articles of window ${number} were counted. */
static int check_window(struct checking *k, int64_t number)
{
	const struct common_word *wrong;
	int status = common_compare(&wrong, &k->counted_postings, &k->common, k->s,
				    number, k->err);

	if (!status && wrong)
		problem(k, "word \"%.40s\": the postings kept of articles %lld to %lld"
			   " differ from their text",
			wrong->text, (long long)(number * WINDOW_ROWS),
			(long long)(number * WINDOW_ROWS + WINDOW_ROWS - 1));
	return status;
}

static int check_articles(struct checking *k)
{
	sqlite3_stmt *stmt = NULL;
	int64_t window = 0, row;
	int got = db_prepare(&stmt, k->s->db, "SELECT id FROM article ORDER BY id",
			     k->err);

	while (!got && (got = db_step(stmt, k->err)) == 1) {
		row = sqlite3_column_int64(stmt, 0);
		for (got = 0; window < row / WINDOW_ROWS && !got; window++)
			got = check_window(k, window);
		if (!got)
			got = check_article(k, row);
		if (!got)
			got = store_check_interrupt(k->s, k->err);
	}
	sqlite3_finalize(stmt);
	if (!got)
		got = check_window(k, window);
	return got < 0 ? got : 0;
}

static void check_counter(struct checking *k, const char *name, uint64_t kept,
			  uint64_t counted)
{
	if (kept != counted)
		problem(k, "counter %s: %llu, but the articles have %llu", name,
			(unsigned long long)kept, (unsigned long long)counted);
}

static int check_count(struct checking *k, const char *name, const char *sql,
		       uint64_t counted)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, k->s->db, sql, k->err);

	if (!got && (got = db_step(stmt, k->err)) == 1)
		check_counter(k, name, (uint64_t)sqlite3_column_int64(stmt, 0),
			      counted);
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

/* The articles of each term, against the table of terms: both ways. */
static int check_terms(struct checking *k)
{
	sqlite3_stmt *stmt = NULL;
	uint64_t live = 0, kept = 0;
	size_t i;
	int got = db_prepare(&stmt, k->s->db, "SELECT count(*) FROM term WHERE df > 0",
			     k->err);

	if (!got && (got = db_step(stmt, k->err)) == 1)
		kept = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	for (i = 0; i < k->terms.terms.nslots && got >= 0; i++) {
		const struct term_entry *e = k->terms.terms.slots[i];
		uint64_t df;

		if (!e)
			continue;
		live++;
		got = store_df(&df, k->s, e->text, e->len, k->err);
		if (got == 0 && df != (uint64_t)e->delta)
			problem(k, "term \"%.40s\": %llu articles kept, %ld have it",
				e->text, (unsigned long long)df, (long)e->delta);
	}
	check_counter(k, "terms", kept, live);
	return got < 0 ? got : 0;
}

static void check_counters(struct checking *k)
{
	static const char *const columns[TEXT_COLUMNS] = { "body", "title", "summary",
							   "takes" };
	const struct state *kept = &k->s->state, *counted = &k->counted;
	int column;

	check_counter(k, "articles", kept->articles, counted->articles);
	check_counter(k, "takes", kept->takes, counted->takes);
	check_counter(k, "text bytes", kept->text_bytes, counted->text_bytes);
	for (column = 0; column < TEXT_COLUMNS; column++)
		check_counter(k, columns[column], kept->tokens[column],
			      counted->tokens[column]);
}

static int check_band_count(struct checking *k)
{
	uint64_t n;
	int status = bands_count(&n, k->s, k->err);

	if (!status)
		check_counter(k, "bands", n, k->counted_bands);
	return status;
}

int store_check(uint64_t *problems, void *engine,
		void (*report)(void *ctx, const char *problem), void *ctx,
		struct pdx_err *err)
{
	struct store *s = engine;
	struct checking k = { .s = s, .report = report, .ctx = ctx, .err = err };
	int status = store_refresh(s, err);

	docvals_reader_forget(&s->docvals);
	if (!s->in_batch)
		mentions_forget(&s->mentions);
	k.terms.db = s->db;
	k.terms.common = &k.common;
	if (!status)
		status = common_ready(&k.common, s->db, err);
	if (!status)
		status = mentions_ready(s, err);
	if (!status)
		status = stories_roots(&k.roots, s, INT64_MAX, &k.roots_arena, err);
	if (!status)
		status = check_file(&k);
	if (!status)
		status = check_articles(&k);
	if (!status)
		status = check_terms(&k);
	if (!status)
		status = check_band_count(&k);
	if (!status)
		status = check_count(&k, "postings", "SELECT count(*) FROM postings",
				     k.counted_postings);
	if (!status)
		status = check_count(&k, "blocks of frequencies that are too long",
				     "SELECT count(*) FROM frequency"
				     " WHERE length(CAST(data AS BLOB)) > 1024",
				     0);
	if (!status)
		status = check_count(&k, "forms", "SELECT abs((SELECT count(*) FROM form)"
				     " - (SELECT ifnull(sum(forms), 0) FROM term))", 0);
	if (!status)
		check_counters(&k);
	if (!status)
		status = check_text(&k);
	*problems = k.problems;
	terms_drop(&k.terms);
	common_release(&k.common);
	arena_release(&k.arena);
	arena_release(&k.roots_arena);
	return status;
}
