/*
 * The text format, shown things made by hand; and what is alike in all formats.
 */
#include "page.h"

#include <stdio.h>
#include <string.h>

#include "render/layout.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void a_hit_says_what_it_is_and_why_it_is_here(void **state)
{
	struct pdx_article article = sample_article();
	struct pdx_hit hit = sample_hit(&article);
	struct render_search search = sample_search(1);
	struct page p;

	(void)state;
	page_start(&p, "text", 64, false);
	page_search(&p, &search, &hit);
	assert_string_equal(
		p.out_text,
		" 1  Hugging Face Acquires Idefics Labs\n"
		"    2026-05-08  Hugging Face, Idefics Labs · Funding\n"
		"    268b1e1b4370  7.31\n"
		"    The drift of things that go on and on until the line is full\n"
		"      and another begins\n"
		"    The Skeptic (Reality Check): What kills this is drift.\n"
		"    takes that matched: The Skeptic, take 3\n");
	page_free(&p);
}

static void matches_are_coloured_and_colour_ends_with_its_line(void **state)
{
	struct pdx_article article = sample_article();
	struct pdx_hit hit = sample_hit(&article);
	struct render_search search = sample_search(1);
	struct page p;

	(void)state;
	page_start(&p, "text", 80, true);
	page_search(&p, &search, &hit);
	assert_non_null(strstr(p.out_text, "\033[1;31mHugging Face\033[0m "
					   "\033[1mAcquires Idefics Labs\033[0m\n"));
	assert_non_null(strstr(p.out_text, " this is \033[1;31mdrift\033[0m.\n"));
	assert_non_null(strstr(p.out_text, "\033[35mThe Skeptic\033[0m (Reality"));
	for (char *rest = p.out_text, *line; (line = strtok_r(rest, "\n", &rest));) {
		const char *last = strrchr(line, '\033');

		if (*line == '\033' || (last && strncmp(last, "\033[0m", 4) != 0))
			fail_msg("colour over the line's end: %s", line);
	}
	page_free(&p);
}

static void a_hit_without_highlights_shows_the_start_of_its_summary(void **state)
{
	struct pdx_article article = sample_article();
	struct pdx_hit hit = { .article = &article, .rank = 120, .score = 0 };
	struct render_search search = sample_search(120);
	struct page p;

	(void)state;
	article.summary =
		"Hugging Face has acquired a startup in Paris, said a man who "
		"would not say who he was.";
	article.date = PDX_NO_DATE;
	article.ncompanies = 0;
	page_start(&p, "text", 40, false);
	page_search(&p, &search, &hit);
	assert_string_equal(p.out_text, "120  Hugging Face Acquires Idefics Labs\n"
					"     undated  Funding  268b1e1b4370\n"
					"     Hugging Face has acquired a startup\n"
					"       in Paris, said a man who …\n");
	page_free(&p);
}

static void facets_stand_in_columns_below_the_hits(void **state)
{
	struct render_search search = sample_search(0);
	struct page p;

	(void)state;
	search.facets = sample_facets;
	search.nfacets = SAMPLE_FACETS;
	page_start(&p, "text", 80, false);
	page_search(&p, &search, NULL);
	assert_string_equal(p.out_text, "company\n"
					"  Hugging Face  12\n"
					"  Zürich KI      3\n"
					"  (other)        5\n"
					"  (none)         1\n"
					"\n"
					"month\n");
	page_free(&p);
}

static void a_count_is_the_number_alone(void **state)
{
	static const struct {
		const char *format, *want;
	} cases[] = {
		{ "text", "42\n" },
		{ "jsonl", "{\"schema\":\"paneldex.count/1\",\"total\":42}\n" },
	};
	struct render_search search = sample_search(0);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page p;

		page_start(&p, cases[i].format, 80, false);
		p.r.ops->count(&p.r, &search);
		page_end(&p);
		assert_string_equal(p.out_text, cases[i].want);
		page_free(&p);
	}
}

static void an_article_reads_like_one(void **state)
{
	struct pdx_article article = sample_article();
	struct page p;

	(void)state;
	article.url = "https://example.org/1";
	article.source = "nfcorpus";
	article.ref = "MED-10";
	article.origin = "a.txt:3";
	page_start(&p, "text", 60, false);
	render_record(&p.r, &record_article, &article);
	page_end(&p);
	assert_string_equal(p.out_text,
			    "Hugging Face Acquires Idefics Labs\n"
			    "2026-05-08  Hugging Face, Idefics Labs · Funding\n"
			    "\n"
			    "id      268b1e1b4370\n"
			    "url     https://example.org/1\n"
			    "source  nfcorpus  MED-10\n"
			    "added   2026-11-22 10:30 UTC  a.txt:3\n"
			    "\n"
			    "Hugging Face has acquired a startup.\n"
			    "\n"
			    "First paragraph.\n"
			    "\n"
			    "Second paragraph.\n"
			    "\n"
			    "The Builder (Developer Perspective)\n"
			    "    Load, tokenize, infer, done.\n"
			    "\n"
			    "The Skeptic (Reality Check)\n"
			    "    What kills this is drift.\n"
			    "\n"
			    "    And time.\n"
			    "\n"
			    "Take 3\n"
			    "    Somebody else.\n");
	page_free(&p);
}

