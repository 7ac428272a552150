/*
 * Checked sizes: the only place where element counts are multiplied by element sizes.
 */
#define _DEFAULT_SOURCE /* madvise */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

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

/* ${whole} bytes at a multiple of MEM_PAGE: more is asked for, and what is too much
 * given back. */
static void *map_aligned(size_t whole)
{
	unsigned char *p = mmap(NULL, whole + MEM_PAGE, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t before;

	if (p == MAP_FAILED)
		return NULL;
	before = (MEM_PAGE - (uintptr_t)p % MEM_PAGE) % MEM_PAGE;
	if (before)
		munmap(p, before);
	munmap(p + before + whole, MEM_PAGE - before);
#ifdef MADV_HUGEPAGE
	madvise(p + before, whole, MADV_HUGEPAGE); /* it need not */
#endif
	return p + before;
}

void *mem_pages(size_t bytes)
{
	if (bytes % MEM_PAGE || !bytes)
		return calloc(1, bytes);
	return bytes > PTRDIFF_MAX - MEM_PAGE ? NULL : map_aligned(bytes);
}

void mem_pages_free(void *p, size_t bytes)
{
	if (bytes % MEM_PAGE || !bytes)
		free(p);
	else if (p)
		munmap(p, bytes);
}
