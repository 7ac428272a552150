/*
 * Words from the articles that answer a query best.  Knows the formula; what is done
 * with the words is the tree's matter.
 */
#include "engine/expand.h"

#include <math.h>
#include <string.h>

#include "engine/keywords.h"

/* What the heaviest word weighs beside a word that was asked for: as in Rocchio's
 * formula, and as customary with Bo1. */
#define BETA 0.4

bool expand_can(const struct leaves *leaves)
{
	for (size_t i = 0; i < leaves->n; i++)
		if (leaves->v[i].positive && leaves->v[i].nalternatives)
			return true;
	return false;
}

static int read_articles(struct keywords *k, const struct engine_ops *ops, void *engine,
			 const struct ranking *found, struct pdx_err *err)
{
	struct analyzer *analyzer = ops->analyzer(engine);
	int status = 0;

	for (size_t i = 0; i < found->nhits && !status; i++) {
		struct pdx_article a;

		status = ops->load(&a, engine, k->arena, found->hits[i].row,
				   found->hits[i].key, err);
		if (status == PDX_E_NOT_FOUND) /* gone since it was found */
			status = 0;
		else if (!status && keywords_read(k, analyzer, &a))
			status = err_nomem(err);
	}
	return status;
}

static bool is_term(const struct leaf_phrase *phrase, const char *term)
{
	size_t len = strlen(term);

	return phrase->nterms == 1 && phrase->terms[0].len == len &&
	       memcmp(phrase->terms[0].text, term, len) == 0;
}

/* Whether the query asks for ${term} (${positive}) or excludes it somewhere. */
static bool is_in_query(const struct leaves *leaves, bool positive, const char *term)
{
	for (size_t i = 0; i < leaves->n; i++)
		for (size_t j = 0; j < leaves->v[i].nalternatives; j++)
			if (leaves->v[i].positive == positive &&
			    is_term(&leaves->v[i].alternatives[j], term))
				return true;
	return false;
}

/* In a title or not: who excludes a word does not want more of it. */
static void drop_excluded(struct keywords *k, const struct leaves *leaves)
{
	size_t kept = 0;

	for (size_t i = 0; i < k->n; i++)
		if (!is_in_query(leaves, false, k->v[i].term))
			k->v[kept++] = k->v[i];
	k->n = kept;
}

static void weigh(struct keywords *k, uint64_t articles)
{
	for (size_t i = 0; i < k->n; i++) {
		double p = (double)k->v[i].df / (double)articles;

		k->v[i].weight = k->v[i].weight * log2((1 + p) / p) + log2(1 + p);
	}
	keywords_best(k, EXPAND_WORDS);
	for (size_t i = k->n; i-- > 0;)
		k->v[i].weight *= BETA / k->v[0].weight;
}

/* Move the words out of the arena that the articles stand in. */
static int take_words(struct pdx_expansion *words, struct ast **nodes,
		      const struct keywords *k, struct arena *arena,
		      const struct leaves *leaves)
{
	for (size_t i = 0; i < k->n; i++) {
		struct keyword word = k->v[i];
		struct ast *node;

		word.term = arena_strdup(arena, word.term);
		word.form = arena_strdup(arena, word.form);
		node = keyword_node(arena, &word);
		if (arena->failed)
			return PDX_E_NOMEM;
		node->boost = word.weight;
		words[i] = (struct pdx_expansion){
			.word = word.form,
			.weight = word.weight,
			.asked = is_in_query(leaves, true, word.term),
		};
		*nodes = node;
		nodes = &node->next;
	}
	return 0;
}

int expand_words(struct pdx_expansion **words, size_t *n, struct ast **nodes,
		 const struct engine_ops *ops, void *engine, struct arena *arena,
		 const struct leaves *leaves, const struct ranking *found,
		 struct pdx_err *err)
{
	struct arena articles = { 0 };
	struct keywords k;
	int status;

	*n = 0;
	*nodes = NULL;
	keywords_init(&k, &articles, analyzer_language(ops->analyzer(engine)));
	status = read_articles(&k, ops, engine, found, err);
	keywords_merge(&k);
	drop_excluded(&k, leaves);
	if (!status)
		status = keywords_count(&k, ops, engine, err);
	if (status)
		goto out;
	weigh(&k, found->articles);
	*words = arena_array(arena, k.n + 1, sizeof(**words));
	if (!*words || take_words(*words, nodes, &k, arena, leaves))
		status = err_nomem(err);
	else
		*n = k.n;
out:
	keywords_release(&k);
	arena_release(&articles);
	return status;
}
