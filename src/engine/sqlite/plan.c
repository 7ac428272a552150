/*
 * From tree to plan: what of it the full-text index answers.  Reads no postings and no
 * doc values; the words of a leaf and the expression have files of their own.
 *
 * What the full-text index can answer becomes one MATCH expression (the driver) whose
 * rows are a superset of the result.  Where it is exactly the result the collector
 * only ranks; otherwise it walks the tree for each row.  All terms in the expression
 * are finished terms in quotes: nothing that a user typed is read by FTS5's parser.
 *
 * FTS5 (seen with 3.40.1) loses positions in one case: an AND below the root in which a
 * phrase or a column filter fails clears the position lists of all that is below it,
 * those of an OR's other side included, which may stand on a later row already.  So an
 * AND below the root is asked for whole only where nothing in it can fail like that
 * (struct plan_node, plain); otherwise its rarest child stands for it and the collector
 * looks at the rest.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/plan_parts.h"
#include "ingest/identity.h"

static int resolve_value(struct planner *p, struct plan_node *n)
{
	enum name_kind kind = names_kind(n->ast->field);
	int shift;

	if (kind != NAME_KINDS)
		return names_match(&n->ids, &n->nids, &p->s->names, kind, n->ast->text,
				   p->arena, p->err);
	if (n->ast->field == FIELD_ID && n->ast->textlen < PDX_ID_SIZE) {
		uint64_t value = strtoull(n->ast->text, NULL, 16);

		shift = (int)(PDX_ID_SIZE - 1 - n->ast->textlen) * 4 +
			IDENTITY_ID_SHIFT;
		n->first_key = value << shift;
		n->last_key = ((value + 1) << shift) - 1;
	}
	return 0;
}

/* AND: the narrowest that its children allow. */
static void cover_and(struct plan_node *n)
{
	const struct plan_node *c;

	n->cover = COVER_ALL;
	n->exact = true;
	for (c = n->child; c; c = c->next) {
		bool excludes = c->ast->kind == AST_NOT && c->child->exact &&
				c->child->cover == COVER_MATCH;

		if (c->cover == COVER_NONE)
			n->cover = COVER_NONE;
		else if (c->cover == COVER_MATCH && n->cover == COVER_ALL)
			n->cover = COVER_MATCH;
		n->exact = n->exact && (c->exact || excludes);
	}
	/* FTS5 has no NOT without something before it. */
	if (n->cover == COVER_ALL)
		for (c = n->child; c; c = c->next)
			n->exact = n->exact && c->cover == COVER_ALL && c->exact;
}

/* See the head of the file: ask for the rarest child alone. */
static void narrow_and(struct plan_node *n)
{
	struct plan_node *c;

	for (c = n->child; c; c = c->next)
		if (c->cover == COVER_MATCH &&
		    (!n->narrow || c->rows < n->narrow->rows))
			n->narrow = c;
	n->exact = false;
}

static void cover_or(struct plan_node *n)
{
	const struct plan_node *c;

	n->cover = COVER_NONE;
	n->exact = n->ast->minimum <= 1;
	for (c = n->child; c; c = c->next) {
		if (c->cover == COVER_NONE)
			continue;
		if (n->cover != COVER_ALL)
			n->cover = c->cover;
		n->exact = n->exact && c->exact;
	}
}

static void cover_not(struct plan_node *n)
{
	const struct plan_node *c = n->child;

	n->cover = c->exact && c->cover == COVER_ALL ? COVER_NONE : COVER_ALL;
	n->exact = c->exact && c->cover != COVER_MATCH;
}

/* Whether all words below ${n} are single terms in any column. */
static bool is_plain(const struct plan_node *n)
{
	const struct plan_node *c;
	size_t i;

	if (n->leaf) {
		if (n->leaf->columns != (1u << TEXT_COLUMNS) - 1)
			return false;
		for (i = 0; i < n->leaf->nphrases; i++)
			if (n->leaf->phrases[i].n > 1)
				return false;
	}
	for (c = n->child; c; c = c->next)
		if (!c->plain)
			return false;
	return true;
}

/* How many rows the cover has at most. */
static uint64_t bound_rows(const struct plan_node *n)
{
	uint64_t rows = n->ast->kind == AST_OR ? 0 : UINT64_MAX;
	const struct plan_node *c;

	if (n->leaf)
		return n->leaf->df;
	for (c = n->child; c; c = c->next) {
		if (c->cover != COVER_MATCH)
			continue;
		if (n->ast->kind == AST_OR)
			rows += c->rows;
		else if (c->rows < rows)
			rows = c->rows;
	}
	return rows;
}

/* Where ${n} stands, which changes what FTS5 can be asked. */
struct place {
	bool in_take; /* below take( ... ) */
	bool nested;  /* below the root of the MATCH expression */
};

static void cover(struct plan_node *n, struct place place)
{
	n->cover = COVER_ALL;
	switch (n->ast->kind) {
	case AST_ALL:
	case AST_OPTIONAL:
		n->exact = true;
		break;
	case AST_TEXT:
		n->cover = n->leaf->nphrases ? COVER_MATCH : COVER_NONE;
		n->exact = !n->leaf->verify && !n->leaf->slop;
		break;
	case AST_AND:
	case AST_NEAR:
		cover_and(n);
		break;
	case AST_OR:
		cover_or(n);
		break;
	case AST_NOT:
		cover_not(n);
		break;
	case AST_TAKE:
		n->cover = n->child->cover;
		break;
	case AST_VALUE:
		if (names_kind(n->ast->field) != NAME_KINDS && n->nids == 0)
			n->cover = COVER_NONE;
		break;
	case AST_DATES:
	case AST_FLAG:
		break;
	}
	n->plain = is_plain(n);
	n->rows = bound_rows(n);
	if ((n->ast->kind == AST_AND || n->ast->kind == AST_NEAR) &&
	    n->cover == COVER_MATCH && place.nested && !n->plain)
		narrow_and(n);
	if (n->cover == COVER_NONE)
		n->exact = true;
	/* That an article has a word says neither that the take in question has it nor
	 * that it stands near another. */
	else if (n->cover == COVER_MATCH &&
		 (place.in_take || n->ast->kind == AST_TAKE ||
		  n->ast->kind == AST_NEAR))
		n->exact = false;
}

