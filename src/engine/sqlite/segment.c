/*
 * Pages of a segment.  Knows FTS5's format on disk; nothing of articles, and no FTS5.
 */
#include "engine/sqlite/segment.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/doclist.h"
#include "engine/sqlite/structure.h"

enum {
	PAGE = 4050, /* bytes, FTS5's own default: four fill a page of the file */
	HEADER = SEGMENT_HEADER,
	MAIN_INDEX = '0', /* before every term; prefix indexes have other digits */
	TERM_MAX = 256,
	ROOM = 64, /* over PAGE: a row and a length that end a page */
	/* A doclist has an index of its pages where so many of them have no term. */
	INDEXED_PAGES = 4,
	LEVELS = 6 /* of that index: more than a file can fill */
};

/* One level of the index of a doclist's pages: its current page. */
struct rows_level {
	struct buf bytes;
	uint32_t page;
	int64_t row; /* the last one, where the page has any */
	bool any;
};

struct segment {
	sqlite3 *db;
	sqlite3_stmt *data, *idx;
	struct structure structure;
	int64_t id;
	struct pdx_err *err;
	uint8_t leaf[PAGE + TERM_MAX + ROOM];
	size_t n; /* bytes of ${leaf} */
	uint8_t offsets[PAGE + TERM_MAX + ROOM]; /* of the leaf's terms */
	size_t noffsets, last_offset;
	uint32_t page; /* number of the leaf, from 1 */
	bool any_term, any_row; /* in the leaf */
	uint8_t term[TERM_MAX];
	size_t termlen; /* of the last term */
	int64_t row;    /* of the last term, the last one */
	/* What is to be written to text_idx: the leaf and what its first term begins
	 * with; 0: nothing. */
	uint32_t idx_page;
	uint8_t idx_term[TERM_MAX];
	size_t idx_len;
	struct rows_level levels[LEVELS];
	size_t bare; /* leaves without a term since the last that has one */
};

