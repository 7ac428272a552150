/*
 * Where a query's words stand in a text, and the piece of it that shows them best.
 * Knows tokens and matchers, nothing of queries or storage: the caller turns its
 * leaves into matchers.
 */
#ifndef TEXT_HIGHLIGHT_H
#define TEXT_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "paneldex.h"
#include "text/analyze.h"

/* One term of a phrase, in the words of struct token. */
struct matcher_term {
	const char *text; /* compared with token.text, or with token.form if ${exact}
	                     or ${prefix} */
	size_t len;
	bool exact, prefix;
};

/* Terms at consecutive positions (${slop} 0), or in any order within
 * nterms + ${slop} positions. */
struct matcher {
	const struct matcher_term *terms;
	size_t nterms;
	unsigned slop;
	unsigned group; /* matchers of one group are ways to write one thing */
};

/*
 * All matches of ${matchers} in ${text}: byte ranges in order, overlapping ones
 * merged, in ${arena}.  A TOKEN_BREAK is never inside a match.
 * *groups (may be NULL) gets bit (1 << (group & 63)) for each group that matched.
 */
struct byte_span {
	size_t start, end;
	uint64_t groups;
};

int highlight_find(struct byte_span **spans, size_t *nspans, uint64_t *groups,
		   struct arena *arena, struct analyzer *analyzer, const char *text,
		   size_t len, const struct matcher *matchers, size_t nmatchers);

/*
 * The best window of about ${width} code points of ${text}: the one that shows most
 * different groups, then most matches, then stands first; begun and ended at a
 * sentence or, failing that, a word, with "..." (U+2026) where text was left out;
 * white space runs are one space.  Whole text where it fits.  *out has ${field} and
 * ${take} as given; *score is how good the window is (0: no match in it), to choose
 * among the fields of an article.
 */
int highlight_snippet(struct pdx_highlight *out, double *score, struct arena *arena,
		      const char *field, size_t take, const char *text, size_t len,
		      const struct byte_span *spans, size_t nspans, size_t width);

#endif
