/* Bands in their table.  Knows hashes and rows; not what is a near-copy. */
#include "engine/sqlite/bands.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"

enum {
	/* A bucket has two blobs: ${bucket} is the number of the older entries, and
	 * with this added that of what came lately. */
	LATELY = BAND_BUCKETS,
	/* Neighbours stand on the same pages, so they go from one to the other
	 * together: when those that a batch changed have this many bytes each. */
	NEIGHBOURS = 64,
	LATELY_BYTES = 192,
	TOGETHER = 16, /* hashes compared at once */
	/* Making the filter reads every blob once: so many were read for answers. */
	FILTER_AFTER = BAND_BUCKETS,
	FILTER_BYTES = (1 << BAND_FILTER_BITS) / 8,
	/* Of an entry's hash, behind the bits of its bucket. */
	FILTER_SHIFT = 16 - (BAND_FILTER_BITS - BAND_BUCKET_BITS)
};

/* A blob while it is read. */
struct band_blob {
	size_t n;
	uint32_t last;
	const unsigned char *hashes;
	struct bytes rows;
};

void bands_drop(struct bands *b)
{
	b->n = b->removed = 0;
	free(b->first);
	free(b->last);
	b->first = b->last = NULL;
}

void bands_release(struct bands *b)
{
	bands_drop(b);
	free(b->v);
	mem_pages_free(b->filter, FILTER_BYTES);
	buf_release(&b->hashes);
	buf_release(&b->rows);
	buf_release(&b->blob);
	memset(b, 0, sizeof(*b));
}

static uint32_t bucket_of(uint32_t hash)
{
	return hash >> (32 - BAND_BUCKET_BITS);
}

static int damaged(int64_t number, struct pdx_err *err)
{
	return err_set(err, PDX_E_INDEX, "index is damaged: bands %lld",
		       (long long)number);
}

/* False: the bytes are no blob. */
static bool open_blob(struct band_blob *out, const void *data, size_t len)
{
	struct bytes in = { data, NULL, !data };

	in.end = data ? in.p + len : NULL;
	out->n = bytes_count(&in);
	out->last = (uint32_t)bytes_varint(&in);
	out->hashes = bytes_take(&in, out->n * sizeof(uint16_t));
	out->rows = in;
	return out->hashes && !in.bad;
}

/* 1: *out is blob ${number}, as long as *stmt is not reset; 0: there is none, and *out
 * has no entries. */
