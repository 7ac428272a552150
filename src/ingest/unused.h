/* Keys of an input that mean nothing here, and how many records have each. */
#ifndef INGEST_UNUSED_H
#define INGEST_UNUSED_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct unused_key {
	char *name;
	uint64_t records; /* that have it */
	uint64_t last;    /* number of the last of them */
};

/* A zeroed struct has seen none. */
struct unused_keys {
	struct unused_key *v;
	size_t n, cap;
	uint64_t more; /* keys that were too many to count */
};

void unused_release(struct unused_keys *keys); /* accepts a zeroed struct */

/* Count ${name} once for record number ${record}.  Returns 0 or PDX_E_NOMEM. */
int unused_count(struct unused_keys *keys, const char *name, uint64_t record);

/* Append "author (1 record), topics (39 records), and more". */
void unused_list(struct buf *out, const struct unused_keys *keys);

#endif
