/*
 * An open index as the place where articles go, or would go.
 */
#include <stdlib.h>

#include "base/err.h"
#include "engine/engine.h"
#include "ingest/identity.h"
#include "ingest/ingest.h"

static int sink_begin(void *ctx, struct pdx_err *err)
{
	return pdx_begin(ctx, err);
}

static int sink_put(enum pdx_put *outcome, void *ctx, const struct pdx_article *article,
		    const struct ahead *ahead, int64_t now, struct pdx_err *err)
{
	void *engine;
	const struct engine_ops *ops = index_engine(&engine, ctx);

	return ops->put(outcome, engine, article, ahead, now, err);
}

static int sink_worker_new(void **worker, void *ctx, struct pdx_err *err)
{
	void *engine;
	const struct engine_ops *ops = index_engine(&engine, ctx);

	return ops->worker_new(worker, engine, err);
}

static void sink_worker_free(void *ctx, void *worker)
{
	void *engine;

	index_engine(&engine, ctx)->worker_free(worker);
}

static int sink_prepare(void **prepared, void *ctx, void *worker,
			const struct pdx_article *article, struct pdx_err *err)
{
	void *engine;

	return index_engine(&engine, ctx)->prepare(prepared, worker, article, err);
}

static void sink_prepared_free(void *ctx, void *prepared)
{
	void *engine;
	const struct engine_ops *ops = index_engine(&engine, ctx);

	ops->prepared_free(engine, prepared);
}

static int sink_commit(void *ctx, struct pdx_err *err)
{
	return pdx_commit(ctx, err);
}

static void sink_rollback(void *ctx)
{
	pdx_rollback(ctx);
}

static bool sink_known(void *ctx, const char *field, const char *text, size_t len)
{
	return index_known(ctx, field, text, len);
}

static int sink_quarantine(int64_t *id, void *ctx, const struct pdx_rejected *piece,
			   struct pdx_err *err)
{
	return pdx_quarantine_add(id, ctx, piece, err);
}

struct ingest_sink ingest_sink_of(struct pdx *index)
{
	return (struct ingest_sink){
		.begin = sink_begin,
		.put = sink_put,
		.commit = sink_commit,
		.rollback = sink_rollback,
		.known = sink_known,
		.quarantine = sink_quarantine,
		.worker_new = sink_worker_new,
		.worker_free = sink_worker_free,
		.prepare = sink_prepare,
		.prepared_free = sink_prepared_free,
		.ctx = index,
	};
}

int ingest_run(struct ingest_counts *counts, struct pdx *index,
	       const char *const *inputs, size_t n,
	       const struct ingest_options *options, struct pdx_err *err)
{
	const struct ingest_sink sink = ingest_sink_of(index);

	return ingest_into(counts, &sink, inputs, n, options, err);
}

/*
 * A trial: nothing is put, but what would have been there from the inputs before has to
 * be known.  By key, in a table with open addressing.
 */
struct trial {
	struct pdx *index; /* NULL: there is none */
	struct trial_entry {
		uint64_t key, digest; /* ${key} 0: free */
	} * v;
	size_t n, cap; /* ${cap} is 0 or a power of two */
};

static struct trial_entry *trial_find(const struct trial *t, uint64_t key)
{
	size_t i = (size_t)key & (t->cap - 1);

	while (t->v[i].key != 0 && t->v[i].key != key)
		i = (i + 1) & (t->cap - 1);
	return &t->v[i];
}

/* Room for one more, with half of the table free. */
static bool trial_grow(struct trial *t)
{
	struct trial next = { .cap = t->cap ? t->cap * 2 : 1024, .n = t->n };

	if (t->n < t->cap / 2)
		return true;
	next.v = calloc(next.cap, sizeof(*next.v));
	if (!next.v)
		return false;
	for (size_t i = 0; i < t->cap; i++)
		if (t->v[i].key != 0)
			*trial_find(&next, t->v[i].key) = t->v[i];
	free(t->v);
	t->v = next.v;
	t->cap = next.cap;
	return true;
}

static int trial_put(enum pdx_put *outcome, void *ctx,
		     const struct pdx_article *article, const struct ahead *ahead,
		     int64_t now, struct pdx_err *err)
{
	struct trial *t = ctx;
	struct trial_entry *e;
	int rc;

	(void)now;
	rc = index_would_put(outcome, t->index, article, err);
	if (rc < 0)
		return rc;
	if (!trial_grow(t))
		return err_nomem(err);
	e = trial_find(t, ahead->key);
	if (e->key != 0)
		*outcome = e->digest == ahead->digest ? PDX_UNCHANGED : PDX_UPDATED;
	else
		t->n++;
	*e = (struct trial_entry){ ahead->key, ahead->digest };
	return 0;
}

static int trial_nothing(void *ctx, struct pdx_err *err)
{
	(void)ctx, (void)err;
	return 0;
}

static void trial_rollback(void *ctx)
{
	(void)ctx;
}

static bool trial_known(void *ctx, const char *field, const char *text, size_t len)
{
	const struct trial *t = ctx;

	return t->index && index_known(t->index, field, text, len);
}

int ingest_try(struct ingest_counts *counts, struct pdx *index,
	       const char *const *inputs, size_t n,
	       const struct ingest_options *options, struct pdx_err *err)
{
	struct trial trial = { .index = index };
	struct ingest_sink sink = {
		.begin = trial_nothing,
		.put = trial_put,
		.commit = trial_nothing,
		.rollback = trial_rollback,
		.known = trial_known,
		.ctx = &trial,
	};
	int rc = ingest_into(counts, &sink, inputs, n, options, err);

	free(trial.v);
	return rc;
}
