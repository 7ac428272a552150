/*
 * The growing byte buffer.  A write that does not fit is dropped whole and makes every
 * later write fail too, so that what is there is always a prefix made of whole writes.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define VARINT_MAX 10 /* 64 bits, 7 in each byte */

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void buf_release(struct buf *b)
{
	free(b->data);
	buf_init(b, b->max);
}

void buf_reset(struct buf *b)
{
	b->failed = false;
	buf_truncate(b, 0);
}

/* Room for ${len} more bytes and the NUL. */
static bool reserve(struct buf *b, size_t len)
{
	if (b->failed)
		return false;
	if (len >= SIZE_MAX - b->len || (b->max != 0 && len > b->max - b->len) ||
	    !mem_grow(&b->data, &b->cap, b->len + len + 1, 1))
		b->failed = true;
	return !b->failed;
}

bool buf_reserve(struct buf *b, size_t capacity)
{
	return capacity <= b->len ? !b->failed : reserve(b, capacity - b->len);
}

void buf_put(struct buf *b, const void *bytes, size_t len)
{
	if (!reserve(b, len))
		return;
	if (len > 0)
		memcpy(b->data + b->len, bytes, len);
	b->len += len;
	b->data[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void buf_vprintf(struct buf *b, const char *fmt, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, fmt, args);
	if (len < 0) {
		b->failed = true;
	} else if (reserve(b, (size_t)len)) {
		vsnprintf(b->data + b->len, (size_t)len + 1, fmt, again);
		b->len += (size_t)len;
	}
	va_end(again);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	buf_vprintf(b, fmt, args);
	va_end(args);
}

static void put_le(struct buf *b, uint64_t v, size_t n)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < n; i++)
		bytes[i] = (unsigned char)(v >> (8 * i));
	buf_put(b, bytes, n);
}

void buf_put_u32(struct buf *b, uint32_t v)
{
	put_le(b, v, 4);
}

void buf_put_u64(struct buf *b, uint64_t v)
{
	put_le(b, v, 8);
}

void buf_put_varint(struct buf *b, uint64_t v)
{
	unsigned char bytes[VARINT_MAX];
	size_t n = 0;

	while (v >= 0x80) {
		bytes[n++] = (unsigned char)(v | 0x80);
		v >>= 7;
	}
	bytes[n++] = (unsigned char)v;
	buf_put(b, bytes, n);
}

void buf_truncate(struct buf *b, size_t len)
{
	if (len > b->len || !b->data)
		return;
	b->len = len;
	b->data[len] = '\0';
}

bool buf_ok(const struct buf *b)
{
	return !b->failed;
}

const char *buf_str(const struct buf *b)
{
	return b->data ? b->data : "";
}

char *buf_take(struct buf *b)
{
	char *taken = NULL;

	if (reserve(b, 0)) {
		b->data[b->len] = '\0';
		taken = b->data;
		b->data = NULL;
	}
	buf_release(b);
	return taken;
}
