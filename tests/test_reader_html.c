/* Pages of HTML: what is found in them and where, the panel's form, what is refused. */
#include "harness.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "ingest/json_ld.h"
#include "ingest/page_meta.h"
#include "ingest/page_title.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void a_news_page_gives_its_article_and_nothing_else_of_it(void **state)
{
	(void)state;
	check_reading("html", "news.html");
}

static void what_stands_beside_an_article_is_left_out_however_long_it_is(void **state)
{
	(void)state;
	check_reading("html", "terms.html");
}

static void pages_that_say_less_are_read_by_what_they_show(void **state)
{
	(void)state;
	check_reading("html", "opengraph.html");
	check_reading("html", "bare.html");
	check_reading("html", "page.xhtml");
	check_reading("html", "latin.html");
	check_reading("html", "truncated.html");
}

static void damaged_json_ld_is_repaired_and_its_text_used_where_none_is_shown(
	void **state)
{
	(void)state;
	check_reading("html", "broken-ld.html");
}

static void a_page_without_text_is_rejected_with_its_reason(void **state)
{
	(void)state;
	check_reading("html", "empty.html");
}

static void check_provenance(const char *name, const char *want)
{
	struct reading r;
	char path[256];

	reading_init(&r);
	snprintf(path, sizeof(path), "tests/cases/html/%s", name);
	reading_file(&r, test_path(path), name);
	assert_string_equal(buf_str(&r.provenance), want);
	reading_release(&r);
}

static void where_each_part_was_found_is_said(void **state)
{
	(void)state;
	check_provenance("news.html", "title: json-ld, summary: json-ld, body: text, "
				      "date: json-ld, categories: json-ld, url: meta, "
				      "lang: meta, source: json-ld\n");
	check_provenance("opengraph.html",
			 "title: opengraph, summary: opengraph, body: text, "
			 "date: opengraph, categories: opengraph, url: opengraph, "
			 "lang: opengraph, source: opengraph\n");
	check_provenance("bare.html", "title: meta, body: text, date: time element\n");
	check_provenance("broken-ld.html",
			 "title: json-ld, summary: json-ld, body: json-ld, "
			 "date: json-ld, categories: json-ld\n");
	check_provenance("panel-headings.html",
			 "title: text, summary: text, body: text, date: header, "
			 "companies: header, categories: header, lang: meta, "
			 "takes: text\n");
}

