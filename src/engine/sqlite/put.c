/*
 * Articles in: identity, record, tokens, doc values, counters.  Knows the order of
 * what must change together; a batch makes it one change.
 */
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"
#include "ingest/identity.h"
#include "rank/bm25f.h"

static int put_names(uint32_t **ids, size_t *n, struct store *s, enum name_kind kind,
		     const char *const *names, size_t nnames, struct pdx_err *err)
{
	size_t i, j;
	int status = 0;

	*n = 0;
	*ids = arena_array(&s->scratch, nnames ? nnames : 1, sizeof(**ids));
	if (!*ids)
		return err_nomem(err);
	for (i = 0; i < nnames && !status; i++) {
		uint32_t id;

		status = names_put(&id, &s->names, kind, names[i], err);
		for (j = 0; j < *n && (*ids)[j] != id; j++)
			;
		if (!status && id && j == *n) /* a name given twice is one name */
			(*ids)[(*n)++] = id;
	}
	return status;
}

static int put_takes(struct record *r, struct store *s, const struct pdx_article *a,
		     struct pdx_err *err)
{
	size_t i;
	int status = 0;

	r->takes =
		arena_array(&s->scratch, a->ntakes ? a->ntakes : 1, sizeof(*r->takes));
	if (!r->takes)
		return err_nomem(err);
	for (i = 0; i < a->ntakes && !status; i++) {
		struct record_take *t = &r->takes[i];

		t->text = a->takes[i].text;
		status = names_put(&t->persona, &s->names, NAME_PERSONA,
				   a->takes[i].persona, err);
		if (!status)
			status = names_put(&t->perspective, &s->names, NAME_PERSPECTIVE,
					   a->takes[i].perspective, err);
	}
	r->ntakes = a->ntakes;
	return status;
}

static int know_company(struct store *s, const char *name, struct pdx_err *err)
{
	return name && *name ? mentions_know(s, name, err) : 0;
}

static int make_record(struct record *r, struct store *s, const struct pdx_article *a,
		       struct pdx_err *err)
{
	size_t i;
	int status;

	record_texts(r, a);
	r->date = a->date;
	r->sibling = a->sibling > 1 ? a->sibling : 1;
	status = names_put(&r->source, &s->names, NAME_SOURCE, a->source, err);
	if (!status)
		status = names_put(&r->lang, &s->names, NAME_LANG, a->lang, err);
	if (!status)
		status = put_names(&r->companies, &r->ncompanies, s, NAME_COMPANY,
				   a->companies, a->ncompanies, err);
	for (i = 0; i < a->ncompanies && !status; i++)
		status = know_company(s, a->companies[i], err);
	if (!status)
		status = put_names(&r->categories, &r->ncategories, s, NAME_CATEGORY,
				   a->categories, a->ncategories, err);
	return status ? status : put_takes(r, s, a, err);
}

/* Add (1) or take away (-1) article ${row} in the counters of the whole index and in the
 * vocabulary. */
static int count_article(struct store *s, int64_t row, const struct record *r,
			 const struct article_tokens *tokens, int sign, bool doclists,
			 struct pdx_err *err)
{
	uint64_t factor = (uint64_t)(int64_t)sign; /* wraps: adding -1 subtracts */
	int column;

	s->state.articles += factor;
	s->state.takes += factor * r->ntakes;
	s->state.text_bytes += factor * record_text_bytes(r);
	for (column = 0; column < TEXT_COLUMNS; column++)
		s->state.tokens[column] += factor * tokens->column[column].words;
	return terms_count(&s->terms, sign, row, tokens, doclists) ? 0 : err_nomem(err);
}

/* Take the old content of ${row} out of index, vocabulary and counters. */
static int remove_old(struct store *s, int64_t row, struct pdx_err *err)
{
	struct prepared *now = &s->prepared;
	struct arena arena = { 0 };
	struct record old;
	int status = store_record(&old, NULL, NULL, s, &arena, row, err);

	if (!status)
		status = preparer_run(now, &s->preparer, &old, 0, err);
	if (!status)
		status = fulltext_delete(s, row, &now->tokens, err);
	if (!status)
		status = stories_leave(s, &now->sketch, row, err);
	if (!status)
		status = count_article(s, row, &old, &now->tokens, -1, false, err);
	arena_release(&arena);
	return status;
}

static int write_article(struct store *s, enum store_stmt which, int64_t row,
			 uint64_t key, uint64_t digest, int64_t added,
			 const struct record *r, const struct buf *texts,
			 struct pdx_err *err)
{
	sqlite3_stmt *stmt;
	int status = record_encode(&s->record, r, texts, err);

	if (status)
		return status;
	stmt = store_stmt(s, which, err);
	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, row);
	if (which == STMT_INSERT) {
		sqlite3_bind_int64(stmt, 2, (int64_t)key);
		sqlite3_bind_int64(stmt, 4, added);
	}
	sqlite3_bind_int64(stmt, 3, (int64_t)digest);
	db_bind_text(stmt, 5, r->title, strlen(r->title));
	db_bind_blob(stmt, 6, s->record.data, s->record.len);
	return db_run(stmt, err);
}

static int write_docvals(struct store *s, int64_t row, uint64_t key, int64_t added,
			 const struct record *r, const struct prepared *p,
			 struct pdx_err *err)
{
	struct docval doc = { .key = key, .date = r->date, .added = (uint32_t)added };
	struct docval_lists lists = { 0 };
	size_t i;
	int column, status = stories_join(&doc.story, s, &p->sketch, row, err);

