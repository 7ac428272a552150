/*
 * Trends: how often something was found in each period, over time without gaps, beside
 * what the archive has of that period, with its bursts.  Numbers and texts, no output.
 */
#ifndef REPORT_TREND_H
#define REPORT_TREND_H

#include "base/arena.h"
#include "paneldex.h"
#include "report/bursts.h"

#define TREND_TOP 5        /* series of a field where nobody says how many */
#define TREND_PERIODS 4000 /* more are no trend: PDX_E_USAGE */

struct trend_request {
	const char *interval; /* field name: day, week, month, quarter, year */
	/* NULL: a series for each query; else a field, for whose values there are. */
	const char *by;
	size_t top;          /* values of ${by}; 0: TREND_TOP */
	int32_t first, last; /* days to reach from and to; PDX_NO_DATE: what is found */
};

/*
 * What the trend is made of.  Each is a search of one index with facet_values of
 * SIZE_MAX and the facet ${interval}; where ${by} is given there is one, with the pivot
 * ${by} by ${interval}.
 */
struct trend_source {
	const char *query; /* its text, which is kept */
	const struct pdx_result *result;
};

enum trend_kind {
	TREND_QUERY,  /* what a query finds */
	TREND_VALUE,  /* of that, what has the value */
	TREND_OTHER,  /* the sum of the values that have no series */
	TREND_MISSING /* what has no value */
};

struct trend_series {
	enum trend_kind kind;
	const char *name;       /* query or value; NULL for the others */
	const uint64_t *counts; /* articles in each period */
	uint64_t total;         /* their sum */
	uint64_t undated;       /* articles without a date, beside them */
	const struct burst *bursts;
	size_t nbursts;
};

struct report_trend {
	const char *interval, *by;
	const char *const *periods; /* as a query says them; in order, none left out */
	const int32_t *days;        /* the first day of each */
	size_t nperiods;
	const uint64_t *archive; /* articles of the index in each period */
	/*
	 * The queries; or the query, its values, the most frequent first, the others
	 * and those without.
	 */
	const struct trend_series *series;
	size_t nseries;
};

/*
 * ${archive} is the search for everything in the index.  *out is in ${arena}; names
 * stay those of the results.
 */
int report_trend_make(struct report_trend *out, struct arena *arena,
		      const struct trend_source *sources, size_t n,
		      const struct pdx_result *archive,
		      const struct trend_request *request, struct pdx_err *err);

/* The share of the archive that ${series} has in period ${i}; 0 where both are 0. */
double report_trend_share(const struct report_trend *trend,
			  const struct trend_series *series, size_t i);

/* The same over all periods. */
double report_trend_whole_share(const struct report_trend *trend,
				const struct trend_series *series);

#endif
