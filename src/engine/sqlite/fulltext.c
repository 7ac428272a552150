/*
 * The full-text table's writing side.  Knows the two ways in and how they go together;
 * the pages of a segment are segment.c's.
 */
#include "engine/sqlite/fulltext.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/segment.h"
#include "engine/sqlite/segment_merge.h"
#include "engine/sqlite/store.h"
#include "engine/sqlite/structure.h"

enum {
	SEGMENTS = 16, /* of a level: these become one of the next */
	/*
	 * A batch pays for merging with pages in proportion to its own: each is written
	 * once for each level above it, and there are few.  The least is a quarter of a
	 * level 0, so that the smallest batches do not fall behind; 4 MB in a commit are
	 * not felt.
	 */
	MERGE_SHARE = 4,
	MERGE_PAGES = 1024,
	/* A level of segments that are like the batch's is merged at once, by our own
	 * means, which take a fraction of the time; larger ones by FTS5's steps. */
	AT_ONCE = 2 * SEGMENTS,
	AHEAD = 8 /* terms whose memory is asked for before their turn comes */
};

void fulltext_count(struct fulltext *f, int64_t row, const struct article_tokens *t)
{
	int column;

	if (!f->first)
		f->first = row;
	f->rows++;
	f->changed = true;
	for (column = 0; column < TEXT_COLUMNS; column++)
		f->positions[column] += t->column[column].positions;
}

/* Run the full-text statement ${which} for ${row} with ${tokens}. */
static int replay(struct store *s, enum store_stmt which, int64_t row,
		  const struct article_tokens *tokens, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, which, err);
	int column, status;

	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, row);
	for (column = 0; column < TEXT_COLUMNS; column++)
		db_bind_text(stmt, 2 + column, tokenizer_column_text(column), 1);
	s->fulltext.changed = true;
	s->tokenizer.replay = tokens;
	status = db_run(stmt, err);
	s->tokenizer.replay = NULL;
	return status;
}

int fulltext_insert(struct store *s, int64_t row, const struct article_tokens *tokens,
		    struct pdx_err *err)
{
	return replay(s, STMT_TEXT_INSERT, row, tokens, err);
}

/*
 * Have FTS5 write what it holds, and forget what it knows of its segments: it would not
 * see that there is one more.  A savepoint is what it answers with the first, its
 * rollback with the second, where it has a part in the transaction, which it gets by a
 * merge of no pages.
 */
static int settle(sqlite3 *db, struct pdx_err *err)
{
	return db_exec(db,
		       "INSERT INTO text(text, rank) VALUES('merge', 0);"
		       "SAVEPOINT segment; ROLLBACK TO segment; RELEASE segment",
		       err);
}

static int add_terms(struct segment *segment, const struct term_entries *terms,
		     struct pdx_err *err)
{
	struct buf doclist = { 0 };
	size_t i;
	int status = 0;

	for (i = 0; i < terms->n && !status; i++) {
		struct term_entry *e = terms->v[i];
		struct doclist *d = &e->doclist;

		if (i + 2 * AHEAD < terms->n)
			prefetch(terms->v[i + 2 * AHEAD]);
		if (i + AHEAD < terms->n)
			prefetch(terms->v[i + AHEAD]->doclist.first);
		if (!d->len)
			continue;
		buf_reset(&doclist);
		doclist_gather(&doclist, d);
		status = buf_ok(&doclist)
				 ? segment_add(segment, e->text, e->len,
					       (const uint8_t *)doclist.data,
					       doclist.len, err)
				 : err_nomem(err);
		memset(d, 0, sizeof(*d));
	}
	buf_release(&doclist);
	return status;
}

static int write_segment(uint64_t *pages, struct store *s, struct pdx_err *err)
{
	struct segment *segment = NULL;
	int status;

	db_open_shadows(s->db, true);
	status = segment_new(&segment, s->db, err);
	if (!status)
		status = add_terms(segment, &s->terms.touched, err);
	if (!status)
		status = segment_end(pages, segment, err);
	if (!status)
		status = averages_add(s->db, s->fulltext.rows, s->fulltext.positions,
				      err);
	segment_free(segment);
	db_open_shadows(s->db, false);
	return status;
}

static int flush_rows(uint64_t *pages, struct store *s, struct pdx_err *err)
{
	int status = settle(s->db, err);

	if (!status)
		status = write_segment(pages, s, err);
	s->fulltext.first = 0;
	s->fulltext.rows = 0;
	memset(s->fulltext.positions, 0, sizeof(s->fulltext.positions));
	return status;
}

/* FTS5 has nothing pending: a segment was written. */
static int merge_at_once(struct store *s, const struct structure *structure,
			 const struct structure_level *level, struct pdx_err *err)
{
	int status;

	db_open_shadows(s->db, true);
	status = segment_merge(s->db, structure, level, err);
	db_open_shadows(s->db, false);
	return status;
}

/* usermerge says what is full to FTS5. */
static int merge_by_steps(struct store *s, uint64_t pages, struct pdx_err *err)
{
	char sql[96];

	pages *= MERGE_SHARE;
	snprintf(sql, sizeof(sql), "INSERT INTO text(text, rank) VALUES('merge', %llu)",
		 (unsigned long long)(pages < MERGE_PAGES ? MERGE_PAGES : pages));
	return db_exec(s->db, sql, err);
}

/* Go on with merging where a level is full, in proportion to ${pages} that the batch
 * has written; 0: it took FTS5's way. */
static int merge_some(struct store *s, uint64_t pages, struct pdx_err *err)
{
	const struct structure_level *ripe;
	struct structure structure;
	int status = structure_read(&structure, s->db, err);

	if (!status) {
		ripe = structure_ripe(&structure, SEGMENTS, pages * AT_ONCE);
		if (!pages)
			pages = structure_newest(&structure);
		if (ripe)
			status = merge_at_once(s, &structure, ripe, err);
		else if (structure_crowded(&structure, SEGMENTS))
			status = merge_by_steps(s, pages, err);
	}
	structure_release(&structure);
	return status;
}

int fulltext_flush(struct store *s, struct pdx_err *err)
{
	uint64_t pages = 0;
	int status = 0;

	if (!s->fulltext.changed)
		return 0;
	if (s->fulltext.first)
		status = flush_rows(&pages, s, err);
	s->fulltext.changed = false;
	return status ? status : merge_some(s, pages, err);
}

int fulltext_tidy(struct store *s, struct pdx_err *err)
{
	struct structure structure = { 0 };
	sqlite3_stmt *put = NULL;
	int status = settle(s->db, err);

	if (!status)
		status = structure_read(&structure, s->db, err);
	if (!status)
		status = structure_tidy(&structure, err);
	db_open_shadows(s->db, true);
	if (!status)
		status = db_prepare(&put, s->db, "REPLACE INTO text_data(id, block)"
						 " VALUES(?1, ?2)", err);
	if (!status)
		status = structure_write(&structure, put, err);
	sqlite3_finalize(put);
	db_open_shadows(s->db, false);
	structure_release(&structure);
	return status;
}

int fulltext_delete(struct store *s, int64_t row, const struct article_tokens *tokens,
		    struct pdx_err *err)
{
	uint64_t pages;
	int status = 0;

	/* It may be one that is not in the index yet: FTS5's word must come last. */
	if (s->fulltext.first && row >= s->fulltext.first) {
		status = terms_sort(&s->terms, err);
		if (!status)
			status = flush_rows(&pages, s, err);
	}
	return status ? status : replay(s, STMT_TEXT_DELETE, row, tokens, err);
}