/* Filters before words: reading a doc value is cheaper than reading positions. */
static bool is_cheap(const struct plan_node *n)
{
	return n->ast->kind == AST_VALUE || n->ast->kind == AST_DATES;
}

static void cheap_first(struct plan_node *n)
{
	struct plan_node *cheap = NULL, *rest = NULL, *c, *next;
	struct plan_node **cheap_end = &cheap, **rest_end = &rest;

	for (c = n->child; c; c = next) {
		struct plan_node ***end = is_cheap(c) ? &cheap_end : &rest_end;

		next = c->next;
		c->next = NULL;
		**end = c;
		*end = &c->next;
	}
	*cheap_end = rest;
	n->child = cheap;
}

/* The place of the children of ${ast}, which stands in ${place}. */
static struct place place_below(struct place place, const struct ast *ast)
{
	if (ast->kind == AST_TAKE)
		place.in_take = true;
	else /* take( ... ) leaves no trace in the expression */
		place.nested = true;
	return place;
}

static int plan_node(struct planner *p, struct plan_node **out, const struct ast *ast,
		     const struct leaves *leaves, struct place place)
{
	struct plan_node *n = arena_alloc(p->arena, sizeof(*n)), **end;
	const struct ast *child;
	int status = 0;

	if (!n)
		return err_nomem(p->err);
	*out = n;
	n->ast = ast;
	end = &n->child;
	for (child = ast->child; child && !status; child = child->next) {
		status = plan_node(p, end, child, leaves, place_below(place, ast));
		if (*end)
			end = &(*end)->next;
	}
	if (!status && ast->kind == AST_VALUE)
		status = resolve_value(p, n);
	if (status)
		return status;
	if (ast->kind == AST_TEXT)
		n->leaf = &p->plan->leaves[leaves_find(leaves, ast) - leaves->v];
	if (ast->kind == AST_AND)
		cheap_first(n);
	if (ast->minimum)
		p->plan->relaxed = n;
	if (ast->kind == AST_OPTIONAL)
		p->plan->optional = true;
	cover(n, place);
	return 0;
}

/* The field that all below ${n} ask values of, and nothing else; else FIELD_ANY. */
static enum field_id filtered_field(const struct plan_node *n)
{
	enum field_id field = FIELD_ANY, below;
	const struct plan_node *c;

	if (n->ast->kind == AST_VALUE || n->ast->kind == AST_DATES)
		return n->ast->field;
	for (c = n->child; c; c = c->next) {
		below = filtered_field(c);
		if (below == FIELD_ANY || (field != FIELD_ANY && field != below))
			return FIELD_ANY;
		field = below;
	}
	return field;
}

static void tell_apart(struct plan *plan, struct plan_node *n, uint32_t apart)
{
	enum field_id field = filtered_field(n);

	if (field == FIELD_ANY || !(apart & 1u << field))
		return;
	n->own = field;
	n->cover = COVER_ALL;
	n->exact = false;
	plan->apart = true;
}

/* Cover the filters that are told apart as if they were not there. */
static void tell_filters_apart(struct plan *plan, uint32_t apart)
{
	struct plan_node *c, *root = plan->root;

	if (root->ast->kind != AST_AND) {
		tell_apart(plan, root, apart);
		return;
	}
	for (c = root->child; c; c = c->next)
		tell_apart(plan, c, apart);
	if (plan->apart)
		cover(root, (struct place){ false, false });
}

static int put_match(struct planner *p)
{
	struct buf match;
	int phrases = 0, status = 0;

	buf_init(&match, 0);
	plan_match(&match, p->plan->root, &phrases);
	if (buf_ok(&match))
		p->plan->match = arena_dup(p->arena, match.data, match.len);
	if (!p->plan->match)
		status = err_nomem(p->err);
	buf_release(&match);
	return status;
}

int plan_make(struct plan *out, struct store *s, struct arena *arena,
	      const struct pdx_query *query, const struct leaves *leaves,
	      uint32_t apart, struct pdx_err *err)
{
	struct planner p = { s, arena, out, err };
	size_t i;
	int status = 0;

	memset(out, 0, sizeof(*out));
	out->nleaves = leaves->n;
	out->leaves =
		arena_array(arena, leaves->n ? leaves->n : 1, sizeof(*out->leaves));
	if (!out->leaves)
		return err_nomem(err);
	for (i = 0; i < leaves->n && !status; i++)
		status = plan_leaf(&p, &out->leaves[i], &leaves->v[i]);
	if (!status)
		status = plan_node(&p, &out->root, query->root, leaves,
				   (struct place){ false, false });
	if (status)
		return status;
	tell_filters_apart(out, apart);
	out->nothing = out->root->cover == COVER_NONE;
	out->exact = out->root->exact;
	return out->root->cover == COVER_MATCH ? put_match(&p) : 0;
}
