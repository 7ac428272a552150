/* JSON Lines: fixtures, limits, other people's data, damage. */
#include "harness.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/identity.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void all_keys_and_their_other_names_are_read(void **state)
{
	(void)state;
	check_reading("jsonl", "full.jsonl");
}

static void a_bad_record_is_rejected_with_its_line_and_the_rest_is_read(void **state)
{
	(void)state;
	check_reading("jsonl", "rejected.jsonl");
}

static void what_is_kept_with_a_loss_is_reported(void **state)
{
	(void)state;
	check_reading("jsonl", "kept.jsonl");
}

static void byte_order_marks_line_ends_and_bad_bytes_do_not_stop_it(void **state)
{
	(void)state;
	check_reading("jsonl", "bytes.jsonl");
}

static void read_text(struct reading *r, const char *name, const char *text)
{
	reading_bytes(r, name, text, strlen(text));
}

static void the_default_source_is_for_records_that_name_none(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r);
	r.options.source = "nfcorpus";
	read_text(&r, "d.jsonl",
		  "{\"title\":\"a\",\"source\":\"own\"}\n{\"title\":\"b\"}\n"
		  "{\"title\":\"c\",\"source\":\"\"}\n");
	assert_string_equal(
		buf_str(&r.text),
		"article d.jsonl:1\n  title: a\n  source: own\n  body: \n"
		"article d.jsonl:2\n  title: b\n  source: nfcorpus\n  body: \n"
		"article d.jsonl:3\n  title: c\n  source: nfcorpus\n  body: \n");
	reading_release(&r);
}

static void what_a_record_says_is_told_from_what_was_made_of_it(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r);
	r.options.source = "nfcorpus";
	read_text(&r, "d.jsonl",
		  "{\"title\":\"a\",\"source\":\"own\",\"date\":\"never\"}\n"
		  "{\"text\":\"One. Two.\",\"company\":\"x\",\"category\":\"y\","
		  "\"date\":\"2026-05-08\",\"lang\":\"en\",\"url\":\"https://e.org/\","
		  "\"summary\":\"s\",\"takes\":[{\"text\":\"t\"}]}\n");
	assert_string_equal(
		buf_str(&r.provenance),
		"title: record, source: record\n"
		"title: text, summary: record, body: record, date: record, "
		"companies: record, categories: record, url: record, lang: record, "
		"source: option, takes: record\n");
	reading_release(&r);
}

static void a_line_over_the_limit_is_rejected_and_the_next_is_read(void **state)
{
	static const char text[] =
		"{\"title\":\"a\"}\n{\"title\":\"far too long a title\"}\n"
		"{\"title\":\"b\"}\n";

	(void)state;
	for (size_t chunk = 0; chunk < 8; chunk++) {
		struct reading r;

		reading_init(&r);
		r.options.max_bytes = 20;
		r.chunk = chunk;
		read_text(&r, "l.jsonl", text);
		assert_string_equal(
			buf_str(&r.text),
			"article l.jsonl:1\n  title: a\n  body: \n"
			"skip l.jsonl:2 at 14, 32 bytes: a line longer than 20 "
			"bytes\narticle l.jsonl:3\n  title: b\n  body: \n");
		reading_release(&r);
	}
}

static void a_first_line_longer_than_the_first_read_is_still_ours(void **state)
{
	struct buf text;
	struct reading r;

	(void)state;
	buf_init(&text, 0);
	buf_puts(&text, "{\"title\":\"long\",\"body\":\"");
	for (size_t i = 0; i < 40000; i++)
		buf_puts(&text, "word ");
	buf_puts(&text, "end\"}\n{\"title\":\"next\"}\n");
	reading_init(&r);
	reading_bytes(&r, "-", text.data, text.len);
	assert_int_equal(r.articles, 2);
	assert_int_equal(r.skips, 0);
	assert_non_null(strstr(buf_str(&r.text), "word end\n"));
	reading_release(&r);
	buf_release(&text);
}

