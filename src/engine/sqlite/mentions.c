/*
 * The gazetteer of an index, and the articles that have to be scanned again when it
 * changes.  Knows the tables of names and which articles a name may be in; how a name
 * is recognised is text/gazetteer.c's.
 */
#include "engine/sqlite/mentions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/plan.h"
#include "engine/sqlite/store.h"
#include "query/value.h"

static void drop_news(struct mentions *m)
{
	size_t i;

	for (i = 0; i < m->nnews; i++)
		free(m->news[i].text);
	m->nnews = 0;
}

/* Without names; what was scanned with them has to be scanned again. */
static void empty(struct mentions *m)
{
	known_names_change(&m->names);
	gazetteer_release(&m->names.gazetteer);
	m->first_version = m->names.version;
	known_names_changed(&m->names);
}

void mentions_init(struct mentions *m)
{
	memset(m, 0, sizeof(*m));
	known_names_init(&m->names);
}

void mentions_forget(struct mentions *m)
{
	empty(m);
	m->loaded = false;
	drop_news(m);
}

void mentions_release(struct mentions *m)
{
	mentions_forget(m);
	known_names_release(&m->names);
	sqlite3_finalize(m->know);
	sqlite3_finalize(m->find);
	free(m->news);
	memset(m, 0, sizeof(*m));
}

int mentions_news(struct store *s, const char *name, struct pdx_err *err)
{
	struct mentions *m = &s->mentions;
	char *copy;

	if (!mem_grow(&m->news, &m->news_cap, m->nnews + 1, sizeof(*m->news)))
		return err_nomem(err);
	copy = strdup(name);
	if (!copy)
		return err_nomem(err);
	m->news[m->nnews++] =
		(struct mentions_news){ copy, s->last_row, m->names.version };
	return 0;
}

bool mentions_knew(const struct mentions *m, uint64_t version)
{
	return version >= m->first_version;
}

void mentions_scanned(struct mentions *m, int64_t row, uint64_t version)
{
	size_t i;

	for (i = m->nnews; i && m->news[i - 1].version > version; i--)
		if (m->news[i - 1].last_row < row)
			m->news[i - 1].last_row = row;
}

/* The companies that only aliases name so far, and those whose name was an alias. */
static int give_ids(struct store *s, struct pdx_err *err)
{
	static const char sql[] =
		"SELECT min(name) FROM (SELECT name_key AS key, name FROM alias"
		"  UNION ALL SELECT key, text FROM spelling"
		"  WHERE key NOT IN (SELECT key FROM alias))"
		" WHERE key NOT IN (SELECT key FROM mention) GROUP BY key";
	sqlite3_stmt *stmt = NULL;
	uint32_t id;
	int got = db_prepare(&stmt, s->db, sql, err);

	while (!got && (got = db_step(stmt, err)) == 1)
		got = names_put(&id, &s->names, NAME_MENTION,
				(const char *)sqlite3_column_text(stmt, 0), err);
	sqlite3_finalize(stmt);
	return got;
}

static int add(struct store *s, const char *name, uint32_t id, struct pdx_err *err)
{
	struct known_names *names = &s->mentions.names;
	int status;

	known_names_change(names);
	status = gazetteer_add(&names->gazetteer, s->analyzer, name, id);
	known_names_changed(names);
	return status ? err_nomem(err) : 0;
}

static int load(struct store *s, struct pdx_err *err)
{
	/* An alias stands for its company, and so does a spelling that is one. */
	static const char sql[] =
		"SELECT text, (SELECT min(id) FROM mention WHERE key ="
		"  ifnull((SELECT name_key FROM alias WHERE key = spelling.key),"
		"  spelling.key))"
		" FROM spelling"
		" UNION ALL SELECT alias, (SELECT min(id) FROM mention"
		"  WHERE key = name_key) FROM alias"
		" UNION ALL SELECT DISTINCT name, (SELECT min(id) FROM mention"
		"  WHERE key = name_key) FROM alias";
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, s->db, sql, err);

	while (!got && (got = db_step(stmt, err)) == 1) {
		uint32_t id = (uint32_t)sqlite3_column_int64(stmt, 1);

		got = id ? add(s, (const char *)sqlite3_column_text(stmt, 0), id, err)
			 : 0;
	}
	sqlite3_finalize(stmt);
	return got;
}

int mentions_ready(struct store *s, struct pdx_err *err)
{
	int status = 0;

	if (s->mentions.loaded)
		return 0;
	empty(&s->mentions);
	if (s->in_batch)
		status = give_ids(s, err);
	if (!status)
		status = load(s, err);
	s->mentions.first_version = s->mentions.names.version;
	s->mentions.loaded = status == 0;
	return status;
}

/* The mention that ${name}, whose key is ${key}, is one of; 0: there is none yet. */
static int find_mention(uint32_t *id, struct store *s, const struct buf *key,
			struct pdx_err *err)
{
	sqlite3_stmt **stmt = &s->mentions.find;
	int got = *stmt ? 0
			: db_prepare(stmt, s->db,
				     "SELECT min(id) FROM mention WHERE key = ifnull("
				     "(SELECT name_key FROM alias WHERE key = ?1), ?1)",
				     err);

	if (got)
		return got;
	db_bind_text(*stmt, 1, key->data, key->len);
	got = db_step(*stmt, err);
	*id = got == 1 ? (uint32_t)sqlite3_column_int64(*stmt, 0) : 0;
	sqlite3_reset(*stmt);
	return got < 0 ? got : 0;
}

