/* The fast parser against jansson, whose answer it has to give or leave. */
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "ingest/json_parse.h"
#include "ingest/record.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum { MADE = 20000, LONGEST = 48 };

static json_t *slow(const char *text, size_t len)
{
	json_error_t e;

	return json_loadb(text, len, RECORD_JSON_FLAGS | JSON_DECODE_ANY, &e);
}

static void expect(const char *text, size_t len, bool parsed)
{
	json_t *got = json_parse(text, len), *want = slow(text, len);

	if (got && !json_equal(got, want))
		fail_msg("another value than jansson: %.*s", (int)len, text);
	if (parsed && !got)
		fail_msg("not parsed: %.*s", (int)len, text);
	json_decref(got);
	json_decref(want);
}

static void plain_json_is_parsed(void **state)
{
	static const char *const cases[] = {
		"{}",
		" { \"a\" : [ ] , \"b\":[1,-2, 300 ],\"c\":{\"d\":null}}\r\n",
		"[true,false,null]",
		"\"\"",
		"\"a \\\"quoted\\\" \\\\ \\/ \\b\\f\\n\\r\\t end\"",
		"\"\\u00e9\\u4E2D\\ud83d\\ude00 \xC3\xA9 \xF0\x9F\x98\x80\"",
		"[0,-0,123456789012345678]",
		"{\"\":\"\",\"k\\u0065y\":1}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		expect(cases[i], strlen(cases[i]), true);
}

static void what_jansson_refuses_is_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"{",
		"{\"a\"}",
		"{\"a\":1,}",
		"{\"a\":1 \"b\":2}",
		"{\"a\":1,\"a\":2}",
		"[1 2]",
		"[01]",
		"[1",
		"\"a",
		"\"a\nb\"",
		"\"\\x\"",
		"\"\\u12g4\"",
		"\"\\ud800\"",
		"\"\\ud800\\u0041\"",
		"\"\\udc00\"",
		"\"\xC3\"",
		"\"\xED\xA0\x80\"",
		"nul",
		"{} x",
		"[1,]",
		"{1:2}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		json_t *want = slow(cases[i], strlen(cases[i]));
		json_t *got = json_parse(cases[i], strlen(cases[i]));

		if (want || got)
			fail_msg("taken: %s", cases[i]);
	}
}

static void deep_nesting_is_left_to_jansson(void **state)
{
	char text[4000];

	(void)state;
	memset(text, '[', sizeof(text));
	assert_null(json_parse(text, sizeof(text)));
	memset(text + sizeof(text) / 2, ']', sizeof(text) / 2);
	assert_null(json_parse(text, sizeof(text)));
}

/* Pieces of JSON thrown together: whatever is taken is what jansson makes of it. */
static void made_texts_are_what_jansson_says(void **state)
{
	static const char *const pieces[] = { "{",  "}",  "[",      "]",     ",",
					      ":",  "\"", "\"a\"",  "\"b\"", "1",
					      "-",  "0",  "true",   "null",  " ",
					      "\\", "u",  "\\u00e", "\xC3",  "\xA9",
					      "e",  ".",  "\"\":",  "\"x\":1" };
	unsigned seed = 7;
	size_t taken = 0;

	(void)state;
	for (size_t i = 0; i < MADE; i++) {
		char text[LONGEST * 8] = "[";
		json_t *got;

		for (size_t k = 0; k < i % 9; k++) {
			seed = seed * 1103515245u + 12345u;
			strcat(text, pieces[seed / 65536 % COUNT(pieces)]);
		}
		strcat(text, i % 2 ? "]" : "");
		got = json_parse(text, strlen(text));
		taken += got != NULL;
		json_decref(got);
		expect(text, strlen(text), false);
	}
	assert_true(taken > MADE / 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_json_is_parsed),
		cmocka_unit_test(what_jansson_refuses_is_refused),
		cmocka_unit_test(deep_nesting_is_left_to_jansson),
		cmocka_unit_test(made_texts_are_what_jansson_says),
	};

	return cmocka_run_group_tests_name("json_parse", tests, NULL, NULL);
}
