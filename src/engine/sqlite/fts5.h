/* The way to FTS5's extension interface. */
#ifndef ENGINE_SQLITE_FTS5_H
#define ENGINE_SQLITE_FTS5_H

#include <sqlite3.h>

#include "base/err.h"

/* PDX_E_INDEX where this SQLite was built without FTS5. */
int fts5_api_of(fts5_api **out, sqlite3 *db, struct pdx_err *err);

#endif
