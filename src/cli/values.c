/*
 * Numbers, durations and times as a user types them.
 */
#include "cli/values.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"


int value_number(size_t *out, const char *text, size_t min, size_t max,
		 struct pdx_err *err)
{
	unsigned long long n;
	char *end;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (!isdigit((unsigned char)*text) || *end)
		return err_set(err, PDX_E_USAGE, "\"%s\" is not a number", text);
	if (errno || n > max)
		return err_set(err, PDX_E_USAGE, "%s is too large; at most %zu", text,
			       max);
	if (n < min)
		return err_set(err, PDX_E_USAGE, "%s is too small; at least %zu", text,
			       min);
	*out = (size_t)n;
	return PDX_OK;
}

int value_size(size_t *out, const char *text, size_t min, size_t max,
	       struct pdx_err *err)
{
	static const char units[] = "KMG";
	size_t digits = strspn(text, "0123456789");
	const char *unit = text[digits] ? strchr(units, text[digits]) : NULL;
	size_t scale = unit ? (size_t)1 << (10 * (unit - units + 1)) : 1;
	char number[32];
	int rc;

	if (digits == 0 || digits >= sizeof(number) ||
	    strlen(text) != digits + (unit != NULL))
		return err_set(err, PDX_E_USAGE,
			       "\"%s\" is no size; write bytes, or 64K, 64M, 4G", text);
	memcpy(number, text, digits);
	number[digits] = '\0';
	rc = value_number(out, number, min, max / scale, err);
	if (!rc)
		*out *= scale;
	return rc;
}

/* Days of the unit that ${s} is; 0: none. */
static double unit_days(const char *s)
{
	static const struct {
		const char *unit;
		double days;
	} units[] = {
		{ "", 1 },
		{ "d", 1 },
		{ "w", 7 },
		{ "m", 365.2425 / 12 }, /* of the calendar's mean year */
		{ "y", 365.2425 },
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(s, units[i].unit) == 0)
			return units[i].days;
	return 0;
}

int value_days(double *out, const char *text, struct pdx_err *err)
{
	char *end;
	double n = strtod(text, &end);

	if (!isdigit((unsigned char)*text) || !isfinite(n) || n <= 0 ||
	    unit_days(end) <= 0)
		return err_set(err, PDX_E_USAGE,
			       "\"%s\" is no time; write days, or 6w, 3m, 1y", text);
	*out = n * unit_days(end);
	return PDX_OK;
}

/* Two digits at ${*s}, below ${limit}. */
static bool two_digits(int *out, const char **s, int limit)
{
	if (!isdigit((unsigned char)(*s)[0]) || !isdigit((unsigned char)(*s)[1]))
		return false;
	*out = ((*s)[0] - '0') * 10 + (*s)[1] - '0';
	*s += 2;
	return *out < limit;
}

/* "10:20" or "10:20:30" as seconds. */
static bool clock_time(int64_t *out, const char **s)
{
	int hour, minute, second = 0;

	if (!two_digits(&hour, s, 24) || *(*s)++ != ':' || !two_digits(&minute, s, 60))
		return false;
	if (**s == ':') {
		(*s)++;
		if (!two_digits(&second, s, 60))
			return false;
	}
	*out = (int64_t)hour * 3600 + minute * 60 + second;
	return true;
}

/* "", "Z" or "+02:00" as seconds east of UTC. */
static bool offset(int64_t *out, const char *s)
{
	int hour, minute, sign = *s == '-' ? -1 : 1;

	*out = 0;
	if (*s == '\0' || strcmp(s, "Z") == 0)
		return true;
	if (*s != '+' && *s != '-')
		return false;
	s++;
	if (!two_digits(&hour, &s, 24))
		return false;
	s += *s == ':';
	if (!two_digits(&minute, &s, 60) || *s)
		return false;
	*out = sign * ((int64_t)hour * 3600 + minute * 60);
	return true;
}

int value_time(int64_t *out, const char *text, struct pdx_err *err)
{
	size_t len = strlen(text), date_len = strlen("2026-11-23");
	int64_t seconds = 0, east = 0;
	const char *s = text + (len < date_len ? len : date_len);
	int32_t day;
	bool ok = date_parse_iso(&day, text, (size_t)(s - text));

	if (ok && *s) {
		ok = *s == 'T' || *s == ' ';
		s++;
		ok = ok && clock_time(&seconds, &s) && offset(&east, s);
	}
	if (!ok)
		return err_set(err, PDX_E_USAGE,
			       "\"%s\" is no date; write it as 2026-11-23 or "
			       "2026-11-23T10:20:30Z",
			       text);
	*out = (int64_t)day * DATE_SECONDS + seconds - east;
	return PDX_OK;
}
