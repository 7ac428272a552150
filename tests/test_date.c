/* The calendar, the dates of documents, periods. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "base/period.h"

static void every_day_of_the_calendar_comes_back_from_its_civil_date(void **state)
{
	struct civil before = { 0, 12, 31 };

	(void)state;
	for (int32_t date = DATE_MIN; date <= DATE_MAX; date++) {
		struct civil c = date_to_civil(date);
		int32_t back;

		if (!date_from_civil(&back, c) || back != date)
			fail_msg("day %d", date);
		/* One step on: the next day, the next month's first or the next year's.
		 */
		if (!(c.year == before.year && c.month == before.month &&
		      c.day == before.day + 1) &&
		    !(c.year == before.year && c.month == before.month + 1 &&
		      c.day == 1) &&
		    !(c.year == before.year + 1 && c.month == 1 && c.day == 1))
			fail_msg("day %d after %d-%d-%d", date, before.year,
				 before.month, before.day);
		before = c;
	}
	assert_int_equal(before.year, 9999);
}

static void the_calendar_agrees_with_that_of_libc(void **state)
{
	(void)state;
	/* 1700 to 2300 */
	for (int32_t date = -98615; date < 120530; date++) {
		time_t t = (time_t)date * 86400;
		char want[64], got[64], iso[DATE_TEXT];
		int year, week;
		struct tm tm;

		assert_non_null(gmtime_r(&t, &tm));
		strftime(want, sizeof(want), "%Y-%m-%d %G-W%V-%u", &tm);
		date_iso_week(&year, &week, date);
		snprintf(got, sizeof(got), "%s %d-W%02d-%d", date_format(iso, date),
			 year, week, date_weekday(date));
		assert_string_equal(got, want);
	}
}

static void the_ends_of_the_calendar_are_where_the_header_says(void **state)
{
	char text[DATE_TEXT];
	int year, week;
	int32_t date;

	(void)state;
	assert_true(date_from_civil(&date, (struct civil){ 1, 1, 1 }));
	assert_int_equal(date, DATE_MIN);
	assert_true(date_from_civil(&date, (struct civil){ 9999, 12, 31 }));
	assert_int_equal(date, DATE_MAX);
	assert_string_equal(date_format(text, DATE_MIN), "0001-01-01");
	assert_string_equal(date_format(text, DATE_MAX), "9999-12-31");
	assert_string_equal(date_format(text, 0), "1970-01-01");
	date_iso_week(&year, &week, DATE_MIN);
	assert_true(year == 1 && week == 1);
	date_iso_week(&year, &week, DATE_MAX);
	assert_true(year == 9999 && week == 52);
}

static void no_date_has_no_text(void **state)
{
	char text[DATE_TEXT] = "x";

	(void)state;
	assert_string_equal(date_format(text, PDX_NO_DATE), "");
	assert_string_equal(date_format(text, DATE_MIN - 1), "");
	assert_string_equal(date_format(text, DATE_MAX + 1), "");
}

static void three_numbers_that_name_no_day_are_refused(void **state)
{
	static const struct civil none[] = {
		{ 0, 1, 1 },     { 10000, 1, 1 }, { -5, 1, 1 },    { 2026, 0, 1 },
		{ 2026, 13, 1 }, { 2026, -1, 1 }, { 2026, 1, 0 },  { 2026, 1, 32 },
		{ 2026, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		int32_t date = 7;

		if (date_from_civil(&date, none[i]))
			fail_msg("%d-%d-%d", none[i].year, none[i].month, none[i].day);
		assert_int_equal(date, 7);
	}
}

static void an_iso_date_is_ten_characters_and_nothing_else(void **state)
{
	static const char *const none[] = { "2026-5-08",  "20260508",   "2026-05-08 ",
					    "2026-05-8x", "2026-05-0",  "2026-02-30",
					    "2026/05/08", "-026-05-08", "" };
	int32_t date;

	(void)state;
	assert_true(date_parse_iso(&date, "2026-05-08", 10));
	assert_int_equal(date, 20581);
	assert_true(date_parse_iso(&date, "2026-05-08T10:00", 10));
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		if (date_parse_iso(&date, none[i], strlen(none[i])))
			fail_msg("\"%s\"", none[i]);
	}
}

