/*
 * A text made ready for cutting: one space for each run of white space, its matches
 * placed in code points, and where its sentences, words and clusters end.
 */
#ifndef TEXT_PROSE_H
#define TEXT_PROSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "text/highlight.h"

struct place {
	size_t at, cp; /* bytes, code points */
};

struct match {
	struct place start, end;
	uint64_t groups;
};

/* Zeroed, it can be released. */
struct prose {
	struct buf text; /* valid UTF-8; a LF where there was an empty line */
	size_t cps;
	struct match *matches;
	size_t nmatches;
	unsigned pending; /* white space not yet written: 1, and 1 for a LF, up to 3 */
};

/*
 * Fill the zeroed ${p}.  ${spans} are in order and do not overlap; those that do, or
 * lie outside of the text, are left out.  0 or PDX_E_NOMEM.
 */
int prose_init(struct prose *p, const char *text, size_t len,
	       const struct byte_span *spans, size_t nspans);
void prose_release(struct prose *p);

/* The next and the last code point; not beyond the text's ends. */
struct place prose_next(const struct prose *p, struct place place);
struct place prose_last(const struct prose *p, struct place place);

bool prose_is_blank(const struct prose *p, size_t at);

/* Whether nothing is torn apart at ${at}: marks, joined emoji. */
bool prose_divides_clusters(const struct prose *p, size_t at);

bool prose_starts_word(const struct prose *p, size_t at);
bool prose_ends_word(const struct prose *p, size_t at);
bool prose_starts_sentence(const struct prose *p, size_t at);
bool prose_ends_sentence(const struct prose *p, size_t at);

#endif
