/*
 * The embedded engine: opening, closing, transactions, and its row in the table of
 * engines.
 *
 * The file is kept with a rollback journal.  One writer at a time appends nearly all
 * of what it writes, so the journal stays small, a disk that fills up loses nothing
 * that was committed, readers need no file beside the index, and the file alone is the
 * archive.  Readers wait for a commit, never for an ingest.
 */
#include "engine/sqlite/store.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/sqlite/collect.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/leafscan.h"
#include "engine/sqlite/lock.h"
#include "engine/sqlite/nearest.h"
#include "engine/sqlite/sql_rank.h"
#include "engine/sqlite/sql_values.h"

/* PAGE CACHE of a writer, in KiB: what a batch changes stays in memory until its commit,
 * which writes most of it; more than this made no difference.  Debian's SQLite
 * overwrites what is deleted with zeros unless it is told not to: an archive of news has
 * no secrets. */
#define WRITER_SETTINGS                                                                \
	"PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;"                     \
	"PRAGMA secure_delete = OFF;"                                                  \
	"PRAGMA cache_size = -24576; PRAGMA temp_store = MEMORY"
/* Pages of the file as the system has them, up to SQLite's limit of 2 GB: copying them
 * was a third of a search for a common word. */
#define MAPPED "PRAGMA mmap_size = 2147418112"
#define READER_SETTINGS "PRAGMA query_only = ON; PRAGMA cache_size = -16384;" MAPPED
/* A range of a search reads a page once: pages that are kept would only be memory. */
#define BESIDE_SETTINGS "PRAGMA query_only = ON; PRAGMA cache_size = -1024;" MAPPED

static const char *const statements[STMT_COUNT] = {
	[STMT_FIND] = "SELECT id, digest, added FROM article WHERE key = ?1",
	[STMT_INSERT] = "INSERT INTO article(id, key, digest, added, title, record)"
			" VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
	[STMT_UPDATE] = "UPDATE article SET digest = ?3, title = ?5, record = ?6"
			" WHERE id = ?1",
	[STMT_RECORD] = "SELECT record, key, added, title FROM article"
			" WHERE id = ?1",
	[STMT_BY_KEY] = "SELECT id FROM article WHERE key BETWEEN ?1 AND ?2 LIMIT 2",
	[STMT_TITLE] = "SELECT title FROM article WHERE id = ?1",
	[STMT_TEXT_INSERT] = "INSERT INTO text(rowid, body, title, summary, takes)"
			     " VALUES(?1, ?2, ?3, ?4, ?5)",
	[STMT_TEXT_DELETE] =
		"INSERT INTO text(text, rowid, body, title, summary, takes)"
		" VALUES('delete', ?1, ?2, ?3, ?4, ?5)",
	[STMT_BOOKMARKED] = "SELECT 1 FROM bookmark WHERE key = ?1",
	[STMT_QUARANTINE] =
		"INSERT INTO quarantine(key, path, name, input, origin, url, type,"
		" offset, len, reason, time, whole, bytes)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
		" ON CONFLICT(key) DO UPDATE SET reason = excluded.reason,"
		" time = excluded.time RETURNING id",
	[STMT_BEGIN] = "BEGIN",
	[STMT_COMMIT] = "COMMIT",
	[STMT_STATE] = STATE_SQL,
	[STMT_DF] = "SELECT df FROM term WHERE term = ?1",
	[STMT_MAX_ROW] = "SELECT ifnull(max(id), 0) FROM article",
	[STMT_BAND] = "SELECT data FROM band WHERE bucket = ?1",
	[STMT_BAND_PUT] = "REPLACE INTO band(bucket, data) VALUES(?1, ?2)",
	[STMT_BAND_DELETE] = "DELETE FROM band WHERE bucket = ?1",
	[STMT_SKETCH] = "SELECT story, bytes FROM sketch WHERE id = ?1",
	[STMT_SKETCH_PUT] = "INSERT INTO sketch(id, story, bytes) VALUES(?1, ?2, ?3)",
	[STMT_SKETCH_STORY] = "UPDATE sketch SET story = ?2 WHERE id = ?1",
	[STMT_SKETCH_DELETE] = "DELETE FROM sketch WHERE id = ?1",
	[STMT_LINKS] = "SELECT a, b FROM story_link WHERE id <= ?1",
	[STMT_LINK_PUT] = "INSERT OR IGNORE INTO story_link(id, a, b)"
			  " VALUES(?1, ?2, ?3)",
	[STMT_LINK_DELETE] = "DELETE FROM story_link WHERE id = ?1",
	[STMT_COMMON] = "SELECT id FROM common WHERE term = ?1",
	[STMT_COMMON_PUT] = "INSERT INTO common(term) VALUES(?1)",
	[STMT_COMMON_DELETE] = "DELETE FROM common WHERE id = ?1",
	[STMT_POSTINGS] = "SELECT data FROM postings WHERE id = ?1",
	[STMT_POSTINGS_PUT] = "REPLACE INTO postings(id, data) VALUES(?1, ?2)",
	[STMT_POSTINGS_DELETE] = "DELETE FROM postings WHERE id = ?1",
};