/* What all forms of a page have in common. */
static char *fields(const struct buf *text)
{
	static const char *const kept[] = {
		"  title:", "  date:",    "  company:",     "  category:", "  summary:",
		"  body:",  "  persona:", "  perspective:", "  take:"
	};
	char *out = calloc(1, text->len + 1), *copy = strdup(buf_str(text)), *save;

	assert_non_null(out);
	assert_non_null(copy);
	for (char *line = strtok_r(copy, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		for (size_t i = 0; i < COUNT(kept); i++) {
			if (strncmp(line, kept[i], strlen(kept[i])) == 0)
				strcat(strcat(out, line), "\n");
		}
	}
	free(copy);
	return out;
}

static char *fields_of_file(const char *path, const char *name)
{
	struct reading r;
	char *out;

	reading_init(&r);
	reading_file(&r, path, name);
	assert_int_equal(r.articles, 1);
	out = fields(&r.text);
	reading_release(&r);
	return out;
}

static void a_page_with_a_panel_is_the_same_as_its_capture(void **state)
{
	static const char *const pages[] = { "headings", "articles", "strong",
					     "figures", "divs" };
	char *want =
		fields_of_file(test_path("tests/cases/html/panel.txt"), "panel.txt");

	(void)state;
	assert_non_null(strstr(want, "perspective: Business & Market"));
	for (size_t i = 0; i < COUNT(pages); i++) {
		char path[256];
		char *got;

		snprintf(path, sizeof(path), "tests/cases/html/panel-%s.html",
			 pages[i]);
		got = fields_of_file(test_path(path), pages[i]);
		if (strcmp(got, want) != 0)
			fail_msg("%s: wanted\n%sgot\n%s", path, want, got);
		free(got);
	}
	free(want);
}

/* Each line of ${text} as an element, its ${title}th that has text as the heading. */
static void put_as_html(struct buf *out, char *text, int title)
{
	char *save;
	int n = 0;

	buf_puts(out, "<!doctype html>\n<body><nav><a href=/>Home</a></nav>\n");
	for (char *line = strtok_r(text, "\r\n", &save); line;
	     line = strtok_r(NULL, "\r\n", &save)) {
		const char *tag = ++n == title ? "h1" : "div";

		buf_printf(out, "<%s>", tag);
		for (const char *p = line; *p; p++) {
			if (*p == '&')
				buf_puts(out, "&amp;");
			else if (*p == '<')
				buf_puts(out, "&lt;");
			else
				buf_putc(out, *p);
		}
		buf_printf(out, "</%s>\n", tag);
	}
}

static void the_seed_as_html_is_the_same_as_its_capture(void **state)
{
	const char *path = shared_path("seed/000_268b1e1b437082f4.txt");
	struct buf html = { 0 };
	struct reading r;
	char *want, *got, *text;
	size_t len;

	(void)state;
	if (!path)
		skip();
	want = fields_of_file(path, "seed");
	text = file_bytes(path, &len);
	text = realloc(text, len + 1);
	assert_non_null(text);
	text[len] = '\0';
	put_as_html(&html, text, 3);
	reading_init(&r);
	reading_bytes(&r, "seed.html", buf_str(&html), html.len);
	got = fields(&r.text);
	assert_int_equal(r.takes, 4);
	assert_string_equal(got, want);
	reading_release(&r);
	buf_release(&html);
	free(text);
	free(want);
	free(got);
}

static void pages_are_known_by_how_they_begin_or_by_their_name(void **state)
{
	static const char text[] =
		"<p>Some sentences, long enough to be an article, and "
		"more of them than one.</p>";
	static const struct {
		const char *name, *before;
		bool known;
	} cases[] = {
		{ "a", "<!DOCTYPE HTML>", true },
		{ "a", "\xEF\xBB\xBF\n <!doctype html>", true },
		{ "a", "<!-- a comment -->\n<HTML lang=en>", true },
		{ "a", "<?xml version=\"1.0\"?><!DOCTYPE html><html>", true },
		{ "a", "<head><title>x</title></head>", true },
		{ "a", "", true },
		{ "a.html", "", true },
		{ "a.HTM", "Words first ", true },
		{ "a.txt", "Words first ", false },
		{ "a", "<?xml version=\"1.0\"?><rss version=\"2.0\">", false },
		{ "a", "<?xml version=\"1.0\"?><title>", false },
		{ "a", "<note>", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct reading r;
		char page[512];

		reading_init(&r);
		snprintf(page, sizeof(page), "%s%s", cases[i].before, text);
		reading_bytes(&r, cases[i].name, page, strlen(page));
		if ((r.articles == 1) != cases[i].known)
			fail_msg("%s: %s\n%s", cases[i].name, page, buf_str(&r.text));
		reading_release(&r);
	}
}

static void a_page_of_two_bytes_a_character_is_read(void **state)
{
	static const char page[] =
		"<!doctype html><title>Wide</title><p>A page that was "
		"saved with two bytes for each of its characters.</p>";
	char wide[2 * sizeof(page)] = "\xFF\xFE";
	struct reading r;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(page); i++) {
		wide[2 + 2 * i] = page[i];
		wide[3 + 2 * i] = '\0';
	}
	reading_init(&r);
	r.chunk = 7;
	reading_bytes(&r, "wide", wide, 2 * sizeof(page));
	assert_int_equal(r.articles, 1);
	assert_non_null(strstr(buf_str(&r.text), "title: Wide\n"));
	reading_release(&r);
}

static void too_large_a_page_is_rejected_whole(void **state)
{
	static const char page[] = "<!doctype html><p>More bytes than are allowed.";
	struct reading r;

	(void)state;
	reading_init(&r);
	r.options.max_bytes = 20;
	reading_bytes(&r, "large.html", page, sizeof(page) - 1);
	assert_int_equal(r.skips, 1);
	assert_string_equal(buf_str(&r.reasons), "more than 20 bytes in one page\n");
	reading_release(&r);
}

static void damaged_json_is_repaired_as_such_scripts_are_damaged(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "json_ld_repair.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct buf got = { 0 };

		json_ld_repair(&got, rows[i].in, strlen(rows[i].in));
		check_case(&rows[i], buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

static void titles_lose_the_name_of_their_site_and_nothing_else(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "page_title.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char *source = strstr(rows[i].in, " ~ "), *heading;
		struct arena arena = { 0 };
		struct buf scratch = { 0 };

		assert_non_null(source);
		*source = '\0';
		source += 3;
		heading = strstr(source, " ~ ");
		assert_non_null(heading);
		*heading = '\0';
		heading += 3;
		check_case(
			&rows[i],
			page_title_clean(&arena, &scratch, rows[i].in,
					 strcmp(source, "-") == 0 ? NULL : source,
					 strcmp(heading, "-") == 0 ? NULL : heading));
		arena_release(&arena);
		buf_release(&scratch);
	}
	cases_free(rows, n);
}

static void a_day_in_a_link_is_found_where_it_is_one(void **state)
{
	static const struct {
		const char *url, *day;
	} cases[] = {
		{ "https://a.example/2026/05/08/title", "2026-05-08" },
		{ "https://a.example/news/2026-05-08-title", "2026-05-08" },
		{ "https://a.example/2026/05/08", "2026-05-08" },
		{ "https://a.example/2026/05/081/title", "" },
		{ "https://a.example/2026/13/08/title", "" },
		{ "https://a.example/2026/05-08/title", "" },
		{ "https://a.example/12026/05/08/title", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char iso[DATE_TEXT] = "";
		int32_t date;

		if (page_url_date(&date, cases[i].url))
			date_format(iso, date);
		if (strcmp(iso, cases[i].day) != 0)
			fail_msg("%s: %s", cases[i].url, iso);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_news_page_gives_its_article_and_nothing_else_of_it),
		cmocka_unit_test(
			what_stands_beside_an_article_is_left_out_however_long_it_is),
		cmocka_unit_test(pages_that_say_less_are_read_by_what_they_show),
		cmocka_unit_test(
			damaged_json_ld_is_repaired_and_its_text_used_where_none_is_shown),
		cmocka_unit_test(a_page_without_text_is_rejected_with_its_reason),
		cmocka_unit_test(where_each_part_was_found_is_said),
		cmocka_unit_test(a_page_with_a_panel_is_the_same_as_its_capture),
		cmocka_unit_test(the_seed_as_html_is_the_same_as_its_capture),
		cmocka_unit_test(pages_are_known_by_how_they_begin_or_by_their_name),
		cmocka_unit_test(a_page_of_two_bytes_a_character_is_read),
		cmocka_unit_test(too_large_a_page_is_rejected_whole),
		cmocka_unit_test(damaged_json_is_repaired_as_such_scripts_are_damaged),
		cmocka_unit_test(titles_lose_the_name_of_their_site_and_nothing_else),
		cmocka_unit_test(a_day_in_a_link_is_found_where_it_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
