/*
 * Pieces of HTML and SVG: what is written, letter by letter, and what a page is like.
 * That nothing hostile comes through is test_hostile's.
 */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha256.h"
#include "program.h"
#include "render/html.h"
#include "render/html_facets.h"
#include "render/html_trend.h"
#include "render/svg.h"
#include "render/svg_parts.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What is written to a stream in memory, from piece_start() to piece_end(). */
struct piece {
	struct out out;
	char *text;
	size_t len;
};

static void piece_start(struct piece *p)
{
	*p = (struct piece){ .text = NULL };
	out_init(&p->out, open_memstream(&p->text, &p->len));
	assert_non_null(p->out.file);
}

static void piece_end(struct piece *p, const char *want)
{
	assert_int_equal(out_close(&p->out, NULL), 0);
	if (want)
		assert_string_equal(p->text, want);
}

static void a_digest_is_that_of_the_standard(void **state)
{
	/* Of so many letters "a": around the ends of blocks. */
	static const struct {
		size_t len;
		const char *base64;
	} cases[] = {
		{ 0, "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=" },
		{ 1, "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=" },
		{ 55, "n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg=" },
		{ 56, "s1Q5pKxvCUi21vnjxq8PX1kM4g8b3nCQ73lwaG7Gc4o=" },
		{ 63, "fT50oF19sVvOStnsBljqmOPwbu7PFrTG//LaRX3cLzQ=" },
		{ 64, "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs=" },
		{ 65, "Y1NhxIu56rFBmOduqKt/GkFoXWrWKqkUbTAdTxfrCuA=" },
		{ 119, "MeulHDE6XAgiat8Y1KNZz9/Y0ugWsT9K+VL36mWE3Ps=" },
		{ 120, "Lz0zVDLHC1gK8Ojhs2dKfAINaDql9zqq7f3FWvkEwhw=" },
		{ 1000, "Qe3s5C1j6Nm/UVqbppMuHCDLyfWl0TRkWttdsblzfqM=" },
	};
	char text[1000], got[SHA256_BASE64];

	(void)state;
	memset(text, 'a', sizeof(text));
	for (size_t i = 0; i < COUNT(cases); i++)
		if (strcmp(sha256_base64(got, text, cases[i].len), cases[i].base64))
			fail_msg("%zu bytes: %s", cases[i].len, got);
}

static void text_is_escaped_and_disarmed(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "", "" },
		{ "R&D", "R&amp;D" },
		{ "a < b > c \" d ' e", "a &lt; b &gt; c &quot; d &#39; e" },
		{ "&lt;b&gt;", "&amp;lt;b&amp;gt;" },
		{ "Zürich \xE4\xBA\xBA", "Zürich \xE4\xBA\xBA" },
		{ "one\ntwo\tthree", "one two three" },
		{ "red\033[31m", "red\xEF\xBF\xBD[31m" },
		{ "\xE2\x80\xAEgnirts", "\xEF\xBF\xBDgnirts" },
		{ "a\xE2\x80\xA8z", "a z" },
		{ "a\xC2\x9B z", "a\xEF\xBF\xBD z" },
		{ "a\xE2\x80\x8Bz", "az" },
		{ "bad \xC0\xBCscript", "bad \xEF\xBF\xBD\xEF\xBF\xBDscript" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct piece p;
		char attribute[128];

		piece_start(&p);
		html_put_text(&p.out, cases[i].text);
		piece_end(&p, cases[i].want);
		free(p.text);
		piece_start(&p);
		html_put_attribute(&p.out, "title", cases[i].text);
		snprintf(attribute, sizeof(attribute), " title=\"%s\"", cases[i].want);
		piece_end(&p, attribute);
		free(p.text);
	}
}

