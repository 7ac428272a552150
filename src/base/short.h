/*
 * Hashing and comparing strings as short as words: by whole words of the machine, the
 * last of them overlapping, since lengths that vary would cost a call for each.  The
 * hash is no defence against chosen strings, and not the same on every machine: for
 * tables in memory, where something else bounds what a bad choice costs.
 */
#ifndef BASE_SHORT_H
#define BASE_SHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t short_load64(const char *s)
{
	uint64_t v;

	memcpy(&v, s, sizeof(v));
	return v;
}

static inline uint64_t short_load32(const char *s)
{
	uint32_t v;

	memcpy(&v, s, sizeof(v));
	return v;
}

/* Up to eight bytes, the last ones: of up to eight bytes that tell a string from all
 * others of its length. */
static inline uint64_t short_tail(const char *s, size_t len)
{
	if (len >= 8)
		return short_load64(s + len - 8);
	if (len >= 4)
		return short_load32(s) << 32 | short_load32(s + len - 4);
	return len ? (uint64_t)(unsigned char)s[0] << 16 |
			     (uint64_t)(unsigned char)s[len / 2] << 8 |
			     (unsigned char)s[len - 1]
		   : 0;
}

static inline uint64_t short_hash(const char *s, size_t len)
{
	static const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t h = len * k;
	size_t i;

	for (i = 0; i + 8 < len; i += 8) {
		h = (h ^ short_load64(s + i)) * k;
		h ^= h >> 32;
	}
	h = (h ^ short_tail(s, len)) * k;
	return h ^ h >> 32;
}

static inline bool short_same(const char *a, const char *b, size_t len)
{
	size_t i;

	for (i = 0; i + 8 < len; i += 8)
		if (short_load64(a + i) != short_load64(b + i))
			return false;
	return short_tail(a, len) == short_tail(b, len);
}

#endif
