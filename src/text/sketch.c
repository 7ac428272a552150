/* MinHash of a text.  Knows terms; no storage, and not which texts there are. */
#include "text/sketch.h"

#include <string.h>

void sketch_begin(struct sketch *s)
{
	memset(s->minima, 0xFF, sizeof(s->minima));
	s->last = 0;
	s->terms = 0;
	s->any = false;
}

void sketch_column(struct sketch *s)
{
	s->last = 0;
}

/* FNV-1a, made even by mix(). */
uint64_t sketch_hash(const char *text, size_t len)
{
	uint64_t h = 0xcbf29ce484222325u;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 0x100000001b3u;
	return h;
}

/* The finalizer of SplitMix64 (G. Steele, D. Lea, C. Flood, 2014). */
static uint64_t mix(uint64_t h)
{
	h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9u;
	h = (h ^ h >> 27) * 0x94d049bb133111ebu;
	return h ^ h >> 31;
}

void sketch_term(struct sketch *s, uint64_t term)
{
	uint64_t pair, *bin;

	s->terms++;
	if (s->last) {
		pair = mix(s->last * 0x9E3779B97F4A7C15u + term);
		bin = &s->minima[pair % SKETCH_SIZE];
		pair /= SKETCH_SIZE;
		*bin = pair < *bin ? pair : *bin;
	}
	s->last = term;
}

/*
 * The minimum of bin ${i}, or where it is empty that of another, found by a walk that
 * is the same for every text (A. Shrivastava, Optimal densification for fast and
 * accurate minwise hashing, 2017).
 */
static uint64_t minimum(const struct sketch *s, uint64_t i)
{
	uint64_t bin = i, tries = 0;

	while (s->minima[bin] == UINT64_MAX)
		bin = mix(i << 32 | ++tries) % SKETCH_SIZE;
	return mix(s->minima[bin] ^ tries << 57);
}

void sketch_end(struct sketch *s)
{
	uint64_t all[SKETCH_SIZE], band;
	size_t i, j;

	s->any = s->terms >= SKETCH_LEAST;
	if (!s->any)
		return;
	for (i = 0; i < SKETCH_SIZE; i++) {
		all[i] = minimum(s, i);
		s->bytes[i] = (unsigned char)all[i];
	}
	for (i = 0; i < SKETCH_BANDS; i++) {
		for (j = 0, band = i; j < SKETCH_ROWS; j++)
			band = mix(band ^ all[i * SKETCH_ROWS + j]);
		s->bands[i] = (uint32_t)band;
	}
}

bool sketch_same(const unsigned char *a, const unsigned char *b)
{
	unsigned same = 0, i;

	for (i = 0; i < SKETCH_SIZE; i++)
		same += a[i] == b[i];
	return same >= SKETCH_SAME;
}
