/*
 * The periods that a query can name.  Apart from the calendar, because most of it is
 * telling what is wrong with a date; knows nothing of the query around it.
 */
#include <string.h>

#include "base/date.h"
#include "base/distance.h"
#include "base/period.h"
#include "base/utf8.h"

#define WORD_MAX 32         /* longer than any period: a longer text is none */
#define QUOTE_MAX 40        /* bytes of a wrong text that a message repeats */
#define NUMBER_MAX 10000000 /* more days than the calendar has */

static const struct name {
	const char *name;
	enum period_unit unit;
	int offset;
} names[] = {
	{ "today", PERIOD_DAY, 0 },
	{ "yesterday", PERIOD_DAY, -1 },
	{ "this-week", PERIOD_WEEK, 0 },
	{ "last-week", PERIOD_WEEK, -1 },
	{ "this-month", PERIOD_MONTH, 0 },
	{ "last-month", PERIOD_MONTH, -1 },
	{ "this-quarter", PERIOD_QUARTER, 0 },
	{ "last-quarter", PERIOD_QUARTER, -1 },
	{ "this-year", PERIOD_YEAR, 0 },
	{ "last-year", PERIOD_YEAR, -1 },
};

/* The text in lower case, and how far it has been read. */
struct period {
	char word[WORD_MAX];
	const char *at;
	int32_t today;
	struct pdx_err *err;
};

/* The first day of the ${unit} that is ${offset} units after that of ${date}. */
static int32_t unit_start(enum period_unit unit, int32_t date, int64_t offset)
{
	return period_first(unit, period_of(unit, date) + offset);
}

/* What of ${first} to ${last} is in the calendar. */
static int set_range(struct date_range *out, const struct period *p, int64_t first,
		     int64_t last)
{
	if (last < DATE_MIN)
		return err_set(p->err, PDX_E_QUERY, "\"%s\" lies before the year 1",
			       p->word);
	out->first = first < DATE_MIN ? DATE_MIN : (int32_t)first;
	out->last = last > DATE_MAX ? DATE_MAX : (int32_t)last;
	return PDX_OK;
}

/* The whole ${unit} that is ${offset} units after that of ${date}. */
static int set_unit(struct date_range *out, const struct period *p,
		    enum period_unit unit, int32_t date, int offset)
{
	return set_range(out, p, unit_start(unit, date, offset),
			 (int64_t)unit_start(unit, date, offset + 1) - 1);
}

