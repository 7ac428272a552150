/*
 * A gazetteer: names that are looked for in running text, all of them in one pass over
 * its tokens.  Knows the analyzer; what a name belongs to is a number of the caller's.
 *
 * A name is found where its words stand one after another, folded as the analyzer folds
 * them, with the blanks and hyphens between them that are usual ("Hugging Face",
 * "Hugging-Face") or as in the name; "HuggingFace" is found too.  An apostrophe and s
 * behind it change nothing.  Of names that overlap the one that begins first is taken,
 * of those the longest: "Apple Records" mentions no Apple.
 *
 * Names are written with capitals, and the words that some are made of are not:
 * - a word has to begin with a capital, or in a script that has none (so neither
 *   "apple" nor "hugging face" is a name; APPLE is);
 * - unless nobody would write it so by accident: it has a capital inside (OpenAI,
 *   xAI), a digit, or no vowel (dbt, HTC) -- then openai will do;
 * - a stop word among the others, or a word that is small in a name with capitals, may
 *   be as it likes (Bank of America);
 * - a name that is one stop word, or one word of one or two letters (IT, HP), has to be
 *   written just so.
 * That a sentence begins with "Scale" or "Apple" cannot be told from the name.
 */
#ifndef TEXT_GAZETTEER_H
#define TEXT_GAZETTEER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/analyze.h"

#define GAZETTEER_WORDS 12 /* of a name; one that has more is not looked for */

struct gazetteer_table {
	uint64_t *keys;   /* open addressing, size a power of 2 */
	uint32_t *values; /* 0: free */
	size_t nslots, n;
};

/* A zeroed struct has no names. */
struct gazetteer {
	struct arena arena;
	struct gazetteer_table words; /* hash of a folded word -> its number */
	struct gazetteer_table edges; /* node and word -> node */
	struct gazetteer_node {
		struct gazetteer_name *names; /* that end here */
	} * nodes;                            /* 0: the root */
	size_t nnodes, cap;
};

/* A text that is being read: the words of names in it.  A zeroed struct is ready. */
struct gazetteer_scan {
	const char *text;
	struct gazetteer_seen *seen;
	size_t n, cap;
};

void gazetteer_release(struct gazetteer *g);
void gazetteer_scan_release(struct gazetteer_scan *scan);

/* Look for ${name} from now on, as ${id}.  The same again is harmless.  0 or
 * PDX_E_NOMEM. */
int gazetteer_add(struct gazetteer *g, struct analyzer *analyzer, const char *name,
		  uint32_t id);

/* The number of a folded word among the words of names, which it keeps; 0: none has
 * it. */
uint32_t gazetteer_word(const struct gazetteer *g, const char *form, size_t len);

/*
 * Scan one text: begin, each token, as the analyzer gives them, with the number of its
 * form, and end, which calls ${each} for every name in the text, in their order, some
 * several times.  ${text} must stay until the end.  0, PDX_E_NOMEM, or what ${each}
 * returned.
 */
void gazetteer_begin(struct gazetteer_scan *scan, const char *text);
int gazetteer_token(struct gazetteer_scan *scan, const struct token *token,
		    uint32_t word);
int gazetteer_end(struct gazetteer_scan *scan, const struct gazetteer *g,
		  int (*each)(void *ctx, uint32_t id), void *ctx);

/* The ways to write ${name} in which it is found, as index terms: for asking which
 * articles may have it. */
struct gazetteer_phrase {
	const char *terms[GAZETTEER_WORDS];
	size_t lens[GAZETTEER_WORDS];
	size_t n;
};

#define GAZETTEER_PHRASES 2

/* How many of ${out} were filled, in ${arena}; 0: it is not looked for.  PDX_E_NOMEM.
 */
int gazetteer_phrases(struct gazetteer_phrase out[GAZETTEER_PHRASES],
		      struct arena *arena, struct analyzer *analyzer, const char *name);

#endif
