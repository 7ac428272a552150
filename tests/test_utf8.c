/* UTF-8: decoding, encoding, counting, cutting, cleaning. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void every_scalar_value_comes_back_from_its_encoding(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char s[UTF8_MAX_BYTES];
		size_t n = utf8_encode(s, cp);
		uint32_t got;

		if (utf8_decode(&got, s, n) != n)
			fail_msg("U+%04X: length", (unsigned)cp);
		if (got != (cp >= 0xD800 && cp <= 0xDFFF ? UTF8_REPLACEMENT : cp))
			fail_msg("U+%04X became U+%04X", (unsigned)cp, (unsigned)got);
		if (!utf8_valid(s, n) || (n > 1 && utf8_valid(s, n - 1)))
			fail_msg("U+%04X: validity", (unsigned)cp);
	}
}

static void what_is_beyond_unicode_is_encoded_as_a_replacement(void **state)
{
	char s[UTF8_MAX_BYTES];

	(void)state;
	assert_int_equal(utf8_encode(s, 0x110000), 3);
	assert_memory_equal(s, "\xEF\xBF\xBD", 3);
	assert_int_equal(utf8_encode(s, UINT32_MAX), 3);
}

/* The code points of ${bytes} in hexadecimal, '?' for U+FFFD. */
static const char *decoded(const char *bytes, size_t len)
{
	static char text[256];
	size_t used = 0;

	text[0] = '\0';
	for (size_t i = 0; i < len;) {
		uint32_t cp;

		i += utf8_decode(&cp, bytes + i, len - i);
		used += (size_t)snprintf(text + used, sizeof(text) - used,
					 cp == UTF8_REPLACEMENT ? "?" : "%X ",
					 (unsigned)cp);
	}
	return text;
}

static void ill_formed_text_is_replaced_by_maximal_subparts(void **state)
{
	static const struct {
		const char *bytes, *want;
	} cases[] = {
		/* Unicode 15, tables 3-8 to 3-11 */
		{ "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", "????????41 " },
		{ "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", "????????41 " },
		{ "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", "?????41 ??42 " },
		{ "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", "????41 " },
		{ "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
		  "61 ???62 ?63 ??64 " },
		/* cut at the end of the text */
		{ "\xF0\x9F\xA4", "?" },
		{ "\xE2\x82", "?" },
		{ "\xC3", "?" },
		{ "\xF5\x80\x80\x80", "????" },
		{ "\xF4\x8F\xBF\xBF", "10FFFF " },
		{ "\xED\x9F\xBF\xEE\x80\x80", "D7FF E000 " },
		{ "\xE0\xA0\x80\xF0\x90\x80\x80", "800 10000 " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(decoded(cases[i].bytes, strlen(cases[i].bytes)),
				    cases[i].want);
}

static void a_replacement_character_in_the_text_is_valid(void **state)
{
	(void)state;
	assert_true(utf8_valid("a\xEF\xBF\xBD", 4));
	assert_false(utf8_valid("a\xEF\xBF", 3));
	assert_true(utf8_valid("", 0));
	assert_true(utf8_valid("\0", 1));
}

static void code_points_are_counted_not_bytes(void **state)
{
	(void)state;
	assert_int_equal(utf8_count("", 0), 0);
	assert_int_equal(utf8_count("Z\xC3\xBCrich \xF0\x9F\xA4\x97", 12), 8);
	assert_int_equal(utf8_count("\xFF\xFF\xE2\x82", 4), 3);
}

static void a_cut_is_the_last_boundary_that_fits(void **state)
{
	/* Bytes that meet in all ways: ASCII, leads of each length, continuations. */
	static const char alphabet[] = "a\xC3\xE2\xF0\x80\x9F\xBF";
	uint32_t random = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char s[12];
		size_t boundary = 0;

		for (size_t i = 0; i < sizeof(s); i++) {
			random = random * 1664525 + 1013904223;
			s[i] = alphabet[(random >> 16) % (sizeof(alphabet) - 1)];
		}
		for (size_t max = 0; max <= sizeof(s); max++) {
			uint32_t cp;
			size_t n;

			while (boundary < sizeof(s) &&
			       (n = utf8_decode(&cp, s + boundary,
						sizeof(s) - boundary),
				boundary + n <= max))
				boundary += n;
			assert_int_equal(utf8_cut(s, sizeof(s), max), boundary);
		}
		assert_int_equal(utf8_cut(s, sizeof(s), SIZE_MAX), sizeof(s));
	}
	assert_int_equal(utf8_cut("", 0, 0), 0);
}

static void cleaning_leaves_text_that_is_valid_and_has_no_controls(void **state)
{
	static const struct {
		const char *in;
		size_t len;
		const char *want;
	} cases[] = {
		{ "plain\ttext\n", 11, "plain\ttext\n" },
		{ "a\r\nb\rc\n\rd\r", 10, "a\nb\nc\n\nd\n" },
		{ "a\0b", 3,
		  "a\xEF\xBF\xBD"
		  "b" },
		{ "a\x01\x1E\x1F\x1B[0m", 8, "a    [0m" },
		{ "\xEF\xBB\xBFtitle", 8, "title" },
		{ "\xEF\xBB\xBF\xEF\xBB\xBF", 6, "\xEF\xBB\xBF" },
		{ "x\xEF\xBB\xBF", 4, "x\xEF\xBB\xBF" },
		{ "\xEF\xBB", 2, "\xEF\xBF\xBD" },
		{ "na\xC3\xAFve \xFF", 8, "na\xC3\xAFve \xEF\xBF\xBD" },
		{ "\x7F", 1, "\x7F" },
		{ "", 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b = { 0 };

		utf8_clean(&b, cases[i].in, cases[i].len);
		assert_string_equal(buf_str(&b), cases[i].want);
		assert_int_equal(b.len, strlen(cases[i].want));
		buf_release(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_scalar_value_comes_back_from_its_encoding),
		cmocka_unit_test(what_is_beyond_unicode_is_encoded_as_a_replacement),
		cmocka_unit_test(ill_formed_text_is_replaced_by_maximal_subparts),
		cmocka_unit_test(a_replacement_character_in_the_text_is_valid),
		cmocka_unit_test(code_points_are_counted_not_bytes),
		cmocka_unit_test(a_cut_is_the_last_boundary_that_fits),
		cmocka_unit_test(
			cleaning_leaves_text_that_is_valid_and_has_no_controls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
