/* A short list of names, searched in order: there are few of them in any input. */
#include "ingest/unused.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "paneldex.h"

#define MAX_UNUSED 64 /* keys that are counted; further ones only as "more" */

void unused_release(struct unused_keys *keys)
{
	for (size_t i = 0; i < keys->n; i++)
		free(keys->v[i].name);
	free(keys->v);
	*keys = (struct unused_keys){ .v = NULL };
}

static int add(struct unused_keys *keys, const char *name, uint64_t record)
{
	char *copy;

	if (keys->n == MAX_UNUSED) {
		keys->more++;
		return 0;
	}
	if (!mem_grow(&keys->v, &keys->cap, keys->n + 1, sizeof(*keys->v)))
		return PDX_E_NOMEM;
	copy = malloc(strlen(name) + 1);
	if (!copy)
		return PDX_E_NOMEM;
	memcpy(copy, name, strlen(name) + 1);
	keys->v[keys->n++] = (struct unused_key){ copy, 1, record };
	return 0;
}

int unused_count(struct unused_keys *keys, const char *name, uint64_t record)
{
	for (size_t i = 0; i < keys->n; i++) {
		struct unused_key *k = &keys->v[i];

		if (strcmp(k->name, name) != 0)
			continue;
		k->records += k->last != record;
		k->last = record;
		return 0;
	}
	return add(keys, name, record);
}

void unused_list(struct buf *out, const struct unused_keys *keys)
{
	for (size_t i = 0; i < keys->n; i++)
		buf_printf(out, "%s%s (%llu record%s)", i == 0 ? "" : ", ",
			   keys->v[i].name, (unsigned long long)keys->v[i].records,
			   keys->v[i].records == 1 ? "" : "s");
	if (keys->more > 0)
		buf_puts(out, ", and more");
}
