/*
 * Facets and pivots as a reader wants them: the values worth showing in their order,
 * periods in time with those between that have nothing, and what is left over, so that
 * sums can be checked.  Numbers and texts, no output.
 */
#ifndef REPORT_FACETS_H
#define REPORT_FACETS_H

#include "base/arena.h"
#include "paneldex.h"

enum facets_order {
	FACETS_USUAL,    /* periods by value, everything else by count */
	FACETS_BY_COUNT, /* the most frequent first; equal ones A to Z */
	FACETS_BY_VALUE  /* A to Z without case and accents; periods in time */
};

#define FACETS_TOP 10 /* values kept of each where nobody says how many */

/*
 * More periods than this are not filled up: those without anything are left out.  It is
 * ten years of days and some.
 */
#define FACETS_PERIODS 4000

/* More cells than this are no table: PDX_E_USAGE asks for fewer values. */
#define FACETS_CELLS ((size_t)4 << 20)

struct facets_request {
	/*
	 * Values to keep: the most frequent; of periods in time the last ones, those
	 * without anything included.  0: FACETS_TOP, and all periods.
	 */
	size_t top;
	enum facets_order order;
	/* Days that periods in time reach from and to at least; PDX_NO_DATE: as far as
	 * there is something. */
	int32_t first, last;
	enum pdx_count_by count_by; /* as in the search; stories: it collapsed too */
};

struct report_facet {
	const char *field;
	bool is_period;
	bool has_gaps; /* in time, but not filled up: there would be too many */
	const struct pdx_facet_value *values;
	size_t nvalues;
	size_t nothers;   /* values that are not kept and have something */
	uint64_t other;   /* sum of their counts */
	uint64_t missing; /* articles, takes or stories without a value */
	uint64_t total;   /* articles, takes or stories that were looked at */
};

/*
 * Two facets crossed.  A line of ${cells} for each value of the rows, one for the
 * others and one for those without; in each a number for each value of the columns, for
 * the others and for those without: see report_pivot_cell().  What stands for the
 * others is a sum like report_facet.other.
 */
struct report_pivot {
	struct report_facet rows, columns; /* with the totals of each line */
	const uint64_t *cells;
	uint64_t most; /* the greatest cell of two values that are kept */
};

struct report_facets {
	uint64_t total; /* articles that match */
	enum pdx_count_by count_by;
	uint64_t counted; /* of what was counted: articles, takes or stories */
	const struct report_facet *facets;
	size_t nfacets;
	const struct report_pivot *pivots;
	size_t npivots;
};

/*
 * What ${result}, a search with facet_values of SIZE_MAX, counted.  *out is in
 * ${arena}; names of fields and values stay the result's.  Ordered by value, a text
 * facet has its most frequent values.
 */
int report_facets_make(struct report_facets *out, struct arena *arena,
		       const struct pdx_result *result,
		       const struct facets_request *request, struct pdx_err *err);

/*
 * Row ${row} and column ${column}, where nvalues stands for the others and nvalues + 1
 * for those without a value.
 */
uint64_t report_pivot_cell(const struct report_pivot *pivot, size_t row, size_t column);

#endif
