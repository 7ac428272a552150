/*
 * What queries ask of the vocabulary, beside a term's df.  Knows its tables; nothing of
 * batches.
 */
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/terms.h"

/*
 * Forms that begin with ?1 are those from ?1 up to ?1 and the last code point.  A term
 * is whole where all its forms are among them.
 */
static const char prefix_sql[] =
	"SELECT f.term, t.df, f.n = t.forms FROM (SELECT term, count(*) AS n FROM form"
	" WHERE form >= ?1 AND form < ?1 || char(1114111) GROUP BY term) AS f"
	" JOIN term AS t ON t.term = f.term WHERE t.df > 0"
	" ORDER BY t.df DESC, f.term LIMIT ?2";

static int add_row(struct term_list *out, sqlite3_stmt *stmt, struct arena *arena,
		   struct pdx_err *err)
{
	struct term_text *e = &out->v[out->n];

	e->len = (size_t)sqlite3_column_bytes(stmt, 0);
	e->text = arena_dup(arena, (const char *)sqlite3_column_text(stmt, 0), e->len);
	e->df = (uint64_t)sqlite3_column_int64(stmt, 1);
	e->whole = sqlite3_column_int(stmt, 2) != 0;
	out->n++;
	return e->text ? 0 : err_nomem(err);
}

int terms_with_prefix(struct term_list *out, sqlite3 *db, const char *prefix,
		      size_t len, size_t most, struct arena *arena, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, db, prefix_sql, err);

	memset(out, 0, sizeof(*out));
	if (got)
		return got;
	out->v = arena_array(arena, most, sizeof(*out->v));
	if (!out->v) {
		got = err_nomem(err);
		goto out;
	}
	db_bind_text(stmt, 1, prefix, len);
	sqlite3_bind_int64(stmt, 2, (int64_t)most + 1);
	while ((got = db_step(stmt, err)) == 1) {
		out->cut = out->n == most;
		if (out->cut)
			break;
		got = add_row(out, stmt, arena, err);
		if (got)
			break;
	}
out:
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

int terms_are_nested(bool *out, sqlite3 *db, const char *prefix, size_t len,
		     struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, db,
			     "SELECT 1 FROM form AS a CROSS JOIN form AS b"
			     " ON b.form > a.form AND b.form < a.form || char(1114111)"
			     " WHERE a.form >= ?1 AND a.form < ?1 || char(1114111)"
			     " AND a.term <> b.term LIMIT 1",
			     err);

	*out = false;
	if (got)
		return got;
	db_bind_text(stmt, 1, prefix, len);
	got = db_step(stmt, err);
	*out = got == 1;
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

int terms_single_form(bool *out, sqlite3 *db, const char *form, size_t formlen,
		      const char *term, size_t termlen, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got =
		db_prepare(&stmt, db,
			   "SELECT 1 FROM term WHERE term = ?1 AND forms >"
			   " (SELECT count(*) FROM form WHERE form = ?2 AND term = ?1)",
			   err);

	*out = false;
	if (got)
		return got;
	db_bind_text(stmt, 1, term, termlen);
	db_bind_text(stmt, 2, form, formlen);
	got = db_step(stmt, err);
	*out = got == 0;
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}
