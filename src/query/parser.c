/*
 * Query text to tree, by recursive descent:
 *
 *     or    = and { OR and } ;
 *     and   = not { [ AND ] not } ;
 *     not   = { NOT } near ;
 *     near  = prim { NEAR prim } ;
 *     prim  = "(" or ")" | "take(" or ")" | field value | word | phrase ;
 *     value = "(" or ")" | item { "," item } ;
 *
 * Only parentheses recurse, and they are counted.  What is malformed is left out or
 * completed, with a note, and parsing goes on; an operand of which nothing is left is
 * NULL.  What leaves mean is query/leaf.c's and query/check.c's business.
 */
#include "query/parser.h"

#include <string.h>

#include "query/check.h"
#include "query/leaf.h"
#include "query/lexer.h"
#include "query/tree.h"

struct parser {
	struct pdx_query *q;
	struct lexer lexer;
	const struct field *field; /* whose group this is; NULL: none */
	bool in_take;
	bool after_operand; /* the last lexeme was an operand or ended one */
	unsigned depth;     /* open parentheses */
	size_t terms;
	struct pdx_err *err;
};

static int parse_or(struct ast **out, struct parser *p);

static int fail(struct parser *p, const struct lexeme *t)
{
	err_place(p->err, p->q->text, t->start, t->end - t->start);
	return PDX_E_QUERY;
}

/* The lexeme does nothing and is left out. */
static void note_stray(struct parser *p, const char *code, const struct lexeme *t)
{
	query_note(p->q, code, true, t->start, t->end - t->start,
		   "stray \"%.*s\" left out", (int)(t->end - t->start),
		   p->q->text + t->start);
}

static unsigned mode_in(const struct field *field)
{
	if (!field)
		return 0;
	return LEXER_LIST | (field->kind == FIELD_KIND_DATE ? LEXER_DATE : 0u);
}

static void accept(struct parser *p, const struct lexeme *t)
{
	p->lexer.pos = t->end;
}

/* The next lexeme, behind what can be nothing but a slip. */
static struct lexeme peek_in(struct parser *p, unsigned mode)
{
	for (;;) {
		struct lexer ahead = p->lexer;
		struct lexeme t;

		lexer_next(&t, &ahead, mode);
		if (t.kind == LEX_DASH)
			note_stray(p, "stray-operator", &t);
		else if (t.kind == LEX_CLOSE && p->depth == 0)
			note_stray(p, "unbalanced-parenthesis", &t);
		else
			return t;
		accept(p, &t);
	}
}

static struct lexeme peek(struct parser *p)
{
	return peek_in(p, mode_in(p->field));
}

/*
 * The value behind a colon or comma.  What touches it is its value, whatever it is;
 * behind white space an operator or another field shows that the value was forgotten.
 */
static struct lexeme peek_value(struct parser *p, const struct field *field)
{
	unsigned mode = mode_in(field);

	return peek_in(p, lexer_at_space(&p->lexer) ? mode : mode | LEXER_DIRECT);
}

static bool is_text(const struct lexeme *t)
{
	return t->kind == LEX_WORD || t->kind == LEX_PHRASE;
}

static bool starts_operand(const struct lexeme *t)
{
	return is_text(t) || t->kind == LEX_FIELD || t->kind == LEX_OPEN ||
	       t->kind == LEX_TAKE || t->kind == LEX_NOT;
}

static bool is_joint(const struct lexeme *t)
{
	return t->kind == LEX_AND || t->kind == LEX_OR || t->kind == LEX_NEAR ||
	       t->kind == LEX_COMMA;
}

static void accept_operator(struct parser *p, const struct lexeme *t)
{
	accept(p, t);
	p->after_operand = false;
}

/* Whether an operand comes next, but for operators that join nothing. */
static bool operand_follows(struct parser *p)
{
	struct lexeme t;

	for (t = peek(p); is_joint(&t); t = peek(p)) {
		note_stray(p, t.kind == LEX_COMMA ? "empty-item" : "stray-operator",
			   &t);
		accept_operator(p, &t);
	}
	return starts_operand(&t);
}

