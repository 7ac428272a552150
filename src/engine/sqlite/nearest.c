/*
 * What may have been meant.  Knows the dictionaries and the vocabulary; what becomes of
 * a guess is the caller's.
 */
#include "engine/sqlite/nearest.h"

#include <math.h>
#include <string.h>

#include "base/spelling.h"
#include "engine/sqlite/collect.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/plan.h"
#include "query/value.h"

enum {
	MOST_VALUES = 1 << 20, /* of a facet: all */
	/* Costs, as in base/spelling.h. */
	BY_PREFIX = 60, /* the value begins the name, or the name the value */
	BY_WORD = 30,   /* beside the edits in a single word of the name */
	MIN_PREFIX = 3  /* bytes; fewer begin too many names */
};

/* All values of ${field} with the number of articles that have them. */
static int count_values(struct pdx_facet *out, struct store *s, const char *field,
			struct arena *arena, struct pdx_err *err)
{
	struct ast all = { .kind = AST_ALL };
	struct pdx_query query = { .root = &all };
	struct leaves leaves = { NULL, 0 };
	struct pdx_search how = { .facets = &field, .nfacets = 1 };
	struct collector c = { 0 };
	struct cursor from;
	struct plan plan;
	int status = plan_make(&plan, s, arena, &query, &leaves, 0, err);

	if (status)
		return status;
	cursor_begin(&from, s, &how);
	status = collector_init(&c, s, &plan, &how, &from, arena, err);
	if (!status)
		status = collector_run(&c);
	if (!status)
		status = facet_finish(out, NULL, &c.facets[0], &s->names, MOST_VALUES,
				      arena, err);
	collector_release(&c);
	return status;
}

static bool begins(const struct buf *a, const struct buf *b)
{
	return a->len >= MIN_PREFIX && a->len <= b->len &&
	       memcmp(a->data, b->data, a->len) == 0;
}

/* A value that is being looked for, and what is needed to look at names. */
struct search_value {
	struct buf key, name_key;
	struct spelling spelling;
	bool spelled;
};

static uint32_t word_cost(struct search_value *v, const char *name)
{
	uint32_t best = SPELLING_FAR;
	size_t at = 0, len = strlen(name);

	while (at < len && v->spelled) {
		size_t word = strcspn(name + at, " -/.,&");
		uint32_t cost;

		buf_reset(&v->name_key);
		fold_key(&v->name_key, name + at, word);
		cost = spelling_cost(&v->spelling, buf_str(&v->name_key),
				     v->name_key.len);
		if (cost != SPELLING_FAR && cost + BY_WORD < best)
			best = cost + BY_WORD;
		if (begins(&v->key, &v->name_key))
			best = best < BY_PREFIX ? best : BY_PREFIX;
		at += word + (at + word < len);
	}
	return best;
}

static uint32_t value_cost(struct search_value *v, const char *name)
{
	uint32_t best = word_cost(v, name), cost;

	buf_reset(&v->name_key);
	value_key(&v->name_key, name, strlen(name));
	if (begins(&v->key, &v->name_key) || begins(&v->name_key, &v->key))
		best = best < BY_PREFIX ? best : BY_PREFIX;
	cost = v->spelled ? spelling_cost(&v->spelling, buf_str(&v->name_key),
					  v->name_key.len)
			  : SPELLING_FAR;
	return cost < best ? cost : best;
}

/* Keep the three that cost least; they come most used first. */
static void keep(struct nearest_values *out, uint32_t costs[NEAREST_VALUES],
		 const char *name, uint32_t cost)
{
	size_t at = out->n, i;

	while (at > 0 && costs[at - 1] > cost)
		at--;
	if (at == NEAREST_VALUES)
		return;
	out->n += out->n < NEAREST_VALUES;
	for (i = out->n - 1; i > at; i--) {
		out->v[i] = out->v[i - 1];
		costs[i] = costs[i - 1];
	}
	out->v[at] = name;
	costs[at] = cost;
}

int nearest_values(struct nearest_values *out, struct store *s, const struct ast *node,
		   struct arena *arena, struct pdx_err *err)
{
	struct search_value v = { .spelled = false };
	uint32_t costs[NEAREST_VALUES], cost;
	struct pdx_facet facet = { .field = NULL };
	size_t i;
	int status;

	out->n = 0;
	if (names_kind(node->field) == NAME_KINDS)
		return 0;
	status = count_values(&facet, s, field_get(node->field)->name, arena, err);
	value_key(&v.key, node->text, node->textlen);
	v.spelled = spelling_init(&v.spelling, buf_str(&v.key), v.key.len);
	for (i = 0; i < facet.nvalues && !status; i++) {
		cost = value_cost(&v, facet.values[i].value);
		if (cost != SPELLING_FAR)
			keep(out, costs, facet.values[i].value, cost);
	}
	if (!status && (!buf_ok(&v.key) || !buf_ok(&v.name_key)))
		status = err_nomem(err);
	buf_release(&v.key);
	buf_release(&v.name_key);
	return status;
}

