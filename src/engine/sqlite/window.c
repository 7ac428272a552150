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

/* The id of the common word ${text}; 0: it is none, nor can be with this ${df}. */
static int find_common(uint32_t *id, struct store *s, const char *text, size_t len,
		       uint64_t df, struct pdx_err *err)
{
	*id = 0;
	return df * 2 * COMMON_SHARE < s->state.articles
		       ? 0
		       : common_id(id, s, text, len, err);
}

/* ${term} as a part by itself, or as one more of ${rest}: where it is not common. */
static int open_term(struct window_leaf *l, struct plan_leaf *rest, struct store *s,
		     const struct term_text *term, struct pdx_err *err)
{
	struct window_leaf *part = &l->parts[l->nparts];
	struct plan_phrase *phrase = &rest->phrases[rest->nphrases];
	int status =
		find_common(&part->common, s, term->text, term->len, term->df, err);

	if (part->common) {
		part->leaf = l->leaf;
		part->loaded = -1;
		l->nparts++;
		return 0;
	}
	phrase->terms[0] = term->text;
	phrase->lens[0] = term->len;
	rest->nphrases += status == 0;
	return status;
}

/* The leaf of the terms that are not common, to be filled. */
static struct plan_leaf *rest_new(const struct plan_leaf *leaf, struct arena *arena)
{
	struct plan_leaf *rest = arena_alloc(arena, sizeof(*rest));
	size_t n = leaf->family.n, i;
	const char **terms = arena_array(arena, n, sizeof(*terms));
	size_t *lens = arena_array(arena, n, sizeof(*lens));
	struct plan_phrase *phrases = arena_array(arena, n, sizeof(*phrases));

	if (!rest || !terms || !lens || !phrases)
		return NULL;
	for (i = 0; i < n; i++)
		phrases[i] = (struct plan_phrase){ &terms[i], &lens[i], 1, false };
	*rest = *leaf;
	rest->phrases = phrases;
	rest->nphrases = 0;
	return rest;
}

/*
 * Whether parts are the faster way, and the right one.  FTS5 takes a step for each term
 * and row of the rest; and it counts a place once that two terms have, where parts
 * would count it for each.
 */
static int parts_serve(bool *out, const struct window_leaf *l,
		       const struct plan_leaf *rest, struct store *s,
		       struct pdx_err *err)
{
	const struct term_list *family = &l->leaf->family;
	const struct leaf_term *prefix = l->leaf->leaf->alternatives[0].terms;
	uint64_t all = 0, common = 0;
	bool nested = false;
	size_t i;
	int status = 0;

	for (i = 0; i < family->n; i++) { /* the most frequent first */
		all += family->v[i].df;
		common += i < l->nparts ? family->v[i].df : 0;
	}
	*out = l->nparts && (all - common) * rest->nphrases < all;
	if (*out && family->n > 1)
		status = terms_are_nested(&nested, s->db, prefix->text, prefix->len,
					  err);
	*out = *out && !nested;
	return status;
}

static int open_prefix(struct window_leaf *l, struct store *s, struct arena *arena,
		       struct pdx_err *err)
{
	const struct plan_leaf *leaf = l->leaf;
	struct plan_leaf *rest = rest_new(leaf, arena);
	bool serve;
	size_t i;
	int status = 0;

	l->parts = arena_array(arena, leaf->family.n + 1, sizeof(*l->parts));
	if (!rest || !l->parts)
		return err_nomem(err);
	memset(l->parts, 0, (leaf->family.n + 1) * sizeof(*l->parts));
	for (i = 0; i < leaf->family.n && !status; i++)
		status = open_term(l, rest, s, &leaf->family.v[i], err);
	if (!status)
		status = parts_serve(&serve, l, rest, s, err);
	if (status || !serve) {
		l->nparts = 0;
		return status;
	}
	if (!rest->nphrases)
		return 0;
	l->parts[l->nparts].leaf = rest;
	l->parts[l->nparts].loaded = -1;
	leafscan_init(&l->parts[l->nparts++].scan, rest, s);
	return 0;
}

static int open_leaf(struct window_leaf *w, struct store *s,
		     const struct plan_leaf *leaf, struct arena *arena,
		     struct pdx_err *err)
{
	const struct plan_phrase *p = leaf->phrases;

	w->leaf = leaf;
	w->loaded = -1;
	leafscan_init(&w->scan, leaf, s);
	if (leaf->family.n)
		return open_prefix(w, s, arena, err);
	if (leaf->nphrases != 1 || p->n != 1 || p->prefix)
		return 0;
	return find_common(&w->common, s, p->terms[0], p->lens[0], leaf->df, err);
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
		status = open_leaf(&w->leaves[i], s, &plan->leaves[i], arena, err);
		*serves = *serves || w->leaves[i].common || w->leaves[i].nparts;
	}
	return status;
}

static void release_leaf(struct window_leaf *l)
{
	size_t i;

	sqlite3_finalize(l->stmt);
	leafscan_release(&l->scan);
	postings_view_release(&l->view);
	for (i = 0; i < l->nparts; i++)
		release_leaf(&l->parts[i]);
}

void window_release(struct window *w)
{
	size_t i;

	for (i = 0; w->leaves && i < w->plan->nleaves; i++)
		release_leaf(&w->leaves[i]);
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

static int load_leaf(struct window *w, struct window_leaf *l, struct pdx_err *err);

static int load_parts(struct window *w, struct window_leaf *l, struct pdx_err *err)
{
	size_t i, word;
	int status = 0;

	postings_view_clear(&l->view);
	for (i = 0; i < l->nparts && !status; i++) {
		status = load_leaf(w, &l->parts[i], err);
		for (word = 0; word < WINDOW_WORDS; word++)
			l->view.rows[word] |= l->parts[i].view.rows[word];
	}
	if (!status && !postings_number(&l->view))
		return err_nomem(err);
	for (i = 0; i < l->nparts && !status; i++)
		postings_add(&l->view, &l->parts[i].view);
	return status;
}

static int load_view(struct window *w, struct window_leaf *l, struct pdx_err *err)
{
	if (l->nparts)
		return load_parts(w, l, err);
	if (l->common)
		return load_common(w, l, err);
	return leafscan_window(&l->scan, &l->view, w->number, err);
}

static int load_leaf(struct window *w, struct window_leaf *l, struct pdx_err *err)
{
	int status;

	if (l->loaded == w->number)
		return 0;
	status = load_view(w, l, err);
	if (status)
		return status;
	l->loaded = w->number;
	if ((!l->common && !l->nparts) || l->leaf->columns == ALL_COLUMNS) {
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