/* Count ${n} terms more, at ${t}. */
static int count_terms(struct parser *p, size_t n, const struct lexeme *t)
{
	p->terms += n;
	if (p->terms <= QUERY_MAX_TERMS)
		return PDX_OK;
	err_set(p->err, PDX_E_QUERY, "more than %d terms", QUERY_MAX_TERMS);
	return fail(p, t);
}

static int check_depth(struct parser *p, const struct lexeme *t)
{
	if (p->depth < QUERY_MAX_DEPTH)
		return PDX_OK;
	err_set(p->err, PDX_E_QUERY, "parentheses are more than %d deep",
		QUERY_MAX_DEPTH);
	return fail(p, t);
}

/* Accept the text ${t} as a leaf in ${field}. */
static int parse_text(struct ast **out, struct parser *p, const struct lexeme *t,
		      const struct field *field)
{
	int rc;

	accept(p, t);
	rc = leaf_new(out, p->q, t, field ? field : field_get(FIELD_ANY), p->err);
	if (rc == PDX_OK && *out)
		rc = count_terms(p, leaf_terms(*out), t);
	return rc;
}

/* ${first} and what follows it behind commas: any of them. */
static int parse_list(struct ast **out, struct parser *p, const struct lexeme *first,
		      const struct field *field)
{
	struct lexeme item = *first, comma;

	*out = NULL;
	for (;;) {
		struct ast *leaf;
		int rc = parse_text(&leaf, p, &item, field);

		if (rc != PDX_OK)
			return rc;
		*out = tree_join(&p->q->arena, AST_OR, *out, leaf);
		for (;;) {
			comma = peek_in(p, mode_in(field));
			if (comma.kind != LEX_COMMA)
				return PDX_OK;
			accept(p, &comma);
			item = peek_value(p, field);
			if (is_text(&item))
				break;
			note_stray(p, "empty-item", &comma);
		}
	}
}

/* The parentheses that ${open} begins, whose texts are values of ${field}. */
static int parse_group(struct ast **out, struct parser *p, const struct lexeme *open,
		       const struct field *field)
{
	const struct field *outer = p->field;
	struct lexeme t;
	int rc = check_depth(p, open);

	*out = NULL;
	if (rc != PDX_OK)
		return rc;
	accept_operator(p, open);
	p->depth++;
	p->field = field;
	t = peek(p);
	if (t.kind == LEX_CLOSE)
		query_note(p->q, "empty-group", true, open->start, t.end - open->start,
			   "nothing in parentheses; left out");
	rc = parse_or(out, p);
	if (rc == PDX_OK) {
		t = peek(p);
		if (t.kind == LEX_END)
			query_note(p->q, "unbalanced-parenthesis", true, open->start,
				   open->end - open->start,
				   "parenthesis without an end; closed at the end");
		accept(p, &t);
		if (*out) {
			(*out)->start = open->start;
			(*out)->len = t.end - open->start;
		}
	}
	p->field = outer;
	p->depth--;
	return rc;
}

static int parse_take(struct ast **out, struct parser *p, const struct lexeme *t)
{
	struct ast *inner;
	int rc;

	*out = NULL;
	if (p->in_take || p->field) {
		err_set(p->err, PDX_E_QUERY, "take(...) inside %s%s(...)",
			p->in_take ? "take" : p->field->name, p->in_take ? "" : ":");
		return fail(p, t);
	}
	p->in_take = true;
	rc = parse_group(&inner, p, t, NULL);
	p->in_take = false;
	if (rc != PDX_OK || !inner)
		return rc;
	*out = tree_new(&p->q->arena, AST_TAKE, inner->start, inner->len);
	if (*out)
		(*out)->child = inner;
	return PDX_OK;
}

