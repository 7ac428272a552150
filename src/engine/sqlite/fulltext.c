/*
 * The full-text table's writing side.  Knows the two ways in and how they go together;
 * the pages of a segment are segment.c's.
 */
#include "engine/sqlite/fulltext.h"

#include <stdlib.h>
#include <string.h>

#include "base/bits.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/segment.h"
#include "engine/sqlite/store.h"
#include "engine/sqlite/structure.h"

/* So many segments of a level become one: what crisismerge does where FTS5 wrote them.
 * Its number of pages has no end; usermerge says that fewer segments stay as they are. */
enum {
	SEGMENTS = 16,
	AHEAD = 8 /* terms whose memory is asked for before their turn comes */
};
static const char merge[] = "INSERT INTO text(text, rank) VALUES('merge', 2000000000)";

void fulltext_count(struct fulltext *f, int64_t row, const struct article_tokens *t)
{
	int column;

	if (!f->first)
		f->first = row;
	f->rows++;
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

static int write_segment(size_t *segments, struct store *s, struct pdx_err *err)
{
	struct segment *segment = NULL;
	int status;

	*segments = 0;
	db_open_shadows(s->db, true);
	status = segment_new(&segment, s->db, err);
	if (!status)
		status = add_terms(segment, &s->terms.touched, err);
	if (!status)
		status = segment_end(segments, segment, err);
	if (!status)
		status = averages_add(s->db, s->fulltext.rows, s->fulltext.positions,
				      err);
	segment_free(segment);
	db_open_shadows(s->db, false);
	return status;
}

int fulltext_flush(struct store *s, struct pdx_err *err)
{
	size_t segments;
	int status;

	if (!s->fulltext.first)
		return 0;
	status = settle(s->db, err);
	if (!status)
		status = write_segment(&segments, s, err);
	memset(&s->fulltext, 0, sizeof(s->fulltext));
	return status || segments < SEGMENTS ? status : db_exec(s->db, merge, err);
}

int fulltext_delete(struct store *s, int64_t row, const struct article_tokens *tokens,
		    struct pdx_err *err)
{
	int status = 0;

	/* It may be one that is not in the index yet: FTS5's word must come last. */
	if (s->fulltext.first && row >= s->fulltext.first) {
		status = terms_sort(&s->terms, err);
		if (!status)
			status = fulltext_flush(s, err);
	}
	return status ? status : replay(s, STMT_TEXT_DELETE, row, tokens, err);
}
