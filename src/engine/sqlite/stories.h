/*
 * Stories: articles that are near-copies of each other (text/sketch.h), by their title,
 * summary and body.  A story is a set of articles of which each is a near-copy of
 * another: the connected components, whatever the order of ingest.
 *
 * An article gets the number of the story of one of its near-copies and keeps it; where
 * it is a near-copy in several, a link says that they are one since that article.  So a
 * later article never changes what stories older articles were in, which pages that
 * were begun before depend on.
 *
 * Near-copies are looked up by the bands of their sketches, at most
 * STORY_CANDIDATES rows of each, the oldest: what is put costs the same however large
 * the index and however often a text is in it.  Beyond these, which takes so many
 * copies of a text, the order may decide whether a variant joins them.  An article that
 * changes leaves its story and what it linked; those that came to it by that article
 * alone stay with each other.
 */
#ifndef ENGINE_SQLITE_STORIES_H
#define ENGINE_SQLITE_STORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "text/sketch.h"

struct store;

enum { STORY_CANDIDATES = 32 };

/* A near-copy. */
struct story_match {
	int64_t row;
	uint32_t story; /* 0: none so far */
};

struct story_matches {
	struct story_match v[SKETCH_BANDS * STORY_CANDIDATES]; /* by row */
	size_t n;
	bool cut; /* a band is that of more rows than were looked at */
};

/* The near-copies of the text that ${sketch} is of, but for ${row}. */
int stories_find(struct story_matches *out, struct store *s,
		 const struct sketch *sketch, int64_t row, struct pdx_err *err);

/* Put article ${row}, that ${sketch} is of: *story is what it belongs to, or 0. */
int stories_join(uint32_t *story, struct store *s, const struct sketch *sketch,
		 int64_t row, struct pdx_err *err);

/* Take out article ${row}, that ${sketch} is of. */
int stories_leave(struct store *s, const struct sketch *sketch, int64_t row,
		  struct pdx_err *err);

/* Which stories are one. */
struct story_roots {
	uint32_t *parent; /* by number; 0: itself.  NULL: no two are one */
	size_t n;
};

/* As the articles up to ${last_row} link them, in ${arena}. */
int stories_roots(struct story_roots *out, struct store *s, int64_t last_row,
		  struct arena *arena, struct pdx_err *err);

/* The number that stands for ${story} and all that are one with it; 0 for 0. */
uint32_t story_root(const struct story_roots *roots, uint32_t story);

#endif
