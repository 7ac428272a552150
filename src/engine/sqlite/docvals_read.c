/*
 * Doc values as they are read.  Knows the tables docvals and doclists and the layout of
 * their blobs; not what the numbers mean.
 */
#include "engine/sqlite/docvals.h"

#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/docvals_layout.h"

static void unpack(struct docval *out, const unsigned char *p)
{
	out->key = load_u64(p + AT_KEY);
	out->date = (int32_t)load_u32(p + AT_DATE);
	out->added = load_u32(p + AT_ADDED);
	out->company = load_u32(p + AT_COMPANY);
	out->category = load_u32(p + AT_CATEGORY);
	memcpy(out->len, p + AT_LEN, TEXT_COLUMNS);
	out->source = load_u32(p + AT_SOURCE);
	out->lang = load_u32(p + AT_LANG);
	out->ntakes = (uint16_t)(p[AT_NTAKES] | p[AT_NTAKES + 1] << 8);
	out->more_companies = p[AT_FLAGS] & MORE_COMPANIES;
	out->more_categories = p[AT_FLAGS] & MORE_CATEGORIES;
	out->mentions = p[AT_FLAGS] & HAS_MENTIONS;
	out->story = load_u32(p + AT_STORY);
}

void docvals_reader_release(struct docvals_reader *r)
{
	sqlite3_finalize(r->fixed_stmt);
	sqlite3_finalize(r->lists_stmt);
	free(r->fixed);
	buf_release(&r->lists);
	arena_release(&r->arena);
	memset(r, 0, sizeof(*r));
}

void docvals_reader_forget(struct docvals_reader *r)
{
	r->fixed_chunk = 0;
	r->lists_chunk = 0;
}

int docvals_damaged(struct pdx_err *err, int64_t chunk)
{
	return err_set(err, PDX_E_INDEX, "index is damaged: doc values of chunk %lld",
		       (long long)chunk);
}

/* Leave the statement on the blob of ${chunk}: 1, or 0 where there is none. */
static int find_chunk(sqlite3_stmt **stmt, sqlite3 *db, const char *sql, int64_t chunk,
		      struct pdx_err *err)
{
	int status = *stmt ? 0 : db_prepare(stmt, db, sql, err);

	if (status)
		return status;
	sqlite3_bind_int64(*stmt, 1, chunk);
	return db_step(*stmt, err);
}

int docvals_load_fixed(struct docvals_reader *r, int64_t chunk, struct pdx_err *err)
{
	int got;

	if (r->fixed_chunk == chunk + 1)
		return 0;
	if (!r->fixed && !(r->fixed = malloc(DOCVALS_CHUNK * DOCVALS_SIZE)))
		return err_nomem(err);
	r->fixed_chunk = 0;
	r->fixed_len = 0;
	got = find_chunk(&r->fixed_stmt, r->db,
			 "SELECT data FROM docvals WHERE chunk = ?1", chunk, err);
	if (got < 0)
		return got;
	if (got == 1) {
		const void *bytes = sqlite3_column_blob(r->fixed_stmt, 0);
		size_t len = (size_t)sqlite3_column_bytes(r->fixed_stmt, 0);

		if (len > DOCVALS_CHUNK * DOCVALS_SIZE || len % DOCVALS_SIZE) {
			sqlite3_reset(r->fixed_stmt);
			return docvals_damaged(err, chunk);
		}
		if (len)
			memcpy(r->fixed, bytes, len);
		r->fixed_len = len;
		sqlite3_reset(r->fixed_stmt);
	}
	r->fixed_chunk = chunk + 1;
	return 0;
}

int docvals_read(struct docval *out, struct docvals_reader *r, int64_t row,
		 struct pdx_err *err)
{
	size_t at = (size_t)(row % DOCVALS_CHUNK) * DOCVALS_SIZE;
	int status = docvals_load_fixed(r, row / DOCVALS_CHUNK, err);

	if (status)
		return status;
	if (at >= r->fixed_len)
		return 0;
	unpack(out, r->fixed + at);
	return out->key != 0;
}

