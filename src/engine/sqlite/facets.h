/* Counting the values of fields over the matches, in the pass that finds them. */
#ifndef ENGINE_SQLITE_FACETS_H
#define ENGINE_SQLITE_FACETS_H

#include <stdbool.h>

#include "engine/sqlite/docvals.h"
#include "engine/sqlite/names.h"
#include "paneldex.h"

struct facet_slot {
	int64_t value; /* dictionary id, or number of a period */
	uint64_t count;
	int64_t last_row; /* counted last: an article counts once for a value */
};

struct facet_counter {
	const struct field *field;
	enum name_kind kind;      /* NAME_KINDS for a period */
	struct facet_slot *slots; /* open addressing; count 0: free */
	size_t nslots, n;
	uint64_t missing;
};

/* PDX_E_USAGE where ${name} is no field that has facets. */
int facet_init(struct facet_counter *f, const char *name, struct pdx_err *err);
void facet_release(struct facet_counter *f);

/* Whether the lists of an article are needed to count ${doc}. */
bool facet_needs_lists(const struct facet_counter *f, const struct docval *doc);

/* Count article ${row}; ${lists} may be NULL where they are not needed. */
int facet_count(struct facet_counter *f, int64_t row, const struct docval *doc,
		const struct docval_lists *lists, struct pdx_err *err);

#define FACET_NONE INT64_MIN /* what stands for having no value */

/* Call ${each} for the values of ${doc} in ${field}, some twice; *any: there was one.
 * A failure of ${each} ends it and is returned. */
int facet_values(bool *any, enum field_id field, const struct docval *doc,
		 const struct docval_lists *lists,
		 int (*each)(void *ctx, int64_t value, struct pdx_err *err), void *ctx,
		 struct pdx_err *err);

/* What ${value} is called, in ${arena}; NULL for FACET_NONE. */
int facet_value_text(const char **out, const struct facet_counter *f,
		     struct names *names, int64_t value, struct arena *arena,
		     struct pdx_err *err);

/* The ${top} most frequent values, in ${arena}. */
int facet_finish(struct pdx_facet *out, struct facet_counter *f, struct names *names,
		 size_t top, struct arena *arena, struct pdx_err *err);

#endif