	if (status)
		return status;
	doc.source = r->source;
	doc.lang = r->lang;
	doc.company = r->ncompanies ? r->companies[0] : 0;
	doc.category = r->ncategories ? r->categories[0] : 0;
	doc.more_companies = r->ncompanies > 1;
	doc.more_categories = r->ncategories > 1;
	doc.ntakes = r->ntakes > UINT16_MAX ? UINT16_MAX : (uint16_t)r->ntakes;
	for (column = 0; column < TEXT_COLUMNS; column++)
		doc.len[column] = rank_quantise(p->tokens.column[column].words);
	lists.companies = r->companies;
	lists.ncompanies = r->ncompanies;
	lists.categories = r->categories;
	lists.ncategories = r->ncategories;
	doc.mentions = p->nmentions != 0;
	lists.mentions = p->mentions;
	lists.nmentions = p->nmentions;
	lists.ntakes = r->ntakes;
	lists.takes = arena_array(&s->scratch, r->ntakes ? r->ntakes : 1,
				  sizeof(*lists.takes));
	if (!lists.takes)
		return err_nomem(err);
	for (i = 0; i < r->ntakes; i++) {
		lists.takes[i].persona = r->takes[i].persona;
		lists.takes[i].perspective = r->takes[i].perspective;
		lists.takes[i].start = p->tokens.take_starts[i];
	}
	return docvals_write(&s->changes, row, &doc, &lists, err);
}

/* Have ${record} prepared, in s->prepared where that was not done ahead. */
static int have_prepared(struct prepared **p, struct store *s, int64_t row,
			 const struct record *record, struct pdx_err *err)
{
	int status = 0;

	if (!*p) {
		*p = &s->prepared;
		status = preparer_run(*p, &s->preparer, record,
				      PREPARE_PUT, err);
	} else {
		if (!mentions_knew(&s->mentions, (*p)->names_version))
			status = preparer_scan(*p, &s->preparer, record, err);
		if (!status && (*p)->book != codebooks_current(&s->books))
			status = preparer_pack(*p, &s->preparer, record, err);
	}
	mentions_scanned(&s->mentions, row, (*p)->names_version);
	return status;
}

/* Write ${article} as ${row}, which is new where ${which} is STMT_INSERT. */
static int write_row(struct store *s, enum store_stmt which, int64_t row,
		     const struct ahead *ahead, int64_t added,
		     const struct pdx_article *article, struct pdx_err *err)
{
	struct prepared *p = ahead->prepared;
	bool apart = which == STMT_INSERT && s->shortcuts;
	struct record record;
	int status = make_record(&record, s, article, err);

	if (!status)
		status = have_prepared(&p, s, row, &record, err);
	if (!status)
		status = write_article(s, which, row, ahead->key, ahead->digest, added,
				       &record, &p->texts, err);
	if (!status && !apart)
		status = fulltext_insert(s, row, &p->tokens, err);
	if (!status)
		status = write_docvals(s, row, ahead->key, added, &record, p, err);
	if (!status)
		status = count_article(s, row, &record, &p->tokens, 1, apart, err);
	if (!status && apart)
		fulltext_count(&s->fulltext, row, &p->tokens);
	return status;
}

/* *row is 0 where no article has ${key}. */
static int find(int64_t *row, uint64_t *digest, int64_t *added, struct store *s,
		uint64_t key, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_FIND, err);
	int got;

	*row = 0;
	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, (int64_t)key);
	got = db_step(stmt, err);
	if (got == 1) {
		*row = sqlite3_column_int64(stmt, 0);
		*digest = (uint64_t)sqlite3_column_int64(stmt, 1);
		*added = sqlite3_column_int64(stmt, 2);
		sqlite3_reset(stmt);
	}
	return got < 0 ? got : 0;
}

int store_would_put(enum pdx_put *outcome, void *engine,
		    const struct pdx_article *article, struct pdx_err *err)
{
	uint64_t digest = 0;
	int64_t row, added;
	int status = find(&row, &digest, &added, engine, identity_key(article), err);

	*outcome = !row                                 ? PDX_ADDED
		   : digest == identity_digest(article) ? PDX_UNCHANGED
							: PDX_UPDATED;
	return status;
}

int store_put(enum pdx_put *outcome, void *engine, const struct pdx_article *article,
	      const struct ahead *ahead, int64_t now, struct pdx_err *err)
{
	struct store *s = engine;
	uint64_t old = 0, before = s->state.text_bytes;
	int64_t row, added = now;
	int status;

	if (!s->in_batch)
		return err_set(err, PDX_E_USAGE, "no batch is open");
	arena_reset(&s->scratch);
	status = mentions_ready(s, err);
	if (!status)
		status = common_ready(&s->common, s->db, err);
	if (!status)
		status = find(&row, &old, &added, s, ahead->key, err);
	if (status)
		return status;
	if (row && old == ahead->digest) {
		*outcome = PDX_UNCHANGED;
		return 0;
	}
	*outcome = row ? PDX_UPDATED : PDX_ADDED;
	if (row) {
		status = remove_old(s, row, err);
		if (!status)
			status = write_row(s, STMT_UPDATE, row, ahead, added, article,
					   err);
		return status;
	}
	s->state.last_added = now;
	status = write_row(s, STMT_INSERT, ++s->last_row, ahead, now, article, err);
	return status ? status : store_train(s, before, err);
}
