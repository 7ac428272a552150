/*
 * The calendar: days, civil dates, ISO weeks, and the timestamps of input.  Knows no
 * clock; whoever needs today's date passes it in.
 */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

#define DAY_MINUTES (24 * 60)

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/*
 * Both conversions count in years that begin on 1 March, so that the leap day comes
 * last (Howard Hinnant: chrono-compatible low-level date algorithms).  Years here are
 * positive, which spares the floor division of the original.
 */
bool date_from_civil(int32_t *out, struct civil c)
{
	int year, yday;

	if (c.year < 1 || c.year > 9999 || c.month < 1 || c.month > 12 || c.day < 1 ||
	    c.day > month_days(c.year, c.month))
		return false;
	year = c.year - (c.month <= 2);
	yday = (153 * ((c.month + 9) % 12) + 2) / 5 + c.day - 1;
	*out = year * 365 + year / 4 - year / 100 + year / 400 + yday - 719468;
	return true;
}

struct civil date_to_civil(int32_t date)
{
	int32_t day = date + 719468; /* from 0000-03-01 */
	int32_t era = day / 146097;  /* of 400 years */
	int32_t eday = day % 146097;
	int32_t eyear = (eday - eday / 1460 + eday / 36524 - eday / 146096) / 365;
	int32_t yday = eday - (365 * eyear + eyear / 4 - eyear / 100);
	int32_t month = (5 * yday + 2) / 153; /* from March */
	struct civil c;

	c.day = yday - (153 * month + 2) / 5 + 1;
	c.month = month < 10 ? month + 3 : month - 9;
	c.year = era * 400 + eyear + (c.month <= 2);
	return c;
}

const char *date_format(char out[DATE_TEXT], int32_t date)
{
	struct civil c;

	out[0] = '\0';
	if (date < DATE_MIN || date > DATE_MAX)
		return out;
	c = date_to_civil(date);
	/* Unsigned and reduced: the compiler can see that the text fits. */
	snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)c.year % 10000u,
		 (unsigned)c.month % 100u, (unsigned)c.day % 100u);
	return out;
}

int date_weekday(int32_t date)
{
	/* DATE_MIN was a Monday. */
	return (date - DATE_MIN) % 7 + 1;
}

void date_iso_week(int *year, int *week, int32_t date)
{
	/* A week belongs to the year that its Thursday is in.  The last days of 9999
	 * belong to a Thursday of that year too, so this never leaves the calendar. */
	int32_t thursday = date - date_weekday(date) + 4;
	struct civil c = date_to_civil(thursday);
	int32_t first;

	*year = c.year;
	*week = 1;
	if (date_from_civil(&first, (struct civil){ c.year, 1, 1 }))
		*week = (thursday - first) / 7 + 1;
}

/* Input that is read from left to right. */
struct scan {
	const char *s;
	size_t len;
};

/* Exactly ${digits} decimal digits. */
static bool scan_number(int *out, struct scan *in, size_t digits)
{
	int v = 0;

	if (in->len < digits)
		return false;
	for (size_t i = 0; i < digits; i++) {
		if (in->s[i] < '0' || in->s[i] > '9')
			return false;
		v = v * 10 + (in->s[i] - '0');
	}
	in->s += digits;
	in->len -= digits;
	*out = v;
	return true;
}

/* One of the characters of ${set}. */
static bool scan_char(struct scan *in, const char *set)
{
	if (in->len == 0 || in->s[0] == '\0' || !strchr(set, in->s[0]))
		return false;
	in->s++;
	in->len--;
	return true;
}

/* YYYY-MM-DD or YYYYMMDD. */
static bool scan_day(int32_t *out, struct scan *in)
{
	struct civil c;
	bool dashes;

	if (!scan_number(&c.year, in, 4))
		return false;
	dashes = scan_char(in, "-");
	return scan_number(&c.month, in, 2) && (!dashes || scan_char(in, "-")) &&
	       scan_number(&c.day, in, 2) && date_from_civil(out, c);
}

static bool at_digit(const struct scan *in)
{
	return in->len > 0 && in->s[0] >= '0' && in->s[0] <= '9';
}

/* Two digits and perhaps a fraction, which is dropped. */
static bool scan_second(int *second, struct scan *in)
{
	int digit;

	if (!scan_number(second, in, 2))
		return false;
	if (scan_char(in, ".,") && !at_digit(in))
		return false;
	while (at_digit(in))
		scan_number(&digit, in, 1);
	return true;
}

/* hh, hh:mm or hhmm, with or without seconds.  24:00 is the day's end. */
static bool scan_clock(int *minutes, struct scan *in)
{
	int hour, minute = 0, second = 0;

	if (!scan_number(&hour, in, 2))
		return false;
	if (scan_char(in, ":")) {
		if (!scan_number(&minute, in, 2) ||
		    (scan_char(in, ":") && !scan_second(&second, in)))
			return false;
	} else if (at_digit(in)) {
		if (!scan_number(&minute, in, 2) ||
		    (at_digit(in) && !scan_second(&second, in)))
			return false;
	}
	*minutes = hour * 60 + minute;
	return minute < 60 && second <= 60 && /* a leap second */
	       (hour < 24 || (*minutes == DAY_MINUTES && second == 0));
}

/* Z, UTC, +hh, +hhmm or +hh:mm, perhaps behind a blank; nothing at all is UTC. */
static bool scan_offset(int *minutes, struct scan *in)
{
	bool blank = scan_char(in, " ");
	int sign, hour, minute = 0;

	*minutes = 0;
	if (in->len == 0)
		return !blank;
	if (in->len == 3 && memcmp(in->s, "UTC", 3) == 0) {
		in->len = 0;
		return true;
	}
	if (scan_char(in, "Zz"))
		return true;
	sign = in->s[0] == '-' ? -1 : 1;
	if (!scan_char(in, "+-") || !scan_number(&hour, in, 2))
		return false;
	if ((scan_char(in, ":") || in->len > 0) && !scan_number(&minute, in, 2))
		return false;
	*minutes = sign * (hour * 60 + minute);
	return hour < 24 && minute < 60;
}

bool date_parse_timestamp(int32_t *out, const char *s, size_t len)
{
	struct scan in = { s, len };
	int clock, offset;
	int32_t day;

	if (!scan_day(&day, &in))
		return false;
	if (in.len > 0) {
		if (!scan_char(&in, "Tt ") || !scan_clock(&clock, &in))
			return false;
		if (!scan_offset(&offset, &in) || in.len > 0)
			return false;
		clock -= offset;
		day += clock < 0 ? -1 : clock >= DAY_MINUTES;
	}
	if (day < DATE_MIN || day > DATE_MAX)
		return false;
	*out = day;
	return true;
}

bool date_parse_iso(int32_t *out, const char *s, size_t len)
{
	struct scan in = { s, len };

	return len == DATE_TEXT - 1 && s[4] == '-' && scan_day(out, &in);
}
