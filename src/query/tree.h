/*
 * Putting a tree together, simplified as it grows: AND in AND and OR in OR are one,
 * a group of one is its child, NOT NOT is nothing.  NULL is the operand of which
 * nothing was left.
 */
#ifndef QUERY_TREE_H
#define QUERY_TREE_H

#include "query/ast.h"

/* A node without children; NULL where memory is out (arena->failed). */
struct ast *tree_new(struct arena *arena, enum ast_kind kind, size_t start, size_t len);

/* ${left} and ${right} under AST_AND or AST_OR; either may be NULL. */
struct ast *tree_join(struct arena *arena, enum ast_kind kind, struct ast *left,
		      struct ast *right);

/* A copy of ${node} without its neighbours; its children are shared. */
struct ast *tree_alone(struct arena *arena, const struct ast *node);

/* ${child} negated, from byte ${start} on. */
struct ast *tree_not(struct arena *arena, struct ast *child, size_t start);

#endif
