/*
 * Snowball stems, each word's computed once while it is in use.
 */
#ifndef TEXT_STEM_H
#define TEXT_STEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct stemmer;

/*
 * For a language that libstemmer lists, or "none": every word is its own stem.
 * PDX_E_USAGE: no such language.  Owned by the caller (stemmer_free).
 */
int stemmer_new(struct stemmer **out, const char *language, struct pdx_err *err);
void stemmer_free(struct stemmer *s); /* accepts NULL */

const char *stemmer_language(const struct stemmer *s);

/* Whether every stem begins with the first byte of its word: endings are all that the
 * language's algorithm takes off or changes. */
bool stemmer_keeps_start(const struct stemmer *s);

/*
 * The stem of the ${len} > 0 bytes of folded ${word}: never empty, valid UTF-8, at most
 * TOKEN_MAX bytes, valid until the next call.  0 or PDX_E_NOMEM.
 */
int stemmer_stem(const char **stem, size_t *stemlen, struct stemmer *s,
		 const char *word, size_t len);

#endif
