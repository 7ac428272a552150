/*
 * The joined form of a compound: what it is when written as one word.
 */
#ifndef TEXT_JOINED_H
#define TEXT_JOINED_H

#include <stdbool.h>
#include <stddef.h>

#include "text/word.h"

#define JOINED_PARTS 8 /* a compound of more is a path or a serial number */
#define JOINED_MAX 64  /* bytes; longer ones nobody types */

struct joined {
	char form[JOINED_MAX];
	size_t len;
	bool stemmed; /* a plain word of letters: its stem is the term */
	bool acronym; /* U.S.A.: a dot behind it belongs to it */
};

/*
 * Where the compound that begins with part ${from} of ${n} ends.  All ${n} are one
 * where one of them has a digit or nothing stands between them that separates words of
 * letters: foo_bar, and/or, name@example are several.
 */
size_t joined_end(const struct part *parts, size_t n, size_t from);

/*
 * Where the number that begins with part ${from} of ${n} ends: Llama-3.1-70B has 3.1 in
 * it, which is looked for on its own.  from + 1 where no number of several parts begins
 * there.
 */
size_t joined_number_end(const struct part *parts, size_t n, size_t from);

/* False where the ${n} > 1 parts have no joined form. */
bool joined_build(struct joined *out, const struct part *parts, size_t n);

#endif
