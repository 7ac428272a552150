/*
 * The sections of a report, filled from the index: one search has the best articles and
 * everything that is counted of all; the takes and the panel have one of their own.
 */
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "cli/report.h"
#include "cli/signals.h"
#include "render/record.h"
#include "report/facets.h"
#include "report/panel.h"
#include "report/trend.h"

/* What one search is asked for on behalf of all sections. */
struct wants {
	const char *fields[FIELD_COUNT];
	size_t nfields;
	struct pdx_cross pivots[TEMPLATE_SECTIONS];
	size_t npivots;
	size_t hits, snippets;
};

static void want_field(struct wants *w, enum field_id id)
{
	const char *name = field_get(id)->name;

	for (size_t i = 0; i < w->nfields; i++)
		if (w->fields[i] == name)
			return;
	w->fields[w->nfields++] = name;
}

static void collect_wants(struct wants *w, const struct template *t)
{
	/* The figures are made of these. */
	static const enum field_id figures[] = { FIELD_COMPANY, FIELD_CATEGORY,
						 FIELD_PERSONA, FIELD_DAY };

	*w = (struct wants){ .nfields = 0 };
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
		want_field(w, figures[i]);
	for (size_t i = 0; i < t->n; i++) {
		const struct section_wish *s = &t->sections[i];

		if (s->kind == SECTION_FACETS)
			for (size_t j = 0; j < s->nfields; j++)
				want_field(w, s->fields[j]);
		if (s->kind == SECTION_PIVOT)
			w->pivots[w->npivots++] = (struct pdx_cross){
				field_get(s->fields[0])->name,
				field_get(s->fields[1])->name,
			};
		if (s->kind != SECTION_HITS)
			continue;
		w->hits = s->top > w->hits ? s->top : w->hits;
		w->snippets = s->snippets > w->snippets ? s->snippets : w->snippets;
	}
}

/* Articles are looked for as they were asked for: nothing is loosened to find some. */
static int search(struct report *r, const struct wants *w)
{
	const struct pdx_search how = {
		.limit = w->hits,
		.facets = w->fields,
		.nfacets = w->nfields,
		.facet_values = SIZE_MAX,
		.pivots = w->pivots,
		.npivots = w->npivots,
		.snippets = w->snippets,
		.today = r->search.today,
		.suggest = true,
		.profile = r->cli->profile,
	};

	return search_run(&r->search, &how);
}

static void add(struct report *r, const char *name, const char *title,
		const struct record_kind *kind, const void *what)
{
	r->sections[r->nsections++] =
		(struct render_section){ name, title, kind, what };
}

/* ---- figures ------------------------------------------------------------------- */

static const struct pdx_facet *facet_of(const struct report *r, enum field_id id)
{
	size_t n;
	const struct pdx_facet *f = pdx_result_facets(r->search.result, &n);

	while (strcmp(f->field, field_get(id)->name) != 0)
		f++;
	return f;
}

/* From the first day that has an article to the last. */
static void find_span(struct render_figures *f, const struct pdx_facet *days)
{
	f->first = f->last = PDX_NO_DATE;
	for (size_t i = 0; i < days->nvalues; i++) {
		const char *iso = days->values[i].value;
		int32_t day;

		if (!date_parse_iso(&day, iso, strlen(iso)))
			continue;
		if (f->first == PDX_NO_DATE || day < f->first)
			f->first = day;
		if (f->last == PDX_NO_DATE || day > f->last)
			f->last = day;
	}
}

/* The takes that count are counted by themselves. */
static int count_takes(uint64_t *out, const struct report *r, struct pdx_err *err)
{
	static const char *const field[] = { "persona" };
	const struct pdx_search how = {
		.facets = field,
		.nfacets = 1,
		.today = r->search.today,
		.count_by = PDX_COUNT_TAKES,
	};
	struct pdx_result *result;
	int rc = pdx_search(&result, r->search.index, r->search.query, &how, err);

	if (rc)
		return rc;
	*out = pdx_result_takes(result);
	pdx_result_free(result);
	return PDX_OK;
}

static int add_figures(struct report *r, const struct section_wish *wish,
		       struct pdx_err *err)
{
	struct render_figures *f = arena_alloc(&r->arena, sizeof(*f));
	int rc;

