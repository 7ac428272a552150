/*
 * More like this: the words that tell an article from others, as a tree.  Knows the
 * analyzer and document frequencies; the search itself is any other search.
 */
#include "engine/similar.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "query/tree.h"
#include "rank/bm25f.h"
#include "text/analyze.h"
#include "text/stopwords.h"

/* More words cost time and bring in what the article only mentions. */
#define MOST_WORDS 25

struct word {
	const char *term, *form;
	double weight;
};

/* The words of the article, each as often as it stands there. */
struct words {
	struct arena *arena;
	const char *language;
	double weight; /* of the column that is being read */
	bool stopped;  /* the part read last was a stop word: no "cant" of can't */
	struct word *v;
	size_t n, cap;
};

static bool has_letter(const struct token *t)
{
	for (size_t i = 0; i < t->len; i++) {
		unsigned char c = (unsigned char)t->text[i];

		if (c >= 0x80 || (c >= 'a' && c <= 'z'))
			return true;
	}
	return false;
}

static bool is_wanted(struct words *w, const struct token *t)
{
	bool beside = t->flags & TOKEN_JOINED && t->span == 1;

	if (!beside || !w->stopped)
		w->stopped = stopword_is(w->language, t->form, t->formlen);
	return !w->stopped && !(t->flags & TOKEN_BREAK) && t->len > 1 && has_letter(t);
}

static int add_word(void *ctx, const struct token *t)
{
	struct words *w = ctx;
	struct word *word;

	if (!is_wanted(w, t))
		return 0;
	if (!mem_grow(&w->v, &w->cap, w->n + 1, sizeof(*w->v)))
		return PDX_E_NOMEM;
	word = &w->v[w->n++];
	word->term = arena_dup(w->arena, t->text, t->len);
	word->form = arena_dup(w->arena, t->form, t->formlen);
	word->weight = w->weight;
	return word->term && word->form ? 0 : PDX_E_NOMEM;
}

static int read_text(struct words *w, struct analyzer *analyzer, int column,
		     const char *text)
{
	w->weight = rank_default.weight[column];
	return text ? analyzer_run(analyzer, text, strlen(text), add_word, w) : 0;
}

static int read_article(struct words *w, struct analyzer *analyzer,
			const struct pdx_article *a)
{
	int status = read_text(w, analyzer, COLUMN_TITLE, a->title);

	if (!status)
		status = read_text(w, analyzer, COLUMN_SUMMARY, a->summary);
	if (!status)
		status = read_text(w, analyzer, COLUMN_BODY, a->body);
	for (size_t i = 0; i < a->ntakes && !status; i++)
		status = read_text(w, analyzer, COLUMN_TAKES, a->takes[i].text);
	return status;
}

static int by_term(const void *a, const void *b)
{
	const struct word *x = a, *y = b;
	int order = strcmp(x->term, y->term);

	return order ? order : strcmp(x->form, y->form);
}

static int by_weight(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	if (x->weight > y->weight || x->weight < y->weight)
		return x->weight < y->weight ? 1 : -1;
	return strcmp(x->term, y->term);
}

/* One entry for each term, with the sum of its weights. */
static void merge(struct words *w)
{
	size_t kept = 0;

	if (w->n > 1)
		qsort(w->v, w->n, sizeof(*w->v), by_term);
	for (size_t i = 0; i < w->n; i++) {
		if (kept && strcmp(w->v[kept - 1].term, w->v[i].term) == 0)
			w->v[kept - 1].weight += w->v[i].weight;
		else
			w->v[kept++] = w->v[i];
	}
	w->n = kept;
}

/* Weigh the words by how rare they are; one that is only here finds nothing. */
static int weigh(struct words *w, const struct engine_ops *ops, void *engine,
		 struct pdx_err *err)
{
	struct pdx_stats stats;
	size_t kept = 0;
	int status = ops->stats(&stats, engine, err);

	for (size_t i = 0; i < w->n && !status; i++) {
		struct word word = w->v[i];
		uint64_t df = 0;

		status = ops->df(&df, engine, word.term, strlen(word.term), err);
		word.weight *= rank_idf(stats.articles, df);
		if (df > 1)
			w->v[kept++] = word;
	}
	if (kept > 1)
		qsort(w->v, kept, sizeof(*w->v), by_weight);
	w->n = kept < MOST_WORDS ? kept : MOST_WORDS;
	return status;
}

static struct ast *any_word(struct arena *arena, const struct words *w)
{
	struct ast *any = NULL;

	for (size_t i = 0; i < w->n; i++) {
		struct ast *node = tree_new(arena, AST_TEXT, 0, 0);

		if (!node)
			return NULL;
		node->term = w->v[i].term;
		node->text = w->v[i].form;
		node->textlen = strlen(node->text);
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

static struct ast *make_tree(struct arena *arena, const struct words *w,
			     const struct pdx_article *a, enum pdx_same_company company)
{
	struct ast *tree = any_word(arena, w);

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
	struct words w = { .language = analyzer_language(analyzer) };
	int status = pdx_query_parse(&q, "", 0, today, err);

	if (status)
		return status;
	w.arena = &q->arena;
	if (read_article(&w, analyzer, article))
		status = err_nomem(err);
	merge(&w);
	if (!status)
		status = weigh(&w, ops, engine, err);
	if (!status)
		status = query_set_root(q, make_tree(&q->arena, &w, article, company),
					err);
	free(w.v);
	q->text = q->parsed; /* what would have to be typed */
	if (status)
		pdx_query_free(q);
	else
		*out = q;
	return status;
}
