/* A search from plan to ranking: the embedded engine's answer to a query. */
#include <string.h>

#include "base/utf8.h"
#include "engine/sqlite/collect.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/explain.h"
#include "engine/sqlite/nearest.h"
#include "engine/sqlite/plan.h"

#define FACET_VALUES 10 /* kept of each facet where the request says nothing */

static int take_hits(struct ranking *out, const struct collector *c,
		     struct arena *arena, struct pdx_err *err)
{
	size_t skip = c->how->offset < c->best.n ? c->how->offset : c->best.n, i;

	out->nhits = c->best.n - skip;
	out->hits = arena_array(arena, out->nhits ? out->nhits : 1, sizeof(*out->hits));
	if (!out->hits)
		return err_nomem(err);
	for (i = 0; i < out->nhits; i++) {
		const struct candidate *from = &c->best.v[skip + i];

		out->hits[i].row = from->row;
		out->hits[i].key = from->key;
		out->hits[i].score = from->score;
	}
	return 0;
}

static int take_facets(struct ranking *out, struct collector *c, struct arena *arena,
		       struct pdx_err *err)
{
	size_t top = c->how->facet_values ? c->how->facet_values : FACET_VALUES, i;
	int status = 0;

	out->nfacets = c->nfacets;
	out->facets = arena_array(arena, c->nfacets + 1, sizeof(*out->facets));
	if (!out->facets)
		return err_nomem(err);
	for (i = 0; i < c->nfacets && !status; i++)
		status = facet_finish(&out->facets[i], &c->facets[i], &c->store->names,
				      top, arena, err);
	return status;
}

static void add_note(struct ranking *out, struct arena *arena,
		     const struct pdx_query *query, const struct ast *ast,
		     const char *code, const char *what,
		     const struct nearest_values *near)
{
	struct pdx_note *note = &out->notes[out->nnotes];
	struct buf text;

	buf_init(&text, PDX_ERR_MESSAGE);
	buf_printf(&text, "no article has the %s \"%s\"", what, ast->text);
	for (size_t i = 0; i < near->n; i++)
		buf_printf(&text, "%s\"%s\"", i ? ", " : "; nearest: ", near->v[i]);
	note->code = code;
	note->column = ast->len ? utf8_count(query->text, ast->start) + 1 : 0;
	note->start = ast->start;
	note->len = ast->len;
	note->message = arena_dup(arena, buf_str(&text), text.len);
	out->nnotes += note->message != NULL;
	buf_release(&text);
}

static size_t count_nodes(const struct plan_node *n)
{
	size_t count = 1;
	const struct plan_node *child;

	for (child = n->child; child; child = child->next)
		count += count_nodes(child);
	return count;
}

/* Say which words and values no article has: that is why a search finds nothing. */
static int note_unknown(struct ranking *out, struct store *s, struct arena *arena,
			const struct pdx_query *query, const struct pdx_search *how,
			const struct plan_node *n, struct pdx_err *err)
{
	struct nearest_values near = { .n = 0 };
	const struct plan_node *child;
	int status = 0;

	if (n->ast->kind == AST_TEXT && !n->leaf->nphrases)
		add_note(out, arena, query, n->ast, "unknown-word",
			 n->ast->phrase ? "phrase" : "word", &near);
	if (n->ast->kind == AST_VALUE && n->cover == COVER_NONE) {
		if (how->suggest)
			status = nearest_values(&near, s, n->ast, arena, err);
		add_note(out, arena, query, n->ast, "unknown-value",
			 field_get(n->ast->field)->name, &near);
	}
	for (child = n->child; child && !status; child = child->next)
		status = note_unknown(out, s, arena, query, how, child, err);
	return status;
}

static int note_plan(struct ranking *out, struct store *s, struct arena *arena,
		     const struct pdx_query *query, const struct pdx_search *how,
		     const struct plan *plan, struct pdx_err *err)
{
	out->notes = arena_array(arena, count_nodes(plan->root), sizeof(*out->notes));
	if (!out->notes)
		return err_nomem(err);
	return note_unknown(out, s, arena, query, how, plan->root, err);
}

static int run(struct ranking *out, struct store *s, struct arena *arena,
	       const struct pdx_query *query, const struct leaves *leaves,
	       const struct pdx_search *how, struct pdx_err *err)
{
	struct collector collector = { 0 };
	struct pdx_search all = *how;
	struct plan plan;
	int status = plan_make(&plan, s, arena, query, leaves, err);

	if (status)
		return status;
	if (how->nids) { /* any rank may be asked for */
		all.limit = SIZE_MAX;
		all.offset = 0;
	}
	status = note_plan(out, s, arena, query, how, &plan, err);
	if (!status)
		status = collector_init(&collector, s, &plan, &all, arena, err);
	if (!status)
		status = collector_run(&collector);
	if (!status)
		status = how->nids ? explain_find(out, &collector, arena)
				   : take_hits(out, &collector, arena, err);
	if (!status && how->explain)
		status = explain_search(out, &collector, query, arena);
	if (!status)
		status = take_facets(out, &collector, arena, err);
	out->total = collector.total;
	out->articles = s->state.articles;
	out->generation = s->state.generation;
	collector_release(&collector);
	return status;
}

/* One read transaction around everything, so that plan, matches and names are of one
 * generation; what another process committed since the last search is seen. */
int store_search(struct ranking *out, void *engine, struct arena *arena,
		 const struct pdx_query *query, const struct leaves *leaves,
		 const struct pdx_search *how, struct pdx_err *err)
{
	struct store *s = engine;
	bool own = sqlite3_get_autocommit(s->db) != 0;
	int status;

	memset(out, 0, sizeof(*out));
	status = own ? db_exec(s->db, "BEGIN", err) : 0;
	if (!status && own)
		status = store_refresh(s, err);
	if (!status)
		status = run(out, s, arena, query, leaves, how, err);
	if (own && !sqlite3_get_autocommit(s->db))
		db_exec(s->db, "COMMIT", status ? NULL : err);
	return status;
}
