/*
 * Our analyzer as an FTS5 tokenizer, and the token streams by which an article is
 * analyzed once: what the analyzer said is kept and replayed into FTS5.
 */
#ifndef ENGINE_SQLITE_TOKENS_H
#define ENGINE_SQLITE_TOKENS_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"
#include "engine/sqlite/doclist.h"
#include "query/fields.h"
#include "text/analyze.h"
#include "text/lexicon.h"

/* A distinct term of an article, and how often each column has it. */
struct article_term {
	const struct lexicon_term *term; /* of the lexicon */
	uint32_t id;			 /* the term's */
	uint32_t positions_len;		 /* bytes of its position list */
	uint16_t counts[TEXT_COLUMNS];	 /* at most TERM_COUNT_MAX */
};

enum { TERM_COUNT_MAX = UINT16_MAX }; /* so many or more: the position list says it */

/*
 * The tokens of all columns of one article, by term, in one piece of memory: many wait
 * for their turn.  A zeroed struct is ready.
 */
struct article_tokens {
	struct lexicon *lexicon; /* a reference; NULL: there are none yet */
	struct {
		uint32_t positions; /* breaks included */
		uint32_t words;     /* positions without breaks: the field's length */
	} column[TEXT_COLUMNS];
	struct article_term *terms; /* each once, as they first stand in it */
	size_t nterms;
	/* The terms' position lists, one after another; last that of ANALYZER_BREAK,
	 * which is no term of the lexicon. */
	uint8_t *positions;
	uint32_t breaks_len;
	/* Those of its forms that no earlier article of the lexicon had. */
	const struct lexicon_form **forms;
	size_t nforms;
	/* Positions in the takes column where a take begins, from the first on. */
	uint32_t *take_starts;
	size_t ntakes;
	void *memory; /* of all these */
};

void article_tokens_release(struct article_tokens *t);

/* How often each column has ${term}, whose position list is at ${positions}. */
void article_term_counts(uint32_t counts[TEXT_COLUMNS], const struct article_term *term,
			 const uint8_t *positions);

/* One column's tokens, in order: for each the place of its term among the article's,
 * twice, and one more where it is beside the position before. */
struct token_stream {
	uint32_t *v;
	size_t n, cap;
	uint32_t positions, words; /* as above */
};

/* A term whose position list is being made. */
struct inverter_term {
	const struct lexicon_term *term;
	uint32_t id;
	uint32_t counts[TEXT_COLUMNS];
	uint32_t at; /* its position list among all */
	struct position_list list;
};

/* Where the tokens of an article are collected and brought in the order of the terms;
 * its memory is used again for the next.  A zeroed struct is ready. */
struct inverter {
	struct token_stream column[TEXT_COLUMNS];
	struct inverter_term *terms; /* one more than there are: for ANALYZER_BREAK */
	size_t nterms, terms_cap;
	uint32_t breaks[TEXT_COLUMNS]; /* how many */
	uint8_t *positions;
	size_t positions_cap;
	const struct lexicon_form **forms;
	size_t nforms, forms_cap;
	uint32_t *take_starts;
	size_t ntakes, takes_cap;
};

void inverter_release(struct inverter *in);
void inverter_begin(struct inverter *in); /* another article */

/* Each returns false where memory is out. */

/* A term that the article did not have yet; *place is its place. */
bool inverter_term(uint32_t *place, struct inverter *in, const struct lexicon_term *term,
		   uint32_t id);

/* The next token of ${column}: the term at ${place}, beside the one before it or not. */
bool inverter_token(struct inverter *in, int column, uint32_t place, bool beside);

/* ANALYZER_BREAK, which is followed by ${position}: a take begins there. */
bool inverter_break(struct inverter *in, int column, uint32_t position);
bool inverter_take(struct inverter *in, uint32_t position);

bool inverter_form(struct inverter *in, const struct lexicon_form *form);

/* Replace the content of ${out} but for its lexicon with what was collected. */
bool inverter_end(struct article_tokens *out, struct inverter *in);

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
