/* The thin layer over SQLite's C interface: statements, errors, settings. */
#ifndef ENGINE_SQLITE_DB_H
#define ENGINE_SQLITE_DB_H

#include <sqlite3.h>

#include "base/err.h"

/*
 * Open ${path} with the settings that every connection to an index has.  ${flags}
 * are SQLITE_OPEN_*.  *out is NULL after a failure.
 */
int db_open(sqlite3 **out, const char *path, int flags, struct pdx_err *err);

/* Turn the failure ${rc} of ${db} (may be NULL) into a status and a message. */
int db_error(sqlite3 *db, int rc, struct pdx_err *err);

int db_exec(sqlite3 *db, const char *sql, struct pdx_err *err);

/* A statement that is kept; owned by the caller. */
int db_prepare(sqlite3_stmt **out, sqlite3 *db, const char *sql, struct pdx_err *err);

/* Whether SQL may write to the tables behind FTS5, which db_open() forbids.  All
 * statements are compiled anew when this changes. */
void db_open_shadows(sqlite3 *db, int open);

/* 1: a row; 0: done, and the statement reset; negative: failed, and reset. */
int db_step(sqlite3_stmt *stmt, struct pdx_err *err);

/* Run to the end, expecting no row. */
int db_run(sqlite3_stmt *stmt, struct pdx_err *err);

/* Bind and do not copy: ${text} must live until the statement is reset. */
void db_bind_text(sqlite3_stmt *stmt, int index, const char *text, size_t len);
void db_bind_blob(sqlite3_stmt *stmt, int index, const void *bytes, size_t len);

#endif
