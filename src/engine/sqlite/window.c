/*
 * Windows over a query's leaves.  Knows the tree of a plan and postings; nothing of doc
 * values or scores.
 */
#include "engine/sqlite/window.h"

#include <string.h>

#include "engine/sqlite/common.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"

#define ALL_COLUMNS ((1u << TEXT_COLUMNS) - 1)

/* Whether what is asked of a row's words can be told by their counts. */
static bool is_countable(const struct plan_node *n)
{
	const struct plan_node *c;

	if (n->ast->kind == AST_TAKE || n->ast->kind == AST_NEAR)
		return false;
	if (n->leaf && (n->leaf->slop || n->leaf->verify))
		return false;
	for (c = n->child; c; c = c->next)
		if (!is_countable(c))
			return false;
	return true;
}

/* The id of the common word that ${leaf} is; 0: it is none. */
static int find_common(uint32_t *id, struct store *s, const struct plan_leaf *leaf,
		       struct pdx_err *err)
{
	const struct plan_phrase *p = leaf->phrases;

	*id = 0;
	if (leaf->nphrases != 1 || p->n != 1 || p->prefix ||
	    leaf->df * 2 * COMMON_SHARE < s->state.articles)
		return 0;
	return common_id(id, s, p->terms[0], p->lens[0], err);
}

static int open_leaf(struct window_leaf *w, struct store *s,
		     const struct plan_leaf *leaf, struct pdx_err *err)
{
	w->leaf = leaf;
	w->loaded = -1;
	leafscan_init(&w->scan, leaf, s);
	return find_common(&w->common, s, leaf, err);
}

int window_open(struct window *w, bool *serves, struct store *s,
		const struct plan *plan, struct arena *arena, struct pdx_err *err)
{
	size_t i;
	int status = 0;

	memset(w, 0, sizeof(*w));
	*serves = false;
	if (!s->shortcuts || !plan->match || s->state.articles < COMMON_ARTICLES / 2 ||
	    !is_countable(plan->root))
		return 0;
	w->store = s;
	w->plan = plan;
	w->leaves = arena_array(arena, plan->nleaves, sizeof(*w->leaves));
	if (!w->leaves)
		return err_nomem(err);
	memset(w->leaves, 0, plan->nleaves * sizeof(*w->leaves));
	for (i = 0; i < plan->nleaves && !status; i++) {
		status = open_leaf(&w->leaves[i], s, &plan->leaves[i], err);
		*serves = *serves || w->leaves[i].common;
	}
	return status;
}

void window_release(struct window *w)
{
	size_t i;

	for (i = 0; w->leaves && i < w->plan->nleaves; i++) {
		sqlite3_finalize(w->leaves[i].stmt);
		leafscan_release(&w->leaves[i].scan);
		postings_view_release(&w->leaves[i].view);
	}
	memset(w, 0, sizeof(*w));
}

static int load_common(struct window *w, struct window_leaf *l, struct pdx_err *err)
{
	int64_t rowid = common_rowid(l->common, w->number);
	int got = l->stmt ? 0
			  : db_prepare(&l->stmt, w->store->db,
				       "SELECT data FROM postings WHERE id = ?1", err);

	if (got)
		return got;
	sqlite3_reset(l->stmt);
	postings_view_clear(&l->view);
	sqlite3_bind_int64(l->stmt, 1, rowid);
	got = db_step(l->stmt, err);
	if (got == 1 && !postings_view_open(&l->view, sqlite3_column_blob(l->stmt, 0),
					    (size_t)sqlite3_column_bytes(l->stmt, 0)))
		return err_set(err, PDX_E_INDEX, "index is damaged: postings %lld",
			       (long long)rowid);
	return got < 0 ? got : 0;
}

/* Leave the rows that have the word in one of ${columns}. */
static void narrow(uint64_t rows[WINDOW_WORDS], const struct postings_view *v,
		   unsigned columns)
{
	size_t word;
	int column;

	for (word = 0; word < WINDOW_WORDS; word++) {
		uint64_t left = v->rows[word];

		for (; left; left &= left - 1) {
			size_t at = word * 64 + bits_lowest(left);
			const uint32_t *counts = postings_counts(v, at);
			uint32_t any = 0;

			for (column = 0; column < TEXT_COLUMNS; column++)
				any |= columns & 1u << column ? counts[column] : 0;
			if (any)
				rows[word] |= UINT64_C(1) << (at % 64);
		}
	}
}

