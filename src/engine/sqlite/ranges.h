/*
 * A pass in ranges: the windows of a list by several threads, each of which has a
 * connection and a collector of its own.  What comes of it is what one pass gives, but
 * for totals that need not be exact: those are at least so, too.
 */
#ifndef ENGINE_SQLITE_RANGES_H
#define ENGINE_SQLITE_RANGES_H

#include "engine/sqlite/collect.h"

/* In how many ranges the pass of ${c}, which windows answer, is best made; 1: in one
 * go. */
size_t ranges_count(const struct collector *c);

/* Make the pass of ${c}, whose windows are ${w}, in ${n} ranges: 2 at least. */
int ranges_run(struct collector *c, struct window *w, size_t n);

/* PDX_E_INTERRUPTED where the ranges of ${pass} are to end, else 0. */
int pass_check(struct pass *pass, struct pdx_err *err);

#endif
