/*
 * SQLite's FTS5 as it comes, used as its documentation says: the tokenizer porter over
 * unicode61, ranks by bm25() with the title at twice the body's weight, everything else
 * in plain tables with indexes beside it, facets by GROUP BY.  An article's takes are one
 * column: its answer to take() does not look at one take alone, and can be another.  One transaction, statements prepared once, a page cache of 96 MiB, the other settings
 * as they are.
 */
#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

static const char schema[] =
	"PRAGMA cache_size = -98304;"
	"CREATE TABLE article(id INTEGER PRIMARY KEY, url TEXT UNIQUE, date TEXT,"
	" source TEXT);"
	"CREATE INDEX article_date ON article(date);"
	"CREATE TABLE article_company(article INTEGER, company TEXT);"
	"CREATE INDEX company ON article_company(company, article);"
	"CREATE INDEX company_of ON article_company(article);"
	"CREATE TABLE article_category(article INTEGER, category TEXT);"
	"CREATE INDEX category_of ON article_category(article);"
	"CREATE TABLE take(id INTEGER PRIMARY KEY, article INTEGER, persona TEXT,"
	" perspective TEXT);"
	"CREATE INDEX take_of ON take(article);"
	"CREATE VIRTUAL TABLE doc USING fts5(title, summary, body, takes,"
	" tokenize='porter unicode61');";

enum statement {
	INSERT_ARTICLE,
	INSERT_COMPANY,
	INSERT_CATEGORY,
	INSERT_TAKE,
	INSERT_DOC,
	SEARCH,
	SEARCH_FILTER,
	SEARCH_DATE,
	SEARCH_EMPTY,
	TOTAL,
	FACET_COMPANY,
	FACET_CATEGORY,
	FACET_PERSONA,
	FACET_MONTH,
	STATEMENTS
};

#define BEST " ORDER BY bm25(doc, 2.0, 1.0, 1.0, 1.0) LIMIT 20"

static const char *const sql[STATEMENTS] = {
	[INSERT_ARTICLE] = "INSERT INTO article VALUES(?1, ?2, ?3, ?4)",
	[INSERT_COMPANY] = "INSERT INTO article_company VALUES(?1, ?2)",
	[INSERT_CATEGORY] = "INSERT INTO article_category VALUES(?1, ?2)",
	[INSERT_TAKE] = "INSERT INTO take VALUES(?1, ?2, ?3, ?4)",
	[INSERT_DOC] = "INSERT INTO doc(rowid, title, summary, body, takes)"
		       " VALUES(?1, ?2, ?3, ?4, ?5)",
	[SEARCH] = "SELECT rowid, title FROM doc WHERE doc MATCH ?1" BEST,
	[SEARCH_FILTER] = "SELECT doc.rowid, title FROM doc"
			  " JOIN article a ON a.id = doc.rowid WHERE doc MATCH ?1"
			  " AND a.date BETWEEN '2023-01-01' AND '2024-12-31' AND"
			  " doc.rowid IN (SELECT article FROM article_company"
			  "  WHERE company = ?2)" BEST,
	[SEARCH_DATE] = "SELECT doc.rowid, title FROM doc"
			" JOIN article a ON a.id = doc.rowid WHERE doc MATCH ?1"
			" ORDER BY a.date DESC LIMIT 20",
	[SEARCH_EMPTY] = "SELECT a.id, (SELECT title FROM doc WHERE rowid = a.id)"
			 " FROM article a ORDER BY date DESC LIMIT 20",
	[TOTAL] = "SELECT count(*) FROM doc WHERE doc MATCH ?1",
	[FACET_COMPANY] = "SELECT company, count(*) AS n FROM doc JOIN article_company c"
			  " ON c.article = doc.rowid WHERE doc MATCH ?1"
			  " GROUP BY company ORDER BY n DESC LIMIT 10",
	[FACET_CATEGORY] =
		"SELECT category, count(*) AS n FROM doc JOIN article_category c"
		" ON c.article = doc.rowid WHERE doc MATCH ?1"
		" GROUP BY category ORDER BY n DESC LIMIT 10",
	[FACET_PERSONA] = "SELECT persona, count(DISTINCT article) AS n FROM doc"
			  " JOIN take t ON t.article = doc.rowid WHERE doc MATCH ?1"
			  " GROUP BY persona ORDER BY n DESC LIMIT 10",
	[FACET_MONTH] = "SELECT substr(date, 1, 7) AS month, count(*) FROM doc"
			" JOIN article a ON a.id = doc.rowid WHERE doc MATCH ?1"
			" GROUP BY month ORDER BY month DESC LIMIT 10",
};

