/*
 * The words that one thread has seen, and what is known of each: a token costs one look
 * at the table, and what depends on its form or term alone is worked out once.
 *
 * Who uses a lexicon keeps a reference to it, and what it gave out stays as it is while
 * there is one; only one thread may add to it.
 */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/analyze.h"

struct lexicon_term {
	const char *text;
	uint32_t len;
	uint32_t id;     /* from 0, without gaps */
	uint64_t hash;   /* hash64() */
	uint64_t sketch; /* sketch_hash() */
};

struct lexicon_form {
	const char *text;
	uint32_t len;
	const struct lexicon_term *term;
	/* The adder's own: nobody else may look at these. */
	uint32_t name;          /* its number among the words of names, 0: none */
	uint64_t names_version; /* that this is true of; 0: none */
	bool given;             /* it was handed on with an article */
};

struct lexicon;

/* NULL: memory is out.  There is one reference. */
struct lexicon *lexicon_new(void);

/* Another reference. */
struct lexicon *lexicon_keep(struct lexicon *l);

/* One reference less; accepts NULL. */
void lexicon_drop(struct lexicon *l);

/* No two have the same, ever. */
uint64_t lexicon_number(const struct lexicon *l);

/* It has so many words that the next article had better get a new one. */
bool lexicon_is_full(const struct lexicon *l);

/* The word of ${token}, added where it is new.  NULL: memory is out. */
struct lexicon_form *lexicon_get(struct lexicon *l, const struct token *token);

#endif
