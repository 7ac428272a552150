/*
 * The public API over whatever engine holds the index.  Knows the table of engines and
 * what every engine's answers have in common; no storage.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "engine/similar.h"
#include "ingest/identity.h"

/* In the order in which they are asked; the last claims any path. */
static const struct engine_ops *const engines[] = { &engine_sqlite };

struct pdx {
	const struct engine_ops *ops;
	void *engine;
	struct arena rejected; /* of the piece that was looked at last */
};

void pdx_own_process(void)
{
	for (size_t i = 0; i < sizeof(engines) / sizeof(*engines); i++)
		engines[i]->own_process();
}

int pdx_open(struct pdx **out, const char *path, unsigned flags, const char *language,
	     struct pdx_err *err)
{
	struct pdx *index = calloc(1, sizeof(*index));
	size_t i;
	int status;

	*out = NULL;
	if (!index)
		return err_nomem(err);
	for (i = 0; !engines[i]->claims(path); i++)
		;
	index->ops = engines[i];
	status = index->ops->open(&index->engine, path, flags, language, err);
	if (status)
		free(index);
	else
		*out = index;
	return status;
}

void pdx_close(struct pdx *index)
{
	if (!index)
		return;
	index->ops->close(index->engine);
	arena_release(&index->rejected);
	free(index);
}

void pdx_interrupt(struct pdx *index)
{
	index->ops->interrupt(index->engine);
}

int pdx_begin(struct pdx *index, struct pdx_err *err)
{
	return index->ops->begin(index->engine, err);
}

int pdx_put(enum pdx_put *outcome, struct pdx *index, const struct pdx_article *article,
	    int64_t now, struct pdx_err *err)
{
	struct ahead ahead = { .prepared = NULL };

	if (!article->title || !*article->title)
		return err_set(err, PDX_E_INPUT, "an article without a title");
	ahead.key = identity_key(article);
	ahead.digest = identity_digest(article);
	return index->ops->put(outcome, index->engine, article, &ahead, now, err);
}

const struct engine_ops *index_engine(void **engine, struct pdx *index)
{
	*engine = index->engine;
	return index->ops;
}

int pdx_commit(struct pdx *index, struct pdx_err *err)
{
	return index->ops->commit(index->engine, err);
}

void pdx_rollback(struct pdx *index)
{
	index->ops->rollback(index->engine);
}

int pdx_stats(struct pdx_stats *out, struct pdx *index, struct pdx_err *err)
{
	return index->ops->stats(out, index->engine, err);
}

int pdx_check(uint64_t *problems, struct pdx *index,
	      void (*report)(void *ctx, const char *problem), void *ctx,
	      struct pdx_err *err)
{
	return index->ops->check(problems, index->engine, report, ctx, err);
}

int pdx_optimize(struct pdx_optimized *out, struct pdx *index,
		 void (*progress)(void *ctx, const char *what, double part), void *ctx,
		 struct pdx_err *err)
{
	return index->ops->optimize(out, index->engine, progress, ctx, err);
}

int pdx_alias_add(bool *added, struct pdx *index, const char *name, const char *alias,
		  struct pdx_err *err)
{
	return index->ops->alias_add(added, index->engine, name, alias, err);
}

int pdx_alias_remove(uint64_t *removed, struct pdx *index, const char *name,
		     struct pdx_err *err)
{
	return index->ops->alias_remove(removed, index->engine, name, err);
}

int pdx_aliases(struct pdx *index,
		void (*each)(void *ctx, const char *name, const char *alias), void *ctx,
		struct pdx_err *err)
{
	return index->ops->aliases(index->engine, each, ctx, err);
}

int pdx_bookmark_add(bool *added, struct pdx *index, const char *id, const char *note,
		     int64_t now, struct pdx_err *err)
{
	return index->ops->bookmark_add(added, index->engine, id, note, now, err);
}

int pdx_bookmark_remove(bool *removed, struct pdx *index, const char *id,
			struct pdx_err *err)
{
	return index->ops->bookmark_remove(removed, index->engine, id, err);
}

int pdx_bookmarks(struct pdx *index,
		  void (*each)(void *ctx, const struct pdx_bookmark *bookmark),
		  void *ctx, struct pdx_err *err)
{
	return index->ops->bookmarks(index->engine, each, ctx, err);
}

