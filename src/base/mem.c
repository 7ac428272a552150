/*
 * Checked sizes: the only place where element counts are multiplied by element sizes.
 */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A first block smaller than this costs as much as this in malloc's own overhead. */
#define FIRST_BYTES 64

bool mem_mul(size_t *out, size_t a, size_t b)
{
	if (b != 0 && a > SIZE_MAX / b)
		return false;
	*out = a * b;
	return true;
}

static bool next_capacity(size_t *out, size_t cap, size_t need, size_t size)
{
	size_t next;

	if (cap > SIZE_MAX / 2)
		return false;
	next = cap * 2;
	if (next < FIRST_BYTES / size)
		next = FIRST_BYTES / size;
	if (next < need)
		next = need;
	*out = next;
	return true;
}

bool mem_enlarge(void *array, size_t *cap, size_t need, size_t size)
{
	size_t next, bytes;
	void *old, *grown;

	if (!next_capacity(&next, *cap, need, size) || !mem_mul(&bytes, next, size))
		return false;
	if (bytes > PTRDIFF_MAX) /* no object may be larger */
		return false;

	/* The caller's pointer has a type of its own: copied, never dereferenced. */
	memcpy(&old, array, sizeof(old));
	grown = realloc(old, bytes);
	if (!grown)
		return false;
	memcpy(array, &grown, sizeof(grown));
	*cap = next;
	return true;
}
