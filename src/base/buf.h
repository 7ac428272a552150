/*
 * A growing byte buffer with a maximum and a sticky failure: write at will, check
 * buf_ok() once.  The bytes are always followed by a NUL that ${len} does not count.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct buf {
	char *data; /* NULL until the first write */
	size_t len, cap;
	size_t max;  /* 0: no limit */
	bool failed; /* memory was out or max was reached; writes are dropped */
};

void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b); /* accepts a zeroed struct */
void buf_reset(struct buf *b);   /* empty, keep the memory, clear the failure */

void buf_put(struct buf *b, const void *bytes, size_t len);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_vprintf(struct buf *b, const char *fmt, va_list args) PRINTF_LIKE(2, 0);
void buf_put_u32(struct buf *b, uint32_t v);    /* little-endian */
void buf_put_u64(struct buf *b, uint64_t v);    /* little-endian */
void buf_put_varint(struct buf *b, uint64_t v); /* LEB128 */

/*
 * Make room for ${capacity} bytes in all, so that ${data} can be written to directly up
 * to there; the caller sets ${len}.  False where the buffer failed.
 */
bool buf_reserve(struct buf *b, size_t capacity);

/* Cut to ${len} bytes; a longer ${len} changes nothing. */
void buf_truncate(struct buf *b, size_t len);

bool buf_ok(const struct buf *b);

/* The text, "" while nothing was written. */
const char *buf_str(const struct buf *b);

/* Move the bytes out: the caller frees them.  NULL where the buffer failed. */
char *buf_take(struct buf *b);

#endif