static void written_dates_are_read_as_their_table_says(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "written_date.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char text[DATE_TEXT];
		int32_t date;

		if (date_parse_written(&date, rows[i].in, strlen(rows[i].in)))
			check_case(&rows[i], date_format(text, date));
		else
			check_case(&rows[i], "none");
	}
	cases_free(rows, n);
}

static void a_day_is_found_in_every_form_that_libc_writes(void **state)
{
	(void)state;
	/* 1970 to 2049 */
	for (int32_t date = 0; date < 29220; date++) {
		time_t t = (time_t)date * 86400 + 43200;
		char text[512];
		struct tm tm;

		assert_non_null(gmtime_r(&t, &tm));
		strftime(text, sizeof(text),
			 "%Y-%m-%dT%H:%M:%SZ|%a, %d %b %Y %T GMT|%A, %d-%b-%Y %H:%M|"
			 "%a %b %e %T %Y|%B %e, %Y at %I:%M %p|%e %B %Y|%d.%m.%Y",
			 &tm);
		for (char *form = strtok(text, "|"); form; form = strtok(NULL, "|")) {
			int32_t got = PDX_NO_DATE;

			if (!date_parse_written(&got, form, strlen(form)) ||
			    got != date)
				fail_msg("\"%s\": %d, not %d", form, got, date);
		}
	}
}

static void a_cut_or_changed_date_is_a_day_or_none(void **state)
{
	static const char text[] = "Fri, 08 May 2026 10:00:00 GMT+2 (CEST)";
	uint32_t seed = 20260508;

	(void)state;
	for (size_t round = 0; round < 20000; round++) {
		size_t len = round % sizeof(text);
		char *copy = malloc(len + 1);
		int32_t date = 7;

		assert_non_null(copy);
		memcpy(copy, text, len);
		seed = seed * 1664525u + 1013904223u;
		if (len > 0)
			copy[(seed >> 8) % len] = (char)(seed >> 24);
		if (date_parse_written(&date, copy, len))
			assert_true(date >= DATE_MIN && date <= DATE_MAX);
		else
			assert_int_equal(date, 7);
		free(copy);
	}
}

/* "first..last" or "error: ..." for ${in}, which may end with "@today". */
static void period_text(char *out, size_t size, const char *in)
{
	const char *at = strchr(in, '@');
	size_t len = at ? (size_t)(at - in) : strlen(in);
	char first[DATE_TEXT], last[DATE_TEXT];
	struct date_range range;
	struct pdx_err err;
	int32_t today;
	int rc;

	if (!date_parse_iso(&today, at ? at + 1 : "2026-05-08", DATE_TEXT - 1))
		fail_msg("bad case: %s", in);
	rc = date_parse_period(&range, in, len, today, &err);
	if (rc == PDX_OK) {
		snprintf(out, size, "%s..%s", date_format(first, range.first),
			 date_format(last, range.last));
		return;
	}
	assert_int_equal(rc, PDX_E_QUERY);
	assert_int_equal(err.status, PDX_E_QUERY);
	snprintf(out, size, "error: %s",
		 strstr(err.message, "is not a date; write 2026,") ? "not a date"
								   : err.message);
}

static void periods_are_read_as_their_table_says(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "period.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char got[PDX_ERR_MESSAGE + 8];

		period_text(got, sizeof(got), rows[i].in);
		check_case(&rows[i], got);
	}
	cases_free(rows, n);
}

