/*
 * Calendar days.  A date is the number of days since 1970-01-01 in the proleptic
 * Gregorian calendar, years 0001 to 9999; PDX_NO_DATE is no date.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define DATE_TEXT 11 /* "2026-05-08" and a NUL */

/* Both ends belong to the range.  An open end is DATE_MIN or DATE_MAX. */
#define DATE_MIN (-719162) /* 0001-01-01 */
#define DATE_MAX 2932896   /* 9999-12-31 */

struct date_range {
	int32_t first, last;
};

struct civil {
	int year, month, day; /* month and day from 1 */
};

/* False where the three do not name a day. */
bool date_from_civil(int32_t *out, struct civil c);
struct civil date_to_civil(int32_t date);

/* ISO text of ${date}; "" for PDX_NO_DATE. */
const char *date_format(char out[DATE_TEXT], int32_t date);

/* Exactly "YYYY-MM-DD" in ${len} bytes. */
bool date_parse_iso(int32_t *out, const char *s, size_t len);

/*
 * The day that a document's date names, in ${len} bytes of text with blanks around it.
 *
 * ISO 8601 ("2026-05-08", "20260508T1000Z", "2026-05-08 10:00:00.5+02:00"; of "2026-05"
 * and "2026" the first day), RFC 822 and 2822 ("Fri, 08 May 2026 10:00:00 +0200") and
 * their near misses (two-digit years, no weekday, no seconds, names of zones, "GMT+2",
 * no zone), asctime, "May 8, 2026", "8th of May 2026 at 10 am", 2026/5/8, 8.5.2026.
 * 5/8/2026 is refused: it is two days; 5/28/2026 is one.  9 or 10 digits are seconds
 * since 1970, 13 are milliseconds.
 *
 * Where there is a zone the day is the one that is written, which is the day where the
 * author was: "2026-05-08T23:30:00-07:00" is 2026-05-08.  Only seconds since 1970 have
 * no such day, and give that of UTC.
 */
bool date_parse_written(int32_t *out, const char *s, size_t len);

/*
 * The period that a query names: 2026, 2026-05, 2026-05-08, 2026-Q2, 2026-W07 (ISO
 * week), today, yesterday, 7d, 3w, 2m, 1y (that long before ${today} up to ${today}),
 * last-week, last-month, last-quarter, last-year, this-week, this-month, this-quarter,
 * this-year.  Case does not matter.  PDX_E_QUERY with what is wrong with it.
 */
int date_parse_period(struct date_range *out, const char *s, size_t len, int32_t today,
		      struct pdx_err *err);

#define DATE_SECONDS 86400 /* of a day */
#define DATE_TIME_TEXT 21 /* "2026-11-23T10:20:30Z" and a NUL */

/* The UTC day that ${seconds} since 1970 lie in. */
int32_t date_of_time(int64_t seconds);

/* ISO text of ${seconds} since 1970, UTC; "" where the calendar does not reach. */
const char *date_time_format(char out[DATE_TIME_TEXT], int64_t seconds);

/* 1 (Monday) to 7. */
int date_weekday(int32_t date);

/* The ISO week's number (1 to 53) and its year. */
void date_iso_week(int *year, int *week, int32_t date);

#endif
