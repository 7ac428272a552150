/*
 * What a storage engine must do.  The public API (index.c) stands on these functions
 * alone; an engine is one row of the table in engine.c.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "base/arena.h"
#include "ingest/identity.h"
#include "paneldex.h"
#include "query/leaves.h"
#include "query/query.h"
#include "text/analyze.h"

/* One place in the ranking; enough to load the article later. */
struct ranked {
	int64_t row;  /* the engine's own number */
	uint64_t key; /* identity_key() */
	double score;
	const struct pdx_group *group; /* NULL: hits are not grouped */
	const struct pdx_cluster *cluster; /* NULL: no other article is shown by it */
};

/* The answer to a search, in the arena it was asked with. */
struct ranking {
	uint64_t total;
	bool partial; /* more may match than were counted, in clusters too */
	uint64_t articles, generation; /* of the index at the time */
	struct ranked *hits;           /* from offset on */
	size_t nhits;
	uint64_t stories; /* where hits collapse */
	uint64_t ngroups; /* in all; 0 where hits are not grouped */
	uint64_t before;  /* hits of the whole list before the first of these */
	uint64_t mark;    /* pdx_result_mark() */
	const char *next; /* cursor to the hits after these; NULL: there are none */
	struct pdx_facet *facets; /* as in the request */
	size_t nfacets;
	struct pdx_pivot *pivots; /* likewise */
	size_t npivots;
	uint64_t takes;         /* counted, where takes are */
	struct pdx_note *notes; /* words and values that nothing has */
	size_t nnotes;
	/* Where it was asked for: of the query, and of each hit. */
	struct pdx_explain *explain;
	struct pdx_explain_hit *explained;
};

/* A word of a query, and the written form that may have been meant by it. */
struct guess {
	const char *form; /* folded, unstemmed */
	size_t len;
	const char *term;
	size_t termlen;
	uint64_t df;      /* out: articles that have the term */
	const char *best; /* out: a form that likely was meant; NULL: none */
};

struct engine_ops {
	const char *name;
	void (*own_process)(void); /* pdx_own_process() */
	/* Whether ${path} is one that this engine opens. */
	bool (*claims)(const char *path);
	int (*open)(void **engine, const char *path, unsigned flags,
		    const char *language, struct pdx_err *err);
	void (*close)(void *engine); /* accepts NULL */
	void (*interrupt)(void *engine);
	struct analyzer *(*analyzer)(void *engine);

	/*
	 * Make articles ready for put() in threads of their own, each with a worker of
	 * its own, while the engine is in use.  ${article} must stay until it is put.
	 */
	int (*worker_new)(void **worker, void *engine, struct pdx_err *err);
	void (*worker_free)(void *worker); /* accepts NULL */
	int (*prepare)(void **prepared, void *worker, const struct pdx_article *article,
		       struct pdx_err *err);
	void (*prepared_free)(void *engine, void *prepared); /* accepts NULL */

	int (*begin)(void *engine, struct pdx_err *err);
	/* ${ahead} is of the article, with or without what prepare() gave. */
	int (*put)(enum pdx_put *outcome, void *engine,
		   const struct pdx_article *article, const struct ahead *ahead,
		   int64_t now, struct pdx_err *err);
	/* Only say what put() would do. */
	int (*would_put)(enum pdx_put *outcome, void *engine,
			 const struct pdx_article *article, struct pdx_err *err);
	int (*commit)(void *engine, struct pdx_err *err);
	void (*rollback)(void *engine);

	/* From one to the other all that is read is of one generation, and a writer
	 * may have to wait. */
	int (*hold)(void *engine, struct pdx_err *err);
	void (*let_go)(void *engine);