/* The field that ${t} names, where it may stand here. */
static int find_field(const struct field **out, struct parser *p,
		      const struct lexeme *t)
{
	int rc = check_field(out, p->q, t->text, t->textlen, p->err);

	if (rc != PDX_OK)
		return rc;
	if (p->field && *out != p->field)
		err_set(p->err, PDX_E_QUERY, "\"%s\" inside %s:(...)", (*out)->name,
			p->field->name);
	else if (p->in_take && !check_holds_on_take(*out))
		err_set(p->err, PDX_E_QUERY, "\"%s\" does not hold on a take",
			(*out)->name);
	else
		return PDX_OK;
	return fail(p,
		    &(struct lexeme){ .start = t->text, .end = t->text + t->textlen });
}

static int parse_field(struct ast **out, struct parser *p, const struct lexeme *t)
{
	const struct field *field;
	struct lexeme value;
	int rc = find_field(&field, p, t);

	if (rc != PDX_OK)
		return rc;
	accept_operator(p, t);
	for (value = peek_value(p, field); value.kind == LEX_COMMA;
	     value = peek_value(p, field)) {
		note_stray(p, "empty-item", &value);
		accept(p, &value);
	}
	if (value.kind == LEX_OPEN)
		return parse_group(out, p, &value, field);
	if (is_text(&value))
		return parse_list(out, p, &value, field);
	query_note(p->q, "empty-field", true, t->start, t->end - t->start,
		   "nothing after \"%s:\"; left out", field->name);
	return PDX_OK;
}

/* A word or phrase that is no value. */
static int parse_bare(struct ast **out, struct parser *p, const struct lexeme *t)
{
	const char *word = p->q->text + t->start;
	size_t len = t->end - t->start;
	bool between = p->after_operand;
	struct lexeme next;
	int rc = p->field ? parse_list(out, p, t, p->field)
			  : parse_text(out, p, t, NULL);

	if (rc != PDX_OK || !between || !lexer_is_lowercase_operator(word, len))
		return rc;
	next = peek(p);
	if (starts_operand(&next))
		query_note(p->q, "lowercase-operator", false, t->start, len,
			   "\"%.*s\" is searched for as a word; operators are written "
			   "AND, OR, NOT",
			   (int)len, word);
	return PDX_OK;
}

static int parse_prim(struct ast **out, struct parser *p)
{
	struct lexeme t = peek(p);
	int rc;

	*out = NULL;
	if (t.kind == LEX_OPEN)
		rc = parse_group(out, p, &t, p->field);
	else if (t.kind == LEX_TAKE)
		rc = parse_take(out, p, &t);
	else if (t.kind == LEX_FIELD)
		rc = parse_field(out, p, &t);
	else
		rc = parse_bare(out, p, &t);
	p->after_operand = true;
	return rc;
}

/* Whether ${near} can join the two; a field before one of them is that of both. */
static int check_near(struct parser *p, const struct lexeme *near, struct ast *left,
		      struct ast *right)
{
	if (left->kind != AST_TEXT || right->kind != AST_TEXT) {
		err_set(p->err, PDX_E_QUERY,
			"NEAR needs a word or a phrase on either side");
		return fail(p, near);
	}
	if (right->field == FIELD_ANY)
		right->field = left->field;
	if (left->field == right->field)
		return PDX_OK;
	err_set(p->err, PDX_E_QUERY, "NEAR needs both sides in one field");
	return fail(p, near);
}

static struct ast *near_new(struct parser *p, const struct lexeme *near,
			    const struct ast *left, const struct ast *right)
{
	size_t end = right->start + right->len;
	struct ast *node, *a, *b;

	node = tree_new(&p->q->arena, AST_NEAR, left->start, end - left->start);
	a = tree_new(&p->q->arena, AST_TEXT, 0, 0);
	b = tree_new(&p->q->arena, AST_TEXT, 0, 0);
	if (!node || !a || !b)
		return NULL;
	/* Copies: in a NEAR b NEAR c the b stands in two places of the tree. */
	*a = *left;
	*b = *right;
	a->next = b;
	node->child = a;
	node->distance = near->number;
	return node;
}