sqlite3_stmt *store_stmt(struct store *s, enum store_stmt which, struct pdx_err *err)
{
	if (!s->stmts[which] &&
	    db_prepare(&s->stmts[which], s->db, statements[which], err))
		return NULL;
	return s->stmts[which];
}

static int register_functions(struct store *s, struct pdx_err *err)
{
	int rc;

	s->books.db = s->db;
	s->codec.books = &s->books;
	rc = sql_values_register(s->db, &s->codec, err);

	if (!rc)
		rc = tokenizer_register(s->db, &s->tokenizer, err);
	if (!rc)
		rc = sql_rank_register(s->db, err);
	if (!rc)
		rc = positions_register(s->db, err);
	if (!rc)
		rc = leafscan_register(s->db, err);
	if (!rc)
		rc = nearest_register(s->db, err);
	return rc ? rc : collector_register(s->db, err);
}

/*
 * Open for reading.  Where a writer was killed in the middle of a commit the file needs
 * its journal played back, which takes a writing connection once.
 */
static int open_reader(struct store *s, struct pdx_err *err)
{
	sqlite3 *repair;
	int status = db_open(&s->db, s->path, SQLITE_OPEN_READONLY, err);

	if (!status)
		status = db_exec(s->db, "SELECT count(*) FROM sqlite_schema", err);
	if (!status || !s->db ||
	    sqlite3_extended_errcode(s->db) != SQLITE_READONLY_ROLLBACK)
		return status;
	status = db_open(&repair, s->path, SQLITE_OPEN_READWRITE, err);
	if (!status)
		status = db_exec(repair, "SELECT count(*) FROM sqlite_schema", err);
	sqlite3_close(repair);
	return status;
}

static int create_if_empty(struct store *s, const char *language, struct pdx_err *err)
{
	bool empty;
	int status = schema_is_empty(&empty, s->db, err);

	if (status || !empty)
		return status;
	/* The schema names the tokenizer, which wants an analyzer. */
	status = analyzer_new(&s->analyzer, language ? language : "english", err);
	s->tokenizer.analyzer = s->analyzer;
	return status ? status
		      : schema_create(s->db, analyzer_language(s->analyzer), err);
}

static int open_file(struct store *s, unsigned flags, const char *language,
		     struct pdx_err *err)
{
	int how = SQLITE_OPEN_READWRITE |
		  (flags & PDX_OPEN_CREATE ? SQLITE_OPEN_CREATE : 0);
	int status;

	if (!(flags & PDX_OPEN_CREATE) && access(s->path, F_OK) != 0)
		return err_set(err, PDX_E_INDEX,
			       "no index at %s; `paneldex ingest` makes one", s->path);
	if (!s->writable) {
		status = open_reader(s, err);
		return status ? status : register_functions(s, err);
	}
	status = lock_acquire(&s->lock, s->path, err);
	if (!status)
		status = db_open(&s->db, s->path, how, err);
	if (!status)
		status = register_functions(s, err);
	return status ? status : create_if_empty(s, language, err);
}

