/*
 * Renderers and what they stand on, fed with articles made by hand.
 */
#include "harness.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "render/layout.h"
#include "render/render.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A renderer that writes to memory. */
struct page {
	struct out out, err;
	char *out_text, *err_text;
	size_t out_len, err_len;
	struct render r;
};

static struct page page_open(const char *format, size_t width, bool color)
{
	struct page p = { .out_text = NULL };

	p.r = (struct render){
		.ops = renderer_find(format),
		.width = width,
		.err_width = width,
		.color = color,
	};
	assert_non_null(p.r.ops);
	return p;
}

/* The streams keep pointers into ${p}, which must not move from here on. */
static void page_start(struct page *p)
{
	out_init(&p->out, open_memstream(&p->out_text, &p->out_len));
	out_init(&p->err, open_memstream(&p->err_text, &p->err_len));
	assert_non_null(p->out.file);
	assert_non_null(p->err.file);
	p->r.out = &p->out;
	p->r.err = &p->err;
}

static void page_end(struct page *p)
{
	struct pdx_err err;

	assert_int_equal(out_close(&p->out, &err), 0);
	assert_int_equal(out_close(&p->err, &err), 0);
}

static void page_free(struct page *p)
{
	free(p->out_text);
	free(p->err_text);
}

/* ---- layout ---- */

static char *wrap(const char *text, size_t width, size_t indent)
{
	struct out out;
	struct layout l;
	char *result;
	size_t len;

	out_init(&out, open_memstream(&result, &len));
	layout_init(&l, &out, width, false);
	layout_begin(&l, indent);
	layout_text(&l, STYLE_PLAIN, text);
	layout_end(&l);
	layout_release(&l);
	assert_int_equal(out_close(&out, NULL), 0);
	return result;
}

