/* The schema.  The one file with CREATE in it. */
#include "engine/sqlite/schema.h"

#include <stdio.h>
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/names.h"
#include "text/analyze.h"

enum {
	APPLICATION_ID = 0x70646578, /* "pdex" */
	SCHEMA_VERSION = 15
};

/*
 * text: contentless in bytes, since its content is the view over the records: FTS5 can
 * verify itself against it and the sqlite3 shell can read it, and no text is kept
 * twice.  columnsize=0: the lengths stand in the doc values.
 */
static const char tables[] =
	"CREATE TABLE state("
	" id INTEGER PRIMARY KEY CHECK (id = 1), language TEXT NOT NULL,"
	" analyzer INTEGER NOT NULL, generation INTEGER NOT NULL DEFAULT 0,"
	" articles INTEGER NOT NULL DEFAULT 0, takes INTEGER NOT NULL DEFAULT 0,"
	" text_bytes INTEGER NOT NULL DEFAULT 0,"
	" body_tokens INTEGER NOT NULL DEFAULT 0,"
	" title_tokens INTEGER NOT NULL DEFAULT 0,"
	" summary_tokens INTEGER NOT NULL DEFAULT 0,"
	" takes_tokens INTEGER NOT NULL DEFAULT 0,"
	" last_added INTEGER NOT NULL DEFAULT 0,"
	" stories INTEGER NOT NULL DEFAULT 0,"
	/* the generation that was optimized last */
	" optimized INTEGER NOT NULL DEFAULT 0);"
	"CREATE TABLE article("
	" id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE, digest INTEGER NOT NULL,"
	" added INTEGER NOT NULL, title TEXT NOT NULL, record BLOB NOT NULL);"
	/* ${data}: a dictionary of zstd, for records that name it */
	"CREATE TABLE codebook(id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
	"CREATE TABLE docvals(chunk INTEGER PRIMARY KEY, data BLOB NOT NULL);"
	"CREATE TABLE doclists(chunk INTEGER PRIMARY KEY, data BLOB NOT NULL);"
	/* ${id}: from 0 on, in no order; ${forms}: how many rows of form have it */
	"CREATE TABLE word(term TEXT PRIMARY KEY, id INTEGER NOT NULL,"
	" forms INTEGER NOT NULL) WITHOUT ROWID;"
	/* the df of 256 words by id, four bytes each: a batch changes those of most */
	"CREATE TABLE frequency(block INTEGER PRIMARY KEY, data BLOB NOT NULL);"
	"CREATE VIEW term(term, df, forms) AS"
	" SELECT w.term, paneldex_df(f.data, w.id), w.forms"
	" FROM word AS w JOIN frequency AS f ON f.block = w.id >> 8;"
	"CREATE TABLE form(form TEXT PRIMARY KEY, term TEXT NOT NULL) WITHOUT ROWID;"
	"CREATE TABLE common(id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE);"
	/* ${id}: common_rowid() */
	"CREATE TABLE postings(id INTEGER PRIMARY KEY, data BLOB NOT NULL);"
	"CREATE TABLE bookmark(key INTEGER PRIMARY KEY, note TEXT,"
	" added INTEGER NOT NULL);"
	"CREATE TABLE saved(name TEXT PRIMARY KEY, query TEXT NOT NULL,"
	" added INTEGER NOT NULL, ran INTEGER NOT NULL DEFAULT 0,"
	" mark INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;"
	/* ${key}: of place and bytes; ${bytes}: compressed with zstd */
	"CREATE TABLE quarantine(id INTEGER PRIMARY KEY, key INTEGER NOT NULL UNIQUE,"
	" path TEXT, name TEXT NOT NULL, input TEXT NOT NULL, origin TEXT NOT NULL,"
	" url TEXT, type TEXT, offset INTEGER NOT NULL, len INTEGER NOT NULL,"
	" reason TEXT NOT NULL, time INTEGER NOT NULL, whole INTEGER NOT NULL,"
	" bytes BLOB NOT NULL);"
	/* ${key} and ${name_key}: value_key() of both names */
	"CREATE TABLE alias(key TEXT PRIMARY KEY, alias TEXT NOT NULL,"
	" name TEXT NOT NULL, name_key TEXT NOT NULL) WITHOUT ROWID;"
	"CREATE INDEX alias_name_key ON alias(name_key);"
	"CREATE TABLE sketch(id INTEGER PRIMARY KEY, story INTEGER NOT NULL,"
	" bytes BLOB NOT NULL);"
	/* ${bucket}: with a number added for what came lately (bands.c) */
	"CREATE TABLE band(bucket INTEGER PRIMARY KEY, data BLOB NOT NULL);"
	/* article ${id} makes two stories one */
	"CREATE TABLE story_link(id INTEGER, a INTEGER, b INTEGER,"
	" PRIMARY KEY(id, a, b)) WITHOUT ROWID;"
	/* every way in which articles wrote the name of a company */
	"CREATE TABLE spelling(text TEXT PRIMARY KEY, key TEXT NOT NULL) WITHOUT ROWID;"
	"CREATE INDEX spelling_key ON spelling(key);"
	/* paneldex_column()'s numbers, and the columns' order: enum text_column */
	"CREATE VIEW article_text(id, body, title, summary, takes) AS"
	" SELECT id, paneldex_column(record, 0), title, paneldex_column(record, 2),"
	" paneldex_column(record, 3) FROM article;"
	"CREATE VIRTUAL TABLE text USING fts5(body, title, summary, takes,"
	" content='article_text', content_rowid='id', columnsize=0,"
	" tokenize='paneldex');";

