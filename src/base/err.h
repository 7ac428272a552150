/* Errors: one record, filled where the fact is known, passed up unchanged. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "paneldex.h"

#if defined(__GNUC__)
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define PRINTF_LIKE(fmt, args)
#endif

/*
 * Record ${status} and the formatted message in ${err} (NULL: nowhere) and return
 * ${status}.  The message is cut to fit at a code point.  Any place and hint that
 * ${err} held are cleared.
 */
int err_set(struct pdx_err *err, enum pdx_status status, const char *fmt, ...)
	PRINTF_LIKE(3, 4);

/* err_set(PDX_E_NOMEM) with its usual message. */
int err_nomem(struct pdx_err *err);

/*
 * Give the error in ${err} its place: ${len} bytes from ${start} in the query
 * ${text}.  Fills column too.
 */
void err_place(struct pdx_err *err, const char *text, size_t start, size_t len);

/* Record the word that may have been meant.  Too long a word is left out. */
void err_hint(struct pdx_err *err, const char *hint);

#endif
