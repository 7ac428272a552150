/*
 * The MATCH expression of a plan.  Knows FTS5's expression language; decides nothing:
 * what may be in it was settled with the tree.
 */
#include "engine/sqlite/plan_parts.h"

static void put_phrase(struct buf *out, const struct plan_phrase *phrase)
{
	size_t i;

	buf_puts(out, "\"" TOKENS_VERBATIM);
	for (i = 0; i < phrase->n; i++) {
		if (i)
			buf_puts(out, TOKENS_SPACE);
		buf_put(out, phrase->terms[i], phrase->lens[i]);
	}
	buf_puts(out, phrase->prefix ? "\"*" : "\"");
}

static void put_columns(struct buf *out, unsigned columns)
{
	static const char *const names[TEXT_COLUMNS] = { "body", "title", "summary",
							 "takes" };
	int column;

	if (columns == (1u << TEXT_COLUMNS) - 1)
		return;
	buf_putc(out, '{');
	for (column = 0; column < TEXT_COLUMNS; column++)
		if (columns & 1u << column)
			buf_printf(out, "%s ", names[column]);
	buf_puts(out, "} : ");
}

void plan_match_leaf(struct buf *out, const struct plan_leaf *leaf)
{
	size_t i;

	put_columns(out, leaf->columns);
	buf_putc(out, '(');
	for (i = 0; i < leaf->nphrases; i++) {
		if (i)
			buf_puts(out, leaf->slop ? " AND " : " OR ");
		put_phrase(out, &leaf->phrases[i]);
	}
	buf_putc(out, ')');
}

/* What an AND excludes and FTS5 can exclude exactly. */
static void put_exclusions(struct buf *out, struct plan_node *n, int *phrases)
{
	struct plan_node *c;

	for (c = n->child; c; c = c->next) {
		if (c->ast->kind != AST_NOT || !c->child->exact ||
		    c->child->cover != COVER_MATCH)
			continue;
		buf_puts(out, " NOT ");
		plan_match(out, c->child, phrases);
	}
}

/* The children that have words, joined, in parentheses.  NOT binds tighter than AND:
 * what an AND excludes hangs on its last child, so that the AND stays at the root. */
static void put_children(struct buf *out, struct plan_node *n, const char *operator,
			 int * phrases)
{
	struct plan_node *c, *last = NULL;

	for (c = n->child; c; c = c->next)
		if (c->cover == COVER_MATCH)
			last = c;
	buf_putc(out, '(');
	for (c = n->child; c; c = c->next) {
		if (c->cover != COVER_MATCH)
			continue;
		plan_match(out, c, phrases);
		if (c == last && n->ast->kind == AST_AND)
			put_exclusions(out, n, phrases);
		if (c != last)
			buf_puts(out, operator);
	}
	buf_putc(out, ')');
}

void plan_match(struct buf *out, struct plan_node *n, int *phrases)
{
	switch (n->ast->kind) {
	case AST_TEXT:
		n->leaf->first = *phrases;
		*phrases += (int)n->leaf->nphrases;
		plan_match_leaf(out, n->leaf);
		break;
	case AST_AND:
	case AST_NEAR:
		if (n->narrow)
			plan_match(out, n->narrow, phrases);
		else
			put_children(out, n, " AND ", phrases);
		break;
	case AST_OR:
		put_children(out, n, " OR ", phrases);
		break;
	default: /* TAKE: nothing else has COVER_MATCH */
		plan_match(out, n->child, phrases);
	}
}