static int learn(struct store *s, const char *name, const struct buf *key,
		 struct pdx_err *err)
{
	uint32_t id;
	int status = find_mention(&id, s, key, err);

	if (!status && !id)
		status = names_put(&id, &s->names, NAME_MENTION, name, err);
	if (!status)
		status = add(s, name, id, err);
	return status ? status : mentions_news(s, name, err);
}

int mentions_know(struct store *s, const char *name, struct pdx_err *err)
{
	struct mentions *m = &s->mentions;
	struct buf key;
	int status = m->know ? 0
			     : db_prepare(&m->know, s->db,
					  "INSERT INTO spelling(text, key)"
					  " VALUES(?1, ?2) ON CONFLICT DO NOTHING",
					  err);

	if (status)
		return status;
	buf_init(&key, 0);
	value_key(&key, name, strlen(name));
	db_bind_text(m->know, 1, name, strlen(name));
	db_bind_text(m->know, 2, buf_str(&key), key.len);
	status = buf_ok(&key) ? db_run(m->know, err) : err_nomem(err);
	if (!status && sqlite3_changes64(s->db))
		status = learn(s, name, &key, err);
	buf_release(&key);
	return status;
}

int mentions_change(struct store *s, const char *key, struct pdx_err *err)
{
	static const char sql[] =
		"WITH changed(key, alias) AS MATERIALIZED (SELECT key, alias FROM alias"
		" WHERE key = ?1 OR name_key = ?1)"
		" SELECT alias FROM changed UNION SELECT text FROM spelling"
		" WHERE key = ?1 OR key IN (SELECT key FROM changed)";
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, s->db, sql, err);

	s->mentions.loaded = false;
	if (got)
		return got;
	db_bind_text(stmt, 1, key, strlen(key));
	while ((got = db_step(stmt, err)) == 1) {
		got = mentions_news(s, (const char *)sqlite3_column_text(stmt, 0), err);
		if (got)
			break;
	}
	sqlite3_finalize(stmt);
	return got;
}

/* Rows that have to be scanned again. */
struct rows {
	int64_t *v;
	size_t n, cap;
};

/* The MATCH expression of the articles that may have ${name}; empty: none has. */
static int make_match(struct buf *out, struct store *s, struct arena *arena,
		      const char *name, struct pdx_err *err)
{
	struct gazetteer_phrase ways[GAZETTEER_PHRASES];
	struct plan_phrase phrases[GAZETTEER_PHRASES];
	struct plan_leaf leaf = { .columns = MENTION_COLUMNS, .phrases = phrases };
	int n = gazetteer_phrases(ways, arena, s->analyzer, name);
	size_t i;

	if (n < 0)
		return err_nomem(err);
	for (i = 0; i < (size_t)n; i++)
		phrases[i] = (struct plan_phrase){ ways[i].terms, ways[i].lens,
						   ways[i].n, false };
	leaf.nphrases = (size_t)n;
	buf_reset(out);
	if (n)
		plan_match_leaf(out, &leaf);
	return buf_ok(out) ? 0 : err_nomem(err);
}

static int find_rows(struct rows *rows, struct store *s,
		     const struct mentions_news *news, const struct buf *match,
		     struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got;

	if (!match->len || !news->last_row)
		return 0;
	got = db_prepare(&stmt, s->db,
			 "SELECT rowid FROM text WHERE text MATCH ?1 AND rowid <= ?2",
			 err);
	if (got)
		return got;
	db_bind_text(stmt, 1, match->data, match->len);
	sqlite3_bind_int64(stmt, 2, news->last_row);
	while ((got = db_step(stmt, err)) == 1) {
		if (!mem_grow(&rows->v, &rows->cap, rows->n + 1, sizeof(*rows->v))) {
			got = err_nomem(err);
			break;
		}
		rows->v[rows->n++] = sqlite3_column_int64(stmt, 0);
	}
	sqlite3_finalize(stmt);
	return got;
}

static int by_row(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int scan_again(struct store *s, int64_t row, struct pdx_err *err)
{
	struct record record;
	int status;

	arena_reset(&s->scratch);
	status = store_record(&record, NULL, NULL, s, &s->scratch, row, err);
	if (!status)
		status = preparer_scan(&s->prepared, &s->preparer, &record, err);
	if (!status)
		status = docvals_set_mentions(&s->changes, row, s->prepared.mentions,
					      s->prepared.nmentions, err);
	return status ? status : store_check_interrupt(s, err);
}

static int scan_rows(struct store *s, struct rows *rows, struct pdx_err *err)
{
	int64_t last = 0;
	size_t i;
	int status = 0;

	if (rows->n)
		qsort(rows->v, rows->n, sizeof(*rows->v), by_row);
	for (i = 0; i < rows->n && !status; i++) {
		if (rows->v[i] != last)
			status = scan_again(s, rows->v[i], err);
		last = rows->v[i];
	}
	return status;
}

int mentions_catch_up(struct store *s, struct pdx_err *err)
{
	struct mentions *m = &s->mentions;
	struct rows rows = { NULL, 0, 0 };
	struct buf match;
	size_t i;
	int status = m->nnews ? mentions_ready(s, err) : 0;

	buf_init(&match, 0);
	for (i = 0; i < m->nnews && !status; i++) {
		arena_reset(&s->scratch);
		status = make_match(&match, s, &s->scratch, m->news[i].text, err);
		if (!status)
			status = find_rows(&rows, s, &m->news[i], &match, err);
	}
	if (!status)
		status = scan_rows(s, &rows, err);
	drop_news(m);
	free(rows.v);
	buf_release(&match);
	return status;
}
