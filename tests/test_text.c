/* The analyzer: its table of cases, forms, places, limits. */
#include "harness.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/analyze.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct analyzer *analyzer_for(const char *language)
{
	struct analyzer *a;
	struct pdx_err err;

	if (analyzer_new(&a, language, &err))
		fail_msg("%s", err.message);
	return a;
}

/* ---- the table ------------------------------------------------------------ */

static int print_token(void *ctx, const struct token *t)
{
	struct buf *out = ctx;

	buf_printf(out, "%s%u:", out->len > 0 ? " " : "", (unsigned)t->pos);
	if (t->flags & TOKEN_BREAK)
		buf_puts(out, "<break>");
	else
		buf_put(out, t->text, t->len);
	if (t->flags & TOKEN_JOINED)
		buf_printf(out, "+%u", (unsigned)t->span);
	return 0;
}

/* "[german] " at the start of ${in} names the language and is skipped. */
static const char *skip_language(char language[32], const char *in)
{
	int len = 0;

	strcpy(language, "english");
	sscanf(in, "[%31[a-z]] %n", language, &len);
	return in + len;
}

static void every_row_of_the_table_gives_its_tokens(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "analyze.t");

	(void)state;
	assert_true(n >= 170);
	for (size_t i = 0; i < n; i++) {
		char language[32];
		const char *text = skip_language(language, rows[i].in);
		struct analyzer *a = analyzer_for(language);
		struct buf out;

		buf_init(&out, 0);
		analyzer_run(a, text, strlen(text), print_token, &out);
		check_case(&rows[i], out.len > 0 ? buf_str(&out) : "-");
		buf_release(&out);
		analyzer_free(a);
	}
	cases_free(rows, n);
}

/* ---- forms and places ----------------------------------------------------- */

static int print_place(void *ctx, const struct token *t)
{
	struct buf *out = ctx;

	buf_printf(out, "%s%.*s@%zu-%zu", out->len > 0 ? " " : "", (int)t->formlen,
		   t->form, t->start, t->end);
	return 0;
}

static void forms_are_unstemmed_and_places_are_those_of_the_original_bytes(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "The Companies", "the@0-3 companies@4-13" },
		{ "company's", "company's@0-9" },
		{ "company\xE2\x80\x99s plans", "company's@0-11 plans@12-17" },
		{ "don't", "don't@0-5 dont@0-5" },
		{ "open-source", "open@0-4 opensource@0-11 source@5-11" },
		{ " GPT-4o ", "gpt@1-4 gpt4o@1-7 4o@5-7" },
		{ "H100", "h@0-1 h100@0-4 100@1-4" },
		{ "1,000,000", "1000000@0-9" },
		{ "C++ C# .NET", "c++@0-3 c#@4-6 net@8-11 .net@7-11" },
		{ "notepad++", "notepad@0-7 notepad++@0-9" },
		{ "U.S. law", "u@0-1 u.s.@0-4 s@2-3 law@5-8" },
		{ "in U.S., in U.S", "in@0-2 u@3-4 u.s.@3-7 s@5-6 "
				     "in@9-11 u@12-13 u.s.@12-15 s@14-15" },
		{ "the US", "the@0-3 us@4-6 u.s.@4-6" },
		{ "R&D", "r@0-1 r&d@0-3 d@2-3" },
		{ "na\xC3\xAFve \xEF\xAC\x81n", "naive@0-6 fin@7-11" },
		{ "nai\xCC\x88ve", "naive@0-7" },
		{ "multi\xC2\xADmodal", "multimodal@0-12" },
		{ "a\xC2\xAD b", "a@0-1 b@4-5" },
		{ "\xE6\xA8\xA1\xE5\x9E\x8B", "\xE6\xA8\xA1@0-3 \xE5\x9E\x8B@3-6" },
		{ "\xEF\xBD\xB6\xEF\xBE\x9E",
		  "\xE3\x82\xAC@0-6" }, /* two half-widths */
		{ "\xF0\x9F\x9A\x80!", "\xF0\x9F\x9A\x80@0-4" },
		{ "a\x1E"
		  "b",
		  "a@0-1 \x1E@1-2 b@2-3" },
	};
	struct analyzer *a = analyzer_for("english");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf out;

		buf_init(&out, 0);
		analyzer_run(a, cases[i].text, strlen(cases[i].text), print_place,
			     &out);
		if (strcmp(buf_str(&out), cases[i].want) != 0)
			fail_msg("\"%s\":\n  got  %s\n  want %s", cases[i].text,
				 buf_str(&out), cases[i].want);
		buf_release(&out);
	}
	analyzer_free(a);
}