static int not_a_date(struct pdx_err *err, const char *s, size_t len)
{
	size_t shown = utf8_cut(s, len, QUOTE_MAX);
	const char *dots = shown < len ? "..." : "";
	struct nearest near;

	nearest_init(&near, s, len);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		nearest_offer(&near, names[i].name);
	if (near.best) {
		err_set(err, PDX_E_QUERY,
			"\"%.*s\" is not a date; did you mean \"%s\"?", (int)len, s,
			near.best);
		err_hint(err, near.best);
		return PDX_E_QUERY;
	}
	return err_set(
		err, PDX_E_QUERY,
		"\"%.*s%s\" is not a date; write 2026, 2026-05, 2026-05-08, "
		"2026-Q2, 2026-W07, today, yesterday, 7d, 3w, 2m, 1y, this-month "
		"or last-month",
		(int)shown, s, dots);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits at p->at, no more than NUMBER_MAX; *n is how many there are. */
static int take_number(size_t *n, struct period *p)
{
	const char *begin = p->at;
	int v = 0;

	for (; is_digit(*p->at); p->at++) {
		if (v < NUMBER_MAX)
			v = v * 10 + (*p->at - '0');
	}
	*n = (size_t)(p->at - begin);
	return v < NUMBER_MAX ? v : NUMBER_MAX;
}

/*
 * A part of an absolute date: a number from 1 to ${max} in ${digits} digits.  ${max}
 * holds in the period that the first ${scope} bytes of the text name; 0: everywhere.
 */
static int take_part(int *out, struct period *p, const char *name, int digits, int max,
		     int scope)
{
	static const char *const counts[] = { "", "one digit", "two digits",
					      "three digits", "four digits" };
	const char *begin = p->at;
	int before = (int)(begin - p->word);
	size_t n;

	*out = take_number(&n, p);
	if (n == 0)
		return err_set(p->err, PDX_E_QUERY, "expected a %s after \"%.*s\"",
			       name, before, p->word);
	if (*out < 1 || *out > max)
		return err_set(p->err, PDX_E_QUERY,
			       "%s %.*s is not between 1 and %d%s%.*s", name, (int)n,
			       begin, max, scope > 0 ? " in " : "", scope, p->word);
	if (n != (size_t)digits)
		return err_set(p->err, PDX_E_QUERY, "a %s has %s: %.*s%0*d", name,
			       counts[digits], before, p->word, digits, *out);
	return PDX_OK;
}

/* Nothing may follow what has been read. */
static int at_end(const struct period *p)
{
	if (*p->at == '\0')
		return PDX_OK;
	return err_set(p->err, PDX_E_QUERY, "unexpected \"%s\" after the date %.*s",
		       p->at, (int)(p->at - p->word), p->word);
}

static int parse_quarter(struct date_range *out, struct period *p, int32_t january)
{
	int quarter, rc;

	p->at++;
	rc = take_part(&quarter, p, "quarter", 1, 4, 0);
	if (rc == PDX_OK)
		rc = at_end(p);
	if (rc == PDX_OK)
		rc = set_unit(out, p, PERIOD_QUARTER, january, quarter - 1);
	return rc;
}

static int parse_week(struct date_range *out, struct period *p, int32_t january)
{
	/* 4 January is in week 1, 28 December in the last one. */
	int32_t year_end = unit_start(PERIOD_YEAR, january, 1) - 1;
	int week, year, weeks, rc;

	p->at++;
	date_iso_week(&year, &weeks, year_end - 3);
	rc = take_part(&week, p, "week", 2, weeks, 4);
	if (rc == PDX_OK)
		rc = at_end(p);
	if (rc == PDX_OK)
		rc = set_unit(out, p, PERIOD_WEEK, january + 3, week - 1);
	return rc;
}

static int parse_month(struct date_range *out, struct period *p, int32_t january)
{
	int month, day, rc;
	int32_t first;

	rc = take_part(&month, p, "month", 2, 12, 0);
	if (rc != PDX_OK)
		return rc;
	first = unit_start(PERIOD_MONTH, january, month - 1);
	if (*p->at != '-') {
		rc = at_end(p);
		return rc == PDX_OK ? set_unit(out, p, PERIOD_MONTH, first, 0) : rc;
	}
	p->at++;
	rc = take_part(&day, p, "day", 2, unit_start(PERIOD_MONTH, first, 1) - first,
		       7);
	if (rc == PDX_OK)
		rc = at_end(p);
	return rc == PDX_OK ? set_unit(out, p, PERIOD_DAY, first, day - 1) : rc;
}

/* 2026, 2026-05, 2026-05-08, 2026-q2, 2026-w07. */
static int parse_absolute(struct date_range *out, struct period *p)
{
	int32_t january;
	int year, rc;

	rc = take_part(&year, p, "year", 4, 9999, 0);
	if (rc != PDX_OK)
		return rc;
	january = period_first(PERIOD_YEAR, year);
	if (*p->at != '-') {
		rc = at_end(p);
		return rc == PDX_OK ? set_unit(out, p, PERIOD_YEAR, january, 0) : rc;
	}
	p->at++;
	if (*p->at == 'q')
		return parse_quarter(out, p, january);
	if (*p->at == 'w')
		return parse_week(out, p, january);
	return parse_month(out, p, january);
}

/* The day ${months} months before ${date}, or the last day of its month. */
static int64_t months_before(int32_t date, int64_t months)
{
	int32_t first = unit_start(PERIOD_MONTH, date, -months);
	int32_t length = unit_start(PERIOD_MONTH, date, 1 - months) - first;
	int day = date_to_civil(date).day;

	return first + (day < length ? day : length) - 1;
}

/* 7d, 3w, 2m, 1y.  False where ${p} has not this form. */
static bool parse_span(struct date_range *out, struct period *p, int *rc)
{
	size_t n;
	int64_t count = take_number(&n, p);
	int64_t first;

	if (n == 0 || strlen(p->at) != 1 || !strchr("dwmy", *p->at)) {
		p->at = p->word;
		return false;
	}
	if (*p->at == 'd')
		first = p->today - count;
	else if (*p->at == 'w')
		first = p->today - count * 7;
	else
		first = months_before(p->today, *p->at == 'm' ? count : count * 12);
	*rc = set_range(out, p, first, p->today);
	return true;
}

/* today, last-month, ...  False where ${p} is none of them. */
static bool parse_name(struct date_range *out, struct period *p, int *rc)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(p->word, names[i].name) == 0) {
			*rc = set_unit(out, p, names[i].unit, p->today,
				       names[i].offset);
			return true;
		}
	}
	return false;
}

/* False where the text cannot be a period: too long, or not printable ASCII. */
static bool fold(char word[WORD_MAX], const char *s, size_t len)
{
	if (len >= WORD_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] <= ' ' || s[i] > '~')
			return false;
		word[i] = s[i];
		if (s[i] >= 'A' && s[i] <= 'Z')
			word[i] = (char)(s[i] - 'A' + 'a');
	}
	word[len] = '\0';
	return true;
}

/* "26-05" misses digits of a year; "7x" and "3 days" are something else. */
static bool begins_with_year(const char *word)
{
	size_t n = strspn(word, "0123456789");

	return n >= 4 || (n > 0 && (word[n] == '-' || word[n] == '\0'));
}

int date_parse_period(struct date_range *out, const char *s, size_t len, int32_t today,
		      struct pdx_err *err)
{
	bool today_known = today >= DATE_MIN && today <= DATE_MAX;
	struct period p = { .today = today_known ? today : 0, .err = err };
	int rc;

	if (len == 0)
		return err_set(err, PDX_E_QUERY, "expected a date");
	if (!fold(p.word, s, len))
		return not_a_date(err, s, len);
	p.at = p.word;
	if (parse_span(out, &p, &rc) || parse_name(out, &p, &rc)) {
		if (today_known)
			return rc;
		return err_set(err, PDX_E_QUERY, "\"%s\" needs to know what day it is",
			       p.word);
	}
	if (begins_with_year(p.word))
		return parse_absolute(out, &p);
	return not_a_date(err, s, len);
}
