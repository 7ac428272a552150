/*
 * Charts as inline SVG for a page of HTML: drawn with classes of the page's style
 * sheet, named for readers who do not see them, with their numbers in a table beside
 * them. Numbers are written with one decimal, whatever the locale: the same bytes for
 * the same values.
 */
#ifndef RENDER_SVG_H
#define RENDER_SVG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/out.h"

/* As many lines are told apart, and strips seen at once; the table has all. */
#define CHART_SERIES 6
#define CHART_STRIPS 20

struct chart_series {
	const char *name;
	const double *values; /* one for each label */
};

struct chart {
	const char *id;    /* unique in the page: what parts are called by begins so */
	const char *title; /* "By month" */
	const char *desc;  /* what there is to see, in a sentence */
	const char *axis;  /* of labels: "month" */
	const char *unit;  /* of values: "articles" */
	bool percent;      /* values are: one decimal, and the sign */
	const char *const *labels;
	size_t nlabels;
	const struct chart_series *series;
	size_t nseries;
	size_t ndrawn; /* strips: the first series; the others are sums of more */
	size_t nrest;  /* of the labels: the last ones, which are no values */
	/* Of columns: which stand out, and what these are; NULL: none do. */
	const bool *marked;
	const char *mark;
};

/* Each is a <figure> with its numbers. */
void chart_bars(struct out *out, const struct chart *c);    /* of series 0, lying */
void chart_columns(struct out *out, const struct chart *c); /* of series 0, over time */
void chart_lines(struct out *out, const struct chart *c);   /* of all, over time */
/* Likewise, on one scale, a series below the other: what is rare stays readable. */
void chart_strips(struct out *out, const struct chart *c);

struct chart_heat {
	const char *id, *title, *desc;
	const char *row_axis, *column_axis; /* "company", "category" */
	const char *const *rows;
	const char *const *columns;
	size_t nrows, ncolumns;
	const uint64_t *cells; /* row by row */
	const uint64_t *row_totals, *column_totals;
	uint64_t total;
};

void chart_heat(struct out *out, const struct chart_heat *h);

#endif
