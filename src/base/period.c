/*
 * Numbers of periods.  Knows the calendar; what a query may write is date_period.c's.
 */
#include "base/period.h"

#include <stdio.h>

#define EPOCH_WEEKDAY 3 /* days from a Monday to 1970-01-01, a Thursday */

static int64_t month_of(int32_t date)
{
	struct civil c = date_to_civil(date);

	return (int64_t)c.year * 12 + c.month - 1;
}

/* The first day of ${month}, counted from January of the year 0. */
static int32_t month_first(int64_t month)
{
	int32_t day;

	if (month < 12)
		return DATE_MIN - 1;
	if (month >= (int64_t)12 * 10000)
		return DATE_MAX + 1;
	date_from_civil(&day,
			(struct civil){ (int)(month / 12), (int)(month % 12) + 1, 1 });
	return day;
}

static int64_t week_of(int32_t date)
{
	int64_t days = (int64_t)date + EPOCH_WEEKDAY;

	return days / 7 - (days % 7 < 0);
}

/* A week at either end of the calendar has days on both sides. */
static int32_t week_first(int64_t week)
{
	int64_t day = week * 7 - EPOCH_WEEKDAY;

	if (day < DATE_MIN - 6)
		return DATE_MIN - 1;
	return day > DATE_MAX ? DATE_MAX + 1 : (int32_t)day;
}

int64_t period_of(enum period_unit unit, int32_t date)
{
	switch (unit) {
	case PERIOD_DAY:
		return date;
	case PERIOD_WEEK:
		return week_of(date);
	case PERIOD_MONTH:
		return month_of(date);
	case PERIOD_QUARTER:
		return month_of(date) / 3;
	case PERIOD_YEAR:
		break;
	}
	return month_of(date) / 12;
}

int32_t period_first(enum period_unit unit, int64_t period)
{
	switch (unit) {
	case PERIOD_DAY:
		if (period < DATE_MIN)
			return DATE_MIN - 1;
		return period > DATE_MAX ? DATE_MAX + 1 : (int32_t)period;
	case PERIOD_WEEK:
		return week_first(period);
	case PERIOD_MONTH:
		return month_first(period);
	case PERIOD_QUARTER:
		return month_first(period * 3);
	case PERIOD_YEAR:
		break;
	}
	return month_first(period * 12);
}

const char *period_format(char out[PERIOD_TEXT], enum period_unit unit, int64_t period)
{
	int32_t first = period_first(unit, period);
	struct civil c = date_to_civil(first);
	int year = c.year, week;

	switch (unit) {
	case PERIOD_DAY:
		return date_format(out, first);
	case PERIOD_WEEK:
		date_iso_week(&year, &week, first);
		snprintf(out, PERIOD_TEXT, "%04d-W%02d", year % 10000, week % 100);
		break;
	case PERIOD_MONTH:
		snprintf(out, PERIOD_TEXT, "%04d-%02d", year % 10000, c.month % 100);
		break;
	case PERIOD_QUARTER:
		snprintf(out, PERIOD_TEXT, "%04d-Q%d", year % 10000, (c.month + 2) / 3);
		break;
	case PERIOD_YEAR:
		snprintf(out, PERIOD_TEXT, "%04d", year % 10000);
		break;
	}
	return out;
}
