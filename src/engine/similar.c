/*
 * More like this: the words that tell an article from others, as a tree.  Knows the
 * analyzer and document frequencies; the search itself is any other search.
 */
#include "engine/similar.h"

#include <string.h>

#include "engine/keywords.h"
#include "query/tree.h"
#include "rank/bm25f.h"

/* More words cost time and bring in what the article only mentions. */
#define MOST_WORDS 25

/* Weigh the words by how rare they are; one that is only here finds nothing. */
static int weigh(struct keywords *k, const struct engine_ops *ops, void *engine,
		 struct pdx_err *err)
{
	struct pdx_stats stats;
	int status = ops->stats(&stats, engine, err);

	keywords_merge(k);
	if (!status)
		status = keywords_count(k, ops, engine, err);
	for (size_t i = 0; i < k->n && !status; i++)
		k->v[i].weight *= rank_idf(stats.articles, k->v[i].df);
	keywords_best(k, MOST_WORDS);
	return status;
}

static struct ast *any_word(struct arena *arena, const struct keywords *k)
{
	struct ast *any = NULL;

	for (size_t i = 0; i < k->n; i++) {
		struct ast *node = keyword_node(arena, &k->v[i]);

		if (!node)
			return NULL;
		any = tree_join(arena, AST_OR, any, node);
	}
	return any;
}

static struct ast *without(struct arena *arena, struct ast *tree, enum field_id field,
			   const char *value)
{
	struct ast *node = tree_new(arena, AST_VALUE, 0, 0);

	if (!node)
		return NULL;
	node->field = field;
	node->text = arena_strdup(arena, value);
	node->textlen = strlen(value);
	return tree_join(arena, AST_AND, tree, tree_not(arena, node, 0));
}

static struct ast *make_tree(struct arena *arena, const struct keywords *k,
			     const struct pdx_article *a, enum pdx_same_company company)
{
	struct ast *tree = any_word(arena, k);

	if (!tree)
		return NULL;
	tree = without(arena, tree, FIELD_ID, a->id);
	for (size_t i = 0; company == PDX_COMPANY_DROP && i < a->ncompanies; i++)
		tree = without(arena, tree, FIELD_COMPANY, a->companies[i]);
	return tree;
}

int similar_query(struct pdx_query **out, const struct engine_ops *ops, void *engine,
		  const struct pdx_article *article, enum pdx_same_company company,
		  int32_t today, struct pdx_err *err)
{
	struct analyzer *analyzer = ops->analyzer(engine);
	struct pdx_query *q;
	struct keywords k;
	int status = pdx_query_parse(&q, "", 0, today, err);

	if (status)
		return status;
	keywords_init(&k, &q->arena, analyzer_language(analyzer));
	if (keywords_read(&k, analyzer, article))
		status = err_nomem(err);
	if (!status)
		status = weigh(&k, ops, engine, err);
	if (!status)
		status = query_set_root(q, make_tree(&q->arena, &k, article, company),
					err);
	keywords_release(&k);
	q->text = q->parsed; /* what would have to be typed */
	if (status)
		pdx_query_free(q);
	else
		*out = q;
	return status;
}
