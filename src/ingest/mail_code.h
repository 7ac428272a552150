/* The two ways in which mail writes bytes as text. */
#ifndef INGEST_MAIL_CODE_H
#define INGEST_MAIL_CODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Append the bytes that ${len} characters of base64 are; what is none is passed over.
 */
void mail_base64(struct buf *out, const char *s, size_t len);

/*
 * Append the bytes of quoted-printable text.  ${header}: as in a header's word, where _
 * is a blank.  A = that begins nothing stays.
 */
void mail_quoted(struct buf *out, const char *s, size_t len, bool header);

#endif
