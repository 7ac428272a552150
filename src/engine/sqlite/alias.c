/*
 * Other names of companies.  Knows their table alone; that queries use it is names.c's.
 *
 * An alias stands for one company and a company that is an alias has none of its own,
 * so that all names of a company are one step apart.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"
#include "query/value.h"

#define NAME_BYTES 1024 /* more than any name has */

/* Append what ${name} is compared by. */
static int name_key(struct buf *key, const char *name, struct pdx_err *err)
{
	size_t len = strlen(name), i;

	buf_init(key, 0);
	if (len > NAME_BYTES || !utf8_valid(name, len))
		return err_set(err, PDX_E_USAGE, "not a name: %s",
			       len > NAME_BYTES ? "too long" : "not UTF-8");
	for (i = 0; i < len; i++)
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
			return err_set(err, PDX_E_USAGE,
				       "not a name: a control character is in it");
	value_key(key, name, len);
	if (!buf_ok(key))
		return err_nomem(err);
	return key->len ? 0 : err_set(err, PDX_E_USAGE, "not a name: \"%s\"", name);
}

/* The company that ${key} is an alias of: its name and key in the heap; else NULL. */
static int resolve(char **name, char **key, struct store *s, const struct buf *alias,
		   struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, s->db,
			     "SELECT name, name_key FROM alias WHERE key = ?1", err);

	*name = *key = NULL;
	if (got)
		return got;
	db_bind_text(stmt, 1, alias->data, alias->len);
	got = db_step(stmt, err);
	if (got == 1) {
		*name = strdup((const char *)sqlite3_column_text(stmt, 0));
		*key = strdup((const char *)sqlite3_column_text(stmt, 1));
		got = *name && *key ? 0 : err_nomem(err);
	}
	sqlite3_finalize(stmt);
	return got;
}

static int run_with(struct store *s, const char *sql, const char *const *texts,
		    size_t n, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = db_prepare(&stmt, s->db, sql, err);
	size_t i;

	for (i = 0; i < n && !status; i++)
		db_bind_text(stmt, (int)i + 1, texts[i], strlen(texts[i]));
	if (!status)
		status = db_run(stmt, err);
	sqlite3_finalize(stmt);
	return status;
}

/* Write the alias, and move those that it has itself to its company. */
static int insert(struct store *s, const char *const texts[4], struct pdx_err *err)
{
	int status = mentions_change(s, texts[0], err);

	if (!status)
		status = mentions_news(s, texts[1], err);
	if (!status) /* the company may be no article's */
		status = mentions_news(s, texts[2], err);
	if (!status)
		status = run_with(s,
			      "INSERT INTO alias(key, alias, name, name_key)"
			      " VALUES(?1, ?2, ?3, ?4)",
			      texts, 4, err);

	if (!status)
		status = run_with(s,
				  "UPDATE alias SET name = ?3, name_key = ?4"
				  " WHERE name_key = ?1",
				  texts, 4, err);
	if (!status)
		s->changed = true;
	return status;
}

static int check_batch(const struct store *s, struct pdx_err *err)
{
	return s->in_batch ? 0 : err_set(err, PDX_E_USAGE, "no batch is open");
}

int store_alias_add(bool *added, void *engine, const char *name, const char *alias,
		    struct pdx_err *err)
{
	struct store *s = engine;
	struct buf key = { 0 }, alias_key = { 0 };
	char *root = NULL, *root_key = NULL, *other = NULL, *other_key = NULL;
	const char *texts[4];
	int status = check_batch(s, err);

	*added = false;
	if (!status)
		status = name_key(&key, name, err);
	if (!status)
		status = name_key(&alias_key, alias, err);
	if (!status)
		status = resolve(&root, &root_key, s, &key, err);
	if (!status)
		status = resolve(&other, &other_key, s, &alias_key, err);
	if (status)
		goto out;
	texts[0] = buf_str(&alias_key);
	texts[1] = alias;
	texts[2] = root ? root : name;
	texts[3] = root_key ? root_key : buf_str(&key);
	if (other && strcmp(other_key, texts[3]) != 0)
		status = err_set(err, PDX_E_USAGE,
				 "\"%s\" is an alias of \"%s\" already", alias, other);
	else if (!other && strcmp(texts[0], texts[3]) != 0) {
		status = insert(s, texts, err);
		*added = status == 0;
	}
out:
	free(other_key);
	free(other);
	free(root_key);
	free(root);
	buf_release(&alias_key);
	buf_release(&key);
	return status;
}

int store_alias_remove(uint64_t *removed, void *engine, const char *name,
		       struct pdx_err *err)
{
	struct store *s = engine;
	struct buf key = { 0 };
	const char *text;
	int status = check_batch(s, err);

	*removed = 0;
	if (!status)
		status = name_key(&key, name, err);
	if (!status) {
		text = buf_str(&key);
		status = mentions_change(s, text, err);
	}
	if (!status) {
		text = buf_str(&key);
		status =
			run_with(s, "DELETE FROM alias WHERE key = ?1 OR name_key = ?1",
				 &text, 1, err);
	}
	if (!status)
		*removed = (uint64_t)sqlite3_changes64(s->db);
	s->changed = s->changed || *removed;
	buf_release(&key);
	return status;
}

int store_aliases(void *engine,
		  void (*each)(void *ctx, const char *name, const char *alias),
		  void *ctx, struct pdx_err *err)
{
	struct store *s = engine;
	sqlite3_stmt *stmt = NULL;
	int got =
		db_prepare(&stmt, s->db,
			   "SELECT name, alias FROM alias ORDER BY name_key, key", err);

	while (!got && (got = db_step(stmt, err)) == 1) {
		each(ctx, (const char *)sqlite3_column_text(stmt, 0),
		     (const char *)sqlite3_column_text(stmt, 1));
		got = 0;
	}
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}
