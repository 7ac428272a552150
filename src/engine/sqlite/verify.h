/*
 * The index holds stems; a query may ask for a written form (=word, word*).  Where the
 * vocabulary cannot tell, the stored text does.
 */
#ifndef ENGINE_SQLITE_VERIFY_H
#define ENGINE_SQLITE_VERIFY_H

#include "engine/sqlite/positions.h"

/* Fill p->v, or p->words for a loose phrase, with the places of ${row} where the leaf's
 * terms really stand. */
int verify_positions(struct positions *p, int64_t row, struct pdx_err *err);

#endif
