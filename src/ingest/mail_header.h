/* The headers of a message: RFC 5322, with the words of RFC 2047. */
#ifndef INGEST_MAIL_HEADER_H
#define INGEST_MAIL_HEADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Whether ${line} is "Name: value"; *namelen is the length of the name. */
bool mail_is_header(size_t *namelen, const char *line, size_t len);

/* The bytes of the headers of a message or a part, with the empty line behind them. */
size_t mail_headers_len(const char *s, size_t len);

/*
 * The value of the first header ${name} in ${len} bytes of ${headers}, on one line, in
 * ${out}.  False, and ${out} empty, where there is none.
 */
bool mail_header(struct buf *out, const char *headers, size_t len, const char *name);

/* Append ${s} as UTF-8, with its encoded words (=?utf-8?Q?...?=) decoded. */
void mail_words(struct buf *out, const char *s, size_t len);

/* The parameter ${name} of a value like text/plain; charset="utf-8", as mail_header().
 */
bool mail_parameter(struct buf *out, const char *value, const char *name);

/* Append ${len} bytes in the encoding with this label; NULL or unknown: a guess. */
void mail_decode(struct buf *out, const char *label, size_t labellen, const char *s,
		 size_t len);

#endif
