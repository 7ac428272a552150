/* Whether a story was counted for a value before: stories count once for each. */
#ifndef ENGINE_SQLITE_ONCE_H
#define ENGINE_SQLITE_ONCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct once_key {
	int64_t a, b;   /* values, of two fields where they are crossed */
	uint32_t story; /* 0: free */
};

/* A zeroed struct has seen none. */
struct once {
	struct once_key *slots; /* open addressing */
	size_t nslots, n;
};

void once_release(struct once *o);

/* 1 where ${story}, not 0, is seen for the first time at the values; else 0. */
int once_first(struct once *o, int64_t a, int64_t b, uint32_t story,
	       struct pdx_err *err);

#endif
