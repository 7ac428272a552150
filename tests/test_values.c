/*
 * Values of options as they are typed.
 */
#include "harness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/values.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void numbers_are_decimal_and_within_bounds(void **state)
{
	static const struct {
		const char *in;
		int rc;
		size_t want;
	} cases[] = {
		{ "5", 0, 5 },
		{ "007", 0, 7 },
		{ "100", 0, 100 },
		{ "101", PDX_E_USAGE, 0 },
		{ "4", PDX_E_USAGE, 0 },
		{ "99999999999999999999999", PDX_E_USAGE, 0 },
		{ "", PDX_E_USAGE, 0 },
		{ " 5", PDX_E_USAGE, 0 },
		{ "+5", PDX_E_USAGE, 0 },
		{ "-5", PDX_E_USAGE, 0 },
		{ "5x", PDX_E_USAGE, 0 },
		{ "0x5", PDX_E_USAGE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pdx_err err = { .message = "" };
		size_t got = 0;
		int rc = value_number(&got, cases[i].in, 5, 100, &err);

		if (rc != cases[i].rc || got != cases[i].want || (rc && !*err.message))
			fail_msg("\"%s\": %d, %zu, %s", cases[i].in, rc, got,
				 err.message);
	}
}

static void an_age_is_a_number_of_days_weeks_months_or_years(void **state)
{
	static const struct {
		const char *in;
		double want; /* 0: refused */
	} cases[] = {
		{ "30", 30 },        { "30d", 30 },     { "6w", 42 }, { "0.5d", 0.5 },
		{ "12m", 365.2425 }, { "2y", 730.485 }, { "0", 0 },   { "0d", 0 },
		{ "-3d", 0 },        { "", 0 },         { "d", 0 },   { "3x", 0 },
		{ "3 d", 0 },        { "inf", 0 },      { "nan", 0 }, { "1e999", 0 },
		{ "3dd", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pdx_err err;
		double got = 0;
		int rc = value_days(&got, cases[i].in, &err);

		if ((rc == 0) != (cases[i].want > 0) ||
		    fabs(got - cases[i].want) > 1e-9)
			fail_msg("\"%s\": %d, %f", cases[i].in, rc, got);
	}
}

static void a_size_is_bytes_or_has_a_unit(void **state)
{
	static const struct {
		const char *text;
		size_t want; /* 0: refused */
	} cases[] = {
		{ "1", 1 },
		{ "1000", 1000 },
		{ "64K", 65536 },
		{ "1M", 1 << 20 },
		{ "2G", (size_t)2 << 30 },
		{ "4G", (size_t)4 << 30 },
		{ "5G", 0 },
		{ "0", 0 },
		{ "", 0 },
		{ "M", 0 },
		{ "1m", 0 },
		{ "1MB", 0 },
		{ "-1", 0 },
		{ "1.5G", 0 },
		{ "99999999999999999999G", 0 },
		{ "999999999999999999999999999999999999999999999", 0 },
	};
	struct pdx_err err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t got = 0;
		int rc = value_size(&got, cases[i].text, 1, (size_t)4 << 30, &err);

		if (rc != (cases[i].want ? 0 : PDX_E_USAGE) ||
		    (rc == 0 && got != cases[i].want))
			fail_msg("\"%s\": %d, %zu", cases[i].text, rc, got);
	}
}

static void a_time_is_a_day_or_a_timestamp(void **state)
{
	static const struct {
		const char *in;
		int64_t want; /* -1: refused */
	} cases[] = {
		{ "1970-01-01", 0 },
		{ "2026-11-23", 1795392000 },
		{ "2026-11-23T10:20:30Z", 1795429230 },
		{ "2026-11-23 10:20:30", 1795429230 },
		{ "2026-11-23T10:20", 1795429200 },
		{ "2026-11-23T10:20+02:00", 1795422000 },
		{ "2026-11-23T10:20-0130", 1795434600 },
		{ "2026-11-31", -1 },
		{ "2026-11", -1 },
		{ "", -1 },
		{ "2026-11-23T", -1 },
		{ "2026-11-23T10", -1 },
		{ "2026-11-23T24:00", -1 },
		{ "2026-11-23T10:60", -1 },
		{ "2026-11-23T10:20:60", -1 },
		{ "2026-11-23T10:20x", -1 },
		{ "2026-11-23T10:20+2", -1 },
		{ "2026-11-23T10:20Zulu", -1 },
		{ "2026-11-23x10:20", -1 },
		{ "tomorrow", -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pdx_err err;
		int64_t got = -1;
		int rc = value_time(&got, cases[i].in, &err);

		if ((rc == 0) != (cases[i].want >= 0) || got != cases[i].want)
			fail_msg("\"%s\": %d, %lld", cases[i].in, rc, (long long)got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_decimal_and_within_bounds),
		cmocka_unit_test(an_age_is_a_number_of_days_weeks_months_or_years),
		cmocka_unit_test(a_size_is_bytes_or_has_a_unit),
		cmocka_unit_test(a_time_is_a_day_or_a_timestamp),
	};

	return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