static int load_leaf(struct window *w, struct window_leaf *l, struct pdx_err *err)
{
	int status;

	if (l->loaded == w->number)
		return 0;
	status = l->common ? load_common(w, l, err)
			   : leafscan_window(&l->scan, &l->view, w->number, err);
	if (status)
		return status;
	l->loaded = w->number;
	if (!l->common || l->leaf->columns == ALL_COLUMNS) {
		memcpy(l->rows, l->view.rows, sizeof(l->rows));
		return 0;
	}
	memset(l->rows, 0, sizeof(l->rows));
	narrow(l->rows, &l->view, l->leaf->columns);
	return 0;
}

/* What can be said of a subtree by words alone. */
struct reach {
	uint64_t rows[WINDOW_WORDS];
	bool exact;
};

static void reach_all(struct reach *r, bool exact)
{
	memset(r->rows, 0xFF, sizeof(r->rows));
	r->exact = exact;
}

static bool is_empty(const struct reach *r)
{
	uint64_t any = 0;
	size_t i;

	for (i = 0; i < WINDOW_WORDS; i++)
		any |= r->rows[i];
	return any == 0;
}

static int reach_node(struct reach *r, struct window *w, const struct plan_node *n,
		      struct pdx_err *err);

/* The child of an AND that the fewest rows have, above ${least} rows or, of as many,
 * behind ${behind}. */
static const struct plan_node *next_rarest(const struct plan_node *n,
					   const struct plan_node *behind)
{
	const struct plan_node *c, *best = NULL;
	bool seen = behind == NULL;

	for (c = n->child; c; c = c->next) {
		bool later = !behind || c->rows > behind->rows ||
			     (c->rows == behind->rows && seen);

		if (c == behind)
			seen = true;
		else if (later && (!best || c->rows < best->rows))
			best = c;
	}
	return best;
}

/* The rare words first: where they have no row the others are not even read. */
static int reach_and(struct reach *r, struct window *w, const struct plan_node *n,
		     struct pdx_err *err)
{
	const struct plan_node *c = NULL;
	struct reach below;
	size_t i;
	int status = 0;

	reach_all(r, true);
	while (!status && !is_empty(r) && (c = next_rarest(n, c))) {
		status = reach_node(&below, w, c, err);
		for (i = 0; i < WINDOW_WORDS && !status; i++)
			r->rows[i] &= below.rows[i];
		r->exact = r->exact && below.exact;
	}
	return status;
}

static int reach_or(struct reach *r, struct window *w, const struct plan_node *n,
		    struct pdx_err *err)
{
	const struct plan_node *c;
	struct reach below;
	size_t i;
	int status = 0;

	memset(r->rows, 0, sizeof(r->rows));
	r->exact = n->ast->minimum <= 1;
	for (c = n->child; c && !status; c = c->next) {
		status = reach_node(&below, w, c, err);
		for (i = 0; i < WINDOW_WORDS && !status; i++)
			r->rows[i] |= below.rows[i];
		r->exact = r->exact && below.exact;
	}
	return status;
}

static int reach_node(struct reach *r, struct window *w, const struct plan_node *n,
		      struct pdx_err *err)
{
	struct window_leaf *l;
	int status;

	switch (n->ast->kind) {
	case AST_TEXT:
		l = &w->leaves[n->leaf - w->plan->leaves];
		status = load_leaf(w, l, err);
		memcpy(r->rows, l->rows, sizeof(r->rows));
		r->exact = true;
		return status;
	case AST_AND:
		return reach_and(r, w, n, err);
	case AST_OR:
		return reach_or(r, w, n, err);
	case AST_OPTIONAL:
		reach_all(r, true);
		return 0;
	default: /* what the doc values decide, and what is excluded */
		reach_all(r, false);
		return 0;
	}
}

int window_load(struct window *w, int64_t number, struct pdx_err *err)
{
	struct reach r;
	int status;

	w->number = number;
	status = reach_node(&r, w, w->plan->root, err);
	memcpy(w->rows, r.rows, sizeof(w->rows));
	w->exact = r.exact && !w->plan->apart;
	return status;
}

int window_leaf_load(struct window *w, size_t i, struct pdx_err *err)
{
	return load_leaf(w, &w->leaves[i], err);
}

int window_counts(bool *has, uint32_t counts[TEXT_COLUMNS], struct window *w, size_t i,
		  size_t at, struct pdx_err *err)
{
	struct window_leaf *l = &w->leaves[i];
	const uint32_t *all;
	int column, status = load_leaf(w, l, err);

	*has = !status && l->rows[at / 64] >> (at % 64) & 1;
	if (!*has || !counts)
		return status;
	all = postings_counts(&l->view, at);
	for (column = 0; column < TEXT_COLUMNS; column++)
		counts[column] = l->leaf->columns & 1u << column ? all[column] : 0;
	return 0;
}
