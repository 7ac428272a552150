/*
 * Companies by names of the user's own.  Knows trees and when two names are equal; not
 * where the names come from.
 */
#include <string.h>

#include "query/query.h"
#include "query/tree.h"
#include "query/value.h"

struct naming {
	struct pdx_query *query;
	const char *name, *other;
	struct buf words; /* to compare in */
	bool changed;
};

static bool is_equal(struct naming *n, const char *a, const char *b)
{
	return value_compare(a, b, &n->words) == VALUE_EQUAL;
}

/* The name to add to ${node}; NULL: none. */
static const char *missing_name(struct naming *n, const struct ast *node)
{
	if (node->kind != AST_VALUE ||
	    (node->field != FIELD_COMPANY && node->field != FIELD_MENTIONS))
		return NULL;
	if (is_equal(n, node->text, n->name))
		return n->other;
	return is_equal(n, node->text, n->other) ? n->name : NULL;
}

/* The sibling of ${node}, below ${either}, that asks for ${name} already; or NULL. */
static struct ast *asked(struct naming *n, struct ast *either, const struct ast *node,
			 const char *name)
{
	struct ast *c = either->child;

	while (c && (c->kind != AST_VALUE || c->field != node->field ||
		     !is_equal(n, c->text, name)))
		c = c->next;
	return c;
}

static struct ast *named(struct naming *n, const struct ast *node, const char *name)
{
	struct ast *copy = tree_alone(&n->query->arena, node);

	if (!copy)
		return NULL;
	copy->text = arena_strdup(&n->query->arena, name);
	copy->textlen = strlen(name);
	copy->implied = true;
	return copy;
}

/* Put ${name} beside ${node}: under the OR that it is in, or under one of its own. */
static void add_name(struct naming *n, struct ast *parent, struct ast *node,
		     const char *name)
{
	struct ast *added, *old;

	if (parent && parent->kind == AST_OR) {
		added = asked(n, parent, node, name);
		if (added) {
			added->implied = node->implied = true;
			return;
		}
		added = named(n, node, name);
		if (!added)
			return;
		added->next = node->next;
		node->next = added;
	} else {
		old = tree_alone(&n->query->arena, node);
		added = named(n, node, name);
		if (!old || !added)
			return;
		old->next = added;
		node->kind = AST_OR;
		node->child = old;
		node = old;
	}
	node->implied = true;
	n->changed = true;
}

static void visit(struct naming *n, struct ast *parent, struct ast *node)
{
	const char *name = missing_name(n, node);
	struct ast *c, *next;

	for (c = node->child; c; c = next) {
		next = c->next;
		visit(n, node, c);
	}
	if (name)
		add_name(n, parent, node, name);
}

int pdx_query_name(struct pdx_query *query, const char *name, const char *other,
		   struct pdx_err *err)
{
	struct naming n = { .query = query, .name = name, .other = other };
	int status = PDX_OK;

	buf_init(&n.words, 0);
	visit(&n, NULL, query->root);
	if (!buf_ok(&n.words) || query->arena.failed)
		status = err_nomem(err);
	else if (n.changed)
		status = query_set_root(query, query->root, err);
	buf_release(&n.words);
	return status;
}
