/*
 * The embedded engine's own state: one open index file.
 *
 *     store.c    open, close, transactions        put.c     articles in
 *     plan.c     query -> FTS5 + residual         load.c    articles out
 *     collect.c  one pass: match, rank, count     check.c   verify, stats
 *     ranges.c   the same by several threads
 *     alias.c    other names of companies     quarantine.c  rejected pieces
 *     fulltext.c into the full-text index     segment.c  what is written there
 *     common.c   postings of words that many articles have
 *     train.c    what texts have in common (codebook.c)
 *     workers.c  prepare.c in other threads
 *     prepare.c  what needs no index of a put
 *     mentions.c which companies the texts name
 *     stories.c  near-copies              bands.c   what they are found by
 *     kept.c     bookmarks and saved searches   optimize.c  smaller and quicker
 */
#ifndef ENGINE_SQLITE_STORE_H
#define ENGINE_SQLITE_STORE_H

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "engine/engine.h"
#include "engine/sqlite/bands.h"
#include "engine/sqlite/common.h"
#include "engine/sqlite/docvals.h"
#include "engine/sqlite/fulltext.h"
#include "engine/sqlite/mentions.h"
#include "engine/sqlite/names.h"
#include "engine/sqlite/prepare.h"
#include "engine/sqlite/record.h"
#include "engine/sqlite/schema.h"
#include "engine/sqlite/stories.h"
#include "engine/sqlite/terms.h"
#include "engine/sqlite/tokens.h"

/* Statements that are prepared once, on their first use. */
enum store_stmt {
	STMT_FIND, /* key -> id, digest, added */
	STMT_INSERT,
	STMT_UPDATE,
	STMT_RECORD,      /* id -> record, key, added, title */
	STMT_BY_KEY,      /* keys from, to -> id */
	STMT_TITLE,       /* id -> title */
	STMT_TEXT_INSERT, /* into the full-text index */
	STMT_TEXT_DELETE,
	STMT_BOOKMARKED, /* key -> 1 */
	STMT_BEGIN, /* for reading */
	STMT_COMMIT,
	STMT_STATE,
	STMT_DF, /* term -> df */
	STMT_MAX_ROW,
	STMT_QUARANTINE, /* -> id */
	STMT_BAND, /* bucket -> data */
	STMT_BAND_PUT,
	STMT_BAND_DELETE,
	STMT_SKETCH, /* id -> story, bytes */
	STMT_SKETCH_PUT,
	STMT_SKETCH_STORY,
	STMT_SKETCH_DELETE,
	STMT_LINKS, /* highest id -> a, b */
	STMT_LINK_PUT,
	STMT_LINK_DELETE,
	STMT_COMMON, /* term -> id */
	STMT_COMMON_PUT,
	STMT_COMMON_DELETE,
	STMT_POSTINGS, /* id -> data */
	STMT_POSTINGS_PUT,
	STMT_POSTINGS_DELETE,
	STMT_COUNT
};

#define STORE_BESIDE 3 /* that one search reads with besides its own: a thread each */

struct store {
	sqlite3 *db;
	char *path;
	bool writable, in_batch;
	bool changed; /* in this batch: what ${state} does not count */
	/* Whether what only makes a search faster is used; else every search goes the
	 * plain way, for comparison. */
	bool shortcuts;
	int lock; /* the writer's; -1 */
	atomic_int interrupted;
	/* Others that read the same file, for the ranges of a search (ranges.h); NULL:
	 * there was no need yet. */
	struct store *beside[STORE_BESIDE];
	size_t ranges; /* that each search has which can have some; 0: where it pays */

	struct analyzer *analyzer;
	struct tokenizer tokenizer;
	struct state state, committed;
	struct names names;
	struct docvals_reader docvals;
	struct docvals_writer changes;
	struct terms terms;
	struct common common;
	struct fulltext fulltext;
	struct mentions mentions;
	struct bands bands;
	struct codebooks books;
	struct codec codec;
	struct buf record; /* to work in */
	struct preparer preparer;
	struct prepared prepared; /* of the article analyzed last */
	struct lexicons lexicons;
	struct arena scratch; /* of one put */
	int64_t last_row;     /* highest row number in use */
	sqlite3_stmt *stmts[STMT_COUNT];
};

int store_open(void **engine, const char *path, unsigned flags, const char *language,
	       struct pdx_err *err);
void store_close(void *engine);

/* Open ${path} for reading while another store reads it: without ever waiting for a
 * lock, since a writer may wait for that one. */
int store_open_beside(struct store **out, const char *path, struct pdx_err *err);
void store_interrupt(void *engine);

