/*
 * Plain words to a query, the query of which any word will do, and the query with more
 * words.  Knows that a text
 * may be nothing but words: no operator, field or sign in it means anything.
 */
#include <string.h>

#include "query/lexer.h"
#include "query/query.h"
#include "query/tree.h"
#include "text/chars.h"

struct words {
	struct pdx_query *q;
	enum ast_kind kind; /* that joins them */
	struct ast *root;
	size_t n;
};

/* What a word is made of; an apostrophe is looked at where it stands. */
static bool is_inside(const struct character *c)
{
	return char_is_alnum(c->kind) || c->kind == CHAR_MARK ||
	       c->kind == CHAR_IGNORED || c->kind == CHAR_SINGLE ||
	       c->kind == CHAR_EMOJI;
}

static bool begins_word(const struct character *c)
{
	return is_inside(c) && c->kind != CHAR_MARK && c->kind != CHAR_IGNORED;
}

/* Where the word that begins at ${i} ends: don't is one, tea/coffee is two. */
static size_t word_end(const char *text, size_t len, size_t i)
{
	while (i < len) {
		struct character c = char_at(text + i, len - i), next;

		if (!is_inside(&c)) {
			if (c.kind != CHAR_JOINER || c.joiner != '\'' ||
			    i + c.len >= len)
				break;
			next = char_at(text + i + c.len, len - i - c.len);
			if (!char_is_alnum(next.kind))
				break;
		}
		i += c.len;
	}
	return i;
}

static void add_word(struct words *w, size_t start, size_t end)
{
	struct arena *arena = &w->q->arena;
	struct ast *node;

	w->n++;
	node = tree_new(arena, AST_TEXT, start, end - start);
	if (!node)
		return;
	node->text = arena_dup(arena, w->q->text + start, end - start);
	node->textlen = end - start;
	w->root = tree_join(arena, w->kind, w->root, node);
}

static int add_words(struct words *w)
{
	const char *text = w->q->text;
	size_t len = strlen(text), i = 0;

	while (i < len) {
		struct character c = char_at(text + i, len - i);
		size_t end = i + c.len;

		if (begins_word(&c)) {
			end = word_end(text, len, i);
			if (w->n == QUERY_MAX_WORDS)
				return query_note(w->q, "too-many-words", true, i,
						  len - i,
						  "only the first %d words count",
						  QUERY_MAX_WORDS);
			add_word(w, i, end);
		}
		i = end;
	}
	return PDX_OK;
}

int query_words(struct ast **out, struct pdx_query *q, bool any)
{
	struct words w = { .q = q, .kind = any ? AST_OR : AST_AND };
	int rc;

	rc = add_words(&w);
	*out = w.root;
	return q->arena.failed ? PDX_E_NOMEM : rc;
}

/* Words, phrases and what only these are in. */
static bool is_wording(const struct ast *node)
{
	if (node->kind == AST_TEXT || node->kind == AST_NEAR)
		return true;
	if (node->kind != AST_AND && node->kind != AST_OR)
		return false;
	for (const struct ast *c = node->child; c; c = c->next)
		if (!is_wording(c))
			return false;
	return true;
}

/* Whether somebody wrote AND between two neighbours. */
static bool is_joined(const struct pdx_query *q, const struct ast *a,
		      const struct ast *b)
{
	struct lexer lx = { q->text, b->start, a->start + a->len };
	struct lexeme t;

	while (lx.pos < lx.len) {
		lexer_next(&t, &lx, 0);
		if (t.kind == LEX_AND)
			return true;
		if (t.kind == LEX_END)
			break;
	}
	return false;
}

/* The children of an AND. */
static struct ast *any_of(struct pdx_query *q, struct ast *root)
{
	struct ast *any = NULL, *all = NULL, *run = NULL, *last = NULL, *next;

	for (struct ast *c = root->child; c; c = next) {
		next = c->next;
		c->next = NULL;
		if (!is_wording(c)) {
			all = tree_join(&q->arena, AST_AND, all, c);
		} else if (run && is_joined(q, last, c)) {
			run = tree_join(&q->arena, AST_AND, run, c);
		} else {
			any = tree_join(&q->arena, AST_OR, any, run);
			run = c;
		}
		last = c;
	}
	any = tree_join(&q->arena, AST_OR, any, run);
	return tree_join(&q->arena, AST_AND, any, all);
}

struct ast *query_any(struct pdx_query *q, struct ast *root)
{
	struct ast *any = NULL, *next;

	if (root->kind == AST_AND)
		any = any_of(q, root);
	else if (root->kind != AST_OR)
		return root;
	for (struct ast *c = root->child; root->kind == AST_OR && c; c = next) {
		next = c->next;
		c->next = NULL;
		if (c->kind == AST_AND)
			c = any_of(q, c);
		any = tree_join(&q->arena, AST_OR, any, c);
	}
	return q->arena.failed ? NULL : any;
}

/* Words of which any will do, in any field. */
static bool takes_more(const struct ast *node)
{
	if (node->kind == AST_TEXT)
		return node->field == FIELD_ANY;
	if (node->kind != AST_OR || !is_wording(node))
		return false;
	for (const struct ast *c = node->child; c; c = c->next)
		if (c->kind == AST_TEXT && c->field != FIELD_ANY)
			return false;
	return true;
}

/* The part of the query that more words would be alternatives to; NULL: none. */
static const struct ast *find_alternatives(const struct pdx_query *q)
{
	const struct ast *found = NULL;

	if (!q->any || takes_more(q->root))
		return q->any ? q->root : NULL;
	if (q->root->kind != AST_AND)
		return NULL;
	for (const struct ast *c = q->root->child; c; c = c->next) {
		if (!is_wording(c))
			continue;
		if (found || !takes_more(c))
			return NULL; /* several, all of which are needed */
		found = c;
	}
	return found;
}

/* The children of ${node} and ${more}; both lists stay as they are. */
static struct ast *any_or_more(struct arena *arena, const struct ast *node,
			       struct ast *more)
{
	struct ast *any = NULL;

	if (node->kind == AST_TEXT)
		any = tree_alone(arena, node);
	for (const struct ast *c = node->child; c; c = c->next)
		any = tree_join(arena, AST_OR, any, tree_alone(arena, c));
	for (const struct ast *c = more; c; c = c->next)
		any = tree_join(arena, AST_OR, any, tree_alone(arena, c));
	return any;
}

/* A copy of ${root} with ${instead} in the place of ${part}. */
static struct ast *replace(struct arena *arena, const struct ast *root,
			   const struct ast *part, struct ast *instead)
{
	struct ast *all = NULL;

	if (root == part)
		return instead;
	if (root->kind != AST_AND)
		return tree_alone(arena, root);
	for (const struct ast *c = root->child; c; c = c->next)
		all = tree_join(arena, AST_AND, all,
				c == part ? instead : tree_alone(arena, c));
	return all;
}

struct ast *query_with_words(const struct pdx_query *q, struct arena *arena,
			     struct ast *words)
{
	const struct ast *part = find_alternatives(q);
	struct ast *optional = NULL, *root;

	if (part) {
		root = replace(arena, q->root, part, any_or_more(arena, part, words));
	} else {
		optional = tree_new(arena, AST_OPTIONAL, 0, 0);
		if (optional)
			optional->child = words;
		root = tree_join(arena, AST_AND, replace(arena, q->root, NULL, NULL),
				 optional);
	}
	return arena->failed ? NULL : root;
}
