/*
 * The best of each group.  Knows values and candidates; how rows match and what values
 * are called is not its matter.
 */
#include "engine/sqlite/groups.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 64

int grouper_init(struct grouper *g, const char *name, size_t size,
		 const struct pdx_sort *sort, size_t nsort, struct pdx_err *err)
{
	memset(g, 0, sizeof(*g));
	g->size = size ? size : 1;
	g->sort = sort;
	g->nsort = nsort;
	return facet_init(&g->field, name, err);
}

void grouper_release(struct grouper *g)
{
	size_t i;

	for (i = 0; i < g->nslots; i++) {
		if (g->slots[i])
			topk_release(&g->slots[i]->best);
		free(g->slots[i]);
	}
	free(g->slots);
	facet_release(&g->field);
	memset(g, 0, sizeof(*g));
}

static struct group **slot_of(struct group **slots, size_t nslots, int64_t value)
{
	size_t at =
		(size_t)((uint64_t)value * 0x9E3779B97F4A7C15u >> 32) & (nslots - 1);

	while (slots[at] && slots[at]->value != value)
		at = (at + 1) & (nslots - 1);
	return &slots[at];
}

static bool grow(struct grouper *g)
{
	size_t nslots = g->nslots ? g->nslots * 2 : FIRST_SLOTS, i;
	struct group **slots;

	if (g->n * 2 < g->nslots)
		return true;
	slots = calloc(nslots, sizeof(*slots));
	if (!slots)
		return false;
	for (i = 0; i < g->nslots; i++)
		if (g->slots[i])
			*slot_of(slots, nslots, g->slots[i]->value) = g->slots[i];
	free(g->slots);
	g->slots = slots;
	g->nslots = nslots;
	return true;
}

static struct group *group_get(struct grouper *g, int64_t value)
{
	struct group **slot;

	if (!grow(g))
		return NULL;
	slot = slot_of(g->slots, g->nslots, value);
	if (*slot)
		return *slot;
	*slot = calloc(1, sizeof(**slot));
	if (!*slot)
		return NULL;
	(*slot)->value = value;
	topk_init(&(*slot)->best, g->size, g->sort, g->nsort);
	g->n++;
	return *slot;
}

struct offer {
	struct grouper *g;
	const struct candidate *c;
};

static int offer(void *ctx, int64_t value, struct pdx_err *err)
{
	const struct offer *o = ctx;
	struct group *group = group_get(o->g, value);
	struct candidate copy = *o->c;
	int status;

	if (!group)
		return err_nomem(err);
	if (group->count && group->last_row == copy.row)
		return 0;
	group->count++;
	group->last_row = copy.row;
	if (o->g->stories && copy.story) {
		uint32_t entry = collapser_get(o->g->stories, value, copy.story);

		return entry ? collapser_offer(o->g->stories, entry, &copy, true, err)
			     : err_nomem(err);
	}
	if (!topk_wants(&group->best, &copy))
		return 0;
	if (copy.title && !(copy.title = strdup(copy.title)))
		return err_nomem(err);
	status = topk_add(&group->best, &copy, err);
	if (status)
		free(copy.title);
	return status;
}

int grouper_add(struct grouper *g, const struct candidate *c, const struct docval *doc,
		const struct docval_lists *lists, struct pdx_err *err)
{
	struct offer o = { g, c };
	bool any = false;
	int status = facet_values(&any, &g->field, doc, lists, offer, &o, err);

	return status || any ? status : offer(&o, FACET_NONE, err);
}

int grouper_add_story(struct grouper *g, struct collapse_entry *e, struct pdx_err *err)
{
	struct group *group = group_get(g, e->value);
	int status = group ? 0 : err_nomem(err);

	if (status || !topk_wants(&group->best, &e->best))
		return status;
	status = topk_add(&group->best, &e->best, err);
	if (!status)
		e->best.title = NULL;
	return status;
}

/* The same hit may be the best of several groups: then the older value is first. */
static int by_best(const void *a, const void *b)
{
	const struct group *x = *(struct group *const *)a;
	const struct group *y = *(struct group *const *)b;
	int order = topk_compare(&x->best, &x->best.v[0], &y->best.v[0]);

	return order ? order : (x->value > y->value) - (x->value < y->value);
}

void grouper_finish(struct grouper *g)
{
	size_t i, n = 0;

	for (i = 0; i < g->nslots; i++) {
		struct group *group = g->slots[i];

		g->slots[i] = NULL;
		if (!group)
			continue;
		topk_finish(&group->best);
		g->slots[n++] = group;
	}
	if (n)
		qsort(g->slots, n, sizeof(struct group *), by_best);
}
