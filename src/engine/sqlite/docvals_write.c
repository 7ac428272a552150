/*
 * Doc values as they are written: by chunk, collected until a commit.  Knows the tables
 * docvals and doclists and the layout of their blobs; not what the numbers mean.
 */
#include "engine/sqlite/docvals.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/docvals_layout.h"

static void store_u32(unsigned char *p, uint32_t v)
{
	int i;

	for (i = 0; i < 4; i++)
		p[i] = (unsigned char)(v >> (8 * i));
}

static void pack(unsigned char *p, const struct docval *doc)
{
	store_u32(p + AT_KEY, (uint32_t)doc->key);
	store_u32(p + AT_KEY + 4, (uint32_t)(doc->key >> 32));
	store_u32(p + AT_DATE, (uint32_t)doc->date);
	store_u32(p + AT_ADDED, doc->added);
	store_u32(p + AT_COMPANY, doc->company);
	store_u32(p + AT_CATEGORY, doc->category);
	memcpy(p + AT_LEN, doc->len, TEXT_COLUMNS);
	store_u32(p + AT_SOURCE, doc->source);
	store_u32(p + AT_LANG, doc->lang);
	p[AT_NTAKES] = (unsigned char)doc->ntakes;
	p[AT_NTAKES + 1] = (unsigned char)(doc->ntakes >> 8);
	p[AT_FLAGS] = (unsigned char)((doc->more_companies ? MORE_COMPANIES : 0) |
				      (doc->more_categories ? MORE_CATEGORIES : 0) |
				      (doc->mentions ? HAS_MENTIONS : 0));
	p[AT_FLAGS + 1] = 0;
	store_u32(p + AT_STORY, doc->story);
}

struct docvals_chunk {
	int64_t number;
	size_t used; /* slots, up to the last one in use */
	unsigned char fixed[DOCVALS_CHUNK * DOCVALS_SIZE];
	struct buf lists[DOCVALS_CHUNK];
};

static void chunk_free(struct docvals_chunk *c)
{
	size_t i;

	if (!c)
		return;
	for (i = 0; i < DOCVALS_CHUNK; i++)
		buf_release(&c->lists[i]);
	free(c);
}

static int chunk_load(struct docvals_chunk *c, sqlite3 *db, struct pdx_err *err)
{
	struct docvals_reader r = { .db = db };
	const unsigned char *fixed;
	struct bytes in;
	size_t slot;
	int status = docvals_chunk(&fixed, &c->used, &r, c->number, err);

	if (!status && c->used)
		memcpy(c->fixed, fixed, c->used * DOCVALS_SIZE);
	for (slot = 0; slot < c->used && !status; slot++) {
		status = docvals_list_bytes(&in, &r, c->number, slot, err);
		if (!status && in.bad)
			status = docvals_damaged(err, c->number);
		if (!status)
			buf_put(&c->lists[slot], in.p, (size_t)(in.end - in.p));
	}
	docvals_reader_release(&r);
	return status;
}

