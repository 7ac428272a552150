/*
 * The progress bar.  Knows a clock and a terminal; what is being done is the caller's.
 */
#include "render/progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "render/terminal.h"

#define INTERVAL 0.1 /* seconds between two drawings: smooth, and no load */
#define BAR 24       /* columns */
#define SETTLED 1.0  /* seconds after which a rate is one */
#define MOST_LEFT (99 * 3600.0)

static double now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
		return 0;
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_init(struct progress *p, struct out *out, bool wanted)
{
	*p = (struct progress){ .out = out, .start = now() };
	p->active = wanted && terminal_is_able(out->file);
	p->last = p->start;
}

double progress_seconds(const struct progress *p)
{
	return now() - p->start;
}

static double part_of(const struct progress_state *s)
{
	return s->bytes < s->total ? (double)s->bytes / (double)s->total : 1;
}

static void put_bar(struct buf *out, double part)
{
	size_t full = (size_t)(part * BAR);

	buf_putc(out, '[');
	for (size_t i = 0; i < BAR; i++)
		buf_putc(out, i < full ? '#' : '.');
	buf_puts(out, "] ");
}

static void put_rates(struct buf *out, const struct progress_state *s)
{
	buf_printf(out, "%" PRIu64 " articles, %.0f/s, %.1f MB/s", s->articles,
		   (double)s->articles / s->seconds,
		   (double)s->bytes / 1e6 / s->seconds);
}

/* At the rate so far, ", 1:02:03 left" or ", 2:03 left", or nothing. */
static void put_left(struct buf *out, const struct progress_state *s)
{
	double left;
	int whole;

	if (s->bytes >= s->total || !s->bytes || s->seconds < SETTLED)
		return;
	left = s->seconds * (double)(s->total - s->bytes) / (double)s->bytes;
	if (left > MOST_LEFT)
		return;
	whole = (int)left;
	if (whole >= 3600)
		buf_printf(out, ", %d:%02d", whole / 3600, whole / 60 % 60);
	else
		buf_printf(out, ", %d", whole / 60);
	buf_printf(out, ":%02d left", whole % 60);
}

void progress_line(struct buf *out, const struct progress_state *s, size_t width)
{
	size_t start = out->len;
	enum { WITH_BAR, WITH_RATES, SHORT } how = s->total ? WITH_BAR : WITH_RATES;

	for (;; how++) {
		buf_truncate(out, start);
		if (how == WITH_BAR)
			put_bar(out, part_of(s));
		if (s->total)
			buf_printf(out, "%3.0f%%  ", part_of(s) * 100);
		if (how == SHORT)
			buf_printf(out, "%" PRIu64 " articles", s->articles);
		else
			put_rates(out, s);
		put_left(out, s);
		if (out->len - start <= width || how == SHORT)
			break;
	}
}

/* Whether it is time to draw. */
static bool is_due(struct progress *p)
{
	double t = p->active ? now() : 0;

	if (!p->active || t - p->last < INTERVAL)
		return false;
	p->last = t;
	return true;
}

static void draw(struct progress *p, struct buf *line)
{
	p->drawn = true;
	out_puts(p->out, TERMINAL_CLEAR_LINE);
	out_puts(p->out, buf_str(line));
	out_flush(p->out, NULL);
	buf_release(line);
}

/* The last column stays free: some terminals go to the next line there. */
static size_t width_of(const struct progress *p)
{
	return terminal_width(p->out->file) - 1;
}

void progress_part(struct progress *p, const char *what, double part)
{
	struct buf line;

	if (!is_due(p))
		return;
	buf_init(&line, 0);
	if (BAR + sizeof("[]  100%  ") + strlen(what) <= width_of(p))
		put_bar(&line, part);
	buf_printf(&line, "%3.0f%%  %s", part * 100, what);
	draw(p, &line);
}

void progress_update(struct progress *p, uint64_t articles, uint64_t bytes,
		     uint64_t total)
{
	struct progress_state s = { articles, bytes, total, 0 };
	struct buf line;

	if (!is_due(p))
		return;
	s.seconds = p->last - p->start;
	buf_init(&line, 0);
	progress_line(&line, &s, width_of(p));
	draw(p, &line);
}

void progress_clear(struct progress *p)
{
	if (!p->drawn)
		return;
	out_puts(p->out, TERMINAL_CLEAR_LINE);
	out_flush(p->out, NULL);
	p->drawn = false;
}