static void put16(uint8_t *p, size_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static int write_page(struct segment *s, int64_t index, int64_t level, uint32_t page,
		      const void *bytes, size_t n)
{
	int64_t id = segment_page_id(s->id, page) |
		     index << (SEGMENT_PAGE_BITS + SEGMENT_LEVEL_BITS) |
		     level << SEGMENT_PAGE_BITS;

	sqlite3_bind_int64(s->data, 1, id);
	db_bind_blob(s->data, 2, bytes, n);
	return db_run(s->data, s->err);
}

/* ---- the index of a doclist's pages --------------------------------------- */

static void put_varint(struct buf *b, uint64_t v)
{
	uint8_t bytes[FTS5_VARINT_MAX];

	buf_put(b, bytes, fts5_varint_put(bytes, v));
}

static void level_reset(struct rows_level *l)
{
	buf_reset(&l->bytes);
	l->any = false;
}

/* The page of level ${at} is full: write it, and have the level above know of it. */
static int level_turn(struct segment *s, size_t at)
{
	struct rows_level *l = &s->levels[at], *above = l + 1;
	uint64_t page, row = 0;
	const uint8_t *bytes = (const uint8_t *)l->bytes.data;
	size_t n = l->bytes.len, used;
	int status;

	if (at + 1 == LEVELS)
		return err_set(s->err, PDX_E_INDEX, "a doclist is too long");
	l->bytes.data[0] = 1; /* there is a level above */
	status = write_page(s, 1, (int64_t)at, l->page, bytes, n);
	if (!status && !above->bytes.len) {
		used = 1 + fts5_varint_get(&page, bytes + 1, n - 1);
		fts5_varint_get(&row, bytes + used, n - used);
		above->page = l->page;
		put_varint(&above->bytes, 0);
		put_varint(&above->bytes, l->page);
		put_varint(&above->bytes, row);
		above->any = true;
		above->row = (int64_t)row;
	}
	level_reset(l);
	l->page++;
	return status;
}

/* ${row} is the first of the leaf that is being written. */
static int index_row(struct segment *s, int64_t row)
{
	size_t at;
	bool turned = true;
	int status = 0;

	for (at = 0; turned && !status; at++) {
		struct rows_level *l = &s->levels[at];

		turned = l->bytes.len >= PAGE;
		if (turned)
			status = level_turn(s, at);
		if (l->any) {
			put_varint(&l->bytes, (uint64_t)(row - l->row));
		} else {
			put_varint(&l->bytes, turned);
			put_varint(&l->bytes, at ? s->levels[at - 1].page : s->page);
			put_varint(&l->bytes, (uint64_t)row);
		}
		l->any = true;
		l->row = row;
		if (!status && !buf_ok(&l->bytes))
			status = err_nomem(s->err);
	}
	return status;
}

/* The doclist is over: keep the index where it was long. */
static int end_index(bool *kept, struct segment *s)
{
	size_t at;
	int status = 0;

	*kept = s->levels[0].bytes.len && s->bare >= INDEXED_PAGES;
	for (at = 0; at < LEVELS && s->levels[at].bytes.len && !status; at++) {
		struct rows_level *l = &s->levels[at];

		if (*kept)
			status = write_page(s, 1, (int64_t)at, l->page, l->bytes.data,
					    l->bytes.len);
		level_reset(l);
	}
	s->bare = 0;
	return status;
}

/* ---- leaves --------------------------------------------------------------- */

static int write_idx(struct segment *s)
{
	bool indexed;
	int status = s->idx_page ? end_index(&indexed, s) : 0;

	if (status || !s->idx_page)
		return status;
	sqlite3_bind_int64(s->idx, 1, s->id);
	db_bind_blob(s->idx, 2, s->idx_term, s->idx_len);
	sqlite3_bind_int64(s->idx, 3, (int64_t)s->idx_page << 1 | indexed);
	s->idx_page = 0;
	return db_run(s->idx, s->err);
}

static int write_leaf(struct segment *s)
{
	int status;

	put16(s->leaf + 2, s->n);
	if (s->any_term) {
		memcpy(s->leaf + s->n, s->offsets, s->noffsets);
		s->n += s->noffsets;
	} else {
		if (!s->any_row && s->levels[0].bytes.len)
			buf_putc(&s->levels[0].bytes, 0);
		s->bare++;
	}
	status = write_page(s, 0, 0, s->page, s->leaf, s->n);
	memset(s->leaf, 0, HEADER);
	s->n = HEADER;
	s->noffsets = s->last_offset = 0;
	s->any_term = s->any_row = false;
	s->page++;
	return status;
}

static size_t shared_prefix(const uint8_t *a, size_t alen, const uint8_t *b, size_t blen)
{
	size_t n = alen < blen ? alen : blen, i = 0;

	while (i < n && a[i] == b[i])
		i++;
	return i;
}

/* The leaf's first term: text_idx gets what tells it from the term before. */
static int begin_leaf(struct segment *s, const uint8_t *term, size_t len, size_t shared)
{
	int status;

	if (s->page == 1)
		return 0; /* its row in text_idx has no term */
	status = write_idx(s);
	s->idx_len = s->termlen ? shared + 1 : len;
	memcpy(s->idx_term, term, s->idx_len);
	s->idx_page = s->page;
	return status;
}

static int put_term(struct segment *s, const uint8_t *term, size_t len)
{
	size_t shared = shared_prefix(s->term, s->termlen, term, len);
	int status = 0;

	if (s->n + s->noffsets + len + 2 >= PAGE && s->n > HEADER)
		status = write_leaf(s);
	s->noffsets += fts5_varint_put(s->offsets + s->noffsets, s->n - s->last_offset);
	s->last_offset = s->n;
	if (s->any_term)
		s->n += fts5_varint_put(s->leaf + s->n, shared);
	else if (!status)
		status = begin_leaf(s, term, len, shared);
	if (!s->any_term)
		shared = 0;
	s->n += fts5_varint_put(s->leaf + s->n, len - shared);
	memcpy(s->leaf + s->n, term + shared, len - shared);
	s->n += len - shared;
	memcpy(s->term, term, len);
	s->termlen = len;
	s->row = 0;
	s->any_term = s->any_row = true;
	s->levels[0].page = s->page;
	return status;
}

static void put_bytes(struct segment *s, const uint8_t *bytes, size_t n)
{
	memcpy(s->leaf + s->n, bytes, n);
	s->n += n;
}

/* Of ${n} bytes of varints as many whole ones as fit in ${room}, and at least one. */
static size_t whole_varints(const uint8_t *bytes, size_t n, size_t room)
{
	size_t end = 0, i;

	for (i = 0; i < n; i++) {
		if (bytes[i] & 0x80)
			continue;
		if (end && i + 1 > room)
			break;
		end = i + 1;
	}
	return end;
}

/* A position list and its length, over as many leaves as it takes. */
static int put_positions(struct segment *s, const uint8_t *bytes, size_t n)
{
	int status = 0;

	if (s->n + s->noffsets + n <= PAGE) {
		put_bytes(s, bytes, n);
		return 0;
	}
	while (n && !status) {
		size_t used = s->n + s->noffsets, room = used < PAGE ? PAGE - used : 0;
		size_t part = n <= room ? n : whole_varints(bytes, n, room);

		if (!part || part > room + FTS5_VARINT_MAX)
			return err_set(s->err, PDX_E_INDEX,
				       "index is damaged: a position list");
		put_bytes(s, bytes, part);
		bytes += part;
		n -= part;
		if (s->n + s->noffsets >= PAGE)
			status = write_leaf(s);
	}
	return status;
}

/* A row and its positions with their length; the first on a leaf says which it is, others
 * how far behind the one before. */
static int put_row(struct segment *s, int64_t row, const uint8_t *sized, size_t n)
{
	uint64_t from = s->any_row ? (uint64_t)s->row : 0;
	int status = 0;

	if (!s->any_row)
		put16(s->leaf, s->n);
	s->n += fts5_varint_put(s->leaf + s->n, (uint64_t)row - from);
	if (!s->any_row)
		status = index_row(s, row);
	s->any_row = true;
	s->row = row;
	return status ? status : put_positions(s, sized, n);
}

/* A doclist that does not fit on the leaf, row by row. */
static int put_doclist(struct segment *s, const uint8_t *doclist, size_t n)
{
	int64_t row = 0;
	int status = 0;

	while (n && !status) {
		uint64_t delta, twice;
		size_t len = fts5_varint_get(&delta, doclist, n), sized;

		row += (int64_t)delta;
		sized = fts5_varint_get(&twice, doclist + len, n - len);
		sized += (size_t)(twice >> 1);
		status = put_row(s, row, doclist + len, sized);
		doclist += len + sized;
		n -= len + sized;
	}
	return status;
}

int segment_term(struct segment *s, const uint8_t *term, size_t len, struct pdx_err *err)
{
	s->err = err;
	return len <= TERM_MAX ? put_term(s, term, len)
			       : err_set(err, PDX_E_INDEX,
					 "index is damaged: a term of %zu bytes", len);
}

int segment_row(struct segment *s, int64_t row, const uint8_t *sized, size_t n,
		struct pdx_err *err)
{
	s->err = err;
	return put_row(s, row, sized, n);
}

int segment_add(struct segment *s, const char *term, size_t len, const uint8_t *doclist,
		size_t n, struct pdx_err *err)
{
	uint8_t full[TERM_MAX];
	int status;

	s->err = err;
	full[0] = MAIN_INDEX;
	memcpy(full + 1, term, len);
	status = put_term(s, full, len + 1);
	if (status)
		return status;
	if (s->n + s->noffsets + n + 1 > PAGE)
		return put_doclist(s, doclist, n);
	put_bytes(s, doclist, n);
	return 0;
}

/* Write what is left. */
static int finish(uint64_t *pages, struct segment *s)
{
	int status = 0;

	if (s->n > HEADER)
		status = write_leaf(s);
	*pages = s->page - 1;
	return !status && *pages ? write_idx(s) : status;
}

int segment_end(uint64_t *pages, struct segment *s, struct pdx_err *err)
{
	int status;

	s->err = err;
	status = finish(pages, s);
	if (!status && *pages)
		status = structure_add(&s->structure, s->id, *pages, err);
	if (!status && *pages)
		status = structure_write(&s->structure, s->data, err);
	return status;
}

int segment_end_merge(struct segment *s, size_t level, struct pdx_err *err)
{
	uint64_t pages;
	int status;

	s->err = err;
	status = finish(&pages, s);
	if (!status)
		status = structure_merged(&s->structure, level, s->id, pages, err);
	return status ? status : structure_write(&s->structure, s->data, err);
}

/* ---- life ----------------------------------------------------------------- */

int segment_new(struct segment **out, sqlite3 *db, struct pdx_err *err)
{
	struct segment *s = calloc(1, sizeof(*s));
	int status;

	*out = NULL;
	if (!s)
		return err_nomem(err);
	s->db = db;
	s->n = HEADER;
	s->page = s->idx_page = 1;
	status = structure_read(&s->structure, db, err);
	if (!status)
		status = structure_free_id(&s->id, &s->structure, err);
	if (!status)
		status = db_prepare(&s->data, db,
					   "REPLACE INTO text_data(id, block)"
					   " VALUES(?1, ?2)",
					   err);
	if (!status)
		status = db_prepare(&s->idx, db,
					   "INSERT INTO text_idx(segid, term, pgno)"
					   " VALUES(?1, ?2, ?3)",
					   err);
	if (status)
		segment_free(s);
	else
		*out = s;
	return status;
}

void segment_free(struct segment *s)
{
	size_t at;

	if (!s)
		return;
	for (at = 0; at < LEVELS; at++)
		buf_release(&s->levels[at].bytes);
	sqlite3_finalize(s->data);
	sqlite3_finalize(s->idx);
	structure_release(&s->structure);
	free(s);
}
