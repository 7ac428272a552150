/*
 * From tree to plan.  Knows FTS5's expression language and the vocabulary; reads no
 * postings and no doc values.
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
#include "engine/sqlite/plan.h"

#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/db.h"
#include "ingest/identity.h"
#include "rank/bm25f.h"

enum {
	/* Terms that a prefix may stand for before FTS5's own prefix search, which
	 * merges their postings, is the better way. */
	PREFIX_TERMS = 512,
	/* Fewer terms than this are asked for one by one: each is a posting list
	 * that need not be merged in memory first. */
	PREFIX_FEW = 8
};

struct planner {
	struct store *s;
	struct arena *arena;
	struct plan *plan;
	struct pdx_err *err;
};

static struct plan_phrase *phrase_new(struct planner *p, struct plan_leaf *leaf,
				      size_t n)
{
	struct plan_phrase *phrase = &leaf->phrases[leaf->nphrases];

	phrase->terms = arena_array(p->arena, n, sizeof(*phrase->terms));
	phrase->lens = arena_array(p->arena, n, sizeof(*phrase->lens));
	phrase->n = n;
	if (!phrase->terms || !phrase->lens)
		return NULL;
	leaf->nphrases++;
	return phrase;
}

/* The words of ${from} but the last, and ${last}. */
static int add_phrase(struct planner *p, struct plan_leaf *leaf,
		      const struct leaf_phrase *from, const char *last, size_t len,
		      bool prefix)
{
	struct plan_phrase *phrase = phrase_new(p, leaf, from->nterms);
	size_t i;

	if (!phrase)
		return err_nomem(p->err);
	for (i = 0; i < from->nterms; i++) {
		phrase->terms[i] = from->terms[i].text;
		phrase->lens[i] = from->terms[i].len;
	}
	phrase->terms[i - 1] = last;
	phrase->lens[i - 1] = len;
	phrase->prefix = prefix;
	return 0;
}

/* How many terms of the index begin with ${prefix} themselves. */
static int count_terms(uint64_t *out, struct planner *p, const char *prefix, size_t len)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, p->s->db,
			     "SELECT count(*) FROM term WHERE term >= ?1"
			     " AND term < ?1 || char(1114111) AND df > 0",
			     p->err);

	if (got)
		return got;
	db_bind_text(stmt, 1, prefix, len);
	got = db_step(stmt, p->err);
	if (got == 1)
		*out = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

/* Whether FTS5's prefix search over terms finds just the terms of ${list}. */
static int same_as_native(bool *out, struct planner *p, const struct term_list *list,
			  const struct leaf_term *prefix)
{
	uint64_t native = 0;
	size_t i;
	int status;

	*out = list->cut;
	if (list->cut || list->n < PREFIX_FEW)
		return 0;
	for (i = 0; i < list->n; i++)
		if (list->v[i].len < prefix->len ||
		    memcmp(list->v[i].text, prefix->text, prefix->len) != 0)
			return 0;
	status = count_terms(&native, p, prefix->text, prefix->len);
	*out = native == list->n;
	return status;
}

/*
 * A prefix is a prefix of written forms, and the index holds stems: `acquisiti*` has to
 * ask for "acquisit".  The forms say which terms those are; a term that also stands for
 * a form outside makes the text decide.
 */
static int add_prefix(struct planner *p, struct plan_leaf *leaf,
		      const struct leaf_phrase *from, uint64_t *df)
{
	const struct leaf_term *last = &from->terms[from->nterms - 1];
	struct plan_phrase *grown;
	struct term_list list;
	bool native;
	size_t i;
	int status = terms_with_prefix(&list, p->s->db, last->text, last->len,
				       PREFIX_TERMS, p->arena, p->err);

	if (!status)
		status = same_as_native(&native, p, &list, last);
	if (status)
		return status;
	grown = arena_array(p->arena, leaf->nphrases + list.n + LEAF_MAX_ALTERNATIVES,
			    sizeof(*grown));
	if (!grown)
		return err_nomem(p->err);
	if (leaf->nphrases)
		memcpy(grown, leaf->phrases, leaf->nphrases * sizeof(*grown));
	leaf->phrases = grown;
	for (i = 0; i < list.n; i++) {
		*df += list.v[i].df;
		/* Beyond the limit the forms outside are not looked for: a prefix of
		 * so many words is short, and stemming never changes a word's start. */
		if (!list.v[i].whole && !list.cut)
			leaf->verify = true;
	}
	if (native)
		return add_phrase(p, leaf, from, last->text, last->len, true);
	for (i = 0; i < list.n && !status; i++)
		status =
			add_phrase(p, leaf, from, list.v[i].text, list.v[i].len, false);
	return status;
}

static int exact_needs_text(bool *out, struct planner *p,
			    const struct leaf_phrase *phrase)
{
	size_t i;
	int status = 0;

	for (i = 0; i < phrase->nterms && !status && !*out; i++) {
		const struct leaf_term *t = &phrase->terms[i];
		bool single;

		status = terms_single_form(&single, p->s->db, t->form, t->formlen,
					   t->text, t->len, p->err);
		*out = !single;
	}
	return status;
}

/* The sum of the idf of the terms: what a phrase weighs, as in Lucene's PhraseQuery,
 * since no list says how many articles have it.  *rows: a bound of those. */