/* The prepared statement ${which}, bound to nothing; NULL after an error. */
sqlite3_stmt *store_stmt(struct store *s, enum store_stmt which, struct pdx_err *err);

/* Run one that is bound to nothing to its end. */
int store_run(struct store *s, enum store_stmt which, struct pdx_err *err);

/* The number of articles that have ${term}; 0 where none has. */
int store_df(uint64_t *df, struct store *s, const char *term, size_t len,
	     struct pdx_err *err);

/* See what other processes committed: the counters, and no chunk read before. */
int store_refresh(struct store *s, struct pdx_err *err);

int store_begin(void *engine, struct pdx_err *err);
int store_commit(void *engine, struct pdx_err *err);
void store_rollback(void *engine);

/* PDX_E_INTERRUPTED once after store_interrupt(), else 0. */
int store_check_interrupt(struct store *s, struct pdx_err *err);

int store_put(enum pdx_put *outcome, void *engine, const struct pdx_article *article,
	      const struct ahead *ahead, int64_t now, struct pdx_err *err);
int store_worker_new(void **worker, void *engine, struct pdx_err *err);
void store_worker_free(void *worker);
int store_prepare(void **prepared, void *worker, const struct pdx_article *article,
		  struct pdx_err *err);
void store_prepared_free(void *engine, void *prepared);

/*
 * After a put before which the index had ${before} bytes of text: make a codebook, where
 * there is none yet and the texts have become enough for one.
 */
int store_train(struct store *s, uint64_t before, struct pdx_err *err);

int store_would_put(enum pdx_put *outcome, void *engine,
		    const struct pdx_article *article, struct pdx_err *err);

int store_load(struct pdx_article *out, void *engine, struct arena *arena, int64_t row,
	       uint64_t key, struct pdx_err *err);
int store_get(struct pdx_article *out, void *engine, struct arena *arena,
	      const char *id, struct pdx_err *err);

/* The row of the article whose id begins with ${id}. */
int store_find(int64_t *row, struct store *s, const char *id, struct pdx_err *err);

/* The record of ${row} in ${arena}; *key and *added may be NULL. */
int store_record(struct record *out, uint64_t *key, int64_t *added, struct store *s,
		 struct arena *arena, int64_t row, struct pdx_err *err);

/* Give names to the ids of ${record}, which is that of ${row}. */
int store_article(struct pdx_article *out, struct store *s, struct arena *arena,
		  int64_t row, const struct record *record, uint64_t key, int64_t added,
		  struct pdx_err *err);

int store_search(struct ranking *out, void *engine, struct arena *arena,
		 const struct pdx_query *query, const struct leaves *leaves,
		 const struct pdx_search *how, struct pdx_err *err);
int store_alias_add(bool *added, void *engine, const char *name, const char *alias,
		    struct pdx_err *err);
int store_alias_remove(uint64_t *removed, void *engine, const char *name,
		       struct pdx_err *err);
int store_aliases(void *engine,
		  void (*each)(void *ctx, const char *name, const char *alias),
		  void *ctx, struct pdx_err *err);
int store_quarantine_add(int64_t *id, void *engine, const struct pdx_rejected *piece,
			 struct pdx_err *err);
int store_quarantine_next(struct pdx_rejected *out, void *engine, struct arena *arena,
			  int64_t after, struct pdx_err *err);
int store_quarantine_remove(void *engine, int64_t id, struct pdx_err *err);
int store_quarantine_drop(uint64_t *dropped, void *engine, const char *origin,
			  struct pdx_err *err);
int store_bookmark_add(bool *added, void *engine, const char *id, const char *note,
		       int64_t now, struct pdx_err *err);
int store_bookmark_remove(bool *removed, void *engine, const char *id,
			  struct pdx_err *err);
int store_bookmarks(void *engine,
		    void (*each)(void *ctx, const struct pdx_bookmark *bookmark),
		    void *ctx, struct pdx_err *err);
int store_saved_add(bool *added, void *engine, const char *name, const char *query,
		    int64_t now, struct pdx_err *err);
int store_saved_remove(void *engine, const char *name, struct pdx_err *err);
int store_saved_ran(void *engine, const char *name, uint64_t mark, int64_t now,
		    struct pdx_err *err);
int store_saved(void *engine, void (*each)(void *ctx, const struct pdx_saved *saved),
		void *ctx, struct pdx_err *err);
int store_stats(struct pdx_stats *out, void *engine, struct pdx_err *err);
int store_check(uint64_t *problems, void *engine,
		void (*report)(void *ctx, const char *problem), void *ctx,
		struct pdx_err *err);
int store_optimize(struct pdx_optimized *out, void *engine,
		   void (*progress)(void *ctx, const char *what, double part),
		   void *ctx, struct pdx_err *err);

#endif
