/*
 * Doc values as they are read.  Knows the tables docvals and doclists and the layout of
 * their blobs; not what the numbers mean.
 */
#include "engine/sqlite/docvals.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/docvals_layout.h"

void docvals_unpack(struct docval *out, const unsigned char *p)
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

static void forget_blobs(struct docvals_blobs *b)
{
	size_t i;

	for (i = 0; i < b->nkept; i++)
		free(b->kept[i].bytes);
	free(b->kept);
	b->kept = NULL;
	b->nkept = 0;
	b->chunk = 0;
}

void docvals_reader_forget(struct docvals_reader *r)
{
	forget_blobs(&r->fixed);
	forget_blobs(&r->lists);
	r->bytes_kept = 0;
}

void docvals_reader_release(struct docvals_reader *r)
{
	docvals_reader_forget(r);
	sqlite3_finalize(r->fixed.stmt);
	sqlite3_finalize(r->lists.stmt);
	buf_release(&r->fixed.read);
	buf_release(&r->lists.read);
	arena_release(&r->arena);
	memset(r, 0, sizeof(*r));
}

int docvals_damaged(struct pdx_err *err, int64_t chunk)
{
	return err_set(err, PDX_E_INDEX, "index is damaged: doc values of chunk %lld",
		       (long long)chunk);
}

/* Room to keep ${len} bytes of ${chunk}; NULL: they are not kept. */
static struct docvals_kept *place_to_keep(struct docvals_reader *r,
					  struct docvals_blobs *b, int64_t chunk,
					  size_t len)
{
	size_t at = (size_t)chunk, cap = b->nkept;

	if (r->bytes_kept + len > r->keeps)
		return NULL;
	if (at >= b->nkept) {
		if (!mem_grow(&b->kept, &cap, at + 1, sizeof(*b->kept)))
			return NULL; /* then without */
		memset(b->kept + b->nkept, 0, (cap - b->nkept) * sizeof(*b->kept));
		b->nkept = cap;
	}
	b->kept[at].bytes = malloc(len);
	if (!b->kept[at].bytes)
		return NULL;
	b->kept[at].len = len;
	r->bytes_kept += len;
	return &b->kept[at];
}

static int take_blob(struct docvals_reader *r, struct docvals_blobs *b, int64_t chunk,
		     struct pdx_err *err)
{
	const void *bytes = sqlite3_column_blob(b->stmt, 0);
	size_t len = (size_t)sqlite3_column_bytes(b->stmt, 0);
	struct docvals_kept *kept = len ? place_to_keep(r, b, chunk, len) : NULL;

	if (kept) {
		memcpy(kept->bytes, bytes, len);
		b->data = kept->bytes;
	} else {
		buf_reset(&b->read);
		buf_put(&b->read, bytes, len);
		b->data = (const unsigned char *)buf_str(&b->read);
	}
	b->len = len;
	return kept || buf_ok(&b->read) ? 0 : err_nomem(err);
}

/* Go to the blob of ${chunk}; an empty one where there is none. */
static int load_blob(struct docvals_reader *r, struct docvals_blobs *b, const char *sql,
		     int64_t chunk, struct pdx_err *err)
{
	int got = 0;

	if (b->chunk == chunk + 1)
		return 0;
	b->chunk = 0;
	b->len = 0;
	if ((uint64_t)chunk < b->nkept && b->kept[chunk].bytes) {
		b->data = b->kept[chunk].bytes;
		b->len = b->kept[chunk].len;
		b->chunk = chunk + 1;
		return 0;
	}
	if (!b->stmt && db_prepare(&b->stmt, r->db, sql, err))
		return PDX_E_INDEX;
	sqlite3_bind_int64(b->stmt, 1, chunk);
	got = db_step(b->stmt, err);
	if (got == 1)
		got = take_blob(r, b, chunk, err);
	sqlite3_reset(b->stmt);
	b->chunk = got ? 0 : chunk + 1;
	return got;
}

static int load_fixed(struct docvals_reader *r, int64_t chunk, struct pdx_err *err)
{
	int status = load_blob(r, &r->fixed,
			       "SELECT data FROM docvals WHERE chunk = ?1", chunk, err);

	if (!status && (r->fixed.len > DOCVALS_CHUNK * DOCVALS_SIZE ||
			r->fixed.len % DOCVALS_SIZE)) {
		r->fixed.chunk = 0;
		return docvals_damaged(err, chunk);
	}
	return status;
}

int docvals_chunk(const unsigned char **fixed, size_t *n, struct docvals_reader *r,
		  int64_t chunk, struct pdx_err *err)
{
	int status = load_fixed(r, chunk, err);

	*fixed = r->fixed.data;
	*n = status ? 0 : r->fixed.len / DOCVALS_SIZE;
	return status;
}

int docvals_read(struct docval *out, struct docvals_reader *r, int64_t row,
		 struct pdx_err *err)
{
	size_t at = (size_t)(row % DOCVALS_CHUNK) * DOCVALS_SIZE;
	int status = load_fixed(r, row / DOCVALS_CHUNK, err);

	if (status)
		return status;
	if (at >= r->fixed.len)
		return 0;
	docvals_unpack(out, r->fixed.data + at);
	return out->key != 0;
}

/* A blob begins with DOCVALS_CHUNK + 1 offsets behind itself. */
int docvals_list_bytes(struct bytes *out, struct docvals_reader *r, int64_t chunk,
		       size_t slot, struct pdx_err *err)
{
	const size_t head = (DOCVALS_CHUNK + 1) * 4;
	const unsigned char *base;
	uint32_t first, last;
	int status = load_blob(r, &r->lists,
			       "SELECT data FROM doclists WHERE chunk = ?1", chunk,
			       err);

	*out = (struct bytes){ NULL, NULL, true };
	if (status || r->lists.len < head)
		return status;
	base = r->lists.data;
	first = load_u32(base + slot * 4);
	last = load_u32(base + (slot + 1) * 4);
	if (first > last || last > r->lists.len - head)
		return 0;
	*out = (struct bytes){ base + head + first, base + head + last, false };
	return 0;
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
	int status = docvals_list_bytes(&in, r, row / DOCVALS_CHUNK,
					(size_t)(row % DOCVALS_CHUNK), err);

	memset(out, 0, sizeof(*out));
	if (status)
		return status;
	arena_reset(&r->arena);
	out->mentions = read_mentions(&out->nmentions, &in, &r->arena);
	out->companies = read_ids(&out->ncompanies, doc->company, &in, &r->arena);
	out->categories = read_ids(&out->ncategories, doc->category, &in, &r->arena);
	read_takes(out, &in, &r->arena);
	if (r->arena.failed)
		return err_nomem(err);
	return in.bad ? docvals_damaged(err, row / DOCVALS_CHUNK) : 0;
}