/* Behind ${*out}: a NEAR b NEAR c is a NEAR b and b NEAR c. */
static int parse_near_chain(struct ast **out, struct parser *p)
{
	struct ast *left = *out, *right;
	struct lexeme near;
	int rc;

	for (size_t n = 0; (near = peek(p)).kind == LEX_NEAR; n++) {
		accept_operator(p, &near);
		if (!left || !operand_follows(p) || peek(p).kind == LEX_NOT) {
			note_stray(p, "stray-operator", &near);
			return PDX_OK;
		}
		rc = parse_prim(&right, p);
		if (rc == PDX_OK && right)
			rc = check_near(p, &near, left, right);
		if (rc == PDX_OK && n > 0) /* as if it had been written out */
			rc = check_depth(p, &near);
		if (rc == PDX_OK && n > 0)
			rc = count_terms(p, leaf_terms(left), &near);
		if (rc != PDX_OK)
			return rc;
		if (!right) {
			note_stray(p, "stray-operator", &near);
			continue;
		}
		right = near_new(p, &near, left, right);
		*out = *out == left ? right
				    : tree_join(&p->q->arena, AST_AND, *out, right);
		left = right ? right->child->next : NULL;
	}
	return PDX_OK;
}

static int parse_not(struct ast **out, struct parser *p)
{
	struct lexeme t = peek(p);
	size_t start = t.start;
	bool negated = false;
	int rc;

	*out = NULL;
	for (; t.kind == LEX_NOT; t = peek(p)) {
		accept_operator(p, &t);
		negated = !negated;
		if (!operand_follows(p)) {
			note_stray(p, "stray-operator", &t);
			return PDX_OK;
		}
	}
	rc = parse_prim(out, p);
	if (rc == PDX_OK)
		rc = parse_near_chain(out, p);
	if (negated)
		*out = tree_not(&p->q->arena, *out, start);
	return rc;
}

static int parse_and(struct ast **out, struct parser *p)
{
	*out = NULL;
	for (;;) {
		struct lexeme t = peek(p);
		struct ast *operand;
		int rc;

		if (t.kind == LEX_AND || t.kind == LEX_NEAR || t.kind == LEX_COMMA) {
			accept_operator(p, &t);
			if (t.kind != LEX_AND || !operand_follows(p))
				note_stray(p, "stray-operator", &t);
			continue;
		}
		if (!starts_operand(&t))
			return PDX_OK;
		rc = parse_not(&operand, p);
		if (rc != PDX_OK)
			return rc;
		*out = tree_join(&p->q->arena, AST_AND, *out, operand);
	}
}

static int parse_or(struct ast **out, struct parser *p)
{
	struct lexeme t;
	struct ast *right;
	int rc;

	*out = NULL;
	operand_follows(p); /* leaves out operators at the start */
	rc = parse_and(out, p);
	while (rc == PDX_OK && (t = peek(p)).kind == LEX_OR) {
		accept_operator(p, &t);
		if (!operand_follows(p)) {
			note_stray(p, "stray-operator", &t);
			continue;
		}
		rc = parse_and(&right, p);
		if (rc == PDX_OK)
			*out = tree_join(&p->q->arena, AST_OR, *out, right);
	}
	return rc;
}

int parser_run(struct ast **root, struct pdx_query *q, struct pdx_err *err)
{
	struct parser p = { .q = q, .err = err };
	int rc;

	p.lexer = (struct lexer){ q->text, strlen(q->text), 0 };
	rc = parse_or(root, &p);
	/* Memory that is out looks like an operand of which nothing is left. */
	return rc == PDX_OK && q->arena.failed ? err_nomem(err) : rc;
}
