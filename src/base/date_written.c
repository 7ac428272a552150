/*
 * Dates as documents write them, read word by word: feeds, messages, front matter and
 * pages agree on little more than that there is a day, a month and a year.  The clock
 * and the zone are looked at only to know that they are such.
 */
#include <string.h>
#include <strings.h>

#include "base/date.h"

#define WRITTEN_MAX 100 /* bytes; the longest date with a zone in words has 60 */
#define WORD_MAX 12     /* letters: "Wednesday", "September" */
#define ZONE_MAX 5      /* letters: "AKDT", "CHAST" */

/* What was found so far; 0 where it was not. */
struct written {
	const char *s, *end;
	struct civil date;
	bool clock, zone;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The character ${i} places on; NUL at the end. */
static char peek(const struct written *w, size_t i)
{
	return (size_t)(w->end - w->s) > i ? w->s[i] : '\0';
}

static size_t count_digits(const struct written *w, size_t from)
{
	size_t n = 0;

	while (is_digit(peek(w, from + n)))
		n++;
	return n;
}

/* The ${n} digits that stand next; at most 9, so that they fit. */
static int take_digits(struct written *w, size_t n)
{
	int v = 0;

	for (; n > 0; n--)
		v = v * 10 + (*w->s++ - '0');
	return v;
}

/* The number of the name that ${word} is, in at least three letters; from 1. */
static int find_name(const char *const *names, int n, const char *word, size_t len)
{
	for (int i = 0; len >= 3 && i < n; i++) {
		if (len <= strlen(names[i]) && strncasecmp(names[i], word, len) == 0)
			return i + 1;
	}
	return 0;
}

static int find_month(const char *word, size_t len)
{
	static const char *const names[] = {
		"January", "February", "March",     "April",   "May",      "June",
		"July",    "August",   "September", "October", "November", "December",
	};

	return find_name(names, 12, word, len);
}

static bool is_weekday(const char *word, size_t len)
{
	static const char *const names[] = { "Monday",   "Tuesday", "Wednesday",
					     "Thursday", "Friday",  "Saturday",
					     "Sunday" };

	return find_name(names, 7, word, len) != 0;
}

static bool is_word(const char *word, size_t len, const char *wanted)
{
	return len == strlen(wanted) && strncasecmp(word, wanted, len) == 0;
}

static bool is_half_of_day(const char *word, size_t len)
{
	return is_word(word, len, "am") || is_word(word, len, "pm");
}

static bool is_complete(const struct written *w)
{
	return w->date.year != 0 && w->date.month != 0;
}

/* RFC 2822, section 4.3. */
static int full_year(int year, size_t digits)
{
	if (digits == 2)
		return year + (year < 50 ? 2000 : 1900);
	return digits == 3 ? year + 1900 : year;
}

/* hh:mm, perhaps with seconds and their fraction. */
static bool take_clock(struct written *w, size_t digits)
{
	int hour, minute, second = 0;

	if (w->clock || digits > 2)
		return false;
	hour = take_digits(w, digits);
	w->s++;
	if (count_digits(w, 0) != 2)
		return false;
	minute = take_digits(w, 2);
	if (peek(w, 0) == ':') {
		w->s++;
		if (count_digits(w, 0) != 2)
			return false;
		second = take_digits(w, 2);
		if ((peek(w, 0) == '.' || peek(w, 0) == ',') && is_digit(peek(w, 1)))
			w->s += 1 + count_digits(w, 1);
	}
	w->clock = true;
	/* A leap second, and the end of a day. */
	return minute < 60 && second <= 60 &&
	       (hour < 24 || (hour == 24 && minute == 0 && second == 0));
}

/* YYYY-MM or YYYY-MM-DD, with any of - / . between. */
static bool take_year_first(struct written *w)
{
	char mark;

	if (w->date.year || w->date.month)
		return false;
	w->date.year = take_digits(w, 4);
	mark = *w->s++;
	if (count_digits(w, 0) > 2)
		return false;
	w->date.month = take_digits(w, count_digits(w, 0));
	if (peek(w, 0) != mark || !is_digit(peek(w, 1)))
		return true;
	w->s++;
	if (count_digits(w, 0) > 2)
		return false;
	w->date.day = take_digits(w, count_digits(w, 0));
	return w->date.day != 0;
}

/*
 * 8.5.2026 has its day first.  8/5/2026 is read where only one order makes a date:
 * half of the world means another day by it.
 */
static bool take_year_last(struct written *w, size_t digits)
{
	int first, second;
	char mark;

	if (w->date.year || w->date.month || w->date.day)
		return false;
	first = take_digits(w, digits);
	mark = *w->s++;
	if (count_digits(w, 0) > 2)
		return false;
	second = take_digits(w, count_digits(w, 0));
	if (peek(w, 0) != mark || count_digits(w, 1) != 4)
		return false;
	w->s++;
	w->date.year = take_digits(w, 4);
	if (mark == '/' && first <= 12 && second <= 12 && first != second)
		return false;
	if (mark == '/' && second > 12)
		w->date = (struct civil){ w->date.year, first, second };
	else
		w->date = (struct civil){ w->date.year, second, first };
	return true;
}

/* A clock without colons, behind a T: 10, 1000, 100000. */
static bool take_compact_clock(struct written *w, size_t digits)
{
	int hour, minute = 0, second = 0;

	if (w->clock || digits > 6 || digits % 2 != 0)
		return false;
	hour = take_digits(w, 2);
	if (digits >= 4)
		minute = take_digits(w, 2);
	if (digits >= 6)
		second = take_digits(w, 2);
	if (peek(w, 0) == '.' && is_digit(peek(w, 1)))
		w->s += 1 + count_digits(w, 1);
	w->clock = true;
	return hour <= 24 && minute < 60 && second <= 60;
}

/* YYYYMMDD, perhaps with hhmm or hhmmss glued to it. */
static bool take_compact_day(struct written *w, size_t digits)
{
	if (w->date.year || w->date.month || w->date.day)
		return false;
	w->date.year = take_digits(w, 4);
	w->date.month = take_digits(w, 2);
	w->date.day = take_digits(w, 2);
	return digits == 8 || take_compact_clock(w, digits - 8);
}

/* A number that stands alone: the day first, then the year. */
static bool take_plain(struct written *w, size_t digits)
{
	if (digits <= 2 && !w->date.day) {
		w->date.day = take_digits(w, digits);
		return w->date.day != 0;
	}
	if (w->date.year || digits > 4 || digits < 2)
		return false;
	w->date.year = full_year(take_digits(w, digits), digits);
	return w->date.year != 0;
}

/* "8th" is 8: pass over the two letters. */
static void pass_ordinal(struct written *w)
{
	static const char *const endings[] = { "st", "nd", "rd", "th" };

	for (size_t i = 0; i < 4; i++) {
		if (is_letter(peek(w, 0)) && is_letter(peek(w, 1)) &&
		    !is_letter(peek(w, 2)) && strncasecmp(w->s, endings[i], 2) == 0) {
			w->s += 2;
			return;
		}
	}
}

/* "10 am", a clock of hours only. */
static bool is_hour(const struct written *w, size_t digits)
{
	size_t i = digits + (peek(w, digits) == ' ');
	char half = peek(w, i);

	return digits <= 2 &&
	       (half == 'a' || half == 'A' || half == 'p' || half == 'P') &&
	       (peek(w, i + 1) == 'm' || peek(w, i + 1) == 'M') &&
	       !is_letter(peek(w, i + 2));
}

static bool take_number(struct written *w)
{
	size_t n = count_digits(w, 0);
	char next = peek(w, n);
	bool more = is_digit(peek(w, n + 1));

	if (next == ':')
		return take_clock(w, n);
	if (n == 4 && more && next && strchr("-/.", next))
		return take_year_first(w);
	if (n <= 2 && more && next && strchr("/.", next))
		return take_year_last(w, n);
	if (n == 8 || n == 12 || n == 14)
		return take_compact_day(w, n);
	if (is_hour(w, n)) {
		w->clock = take_digits(w, n) <= 12;
		return w->clock;
	}
	if (!take_plain(w, n))
		return false;
	pass_ordinal(w);
	return true;
}

/* +hh, +hhmm or +hh:mm; the sign stands next. */
static bool take_offset(struct written *w)
{
	size_t n;

	w->s++;
	n = count_digits(w, 0);
	if (n == 0 || n == 3 || n > 4 || take_digits(w, n > 2 ? 2 : n) >= 24)
		return false;
	if (n == 4)
		return take_digits(w, 2) < 60;
	if (peek(w, 0) != ':')
		return true;
	w->s++;
	return count_digits(w, 0) == 2 && take_digits(w, 2) < 60;
}

static bool is_universal(const char *word, size_t len)
{
	return is_word(word, len, "z") || is_word(word, len, "utc") ||
	       is_word(word, len, "ut") || is_word(word, len, "gmt");
}

/*
 * "PDT", "Z", "GMT+2".  Behind a clock any few letters are a zone: there are hundreds,
 * and which one it is changes nothing.
 */
static bool take_zone(struct written *w, const char *word, size_t len)
{
	if (len > ZONE_MAX || w->zone ||
	    !(w->clock || (is_complete(w) && is_universal(word, len))))
		return false;
	w->zone = true;
	if ((peek(w, 0) == '+' || peek(w, 0) == '-') && is_digit(peek(w, 1)))
		return take_offset(w);
	return true;
}

static bool is_filler(const char *word, size_t len)
{
	return is_word(word, len, "at") || is_word(word, len, "of") ||
	       is_word(word, len, "on") || is_word(word, len, "the");
}

/* The letters that stand next, without dots: "Sept.", "p.m."  0: too many. */
static size_t take_letters(char word[WORD_MAX], struct written *w)
{
	size_t len = 0;

	for (; is_letter(peek(w, 0)) || peek(w, 0) == '.'; w->s++) {
		if (peek(w, 0) == '.')
			continue;
		if (len == WORD_MAX)
			return 0;
		word[len++] = *w->s;
	}
	return len;
}

/* The T between day and clock. */
static bool take_iso_clock(struct written *w)
{
	size_t n = count_digits(w, 0);

	return peek(w, n) == ':' ? take_clock(w, n) : take_compact_clock(w, n);
}

static bool take_word(struct written *w)
{
	char word[WORD_MAX];
	size_t len = take_letters(word, w);
	int month = find_month(word, len);

	if (month && !w->date.month) {
		w->date.month = month;
		return true;
	}
	if (is_weekday(word, len) || is_filler(word, len))
		return true;
	if (is_half_of_day(word, len))
		return w->clock;
	if (is_word(word, len, "t") && w->date.day && is_digit(peek(w, 0)))
		return take_iso_clock(w);
	return len > 0 && take_zone(w, word, len);
}

/* "(Pacific Daylight Time)" */
static bool take_comment(struct written *w)
{
	const char *close = memchr(w->s, ')', (size_t)(w->end - w->s));

	if (!close)
		return false;
	w->s = close + 1;
	return true;
}

static bool take_sign(struct written *w)
{
	if (is_digit(peek(w, 1)) && (w->clock || is_complete(w)) && !w->zone) {
		w->zone = true;
		return take_offset(w);
	}
	w->s++; /* "8-May-2026", "8 May 2026 - 10:30" */
	return w->s[-1] == '-';
}

static bool take_next(struct written *w)
{
	char c = *w->s;

	if (is_digit(c))
		return take_number(w);
	if (is_letter(c))
		return take_word(w);
	if (c == '(')
		return take_comment(w);
	if (c == '+' || c == '-')
		return take_sign(w);
	w->s++;
	return is_blank(c) || c == ',' || c == '.';
}

/* Seconds since 1970 in 9 or 10 digits, milliseconds in 13; perhaps a fraction. */
static bool parse_unix(int32_t *out, const struct written *w)
{
	size_t n = count_digits(w, 0);
	int64_t v = 0;

	if (n != 9 && n != 10 && n != 13)
		return false;
	if (peek(w, n) == '.' &&
	    n + 1 + count_digits(w, n + 1) != (size_t)(w->end - w->s))
		return false;
	if (peek(w, n) != '.' && w->s + n != w->end)
		return false;
	for (size_t i = 0; i < n; i++)
		v = v * 10 + (w->s[i] - '0');
	*out = (int32_t)((n > 10 ? v / 1000 : v) / DATE_SECONDS);
	return true;
}

bool date_parse_written(int32_t *out, const char *s, size_t len)
{
	struct written w = { .s = s, .end = s + len };

	while (w.s < w.end && is_blank(*w.s))
		w.s++;
	while (w.end > w.s && is_blank(w.end[-1]))
		w.end--;
	if (w.s == w.end || w.end - w.s > WRITTEN_MAX)
		return false;
	if (parse_unix(out, &w))
		return true;
	while (w.s < w.end) {
		if (!take_next(&w))
			return false;
	}
	if (!w.date.month && w.date.year && !w.date.day)
		w.date.month = 1;
	if (!w.date.day)
		w.date.day = 1;
	return date_from_civil(out, w.date);
}
