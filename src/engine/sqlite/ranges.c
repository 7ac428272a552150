/*
 * Ranges of a pass.  Knows threads and stores that read beside each other; what is done
 * with a window is the collector's matter.
 *
 * The store that searches is in a transaction: it holds a lock under which nobody
 * commits, so that others who begin to read meanwhile see what it sees.  Should one of
 * them not, or should there be no connection or thread for it, its range is left to the
 * thread that asked.
 */
#include "engine/sqlite/ranges.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/sweep.h"

/*
 * What a row takes, in nanoseconds as they were measured with 1,000,000 articles, and
 * what a range has to be worth.  A connection takes 0.4 ms, most of it to read the
 * schema, and a thread with a collector 0.1 to 0.2 that is merged: they are a fifth at
 * most of what the range takes off the others.
 */
enum {
	COST_FOUND = 10,  /* for each word */
	COST_LOADED = 20, /* its doc values, for facets and filters */
	COST_FACET = 25,
	COST_RANKED = 30, /* scored, where bounds rule nothing out */
	COST_RANGE = 3000000,
	COST_RANGE_AGAIN = 1000000 /* there are connections */
};

/* Each range keeps as many hits: where they are many, that would be the memory. */
#define HITS_MOST 4096

/* Bytes of doc values that all readers beside the first keep from search to search:
 * with what that one keeps a search remains below 64 MiB. */
#define KEPT_BESIDE (DOCVALS_KEPT / 2)

/* Steps of SQLite's between two looks whether to end: rare words have many a window. */
#define LOOK_STEPS 1000

struct pass {
	struct collector *whole;
	atomic_bool over; /* a range failed: the others may end */
};

struct range {
	struct pass *pass;
	struct store **store; /* that reads for it; of the whole's store */
	size_t keeps;         /* bytes of doc values */
	const char *path;     /* by which to open it */
	int64_t first, end;   /* windows */
	pthread_t thread;
	bool started, joined; /* not both: nothing was done */
	struct collector collector;
	struct arena arena;
	struct pdx_err err;
	int status;
};

/* Whether readers beside ${s} can be had, and would be of the same file. */
static bool can_read_beside(const struct store *s, size_t n)
{
	int moved = 0;
	size_t i;

	for (i = 0; i + 1 < n && s->beside[i]; i++)
		;
	if (i + 1 >= n)
		return true;
	return sqlite3_threadsafe() &&
	       sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) ==
		       SQLITE_OK &&
	       !moved;
}

/* What the pass takes, in nanoseconds. */
static uint64_t cost(const struct collector *c)
{
	const struct plan_node *root = c->plan->root;
	uint64_t rows = root->rows, each = COST_FOUND * c->plan->nleaves;
	bool bounded =
		c->best.sort[0].key == PDX_SORT_RELEVANCE && !c->best.sort[0].reverse;

	if (rows > c->store->state.articles)
		rows = c->store->state.articles;
	if (c->nfacets || !root->exact)
		each += COST_LOADED;
	if (c->best.k && !bounded)
		each += COST_RANKED;
	return rows * (each + COST_FACET * c->nfacets);
}

size_t ranges_count(const struct collector *c)
{
	const struct store *s = c->store;
	const int64_t windows = c->from->last_row / WINDOW_ROWS + 1;
	const uint64_t worth = cost(c) / (s->beside[0] ? COST_RANGE_AGAIN : COST_RANGE);
	size_t n = s->ranges;

	if (s->writable || !sweep_serves(c) || c->best.k > HITS_MOST)
		return 1;
	if (!n && worth > 1)
		n = thread_processors(STORE_BESIDE + 1);
	if (!s->ranges && worth < n)
		n = (size_t)worth;
	if ((int64_t)n > windows)
		n = (size_t)windows;
	return n > 1 && can_read_beside(s, n) ? n : 1;
}

static bool is_over(struct pass *pass)
{
	return atomic_load(&pass->over) || pass->whole->store->interrupted;
}

int pass_check(struct pass *pass, struct pdx_err *err)
{
	return is_over(pass) ? err_set(err, PDX_E_INTERRUPTED, "interrupted") : 0;
}

