/*
 * An open index as the place where articles go.
 */
#include "engine/engine.h"
#include "ingest/ingest.h"

static int sink_begin(void *ctx, struct pdx_err *err)
{
	return pdx_begin(ctx, err);
}

static int sink_put(enum pdx_put *outcome, void *ctx, const struct pdx_article *article,
		    int64_t now, struct pdx_err *err)
{
	return pdx_put(outcome, ctx, article, now, err);
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

int ingest_run(struct ingest_counts *counts, struct pdx *index,
	       const char *const *inputs, size_t n,
	       const struct ingest_options *options, struct pdx_err *err)
{
	struct ingest_sink sink = {
		.begin = sink_begin,
		.put = sink_put,
		.commit = sink_commit,
		.rollback = sink_rollback,
		.known = sink_known,
		.ctx = index,
	};

	return ingest_into(counts, &sink, inputs, n, options, err);
}
