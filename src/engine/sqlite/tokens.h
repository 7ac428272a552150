/*
 * Our analyzer as an FTS5 tokenizer, and the token streams by which an article is
 * analyzed once: what the analyzer said is kept and replayed into FTS5.
 */
#ifndef ENGINE_SQLITE_TOKENS_H
#define ENGINE_SQLITE_TOKENS_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"
#include "query/fields.h"
#include "text/analyze.h"
#include "text/lexicon.h"

/* A distinct term of an article, and how often each column has it. */
struct article_term {
	const struct lexicon_term *term; /* of the lexicon */
	uint32_t id;			 /* the term's */
	uint32_t counts[TEXT_COLUMNS];
	/* Its position list among the article's: from article_tokens_invert() on. */
	uint32_t positions_at, positions_len;
};

/* One column's tokens, in order: for each the place of its term among the article's,
 * twice, and one more where it is beside the position before. */
struct token_stream {
	uint32_t *v;
	size_t n, cap;
	uint32_t positions; /* breaks included */
	uint32_t words;     /* positions without breaks: the field's length */
};

#define TOKENS_BREAK (UINT32_MAX >> 1) /* the place of ANALYZER_BREAK, which has none */

/* The tokens of all columns of one article.  A zeroed struct is ready. */
struct article_tokens {
	struct lexicon *lexicon; /* a reference; NULL: there are none yet */
	struct token_stream column[TEXT_COLUMNS];
	struct article_term *terms; /* each once, as they first stand in it */
	size_t nterms, terms_cap;
	struct article_term breaks; /* ANALYZER_BREAK, which is no term of the lexicon */
	uint8_t *positions; /* the terms' position lists */
	size_t positions_cap;
	/* Those of its forms that no earlier article of the lexicon had. */
	const struct lexicon_form **forms;
	size_t nforms, forms_cap;
	/* Positions in the takes column where a take begins, from the first on. */
	uint32_t *take_starts;
	size_t ntakes, takes_cap;
};

void article_tokens_release(struct article_tokens *t);

/* Forget the tokens, keep the memory. */
void article_tokens_reset(struct article_tokens *t);

/* Where position lists are made.  A zeroed struct is ready. */
struct inverter {
	struct position_list *lists; /* of the article's terms, and of breaks */
	size_t cap;
};

void inverter_release(struct inverter *i);

/* Make the terms' position lists from the columns.  False: memory is out. */
bool article_tokens_invert(struct article_tokens *t, struct inverter *inverter);

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
