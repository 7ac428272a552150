/*
 * Bytes in any encoding to UTF-8.
 */
#ifndef INGEST_CHARSET_H
#define INGEST_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * The encoding that ${len} bytes of ${label} name, as those who write them mean it
 * ("latin1" is windows-1252), by the name that charset_decode() takes; NULL: unknown.
 */
const char *charset_find(const char *label, size_t len);

/* The encoding that a media type has as its charset; NULL: none, or ${type} is NULL. */
const char *charset_of_type(const char *type);

/*
 * The encoding of a text: by its byte-order mark, else ${type}, a media type or NULL,
 * else what the first kilobytes say of themselves (<meta charset>, <meta http-equiv>,
 * <?xml encoding>), else UTF-8 where it is valid, else windows-1252.  What a text says of
 * itself does not count where 16 of its characters and all others are UTF-8 all the same.
 */
const char *charset_guess(const char *s, size_t len, const char *type);

/*
 * Append ${len} bytes in the encoding ${name}, of charset_find(), as valid UTF-8.  What
 * is ill-formed becomes U+FFFD; a byte-order mark is dropped.
 */
void charset_decode(struct buf *out, const char *name, const char *s, size_t len);

#endif
