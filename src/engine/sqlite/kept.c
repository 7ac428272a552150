/*
 * What readers keep: bookmarks and saved searches.  Bookmarks hang on the keys of
 * articles, which do not change when an article is updated.
 */
#include <string.h>

#include "base/utf8.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"
#include "ingest/identity.h"

#define NAME_BYTES 256 /* of a saved search */

static int in_batch(const struct store *s, struct pdx_err *err)
{
	return s->in_batch ? 0 : err_set(err, PDX_E_USAGE, "no batch is open");
}

static void bind_or_null(sqlite3_stmt *stmt, int at, const char *text)
{
	if (text)
		db_bind_text(stmt, at, text, strlen(text));
	else
		sqlite3_bind_null(stmt, at);
}

/* The key of the article whose id begins with ${id}. */
static int find_key(uint64_t *key, struct store *s, const char *id, struct pdx_err *err)
{
	struct record record;
	int64_t row;
	int status = store_find(&row, s, id, err);

	arena_reset(&s->scratch);
	return status ? status
		      : store_record(&record, key, NULL, s, &s->scratch, row, err);
}

/* Run ${sql} with as much of ${key}, ${note} and ${now} as it has parameters; *changes
 * is how many rows it touched. */
static int run_with_key(int *changes, struct store *s, const char *sql, uint64_t key,
			const char *note, int64_t now, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = db_prepare(&stmt, s->db, sql, err);

	if (!status) {
		sqlite3_bind_int64(stmt, 1, (int64_t)key);
		if (sqlite3_bind_parameter_count(stmt) > 1)
			bind_or_null(stmt, 2, note);
		if (sqlite3_bind_parameter_count(stmt) > 2)
			sqlite3_bind_int64(stmt, 3, now);
		status = db_run(stmt, err);
	}
	*changes = status ? 0 : sqlite3_changes(s->db);
	sqlite3_finalize(stmt);
	s->changed = s->changed || *changes;
	return status;
}

int store_bookmark_add(bool *added, void *engine, const char *id, const char *note,
		       int64_t now, struct pdx_err *err)
{
	struct store *s = engine;
	uint64_t key = 0;
	int changes, status = in_batch(s, err);

	*added = false;
	if (!status)
		status = find_key(&key, s, id, err);
	if (!status)
		status = run_with_key(&changes, s,
				      "INSERT OR IGNORE INTO bookmark(key, note, added)"
				      " VALUES(?1, ?2, ?3)",
				      key, note, now, err);
	if (status)
		return status;
	*added = changes;
	if (*added || !note)
		return 0;
	return run_with_key(&changes, s,
			    "UPDATE bookmark SET note = ?2 WHERE key = ?1"
			    " AND note IS NOT ?2",
			    key, note, now, err);
}

int store_bookmark_remove(bool *removed, void *engine, const char *id,
			  struct pdx_err *err)
{
	struct store *s = engine;
	uint64_t key = 0;
	int changes = 0, status = in_batch(s, err);

	if (!status)
		status = find_key(&key, s, id, err);
	if (!status)
		status =
			run_with_key(&changes, s, "DELETE FROM bookmark WHERE key = ?1",
				     key, NULL, 0, err);
	*removed = changes;
	return status;
}

int store_bookmarks(void *engine,
		    void (*each)(void *ctx, const struct pdx_bookmark *bookmark),
		    void *ctx, struct pdx_err *err)
{
	struct store *s = engine;
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, s->db,
			     "SELECT b.key, b.note, b.added, a.title, a.id"
			     " FROM bookmark b JOIN article a ON a.key = b.key"
			     " ORDER BY b.added DESC, b.key",
			     err);

	while (!got && (got = db_step(stmt, err)) == 1) {
		struct docval doc = { .date = PDX_NO_DATE };
		struct pdx_bookmark b = {
			.note = (const char *)sqlite3_column_text(stmt, 1),
			.added = sqlite3_column_int64(stmt, 2),
			.title = (const char *)sqlite3_column_text(stmt, 3),
		};

		got = docvals_read(&doc, &s->docvals, sqlite3_column_int64(stmt, 4),
				   err);
		got = got < 0 ? got : 0;
		b.date = doc.date;
		identity_id(b.id, (uint64_t)sqlite3_column_int64(stmt, 0));
		if (!got)
			each(ctx, &b);
	}
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

