/*
 * The pass over the matches.  Knows rows, doc values and what is counted of them;
 * whether a row satisfies the query is eval.c's matter.
 */
#include "engine/sqlite/collect_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/docvals_layout.h"
#include "engine/sqlite/fts5.h"
#include "engine/sqlite/ranges.h"
#include "engine/sqlite/sweep.h"

#define INTERRUPT_ROWS 4096 /* rows between two looks at the interrupt flag */

static int load_ranks(struct collector *c, struct arena *arena, struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < c->how->nsort && !status; i++) {
		enum pdx_sort_key key = c->how->sort[i].key;

		if (key == PDX_SORT_COMPANY && !c->company_ranks)
			status =
				names_ranks(&c->company_ranks, &c->ncompany_ranks,
					    &c->store->names, NAME_COMPANY, arena, err);
		if (key == PDX_SORT_CATEGORY && !c->category_ranks)
			status = names_ranks(&c->category_ranks, &c->ncategory_ranks,
					     &c->store->names, NAME_CATEGORY, arena,
					     err);
		c->sorts_titles = c->sorts_titles || key == PDX_SORT_TITLE;
	}
	return status;
}

static int init_norms(struct collector *c)
{
	const struct cursor *from = c->from;
	const struct pdx_profile *profile =
		c->how->profile ? c->how->profile : &rank_default;
	double avglen[TEXT_COLUMNS];
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		avglen[column] = from->articles ? (double)from->tokens[column] /
							  (double)from->articles
						: 0;
	rank_norms_init(&c->norms, profile, avglen);
	return bounds_init(&c->bounds, c->plan->nleaves, &c->norms, profile, avglen,
			   c->arena, c->err);
}

static uint32_t id_of(const uint32_t *ranks, size_t n, uint32_t rank)
{
	size_t id;

	for (id = 1; id < n && rank != UINT32_MAX; id++)
		if (ranks[id] == rank)
			return (uint32_t)id;
	return 0;
}

/* A name's place changes as names are added; its id does not. */
static void init_after(struct collector *c)
{
	c->after = c->from->last;
	c->after.company =
		rank_of(c->company_ranks, c->ncompany_ranks, c->from->last.company);
	c->after.category =
		rank_of(c->category_ranks, c->ncategory_ranks, c->from->last.category);
}

void collector_end(struct cursor *out, const struct collector *c)
{
	*out = *c->from;
	out->positioned = true;
	out->before += c->best.n;
	out->last = c->best.v[c->best.n - 1];
	out->last.company =
		id_of(c->company_ranks, c->ncompany_ranks, out->last.company);
	out->last.category =
		id_of(c->category_ranks, c->ncategory_ranks, out->last.category);
}

static int init_counters(struct collector *c, struct arena *arena, struct pdx_err *err)
{
	const struct pdx_search *how = c->how;
	int status = 0;

	c->asks_of_takes = eval_asks_of_takes(c->plan);
	c->facets = arena_array(arena, how->nfacets + 1, sizeof(*c->facets));
	c->pivots = arena_array(arena, how->npivots + 1, sizeof(*c->pivots));
	if (!c->facets || !c->pivots)
		return err_nomem(err);
	for (; c->nfacets < how->nfacets && !status; c->nfacets++)
		status = facet_init(&c->facets[c->nfacets], how->facets[c->nfacets],
				    err);
	for (; c->npivots < how->npivots && !status; c->npivots++)
		status = pivot_init(&c->pivots[c->npivots], &how->pivots[c->npivots],
				    err);
	return status;
}

static int init_stories(struct collector *c, struct pdx_err *err)
{
	if (c->how->collapse)
		c->groups.stories = &c->stories;
	return collapser_init(&c->stories, c->store->state.stories, c->how->sort,
			      c->how->nsort, err);
}

uint32_t collector_story(struct collector *c, uint32_t story)
{
	if (story && !c->has_roots && !c->status) {
		c->status = stories_roots(&c->stories.roots, c->store,
					  c->from->last_row, c->arena, c->err);
		c->has_roots = true;
	}
	return story_root(&c->stories.roots, story);
}

int collector_init(struct collector *c, struct store *s, struct plan *plan,
		   const struct pdx_search *how, const struct cursor *from,
		   struct arena *arena, struct pdx_err *err)
{
	size_t i;
	int status;

