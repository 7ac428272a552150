/*
 * The tree as text and the comparison of trees.  Knows how a text is written so that
 * the lexer reads it back; knows nothing of where the tree came from.
 */
#include "query/ast.h"

#include <string.h>

#include "query/lexer.h"

/* How tightly the place binds in which a node is printed. */
enum level { LEVEL_OR, LEVEL_AND, LEVEL_NOT };

static void print_node(struct buf *out, const struct ast *node, enum level level);

static void print_quoted(struct buf *out, const struct ast *node)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < node->textlen; i++) {
		if (node->text[i] == '"' || node->text[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, node->text[i]);
	}
	buf_putc(out, '"');
}

/* Whether the text needs no quotes where it stands. */
static bool is_bare(const struct ast *node)
{
	if (node->slop > 0)
		return false;
	if (node->field != FIELD_ANY)
		return lexer_is_word(node->text, node->textlen,
				     LEXER_DIRECT | LEXER_LIST);
	/* A comma at its start would go on with a list of values before it. */
	return lexer_is_word(node->text, node->textlen, 0) && node->text[0] != ',' &&
	       !lexer_is_lowercase_operator(node->text, node->textlen);
}

static void print_text(struct buf *out, const struct ast *node)
{
	if (node->exact)
		buf_putc(out, '=');
	if (is_bare(node))
		buf_put(out, node->text, node->textlen);
	else
		print_quoted(out, node);
	if (node->slop > 0)
		buf_printf(out, "~%u", node->slop);
	if (node->prefix)
		buf_putc(out, '*');
}

void ast_print_period(struct buf *out, struct date_range range)
{
	char day[DATE_TEXT];

	if (range.first == range.last) {
		buf_puts(out, date_format(day, range.first));
		return;
	}
	if (range.first > DATE_MIN)
		buf_puts(out, date_format(day, range.first));
	buf_puts(out, "..");
	if (range.last < DATE_MAX)
		buf_puts(out, date_format(day, range.last));
}

/* The field whose value the leaf is; FIELD_ANY: none, or no leaf. */
static enum field_id value_field(const struct ast *node)
{
	switch (node->kind) {
	case AST_TEXT:
	case AST_VALUE:
	case AST_DATES:
		return node->field;
	case AST_FLAG:
		return FIELD_IS;
	default:
		return FIELD_ANY;
	}
}

/* A leaf without the name of its field. */
static void print_value(struct buf *out, const struct ast *node)
{
	switch (node->kind) {
	case AST_VALUE:
	case AST_TEXT:
		print_text(out, node);
		break;
	case AST_DATES:
		ast_print_period(out, node->range);
		break;
	case AST_FLAG:
		buf_puts(out, node->flag == FLAG_NEW ? "new" : "bookmarked");
		break;
	default:
		break;
	}
}

static void print_leaf(struct buf *out, const struct ast *node)
{
	if (value_field(node) != FIELD_ANY)
		buf_printf(out, "%s:", field_get(value_field(node))->name);
	print_value(out, node);
}

static bool same_field(const struct ast *a, const struct ast *b)
{
	return value_field(a) != FIELD_ANY && value_field(a) == value_field(b);
}

/* company:a,b */
static bool is_list(const struct ast * or)
{
	for (const struct ast *c = or->child; c->next; c = c->next) {
		if (!same_field(c, c->next))
			return false;
	}
	return true;
}

/* Neighbours in one field are written as the list of its values. */
static void print_or(struct buf *out, const struct ast *node)
{
	for (const struct ast *c = node->child, *before = NULL; c; c = c->next) {
		if (before && same_field(before, c)) {
			buf_putc(out, ',');
			print_value(out, c);
		} else {
			buf_puts(out, before ? " OR " : "");
			print_node(out, c, LEVEL_AND);
		}
		before = c;
	}
}

static void print_and(struct buf *out, const struct ast *node)
{
	for (const struct ast *c = node->child; c; c = c->next) {
		print_node(out, c, LEVEL_NOT);
		buf_puts(out, c->next ? " " : "");
	}
}

static void print_group(struct buf *out, const struct ast *node, bool parentheses)
{
	if (parentheses)
		buf_putc(out, '(');
	if (node->kind == AST_OR)
		print_or(out, node);
	else
		print_and(out, node);
	if (parentheses)
		buf_putc(out, ')');
}

static void print_node(struct buf *out, const struct ast *node, enum level level)
{
	switch (node->kind) {
	case AST_ALL:
		break;
	case AST_OR:
		print_group(out, node, level > LEVEL_OR && !is_list(node));
		break;
	case AST_AND:
		print_group(out, node, level > LEVEL_AND);
		break;
	case AST_NOT:
		buf_putc(out, '-');
		if (node->child->kind == AST_ALL)
			buf_putc(out, '*');
		print_node(out, node->child, LEVEL_NOT);
		break;
	case AST_TAKE:
		buf_puts(out, "take(");
		print_node(out, node->child, LEVEL_OR);
		buf_putc(out, ')');
		break;
	case AST_NEAR:
		print_leaf(out, node->child);
		buf_printf(out, " NEAR/%u ", node->distance);
		print_leaf(out, node->child->next);
		break;
	default:
		print_leaf(out, node);
	}
}

void ast_print(struct buf *out, const struct ast *node)
{
	print_node(out, node, LEVEL_OR);
}

static void print_branch(struct buf *out, const struct ast *node, size_t level)
{
	for (size_t i = 0; i < level; i++)
		buf_puts(out, "  ");
	switch (node->kind) {
	case AST_ALL:
		buf_puts(out, "every article");
		break;
	case AST_AND:
		buf_puts(out, "AND");
		break;
	case AST_OR:
		buf_puts(out, "OR");
		break;
	case AST_NOT:
		buf_puts(out, "NOT");
		break;
	case AST_OPTIONAL:
		buf_puts(out, "optional");
		break;
	case AST_TAKE:
		buf_puts(out, "one take");
		break;
	case AST_NEAR:
		buf_printf(out, "NEAR/%u", node->distance);
		break;
	default:
		print_leaf(out, node);
	}
	buf_putc(out, '\n');
	for (const struct ast *c = node->child; c; c = c->next)
		print_branch(out, c, level + 1);
}

void ast_print_tree(struct buf *out, const struct ast *node)
{
	print_branch(out, node, 0);
}

static bool equal_text(const struct ast *a, const struct ast *b)
{
	return a->field == b->field && a->textlen == b->textlen &&
	       memcmp(a->text, b->text, a->textlen) == 0 && a->exact == b->exact &&
	       a->prefix == b->prefix && a->slop == b->slop;
}

/* Whether two nodes are equal, children aside. */
static bool equal_node(const struct ast *a, const struct ast *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case AST_TEXT:
	case AST_VALUE:
		return equal_text(a, b);
	case AST_NEAR:
		return a->distance == b->distance;
	case AST_DATES:
		return a->field == b->field && a->range.first == b->range.first &&
		       a->range.last == b->range.last;
	case AST_FLAG:
		return a->flag == b->flag;
	default:
		return true;
	}
}

bool ast_equal(const struct ast *a, const struct ast *b)
{
	const struct ast *c = a->child, *d = b->child;

	if (!equal_node(a, b))
		return false;
	for (; c && d; c = c->next, d = d->next) {
		if (!ast_equal(c, d))
			return false;
	}
	return !c && !d;
}