static void text_is_wrapped_by_its_display_width(void **state)
{
	static const struct {
		const char *in;
		size_t indent;
		const char *want;
	} cases[] = {
		{ "one two three", 0, "one two\nthree\n" },
		{ "one two th", 0, "one two th\n" },
		{ "  one \n\t two  ", 0, "one two\n" },
		{ "one two three", 4, "    one\n    two\n    three\n" },
		{ "", 0, "\n" },
		/* longer than the line */
		{ "abcdefghijklmno pq", 0, "abcdefghij\nklmno pq\n" },
		{ "ab abcdefghijkl", 0, "ab\nabcdefghij\nkl\n" },
		/* two columns each, and a line may end between them */
		{ "人工知能研究所", 0, "人工知能研\n究所\n" },
		{ "人工知能研。究所", 0, "人工知能\n研。究所\n" },
		{ "AI人工知能", 0, "AI人工知能\n" },
		{ "AI 人工知能研", 0, "AI 人工知\n能研\n" },
		/* no column: a combining acute */
		{ "cafe\u0301 naive\u0308", 0, "cafe\u0301 naive\u0308\n" },
		/* nothing to be seen: soft hyphen, byte-order mark, zero-width space */
		{ "a\u00ADb\uFEFFc\u200Bd", 0, "abcd\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *got = wrap(cases[i].in, 10, cases[i].indent);

		if (strcmp(got, cases[i].want) != 0)
			fail_msg("\"%s\": wanted \"%s\", got \"%s\"", cases[i].in,
				 cases[i].want, got);
		free(got);
	}
}

static void what_a_terminal_would_obey_is_replaced(void **state)
{
	static const char *const unsafe[] = {
		"\x1b",     "\x01",     "\x07",   "\x08",   "\x7f",
		"\xc2\x85", "\xc2\x9b", "\u202a", "\u202e", "\u2066",
		"\u2069",   "\u206f",   "\xff",   "\xc3",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(unsafe); i++) {
		char in[16];
		char *got;

		snprintf(in, sizeof(in), "a%s[2Jb", unsafe[i]);
		got = wrap(in, 20, 0);
		if (strcmp(got, "a\uFFFD[2Jb\n") != 0)
			fail_msg("case %zu: got \"%s\"", i, got);
		free(got);
	}
}

static void a_line_too_long_for_its_place_is_cut(void **state)
{
	static const struct {
		const char *in;
		size_t max;
		const char *want;
		size_t used;
	} cases[] = {
		{ "Hugging Face", 12, "Hugging Face", 12 },
		{ "Hugging Face", 8, "Hugging…", 8 },
		{ "人工知能", 8, "人工知能", 8 },
		{ "人工知能", 7, "人工知…", 7 },
		{ "人工知能", 6, "人工…", 5 },
		{ "a\nb", 5, "a b", 3 },
		{ "", 5, "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct out out;
		char *got;
		size_t len, used;

		out_init(&out, open_memstream(&got, &len));
		used = layout_line(&out, cases[i].in, cases[i].max);
		assert_int_equal(out_close(&out, NULL), 0);
		if (strcmp(got, cases[i].want) != 0 || used != cases[i].used)
			fail_msg("\"%s\" in %zu: got \"%s\" (%zu)", cases[i].in,
				 cases[i].max, got, used);
		free(got);
	}
}

/* ---- a search ---- */

static const char *const companies[] = { "Hugging Face", "Idefics Labs" };
static const char *const categories[] = { "Funding" };
static const struct pdx_take takes[] = {
	{ "The Builder", "Developer Perspective", "Load, tokenize, infer, done." },
	{ "The Skeptic", "Reality Check", "What kills this is drift.\n\nAnd time." },
	{ NULL, NULL, "Somebody else." },
};

static struct pdx_article make_article(void)
{
	return (struct pdx_article){
		.title = "Hugging Face Acquires Idefics Labs",
		.summary = "Hugging Face has acquired a startup.",
		.body = "First paragraph.\n\nSecond paragraph.",
		.date = 20581, /* 2026-05-08 */
		.companies = companies,
		.ncompanies = COUNT(companies),
		.categories = categories,
		.ncategories = COUNT(categories),
		.takes = takes,
		.ntakes = COUNT(takes),
		.id = "268b1e1b4370",
		.added = 1795343430, /* 2026-11-22T10:30:30Z */
	};
}

static const struct pdx_span title_spans[] = { { 0, 7 }, { 8, 4 } };
static const struct pdx_span body_spans[] = { { 4, 5 } };
static const struct pdx_span take_spans[] = { { 19, 5 } };

static const struct pdx_highlight highlights[] = {
	{ "title", 0, "Hugging Face Acquires Idefics Labs", title_spans, 2 },
	{ "body", 0,
	  "The drift of things that go on and on until the line is full and "
	  "another begins",
	  body_spans, 1 },
	{ "take", 2, "What kills this is drift.", take_spans, 1 },
};

static struct pdx_hit make_hit(const struct pdx_article *article)
{
	static const bool matched[] = { false, true, true };

	return (struct pdx_hit){
		.article = article,
		.rank = 1,
		.score = 7.3149,
		.highlights = highlights,
		.nhighlights = COUNT(highlights),
		.take_matched = matched,
	};
}

static const struct pdx_note notes[] = {
	{ "unbalanced-quote", 3, 2, 1, "quote closed at the end", true },
	{ "no-value", 1, 0, 2, "no company is called so", false },
};

static const struct pdx_facet_value values[] = {
	{ "Hugging Face", 12 },
	{ "Zürich KI", 3 },
};

static const struct pdx_facet facets[] = {
	{ "company", values, 2, 5, 1 },
	{ "month", NULL, 0, 0, 0 },
};

static struct render_search make_search(uint64_t returned)
{
	static const char *const sort[] = { "relevance" };

	return (struct render_search){
		.text = "drift",
		.parsed = "drift",
		.sort = sort,
		.nsort = 1,
		.total = 42,
		.returned = returned,
		.generation = 17,
		.articles = 12345,
	};
}

static void show_hit(struct page *p, const struct pdx_hit *hit,
		     const struct render_search *search)
{
	page_start(p);
	p->r.ops->begin(&p->r, search);
	p->r.ops->hit(&p->r, hit);
	p->r.ops->end(&p->r, search);
	page_end(p);
}

static void a_hit_says_what_it_is_and_why_it_is_here(void **state)
{
	struct pdx_article article = make_article();
	struct pdx_hit hit = make_hit(&article);
	struct render_search search = make_search(1);
	struct page p = page_open("text", 64, false);

	(void)state;
	show_hit(&p, &hit, &search);
	assert_string_equal(
		p.out_text,
		" 1  Hugging Face Acquires Idefics Labs\n"
		"    2026-05-08  Hugging Face, Idefics Labs · Funding\n"
		"    268b1e1b4370  7.31\n"
		"    The drift of things that go on and on until the line is full\n"
		"    and another begins\n"
		"    The Skeptic (Reality Check): What kills this is drift.\n"
		"    takes that matched: The Skeptic, take 3\n");
	page_free(&p);
}

static void matches_are_coloured_and_colour_ends_with_its_word(void **state)
{
	struct pdx_article article = make_article();
	struct pdx_hit hit = make_hit(&article);
	struct render_search search = make_search(1);
	struct page p = page_open("text", 80, true);

	(void)state;
	show_hit(&p, &hit, &search);
	assert_non_null(strstr(p.out_text, "\033[1;31mHugging\033[0m \033[1;31mFace"
					   "\033[0m \033[1mAcquires\033[0m"));
	assert_non_null(strstr(p.out_text, " this is \033[1;31mdrift\033[0m.\n"));
	assert_non_null(
		strstr(p.out_text, "\033[35mThe\033[0m \033[35mSkeptic\033[0m ("));
	for (const char *line = p.out_text; *line; line = strchr(line, '\n') + 1)
		assert_int_not_equal(*line, '\033');
	page_free(&p);
}

static void a_hit_without_highlights_shows_the_start_of_its_summary(void **state)
{
	struct pdx_article article = make_article();
	struct pdx_hit hit = { .article = &article, .rank = 120, .score = 0 };
	struct render_search search = make_search(120);
	struct page p = page_open("text", 40, false);

	(void)state;
	article.summary =
		"Hugging Face has acquired a startup in Paris, said a man who "
		"would not say who he was.";
	article.date = PDX_NO_DATE;
	article.ncompanies = 0;
	show_hit(&p, &hit, &search);
	assert_string_equal(p.out_text, "120  Hugging Face Acquires Idefics Labs\n"
					"     undated  Funding  268b1e1b4370\n"
					"     Hugging Face has acquired a startup\n"
					"     in Paris, said a man who would …\n");
	page_free(&p);
}

static void facets_stand_in_columns_below_the_hits(void **state)
{
	struct render_search search = make_search(0);
	struct page p = page_open("text", 80, false);

	(void)state;
	search.facets = facets;
	search.nfacets = COUNT(facets);
	page_start(&p);
	p.r.ops->begin(&p.r, &search);
	p.r.ops->end(&p.r, &search);
	page_end(&p);
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
	struct render_search search = make_search(0);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page p = page_open(cases[i].format, 80, false);

		page_start(&p);
		p.r.ops->count(&p.r, &search);
		page_end(&p);
		assert_string_equal(p.out_text, cases[i].want);
		page_free(&p);
	}
}

/* ---- JSON ---- */

static void assert_keys(const json_t *object, const char *want)
{
	char got[512] = "";
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		if (*got)
			strcat(got, " ");
		strcat(got, key);
	}
	assert_string_equal(got, want);
}