	memset(c, 0, sizeof(*c));
	c->store = s;
	c->plan = plan;
	c->how = how;
	c->from = from;
	c->arena = arena;
	c->err = err;
	topk_init(&c->best,
		  how->limit > SIZE_MAX - how->offset ? SIZE_MAX
						      : how->limit + how->offset,
		  how->sort, how->nsort);
	c->positions = arena_array(arena, plan->nleaves + 1, sizeof(*c->positions));
	if (!c->positions)
		return err_nomem(err);
	for (i = 0; i < plan->nleaves; i++)
		positions_init(&c->positions[i], &plan->leaves[i], s);
	status = init_norms(c);
	if (!status)
		status = load_ranks(c, arena, err);
	init_after(c);
	if (how->group_by && !status) {
		c->grouped = true;
		status = grouper_init(&c->groups, how->group_by, how->group_size,
				      how->sort, how->nsort, err);
	}
	if ((how->collapse || how->count_by == PDX_COUNT_STORIES) && !status)
		status = init_stories(c, err);
	return status ? status : init_counters(c, arena, err);
}

void collector_release(struct collector *c)
{
	size_t i;

	for (i = 0; c->positions && i < c->plan->nleaves; i++)
		positions_release(&c->positions[i]);
	for (i = 0; i < c->nfacets; i++)
		facet_release(&c->facets[i]);
	for (i = 0; i < c->npivots; i++)
		pivot_release(&c->pivots[i]);
	free(c->chosen);
	grouper_release(&c->groups);
	collapser_release(&c->stories);
	topk_release(&c->best);
}

bool collector_lists(struct collector *c)
{
	int status;

	if (c->has_lists)
		return true;
	status = docvals_read_lists(&c->lists, &c->store->docvals, c->row, &c->doc,
				    c->err);
	if (status && !c->status)
		c->status = status;
	c->has_lists = status == 0;
	return c->has_lists;
}

/* Which takes of the row count, where its filters of ${dropped} are not there. */
static void choose_takes(struct collector *c, enum field_id dropped)
{
	struct counted *what = &c->counted;
	size_t i;

	what->takes = NULL;
	what->weight = c->doc.ntakes;
	if (!c->doc.ntakes || (!c->asks_of_takes && c->doc.ntakes < UINT16_MAX))
		return;
	if (!collector_lists(c))
		return;
	what->weight = c->lists.ntakes;
	if (!c->asks_of_takes)
		return;
	if (!mem_grow(&c->chosen, &c->chosen_cap, c->lists.ntakes, sizeof(bool))) {
		c->status = err_nomem(c->err);
		return;
	}
	what->takes = c->chosen;
	what->weight = 0;
	for (i = 0; i < c->lists.ntakes && !c->status; i++) {
		c->chosen[i] = eval_take_chosen(c, i, dropped);
		what->weight += c->chosen[i];
	}
}

/* The row as it is counted from now on. */
static void begin_counting(struct collector *c, enum field_id dropped)
{
	c->counted.row = c->row;
	c->counted.doc = &c->doc;
	c->counted.lists = NULL;
	c->counted.by_take = c->how->count_by == PDX_COUNT_TAKES;
	c->counted.weight = 1;
	c->counted.story = c->how->count_by == PDX_COUNT_STORIES
				   ? collector_story(c, c->doc.story)
				   : 0;
	c->counted.takes = NULL;
	if (c->counted.by_take)
		choose_takes(c, dropped);
}

static bool lists_ready(struct collector *c, bool needed)
{
	if (c->status || (needed && !collector_lists(c)))
		return false;
	c->counted.lists = c->has_lists ? &c->lists : NULL;
	return true;
}

/* The row fails filters of ${failing}, which only some facets count without. */
static void count_facets(struct collector *c, enum field_id failing)
{
	size_t i;

	for (i = 0; i < c->nfacets; i++) {
		struct facet_counter *f = &c->facets[i];
		enum field_id own = facet_filter_field(f->field);
		bool apart = c->plan->apart && facet_is_of_takes(f);

		if (failing != FIELD_ANY && failing != own)
			continue;
		if (apart) /* takes are chosen by such filters */
			begin_counting(c, own);
		if (!lists_ready(c, facet_needs_lists(f, &c->doc)))
			return;
		c->status = facet_count(f, &c->counted, c->err);
		if (apart)
			begin_counting(c, FIELD_ANY);
	}
}

