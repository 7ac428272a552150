/*
 * The public API over whatever engine holds the index.  Knows the table of engines and
 * what every engine's answers have in common; no storage.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "engine/expand.h"
#include "engine/hit.h"
#include "engine/similar.h"
#include "engine/suggest.h"
#include "ingest/identity.h"

/* In the order in which they are asked; the last claims any path. */
static const struct engine_ops *const engines[] = { &engine_sqlite };

struct pdx {
	const struct engine_ops *ops;
	void *engine;
	struct arena rejected; /* of the piece that was looked at last */
};

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

struct pdx_result {
	struct pdx *index;
	struct arena arena; /* of the ranking and the matchers */
	struct leaves leaves;
	struct hit_matchers matchers;
	struct ranking ranking;
	size_t snippets;
	struct pdx_query relaxed; /* what was run instead, in ${arena} */
	struct pdx_query expanded; /* likewise */
	struct pdx_expansion *expansion;
	size_t nexpansion;
	const char *did_you_mean;
	struct pdx_without *without;
	size_t nwithout;

	struct arena hit_arena; /* of the hit loaded last */
	struct pdx_article article;
	struct pdx_hit hit;
};

/* Run ${query} into *r, in place of what was run before. */
static int run(struct pdx_result *r, const struct pdx_query *query,
	       const struct pdx_search *how, struct pdx_err *err)
{
	const struct engine_ops *ops = r->index->ops;
	void *engine = r->index->engine;
	int status =
		leaves_build(&r->leaves, &r->arena, query, ops->analyzer(engine), err);

	if (!status)
		status = hit_matchers_build(&r->matchers, &r->arena, query, &r->leaves,
					    err);
	if (!status)
		status = ops->search(&r->ranking, engine, &r->arena, query, &r->leaves,
				     how, err);
	return status;
}

/* ${notes} and, where anything was found, that it is not what was asked for. */
static int note_relaxed(struct pdx_result *r, const struct pdx_note *notes, size_t n,
			struct pdx_err *err)
{
	struct pdx_note *all = arena_array(&r->arena, n + 1, sizeof(*all));

	if (!all)
		return err_nomem(err);
	if (n)
		memcpy(all, notes, n * sizeof(*notes));
	if (r->ranking.total)
		all[n++] = (struct pdx_note){
			.code = "relaxed",
			.message = "no article has all of this; here are those that "
				   "have the most of its words",
		};
	r->ranking.notes = all;
	r->ranking.nnotes = n;
	return 0;
}

/* Nothing was found: take what has half of the words, or else any of them. */
static int relax(struct pdx_result *r, const struct pdx_query *query,
		 const struct pdx_search *how, struct pdx_err *err)
{
	const struct pdx_note *notes = r->ranking.notes;
	size_t n = r->ranking.nnotes;
	struct pdx_search quiet = *how;
	int status = 0, any;

	quiet.suggest = false;
	for (any = 0; any < 2 && !status && !r->ranking.total; any++) {
		if (!suggest_relaxed(&r->relaxed, &r->arena, query, any))
			return r->arena.failed ? err_nomem(err) : 0;
		status = run(r, &r->relaxed, &quiet, err);
	}
	r->ranking.next = NULL; /* a cursor would go on in the list that is empty */
	return status ? status : note_relaxed(r, notes, n, err);
}

static bool has_unknown_word(const struct ranking *ranking)
{
	size_t i;

	for (i = 0; i < ranking->nnotes; i++)
		if (strcmp(ranking->notes[i].code, "unknown-word") == 0)
			return true;
	return false;
}

static int suggest(struct pdx_result *r, const struct pdx_query *query,
		   struct pdx_err *err)
{
	const struct engine_ops *ops = r->index->ops;
	bool found = r->ranking.total > 0;
	int status = 0;

	if (!found || has_unknown_word(&r->ranking))
		status = suggest_spelling(&r->did_you_mean, ops, r->index->engine,
					  &r->arena, query, &r->leaves, found, err);
	if (!status && !found)
		status = suggest_without(&r->without, &r->nwithout, ops,
					 r->index->engine, &r->arena, query, err);
	return status;
}

/* Run ${query} for its best articles; make r->expanded of it, unless nothing is learnt
 * from them. */
static int expand(struct pdx_result *r, const struct pdx_query *query,
		  const struct pdx_search *how, struct pdx_err *err)
{
	struct pdx_search best = { .limit = EXPAND_ARTICLES,
				   .today = how->today,
				   .profile = how->profile,
				   .no_total = true };
	struct ast *words;
	int status;

	if (how->after)
		return err_set(err, PDX_E_USAGE, "an expanded list has no cursors");
	status = run(r, query, &best, err);
	if (status || !expand_can(&r->leaves))
		return status;
	status =
		expand_words(&r->expansion, &r->nexpansion, &words, r->index->ops,
			     r->index->engine, &r->arena, &r->leaves, &r->ranking, err);
	if (status || !r->nexpansion)
		return status;
	r->expanded = *query;
	r->expanded.root = query_with_words(query, &r->arena, words);
	return r->expanded.root ? 0 : err_nomem(err);
}

