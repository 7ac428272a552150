/*
 * Trends for eyes.  One series, a period a line, the burst marked:
 *
 *     2026-03     4   12.5 %  ######
 *     2026-04 *  11   30.2 %  ################
 *
 * Several, each with its total and its share of the archive:
 *
 *     Orrery AI   12    2.3 %  .:#=..
 *         burst 2026-03 to 2026-04
 */
#include "render/term_trend.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "render/layout.h"
#include "render/marks.h"
#include "render/term.h"
#include "report/trend.h"

#define GAP 2
#define PERCENT_COLUMNS 7 /* "100.0 %" */
#define BURST_INDENT 4
#define COUNT_SIZE 21 /* digits of 2^64, and a NUL */

static size_t digits_of(uint64_t n)
{
	char text[COUNT_SIZE];

	return (size_t)snprintf(text, sizeof(text), "%" PRIu64, n);
}

static uint64_t most_of(const struct trend_series *s, size_t n)
{
	uint64_t most = 0;

	for (size_t i = 0; i < n; i++)
		most = s->counts[i] > most ? s->counts[i] : most;
	return most;
}

static bool in_burst(const struct trend_series *s, size_t period)
{
	for (size_t i = 0; i < s->nbursts; i++)
		if (period >= s->bursts[i].first && period <= s->bursts[i].last)
			return true;
	return false;
}

static void put_percent(struct render *r, double share)
{
	out_printf(r->out, "%5.1f %%", 100 * share);
}

/* One series: its periods one below the other. */
static void put_periods(struct render *r, const struct report_trend *t,
			const struct trend_series *s)
{
	uint64_t most = most_of(s, t->nperiods);
	size_t digits = digits_of(most), used;

	for (size_t i = 0; i < t->nperiods; i++) {
		out_puts(r->out, t->periods[i]);
		out_puts(r->out, in_burst(s, i) ? " *" : "  ");
		out_printf(r->out, "%*" PRIu64 "  ", (int)digits + GAP, s->counts[i]);
		put_percent(r, report_trend_share(t, s, i));
		used = strlen(t->periods[i]) + GAP + digits + GAP + GAP +
		       PERCENT_COLUMNS + GAP;
		if (s->counts[i] && used < r->width) {
			out_pad(r->out, GAP);
			marks_bar(r, s->counts[i], most, r->width - used);
		}
		out_putc(r->out, '\n');
	}
	if (s->undated)
		out_printf(r->out, "undated: %" PRIu64 "\n", s->undated);
	if (s->nbursts)
		out_puts(r->out,
			 "* a burst: markedly more of the archive than over the "
			 "whole time\n");
}

/* ---- several ------------------------------------------------------------------ */

static const char *name_of(const struct trend_series *s)
{
	switch (s->kind) {
	case TREND_OTHER:
		return RENDER_OTHER;
	case TREND_MISSING:
		return RENDER_MISSING;
	default:
		return *s->name ? s->name : "all articles";
	}
}

static bool is_shown(const struct trend_series *s)
{
	return s->kind == TREND_QUERY || s->kind == TREND_VALUE || s->total;
}

/* Where it burst, and what of it has no place in time. */
static void put_remarks(struct render *r, const struct report_trend *t,
			const struct trend_series *s)
{
	for (size_t i = 0; i < s->nbursts; i++) {
		const struct burst *b = &s->bursts[i];

		out_pad(r->out, BURST_INDENT);
		out_printf(r->out, "burst %s", t->periods[b->first]);
		if (b->last > b->first)
			out_printf(r->out, " to %s", t->periods[b->last]);
		out_putc(r->out, '\n');
	}
	if (s->kind == TREND_QUERY && s->undated) {
		out_pad(r->out, BURST_INDENT);
		out_printf(r->out, "undated: %" PRIu64 "\n", s->undated);
	}
}

static void put_series(struct render *r, const struct report_trend *t,
		       const struct trend_series *s, size_t label, size_t digits)
{
	size_t used = label + GAP + digits + GAP + PERCENT_COLUMNS + GAP;

	out_pad(r->out, label - layout_line(r->out, name_of(s), label));
	out_printf(r->out, "  %*" PRIu64 "  ", (int)digits, s->total);
	put_percent(r, report_trend_whole_share(t, s));
	out_pad(r->out, GAP);
	marks_line(r, s->counts, t->nperiods, r->width > used ? r->width - used : 1);
	out_putc(r->out, '\n');
	put_remarks(r, t, s);
}

/* "2025-09 to 2026-07 by month; a mark stands for 2 of them" */
static void put_head(struct render *r, const struct report_trend *t, size_t room)
{
	size_t group = marks_group(t->nperiods, room);
	struct layout l;
	struct buf line;

	buf_init(&line, 0);
	buf_printf(&line, "%s to %s by %s", t->periods[0], t->periods[t->nperiods - 1],
		   t->interval);
	if (group > 1)
		buf_printf(&line, "; a mark stands for %zu of them", group);
	layout_init(&l, r->out, r->width, false);
	layout_begin(&l, 0);
	layout_text(&l, STYLE_PLAIN, buf_str(&line));
	layout_end(&l);
	layout_release(&l);
	buf_release(&line);
}

static void put_all(struct render *r, const struct report_trend *t)
{
	size_t label = 0, digits = 1, used;

	for (size_t i = 0; i < t->nseries; i++) {
		const struct trend_series *s = &t->series[i];
		size_t wide = layout_width(name_of(s)), n = digits_of(s->total);

		if (!is_shown(s))
			continue;
		label = wide > label ? wide : label;
		digits = n > digits ? n : digits;
	}
	label = label < r->width / 3 ? label : r->width / 3;
	used = label + GAP + digits + GAP + PERCENT_COLUMNS + GAP;
	put_head(r, t, r->width > used ? r->width - used : 1);
	for (size_t i = 0; i < t->nseries; i++)
		if (is_shown(&t->series[i]))
			put_series(r, t, &t->series[i], label, digits);
}

void term_trend(struct render *r, const void *what)
{
	const struct report_trend *t = ((const struct render_trend *)what)->report;

	if (t->nperiods == 0)
		out_puts(r->out, "no article with a date\n");
	else if (t->nseries == 1)
		put_periods(r, t, &t->series[0]);
	else
		put_all(r, t);
}
