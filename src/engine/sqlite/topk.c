/* The top k.  Knows the sort keys; nothing of rows or queries. */
#include "engine/sqlite/topk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Beyond this many the heap grows as it fills: --limit may be anything, and the heaps
 * of stories and groups are many and small. */
#define FIRST_ROOM 64

static const struct pdx_sort by_relevance = { PDX_SORT_RELEVANCE, false };

void topk_init(struct topk *t, size_t k, const struct pdx_sort *sort, size_t nsort)
{
	memset(t, 0, sizeof(*t));
	t->k = k;
	t->sort = nsort ? sort : &by_relevance;
	t->nsort = nsort ? nsort : 1;
}

void topk_release(struct topk *t)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		free(t->v[i].title);
	free(t->v);
	memset(t, 0, sizeof(*t));
}

/* Negative where a comes first. */
static int descending(double a, double b)
{
	return (a < b) - (a > b);
}

/* None last, whichever way the others run: what is missing is never what was sought. */
static int with_missing(bool a, bool b)
{
	return (int)a - (int)b;
}

static int compare_dates(const struct candidate *a, const struct candidate *b,
			 bool reverse)
{
	bool a_none = a->date == PDX_NO_DATE, b_none = b->date == PDX_NO_DATE;

	if (a_none || b_none)
		return with_missing(a_none, b_none);
	return reverse ? descending(b->date, a->date) : descending(a->date, b->date);
}

static int compare_ranks(uint32_t a, uint32_t b, bool reverse)
{
	if (a == UINT32_MAX || b == UINT32_MAX)
		return with_missing(a == UINT32_MAX, b == UINT32_MAX);
	return reverse ? descending(a, b) : descending(b, a);
}

static int compare_key(const struct candidate *a, const struct candidate *b,
		       const struct pdx_sort *sort)
{
	int order = 0;

	switch (sort->key) {
	case PDX_SORT_RELEVANCE:
		order = descending(a->clauses, b->clauses);
		if (order == 0)
			order = descending(a->score, b->score);
		break;
	case PDX_SORT_DATE:
		return compare_dates(a, b, sort->reverse);
	case PDX_SORT_COMPANY:
		return compare_ranks(a->company, b->company, sort->reverse);
	case PDX_SORT_CATEGORY:
		return compare_ranks(a->category, b->category, sort->reverse);
	case PDX_SORT_TITLE:
		order = strcmp(a->title, b->title);
		break;
	case PDX_SORT_ADDED:
		order = descending(a->added, b->added);
		break;
	}
	return sort->reverse ? -order : order;
}

int topk_compare(const struct topk *t, const struct candidate *a,
		 const struct candidate *b)
{
	size_t i;
	int order;

	for (i = 0; i < t->nsort; i++) {
		order = compare_key(a, b, &t->sort[i]);
		if (order)
			return order;
	}
	order = compare_dates(a, b, false);
	return order ? order : (a->key > b->key) - (a->key < b->key);
}

bool topk_wants(const struct topk *t, const struct candidate *c)
{
	return t->n < t->k || (t->k && topk_compare(t, c, &t->v[0]) < 0);
}

static void swap(struct candidate *a, struct candidate *b)
{
	struct candidate c = *a;

	*a = *b;
	*b = c;
}

static void sift_down(struct topk *t, size_t at, size_t n)
{
	for (;;) {
		size_t worst = at, child = 2 * at + 1, last = child + 1;

		for (; child <= last && child < n; child++)
			if (topk_compare(t, &t->v[child], &t->v[worst]) > 0)
				worst = child;
		if (worst == at)
			return;
		swap(&t->v[at], &t->v[worst]);
		at = worst;
	}
}

static void sift_up(struct topk *t, size_t at)
{
	while (at && topk_compare(t, &t->v[at], &t->v[(at - 1) / 2]) > 0) {
		swap(&t->v[at], &t->v[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
}

int topk_add(struct topk *t, const struct candidate *c, struct pdx_err *err)
{
	if (t->n == t->k) {
		free(t->v[0].title);
		t->v[0] = *c;
		sift_down(t, 0, t->n);
		return 0;
	}
	if (!mem_grow(&t->v, &t->cap, t->n || t->k < FIRST_ROOM ? t->n + 1 : FIRST_ROOM,
		      sizeof(*t->v)))
		return err_nomem(err);
	t->v[t->n] = *c;
	sift_up(t, t->n++);
	return 0;
}

int topk_merge(struct topk *t, struct topk *from, struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < from->n && !status; i++) {
		if (!topk_wants(t, &from->v[i]))
			continue;
		status = topk_add(t, &from->v[i], err);
		if (!status)
			from->v[i].title = NULL;
	}
	return status;
}

void topk_finish(struct topk *t)
{
	size_t n;

	for (n = t->n; n > 1; n--) {
		swap(&t->v[0], &t->v[n - 1]);
		sift_down(t, 0, n - 1);
	}
}