static int check_name(const char *name, struct pdx_err *err)
{
	size_t len = strlen(name), i;

	if (!len || len > NAME_BYTES || !utf8_valid(name, len))
		return err_set(err, PDX_E_USAGE, "not a name: %s",
			       !len               ? "empty"
			       : len > NAME_BYTES ? "too long"
						  : "not UTF-8");
	for (i = 0; i < len; i++)
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
			return err_set(err, PDX_E_USAGE,
				       "not a name: a control character is in it");
	return 0;
}

static int has_saved(bool *out, struct store *s, const char *name, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, s->db, "SELECT 1 FROM saved WHERE name = ?1", err);

	if (!got) {
		db_bind_text(stmt, 1, name, strlen(name));
		got = db_step(stmt, err);
	}
	*out = got == 1;
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

int store_saved_add(bool *added, void *engine, const char *name, const char *query,
		    int64_t now, struct pdx_err *err)
{
	struct store *s = engine;
	sqlite3_stmt *stmt = NULL;
	bool there = false;
	int status = in_batch(s, err);

	if (!status)
		status = check_name(name, err);
	if (!status)
		status = has_saved(&there, s, name, err);
	if (!status)
		status = db_prepare(&stmt, s->db,
				    "REPLACE INTO saved(name, query, added)"
				    " VALUES(?1, ?2, ?3)",
				    err);
	if (!status) {
		db_bind_text(stmt, 1, name, strlen(name));
		db_bind_text(stmt, 2, query, strlen(query));
		sqlite3_bind_int64(stmt, 3, now);
		status = db_run(stmt, err);
	}
	sqlite3_finalize(stmt);
	*added = !status && !there;
	s->changed = s->changed || !status;
	return status;
}

/* Run ${sql}, which has to touch the saved search ${name}. */
static int run_with_name(struct store *s, const char *sql, const char *name,
			 uint64_t mark, int64_t now, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = in_batch(s, err);

	if (!status)
		status = db_prepare(&stmt, s->db, sql, err);
	if (!status) {
		db_bind_text(stmt, 1, name, strlen(name));
		if (sqlite3_bind_parameter_count(stmt) > 1) {
			sqlite3_bind_int64(stmt, 2, (int64_t)mark);
			sqlite3_bind_int64(stmt, 3, now);
		}
		status = db_run(stmt, err);
	}
	sqlite3_finalize(stmt);
	if (status)
		return status;
	if (!sqlite3_changes(s->db))
		return err_set(err, PDX_E_NOT_FOUND, "no search is saved as \"%s\"",
			       name);
	s->changed = true;
	return 0;
}

int store_saved_remove(void *engine, const char *name, struct pdx_err *err)
{
	return run_with_name(engine, "DELETE FROM saved WHERE name = ?1", name, 0, 0,
			     err);
}

int store_saved_ran(void *engine, const char *name, uint64_t mark, int64_t now,
		    struct pdx_err *err)
{
	return run_with_name(engine,
			     "UPDATE saved SET mark = ?2, ran = ?3 WHERE name = ?1",
			     name, mark, now, err);
}

int store_saved(void *engine, void (*each)(void *ctx, const struct pdx_saved *saved),
		void *ctx, struct pdx_err *err)
{
	struct store *s = engine;
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, s->db,
			     "SELECT name, query, added, ran, mark FROM saved"
			     " ORDER BY name",
			     err);

	while (!got && (got = db_step(stmt, err)) == 1) {
		struct pdx_saved saved = {
			.name = (const char *)sqlite3_column_text(stmt, 0),
			.query = (const char *)sqlite3_column_text(stmt, 1),
			.added = sqlite3_column_int64(stmt, 2),
			.ran = sqlite3_column_int64(stmt, 3),
			.mark = (uint64_t)sqlite3_column_int64(stmt, 4),
		};

		each(ctx, &saved);
		got = 0;
	}
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}