struct fts5 {
	sqlite3 *db;
	sqlite3_stmt *stmts[STATEMENTS];
};

static int complain(struct fts5 *f)
{
	fprintf(stderr, "fts5: %s\n", sqlite3_errmsg(f->db));
	return -1;
}

static sqlite3_stmt *get(struct fts5 *f, enum statement which)
{
	if (!f->stmts[which])
		sqlite3_prepare_v2(f->db, sql[which], -1, &f->stmts[which], NULL);
	return f->stmts[which];
}

static void close_index(void *opened)
{
	struct fts5 *f = opened;
	int i;

	for (i = 0; i < STATEMENTS; i++)
		sqlite3_finalize(f->stmts[i]);
	sqlite3_close(f->db);
	free(f);
}

static void *open_index(const char *path)
{
	struct fts5 *f = calloc(1, sizeof(*f));

	if (!f || sqlite3_open(path, &f->db) != SQLITE_OK) {
		fprintf(stderr, "fts5: cannot open %s\n", path);
		free(f);
		return NULL;
	}
	sqlite3_exec(f->db, "PRAGMA cache_size = -98304", NULL, NULL, NULL);
	return f;
}

static void bind(sqlite3_stmt *s, int i, const char *text)
{
	sqlite3_bind_text(s, i, text, -1, SQLITE_TRANSIENT);
}

static int run(struct fts5 *f, sqlite3_stmt *s)
{
	int rc = s ? sqlite3_step(s) : SQLITE_ERROR;

	if (rc != SQLITE_DONE)
		return complain(f);
	sqlite3_reset(s);
	return 0;
}

static const char *text_of(json_t *record, const char *key)
{
	const char *text = json_string_value(json_object_get(record, key));

	return text ? text : "";
}

static int add_list(struct fts5 *f, enum statement which, sqlite3_int64 id,
		    json_t *names)
{
	json_t *name;
	size_t i;

	json_array_foreach(names, i, name) {
		sqlite3_stmt *s = get(f, which);

		sqlite3_bind_int64(s, 1, id);
		bind(s, 2, json_string_value(name));
		if (run(f, s))
			return -1;
	}
	return 0;
}

static int add_take(struct fts5 *f, sqlite3_int64 id, sqlite3_int64 take, json_t *t)
{
	sqlite3_stmt *s = get(f, INSERT_TAKE);

	sqlite3_bind_int64(s, 1, take);
	sqlite3_bind_int64(s, 2, id);
	bind(s, 3, text_of(t, "persona"));
	bind(s, 4, text_of(t, "perspective"));
	return run(f, s);
}

/* The takes one after another. */
static char *join_takes(json_t *takes)
{
	size_t len = 1, i;
	json_t *t;
	char *all, *end;

	json_array_foreach(takes, i, t)
		len += strlen(text_of(t, "text")) + 1;
	all = end = malloc(len);
	if (!all)
		return NULL;
	json_array_foreach(takes, i, t)
		end += sprintf(end, "%s\n", text_of(t, "text"));
	*end = 0;
	return all;
}

