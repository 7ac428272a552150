/*
 * How a value in a query is compared with a name: the one rule behind filters,
 * matched takes and every engine.
 */
#ifndef QUERY_VALUE_H
#define QUERY_VALUE_H

#include <stddef.h>

#include "base/buf.h"

enum value_match {
	VALUE_DIFFERENT,
	VALUE_WORDS, /* the value's words stand in the name, in their order */
	VALUE_EQUAL  /* but for case, accents, punctuation and a leading "the" */
};

/*
 * Bytes of "The " at the front of ${text}: "The Skeptic" is asked for as
 * persona:skeptic.  0 where there is none, or nothing behind it.
 */
size_t value_article(const char *text, size_t len);

/* Append the text that equal values have in common. */
void value_key(struct buf *out, const char *text, size_t len);

/* ${words} is a buffer to work in.  A failed allocation counts as different. */
enum value_match value_compare(const char *value, const char *name, struct buf *words);

#endif