static void count_pivots(struct collector *c)
{
	size_t i;

	for (i = 0; i < c->npivots; i++) {
		struct pivot_counter *p = &c->pivots[i];

		if (!lists_ready(c, pivot_needs_lists(p, &c->doc)))
			return;
		c->status = pivot_count(p, &c->counted, c->err);
	}
}

/* Take up ${row}; whether it was a match is in the total. */
static void visit(struct collector *c, int64_t row, const struct fts_row *driver)
{
	enum field_id failing = FIELD_ANY;
	bool exact;
	int got;

	/* Added since the first page, or before the last run. */
	if (row > c->from->last_row || (uint64_t)row <= c->how->newer_than)
		return;
	got = docvals_read(&c->doc, &c->store->docvals, row, c->err);
	c->row = row;
	c->driver = driver;
	c->has_lists = false;
	if (got != 1) {
		if (got == 0 && driver)
			got = err_set(c->err, PDX_E_INDEX,
				      "index is damaged: row %lld has no doc values",
				      (long long)row);
		c->status = got;
		return;
	}
	exact = c->window ? c->window->exact : driver && c->plan->exact;
	if (!exact && !eval_row(c, &failing))
		return;
	begin_counting(c, FIELD_ANY);
	count_facets(c, failing);
	if (failing != FIELD_ANY || c->status)
		return;
	count_pivots(c);
	c->total++;
	c->takes += c->counted.by_take ? c->counted.weight : 0;
	collector_rank(c, c->best.k ? collector_score(c) : 0);
}

bool collector_seek(struct collector *c, int64_t row)
{
	size_t i;
	int got = docvals_read(&c->doc, &c->store->docvals, row, c->err);

	for (i = 0; i < c->plan->nleaves; i++) {
		positions_release(&c->positions[i]);
		positions_init(&c->positions[i], &c->plan->leaves[i], c->store);
	}
	c->row = row;
	c->driver = NULL;
	c->window = NULL;
	c->has_lists = false;
	if (got < 0)
		c->status = got;
	return got == 1;
}

static void collect_function(const Fts5ExtensionApi *api, Fts5Context *fts,
			     sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	struct collector *c =
		nargs == 1 ? sqlite3_value_pointer(args[0], "paneldex") : NULL;
	struct fts_row driver = { api, fts };

	if (!c) {
		sqlite3_result_error(ctx, "called from outside a search", -1);
		return;
	}
	visit(c, api->xRowid(fts), &driver);
	if (c->status)
		sqlite3_result_error(ctx, "the collector stopped", -1);
	else
		sqlite3_result_int(ctx, 0); /* no row leaves SQLite: it runs on */
}

int collector_register(sqlite3 *db, struct pdx_err *err)
{
	fts5_api *api;
	int rc, status = fts5_api_of(&api, db, err);

	if (status)
		return status;
	rc = api->xCreateFunction(api, "paneldex_collect", NULL, collect_function,
				  NULL);
	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}

static int run_match(struct collector *c)
{
	sqlite3_stmt *stmt = NULL;
	int rc, status = db_prepare(&stmt, c->store->db,
				    "SELECT 1 FROM text WHERE text MATCH ?1"
				    " AND paneldex_collect(text, ?2)",
				    c->err);

	if (!status) {
		db_bind_text(stmt, 1, c->plan->match, strlen(c->plan->match));
		sqlite3_bind_pointer(stmt, 2, c, "paneldex", NULL);
		rc = sqlite3_step(stmt);
		/* A failure of ours comes back as SQLite's: ours says more. */
		if (c->status)
			status = c->status;
		else if (rc != SQLITE_DONE)
			status = db_error(c->store->db, rc, c->err);
	}
	sqlite3_finalize(stmt);
	return status;
}

/*
 * Whether all articles match, nothing is counted of them, and the newest come first: an
 * empty query.  All score the same.
 */
static bool wants_newest(const struct collector *c)
{
	const struct topk *t = &c->best;
	size_t i = 0;

	while (i < t->nsort && t->sort[i].key == PDX_SORT_RELEVANCE)
		i++;
	if (i < t->nsort && (t->sort[i].key != PDX_SORT_DATE || t->sort[i].reverse))
		return false;
	return c->store->shortcuts && c->plan->root->ast->kind == AST_ALL &&
	       !c->plan->apart && t->k && !c->nfacets && !c->npivots && !c->grouped &&
	       c->how->count_by == PDX_COUNT_ARTICLES && !c->how->newer_than;
}