static void an_article_says_where_its_parts_were_found(void **state)
{
	static const char *const wants[] = {
		"added   2026-11-22 10:30 UTC\n"
		"from    title: json-ld, summary: opengraph, date:\n"
		"        time element\n\nHugging Face has",
		"added   2026-11-22 10:30 UTC\nfrom    unknown\n\nHugging Face has",
	};
	struct pdx_article article = sample_article();
	struct page p;

	(void)state;
	article.provenance[PDX_PART_TITLE] = PDX_FROM_JSON_LD;
	article.provenance[PDX_PART_SUMMARY] = PDX_FROM_OPENGRAPH;
	article.provenance[PDX_PART_DATE] = PDX_FROM_TIME;
	for (int i = 0; i < 2; i++) {
		page_start(&p, "text", 50, false);
		render_record(&p.r, &record_provenance, &article);
		page_end(&p);
		if (!strstr(p.out_text, wants[i]))
			fail_msg("wanted %s in %s", wants[i], p.out_text);
		page_free(&p);
		memset(article.provenance, 0, sizeof(article.provenance));
	}
}

static void stats_stand_in_two_columns(void **state)
{
	struct page p;

	(void)state;
	page_start(&p, "text", 80, false);
	render_record(&p.r, &record_stats, &sample_stats);
	page_end(&p);
	assert_string_equal(p.out_text, "articles            64\n"
					"takes              256\n"
					"companies           15\n"
					"categories           8\n"
					"personas             5\n"
					"first date  2025-01-01\n"
					"last date            -\n"
					"text          999.9 KB\n"
					"file            1.0 MB\n"
					"generation           3\n"
					"language       english\n"
					"analyzer             1\n");
	page_free(&p);
}

