/* What the files of the panel's account share while it is made; see panel.h. */
#ifndef REPORT_PANEL_WORK_H
#define REPORT_PANEL_WORK_H

#include "report/hits.h"
#include "report/marks.h"
#include "report/panel.h"
#include "report/strings.h"
#include "report/tally.h"
#include "report/terms.h"

#define PANEL_LEAST_TAKES 2 /* said once, a term may be anybody's */
#define PANEL_LEFT_OUT 0    /* group of the takes that the query leaves out */
#define PANEL_GROUP(persona) ((persona) + 1)

struct panel_picks {
	struct term_pick *v;
	size_t n, cap;
	uint64_t to_look; /* takes that may be quoted and were not looked at */
};

struct panel_work {
	struct panel *out;
	struct arena *arena;
	struct hits hits; /* of the first pass */
	const struct panel_request *request;
	struct terms *terms;
	struct strings personas, perspectives, companies, categories;
	struct tally tally;
	struct marks heard; /* personas in the article that is counted */
	struct panel_article *shown;
	/* By persona, in the order they came in. */
	struct panel_persona *persona;
	struct panel_picks *picks;
};

/*
 * panel_terms.c: after the first pass, the terms and the quote of each persona, whose
 * number of takes is known.
 */
int panel_terms(struct panel_work *w, struct pdx_err *err);
int panel_quotes(struct panel_work *w, struct pdx_err *err);

#endif
