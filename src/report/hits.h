/*
 * Every hit of a search, one after another: what is counted over all of them.  The
 * index is held for some hits at a time, which saves a look at its file for each, and
 * never long enough for a writer to notice.
 */
#ifndef REPORT_HITS_H
#define REPORT_HITS_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "paneldex.h"

struct hits {
	struct pdx *index;
	struct pdx_result *result;
	volatile sig_atomic_t *stop; /* not NULL and not 0: PDX_E_INTERRUPTED */
	size_t next;                 /* number of the next hit, from 0 */
	bool held;
};

/*
 * Load the next hit that is still there; *number is its number.  Returns 1; 0 after the
 * last; or a negative status.  *hit is valid until the next call.
 */
int hits_next(const struct pdx_hit **hit, size_t *number, struct hits *h,
	      struct pdx_err *err);

/* Needed where the end was not reached. */
void hits_release(struct hits *h);

#endif
