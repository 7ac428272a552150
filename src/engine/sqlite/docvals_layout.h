/* The bytes of doc values, for those who read or write them. */
#ifndef ENGINE_SQLITE_DOCVALS_LAYOUT_H
#define ENGINE_SQLITE_DOCVALS_LAYOUT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "engine/sqlite/docvals.h"

/* Offsets in the fixed part. */
enum {
	AT_KEY = 0,
	AT_DATE = 8,
	AT_ADDED = 12,
	AT_COMPANY = 16,
	AT_CATEGORY = 20,
	AT_LEN = 24,
	AT_SOURCE = 28,
	AT_LANG = 32,
	AT_NTAKES = 36,
	AT_FLAGS = 38,
	AT_STORY = 40,

	MORE_COMPANIES = 1,
	MORE_CATEGORIES = 2,
	HAS_MENTIONS = 4
};

static inline uint32_t load_u32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static inline uint64_t load_u64(const unsigned char *p)
{
	return load_u32(p) | (uint64_t)load_u32(p + 4) << 32;
}

/* Of chunk ${chunk}, whose blob is not what it has to be. */
int docvals_damaged(struct pdx_err *err, int64_t chunk);

#endif
