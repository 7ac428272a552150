/* FTS5's extension interface, asked for as its manual says. */
#include "engine/sqlite/fts5.h"

#include "engine/sqlite/db.h"

int fts5_api_of(fts5_api **out, sqlite3 *db, struct pdx_err *err)
{
	sqlite3_stmt *stmt = NULL;
	int status = db_prepare(&stmt, db, "SELECT fts5(?1)", err);

	*out = NULL;
	if (!status) {
		sqlite3_bind_pointer(stmt, 1, (void *)out, "fts5_api_ptr", NULL);
		sqlite3_step(stmt);
	}
	sqlite3_finalize(stmt);
	if (!status && !*out)
		return err_set(err, PDX_E_INDEX, "this SQLite has no FTS5");
	return status;
}
