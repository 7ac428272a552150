/* Articles out: from stored records to what the API hands over. */
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"
#include "ingest/identity.h"

static int take_title(struct record *out, struct arena *arena, sqlite3_stmt *stmt,
		      int column, struct pdx_err *err)
{
	const char *title = (const char *)sqlite3_column_text(stmt, column);
	size_t len = (size_t)sqlite3_column_bytes(stmt, column);

	out->title = title ? arena_dup(arena, title, len) : NULL;
	return out->title ? 0 : err_nomem(err);
}

int store_record(struct record *out, uint64_t *key, int64_t *added, struct store *s,
		 struct arena *arena, int64_t row, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_RECORD, err);
	int got;

	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, row);
	got = db_step(stmt, err);
	if (got != 1)
		return got < 0 ? got
			       : err_set(err, PDX_E_NOT_FOUND, "the article is gone");
	got = record_decode(out, &s->codec, arena, sqlite3_column_blob(stmt, 0),
			    (size_t)sqlite3_column_bytes(stmt, 0), err);
	if (!got)
		got = take_title(out, arena, stmt, 3, err);
	if (key)
		*key = (uint64_t)sqlite3_column_int64(stmt, 1);
	if (added)
		*added = sqlite3_column_int64(stmt, 2);
	sqlite3_reset(stmt);
	return got;
}

static int load_names(const char *const **out, struct store *s, enum name_kind kind,
		      const uint32_t *ids, size_t n, struct arena *arena,
		      struct pdx_err *err)
{
	const char **names = arena_array(arena, n ? n : 1, sizeof(*names));
	size_t i;
	int status = names ? 0 : err_nomem(err);

	for (i = 0; i < n && !status; i++)
		status = names_text(&names[i], &s->names, kind, ids[i], arena, err);
	*out = names;
	return status;
}

static int load_takes(struct pdx_article *out, struct store *s, const struct record *r,
		      struct arena *arena, struct pdx_err *err)
{
	struct pdx_take *takes =
		arena_array(arena, r->ntakes ? r->ntakes : 1, sizeof(*takes));
	size_t i;
	int status = takes ? 0 : err_nomem(err);

	for (i = 0; i < r->ntakes && !status; i++) {
		takes[i].text = r->takes[i].text;
		status = names_text(&takes[i].persona, &s->names, NAME_PERSONA,
				    r->takes[i].persona, arena, err);
		if (!status)
			status = names_text(&takes[i].perspective, &s->names,
					    NAME_PERSPECTIVE, r->takes[i].perspective,
					    arena, err);
	}
	out->takes = takes;
	out->ntakes = r->ntakes;
	return status;
}

static int is_bookmarked(bool *out, struct store *s, uint64_t key, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_BOOKMARKED, err);
	int got;

	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, (int64_t)key);
	got = db_step(stmt, err);
	if (got == 1)
		sqlite3_reset(stmt);
	*out = got == 1;
	return got < 0 ? got : 0;
}

/* What the doc values say it mentions; a row that was not committed has none yet. */
static int load_mentions(struct pdx_article *out, struct store *s, int64_t row,
			 struct arena *arena, struct pdx_err *err)
{
	struct docval_lists lists;
	struct docval doc;
	int got = docvals_read(&doc, &s->docvals, row, err);

	if (got <= 0 || !doc.mentions)
		return got < 0 ? got : 0;
	got = docvals_read_lists(&lists, &s->docvals, row, &doc, err);
	if (got)
		return got;
	out->nmentions = lists.nmentions;
	return load_names(&out->mentions, s, NAME_MENTION, lists.mentions,
			  lists.nmentions, arena, err);
}

int store_article(struct pdx_article *out, struct store *s, struct arena *arena,
		  int64_t row, const struct record *r, uint64_t key, int64_t added,
		  struct pdx_err *err)
{
	int status;

