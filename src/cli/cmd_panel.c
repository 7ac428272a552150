/* paneldex panel: what the panel said of the articles that a query finds. */
#include "base/err.h"
#include "cli/search.h"
#include "cli/signals.h"
#include "render/record.h"
#include "report/panel.h"

#define DEFAULT_ARTICLES 3
#define MOST_ARTICLES 1000 /* held in memory with all of their takes */

static int show_in(struct search *s, struct arena *arena)
{
	const struct options *o = &s->cli->options;
	struct panel_request request = {
		.articles = o->limit == OPTION_NOT_GIVEN ? DEFAULT_ARTICLES : o->limit,
		.terms = o->top,
		.silent = o->top,
		.stop = signals_stop(),
	};
	struct render_search found;
	struct panel panel;
	struct render_panel shown = { .search = &found, .panel = &panel };
	struct pdx_err err;

	if (panel_make(&panel, arena, s->index, s->result, &request, &err))
		return cli_fail(s->cli, NULL, NULL, &err);
	search_describe(&found, s);
	search_show_notes(s, &found);
	render_record(&s->cli->render, &record_panel, &shown);
	return panel.takes ? EXIT_FOUND : EXIT_NONE;
}

static int show(struct search *s)
{
	struct arena arena = { .blocks = NULL };
	int code = show_in(s, &arena);

	arena_release(&arena);
	return code;
}

/* Bounds of memory; on failure the exit code, else 0. */
static int check(struct cli *c)
{
	struct pdx_err err;

	if (c->options.limit == OPTION_NOT_GIVEN || c->options.limit <= MOST_ARTICLES)
		return 0;
	err_set(&err, PDX_E_USAGE,
		"--limit: at most %d articles are shown side by side", MOST_ARTICLES);
	return cli_fail(c, c->command->name, NULL, &err);
}

int cmd_panel(struct cli *c)
{
	struct pdx_search how = { .limit = SEARCH_ALL, .suggest = true };
	int code = check(c);

	return code ? code : search_command(c, &how, show);
}