/* ---- hard tokens find each other ------------------------------------------ */

#define LIST_MAX 64

struct kept {
	char term[TOKEN_MAX + 1];
	size_t start;
	uint32_t pos;
	unsigned flags;
};

struct list {
	struct kept v[LIST_MAX];
	size_t n;
};

static int keep_token(void *ctx, const struct token *t)
{
	struct list *list = ctx;
	struct kept *k;

	if (list->n == LIST_MAX)
		return 1;
	k = &list->v[list->n++];
	memcpy(k->term, t->text, t->len);
	k->term[t->len] = '\0';
	k->start = t->start;
	k->pos = t->pos;
	k->flags = t->flags;
	return 0;
}

static bool stands_at(const struct list *text, const char *term, uint32_t pos)
{
	for (size_t i = 0; i < text->n; i++) {
		if (text->v[i].pos == pos && strcmp(text->v[i].term, term) == 0)
			return true;
	}
	return false;
}

/* The parts of ${query} stand one after another in ${text}, from ${pos} on. */
static bool parts_at(const struct list *query, const struct list *text, uint32_t pos)
{
	for (size_t i = 0; i < query->n; i++) {
		const struct kept *k = &query->v[i];

		if (!(k->flags & TOKEN_JOINED) &&
		    !stands_at(text, k->term, pos + k->pos))
			return false;
	}
	return true;
}

/* As an index would: by the parts as a phrase, or by a form beside them. */
static bool finds(struct analyzer *a, const char *query, const char *text)
{
	static struct list q, t;
	bool found = false;

	q.n = t.n = 0;
	assert_int_equal(analyzer_run(a, query, strlen(query), keep_token, &q), 0);
	assert_int_equal(analyzer_run(a, text, strlen(text), keep_token, &t), 0);
	for (size_t i = 0; i < t.n; i++) {
		found = found || parts_at(&q, &t, t.v[i].pos);
		for (size_t k = 0; k < q.n; k++)
			found = found || ((q.v[k].flags & TOKEN_JOINED) &&
					  strcmp(q.v[k].term, t.v[i].term) == 0);
	}
	return found;
}

static void written_any_way_a_name_is_found_written_any_way(void **state)
{
	static const char *const same[][5] = {
		{ "GPT-4o", "GPT4o", "gpt 4o",
		  "GPT\xE2\x80\x91"
		  "4o" },
		{ "Llama 3.1", "Llama-3.1", "llama3.1", "LLAMA 3.1" },
		{ "H100", "h100", "H 100", "H-100" },
		{ "C++", "c++" },
		{ "C#", "c#" },
		{ ".NET", ".net" },
		{ "R&D", "r&d",
		  "R\xEF\xBC\x86"
		  "D" },
		{ "node.js", "Node.JS", "nodejs" },
		{ "3.5" },
		{ "U.S.", "US", "U.S" },
		{ "U.S.A.", "USA", "usa" },
		{ "U.K.", "UK", "uk" },
		{ "don't", "don\xE2\x80\x99t", "dont" },
		{ "state-of-the-art", "State of the art" },
		{ "e-mail", "email", "E-Mails" },
		{ "open-source", "opensource", "open\xE2\x80\x90source" },
		{ "open-source", "Open Source" },
		{ "na\xC3\xAFve", "naive", "nai\xCC\x88ve", "NA\xC3\x8FVE" },
		{ "Z\xC3\xBCrich", "Zurich", "Zu\xCC\x88rich" },
		{ "1,000,000", "1000000" },
		{ "O'Reilly", "O\xE2\x80\x99Reilly", "OReilly" },
		{ "company", "companies", "company's", "company\xE2\x80\x99s" },
	};
	struct analyzer *a = analyzer_for("english");

	(void)state;
	for (size_t i = 0; i < COUNT(same); i++) {
		for (size_t q = 0; q < 5 && same[i][q]; q++) {
			for (size_t t = 0; t < 5 && same[i][t]; t++) {
				if (!finds(a, same[i][q], same[i][t]))
					fail_msg("\"%s\" does not find \"%s\"",
						 same[i][q], same[i][t]);
			}
		}
	}
	analyzer_free(a);
}

