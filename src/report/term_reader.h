/*
 * From one text to the terms that count in it; what a term is terms.h says.
 */
#ifndef REPORT_TERM_READER_H
#define REPORT_TERM_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/strings.h"
#include "text/analyze.h"

#define TERM_NO_WORD UINT32_MAX

enum { TERM_STEM, TERM_STEM_2, TERM_FORM, TERM_FORM_2, TERM_KEYS };

/* A term of the text: numbers of its stems and of the forms that are written. */
struct term_seen {
	uint32_t key[TERM_KEYS];
};

/* A word of the piece that is read. */
struct term_word {
	uint32_t stem, form; /* TERM_NO_WORD: one that does not count */
	size_t start, end;   /* bytes of the piece */
	uint32_t pos, span;
};

struct term_reader {
	struct analyzer *analyzer;
	const char *language;
	struct strings *words; /* numbers of stems and forms */
	bool looking;          /* add no number: what has none does not count */

	struct term_seen *seen; /* of the pieces since ${nseen} was set to 0 */
	size_t nseen, seen_cap;

	const char *piece;
	struct term_word last, now;
	bool has_last, has_now;
};

/* ${words} is the caller's.  PDX_E_USAGE: there is no such language. */
int term_reader_init(struct term_reader *r, const char *language, struct strings *words,
		     struct pdx_err *err);
void term_reader_release(struct term_reader *r);

/* Append the terms of ${piece} to those seen.  Returns 0 or PDX_E_NOMEM. */
int term_reader_piece(struct term_reader *r, const char *piece);

/* Leave each term once among those seen, in the order of their stems. */
void term_reader_unique(struct term_reader *r);

#endif
