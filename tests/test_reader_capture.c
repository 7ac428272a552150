/* Page captures: fixtures, real pages, damaged ones. */
#include "harness.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void check_page(const char *name)
{
	check_reading("capture", name);
}

static void a_page_gives_all_its_fields_and_none_of_its_chrome(void **state)
{
	(void)state;
	check_page("plain.txt");
}

static void a_page_says_what_stood_in_its_header(void **state)
{
	struct reading r;

	(void)state;
	reading_init(&r);
	r.options.source = "Wire";
	reading_file(&r, test_path("tests/cases/capture/plain.txt"), "plain.txt");
	assert_string_equal(buf_str(&r.provenance),
			    "title: text, summary: text, body: text, date: header, "
			    "companies: header, categories: header, "
			    "source: option, takes: text\n");
	reading_release(&r);
}

static void line_ends_marks_and_missing_blank_lines_change_nothing(void **state)
{
	(void)state;
	check_page("crlf-no-blanks-bom.txt");
	check_page("wrapped.txt");
	check_page("controls.txt");
}

static void what_a_page_lacks_is_reported_and_the_page_is_kept(void **state)
{
	static const char *const pages[] = {
		"no-date-no-panel.txt", "no-company.txt", "no-markers.txt",
		"no-header.txt",        "no-title.txt",   "header-not-understood.txt",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pages); i++)
		check_page(pages[i]);
}

static void a_header_apart_on_four_lines_is_put_together(void **state)
{
	(void)state;
	check_page("header-on-four-lines.txt");
}

static void chrome_is_cut_at_the_end_only(void **state)
{
	(void)state;
	check_page("chrome-inside.txt");
}

static void a_degraded_panel_still_gives_its_takes(void **state)
{
	(void)state;
	check_page("panel-degraded.txt");
}

static void pages_put_together_are_taken_apart(void **state)
{
	(void)state;
	check_page("two-pages.txt");
}

static void a_file_that_is_no_page_is_refused_with_what_was_missing(void **state)
{
	(void)state;
	check_page("not-a-page.txt");
	check_page("empty-page.txt");
}

static void other_formats_are_named_when_they_are_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *reason;
	} cases[] = {
		{ "", 0, "empty\n" },
		{ "%PDF-1.7", 8, "looks like a PDF file\n" },
		{ "\xEF\xBB\xBF\n<?xml version='1.0'?>", 26,
		  "looks like an XML document\n" },
		{ "[\"title\", \"x\"]", 14,
		  "looks like a JSON document without articles\n" },
		{ "\x7f"
		  "ELF\0\0\0",
		  7, "looks like a binary file\n" },
		{ "\xff\xfe"
		  "B\0a\0",
		  6, "looks like UTF-16 text\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;

		reading_init(&r);
		reading_bytes(&r, "input", cases[i].bytes, cases[i].len);
		assert_int_equal(r.status, PDX_E_INPUT);
		assert_string_equal(buf_str(&r.reasons), cases[i].reason);
		reading_release(&r);
	}
}

/* What the index knows decides where a header's structure leaves a choice. */
static bool knows_funding(void *ctx, const char *field, const char *text, size_t len)
{
	(void)ctx;
	return strcmp(field, "category") == 0 && len == 7 &&
	       memcmp(text, "funding", len) == 0;
}

static void known_names_help_where_the_logo_is_another_text(void **state)
{
	static const char page[] =
		"Back\nLLFundingLantern Labs2026-04-01\n\nA Title\n\nA "
		"summary.\n\nOriginal source\n\nA body.\n";
	struct reading r;

	(void)state;
	reading_init(&r);
	r.options.known.is_known = knows_funding;
	reading_bytes(&r, "page.txt", page, strlen(page));
	assert_non_null(strstr(buf_str(&r.text), "company: Lantern Labs\n"));
	assert_non_null(strstr(buf_str(&r.text), "category: Funding\n"));
	reading_release(&r);
}

static void an_input_over_the_limit_is_rejected(void **state)
{
	size_t len;
	char *page = file_bytes(test_path("tests/cases/capture/plain.txt"), &len);
	struct reading r;

	(void)state;
	reading_init(&r);
	r.options.max_bytes = 300;
	reading_bytes(&r, "plain.txt", page, len);
	assert_int_equal(r.status, READ_END);
	assert_int_equal(r.articles, 0);
	assert_string_equal(
		buf_str(&r.text),
		"skip plain.txt at 0, 0 bytes: more than 300 bytes in one page\n");
	reading_release(&r);
	free(page);
}

static void the_size_of_the_reads_changes_nothing(void **state)
{
	size_t len;
	char *page = file_bytes(test_path("tests/cases/capture/plain.txt"), &len);
	struct reading whole, bytewise;

	(void)state;
	reading_init(&whole);
	reading_init(&bytewise);
	bytewise.chunk = 1;
	reading_bytes(&whole, "p", page, len);
	reading_bytes(&bytewise, "p", page, len);
	assert_string_equal(buf_str(&whole.text), buf_str(&bytewise.text));
	reading_release(&bytewise);
	reading_release(&whole);
	free(page);
}

/* Every input comes to an end, and says something. */
static void check_survives(const char *bytes, size_t len, const char *how, size_t at)
{
	struct reading r;

	reading_init(&r);
	reading_bytes(&r, "damaged.txt", bytes, len);
	if (r.status != READ_END && r.status != PDX_E_INPUT)
		fail_msg("%s at %zu: status %d", how, at, r.status);
	if (r.articles == 0 && r.reasons.len == 0)
		fail_msg("%s at %zu: neither article nor reason", how, at);
	if (!buf_ok(&r.text))
		fail_msg("%s at %zu: out of memory", how, at);
	reading_release(&r);
}

