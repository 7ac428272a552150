/* Matches in a text and the snippets that show them. */
#include "harness.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/analyze.h"
#include "text/highlight.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define ELLIPSIS "\xE2\x80\xA6"

static struct analyzer *english(void)
{
	struct analyzer *a;

	assert_int_equal(analyzer_new(&a, "english", NULL), 0);
	return a;
}

/* ---- matchers from a row -------------------------------------------------- */

#define MATCHERS_MAX 8
#define TERMS_MAX 8

struct matchers {
	struct matcher v[MATCHERS_MAX];
	struct matcher_term terms[MATCHERS_MAX][TERMS_MAX];
	size_t n;
};

static struct matcher_term parse_term(const char *s, size_t len)
{
	struct matcher_term term = { .text = s, .len = len };

	if (*s == '=') {
		term.exact = true;
		term.text++;
		term.len--;
	} else if (len > 1 && s[len - 1] == '*') {
		term.prefix = true;
		term.len--;
	}
	return term;
}

/* ${len} bytes of "one two* ~3". */
static void parse_matcher(struct matchers *m, const char *s, size_t len)
{
	struct matcher *new = &m->v[m->n];
	struct matcher_term *terms = m->terms[m->n];
	size_t i = 0;

	*new = (struct matcher){ .terms = terms, .group = (unsigned)m->n };
	while (i < len) {
		size_t n = 0;

		while (i + n < len && s[i + n] != ' ')
			n++;
		if (n > 1 && s[i] == '~')
			new->slop = (unsigned)strtoul(s + i + 1, NULL, 10);
		else if (n > 0 && new->nterms < TERMS_MAX)
			terms[new->nterms++] = parse_term(s + i, n);
		i += n + 1;
	}
	if (new->nterms > 0)
		m->n++;
}

/* Matchers up to " :: ".  Returns the text behind it. */
static const char *parse_matchers(struct matchers *m, const char *in)
{
	const char *end = strstr(in, ":: ");

	m->n = 0;
	if (!end)
		fail_msg("no \":: \" in \"%s\"", in);
	while (in < end) {
		const char *next = memchr(in, ';', (size_t)(end - in));

		if (!next)
			next = end;
		if (m->n == MATCHERS_MAX)
			fail_msg("too many matchers");
		parse_matcher(m, in, (size_t)(next - in));
		in = next + 1;
	}
	return end + 3;
}

/* ---- the tables ----------------------------------------------------------- */

static void put_marked(struct buf *out, const char *text, size_t len,
		       const struct byte_span *spans, size_t n)
{
	size_t done = 0;

	for (size_t i = 0; i < n; i++) {
		buf_put(out, text + done, spans[i].start - done);
		buf_putc(out, '[');
		buf_put(out, text + spans[i].start, spans[i].end - spans[i].start);
		buf_putc(out, ']');
		done = spans[i].end;
	}
	buf_put(out, text + done, len - done);
}

static void every_row_of_the_table_is_marked_where_it_matches(void **state)
{
	struct analyzer *a = english();
	struct case_row *rows;
	size_t n = cases_load(&rows, "highlight.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct arena arena = { 0 };
		struct matchers m;
		const char *text = parse_matchers(&m, rows[i].in);
		struct byte_span *spans;
		size_t nspans;
		struct buf out;

		buf_init(&out, 0);
		assert_int_equal(highlight_find(&spans, &nspans, NULL, &arena, a, text,
						strlen(text), m.v, m.n),
				 0);
		put_marked(&out, text, strlen(text), spans, nspans);
		check_case(&rows[i], buf_str(&out));
		buf_release(&out);
		arena_release(&arena);
	}
	cases_free(rows, n);
	analyzer_free(a);
}

/* The byte at which code point ${cp} of ${s} begins. */
static size_t byte_of(const char *s, size_t cp)
{
	size_t at = 0, len = strlen(s);
	uint32_t ignored;

	while (cp-- > 0 && at < len)
		at += utf8_decode(&ignored, s + at, len - at);
	return at;
}

static void put_highlight(struct buf *out, const struct pdx_highlight *h)
{
	struct byte_span spans[64];

	assert_true(h->nspans <= COUNT(spans));
	for (size_t i = 0; i < h->nspans; i++) {
		spans[i].start = byte_of(h->text, h->spans[i].start);
		spans[i].end = byte_of(h->text, h->spans[i].start + h->spans[i].len);
	}
	put_marked(out, h->text, strlen(h->text), spans, h->nspans);
}

