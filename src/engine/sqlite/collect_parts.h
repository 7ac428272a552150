/* What the parts of the collector share: collect.c the pass, collect_rank.c what becomes
 * of a match, sweep.c many rows at once. */
#ifndef ENGINE_SQLITE_COLLECT_PARTS_H
#define ENGINE_SQLITE_COLLECT_PARTS_H

#include "engine/sqlite/collect.h"

/* The place of ${id} in the order of names, last where it has none. */
uint32_t rank_of(const uint32_t *ranks, size_t n, uint32_t id);

/* The number that stands for ${story} and all that are one with it; 0 for 0. */
uint32_t collector_story(struct collector *c, uint32_t story);

/* What the current row scores, its age in it where that counts. */
double collector_score(struct collector *c);

/* The current row is a match that was counted: offer it, of ${score}, as a hit. */
void collector_rank(struct collector *c, double score);

/* All matches were offered: offer those that stand for stories. */
void collector_rank_stories(struct collector *c);

#endif
