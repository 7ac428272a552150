/*
 * From articles to words with weights: what similar articles and feedback have in
 * common.  Knows the analyzer and document frequencies; what a weight is to mean is its
 * caller's matter.
 */
#include "engine/keywords.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "query/tree.h"
#include "rank/bm25f.h"
#include "text/stopwords.h"

void keywords_init(struct keywords *k, struct arena *arena, const char *language)
{
	*k = (struct keywords){ .arena = arena, .language = language };
}

void keywords_release(struct keywords *k)
{
	free(k->v);
	k->v = NULL;
}

static bool has_letter(const struct token *t)
{
	for (size_t i = 0; i < t->len; i++) {
		unsigned char c = (unsigned char)t->text[i];

		if (c >= 0x80 || (c >= 'a' && c <= 'z'))
			return true;
	}
	return false;
}

static bool is_wanted(struct keywords *k, const struct token *t)
{
	bool beside = t->flags & TOKEN_JOINED && t->span == 1;

	if (!beside || !k->stopped)
		k->stopped = stopword_is(k->language, t->form, t->formlen);
	return !k->stopped && !(t->flags & TOKEN_BREAK) && t->len > 1 && has_letter(t);
}

static int add_word(void *ctx, const struct token *t)
{
	struct keywords *k = ctx;
	struct keyword *word;

	if (!is_wanted(k, t))
		return 0;
	if (!mem_grow(&k->v, &k->cap, k->n + 1, sizeof(*k->v)))
		return PDX_E_NOMEM;
	word = &k->v[k->n++];
	word->term = arena_dup(k->arena, t->text, t->len);
	word->form = arena_dup(k->arena, t->form, t->formlen);
	word->weight = k->weight;
	word->df = 0;
	return word->term && word->form ? 0 : PDX_E_NOMEM;
}

static int read_text(struct keywords *k, struct analyzer *analyzer, int column,
		     const char *text)
{
	k->weight = rank_default.weight[column];
	return text ? analyzer_run(analyzer, text, strlen(text), add_word, k) : 0;
}

int keywords_read(struct keywords *k, struct analyzer *analyzer,
		  const struct pdx_article *a)
{
	int status = read_text(k, analyzer, COLUMN_TITLE, a->title);

	if (!status)
		status = read_text(k, analyzer, COLUMN_SUMMARY, a->summary);
	if (!status)
		status = read_text(k, analyzer, COLUMN_BODY, a->body);
	for (size_t i = 0; i < a->ntakes && !status; i++)
		status = read_text(k, analyzer, COLUMN_TAKES, a->takes[i].text);
	return status;
}

static int by_term(const void *a, const void *b)
{
	const struct keyword *x = a, *y = b;
	int order = strcmp(x->term, y->term);

	return order ? order : strcmp(x->form, y->form);
}

static int by_weight(const void *a, const void *b)
{
	const struct keyword *x = a, *y = b;

	if (x->weight > y->weight || x->weight < y->weight)
		return x->weight < y->weight ? 1 : -1;
	return strcmp(x->term, y->term);
}

void keywords_merge(struct keywords *k)
{
	size_t kept = 0;

	if (k->n > 1)
		qsort(k->v, k->n, sizeof(*k->v), by_term);
	for (size_t i = 0; i < k->n; i++) {
		if (kept && strcmp(k->v[kept - 1].term, k->v[i].term) == 0)
			k->v[kept - 1].weight += k->v[i].weight;
		else
			k->v[kept++] = k->v[i];
	}
	k->n = kept;
}

int keywords_count(struct keywords *k, const struct engine_ops *ops, void *engine,
		   struct pdx_err *err)
{
	size_t kept = 0;
	int status = 0;

	for (size_t i = 0; i < k->n && !status; i++) {
		struct keyword word = k->v[i];

		status = ops->df(&word.df, engine, word.term, strlen(word.term), err);
		if (word.df > 1)
			k->v[kept++] = word;
	}
	k->n = kept;
	return status;
}

void keywords_best(struct keywords *k, size_t most)
{
	if (k->n > 1)
		qsort(k->v, k->n, sizeof(*k->v), by_weight);
	k->n = k->n < most ? k->n : most;
}

struct ast *keyword_node(struct arena *arena, const struct keyword *word)
{
	struct ast *node = tree_new(arena, AST_TEXT, 0, 0);

	if (!node)
		return NULL;
	node->term = word->term;
	node->text = word->form;
	node->textlen = strlen(node->text);
	return node;
}
