/* Counting the values of fields over the matches, in the pass that finds them. */
#ifndef ENGINE_SQLITE_FACETS_H
#define ENGINE_SQLITE_FACETS_H

#include <stdbool.h>

#include "engine/sqlite/docvals.h"
#include "engine/sqlite/names.h"
#include "engine/sqlite/once.h"
#include "paneldex.h"

/* A row as it is counted. */
struct counted {
	int64_t row;
	const struct docval *doc;
	const struct docval_lists *lists; /* may be NULL where nobody needs them */
	bool by_take;
	uint64_t weight;   /* 1; by take: how many of its takes count */
	const bool *takes; /* by take: which ones; NULL: all */
	uint32_t story;    /* by story: the one it is in; 0: it counts by itself */
};

struct facet_slot {
	int64_t value; /* dictionary id, or number of a period */
	uint64_t count;
	int64_t last_row; /* counted last: an article counts once for a value */
};

#define FACET_DENSE 4096   /* ids that need no hash: a usual dictionary is smaller */
#define FACET_PERIODS 4096 /* days whose period is remembered: eleven years of them */

/* The period that a day was found to be in. */
struct facet_period {
	int32_t date;   /* PDX_NO_DATE: none yet */
	int32_t period; /* of every unit they are fewer than 2^31 */
};

struct facet_counter {
	const struct field *field;
	enum name_kind kind;      /* NAME_KINDS for a period */
	enum period_unit unit;    /* of a period */
	struct facet_slot *dense; /* by value, of those below FACET_DENSE; or NULL */
	struct facet_slot *slots; /* of the others: open addressing; count 0: free */
	size_t nslots, nhashed;
	size_t n;                     /* values, of both */
	struct facet_period *periods; /* by date modulo FACET_PERIODS; or NULL */
	uint64_t missing, total;
	struct once seen; /* by story */
};

/* PDX_E_USAGE where ${name} is no field that has facets. */
int facet_init(struct facet_counter *f, const char *name, struct pdx_err *err);
void facet_release(struct facet_counter *f);

/* The field whose filters choose among the values of ${field}: of periods the date. */
enum field_id facet_filter_field(const struct field *field);

/* Whether the lists of an article are needed to count ${doc}. */
bool facet_needs_lists(const struct facet_counter *f, const struct docval *doc);

/* Whether it is the takes that have the field, each its own value. */
bool facet_is_of_takes(const struct facet_counter *f);

/* Count a row. */
int facet_count(struct facet_counter *f, const struct counted *what,
		struct pdx_err *err);

/* Rows of one chunk of doc values, which count as articles. */
struct counted_chunk {
	struct docvals_reader *docvals;
	int64_t chunk;
	const unsigned char *fixed; /* docvals_chunk() */
	const uint8_t *slots;       /* of the rows that count, ascending */
	size_t n;
};

/* Count them: as facet_count() does one after another. */
int facet_count_chunk(struct facet_counter *f, const struct counted_chunk *what,
		      struct pdx_err *err);

/* Count what ${from}, of the same field, has counted of other articles. */
int facet_merge(struct facet_counter *f, const struct facet_counter *from,
		struct pdx_err *err);

/* For facets_chunk.c. */
struct facet_slot *facet_slot_get(struct facet_counter *f, int64_t value);
int64_t facet_period_at(const struct facet_counter *f, int32_t date);

#define FACET_NONE INT64_MIN /* what stands for having no value */
#define FACET_ALL INT64_MAX  /* what stands for being counted at all */

/* Call ${each} for the values of ${doc}, some twice; *any: there was one.  A failure of
 * ${each} ends it and is returned. */
int facet_values(bool *any, const struct facet_counter *f, const struct docval *doc,
		 const struct docval_lists *lists,
		 int (*each)(void *ctx, int64_t value, struct pdx_err *err), void *ctx,
		 struct pdx_err *err);

/* The value of a take, of a field that takes have; 0: it has none. */
uint32_t facet_take_value(const struct facet_counter *f,
			  const struct docval_take *take);

/* What ${value} is called, in ${arena}; NULL for FACET_NONE. */
int facet_value_text(const char **out, const struct facet_counter *f,
		     struct names *names, int64_t value, struct arena *arena,
		     struct pdx_err *err);

/*
 * The ${top} most frequent values, in ${arena}.  Where ${values} is not NULL it gets
 * the numbers of the values in the same order.
 */
int facet_finish(struct pdx_facet *out, const int64_t **values, struct facet_counter *f,
		 struct names *names, size_t top, struct arena *arena,
		 struct pdx_err *err);

#endif
