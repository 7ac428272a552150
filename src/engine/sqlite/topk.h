/*
 * The best k of a stream of candidates under the order that was asked for: a heap with
 * the worst of the kept on top.
 */
#ifndef ENGINE_SQLITE_TOPK_H
#define ENGINE_SQLITE_TOPK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "paneldex.h"

struct candidate {
	double score;
	unsigned clauses; /* of a relaxed query: more come first, whatever the score */
	int64_t row;
	uint64_t key;
	int32_t date;
	uint32_t added;
	uint32_t company, category; /* places in the order of names */
	uint32_t story;             /* that stands for it; 0: alone, or nobody asks */
	char *title;                /* folded, on the heap, where titles are sorted */
};

struct topk {
	struct candidate *v;
	size_t n, cap, k;
	const struct pdx_sort *sort;
	size_t nsort;
};

/* ${sort} is kept. */
void topk_init(struct topk *t, size_t k, const struct pdx_sort *sort, size_t nsort);
void topk_release(struct topk *t);

/* Negative where ${a} comes first. */
int topk_compare(const struct topk *t, const struct candidate *a,
		 const struct candidate *b);

/* Whether ${c} would be kept.  The order is total: two articles are never equal. */
bool topk_wants(const struct topk *t, const struct candidate *c);

/* Keep ${c}, which topk_wants(), and its title. */
int topk_add(struct topk *t, const struct candidate *c, struct pdx_err *err);

/* Keep those that ${from} kept and ${t} wants; it has their titles no more. */
int topk_merge(struct topk *t, struct topk *from, struct pdx_err *err);

/* Put the kept in order, the best first; adds no more after that. */
void topk_finish(struct topk *t);

#endif
