/*
 * The loadable extension: what a program that speaks SQLite needs to read an index, and
 * to use the tokenizer in tables of its own.
 *
 *     .load paneldex
 *     SELECT title FROM text WHERE text MATCH 'multimodal acquisition'
 *      ORDER BY bm25f(text) LIMIT 5;
 *     CREATE VIRTUAL TABLE mine USING fts5(a, b, tokenize='paneldex german');
 *
 * Without a language the tokenizer has that of the index, else english.
 */
#include "engine/sqlite/extension.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/fts5.h"
#include "engine/sqlite/sql_rank.h"
#include "engine/sqlite/sql_values.h"
#include "engine/sqlite/tokens.h"

const sqlite3_api_routines *sqlite3_api;

/* What lives as long as the connection. */
struct extension {
	sqlite3 *db;
	struct codebooks books;
	struct codec codec;
};

static void extension_free(void *p)
{
	struct extension *e = p;

	codec_release(&e->codec);
	codebooks_release(&e->books);
	free(e);
}

/* The language of the index, or "english" where the file is none. */
static void find_language(char *out, size_t size, sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;

	snprintf(out, size, "english");
	if (sqlite3_prepare_v2(db, "SELECT language FROM state WHERE id = 1", -1, &stmt,
			       NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		snprintf(out, size, "%s", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
}

static void destroy(Fts5Tokenizer *tokenizer)
{
	struct tokenizer *t = (struct tokenizer *)(void *)tokenizer;

	if (t)
		analyzer_free(t->analyzer);
	free(t);
}

static int create(void *context, const char **args, int nargs, Fts5Tokenizer **out)
{
	const struct extension *e = context;
	struct tokenizer *t = calloc(1, sizeof(*t));
	char language[32];
	int status;

	*out = NULL;
	if (!t)
		return SQLITE_NOMEM;
	find_language(language, sizeof(language), e->db);
	status = analyzer_new(&t->analyzer, nargs ? args[0] : language, NULL);
	if (status) {
		free(t);
		return status == PDX_E_NOMEM ? SQLITE_NOMEM : SQLITE_ERROR;
	}
	*out = (Fts5Tokenizer *)t;
	return SQLITE_OK;
}

static int register_tokenizer(struct extension *e, struct pdx_err *err)
{
	fts5_tokenizer methods = { create, destroy, tokenizer_run };
	fts5_api *api;
	int rc, status = fts5_api_of(&api, e->db, err);

	if (status)
		return status;
	rc = api->xCreateTokenizer(api, "paneldex", e, &methods, extension_free);
	return rc == SQLITE_OK ? 0 : db_error(e->db, rc, err);
}

PDX_API int sqlite3_paneldex_init(sqlite3 *db, char **message,
				  const sqlite3_api_routines *api);

int sqlite3_paneldex_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
	struct extension *e;
	struct pdx_err err = { .message = "out of memory" };
	int status = PDX_E_NOMEM;

	SQLITE_EXTENSION_INIT2(api);
	e = calloc(1, sizeof(*e));
	if (e) {
		e->db = e->books.db = db;
		e->codec.books = &e->books;
		status = register_tokenizer(e, &err);
		if (status) /* else it is the connection's */
			extension_free(e);
	}
	if (!status)
		status = sql_values_register(db, &e->codec, &err);
	if (!status)
		status = sql_rank_register(db, &err);
	if (status && message)
		*message = sqlite3_mprintf("paneldex: %s", err.message);
	return status ? SQLITE_ERROR : SQLITE_OK;
}
