/* JSON documents: arrays, envelopes, JSON Feeds, maps to other people's keys, damage.
 */
#include "harness.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/record_map.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void each_element_of_an_array_is_an_article(void **state)
{
	(void)state;
	check_reading("json", "array.json");
}

static void objects_over_several_lines_are_articles(void **state)
{
	(void)state;
	check_reading("json", "object.json");
}

static void a_list_in_an_object_is_an_array(void **state)
{
	(void)state;
	check_reading("json", "envelope.json");
}

static void a_json_feed_gives_its_name_and_language_to_its_items(void **state)
{
	(void)state;
	check_reading("json", "feed.json");
}

static void a_json_feed_may_say_at_its_end_that_it_is_one(void **state)
{
	(void)state;
	check_reading("json", "late_version.json");
}

static void the_bytes_may_come_in_any_pieces(void **state)
{
	size_t len;
	char *bytes = file_bytes(test_path("tests/cases/json/feed.json"), &len);
	struct reading whole;

	(void)state;
	reading_init(&whole);
	reading_bytes(&whole, "feed.json", bytes, len);
	for (size_t chunk = 1; chunk < 40; chunk++) {
		struct reading r;

		reading_init(&r);
		r.chunk = chunk;
		reading_bytes(&r, "feed.json", bytes, len);
		assert_string_equal(buf_str(&r.text), buf_str(&whole.text));
		reading_release(&r);
	}
	reading_release(&whole);
	free(bytes);
}

static void read_mapped(struct reading *r, const char *const *maps, size_t n,
			const char *text)
{
	struct record_map map = { .v = NULL };
	struct pdx_err err;

	for (size_t i = 0; i < n; i++) {
		if (record_map_add(&map, maps[i], &err) < 0)
			fail_msg("%s: %s", maps[i], err.message);
	}
	reading_init(r);
	r->options.map = &map;
	reading_bytes(r, "m.json", text, strlen(text));
	record_map_release(&map);
}

static void a_map_finds_fields_under_anybodys_keys(void **state)
{
	static const char *const maps[] = {
		"title=/headline/main", "body=/blocks/1/text", "company=/org~1name",
		"date=Published",       "category=/a~0b",      "url=/nowhere",
	};
	struct reading r;

	(void)state;
	read_mapped(
		&r, maps, COUNT(maps),
		"[{\"headline\":{\"main\":\"Mapped\"},\"blocks\":[{},{\"text\":\"b\"}],"
		"\"org/name\":\"Tarn\",\"Published\":1778198400,\"a~b\":[\"x\",\"y\"],"
		"\"body\":\"not this\",\"more\":1}]");
	assert_string_equal(
		buf_str(&r.text),
		"article m.json:1\n  title: Mapped\n  date: 2026-05-08\n"
		"  company: Tarn\n  category: x\n  category: y\n  body: b\n"
		"warning m.json: keys not used: more (1 record)\n"
		"warning m.json: no record has /nowhere, which was to be its url\n");
	reading_release(&r);
}

static void where_the_map_leads_nowhere_the_own_key_counts(void **state)
{
	static const char *const maps[] = { "title=/headline" };
	struct reading r;

	(void)state;
	read_mapped(
		&r, maps, COUNT(maps),
		"[{\"title\":\"own\"},{\"title\":\"own\",\"headline\":\"mapped\"}]");
	assert_string_equal(buf_str(&r.text),
			    "article m.json:1\n  title: own\n  body: \n"
			    "article m.json:1\n  title: mapped\n  body: \n");
	reading_release(&r);
}

static void a_map_that_cannot_be_meant_is_refused(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "title", "\"title\" is not FIELD=/json/pointer or FIELD=COLUMN" },
		{ "=x", "\"=x\" is not FIELD=/json/pointer or FIELD=COLUMN" },
		{ "title=", "\"title=\" is not FIELD=/json/pointer or FIELD=COLUMN" },
		{ "titel=/x", "unknown field \"titel\"; did you mean \"title\"?" },
		{ "schema=/x", "unknown field \"schema\"" },
		{ "title=/a~2", "\"/a~2\": in a JSON pointer ~ is written ~0" },
		{ "body=/y", "\"body\" is mapped twice" },
	};
	struct record_map map = { .v = NULL };
	struct pdx_err err;

	(void)state;
	assert_int_equal(record_map_add(&map, "body=/x", NULL), 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(record_map_add(&map, cases[i].text, &err),
				 PDX_E_USAGE);
		assert_string_equal(err.message, cases[i].message);
	}
	record_map_release(&map);
}

