/* paneldex compare: what rose and fell from one range of dates, or query, to another.
 */
#include "base/err.h"
#include "cli/search.h"
#include "cli/signals.h"
#include "render/record.h"
#include "report/compare.h"

#define RANGES 2 /* words in front of the query */

/* Side ${i} of two, which end up in ${s}; on failure the exit code, else 0. */
static int prepare_side(struct search *s, size_t i)
{
	const struct options *o = &s->cli->options;
	struct pdx_err err;
	int code;

	if (o->asked.n)
		buf_puts(&s->text, o->asked.v[i]);
	else
		search_join_words(s, RANGES);
	code = search_prepare(s);
	if (code || o->asked.n)
		return code;
	if (pdx_query_filter_any(s->query, "date", &o->words.v[i], 1, &err))
		return cli_fail(s->cli, s->cli->command->name, NULL, &err);
	return 0;
}

static int show(struct search s[2], const struct compare *compare)
{
	struct cli *c = s[0].cli;
	const struct options *o = &c->options;
	struct render_compare shown = { .compare = compare };

	for (size_t i = 0; i < 2; i++) {
		search_describe(&shown.search[i], &s[i]);
		shown.dates[i] = o->asked.n ? NULL : o->words.v[i];
		if (i == 0 || o->asked.n) /* one query has its notes once */
			search_show_notes(&s[i], &shown.search[i]);
	}
	render_record(&c->render, &record_compare, &shown);
	return compare->articles[0] || compare->articles[1] ? EXIT_FOUND : EXIT_NONE;
}

static int compare(struct search s[2])
{
	struct pdx_result *const sides[2] = { s[0].result, s[1].result };
	struct compare_request request = {
		.rows = s[0].cli->options.top,
		.stop = signals_stop(),
	};
	struct arena arena = { .blocks = NULL };
	struct compare compared;
	struct pdx_err err;
	int code;

	if (compare_make(&compared, &arena, s[0].index, sides, &request, &err))
		code = cli_fail(s[0].cli, NULL, NULL, &err);
	else
		code = show(s, &compared);
	arena_release(&arena);
	return code;
}

static int find_and_show(struct search s[2])
{
	const struct pdx_search how = {
		.limit = SEARCH_ALL,
		.today = s[0].today,
		.suggest = true,
	};
	int code = search_open(&s[0]);

	if (code)
		return code;
	s[1].index = s[0].index;
	signals_watch(s[0].index, false);
	for (size_t i = 0; i < 2 && !code; i++)
		code = search_run(&s[i], &how);
	if (!code)
		code = compare(s);
	signals_watch(NULL, false);
	return code;
}

/* Two sides must be named, in one way; on failure the exit code, else 0. */
static int check(struct cli *c)
{
	const struct options *o = &c->options;
	struct pdx_err err;

	if (o->asked.n && o->asked.n != 2)
		err_set(&err, PDX_E_USAGE, "--query: two are compared, not %zu",
			o->asked.n);
	else if (o->asked.n && o->words.n)
		err_set(&err, PDX_E_USAGE,
			"\"%s\" has no meaning beside --query; put it into both",
			o->words.v[0]);
	else if (!o->asked.n && o->words.n < RANGES)
		err_set(&err, PDX_E_USAGE,
			"compare what? give two ranges of dates, or --query twice");
	else
		return 0;
	return cli_fail(c, c->command->name, NULL, &err);
}

int cmd_compare(struct cli *c)
{
	struct search s[2];
	int code = check(c);

	if (code)
		return code;
	for (size_t i = 0; i < 2; i++)
		search_init(&s[i], c);
	for (size_t i = 0; i < 2 && !code; i++)
		code = prepare_side(&s[i], i);
	if (!code)
		code = find_and_show(s);
	search_release(&s[1]);
	search_close(&s[0]);
	return code;
}
