/*
 * The calendar in pieces: years, quarters, months, ISO weeks, days.  The periods of one
 * unit are numbered in order, without gaps; a number belongs to its unit alone.
 */
#ifndef BASE_PERIOD_H
#define BASE_PERIOD_H

#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

enum period_unit { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_YEAR };

#define PERIOD_TEXT 24 /* more than any period takes */

/* The number of the period that ${date} lies in. */
int64_t period_of(enum period_unit unit, int32_t date);

/*
 * Its first day, which may lie outside of the calendar: one day before it or behind it
 * stands for all that lies beyond.
 */
int32_t period_first(enum period_unit unit, int64_t period);

/* As a query says it: 2026, 2026-Q2, 2026-05, 2026-W07, 2026-05-08. */
const char *period_format(char out[PERIOD_TEXT], enum period_unit unit, int64_t period);

#endif
