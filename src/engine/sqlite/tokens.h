/*
 * Our analyzer as an FTS5 tokenizer, and the token streams by which an article is
 * analyzed once: what the analyzer said is kept and replayed into FTS5.
 */
#ifndef ENGINE_SQLITE_TOKENS_H
#define ENGINE_SQLITE_TOKENS_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "query/fields.h"
#include "text/analyze.h"

/* One column's tokens: a byte (0 a new position, 1 beside the one before), a byte of
 * length, the term; again and again. */
struct token_stream {
	struct buf bytes;
	uint32_t positions; /* breaks included */
	uint32_t words;     /* positions without breaks: the field's length */
};

/* The tokens of all columns of one article. */
struct article_tokens {
	struct token_stream column[TEXT_COLUMNS];
	/* Positions in the takes column where a take begins, from the first on. */
	uint32_t *take_starts;
	size_t ntakes, cap;
};

void article_tokens_release(struct article_tokens *t);

/*
 * Analyze ${text} as column ${column}, calling ${seen} (may be NULL) for each token.
 */
int article_tokens_add(struct article_tokens *t, struct analyzer *analyzer, int column,
		       const char *text, size_t len,
		       int (*seen)(void *ctx, const struct token *token), void *ctx,
		       struct pdx_err *err);

/* Forget the tokens, keep the memory. */
void article_tokens_reset(struct article_tokens *t);

/* What the tokenizer of a connection works with; must outlive the connection. */
struct tokenizer {
	struct analyzer *analyzer;
	const struct article_tokens *replay; /* NULL: analyze what FTS5 hands over */
};

/*
 * Register the tokenizer "paneldex" on ${db}.  In a MATCH expression a string that
 * begins with TOKENS_VERBATIM holds finished terms, one TOKENS_SPACE between them;
 * any other is analyzed.
 */
#define TOKENS_VERBATIM "\x01"
#define TOKENS_SPACE "\x1f"
int tokenizer_register(sqlite3 *db, struct tokenizer *tokenizer, struct pdx_err *err);

/* What FTS5 calls to tokenize; ${tokenizer} points to a struct tokenizer. */
typedef int (*token_callback)(void *, int, const char *, int, int, int);
int tokenizer_run(Fts5Tokenizer *tokenizer, void *ctx, int flags, const char *text,
		  int len, token_callback callback);

/* The text to give FTS5 for column ${column} while a replay is on. */
const char *tokenizer_column_text(int column);

#endif
