/*
 * A word or phrase to a leaf.  Knows what signs may stand at a text and at a value, and
 * when nothing is left to search for; does not know what stands around it.
 */
#include "query/leaf.h"

#include <string.h>

#include "query/check.h"
#include "query/tree.h"

static void note(struct pdx_query *q, const char *code, const struct lexeme *t,
		 const char *what)
{
	query_note(q, code, true, t->start, t->end - t->start, "%s", what);
}

/* Whether something stands between the quotes or signs. */
static bool has_text(struct pdx_query *q, const struct lexeme *t)
{
	bool blank = lexer_is_blank(q->text + t->text, t->textlen);

	if (t->unclosed)
		note(q, "unbalanced-quote", t,
		     "quote without an end; closed at the end");
	else if (blank && t->kind == LEX_PHRASE)
		note(q, "empty-quote", t, "nothing in quotes; left out");
	else if (blank)
		note(q, "stray-sign", t, "sign without a word; left out");
	return !blank;
}

/* Letters of the last word, which is the one that a * completes. */
static size_t prefix_letters(const struct ast *node)
{
	size_t word = 0;

	for (size_t i = 0; i < node->textlen; i++) {
		if (lexer_is_blank(node->text + i, 1))
			word = i + 1;
	}
	return lexer_searchable(node->text + word, node->textlen - word);
}

static void set_signs(struct ast *node, struct pdx_query *q, const struct lexeme *t)
{
	node->exact = t->exact;
	node->slop = t->number;
	node->prefix = t->prefix;
	if (t->stray_slop)
		note(q, "stray-slop", t,
		     t->kind == LEX_WORD ? "~ left out: it belongs to a phrase"
					 : "~ without a number left out");
	if (t->prefix && prefix_letters(node) < QUERY_MIN_PREFIX) {
		node->prefix = false;
		note(q, "short-prefix", t,
		     "* left out: fewer than two letters stand before it");
	}
}

static void note_value_signs(struct pdx_query *q, const struct lexeme *t)
{
	if (t->prefix)
		note(q, "stray-sign", t, "* left out: a value is compared as a whole");
	if (t->number > 0 || t->stray_slop)
		note(q, "stray-slop", t, "~ left out: a value is compared as a whole");
}

static struct ast *make(struct pdx_query *q, const struct lexeme *t,
			const struct field *field)
{
	const char *text = q->text + t->text;
	char *copy = arena_alloc(&q->arena, t->textlen + 1);
	struct ast *node = tree_new(&q->arena, AST_TEXT, t->start, t->end - t->start);

	if (!copy || !node)
		return NULL;
	node->kind = field->kind == FIELD_KIND_TEXT ? AST_TEXT : AST_VALUE;
	node->field = field->id;
	node->phrase = t->kind == LEX_PHRASE;
	node->text = copy;
	node->textlen =
		node->phrase ? lexer_unquote(copy, text, t->textlen) : t->textlen;
	if (!node->phrase)
		memcpy(copy, text, t->textlen);
	return node;
}

int leaf_new(struct ast **out, struct pdx_query *q, const struct lexeme *t,
	     const struct field *field, struct pdx_err *err)
{
	struct ast *node;

	*out = NULL;
	if (!has_text(q, t))
		return PDX_OK;
	node = make(q, t, field);
	if (!node)
		return err_nomem(err);
	if (node->kind == AST_VALUE) {
		note_value_signs(q, t);
		*out = node;
		return check_value(node, q, err);
	}
	if (lexer_searchable(node->text, node->textlen) == 0) {
		note(q, "no-word", t, "no letter or digit in it; left out");
		return PDX_OK;
	}
	set_signs(node, q, t);
	*out = node;
	return PDX_OK;
}

size_t leaf_terms(const struct ast *leaf)
{
	size_t n = 0;
	bool inside = false;

	if (leaf->kind != AST_TEXT)
		return 1;
	for (size_t i = 0; i < leaf->textlen; i++) {
		bool space = lexer_is_blank(leaf->text + i, 1);

		n += !space && !inside;
		inside = !space;
	}
	return n;
}
