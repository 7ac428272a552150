/*
 * Scans of single leaves.  Knows FTS5's row interface; not what the counts are for.
 */
#include "engine/sqlite/leafscan.h"

#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/fts5.h"

void leafscan_init(struct leafscan *scan, const struct plan_leaf *leaf,
		   struct store *store)
{
	memset(scan, 0, sizeof(*scan));
	positions_init(&scan->positions, leaf, store);
	scan->ended = leaf->nphrases == 0;
}

void leafscan_release(struct leafscan *scan)
{
	sqlite3_finalize(scan->stmt);
	positions_release(&scan->positions);
}

/* The next row of the window; rows come in their order. */
static bool append(struct postings_view *v, size_t at, const column_counts counts)
{
	if (v->n == v->cap &&
	    !mem_grow(&v->counts, &v->cap, v->n + 1, sizeof(column_counts)))
		return false;
	memcpy(v->counts[v->n++], counts, sizeof(column_counts));
	v->rows[at / 64] |= UINT64_C(1) << (at % 64);
	return true;
}

static int count(column_counts counts, struct leafscan *scan, const struct fts_row *row)
{
	const struct plan_leaf *leaf = scan->positions.leaf;
	size_t i;
	int rc;

	if (leaf->nphrases == 1)
		return positions_count(counts, 0, row);
	memset(counts, 0, sizeof(column_counts));
	rc = positions_collect(&scan->positions, row, 0);
	for (i = 0; i < scan->positions.n; i++)
		counts[POSITION_COLUMN(scan->positions.v[i]) & (TEXT_COLUMNS - 1)]++;
	return rc;
}

/* Whether SQLite is to stop at the row: the window ends before it. */
static int take_row(bool *stop, struct leafscan *scan, const struct fts_row *row)
{
	int64_t number = row->api->xRowid(row->fts);
	int rc;

	*stop = false;
	if (number < scan->first)
		return SQLITE_OK;
	rc = count(scan->counts, scan, row);
	if (rc != SQLITE_OK)
		return rc;
	if (number < scan->end)
		return append(scan->out, (size_t)(number - scan->first), scan->counts)
			       ? SQLITE_OK
			       : SQLITE_NOMEM;
	scan->row = number;
	*stop = true;
	return SQLITE_OK;
}

static void scan_function(const Fts5ExtensionApi *api, Fts5Context *fts,
			  sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	struct leafscan *scan =
		nargs == 1 ? sqlite3_value_pointer(args[0], "paneldex") : NULL;
	struct fts_row row = { api, fts };
	bool stop;
	int rc;

	if (!scan) {
		sqlite3_result_error(ctx, "called from outside a search", -1);
		return;
	}
	rc = take_row(&stop, scan, &row);
	if (rc != SQLITE_OK)
		sqlite3_result_error_code(ctx, rc);
	else
		sqlite3_result_int(ctx, stop);
}

int leafscan_register(sqlite3 *db, struct pdx_err *err)
{
	fts5_api *api;
	int rc, status = fts5_api_of(&api, db, err);

	if (status)
		return status;
	rc = api->xCreateFunction(api, "paneldex_leafscan", NULL, scan_function, NULL);
	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}

/* From the window's first row on: those before it are not even read. */
static int begin(struct leafscan *scan, struct pdx_err *err)
{
	struct buf match;
	int status;

	buf_init(&match, 0);
	plan_match_leaf(&match, scan->positions.leaf);
	status = buf_ok(&match) ? 0 : err_nomem(err);
	if (!status)
		status = db_prepare(&scan->stmt, scan->positions.store->db,
				    "SELECT rowid FROM text WHERE text MATCH ?1"
				    " AND rowid >= ?3 AND paneldex_leafscan(text, ?2)",
				    err);
	if (!status) {
		sqlite3_bind_text64(scan->stmt, 1, match.data, match.len,
				    SQLITE_TRANSIENT, SQLITE_UTF8);
		sqlite3_bind_pointer(scan->stmt, 2, scan, "paneldex", NULL);
		sqlite3_bind_int64(scan->stmt, 3, scan->first);
	}
	buf_release(&match);
	return status;
}

/* Take the row that was read too early, if it is of the window. */
static int take_early(struct leafscan *scan, struct pdx_err *err)
{
	int64_t row = scan->row;

	scan->row = 0;
	return row < scan->first || append(scan->out, (size_t)(row - scan->first),
					   scan->counts)
		       ? 0
		       : err_nomem(err);
}

static void number_rows(struct postings_view *v)
{
	size_t i, n = 0;

	for (i = 0; i < WINDOW_WORDS; i++) {
		v->before[i] = (uint16_t)n;
		n += bits_count(v->rows[i]);
	}
}

int leafscan_window(struct leafscan *scan, struct postings_view *out, int64_t number,
		    struct pdx_err *err)
{
	int got;

	postings_view_clear(out);
	scan->out = out;
	scan->first = number * WINDOW_ROWS;
	scan->end = scan->first + WINDOW_ROWS;
	if (scan->row >= scan->end)
		return 0;
	if (scan->row && take_early(scan, err))
		return PDX_E_NOMEM;
	if (!scan->stmt && !scan->ended && begin(scan, err))
		return PDX_E_INDEX;
	got = scan->ended ? 0 : db_step(scan->stmt, err);
	if (got < 0)
		return got;
	scan->ended = got == 0;
	number_rows(out);
	return 0;
}
