/* FTS5's records of what it has.  Knows their bytes; no pages and no terms. */
#include "engine/sqlite/structure.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/doclist.h"

enum {
	AVERAGES_ID = 1, /* of text_data */
	STRUCTURE_ID = 10,
	SEGMENTS_MAX = 2000, /* FTS5 has no more */
	LEVELS_MAX = 64,
	LEVEL_SEGMENTS = 16,
	LEVEL_PAGES = 1024 /* of FTS5's 4 KB: a segment of so many is for level 1 */
};

/* Varints of a record, one after another; ${bad} from the first that is not there. */
struct reader {
	const uint8_t *p;
	size_t n;
	bool bad;
};

static uint64_t next(struct reader *r)
{
	uint64_t v = 0;
	size_t used = fts5_varint_get(&v, r->p, r->n);

	r->p += used;
	r->n -= used;
	r->bad = r->bad || !used;
	return v;
}

static int damaged(struct pdx_err *err)
{
	return err_set(err, PDX_E_INDEX, "index is damaged: list of segments");
}

static int read_level(struct structure_level *l, struct reader *r, struct pdx_err *err)
{
	uint64_t n;
	size_t i;

	l->merging = next(r);
	n = next(r);
	if (r->bad || n > SEGMENTS_MAX)
		return damaged(err);
	l->v = calloc(n + 1, sizeof(*l->v)); /* one more: not none */
	if (!l->v)
		return err_nomem(err);
	l->n = (size_t)n;
	for (i = 0; i < l->n; i++) {
		l->v[i].id = (int64_t)next(r);
		l->v[i].first = next(r);
		l->v[i].last = next(r);
		if (r->bad || l->v[i].id < 1 || l->v[i].id > SEGMENTS_MAX)
			return damaged(err);
	}
	return 0;
}

static int parse(struct structure *s, const uint8_t *bytes, size_t n,
		 struct pdx_err *err)
{
	struct reader r = { .p = bytes + sizeof(s->cookie) };
	uint64_t nlevels;
	size_t i;
	int status = 0;

	if (n < sizeof(s->cookie))
		return damaged(err);
	r.n = n - sizeof(s->cookie);
	memcpy(s->cookie, bytes, sizeof(s->cookie));
	nlevels = next(&r);
	next(&r); /* segments of all levels */
	s->written = next(&r);
	if (r.bad || nlevels > LEVELS_MAX)
		return damaged(err);
	s->nlevels = nlevels ? (size_t)nlevels : 1; /* a level 0 for the newest */
	s->levels = calloc(s->nlevels, sizeof(*s->levels));
	if (!s->levels)
		return err_nomem(err);
	for (i = 0; i < nlevels && !status; i++)
		status = read_level(&s->levels[i], &r, err);
	return status;
}

static int get(sqlite3_stmt **out, sqlite3 *db, int64_t id, struct pdx_err *err)
{
	int got = db_prepare(out, db, "SELECT block FROM text_data WHERE id = ?1", err);

	if (got)
		return got;
	sqlite3_bind_int64(*out, 1, id);
	got = db_step(*out, err);
	return got == 0 ? damaged(err) : got < 0 ? got : 0;
}

int structure_read(struct structure *out, sqlite3 *db, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = get(&stmt, db, STRUCTURE_ID, err);

	memset(out, 0, sizeof(*out));
	if (!status)
		status = parse(out, sqlite3_column_blob(stmt, 0),
			       (size_t)sqlite3_column_bytes(stmt, 0), err);
	sqlite3_finalize(stmt);
	return status;
}

void structure_release(struct structure *s)
{
	size_t i;

	for (i = 0; s->levels && i < s->nlevels; i++)
		free(s->levels[i].v);
	free(s->levels);
	memset(s, 0, sizeof(*s));
}

static uint64_t count_segments(const struct structure *s)
{
	uint64_t n = 0;
	size_t level;

	for (level = 0; level < s->nlevels; level++)
		n += s->levels[level].n;
	return n;
}

int structure_free_id(int64_t *id, const struct structure *s, struct pdx_err *err)
{
	bool used[SEGMENTS_MAX + 1] = { false };
	size_t level, i;

	for (level = 0; level < s->nlevels; level++)
		for (i = 0; i < s->levels[level].n; i++)
			used[s->levels[level].v[i].id] = true;
	for (*id = 1; *id <= SEGMENTS_MAX && used[*id]; (*id)++)
		;
	return *id <= SEGMENTS_MAX
		       ? 0
		       : err_set(err, PDX_E_INDEX,
				 "the full-text index has too many segments");
}

static void put(struct buf *b, uint64_t v)
{
	uint8_t bytes[FTS5_VARINT_MAX];

	buf_put(b, bytes, fts5_varint_put(bytes, v));
}

static int write_record(sqlite3_stmt *stmt, int64_t id, struct buf *bytes,
			struct pdx_err *err)
{
	int status = buf_ok(bytes) ? 0 : err_nomem(err);

	if (!status) {
		sqlite3_bind_int64(stmt, 1, id);
		db_bind_blob(stmt, 2, bytes->data, bytes->len);
		status = db_run(stmt, err);
	}
	buf_release(bytes);
	return status;
}

/* Sixteen segments of a level make one of the next. */
static size_t level_of(uint64_t pages)
{
	size_t level = 0;

	for (; pages >= LEVEL_PAGES; pages /= LEVEL_SEGMENTS)
		level++;
	return level;
}