static int check_language(const struct store *s, const char *language,
			  struct pdx_err *err)
{
	if (s->state.analyzer != ANALYZER_VERSION)
		return err_set(err, PDX_E_INDEX,
			       "index was made by analyzer %u, this program has %d;"
			       " ingest into a new index",
			       (unsigned)s->state.analyzer, ANALYZER_VERSION);
	if (language && strcmp(language, s->state.language) != 0)
		return err_set(err, PDX_E_USAGE,
			       "index is in language \"%s\", not \"%s\"; a language is"
			       " chosen when an index is made",
			       s->state.language, language);
	return 0;
}

static int load_last_row(struct store *s, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_MAX_ROW, err);
	int got = stmt ? db_step(stmt, err) : PDX_E_INDEX;

	if (got == 1) {
		s->last_row = sqlite3_column_int64(stmt, 0);
		sqlite3_reset(stmt);
	}
	return got < 0 ? got : 0;
}

int store_refresh(struct store *s, struct pdx_err *err)
{
	uint64_t generation = s->state.generation;
	sqlite3_stmt *stmt = store_stmt(s, STMT_STATE, err);
	int status = stmt ? state_read(&s->state, stmt, err) : PDX_E_INDEX;

	if (status || s->state.generation == generation)
		return status;
	s->committed = s->state;
	docvals_reader_forget(&s->docvals);
	return load_last_row(s, err);
}

/* Everything that needs an open file of the right kind. */
static int open_contents(struct store *s, const char *language, struct pdx_err *err)
{
	int status = schema_verify(s->db, err);

	if (!status)
		status = state_load(&s->state, s->db, err);
	if (!status)
		status = check_language(s, language, err);
	if (!status && !s->analyzer)
		status = analyzer_new(&s->analyzer, s->state.language, err);
	if (status)
		return status;
	s->tokenizer.analyzer = s->preparer.analyzer = s->analyzer;
	s->preparer.names = &s->mentions.names;
	s->preparer.lexicons = &s->lexicons;
	s->preparer.codec = &s->codec;
	s->committed = s->state;
	names_init(&s->names, s->db);
	s->docvals.db = s->changes.db = s->terms.db = s->db;
	s->terms.common = &s->common;
	if (s->writable)
		status = codebooks_ready(&s->books, err);
	return status ? status : load_last_row(s, err);
}

/* What decides for all searches on one handle. */
static bool wants_shortcuts(void)
{
	const char *without = getenv("PANELDEX_NO_SHORTCUTS");

	return !without || !*without || strcmp(without, "0") == 0;
}

/* How many ranges each search has, if that was said: so few articles can have some. */
static size_t wanted_ranges(void)
{
	const char *said = getenv("PANELDEX_RANGES");
	long n = said ? strtol(said, NULL, 10) : 0;

	if (n <= 0)
		return 0;
	return n < STORE_BESIDE + 1 ? (size_t)n : STORE_BESIDE + 1;
}

static struct store *store_new(const char *path, unsigned flags, struct pdx_err *err)
{
	struct store *s = calloc(1, sizeof(*s));

	if (s) {
		s->lock = -1;
		mentions_init(&s->mentions);
		lexicons_init(&s->lexicons);
		s->writable = flags & PDX_OPEN_WRITE;
		s->shortcuts = wants_shortcuts();
		s->ranges = wanted_ranges();
		s->path = strdup(path);
	}
	if (s && s->path)
		return s;
	store_close(s);
	err_nomem(err);
	return NULL;
}

int store_open(void **engine, const char *path, unsigned flags, const char *language,
	       struct pdx_err *err)
{
	struct store *s = store_new(path, flags, err);
	int status = s ? open_file(s, flags, language, err) : PDX_E_NOMEM;

	*engine = NULL;
	if (!status)
		status = db_exec(s->db, s->writable ? WRITER_SETTINGS : READER_SETTINGS,
				 err);
	if (!status)
		status = open_contents(s, language, err);
	if (status)
		store_close(s);
	else
		*engine = s;
	return status;
}