static void an_exported_id_gives_the_sibling_back(void **state)
{
	struct pdx_article a = { .title = "One of Several",
				 .body = "",
				 .date = PDX_NO_DATE,
				 .url = "https://example.com/page" };

	(void)state;
	for (uint32_t k = 1; k <= 64; k++) {
		char id[PDX_ID_SIZE], text[256], want[64];
		struct reading r;

		a.sibling = k;
		identity_id(id, identity_key(&a));
		snprintf(
			text, sizeof(text),
			"{\"id\":\"%s\",\"schema\":\"paneldex.article/1\",\"ref\":null,"
			"\"title\":\"%s\",\"url\":\"%s\"}\n",
			id, a.title, a.url);
		snprintf(want, sizeof(want), "  sibling: %u\n", (unsigned)k);
		reading_init(&r);
		read_text(&r, "export.jsonl", text);
		if (!strstr(buf_str(&r.text), want) || r.warnings.len > 0)
			fail_msg("%s: %s%s", text, buf_str(&r.text),
				 buf_str(&r.warnings));
		reading_release(&r);
	}
}

static void the_name_and_the_first_line_decide_who_reads_it(void **state)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "empty.jsonl", "\n", "" },
		{ "x.ndjson", "oops\n",
		  "skip x.ndjson:1 at 0, 4 bytes: not valid JSON: invalid token at "
		  "column 4\n" },
		{ "-", "{\"title\":\"a\"\n",
		  "skip -:1 at 0, 12 bytes: not valid JSON: '}' expected at column "
		  "12\n" },
		{ "x.json", "{\n  \"title\": \"a\"\n}\n",
		  "article x.json:1\n  title: a\n  body: \n" },
		{ "x.json", "[{\"title\":\"a\"}]\n",
		  "article x.json:1\n  title: a\n  body: \n" },
		{ "x.json", "[1,2,3]\n",
		  "refused: looks like a JSON document without articles\n" },
		{ "x.json", "{\"title\":\"a\"}",
		  "article x.json:1\n  title: a\n  body: \n" },
		{ "-", "{\"title\":\"Panel Takes\"}\nPanel Takes\nOriginal source\n",
		  "article -:1\n  title: Panel Takes\n  body: \n"
		  "skip -:2 at 24, 11 bytes: not valid JSON: invalid token at column "
		  "5\n"
		  "skip -:3 at 36, 15 bytes: not valid JSON: invalid token at column "
		  "8\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;

		reading_init(&r);
		read_text(&r, cases[i].name, cases[i].text);
		if (strcmp(buf_str(&r.text), cases[i].want) != 0)
			fail_msg("%s: wanted %sgot %s", cases[i].text, cases[i].want,
				 buf_str(&r.text));
		reading_release(&r);
	}
}

static void many_unknown_keys_are_reported_in_one_message(void **state)
{
	struct buf text;
	struct reading r;

	(void)state;
	buf_init(&text, 0);
	buf_puts(&text, "{\"title\":\"t\"");
	for (int i = 0; i < 500; i++)
		buf_printf(&text, ",\"\xC3\xBCnknown key number %d\":1", i);
	buf_puts(&text, "}\n");
	reading_init(&r);
	reading_bytes(&r, "k.jsonl", text.data, text.len);
	assert_int_equal(r.articles, 1);
	assert_non_null(strstr(buf_str(&r.warnings),
			       "k.jsonl: keys not used: \xC3\xBCnknown key number 0 (1 "
			       "record), "));
	assert_ptr_equal(strchr(buf_str(&r.warnings), '\n'),
			 buf_str(&r.warnings) + r.warnings.len - 1);
	reading_release(&r);
	buf_release(&text);
}

static void a_list_of_absurd_length_is_rejected(void **state)
{
	struct buf text;
	struct reading r;

	(void)state;
	buf_init(&text, 0);
	buf_puts(&text, "{\"title\":\"t\",\"companies\":[\"c\"");
	for (int i = 0; i < 1000; i++)
		buf_printf(&text, ",\"c%d\"", i);
	buf_puts(&text, "]}\n");
	reading_init(&r);
	reading_bytes(&r, "l.jsonl", text.data, text.len);
	assert_string_equal(buf_str(&r.reasons),
			    "\"companies\" has 1001 values, more than 1000\n");
	reading_release(&r);
	buf_release(&text);
}

static void a_record_of_too_many_values_is_rejected_before_it_is_parsed(void **state)
{
	struct buf text;
	struct reading r;

	(void)state;
	buf_init(&text, 0);
	buf_puts(&text, "{\"title\":\"t\",\"x\":[0");
	for (int i = 0; i < 2000000; i++)
		buf_puts(&text, ",0");
	buf_puts(&text, "]}\n{\"title\":\"next\"}\n");
	reading_init(&r);
	reading_bytes(&r, "v.jsonl", text.data, text.len);
	assert_int_equal(r.articles, 1);
	assert_string_equal(buf_str(&r.reasons),
			    "more than 2000000 values in one record\n");
	reading_release(&r);
	buf_release(&text);
}

