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

static void draw_bar(struct out *out, uint64_t bytes, uint64_t total)
{
	double part = bytes < total ? (double)bytes / (double)total : 1;
	size_t full = (size_t)(part * BAR);

	out_putc(out, '[');
	for (size_t i = 0; i < BAR; i++)
		out_putc(out, i < full ? '#' : '.');
	out_printf(out, "] %3.0f%%  ", part * 100);
}

void progress_update(struct progress *p, uint64_t articles, uint64_t bytes,
		     uint64_t total)
{
	double t = p->active ? now() : 0;
	double seconds = t - p->start;

	if (!p->active || t - p->last < INTERVAL)
		return;
	p->last = t;
	p->drawn = true;
	out_puts(p->out, TERMINAL_CLEAR_LINE);
	if (total)
		draw_bar(p->out, bytes, total);
	out_printf(p->out, "%" PRIu64 " articles, %.0f/s, %.1f MB/s", articles,
		   (double)articles / seconds, (double)bytes / 1e6 / seconds);
	out_flush(p->out, NULL);
}

void progress_clear(struct progress *p)
{
	if (!p->drawn)
		return;
	out_puts(p->out, TERMINAL_CLEAR_LINE);
	out_flush(p->out, NULL);
	p->drawn = false;
}
