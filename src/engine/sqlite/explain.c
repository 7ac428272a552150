/*
 * Explanations.  Knows the plan, and asks the collector again about single rows, so
 * that what is said is what was computed; no formula stands here.
 */
#include "engine/sqlite/explain.h"

#include <string.h>

#include "engine/explain.h"
#include "engine/sqlite/terms.h"
#include "ingest/identity.h"
#include "query/ast.h"

#define MOST_TERMS 64 /* shown of one leaf: a prefix may stand for hundreds */

/* Move ${text} into the arena; NULL where memory is out. */
static const char *keep(struct buf *text, struct arena *arena)
{
	const char *copy =
		buf_ok(text) ? arena_dup(arena, buf_str(text), text->len) : NULL;

	buf_release(text);
	return copy;
}

static const char *clause_text(const struct ast *ast, struct arena *arena)
{
	struct buf text;

	buf_init(&text, 0);
	ast_print(&text, ast);
	if (ast->kind == AST_ALL)
		buf_puts(&text, "every article");
	return keep(&text, arena);
}

/* Clauses, as a query says them. */
struct clauses {
	const char **v;
	size_t n;
	struct arena *arena;
};

static size_t count_nodes(const struct plan_node *n)
{
	size_t count = 1;

	for (const struct plan_node *c = n->child; c; c = c->next)
		count += count_nodes(c);
	return count;
}

static int clauses_init(struct clauses *out, const struct plan *plan,
			struct arena *arena)
{
	out->n = 0;
	out->arena = arena;
	out->v = arena_array(arena, count_nodes(plan->root), sizeof(*out->v));
	return out->v ? 0 : PDX_E_NOMEM;
}

static int clauses_add(struct clauses *out, const struct plan_node *n)
{
	const char *text = clause_text(n->ast, out->arena);

	if (text)
		out->v[out->n++] = text;
	return text ? 0 : PDX_E_NOMEM;
}

static bool is_excluded_by_match(const struct plan_node *n)
{
	return n->ast->kind == AST_NOT && n->child->exact &&
	       n->child->cover == COVER_MATCH;
}

/* The clauses of ${n} that the driver does not answer. */
static int by_row(struct clauses *out, const struct plan_node *n, bool driven)
{
	int status = 0;

	if (n->ast->kind == AST_ALL || n->ast->kind == AST_OPTIONAL ||
	    (n->exact && n->cover == COVER_MATCH && driven))
		return 0;
	if (n->ast->kind != AST_AND)
		return clauses_add(out, n);
	for (const struct plan_node *c = n->child; c && !status; c = c->next) {
		bool asked = driven && (!n->narrow || c == n->narrow);

		if (!(asked && n->cover == COVER_MATCH && is_excluded_by_match(c)))
			status = by_row(out, c, asked);
	}
	return status;
}

/* Term ${text} in one place, with how many articles have it. */
static int add_term(struct pdx_explain_term *out, struct pdx_explain_index_term *v,
		    struct collector *c, const char *text, size_t len, bool prefix,
		    struct arena *arena)
{
	struct pdx_explain_index_term *t = &v[out->nindex_terms];
	struct buf name;

	buf_init(&name, 0);
	buf_put(&name, text, len);
	if (prefix)
		buf_putc(&name, '*');
	t->text = keep(&name, arena);
	if (!t->text)
		return err_nomem(c->err);
	for (size_t i = 0; i < out->nindex_terms; i++)
		if (strcmp(v[i].text, t->text) == 0)
			return 0;
	out->nindex_terms++;
	t->articles = out->articles;
	return prefix ? 0 : store_df(&t->articles, c->store, text, len, c->err);
}

/* What the index is asked for, or where it has nothing, what it would be. */
static int explain_terms(struct pdx_explain_term *out, struct collector *c,
			 const struct plan_leaf *leaf, struct arena *arena)
{
	struct pdx_explain_index_term *v =
		arena_array(arena, MOST_TERMS + 1, sizeof(*v));
	int status = v ? 0 : err_nomem(c->err);

	out->index_terms = v;
	for (size_t i = 0; i < leaf->nphrases; i++) {
		const struct plan_phrase *p = &leaf->phrases[i];

		for (size_t j = 0;
		     j < p->n && !status && out->nindex_terms < MOST_TERMS; j++)
			status = add_term(out, v, c, p->terms[j], p->lens[j],
					  p->prefix && j + 1 == p->n, arena);
	}
	for (size_t i = 0; !leaf->nphrases && i < leaf->leaf->nalternatives; i++) {
		const struct leaf_phrase *p = &leaf->leaf->alternatives[i];

		for (size_t j = 0;
		     j < p->nterms && !status && out->nindex_terms < MOST_TERMS; j++)
			status = add_term(out, v, c, p->terms[j].text, p->terms[j].len,
					  p->terms[j].prefix, arena);
	}
	return status;
}

