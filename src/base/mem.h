/* Checked sizes for growing arrays. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

/* *out = a * b, or false where it overflows. */
bool mem_mul(size_t *out, size_t a, size_t b);

/* mem_grow() where there is no room. */
bool mem_enlarge(void *array, size_t *cap, size_t need, size_t size);

/*
 * Make room for ${need} elements of ${size} bytes in the heap array at *${array} (a
 * pointer to any object pointer) whose capacity is *${cap} elements.  Capacity at
 * least doubles.  False where memory is out or the size overflows; the array is then
 * as it was.
 */
static inline bool mem_grow(void *array, size_t *cap, size_t need, size_t size)
{
	return need <= *cap || mem_enlarge(array, cap, need, size);
}

/*
 * ${bytes} of zeros, for what is read at random: a multiple of MEM_PAGE stands on huge
 * pages, where the system gives them to who asks, so that an address costs less to find;
 * anything else is calloc()'s.  NULL: there is no memory.
 */
enum { MEM_PAGE = 2 << 20 };

void *mem_pages(size_t bytes);
void mem_pages_free(void *p, size_t bytes); /* as many as were asked for; NULL is none */

#endif
