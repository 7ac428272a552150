/*
 * BM25F as an auxiliary function of FTS5.  Knows doc values and FTS5's rows; what a
 * query is it hears from FTS5.
 */
#include "engine/sqlite/sql_rank.h"

#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/docvals.h"
#include "engine/sqlite/fts5.h"
#include "engine/sqlite/schema.h"
#include "rank/bm25f.h"

/* What holds for all rows of one query; FTS5 keeps it and frees it with the query. */
struct ranking_query {
	struct docvals_reader docvals;
	struct rank_norms norms;
	int nphrases;
	double idf[]; /* of each phrase */
};

static void query_free(void *p)
{
	struct ranking_query *q = p;

	docvals_reader_release(&q->docvals);
	free(q);
}

static int count_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *ctx)
{
	uint64_t *rows = ctx;

	(void)api, (void)fts;
	(*rows)++;
	return SQLITE_OK;
}

static int find_idf(struct ranking_query *q, const Fts5ExtensionApi *api,
		    Fts5Context *fts, uint64_t articles)
{
	int i, rc = SQLITE_OK;

	for (i = 0; i < q->nphrases && rc == SQLITE_OK; i++) {
		uint64_t rows = 0;

		rc = api->xQueryPhrase(fts, i, &rows, count_row);
		q->idf[i] = rank_idf(articles, rows);
	}
	return rc;
}

static int query_new(struct ranking_query **out, sqlite3 *db,
		     const Fts5ExtensionApi *api, Fts5Context *fts)
{
	int n = api->xPhraseCount(fts), column, rc;
	struct ranking_query *q = calloc(1, sizeof(*q) + (size_t)n * sizeof(q->idf[0]));
	double avglen[TEXT_COLUMNS];
	struct state state;

	*out = NULL;
	if (!q)
		return SQLITE_NOMEM;
	q->nphrases = n;
	q->docvals.db = db;
	rc = state_load(&state, db, NULL) ? SQLITE_ERROR : SQLITE_OK;
	for (column = 0; column < TEXT_COLUMNS; column++)
		avglen[column] = state.articles ? (double)state.tokens[column] /
							  (double)state.articles
						: 0;
	rank_norms_init(&q->norms, &rank_default, avglen);
	if (rc == SQLITE_OK)
		rc = find_idf(q, api, fts, state.articles);
	if (rc == SQLITE_OK)
		rc = api->xSetAuxdata(fts, q, query_free); /* frees it if it fails */
	else
		query_free(q);
	if (rc == SQLITE_OK)
		*out = q;
	return rc;
}

static int count_phrase(uint32_t tf[TEXT_COLUMNS], const Fts5ExtensionApi *api,
			Fts5Context *fts, int phrase)
{
	Fts5PhraseIter iter;
	int column, offset, rc;

	memset(tf, 0, sizeof(tf[0]) * TEXT_COLUMNS);
	rc = api->xPhraseFirst(fts, phrase, &iter, &column, &offset);
	while (rc == SQLITE_OK && column >= 0) {
		if (column < TEXT_COLUMNS)
			tf[column]++;
		api->xPhraseNext(fts, &iter, &column, &offset);
	}
	return rc;
}

static int score_row(double *score, struct ranking_query *q,
		     const Fts5ExtensionApi *api, Fts5Context *fts)
{
	struct docval doc;
	int i, rc = SQLITE_OK;

	*score = 0;
	if (docvals_read(&doc, &q->docvals, api->xRowid(fts), NULL) != 1)
		return SQLITE_CORRUPT;
	for (i = 0; i < q->nphrases && rc == SQLITE_OK; i++) {
		uint32_t tf[TEXT_COLUMNS];

		rc = count_phrase(tf, api, fts, i);
		if (rc == SQLITE_OK)
			*score += rank_term(&q->norms, q->idf[i], tf, doc.len);
	}
	return rc;
}

static void bm25f_function(const Fts5ExtensionApi *api, Fts5Context *fts,
			   sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	struct ranking_query *q = api->xGetAuxdata(fts, 0);
	double score = 0;
	int rc = SQLITE_OK;

	(void)args;
	if (nargs) {
		sqlite3_result_error(ctx, "bm25f(text) takes nothing else", -1);
		return;
	}
	if (!q)
		rc = query_new(&q, api->xUserData(fts), api, fts);
	if (rc == SQLITE_OK)
		rc = score_row(&score, q, api, fts);
	if (rc == SQLITE_OK)
		sqlite3_result_double(ctx, -score);
	else
		sqlite3_result_error_code(ctx, rc);
}

int sql_rank_register(sqlite3 *db, struct pdx_err *err)
{
	fts5_api *api;
	int rc, status = fts5_api_of(&api, db, err);

	if (status)
		return status;
	rc = api->xCreateFunction(api, "bm25f", db, bm25f_function, NULL);
	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}
