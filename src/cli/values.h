/* Values of options, from text.  Each returns 0, or PDX_E_USAGE with what is wrong. */
#ifndef CLI_VALUES_H
#define CLI_VALUES_H

#include <stddef.h>
#include <stdint.h>

#include "paneldex.h"

int value_number(size_t *out, const char *text, size_t min, size_t max,
		 struct pdx_err *err);

/* Bytes: "1000", "64K", "64M", "4G", in units of 1024. */
int value_size(size_t *out, const char *text, size_t min, size_t max,
	       struct pdx_err *err);

/* "30", "30d", "6w", "3m", "1y" as days; more than none. */
int value_days(double *out, const char *text, struct pdx_err *err);

/*
 * Seconds since 1970 of "2026-11-23" (its beginning), "2026-11-23T10:20:30Z",
 * "2026-11-23 10:20+02:00"; without an offset it is UTC.
 */
int value_time(int64_t *out, const char *text, struct pdx_err *err);

#endif
