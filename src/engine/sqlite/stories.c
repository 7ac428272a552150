/*
 * Stories in their tables.  Knows sketches and links; nothing of texts or searches.
 */
#include "engine/sqlite/stories.h"

#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/store.h"

static int by_row(const void *a, const void *b)
{
	const struct story_match *x = a, *y = b;

	return (x->row > y->row) - (x->row < y->row);
}

/* Append the rows that have band ${hash}. */
static int look_up(struct story_matches *out, struct store *s, uint32_t hash,
		   int64_t row, struct pdx_err *err)
{
	int64_t rows[STORY_CANDIDATES];
	size_t n, i;
	int status = bands_find(rows, &n, STORY_CANDIDATES, s, hash, row, err);

	for (i = 0; i < n; i++)
		out->v[out->n++] = (struct story_match){ rows[i], 0 };
	out->cut = out->cut || n == STORY_CANDIDATES;
	return status;
}

/* Whether the text of m->row is a near-copy; m->story is set where it is. */
static int compare(bool *same, struct story_match *m, struct store *s,
		   const struct sketch *sketch, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_SKETCH, err);
	int got;

	*same = false;
	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, m->row);
	got = db_step(stmt, err);
	if (got == 1) {
		*same = sqlite3_column_bytes(stmt, 1) == SKETCH_SIZE &&
			sketch_same(sqlite3_column_blob(stmt, 1), sketch->bytes);
		m->story = (uint32_t)sqlite3_column_int64(stmt, 0);
		sqlite3_reset(stmt);
	}
	return got < 0 ? got : 0;
}

int stories_find(struct story_matches *out, struct store *s,
		 const struct sketch *sketch, int64_t row, struct pdx_err *err)
{
	size_t i, n = 0;
	int64_t last = 0;
	bool same;
	int status = 0;

	out->n = 0;
	out->cut = false;
	for (i = 0; sketch->any && i < SKETCH_BANDS && !status; i++)
		status = look_up(out, s, sketch->bands[i], row, err);
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_row);
	for (i = 0; i < out->n && !status; i++) {
		if (out->v[i].row == last)
			continue;
		last = out->v[i].row;
		status = compare(&same, &out->v[i], s, sketch, err);
		if (same)
			out->v[n++] = out->v[i];
	}
	out->n = n;
	return status;
}

/* Run ${which} with up to three numbers. */
static int run(struct store *s, enum store_stmt which, int64_t a, int64_t b, int64_t c,
	       struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, which, err);
	const int64_t values[] = { a, b, c };
	int i;

	if (!stmt)
		return PDX_E_INDEX;
	for (i = 0; i < sqlite3_bind_parameter_count(stmt); i++)
		sqlite3_bind_int64(stmt, i + 1, values[i]);
	return db_run(stmt, err);
}

/* An article that was alone begins a story. */
static int begin_story(struct story_match *m, struct store *s, struct pdx_err *err)
{
	int status;

	m->story = ++s->state.stories;
	status = run(s, STMT_SKETCH_STORY, m->row, m->story, 0, err);
	return status ? status : docvals_set_story(&s->changes, m->row, m->story, err);
}

/* The story of the first, with which those of the others are one from ${row} on. */
static int link_stories(uint32_t *story, struct story_matches *m, struct store *s,
			int64_t row, struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < m->n && !status; i++) {
		if (!m->v[i].story)
			status = begin_story(&m->v[i], s, err);
		if (i == 0)
			*story = m->v[0].story;
		else if (!status && m->v[i].story != *story)
			status = run(s, STMT_LINK_PUT, row, *story, m->v[i].story, err);
	}
	return status;
}

static int put_sketch(struct store *s, const struct sketch *sketch, int64_t row,
		      uint32_t story, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_SKETCH_PUT, err);
	size_t i;
	int status;

	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, row);
	sqlite3_bind_int64(stmt, 2, story);
	db_bind_blob(stmt, 3, sketch->bytes, SKETCH_SIZE);
	status = db_run(stmt, err);
	for (i = 0; i < SKETCH_BANDS && !status; i++)
		status = bands_add(&s->bands, sketch->bands[i], row, err);
	return status;
}

int stories_join(uint32_t *story, struct store *s, const struct sketch *sketch,
		 int64_t row, struct pdx_err *err)
{
	struct story_matches *m;
	int status;

	*story = 0;
	if (!sketch->any)
		return 0;
	m = arena_alloc(&s->scratch, sizeof(*m));
	if (!m)
		return err_nomem(err);
	status = stories_find(m, s, sketch, row, err);
	if (!status)
		status = link_stories(story, m, s, row, err);
	return status ? status : put_sketch(s, sketch, row, *story, err);
}

int stories_leave(struct store *s, const struct sketch *sketch, int64_t row,
		  struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; sketch->any && i < SKETCH_BANDS && !status; i++)
		status = bands_remove(&s->bands, sketch->bands[i], row, err);
	if (!status && sketch->any)
		status = run(s, STMT_SKETCH_DELETE, row, 0, 0, err);
	return status ? status : run(s, STMT_LINK_DELETE, row, 0, 0, err);
}

uint32_t story_root(const struct story_roots *roots, uint32_t story)
{
	while (roots->parent && story < roots->n && roots->parent[story])
		story = roots->parent[story];
	return story;
}

/* Make two stories one; the older number stands for it. */
static int unite(struct story_roots *roots, size_t n, struct arena *arena, uint32_t a,
		 uint32_t b, struct pdx_err *err)
{
	if (!roots->parent) {
		roots->parent = arena_array(arena, n, sizeof(*roots->parent));
		roots->n = n;
	}
	if (!roots->parent)
		return err_nomem(err);
	a = story_root(roots, a);
	b = story_root(roots, b);
	if (a >= n || b >= n)
		return err_set(err, PDX_E_INDEX, "index is damaged: no story %u",
			       a > b ? a : b);
	if (a != b)
		roots->parent[a > b ? a : b] = a > b ? b : a;
	return 0;
}

/* Point each number at its root: chains grow with the links otherwise. */
static void flatten(struct story_roots *roots)
{
	size_t i;

	for (i = 1; i < roots->n; i++)
		if (roots->parent[i])
			roots->parent[i] = story_root(roots, (uint32_t)i);
}

int stories_roots(struct story_roots *out, struct store *s, int64_t last_row,
		  struct arena *arena, struct pdx_err *err)
{
	sqlite3_stmt *stmt = store_stmt(s, STMT_LINKS, err);
	int got;

	memset(out, 0, sizeof(*out));
	if (!stmt)
		return PDX_E_INDEX;
	sqlite3_bind_int64(stmt, 1, last_row);
	while ((got = db_step(stmt, err)) == 1) {
		got = unite(out, (size_t)s->state.stories + 1, arena,
			    (uint32_t)sqlite3_column_int64(stmt, 0),
			    (uint32_t)sqlite3_column_int64(stmt, 1), err);
		if (got) {
			sqlite3_reset(stmt);
			return got;
		}
	}
	if (!got)
		flatten(out);
	return got;
}