/* Where chunk ${number} stands or belongs; new rows nearly always hit the last one. */
static size_t chunk_place(const struct docvals_writer *w, int64_t number)
{
	size_t low = 0, high = w->nchunks;

	if (high && w->chunks[high - 1]->number <= number)
		return w->chunks[high - 1]->number == number ? high - 1 : high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (w->chunks[middle]->number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int chunk_get(struct docvals_chunk **out, struct docvals_writer *w,
		     int64_t number, struct pdx_err *err)
{
	size_t at = chunk_place(w, number);
	struct docvals_chunk *c;
	int status;

	if (at < w->nchunks && w->chunks[at]->number == number) {
		*out = w->chunks[at];
		return 0;
	}
	if (!mem_grow(&w->chunks, &w->cap, w->nchunks + 1,
		      sizeof(struct docvals_chunk *)))
		return err_nomem(err);
	c = calloc(1, sizeof(*c));
	if (!c)
		return err_nomem(err);
	c->number = number;
	status = chunk_load(c, w->db, err);
	if (status) {
		chunk_free(c);
		return status;
	}
	memmove(w->chunks + at + 1, w->chunks + at,
		(w->nchunks - at) * sizeof(struct docvals_chunk *));
	w->chunks[at] = *out = c;
	w->nchunks++;
	return 0;
}

static void put_ids(struct buf *b, const uint32_t *ids, size_t n)
{
	size_t i;

	buf_put_varint(b, n > 1 ? n - 1 : 0);
	for (i = 1; i < n; i++)
		buf_put_varint(b, ids[i]);
}

static void put_mentions(struct buf *b, const uint32_t *ids, size_t n)
{
	size_t i;

	buf_put_varint(b, n);
	for (i = 0; i < n; i++)
		buf_put_varint(b, ids[i]);
}

static void put_lists(struct buf *b, const struct docval_lists *lists)
{
	uint32_t start = 0;
	size_t i;

	put_mentions(b, lists->mentions, lists->nmentions);
	put_ids(b, lists->companies, lists->ncompanies);
	put_ids(b, lists->categories, lists->ncategories);
	buf_put_varint(b, lists->ntakes);
	for (i = 0; i < lists->ntakes; i++) {
		buf_put_varint(b, lists->takes[i].persona);
		buf_put_varint(b, lists->takes[i].perspective);
		buf_put_varint(b, lists->takes[i].start - start);
		start = lists->takes[i].start;
	}
}

int docvals_write(struct docvals_writer *w, int64_t row, const struct docval *doc,
		  const struct docval_lists *lists, struct pdx_err *err)
{
	size_t slot = (size_t)(row % DOCVALS_CHUNK);
	struct docvals_chunk *c = NULL;
	int status = chunk_get(&c, w, row / DOCVALS_CHUNK, err);

	if (status)
		return status;
	pack(c->fixed + slot * DOCVALS_SIZE, doc);
	buf_reset(&c->lists[slot]);
	put_lists(&c->lists[slot], lists);
	if (slot >= c->used)
		c->used = slot + 1;
	return buf_ok(&c->lists[slot]) ? 0 : err_nomem(err);
}

/* Behind the mentions that ${in} begins with. */
static void skip_mentions(struct bytes *in)
{
	size_t n = bytes_count(in);

	while (n--)
		bytes_varint(in);
}

int docvals_set_mentions(struct docvals_writer *w, int64_t row, const uint32_t *ids,
			 size_t n, struct pdx_err *err)
{
	size_t slot = (size_t)(row % DOCVALS_CHUNK);
	struct docvals_chunk *c = NULL;
	unsigned char *flags;
	struct bytes rest;
	struct buf all;
	int status = chunk_get(&c, w, row / DOCVALS_CHUNK, err);

	if (status)
		return status;
	rest.p = (const unsigned char *)buf_str(&c->lists[slot]);
	rest.end = rest.p + c->lists[slot].len;
	rest.bad = slot >= c->used;
	skip_mentions(&rest);
	if (rest.bad)
		return docvals_damaged(err, row / DOCVALS_CHUNK);
	buf_init(&all, 0);
	put_mentions(&all, ids, n);
	buf_put(&all, rest.p, (size_t)(rest.end - rest.p));
	buf_release(&c->lists[slot]);
	c->lists[slot] = all;
	flags = &c->fixed[slot * DOCVALS_SIZE + AT_FLAGS];
	*flags = (unsigned char)((*flags & ~HAS_MENTIONS) | (n ? HAS_MENTIONS : 0));
	return buf_ok(&all) ? 0 : err_nomem(err);
}

int docvals_set_story(struct docvals_writer *w, int64_t row, uint32_t story,
		      struct pdx_err *err)
{
	size_t slot = (size_t)(row % DOCVALS_CHUNK);
	struct docvals_chunk *c = NULL;
	int status = chunk_get(&c, w, row / DOCVALS_CHUNK, err);

	if (status)
		return status;
	if (slot >= c->used)
		return docvals_damaged(err, row / DOCVALS_CHUNK);
	store_u32(c->fixed + slot * DOCVALS_SIZE + AT_STORY, story);
	return 0;
}

static int write_blob(sqlite3 *db, const char *sql, int64_t chunk, const void *bytes,
		      size_t len, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = db_prepare(&stmt, db, sql, err);

	if (!status) {
		sqlite3_bind_int64(stmt, 1, chunk);
		db_bind_blob(stmt, 2, bytes, len);
		status = db_run(stmt, err);
	}
	sqlite3_finalize(stmt);
	return status;
}

static int flush_chunk(struct docvals_chunk *c, sqlite3 *db, struct pdx_err *err)
{
	struct buf blob;
	uint32_t offset = 0;
	size_t slot;
	int status;

	buf_init(&blob, 0);
	for (slot = 0; slot <= DOCVALS_CHUNK; slot++) {
		buf_put_u32(&blob, offset);
		if (slot < DOCVALS_CHUNK)
			offset += (uint32_t)c->lists[slot].len;
	}
	for (slot = 0; slot < DOCVALS_CHUNK; slot++)
		buf_put(&blob, c->lists[slot].data, c->lists[slot].len);
	status = buf_ok(&blob) ? 0 : err_nomem(err);
	if (!status)
		status = write_blob(db,
				    "REPLACE INTO doclists(chunk, data) VALUES(?1, ?2)",
				    c->number, blob.data, blob.len, err);
	if (!status)
		status = write_blob(db,
				    "REPLACE INTO docvals(chunk, data) VALUES(?1, ?2)",
				    c->number, c->fixed, c->used * DOCVALS_SIZE, err);
	buf_release(&blob);
	return status;
}

int docvals_flush(struct docvals_writer *w, struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < w->nchunks && !status; i++)
		status = flush_chunk(w->chunks[i], w->db, err);
	docvals_drop(w);
	return status;
}

void docvals_drop(struct docvals_writer *w)
{
	size_t i;

	for (i = 0; i < w->nchunks; i++)
		chunk_free(w->chunks[i]);
	free(w->chunks);
	w->chunks = NULL;
	w->nchunks = w->cap = 0;
}