/* Have a level ${level}, and room in it for a segment more. */
static struct structure_level *have_level(struct structure *s, size_t level,
					  struct pdx_err *err)
{
	struct structure_level *l;
	struct structure_segment *v;

	if (level >= s->nlevels) {
		l = calloc(level + 1, sizeof(*l));
		if (!l) {
			err_nomem(err);
			return NULL;
		}
		memcpy(l, s->levels, s->nlevels * sizeof(*l));
		free(s->levels);
		s->levels = l;
		s->nlevels = level + 1;
	}
	l = &s->levels[level];
	v = realloc(l->v, (l->n + 1) * sizeof(*v));
	if (!v) {
		err_nomem(err);
		return NULL;
	}
	l->v = v;
	return l;
}

int structure_add(struct structure *s, int64_t id, uint64_t pages, struct pdx_err *err)
{
	struct structure_level *l = have_level(s, level_of(pages), err);

	if (!l)
		return PDX_E_NOMEM;
	l->v[l->n++] = (struct structure_segment){ id, 1, pages };
	return 0;
}

static uint64_t pages_of(const struct structure_level *l)
{
	uint64_t n = 0;
	size_t i;

	for (i = 0; i < l->n; i++)
		n += l->v[i].last - l->v[i].first + 1;
	return n;
}

const struct structure_level *structure_ripe(const struct structure *s, size_t full,
					     uint64_t most)
{
	size_t level;

	for (level = 0; level < s->nlevels && level + 1 < LEVELS_MAX; level++) {
		const struct structure_level *l = &s->levels[level];
		bool apart = !l->merging && !(level && l[-1].merging);

		if (l->n >= full)
			return apart && pages_of(l) <= most ? l : NULL;
	}
	return NULL;
}

int structure_merged(struct structure *s, size_t level, int64_t id, uint64_t pages,
		     struct pdx_err *err)
{
	struct structure_level *above = have_level(s, level + 1, err);

	if (!above)
		return PDX_E_NOMEM;
	s->levels[level].n = 0;
	if (pages)
		above->v[above->n++] = (struct structure_segment){ id, 1, pages };
	return 0;
}

/* A level into which another is being merged has a segment already. */
static void drop_empty_levels(struct structure *s)
{
	size_t from, to = 1;

	for (from = 1; from < s->nlevels; from++)
		if (s->levels[from].n)
			s->levels[to++] = s->levels[from];
		else
			free(s->levels[from].v);
	s->nlevels = to;
}

int structure_tidy(struct structure *s, struct pdx_err *err)
{
	struct structure_segment only;
	struct structure_level *l;
	uint64_t pages;

	drop_empty_levels(s);
	if (s->nlevels > 2 || count_segments(s) != 1)
		return 0;
	l = &s->levels[s->nlevels - 1];
	if (!l->n || l->merging)
		return 0;
	only = l->v[0];
	l->n = 0;
	pages = only.last - only.first + 1;
	l = have_level(s, level_of(pages), err);
	if (!l)
		return PDX_E_NOMEM;
	l->v[l->n++] = only;
	if (level_of(pages) + 1 < s->nlevels)
		drop_empty_levels(s);
	return 0;
}

int structure_write(const struct structure *s, sqlite3_stmt *stmt, struct pdx_err *err)
{
	struct buf bytes = { 0 };
	size_t level, i;

	buf_put(&bytes, s->cookie, sizeof(s->cookie));
	put(&bytes, s->nlevels);
	put(&bytes, count_segments(s));
	put(&bytes, s->written);
	for (level = 0; level < s->nlevels; level++) {
		put(&bytes, s->levels[level].merging);
		put(&bytes, s->levels[level].n);
		for (i = 0; i < s->levels[level].n; i++) {
			put(&bytes, (uint64_t)s->levels[level].v[i].id);
			put(&bytes, s->levels[level].v[i].first);
			put(&bytes, s->levels[level].v[i].last);
		}
	}
	return write_record(stmt, STRUCTURE_ID, &bytes, err);
}

bool structure_crowded(const struct structure *s, size_t most)
{
	size_t level;

	for (level = 0; level < s->nlevels; level++)
		if (s->levels[level].n >= most || s->levels[level].merging)
			return true;
	return false;
}

uint64_t structure_newest(const struct structure *s)
{
	const struct structure_level *l = &s->levels[0];

	return l->n ? l->v[l->n - 1].last - l->v[l->n - 1].first + 1 : 0;
}

int averages_add(sqlite3 *db, uint64_t rows, const uint64_t tokens[TEXT_COLUMNS],
		 struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL, *write = NULL;
	struct reader r = { 0 };
	struct buf bytes = { 0 };
	int column, status = get(&stmt, db, AVERAGES_ID, err);

	if (status)
		goto out;
	r.p = sqlite3_column_blob(stmt, 0);
	r.n = (size_t)sqlite3_column_bytes(stmt, 0);
	/* An index without rows has an empty record. */
	put(&bytes, (r.n ? next(&r) : 0) + rows);
	for (column = 0; column < TEXT_COLUMNS; column++)
		put(&bytes, (r.n ? next(&r) : 0) + tokens[column]);
	sqlite3_reset(stmt);
	status = r.bad ? damaged(err)
		       : db_prepare(&write, db,
				    "REPLACE INTO text_data(id, block)"
				    " VALUES(?1, ?2)",
				    err);
	if (!status)
		status = write_record(write, AVERAGES_ID, &bytes, err);
out:
	buf_release(&bytes);
	sqlite3_finalize(write);
	sqlite3_finalize(stmt);
	return status;
}
