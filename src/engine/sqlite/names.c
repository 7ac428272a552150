/*
 * The dictionaries in their tables.  Knows names and ids; not which article has them.
 */
#include "engine/sqlite/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "engine/sqlite/db.h"
#include "query/value.h"
#include "text/analyze.h"

static const struct {
	const char *table;
	enum field_id field;
} kinds[NAME_KINDS] = {
	[NAME_COMPANY] = { "company", FIELD_COMPANY },
	[NAME_CATEGORY] = { "category", FIELD_CATEGORY },
	[NAME_PERSONA] = { "persona", FIELD_PERSONA },
	[NAME_PERSPECTIVE] = { "perspective", FIELD_PERSPECTIVE },
	[NAME_SOURCE] = { "source", FIELD_SOURCE },
	[NAME_LANG] = { "lang", FIELD_LANG },
	[NAME_MENTION] = { "mention", FIELD_MENTIONS },
};

const char *names_table(enum name_kind kind)
{
	return kinds[kind].table;
}

void names_init(struct names *n, sqlite3 *db)
{
	memset(n, 0, sizeof(*n));
	n->db = db;
}

void names_forget(struct names *n)
{
	size_t i;

	for (i = 0; i < NAMES_CACHE; i++) {
		free(n->cache[i].text);
		n->cache[i].text = NULL;
	}
}

void names_release(struct names *n)
{
	int kind;

	for (kind = 0; kind < NAME_KINDS; kind++) {
		sqlite3_finalize(n->find[kind]);
		sqlite3_finalize(n->add[kind]);
		sqlite3_finalize(n->text[kind]);
		sqlite3_finalize(n->match[kind]);
		sqlite3_finalize(n->all[kind]);
	}
	names_forget(n);
	buf_release(&n->folded);
	buf_release(&n->key);
	memset(n, 0, sizeof(*n));
}

enum name_kind names_kind(enum field_id field)
{
	int kind;

	for (kind = 0; kind < NAME_KINDS; kind++)
		if (kinds[kind].field == field)
			break;
	return (enum name_kind)kind;
}

/* Prepare ${format} with the table of ${kind} once. */
static int use(sqlite3_stmt **stmt, struct names *n, enum name_kind kind,
	       const char *before, const char *after, struct pdx_err *err)
{
	char sql[320];

	if (*stmt)
		return 0;
	snprintf(sql, sizeof(sql), "%s %s %s", before, kinds[kind].table, after);
	return db_prepare(stmt, n->db, sql, err);
}

static struct names_slot *slot_of(struct names *n, enum name_kind kind,
				  const char *text)
{
	uint64_t hash = hash64_seeded(text, strlen(text), (uint64_t)kind);

	return &n->cache[hash % NAMES_CACHE];
}

/* Case, accents and white space make no other name; punctuation does (C and C++). */
static void fold_name(struct buf *out, const char *text)
{
	size_t i, kept = 0;

	buf_reset(out);
	fold_text(out, text, strlen(text));
	for (i = 0; i < out->len; i++) {
		bool space = strchr(" \t\n", out->data[i]) != NULL;

		if (space && (kept == 0 || out->data[kept - 1] == ' '))
			continue;
		out->data[kept++] = space ? ' ' : out->data[i];
	}
	while (kept && out->data[kept - 1] == ' ')
		kept--;
	buf_truncate(out, kept);
}

static int find_or_add(uint32_t *id, struct names *n, enum name_kind kind,
		       const char *text, struct pdx_err *err)
{
	int got = use(&n->find[kind], n, kind, "SELECT id FROM", "WHERE folded = ?1",
		      err);

	if (got)
		return got;
	fold_name(&n->folded, text);
	buf_reset(&n->key);
	value_key(&n->key, text, strlen(text));
	if (!buf_ok(&n->folded) || !buf_ok(&n->key))
		return err_nomem(err);
	db_bind_text(n->find[kind], 1, buf_str(&n->folded), n->folded.len);
	got = db_step(n->find[kind], err);
	if (got == 1) {
		*id = (uint32_t)sqlite3_column_int64(n->find[kind], 0);
		sqlite3_reset(n->find[kind]);
	}
	if (got)
		return got < 0 ? got : 0;
	got = use(&n->add[kind], n, kind, "INSERT INTO",
		  "(name, folded, key) VALUES(?1, ?2, ?3)", err);
	if (got)
		return got;
	db_bind_text(n->add[kind], 1, text, strlen(text));
	db_bind_text(n->add[kind], 2, buf_str(&n->folded), n->folded.len);
	db_bind_text(n->add[kind], 3, buf_str(&n->key), n->key.len);
	got = db_run(n->add[kind], err);
	*id = (uint32_t)sqlite3_last_insert_rowid(n->db);
	return got;
}

int names_put(uint32_t *id, struct names *n, enum name_kind kind, const char *text,
	      struct pdx_err *err)
{
	struct names_slot *slot;
	int status;

	*id = 0;
	if (!text || !*text)
		return 0;
	slot = slot_of(n, kind, text);
	if (slot->text && slot->kind == kind && strcmp(slot->text, text) == 0) {
		*id = slot->id;
		return 0;
	}
	status = find_or_add(id, n, kind, text, err);
	if (status)
		return status;
	free(slot->text);
	slot->text = strdup(text);
	slot->kind = kind;
	slot->id = *id;
	return 0;
}

int names_text(const char **out, struct names *n, enum name_kind kind, uint32_t id,
	       struct arena *arena, struct pdx_err *err)
{
	int got;

