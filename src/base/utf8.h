/* UTF-8: decode, encode, repair. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define UTF8_REPLACEMENT 0xFFFDu
#define UTF8_MAX_BYTES 4

/*
 * Decode the code point at the start of ${len} > 0 bytes and return how many bytes it
 * takes.  An ill-formed sequence gives U+FFFD and the length of its maximal subpart
 * (Unicode 15, section 3.9, table 3-8): never 0, never beyond ${len}.
 */
size_t utf8_decode(uint32_t *cp, const char *s, size_t len);

/* Encode into ${out} and return the number of bytes; what is no scalar value
 * becomes U+FFFD. */
size_t utf8_encode(char out[UTF8_MAX_BYTES], uint32_t cp);

bool utf8_valid(const char *s, size_t len);

/* Code points in ${len} bytes, ill-formed sequences counted as utf8_decode() does. */
size_t utf8_count(const char *s, size_t len);

/* The largest length <= ${max} at which the ${len} bytes can be cut between code
 * points. */
size_t utf8_cut(const char *s, size_t len, size_t max);

/*
 * Append ${len} bytes to ${out} as clean text: ill-formed sequences and NUL become
 * U+FFFD, CR LF and CR become LF, other C0 controls but TAB and LF become a space, a
 * leading byte-order mark is dropped.
 */
void utf8_clean(struct buf *out, const char *s, size_t len);

#endif
