/*
 * From bytes to the parts of one word.  A word is a run of letters, digits and marks
 * with single joiners between them; it is split at the joiners and where a digit
 * follows a letter.
 */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include <stdbool.h>
#include <stddef.h>

#include "text/analyze.h"
#include "text/chars.h"
#include "text/fold.h"

enum part_special {
	PART_PLAIN,
	PART_SIGN,    /* the sign is in ${form}: c++, c# */
	PART_PLUS,    /* "++" stands behind it: notepad++ is kept beside notepad */
	PART_DOT,     /* "." stands before it: .net is kept beside net */
	PART_CAPITALS /* US and IT in capitals, which are no pronouns */
};

struct part {
	size_t start, end;    /* bytes of the text */
	size_t special_end;   /* PART_PLUS: behind the "++" */
	char joiner;          /* before it, inside the word; 0: none */
	bool letters, digits; /* it has some */
	bool digit_first;
	bool apostrophe;     /* it has one */
	enum char_kind last; /* of what was added last: letter, digit, joiner */
	size_t count;        /* letters and digits */
	enum part_special special;
	bool full; /* the form was cut */
	size_t len;
	char form[TOKEN_MAX]; /* folded */
};

/* A word that is being split. */
struct splitter {
	const char *text;
	size_t len;
	bool apostrophe_ends; /* as in French: l'avion is two words */

	size_t at;   /* on a letter or digit; after the last part: behind the word */
	bool more;   /* the word has another part */
	char joiner; /* before that part */
	bool split;  /* that part begins where a digit follows a letter */
	bool counted, whole; /* up to the next joiner: decided, not split there */
	struct fold fold;
};

/* Begin at the letter or digit at ${at}. */
void splitter_init(struct splitter *s, const char *text, size_t len, size_t at,
		   bool apostrophe_ends);

/* The next part; only while s->more. */
void splitter_next(struct part *p, struct splitter *s);

/*
 * The one character of CHAR_SINGLE at s->at, with its marks, as a part.
 */
void splitter_single(struct part *p, struct splitter *s);

/* Where ${at} leads to when an apostrophe and an s that end a word stand there. */
size_t word_skip_possessive(const char *text, size_t len, size_t at);

#endif