static int run_expanded(struct pdx_result *r, const struct pdx_query *query,
			const struct pdx_search *how, struct pdx_err *err)
{
	int status = expand(r, query, how, err);

	/* What was not found is a matter of the words that were asked for. */
	if (!status && how->suggest && r->expanded.root)
		status = suggest(r, query, err);
	if (!status)
		status = run(r, r->expanded.root ? &r->expanded : query, how, err);
	r->ranking.next = NULL;
	return status;
}

/* Whether the request wants more counted than hits. */
static bool counts(const struct pdx_search *how)
{
	return how->nfacets || how->npivots || how->group_by ||
	       how->count_by != PDX_COUNT_ARTICLES;
}

int pdx_search(struct pdx_result **out, struct pdx *index,
	       const struct pdx_query *query, const struct pdx_search *how,
	       struct pdx_err *err)
{
	struct pdx_result *r;
	int status;

	*out = NULL;
	if (how->no_total && (counts(how) || !how->limit))
		return err_set(err, PDX_E_USAGE,
			       "without a total there are hits and nothing else: no "
			       "facets, pivots or groups");
	r = calloc(1, sizeof(*r));
	if (!r)
		return err_nomem(err);
	r->index = index;
	r->snippets = how->snippets;
	status = (how->expand ? run_expanded : run)(r, query, how, err);
	if (!status && how->suggest && !r->expanded.root)
		status = suggest(r, query, err);
	if (!status && how->relax && !how->after && r->ranking.total == 0)
		status = relax(r, query, how, err);
	if (status)
		pdx_result_free(r);
	else
		*out = r;
	return status;
}

const char *pdx_result_did_you_mean(const struct pdx_result *result)
{
	return result->did_you_mean;
}

const struct pdx_expansion *pdx_result_expansion(const struct pdx_result *result,
						 size_t *n)
{
	*n = result->nexpansion;
	return result->expansion;
}

const struct pdx_without *pdx_result_without(const struct pdx_result *result, size_t *n)
{
	*n = result->nwithout;
	return result->without;
}

void pdx_result_free(struct pdx_result *result)
{
	if (!result)
		return;
	arena_release(&result->hit_arena);
	arena_release(&result->arena);
	free(result);
}

uint64_t pdx_result_total(const struct pdx_result *result)
{
	return result->ranking.total;
}

bool pdx_result_total_is_exact(const struct pdx_result *result)
{
	return !result->ranking.partial;
}

uint64_t pdx_result_generation(const struct pdx_result *result)
{
	return result->ranking.generation;
}

uint64_t pdx_result_articles(const struct pdx_result *result)
{
	return result->ranking.articles;
}

size_t pdx_result_returned(const struct pdx_result *result)
{
	return result->ranking.nhits;
}

uint64_t pdx_result_offset(const struct pdx_result *result)
{
	return result->ranking.before;
}

uint64_t pdx_result_stories(const struct pdx_result *result)
{
	return result->ranking.stories;
}

uint64_t pdx_result_mark(const struct pdx_result *result)
{
	return result->ranking.mark;
}

uint64_t pdx_result_groups(const struct pdx_result *result)
{
	return result->ranking.ngroups;
}

const char *pdx_result_next(const struct pdx_result *result)
{
	return result->ranking.next;
}

const struct pdx_facet *pdx_result_facets(const struct pdx_result *result, size_t *n)
{
	*n = result->ranking.nfacets;
	return result->ranking.facets;
}

const struct pdx_pivot *pdx_result_pivots(const struct pdx_result *result, size_t *n)
{
	*n = result->ranking.npivots;
	return result->ranking.pivots;
}

uint64_t pdx_result_takes(const struct pdx_result *result)
{
	return result->ranking.takes;
}

const struct pdx_note *pdx_result_notes(const struct pdx_result *result, size_t *n)
{
	*n = result->ranking.nnotes;
	return result->ranking.notes;
}

const struct pdx_explain *pdx_result_explain(const struct pdx_result *result)
{
	return result->ranking.explain;
}

double pdx_result_id(char id[PDX_ID_SIZE], const struct pdx_result *result, size_t i)
{
	identity_id(id, result->ranking.hits[i].key);
	return result->ranking.hits[i].score;
}

int pdx_result_hit(const struct pdx_hit **out, struct pdx_result *result, size_t i,
		   struct pdx_err *err)
{
	struct pdx *index = result->index;
	const struct ranked *ranked;
	int status;

	*out = NULL;
	if (i >= result->ranking.nhits)
		return err_set(err, PDX_E_USAGE, "the result has %zu hits, not %zu",
			       result->ranking.nhits, i + 1);
	ranked = &result->ranking.hits[i];
	arena_reset(&result->hit_arena);
	memset(&result->hit, 0, sizeof(result->hit));
	status = index->ops->load(&result->article, index->engine, &result->hit_arena,
				  ranked->row, ranked->key, err);
	if (status)
		return status;
	result->hit.article = &result->article;
	result->hit.rank = (size_t)result->ranking.before + i + 1;
	result->hit.score = ranked->score;
	result->hit.group = ranked->group;
	result->hit.cluster = ranked->cluster;
	if (result->ranking.explained) {
		result->hit.explain = &result->ranking.explained[i];
		result->hit.rank = result->hit.explain->rank;
	}
	status = hit_fill(&result->hit, &result->hit_arena,
			  index->ops->analyzer(index->engine), &result->matchers,
			  result->snippets, err);
	if (!status)
		*out = &result->hit;
	return status;
}
