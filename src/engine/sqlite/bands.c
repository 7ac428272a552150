/* Bands in their table.  Knows hashes and rows; not what is a near-copy. */
#include "engine/sqlite/bands.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"

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
	free(b->entries);
	buf_release(&b->blob);
	memset(b, 0, sizeof(*b));
}

static uint32_t bucket_of(uint32_t hash)
{
	return hash >> (32 - BAND_BUCKET_BITS);
}

static int damaged(int64_t bucket, struct pdx_err *err)
{
	return err_set(err, PDX_E_INDEX, "index is damaged: bands %lld",
		       (long long)bucket);
}

/* The next entry of a blob; false: there is none, or in->bad. */
static bool next(struct band_entry *e, struct bytes *in)
{
	const unsigned char *hash;

	if (in->p == in->end || !(hash = bytes_take(in, sizeof(e->hash))))
		return false;
	e->hash = (uint16_t)(hash[0] | hash[1] << 8);
	e->row += (uint32_t)bytes_varint(in);
	return !in->bad;
}

/* 1: *in is the blob of ${bucket}, as long as *stmt is not reset; 0: there is none. */
static int read_bucket(struct bytes *in, sqlite3_stmt **stmt, struct store *s,
		       uint32_t bucket, struct pdx_err *err)
{
	int got;

	*in = (struct bytes){ NULL, NULL, false };
	*stmt = store_stmt(s, STMT_BAND, err);
	if (!*stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(*stmt, 1, bucket);
	got = db_step(*stmt, err);
	if (got == 1) {
		in->p = sqlite3_column_blob(*stmt, 0);
		in->end = in->p + sqlite3_column_bytes(*stmt, 0);
	}
	return got;
}

/* ${bucket} was read: its entries were whole, or not. */
static int end_bucket(const struct bytes *in, sqlite3_stmt *stmt, uint32_t bucket,
		      struct pdx_err *err)
{
	sqlite3_reset(stmt);
	return in->bad ? damaged(bucket, err) : 0;
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

int bands_find(int64_t *rows, size_t *n, size_t most, struct store *s, uint32_t hash,
	       int64_t row, struct pdx_err *err)
{
	struct bands *b = &s->bands;
	uint32_t bucket = bucket_of(hash);
	struct band_entry e = { 0, 0 };
	const struct band_change *c;
	sqlite3_stmt *stmt;
	struct bytes in;
	int got = read_bucket(&in, &stmt, s, bucket, err);

	*n = 0;
	if (got < 0)
		return got;
	while (*n < most && next(&e, &in))
		if (e.hash == (uint16_t)hash && e.row != row &&
		    !(b->removed && find_change(b, bucket, &e, BAND_REMOVED)))
			rows[(*n)++] = e.row;
	got = end_bucket(&in, stmt, bucket, err);
	if (got)
		return got;
	for (c = first_change(b, bucket); c && *n < most; c = next_change(b, c))
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

static bool put_entry(struct bands *b, size_t *n, const struct band_entry *e)
{
	if (!mem_grow(&b->entries, &b->entries_cap, *n + 1, sizeof(*b->entries)))
		return false;
	b->entries[(*n)++] = *e;
	return true;
}

static int by_row(const void *x, const void *y)
{
	const struct band_entry *a = x, *b = y;

	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	return (a->hash > b->hash) - (a->hash < b->hash);
}

/* All entries of ${bucket} as they are to be, by row. */
static int collect(size_t *n, struct store *s, uint32_t bucket, struct pdx_err *err)
{
	struct bands *b = &s->bands;
	struct band_entry e = { 0, 0 };
	const struct band_change *c;
	sqlite3_stmt *stmt;
	struct bytes in;
	bool ok = true;
	int got = read_bucket(&in, &stmt, s, bucket, err);

	*n = 0;
	if (got < 0)
		return got;
	while (ok && next(&e, &in))
		if (!b->removed || !find_change(b, bucket, &e, BAND_REMOVED))
			ok = put_entry(b, n, &e);
	got = end_bucket(&in, stmt, bucket, err);
	if (got)
		return got;
	for (c = first_change(b, bucket); c && ok; c = next_change(b, c))
		if (c->kind == BAND_ADDED)
			ok = put_entry(b, n, &c->entry);
	if (*n)
		qsort(b->entries, *n, sizeof(*b->entries), by_row);
	return ok ? 0 : err_nomem(err);
}

static void encode(struct buf *out, const struct band_entry *e, uint32_t before)
{
	buf_putc(out, (char)e->hash);
	buf_putc(out, (char)(e->hash >> 8));
	buf_put_varint(out, e->row - before);
}

/* Make b->blob what is to be written of ${bucket}. */
static int rebuild(struct store *s, uint32_t bucket, struct pdx_err *err)
{
	struct bands *b = &s->bands;
	uint32_t before = 0;
	size_t n, i;
	int status = collect(&n, s, bucket, err);

	buf_reset(&b->blob);
	for (i = 0; i < n && !status; i++) {
		encode(&b->blob, &b->entries[i], before);
		before = b->entries[i].row;
	}
	return status;
}

static int write_bucket(struct store *s, uint32_t bucket, struct pdx_err *err)
{
	const struct buf *blob = &s->bands.blob;
	sqlite3_stmt *stmt =
		store_stmt(s, blob->len ? STMT_BAND_PUT : STMT_BAND_DELETE, err);

	if (!stmt)
		return PDX_E_INDEX;
	if (!buf_ok(blob))
		return err_nomem(err);
	sqlite3_bind_int64(stmt, 1, bucket);
	if (blob->len)
		db_bind_blob(stmt, 2, blob->data, blob->len);
	return db_run(stmt, err);
}

/* Make b->blob the blob of ${bucket} as it is, and the changes behind it.  *done is false
 * where they do not all come behind it, which is rare. */
static int append(bool *done, struct store *s, uint32_t bucket, struct pdx_err *err)
{
	struct bands *b = &s->bands;
	struct band_entry last = { 0, 0 };
	const struct band_change *c;
	sqlite3_stmt *stmt;
	struct bytes in;
	int got = read_bucket(&in, &stmt, s, bucket, err);

	*done = false;
	if (got < 0)
		return got;
	buf_reset(&b->blob);
	buf_put(&b->blob, in.p, (size_t)(in.end - in.p));
	while (next(&last, &in))
		;
	got = end_bucket(&in, stmt, bucket, err);
	if (got)
		return got;
	for (c = first_change(b, bucket); c; c = next_change(b, c)) {
		if (c->kind != BAND_ADDED || by_row(&last, &c->entry) > 0)
			return 0;
		encode(&b->blob, &c->entry, last.row);
		last = c->entry;
	}
	*done = true;
	return 0;
}

int bands_flush(struct store *s, struct pdx_err *err)
{
	struct bands *b = &s->bands;
	uint32_t bucket;
	int status = 0;

	for (bucket = 0; b->first && bucket < BAND_BUCKETS && !status; bucket++) {
		bool done = false;

		if (!b->first[bucket])
			continue;
		if (!b->removed)
			status = append(&done, s, bucket, err);
		if (!status && !done)
			status = rebuild(s, bucket, err);
		if (!status)
			status = write_bucket(s, bucket, err);
	}
	bands_drop(b);
	return status;
}

int bands_count(uint64_t *n, struct store *s, struct pdx_err *err)
{
	const struct bands *b = &s->bands;
	sqlite3_stmt *stmt = NULL;
	size_t i;
	int got = db_prepare(&stmt, s->db, "SELECT bucket, data FROM band", err);

	*n = 0;
	while (!got && (got = db_step(stmt, err)) == 1) {
		const unsigned char *blob = sqlite3_column_blob(stmt, 1);
		struct bytes in = { blob, NULL, !blob };
		struct band_entry e = { 0, 0 };

		in.end = blob ? blob + sqlite3_column_bytes(stmt, 1) : NULL;
		while (next(&e, &in))
			(*n)++;
		got = 0;
	}
	sqlite3_finalize(stmt);
	for (i = 0; i < b->n; i++)
		*n += b->v[i].kind == BAND_ADDED;
	*n -= b->removed;
	return got;
}
