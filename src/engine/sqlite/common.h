/*
 * The words that many articles have, and their postings window by window (postings.h),
 * kept in step with the full-text index.
 *
 * A word is common from the commit on at which COMMON_SHARE of all articles have it,
 * and stays so until half as many do: its lists would be made and dropped all the time
 * otherwise.  A small index has none: there FTS5 is as fast.
 */
#ifndef ENGINE_SQLITE_COMMON_H
#define ENGINE_SQLITE_COMMON_H

#include <sqlite3.h>
#include <stdbool.h>

#include "engine/sqlite/postings.h"

struct store;
struct term_entries;

enum {
	COMMON_ARTICLES = WINDOW_ROWS, /* the least that an index has */
	COMMON_SHARE = 16
};

/* A row that changed.  Counts as in the article now; all 0: it has the word no more. */
struct common_change {
	uint32_t row;
	uint8_t counts[TEXT_COLUMNS]; /* COMMON_LARGE: number in ${large} behind it */
};

struct common_word {
	uint32_t id; /* 0: free */
	char *text;
	size_t len;
	struct common_change *v;
	size_t n, cap;
};

/* The writer's side.  A zeroed struct is ready. */
struct common {
	bool loaded;
	struct common_word *words; /* by text: open addressing */
	size_t nwords, nslots;
	column_counts *large; /* counts that a change has no room for */
	size_t nlarge, large_cap;
};

void common_release(struct common *c);
void common_forget(struct common *c); /* after a rollback */

/* Read which words are common, once. */
int common_ready(struct common *c, sqlite3 *db, struct pdx_err *err);

/* The common word ${text}; NULL: it is none. */
struct common_word *common_find(struct common *c, const char *text, size_t len,
				uint64_t hash);

/* Article ${row} has ${word} ${counts} often; NULL: no more.  0 or PDX_E_NOMEM. */
int common_change(struct common *c, struct common_word *word, int64_t row,
		  const uint32_t *counts);

/*
 * Write the changes, and see which words have become common and which are no more, of
 * ${terms}: those that the batch touched, whose df are those of now.  Doc values were
 * flushed.
 */
int common_flush(struct store *s, const struct term_entries *terms,
		 struct pdx_err *err);

/* Write the postings of window ${number} again, with bounds of today. */
int common_rewrite(struct store *s, int64_t number, struct pdx_err *err);

/*
 * Compare what is kept of window ${number} with the changes told to ${c}, which are of
 * all its articles and are forgotten.  *wrong: a word that is kept otherwise; NULL:
 * there is none.  *kept grows by the postings that have to be there.
 */
int common_compare(const struct common_word **wrong, uint64_t *kept, struct common *c,
		   struct store *s, int64_t number, struct pdx_err *err);

/* A reader's side: the id of ${text}, 0 where it is not common. */
int common_id(uint32_t *id, struct store *s, const char *text, size_t len,
	      struct pdx_err *err);

/* The rowid of the postings of word ${id} in window ${number}. */
int64_t common_rowid(uint32_t id, int64_t number);

#endif