static void damage_is_one_reject_with_its_line(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "[{\"title\":\"a\"},\n{\"title\":",
		  "article x.json:1\n  title: a\n  body: \n"
		  "skip x.json:2 at 16, 0 bytes: the input ends inside a record\n" },
		{ "[{\"title\":\"a\"},\n",
		  "article x.json:1\n  title: a\n  body: \n"
		  "skip x.json:2 at 16, 0 bytes: the input ends inside its list\n" },
		{ "[{\"title\":\"a\"}}\n{\"title\":\"b\"}]",
		  "article x.json:1\n  title: a\n  body: \n"
		  "skip x.json:1 at 14, 0 bytes: not valid JSON: \"}\" is in the wrong "
		  "place at line 1\n" },
		{ "{\n\"title\":\"a\"\n\"body\":\"b\"}",
		  "skip x.json:1 at 0, 25 bytes: not valid JSON: '}' expected at "
		  "line 3, column 6\n" },
		{ "{\n\"title\":\"a\",\n\"articles\":[{\"title\":\"b\"},",
		  "article x.json:3\n  title: b\n  body: \n"
		  "skip x.json:3 at 41, 0 bytes: the input ends inside its list\n" },
		{ "[]", "" },
		{ "[ ]\n[{\"title\":\"a\"}]",
		  "article x.json:2\n  title: a\n  body: \n" },
		{ "{}", "skip x.json:1 at 0, 2 bytes: no title and no body\n" },
		{ "{\"title\":\"a\"}}\n",
		  "article x.json:1\n  title: a\n  body: \n"
		  "skip x.json:1 at 13, 0 bytes: not valid JSON: \"}\" is in the wrong "
		  "place at line 1\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;

		reading_init(&r);
		reading_bytes(&r, "x.json", cases[i].text, strlen(cases[i].text));
		if (strcmp(buf_str(&r.text), cases[i].want) != 0)
			fail_msg("%s: wanted %sgot %s", cases[i].text, cases[i].want,
				 buf_str(&r.text));
		reading_release(&r);
	}
}

static void an_element_over_the_limit_is_rejected_and_the_next_is_read(void **state)
{
	struct reading r;
	const char *text = "[{\"title\":\"far too long a title\"},\n{\"title\":\"b\"}]";

	(void)state;
	reading_init(&r);
	r.options.max_bytes = 20;
	reading_bytes(&r, "l.json", text, strlen(text));
	assert_string_equal(
		buf_str(&r.text),
		"skip l.json:1 at 1, 32 bytes: a record longer than 20 bytes\n"
		"article l.json:2\n  title: b\n  body: \n");
	reading_release(&r);
}

static const char element[] = "{\"title\":\"t\",\"body\":\"some words\"},\n";

/* An endless array, of which no more than a chunk is ever there. */
struct endless {
	size_t left, pos;
};

static int64_t endless_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct endless *e = ctx;
	char *to = out;
	size_t n = size < e->left ? size : e->left;

	(void)err;
	for (size_t i = 0; i < n; i++, e->pos++)
		to[i] = e->pos == 0 ? '['
				    : element[(e->pos - 1) % (sizeof(element) - 1)];
	e->left -= n;
	return (int64_t)n;
}

static void an_array_of_any_length_is_read_element_by_element(void **state)
{
	/* more than may be kept: were it loaded, the limit would be met */
	struct endless e = { .left = 1 + (sizeof(element) - 1) * 200000 };
	struct input input = { .name = "-", .read = endless_read, .ctx = &e };
	struct read_options options = { .max_bytes = 1 << 20 };
	struct pdx_article article;
	struct read_skip skip;
	struct reader *reader;
	size_t articles = 0;
	int rc;

	(void)state;
	assert_int_equal(reader_open(&reader, &input, &options, NULL), 0);
	while ((rc = reader_next(reader, &article, &skip, NULL)) == READ_ARTICLE)
		articles++;
	assert_int_equal(rc, READ_SKIP); /* it was cut */
	assert_string_equal(skip.reason, "the input ends inside its list");
	assert_int_equal(articles, 200000);
	reader_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_element_of_an_array_is_an_article),
		cmocka_unit_test(objects_over_several_lines_are_articles),
		cmocka_unit_test(a_list_in_an_object_is_an_array),
		cmocka_unit_test(a_json_feed_gives_its_name_and_language_to_its_items),
		cmocka_unit_test(a_json_feed_may_say_at_its_end_that_it_is_one),
		cmocka_unit_test(the_bytes_may_come_in_any_pieces),
		cmocka_unit_test(a_map_finds_fields_under_anybodys_keys),
		cmocka_unit_test(where_the_map_leads_nowhere_the_own_key_counts),
		cmocka_unit_test(a_map_that_cannot_be_meant_is_refused),
		cmocka_unit_test(damage_is_one_reject_with_its_line),
		cmocka_unit_test(
			an_element_over_the_limit_is_rejected_and_the_next_is_read),
		cmocka_unit_test(an_array_of_any_length_is_read_element_by_element),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
