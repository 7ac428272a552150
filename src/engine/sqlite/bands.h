/*
 * Which articles have a band of a sketch in common (text/sketch.h): for each of
 * BAND_BUCKETS parts of the hashes two blobs of all its articles, what came lately and
 * what is older.  A batch writes those of the first kind alone; where they have grown
 * they go behind the others, so that what a batch writes does not grow with the index.
 *
 * A blob is a number of entries and the row of the last, both LEB128; two bytes of hash
 * for each entry, little-endian; and for each what its row is more than that of the one
 * before, modulo 2^32, LEB128.  Entries stand as they were put.  Hashes are told apart
 * by 30 of their 32 bits; who asks compares the sketches.
 *
 * Nearly all hashes of new articles are in no blob.  A writer that asks for many gets
 * a filter of one bit for each value of BAND_FILTER_BITS bits of a hash, set where there
 * may be such an entry: blobs are read at random, and those of a large index are not in
 * the cache.
 */
#ifndef ENGINE_SQLITE_BANDS_H
#define ENGINE_SQLITE_BANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct store;

enum {
	BAND_BUCKET_BITS = 14,
	BAND_BUCKETS = 1 << BAND_BUCKET_BITS,
	BAND_FILTER_BITS = 26 /* 8 MiB: one in six is set with 1,000,000 articles */
};

struct band_entry {
	uint32_t row;
	uint16_t hash; /* what the bucket leaves of it */
};

/* A change since the last flush. */
struct band_change {
	struct band_entry entry;
	enum { BAND_ADDED, BAND_REMOVED, BAND_NOTHING } kind;
	uint32_t next; /* of the same bucket: its place + 1; 0: none */
};

/* A zeroed struct is ready. */
struct bands {
	struct band_change *v;
	size_t n, cap, removed;
	uint32_t *first, *last;        /* by bucket: place + 1; 0: none */
	struct buf hashes, rows, blob; /* to work in */
	unsigned char *filter;         /* NULL: there is none yet */
	size_t asked;                  /* how often bands_find() did without */
};

void bands_release(struct bands *b);
void bands_drop(struct bands *b); /* what was not flushed */

/* Rows that have ${hash}, but for ${row}; at most ${most}, those put earlier first. */
int bands_find(int64_t *rows, size_t *n, size_t most, struct store *s, uint32_t hash,
	       int64_t row, struct pdx_err *err);

/* ${row} has ${hash}, or no longer.  0 or PDX_E_NOMEM. */
int bands_add(struct bands *b, uint32_t hash, int64_t row, struct pdx_err *err);
int bands_remove(struct bands *b, uint32_t hash, int64_t row, struct pdx_err *err);

/* Write the changes, and forget them. */
int bands_flush(struct store *s, struct pdx_err *err);

/* How many entries there are; those of a blob that is damaged do not count. */
int bands_count(uint64_t *n, struct store *s, struct pdx_err *err);

#endif
