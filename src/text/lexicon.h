/*
 * The words that were seen, and what is known of each: a token costs one look at the
 * table, and what depends on its form or term alone is worked out once, its stem before
 * all.
 *
 * Any number of threads may look and add.  Who uses a lexicon keeps a reference to it,
 * and what it gave out stays as it is while there is one.
 */
#ifndef TEXT_LEXICON_H
#define TEXT_LEXICON_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/analyze.h"
#include "text/stem.h"

struct lexicon_term {
	const char *text;
	uint32_t len;
	uint32_t id;     /* from 0, without gaps */
	uint64_t hash;   /* hash64() */
	uint64_t sketch; /* sketch_hash() */
};

/* All that a token needs, side by side: of what is not in a processor's cache, a form of
 * usual length takes one line. */
struct lexicon_form {
	const struct lexicon_term *term;
	const char *term_text; /* of ${term}, as the next three */
	uint64_t sketch;
	uint32_t term_id;
	uint16_t term_len;
	uint16_t len;
	/* Who looks names up may keep here what it found. */
	_Atomic uint64_t name;
	uint32_t id;         /* from 0, without gaps */
	atomic_bool stemmed; /* the term is its stem */
	char text[];
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

/* The word of ${token}, added where it is new.  NULL: memory is out. */
struct lexicon_form *lexicon_get(struct lexicon *l, const struct token *token);

/* The hash of ${len} bytes of ${form}. */
uint64_t lexicon_hash(const char *form, size_t len);

/* A form with ${hash} will be asked for: first where to look for it is brought near, at
 * the second call what stands there. */
void lexicon_hint(const struct lexicon *l, uint64_t hash);
void lexicon_hint_form(const struct lexicon *l, uint64_t hash);

/* The word that is ${len} bytes of ${form}, which have ${hash}, and its stem by
 * ${stemmer}, which only this thread uses and which has the language of all others.
 * NULL: memory is out. */
struct lexicon_form *lexicon_stem(struct lexicon *l, struct stemmer *stemmer,
				  uint64_t hash, const char *form, size_t len);

/* The lexicon that several threads share, replaced when it has grown large. */
struct lexicons {
	pthread_mutex_t mutex;
	struct lexicon *current;
};

void lexicons_init(struct lexicons *l);
void lexicons_release(struct lexicons *l);

/* A reference to the one to use for the next text.  NULL: memory is out. */
struct lexicon *lexicons_take(struct lexicons *l);

#endif