static void a_check_is_ok_or_lists_its_problems(void **state)
{
	static const char *const problems[] = { "row 7: \x1b[2J", "row 9: gone" };
	static const struct {
		const char *format;
		size_t n;
		const char *want;
	} cases[] = {
		{ "text", 0, "ok\n" },
		{ "text", 2, "row 7: \uFFFD[2J\nrow 9: gone\n" },
		{ "json", 0,
		  "{\"schema\":\"paneldex.check/1\",\"ok\":true,"
		  "\"problems\":[]}\n" },
		{ "json", 2,
		  "{\"schema\":\"paneldex.check/1\",\"ok\":false,"
		  "\"problems\":[\"row 7: \\u001B[2J\",\"row 9: gone\"]}\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page p;

		page_start(&p, cases[i].format, 80, false);
		render_record(&p.r, &record_check,
			      &(struct render_check){ problems, cases[i].n });
		page_end(&p);
		assert_string_equal(p.out_text, cases[i].want);
		page_free(&p);
	}
}

static void an_ingest_is_summed_up(void **state)
{
	/* A file name need not be UTF-8. */
	static const struct render_reject reject = { "dir/\xff.html", 88,
						     "not a page" };
	struct render_ingest summary = {
		.read = 9,
		.added = 7,
		.updated = 1,
		.rejected = 1,
		.bytes = 12129,
		.seconds = 0.25,
		.rejects = &reject,
		.nrejects = 1,
	};
	struct page text;
	struct page json;

	(void)state;
	page_start(&text, "text", 80, false);
	text.r.ops->reject(&text.r, &reject);
	render_record(&text.r, &record_ingest, &summary);
	page_end(&text);
	assert_string_equal(text.err_text, "dir/\uFFFD.html: not a page; rejected\n");
	assert_string_equal(text.out_text, "read 9: 7 added, 1 updated, 0 unchanged, "
					   "1 rejected (12.1 KB in 0.2 s)\n");

	page_start(&json, "json", 80, false);
	json.r.ops->reject(&json.r, &reject);
	render_record(&json.r, &record_ingest, &summary);
	page_end(&json);
	assert_string_equal(json.err_text, "");
	assert_string_equal(
		json.out_text,
		"{\"schema\":\"paneldex.ingest/"
		"1\",\"read\":9,\"added\":7,\"updated\":1,"
		"\"unchanged\":0,\"rejected\":1,\"bytes\":12129,\"seconds\":0.25,"
		"\"rejects\":[{\"origin\":\"dir/\uFFFD.html\",\"offset\":88,"
		"\"reason\":\"not a page\"}]}\n");
	page_free(&text);
	page_free(&json);
}

static void assert_error(const struct render_message *m, size_t width, const char *want)
{
	struct page p;

	page_start(&p, "text", width, false);
	p.r.ops->error(&p.r, m);
	page_end(&p);
	assert_string_equal(p.out_text, "");
	assert_string_equal(p.err_text, want);
	page_free(&p);
}

static void an_error_points_at_its_place_in_the_query(void **state)
{
	struct render_message m;

	(void)state;
	m = sample_error("drift a compny:x", 8, 6);
	assert_error(&m, 80,
		     "paneldex: query: column 9: unknown field \"compny\"\n"
		     "  drift a compny:x\n"
		     "          ^~~~~~\n");
	m = sample_error("人工 compny:x", 7, 6);
	assert_error(&m, 80,
		     "paneldex: query: column 4: unknown field \"compny\"\n"
		     "  人工 compny:x\n"
		     "       ^~~~~~\n");
	/* at the end, behind the last character */
	m = sample_error("title:", 6, 0);
	assert_error(&m, 80,
		     "paneldex: query: column 7: unknown field \"compny\"\n"
		     "  title:\n"
		     "        ^\n");
	m = sample_error("a\tb\x1b compny:x", 5, 6);
	assert_error(&m, 80,
		     "paneldex: query: column 6: unknown field \"compny\"\n"
		     "  a b\uFFFD compny:x\n"
		     "       ^~~~~~\n");
}

static void an_error_without_a_place_is_one_line(void **state)
{
	struct render_message m = { .message =
					    "cannot write: No space left on device" };

	(void)state;
	assert_error(&m, 80, "paneldex: cannot write: No space left on device\n");
	m.place = "search";
	assert_error(&m, 80,
		     "paneldex: search: cannot write: No space left on device\n");
}

/* The mark stands on the same column as the byte that it means. */
static void assert_mark(const char *shown, const char *query, size_t at)
{
	const char *line = strchr(shown, '\n') + 1;
	const char *marks = strchr(line, '\n') + 1;
	size_t column = strcspn(marks, "^"), before;
	char head[512];

	if (column >= strlen(marks))
		fail_msg("no caret: %s", shown);
	/* ASCII queries: the first ellipsis is 3 bytes in 1 column. */
	before = strncmp(line + 2, "\u2026", 3) == 0 ? column + 2 : column;
	snprintf(head, sizeof(head), "%.*s", (int)strcspn(line, "\n"), line);
	if (head[before] != query[at])
		fail_msg("caret at '%c', not '%c':\n%s", head[before], query[at],
			 shown);
	if (layout_width(head) > 40 || strlen(marks) > 41)
		fail_msg("wider than 40 columns:\n%s", shown);
}

static void a_long_query_is_shown_around_the_caret(void **state)
{
	char query[301];

	(void)state;
	for (size_t i = 0; i < sizeof(query) - 1; i++)
		query[i] = (char)('a' + i % 26);
	query[sizeof(query) - 1] = '\0';
	for (size_t at = 0; at < sizeof(query) - 1; at += 13) {
		struct render_message m = sample_error(query, at, 60);
		struct page p;

		page_start(&p, "text", 40, false);
		p.r.ops->error(&p.r, &m);
		page_end(&p);
		assert_mark(p.err_text, query, at);
		page_free(&p);
	}
}

static void notes_go_to_stderr_unless_the_document_has_them(void **state)
{
	static const struct {
		const char *format, *want;
	} cases[] = {
		{ "text", "paneldex: query: column 3: note: quote closed\n" },
		{ "json", "" },
		{ "jsonl", "{\"schema\":\"paneldex.warning/1\",\"code\":\"open-quote\","
			   "\"message\":\"quote closed\",\"column\":3,\"hint\":null,"
			   "\"place\":\"query\"}\n" },
	};
	struct render_message m = { .place = "query",
				    .code = "open-quote",
				    .column = 3,
				    .message = "quote closed" };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page p;

		page_start(&p, cases[i].format, 80, false);
		p.r.ops->query_note(&p.r, &m);
		page_end(&p);
		assert_string_equal(p.err_text, cases[i].want);
		page_free(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hit_says_what_it_is_and_why_it_is_here),
		cmocka_unit_test(matches_are_coloured_and_colour_ends_with_its_line),
		cmocka_unit_test(
			a_hit_without_highlights_shows_the_start_of_its_summary),
		cmocka_unit_test(facets_stand_in_columns_below_the_hits),
		cmocka_unit_test(a_count_is_the_number_alone),
		cmocka_unit_test(an_article_reads_like_one),
		cmocka_unit_test(an_article_says_where_its_parts_were_found),
		cmocka_unit_test(stats_stand_in_two_columns),
		cmocka_unit_test(a_check_is_ok_or_lists_its_problems),
		cmocka_unit_test(an_ingest_is_summed_up),
		cmocka_unit_test(an_error_points_at_its_place_in_the_query),
		cmocka_unit_test(an_error_without_a_place_is_one_line),
		cmocka_unit_test(a_long_query_is_shown_around_the_caret),
		cmocka_unit_test(notes_go_to_stderr_unless_the_document_has_them),
	};

	return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
