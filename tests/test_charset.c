/* Encodings: which one a text is in, and what it says then. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/charset.h"

static void texts_are_read_in_the_encoding_that_is_surest(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "charset.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		const char *type = rows[i].in[0] == '-' ? NULL : rows[i].in;
		char *bytes = rows[i].want, *want = strstr(bytes, " -> ");
		struct case_row row = rows[i];
		struct buf got = { 0 };

		assert_non_null(want);
		row.want = want + strlen(" -> ");
		charset_decode(&got, charset_guess(bytes, (size_t)(want - bytes), type),
			       bytes, (size_t)(want - bytes));
		check_case(&row, buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

static void text_of_two_bytes_a_character_is_found_with_and_without_a_mark(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *want;
	} cases[] = {
		{ "\xFF\xFE<\0p\0>\0\xE9\0", 10, "<p>\xC3\xA9" },
		{ "\xFE\xFF\0<\0p\0>\0\xE9", 10, "<p>\xC3\xA9" },
		{ "<\0p\0>\0", 6, "<p>" },
		{ "\0<\0p\0>", 6, "<p>" },
		{ "\xFF\xFE\x3D\xD8\x00\xDE", 6, "\xF0\x9F\x98\x80" },
		/* half a pair, and half a character */
		{ "\xFF\xFE"
		  "a\0\x3D\xD8z\0",
		  8, "a\xEF\xBF\xBDz" },
		{ "\xFF\xFE"
		  "a\0b",
		  5, "a\xEF\xBF\xBD" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *s = cases[i].bytes;
		struct buf got = { 0 };

		charset_decode(&got, charset_guess(s, cases[i].len, NULL), s,
			       cases[i].len);
		assert_string_equal(buf_str(&got), cases[i].want);
		buf_release(&got);
	}
}

static void labels_are_found_without_case_and_unknown_ones_are_not(void **state)
{
	(void)state;
	assert_string_equal(charset_find("LATIN1", 6), "CP1252");
	assert_string_equal(charset_find("Utf-8", 5), "UTF-8");
	assert_null(charset_find("UTF-7", 5));
	assert_null(charset_find("utf-8x", 6));
	assert_null(charset_find("", 0));
	assert_null(charset_of_type(NULL));
	assert_null(charset_of_type("text/html"));
}

static void any_bytes_become_valid_text_in_any_encoding(void **state)
{
	static const char *const names[] = { "utf-8",   "utf-16be",    "big5",
					     "gb18030", "iso-2022-jp", "shift_jis",
					     "euc-jp",  "windows-1255" };
	uint32_t random = 88172645u;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		const char *label = names[round % 8];
		struct buf got = { 0 };
		char bytes[97];

		for (size_t i = 0; i < sizeof(bytes); i++) {
			random = random * 1664525u + 1013904223u;
			bytes[i] = (char)(random >> 24);
		}
		charset_decode(&got, charset_find(label, strlen(label)), bytes,
			       sizeof(bytes));
		assert_true(buf_ok(&got));
		if (!utf8_valid(buf_str(&got), got.len))
			fail_msg("%s, round %d: not valid", label, round);
		buf_release(&got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_read_in_the_encoding_that_is_surest),
		cmocka_unit_test(
			text_of_two_bytes_a_character_is_found_with_and_without_a_mark),
		cmocka_unit_test(
			labels_are_found_without_case_and_unknown_ones_are_not),
		cmocka_unit_test(any_bytes_become_valid_text_in_any_encoding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