static void only_the_web_is_linked_to(void **state)
{
#define REL "\" rel=\"noopener noreferrer nofollow\">x</a>"
	static const struct {
		const char *url, *want;
	} cases[] = {
		{ "https://a.example/b?c=1&d=2#e",
		  "<a href=\"https://a.example/b?c=1&amp;d=2#e" REL },
		{ "http://a.example/ b\"><i>",
		  "<a href=\"http://a.example/%20b%22%3E%3Ci%3E" REL },
		{ "https://a.example/\xC3\xBC\033", "<a href=\"https://a.example/"
						    "%C3%BC%1B" REL },
		{ NULL, "x" },
		{ "", "x" },
		{ "https://", "x" },
		{ "javascript:alert(1)", "x" },
		{ " https://a.example", "x" },
		{ "data:text/html,x", "x" },
		{ "//a.example/", "x" },
		{ "httpsx://a.example/", "x" },
		{ "ftp://a.example/", "x" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct piece p;

		piece_start(&p);
		html_put_link(&p.out, "x", cases[i].url);
		piece_end(&p, cases[i].want);
		free(p.text);
	}
}

static void matches_are_marked_by_code_points(void **state)
{
	static const struct pdx_span spans[] = { { 0, 2 }, { 3, 1 } };
	struct piece p;

	(void)state;
	piece_start(&p);
	html_put_spans(&p.out, "\xC3\xBC<b>", spans, COUNT(spans));
	piece_end(&p, "<mark>\xC3\xBC&lt;</mark>b<mark>&gt;</mark>");
	free(p.text);
}

static void a_long_text_is_cut_at_a_column(void **state)
{
	static const struct {
		const char *text;
		size_t columns;
		const char *want;
	} cases[] = {
		{ "abcdef", 6, "abcdef" },
		{ "abcdef", 5, "abcd\xE2\x80\xA6" },
		{ "<<<<<<", 3, "&lt;&lt;\xE2\x80\xA6" },
		/* two columns each */
		{ "\xE4\xBA\xBA\xE5\xB7\xA5\xE7\x9F\xA5", 4,
		  "\xE4\xBA\xBA\xE2\x80\xA6" },
		{ "abc", 0, "\xE2\x80\xA6" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct piece p;

		piece_start(&p);
		html_put_cut(&p.out, cases[i].text, cases[i].columns);
		piece_end(&p, cases[i].want);
		free(p.text);
	}
}

static void numbers_are_written_for_people_and_coordinates_for_browsers(void **state)
{
	static const struct {
		double value;
		const char *number, *percent, *at;
	} cases[] = {
		{ 0, "0", "0%", " x=\"0\"" },
		{ 7, "7", "7%", " x=\"7\"" },
		{ 999, "999", "999%", " x=\"999\"" },
		{ 1234567, "1,234,567", "1234567%", " x=\"1234567\"" },
		{ 12.34, "12", "12.3%", " x=\"12.3\"" },
		{ 0.04, "0", "0%", " x=\"0\"" },
		{ -0.04, "0", "0%", " x=\"0\"" },
		{ -1.25, "0", "-1.3%", " x=\"-1.3\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct piece p;

		piece_start(&p);
		svg_number(&p.out, cases[i].value, false);
		piece_end(&p, cases[i].number);
		free(p.text);
		piece_start(&p);
		svg_number(&p.out, cases[i].value, true);
		piece_end(&p, cases[i].percent);
		free(p.text);
		piece_start(&p);
		svg_at(&p.out, "x", cases[i].value);
		piece_end(&p, cases[i].at);
		free(p.text);
	}
}

static void a_scale_has_round_steps_and_room_for_the_largest(void **state)
{
	static const struct {
		double largest;
		bool percent;
		double step, top;
	} cases[] = {
		{ 0, false, 1, 1 },      { 1, false, 1, 1 },
		{ 3, false, 1, 3 },      { 4, false, 1, 4 },
		{ 5, false, 2, 6 },      { 8, false, 2, 8 },
		{ 9, false, 5, 10 },     { 21, false, 10, 30 },
		{ 100, false, 50, 100 }, { 12345, false, 5000, 15000 },
		{ 0.3, true, 0.1, 0.3 }, { 2.5, true, 1, 3 },
		{ 100, true, 50, 100 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct scale s = scale_of(cases[i].largest, 4, cases[i].percent);

		if (s.step < cases[i].step - 1e-9 || s.step > cases[i].step + 1e-9 ||
		    s.top < cases[i].top - 1e-9 || s.top > cases[i].top + 1e-9)
			fail_msg("%g: step %g top %g", cases[i].largest, s.step, s.top);
	}
}

static void one_chart_is_always_the_same_and_complete(void **state)
{
	static const char *const labels[] = { "2026-01", "2026-02", "2026-03" };
	static const double values[] = { 3, 0, 12 }, others[] = { 1, 2, 3 };
	static const struct chart_series series[] = { { "Orrery & Sons", values },
						      { "Tern", others } };
	struct chart c = {
		.id = "c1",
		.title = "By <month>",
		.desc = "Articles of each month.",
		.axis = "month",
		.unit = "articles",
		.labels = labels,
		.nlabels = COUNT(labels),
		.series = series,
		.nseries = COUNT(series),
	};
	static void (*const charts[])(struct out *, const struct chart *) = {
		chart_bars, chart_columns, chart_lines
	};

	(void)state;
	for (size_t i = 0; i < COUNT(charts); i++) {
		struct piece p, again;

		piece_start(&p);
		charts[i](&p.out, &c);
		piece_end(&p, NULL);
		piece_start(&again);
		charts[i](&again.out, &c);
		piece_end(&again, p.text);
		assert_holds(p.text, "role=\"img\" aria-labelledby=\"c1-t c1-d\"",
			     "chart");
		assert_holds(p.text, "<title id=\"c1-t\">By &lt;month&gt;</title>",
			     "chart");
		assert_holds(p.text, ">12</td>", "chart");
		assert_holds(p.text, "Orrery &amp; Sons", "chart");
		free(p.text);
		free(again.text);
	}
}

static void a_chart_of_nothing_is_no_failure(void **state)
{
	struct chart c = {
		.id = "c", .title = "t", .desc = "d", .axis = "a", .unit = "u"
	};
	static const struct chart_series none = { "none", NULL };
	struct chart_heat h = { .id = "h",
				.title = "t",
				.desc = "d",
				.row_axis = "r",
				.column_axis = "c" };
	struct piece p;

	(void)state;
	c.series = &none;
	c.nseries = 1;
	piece_start(&p);
	chart_bars(&p.out, &c);
	chart_columns(&p.out, &c);
	chart_lines(&p.out, &c);
	chart_heat(&p.out, &h);
	piece_end(&p, NULL);
	assert_null(strstr(p.text, "nan"));
	assert_null(strstr(p.text, "inf"));
	free(p.text);
}

static void the_most_of_a_heat_map_has_the_strongest_colour(void **state)
{
	static const char *const rows[] = { "Orrery", "Tern" }, *const columns[] = {
		"A"
	};
	static const uint64_t cells[] = { 0, 9 }, row_totals[] = { 0, 9 },
			      all[] = { 9 };
	struct chart_heat h = {
		.id = "h",
		.title = "t",
		.desc = "d",
		.row_axis = "r",
		.column_axis = "c",
		.rows = rows,
		.columns = columns,
		.nrows = 2,
		.ncolumns = 1,
		.cells = cells,
		.row_totals = row_totals,
		.column_totals = all,
		.total = 9,
	};
	struct piece p;

	(void)state;
	piece_start(&p);
	chart_heat(&p.out, &h);
	piece_end(&p, NULL);
	assert_holds(p.text, "<rect class=\"h0\"", "no article");
	assert_holds(p.text, "<rect class=\"h6\"", "most articles");
	assert_holds(p.text, "<td class=\"number\">9</td>", "the numbers");
	free(p.text);
}

static void a_facet_shows_what_is_left_over(void **state)
{
	static const struct pdx_facet_value values[] = { { "Tern & Co", 12 },
							 { "Quern", 3 } };
	struct report_facet f = {
		.field = "company",
		.values = values,
		.nvalues = COUNT(values),
		.nothers = 2,
		.other = 5,
		.missing = 1,
		.total = 20,
	};
	struct piece p;

	(void)state;
	piece_start(&p);
	html_put_facet(&p.out, "f", &f, "articles");
	piece_end(&p, NULL);
	assert_holds(p.text, "<figcaption>By company</figcaption>", "caption");
	assert_holds(
		p.text,
		"<desc id=\"f-d\">20 articles by company. Most, 12: Tern &amp; Co. 2 "
		"further values together: 5. Without one: 1.</desc>",
		"description");
	assert_holds(p.text,
		     "<th scope=\"row\" dir=\"auto\">(other)</th><td "
		     "class=\"number\">5</td>",
		     "others");
	assert_holds(p.text, "<rect class=\"rest\"", "others");
	free(p.text);
	f = (struct report_facet){ .field = "lang" };
	piece_start(&p);
	html_put_facet(&p.out, "f", &f, "articles");
	piece_end(&p, "<p class=\"faint\">By lang: nothing.</p>\n");
	free(p.text);
}

/* Two months of three articles, a burst in the second; another query has one. */
static void a_trend_marks_bursts_and_names_its_series(void **state)
{
	static const char *const periods[] = { "2026-01", "2026-02" };
	static const uint64_t all[] = { 1, 2 }, tern[] = { 0, 2 }, none[] = { 1, 0 };
	static const uint64_t archive[] = { 4, 4 };
	static const struct burst bursts[] = { { 1, 1, 2.5 } };
	const struct trend_series series[] = {
		{ TREND_QUERY, "a <b>", all, 3, 0, bursts, 1 },
		{ TREND_VALUE, "Tern", tern, 2, 0, NULL, 0 },
		{ TREND_MISSING, NULL, none, 1, 0, NULL, 0 },
	};
	struct report_trend t = {
		.interval = "month",
		.by = "company",
		.periods = periods,
		.nperiods = COUNT(periods),
		.archive = archive,
		.series = series,
		.nseries = COUNT(series),
	};
	struct piece p;

	(void)state;
	piece_start(&p);
	html_draw_trend(&p.out, "t", &t);
	piece_end(&p, NULL);
	assert_holds(p.text, "Articles by month", "columns");
	assert_holds(p.text, "<rect class=\"marked\"", "burst");
	assert_holds(p.text, "<li><bdi>a &lt;b&gt;</bdi>: 2026-02</li>", "burst");
	assert_holds(p.text, "<td class=\"number\">25%</td>", "share");
	assert_holds(p.text, ">Articles in all: Tern 2, (none) 1.</desc>", "series");
	assert_holds(p.text, "<text class=\"name\" x=\"52\" y=\"47\">Tern</text>",
		     "strip");
	free(p.text);
	t.nperiods = 0;
	piece_start(&p);
	html_draw_trend(&p.out, "t", &t);
	piece_end(&p, "<p>No article has a date.</p>\n");
	free(p.text);
}

static void the_policy_lets_in_the_style_sheet_that_is_there(void **state)
{
	struct html_page page = { .title = "A page" };
	struct piece p;
	char hash[SHA256_BASE64], want[128];
	const char *style, *end;

	(void)state;
	piece_start(&p);
	html_begin_page(&p.out, &page);
	html_end_page(&p.out);
	piece_end(&p, NULL);
	style = strstr(p.text, "<style>");
	end = strstr(p.text, "</style>");
	assert_non_null(style);
	assert_non_null(end);
	style += strlen("<style>");
	snprintf(want, sizeof(want), "default-src 'none'; style-src 'sha256-%s';",
		 sha256_base64(hash, style, (size_t)(end - style)));
	assert_holds(p.text, want, "the policy");
	assert_null(strstr(p.text, "<script"));
	assert_null(strstr(p.text, " style="));
	free(p.text);
}

static void a_hit_has_its_link_its_marks_and_its_voices(void **state)
{
	struct pdx_article article = sample_article();
	struct pdx_hit hit = sample_hit(&article);
	struct render_search search = sample_search(1);
	struct page p;

	(void)state;
	article.url = "https://example.org/1";
	search.facets = sample_facets;
	search.nfacets = SAMPLE_FACETS;
	page_start(&p, "html", 80, false);
	page_search(&p, &search, &hit);
	assert_holds(p.out_text, "<title>drift</title>", "title");
	assert_holds(p.out_text, "1 of 42 articles", "lead");
	assert_holds(p.out_text,
		     "<a href=\"https://example.org/1\" rel=\"noopener noreferrer "
		     "nofollow\"><mark>Hugging</mark> <mark>Face</mark> Acquires",
		     "link");
	assert_holds(p.out_text,
		     "<p>What kills this is <mark>drift</mark>.</p>"
		     "<cite>The Skeptic, Reality Check</cite>",
		     "take");
	assert_holds(p.out_text, "<td class=\"number\">12</td>", "facet");
	assert_holds(p.out_text, "</html>\n", "end");
	page_free(&p);
}

static void an_article_is_a_page_and_any_other_record_a_table(void **state)
{
	struct pdx_article article = sample_article();
	struct page p;

	(void)state;
	page_start(&p, "html", 80, false);
	render_record(&p.r, &record_article, &article);
	page_end(&p);
	assert_holds(p.out_text, "<p dir=\"auto\">Second paragraph.</p>", "body");
	assert_holds(p.out_text, "<h3 dir=\"auto\">take 3</h3>", "take");
	page_free(&p);
	page_start(&p, "html", 80, false);
	render_record(&p.r, &record_stats, &sample_stats);
	page_end(&p);
	assert_holds(p.out_text, "<caption>The index</caption>", "stats");
	assert_holds(p.out_text, "<th scope=\"col\" class=\"number\">first date</th>",
		     "stats");
	page_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_digest_is_that_of_the_standard),
		cmocka_unit_test(text_is_escaped_and_disarmed),
		cmocka_unit_test(only_the_web_is_linked_to),
		cmocka_unit_test(matches_are_marked_by_code_points),
		cmocka_unit_test(a_long_text_is_cut_at_a_column),
		cmocka_unit_test(
			numbers_are_written_for_people_and_coordinates_for_browsers),
		cmocka_unit_test(a_scale_has_round_steps_and_room_for_the_largest),
		cmocka_unit_test(one_chart_is_always_the_same_and_complete),
		cmocka_unit_test(a_chart_of_nothing_is_no_failure),
		cmocka_unit_test(the_most_of_a_heat_map_has_the_strongest_colour),
		cmocka_unit_test(a_facet_shows_what_is_left_over),
		cmocka_unit_test(a_trend_marks_bursts_and_names_its_series),
		cmocka_unit_test(the_policy_lets_in_the_style_sheet_that_is_there),
		cmocka_unit_test(a_hit_has_its_link_its_marks_and_its_voices),
		cmocka_unit_test(an_article_is_a_page_and_any_other_record_a_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
