/* The table frequency.  Knows ids and numbers; no words. */
#include "engine/sqlite/frequency.h"

#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/db.h"

/* Ids count, whatever words were sorted out since. */
int frequency_next_id(uint32_t *id, sqlite3 *db, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, db,
			     "SELECT block, length(data) FROM frequency"
			     " ORDER BY block DESC LIMIT 1",
			     err);

	*id = 0;
	if (!got)
		got = db_step(stmt, err);
	if (got == 1)
		*id = (uint32_t)(sqlite3_column_int64(stmt, 0) * FREQUENCIES +
				 sqlite3_column_int64(stmt, 1) / FREQUENCY_SIZE);
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

static int by_id(const void *a, const void *b)
{
	const struct frequency_change *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

struct block {
	unsigned char data[FREQUENCIES * FREQUENCY_SIZE];
	size_t len;
};

/* What block ${number} does not have is 0. */
static int read_block(struct block *b, sqlite3_stmt *stmt, uint32_t number,
		      struct pdx_err *err)
{
	int got;

	memset(b, 0, sizeof(*b));
	sqlite3_bind_int64(stmt, 1, number);
	got = db_step(stmt, err);
	if (got != 1)
		return got;
	b->len = (size_t)sqlite3_column_bytes(stmt, 0);
	if (b->len > 0 && b->len <= sizeof(b->data))
		memcpy(b->data, sqlite3_column_blob(stmt, 0), b->len);
	sqlite3_reset(stmt);
	return b->len <= sizeof(b->data)
		       ? 0
		       : err_set(err, PDX_E_INDEX,
				 "index is damaged: frequencies %u", number);
}

static void apply(struct block *b, const struct frequency_change *c)
{
	size_t i = c->id % FREQUENCIES, end = (i + 1) * FREQUENCY_SIZE;
	unsigned char *p = b->data + i * FREQUENCY_SIZE;
	uint32_t df = frequency_get(b->data, i) + (uint32_t)c->delta; /* it may fall */

	p[0] = (unsigned char)df;
	p[1] = (unsigned char)(df >> 8);
	p[2] = (unsigned char)(df >> 16);
	p[3] = (unsigned char)(df >> 24);
	b->len = b->len < end ? end : b->len;
	*c->df = df;
}

static int write_all(sqlite3_stmt *get, sqlite3_stmt *put,
		     const struct frequency_change *v, size_t n, struct pdx_err *err)
{
	struct block b;
	size_t i = 0;
	int status = 0;

	while (i < n && !status) {
		uint32_t number = v[i].id / FREQUENCIES;

		status = read_block(&b, get, number, err);
		if (status)
			return status;
		for (; i < n && v[i].id / FREQUENCIES == number; i++)
			apply(&b, &v[i]);
		sqlite3_bind_int64(put, 1, number);
		db_bind_blob(put, 2, b.data, b.len);
		status = db_run(put, err);
	}
	return status;
}

int frequency_write(sqlite3 *db, struct frequency_change *v, size_t n,
		    struct pdx_err *err)
{
	sqlite3_stmt *get = NULL, *put = NULL;
	int status = db_prepare(&get, db, "SELECT data FROM frequency WHERE block = ?1",
				err);

	if (!status)
		status = db_prepare(&put, db,
				    "REPLACE INTO frequency(block, data) VALUES(?1, ?2)",
				    err);
	if (n)
		qsort(v, n, sizeof(*v), by_id);
	if (!status)
		status = write_all(get, put, v, n, err);
	sqlite3_finalize(get);
	sqlite3_finalize(put);
	return status;
}