static json_t *parse(const char *text)
{
	json_error_t error;
	json_t *doc = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!doc)
		fail_msg("%s in %s", error.text, text);
	return doc;
}

static void a_json_search_is_one_document_with_its_keys_in_order(void **state)
{
	struct pdx_article article = make_article();
	struct pdx_hit hit = make_hit(&article);
	struct render_search search = make_search(1);
	struct page p = page_open("json", 80, false);
	json_t *doc, *h;

	(void)state;
	search.notes = notes;
	search.nnotes = COUNT(notes);
	search.facets = facets;
	search.nfacets = COUNT(facets);
	show_hit(&p, &hit, &search);
	doc = parse(p.out_text);
	assert_keys(doc, "schema query total returned next warnings index hits facets");
	assert_keys(json_object_get(doc, "query"),
		    "text parsed sort corrections did_you_mean");
	assert_keys(json_object_get(doc, "index"), "generation articles");
	assert_int_equal(json_array_size(json_object_get(doc, "warnings")), 2);
	assert_keys(json_array_get(json_object_get(doc, "warnings"), 0),
		    "code column message");
	assert_int_equal(json_array_size(json_object_get(json_object_get(doc, "query"),
							 "corrections")),
			 1);
	h = json_array_get(json_object_get(doc, "hits"), 0);
	assert_keys(h, "id rank score title date companies categories url summary "
		       "bookmarked highlights takes");
	assert_keys(json_array_get(json_object_get(h, "highlights"), 0),
		    "field take text spans");
	assert_keys(json_array_get(json_object_get(h, "takes"), 0),
		    "n persona perspective matched");
	assert_keys(json_object_get(doc, "facets"), "company month");
	assert_keys(json_object_get(json_object_get(doc, "facets"), "company"),
		    "values other missing");
	json_decref(doc);
	page_free(&p);
}

