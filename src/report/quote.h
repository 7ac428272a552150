/*
 * What to quote of an article that a query found: the whole sentence that matched, and
 * whose it is.
 */
#ifndef REPORT_QUOTE_H
#define REPORT_QUOTE_H

#include "base/buf.h"
#include "paneldex.h"

/* Zeroed, it can be released. */
struct quote {
	struct buf text;             /* "": there is nothing to quote */
	const struct pdx_take *take; /* the hit's; NULL: the article says it */
};

/*
 * Fill the zeroed ${q} (quote_release): the sentence around the first match of the best
 * highlight that is not the title's; without any, the first sentence of the summary, or
 * of the body where there is no summary.  0 or PDX_E_NOMEM.
 */
int quote_hit(struct quote *q, const struct pdx_hit *hit, struct pdx_err *err);
void quote_release(struct quote *q);

#endif
