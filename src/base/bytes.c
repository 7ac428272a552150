/* Bounded reads of little-endian and LEB128 integers.  Knows no format. */
#include "base/bytes.h"

static void spoil(struct bytes *in)
{
	in->bad = true;
	in->p = in->end;
}

const unsigned char *bytes_take(struct bytes *in, size_t len)
{
	const unsigned char *at = in->p;

	if (in->bad || len > (size_t)(in->end - in->p)) {
		spoil(in);
		return NULL;
	}
	in->p += len;
	return at;
}

uint32_t bytes_u32(struct bytes *in)
{
	const unsigned char *p = bytes_take(in, 4);

	if (!p)
		return 0;
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

uint64_t bytes_u64(struct bytes *in)
{
	uint64_t low = bytes_u32(in);

	return low | (uint64_t)bytes_u32(in) << 32;
}

uint64_t bytes_long_varint(struct bytes *in)
{
	uint64_t value = 0;
	unsigned shift;

	for (shift = 0; shift < 64 && in->p < in->end; shift += 7) {
		unsigned char byte = *in->p++;

		value |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return value;
	}
	spoil(in);
	return 0;
}

size_t bytes_count(struct bytes *in)
{
	uint64_t n = bytes_varint(in);

	if (n > (uint64_t)(in->end - in->p)) {
		spoil(in);
		return 0;
	}
	return (size_t)n;
}
