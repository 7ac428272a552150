/* Glued header lines: tables of lines and what they say. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "ingest/header.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool knows(void *ctx, const char *field, const char *text, size_t len)
{
	static const char *const values[][2] = {
		{ "company", "huggingface" }, { "company", "mistral" },
		{ "company", "hf" },          { "company", "ai" },
		{ "company", "xai" },         { "company", "onyx" },
		{ "category", "funding" },    { "category", "aisafety" },
		{ "category", "safety" },     { "category", "facevalue" },
		{ "category", "go" },
	};

	(void)ctx;
	for (size_t i = 0; i < COUNT(values); i++) {
		if (strcmp(values[i][0], field) == 0 && strlen(values[i][1]) == len &&
		    memcmp(values[i][1], text, len) == 0)
			return true;
	}
	return false;
}

static const char *shown(const struct header *h, const char *value)
{
	if (value)
		return value;
	return h->plain_text ? "?" : "-";
}

static void check_table(const char *name, const struct known_names *known)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, name);

	for (size_t i = 0; i < n; i++) {
		struct arena arena = { 0 };
		struct header h;
		char got[512], date[DATE_TEXT];

		assert_int_equal(
			header_parse(&h, &arena, rows[i].in, strlen(rows[i].in), known),
			0);
		snprintf(got, sizeof(got), "%s; %s; %s", shown(&h, h.company),
			 shown(&h, h.category),
			 h.date == PDX_NO_DATE ? "-" : date_format(date, h.date));
		check_case(&rows[i], got);
		arena_release(&arena);
	}
	cases_free(rows, n);
}

static void structure_alone_splits_a_header(void **state)
{
	const struct known_names nothing = { 0 };

	(void)state;
	check_table("header.t", &nothing);
	check_table("header.t", NULL);
}

static void what_the_index_knows_splits_the_rest(void **state)
{
	const struct known_names known = { knows, NULL };

	(void)state;
	check_table("header_known.t", &known);
}

static void a_header_is_told_from_text_by_its_look(void **state)
{
	static const struct {
		const char *line;
		enum header_look look;
	} cases[] = {
		{ "Hugging FaceFundingHugging Face2026-05-08", HEADER_DATED },
		{ "Research2026-05-08", HEADER_DATED },
		{ "2026-05-08", HEADER_DATED },
		{ "Hugging Face Funding Hugging Face 2026-05-08", HEADER_DATED },
		{ "Nightly build of 2026-05-08", HEADER_LOOSE },
		{ "backup-2026-05-08", HEADER_LOOSE },
		{ "Tarn RoboticsFundingTarn Robotics", HEADER_SHAPE },
		{ "Tarn Robotics Funds Tarn Robotics", HEADER_NOT },
		{ "Why GPT-4o Beats GPT-4o", HEADER_NOT },
		{ "AI for AI", HEADER_NOT },
		{ "Back", HEADER_NOT },
		{ "Entertainment", HEADER_NOT },
		{ "Alexa", HEADER_NOT },
		{ "", HEADER_NOT },
		{ "1999-12-31 23:59", HEADER_NOT },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		enum header_look look =
			header_look(cases[i].line, strlen(cases[i].line));

		if (look != cases[i].look)
			fail_msg("\"%s\": look %d", cases[i].line, (int)look);
	}
}

static void a_line_longer_than_any_header_is_text(void **state)
{
	char line[HEADER_MAX + 32];
	struct arena arena = { 0 };
	struct header h;

	(void)state;
	memset(line, 'x', sizeof(line));
	memcpy(line + sizeof(line) - 10, "2026-05-08", 10);
	assert_int_equal(header_look(line, sizeof(line)), HEADER_NOT);
	assert_int_equal(header_parse(&h, &arena, line, sizeof(line), NULL), 0);
	assert_true(h.plain_text);
	assert_null(h.company);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(structure_alone_splits_a_header),
		cmocka_unit_test(what_the_index_knows_splits_the_rest),
		cmocka_unit_test(a_header_is_told_from_text_by_its_look),
		cmocka_unit_test(a_line_longer_than_any_header_is_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