	int (*search)(struct ranking *out, void *engine, struct arena *arena,
		      const struct pdx_query *query, const struct leaves *leaves,
		      const struct pdx_search *how, struct pdx_err *err);
	/*
	 * Find the nearest forms of the vocabulary, by edits against frequency.
	 * ${unknown_only}: not for words that some article has.
	 */
	int (*guess)(void *engine, struct guess *v, size_t n, bool unknown_only,
		     struct arena *arena, struct pdx_err *err);
	/* Load article ${row} into ${arena}; PDX_E_NOT_FOUND where its key is another.
	 */
	int (*load)(struct pdx_article *out, void *engine, struct arena *arena,
		    int64_t row, uint64_t key, struct pdx_err *err);
	/* By a prefix of its id. */
	int (*get)(struct pdx_article *out, void *engine, struct arena *arena,
		   const char *id, struct pdx_err *err);
	int (*stats)(struct pdx_stats *out, void *engine, struct pdx_err *err);
	int (*check)(uint64_t *problems, void *engine,
		     void (*report)(void *ctx, const char *problem), void *ctx,
		     struct pdx_err *err);
	/* As in the public API. */
	int (*optimize)(struct pdx_optimized *out, void *engine,
			void (*progress)(void *ctx, const char *what, double part),
			void *ctx, struct pdx_err *err);
	int (*alias_add)(bool *added, void *engine, const char *name, const char *alias,
			 struct pdx_err *err);
	int (*alias_remove)(uint64_t *removed, void *engine, const char *name,
			    struct pdx_err *err);
	int (*aliases)(void *engine,
		       void (*each)(void *ctx, const char *name, const char *alias),
		       void *ctx, struct pdx_err *err);
	int (*bookmark_add)(bool *added, void *engine, const char *id, const char *note,
			    int64_t now, struct pdx_err *err);
	int (*bookmark_remove)(bool *removed, void *engine, const char *id,
			       struct pdx_err *err);
	int (*bookmarks)(void *engine,
			 void (*each)(void *ctx, const struct pdx_bookmark *bookmark),
			 void *ctx, struct pdx_err *err);
	int (*saved_add)(bool *added, void *engine, const char *name, const char *query,
			 int64_t now, struct pdx_err *err);
	int (*saved_remove)(void *engine, const char *name, struct pdx_err *err);
	int (*saved_ran)(void *engine, const char *name, uint64_t mark, int64_t now,
			 struct pdx_err *err);
	int (*saved)(void *engine,
		     void (*each)(void *ctx, const struct pdx_saved *saved), void *ctx,
		     struct pdx_err *err);
	int (*values)(void *engine, enum field_id field,
		      void (*each)(void *ctx, const char *name), void *ctx,
		      struct pdx_err *err);
	/* ${arena}: of what *out points to. */
	int (*quarantine_add)(int64_t *id, void *engine,
			      const struct pdx_rejected *piece, struct pdx_err *err);
	int (*quarantine_next)(struct pdx_rejected *out, void *engine,
			       struct arena *arena, int64_t after, struct pdx_err *err);
	int (*quarantine_remove)(void *engine, int64_t id, struct pdx_err *err);
	int (*quarantine_drop)(uint64_t *dropped, void *engine, const char *origin,
			       struct pdx_err *err);
	/* Is the folded ${text} a value of dictionary ${field}? */
	bool (*known)(void *engine, enum field_id field, const char *text, size_t len);
	/* How many articles have the index term. */
	int (*df)(uint64_t *df, void *engine, const char *term, size_t len,
		  struct pdx_err *err);
};

extern const struct engine_ops engine_sqlite;

/* The engine and its analyzer behind an open index, for those who need more than the
 * public API: reports that read much, the ingester's known names. */
const struct engine_ops *index_engine(void **engine, struct pdx *index);
int index_hold(struct pdx *index, struct pdx_err *err);
void index_let_go(struct pdx *index);
bool index_known(struct pdx *index, const char *field, const char *text, size_t len);

/*
 * What pdx_put() would do with ${article}, without a batch; nothing is written.
 * ${index} may be NULL: one that has no articles.
 */
int index_would_put(enum pdx_put *outcome, struct pdx *index,
		    const struct pdx_article *article, struct pdx_err *err);

#endif
