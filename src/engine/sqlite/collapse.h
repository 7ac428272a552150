/*
 * Hits of one story as one: of each story that matches, how many of its articles do and
 * the best of them.  Those are offered when all are seen, so that which hit stands for
 * a story does not depend on where a page begins.
 */
#ifndef ENGINE_SQLITE_COLLAPSE_H
#define ENGINE_SQLITE_COLLAPSE_H

#include "engine/sqlite/stories.h"
#include "engine/sqlite/topk.h"
#include "paneldex.h"

/* Where hits are not grouped: the group of all; no value of a facet. */
#define COLLAPSE_ALL INT64_MAX

/* The articles of a story among the matches, or those of a group. */
struct collapse_entry {
	int64_t value; /* of the group, as facets have it; or COLLAPSE_ALL */
	uint32_t story;
	uint64_t count;
	int64_t last_row;
	struct topk best; /* in order once the pass is over; the first has no title */
};

struct collapser {
	struct story_roots roots;
	const struct pdx_sort *sort;
	size_t nsort;
	struct collapse_entry **slots; /* open addressing */
	size_t nslots, n;
	uint64_t stories; /* that match; an article that is alone is one */
};

/* ${sort} is kept. */
void collapser_init(struct collapser *c, const struct story_roots *roots,
		    const struct pdx_sort *sort, size_t nsort);
void collapser_release(struct collapser *c);

/* The entry of ${story} in group ${value}, made where there is none; NULL: no memory.
 */
struct collapse_entry *collapser_get(struct collapser *c, int64_t value,
				     uint32_t story);

/* The same, which is there. */
const struct collapse_entry *collapser_find(const struct collapser *c, int64_t value,
					    uint32_t story);

/* Offer a copy of ${candidate}, an article of the entry, once a row. */
int collapse_offer(struct collapse_entry *e, const struct candidate *candidate,
		   struct pdx_err *err);

#endif
