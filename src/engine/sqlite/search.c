/* A search from plan to ranking: the embedded engine's answer to a query. */
#include <string.h>

#include "base/utf8.h"
#include "engine/sqlite/collect.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/explain.h"
#include "engine/sqlite/nearest.h"
#include "engine/sqlite/plan.h"
#include "ingest/identity.h"

#define FACET_VALUES 10 /* kept of each facet where the request says nothing */

/* The story of ${c}, a hit of group ${value}: NULL where no other article is in it. */
static int take_cluster(const struct pdx_cluster **out, const struct collector *c,
			const struct candidate *hit, int64_t value, struct arena *arena,
			struct pdx_err *err)
{
	const struct collapse_entry *e;
	struct pdx_cluster *cluster;
	uint32_t at;

	*out = NULL;
	e = hit->story ? collapser_find(&c->stories, value, hit->story) : NULL;
	if (!e || e->count < 2)
		return 0;
	cluster = arena_alloc(arena, sizeof(*cluster));
	if (!cluster)
		return err_nomem(err);
	cluster->size = e->count;
	for (at = e->last; at && cluster->nids < PDX_CLUSTER_IDS;
	     at = c->stories.rows[at - 1].before)
		if (c->stories.rows[at - 1].key != hit->key)
			identity_id(cluster->ids[cluster->nids++],
				    c->stories.rows[at - 1].key);
	*out = cluster;
	return 0;
}

static int take_hits(struct ranking *out, const struct collector *c,
		     struct arena *arena, struct pdx_err *err)
{
	size_t skip = c->how->offset < c->best.n ? c->how->offset : c->best.n, i;
	int status = 0;

	out->nhits = c->best.n - skip;
	out->hits = arena_array(arena, out->nhits ? out->nhits : 1, sizeof(*out->hits));
	if (!out->hits)
		return err_nomem(err);
	for (i = 0; i < out->nhits && !status; i++) {
		const struct candidate *from = &c->best.v[skip + i];

		out->hits[i].row = from->row;
		out->hits[i].key = from->key;
		out->hits[i].score = from->score;
		status = take_cluster(&out->hits[i].cluster, c, from, COLLAPSE_ALL,
				      arena, err);
	}
	return status;
}

/* The groups that were asked for, and their hits in a row. */
static int take_groups(struct ranking *out, struct collector *c, struct arena *arena,
		       struct pdx_err *err)
{
	const struct grouper *g = &c->groups;
	size_t first = c->how->offset < g->n ? c->how->offset : g->n, i, j, n = 0;
	size_t end = c->how->limit < g->n - first ? first + c->how->limit : g->n;
	struct pdx_group *groups = arena_array(arena, end - first + 1, sizeof(*groups));
	int status = 0;

	for (i = 0; i < end; i++) {
		out->before += i < first ? g->slots[i]->best.n : 0;
		n += i < first ? 0 : g->slots[i]->best.n;
	}
	out->ngroups = g->n;
	out->hits = arena_array(arena, n + 1, sizeof(*out->hits));
	if (!groups || !out->hits)
		return err_nomem(err);
	for (i = first; i < end && !status; i++) {
		const struct group *from = g->slots[i];
		struct pdx_group *group = &groups[i - first];

		group->field = g->field.field->name;
		group->count = from->count;
		group->shown = from->best.n;
		status = facet_value_text(&group->value, &g->field, &c->store->names,
					  from->value, arena, err);
		for (j = 0; j < from->best.n && !status; j++) {
			struct ranked *hit = &out->hits[out->nhits++];

			hit->row = from->best.v[j].row;
			hit->key = from->best.v[j].key;
			hit->score = from->best.v[j].score;
			hit->group = group;
			status = take_cluster(&hit->cluster, c, &from->best.v[j],
					      from->value, arena, err);
		}
	}
	return status;
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
		status = facet_finish(&out->facets[i], NULL, &c->facets[i],
				      &c->store->names, top, arena, err);
	return status;
}

static int take_pivots(struct ranking *out, struct collector *c, struct arena *arena,
		       struct pdx_err *err)
{
	size_t i;
	int status = 0;

	out->npivots = c->npivots;
	out->pivots = arena_array(arena, c->npivots + 1, sizeof(*out->pivots));
	if (!out->pivots)
		return err_nomem(err);
	for (i = 0; i < c->npivots && !status; i++)
		status = pivot_finish(&out->pivots[i], &c->pivots[i], &c->store->names,
				      arena, err);
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

/* Whether no article has the value ${n}, nor one that would do in its place. */
static bool is_unknown(const struct plan_node *n, const struct plan_node *parent)
{
	const struct plan_node *sibling;

	if (n->ast->kind != AST_VALUE || names_kind(n->ast->field) == NAME_KINDS ||
	    n->nids)
		return false;
	if (!n->ast->implied || !parent)
		return true;
	for (sibling = parent->child; sibling; sibling = sibling->next)
		if (sibling->ast->implied && sibling->nids)
			return false;
	return true;
}

/* Say which words and values no article has: that is why a search finds nothing. */
static int note_unknown(struct ranking *out, struct store *s, struct arena *arena,
			const struct pdx_query *query, const struct pdx_search *how,
			const struct plan_node *n, const struct plan_node *parent,
			struct pdx_err *err)
{
	struct nearest_values near = { .n = 0 };
	const struct plan_node *child;
	int status = 0;

