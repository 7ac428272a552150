/*
 * The df of words by their ids, in blocks: a batch changes those of most.
 */
#ifndef ENGINE_SQLITE_FREQUENCY_H
#define ENGINE_SQLITE_FREQUENCY_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* A block has the df of so many words, four bytes each, little-endian; one that ends
 * earlier has no more. */
enum { FREQUENCIES = 256, FREQUENCY_SIZE = 4 };

static inline uint32_t frequency_get(const unsigned char *block, size_t i)
{
	const unsigned char *p = block + i * FREQUENCY_SIZE;

	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The first id that no word ever had. */
int frequency_next_id(uint32_t *id, sqlite3 *db, struct pdx_err *err);

struct frequency_change {
	uint32_t id;
	int32_t delta;
	uint32_t *df; /* out: as it is now */
};

/* Write ${n} changes of as many words; sorts ${v}. */
int frequency_write(sqlite3 *db, struct frequency_change *v, size_t n,
		    struct pdx_err *err);

#endif
