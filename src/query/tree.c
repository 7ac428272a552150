/* Putting a tree together.  Knows the shapes of nodes, not what they mean. */
#include "query/tree.h"

struct ast *tree_new(struct arena *arena, enum ast_kind kind, size_t start, size_t len)
{
	struct ast *node = arena_alloc(arena, sizeof(*node));

	if (node) {
		node->kind = kind;
		node->start = start;
		node->len = len;
	}
	return node;
}

struct ast *tree_alone(struct arena *arena, const struct ast *node)
{
	struct ast *copy = tree_new(arena, node->kind, node->start, node->len);

	if (copy) {
		*copy = *node;
		copy->next = NULL;
	}
	return copy;
}

static struct ast *last_of(struct ast *list)
{
	while (list->next)
		list = list->next;
	return list;
}

struct ast *tree_join(struct arena *arena, enum ast_kind kind, struct ast *left,
		      struct ast *right)
{
	struct ast *node = left;
	size_t end;

	if (!left || !right)
		return left ? left : right;
	end = right->start + right->len;
	if (left->kind != kind) {
		node = tree_new(arena, kind, left->start, left->len);
		if (!node)
			return NULL;
		node->child = left;
	}
	last_of(node->child)->next = right->kind == kind ? right->child : right;
	if (end > node->start + node->len)
		node->len = end - node->start;
	return node;
}

struct ast *tree_not(struct arena *arena, struct ast *child, size_t start)
{
	struct ast *node;

	if (!child)
		return NULL;
	if (child->kind == AST_NOT)
		return child->child;
	node = tree_new(arena, AST_NOT, start, child->start + child->len - start);
	if (node)
		node->child = child;
	return node;
}
