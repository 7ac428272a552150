/* paneldex facets: what a query finds, counted by its fields. */
#include "base/err.h"
#include "cli/search.h"
#include "render/record.h"
#include "report/facets.h"

/* Where nobody says what to count. */
static const char *const usual_fields[] = { "company", "category", "persona", "month" };

static int show_in(struct search *s, struct arena *arena)
{
	const struct options *o = &s->cli->options;
	struct facets_request request = {
		.top = o->values,
		.order = o->order,
		.count_by = o->count_by,
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

static int show(struct search *s)
{
	struct arena arena = { .blocks = NULL };
	int code = show_in(s, &arena);

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
	const struct options *o = &c->options;
	bool usual = o->by.n == 0 && o->npivots == 0;
	struct pdx_search how = {
		.facets = usual ? usual_fields : o->by.v,
		.nfacets = usual ? sizeof(usual_fields) / sizeof(usual_fields[0])
				 : o->by.n,
		.facet_values = SIZE_MAX,
		.own_filter = o->own_filter,
		.pivots = o->pivots,
		.npivots = o->npivots,
		.count_by = o->count_by,
		.collapse = o->count_by == PDX_COUNT_STORIES,
		.suggest = true,
	};
	int code = check(c);

	return code ? code : search_command(c, &how, show);
}
