/*
 * Memory that is freed all at once: what lives as long as a query lives in its arena.
 * A zeroed struct is an empty arena.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *blocks;
	bool failed; /* an allocation failed since the last reset */
};

void arena_release(struct arena *a);

/* Forget everything, keep one block for the next use. */
void arena_reset(struct arena *a);

/* What comes next, ${size} bytes of it, is to be in a block of that size: for an arena
 * that is to be small.  Where that cannot be, nothing changes. */
void arena_expect(struct arena *a, size_t size);

/* ${size} zeroed bytes, aligned for any object; NULL where memory is out. */
void *arena_alloc(struct arena *a, size_t size);

/* ${n} zeroed elements of ${size} bytes, with the product checked. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* A copy of ${len} bytes, followed by a NUL. */
char *arena_dup(struct arena *a, const char *bytes, size_t len);

/* A copy of the string; NULL gives NULL. */
char *arena_strdup(struct arena *a, const char *s);

#endif
