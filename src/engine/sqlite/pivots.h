/* Counting what has a value of one field and one of another, in the collector's pass.
 */
#ifndef ENGINE_SQLITE_PIVOTS_H
#define ENGINE_SQLITE_PIVOTS_H

#include "engine/sqlite/facets.h"

struct pivot_slot {
	int64_t row, column; /* values, or FACET_NONE */
	uint64_t count;      /* 0: free */
};

/* The values of one row or take in one field, each once. */
struct pivot_values {
	int64_t *v;
	size_t n, cap;
};

struct pivot_counter {
	struct facet_counter rows, columns;
	struct pivot_slot *slots; /* open addressing */
	size_t nslots, n;
	struct once seen;                /* by story: at pairs of values */
	struct pivot_values row, column; /* of what is being counted */
};

/* PDX_E_USAGE where one of ${cross} is no field that has facets, or both are one. */
int pivot_init(struct pivot_counter *p, const struct pdx_cross *cross,
	       struct pdx_err *err);
void pivot_release(struct pivot_counter *p);

bool pivot_needs_lists(const struct pivot_counter *p, const struct docval *doc);

int pivot_count(struct pivot_counter *p, const struct counted *what,
		struct pdx_err *err);

/* What was counted, in ${arena}. */
int pivot_finish(struct pdx_pivot *out, struct pivot_counter *p, struct names *names,
		 struct arena *arena, struct pdx_err *err);

#endif
