/*
 * One row against the tree.  Knows positions and doc values; nothing of SQL.
 *
 * A leaf adds to the score where every node above it is satisfied: what FTS5 does with
 * the driver's expression, so that it does not matter who decided.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "engine/sqlite/collect.h"
#include "engine/sqlite/db.h"

#define WHOLE_ARTICLE SIZE_MAX /* no take in particular */

static bool eval(struct collector *c, const struct plan_node *n, size_t take);

static bool fail(struct collector *c, int status)
{
	if (status && !c->status)
		c->status = status;
	return false;
}

static struct positions *leaf_positions(struct collector *c,
					const struct plan_leaf *leaf)
{
	struct positions *p = &c->positions[leaf - c->plan->leaves];
	bool takes = positions_needs_takes(p) && c->doc.ntakes;
	int status;

	if (takes && !collector_lists(c))
		return p;
	status = positions_at(p, c->row, c->driver, takes ? &c->lists : NULL, c->err);
	if (status)
		fail(c, status);
	return p;
}

/* Which positions of the takes column belong to take ${take}. */
static bool take_range(struct collector *c, size_t take, uint32_t *first, uint32_t *end)
{
	if (!collector_lists(c) || take >= c->lists.ntakes)
		return false;
	*first = c->lists.takes[take].start;
	*end = take + 1 < c->lists.ntakes ? c->lists.takes[take + 1].start : UINT32_MAX;
	return true;
}

static size_t take_of(struct collector *c, uint32_t offset)
{
	size_t take = 0;

	if (!collector_lists(c))
		return 0;
	while (take + 1 < c->lists.ntakes && c->lists.takes[take + 1].start <= offset)
		take++;
	return take;
}

/* Whether the row of the window has the leaf, and how often. */
static bool leaf_counts(struct collector *c, const struct plan_leaf *leaf,
			uint32_t counts[TEXT_COLUMNS])
{
	bool has;
	int status = window_counts(&has, counts, c->window,
				   (size_t)(leaf - c->plan->leaves),
				   (size_t)(c->row % WINDOW_ROWS), c->err);

	return status ? fail(c, status) : has;
}

static bool eval_positions(struct collector *c, const struct plan_node *n, size_t take)
{
	const struct positions *p = leaf_positions(c, n->leaf);
	size_t count = positions_n(p, c->row), i;
	uint32_t first, end;

	if (take == WHOLE_ARTICLE || c->status)
		return count > 0;
	if (!count || !take_range(c, take, &first, &end))
		return false;
	for (i = 0; i < count; i++)
		if (POSITION_COLUMN(p->v[i]) == COLUMN_TAKES &&
		    POSITION_OFFSET(p->v[i]) >= first && POSITION_OFFSET(p->v[i]) < end)
			return true;
	return false;
}

static bool eval_text(struct collector *c, const struct plan_node *n, size_t take)
{
	if (c->window)
		return leaf_counts(c, n->leaf, NULL);
	return eval_positions(c, n, take);
}

static bool near_pair(struct collector *c, uint64_t a, uint64_t b, unsigned distance,
		      size_t take)
{
	uint64_t apart = a > b ? a - b : b - a;

	/* Another column is 2^32 away. */
	if (apart > distance)
		return false;
	if (POSITION_COLUMN(a) != COLUMN_TAKES)
		return take == WHOLE_ARTICLE;
	if (take_of(c, POSITION_OFFSET(a)) != take_of(c, POSITION_OFFSET(b)))
		return false;
	return take == WHOLE_ARTICLE || take_of(c, POSITION_OFFSET(a)) == take;
}

static bool eval_near(struct collector *c, const struct plan_node *n, size_t take)
{
	const struct positions *a = leaf_positions(c, n->child->leaf);
	const struct positions *b = leaf_positions(c, n->child->next->leaf);
	size_t na = positions_n(a, c->row), nb = positions_n(b, c->row), i, j, from = 0;
	unsigned distance = n->ast->distance;

	for (i = 0; i < na && !c->status; i++) {
		while (from < nb && b->v[from] + distance < a->v[i])
			from++;
		for (j = from; j < nb && b->v[j] <= a->v[i] + distance; j++)
			if (near_pair(c, a->v[i], b->v[j], distance, take))
				return true;
	}
	return false;
}

