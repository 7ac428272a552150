/* What processors do in an instruction and C has no words for. */
#ifndef BASE_BITS_H
#define BASE_BITS_H

#include <stdint.h>

/* How many bits of ${v} are set: sums of 2, 4, then 8 bits side by side.  The
 * compilers' own is a call where the processor is not known to have an instruction for
 * it. */
static inline unsigned bits_count(uint64_t v)
{
	v -= v >> 1 & UINT64_C(0x5555555555555555);
	v = (v & UINT64_C(0x3333333333333333)) +
	    (v >> 2 & UINT64_C(0x3333333333333333));
	v = (v + (v >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
	return (unsigned)(v * UINT64_C(0x0101010101010101) >> 56);
}

/* The number of the lowest bit of ${v}, which is not 0. */
static inline unsigned bits_lowest(uint64_t v)
{
	return (unsigned)__builtin_ctzll(v);
}

/* ${p} will be read soon: have it come from memory meanwhile. */
static inline void prefetch(const void *p)
{
	__builtin_prefetch(p);
}

#endif
