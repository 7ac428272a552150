/*
 * Query text to lexemes: where each piece of the text begins, ends, and what its signs
 * say.  The parser asks for one at a time and says in which place it stands, because
 * that decides whether a comma separates and a word may be an operator.
 */
#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include <stdbool.h>
#include <stddef.h>

#define LEXER_NEAR_DISTANCE 10      /* of a NEAR without a number, as in FTS5 */
#define LEXER_NUMBER_MAX    1000000 /* counts as this: no text is longer */

enum lexer_mode {
	LEXER_LIST = 1,   /* commas separate: in a value, in the group of a field */
	LEXER_DIRECT = 2, /* right behind "field:" or ",": no operator, no field */
	LEXER_DATE = 4    /* "< 2026" is one word */
};

enum lexeme_kind {
	LEX_END,
	LEX_WORD,
	LEX_PHRASE,
	LEX_FIELD, /* a name and its colon; known, or near enough to be meant */
	LEX_OPEN,
	LEX_TAKE, /* "take(" */
	LEX_CLOSE,
	LEX_COMMA, /* with LEXER_LIST only */
	LEX_AND,
	LEX_OR,
	LEX_NOT,
	LEX_NEAR,
	LEX_DASH /* a - or ! that stands alone */
};

struct lexeme {
	enum lexeme_kind kind;
	size_t start, end;    /* bytes in the query, with quotes and signs */
	size_t text, textlen; /* WORD, PHRASE: without them; FIELD: the name */
	unsigned number;      /* slop of a PHRASE, distance of a NEAR */
	bool exact;           /* = before it */
	bool prefix;          /* * behind it */
	bool unclosed;        /* PHRASE: the text ended before the quote did */
	bool stray_slop;      /* a ~ that says nothing, left out of the text */
};

struct lexer {
	const char *text; /* valid UTF-8 without NUL */
	size_t len, pos;
};

/*
 * The next lexeme from lx->pos on; moves behind it.  ${mode}: enum lexer_mode, ORed.
 * The text of a PHRASE may hold \" and \\ (lexer_unquote).
 */
void lexer_next(struct lexeme *out, struct lexer *lx, unsigned mode);

/* Whether white space stands at lx->pos. */
bool lexer_at_space(const struct lexer *lx);

/*
 * Write ${len} bytes of a PHRASE to ${out} (as large) without their backslashes and
 * return the length.
 */
size_t lexer_unquote(char *out, const char *text, size_t len);

/* Whether a ${len}-byte text, unquoted, is read back as just that in ${mode}. */
bool lexer_is_word(const char *text, size_t len, unsigned mode);

/* "and", "or", "not": operators that somebody forgot to write in capitals. */
bool lexer_is_lowercase_operator(const char *text, size_t len);

/* White space as the lexer sees it. */
bool lexer_is_blank(const char *text, size_t len);

/* Code points of ${text} that can be found: letters, digits, emoji. */
size_t lexer_searchable(const char *text, size_t len);

#endif
