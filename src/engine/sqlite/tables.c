/*
 * Articles as ordinary tables of a SQLite file, for whoever reads SQLite and has no
 * paneldex.  Knows nothing of an index: what goes in are articles.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "engine/sqlite/db.h"
#include "paneldex.h"

enum { APPLICATION_ID = 0x70647874 /* PDX_TABLES_MARK */ };

/* A file that fails is thrown away: nothing has to be kept to undo it. */
static const char settings[] =
	"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
	"PRAGMA cache_size = -16384; PRAGMA user_version = 1";

static const char schema[] =
	"CREATE TABLE articles("
	" id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL, date TEXT, url TEXT,"
	" summary TEXT, body TEXT NOT NULL, lang TEXT, source TEXT, ref TEXT,"
	" origin TEXT, added TEXT NOT NULL);"
	"CREATE TABLE companies(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
	"CREATE TABLE categories(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
	"CREATE TABLE personas(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
	"CREATE TABLE takes("
	" article_id TEXT NOT NULL REFERENCES articles(id), n INTEGER NOT NULL,"
	" persona_id INTEGER REFERENCES personas(id), perspective TEXT,"
	" text TEXT NOT NULL, PRIMARY KEY(article_id, n));"
	"CREATE TABLE article_companies("
	" article_id TEXT NOT NULL REFERENCES articles(id), n INTEGER NOT NULL,"
	" company_id INTEGER NOT NULL REFERENCES companies(id),"
	" PRIMARY KEY(article_id, n)) WITHOUT ROWID;"
	"CREATE TABLE article_categories("
	" article_id TEXT NOT NULL REFERENCES articles(id), n INTEGER NOT NULL,"
	" category_id INTEGER NOT NULL REFERENCES categories(id),"
	" PRIMARY KEY(article_id, n)) WITHOUT ROWID;"
	"CREATE TABLE bookmarks("
	" article_id TEXT NOT NULL PRIMARY KEY REFERENCES articles(id), note TEXT,"
	" added TEXT NOT NULL);";

/* Made at the end, of what is there: that is faster than row by row. */
static const char indexes[] =
	"CREATE INDEX articles_date ON articles(date);"
	"CREATE INDEX takes_persona ON takes(persona_id);"
	"CREATE INDEX article_companies_company ON article_companies(company_id);"
	"CREATE INDEX article_categories_category ON article_categories(category_id);";

enum table_stmt {
	ARTICLE,
	COMPANY,
	CATEGORY,
	PERSONA,
	TAKE,
	ARTICLE_COMPANY,
	ARTICLE_CATEGORY,
	BOOKMARK,
	STMTS
};

/* ${n} is always the last parameter. */
static const char *const statements[STMTS] = {
	[ARTICLE] = "INSERT INTO articles(id, title, date, url, summary, body, lang,"
		    " source, ref, origin, added)"
		    " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
	[COMPANY] = "INSERT OR IGNORE INTO companies(name) VALUES(?1)",
	[CATEGORY] = "INSERT OR IGNORE INTO categories(name) VALUES(?1)",
	[PERSONA] = "INSERT OR IGNORE INTO personas(name) VALUES(?1)",
	[TAKE] = "INSERT INTO takes(article_id, persona_id, perspective, text, n)"
		 " VALUES(?1, (SELECT id FROM personas WHERE name = ?2), ?3, ?4, ?5)",
	[ARTICLE_COMPANY] =
		"INSERT INTO article_companies(article_id, company_id, n)"
		" VALUES(?1, (SELECT id FROM companies WHERE name = ?2), ?3)",
	[ARTICLE_CATEGORY] =
		"INSERT INTO article_categories(article_id, category_id, n)"
		" VALUES(?1, (SELECT id FROM categories WHERE name = ?2), ?3)",
	[BOOKMARK] = "INSERT INTO bookmarks(article_id, note, added)"
		     " SELECT id, ?2, ?3 FROM articles WHERE id = ?1",
};

struct pdx_tables {
	sqlite3 *db;
	sqlite3_stmt *stmts[STMTS];
};

