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

/*
 * A term of the text: numbers of its stems, and of the forms that are written where it
 * is read first.
 */
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

	/* Each term of the pieces since term_reader_begin(), in the order of reading.
	 */
	struct term_seen *seen;
	size_t nseen, seen_cap;
	uint32_t *slots; /* numbers of ${seen} from 1, by the hash of the stems */
	size_t nslots;   /* a power of two */

	/*
	 * By the number of a written form, twice: its stem, as a word and as a joined
	 * form; both are looked for once.
	 */
	uint32_t *stems[2];
	size_t stems_cap[2];

	const char *piece;
	struct term_word last, now;
	bool has_last, has_now;
};

/* ${words} is the caller's.  PDX_E_USAGE: there is no such language. */
int term_reader_init(struct term_reader *r, const char *language, struct strings *words,
		     struct pdx_err *err);
void term_reader_release(struct term_reader *r);

/* A new text: nothing was seen. */
void term_reader_begin(struct term_reader *r);

/* Append the terms of ${piece} to those seen.  Returns 0 or PDX_E_NOMEM. */
int term_reader_piece(struct term_reader *r, const char *piece);

/* The numbers of ${words} are others from now on. */
void term_reader_forget(struct term_reader *r);

#endif
