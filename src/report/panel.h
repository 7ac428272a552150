/*
 * What the panel said of the articles that a query finds: who, how much, in which
 * words, of what never.  Numbers and texts, no output.
 *
 * A take counts where its article matches and the take is not left out by the query: by
 * its personas and perspectives and by take( ... ) (take_chosen of struct pdx_hit).
 */
#ifndef REPORT_PANEL_H
#define REPORT_PANEL_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct panel_request {
	size_t articles;             /* to be shown with their takes, of the best */
	size_t terms;                /* of each persona */
	size_t silent;               /* companies, and categories, of each persona */
	volatile sig_atomic_t *stop; /* not NULL and not 0: PDX_E_INTERRUPTED */
};

struct panel_count {
	const char *name; /* NULL: none is given */
	uint64_t count;
};

/*
 * A term that sets a persona apart: contrast_odds() of their takes against all other
 * takes of the matching articles, those that the query leaves out included.
 */
struct panel_term {
	const char *text;
	uint64_t takes;  /* of the persona, with the term */
	uint64_t others; /* other takes with it */
	double log_odds; /* natural logarithm */
	double z;
};

/*
 * The take that stands for a persona: among the first 1000 of theirs, in the order of
 * the hits, the one with the highest sum of z over the 100 most distinctive terms that
 * it has, divided by the square root of the number of terms in it (8, where there are
 * fewer), so that neither the longest take wins nor a single word.
 */
struct panel_quote {
	const char *id, *title; /* of its article; NULL: there is no take */
	int32_t date;
	size_t take; /* number in the article, from 1 */
	const char *perspective, *text;
	double score;
};

/* Names that matching articles have and none of those with a take of the persona. */
struct panel_silent {
	uint64_t n; /* all of them */
	const struct panel_count
		*names; /* by articles, then by name; the first of them */
	size_t nnames;
};

struct panel_persona {
	const char *name; /* NULL: takes without one */
	uint64_t takes, articles;
	const struct panel_count *perspectives; /* by count, then by name */
	size_t nperspectives;
	const struct panel_term *terms; /* by z; said in two takes or more */
	size_t nterms;
	struct panel_quote quote;
	struct panel_silent companies, categories;
};

struct panel_take {
	size_t n; /* in the article, from 1 */
	const char *persona, *perspective, *text;
};

struct panel_article {
	const char *id, *title, *url;
	int32_t date;
	const char *const *companies, *const *categories;
	size_t ncompanies, ncategories;
	const struct panel_take *takes;
	size_t ntakes;
};

struct panel {
	uint64_t total;    /* articles that match */
	uint64_t articles; /* of those, with a take that counts */
	uint64_t takes;
	uint64_t companies, categories; /* different ones among the matches */
	uint64_t missed; /* takes with a term may be as many more; 0: exact */
	const struct panel_persona *personas; /* by takes, then by name */
	size_t npersonas;
	const struct panel_article *shown; /* the best that have a take */
	size_t nshown;
};

/*
 * Look at every hit of ${result}, which is a search of ${index} that was not limited.
 * What *out points to is in ${arena}.
 */
int panel_make(struct panel *out, struct arena *arena, struct pdx *index,
	       struct pdx_result *result, const struct panel_request *request,
	       struct pdx_err *err);

#endif
