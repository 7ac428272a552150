/* Bytes of position lists and doclists.  Knows no tables and no terms. */
#include "engine/sqlite/doclist.h"

#include <string.h>

#include "base/bits.h"

enum {
	/* Half of all terms stand in a single article of a batch: two short entries fit
	 * into the first chunk, and no chunk is as long as a page of the table. */
	FIRST_CHUNK = 16,
	CHUNK_MAX = 4096,
	SMALL = POSITIONS_SLACK /* most position lists are no longer */
};

struct doclist_chunk {
	struct doclist_chunk *next;
	uint32_t n, cap;
	uint8_t bytes[];
};

size_t fts5_varint_put_long(uint8_t *out, uint64_t v)
{
	uint8_t bytes[FTS5_VARINT_MAX];
	size_t n = 0, i;

	if (v < 1 << 14) { /* most positions */
		out[0] = (uint8_t)(v >> 7 | 0x80);
		out[1] = (uint8_t)(v & 0x7f);
		return 2;
	}
	if (v >> 56) { /* the ninth byte has eight bits */
		out[8] = (uint8_t)v;
		for (v >>= 8, i = 8; i--; v >>= 7)
			out[i] = (uint8_t)(v | 0x80);
		return FTS5_VARINT_MAX;
	}
	for (; v; v >>= 7)
		bytes[n++] = (uint8_t)(v | 0x80);
	bytes[0] &= 0x7f;
	for (i = 0; i < n; i++)
		out[i] = bytes[n - 1 - i];
	return n;
}

size_t fts5_varint_get(uint64_t *v, const uint8_t *p, size_t n)
{
	size_t i;

	*v = 0;
	for (i = 0; i < n && i < FTS5_VARINT_MAX - 1; i++) {
		*v = *v << 7 | (p[i] & 0x7f);
		if (!(p[i] & 0x80))
			return i + 1;
	}
	if (i == n)
		return 0;
	*v = *v << 8 | p[i];
	return FTS5_VARINT_MAX;
}

void position_list_add(struct position_list *l, uint32_t column, uint32_t position)
{
	if (column != l->column) {
		*l->at++ = POSITIONS_COLUMN;
		*l->at++ = (uint8_t)column;
		l->column = column;
		l->position = 0;
	}
	l->at += fts5_varint_put(l->at,
				 (uint64_t)position - l->position + FIRST_POSITION);
	l->position = position;
}

static bool add_chunk(struct doclist *d, struct arena *arena)
{
	size_t cap = d->last ? (size_t)d->last->cap * 2 : FIRST_CHUNK;
	struct doclist_chunk *chunk;

	cap = cap < CHUNK_MAX ? cap : CHUNK_MAX;
	chunk = arena_alloc(arena, sizeof(*chunk) + cap + SMALL);
	if (!chunk)
		return false;
	chunk->cap = (uint32_t)cap;
	if (d->last)
		d->last->next = chunk;
	else
		d->first = chunk;
	d->last = chunk;
	return true;
}

static bool append(struct doclist *d, struct arena *arena, const uint8_t *bytes,
		   size_t n)
{
	d->len += n;
	while (n) {
		size_t room = d->last ? d->last->cap - d->last->n : 0, part;

		if (!room && !add_chunk(d, arena))
			return false;
		room = d->last->cap - d->last->n;
		part = n < room ? n : room;
		memcpy(d->last->bytes + d->last->n, bytes, part);
		d->last->n += (uint32_t)part;
		bytes += part;
		n -= part;
	}
	return true;
}

bool doclist_add(struct doclist *d, struct arena *arena, int64_t row,
		 const uint8_t *positions, size_t n)
{
	uint8_t head[2 * FTS5_VARINT_MAX];
	size_t len = fts5_varint_put(head, (uint64_t)(row - d->row));
	uint8_t *at;

	/* Twice the length: the lowest bit would say that the row is deleted. */
	len += fts5_varint_put(head + len, (uint64_t)n * 2);
	d->row = row;
	if (len > SMALL || n > SMALL || !d->last || d->last->cap - d->last->n < len + n)
		return append(d, arena, head, len) && append(d, arena, positions, n);
	at = d->last->bytes + d->last->n;
	memcpy(at, head, SMALL); /* what is copied too much is written over */
	memcpy(at + len, positions, SMALL);
	d->last->n += (uint32_t)(len + n);
	d->len += len + n;
	return true;
}

void doclist_prefetch(const struct doclist *d)
{
	prefetch(d->last);
}

void doclist_gather(struct buf *out, const struct doclist *d)
{
	const struct doclist_chunk *chunk;

	for (chunk = d->first; chunk; chunk = chunk->next)
		buf_put(out, chunk->bytes, chunk->n);
}