static void a_text_that_is_no_date_is_quoted_in_part(void **state)
{
	struct date_range range;
	struct pdx_err err;
	char text[200];

	(void)state;
	memset(text, 'z', sizeof(text));
	assert_int_equal(date_parse_period(&range, "tomorrow", 8, 20581, &err),
			 PDX_E_QUERY);
	assert_non_null(
		strstr(err.message, "\"tomorrow\" is not a date; write 2026, "));
	assert_int_equal(date_parse_period(&range, text, sizeof(text), 20581, &err),
			 PDX_E_QUERY);
	assert_non_null(strstr(err.message, "zzz...\" is not a date"));
}

static void a_name_that_was_mistyped_is_hinted_at(void **state)
{
	struct date_range range;
	struct pdx_err err;

	(void)state;
	assert_int_equal(date_parse_period(&range, "last-mnoth", 10, 20581, &err),
			 PDX_E_QUERY);
	assert_string_equal(err.hint, "last-month");
}

static void a_relative_period_needs_a_today_and_an_absolute_one_does_not(void **state)
{
	struct date_range range;
	struct pdx_err err;

	(void)state;
	assert_int_equal(date_parse_period(&range, "7d", 2, PDX_NO_DATE, &err),
			 PDX_E_QUERY);
	assert_string_equal(err.message, "\"7d\" needs to know what day it is");
	assert_int_equal(date_parse_period(&range, "2026", 4, PDX_NO_DATE, &err),
			 PDX_OK);
}

/* Each day of the calendar lies in one period of each unit, whose text names it. */
static void periods_divide_the_calendar_and_their_texts_name_them(void **state)
{
	(void)state;
	for (int unit = PERIOD_DAY; unit <= PERIOD_YEAR; unit++) {
		enum period_unit u = (enum period_unit)unit;
		int64_t period = period_of(u, DATE_MIN);
		int32_t day = DATE_MIN;

		assert_int_equal(period_first(u, period), DATE_MIN);
		for (; day <= DATE_MAX; period++) {
			int32_t next = period_first(u, period + 1);
			struct date_range range;
			char text[PERIOD_TEXT];
			struct pdx_err err;

			period_format(text, u, period);
			if (next <= day || period_of(u, day) != period ||
			    (next <= DATE_MAX && period_of(u, next - 1) != period))
				fail_msg("%s: from %d to before %d", text, day, next);
			if (date_parse_period(&range, text, strlen(text), PDX_NO_DATE,
					      &err))
				fail_msg("%s", err.message);
			if (range.first != day ||
			    range.last != (next > DATE_MAX ? DATE_MAX : next - 1))
				fail_msg("%s: a query reads %d to %d", text,
					 range.first, range.last);
			day = next;
		}
		assert_true(period_first(u, period_of(u, DATE_MIN) - 1) < DATE_MIN);
		assert_true(period_first(u, period + 5) > DATE_MAX);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_day_of_the_calendar_comes_back_from_its_civil_date),
		cmocka_unit_test(the_calendar_agrees_with_that_of_libc),
		cmocka_unit_test(periods_divide_the_calendar_and_their_texts_name_them),
		cmocka_unit_test(the_ends_of_the_calendar_are_where_the_header_says),
		cmocka_unit_test(no_date_has_no_text),
		cmocka_unit_test(three_numbers_that_name_no_day_are_refused),
		cmocka_unit_test(an_iso_date_is_ten_characters_and_nothing_else),
		cmocka_unit_test(written_dates_are_read_as_their_table_says),
		cmocka_unit_test(a_day_is_found_in_every_form_that_libc_writes),
		cmocka_unit_test(a_cut_or_changed_date_is_a_day_or_none),
		cmocka_unit_test(periods_are_read_as_their_table_says),
		cmocka_unit_test(a_text_that_is_no_date_is_quoted_in_part),
		cmocka_unit_test(a_name_that_was_mistyped_is_hinted_at),
		cmocka_unit_test(
			a_relative_period_needs_a_today_and_an_absolute_one_does_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