static void every_row_of_the_snippet_table_gives_its_snippet(void **state)
{
	struct analyzer *a = english();
	struct case_row *rows;
	size_t n = cases_load(&rows, "snippet.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct arena arena = { 0 };
		struct pdx_highlight h;
		struct matchers m;
		char *rest;
		size_t width = strtoul(rows[i].in, &rest, 10), nspans;
		const char *text = parse_matchers(&m, rest + 1);
		struct byte_span *spans;
		struct buf out;
		double score;

		buf_init(&out, 0);
		assert_int_equal(highlight_find(&spans, &nspans, NULL, &arena, a, text,
						strlen(text), m.v, m.n),
				 0);
		assert_int_equal(highlight_snippet(&h, &score, &arena, "body", 0, text,
						   strlen(text), spans, nspans, width),
				 0);
		put_highlight(&out, &h);
		check_case(&rows[i], out.len > 0 ? buf_str(&out) : "-");
		assert_int_equal(score > 0, h.nspans > 0);
		buf_release(&out);
		arena_release(&arena);
	}
	cases_free(rows, n);
	analyzer_free(a);
}

/* ---- groups and scores ---------------------------------------------------- */

static uint64_t groups_of(struct analyzer *a, const char *in, size_t *nspans,
			  uint64_t *first)
{
	struct arena arena = { 0 };
	struct matchers m;
	const char *text = parse_matchers(&m, in);
	struct byte_span *spans;
	uint64_t groups = ~UINT64_C(0);

	assert_int_equal(highlight_find(&spans, nspans, &groups, &arena, a, text,
					strlen(text), m.v, m.n),
			 0);
	*first = *nspans > 0 ? spans[0].groups : 0;
	arena_release(&arena);
	return groups;
}

static void the_groups_that_matched_are_told(void **state)
{
	struct analyzer *a = english();
	size_t n;
	uint64_t first;

	(void)state;
	assert_int_equal(groups_of(a, "one; two; three :: three one", &n, &first),
			 1 | 4);
	assert_int_equal(n, 2);
	assert_int_equal(first, 4);
	assert_int_equal(groups_of(a, "one; one two :: one two", &n, &first), 1 | 2);
	assert_int_equal(n, 1);
	assert_int_equal(first, 1 | 2);
	assert_int_equal(groups_of(a, "one :: two", &n, &first), 0);
	assert_int_equal(n, 0);
	assert_int_equal(groups_of(a, ":: two", &n, &first), 0);
	analyzer_free(a);
}

static double score_of(struct analyzer *a, const char *in)
{
	struct arena arena = { 0 };
	struct pdx_highlight h;
	struct matchers m;
	const char *text = parse_matchers(&m, in);
	struct byte_span *spans;
	size_t n;
	double score;

	assert_int_equal(highlight_find(&spans, &n, NULL, &arena, a, text, strlen(text),
					m.v, m.n),
			 0);
	assert_int_equal(highlight_snippet(&h, &score, &arena, "title", 0, text,
					   strlen(text), spans, n, 40),
			 0);
	arena_release(&arena);
	return score;
}

static void one_more_group_outweighs_any_number_of_matches(void **state)
{
	struct analyzer *a = english();
	double none = score_of(a, "one; two :: three");
	double once = score_of(a, "one; two :: one");
	double often = score_of(a, "one; two :: one one one one one one one one");
	double both = score_of(a, "one; two :: one two");

	(void)state;
	assert_true(none == 0);
	assert_true(none < once);
	assert_true(once < often);
	assert_true(often < both);
	analyzer_free(a);
}

static void a_highlight_names_its_field_and_take(void **state)
{
	struct arena arena = { 0 };
	struct pdx_highlight h;
	double score;

	(void)state;
	assert_int_equal(highlight_snippet(&h, &score, &arena, "take", 3, "text", 4,
					   NULL, 0, 80),
			 0);
	assert_string_equal(h.field, "take");
	assert_int_equal(h.take, 3);
	assert_string_equal(h.text, "text");
	assert_int_equal(h.nspans, 0);
	assert_int_equal(
		highlight_snippet(&h, &score, &arena, "body", 0, NULL, 0, NULL, 0, 80),
		0);
	assert_string_equal(h.text, "");
	arena_release(&arena);
}

static void spans_that_make_no_sense_are_left_out(void **state)
{
	static const struct byte_span spans[] = {
		{ 4, 4, 1 }, { 0, 3, 1 },  { 2, 5, 1 },
		{ 8, 6, 1 }, { 4, 99, 1 }, { 4, 7, 1 },
	};
	struct arena arena = { 0 };
	struct pdx_highlight h;
	double score;

	(void)state;
	assert_int_equal(highlight_snippet(&h, &score, &arena, "body", 0, "one two", 7,
					   spans, COUNT(spans), 80),
			 0);
	assert_int_equal(h.nspans, 2);
	assert_int_equal(h.spans[0].start, 0);
	assert_int_equal(h.spans[0].len, 3);
	assert_int_equal(h.spans[1].start, 4);
	assert_int_equal(h.spans[1].len, 3);
	arena_release(&arena);
}

/* ---- what holds for every text -------------------------------------------- */

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*seed >> 33);
}