/* ${status} as it is said of a file that is written, whose path the caller knows. */
static int fail(struct pdx_tables *t, int status, struct pdx_err *err)
{
	int rc = sqlite3_errcode(t->db) & 0xff, number = 0;

	if (status == PDX_E_NOMEM)
		return err_nomem(err);
	sqlite3_file_control(t->db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
	if (rc == SQLITE_IOERR && number)
		return err_set(err, PDX_E_IO, "cannot write: %s", strerror(number));
	if (rc == SQLITE_FULL)
		return err_set(err, PDX_E_IO, "cannot write: no space left");
	return err_set(err, PDX_E_IO, "cannot write: %s", sqlite3_errmsg(t->db));
}

static int prepare(struct pdx_tables *t, struct pdx_err *err)
{
	char mark[48];
	int status = 0, i;

	sqlite3_snprintf(sizeof(mark), mark, "PRAGMA application_id = %d",
			 (int)APPLICATION_ID);
	/* What protects an index keeps the journal on as well. */
	db_open_shadows(t->db, 1);
	status = db_exec(t->db, settings, err);
	if (!status)
		status = db_exec(t->db, mark, err);
	if (!status)
		status = db_exec(t->db, "BEGIN EXCLUSIVE", err);
	if (!status)
		status = db_exec(t->db, schema, err);
	for (i = 0; i < STMTS && !status; i++)
		status = db_prepare(&t->stmts[i], t->db, statements[i], err);
	return status ? fail(t, status, err) : 0;
}

int pdx_tables_new(struct pdx_tables **out, const char *path, struct pdx_err *err)
{
	struct pdx_tables *t = calloc(1, sizeof(*t));
	int status;

	*out = NULL;
	if (!t)
		return err_nomem(err);
	if (db_open(&t->db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err))
		status = err_set(err, PDX_E_IO, "cannot be opened by SQLite");
	else
		status = prepare(t, err);
	if (status)
		pdx_tables_free(t);
	else
		*out = t;
	return status;
}

/* SQLite's code of closing the file. */
static int close_file(struct pdx_tables *t)
{
	int i;

	for (i = 0; i < STMTS; i++)
		sqlite3_finalize(t->stmts[i]);
	return sqlite3_close(t->db);
}

void pdx_tables_free(struct pdx_tables *t)
{
	if (!t)
		return;
	close_file(t);
	free(t);
}

/* ${texts} are parameters 1, 2, ..., of which NULL stays NULL; ${number} is what comes
 * behind them; 0: nothing does. */
static int run(struct pdx_tables *t, enum table_stmt which, const char *const *texts,
	       size_t n, size_t number, struct pdx_err *err)
{
	sqlite3_stmt *stmt = t->stmts[which];
	size_t i;

	for (i = 0; i < n; i++) {
		if (texts[i])
			db_bind_text(stmt, (int)i + 1, texts[i], strlen(texts[i]));
		else
			sqlite3_bind_null(stmt, (int)i + 1);
	}
	if (number)
		sqlite3_bind_int64(stmt, (int)n + 1, (int64_t)number);
	return db_run(stmt, err);
}

/* ${names} of article ${id} into the dictionary of ${name} and the table of ${of}. */
static int put_names(struct pdx_tables *t, enum table_stmt name, enum table_stmt of,
		     const char *id, const char *const *names, size_t n,
		     struct pdx_err *err)
{
	int status = 0;
	size_t i;

	for (i = 0; i < n && !status; i++) {
		const char *texts[] = { id, names[i] };

		status = run(t, name, &names[i], 1, 0, err);
		if (!status)
			status = run(t, of, texts, 2, i + 1, err);
	}
	return status;
}

static int put_takes(struct pdx_tables *t, const struct pdx_article *a,
		     struct pdx_err *err)
{
	int status = 0;
	size_t i;

	for (i = 0; i < a->ntakes && !status; i++) {
		const struct pdx_take *take = &a->takes[i];
		const char *texts[] = { a->id, take->persona, take->perspective,
					take->text };

		if (take->persona)
			status = run(t, PERSONA, &take->persona, 1, 0, err);
		if (!status)
			status = run(t, TAKE, texts, 4, i + 1, err);
	}
	return status;
}

int pdx_tables_put(struct pdx_tables *t, const struct pdx_article *a,
		   struct pdx_err *err)
{
	char date[DATE_TEXT], added[DATE_TIME_TEXT];
	const char *texts[] = { a->id,
				a->title,
				a->date == PDX_NO_DATE ? NULL
						       : date_format(date, a->date),
				a->url,
				a->summary,
				a->body,
				a->lang,
				a->source,
				a->ref,
				a->origin,
				date_time_format(added, a->added) };
	int status = run(t, ARTICLE, texts, sizeof(texts) / sizeof(*texts), 0, err);

	if (!status)
		status = put_names(t, COMPANY, ARTICLE_COMPANY, a->id, a->companies,
				   a->ncompanies, err);
	if (!status)
		status = put_names(t, CATEGORY, ARTICLE_CATEGORY, a->id, a->categories,
				   a->ncategories, err);
	if (!status)
		status = put_takes(t, a, err);
	return status ? fail(t, status, err) : 0;
}

int pdx_tables_bookmark(struct pdx_tables *t, const struct pdx_bookmark *b,
			struct pdx_err *err)
{
	char added[DATE_TIME_TEXT];
	const char *texts[] = { b->id, b->note, date_time_format(added, b->added) };
	int status = run(t, BOOKMARK, texts, 3, 0, err);

	return status ? fail(t, status, err) : 0;
}

int pdx_tables_finish(struct pdx_tables *t, struct pdx_err *err)
{
	int status = db_exec(t->db, indexes, err), rc;

	if (!status)
		status = db_exec(t->db, "COMMIT", err);
	if (status)
		status = fail(t, status, err);
	rc = close_file(t);
	if (!status && rc != SQLITE_OK)
		status = err_set(err, PDX_E_IO, "cannot write: %s", sqlite3_errstr(rc));
	free(t);
	return status;
}
