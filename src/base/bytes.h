/*
 * Reading stored bytes: a cursor that cannot leave them.  A read past the end gives 0
 * and sets ${bad}, which stays: check it once.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes {
	const unsigned char *p, *end;
	bool bad;
};

uint32_t bytes_u32(struct bytes *in);    /* little-endian */
uint64_t bytes_u64(struct bytes *in);    /* little-endian */
uint64_t bytes_long_varint(struct bytes *in);

/* LEB128; most have one byte, and there are many. */
static inline uint64_t bytes_varint(struct bytes *in)
{
	if (in->p < in->end && *in->p < 0x80)
		return *in->p++;
	return bytes_long_varint(in);
}

/* A varint that counts things of a byte or more each: no larger than what is left. */
size_t bytes_count(struct bytes *in);

/* ${len} bytes in place; NULL where there are fewer. */
const unsigned char *bytes_take(struct bytes *in, size_t len);

#endif
