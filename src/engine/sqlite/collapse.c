/* The best of each story.  Knows numbers and candidates; neither rows nor sketches. */
#include "engine/sqlite/collapse.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 64

void collapser_init(struct collapser *c, const struct story_roots *roots,
		    const struct pdx_sort *sort, size_t nsort)
{
	memset(c, 0, sizeof(*c));
	c->roots = *roots;
	c->sort = sort;
	c->nsort = nsort;
}

void collapser_release(struct collapser *c)
{
	size_t i;

	for (i = 0; i < c->nslots; i++) {
		if (c->slots[i])
			topk_release(&c->slots[i]->best);
		free(c->slots[i]);
	}
	free(c->slots);
	memset(c, 0, sizeof(*c));
}

static struct collapse_entry **slot_of(struct collapse_entry **slots, size_t nslots,
				       int64_t value, uint32_t story)
{
	uint64_t key = (uint64_t)value * 0x9E3779B97F4A7C15u ^
		       (uint64_t)story * 0xbf58476d1ce4e5b9u;
	size_t at = (size_t)(key >> 32) & (nslots - 1);

	while (slots[at] && (slots[at]->story != story || slots[at]->value != value))
		at = (at + 1) & (nslots - 1);
	return &slots[at];
}

static bool grow(struct collapser *c)
{
	size_t nslots = c->nslots ? c->nslots * 2 : FIRST_SLOTS, i;
	struct collapse_entry **slots;

	if (c->n * 2 < c->nslots)
		return true;
	slots = calloc(nslots, sizeof(*slots));
	if (!slots)
		return false;
	for (i = 0; i < c->nslots; i++)
		if (c->slots[i])
			*slot_of(slots, nslots, c->slots[i]->value,
				 c->slots[i]->story) = c->slots[i];
	free(c->slots);
	c->slots = slots;
	c->nslots = nslots;
	return true;
}

struct collapse_entry *collapser_get(struct collapser *c, int64_t value, uint32_t story)
{
	struct collapse_entry **slot, *e;

	if (!grow(c))
		return NULL;
	slot = slot_of(c->slots, c->nslots, value, story);
	if (*slot)
		return *slot;
	e = calloc(1, sizeof(*e));
	if (!e)
		return NULL;
	e->value = value;
	e->story = story;
	topk_init(&e->best, 1 + PDX_CLUSTER_IDS, c->sort, c->nsort);
	*slot = e;
	c->n++;
	return e;
}

const struct collapse_entry *collapser_find(const struct collapser *c, int64_t value,
					    uint32_t story)
{
	return *slot_of(c->slots, c->nslots, value, story);
}

int collapse_offer(struct collapse_entry *e, const struct candidate *candidate,
		   struct pdx_err *err)
{
	struct candidate copy = *candidate;
	int status;

	if (e->count && e->last_row == copy.row)
		return 0;
	e->count++;
	e->last_row = copy.row;
	if (!topk_wants(&e->best, &copy))
		return 0;
	if (copy.title && !(copy.title = strdup(copy.title)))
		return err_nomem(err);
	status = topk_add(&e->best, &copy, err);
	if (status)
		free(copy.title);
	return status;
}
