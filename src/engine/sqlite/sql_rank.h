/*
 * bm25f(text): the score of a row of a MATCH over the table "text" for whoever speaks
 * SQL, by the formula and the default profile that searches have (rank/bm25f.h).
 *
 * As FTS5's own bm25() it is the smaller the better: ORDER BY bm25f(text) gives the
 * best first.  What a search does beyond the formula it does not do: stop words weigh
 * as other words, and every phrase of the expression counts, those after NOT too.
 */
#ifndef ENGINE_SQLITE_SQL_RANK_H
#define ENGINE_SQLITE_SQL_RANK_H

#include <sqlite3.h>

#include "base/err.h"

int sql_rank_register(sqlite3 *db, struct pdx_err *err);

#endif