	(void)wish;
	if (!f)
		return err_nomem(err);
	rc = count_takes(&f->takes, r, err);
	f->articles = r->found.total;
	f->archive = r->found.articles;
	f->companies = facet_of(r, FIELD_COMPANY)->nvalues;
	f->categories = facet_of(r, FIELD_CATEGORY)->nvalues;
	f->personas = facet_of(r, FIELD_PERSONA)->nvalues;
	find_span(f, facet_of(r, FIELD_DAY));
	add(r, "figures", "In figures", &record_figures, f);
	return rc;
}

/* ---- facets and pivots ---------------------------------------------------------- */

/* What the section shows, of all that was counted: the ${n} facets, or the pivot. */
static int add_counts(struct report *r, const struct section_wish *wish,
		      const struct report_facet *facets, size_t nfacets,
		      const struct report_pivot *pivot, struct pdx_err *err)
{
	struct report_facets *counts = arena_alloc(&r->arena, sizeof(*counts));
	struct render_facets *what = arena_alloc(&r->arena, sizeof(*what));

	if (!counts || !what)
		return err_nomem(err);
	*counts = (struct report_facets){
		.total = r->found.total,
		.facets = facets,
		.nfacets = nfacets,
		.pivots = pivot,
		.npivots = pivot ? 1 : 0,
	};
	*what = (struct render_facets){ .search = &r->found, .report = counts };
	if (wish->kind == SECTION_PIVOT)
		add(r, "pivot", "Who goes with what", &record_facets, what);
	else
		add(r, "facets", "What it is about", &record_facets, what);
	return PDX_OK;
}

/* All that was counted, with as many values as the section wants. */
static int make_facets(struct report_facets *all, struct report *r,
		       const struct section_wish *wish, struct pdx_err *err)
{
	const struct facets_request request = {
		.top = wish->top,
		.first = PDX_NO_DATE,
		.last = PDX_NO_DATE,
	};

	return report_facets_make(all, &r->arena, r->search.result, &request, err);
}

static int add_facets(struct report *r, const struct section_wish *wish,
		      struct pdx_err *err)
{
	struct report_facet *v = arena_array(&r->arena, wish->nfields, sizeof(*v));
	struct report_facets all;
	int rc = make_facets(&all, r, wish, err);

	if (rc)
		return rc;
	for (size_t i = 0; v && i < wish->nfields; i++) {
		const char *name = field_get(wish->fields[i])->name;

		for (size_t j = 0; j < all.nfacets; j++)
			if (strcmp(all.facets[j].field, name) == 0)
				v[i] = all.facets[j];
	}
	return v ? add_counts(r, wish, v, wish->nfields, NULL, err) : err_nomem(err);
}

static int add_pivot(struct report *r, const struct section_wish *wish,
		     struct pdx_err *err)
{
	struct report_facets all;
	size_t at = 0;
	int rc = make_facets(&all, r, wish, err);

	/* They were asked for in the order of their sections. */
	for (const struct section_wish *s = r->template.sections; s < wish; s++)
		at += s->kind == SECTION_PIVOT;
	return rc ? rc : add_counts(r, wish, NULL, 0, &all.pivots[at], err);
}

/* ---- the trend ------------------------------------------------------------------- */

/* What ${query} finds in each period, and each value of ${by} (NULL: none) has of it.
 */
static int count_periods(struct pdx_result **out, const struct report *r,
			 const struct pdx_query *query, const char *interval,
			 const char *by, struct pdx_err *err)
{
	const struct pdx_cross pivot = { by, interval };
	const struct pdx_search how = {
		.facets = &interval,
		.nfacets = 1,
		.facet_values = SIZE_MAX,
		.pivots = &pivot,
		.npivots = by ? 1 : 0,
		.today = r->search.today,
	};

	return pdx_search(out, r->search.index, query, &how, err);
}