/*
 * For readers of SQL (paneldex.so has the functions): nothing of ours asks them.  ${row}
 * is the row in the full-text table.
 */
static const char views[] =
	"CREATE VIEW articles AS SELECT paneldex_id(key) AS id, title,"
	" paneldex_value(record, 'date') AS date,"
	" (SELECT json_group_array(name) FROM (SELECT d.name FROM"
	"  json_each(paneldex_value(record, 'companies')) v"
	"  JOIN company d ON d.id = v.value ORDER BY v.key)) AS companies,"
	" (SELECT json_group_array(name) FROM (SELECT d.name FROM"
	"  json_each(paneldex_value(record, 'categories')) v"
	"  JOIN category d ON d.id = v.value ORDER BY v.key)) AS categories,"
	" paneldex_value(record, 'url') AS url,"
	" paneldex_value(record, 'summary') AS summary,"
	" paneldex_value(record, 'body') AS body,"
	" (SELECT name FROM lang d WHERE d.id = paneldex_value(record, 'lang'))"
	"  AS lang,"
	" (SELECT name FROM source d WHERE d.id = paneldex_value(record, 'source'))"
	"  AS source,"
	" paneldex_value(record, 'ref') AS ref,"
	" paneldex_value(record, 'origin') AS origin,"
	" paneldex_time(added) AS added,"
	" EXISTS (SELECT 1 FROM bookmark b WHERE b.key = article.key) AS bookmarked,"
	" id AS row FROM article;"
	"CREATE VIEW takes AS SELECT paneldex_id(a.key) AS article, v.key + 1 AS n,"
	" (SELECT name FROM persona d WHERE d.id = v.value->>'persona') AS persona,"
	" (SELECT name FROM perspective d WHERE d.id = v.value->>'perspective')"
	"  AS perspective,"
	" v.value->>'text' AS text, a.id AS row"
	" FROM article a, json_each(paneldex_value(a.record, 'takes')) v;"
	"CREATE VIEW companies AS SELECT name,"
	" (SELECT json_group_array(alias) FROM (SELECT a.alias FROM alias a"
	"  WHERE a.name_key = company.key ORDER BY a.alias)) AS aliases FROM company;";

/* Records of 2 to 3 KB waste a third of a page of 4 KB: 10,000 articles of 47 MB take 37
 * MB at 4 KB, 32 at 8, 29 at 16 and 27 at 32, where a page read at random costs more. */
static const char page_size[] = "PRAGMA page_size = 16384";

/*
 * A batch is one segment of the full-text index: FTS5 would write one a megabyte and
 * merge them again and again, which was half of the time of its part of an ingest.
 * Where 16 of a size are there they are merged, at once or by steps (fulltext.c);
 * crisismerge, which knows no steps, is for what may escape them.
 */
static const char settings[] =
	"INSERT INTO text(text, rank) VALUES('hashsize', 67108864);"
	"INSERT INTO text(text, rank) VALUES('automerge', 0);"
	"INSERT INTO text(text, rank) VALUES('crisismerge', 64);"
	"INSERT INTO text(text, rank) VALUES('usermerge', 16);";

/* One dictionary; ${folded} is what makes a name one, ${key} what queries compare. */
static const char dictionary[] =
	"CREATE TABLE %s(id INTEGER PRIMARY KEY, name TEXT NOT NULL,"
	" folded TEXT NOT NULL UNIQUE, key TEXT NOT NULL);"
	"CREATE INDEX %s_key ON %s(key);";

static int create_dictionaries(sqlite3 *db, struct pdx_err *err)
{
	char sql[320];
	int kind, status = 0;

	for (kind = 0; kind < NAME_KINDS && !status; kind++) {
		const char *table = names_table((enum name_kind)kind);

		snprintf(sql, sizeof(sql), dictionary, table, table, table);
		status = db_exec(db, sql, err);
	}
	return status;
}

static int number(int64_t *out, sqlite3 *db, const char *sql, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, db, sql, err);

	if (!got)
		got = db_step(stmt, err);
	if (got == 1)
		*out = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

int schema_is_empty(bool *out, sqlite3 *db, struct pdx_err *err)
{
	int64_t n = 0;
	int status = number(&n, db, "SELECT count(*) FROM sqlite_schema", err);

	*out = n == 0;
	return status;
}