static int look(void *pass)
{
	return is_over(pass);
}

/* Begin to read what the whole reads.  False: that cannot be had now. */
static bool join(struct range *r)
{
	const struct store *whole = r->pass->whole->store;
	struct store *s;

	if (!*r->store && store_open_beside(r->store, r->path, NULL))
		return false;
	s = *r->store;
	return !store_run(s, STMT_BEGIN, NULL) && !store_refresh(s, NULL) &&
	       s->last_row == whole->last_row &&
	       memcmp(&s->state, &whole->state, sizeof(s->state)) == 0;
}

static void leave(struct store *s)
{
	if (s && !sqlite3_get_autocommit(s->db))
		store_run(s, STMT_COMMIT, NULL);
}

static int sweep(struct range *r)
{
	struct collector *c = &r->collector;
	const struct collector *whole = r->pass->whole;
	struct window w;
	bool serves; /* it does: the same words are common */
	int status = collector_init(c, *r->store, whole->plan, whole->how, whole->from,
				    &r->arena, &r->err);

	c->pass = r->pass;
	if (status)
		return status;
	status = window_open(&w, &serves, c->store, c->plan, c->arena, c->err);
	if (!status)
		status = collector_windows(c, &w, r->first, r->end);
	window_release(&w);
	return status;
}

static void *run_range(void *range)
{
	struct range *r = range;

	r->joined = join(r);
	if (r->joined) {
		sqlite3_progress_handler((*r->store)->db, LOOK_STEPS, look, r->pass);
		r->status = sweep(r);
		(*r->store)->docvals.keeps = r->keeps; /* from the next search on */
		sqlite3_progress_handler((*r->store)->db, 0, NULL, NULL);
	}
	leave(*r->store);
	if (r->status)
		atomic_store(&r->pass->over, true);
	return NULL;
}

static void start(struct range *ranges, size_t n, struct pass *pass)
{
	struct store *s = pass->whole->store;
	const int64_t windows = pass->whole->from->last_row / WINDOW_ROWS + 1;
	size_t i;

	for (i = 0; i < n; i++) {
		struct range *r = &ranges[i];

		r->pass = pass;
		r->store = &s->beside[i];
		r->keeps = KEPT_BESIDE / n;
		r->path = sqlite3_db_filename(s->db, "main");
		r->first = windows * (int64_t)(i + 1) / (int64_t)(n + 1);
		r->end = windows * (int64_t)(i + 2) / (int64_t)(n + 1);
		r->started = thread_start(&r->thread, run_range, r);
	}
}

/* Have what ${r} found in the whole, whose pass so far ended with ${status}. */
static int finish(struct range *r, struct window *w, int status)
{
	struct collector *whole = r->pass->whole;

	if (r->started)
		pthread_join(r->thread, NULL);
	/* That it was told to end says less than why. */
	if (r->status && (!status || (status == PDX_E_INTERRUPTED &&
				      r->status != PDX_E_INTERRUPTED))) {
		status = r->status;
		if (whole->err)
			*whole->err = r->err;
	}
	if (!status)
		status = r->joined ? collector_merge(whole, &r->collector)
				   : collector_windows(whole, w, r->first, r->end);
	if (status)
		atomic_store(&r->pass->over, true);
	collector_release(&r->collector);
	arena_release(&r->arena);
	return status;
}

int ranges_run(struct collector *c, struct window *w, size_t n)
{
	struct range *ranges = calloc(n - 1, sizeof(*ranges));
	struct pass pass = { .whole = c };
	size_t i;
	int status;

	if (!ranges)
		return err_nomem(c->err);
	atomic_init(&pass.over, false);
	c->pass = &pass;
	start(ranges, n - 1, &pass);
	status = collector_windows(c, w, 0, ranges[0].first);
	if (status)
		atomic_store(&pass.over, true);
	for (i = 0; i + 1 < n; i++)
		status = finish(&ranges[i], w, status);
	c->pass = NULL;
	free(ranges);
	return status;
}
