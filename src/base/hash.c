/*
 * SipHash-2-4 after the reference description: two rounds a word, four at the end.
 */
#include "base/hash.h"

struct sip {
	uint64_t v0, v1, v2, v3;
};

static uint64_t rotate(uint64_t v, unsigned bits)
{
	return v << bits | v >> (64 - bits);
}

static void sip_rounds(struct sip *s, int n)
{
	while (n-- > 0) {
		s->v0 += s->v1;
		s->v1 = rotate(s->v1, 13) ^ s->v0;
		s->v0 = rotate(s->v0, 32);
		s->v2 += s->v3;
		s->v3 = rotate(s->v3, 16) ^ s->v2;
		s->v0 += s->v3;
		s->v3 = rotate(s->v3, 21) ^ s->v0;
		s->v2 += s->v1;
		s->v1 = rotate(s->v1, 17) ^ s->v2;
		s->v2 = rotate(s->v2, 32);
	}
}

static void sip_word(struct sip *s, uint64_t word)
{
	s->v3 ^= word;
	sip_rounds(s, 2);
	s->v0 ^= word;
}

/* Up to 8 bytes as a little-endian number, on any machine. */
static uint64_t load(const unsigned char *p, size_t n)
{
	uint64_t word = 0;

	for (size_t i = 0; i < n; i++)
		word |= (uint64_t)p[i] << (8 * i);
	return word;
}

uint64_t hash64_seeded(const void *bytes, size_t len, uint64_t seed)
{
	const unsigned char *p = bytes;
	/* "somepseudorandomlygeneratedbytes", with the key's low half added */
	struct sip s = {
		.v0 = UINT64_C(0x736f6d6570736575) ^ seed,
		.v1 = UINT64_C(0x646f72616e646f6d),
		.v2 = UINT64_C(0x6c7967656e657261) ^ seed,
		.v3 = UINT64_C(0x7465646279746573),
	};
	size_t left = len;

	for (; left >= 8; left -= 8, p += 8)
		sip_word(&s, load(p, 8));
	sip_word(&s, (uint64_t)len << 56 | load(p, left));
	s.v2 ^= 0xff;
	sip_rounds(&s, 4);
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

uint64_t hash64(const void *bytes, size_t len)
{
	return hash64_seeded(bytes, len, 0);
}