static int explain_leaves(struct pdx_explain *out, struct collector *c,
			  struct arena *arena)
{
	const struct plan *plan = c->plan;
	struct pdx_explain_term *terms =
		arena_array(arena, plan->nleaves + 1, sizeof(*terms));
	int status = 0;

	if (!terms)
		return err_nomem(c->err);
	out->terms = terms;
	out->nterms = plan->nleaves;
	for (size_t i = 0; i < plan->nleaves && !status; i++) {
		const struct plan_leaf *leaf = &plan->leaves[i];
		uint64_t articles = c->store->state.articles;

		terms[i].text = clause_text(leaf->leaf->node, arena);
		terms[i].articles = leaf->df < articles ? leaf->df : articles;
		terms[i].idf = leaf->idf;
		terms[i].boost = leaf->leaf->node->boost;
		terms[i].scored = leaf->leaf->positive && !leaf->leaf->weightless;
		terms[i].verified = leaf->verify;
		terms[i].own_cursor =
			leaf->first < 0 && leaf->nphrases && !plan->nothing;
		status = terms[i].text ? explain_terms(&terms[i], c, leaf, arena)
				       : err_nomem(c->err);
	}
	return status;
}

/* The expression without what keeps FTS5 from reading the terms. */
static const char *printable(const char *match, struct arena *arena)
{
	struct buf text;

	buf_init(&text, 0);
	for (; *match; match++) {
		if (*match == *TOKENS_SPACE)
			buf_putc(&text, ' ');
		else if (*match != *TOKENS_VERBATIM)
			buf_putc(&text, *match);
	}
	return keep(&text, arena);
}

static int explain_plan(struct pdx_explain *out, struct collector *c,
			const struct pdx_query *query, struct arena *arena)
{
	const struct plan *plan = c->plan;
	struct clauses rows;
	struct buf tree;
	int status = clauses_init(&rows, plan, arena);

	buf_init(&tree, 0);
	ast_print_tree(&tree, query->root);
	out->tree = keep(&tree, arena);
	out->k1 = c->norms.k1;
	out->nothing = plan->nothing;
	out->exact = plan->exact;
	if (plan->match && !status)
		out->match = printable(plan->match, arena);
	if (!out->tree || (plan->match && !out->match))
		status = PDX_E_NOMEM;
	if (!status && !plan->nothing && !(plan->exact && plan->match))
		status = by_row(&rows, plan->root, plan->match != NULL);
	out->by_row = rows.v;
	out->nby_row = rows.n;
	return status ? err_nomem(c->err) : explain_leaves(out, c, arena);
}

static void explain_field(struct pdx_explain_field *out, const struct collector *c,
			  const struct leaf_count *count, int column)
{
	static const char *const names[TEXT_COLUMNS] = {
		[COLUMN_TITLE] = "title",
		[COLUMN_SUMMARY] = "summary",
		[COLUMN_BODY] = "body",
		[COLUMN_TAKES] = "take",
	};
	uint8_t len = c->doc.len[column];

	out->field = names[column];
	out->tf = count->tf[column];
	out->length = rank_length(len);
	out->weighted = (double)c->norms.factor[column][len] * count->tf[column];
}

static void explain_part(struct pdx_explain_part *out, const struct collector *c,
			 const struct leaf_count *count,
			 const struct pdx_explain_term *term)
{
	out->text = term->text;
	out->score = count->score;
	for (int i = 0; i < TEXT_COLUMNS; i++) {
		int column = reading_order[i];

		if (!count->tf[column])
			continue;
		explain_field(&out->fields[out->nfields], c, count, column);
		out->weighted += out->fields[out->nfields++].weighted;
	}
	for (size_t i = 0; i < out->nfields && out->weighted > 0; i++)
		out->fields[i].score =
			count->score * out->fields[i].weighted / out->weighted;
}