static void a_page_cut_anywhere_gives_an_article_or_a_reason(void **state)
{
	size_t len;
	char *page = file_bytes(test_path("tests/cases/capture/plain.txt"), &len);

	(void)state;
	for (size_t n = 0; n <= len; n++) {
		char *cut = malloc(n ? n : 1); /* its own block: ASan sees its end */

		assert_non_null(cut);
		memcpy(cut, page, n);
		check_survives(cut, n, "cut", n);
		free(cut);
	}
	free(page);
}

static void flipped_bytes_give_an_article_or_a_reason(void **state)
{
	size_t len;
	char *page = file_bytes(test_path("tests/cases/capture/two-pages.txt"), &len);
	uint32_t seed = 20260508;

	(void)state;
	for (size_t round = 0; round < 2000; round++) {
		size_t at[4];
		char was[4];

		for (size_t i = 0; i < COUNT(at); i++) {
			seed = seed * 1664525u + 1013904223u;
			at[i] = (seed >> 8) % len;
			was[i] = page[at[i]];
			page[at[i]] = (char)(seed >> 3);
		}
		check_survives(page, len, "flip round", round);
		for (size_t i = COUNT(at); i-- > 0;)
			page[at[i]] = was[i];
	}
	free(page);
}

static void the_seed_page_is_read_exactly(void **state)
{
	const char *path = shared_path("seed/000_268b1e1b437082f4.txt");
	static const char *const once[] = {
		"  title: Hugging Face Acquires Idefics Labs to Boost Open Multimodal "
		"AI\n"
		"  date: 2026-05-08\n  company: Hugging Face\n  category: Funding\n"
		"  summary: Hugging Face has acquired Idefics Labs, a Paris-based ",
		"multimodal model development.\n  body: Hugging Face has acquired ",
		"platform priorities is the open question.\n  persona: The Builder\n"
		"  perspective: Developer Perspective\n  take: The Idefics models "
		"have ",
		"stays where it is.\n  persona: The Skeptic\n"
		"  perspective: Reality Check\n  take: Hugging Face acquiring ",
		"internal prioritization drift.\n  persona: The Futurist\n"
		"  perspective: Big Picture\n  take: The thesis ",
		"can run inference.\n  persona: The Founder\n"
		"  perspective: Business & Market\n  take: This is a talent ",
		"within two quarters.\n",
	};
	static const char *const chrome[] = { "Back\n", "ookmark", "Original source",
					      "Panel Takes" };
	struct reading r;

	(void)state;
	if (!path)
		skip();
	reading_init(&r);
	reading_file(&r, path, "seed.txt");
	assert_int_equal(r.articles, 1);
	assert_int_equal(r.takes, 4);
	assert_string_equal(buf_str(&r.warnings), "");
	for (size_t i = 0; i < COUNT(once); i++) {
		if (!strstr(buf_str(&r.text), once[i]))
			fail_msg("missing: %s\nin: %s", once[i], buf_str(&r.text));
	}
	for (size_t i = 0; i < COUNT(chrome); i++)
		assert_null(strstr(buf_str(&r.text), chrome[i]));
	assert_null(strstr(buf_str(&r.text) + strlen(buf_str(&r.text)) - 30, "\\n"));
	reading_release(&r);
}

static void every_page_of_the_corpus_is_whole(void **state)
{
	const char *const list[] = { "sh", "-c", "ls \"$0\"/*.txt",
				     test_path("corpus/captures"), NULL };
	struct run ls = run_program(list, "", 0);
	size_t pages = 0;

	(void)state;
	assert_int_equal(ls.status, 0);
	for (char *save = NULL, *path = strtok_r(ls.out, "\n", &save); path;
	     path = strtok_r(NULL, "\n", &save)) {
		struct reading r;

		reading_init(&r);
		reading_file(&r, path, path);
		if (r.articles != 1 || r.takes != 4 || r.warnings.len > 0)
			fail_msg("%s: %zu articles, %zu takes, warnings: %s", path,
				 r.articles, r.takes, buf_str(&r.warnings));
		reading_release(&r);
		pages++;
	}
	assert_true(pages >= 64);
	run_free(&ls);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_gives_all_its_fields_and_none_of_its_chrome),
		cmocka_unit_test(
			line_ends_marks_and_missing_blank_lines_change_nothing),
		cmocka_unit_test(a_page_says_what_stood_in_its_header),
		cmocka_unit_test(what_a_page_lacks_is_reported_and_the_page_is_kept),
		cmocka_unit_test(a_header_apart_on_four_lines_is_put_together),
		cmocka_unit_test(chrome_is_cut_at_the_end_only),
		cmocka_unit_test(a_degraded_panel_still_gives_its_takes),
		cmocka_unit_test(pages_put_together_are_taken_apart),
		cmocka_unit_test(
			a_file_that_is_no_page_is_refused_with_what_was_missing),
		cmocka_unit_test(other_formats_are_named_when_they_are_refused),
		cmocka_unit_test(known_names_help_where_the_logo_is_another_text),
		cmocka_unit_test(an_input_over_the_limit_is_rejected),
		cmocka_unit_test(the_size_of_the_reads_changes_nothing),
		cmocka_unit_test(a_page_cut_anywhere_gives_an_article_or_a_reason),
		cmocka_unit_test(flipped_bytes_give_an_article_or_a_reason),
		cmocka_unit_test(the_seed_page_is_read_exactly),
		cmocka_unit_test(every_page_of_the_corpus_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
