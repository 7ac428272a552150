/* Pages of a segment, read.  Knows FTS5's format on disk; not what is done with it. */
#include "engine/sqlite/segment_read.h"

#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/doclist.h"
#include "engine/sqlite/segment.h"

static int damaged(const struct segment_reader *r, struct pdx_err *err)
{
	return err_set(err, PDX_E_INDEX,
		       "index is damaged: page %llu of full-text segment %lld",
		       (unsigned long long)r->page, (long long)r->id);
}

static const uint8_t *bytes(const struct segment_reader *r)
{
	return (const uint8_t *)r->leaf.data;
}

static size_t get16(const uint8_t *p)
{
	return (size_t)p[0] << 8 | p[1];
}

/* A varint of the leaf that ends before ${end}; false: there is none. */
static bool take_varint(uint64_t *v, struct segment_reader *r, size_t *at, size_t end)
{
	size_t used = *at < end ? fts5_varint_get(v, bytes(r) + *at, end - *at) : 0;

	*at += used;
	return used != 0;
}

/* r->term_at from the leaf's offsets, each of which is relative to the one before. */
static int find_term(struct segment_reader *r, struct pdx_err *err)
{
	uint64_t more;

	if (r->offsets == r->leaf.len) {
		r->term_at = 0;
		return 0;
	}
	if (!take_varint(&more, r, &r->offsets, r->leaf.len) || !more ||
	    more >= r->end - r->term_at)
		return damaged(r, err);
	r->term_at += (size_t)more;
	return 0;
}

/* The next leaf; r->ended: there is none. */
static int turn(struct segment_reader *r, struct pdx_err *err)
{
	int got;

	if (r->page == r->last) {
		r->ended = true;
		return 0;
	}
	r->page++;
	sqlite3_bind_int64(r->page_stmt, 1, segment_page_id(r->id, r->page));
	got = db_step(r->page_stmt, err);
	if (got < 0)
		return got;
	buf_reset(&r->leaf);
	if (got)
		buf_put(&r->leaf, sqlite3_column_blob(r->page_stmt, 0),
			(size_t)sqlite3_column_bytes(r->page_stmt, 0));
	sqlite3_reset(r->page_stmt);
	if (!buf_ok(&r->leaf))
		return err_nomem(err);
	if (r->leaf.len < SEGMENT_HEADER)
		return damaged(r, err);
	r->row_at = get16(bytes(r));
	r->offsets = r->end = get16(bytes(r) + 2);
	if (r->end < SEGMENT_HEADER || r->end > r->leaf.len)
		return damaged(r, err);
	r->at = SEGMENT_HEADER;
	r->term_at = 0;
	r->any_term = false;
	return find_term(r, err);
}

/* A position list, and its length before it, of which ${left} bytes stand on the next
 * leaves. */
static int gather(struct segment_reader *r, size_t left, struct pdx_err *err)
{
	int status = 0;

	buf_reset(&r->split);
	buf_put(&r->split, r->sized, r->nsized - left);
	while (left && !status) {
		size_t here = r->end - r->at;

		here = here < left ? here : left;
		buf_put(&r->split, bytes(r) + r->at, here);
		r->at += here;
		left -= here;
		if (!left)
			break;
		status = turn(r, err);
		if (!status && r->ended)
			status = damaged(r, err);
	}
	if (!status && !buf_ok(&r->split))
		status = err_nomem(err);
	r->sized = (const uint8_t *)r->split.data;
	return status;
}

int segment_reader_row(struct segment_reader *r, struct pdx_err *err)
{
	uint64_t delta;
	size_t start, list, here;
	int status = 0;

	while (r->at == r->end && !r->ended && !status)
		status = turn(r, err);
	if (status)
		return status;
	r->rows_ended = r->ended || r->at == r->term_at;
	if (r->rows_ended)
		return 0;
	if (r->term_begins || r->at == r->row_at)
		r->row = 0;
	r->term_begins = false;
	if (!take_varint(&delta, r, &r->at, r->end))
		return damaged(r, err);
	r->row = (int64_t)((uint64_t)r->row + delta);
	start = r->at;
	if (!take_varint(&r->twice, r, &r->at, r->end))
		return damaged(r, err);
	r->sized = bytes(r) + start;
	list = (size_t)(r->twice >> 1);
	r->nsized = r->at - start + list;
	here = list < r->end - r->at ? list : r->end - r->at;
	r->at += here;
	return here < list ? gather(r, list - here, err) : 0;
}

/* Whether ${n} bytes behind the ${shared} that the last term begins with are a higher
 * one. */
static bool is_higher(const struct segment_reader *r, size_t shared,
		      const uint8_t *more, size_t n)
{
	size_t left = r->term.len - shared, common = left < n ? left : n;
	int order = common ? memcmp(more, r->term.data + shared, common) : 0;

	return order ? order > 0 : n > left;
}

int segment_reader_term(struct segment_reader *r, struct pdx_err *err)
{
	uint64_t shared = 0, more;
	int status = 0;

	while (!r->ended && r->at == r->end && !status)
		status = turn(r, err);
	if (status || r->ended)
		return status;
	if (r->at != r->term_at)
		return damaged(r, err);
	if ((r->any_term && !take_varint(&shared, r, &r->at, r->end)) ||
	    !take_varint(&more, r, &r->at, r->end) || shared > r->term.len ||
	    more > r->end - r->at ||
	    !is_higher(r, (size_t)shared, bytes(r) + r->at, (size_t)more))
		return damaged(r, err);
	buf_truncate(&r->term, (size_t)shared);
	buf_put(&r->term, bytes(r) + r->at, (size_t)more);
	if (!buf_ok(&r->term))
		return err_nomem(err);
	r->at += (size_t)more;
	r->any_term = r->term_begins = true;
	status = find_term(r, err);
	return status ? status : segment_reader_row(r, err);
}

int segment_reader_init(struct segment_reader *r, sqlite3 *db,
			const struct structure_segment *segment, struct pdx_err *err)
{
	int status;

	memset(r, 0, sizeof(*r));
	r->id = segment->id;
	r->page = segment->first - 1;
	r->last = segment->last;
	status = db_prepare(&r->page_stmt, db,
			    "SELECT block FROM text_data WHERE id = ?1", err);
	return status ? status : segment_reader_term(r, err);
}

void segment_reader_release(struct segment_reader *r)
{
	sqlite3_finalize(r->page_stmt);
	buf_release(&r->leaf);
	buf_release(&r->term);
	buf_release(&r->split);
}