/* Names in a trend stay those of its results: these live as long as the report. */
static int make_trend(struct report_trend *out, struct report *r,
		      const struct section_wish *wish, struct pdx_err *err)
{
	struct trend_request request = {
		.interval = field_get(wish->interval)->name,
		.by = field_get(wish->fields[0])->name,
		.top = wish->top,
	};
	struct trend_source source = { .query = pdx_query_text(r->search.query) };
	struct pdx_result **found = &r->results[r->nresults];
	int rc = PDX_OK;

	if (!r->everything)
		rc = pdx_query_parse(&r->everything, "", 0, r->search.today, err);
	if (rc)
		return rc;
	pdx_query_days(&request.first, &request.last, r->search.query);
	rc = count_periods(&found[0], r, r->search.query, request.interval, request.by,
			   err);
	r->nresults += rc ? 0 : 1;
	if (!rc)
		rc = count_periods(&found[1], r, r->everything, request.interval, NULL,
				   err);
	r->nresults += rc ? 0 : 1;
	source.result = found[0];
	if (!rc)
		rc = report_trend_make(out, &r->arena, &source, 1, found[1], &request,
				       err);
	return rc;
}

static int add_trend(struct report *r, const struct section_wish *wish,
		     struct pdx_err *err)
{
	struct report_trend *trend = arena_alloc(&r->arena, sizeof(*trend));
	struct render_trend *what = arena_alloc(&r->arena, sizeof(*what));
	int rc;

	if (!trend || !what)
		return err_nomem(err);
	rc = make_trend(trend, r, wish, err);
	*what = (struct render_trend){ .searches = &r->found,
				       .nsearches = 1,
				       .report = trend };
	add(r, "trend", "Over time", &record_trend, what);
	return rc;
}

/* ---- the panel ----------------------------------------------------------------- */

#define SILENT 5 /* names that a persona never spoke about */

static int add_panel(struct report *r, const struct section_wish *wish,
		     struct pdx_err *err)
{
	const struct pdx_search how = {
		.limit = SEARCH_ALL,
		.today = r->search.today,
		.profile = r->cli->profile,
	};
	const struct panel_request request = {
		.terms = wish->top,
		.silent = SILENT,
		.stop = signals_stop(),
	};
	struct panel *panel = arena_alloc(&r->arena, sizeof(*panel));
	struct render_panel *what = arena_alloc(&r->arena, sizeof(*what));
	struct pdx_result *result;
	int rc;

	if (!panel || !what)
		return err_nomem(err);
	rc = pdx_search(&result, r->search.index, r->search.query, &how, err);
	if (rc)
		return rc;
	rc = panel_make(panel, &r->arena, r->search.index, result, &request, err);
	pdx_result_free(result);
	*what = (struct render_panel){ .search = &r->found, .panel = panel };
	add(r, "panel", "What the panel said", &record_panel, what);
	return rc;
}

/* ---- hits ---------------------------------------------------------------------- */

static int add_hits(struct report *r, const struct section_wish *wish,
		    struct pdx_err *err)
{
	struct render_hits *h = arena_alloc(&r->arena, sizeof(*h));

	if (!h)
		return err_nomem(err);
	*h = (struct render_hits){
		.search = &r->found,
		.result = r->search.result,
		.n = wish->top,
		.err = &r->late,
	};
	add(r, "hits", "The best articles", &record_hits, h);
	return PDX_OK;
}

static int (*const fillers[SECTION_KINDS])(struct report *r,
					   const struct section_wish *wish,
					   struct pdx_err *err) = {
	[SECTION_FIGURES] = add_figures, [SECTION_TREND] = add_trend,
	[SECTION_FACETS] = add_facets,   [SECTION_PIVOT] = add_pivot,
	[SECTION_PANEL] = add_panel,     [SECTION_HITS] = add_hits,
};

int report_compose(struct report *r)
{
	struct wants wants;
	struct pdx_err err;
	int code, rc = PDX_OK;

	collect_wants(&wants, &r->template);
	code = search(r, &wants);
	if (code)
		return code;
	search_describe(&r->found, &r->search);
	search_show_notes(&r->search, &r->found);
	for (size_t i = 0; i < r->template.n && !rc; i++) {
		const struct section_wish *wish = &r->template.sections[i];

		rc = fillers[wish->kind](r, wish, &err);
	}
	return rc ? cli_fail(r->cli, NULL, NULL, &err) : 0;
}
