/*
 * What FTS5 keeps of a term: a doclist, which has for each article that has the term, in
 * the order of the rows, the row and the term's position list.  Position lists are made
 * with the article, doclists while a batch comes in; both are bytes as a segment of the
 * full-text index has them (see segment.h).
 */
#ifndef ENGINE_SQLITE_DOCLIST_H
#define ENGINE_SQLITE_DOCLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* FTS5's varint is not ours: seven bits a byte, the highest first. */
enum { FTS5_VARINT_MAX = 9 };

size_t fts5_varint_put_long(uint8_t *out, uint64_t v);

/* How many bytes. */
static inline size_t fts5_varint_put(uint8_t *out, uint64_t v)
{
	if (v >= 0x80)
		return fts5_varint_put_long(out, v);
	out[0] = (uint8_t)v;
	return 1;
}

/* The varint at ${p}, which has ${n} bytes to read; 0: it does not end there. */
size_t fts5_varint_get(uint64_t *v, const uint8_t *p, size_t n);

/* A position list that is being written.  A zeroed struct is an empty one; set ${at},
 * where there is room for all that will come. */
struct position_list {
	uint8_t *at;
	uint32_t column, position;
};

enum {
	POSITIONS_COLUMN = 1,  /* the byte before the number of a column */
	COLUMN_MARK_BYTES = 2, /* both, before the positions of each but the first */
	FIRST_POSITION = 2     /* added to differences: 0 and 1 mean other things */
};

/* Positions come column by column and in a column do not fall. */
void position_list_add(struct position_list *l, uint32_t column, uint32_t position);

/* Position lists are read by whole words of the machine: so many bytes behind the last
 * one must be readable. */
enum { POSITIONS_SLACK = 8 };

/* A zeroed struct is empty. */
struct doclist {
	struct doclist_chunk *last, *first;
	int64_t row; /* the last one */
	size_t len;  /* bytes */
};

/* Add ${row}, higher than those before, with its position list.  False: memory is
 * out. */
bool doclist_add(struct doclist *d, struct arena *arena, int64_t row,
		 const uint8_t *positions, size_t n);

/* An addition is coming. */
void doclist_prefetch(const struct doclist *d);

/* Append the bytes to ${out}. */
void doclist_gather(struct buf *out, const struct doclist *d);

#endif