int docvals_load_lists(struct docvals_reader *r, int64_t chunk, struct pdx_err *err)
{
	int got;

	if (r->lists_chunk == chunk + 1)
		return 0;
	r->lists_chunk = 0;
	buf_reset(&r->lists);
	got = find_chunk(&r->lists_stmt, r->db,
			 "SELECT data FROM doclists WHERE chunk = ?1", chunk, err);
	if (got < 0)
		return got;
	if (got == 1) {
		buf_put(&r->lists, sqlite3_column_blob(r->lists_stmt, 0),
			(size_t)sqlite3_column_bytes(r->lists_stmt, 0));
		sqlite3_reset(r->lists_stmt);
	}
	if (!buf_ok(&r->lists))
		return err_nomem(err);
	r->lists_chunk = chunk + 1;
	return 0;
}

/* The bytes of ${slot}: the blob begins with DOCVALS_CHUNK + 1 offsets behind itself.
 */
struct bytes docvals_slot(const struct buf *blob, size_t slot)
{
	const size_t head = (DOCVALS_CHUNK + 1) * 4;
	const unsigned char *base = (const unsigned char *)blob->data;
	struct bytes out = { NULL, NULL, true };
	uint32_t first, last;

	if (blob->len < head)
		return out;
	first = load_u32(base + slot * 4);
	last = load_u32(base + (slot + 1) * 4);
	if (first > last || last > blob->len - head)
		return out;
	out.p = base + head + first;
	out.end = base + head + last;
	out.bad = false;
	return out;
}

static uint32_t *read_mentions(size_t *n, struct bytes *in, struct arena *arena)
{
	size_t count = bytes_count(in), i;
	uint32_t *ids = arena_array(arena, count + 1, sizeof(*ids));

	*n = ids ? count : 0;
	for (i = 0; i < *n; i++)
		ids[i] = (uint32_t)bytes_varint(in);
	return ids;
}

static uint32_t *read_ids(size_t *n, uint32_t first, struct bytes *in,
			  struct arena *arena)
{
	size_t more = bytes_count(in), i;
	uint32_t *ids;

	ids = arena_array(arena, more + 1, sizeof(*ids));
	if (!ids)
		return NULL;
	*n = first ? more + 1 : 0;
	ids[0] = first;
	for (i = 1; i <= more; i++)
		ids[i] = (uint32_t)bytes_varint(in);
	return ids;
}

static void read_takes(struct docval_lists *out, struct bytes *in, struct arena *arena)
{
	size_t n = bytes_count(in), i;
	uint32_t start = 0;

	out->takes = arena_array(arena, n ? n : 1, sizeof(*out->takes));
	out->ntakes = out->takes ? n : 0;
	for (i = 0; i < out->ntakes; i++) {
		out->takes[i].persona = (uint32_t)bytes_varint(in);
		out->takes[i].perspective = (uint32_t)bytes_varint(in);
		start += (uint32_t)bytes_varint(in);
		out->takes[i].start = start;
	}
}

int docvals_read_lists(struct docval_lists *out, struct docvals_reader *r, int64_t row,
		       const struct docval *doc, struct pdx_err *err)
{
	struct bytes in;
	int status = docvals_load_lists(r, row / DOCVALS_CHUNK, err);

	memset(out, 0, sizeof(*out));
	if (status)
		return status;
	arena_reset(&r->arena);
	in = docvals_slot(&r->lists, (size_t)(row % DOCVALS_CHUNK));
	out->mentions = read_mentions(&out->nmentions, &in, &r->arena);
	out->companies = read_ids(&out->ncompanies, doc->company, &in, &r->arena);
	out->categories = read_ids(&out->ncategories, doc->category, &in, &r->arena);
	read_takes(out, &in, &r->arena);
	if (r->arena.failed)
		return err_nomem(err);
	return in.bad ? docvals_damaged(err, row / DOCVALS_CHUNK) : 0;
}