static const char *const pieces[] = {
	"one",
	"two",
	"Three",
	"GPT-4o",
	"don't",
	".",
	"!",
	" ",
	" ",
	" ",
	" ",
	"\n",
	"\n\n",
	"\t",
	"\"",
	")",
	"\xE2\x80\x9D",
	"e\xCC\x81",
	"\xCC\x81",
	"\xE6\xA8\xA1",
	"\xE3\x80\x82",
	"\xED\x95\x9C",
	"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB",
	"\xF0\x9F\x87\xBA\xF0\x9F\x87\xB8",
	"\xE0\xA4\x95\xE0\xA4\xBF",
	"\xFF",
	"\x01",
	"\xC2\xA0",
	"incomprehensibilities",
};

static void random_text(struct buf *out, uint64_t *seed)
{
	size_t n = next_random(seed) % 80;

	buf_reset(out);
	while (n-- > 0)
		buf_puts(out, pieces[next_random(seed) % COUNT(pieces)]);
}

/* Why ${h} is no snippet of a text at about ${width}, or NULL. */
static const char *fault(const struct pdx_highlight *h, size_t width)
{
	size_t len = strlen(h->text), cps = utf8_count(h->text, len), at = 0;
	const char *inner = h->text;
	size_t innerlen = len;

	if (!utf8_valid(h->text, len))
		return "ill-formed";
	if (cps > width)
		return "too wide";
	for (size_t i = 0; i < len; i++) {
		if ((unsigned char)h->text[i] < ' ' ||
		    (h->text[i] == ' ' && h->text[i + 1] == ' '))
			return "white space is left";
	}
	for (size_t i = 0; i < h->nspans; i++) {
		if (h->spans[i].len == 0 || h->spans[i].start < at)
			return "spans out of order";
		at = h->spans[i].start + h->spans[i].len;
	}
	if (at > cps)
		return "a span beyond the text";
	if (strncmp(inner, ELLIPSIS, 3) == 0) {
		int32_t cp;

		inner += 3;
		innerlen -= 3;
		utf8proc_iterate((const utf8proc_uint8_t *)inner,
				 (utf8proc_ssize_t)innerlen, &cp);
		if (utf8proc_category(cp) == UTF8PROC_CATEGORY_MN || cp == 0x200D)
			return "begins inside a cluster";
	}
	return NULL;
}

static void no_text_gives_a_broken_snippet(void **state)
{
	static const struct matcher_term terms[] = { { "one", 3, false, false },
						     { "gpt4o", 5, false, false },
						     { "incompre", 8, false, true },
						     { "\xE6\xA8\xA1", 3, false,
						       false } };
	static const struct matcher matchers[] = { { &terms[0], 1, 0, 0 },
						   { &terms[1], 1, 0, 1 },
						   { &terms[2], 1, 0, 2 },
						   { &terms[3], 1, 0, 3 } };
	struct analyzer *a = english();
	struct arena arena = { 0 };
	struct buf text;
	uint64_t seed = 4;

	(void)state;
	buf_init(&text, 0);
	for (size_t i = 0; i < 10000; i++) {
		size_t width = 16 + next_random(&seed) % 100, n;
		struct byte_span *spans;
		struct pdx_highlight h;
		const char *why;
		double score;

		random_text(&text, &seed);
		assert_int_equal(highlight_find(&spans, &n, NULL, &arena, a, text.data,
						text.len, matchers, COUNT(matchers)),
				 0);
		assert_int_equal(highlight_snippet(&h, &score, &arena, "body", 0,
						   text.data, text.len, spans, n,
						   width),
				 0);
		why = fault(&h, width);
		if (!why && n > 0 && h.nspans == 0)
			why = "shows no match";
		if (why)
			fail_msg("%s at %zu:\n<%s>\nof\n<%s>", why, width, h.text,
				 buf_str(&text));
		arena_reset(&arena);
	}
	buf_release(&text);
	arena_release(&arena);
	analyzer_free(a);
}

static void a_cluster_without_end_is_cut_all_the_same(void **state)
{
	struct arena arena = { 0 };
	struct pdx_highlight h;
	struct buf text;
	double score;

	(void)state;
	buf_init(&text, 0);
	buf_puts(&text, "a");
	for (size_t i = 0; i < 10000; i++)
		buf_puts(&text, "\xCC\x81");
	assert_int_equal(highlight_snippet(&h, &score, &arena, "body", 0, text.data,
					   text.len, NULL, 0, 40),
			 0);
	assert_in_range(utf8_count(h.text, strlen(h.text)), 36, 80);
	buf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_the_table_is_marked_where_it_matches),
		cmocka_unit_test(every_row_of_the_snippet_table_gives_its_snippet),
		cmocka_unit_test(the_groups_that_matched_are_told),
		cmocka_unit_test(one_more_group_outweighs_any_number_of_matches),
		cmocka_unit_test(a_highlight_names_its_field_and_take),
		cmocka_unit_test(spans_that_make_no_sense_are_left_out),
		cmocka_unit_test(no_text_gives_a_broken_snippet),
		cmocka_unit_test(a_cluster_without_end_is_cut_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
