/* Codebooks in their table.  Knows zstd's dictionaries; not what the texts are. */
#include "engine/sqlite/codebook.h"

#include <stdlib.h>
#include <string.h>
#include <zdict.h>
#include <zstd.h>

#include "engine/sqlite/db.h"

enum {
	/* Twice as much makes texts smaller by another 0.3 percent of their bytes, half
	 * as much larger by 1.2; a reader has to read it whole. */
	CODEBOOK_BYTES = 256 << 10,
	/* Articles of 4.7 KB, compressed to 0.387 of their bytes at 184 MB/s at level
	 * 3, 0.380 at 160 at 4, 0.369 at 98 at 5. */
	CODEBOOK_LEVEL = 3,
	/* The header: four bytes of magic, then the id. */
	ID_OFFSET = 4,
	HEADER = 8
};

static void free_codebook(struct codebook *book)
{
	ZSTD_freeCDict(book->compress);
	ZSTD_freeDDict(book->expand);
	free(book);
}

void codebooks_release(struct codebooks *b)
{
	struct codebook *book;

	while ((book = b->first)) {
		b->first = book->next;
		free_codebook(book);
	}
	atomic_store(&b->current, NULL);
}

void codebooks_commit(struct codebooks *b)
{
	struct codebook *book;

	for (book = b->first; book; book = book->next)
		book->committed = book->id != 0;
}

void codebooks_rollback(struct codebooks *b)
{
	const struct codebook *current = codebooks_current(b);
	struct codebook *book;

	if (current && !current->committed)
		atomic_store(&b->current, NULL);
	for (book = b->first; book; book = book->next)
		if (!book->committed)
			book->id = 0;
}

const struct codebook *codebooks_current(const struct codebooks *b)
{
	return atomic_load(&b->current);
}

/* Add the codebook ${id} of these bytes, which are copied. */
static int add(struct codebook **out, struct codebooks *b, uint32_t id,
	       const void *bytes, size_t len, struct pdx_err *err)
{
	struct codebook *book;

	*out = NULL;
	if (ZDICT_getDictID(bytes, len) != id ||
	    ZDICT_isError(ZDICT_getDictHeaderSize(bytes, len)))
		return err_set(err, PDX_E_INDEX, "index is damaged: codebook %u", id);
	book = calloc(1, sizeof(*book));
	if (!book)
		return err_nomem(err);
	book->id = id;
	book->expand = ZSTD_createDDict(bytes, len);
	if (!book->expand) {
		free_codebook(book);
		return err_nomem(err);
	}
	book->next = b->first;
	b->first = *out = book;
	return 0;
}

/* Have new texts compressed with ${book}, which is of these bytes. */
static int take(struct codebooks *b, struct codebook *book, const void *bytes,
		size_t len, struct pdx_err *err)
{
	book->compress = ZSTD_createCDict(bytes, len, CODEBOOK_LEVEL);
	if (!book->compress)
		return err_nomem(err);
	atomic_store(&b->current, book);
	return 0;
}

int codebooks_ready(struct codebooks *b, struct pdx_err *err)
{
	static const char sql[] =
		"SELECT id, data FROM codebook ORDER BY id DESC LIMIT 1";
	struct codebook *book;
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, b->db, sql, err);

	if (!got)
		got = db_step(stmt, err);
	if (got == 1) {
		const void *bytes = sqlite3_column_blob(stmt, 1);
		size_t len = (size_t)sqlite3_column_bytes(stmt, 1);

		got = add(&book, b, (uint32_t)sqlite3_column_int64(stmt, 0), bytes, len,
			  err);
		if (!got)
			got = take(b, book, bytes, len, err);
	}
	sqlite3_finalize(stmt);
	codebooks_commit(b);
	return got;
}

static int load(struct codebook **out, struct codebooks *b, uint32_t id,
		struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, b->db, "SELECT data FROM codebook WHERE id = ?1",
			     err);

	if (!got) {
		sqlite3_bind_int64(stmt, 1, id);
		got = db_step(stmt, err);
	}
	if (got == 1)
		got = add(out, b, id, sqlite3_column_blob(stmt, 0),
			  (size_t)sqlite3_column_bytes(stmt, 0), err);
	else if (got == 0)
		got = err_set(err, PDX_E_INDEX, "index is damaged: no codebook %u", id);
	sqlite3_finalize(stmt);
	return got;
}

int codebooks_find(const struct codebook **out, struct codebooks *b, uint32_t id,
		   struct pdx_err *err)
{
	struct codebook *book = b->first;
	int status = 0;

	while (book && book->id != id)
		book = book->next;
	if (!book) {
		status = load(&book, b, id, err);
		if (!status)
			book->committed = true; /* this batch's were met when made */
	}
	*out = book;
	return status;
}

static int next_id(uint32_t *out, sqlite3 *db, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, db, "SELECT ifnull(max(id), 0) + 1 FROM codebook",
			     err);

	if (!got)
		got = db_step(stmt, err);
	if (got == 1)
		*out = (uint32_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

static int keep(struct codebooks *b, uint32_t id, const void *bytes, size_t len,
		struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = db_prepare(&stmt, b->db,
				"INSERT INTO codebook(id, data) VALUES(?1, ?2)", err);

	if (!status) {
		sqlite3_bind_int64(stmt, 1, id);
		db_bind_blob(stmt, 2, bytes, len);
		status = db_run(stmt, err);
	}
	sqlite3_finalize(stmt);
	return status;
}

/* zstd numbers them by their content; ours count. */
static void number(unsigned char *bytes, uint32_t id)
{
	int i;

	for (i = 0; i < HEADER - ID_OFFSET; i++)
		bytes[ID_OFFSET + i] = (unsigned char)(id >> 8 * i);
}

int codebooks_make(struct codebooks *b, const char *samples, const size_t *lens,
		   size_t n, struct pdx_err *err)
{
	unsigned char *bytes = malloc(CODEBOOK_BYTES);
	struct codebook *book;
	uint32_t id = 0;
	size_t len;
	int status;

	if (!bytes)
		return err_nomem(err);
	len = ZDICT_trainFromBuffer(bytes, CODEBOOK_BYTES, samples, lens, (unsigned)n);
	if (ZDICT_isError(len) || len <= HEADER) {
		free(bytes);
		return 0;
	}
	status = next_id(&id, b->db, err);
	number(bytes, id);
	if (!status)
		status = keep(b, id, bytes, len, err);
	if (!status)
		status = add(&book, b, id, bytes, len, err);
	if (!status)
		status = take(b, book, bytes, len, err);
	free(bytes);
	return status;
}
