/* A set of stories at values.  Knows numbers only. */
#include "engine/sqlite/once.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 256

void once_release(struct once *o)
{
	free(o->slots);
	memset(o, 0, sizeof(*o));
}

static struct once_key *slot_of(struct once_key *slots, size_t nslots,
				const struct once_key *key)
{
	/* The hash of pivots, and the story on top of it. */
	uint64_t mixed = (uint64_t)key->a * 0x9E3779B97F4A7C15u + (uint64_t)key->b;
	size_t at;

	mixed = mixed * 0x9E3779B97F4A7C15u + key->story;
	at = (size_t)(mixed * 0x9E3779B97F4A7C15u >> 32) & (nslots - 1);
	while (slots[at].story && (slots[at].story != key->story ||
				   slots[at].a != key->a || slots[at].b != key->b))
		at = (at + 1) & (nslots - 1);
	return &slots[at];
}

static bool grow(struct once *o)
{
	size_t nslots = o->nslots ? o->nslots * 2 : FIRST_SLOTS, i;
	struct once_key *slots;

	if (o->n * 2 < o->nslots)
		return true;
	slots = calloc(nslots, sizeof(*slots));
	if (!slots)
		return false;
	for (i = 0; i < o->nslots; i++)
		if (o->slots[i].story)
			*slot_of(slots, nslots, &o->slots[i]) = o->slots[i];
	free(o->slots);
	o->slots = slots;
	o->nslots = nslots;
	return true;
}

int once_first(struct once *o, int64_t a, int64_t b, uint32_t story,
	       struct pdx_err *err)
{
	const struct once_key key = { a, b, story };
	struct once_key *slot;

	if (!grow(o))
		return err_nomem(err);
	slot = slot_of(o->slots, o->nslots, &key);
	if (slot->story)
		return 0;
	*slot = key;
	o->n++;
	return 1;
}
