/*
 * The calendar: days, civil dates, ISO weeks.  Knows no clock; whoever needs today's
 * date passes it in.
 */
#include "base/date.h"

#include <stdio.h>


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

int32_t date_of_time(int64_t seconds)
{
	int64_t day = seconds / DATE_SECONDS - (seconds % DATE_SECONDS < 0);

	if (day < DATE_MIN || day > DATE_MAX)
		return PDX_NO_DATE;
	return (int32_t)day;
}

const char *date_time_format(char out[DATE_TIME_TEXT], int64_t seconds)
{
	int32_t day = date_of_time(seconds);
	unsigned rest;
	char iso[DATE_TEXT];

	out[0] = '\0';
	if (day == PDX_NO_DATE)
		return out;
	rest = (unsigned)(seconds - (int64_t)day * DATE_SECONDS);
	snprintf(out, DATE_TIME_TEXT, "%sT%02u:%02u:%02uZ", date_format(iso, day),
		 rest / 3600 % 24, rest / 60 % 60, rest % 60);
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

/* Exactly ${digits} decimal digits. */
static bool read_number(int *out, const char *s, size_t digits)
{
	*out = 0;
	for (size_t i = 0; i < digits; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*out = *out * 10 + (s[i] - '0');
	}
	return true;
}

bool date_parse_iso(int32_t *out, const char *s, size_t len)
{
	struct civil c;

	return len == DATE_TEXT - 1 && s[4] == '-' && s[7] == '-' &&
	       read_number(&c.year, s, 4) && read_number(&c.month, s + 5, 2) &&
	       read_number(&c.day, s + 8, 2) && date_from_civil(out, c);
}