static int add_article(struct fts5 *f, sqlite3_int64 id, sqlite3_int64 *take, json_t *r)
{
	json_t *takes = json_object_get(r, "takes"), *t;
	char *all = join_takes(takes);
	sqlite3_stmt *s = get(f, INSERT_ARTICLE);
	size_t i;
	int failed;

	sqlite3_bind_int64(s, 1, id);
	bind(s, 2, text_of(r, "url"));
	bind(s, 3, text_of(r, "date"));
	bind(s, 4, text_of(r, "source"));
	failed = run(f, s) ||
		 add_list(f, INSERT_COMPANY, id, json_object_get(r, "companies")) ||
		 add_list(f, INSERT_CATEGORY, id, json_object_get(r, "categories"));
	s = get(f, INSERT_DOC);
	sqlite3_bind_int64(s, 1, id);
	bind(s, 2, text_of(r, "title"));
	bind(s, 3, text_of(r, "summary"));
	bind(s, 4, text_of(r, "body"));
	bind(s, 5, all ? all : "");
	failed = failed || run(f, s);
	json_array_foreach(takes, i, t)
		failed = failed || add_take(f, id, ++*take, t);
	free(all);
	return failed;
}

static int ingest(const char *data, const char *path)
{
	FILE *in = fopen(data, "r");
	struct fts5 *f = open_index(path);
	sqlite3_int64 id = 0, take = 0;
	char *line = NULL;
	size_t cap = 0;
	int failed = !in || !f || sqlite3_exec(f->db, schema, NULL, NULL, NULL);

	if (!failed)
		failed = sqlite3_exec(f->db, "BEGIN", NULL, NULL, NULL);
	while (!failed && getline(&line, &cap, in) > 0) {
		json_t *record = json_loads(line, 0, NULL);

		failed = !record || add_article(f, ++id, &take, record);
		json_decref(record);
	}
	if (!failed)
		failed = sqlite3_exec(f->db, "COMMIT", NULL, NULL, NULL);
	if (failed && f)
		complain(f);
	free(line);
	if (in)
		fclose(in);
	if (f)
		close_index(f);
	return failed != 0;
}

static void make_match(char *out, size_t size, enum class_id class, unsigned variant)
{
	struct words w = peer_words(class, variant);
	size_t n = 0;
	unsigned i;

	if (class == CLASS_PHRASE) {
		snprintf(out, size, "\"%s %s\"", w.v[0], w.v[1]);
		return;
	}
	out[0] = 0;
	for (i = 0; i < w.n; i++)
		n += (size_t)snprintf(out + n, size - n, "%s%s%s%s",
				      class == CLASS_TAKE ? "takes : " : "",
				      i && w.any ? " OR " : i ? " " : "", w.v[i],
				      class == CLASS_PREFIX ? "*" : "");
}

/* The rows of a statement; of TOTAL the number that it says. */
static long ask(struct fts5 *f, enum statement which, const char *match,
		const char *company)
{
	sqlite3_stmt *s = get(f, which);
	long rows = 0;
	int rc;

	if (!s)
		return complain(f);
	if (which != SEARCH_EMPTY)
		bind(s, 1, match);
	if (which == SEARCH_FILTER)
		bind(s, 2, company);
	while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
		if (which == TOTAL)
			rows = (long)sqlite3_column_int64(s, 0);
		else
			rows++;
		if (sqlite3_column_count(s) > 1)
			sqlite3_column_text(s, 1);
	}
	sqlite3_reset(s);
	return rc == SQLITE_DONE ? rows : complain(f);
}

static enum statement statement_of(enum class_id class)
{
	switch (class) {
	case CLASS_FILTER:
		return SEARCH_FILTER;
	case CLASS_DATE:
		return SEARCH_DATE;
	case CLASS_EMPTY:
		return SEARCH_EMPTY;
	default:
		return SEARCH;
	}
}

static long search(void *opened, enum class_id class, unsigned variant)
{
	struct fts5 *f = opened;
	char match[256];
	long found;
	int facet;

	make_match(match, sizeof(match), class, variant);
	found = ask(f, statement_of(class), match, peer_company(variant));
	if (found >= 0 && (class == CLASS_TOTAL || class == CLASS_FACETS))
		found = ask(f, TOTAL, match, NULL);
	for (facet = FACET_COMPANY; class == CLASS_FACETS && facet < STATEMENTS; facet++)
		if (ask(f, (enum statement)facet, match, NULL) < 0)
			return -1;
	return found;
}

int main(int argc, char **argv)
{
	static const struct peer peer = { ingest, open_index, search, close_index };

	return peer_main(argc, argv, &peer);
}