/* A word while the vocabulary goes by. */
struct seeker {
	struct guess *guess;
	struct spelling spelling;
	double score; /* of the best so far: ln df less the cost of the edits */
	bool active;
};

static int begin_seeking(struct seeker *k, struct store *s, struct guess *g,
			 bool unknown_only, struct pdx_err *err)
{
	int status = store_df(&g->df, s, g->term, g->termlen, err);

	k->guess = g;
	k->score = g->df ? log((double)g->df) : -INFINITY;
	k->active = !(unknown_only && g->df) &&
		    spelling_init(&k->spelling, g->form, g->len);
	return status;
}

/* How many articles have ${term}, by a statement that is kept. */
static int term_df(uint64_t *df, sqlite3_stmt *stmt, const char *term, size_t len,
		   struct pdx_err *err)
{
	int got;

	*df = 0;
	db_bind_text(stmt, 1, term, len);
	got = db_step(stmt, err);
	if (got == 1)
		*df = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_reset(stmt);
	return got < 0 ? got : 0;
}

/* Hold one written form against the word. */
static int consider(struct seeker *k, sqlite3_stmt *row, sqlite3_stmt *df_stmt,
		    struct arena *arena, struct pdx_err *err)
{
	const char *form = (const char *)sqlite3_column_text(row, 0), *copy;
	size_t len = (size_t)sqlite3_column_bytes(row, 0);
	uint32_t cost = spelling_cost(&k->spelling, form, len);
	uint64_t df;
	double score;
	int status;

	if (cost == SPELLING_FAR || cost == 0)
		return 0;
	status = term_df(&df, df_stmt, (const char *)sqlite3_column_text(row, 1),
			 (size_t)sqlite3_column_bytes(row, 1), err);
	if (status || df == 0)
		return status;
	score = log((double)df) - cost / 10.0;
	if (score <= k->score)
		return 0;
	copy = arena_dup(arena, form, len);
	if (!copy)
		return err_nomem(err);
	k->score = score;
	k->guess->best = copy;
	return 0;
}

#define SEEKERS "paneldex seekers" /* the type of the pointer that SQLite carries */

struct seekers {
	struct seeker *v;
	size_t n;
};

/*
 * paneldex_near(words, form): whether the written form is near to one of the words, a
 * pointer that is bound.  So SQLite drops the very many that are far while it reads, and
 * makes no row of them.
 */
static void near_function(sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	const struct seekers *k = sqlite3_value_pointer(args[0], SEEKERS);
	const char *form = sqlite3_value_blob(args[1]);
	size_t len = (size_t)sqlite3_value_bytes(args[1]), i = 0;

	(void)nargs;
	while (k && i < k->n &&
	       (!k->v[i].active ||
		spelling_cost(&k->v[i].spelling, form, len) == SPELLING_FAR))
		i++;
	sqlite3_result_int(ctx, k && i < k->n);
}

int nearest_register(sqlite3 *db, struct pdx_err *err)
{
	int rc = sqlite3_create_function_v2(db, "paneldex_near", 2,
					    SQLITE_UTF8 | SQLITE_DIRECTONLY, NULL,
					    near_function, NULL, NULL, NULL);

	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}

/* One pass over the vocabulary for all words. */
static int seek(struct seekers *k, struct store *s, struct arena *arena,
		struct pdx_err *err)
{
	sqlite3_stmt *row = NULL, *df = NULL;
	int got = db_prepare(
		&row, s->db,
		"SELECT form, term FROM form WHERE paneldex_near(?1, form)", err);
	size_t i;

	if (!got)
		got = db_prepare(&df, s->db, "SELECT df FROM term WHERE term = ?1",
				 err);
	if (!got)
		sqlite3_bind_pointer(row, 1, k, SEEKERS, NULL);
	while (!got && (got = db_step(row, err)) == 1)
		for (i = 0, got = 0; i < k->n && !got; i++)
			if (k->v[i].active)
				got = consider(&k->v[i], row, df, arena, err);
	sqlite3_finalize(df);
	sqlite3_finalize(row);
	return got < 0 ? got : 0;
}

int store_guess(void *engine, struct guess *v, size_t n, bool unknown_only,
		struct arena *arena, struct pdx_err *err)
{
	struct seekers k = { arena_array(arena, n, sizeof(*k.v)), n };
	bool any = false;
	size_t i;
	int status = k.v ? 0 : err_nomem(err);

	for (i = 0; i < n && !status; i++) {
		status = begin_seeking(&k.v[i], engine, &v[i], unknown_only, err);
		any = any || k.v[i].active;
	}
	return status || !any ? status : seek(&k, engine, arena, err);
}
