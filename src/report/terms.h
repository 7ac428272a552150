/*
 * The words and two-word phrases of groups of texts: in how many texts of each group
 * each stands.  A group is a persona, or one side of a comparison; a text is a take, or
 * an article.
 *
 * A term counts once a text: a word that is said again in the same breath says little
 * more than when it was said first (Church, Gale: Poisson mixtures, 1995), and counts
 * of texts can be set beside counts of articles.  Terms are stems, so that "weight" and
 * "weights" are one; what is shown is the written form that the most texts have.  Stop
 * words, numbers and single letters are no terms; a compound such as GPT-4o is one
 * word. The words of a phrase stand side by side, with nothing but blanks or a hyphen
 * between.
 *
 * Memory: at most TERMS_MAX terms by group and written form are counted at a time, in
 * less than 160 MB.  When there are more the rarest are dropped (lossy counting: Manku,
 * Motwani: Approximate frequency counts over data streams, 2002) and terms_missed()
 * says how much a count may be too low.
 */
#ifndef REPORT_TERMS_H
#define REPORT_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "report/term_reader.h"

/* Below three quarters of 2^21, where the table would double. */
#define TERMS_MAX ((size_t)11 << 17)

struct terms;

struct term_count {
	uint32_t group;
	uint32_t texts;
	uint32_t first; /* number of the first text of the group that has it */
};

struct term {
	const char *text;
	uint32_t word[2]; /* numbers of the stems; of a word the second is TERM_NO_WORD
			   */
	uint64_t texts;   /* of all groups */
	const struct term_count *counts; /* by group; groups without it are left out */
	size_t ncounts;
};

/*
 * For texts of ${language}, owned by the caller (terms_free).  PDX_E_USAGE: there is no
 * such language.
 */
int terms_new(struct terms **out, const char *language, struct pdx_err *err);
void terms_free(struct terms *t);

/* TERMS_MAX is ${max} from now on. */
void terms_limit(struct terms *t, size_t max);

/*
 * Count one text: its pieces, and then the group that it is of and its number.  No
 * phrase runs from one piece into the next.  Return 0 or PDX_E_NOMEM.
 */
int terms_read(struct terms *t, const char *piece, struct pdx_err *err);
int terms_end_text(struct terms *t, uint32_t group, uint32_t number,
		   struct pdx_err *err);

/* All texts are counted: make the list of terms that at least ${least} texts have. */
int terms_finish(struct terms *t, uint64_t least, struct pdx_err *err);

/* The terms, by the numbers of their words; after terms_finish(). */
const struct term *terms_list(const struct terms *t, size_t *n);

/* Terms counted in ${group}, each as often as texts have it; listed or not. */
uint64_t terms_in_group(const struct terms *t, uint32_t group);

/* How much any count may be too low; 0: all are exact. */
uint64_t terms_missed(const struct terms *t);

/*
 * The numbers in the list of the terms that ${text} has, each once, in *found, which
 * stays valid until the next call; *all is how many it has, listed or not.
 */
int terms_look(const size_t **found, size_t *n, size_t *all, struct terms *t,
	       const char *text, struct pdx_err *err);

/* A term among those that are to be shown. */
struct term_pick {
	size_t term;
	const char *text;
	uint64_t texts; /* of whom it is shown for */
	double weight;
};

/*
 * Order ${v} by weight, the highest first, then by text, and leave out what says the
 * same twice: of two terms that share a word and stand in about the same texts (the
 * rarer in at least four of five) only the better stays, or the phrase where the other
 * is a word of it. Returns how many are left: ${most}, or fewer.
 */
size_t terms_pick(const struct terms *t, struct term_pick *v, size_t n, size_t most);

#endif