static void names_that_differ_by_a_sign_stay_apart(void **state)
{
	static const char *const apart[][2] = {
		{ "C++", "C" },        { "C#", "C" },       { "C++", "C#" },
		{ "U.S.", "tell us" }, { "we'll", "well" }, { "we're", "were" },
		{ "24/7", "247" },     { "3.5", "35" },     { "he'll", "hell" },
		{ "1.5", "1 6" },      { "R&D", "rd" },     { "F#", "F" },
	};
	struct analyzer *a = analyzer_for("english");

	(void)state;
	for (size_t i = 0; i < COUNT(apart); i++) {
		if (finds(a, apart[i][0], apart[i][1]))
			fail_msg("\"%s\" finds \"%s\"", apart[i][0], apart[i][1]);
	}
	analyzer_free(a);
}

/* ---- limits --------------------------------------------------------------- */

struct sizes {
	size_t tokens, longest, joined;
	bool valid;
};

static int measure(void *ctx, const struct token *t)
{
	struct sizes *s = ctx;

	s->tokens++;
	s->joined += (t->flags & TOKEN_JOINED) != 0;
	if (t->formlen > s->longest)
		s->longest = t->formlen;
	if (t->len > s->longest)
		s->longest = t->len;
	s->valid = s->valid && utf8_valid(t->text, t->len) &&
		   utf8_valid(t->form, t->formlen);
	return 0;
}

/* ${n} times ${piece} through the analyzer. */
static struct sizes measure_repeated(const char *piece, size_t n)
{
	struct analyzer *a = analyzer_for("english");
	struct sizes s = { .valid = true };
	struct buf text;

	buf_init(&text, 0);
	while (n-- > 0)
		buf_puts(&text, piece);
	assert_int_equal(analyzer_run(a, buf_str(&text), text.len, measure, &s), 0);
	buf_release(&text);
	analyzer_free(a);
	return s;
}

static void a_long_word_is_one_token_cut_between_code_points(void **state)
{
	static const struct {
		const char *piece;
		size_t n, bytes;
	} cases[] = {
		{ "x", 255, 255 },
		{ "x", 300, 255 },
		{ "x", 70000, 255 },
		{ "7", 300, 255 },
		{ "\xD0\xB6", 200, 254 },         /* two bytes each */
		{ "\xF0\x9D\x92\xB3", 300, 255 }, /* mathematical x folds to one */
		{ "\xE0\xA4\x95", 100, 255 },
		{ "don't", 60, 255 }, /* longer than anything that is cached */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct sizes s = measure_repeated(cases[i].piece, cases[i].n);

		if (s.tokens - s.joined != 1 || !s.valid || s.longest != cases[i].bytes)
			fail_msg("%zu times \"%s\": %zu tokens, longest %zu",
				 cases[i].n, cases[i].piece, s.tokens, s.longest);
	}
}

static void a_compound_of_many_parts_has_all_of_them_and_no_joined_form(void **state)
{
	struct sizes s = measure_repeated("ab-", 20000);

	(void)state;
	assert_int_equal(s.tokens, 20000);
	assert_int_equal(s.joined, 0);
	s = measure_repeated("ab.", 8);
	assert_int_equal(s.tokens, 8 + 1);
	s = measure_repeated("ab.", 9);
	assert_int_equal(s.tokens, 9);
}

static void a_joined_form_is_at_most_64_bytes(void **state)
{
	char text[] =
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
	struct analyzer *a = analyzer_for("none");
	struct sizes s = { .valid = true };

	(void)state;
	assert_int_equal(analyzer_run(a, text, 65, measure, &s), 0);
	assert_int_equal(s.tokens, 3);
	assert_int_equal(s.longest, 64);
	s.tokens = 0;
	assert_int_equal(analyzer_run(a, text, 66, measure, &s), 0);
	assert_int_equal(s.tokens, 2);
	analyzer_free(a);
}

