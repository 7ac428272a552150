/*
 * Rewriting queries that found nothing.  Knows the tree and what the analyzer makes of
 * its texts; the index is asked through the engine's table.
 */
#include "engine/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "query/tree.h"

#define WITHOUT_CLAUSES 12 /* each costs a search */

/* ---- spelling ---- */

/* A token of a text of the query, and what may have been meant by it. */
struct piece {
	const struct ast *node;
	size_t start, end; /* bytes of node->text */
	bool joined;       /* a compound, after its first part */
};

struct pieces {
	struct arena *arena;
	const struct ast *node; /* whose text is being read */
	struct piece *v;
	struct guess *guesses; /* one a piece */
	size_t n, cap, guesses_cap;
};

static int add_piece(void *ctx, const struct token *t)
{
	struct pieces *p = ctx;
	struct guess guess = { .len = t->formlen, .termlen = t->len };

	if (t->flags & TOKEN_BREAK || (t->flags & TOKEN_JOINED && t->span == 1))
		return 0;
	guess.form = arena_dup(p->arena, t->form, t->formlen);
	guess.term = arena_dup(p->arena, t->text, t->len);
	if (!guess.form || !guess.term ||
	    !mem_grow(&p->v, &p->cap, p->n + 1, sizeof(*p->v)) ||
	    !mem_grow(&p->guesses, &p->guesses_cap, p->n + 1, sizeof(guess)))
		return PDX_E_NOMEM;
	p->guesses[p->n] = guess;
	p->v[p->n++] = (struct piece){ .node = p->node,
				       .start = t->start,
				       .end = t->end,
				       .joined = t->flags & TOKEN_JOINED };
	return 0;
}

static int collect_pieces(struct pieces *p, struct analyzer *analyzer,
			  const struct leaves *leaves)
{
	int status = 0;

	for (size_t i = 0; i < leaves->n && !status; i++) {
		const struct leaf *leaf = &leaves->v[i];

		/* What was cut short has no spelling. */
		if (!leaf->positive || leaf->node->prefix)
			continue;
		p->node = leaf->node;
		status = analyzer_run(analyzer, p->node->text, p->node->textlen,
				      add_piece, p);
	}
	return status;
}

/* Whether a part of the compound ${whole} is unknown and has no better spelling. */
static bool parts_are_lost(const struct pieces *p, size_t whole)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->v[i].joined && p->v[i].node == p->v[whole].node &&
		    p->v[i].start >= p->v[whole].start &&
		    p->v[i].end <= p->v[whole].end && !p->guesses[i].best &&
		    p->guesses[i].df == 0)
			return true;
	return false;
}

/* A compound is spelt part by part where that helps, else as a whole. */
static void settle(struct pieces *p)
{
	for (size_t i = 0; i < p->n; i++) {
		struct piece *whole = &p->v[i];

		if (!whole->joined || !p->guesses[i].best)
			continue;
		if (!parts_are_lost(p, i)) {
			p->guesses[i].best = NULL;
			continue;
		}
		for (size_t j = 0; j < p->n; j++)
			if (j != i && p->v[j].node == whole->node &&
			    p->v[j].start >= whole->start && p->v[j].end <= whole->end)
				p->guesses[j].best = NULL;
	}
}

/* The text of ${node} as it may have been meant; NULL: as it is, or memory is out. */
static const char *respell(const struct pieces *p, const struct ast *node)
{
	struct buf text;
	const char *copy = NULL;
	size_t done = 0;

	buf_init(&text, 0);
	for (size_t i = 0; i < p->n; i++) {
		const struct piece *piece = &p->v[i];

		if (piece->node != node || !p->guesses[i].best || piece->start < done)
			continue;
		buf_put(&text, node->text + done, piece->start - done);
		buf_puts(&text, p->guesses[i].best);
		done = piece->end;
	}
	if (done) {
		buf_put(&text, node->text + done, node->textlen - done);
		copy = buf_ok(&text) ? arena_dup(p->arena, text.data, text.len) : NULL;
		p->arena->failed = p->arena->failed || !copy;
	}
	buf_release(&text);
	return copy;
}

/* A copy of the tree with the texts respelt. */
static struct ast *copy_tree(const struct pieces *p, const struct ast *node)
{
	struct ast *copy = tree_new(p->arena, node->kind, node->start, node->len);
	const struct ast *child;
	struct ast **end;

	if (!copy)
		return NULL;
	*copy = *node;
	copy->next = copy->child = NULL;
	if (node->kind == AST_TEXT) {
		const char *text = respell(p, node);

		if (text) {
			copy->text = text;
			copy->textlen = strlen(text);
		}
	}
	end = &copy->child;
	for (child = node->child; child; child = child->next) {
		*end = copy_tree(p, child);
		if (!*end)
			return NULL;
		end = &(*end)->next;
	}
	return copy;
}