int schema_create(sqlite3 *db, const char *language, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	char pragma[96];
	int status;

	snprintf(pragma, sizeof(pragma),
		 "PRAGMA application_id = %d; PRAGMA user_version = %d;",
		 APPLICATION_ID, SCHEMA_VERSION);
	status = db_exec(db, page_size, err);
	if (!status)
		status = db_exec(db, "BEGIN IMMEDIATE", err);
	if (status)
		return status;
	status = db_exec(db, pragma, err);
	if (!status)
		status = create_dictionaries(db, err);
	if (!status)
		status = db_exec(db, tables, err);
	if (!status)
		status = db_exec(db, settings, err);
	if (!status)
		status = db_exec(db, views, err);
	if (!status)
		status = db_prepare(&stmt, db,
				    "INSERT INTO state(id, language, analyzer)"
				    " VALUES(1, ?1, ?2)",
				    err);
	if (!status) {
		db_bind_text(stmt, 1, language, strlen(language));
		sqlite3_bind_int64(stmt, 2, ANALYZER_VERSION);
		status = db_run(stmt, err);
	}
	sqlite3_finalize(stmt);
	if (!status)
		status = db_exec(db, "COMMIT", err);
	if (status)
		db_exec(db, "ROLLBACK", NULL);
	return status;
}

int schema_verify(sqlite3 *db, struct pdx_err *err)
{
	int64_t id = 0, version = 0;
	int status = number(&id, db, "PRAGMA application_id", err);

	if (!status)
		status = number(&version, db, "PRAGMA user_version", err);
	if (status)
		return status;
	if (id != APPLICATION_ID)
		return err_set(err, PDX_E_INDEX, "not a paneldex index");
	if (version != SCHEMA_VERSION)
		return err_set(err, PDX_E_INDEX,
			       "index has version %lld, this program reads version %d;"
			       " ingest into a new index",
			       (long long)version, SCHEMA_VERSION);
	return 0;
}

int state_read(struct state *out, sqlite3_stmt *stmt, struct pdx_err *err)
{
	int got = db_step(stmt, err), i;

	memset(out, 0, sizeof(*out));
	if (got == 1) {
		snprintf(out->language, sizeof(out->language), "%s",
			 (const char *)sqlite3_column_text(stmt, 0));
		out->analyzer = (uint32_t)sqlite3_column_int64(stmt, 1);
		out->generation = (uint64_t)sqlite3_column_int64(stmt, 2);
		out->articles = (uint64_t)sqlite3_column_int64(stmt, 3);
		out->takes = (uint64_t)sqlite3_column_int64(stmt, 4);
		out->text_bytes = (uint64_t)sqlite3_column_int64(stmt, 5);
		for (i = 0; i < TEXT_COLUMNS; i++)
			out->tokens[i] = (uint64_t)sqlite3_column_int64(stmt, 6 + i);
		out->last_added = sqlite3_column_int64(stmt, 10);
		out->stories = (uint32_t)sqlite3_column_int64(stmt, 11);
		out->optimized = (uint64_t)sqlite3_column_int64(stmt, 12);
		sqlite3_reset(stmt);
	}
	if (got == 0)
		return err_set(err, PDX_E_INDEX, "index is damaged: it has no state");
	return got < 0 ? got : 0;
}

int state_load(struct state *out, sqlite3 *db, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = db_prepare(&stmt, db, STATE_SQL, err);

	if (!status)
		status = state_read(out, stmt, err);
	sqlite3_finalize(stmt);
	return status;
}

int state_save(sqlite3 *db, const struct state *state, struct pdx_err *err)
{
	static const char sql[] =
		"UPDATE state SET generation = ?1, articles = ?2, takes = ?3,"
		" text_bytes = ?4, body_tokens = ?5, title_tokens = ?6,"
		" summary_tokens = ?7, takes_tokens = ?8, last_added = ?9,"
		" stories = ?10, optimized = ?11 WHERE id = 1";
	sqlite3_stmt *stmt = NULL;
	int status = db_prepare(&stmt, db, sql, err), i;

	if (!status) {
		sqlite3_bind_int64(stmt, 1, (int64_t)state->generation);
		sqlite3_bind_int64(stmt, 2, (int64_t)state->articles);
		sqlite3_bind_int64(stmt, 3, (int64_t)state->takes);
		sqlite3_bind_int64(stmt, 4, (int64_t)state->text_bytes);
		for (i = 0; i < TEXT_COLUMNS; i++)
			sqlite3_bind_int64(stmt, 5 + i, (int64_t)state->tokens[i]);
		sqlite3_bind_int64(stmt, 9, state->last_added);
		sqlite3_bind_int64(stmt, 10, state->stories);
		sqlite3_bind_int64(stmt, 11, (int64_t)state->optimized);
		status = db_run(stmt, err);
	}
	sqlite3_finalize(stmt);
	return status;
}