	memset(out, 0, sizeof(*out));
	out->title = r->title;
	out->summary = r->summary;
	out->body = r->body;
	out->date = r->date;
	out->url = r->url;
	out->ref = r->ref;
	out->origin = r->origin;
	out->sibling = r->sibling;
	memcpy(out->provenance, r->provenance, sizeof(out->provenance));
	out->added = added;
	identity_id(out->id, key);
	out->ncompanies = r->ncompanies;
	out->ncategories = r->ncategories;
	status = load_names(&out->companies, s, NAME_COMPANY, r->companies,
			    r->ncompanies, arena, err);
	if (!status)
		status = load_names(&out->categories, s, NAME_CATEGORY, r->categories,
				    r->ncategories, arena, err);
	if (!status)
		status = names_text(&out->source, &s->names, NAME_SOURCE, r->source,
				    arena, err);
	if (!status)
		status = names_text(&out->lang, &s->names, NAME_LANG, r->lang, arena,
				    err);
	if (!status)
		status = load_takes(out, s, r, arena, err);
	if (!status)
		status = load_mentions(out, s, row, arena, err);
	return status ? status : is_bookmarked(&out->bookmarked, s, key, err);
}

static int load(struct pdx_article *out, struct store *s, struct arena *arena,
		int64_t row, uint64_t key, struct pdx_err *err)
{
	struct record record;
	uint64_t found = 0;
	int64_t added = 0;
	int status = store_record(&record, &found, &added, s, arena, row, err);

	if (!status && found != key)
		status = err_set(err, PDX_E_NOT_FOUND, "the article is gone");
	return status ? status : store_article(out, s, arena, row, &record, key, added,
				      err);
}

/* One read transaction: each would lock the file and look for a journal otherwise. */
int store_load(struct pdx_article *out, void *engine, struct arena *arena, int64_t row,
	       uint64_t key, struct pdx_err *err)
{
	struct store *s = engine;
	bool own = sqlite3_get_autocommit(s->db) != 0;
	int status = own ? store_run(s, STMT_BEGIN, err) : 0;

	if (!status)
		status = load(out, s, arena, row, key, err);
	if (own && !sqlite3_get_autocommit(s->db))
		store_run(s, STMT_COMMIT, NULL);
	return status;
}

/* The keys whose ids begin with the hexadecimal digits of ${id}. */
static int key_range(int64_t range[2], const char *id, struct pdx_err *err)
{
	size_t len = strlen(id), i;
	uint64_t value = 0;
	int shift;

	if (len == 0 || len >= PDX_ID_SIZE)
		return err_set(err, PDX_E_USAGE,
			       "\"%s\" is no id: 1 to 12 hexadecimal digits", id);
	for (i = 0; i < len; i++) {
		const char *digits = "0123456789abcdef", *at;

		at = strchr(digits, id[i] >= 'A' && id[i] <= 'F' ? id[i] + 32 : id[i]);
		if (!at)
			return err_set(err, PDX_E_USAGE,
				       "\"%s\" is no id: 1 to 12 hexadecimal digits",
				       id);
		value = value << 4 | (uint64_t)(at - digits);
	}
	shift = (int)(PDX_ID_SIZE - 1 - len) * 4 + IDENTITY_ID_SHIFT;
	range[0] = (int64_t)(value << shift);
	range[1] = (int64_t)(((value + 1) << shift) - 1);
	return 0;
}

int store_find(int64_t *row, struct store *s, const char *id, struct pdx_err *err)
{
	sqlite3_stmt *stmt;
	int64_t range[2] = { 0, 0 };
	int status = key_range(range, id, err), n = 0;

	if (status)
		return status;
	stmt = store_stmt(s, STMT_BY_KEY, err);
	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, range[0]);
	sqlite3_bind_int64(stmt, 2, range[1]);
	for (*row = 0; n < 2 && (status = db_step(stmt, err)) == 1; n++)
		*row = sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	if (status < 0)
		return status;
	if (n == 0)
		return err_set(err, PDX_E_NOT_FOUND, "no article has the id %s", id);
	if (n == 2)
		return err_set(err, PDX_E_AMBIGUOUS,
			       "several articles have ids that begin"
			       " with %s; give more digits",
			       id);
	return 0;
}

int store_get(struct pdx_article *out, void *engine, struct arena *arena,
	      const char *id, struct pdx_err *err)
{
	struct store *s = engine;
	struct record record;
	int64_t row, added = 0;
	uint64_t key = 0;
	int status = store_find(&row, s, id, err);

	if (!status)
		status = store_record(&record, &key, &added, s, arena, row, err);
	return status ? status : store_article(out, s, arena, row, &record, key, added,
				      err);
}
