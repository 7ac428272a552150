/*
 * paneldex ingest --list-quarantine, --drop-quarantine: what was rejected and is kept.
 * Trying it again is cmd_ingest.c's.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/mem.h"
#include "cli/cli.h"
#include "render/record.h"

struct list {
	struct arena arena;
	struct render_rejected *v;
	size_t n, cap;
};

static int add(struct list *l, const struct pdx_rejected *piece, struct pdx_err *err)
{
	struct render_rejected *r;

	if (!mem_grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v)))
		return err_nomem(err);
	r = &l->v[l->n++];
	*r = (struct render_rejected){
		.origin = arena_strdup(&l->arena, piece->origin),
		.offset = piece->offset,
		.len = piece->len,
		.reason = arena_strdup(&l->arena, piece->reason),
		.time = piece->time,
		.path = arena_strdup(&l->arena, piece->path),
		.kept = piece->nbytes,
		.whole = piece->whole,
	};
	return l->arena.failed ? err_nomem(err) : PDX_OK;
}

static int load(struct list *l, struct pdx *index, struct pdx_err *err)
{
	struct pdx_rejected piece = { .id = 0 };
	int rc;

	while ((rc = pdx_quarantine_next(&piece, index, piece.id, err)) > 0) {
		rc = add(l, &piece, err);
		if (rc)
			break;
	}
	return rc;
}

int quarantine_list(struct cli *c)
{
	struct list list = { .v = NULL };
	struct render_quarantine shown;
	struct pdx *index = NULL;
	struct pdx_err err;
	int code = EXIT_NONE;
	int rc = cli_open(&index, c, PDX_OPEN_READ, NULL, &err);

	if (!rc)
		rc = load(&list, index, &err);
	shown = (struct render_quarantine){ list.v, list.n };
	if (rc)
		code = cli_fail(c, NULL, NULL, &err);
	else
		render_record(&c->render, &record_quarantine, &shown);
	if (!rc && list.n)
		code = EXIT_FOUND;
	pdx_close(index);
	free(list.v);
	arena_release(&list.arena);
	return code;
}

/* The pieces of each word, or all. */
static int drop(uint64_t *dropped, struct pdx *index, const struct words *origins,
		struct pdx_err *err)
{
	uint64_t n;
	int rc = pdx_begin(index, err);

	*dropped = 0;
	for (size_t i = 0; !rc && i < (origins->n ? origins->n : 1); i++) {
		rc = pdx_quarantine_drop(&n, index, origins->n ? origins->v[i] : NULL,
					 err);
		*dropped += n;
	}
	if (!rc)
		return pdx_commit(index, err);
	pdx_rollback(index);
	return rc;
}

int quarantine_drop(struct cli *c)
{
	struct render_dropped shown = { 0 };
	struct pdx *index = NULL;
	struct pdx_err err;
	int code = EXIT_NONE;
	int rc = cli_open(&index, c, PDX_OPEN_WRITE, NULL, &err);

	if (!rc)
		rc = drop(&shown.dropped, index, &c->options.words, &err);
	if (rc)
		code = cli_fail(c, NULL, NULL, &err);
	else
		render_record(&c->render, &record_dropped, &shown);
	if (!rc && shown.dropped)
		code = EXIT_FOUND;
	pdx_close(index);
	return code;
}
