/*
 * The quarantine: pieces of input that were rejected, with their bytes.  Knows its
 * table alone; what is done with them is the ingester's business.
 */
#include <string.h>
#include <zstd.h>

#include "base/hash.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"

#define LEVEL 3              /* as for articles: where zstd's curve bends */
#define MAX_BYTES (1u << 24) /* more than is ever kept; a damaged file may say so */

static void put_part(struct buf *out, const char *s)
{
	buf_puts(out, s ? s : "");
	buf_putc(out, '\0');
}

/* The same bytes at the same place of the same input are the same piece. */
static int64_t piece_key(struct buf *scratch, const struct pdx_rejected *r)
{
	buf_reset(scratch);
	put_part(scratch, r->path);
	put_part(scratch, r->origin);
	buf_put_u64(scratch, r->offset);
	buf_put_u64(scratch, r->len);
	buf_put(scratch, r->bytes, r->nbytes);
	return (int64_t)hash64(buf_str(scratch), scratch->len);
}

/* Compress the bytes into s->record. */
static int pack_bytes(struct store *s, const struct pdx_rejected *r,
		      struct pdx_err *err)
{
	size_t bound = ZSTD_compressBound(r->nbytes), n;

	buf_reset(&s->record);
	if (!buf_reserve(&s->record, bound))
		return err_nomem(err);
	n = ZSTD_compress(s->record.data, bound, r->bytes, r->nbytes, LEVEL);
	if (ZSTD_isError(n))
		return err_set(err, PDX_E_NOMEM, "compressing: %s",
			       ZSTD_getErrorName(n));
	s->record.len = n;
	return 0;
}

static void bind_text(sqlite3_stmt *stmt, int index, const char *text)
{
	if (text)
		db_bind_text(stmt, index, text, strlen(text));
}

static void bind_piece(sqlite3_stmt *stmt, const struct pdx_rejected *r, int64_t key)
{
	sqlite3_bind_int64(stmt, 1, key);
	bind_text(stmt, 2, r->path);
	bind_text(stmt, 3, r->name);
	bind_text(stmt, 4, r->input);
	bind_text(stmt, 5, r->origin);
	bind_text(stmt, 6, r->url);
	bind_text(stmt, 7, r->type);
	sqlite3_bind_int64(stmt, 8, (int64_t)r->offset);
	sqlite3_bind_int64(stmt, 9, (int64_t)r->len);
	bind_text(stmt, 10, r->reason);
	sqlite3_bind_int64(stmt, 11, r->time);
	sqlite3_bind_int(stmt, 12, r->whole);
}

int store_quarantine_add(int64_t *id, void *engine, const struct pdx_rejected *r,
			 struct pdx_err *err)
{
	struct store *s = engine;
	sqlite3_stmt *stmt;
	int status, got;

	if (!s->in_batch)
		return err_set(err, PDX_E_USAGE, "no batch is open");
	stmt = store_stmt(s, STMT_QUARANTINE, err);
	if (!stmt)
		return PDX_E_INDEX;
	bind_piece(stmt, r, piece_key(&s->record, r));
	if (!buf_ok(&s->record))
		return err_nomem(err);
	status = pack_bytes(s, r, err);
	if (status)
		return status;
	db_bind_blob(stmt, 13, s->record.data, s->record.len);
	got = db_step(stmt, err);
	if (got == 1)
		*id = sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	sqlite3_clear_bindings(stmt);
	return got < 0 ? got : 0;
}

static const char *text_of(struct arena *arena, sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text ? arena_dup(arena, text, (size_t)sqlite3_column_bytes(stmt, column))
		    : NULL;
}

static int unpack_bytes(struct pdx_rejected *out, struct arena *arena,
			const void *packed, size_t len, struct pdx_err *err)
{
	unsigned long long size = ZSTD_getFrameContentSize(packed, len);
	char *bytes;

	if (size > MAX_BYTES) /* both of zstd's special values are larger */
		return err_set(err, PDX_E_INDEX, "damaged bytes in the quarantine");
	bytes = arena_alloc(arena, (size_t)size + 1);
	if (!bytes)
		return err_nomem(err);
	if (ZSTD_decompress(bytes, (size_t)size, packed, len) != size)
		return err_set(err, PDX_E_INDEX, "damaged bytes in the quarantine");
	out->bytes = bytes;
	out->nbytes = (size_t)size;
	return 0;
}

static int read_row(struct pdx_rejected *out, struct arena *arena, sqlite3_stmt *stmt,
		    struct pdx_err *err)
{
	*out = (struct pdx_rejected){
		.id = sqlite3_column_int64(stmt, 0),
		.path = text_of(arena, stmt, 1),
		.name = text_of(arena, stmt, 2),
		.input = text_of(arena, stmt, 3),
		.origin = text_of(arena, stmt, 4),
		.url = text_of(arena, stmt, 5),
		.type = text_of(arena, stmt, 6),
		.offset = (uint64_t)sqlite3_column_int64(stmt, 7),
		.len = (uint64_t)sqlite3_column_int64(stmt, 8),
		.reason = text_of(arena, stmt, 9),
		.time = sqlite3_column_int64(stmt, 10),
		.whole = sqlite3_column_int(stmt, 11) != 0,
	};
	if (arena->failed)
		return err_nomem(err);
	if (!out->name || !out->input || !out->origin || !out->reason)
		return err_set(err, PDX_E_INDEX, "a damaged row in the quarantine");
	return unpack_bytes(out, arena, sqlite3_column_blob(stmt, 12),
			    (size_t)sqlite3_column_bytes(stmt, 12), err);
}

int store_quarantine_next(struct pdx_rejected *out, void *engine, struct arena *arena,
			  int64_t after, struct pdx_err *err)
{
	static const char sql[] =
		"SELECT id, path, name, input, origin, url, type, offset, len, reason,"
		" time, whole, bytes FROM quarantine WHERE id > ?1 ORDER BY id LIMIT 1";
	struct store *s = engine;
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, s->db, sql, err), status = 0;

	if (got)
		return got;
	sqlite3_bind_int64(stmt, 1, after);
	got = db_step(stmt, err);
	if (got == 1)
		status = read_row(out, arena, stmt, err);
	sqlite3_finalize(stmt);
	return status ? status : got;
}

/* Run ${sql} with one value bound, in a batch; *n is how many rows it changed. */
static int change(uint64_t *n, struct store *s, const char *sql, int64_t id,
		  const char *text, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = s->in_batch ? 0 : err_set(err, PDX_E_USAGE, "no batch is open");

	*n = 0;
	if (!status)
		status = db_prepare(&stmt, s->db, sql, err);
	if (!status && text)
		db_bind_text(stmt, 1, text, strlen(text));
	else if (!status && id)
		sqlite3_bind_int64(stmt, 1, id);
	if (!status)
		status = db_run(stmt, err);
	if (!status)
		*n = (uint64_t)sqlite3_changes64(s->db);
	sqlite3_finalize(stmt);
	return status;
}

int store_quarantine_remove(void *engine, int64_t id, struct pdx_err *err)
{
	uint64_t n;

	return change(&n, engine, "DELETE FROM quarantine WHERE id = ?1", id, NULL,
		      err);
}

int store_quarantine_drop(uint64_t *dropped, void *engine, const char *origin,
			  struct pdx_err *err)
{
	return change(dropped, engine,
		      origin ? "DELETE FROM quarantine WHERE"
			       " ?1 IN (origin, input, name, path)"
			     : "DELETE FROM quarantine",
		      0, origin, err);
}