static const char *print(struct arena *arena, const struct ast *node)
{
	struct buf text;
	const char *copy = NULL;

	buf_init(&text, 0);
	ast_print(&text, node);
	if (buf_ok(&text))
		copy = arena_dup(arena, buf_str(&text), text.len);
	arena->failed = arena->failed || !copy;
	buf_release(&text);
	return copy;
}

int suggest_spelling(const char **out, const struct engine_ops *ops, void *engine,
		     struct arena *arena, const struct pdx_query *query,
		     const struct leaves *leaves, bool unknown_only,
		     struct pdx_err *err)
{
	struct pieces p = { .arena = arena };
	const struct ast *root;
	bool any = false;
	int status = collect_pieces(&p, ops->analyzer(engine), leaves);

	*out = NULL;
	if (status)
		err_nomem(err);
	else if (p.n)
		status = ops->guess(engine, p.guesses, p.n, unknown_only, arena, err);
	if (status)
		goto out;
	settle(&p);
	for (size_t i = 0; i < p.n; i++)
		any = any || p.guesses[i].best;
	root = any ? copy_tree(&p, query->root) : NULL;
	if (root)
		*out = print(arena, root);
	if (arena->failed)
		status = err_nomem(err);
out:
	free(p.guesses);
	free(p.v);
	return status;
}

/* ---- fewer clauses ---- */

static bool has_text(const struct ast *node)
{
	if (node->kind == AST_TEXT)
		return true;
	if (node->kind == AST_NOT)
		return false;
	for (const struct ast *c = node->child; c; c = c->next)
		if (has_text(c))
			return true;
	return false;
}

bool suggest_relaxed(struct pdx_query *out, struct arena *arena,
		     const struct pdx_query *query, bool any)
{
	struct ast *filters = NULL, *texts = NULL;
	unsigned n = 0;

	*out = *query;
	if (query->root->kind != AST_AND)
		return false;
	texts = tree_new(arena, AST_OR, query->root->start, query->root->len);
	for (const struct ast *c = query->root->child; c && texts; c = c->next) {
		struct ast *copy = tree_alone(arena, c), **end = &texts->child;

		if (!has_text(c)) {
			filters = tree_join(arena, AST_AND, filters, copy);
			continue;
		}
		while (*end)
			end = &(*end)->next;
		*end = copy;
		n++;
	}
	if (arena->failed || n < 2)
		return false;
	texts->minimum = any ? 1 : (n + 1) / 2;
	out->root = tree_join(arena, AST_AND, filters, texts);
	return !arena->failed;
}

/* The query without clause ${left_out}. */
static struct ast *drop_clause(struct arena *arena, const struct pdx_query *query,
			       const struct ast *left_out)
{
	struct ast *rest = NULL;

	for (const struct ast *c = query->root->child; c; c = c->next)
		if (c != left_out)
			rest = tree_join(arena, AST_AND, rest, tree_alone(arena, c));
	return rest;
}

static int count(uint64_t *total, const struct engine_ops *ops, void *engine,
		 struct arena *arena, const struct pdx_query *query,
		 struct pdx_err *err)
{
	struct pdx_search how = { .today = query->today };
	struct ranking ranking;
	struct leaves leaves;
	int status = leaves_build(&leaves, arena, query, ops->analyzer(engine), err);

	if (!status)
		status =
			ops->search(&ranking, engine, arena, query, &leaves, &how, err);
	*total = status ? 0 : ranking.total;
	return status;
}

int suggest_without(struct pdx_without **out, size_t *n, const struct engine_ops *ops,
		    void *engine, struct arena *arena, const struct pdx_query *query,
		    struct pdx_err *err)
{
	const struct ast *c;
	size_t clauses = 0;
	int status = 0;

	*n = 0;
	*out = NULL;
	for (c = query->root->child; c; c = c->next)
		clauses++;
	if (query->root->kind != AST_AND || clauses > WITHOUT_CLAUSES)
		return 0;
	*out = arena_array(arena, clauses, sizeof(**out));
	for (c = query->root->child; c && *out && !status; c = c->next) {
		struct pdx_query rest = *query;
		struct ast *clause = tree_alone(arena, c);

		rest.root = drop_clause(arena, query, c);
		if (arena->failed)
			break;
		(*out)[*n].clause = print(arena, clause);
		status = count(&(*out)[*n].total, ops, engine, arena, &rest, err);
		*n += status == 0;
	}
	return !status && arena->failed ? err_nomem(err) : status;
}
