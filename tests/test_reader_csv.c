/* Tables: what spreadsheets write, what paneldex writes, damage. */
#include "harness.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/record_map.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void what_a_spreadsheet_writes_is_read(void **state)
{
	(void)state;
	check_reading("csv", "excel.csv");
}

static void between_tabs_a_quote_counts_only_around_the_whole_cell(void **state)
{
	(void)state;
	check_reading("csv", "quotes.tsv");
}

static void a_table_without_a_title_column_names_its_columns(void **state)
{
	(void)state;
	check_reading("csv", "unknown.tsv");
}

static void hits_that_were_written_as_csv_are_articles_again(void **state)
{
	(void)state;
	check_reading("csv", "own.csv");
}

static void a_map_names_columns(void **state)
{
	struct record_map map = { .v = NULL };
	struct reading r;
	const char *text = "Headline,Title,Body Text,Tags\nH,T,B,a; b\n";

	(void)state;
	assert_int_equal(record_map_add(&map, "title=Headline", NULL), 0);
	assert_int_equal(record_map_add(&map, "summary=Title", NULL), 0);
	assert_int_equal(record_map_add(&map, "body=/Body Text", NULL), 0);
	assert_int_equal(record_map_add(&map, "category=Tags", NULL), 0);
	reading_init(&r);
	r.options.map = &map;
	reading_bytes(&r, "m.csv", text, strlen(text));
	assert_string_equal(buf_str(&r.text),
			    "article m.csv:2\n  title: H\n  category: a\n"
			    "  category: b\n  summary: T\n  body: B\n");
	reading_release(&r);
	record_map_release(&map);
}

static void the_delimiter_is_found_in_the_header(void **state)
{
	static const char delimiters[] = ",;\t|";

	(void)state;
	for (const char *d = delimiters; *d; d++) {
		char text[64];
		struct reading r;

		snprintf(text, sizeof(text), "title%cbody\na%cb\n", *d, *d);
		reading_init(&r);
		reading_bytes(&r, "-", text, strlen(text));
		assert_string_equal(buf_str(&r.text),
				    "article -:2\n  title: a\n  body: b\n");
		reading_release(&r);
	}
}

static void what_is_no_table_is_not_taken_for_one(void **state)
{
	static const struct {
		const char *name, *text;
	} cases[] = {
		{ "-", "A title, a body, and some prose.\nMore prose, with commas.\n" },
		{ "x.txt", "text, body\n" },
		{ "x.csv", "{\"broken\n" },
		{ "x.csv", "" },
		{ "x.csv", "t\0i\0t\0l\0e\0,\0b\0o\0d\0y\0" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;

		reading_init(&r);
		reading_bytes(&r, cases[i].name, cases[i].text,
			      i == 4 ? 20 : strlen(cases[i].text));
		if (strncmp(buf_str(&r.text), "refused", 7) != 0 && r.articles > 0)
			fail_msg("%s: %s", cases[i].text, buf_str(&r.text));
		reading_release(&r);
	}
}

static void a_row_over_the_limit_is_rejected_and_the_next_is_read(void **state)
{
	struct reading r;
	const char *text = "title,body\na,\"one\ntwo\nthree\nfour\"\nb,c\n";

	(void)state;
	reading_init(&r);
	r.options.max_bytes = 12;
	reading_bytes(&r, "l.csv", text, strlen(text));
	assert_non_null(strstr(buf_str(&r.reasons), "a row longer than 12 bytes\n"));
	assert_non_null(strstr(buf_str(&r.text), "  title: b\n  body: c\n"));
	reading_release(&r);
}

static void a_row_of_absurd_width_is_rejected(void **state)
{
	struct buf text;
	struct reading r;

	(void)state;
	buf_init(&text, 0);
	buf_puts(&text, "title,body\na,b\n");
	for (int i = 0; i < 20000; i++)
		buf_putc(&text, ',');
	buf_puts(&text, "\nc,d\n");
	reading_init(&r);
	reading_bytes(&r, "w.csv", text.data, text.len);
	assert_int_equal(r.articles, 2);
	assert_string_equal(buf_str(&r.reasons), "more than 10000 columns\n");
	reading_release(&r);
	buf_release(&text);
}

static void an_endless_quote_is_one_reject(void **state)
{
	struct buf text;
	struct reading r;

	(void)state;
	buf_init(&text, 0);
	buf_puts(&text, "title,body\na,b\nc,\"");
	for (int i = 0; i < 1000; i++)
		buf_puts(&text, "line\n");
	reading_init(&r);
	r.options.max_bytes = 100;
	reading_bytes(&r, "q.csv", text.data, text.len);
	assert_int_equal(r.articles, 1);
	assert_string_equal(buf_str(&r.reasons), "a row longer than 100 bytes\n");
	reading_release(&r);
	buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_spreadsheet_writes_is_read),
		cmocka_unit_test(
			between_tabs_a_quote_counts_only_around_the_whole_cell),
		cmocka_unit_test(a_table_without_a_title_column_names_its_columns),
		cmocka_unit_test(hits_that_were_written_as_csv_are_articles_again),
		cmocka_unit_test(a_map_names_columns),
		cmocka_unit_test(the_delimiter_is_found_in_the_header),
		cmocka_unit_test(what_is_no_table_is_not_taken_for_one),
		cmocka_unit_test(a_row_of_absurd_width_is_rejected),
		cmocka_unit_test(an_endless_quote_is_one_reject),
		cmocka_unit_test(a_row_over_the_limit_is_rejected_and_the_next_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
