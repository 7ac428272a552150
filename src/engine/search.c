/*
 * A search and its result: what is run instead where nothing is found, the hits one by
 * one.  Knows what every engine's answers have in common; no storage.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "engine/expand.h"
#include "engine/hit.h"
#include "engine/suggest.h"
#include "ingest/identity.h"

struct pdx_result {
	const struct engine_ops *ops;
	void *engine;
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
	const struct engine_ops *ops = r->ops;
	void *engine = r->engine;
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
	const struct engine_ops *ops = r->ops;
	bool found = r->ranking.total > 0;
	int status = 0;

	if (!found || has_unknown_word(&r->ranking))
		status = suggest_spelling(&r->did_you_mean, ops, r->engine,
					  &r->arena, query, &r->leaves, found, err);
	if (!status && !found)
		status = suggest_without(&r->without, &r->nwithout, ops,
					 r->engine, &r->arena, query, err);
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
		expand_words(&r->expansion, &r->nexpansion, &words, r->ops,
			     r->engine, &r->arena, &r->leaves, &r->ranking, err);
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
	r->ops = index_engine(&r->engine, index);
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
	const struct ranked *ranked;
	int status;

	*out = NULL;
	if (i >= result->ranking.nhits)
		return err_set(err, PDX_E_USAGE, "the result has %zu hits, not %zu",
			       result->ranking.nhits, i + 1);
	ranked = &result->ranking.hits[i];
	arena_reset(&result->hit_arena);
	memset(&result->hit, 0, sizeof(result->hit));
	status = result->ops->load(&result->article, result->engine, &result->hit_arena,
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
			  result->ops->analyzer(result->engine), &result->matchers,
			  result->snippets, err);
	if (!status)
		*out = &result->hit;
	return status;
}
