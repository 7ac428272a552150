/*
 * paneldex bookmark: articles that a reader marks, with a note.
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "cli/action.h"
#include "cli/shape.h"
#include "render/record.h"

enum { ADD, LIST, REMOVE };

static const struct action actions[] = {
	[ADD] = { "add", 1, SIZE_MAX, "ids of articles" },
	[LIST] = { "list", 0, 0, "nothing" },
	[REMOVE] = { "remove", 1, SIZE_MAX, "ids of articles" },
	{ NULL, 0, 0, NULL },
};

const char *bookmark_action(size_t i)
{
	return actions[i].name;
}

/* The bookmarks of an index; texts are the arena's. */
struct listing {
	struct arena arena;
	struct pdx_bookmark *v;
	size_t n, cap;
	bool failed;
};

static void take(void *ctx, const struct pdx_bookmark *bookmark)
{
	struct listing *l = ctx;

	if (!mem_grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v))) {
		l->failed = true;
		return;
	}
	l->v[l->n] = *bookmark;
	l->v[l->n].title = arena_strdup(&l->arena, bookmark->title);
	l->v[l->n++].note = arena_strdup(&l->arena, bookmark->note);
}

/* Returns an exit code. */
static int list(struct cli *c, struct pdx *index)
{
	struct listing l = { .v = NULL };
	struct pdx_err err;
	int rc = pdx_bookmarks(index, take, &l, &err), code;

	if (!rc && (l.failed || l.arena.failed))
		rc = err_nomem(&err);
	if (rc) {
		code = cli_fail(c, NULL, NULL, &err);
	} else {
		const struct render_bookmarks shown = { l.v, l.n };

		render_record(&c->render, &record_bookmarks, &shown);
		code = l.n ? EXIT_FOUND : EXIT_NONE;
	}
	free(l.v);
	arena_release(&l.arena);
	return code;
}

static int change_one(struct render_kept_change *change, struct cli *c,
		      struct pdx *index, size_t action, const char *id,
		      struct pdx_err *err)
{
	const struct options *o = &c->options;
	bool changed;
	int rc;

	if (action == ADD)
		rc = pdx_bookmark_add(&changed, index, id, o->note, o->now, err);
	else
		rc = pdx_bookmark_remove(&changed, index, id, err);
	if (rc)
		return rc;
	change->added += action == ADD && changed;
	change->removed += action == REMOVE && changed;
	change->unchanged += !changed;
	return PDX_OK;
}

/* All of it or nothing. */
static int change(struct render_kept_change *out, struct cli *c, struct pdx *index,
		  size_t action, struct pdx_err *err)
{
	const struct words *words = &c->options.words;
	int rc = pdx_begin(index, err);

	for (size_t i = 1; i < words->n && !rc; i++)
		rc = change_one(out, c, index, action, words->v[i], err);
	if (!rc)
		rc = pdx_commit(index, err);
	if (rc)
		pdx_rollback(index);
	return rc;
}

int cmd_bookmark(struct cli *c)
{
	struct render_kept_change changed = { .added = 0 };
	struct pdx *index = NULL;
	struct pdx_err err;
	size_t action;
	int rc, code;

	rc = action_find(&action, actions, &c->options.words, &err);
	if (!rc && c->options.note && action != ADD)
		rc = err_set(&err, PDX_E_USAGE, "--note has an effect on add alone");
	if (!rc) {
		code = shape_choose(c);
		if (code)
			return code;
	}
	if (!rc)
		rc = cli_open(&index, c,
			      action == LIST ? PDX_OPEN_READ : PDX_OPEN_WRITE, NULL,
			      &err);
	if (!rc && action != LIST)
		rc = change(&changed, c, index, action, &err);
	if (rc) {
		code = cli_fail(c, rc == PDX_E_INDEX ? NULL : c->command->name, NULL,
				&err);
	} else if (action == LIST) {
		code = list(c, index);
	} else {
		render_record(&c->render, &record_kept_change, &changed);
		code = EXIT_FOUND;
	}
	pdx_close(index);
	return code;
}
