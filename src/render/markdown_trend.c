/*
 * A trend in Markdown: a row for each period and a column for each series, then the
 * bursts.
 */
#include "render/markdown_trend.h"

#include <inttypes.h>

#include "render/markdown.h"
#include "report/trend.h"

/* What the column of ${s} is called; one query needs no name. */
static const char *name_of(const struct report_trend *t, const struct trend_series *s)
{
	if (s->kind == TREND_OTHER)
		return RENDER_OTHER;
	if (s->kind == TREND_MISSING)
		return RENDER_MISSING;
	return s->kind == TREND_QUERY && t->by ? "articles" : s->name;
}

/* Sums that have nothing say nothing. */
static bool is_shown(const struct trend_series *s)
{
	return s->total > 0 || s->kind == TREND_QUERY || s->kind == TREND_VALUE;
}

static void put_head(struct out *out, const struct report_trend *t)
{
	out_printf(out, "| %s |", t->interval);
	for (size_t i = 0; i < t->nseries; i++) {
		if (!is_shown(&t->series[i]))
			continue;
		out_putc(out, ' ');
		markdown_text(out, name_of(t, &t->series[i]));
		out_puts(out, t->series[i].kind == TREND_QUERY ? " | share |" : " |");
	}
	out_puts(out, "\n| --- |");
	for (size_t i = 0; i < t->nseries; i++)
		if (is_shown(&t->series[i]))
			out_puts(out, t->series[i].kind == TREND_QUERY
					      ? " ---: | ---: |"
					      : " ---: |");
	out_putc(out, '\n');
}

static void put_period(struct out *out, const struct report_trend *t, size_t period)
{
	out_printf(out, "| %s |", t->periods[period]);
	for (size_t i = 0; i < t->nseries; i++) {
		const struct trend_series *s = &t->series[i];

		if (!is_shown(s))
			continue;
		out_printf(out, " %" PRIu64 " |", s->counts[period]);
		if (s->kind == TREND_QUERY)
			out_printf(out, " %.1f%% |",
				   report_trend_share(t, s, period) * 100);
	}
	out_putc(out, '\n');
}

static void put_bursts(struct out *out, const struct report_trend *t,
		       const struct trend_series *s, size_t *n)
{
	for (size_t i = 0; i < s->nbursts; i++) {
		out_puts(out, (*n)++ ? "- " : "\nBursts:\n\n- ");
		markdown_text(out, name_of(t, s));
		out_printf(out, ": %s to %s\n", t->periods[s->bursts[i].first],
			   t->periods[s->bursts[i].last]);
	}
}

void markdown_put_trend(struct render *r, const void *what)
{
	const struct report_trend *t = ((const struct render_trend *)what)->report;
	size_t n = 0;

	if (r->written++ == 0)
		out_puts(r->out, "## Over time\n");
	out_putc(r->out, '\n');
	put_head(r->out, t);
	for (size_t i = 0; i < t->nperiods; i++)
		put_period(r->out, t, i);
	for (size_t i = 0; i < t->nseries; i++)
		put_bursts(r->out, t, &t->series[i], &n);
}
