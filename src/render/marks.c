/*
 * Bars and sparklines: block characters where they are shown (struct render, blocks),
 * else ASCII.
 */
#include "render/marks.h"

#define LEVELS 8

/* Lower one eighth block to full block; in ASCII more ink is more. */
static const char *const blocks[LEVELS] = {
	"\xE2\x96\x81", "\xE2\x96\x82", "\xE2\x96\x83", "\xE2\x96\x84",
	"\xE2\x96\x85", "\xE2\x96\x86", "\xE2\x96\x87", "\xE2\x96\x88",
};
static const char *const ink[LEVELS] = { "_", ".", ":", "-", "=", "+", "*", "#" };

void marks_bar(struct render *r, uint64_t n, uint64_t most, size_t columns)
{
	double share = most ? (double)n / (double)most : 0;
	size_t wide = (size_t)(share * (double)columns + 0.5);

	if (n && !wide)
		wide = 1;
	for (size_t i = 0; i < wide && i < columns; i++)
		out_puts(r->out, r->blocks ? blocks[LEVELS - 1] : ink[LEVELS - 1]);
}

size_t marks_group(size_t n, size_t columns)
{
	return columns && n > columns ? (n + columns - 1) / columns : 1;
}

static uint64_t sum(const uint64_t *counts, size_t n, size_t from, size_t group)
{
	uint64_t all = 0;

	for (size_t i = from; i < n && i < from + group; i++)
		all += counts[i];
	return all;
}

/* Nothing is the lowest mark and anything is higher. */
static size_t level_of(uint64_t n, uint64_t most)
{
	if (!n)
		return 0;
	return 1 + (size_t)((double)n / (double)most * (LEVELS - 2) + 0.5);
}

void marks_line(struct render *r, const uint64_t *counts, size_t n, size_t columns)
{
	size_t group = marks_group(n, columns);
	uint64_t most = 0;

	for (size_t i = 0; i < n; i += group) {
		uint64_t all = sum(counts, n, i, group);

		most = all > most ? all : most;
	}
	for (size_t i = 0; i < n; i += group) {
		size_t level = level_of(sum(counts, n, i, group), most);

		out_puts(r->out, r->blocks ? blocks[level] : ink[level]);
	}
}
