/* The best of each story.  Knows numbers and candidates; neither rows nor sketches. */
#include "engine/sqlite/collapse.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_SLOTS 1024

int collapser_init(struct collapser *c, uint32_t most, const struct pdx_sort *sort,
		   size_t nsort, struct pdx_err *err)
{
	memset(c, 0, sizeof(*c));
	c->most = most;
	topk_init(&c->order, 0, sort, nsort);
	c->of_story = calloc((size_t)most + 1, sizeof(*c->of_story));
	return c->of_story ? 0 : err_nomem(err);
}

void collapser_release(struct collapser *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		free(c->entries[i].best.title);
	free(c->entries);
	free(c->rows);
	free(c->of_story);
	free(c->slots);
	memset(c, 0, sizeof(*c));
}

static uint32_t *slot_of(const struct collapser *c, int64_t value, uint32_t story)
{
	/* Fibonacci hashing, with both numbers on the way. */
	uint64_t mixed = (uint64_t)value * 0x9E3779B97F4A7C15u + story;
	size_t at = (size_t)(mixed * 0x9E3779B97F4A7C15u >> 32) & (c->nslots - 1);

	while (c->slots[at] && (c->entries[c->slots[at] - 1].story != story ||
				c->entries[c->slots[at] - 1].value != value))
		at = (at + 1) & (c->nslots - 1);
	return &c->slots[at];
}

/* Room for another slot of a group. */
static bool grow(struct collapser *c)
{
	size_t i;

	if (c->n * 2 < c->nslots)
		return true;
	free(c->slots);
	c->nslots = c->nslots ? c->nslots * 2 : FIRST_SLOTS;
	c->slots = calloc(c->nslots, sizeof(*c->slots));
	for (i = 0; c->slots && i < c->n; i++)
		if (c->entries[i].value != COLLAPSE_ALL)
			*slot_of(c, c->entries[i].value, c->entries[i].story) =
				(uint32_t)i + 1;
	if (!c->slots)
		c->nslots = 0;
	return c->slots != NULL;
}

uint32_t collapser_get(struct collapser *c, int64_t value, uint32_t story)
{
	uint32_t *slot = &c->of_story[story];

	if (value != COLLAPSE_ALL && !grow(c))
		return 0;
	if (value != COLLAPSE_ALL)
		slot = slot_of(c, value, story);
	if (*slot)
		return *slot;
	if (c->n == c->cap &&
	    !mem_grow(&c->entries, &c->cap, c->n + 1, sizeof(*c->entries)))
		return 0;
	c->entries[c->n] = (struct collapse_entry){ .value = value, .story = story };
	*slot = (uint32_t)++c->n;
	return *slot;
}

const struct collapse_entry *collapser_find(const struct collapser *c, int64_t value,
					    uint32_t story)
{
	uint32_t number =
		value == COLLAPSE_ALL ? c->of_story[story] : *slot_of(c, value, story);

	return &c->entries[number - 1];
}

/* The candidate is the best so far. */
static int keep(struct collapse_entry *e, const struct candidate *candidate,
		struct pdx_err *err)
{
	char *title = candidate->title ? strdup(candidate->title) : NULL;

	if (candidate->title && !title)
		return err_nomem(err);
	free(e->best.title);
	e->best = *candidate;
	e->best.title = title;
	return 0;
}

int collapser_offer(struct collapser *c, uint32_t number,
		    const struct candidate *candidate, bool ranked, struct pdx_err *err)
{
	struct collapse_entry *e = &c->entries[number - 1];

	if (e->count && e->last_row == candidate->row)
		return 0;
	if (c->nrows == c->rows_cap &&
	    !mem_grow(&c->rows, &c->rows_cap, c->nrows + 1, sizeof(*c->rows)))
		return err_nomem(err);
	c->rows[c->nrows++] = (struct collapse_row){ candidate->key, e->last };
	e->last = (uint32_t)c->nrows;
	e->last_row = candidate->row;
	e->count++;
	if (!ranked || (e->ranked && topk_compare(&c->order, candidate, &e->best) > 0))
		return 0;
	e->ranked = true;
	return keep(e, candidate, err);
}

/* Put the rows of ${from} behind those of ${c}; each knows the one before it there. */
static bool append_rows(struct collapser *c, const struct collapser *from)
{
	const uint32_t behind = (uint32_t)c->nrows;
	size_t i;

	if (!mem_grow(&c->rows, &c->rows_cap, c->nrows + from->nrows, sizeof(*c->rows)))
		return false;
	for (i = 0; i < from->nrows; i++) {
		c->rows[c->nrows] = from->rows[i];
		if (c->rows[c->nrows].before)
			c->rows[c->nrows].before += behind;
		c->nrows++;
	}
	return true;
}

/* The rows of an entry that end with ${last} come behind those that ${e} has. */
static void link_rows(struct collapser *c, struct collapse_entry *e, uint32_t last)
{
	uint32_t first = last;

	while (c->rows[first - 1].before)
		first = c->rows[first - 1].before;
	c->rows[first - 1].before = e->last;
	e->last = last;
}

/* ${from}, whose rows stand behind the first ${behind}, is the same story as ${e}. */
static void merge_entry(struct collapser *c, struct collapse_entry *e,
			struct collapse_entry *from, size_t behind)
{
	if (!from->count)
		return;
	link_rows(c, e, from->last + (uint32_t)behind);
	e->count += from->count;
	e->last_row = from->last_row;
	if (!from->ranked ||
	    (e->ranked && topk_compare(&c->order, &from->best, &e->best) > 0))
		return;
	free(e->best.title);
	e->best = from->best;
	e->ranked = true;
	from->best.title = NULL;
}

int collapser_merge(struct collapser *c, struct collapser *from, struct pdx_err *err)
{
	const size_t behind = c->nrows;
	size_t i;

	if (!append_rows(c, from))
		return err_nomem(err);
	c->stories += from->stories;
	for (i = 0; i < from->n; i++) {
		struct collapse_entry *e = &from->entries[i];
		size_t before = c->n;
		uint32_t number = collapser_get(c, e->value, e->story);

		if (!number)
			return err_nomem(err);
		c->stories -= c->n == before; /* both counted it */
		merge_entry(c, &c->entries[number - 1], e, behind);
	}
	return 0;
}
