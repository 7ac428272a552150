/*
 * From a trend to charts: columns of what one query finds, its share of the archive,
 * and lines where there are several series; below them the bursts.
 */
#include "render/html_trend.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "render/html.h"
#include "render/render.h"
#include "render/svg.h"
#include "report/trend.h"

#define ID_BYTES 48

/* A chart on its way: room for the numbers of ${n} series, and its texts. */
struct drawing {
	const struct report_trend *t;
	struct out *out;
	struct chart_series *series;
	size_t n;
	size_t ndrawn; /* that are not sums of others */
	double *values;
	bool *marked;
	char id[ID_BYTES];
	struct buf title, desc;
};

/* False where memory is out, which ${out} is told. */
static bool begin(struct drawing *d, struct out *out, const struct report_trend *t,
		  const char *id, const char *part)
{
	*d = (struct drawing){ .t = t, .out = out };
	d->values = calloc(t->nperiods * t->nseries + 1, sizeof(*d->values));
	d->series = calloc(t->nseries + 1, sizeof(*d->series));
	d->marked = calloc(t->nperiods + 1, sizeof(*d->marked));
	buf_init(&d->title, 0);
	buf_init(&d->desc, 0);
	snprintf(d->id, sizeof(d->id), "%s-%s", id, part);
	if (d->values && d->marked && d->series)
		return true;
	free(d->values);
	free(d->marked);
	free(d->series);
	out_fail(out, PDX_E_NOMEM);
	return false;
}

static const char *name_of(const struct trend_series *s)
{
	if (s->kind == TREND_OTHER)
		return RENDER_OTHER;
	return s->kind == TREND_MISSING ? RENDER_MISSING : s->name;
}

static void add_series(struct drawing *d, const struct trend_series *s, bool share)
{
	double *values = d->values + d->n * d->t->nperiods;

	for (size_t i = 0; i < d->t->nperiods; i++)
		values[i] = share ? report_trend_share(d->t, s, i) * 100
				  : (double)s->counts[i];
	d->series[d->n++] = (struct chart_series){ name_of(s), values };
	d->ndrawn += s->kind == TREND_QUERY || s->kind == TREND_VALUE;
}

static bool mark_bursts(struct drawing *d, const struct trend_series *s)
{
	for (size_t i = 0; i < s->nbursts; i++)
		for (size_t p = s->bursts[i].first; p <= s->bursts[i].last; p++)
			d->marked[p] = true;
	return s->nbursts > 0;
}

/* Draw it by ${draw} and give it up. */
static void finish(struct drawing *d, bool percent, bool marked,
		   void (*draw)(struct out *out, const struct chart *c))
{
	struct chart c = {
		.id = d->id,
		.title = buf_str(&d->title),
		.desc = buf_str(&d->desc),
		.axis = d->t->interval,
		.unit = percent ? "percent of the archive" : "articles",
		.percent = percent,
		.labels = d->t->periods,
		.nlabels = d->t->nperiods,
		.series = d->series,
		.nseries = d->n,
		.ndrawn = d->ndrawn,
		.marked = marked ? d->marked : NULL,
		.mark = "burst",
	};

	draw(d->out, &c);
	if (!buf_ok(&d->title) || !buf_ok(&d->desc))
		out_fail(d->out, PDX_E_NOMEM);
	buf_release(&d->title);
	buf_release(&d->desc);
	free(d->values);
	free(d->marked);
	free(d->series);
}

static void put_columns(struct out *out, const char *id, const struct report_trend *t,
			const struct trend_series *s)
{
	struct drawing d;
	size_t most = 0;

	if (!begin(&d, out, t, id, "counts"))
		return;
	for (size_t i = 0; i < t->nperiods; i++)
		most = s->counts[i] > s->counts[most] ? i : most;
	add_series(&d, s, false);
	d.series[0].name = "articles"; /* the query is known, and may be long */
	buf_printf(&d.title, "Articles by %s", t->interval);
	buf_printf(&d.desc,
		   "%" PRIu64 " articles from %s to %s. Most, %" PRIu64 ", in %s.",
		   s->total, t->periods[0], t->periods[t->nperiods - 1],
		   s->counts[most], t->periods[most]);
	finish(&d, false, mark_bursts(&d, s), chart_columns);
}

static void put_share(struct out *out, const char *id, const struct report_trend *t,
		      const struct trend_series *s)
{
	struct drawing d;

	/* All of the archive is a hundred percent of it. */
	if (report_trend_whole_share(t, s) >= 1 || !begin(&d, out, t, id, "share"))
		return;
	add_series(&d, s, true);
	d.series[0].name = "share";
	buf_printf(&d.title, "Share of the archive by %s", t->interval);
	buf_printf(&d.desc,
		   "Over the whole time %.1f percent of the archive's articles.",
		   report_trend_whole_share(t, s) * 100);
	finish(&d, true, false, chart_lines);
}

/* The queries, or the values with what is left over. */
static void put_strips(struct out *out, const char *id, const struct report_trend *t)
{
	struct drawing d;

	if (!begin(&d, out, t, id, "series"))
		return;
	for (size_t i = t->by ? 1 : 0; i < t->nseries; i++)
		add_series(&d, &t->series[i], false);
	buf_puts(&d.title, "By ");
	buf_printf(&d.title, "%s and %s", t->by ? t->by : "query", t->interval);
	buf_puts(&d.desc, "Articles in all:");
	for (size_t i = t->by ? 1 : 0, n = 0; i < t->nseries; i++)
		buf_printf(&d.desc, "%s %s %" PRIu64, n++ ? "," : "",
			   name_of(&t->series[i]), t->series[i].total);
	buf_putc(&d.desc, '.');
	finish(&d, false, false, chart_strips);
}

static void put_burst(struct out *out, const struct report_trend *t,
		      const struct trend_series *s, const struct burst *b)
{
	out_puts(out, "<li><bdi>");
	html_put_text(out, name_of(s));
	out_printf(out, "</bdi>: %s", t->periods[b->first]);
	if (b->last > b->first)
		out_printf(out, " to %s", t->periods[b->last]);
	out_puts(out, "</li>\n");
}

static void put_bursts(struct out *out, const struct report_trend *t)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nseries; i++) {
		const struct trend_series *s = &t->series[i];

		if (s->kind == TREND_OTHER || s->kind == TREND_MISSING)
			continue;
		for (size_t j = 0; j < s->nbursts; j++) {
			if (n++ == 0)
				out_puts(out, "<p>Bursts, in which something is "
					      "markedly more frequent than over the "
					      "whole time (Kleinberg 2002, two states, "
					      "s = 2, gamma = 1):</p>\n<ul>\n");
			put_burst(out, t, s, &s->bursts[j]);
		}
	}
	out_puts(out, n ? "</ul>\n" : "");
}

void html_draw_trend(struct out *out, const char *id, const struct report_trend *t)
{
	size_t queries = 0, values = 0;

	for (size_t i = 0; i < t->nseries; i++) {
		queries += t->series[i].kind == TREND_QUERY;
		values += t->series[i].kind == TREND_VALUE;
	}
	if (t->nperiods == 0) {
		out_puts(out, "<p>No article has a date.</p>\n");
		return;
	}
	if (queries == 1) {
		put_columns(out, id, t, &t->series[0]);
		put_share(out, id, t, &t->series[0]);
	}
	if (queries > 1 || values > 0)
		put_strips(out, id, t);
	put_bursts(out, t);
}

void html_put_trend(struct out *out, const char *id, const void *what)
{
	html_draw_trend(out, id, ((const struct render_trend *)what)->report);
}
