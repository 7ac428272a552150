/*
 * SipHash-2-4 (Aumasson, Bernstein: SipHash: a fast short-input PRF, 2012) with a key
 * of zero: the same value on every machine, since ids are derived from it.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash64(const void *bytes, size_t len);

/* The same, with ${seed} as the low half of the key. */
uint64_t hash64_seeded(const void *bytes, size_t len, uint64_t seed);

#endif