static void a_hit_in_json_is_spelled_out(void **state)
{
	struct pdx_article article = make_article();
	struct pdx_hit hit = make_hit(&article);
	struct render_search search = make_search(1);
	struct page p = page_open("jsonl", 80, false);

	(void)state;
	hit.nhighlights = 1;
	article.ntakes = 2;
	show_hit(&p, &hit, &search);
	assert_string_equal(
		p.out_text,
		"{\"schema\":\"paneldex.hit/1\",\"id\":\"268b1e1b4370\",\"rank\":1,"
		"\"score\":7.3149,\"title\":\"Hugging Face Acquires Idefics Labs\","
		"\"date\":\"2026-05-08\",\"companies\":[\"Hugging Face\","
		"\"Idefics Labs\"],\"categories\":[\"Funding\"],\"url\":null,"
		"\"summary\":\"Hugging Face has acquired a startup.\","
		"\"bookmarked\":false,\"highlights\":[{\"field\":\"title\",\"take\":"
		"null,"
		"\"text\":\"Hugging Face Acquires Idefics "
		"Labs\",\"spans\":[[0,7],[8,4]]}],"
		"\"takes\":[{\"n\":1,\"persona\":\"The Builder\",\"perspective\":"
		"\"Developer Perspective\",\"matched\":false},{\"n\":2,\"persona\":"
		"\"The Skeptic\",\"perspective\":\"Reality "
		"Check\",\"matched\":true}]}\n");
	page_free(&p);
}

static void nothing_found_is_a_document_too(void **state)
{
	struct render_search search = make_search(0);
	struct page p = page_open("json", 80, false);
	json_t *doc;

	(void)state;
	search.total = 0;
	page_start(&p);
	p.r.ops->begin(&p.r, &search);
	p.r.ops->end(&p.r, &search);
	page_end(&p);
	doc = parse(p.out_text);
	assert_keys(doc, "schema query total returned next warnings index hits");
	assert_int_equal(json_array_size(json_object_get(doc, "hits")), 0);
	assert_true(json_is_null(json_object_get(doc, "next")));
	json_decref(doc);
	page_free(&p);
}

