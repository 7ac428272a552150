/*
 * Positions of a leaf.  Knows FTS5's row interface; not what the positions are for.
 */
#include "engine/sqlite/positions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/fts5.h"
#include "engine/sqlite/verify.h"

void positions_init(struct positions *p, const struct plan_leaf *leaf,
		    struct store *store)
{
	memset(p, 0, sizeof(*p));
	p->leaf = leaf;
	p->store = store;
}

void positions_release(struct positions *p)
{
	size_t i;

	for (i = 0; p->words && i < p->leaf->nphrases; i++)
		free(p->words[i]);
	free(p->words);
	free(p->nwords);
	free(p->capwords);
	free(p->v);
	sqlite3_finalize(p->cursor);
	memset(p, 0, sizeof(*p));
}

static int add_phrase(uint64_t **v, size_t *n, size_t *cap, const struct fts_row *row,
		      int phrase)
{
	Fts5PhraseIter iter;
	int column, offset, rc;

	rc = row->api->xPhraseFirst(row->fts, phrase, &iter, &column, &offset);
	if (rc != SQLITE_OK)
		return rc;
	while (column >= 0) {
		if (*n == *cap && !mem_grow(v, cap, *n + 1, sizeof(**v)))
			return SQLITE_NOMEM;
		(*v)[(*n)++] = POSITION(column, offset);
		row->api->xPhraseNext(row->fts, &iter, &column, &offset);
	}
	return SQLITE_OK;
}

int positions_count(uint32_t tf[TEXT_COLUMNS], int phrase,
		    const struct fts_row *driver)
{
	Fts5PhraseIter iter;
	int column, offset, rc;

	memset(tf, 0, sizeof(tf[0]) * TEXT_COLUMNS);
	rc = driver->api->xPhraseFirst(driver->fts, phrase, &iter, &column, &offset);
	while (rc == SQLITE_OK && column >= 0) {
		if (column < TEXT_COLUMNS)
			tf[column]++;
		driver->api->xPhraseNext(driver->fts, &iter, &column, &offset);
	}
	return rc;
}

