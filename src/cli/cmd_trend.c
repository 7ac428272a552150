/* paneldex trend: what queries find over time. */
#include <stdlib.h>

#include "base/err.h"
#include "cli/search.h"
#include "cli/signals.h"
#include "render/record.h"
#include "report/trend.h"

/* The queries of one run, the search for the whole archive behind them. */
struct trend_run {
	struct cli *cli;
	struct search *v;
	struct trend_source *sources;
	struct render_search *found;
	size_t n; /* queries; the archive's is v[n] */
	struct pdx *index;
};

static int check(struct cli *c)
{
	const struct options *o = &c->options;
	struct pdx_err err;

	if (o->by.n > 1)
		err_set(&err, PDX_E_USAGE, "--by: one field gives the lines, not %zu",
			o->by.n);
	else if (o->by.n && o->asked.n)
		err_set(&err, PDX_E_USAGE,
			"--by and --query both give the lines: say one of them");
	else if (o->values && !o->by.n)
		err_set(&err, PDX_E_USAGE, "--top has no effect without --by");
	else
		return 0;
	return cli_fail(c, c->command->name, NULL, &err);
}

static int nomem(struct cli *c)
{
	struct pdx_err err;

	err_nomem(&err);
	return cli_fail(c, NULL, NULL, &err);
}

/* The words are a query, and each --query is one; without any it is the empty one. */
static int prepare(struct trend_run *t)
{
	const struct options *o = &t->cli->options;
	bool words = o->words.n || !o->asked.n;
	int code = 0;

	t->v = calloc(o->asked.n + 2, sizeof(*t->v));
	t->sources = calloc(o->asked.n + 1, sizeof(*t->sources));
	t->found = calloc(o->asked.n + 1, sizeof(*t->found));
	if (!t->v || !t->sources || !t->found)
		return nomem(t->cli);
	for (size_t i = 0; i < o->asked.n + words && !code; i++) {
		struct search *s = &t->v[t->n++];

		search_init(s, t->cli);
		if (words && i == 0)
			search_join_words(s, 0);
		else
			buf_puts(&s->text, o->asked.v[i - words]);
		code = search_prepare(s);
	}
	return code;
}

/* Everything, whatever the filters. */
static int prepare_archive(struct trend_run *t)
{
	struct search *s = &t->v[t->n];
	struct pdx_err err;

	search_init(s, t->cli);
	if (pdx_query_parse(&s->query, "", 0, s->today, &err))
		return cli_fail(t->cli, NULL, NULL, &err);
	return 0;
}

static int run(struct trend_run *t)
{
	const struct options *o = &t->cli->options;
	struct pdx_cross cross = { o->by.n ? o->by.v[0] : NULL, o->interval };
	struct pdx_search how = {
		.facets = &o->interval,
		.nfacets = 1,
		.facet_values = SIZE_MAX,
		.pivots = &cross,
		.npivots = o->by.n,
		.suggest = true,
	};
	int code = 0;

	for (size_t i = 0; i <= t->n && !code; i++) {
		t->v[i].index = t->index;
		how.today = t->v[i].today;
		how.npivots = i < t->n ? o->by.n : 0;
		code = search_run(&t->v[i], &how);
	}
	return code;
}

/* The days that all queries together are bounded by. */
static void find_days(struct trend_request *request, const struct trend_run *t)
{
	bool from = true, to = true;

	request->first = INT32_MAX;
	request->last = INT32_MIN;
	for (size_t i = 0; i < t->n; i++) {
		int32_t first, last;

		pdx_query_days(&first, &last, t->v[i].query);
		from = from && first != PDX_NO_DATE;
		to = to && last != PDX_NO_DATE;
		request->first = first < request->first ? first : request->first;
		request->last = last > request->last ? last : request->last;
	}
	request->first = from ? request->first : PDX_NO_DATE;
	request->last = to ? request->last : PDX_NO_DATE;
}

static int make(struct trend_run *t, struct arena *arena)
{
	const struct options *o = &t->cli->options;
	struct trend_request request = { .interval = o->interval,
					 .by = o->by.n ? o->by.v[0] : NULL,
					 .top = o->values };
	struct report_trend report;
	struct render_trend shown = { t->found, t->n, &report };
	uint64_t total = 0;
	struct pdx_err err;

	find_days(&request, t);
	for (size_t i = 0; i < t->n; i++)
		t->sources[i] = (struct trend_source){ pdx_query_text(t->v[i].query),
						       t->v[i].result };
	if (report_trend_make(&report, arena, t->sources, t->n, t->v[t->n].result,
			      &request, &err))
		return cli_fail(t->cli, t->cli->command->name, NULL, &err);
	for (size_t i = 0; i < t->n; i++) {
		search_describe(&t->found[i], &t->v[i]);
		search_show_notes(&t->v[i], &t->found[i]);
		total += t->found[i].total;
	}
	render_record(&t->cli->render, &record_trend, &shown);
	return total ? EXIT_FOUND : EXIT_NONE;
}

static int find_and_show(struct trend_run *t)
{
	struct arena arena = { .blocks = NULL };
	struct pdx_err err;
	int code = prepare_archive(t);

	if (!code && cli_open(&t->index, t->cli, PDX_OPEN_READ, NULL, &err))
		code = cli_fail(t->cli, NULL, NULL, &err);
	if (!code) {
		signals_watch(t->index, false);
		code = run(t);
		if (!code)
			code = make(t, &arena);
		signals_watch(NULL, false);
	}
	arena_release(&arena);
	search_release(&t->v[t->n]);
	return code;
}

int cmd_trend(struct cli *c)
{
	struct trend_run t = { .cli = c };
	int code = check(c);

	if (!code)
		code = prepare(&t);
	if (!code)
		code = find_and_show(&t);
	for (size_t i = 0; i < t.n; i++)
		search_release(&t.v[i]);
	pdx_close(t.index);
	free(t.found);
	free(t.sources);
	free(t.v);
	return code;
}