	*out = NULL;
	if (id == 0)
		return 0;
	got = use(&n->text[kind], n, kind, "SELECT name FROM", "WHERE id = ?1", err);
	if (got)
		return got;
	sqlite3_bind_int64(n->text[kind], 1, id);
	got = db_step(n->text[kind], err);
	if (got == 1) {
		*out = arena_strdup(
			arena, (const char *)sqlite3_column_text(n->text[kind], 0));
		sqlite3_reset(n->text[kind]);
		return *out ? 0 : err_nomem(err);
	}
	return got < 0 ? got
		       : err_set(err, PDX_E_INDEX,
				 "index is damaged: %s %u has no name",
				 kinds[kind].table, id);
}

/* A growing list of ids in an arena: abandoned copies are the arena's to free. */
struct id_list {
	uint32_t *ids;
	size_t n, cap;
};

static bool id_add(struct id_list *list, struct arena *arena, uint32_t id)
{
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 8;
		uint32_t *ids = arena_array(arena, cap, sizeof(*ids));

		if (!ids)
			return false;
		if (list->n)
			memcpy(ids, list->ids, list->n * sizeof(*ids));
		list->ids = ids;
		list->cap = cap;
	}
	list->ids[list->n++] = id;
	return true;
}

/* Companies go by all names of the one that ?1 is a name of. */
static const char *match_sql(enum name_kind kind)
{
	if (kind != NAME_COMPANY && kind != NAME_MENTION)
		return "WHERE key = ?1 ORDER BY id";
	return "WHERE key = ?1"
	       " OR key IN (SELECT name_key FROM alias WHERE key = ?1)"
	       " OR key IN (SELECT key FROM alias WHERE name_key = ?1 OR name_key IN"
	       " (SELECT name_key FROM alias WHERE key = ?1)) ORDER BY id";
}

static int match_key(struct id_list *list, struct names *n, enum name_kind kind,
		     const char *value, struct arena *arena, struct pdx_err *err)
{
	int got = use(&n->match[kind], n, kind, "SELECT id FROM", match_sql(kind), err);

	if (got)
		return got;
	buf_reset(&n->key);
	value_key(&n->key, value, strlen(value));
	if (!buf_ok(&n->key))
		return err_nomem(err);
	db_bind_text(n->match[kind], 1, buf_str(&n->key), n->key.len);
	while ((got = db_step(n->match[kind], err)) == 1)
		if (!id_add(list, arena,
			    (uint32_t)sqlite3_column_int64(n->match[kind], 0))) {
			sqlite3_reset(n->match[kind]);
			return err_nomem(err);
		}
	return got;
}

static int match_words(struct id_list *list, struct names *n, enum name_kind kind,
		       const char *value, struct arena *arena, struct pdx_err *err)
{
	int got =
		use(&n->all[kind], n, kind, "SELECT id, name FROM", "ORDER BY id", err);

	if (got)
		return got;
	while ((got = db_step(n->all[kind], err)) == 1) {
		const char *name = (const char *)sqlite3_column_text(n->all[kind], 1);

		if (value_compare(value, name, &n->folded) == VALUE_DIFFERENT)
			continue;
		if (!id_add(list, arena,
			    (uint32_t)sqlite3_column_int64(n->all[kind], 0))) {
			sqlite3_reset(n->all[kind]);
			return err_nomem(err);
		}
	}
	return got;
}

int names_match(uint32_t **ids, size_t *nids, struct names *n, enum name_kind kind,
		const char *value, struct arena *arena, struct pdx_err *err)
{
	struct id_list list = { NULL, 0, 0 };
	int status = match_key(&list, n, kind, value, arena, err);

	if (!status && list.n == 0)
		status = match_words(&list, n, kind, value, arena, err);
	*ids = list.ids;
	*nids = list.n;
	return status;
}

bool names_has_key(struct names *n, enum name_kind kind, const char *key, size_t len)
{
	int got =
		use(&n->match[kind], n, kind, "SELECT id FROM", match_sql(kind), NULL);

	if (got)
		return false;
	db_bind_text(n->match[kind], 1, key, len);
	got = db_step(n->match[kind], NULL);
	sqlite3_reset(n->match[kind]);
	return got == 1;
}

int names_count(uint64_t *out, struct names *n, enum name_kind kind,
		struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = use(&stmt, n, kind, "SELECT count(*) FROM", "", err);

	if (!got)
		got = db_step(stmt, err);
	if (got == 1)
		*out = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

int names_ranks(uint32_t **ranks, size_t *n, struct names *names, enum name_kind kind,
		struct arena *arena, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	uint64_t count = 0;
	uint32_t next = 0;
	size_t i;
	int got = names_count(&count, names, kind, err);

	if (got)
		return got;
	*n = (size_t)count + 1;
	*ranks = arena_array(arena, *n, sizeof(**ranks));
	if (!*ranks)
		return err_nomem(err);
	for (i = 0; i < *n; i++)
		(*ranks)[i] = UINT32_MAX;
	got = use(&stmt, names, kind, "SELECT id FROM", "ORDER BY folded", err);
	while (!got && (got = db_step(stmt, err)) == 1) {
		int64_t id = sqlite3_column_int64(stmt, 0);

		if (id > 0 && (size_t)id < *n)
			(*ranks)[id] = next++;
		got = 0;
	}
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

int names_each(struct names *names, enum name_kind kind,
	       void (*each)(void *ctx, const char *name), void *ctx,
	       struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = use(&stmt, names, kind, "SELECT name FROM", "ORDER BY folded", err);

	while (!got && (got = db_step(stmt, err)) == 1) {
		each(ctx, (const char *)sqlite3_column_text(stmt, 0));
		got = 0;
	}
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}