static void facets_of_jsonl_are_a_record_after_the_hits(void **state)
{
	struct pdx_article article = make_article();
	struct pdx_hit hit = make_hit(&article);
	struct render_search search = make_search(1);
	struct page p = page_open("jsonl", 80, false);
	const char *second;
	json_t *doc;

	(void)state;
	search.facets = facets;
	search.nfacets = 1;
	show_hit(&p, &hit, &search);
	second = strchr(p.out_text, '\n') + 1;
	doc = parse(second);
	assert_keys(doc, "schema query total facets pivot");
	assert_string_equal(json_string_value(json_object_get(doc, "schema")),
			    "paneldex.facets/1");
	json_decref(doc);
	page_free(&p);
}

static void json_holds_unsafe_characters_as_escapes(void **state)
{
	struct pdx_article article = make_article();
	struct pdx_hit hit = { .article = &article, .rank = 1 };
	struct render_search search = make_search(1);
	struct page p = page_open("jsonl", 80, false);
	static const char title[] =
		"a\x7f\xc2\x9b\u202e\u2066\x1b \u00e9\u2028\U0001F600";
	json_t *doc;

	(void)state;
	article.title = title;
	show_hit(&p, &hit, &search);
	assert_non_null(
		strstr(p.out_text, "\"a\\u007f\\u009b\\u202e\\u2066\\u001B \u00e9"));
	doc = parse(p.out_text);
	assert_string_equal(json_string_value(json_object_get(doc, "title")), title);
	json_decref(doc);
	page_free(&p);
}

static void scores_have_six_digits_and_are_always_numbers_or_null(void **state)
{
	static const struct {
		double score;
		const char *want;
	} cases[] = {
		{ 7, "\"score\":7.0," },
		{ 0, "\"score\":0.0," },
		{ 1.0 / 3, "\"score\":0.333333," },
		{ 12.345678901, "\"score\":12.3457," },
		{ 0.000012345678, "\"score\":1.23457e-5," },
		{ (double)NAN, "\"score\":null," },
		{ (double)INFINITY, "\"score\":null," },
	};
	struct pdx_article article = make_article();
	struct render_search search = make_search(1);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct page p = page_open("jsonl", 80, false);
		struct pdx_hit hit = { .article = &article, .score = cases[i].score };

		show_hit(&p, &hit, &search);
		if (!strstr(p.out_text, cases[i].want))
			fail_msg("wanted %s in %s", cases[i].want, p.out_text);
		page_free(&p);
	}
}

/* ---- an article ---- */