static int by_id(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static bool has_id(const struct plan_node *n, uint32_t id)
{
	return id && n->nids &&
	       bsearch(&id, n->ids, n->nids, sizeof(id), by_id) != NULL;
}

static bool has_any(const struct plan_node *n, const uint32_t *ids, size_t nids)
{
	size_t i;

	for (i = 0; i < nids; i++)
		if (has_id(n, ids[i]))
			return true;
	return false;
}

static bool take_has(struct collector *c, const struct plan_node *n, size_t take)
{
	const struct docval_take *t = &c->lists.takes[take];

	return has_id(n, n->ast->field == FIELD_PERSONA ? t->persona : t->perspective);
}

static bool eval_take_value(struct collector *c, const struct plan_node *n, size_t take)
{
	size_t i;

	if (!c->doc.ntakes || !collector_lists(c))
		return false;
	if (take != WHOLE_ARTICLE)
		return take < c->lists.ntakes && take_has(c, n, take);
	for (i = 0; i < c->lists.ntakes; i++)
		if (take_has(c, n, i))
			return true;
	return false;
}

/* An address is compared as text: what was asked for stands somewhere in it. */
static bool eval_url(struct collector *c, const struct plan_node *n)
{
	struct arena arena = { 0 };
	struct record record;
	bool found = false;
	int status =
		store_record(&record, NULL, NULL, c->store, &arena, c->row, c->err);

	if (!status && record.url)
		found = strstr(record.url, n->ast->text) != NULL;
	arena_release(&arena);
	return status ? fail(c, status) : found;
}

static bool eval_value(struct collector *c, const struct plan_node *n, size_t take)
{
	switch (n->ast->field) {
	case FIELD_COMPANY:
		if (!c->doc.more_companies)
			return has_id(n, c->doc.company);
		return collector_lists(c) &&
		       has_any(n, c->lists.companies, c->lists.ncompanies);
	case FIELD_CATEGORY:
		if (!c->doc.more_categories)
			return has_id(n, c->doc.category);
		return collector_lists(c) &&
		       has_any(n, c->lists.categories, c->lists.ncategories);
	case FIELD_MENTIONS:
		return c->doc.mentions && collector_lists(c) &&
		       has_any(n, c->lists.mentions, c->lists.nmentions);
	case FIELD_SOURCE:
		return has_id(n, c->doc.source);
	case FIELD_LANG:
		return has_id(n, c->doc.lang);
	case FIELD_ID:
		return c->doc.key >= n->first_key && c->doc.key <= n->last_key;
	case FIELD_URL:
		return eval_url(c, n);
	default: /* persona, perspective */
		return eval_take_value(c, n, take);
	}
}

static bool eval_dates(const struct collector *c, const struct plan_node *n)
{
	const struct date_range *r = &n->ast->range;
	int32_t date = c->doc.date;

	if (n->ast->field == FIELD_ADDED)
		date = date_of_time(c->doc.added);
	return date != PDX_NO_DATE && date >= r->first && date <= r->last;
}

static bool eval_flag(struct collector *c, const struct plan_node *n)
{
	sqlite3_stmt *stmt;
	int got;

	if (n->ast->flag ==
	    FLAG_NEW) /* what the last ingest that added anything brought */
		return c->doc.added == (uint32_t)c->from->last_added;
	stmt = store_stmt(c->store, STMT_BOOKMARKED, c->err);
	if (!stmt)
		return fail(c, PDX_E_INDEX);
	sqlite3_bind_int64(stmt, 1, (int64_t)c->doc.key);
	got = db_step(stmt, c->err);
	sqlite3_reset(stmt);
	return got < 0 ? fail(c, got) : got == 1;
}

static bool eval_takes(struct collector *c, const struct plan_node *n)
{
	size_t take;

	if (!c->doc.ntakes || !collector_lists(c))
		return false;
	for (take = 0; take < c->lists.ntakes && !c->status; take++)
		if (eval(c, n->child, take))
			return true;
	return false;
}

/* How many children hold; ${most} are enough. */
static unsigned eval_children(struct collector *c, const struct plan_node *n,
			      size_t take, unsigned most)
{
	const struct plan_node *child;
	unsigned count = 0;

	for (child = n->child; child && !c->status && count < most; child = child->next)
		count += eval(c, child, take);
	return count;
}

unsigned eval_clauses(struct collector *c)
{
	if (!c->plan->relaxed)
		return 0;
	return eval_children(c, c->plan->relaxed, WHOLE_ARTICLE, UINT_MAX);
}

static bool eval_or(struct collector *c, const struct plan_node *n, size_t take)
{
	unsigned least = n->ast->minimum ? n->ast->minimum : 1;

	return eval_children(c, n, take, least) >= least;
}

static bool eval(struct collector *c, const struct plan_node *n, size_t take)
{
	const struct plan_node *child;

	switch (n->ast->kind) {
	case AST_ALL:
	case AST_OPTIONAL:
		return true;
	case AST_TEXT:
		return eval_text(c, n, take);
	case AST_NEAR:
		return eval_near(c, n, take);
	case AST_VALUE:
		return eval_value(c, n, take);
	case AST_DATES:
		return eval_dates(c, n);
	case AST_FLAG:
		return eval_flag(c, n);
	case AST_TAKE:
		return eval_takes(c, n);
	case AST_NOT:
		return !eval(c, n->child, take) && !c->status;
	case AST_OR:
		return eval_or(c, n, take);
	case AST_AND:
		for (child = n->child; child; child = child->next)
			if (!eval(c, child, take) || c->status)
				return false;
		return true;
	}
	return false;
}

bool eval_clause(struct collector *c, const struct plan_node *n)
{
	return eval(c, n, WHOLE_ARTICLE) && !c->status;
}

bool eval_row(struct collector *c, enum field_id *failing)
{
	const struct plan_node *root = c->plan->root, *n;

	*failing = FIELD_ANY;
	if (!c->plan->apart)
		return eval_clause(c, root);
	for (n = root->ast->kind == AST_AND ? root->child : root; n; n = n->next) {
		if (eval_clause(c, n))
			continue;
		if (c->status || n->own == FIELD_ANY ||
		    (*failing != FIELD_ANY && *failing != n->own))
			return false;
		*failing = n->own;
	}
	return true;
}

/* What the query asks of a take, and how it answers. */
struct take_demand {
	bool has_group, in_group;     /* take( ... ) */
	bool has_speaker, is_speaker; /* a persona or perspective beside it */
};

static void survey(struct take_demand *d, struct collector *c,
		   const struct plan_node *n, size_t take, enum field_id dropped)
{
	const struct plan_node *child;

	if (n->ast->kind == AST_NOT || (n->own != FIELD_ANY && n->own == dropped))
		return;
	if (n->ast->kind == AST_TAKE) {
		d->has_group = true;
		d->in_group = d->in_group || eval(c, n->child, take);
		return;
	}
	if (n->ast->kind == AST_VALUE &&
	    (n->ast->field == FIELD_PERSONA || n->ast->field == FIELD_PERSPECTIVE)) {
		d->has_speaker = true;
		d->is_speaker = d->is_speaker || take_has(c, n, take);
	}
	for (child = n->child; child; child = child->next)
		survey(d, c, child, take, dropped);
}

bool eval_take_chosen(struct collector *c, size_t take, enum field_id dropped)
{
	struct take_demand d = { false, false, false, false };

	survey(&d, c, c->plan->root, take, dropped);
	return (!d.has_group || d.in_group) && (!d.has_speaker || d.is_speaker);
}

static bool asks_of_takes(const struct plan_node *n)
{
	const struct plan_node *child;

	if (n->ast->kind == AST_NOT)
		return false;
	if (n->ast->kind == AST_TAKE)
		return true;
	if (n->ast->kind == AST_VALUE)
		return n->ast->field == FIELD_PERSONA ||
		       n->ast->field == FIELD_PERSPECTIVE;
	for (child = n->child; child; child = child->next)
		if (asks_of_takes(child))
			return true;
	return false;
}

bool eval_asks_of_takes(const struct plan *plan)
{
	return asks_of_takes(plan->root);
}

static void keep_count(struct leaf_count *out, const uint32_t tf[TEXT_COLUMNS],
		       double score)
{
	out->scored = true;
	memcpy(out->tf, tf, sizeof(out->tf));
	out->score = score;
}

static double leaf_score(struct collector *c, const struct plan_leaf *leaf)
{
	uint32_t tf[TEXT_COLUMNS] = { 0 };
	double score;

	if (leaf->leaf->weightless)
		return 0;
	if (c->window) {
		if (!leaf_counts(c, leaf, tf))
			return 0;
	} else if (leaf->nphrases == 1 && !leaf->verify && !leaf->slop && c->driver &&
	    leaf->first >= 0) {
		int rc = positions_count(tf, leaf->first, c->driver);

		if (rc != SQLITE_OK)
			fail(c, db_error(c->store->db, rc, c->err));
	} else {
		const struct positions *p = leaf_positions(c, leaf);
		size_t n = positions_n(p, c->row), i;

		for (i = 0; i < n; i++)
			tf[POSITION_COLUMN(p->v[i]) & (TEXT_COLUMNS - 1)]++;
	}
	score = rank_term(&c->norms, leaf->idf, tf, c->doc.len);
	if (c->counts)
		keep_count(&c->counts[leaf - c->plan->leaves], tf, score);
	return score;
}

/* One leaf after another, as eval_score() does: sums in another order differ in the
 * last bit, and a page must not depend on how the query was planned. */
static void node_score(double *sum, struct collector *c, const struct plan_node *n)
{
	const struct plan_node *child;

	if (n->ast->kind == AST_TEXT && n->leaf->leaf->positive)
		*sum += leaf_score(c, n->leaf);
	if (n->ast->kind == AST_NOT)
		return;
	for (child = n->child; child; child = child->next)
		if ((n->ast->kind != AST_OR && n->ast->kind != AST_OPTIONAL) ||
		    eval(c, child, WHOLE_ARTICLE))
			node_score(sum, c, child);
}

double eval_score(struct collector *c)
{
	double sum = 0;
	size_t i;

	if (!c->plan->exact || !c->driver || c->plan->optional) { /* windows too */
		node_score(&sum, c, c->plan->root);
		return sum;
	}
	for (i = 0; i < c->plan->nleaves; i++) {
		const struct plan_leaf *leaf = &c->plan->leaves[i];

		if (leaf->first >= 0 && leaf->leaf->positive)
			sum += leaf_score(c, leaf);
	}
	return sum;
}