static int phrase_idf(double *idf, uint64_t *rows, struct planner *p,
		      const struct leaf_phrase *phrase, size_t n)
{
	size_t i;
	int status = 0;

	*idf = 0;
	*rows = p->s->state.articles;
	for (i = 0; i < n && !status; i++) {
		uint64_t df = 0;

		status = terms_df(&df, p->s->db, phrase->terms[i].text,
				  phrase->terms[i].len, p->err);
		*idf += rank_idf(p->s->state.articles, df);
		*rows = df < *rows ? df : *rows;
	}
	return status;
}

static int add_alternative(struct planner *p, struct plan_leaf *leaf,
			   const struct leaf_phrase *from, uint64_t *df, double *best)
{
	const struct leaf_term *last = &from->terms[from->nterms - 1];
	size_t before = from->nterms - last->prefix;
	uint64_t own = 0, rows;
	double idf;
	int status = phrase_idf(&idf, &rows, p, from, before);

	if (!status && last->prefix) {
		status = add_prefix(p, leaf, from, &own);
		idf += rank_idf(p->s->state.articles, own);
		rows = own < rows ? own : rows;
	} else if (!status && rows) {
		own = rows;
		status = add_phrase(p, leaf, from, last->text, last->len, false);
	}
	if (!status && leaf->leaf->node->exact)
		status = exact_needs_text(&leaf->verify, p, from);
	leaf->df += rows;
	if (from->nterms == 1)
		*df += own;
	if (rows && idf > *best)
		*best = idf;
	return status;
}

/* The words of a loose phrase, each a phrase of its own. */
static int add_words(struct planner *p, struct plan_leaf *leaf,
		     const struct leaf_phrase *from, double *idf)
{
	size_t i;
	int status = phrase_idf(idf, &leaf->df, p, from, from->nterms);

	leaf->phrases = arena_array(p->arena, from->nterms, sizeof(*leaf->phrases));
	if (!leaf->phrases)
		return err_nomem(p->err);
	for (i = 0; i < from->nterms && !status && leaf->df; i++) {
		struct leaf_phrase word = { &from->terms[i], 1 };

		status = add_phrase(p, leaf, &word, word.terms->text, word.terms->len,
				    word.terms->prefix);
	}
	return status;
}

static int plan_leaf(struct planner *p, struct plan_leaf *out, const struct leaf *leaf)
{
	uint64_t df = 0;
	double best = 0;
	size_t i;
	int status = 0;

	memset(out, 0, sizeof(*out));
	out->leaf = leaf;
	out->columns = leaf->columns;
	out->first = -1;
	if (leaf->node->slop && leaf->nalternatives &&
	    leaf->alternatives[0].nterms > 1) {
		out->slop = leaf->node->slop;
		return add_words(p, out, &leaf->alternatives[0], &out->idf);
	}
	out->phrases =
		arena_array(p->arena, LEAF_MAX_ALTERNATIVES, sizeof(*out->phrases));
	if (!out->phrases)
		return err_nomem(p->err);
	for (i = 0; i < leaf->nalternatives && !status; i++)
		status = add_alternative(p, out, &leaf->alternatives[i], &df, &best);
	out->idf = df ? rank_idf(p->s->state.articles, df) : best;
	return status;
}

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
	cover(n, place);
	return 0;
}

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
	static const char *const names[TEXT_COLUMNS] = { "title", "summary", "body",
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

/* Writes ${n}, whose cover is COVER_MATCH, and numbers the phrases as FTS5 will. */
static void put_node(struct buf *out, struct plan_node *n, int *phrases);

/* What an AND excludes and FTS5 can exclude exactly. */
static void put_exclusions(struct buf *out, struct plan_node *n, int *phrases)
{
	struct plan_node *c;

	for (c = n->child; c; c = c->next) {
		if (c->ast->kind != AST_NOT || !c->child->exact ||
		    c->child->cover != COVER_MATCH)
			continue;
		buf_puts(out, " NOT ");
		put_node(out, c->child, phrases);
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
		put_node(out, c, phrases);
		if (c == last && n->ast->kind == AST_AND)
			put_exclusions(out, n, phrases);
		if (c != last)
			buf_puts(out, operator);
	}
	buf_putc(out, ')');
}

static void put_node(struct buf *out, struct plan_node *n, int *phrases)
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
			put_node(out, n->narrow, phrases);
		else
			put_children(out, n, " AND ", phrases);
		break;
	case AST_OR:
		put_children(out, n, " OR ", phrases);
		break;
	default: /* TAKE: nothing else has COVER_MATCH */
		put_node(out, n->child, phrases);
	}
}

static int put_match(struct planner *p)
{
	struct buf match;
	int phrases = 0, status = 0;

	buf_init(&match, 0);
	put_node(&match, p->plan->root, &phrases);
	if (buf_ok(&match))
		p->plan->match = arena_dup(p->arena, match.data, match.len);
	if (!p->plan->match)
		status = err_nomem(p->err);
	buf_release(&match);
	return status;
}

int plan_make(struct plan *out, struct store *s, struct arena *arena,
	      const struct pdx_query *query, const struct leaves *leaves,
	      struct pdx_err *err)
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
	out->nothing = out->root->cover == COVER_NONE;
	out->exact = out->root->exact;
	return out->root->cover == COVER_MATCH ? put_match(&p) : 0;
}
