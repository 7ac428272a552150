/*
 * Pages in memory, and what is shown on them.
 */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

void page_start(struct page *p, const char *format, size_t width, bool color)
{
	*p = (struct page){ .out_text = NULL };
	out_init(&p->out, open_memstream(&p->out_text, &p->out_len));
	out_init(&p->err, open_memstream(&p->err_text, &p->err_len));
	p->r = (struct render){
		.ops = renderer_find(format),
		.out = &p->out,
		.err = &p->err,
		.width = width,
		.err_width = width,
		.color = color,
	};
	assert_non_null(p->out.file);
	assert_non_null(p->err.file);
	assert_non_null(p->r.ops);
}

void page_end(struct page *p)
{
	assert_int_equal(out_close(&p->out, NULL), 0);
	assert_int_equal(out_close(&p->err, NULL), 0);
}

void page_free(struct page *p)
{
	free(p->out_text);
	free(p->err_text);
}

void page_search(struct page *p, const struct render_search *search,
		 const struct pdx_hit *hit)
{
	p->r.ops->begin(&p->r, search);
	if (hit)
		p->r.ops->hit(&p->r, hit);
	p->r.ops->end(&p->r, search);
	page_end(p);
}

static const char *const companies[] = { "Hugging Face", "Idefics Labs" };
static const char *const categories[] = { "Funding" };
static const struct pdx_take takes[] = {
	{ "The Builder", "Developer Perspective", "Load, tokenize, infer, done." },
	{ "The Skeptic", "Reality Check", "What kills this is drift.\n\nAnd time." },
	{ NULL, NULL, "Somebody else." },
};

struct pdx_article sample_article(void)
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

struct pdx_hit sample_hit(const struct pdx_article *article)
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

const struct pdx_note sample_notes[SAMPLE_NOTES] = {
	{ "unbalanced-quote", 3, 2, 1, "quote closed at the end", true },
	{ "no-value", 1, 0, 2, "no company is called so", false },
};

static const struct pdx_facet_value values[] = {
	{ "Hugging Face", 12 },
	{ "Zürich KI", 3 },
};

const struct pdx_facet sample_facets[SAMPLE_FACETS] = {
	{ "company", values, 2, 5, 1, 42 },
	{ "month", NULL, 0, 0, 0, 42 },
};

struct render_search sample_search(uint64_t returned)
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

const struct pdx_stats sample_stats = {
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

struct render_message sample_error(const char *query, size_t start, size_t len)
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
