/*
 * Hits of one story as one: of each story that matches, how many of its articles do and
 * the best of them.  Those are offered when all are seen, so that which hit stands for
 * a story does not depend on where a page begins.
 */
#ifndef ENGINE_SQLITE_COLLAPSE_H
#define ENGINE_SQLITE_COLLAPSE_H

#include "engine/sqlite/stories.h"
#include "engine/sqlite/topk.h"

/* Where hits are not grouped: the group of all; no value of a facet. */
#define COLLAPSE_ALL INT64_MAX

/* The articles of a story among the matches, or those of a group. */
struct collapse_entry {
	int64_t value;    /* of the group, as facets have it; or COLLAPSE_ALL */
	int64_t last_row; /* offered last */
	uint64_t count;   /* of articles that were offered */
	uint32_t story;
	uint32_t last; /* of its articles in ${rows}, + 1; 0: none */
	bool ranked;   /* one of them may be shown: ${best} is set */
	struct candidate best;
};

/* One article of a story.  There are as many as matches in stories: small. */
struct collapse_row {
	uint64_t key;
	uint32_t before; /* it in the same entry, + 1; 0: none */
};

struct collapser {
	struct story_roots roots; /* its user's */
	struct topk order;  /* compares; keeps nothing */
	uint32_t *of_story; /* by story: its entry in COLLAPSE_ALL, + 1; 0: none */
	uint32_t most;      /* the highest number of a story */
	uint32_t *slots; /* of groups: open addressing: number of an entry, + 1; 0: free
			  */
	size_t nslots;
	struct collapse_entry *entries;
	size_t n, cap;
	struct collapse_row *rows;
	size_t nrows, rows_cap;
	uint64_t stories; /* that match; an article that is alone is one */
};

/* ${sort} is kept; ${most} is the highest number that a story has. */
int collapser_init(struct collapser *c, uint32_t most, const struct pdx_sort *sort,
		   size_t nsort, struct pdx_err *err);
void collapser_release(struct collapser *c);

/* The number of the entry of ${story}, which is one, in group ${value}, + 1, made where
 * there is none; 0: out of memory. */
uint32_t collapser_get(struct collapser *c, int64_t value, uint32_t story);

/* The entry, which is there. */
const struct collapse_entry *collapser_find(const struct collapser *c, int64_t value,
					    uint32_t story);

/*
 * Offer ${candidate}, an article of entry ${number}, + 1; once a row.  Its title is
 * copied where it is kept.  Not ${ranked}: it is not good enough to be shown, whatever
 * the rest of its story is.
 */
int collapser_offer(struct collapser *c, uint32_t number,
		    const struct candidate *candidate, bool ranked,
		    struct pdx_err *err);

/* Take over what ${from}, of the same list, was offered: articles behind those that
 * ${c} was. */
int collapser_merge(struct collapser *c, struct collapser *from, struct pdx_err *err);

#endif
