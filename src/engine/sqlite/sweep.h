/* Windows part by part: what the collector does row by row for any query, done for many
 * rows at once where nothing is asked that needs each row by itself. */
#ifndef ENGINE_SQLITE_SWEEP_H
#define ENGINE_SQLITE_SWEEP_H

#include "engine/sqlite/collect.h"

/* Whether it can be: no takes or stories are counted, no pivots, groups, clauses. */
bool sweep_serves(const struct collector *c);

/* Take up the rows of the window that ${c} is at. */
int sweep_window(struct collector *c);

#endif
