/* Words that weigh nothing beside others: "the", "of", "which". */
#ifndef TEXT_STOPWORDS_H
#define TEXT_STOPWORDS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether the ${len} bytes of ${form}, folded and not stemmed, are a stop word of
 * ${language}, a Snowball name; a language without a list has none.
 */
bool stopword_is(const char *language, const char *form, size_t len);

#endif
