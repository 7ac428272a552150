/* paneldex facets: what a query finds, counted by its fields. */
#include "base/err.h"
#include "cli/search.h"
#include "cli/signals.h"
#include "render/record.h"
#include "report/facets.h"

/* Where nobody says what to count. */
static const char *const usual_fields[] = { "company", "category", "persona", "month" };

static int make(struct search *s, struct arena *arena)
{
	const struct options *o = &s->cli->options;
	struct facets_request request = {
		.top = o->values,
		.order = o->order,
		.by_takes = o->count_by == PDX_COUNT_TAKES,
	};
	struct render_search found;
	struct report_facets report;
	struct render_facets shown = {
		.search = &found,
		.report = &report,
		.own_dropped = o->own_filter == PDX_OWN_FILTER_DROP,
	};
	struct pdx_err err;

	pdx_query_days(&request.first, &request.last, s->query);
	if (shown.own_dropped) /* then the days bound nothing */
		request.first = request.last = PDX_NO_DATE;
	if (report_facets_make(&report, arena, s->result, &request, &err))
		return cli_fail(s->cli, s->cli->command->name, NULL, &err);
	search_describe(&found, s);
	search_show_notes(s, &found);
	render_record(&s->cli->render, &record_facets, &shown);
	return report.total ? EXIT_FOUND : EXIT_NONE;
}

static int find_and_show(struct search *s)
{
	const struct options *o = &s->cli->options;
	bool usual = o->by.n == 0 && o->npivots == 0;
	const struct pdx_search how = {
		.facets = usual ? usual_fields : o->by.v,
		.nfacets = usual ? sizeof(usual_fields) / sizeof(usual_fields[0])
				 : o->by.n,
		.facet_values = SIZE_MAX,
		.own_filter = o->own_filter,
		.pivots = o->pivots,
		.npivots = o->npivots,
		.count_by = o->count_by,
		.today = s->today,
		.suggest = true,
	};
	struct arena arena = { .blocks = NULL };
	int code = search_open(s);

	if (code)
		return code;
	signals_watch(s->index, false);
	code = search_run(s, &how);
	if (!code)
		code = make(s, &arena);
	signals_watch(NULL, false);
	arena_release(&arena);
	return code;
}

static int check(struct cli *c)
{
	const struct options *o = &c->options;
	struct pdx_err err;

	if (o->own_filter == PDX_OWN_FILTER_KEEP || o->by.n || !o->npivots)
		return 0;
	err_set(&err, PDX_E_USAGE,
		"--own-filter has no effect on --pivot alone; say --by");
	return cli_fail(c, c->command->name, NULL, &err);
}

int cmd_facets(struct cli *c)
{
	struct search s;
	int code = check(c);

	if (code)
		return code;
	search_init(&s, c);
	search_join_words(&s, 0);
	code = search_prepare(&s);
	if (!code)
		code = find_and_show(&s);
	search_close(&s);
	return code;
}