int store_open_beside(struct store **out, const char *path, struct pdx_err *err)
{
	struct store *s = store_new(path, 0, err);
	int status = s ? db_open(&s->db, path, SQLITE_OPEN_READONLY, err) : PDX_E_NOMEM;

	*out = NULL;
	if (!status)
		sqlite3_busy_timeout(s->db, 0);
	if (!status)
		status = register_functions(s, err);
	if (!status)
		status = db_exec(s->db, BESIDE_SETTINGS, err);
	if (!status)
		status = open_contents(s, NULL, err);
	if (status)
		store_close(s);
	else
		*out = s;
	return status;
}

void store_close(void *engine)
{
	struct store *s = engine;
	int i;

	if (!s)
		return;
	for (i = 0; i < STORE_BESIDE; i++)
		store_close(s->beside[i]);
	if (s->in_batch)
		store_rollback(s);
	for (i = 0; i < STMT_COUNT; i++)
		sqlite3_finalize(s->stmts[i]);
	names_release(&s->names);
	docvals_reader_release(&s->docvals);
	docvals_drop(&s->changes);
	bands_release(&s->bands);
	terms_drop(&s->terms);
	common_release(&s->common);
	mentions_release(&s->mentions);
	sqlite3_close(s->db);
	codec_release(&s->codec);
	codebooks_release(&s->books);
	buf_release(&s->record);
	preparer_release(&s->preparer);
	prepared_release(&s->prepared);
	lexicons_release(&s->lexicons);
	arena_release(&s->scratch);
	analyzer_free(s->analyzer);
	lock_release(s->lock);
	free(s->path);
	free(s);
}

void store_interrupt(void *engine)
{
	struct store *s = engine;

	s->interrupted = 1;
	if (s->db)
		sqlite3_interrupt(s->db);
}

int store_check_interrupt(struct store *s, struct pdx_err *err)
{
	if (!s->interrupted)
		return 0;
	s->interrupted = 0;
	return err_set(err, PDX_E_INTERRUPTED, "interrupted");
}

int store_begin(void *engine, struct pdx_err *err)
{
	struct store *s = engine;
	int status;

	if (!s->writable || s->in_batch)
		return err_set(err, PDX_E_USAGE, "%s",
			       s->in_batch ? "a batch is open already"
					   : "the index is open for reading only");
	status = db_exec(s->db, "BEGIN IMMEDIATE", err);
	s->in_batch = status == 0;
	return status;
}

/* Everything of the batch that waits for its end.  Three tables take the terms in the
 * same order; what new names stand in is looked up in the full-text index. */
static int flush(struct store *s, struct pdx_err *err)
{
	int status = terms_sort(&s->terms, err);

	if (!status)
		status = fulltext_flush(s, err);
	if (!status)
		status = mentions_catch_up(s, err);
	if (!status)
		status = docvals_flush(&s->changes, err);
	if (!status)
		status = bands_flush(s, err);
	if (!status)
		status = terms_flush(&s->terms, err);
	if (!status)
		status = common_flush(s, &s->terms.touched, err);
	if (!status)
		terms_next(&s->terms);
	return status;
}

int store_commit(void *engine, struct pdx_err *err)
{
	struct store *s = engine;
	int status;

	if (!s->in_batch)
		return err_set(err, PDX_E_USAGE, "no batch is open");
	status = flush(s, err);
	if (!status && (s->changed ||
			memcmp(&s->state, &s->committed, sizeof(s->state)) != 0)) {
		s->state.generation++;
		status = state_save(s->db, &s->state, err);
	}
	if (!status)
		status = db_exec(s->db, "COMMIT", err);
	if (status) {
		store_rollback(s);
		return status;
	}
	s->in_batch = s->changed = false;
	s->committed = s->state;
	codebooks_commit(&s->books);
	docvals_reader_forget(&s->docvals);
	return 0;
}

