/*
 * The arena: a list of blocks, of which the first is the one that is filled.  Blocks
 * double up to BLOCK_MAX; what is larger gets a block of its own behind the first, so
 * that the first one's room is not lost.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BLOCK_MIN ((size_t)4 << 10)
/* With what stands before it a huge page; also what a reset may keep. */
#define BLOCK_MAX (MEM_PAGE - sizeof(struct arena_block))
#define ALIGNMENT alignof(max_align_t)

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

static void block_free(struct arena_block *b)
{
	if (b)
		mem_pages_free(b, sizeof(*b) + b->size);
}

static void free_list(struct arena_block *b)
{
	while (b) {
		struct arena_block *next = b->next;

		block_free(b);
		b = next;
	}
}

void arena_release(struct arena *a)
{
	free_list(a->blocks);
	*a = (struct arena){ 0 };
}

void arena_reset(struct arena *a)
{
	struct arena_block *kept = NULL;

	while (a->blocks) {
		struct arena_block *b = a->blocks;

		a->blocks = b->next;
		if (b->size > BLOCK_MAX || (kept && b->size <= kept->size)) {
			block_free(b);
			continue;
		}
		block_free(kept);
		kept = b;
	}
	if (kept) {
		kept->next = NULL;
		kept->used = 0;
	}
	a->blocks = kept;
	a->failed = false;
}

/* As block_free() tells them apart. */
static struct arena_block *block_new(size_t size)
{
	size_t bytes = sizeof(struct arena_block) + size;
	struct arena_block *b = bytes % MEM_PAGE ? malloc(bytes) : mem_pages(bytes);

	if (b)
		*b = (struct arena_block){ .size = size };
	return b;
}

void arena_expect(struct arena *a, size_t size)
{
	struct arena_block *b = size < PTRDIFF_MAX / 2 ? block_new(size) : NULL;

	if (!b)
		return;
	b->next = a->blocks;
	a->blocks = b;
}

/* A block with room for ${size} bytes, in the list. */
static struct arena_block *add_block(struct arena *a, size_t size)
{
	size_t next = a->blocks ? a->blocks->size * 2 : BLOCK_MIN;
	struct arena_block *b;

	if (next > BLOCK_MAX)
		next = BLOCK_MAX;
	b = block_new(size > next ? size : next);
	if (!b)
		return NULL;
	if (size > next && a->blocks) {
		b->next = a->blocks->next;
		a->blocks->next = b;
	} else {
		b->next = a->blocks;
		a->blocks = b;
	}
	return b;
}

void *arena_alloc(struct arena *a, size_t size)
{
	struct arena_block *b = a->blocks;
	size_t rounded;
	void *p;

	if (size == 0)
		size = 1;           /* every object has an address of its own */
	if (size > PTRDIFF_MAX / 2) /* room for what stands before it */
		goto fail;
	rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!b || rounded > b->size - b->used)
		b = add_block(a, rounded);
	if (!b)
		goto fail;
	p = b->bytes + b->used;
	b->used += rounded;
	return memset(p, 0, size);

fail:
	a->failed = true;
	return NULL;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;

	if (!mem_mul(&bytes, n, size)) {
		a->failed = true;
		return NULL;
	}
	return arena_alloc(a, bytes);
}

char *arena_dup(struct arena *a, const char *bytes, size_t len)
{
	char *copy;

	if (len == SIZE_MAX) {
		a->failed = true;
		return NULL;
	}
	copy = arena_alloc(a, len + 1);
	if (copy && len > 0)
		memcpy(copy, bytes, len);
	return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_dup(a, s, strlen(s)) : NULL;
}
