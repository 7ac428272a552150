/*
 * SQLite connections and statements, and the one place where its result codes become
 * ours.  Knows nothing of what is stored.
 */
#include "engine/sqlite/db.h"

#include <string.h>

enum {
	/* A writer holds the file for the length of one commit: seconds on a slow
	 * disk, never a whole ingest. */
	BUSY_MS = 5000
};

static int status_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		return PDX_E_NOMEM;
	case SQLITE_INTERRUPT:
		return PDX_E_INTERRUPTED;
	case SQLITE_FULL:
	case SQLITE_IOERR:
		return PDX_E_IO;
	default:
		return PDX_E_INDEX;
	}
}

static const char *meaning_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "index is locked by another process";
	case SQLITE_CORRUPT:
		return "index is damaged";
	case SQLITE_NOTADB:
		return "not a paneldex index";
	case SQLITE_CANTOPEN:
		return "cannot open the index";
	case SQLITE_READONLY:
		return "index is read-only";
	case SQLITE_FULL:
		return "no space left for the index";
	case SQLITE_IOERR:
		return "cannot read or write the index";
	case SQLITE_INTERRUPT:
		return "interrupted";
	default:
		return "index";
	}
}

int db_error(sqlite3 *db, int rc, struct pdx_err *err)
{
	enum pdx_status status = (enum pdx_status)status_of(rc);
	const char *detail = db ? sqlite3_errmsg(db) : sqlite3_errstr(rc);

	if (status == PDX_E_NOMEM)
		return err_nomem(err);
	if (status == PDX_E_INTERRUPTED)
		return err_set(err, status, "%s", meaning_of(rc));
	return err_set(err, status, "%s: %s", meaning_of(rc), detail);
}

/*
 * The file may come from anywhere: nothing in its schema may run code of ours that was
 * not declared harmless, and no SQL may write to the tables behind FTS5.
 */
static int harden(sqlite3 *db, struct pdx_err *err)
{
	int rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_busy_timeout(db, BUSY_MS);
	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}

int db_open(sqlite3 **out, const char *path, int flags, struct pdx_err *err)
{
	sqlite3 *db = NULL;
	int rc, status;

	*out = NULL;
	rc = sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	status = rc == SQLITE_OK ? harden(db, err) : db_error(db, rc, err);
	if (status) {
		sqlite3_close(db);
		return status;
	}
	sqlite3_extended_result_codes(db, 1);
	*out = db;
	return 0;
}

int db_exec(sqlite3 *db, const char *sql, struct pdx_err *err)
{
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}

int db_prepare(sqlite3_stmt **out, sqlite3 *db, const char *sql, struct pdx_err *err)
{
	int rc = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);

	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}

void db_open_shadows(sqlite3 *db, int open)
{
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, !open, NULL);
}

int db_step(sqlite3_stmt *stmt, struct pdx_err *err)
{
	int rc = sqlite3_step(stmt), status = 0;

	if (rc == SQLITE_ROW)
		return 1;
	if (rc != SQLITE_DONE)
		status = db_error(sqlite3_db_handle(stmt), rc, err);
	sqlite3_reset(stmt);
	return status;
}

int db_run(sqlite3_stmt *stmt, struct pdx_err *err)
{
	int got = db_step(stmt, err);

	if (got == 1)
		sqlite3_reset(stmt);
	return got < 0 ? got : 0;
}

void db_bind_text(sqlite3_stmt *stmt, int index, const char *text, size_t len)
{
	sqlite3_bind_text64(stmt, index, text, len, SQLITE_STATIC, SQLITE_UTF8);
}

void db_bind_blob(sqlite3_stmt *stmt, int index, const void *bytes, size_t len)
{
	sqlite3_bind_blob64(stmt, index, bytes, len, SQLITE_STATIC);
}