/* Whether the best are there, and all newer than this. */
static bool is_older(const struct topk *t, int32_t date)
{
	return t->n == t->k && t->v[0].date != PDX_NO_DATE &&
	       (date == PDX_NO_DATE || date < t->v[0].date);
}

/*
 * As visit() does with each row of ${chunk}, but only count what is older: that stands
 * behind the page.  A story of several articles has to know them all.
 */
static void visit_newest(struct collector *c, int64_t chunk)
{
	const unsigned char *p;
	size_t n, i;
	int64_t row = chunk * DOCVALS_CHUNK;

	c->status = docvals_chunk(&p, &n, &c->store->docvals, chunk, c->err);
	for (i = 0; i < n && !c->status; i++, row++, p += DOCVALS_SIZE) {
		if (row > c->from->last_row || !load_u64(p + AT_KEY) ||
		    !is_older(&c->best, (int32_t)load_u32(p + AT_DATE)) ||
		    (c->how->collapse && load_u32(p + AT_STORY))) {
			visit(c, row, NULL);
			continue;
		}
		c->total++;
		c->remaining++;
		c->stories.stories += c->how->collapse;
	}
}

/* The last chunk first: what was added late is mostly newer. */
static int run_newest(struct collector *c)
{
	int64_t chunk;

	for (chunk = c->from->last_row / DOCVALS_CHUNK; chunk >= 0 && !c->status;
	     chunk--) {
		visit_newest(c, chunk);
		if (!c->status)
			c->status = store_check_interrupt(c->store, c->err);
	}
	return c->status;
}

static int run_all(struct collector *c)
{
	int64_t row;

	if (wants_newest(c))
		return run_newest(c);
	for (row = 1; row <= c->from->last_row && !c->status; row++) {
		visit(c, row, NULL);
		if (row % INTERRUPT_ROWS == 0 && !c->status)
			c->status = store_check_interrupt(c->store, c->err);
	}
	return c->status;
}

/* Take up the rows of the window one by one. */
static int visit_window(struct collector *c)
{
	const struct window *w = c->window;
	size_t i;

	for (i = 0; i < WINDOW_WORDS && !c->status; i++) {
		uint64_t left = w->rows[i];

		for (; left && !c->status; left &= left - 1)
			visit(c, w->number * WINDOW_ROWS + (int64_t)i * 64 +
					 bits_lowest(left), NULL);
	}
	return c->status;
}

/* Whether to end the pass between two windows. */
static int look_up(struct collector *c)
{
	return c->pass ? pass_check(c->pass, c->err)
		       : store_check_interrupt(c->store, c->err);
}

int collector_windows(struct collector *c, struct window *w, int64_t first, int64_t end)
{
	bool sweeps = sweep_serves(c);
	int64_t number;
	int status = 0;

	c->window = w;
	for (number = first; number < end && !status; number++) {
		status = window_load(w, number, c->err);
		if (!status)
			status = sweeps ? sweep_window(c) : visit_window(c);
		if (!status)
			status = look_up(c);
	}
	c->window = NULL;
	return status;
}

static int run_windows(struct collector *c, struct window *w)
{
	size_t n = ranges_count(c);

	return n > 1 ? ranges_run(c, w, n)
		     : collector_windows(c, w, 0, c->from->last_row / WINDOW_ROWS + 1);
}

static int run_words(struct collector *c)
{
	struct window window;
	bool serves;
	int status = window_open(&window, &serves, c->store, c->plan, c->arena, c->err);

	if (!status)
		status = serves ? run_windows(c, &window) : run_match(c);
	window_release(&window);
	return status;
}

int collector_merge(struct collector *c, struct collector *from)
{
	size_t i;
	int status = topk_merge(&c->best, &from->best, c->err);

	c->total += from->total;
	c->remaining += from->remaining;
	c->partial = c->partial || from->partial;
	for (i = 0; i < c->nfacets && !status; i++)
		status = facet_merge(&c->facets[i], &from->facets[i], c->err);
	return status ? status : collapser_merge(&c->stories, &from->stories, c->err);
}

int collector_run(struct collector *c)
{
	int status = 0;

	if (!c->plan->nothing)
		status = c->plan->match ? run_words(c) : run_all(c);
	if (status == PDX_E_INTERRUPTED)
		c->store->interrupted = 0;
	if (!status) {
		collector_rank_stories(c);
		status = c->status;
	}
	topk_finish(&c->best);
	grouper_finish(&c->groups);
	return status;
}
