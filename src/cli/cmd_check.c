/*
 * paneldex check: verify the index and say what is wrong with it.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"
#include "cli/cli.h"
#include "cli/signals.h"
#include "render/record.h"

/* A broken index can have as many problems as articles; these are enough to see. */
#define PROBLEMS_SHOWN 1000

struct problems {
	struct arena arena;
	struct words found;
	bool failed;
};

static void add_problem(void *ctx, const char *problem)
{
	struct problems *p = ctx;
	char *copy;

	if (p->found.n >= PROBLEMS_SHOWN)
		return;
	copy = arena_strdup(&p->arena, problem);
	if (!copy || words_add(&p->found, copy, NULL))
		p->failed = true;
}

static int show(struct cli *c, struct problems *p, uint64_t total, struct pdx_err *err)
{
	struct render_check shown = { 0 };
	char rest[64];

	if (total > p->found.n) {
		snprintf(rest, sizeof(rest), "and %" PRIu64 " more",
			 total - p->found.n);
		if (words_add(&p->found, rest, err))
			return PDX_E_NOMEM;
	}
	shown.problems = p->found.v;
	shown.nproblems = p->found.n;
	render_record(&c->render, &record_check, &shown);
	return PDX_OK;
}

int cmd_check(struct cli *c)
{
	struct problems problems = { .failed = false };
	struct pdx *index = NULL;
	struct pdx_err err;
	uint64_t total = 0;
	int rc, code;

	rc = cli_no_words(c, &err);
	if (!rc)
		rc = cli_open(&index, c, PDX_OPEN_READ, NULL, &err);
	if (rc)
		goto out;
	signals_watch(index, false);
	rc = pdx_check(&total, index, add_problem, &problems, &err);
	signals_watch(NULL, false);
	if (!rc && problems.failed)
		rc = err_nomem(&err);
	if (!rc)
		rc = show(c, &problems, total, &err);
out:
	code = total ? EXIT_INDEX : EXIT_FOUND;
	if (rc)
		code = cli_fail(c, rc == PDX_E_USAGE ? c->command->name : NULL, NULL,
				&err);
	pdx_close(index);
	words_release(&problems.found);
	arena_release(&problems.arena);
	return code;
}