static void an_article_reads_like_one(void **state)
{
	struct pdx_article article = make_article();
	struct page p = page_open("text", 60, false);

	(void)state;
	article.url = "https://example.org/1";
	article.source = "nfcorpus";
	article.ref = "MED-10";
	article.origin = "a.txt:3";
	page_start(&p);
	p.r.ops->article(&p.r, &article);
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

static void an_article_in_json_has_all_its_keys(void **state)
{
	struct pdx_article article = make_article();
	struct page p = page_open("json", 80, false);
	json_t *doc;

	(void)state;
	article.date = PDX_NO_DATE;
	page_start(&p);
	p.r.ops->article(&p.r, &article);
	page_end(&p);
	doc = parse(p.out_text);
	assert_keys(doc,
		    "schema id title date companies categories url summary body lang "
		    "source ref origin added bookmarked takes");
	assert_true(json_is_null(json_object_get(doc, "date")));
	assert_string_equal(json_string_value(json_object_get(doc, "added")),
			    "2026-11-22T10:30:30Z");
	assert_keys(json_array_get(json_object_get(doc, "takes"), 0),
		    "n persona perspective text");
	json_decref(doc);
	page_free(&p);
}

/* ---- accounts ---- */

static const struct pdx_stats stats = {
	.articles = 64,
	.takes = 256,
	.companies = 15,
	.categories = 8,
	.personas = 5,
	.first_date = 20089,
	.last_date = PDX_NO_DATE,
	.text_bytes = 999949,
	.file_bytes = 999950,
	.generation = 3,
	.language = "english",
	.analyzer = 1,
};

static void stats_stand_in_two_columns(void **state)
{
	struct page p = page_open("text", 80, false);

	(void)state;
	page_start(&p);
	p.r.ops->stats(&p.r, &stats);
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

static void stats_in_json_have_all_their_keys(void **state)
{
	struct page p = page_open("jsonl", 80, false);
	json_t *doc;

	(void)state;
	page_start(&p);
	p.r.ops->stats(&p.r, &stats);
	page_end(&p);
	doc = parse(p.out_text);
	assert_keys(doc,
		    "schema articles takes companies categories personas first_date "
		    "last_date text_bytes file_bytes generation language analyzer");
	json_decref(doc);
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
		struct page p = page_open(cases[i].format, 80, false);

		page_start(&p);
		p.r.ops->check(&p.r, problems, cases[i].n);
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
	struct page text = page_open("text", 80, false);
	struct page json = page_open("json", 80, false);

	(void)state;
	page_start(&text);
	text.r.ops->reject(&text.r, &reject);
	text.r.ops->ingest(&text.r, &summary);
	page_end(&text);
	assert_string_equal(text.err_text, "dir/\uFFFD.html: not a page; rejected\n");
	assert_string_equal(text.out_text, "read 9: 7 added, 1 updated, 0 unchanged, "
					   "1 rejected (12.1 KB in 0.2 s)\n");

	page_start(&json);
	json.r.ops->reject(&json.r, &reject);
	json.r.ops->ingest(&json.r, &summary);
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

/* ---- errors ---- */

static struct render_message make_error(const char *query, size_t start, size_t len)
{
	return (struct render_message){
		.place = "query",
		.code = "query",
		.message = "unknown field \"compny\"",
		.hint = "company",
		.query = query,
		.column = utf8_count(query, start) + 1,
		.start = start,
		.len = len,
	};
}

static void assert_error(const struct render_message *m, size_t width, const char *want)
{
	struct page p = page_open("text", width, false);

	page_start(&p);
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
	m = make_error("drift a compny:x", 8, 6);
	assert_error(&m, 80,
		     "paneldex: query: column 9: unknown field \"compny\"\n"
		     "  drift a compny:x\n"
		     "          ^~~~~~\n");
	m = make_error("人工 compny:x", 7, 6);
	assert_error(&m, 80,
		     "paneldex: query: column 4: unknown field \"compny\"\n"
		     "  人工 compny:x\n"
		     "       ^~~~~~\n");
	/* at the end, behind the last character */
	m = make_error("title:", 6, 0);
	assert_error(&m, 80,
		     "paneldex: query: column 7: unknown field \"compny\"\n"
		     "  title:\n"
		     "        ^\n");
	m = make_error("a\tb\x1b compny:x", 5, 6);
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
		struct render_message m = make_error(query, at, 60);
		struct page p = page_open("text", 40, false);

		page_start(&p);
		p.r.ops->error(&p.r, &m);
		page_end(&p);
		assert_mark(p.err_text, query, at);
		page_free(&p);
	}
}

static void an_error_in_json_is_an_object(void **state)
{
	struct render_message m = make_error("a compny:x", 2, 6);
	struct page p = page_open("json", 80, false);

	(void)state;
	page_start(&p);
	p.r.ops->error(&p.r, &m);
	m.column = 0;
	m.hint = "";
	p.r.ops->error(&p.r, &m);
	page_end(&p);
	assert_string_equal(
		p.err_text,
		"{\"schema\":\"paneldex.error/1\",\"code\":\"query\",\"message\":"
		"\"unknown field \\\"compny\\\"\",\"column\":3,\"hint\":\"company\","
		"\"place\":\"query\"}\n"
		"{\"schema\":\"paneldex.error/1\",\"code\":\"query\",\"message\":"
		"\"unknown field \\\"compny\\\"\",\"column\":null,\"hint\":null,"
		"\"place\":\"query\"}\n");
	page_free(&p);
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
		struct page p = page_open(cases[i].format, 80, false);

		page_start(&p);
		p.r.ops->query_note(&p.r, &m);
		page_end(&p);
		assert_string_equal(p.err_text, cases[i].want);
		page_free(&p);
	}
}

/* ---- streams and terminals ---- */

static void a_full_disk_is_reported_at_the_latest_on_close(void **state)
{
	struct out out;
	struct pdx_err err;
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	if (!full) {
		print_message("skipped: there is no /dev/full\n");
		skip();
	}
	out_init(&out, full);
	out_puts(&out, "x");
	assert_int_equal(out_close(&out, &err), PDX_E_IO);
	assert_string_equal(err.message, "cannot write: No space left on device");
}

static void set(const char *name, const char *value)
{
	if (value)
		assert_int_equal(setenv(name, value, 1), 0);
	else
		assert_int_equal(unsetenv(name), 0);
}

static void colours_follow_the_option_then_the_environment(void **state)
{
	static const struct {
		enum color_when when;
		const char *no_color, *force;
		bool want;
	} cases[] = {
		{ COLOR_AUTO, NULL, NULL, false }, /* no terminal */
		{ COLOR_AUTO, NULL, "1", true },   { COLOR_AUTO, NULL, "0", false },
		{ COLOR_AUTO, NULL, "", false },   { COLOR_AUTO, "1", "1", false },
		{ COLOR_AUTO, "", "1", true },     { COLOR_ALWAYS, "1", NULL, true },
		{ COLOR_NEVER, NULL, "1", false },
	};
	FILE *file = tmpfile();

	(void)state;
	assert_non_null(file);
	for (size_t i = 0; i < COUNT(cases); i++) {
		set("NO_COLOR", cases[i].no_color);
		set("CLICOLOR_FORCE", cases[i].force);
		if (terminal_color(cases[i].when, file) != cases[i].want)
			fail_msg("case %zu", i);
	}
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_wrapped_by_its_display_width),
		cmocka_unit_test(what_a_terminal_would_obey_is_replaced),
		cmocka_unit_test(a_line_too_long_for_its_place_is_cut),
		cmocka_unit_test(a_hit_says_what_it_is_and_why_it_is_here),
		cmocka_unit_test(matches_are_coloured_and_colour_ends_with_its_word),
		cmocka_unit_test(
			a_hit_without_highlights_shows_the_start_of_its_summary),
		cmocka_unit_test(facets_stand_in_columns_below_the_hits),
		cmocka_unit_test(a_count_is_the_number_alone),
		cmocka_unit_test(a_json_search_is_one_document_with_its_keys_in_order),
		cmocka_unit_test(a_hit_in_json_is_spelled_out),
		cmocka_unit_test(nothing_found_is_a_document_too),
		cmocka_unit_test(facets_of_jsonl_are_a_record_after_the_hits),
		cmocka_unit_test(json_holds_unsafe_characters_as_escapes),
		cmocka_unit_test(scores_have_six_digits_and_are_always_numbers_or_null),
		cmocka_unit_test(an_article_reads_like_one),
		cmocka_unit_test(an_article_in_json_has_all_its_keys),
		cmocka_unit_test(stats_stand_in_two_columns),
		cmocka_unit_test(stats_in_json_have_all_their_keys),
		cmocka_unit_test(a_check_is_ok_or_lists_its_problems),
		cmocka_unit_test(an_ingest_is_summed_up),
		cmocka_unit_test(an_error_points_at_its_place_in_the_query),
		cmocka_unit_test(an_error_without_a_place_is_one_line),
		cmocka_unit_test(a_long_query_is_shown_around_the_caret),
		cmocka_unit_test(an_error_in_json_is_an_object),
		cmocka_unit_test(notes_go_to_stderr_unless_the_document_has_them),
		cmocka_unit_test(a_full_disk_is_reported_at_the_latest_on_close),
		cmocka_unit_test(colours_follow_the_option_then_the_environment),
	};

	return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