void store_rollback(void *engine)
{
	struct store *s = engine;

	if (!s->in_batch)
		return;
	/* SQLite may have rolled back by itself, on a full disk for one. */
	if (!sqlite3_get_autocommit(s->db))
		db_exec(s->db, "ROLLBACK", NULL);
	s->in_batch = s->changed = false;
	s->state = s->committed;
	docvals_drop(&s->changes);
	docvals_reader_forget(&s->docvals);
	bands_drop(&s->bands);
	terms_drop(&s->terms);
	memset(&s->fulltext, 0, sizeof(s->fulltext));
	common_forget(&s->common);
	mentions_forget(&s->mentions);
	preparer_forget(&s->preparer);
	names_forget(&s->names);
	codebooks_rollback(&s->books);
}

/* Debian's SQLite counts what it allocates, behind a mutex. */
static void own_process(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static bool claims(const char *path)
{
	(void)path; /* whatever is no address of another engine is a file */
	return true;
}

static struct analyzer *engine_analyzer(void *engine)
{
	return ((struct store *)engine)->analyzer;
}

static bool known(void *engine, enum field_id field, const char *text, size_t len)
{
	struct store *s = engine;
	enum name_kind kind = names_kind(field);

	return kind != NAME_KINDS && names_has_key(&s->names, kind, text, len);
}

static int values(void *engine, enum field_id field,
		  void (*each)(void *ctx, const char *name), void *ctx,
		  struct pdx_err *err)
{
	struct store *s = engine;

	return names_each(&s->names, names_kind(field), each, ctx, err);
}

int store_df(uint64_t *out, struct store *s, const char *term, size_t len,
	     struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_DF, err);
	int got;

	*out = 0;
	if (!stmt)
		return PDX_E_INDEX;
	db_bind_text(stmt, 1, term, len);
	got = db_step(stmt, err);
	if (got == 1) {
		*out = (uint64_t)sqlite3_column_int64(stmt, 0);
		sqlite3_reset(stmt);
	}
	return got < 0 ? got : 0;
}

static int df(uint64_t *out, void *engine, const char *term, size_t len,
	      struct pdx_err *err)
{
	return store_df(out, engine, term, len, err);
}

int store_run(struct store *s, enum store_stmt which, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, which, err);

	return stmt ? db_run(stmt, err) : PDX_E_INDEX;
}

/* In a batch everything is held already. */
static int hold(void *engine, struct pdx_err *err)
{
	struct store *s = engine;

	return sqlite3_get_autocommit(s->db) ? store_run(s, STMT_BEGIN, err) : 0;
}

static void let_go(void *engine)
{
	struct store *s = engine;

	if (!s->in_batch && !sqlite3_get_autocommit(s->db))
		store_run(s, STMT_COMMIT, NULL);
}

const struct engine_ops engine_sqlite = {
	.name = "sqlite",
	.own_process = own_process,
	.claims = claims,
	.open = store_open,
	.close = store_close,
	.interrupt = store_interrupt,
	.analyzer = engine_analyzer,
	.begin = store_begin,
	.worker_new = store_worker_new,
	.worker_free = store_worker_free,
	.prepare = store_prepare,
	.prepared_free = store_prepared_free,
	.put = store_put,
	.would_put = store_would_put,
	.commit = store_commit,
	.rollback = store_rollback,
	.hold = hold,
	.let_go = let_go,
	.search = store_search,
	.guess = store_guess,
	.load = store_load,
	.get = store_get,
	.stats = store_stats,
	.check = store_check,
	.optimize = store_optimize,
	.alias_add = store_alias_add,
	.alias_remove = store_alias_remove,
	.aliases = store_aliases,
	.bookmark_add = store_bookmark_add,
	.bookmark_remove = store_bookmark_remove,
	.bookmarks = store_bookmarks,
	.saved_add = store_saved_add,
	.saved_remove = store_saved_remove,
	.saved_ran = store_saved_ran,
	.saved = store_saved,
	.values = values,
	.quarantine_add = store_quarantine_add,
	.quarantine_next = store_quarantine_next,
	.quarantine_remove = store_quarantine_remove,
	.quarantine_drop = store_quarantine_drop,
	.known = known,
	.df = df,
};