static int find_failing(struct clauses *out, struct collector *c,
			const struct plan_node *n)
{
	int status = 0;

	if (eval_clause(c, n))
		return 0;
	if (n->ast->kind != AST_AND)
		return clauses_add(out, n);
	for (const struct plan_node *child = n->child; child && !status;
	     child = child->next)
		status = find_failing(out, c, child);
	return status;
}

static size_t rank_of(const struct collector *c, int64_t row)
{
	for (size_t i = 0; i < c->best.n; i++)
		if (c->best.v[i].row == row)
			return i + 1;
	return 0;
}

static int explain_hit(struct pdx_explain_hit *out, struct collector *c, int64_t row,
		       const struct pdx_explain *query, struct arena *arena)
{
	struct pdx_explain_part *parts =
		arena_array(arena, c->plan->nleaves + 1, sizeof(*parts));
	struct clauses failing;
	int status = clauses_init(&failing, c->plan, arena);

	if (!parts || status)
		return err_nomem(c->err);
	if (!collector_seek(c, row)) /* its doc values are missing: damaged */
		return c->status;
	memset(c->counts, 0, sizeof(*c->counts) * c->plan->nleaves);
	out->matches = eval_clause(c, c->plan->root);
	out->score = eval_score(c);
	out->recency = 1;
	if (c->how->recency_days > 0)
		out->recency =
			rank_recency(c->doc.date, c->how->today, c->how->recency_days);
	out->score *= out->recency;
	out->rank = rank_of(c, row);
	for (size_t i = 0; i < c->plan->nleaves; i++) {
		if (!(c->counts[i].score > 0))
			continue;
		parts[out->nparts].term = i;
		explain_part(&parts[out->nparts++], c, &c->counts[i], &query->terms[i]);
	}
	out->parts = parts;
	if (!out->matches)
		status = find_failing(&failing, c, c->plan->root);
	out->failing = failing.v;
	out->nfailing = failing.n;
	return status ? err_nomem(c->err) : c->status;
}

int explain_find(struct ranking *out, struct collector *c, struct arena *arena)
{
	size_t n = c->how->nids;
	int status = 0;

	out->hits = arena_array(arena, n, sizeof(*out->hits));
	if (!out->hits)
		return err_nomem(c->err);
	for (size_t i = 0; i < n && !status; i++) {
		struct ranked *hit = &out->hits[i];
		struct docval doc = { 0 };
		size_t rank;

		status = store_find(&hit->row, c->store, c->how->ids[i], c->err);
		if (!status &&
		    docvals_read(&doc, &c->store->docvals, hit->row, c->err) < 0)
			status = PDX_E_INDEX;
		rank = status ? 0 : rank_of(c, hit->row);
		hit->key = doc.key;
		hit->score = rank ? c->best.v[rank - 1].score : 0;
	}
	out->nhits = n;
	return status;
}

static int explain_pair(struct ranking *out, struct arena *arena, struct pdx_err *err)
{
	struct pdx_explain *e = out->explain;
	char id[2][PDX_ID_SIZE];

	identity_id(id[0], out->hits[0].key);
	identity_id(id[1], out->hits[1].key);
	e->first_id = arena_strdup(arena, id[0]);
	e->second_id = arena_strdup(arena, id[1]);
	if (!e->first_id || !e->second_id)
		return err_nomem(err);
	e->first = &out->explained[0];
	e->second = &out->explained[1];
	return explain_differences(e, arena, err);
}

int explain_search(struct ranking *out, struct collector *c,
		   const struct pdx_query *query, struct arena *arena)
{
	size_t n = out->nhits;
	int status;

	out->explain = arena_alloc(arena, sizeof(*out->explain));
	out->explained = arena_array(arena, n + 1, sizeof(*out->explained));
	c->counts = arena_array(arena, c->plan->nleaves + 1, sizeof(*c->counts));
	if (!out->explain || !out->explained || !c->counts)
		return err_nomem(c->err);
	status = explain_plan(out->explain, c, query, arena);
	for (size_t i = 0; i < n && !status; i++)
		status = explain_hit(&out->explained[i], c, out->hits[i].row,
				     out->explain, arena);
	if (!status && c->how->nids >= 2)
		status = explain_pair(out, arena, c->err);
	return status;
}
