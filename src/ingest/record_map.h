/*
 * Where the fields of an article are in somebody else's records: "title=/headline/main"
 * (RFC 6901), or "title=Headline" for a key or a column at the top.
 */
#ifndef INGEST_RECORD_MAP_H
#define INGEST_RECORD_MAP_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct record_mapping {
	const char *field; /* a key of vocabulary_article */
	const char *place; /* as it was given, behind the = */
	bool pointer;      /* a JSON pointer, else a key */
};

/* A zeroed struct maps nothing. */
struct record_map {
	struct record_mapping *v;
	size_t n, cap;
};

/*
 * Add ${text}, which is kept.  PDX_E_USAGE with what is wrong with it, and the field
 * that may have been meant as its hint.
 */
int record_map_add(struct record_map *map, const char *text, struct pdx_err *err);
void record_map_release(struct record_map *map); /* accepts a zeroed struct */

/* The value in ${record} that ${mapping} leads to; NULL: there is none. */
json_t *record_map_find(json_t *record, const struct record_mapping *mapping);

/* Whether some place in ${map} leads through key ${name} of a record. */
bool record_map_uses(const struct record_map *map, const char *name);

#endif