int pdx_saved_add(bool *added, struct pdx *index, const char *name, const char *query,
		  int64_t now, struct pdx_err *err)
{
	return index->ops->saved_add(added, index->engine, name, query, now, err);
}

int pdx_saved_remove(struct pdx *index, const char *name, struct pdx_err *err)
{
	return index->ops->saved_remove(index->engine, name, err);
}

int pdx_saved_ran(struct pdx *index, const char *name, uint64_t mark, int64_t now,
		  struct pdx_err *err)
{
	return index->ops->saved_ran(index->engine, name, mark, now, err);
}

int pdx_saved(struct pdx *index,
	      void (*each)(void *ctx, const struct pdx_saved *saved), void *ctx,
	      struct pdx_err *err)
{
	return index->ops->saved(index->engine, each, ctx, err);
}

int pdx_values(struct pdx *index, const char *field,
	       void (*each)(void *ctx, const char *name), void *ctx,
	       struct pdx_err *err)
{
	const struct field *f = field_find(field, strlen(field));

	if (!f || f->kind != FIELD_KIND_VALUE || !f->facet)
		return err_set(err, PDX_E_USAGE, "\"%s\" has no names", field);
	return index->ops->values(index->engine, f->id, each, ctx, err);
}

int pdx_quarantine_add(int64_t *id, struct pdx *index, const struct pdx_rejected *piece,
		       struct pdx_err *err)
{
	return index->ops->quarantine_add(id, index->engine, piece, err);
}

int pdx_quarantine_next(struct pdx_rejected *out, struct pdx *index, int64_t after,
			struct pdx_err *err)
{
	arena_reset(&index->rejected);
	return index->ops->quarantine_next(out, index->engine, &index->rejected, after,
					   err);
}

int pdx_quarantine_remove(struct pdx *index, int64_t id, struct pdx_err *err)
{
	return index->ops->quarantine_remove(index->engine, id, err);
}

int pdx_quarantine_drop(uint64_t *dropped, struct pdx *index, const char *origin,
			struct pdx_err *err)
{
	return index->ops->quarantine_drop(dropped, index->engine, origin, err);
}

int index_hold(struct pdx *index, struct pdx_err *err)
{
	return index->ops->hold(index->engine, err);
}

void index_let_go(struct pdx *index)
{
	index->ops->let_go(index->engine);
}

bool index_known(struct pdx *index, const char *field, const char *text, size_t len)
{
	const struct field *f = field_find(field, strlen(field));

	return f && index->ops->known(index->engine, f->id, text, len);
}

int index_would_put(enum pdx_put *outcome, struct pdx *index,
		    const struct pdx_article *article, struct pdx_err *err)
{
	*outcome = PDX_ADDED;
	if (!article->title || !*article->title)
		return err_set(err, PDX_E_INPUT, "an article without a title");
	return index ? index->ops->would_put(outcome, index->engine, article, err) : 0;
}

/* The article that a caller owns, with the memory it stands in. */
struct owned_article {
	struct pdx_article article; /* first: pdx_article_free() casts back */
	struct arena arena;
};

int pdx_get(struct pdx_article **out, struct pdx *index, const char *id,
	    struct pdx_err *err)
{
	struct owned_article *owned = calloc(1, sizeof(*owned));
	int status;

	*out = NULL;
	if (!owned)
		return err_nomem(err);
	status =
		index->ops->get(&owned->article, index->engine, &owned->arena, id, err);
	if (status)
		pdx_article_free(&owned->article);
	else
		*out = &owned->article;
	return status;
}

void pdx_article_free(struct pdx_article *article)
{
	struct owned_article *owned = (struct owned_article *)(void *)article;

	if (!owned)
		return;
	arena_release(&owned->arena);
	free(owned);
}

int pdx_query_similar(struct pdx_query **out, struct pdx *index, const char *id,
		      enum pdx_same_company company, int32_t today, struct pdx_err *err)
{
	struct pdx_article *article;
	int status;

	*out = NULL;
	status = pdx_get(&article, index, id, err);
	if (!status)
		status = similar_query(out, index->ops, index->engine, article, company,
				       today, err);
	pdx_article_free(article);
	return status;
}