static void check_survives(const char *bytes, size_t len, const char *how, size_t at)
{
	struct reading r;

	reading_init(&r);
	reading_bytes(&r, "damaged.jsonl", bytes, len);
	if (r.status != READ_END)
		fail_msg("%s at %zu: status %d", how, at, r.status);
	if (len > 0 && r.articles + r.skips == 0)
		fail_msg("%s at %zu: neither article nor reason", how, at);
	reading_release(&r);
}

static void records_cut_anywhere_give_articles_or_reasons(void **state)
{
	size_t len;
	char *text = file_bytes(test_path("tests/cases/jsonl/full.jsonl"), &len);

	(void)state;
	for (size_t n = 1; n <= len; n++) {
		char *cut = malloc(n);

		assert_non_null(cut);
		memcpy(cut, text, n);
		check_survives(cut, n, "cut", n);
		free(cut);
	}
	free(text);
}

static void flipped_bytes_give_articles_or_reasons(void **state)
{
	size_t len;
	char *text = file_bytes(test_path("tests/cases/jsonl/full.jsonl"), &len);
	uint32_t seed = 20260508;

	(void)state;
	for (size_t round = 0; round < 2000; round++) {
		size_t at;
		char was;

		seed = seed * 1664525u + 1013904223u;
		at = (seed >> 8) % len;
		was = text[at];
		text[at] = (char)(seed >> 3);
		check_survives(text, len, "flip round", round);
		text[at] = was;
	}
	free(text);
}

static void other_peoples_records_are_all_read(void **state)
{
	static const struct {
		const char *path;
		size_t articles, takes;
		const char *warnings;
	} sets[] = {
		{ "panel/economists.jsonl", 326, 4406, "" },
		{ "news/ai-digests-40.jsonl", 39, 634,
		  "r.jsonl: keys not used: topics (39 records), models (39 records), "
		  "people (36 records)\n" },
		{ "news/finance-2017-2018.jsonl", 810, 0,
		  "r.jsonl: keys not used: author (1 record)\n" },
		{ "eval/nfcorpus/docs.jsonl", 3633, 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(sets); i++) {
		const char *path = shared_path(sets[i].path);
		struct reading r;

		if (!path)
			skip();
		reading_init(&r);
		r.options.source = "set";
		reading_file(&r, path, "r.jsonl");
		if (r.status != READ_END || r.articles != sets[i].articles ||
		    r.takes != sets[i].takes || r.skips != 0)
			fail_msg("%s: %zu articles, %zu takes, %zu rejects",
				 sets[i].path, r.articles, r.takes, r.skips);
		assert_string_equal(buf_str(&r.warnings), sets[i].warnings);
		reading_release(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_keys_and_their_other_names_are_read),
		cmocka_unit_test(
			a_bad_record_is_rejected_with_its_line_and_the_rest_is_read),
		cmocka_unit_test(what_is_kept_with_a_loss_is_reported),
		cmocka_unit_test(
			byte_order_marks_line_ends_and_bad_bytes_do_not_stop_it),
		cmocka_unit_test(the_default_source_is_for_records_that_name_none),
		cmocka_unit_test(
			a_line_over_the_limit_is_rejected_and_the_next_is_read),
		cmocka_unit_test(a_first_line_longer_than_the_first_read_is_still_ours),
		cmocka_unit_test(
			what_a_record_says_is_told_from_what_was_made_of_it),
		cmocka_unit_test(an_exported_id_gives_the_sibling_back),
		cmocka_unit_test(the_name_and_the_first_line_decide_who_reads_it),
		cmocka_unit_test(many_unknown_keys_are_reported_in_one_message),
		cmocka_unit_test(a_list_of_absurd_length_is_rejected),
		cmocka_unit_test(
			a_record_of_too_many_values_is_rejected_before_it_is_parsed),
		cmocka_unit_test(records_cut_anywhere_give_articles_or_reasons),
		cmocka_unit_test(flipped_bytes_give_articles_or_reasons),
		cmocka_unit_test(other_peoples_records_are_all_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
