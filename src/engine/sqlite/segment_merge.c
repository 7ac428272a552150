/* Merges.  Knows which row of which segment counts; pages are segment_read.h's. */
#include "engine/sqlite/segment_merge.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/segment.h"
#include "engine/sqlite/segment_read.h"

struct merge {
	struct segment_reader *v; /* the newest last */
	size_t n;
	struct segment_reader **having; /* the same order: those that have the term */
	size_t nhaving;
	struct segment *out;
	bool oldest;  /* nothing is behind the level: what it deletes is not there */
	bool written; /* the term */
	struct buf term;
	struct pdx_err *err;
};

static int compare(const struct buf *a, const struct buf *b)
{
	size_t n = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->data, b->data, n);

	return order ? order : (a->len > b->len) - (a->len < b->len);
}

/* The lowest term of all, and who has it; none: the end. */
static void find_term(struct merge *m)
{
	size_t i;

	m->nhaving = 0;
	for (i = 0; i < m->n; i++) {
		int order;

		if (m->v[i].ended)
			continue;
		order = m->nhaving ? compare(&m->v[i].term, &m->having[0]->term) : 0;
		if (order < 0)
			m->nhaving = 0;
		if (order <= 0)
			m->having[m->nhaving++] = &m->v[i];
	}
}

/* Add the row that ${r} is at, unless that is a deletion of nothing. */
static int put_row(struct merge *m, const struct segment_reader *r)
{
	bool empty = r->twice < 2, deletes = r->twice & 1;
	int status = 0;

	if (empty && (m->oldest || !deletes))
		return 0;
	if (!m->written)
		status = segment_term(m->out, (const uint8_t *)m->term.data,
				      m->term.len, m->err);
	m->written = true;
	return status ? status
		      : segment_row(m->out, r->row, r->sized, r->nsized, m->err);
}

/* Of those that have rows, the one with the lowest, of several the newest; *until: the
 * lowest row of the others. */
static struct segment_reader *find_row(int64_t *until, const struct merge *m)
{
	struct segment_reader *first = NULL;
	size_t i;

	*until = INT64_MAX;
	for (i = m->nhaving; i-- > 0;) {
		struct segment_reader *r = m->having[i];

		if (r->rows_ended)
			continue;
		if (!first || r->row < first->row) {
			*until = first ? first->row : INT64_MAX;
			first = r;
		} else if (r->row < *until) {
			*until = r->row;
		}
	}
	return first;
}

/* Older segments' rows of that number are no more so. */
static int pass(struct merge *m, const struct segment_reader *newest, int64_t row)
{
	size_t i;
	int status = 0;

	for (i = 0; i < m->nhaving && !status; i++) {
		struct segment_reader *r = m->having[i];

		if (r != newest && !r->rows_ended && r->row == row)
			status = segment_reader_row(r, m->err);
	}
	return status;
}

static int merge_rows(struct merge *m)
{
	struct segment_reader *r;
	int64_t until;
	int status = 0;

	while (!status && (r = find_row(&until, m)) != NULL) {
		int64_t row = r->row;

		if (row == until)
			status = pass(m, r, row);
		do {
			if (!status)
				status = put_row(m, r);
			row = r->row;
			if (!status)
				status = segment_reader_row(r, m->err);
			if (!status && !r->rows_ended && r->row <= row)
				status = err_set(m->err, PDX_E_INDEX,
						 "index is damaged: rows of a term");
		} while (!status && !r->rows_ended && r->row < until);
	}
	return status;
}

static int merge_terms(struct merge *m)
{
	size_t i;
	int status = 0;

	for (find_term(m); m->nhaving && !status; find_term(m)) {
		buf_reset(&m->term);
		buf_put(&m->term, m->having[0]->term.data, m->having[0]->term.len);
		if (!buf_ok(&m->term))
			return err_nomem(m->err);
		m->written = false;
		status = merge_rows(m);
		for (i = 0; i < m->nhaving && !status; i++)
			status = segment_reader_term(m->having[i], m->err);
	}
	return status;
}

static int delete_segment(sqlite3 *db, int64_t id, struct pdx_err *err)
{
	sqlite3_stmt *data = NULL, *idx = NULL;
	int status = db_prepare(
		&data, db, "DELETE FROM text_data WHERE id >= ?1 AND id < ?2", err);

	if (!status)
		status = db_prepare(&idx, db, "DELETE FROM text_idx WHERE segid = ?1",
				    err);
	if (!status) {
		sqlite3_bind_int64(data, 1, segment_page_id(id, 0));
		sqlite3_bind_int64(data, 2, segment_page_id(id + 1, 0));
		status = db_run(data, err);
	}
	if (!status) {
		sqlite3_bind_int64(idx, 1, id);
		status = db_run(idx, err);
	}
	sqlite3_finalize(data);
	sqlite3_finalize(idx);
	return status;
}

/* Whether no level behind ${level} has segments. */
static bool is_oldest(const struct structure *s, size_t level)
{
	for (level++; level < s->nlevels; level++)
		if (s->levels[level].n)
			return false;
	return true;
}

static int merge_all(struct merge *m, sqlite3 *db, const struct structure_level *level)
{
	int status = 0;

	for (; m->n < level->n && !status; m->n++)
		status = segment_reader_init(&m->v[m->n], db, &level->v[m->n], m->err);
	if (!status)
		status = segment_new(&m->out, db, m->err);
	return status ? status : merge_terms(m);
}

int segment_merge(sqlite3 *db, const struct structure *structure,
		  const struct structure_level *level, struct pdx_err *err)
{
	size_t at = (size_t)(level - structure->levels), i;
	struct merge m = {
		.v = calloc(level->n + 1, sizeof(*m.v)),
		.having = calloc(level->n + 1, sizeof(*m.having)),
		.oldest = is_oldest(structure, at),
		.err = err,
	};
	int status = m.v && m.having ? merge_all(&m, db, level) : err_nomem(err);

	if (!status)
		status = segment_end_merge(m.out, at, err);
	segment_free(m.out);
	for (i = 0; i < m.n; i++)
		segment_reader_release(&m.v[i]);
	free(m.v);
	free(m.having);
	buf_release(&m.term);
	for (i = 0; i < level->n && !status; i++)
		status = delete_segment(db, level->v[i].id, err);
	return status;
}