static void marks_without_end_are_one_token(void **state)
{
	/* Devanagari I signs, which are kept, and graves, which are not. */
	struct sizes s = measure_repeated("\xE0\xA4\xBF", 5000);

	(void)state;
	assert_int_equal(s.tokens, 0);
	s = measure_repeated("\xCC\x80", 5000);
	assert_int_equal(s.tokens, 0);
	s = measure_repeated("a\xCC\x80\xCC\x80\xCC\x80", 100);
	assert_int_equal(s.tokens, 1);
	assert_int_equal(s.longest, 100);
}

/* ---- the analyzer as an object -------------------------------------------- */

static void an_unknown_language_is_refused_with_those_that_there_are(void **state)
{
	/* An alias would make one language look like two. */
	static const char *const names[] = { "klingon", "", "English", "en" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct analyzer *a;
		struct pdx_err err;

		assert_int_equal(analyzer_new(&a, names[i], &err), PDX_E_USAGE);
		assert_null(a);
		assert_int_equal(err.status, PDX_E_USAGE);
		assert_non_null(strstr(err.message, "english, "));
		assert_non_null(strstr(err.message, "yiddish, none"));
		assert_int_equal(analyzer_new(&a, names[i], NULL), PDX_E_USAGE);
	}
}

static void an_analyzer_tells_its_language(void **state)
{
	static const char *const names[] = { "english", "german", "none" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct analyzer *a = analyzer_for(names[i]);

		assert_string_equal(analyzer_language(a), names[i]);
		analyzer_free(a);
	}
	analyzer_free(NULL);
}

static int stop_at_third(void *ctx, const struct token *t)
{
	size_t *calls = ctx;

	(void)t;
	return ++*calls == 3 ? -42 : 0;
}

static void the_callers_answer_ends_the_analysis_and_comes_back(void **state)
{
	static const char *const texts[] = {
		"one two three four",
		"a-b-c-d",
		"1 2 3 4",
		"GPT-4o GPT-4o",
		"a.b.c.d.e.f.g.h.i.j",
		"\xE6\xA8\xA1\xE6\xA8\xA1\xE6\xA8\xA1\xE6\xA8\xA1",
		"don't don't",
		"\x1E\x1E\x1E\x1E",
	};
	struct analyzer *a = analyzer_for("english");

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		size_t calls = 0;

		if (analyzer_run(a, texts[i], strlen(texts[i]), stop_at_third,
				 &calls) != -42 ||
		    calls != 3)
			fail_msg("\"%s\": %zu calls", texts[i], calls);
	}
	analyzer_free(a);
}

static void nothing_comes_of_an_empty_text(void **state)
{
	struct analyzer *a = analyzer_for("english");
	size_t calls = 0;

	(void)state;
	assert_int_equal(analyzer_run(a, NULL, 0, stop_at_third, &calls), 0);
	assert_int_equal(analyzer_run(a, "", 0, stop_at_third, &calls), 0);
	assert_int_equal(calls, 0);
	analyzer_free(a);
}

static void a_nul_separates_words(void **state)
{
	static const char text[] = "open\0source\0";
	struct analyzer *a = analyzer_for("english");
	struct buf out;

	(void)state;
	buf_init(&out, 0);
	analyzer_run(a, text, sizeof(text), print_token, &out);
	assert_string_equal(buf_str(&out), "0:open 1:sourc");
	buf_release(&out);
	analyzer_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_of_the_table_gives_its_tokens),
		cmocka_unit_test(
			forms_are_unstemmed_and_places_are_those_of_the_original_bytes),
		cmocka_unit_test(written_any_way_a_name_is_found_written_any_way),
		cmocka_unit_test(names_that_differ_by_a_sign_stay_apart),
		cmocka_unit_test(a_long_word_is_one_token_cut_between_code_points),
		cmocka_unit_test(
			a_compound_of_many_parts_has_all_of_them_and_no_joined_form),
		cmocka_unit_test(a_joined_form_is_at_most_64_bytes),
		cmocka_unit_test(marks_without_end_are_one_token),
		cmocka_unit_test(
			an_unknown_language_is_refused_with_those_that_there_are),
		cmocka_unit_test(an_analyzer_tells_its_language),
		cmocka_unit_test(the_callers_answer_ends_the_analysis_and_comes_back),
		cmocka_unit_test(nothing_comes_of_an_empty_text),
		cmocka_unit_test(a_nul_separates_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
