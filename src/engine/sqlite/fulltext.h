/*
 * Articles into and out of the full-text index.
 *
 * New articles are added as segments of our own making: terms.c collects the doclists of
 * a batch, fulltext_flush() writes them.  An article that replaces one, and one that
 * goes, takes FTS5's own way, which knows how to delete.
 */
#ifndef ENGINE_SQLITE_FULLTEXT_H
#define ENGINE_SQLITE_FULLTEXT_H

#include "engine/sqlite/tokens.h"

struct store;

/* What is counted of the rows that are not in the index yet. */
struct fulltext {
	bool changed; /* there are rows, or some went the other way */
	int64_t first; /* the lowest of them; 0: there are none */
	uint64_t rows, positions[TEXT_COLUMNS];
};

/* Count the new row, whose doclists terms_count() collects. */
void fulltext_count(struct fulltext *f, int64_t row, const struct article_tokens *t);

/* The other way, at once. */
int fulltext_insert(struct store *s, int64_t row, const struct article_tokens *tokens,
		    struct pdx_err *err);

/* ${tokens} are those that ${row} was added with. */
int fulltext_delete(struct store *s, int64_t row, const struct article_tokens *tokens,
		    struct pdx_err *err);

/*
 * Write the rows that are not in the index yet; the batch's terms are sorted.
 * Segments are merged on the way, so that there are some tens of them at
 * most, by work in proportion to the batch: no small one has to merge large ones.
 */
int fulltext_flush(struct store *s, struct pdx_err *err);

/* Inside a transaction, after a merge of all segments: see structure_tidy(). */
int fulltext_tidy(struct store *s, struct pdx_err *err);

#endif