static int read_blob(struct band_blob *out, sqlite3_stmt **stmt, struct store *s,
		     uint32_t number, struct pdx_err *err)
{
	int got;

	*out = (struct band_blob){ .n = 0 };
	*stmt = store_stmt(s, STMT_BAND, err);
	if (!*stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(*stmt, 1, number);
	got = db_step(*stmt, err);
	if (got == 1 && !open_blob(out, sqlite3_column_blob(*stmt, 0),
				   (size_t)sqlite3_column_bytes(*stmt, 0))) {
		sqlite3_reset(*stmt);
		return damaged(number, err);
	}
	return got;
}

static uint16_t hash_at(const struct band_blob *blob, size_t i)
{
	return (uint16_t)(blob->hashes[2 * i] | blob->hashes[2 * i + 1] << 8);
}

/* The first place of ${hash} at ${i} or behind it; blob->n where it has none. */
static size_t find_hash(const struct band_blob *blob, size_t i, uint16_t hash)
{
	const unsigned char bytes[] = { (unsigned char)hash,
					(unsigned char)(hash >> 8) };
	uint16_t want, have[TOGETHER];

	memcpy(&want, bytes, sizeof(want));
	for (; i + TOGETHER <= blob->n; i += TOGETHER) {
		uint16_t found = 0;

		memcpy(have, blob->hashes + 2 * i, sizeof(have));
		for (size_t j = 0; j < TOGETHER; j++)
			found |= have[j] == want;
		if (found)
			break;
	}
	while (i < blob->n && hash_at(blob, i) != hash)
		i++;
	return i;
}

static struct band_change *first_change(struct bands *b, uint32_t bucket)
{
	return b->first && b->first[bucket] ? &b->v[b->first[bucket] - 1] : NULL;
}

static struct band_change *next_change(struct bands *b, const struct band_change *c)
{
	return c->next ? &b->v[c->next - 1] : NULL;
}

/* The change of this kind and entry; NULL: there is none. */
static struct band_change *find_change(struct bands *b, uint32_t bucket,
				       const struct band_entry *e, int kind)
{
	struct band_change *c = first_change(b, bucket);

	while (c && ((int)c->kind != kind || c->entry.row != e->row ||
		     c->entry.hash != e->hash))
		c = next_change(b, c);
	return c;
}

/* Append the rows of ${blob} that have ${hash}, but for ${row}. */
static void find_in(int64_t *rows, size_t *n, size_t most, struct bands *b,
		    struct band_blob *blob, uint32_t hash, uint32_t row)
{
	struct band_entry e = { 0, (uint16_t)hash };
	size_t at = 0, i = find_hash(blob, 0, e.hash);

	for (; *n < most && i < blob->n; i = find_hash(blob, i + 1, e.hash)) {
		for (; at <= i; at++)
			e.row += (uint32_t)bytes_varint(&blob->rows);
		if (blob->rows.bad)
			return;
		if (e.row != row &&
		    !(b->removed && find_change(b, bucket_of(hash), &e, BAND_REMOVED)))
			rows[(*n)++] = e.row;
	}
}

/* ---- the filter ----------------------------------------------------------- */

static uint32_t filter_bit(uint32_t bucket, uint16_t hash)
{
	return bucket << (16 - FILTER_SHIFT) | hash >> FILTER_SHIFT;
}

static void filter_add(unsigned char *filter, uint32_t bucket, uint16_t hash)
{
	uint32_t bit = filter_bit(bucket, hash);

	filter[bit / 8] |= (unsigned char)(1 << bit % 8);
}

/* All entries of a blob; of one that is damaged any may be there, so that whoever asks
 * for one is told. */
static void filter_blob(unsigned char *filter, uint32_t number, const void *data,
			size_t len)
{
	enum { SHARE = FILTER_BYTES / BAND_BUCKETS };
	uint32_t bucket = number % LATELY;
	struct band_blob blob;

	if (!open_blob(&blob, data, len))
		memset(filter + (size_t)bucket * SHARE, 0xff, SHARE);
	else
		for (size_t i = 0; i < blob.n; i++)
			filter_add(filter, bucket, hash_at(&blob, i));
}

static const char all_blobs[] = "SELECT bucket, data FROM band";

/* b->filter from the table and what waits to be written there. */
static int make_filter(struct store *s, struct pdx_err *err)
{
	struct bands *b = &s->bands;
	unsigned char *filter = mem_pages(FILTER_BYTES);
	sqlite3_stmt *stmt = NULL;
	int got = filter ? db_prepare(&stmt, s->db, all_blobs, err) : err_nomem(err);

	while (!got && (got = db_step(stmt, err)) == 1) {
		filter_blob(filter, (uint32_t)sqlite3_column_int64(stmt, 0),
			    sqlite3_column_blob(stmt, 1),
			    (size_t)sqlite3_column_bytes(stmt, 1));
		got = 0;
	}
	sqlite3_finalize(stmt);
	for (uint32_t bucket = 0; !got && b->first && bucket < BAND_BUCKETS; bucket++)
		for (const struct band_change *c = first_change(b, bucket); c;
		     c = next_change(b, c))
			filter_add(filter, bucket, c->entry.hash);
	if (got)
		mem_pages_free(filter, FILTER_BYTES);
	else
		b->filter = filter;
	return got;
}

/* *none: no entry has ${hash}, as far as that is known without reading blobs. */
static int ask_filter(bool *none, struct store *s, uint32_t hash, struct pdx_err *err)
{
	struct bands *b = &s->bands;
	uint32_t bit = filter_bit(bucket_of(hash), (uint16_t)hash);
	int status = 0;

	/* Only a writer's: nobody else adds entries as long as it is open. */
	if (s->writable && !b->filter && b->asked++ >= FILTER_AFTER)
		status = make_filter(s, err);
	*none = b->filter && !(b->filter[bit / 8] >> bit % 8 & 1);
	return status;
}

/* ---- answers and changes -------------------------------------------------- */

int bands_find(int64_t *rows, size_t *n, size_t most, struct store *s, uint32_t hash,
	       int64_t row, struct pdx_err *err)
{
	const uint32_t numbers[] = { bucket_of(hash), LATELY + bucket_of(hash) };
	struct bands *b = &s->bands;
	const struct band_change *c;
	struct band_blob blob;
	sqlite3_stmt *stmt;
	bool none;
	int status = ask_filter(&none, s, hash, err);

	*n = 0;
	if (status || none)
		return status;
	for (size_t i = 0; i < 2 && *n < most; i++) {
		int got = read_blob(&blob, &stmt, s, numbers[i], err);

		if (got < 0)
			return got;
		find_in(rows, n, most, b, &blob, hash, (uint32_t)row);
		sqlite3_reset(stmt);
		if (blob.rows.bad)
			return damaged(numbers[i], err);
	}
	for (c = first_change(b, bucket_of(hash)); c && *n < most;
	     c = next_change(b, c))
		if (c->kind == BAND_ADDED && c->entry.hash == (uint16_t)hash &&
		    c->entry.row != row)
			rows[(*n)++] = c->entry.row;
	return 0;
}

static bool have_buckets(struct bands *b)
{
	if (!b->first) {
		b->first = calloc(BAND_BUCKETS, sizeof(*b->first));
		b->last = calloc(BAND_BUCKETS, sizeof(*b->last));
	}
	if (b->first && b->last)
		return true;
	bands_drop(b);
	return false;
}

static int change(struct bands *b, uint32_t bucket, struct band_entry e, int kind,
		  struct pdx_err *err)
{
	if (!have_buckets(b) || !mem_grow(&b->v, &b->cap, b->n + 1, sizeof(*b->v)))
		return err_nomem(err);
	b->v[b->n++] = (struct band_change){ .entry = e, .next = 0 };
	b->v[b->n - 1].kind = kind == BAND_ADDED ? BAND_ADDED : BAND_REMOVED;
	b->removed += kind == BAND_REMOVED;
	if (b->last[bucket])
		b->v[b->last[bucket] - 1].next = (uint32_t)b->n;
	else
		b->first[bucket] = (uint32_t)b->n;
	b->last[bucket] = (uint32_t)b->n;
	return 0;
}

int bands_add(struct bands *b, uint32_t hash, int64_t row, struct pdx_err *err)
{
	struct band_entry e = { (uint32_t)row, (uint16_t)hash };

	if (b->filter)
		filter_add(b->filter, bucket_of(hash), e.hash);
	return change(b, bucket_of(hash), e, BAND_ADDED, err);
}

int bands_remove(struct bands *b, uint32_t hash, int64_t row, struct pdx_err *err)
{
	struct band_entry e = { (uint32_t)row, (uint16_t)hash };
	struct band_change *added = find_change(b, bucket_of(hash), &e, BAND_ADDED);

	if (!added)
		return change(b, bucket_of(hash), e, BAND_REMOVED, err);
	added->kind = BAND_NOTHING;
	return 0;
}

/* A blob that is made of parts: b->hashes and b->rows, which end_blob() puts together.
 */
struct making {
	struct bands *b;
	size_t n, dropped;
	uint32_t last;
};

static struct making begin_blob(struct bands *b)
{
	buf_reset(&b->hashes);
	buf_reset(&b->rows);
	return (struct making){ .b = b };
}

static void put_entry(struct making *m, const struct band_entry *e)
{
	buf_putc(&m->b->hashes, (char)e->hash);
	buf_putc(&m->b->hashes, (char)(e->hash >> 8));
	buf_put_varint(&m->b->rows, e->row - m->last);
	m->last = e->row;
	m->n++;
}

/* All entries of ${blob}, as they stand there. */
static void put_blob(struct making *m, struct band_blob *blob)
{
	if (!blob->n)
		return;
	buf_put(&m->b->hashes, blob->hashes, blob->n * sizeof(uint16_t));
	buf_put_varint(&m->b->rows, (uint32_t)bytes_varint(&blob->rows) - m->last);
	buf_put(&m->b->rows, blob->rows.p, (size_t)(blob->rows.end - blob->rows.p));
	m->last = blob->last;
	m->n += blob->n;
}

/* The entries of ${blob} that were not removed. */
static void put_rest(struct making *m, struct band_blob *blob, uint32_t bucket)
{
	struct band_entry e = { 0, 0 };

	for (size_t i = 0; i < blob->n; i++) {
		e.hash = hash_at(blob, i);
		e.row += (uint32_t)bytes_varint(&blob->rows);
		if (find_change(m->b, bucket, &e, BAND_REMOVED))
			m->dropped++;
		else
			put_entry(m, &e);
	}
}

/* Write what was made as blob ${number}. */
static int end_blob(const struct making *m, struct store *s, uint32_t number,
		    struct pdx_err *err)
{
	struct buf *blob = &m->b->blob;
	sqlite3_stmt *stmt =
		store_stmt(s, m->n ? STMT_BAND_PUT : STMT_BAND_DELETE, err);

	if (!stmt)
		return PDX_E_INDEX;
	buf_reset(blob);
	buf_put_varint(blob, m->n);
	buf_put_varint(blob, m->last);
	buf_put(blob, m->b->hashes.data, m->b->hashes.len);
	buf_put(blob, m->b->rows.data, m->b->rows.len);
	if (!buf_ok(blob) || !buf_ok(&m->b->hashes) || !buf_ok(&m->b->rows))
		return err_nomem(err);
	sqlite3_bind_int64(stmt, 1, number);
	if (m->n)
		db_bind_blob(stmt, 2, blob->data, blob->len);
	return db_run(stmt, err);
}

/* Add blob ${number} to ${m}; ${removing}: but for what was removed. */
static int take_blob(struct making *m, struct store *s, uint32_t number, bool removing,
		     struct pdx_err *err)
{
	struct band_blob blob;
	sqlite3_stmt *stmt;
	int got = read_blob(&blob, &stmt, s, number, err);

	if (got < 0)
		return got;
	if (removing)
		put_rest(m, &blob, number % LATELY);
	else
		put_blob(m, &blob);
	sqlite3_reset(stmt);
	return blob.rows.bad ? damaged(number, err) : 0;
}

/* Write the changes of ${bucket}; *bytes is what it then has that came lately. */
static int flush_bucket(size_t *bytes, struct store *s, uint32_t bucket,
			struct pdx_err *err)
{
	struct bands *b = &s->bands;
	bool removing = b->removed != 0;
	struct making m = begin_blob(b);
	const struct band_change *c;
	int status = 0;

	if (removing) {
		status = take_blob(&m, s, bucket, true, err);
		if (!status && m.dropped)
			status = end_blob(&m, s, bucket, err);
		m = begin_blob(b);
	}
	if (!status)
		status = take_blob(&m, s, LATELY + bucket, removing, err);
	for (c = first_change(b, bucket); c; c = next_change(b, c))
		if (c->kind == BAND_ADDED)
			put_entry(&m, &c->entry);
	if (!status)
		status = end_blob(&m, s, LATELY + bucket, err);
	*bytes = m.n ? b->blob.len : 0;
	return status;
}

/* What came lately goes behind what is older. */
static int age(struct store *s, uint32_t bucket, struct pdx_err *err)
{
	struct making m = begin_blob(&s->bands);
	int status = take_blob(&m, s, bucket, false, err);
	size_t older = m.n;

	if (!status)
		status = take_blob(&m, s, LATELY + bucket, false, err);
	if (status || m.n == older)
		return status;
	status = end_blob(&m, s, bucket, err);
	m = begin_blob(&s->bands);
	return status ? status : end_blob(&m, s, LATELY + bucket, err);
}

static int flush_neighbours(struct store *s, uint32_t first, struct pdx_err *err)
{
	size_t changed = 0, all = 0, bytes;
	uint32_t i;
	int status = 0;

	for (i = first; i < first + NEIGHBOURS && !status; i++) {
		if (!s->bands.first[i])
			continue;
		status = flush_bucket(&bytes, s, i, err);
		all += bytes;
		changed++;
	}
	if (all <= changed * LATELY_BYTES)
		return status;
	for (i = first; i < first + NEIGHBOURS && !status; i++)
		status = age(s, i, err);
	return status;
}

int bands_flush(struct store *s, struct pdx_err *err)
{
	struct bands *b = &s->bands;
	uint32_t first;
	int status = 0;

	for (first = 0; b->first && first < BAND_BUCKETS && !status;
	     first += NEIGHBOURS)
		status = flush_neighbours(s, first, err);
	bands_drop(b);
	return status;
}

/* Whether ${blob} is whole: rows for all its entries, the last as it says. */
static bool is_whole(struct band_blob *blob)
{
	uint32_t row = 0;

	for (size_t i = 0; i < blob->n; i++)
		row += (uint32_t)bytes_varint(&blob->rows);
	return !blob->rows.bad && blob->rows.p == blob->rows.end && row == blob->last;
}

int bands_count(uint64_t *n, struct store *s, struct pdx_err *err)
{
	const struct bands *b = &s->bands;
	sqlite3_stmt *stmt = NULL;
	size_t i;
	int got = db_prepare(&stmt, s->db, all_blobs, err);

	*n = 0;
	while (!got && (got = db_step(stmt, err)) == 1) {
		struct band_blob blob;

		if (open_blob(&blob, sqlite3_column_blob(stmt, 1),
			      (size_t)sqlite3_column_bytes(stmt, 1)) &&
		    is_whole(&blob))
			*n += blob.n;
		got = 0;
	}
	sqlite3_finalize(stmt);
	for (i = 0; i < b->n; i++)
		*n += b->v[i].kind == BAND_ADDED;
	*n -= b->removed;
	return got;
}
