/*
 * paneldex saved: searches by name, to be run again, for what is new as well.
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "cli/action.h"
#include "cli/search.h"
#include "cli/shape.h"
#include "cli/signals.h"
#include "render/record.h"

enum { ADD, LIST, REMOVE, RUN };

static const struct action actions[] = {
	[ADD] = { "add", 1, SIZE_MAX, "a name and a query" },
	[LIST] = { "list", 0, 0, "nothing" },
	[REMOVE] = { "remove", 1, SIZE_MAX, "names" },
	[RUN] = { "run", 1, 1, "a name" },
	{ NULL, 0, 0, NULL },
};

const char *saved_action(size_t i)
{
	return actions[i].name;
}

/* The saved searches of an index, or the one called ${name}; texts are the arena's. */
struct listing {
	const char *name;
	struct arena arena;
	struct pdx_saved *v;
	size_t n, cap;
	bool failed;
};

static void take(void *ctx, const struct pdx_saved *saved)
{
	struct listing *l = ctx;

	if (l->name && strcmp(l->name, saved->name) != 0)
		return;
	if (!mem_grow(&l->v, &l->cap, l->n + 1, sizeof(*l->v))) {
		l->failed = true;
		return;
	}
	l->v[l->n] = *saved;
	l->v[l->n].name = arena_strdup(&l->arena, saved->name);
	l->v[l->n++].query = arena_strdup(&l->arena, saved->query);
}

static int load(struct listing *l, struct pdx *index, struct pdx_err *err)
{
	int rc = pdx_saved(index, take, l, err);

	return !rc && (l->failed || l->arena.failed) ? err_nomem(err) : rc;
}

static void release(struct listing *l)
{
	free(l->v);
	arena_release(&l->arena);
}

static int list(struct cli *c, struct pdx_err *err)
{
	struct listing l = { .name = NULL };
	struct pdx *index = NULL;
	int rc = cli_open(&index, c, PDX_OPEN_READ, NULL, err);

	if (!rc)
		rc = load(&l, index, err);
	if (!rc) {
		const struct render_saved shown = { l.v, l.n };

		render_record(&c->render, &record_saved, &shown);
		rc = l.n ? EXIT_FOUND : EXIT_NONE;
	}
	release(&l);
	pdx_close(index);
	return rc;
}

/* The query is kept in its canonical form, with the options that narrow it. */
static int add_one(struct render_kept_change *change, struct search *s,
		   struct pdx *index, struct pdx_err *err)
{
	const struct options *o = &s->cli->options;
	bool added;
	int rc = pdx_saved_add(&added, index, o->words.v[1], pdx_query_parsed(s->query),
			       o->now, err);

	change->added = !rc && added;
	change->updated = !rc && !added;
	return rc;
}

static int remove_all(struct render_kept_change *change, const struct cli *c,
		      struct pdx *index, struct pdx_err *err)
{
	const struct words *words = &c->options.words;
	int rc = PDX_OK;

	for (size_t i = 1; i < words->n && !rc; i++) {
		rc = pdx_saved_remove(index, words->v[i], err);
		change->removed += !rc;
	}
	return rc;
}

/* All of it or nothing. */
static int change(struct cli *c, struct search *s, size_t action, struct pdx_err *err)
{
	struct render_kept_change changed = { .added = 0 };
	struct pdx *index = NULL;
	int rc = cli_open(&index, c, PDX_OPEN_WRITE, NULL, err);

	if (!rc)
		rc = pdx_begin(index, err);
	if (!rc)
		rc = action == ADD ? add_one(&changed, s, index, err)
				   : remove_all(&changed, c, index, err);
	if (!rc)
		rc = pdx_commit(index, err);
	else if (index)
		pdx_rollback(index);
	if (!rc)
		render_record(&c->render, &record_kept_change, &changed);
	pdx_close(index);
	return rc;
}

/* What was seen is old from now on. */
static int note_run(struct cli *c, const char *name, uint64_t mark, struct pdx_err *err)
{
	struct pdx *index = NULL;
	int rc = cli_open(&index, c, PDX_OPEN_WRITE, NULL, err);

	if (!rc)
		rc = pdx_begin(index, err);
	if (!rc)
		rc = pdx_saved_ran(index, name, mark, c->options.now, err);
	if (!rc)
		rc = pdx_commit(index, err);
	else if (index)
		pdx_rollback(index);
	pdx_close(index);
	return rc;
}

static int find_saved(struct search *s, struct pdx_err *err)
{
	struct listing l = { .name = s->cli->options.words.v[1] };
	int rc = load(&l, s->index, err);

	if (!rc && l.n == 0)
		rc = err_set(err, PDX_E_NOT_FOUND, "no search is saved as \"%s\"",
			     l.name);
	if (!rc) {
		buf_puts(&s->text, l.v[0].query);
		s->newer_than = s->cli->options.only_new ? l.v[0].mark : 0;
	}
	release(&l);
	return rc;
}

/* Returns an exit code. */
static int run(struct cli *c, struct search *s)
{
	struct pdx_err err;
	uint64_t mark;
	int code = search_open(s);

	if (code)
		return code;
	if (find_saved(s, &err))
		return cli_fail(c, c->command->name, NULL, &err);
	code = search_prepare(s);
	if (code)
		return code;
	signals_watch(s->index, false);
	code = search_answer(s);
	signals_watch(NULL, false);
	/* What did not arrive was not seen. */
	if ((code != EXIT_FOUND && code != EXIT_NONE) || out_flush(&c->out, NULL))
		return code;
	mark = pdx_result_mark(s->result);
	search_close(s); /* a reader's lock would keep the writer waiting */
	if (note_run(c, c->options.words.v[1], mark, &err))
		return cli_fail(c, NULL, NULL, &err);
	return code;
}

/* An option that shapes what is not shown has no effect. */
static int check_options(const struct options *o, size_t action, struct pdx_err *err)
{
	bool narrowed = o->since.n || o->until.n || o->companies.n || o->categories.n ||
			o->personas.n;

	if (action == RUN)
		return PDX_OK;
	if (o->format->hits_only)
		return err_set(err, PDX_E_USAGE, "format %s is for hits of a search",
			       o->format->name);
	if (o->hits_option || o->count || o->only_new)
		return err_set(err, PDX_E_USAGE, "--%s has an effect on run alone",
			       o->hits_option ? o->hits_option
			       : o->count     ? "count"
					      : "new");
	if (narrowed && action != ADD)
		return err_set(err, PDX_E_USAGE,
			       "options that narrow a query have an effect on add and "
			       "run alone");
	return PDX_OK;
}

int cmd_saved(struct cli *c)
{
	struct search s;
	struct pdx_err err;
	size_t action;
	int code, rc;

	rc = action_find(&action, actions, &c->options.words, &err);
	if (!rc)
		rc = check_options(&c->options, action, &err);
	if (rc)
		return cli_fail(c, c->command->name, NULL, &err);
	code = search_find_profile(c);
	if (!code)
		code = shape_choose(c);
	if (code)
		return code;
	search_init(&s, c);
	s.strictly = true;
	if (action == ADD) {
		search_join_words(&s, 2);
		code = search_prepare(&s);
	}
	if (action == RUN)
		code = run(c, &s);
	else if (!code && action == LIST)
		code = rc = list(c, &err);
	else if (!code)
		code = rc = change(c, &s, action, &err);
	if (rc < 0)
		code = cli_fail(c, rc == PDX_E_INDEX ? NULL : c->command->name, NULL,
				&err);
	search_close(&s);
	return code;
}