static int by_position(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* A compound and its joined form stand at one position: that is one match. */
void positions_sort(struct positions *p)
{
	size_t i, kept = 0;

	if (p->n < 2)
		return;
	qsort(p->v, p->n, sizeof(*p->v), by_position);
	for (i = 0; i < p->n; i++)
		if (!kept || p->v[kept - 1] != p->v[i])
			p->v[kept++] = p->v[i];
	p->n = kept;
}

static int collect_any(struct positions *p, const struct fts_row *row, int first)
{
	size_t i;
	int rc = SQLITE_OK;

	for (i = 0; i < p->leaf->nphrases && rc == SQLITE_OK; i++)
		rc = add_phrase(&p->v, &p->n, &p->cap, row, first + (int)i);
	if (p->leaf->nphrases > 1)
		positions_sort(p);
	return rc;
}

static bool make_words(struct positions *p)
{
	size_t n = p->leaf->nphrases;

	if (p->words)
		return true;
	p->words = calloc(n, sizeof(*p->words));
	p->nwords = calloc(n, sizeof(*p->nwords));
	p->capwords = calloc(n, sizeof(*p->capwords));
	return p->words && p->nwords && p->capwords;
}

/* The take that ${offset} is in. */
static size_t take_of(const struct docval_lists *lists, uint32_t offset)
{
	size_t low = 0, high = lists->ntakes;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (lists->takes[middle].start <= offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Whether a window keeps to one take, or lies in another column. */
static bool in_one_take(uint64_t first, uint64_t last, const struct docval_lists *takes)
{
	return POSITION_COLUMN(first) != COLUMN_TAKES || !takes || !takes->ntakes ||
	       take_of(takes, POSITION_OFFSET(first)) ==
		       take_of(takes, POSITION_OFFSET(last));
}

/*
 * Slide over the words' positions: with ${at} one position of each word, the window
 * from the lowest to the highest counts where it is no wider than the words and the
 * slop; then the lowest moves on.
 */
static int windows(struct positions *p, size_t *at, const struct docval_lists *takes)
{
	size_t n = p->leaf->nphrases, i, low;
	uint64_t width = n + p->leaf->slop;

	for (;;) {
		uint64_t first = UINT64_MAX, last = 0;

		for (i = 0, low = 0; i < n; i++) {
			uint64_t v;

			if (at[i] == p->nwords[i])
				return 0;
			v = p->words[i][at[i]];
			if (v < first) {
				first = v;
				low = i;
			}
			last = v > last ? v : last;
		}
		if (last - first < width && in_one_take(first, last, takes)) {
			if (p->n == p->cap &&
			    !mem_grow(&p->v, &p->cap, p->n + 1, sizeof(*p->v)))
				return PDX_E_NOMEM;
			p->v[p->n++] = first;
		}
		at[low]++;
	}
}

static int find_windows(struct positions *p, const struct docval_lists *takes,
			struct pdx_err *err)
{
	size_t *at = calloc(p->leaf->nphrases, sizeof(*at));
	int status = at ? windows(p, at, takes) : PDX_E_NOMEM;

	free(at);
	positions_sort(p);
	return status ? err_nomem(err) : 0;
}

static int collect_words(struct positions *p, const struct fts_row *row, int first)
{
	size_t i;
	int rc = SQLITE_OK;

	if (!make_words(p))
		return SQLITE_NOMEM;
	for (i = 0; i < p->leaf->nphrases && rc == SQLITE_OK; i++) {
		p->nwords[i] = 0;
		rc = add_phrase(&p->words[i], &p->nwords[i], &p->capwords[i], row,
				first + (int)i);
	}
	return rc;
}

int positions_collect(struct positions *p, const struct fts_row *row, int first)
{
	p->n = 0;
	return p->leaf->slop ? collect_words(p, row, first)
			     : collect_any(p, row, first);
}

static void positions_function(const Fts5ExtensionApi *api, Fts5Context *fts,
			       sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	struct positions *p =
		nargs == 1 ? sqlite3_value_pointer(args[0], "paneldex") : NULL;
	struct fts_row row = { api, fts };
	int rc;

	if (!p) {
		sqlite3_result_error(ctx, "called from outside a search", -1);
		return;
	}
	rc = positions_collect(p, &row, 0);
	if (rc != SQLITE_OK)
		sqlite3_result_error_code(ctx, rc);
	else
		sqlite3_result_int(ctx, 1);
}

int positions_register(sqlite3 *db, struct pdx_err *err)
{
	fts5_api *api;
	int rc, status = fts5_api_of(&api, db, err);

	if (status)
		return status;
	rc = api->xCreateFunction(api, "paneldex_positions", NULL, positions_function,
				  NULL);
	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}

/* From ${row} on: the rows before it are not even read. */
static int begin_cursor(struct positions *p, int64_t row, struct pdx_err *err)
{
	struct buf match;
	int status;

	buf_init(&match, 0);
	plan_match_leaf(&match, p->leaf);
	status = buf_ok(&match) ? 0 : err_nomem(err);
	if (!status)
		status = db_prepare(&p->cursor, p->store->db,
				    "SELECT rowid FROM text WHERE text MATCH ?1"
				    " AND rowid >= ?3"
				    " AND paneldex_positions(text, ?2)",
				    err);
	if (!status) {
		sqlite3_bind_text64(p->cursor, 1, match.data, match.len,
				    SQLITE_TRANSIENT, SQLITE_UTF8);
		sqlite3_bind_pointer(p->cursor, 2, p, "paneldex", NULL);
		sqlite3_bind_int64(p->cursor, 3, row);
	}
	buf_release(&match);
	return status;
}

/* Move the side cursor to ${row} or beyond it. */
static int follow(struct positions *p, int64_t row, struct pdx_err *err)
{
	int got;

	if (!p->leaf->nphrases)
		p->ended = true;
	if (!p->cursor && !p->ended && (got = begin_cursor(p, row, err)))
		return got;
	while (!p->ended && p->row < row) {
		got = db_step(p->cursor, err);
		if (got < 0)
			return got;
		p->ended = got == 0;
		p->row = got ? sqlite3_column_int64(p->cursor, 0) : INT64_MAX;
	}
	return 0;
}

/* What FTS5 found is a bound where written forms or a window decide: once a row. */
static int finish(struct positions *p, const struct docval_lists *takes,
		  struct pdx_err *err)
{
	int status = 0;

	if (p->finished == p->row)
		return 0;
	p->finished = p->row;
	if (p->leaf->verify && (p->n || p->leaf->slop))
		status = verify_positions(p, p->row, err);
	if (!status && p->leaf->slop)
		status = find_windows(p, takes, err);
	return status;
}

bool positions_needs_takes(const struct positions *p)
{
	return p->leaf->slop && p->leaf->columns & 1u << COLUMN_TAKES;
}

int positions_at(struct positions *p, int64_t row, const struct fts_row *driver,
		 const struct docval_lists *takes, struct pdx_err *err)
{
	int status = 0, rc;

	if (p->leaf->first < 0 || !driver) {
		status = follow(p, row, err);
	} else if (p->row != row) {
		p->row = row;
		rc = positions_collect(p, driver, p->leaf->first);
		if (rc != SQLITE_OK)
			status = db_error(NULL, rc, err);
	}
	if (status || p->row != row)
		return status;
	return finish(p, takes, err);
}

size_t positions_n(const struct positions *p, int64_t row)
{
	return p->row == row ? p->n : 0;
}