	if (n->ast->kind == AST_TEXT && !n->leaf->nphrases)
		add_note(out, arena, query, n->ast, "unknown-word",
			 n->ast->phrase ? "phrase" : "word", &near);
	if (is_unknown(n, parent)) {
		if (how->suggest)
			status = nearest_values(&near, s, n->ast, arena, err);
		add_note(out, arena, query, n->ast, "unknown-value",
			 field_get(n->ast->field)->name, &near);
	}
	for (child = n->child; child && !status; child = child->next)
		status = note_unknown(out, s, arena, query, how, child, n, err);
	return status;
}

static int note_plan(struct ranking *out, struct store *s, struct arena *arena,
		     const struct pdx_query *query, const struct pdx_search *how,
		     const struct plan *plan, struct pdx_err *err)
{
	size_t room = count_nodes(plan->root) + 1; /* one for note_stale() */

	out->notes = arena_array(arena, room, sizeof(*out->notes));
	if (!out->notes)
		return err_nomem(err);
	return note_unknown(out, s, arena, query, how, plan->root, NULL, err);
}

static void note_stale(struct ranking *out, const struct store *s,
		       const struct cursor *from)
{
	if (from->generation == s->state.generation)
		return;
	out->notes[out->nnotes++] = (struct pdx_note){
		.code = "stale-cursor",
		.message = "the index has changed since the first page; articles added "
			   "since are left out, and scores are those of then",
	};
}

/* Where to begin: at the beginning, or where ${how} says. */
static int find_start(struct cursor *from, struct store *s, struct arena *arena,
		      const struct pdx_query *query, const struct pdx_search *how,
		      struct pdx_err *err)
{
	if (how->after && how->group_by)
		return err_set(err, PDX_E_USAGE, "groups have no cursors");
	if (!how->after) {
		cursor_begin(from, s, how);
		return 0;
	}
	if (how->offset)
		return err_set(err, PDX_E_USAGE,
			       "an offset has no meaning behind a cursor");
	return cursor_read(from, arena, s, query, how, err);
}

/* Give the leaves the weights they had on the first page, or keep those of now. */
static int weigh(struct cursor *from, struct plan *plan, struct arena *arena,
		 struct pdx_err *err)
{
	size_t i;

	if (from->positioned && from->nidf != plan->nleaves)
		return err_set(err, PDX_E_USAGE, "the cursor belongs to another query");
	if (!from->positioned) {
		from->nidf = plan->nleaves;
		from->idf = arena_array(arena, from->nidf + 1, sizeof(*from->idf));
		if (!from->idf)
			return err_nomem(err);
	}
	for (i = 0; i < plan->nleaves; i++) {
		if (from->positioned)
			plan->leaves[i].idf = from->idf[i];
		else
			from->idf[i] = plan->leaves[i].idf;
	}
	return 0;
}

/* The fields that are counted without their own filters. */
static uint32_t fields_apart(const struct pdx_search *how)
{
	uint32_t fields = 0;
	size_t i;

	for (i = 0; i < how->nfacets && how->own_filter == PDX_OWN_FILTER_DROP; i++) {
		const struct field *f =
			field_find(how->facets[i], strlen(how->facets[i]));

		fields |= f ? 1u << facet_filter_field(f) : 0;
	}
	return fields;
}

static int take_next(struct ranking *out, const struct collector *c,
		     struct arena *arena, const struct pdx_query *query,
		     struct pdx_err *err)
{
	struct cursor end;

	if (c->grouped || c->how->nids || c->how->newer_than)
		return 0;
	out->before = c->from->before + c->how->offset;
	if (!out->nhits || c->remaining <= c->best.n)
		return 0;
	collector_end(&end, c);
	out->next = cursor_text(&end, arena, query, c->how);
	return out->next ? 0 : err_nomem(err);
}

static int run(struct ranking *out, struct store *s, struct arena *arena,
	       const struct pdx_query *query, const struct leaves *leaves,
	       const struct pdx_search *how, struct pdx_err *err)
{
	struct collector collector = { 0 };
	struct cursor from;
	struct pdx_search all = *how;
	struct plan plan;
	int status = find_start(&from, s, arena, query, how, err);

	if (!status)
		status = plan_make(&plan, s, arena, query, leaves, fields_apart(how),
				   err);
	if (!status)
		status = weigh(&from, &plan, arena, err);
	if (status)
		return status;
	if (how->nids) { /* any rank may be asked for */
		all.limit = SIZE_MAX;
		all.offset = 0;
		all.collapse = false;
	}
	status = note_plan(out, s, arena, query, how, &plan, err);
	if (!status)
		note_stale(out, s, &from);
	if (!status)
		status = collector_init(&collector, s, &plan, &all, &from, arena, err);
	if (!status)
		status = collector_run(&collector);
	if (!status && collector.grouped)
		status = take_groups(out, &collector, arena, err);
	else if (!status)
		status = how->nids ? explain_find(out, &collector, arena)
				   : take_hits(out, &collector, arena, err);
	if (!status && how->explain)
		status = explain_search(out, &collector, query, arena);
	if (!status)
		status = take_facets(out, &collector, arena, err);
	if (!status)
		status = take_pivots(out, &collector, arena, err);
	if (!status)
		status = take_next(out, &collector, arena, query, err);
	out->total = collector.total;
	out->partial = collector.partial;
	out->takes = collector.takes;
	out->stories = collector.stories.stories;
	out->articles = s->state.articles;
	out->generation = s->state.generation;
	out->mark = (uint64_t)from.last_row;
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
	status = own ? store_run(s, STMT_BEGIN, err) : 0;
	if (!status && own)
		status = store_refresh(s, err);
	if (!status)
		status = run(out, s, arena, query, leaves, how, err);
	if (own && !sqlite3_get_autocommit(s->db))
		store_run(s, STMT_COMMIT, status ? NULL : err);
	s->docvals.keeps = s->writable ? 0 : DOCVALS_KEPT; /* there may be more */
	return status;
}
