/* The query language: lexer, parser, meaning, canonical text, repairs and limits. */
#include "harness.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "parsing.h"

/* ---- tables --------------------------------------------------------------- */

static void put_notes(struct buf *out, const struct pdx_query *q)
{
	size_t n;
	const struct pdx_note *notes = pdx_query_notes(q, &n);

	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s %s@%zu", i == 0 ? " ;" : "", notes[i].code,
			   notes[i].column);
}

static void a_text_has_one_canonical_form_and_notes_on_repairs(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "query.t");
	struct buf got;

	(void)state;
	buf_init(&got, 0);
	for (size_t i = 0; i < n; i++) {
		struct pdx_query *q = parsing_query(rows[i].in);

		buf_reset(&got);
		buf_puts(&got, pdx_query_parsed(q));
		put_notes(&got, q);
		check_case(&rows[i], buf_str(&got));
		parsing_check_canonical(q);
		pdx_query_free(q);
	}
	buf_release(&got);
	cases_free(rows, n);
}

static void texts_without_a_meaning_are_refused_at_their_place(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "query_error.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct pdx_err err = { 0 };
		struct pdx_query *q;
		char got[1024];

		assert_int_equal(pdx_query_parse(&q, rows[i].in, strlen(rows[i].in),
						 parsing_today(), &err),
				 PDX_E_QUERY);
		assert_null(q);
		assert_int_equal(err.column, utf8_count(rows[i].in, err.start) + 1);
		snprintf(got, sizeof(got), "%zu+%zu: %s [%s]", err.column, err.len,
			 err.message, err.hint);
		check_case(&rows[i], got);
	}
	cases_free(rows, n);
}

/* ---- what the tree says --------------------------------------------------- */

static void a_blank_text_is_every_article(void **state)
{
	static const char *const blanks[] = { "", " ", "\t\n ", "\xC2\xA0",
					      "\xEF\xBB\xBF" };

	(void)state;
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		struct pdx_query *q = parsing_query(blanks[i]);

		assert_int_equal(q->root->kind, AST_ALL);
		assert_string_equal(pdx_query_parsed(q), "");
		assert_int_equal(q->nnotes, 0);
		pdx_query_free(q);
	}
}

static void a_text_of_which_nothing_is_left_is_no_article(void **state)
{
	struct pdx_query *q = parsing_query("\"--\" OR *");

	(void)state;
	assert_int_equal(q->root->kind, AST_NOT);
	assert_int_equal(q->root->child->kind, AST_ALL);
	pdx_query_free(q);
}

static void a_leaf_holds_its_signs(void **state)
{
	struct pdx_query *q = parsing_query("title:=\"two words\"~3*");
	const struct ast *leaf = q->root;

	(void)state;
	assert_int_equal(leaf->kind, AST_TEXT);
	assert_int_equal(leaf->field, FIELD_TITLE);
	assert_string_equal(leaf->text, "two words");
	assert_int_equal(leaf->textlen, 9);
	assert_true(leaf->phrase && leaf->exact && leaf->prefix);
	assert_int_equal(leaf->slop, 3);
	assert_int_equal(leaf->start, 6);
	assert_int_equal(leaf->len, 15);
	pdx_query_free(q);
}

static void dates_and_flags_have_their_meaning_in_the_tree(void **state)
{
	struct pdx_query *q = parsing_query("since:2026-05 is:new added:7d");
	const struct ast *leaf = q->root->child;

	(void)state;
	assert_int_equal(leaf->kind, AST_DATES);
	assert_int_equal(leaf->field, FIELD_DATE);
	assert_int_equal(leaf->range.first, parsing_today() - 7);
	assert_int_equal(leaf->range.last, DATE_MAX);
	assert_string_equal(leaf->period, "2026-05-01..");
	leaf = leaf->next;
	assert_int_equal(leaf->kind, AST_FLAG);
	assert_int_equal(leaf->field, FIELD_IS);
	assert_int_equal(leaf->flag, FLAG_NEW);
	leaf = leaf->next;
	assert_int_equal(leaf->field, FIELD_ADDED);
	assert_int_equal(leaf->range.last, parsing_today());
	pdx_query_free(q);
}

static void near_has_two_texts_and_a_distance(void **state)
{
	struct pdx_query *q = parsing_query("title:a NEAR/5 b");
	const struct ast *near = q->root;

	(void)state;
	assert_int_equal(near->kind, AST_NEAR);
	assert_int_equal(near->distance, 5);
	assert_int_equal(near->child->kind, AST_TEXT);
	assert_int_equal(near->child->next->field, FIELD_TITLE);
	assert_null(near->child->next->next);
	pdx_query_free(q);
}

static void quotes_make_no_other_tree(void **state)
{
	struct pdx_query *bare = parsing_query("moat OR body:fox");
	struct pdx_query *quoted = parsing_query("\"moat\" OR body:\"fox\"");
	struct pdx_query *other = parsing_query("\"moat\" OR body:=fox");

	(void)state;
	assert_true(ast_equal(bare->root, quoted->root));
	assert_string_equal(pdx_query_parsed(quoted), "moat OR body:fox");
	assert_false(ast_equal(bare->root, other->root));
	pdx_query_free(bare);
	pdx_query_free(quoted);
	pdx_query_free(other);
}

/* ---- notes ---------------------------------------------------------------- */

static void a_note_says_what_was_done_and_where(void **state)
{
	struct pdx_query *q = parsing_query("\xC3\xA9 AND");
	size_t n;
	const struct pdx_note *note = pdx_query_notes(q, &n);

	(void)state;
	assert_int_equal(n, 1);
	assert_string_equal(note->code, "stray-operator");
	assert_string_equal(note->message, "stray \"AND\" left out");
	assert_int_equal(note->start, 3);
	assert_int_equal(note->len, 3);
	assert_int_equal(note->column, 3);
	assert_true(note->repair);
	pdx_query_free(q);
}

static void a_hint_is_no_repair(void **state)
{
	struct pdx_query *q = parsing_query("cats or dogs");
	size_t n;
	const struct pdx_note *note = pdx_query_notes(q, &n);

	(void)state;
	assert_int_equal(n, 1);
	assert_string_equal(note->code, "lowercase-operator");
	assert_false(note->repair);
	pdx_query_free(q);
}

static void a_long_text_is_cut_in_a_note_at_a_character(void **state)
{
	char text[1024] = "(a OR b) ~";
	struct pdx_query *q;

	(void)state;
	for (size_t i = 10; i < 900; i += 2)
		memcpy(text + i, "\xC3\xA9", 3);
	strcat(text, "~");
	q = parsing_query(text);
	assert_int_equal(q->nnotes, 1);
	assert_true(utf8_valid(q->notes[0].message, strlen(q->notes[0].message)));
	pdx_query_free(q);
}

static void bytes_that_are_no_text_are_replaced(void **state)
{
	static const char text[] = "caf\xC3\xA9 a\0b \xFF";
	struct pdx_err err = { 0 };
	struct pdx_query *q;

	(void)state;
	assert_int_equal(pdx_query_parse(&q, text, sizeof(text) - 1,
					 parsing_today(), &err),
			 PDX_OK);
	assert_string_equal(pdx_query_text(q),
			    "caf\xC3\xA9 a\xEF\xBF\xBD"
			    "b \xEF\xBF\xBD");
	assert_int_equal(q->nnotes, 2);
	assert_string_equal(q->notes[0].code, "invalid-text");
	assert_int_equal(q->notes[0].column, 7);
	assert_string_equal(q->notes[1].code, "no-word");
	parsing_check_canonical(q);
	pdx_query_free(q);
}

static void a_fault_has_its_place_in_the_bytes_that_were_given(void **state)
{
	static const char text[] = "\xEF\xBB\xBF\xFF\0\r\ncompny:x";
	struct pdx_err err = { 0 };
	struct pdx_query *q;

	(void)state;
	assert_int_equal(pdx_query_parse(&q, text, sizeof(text) - 1,
					 parsing_today(), &err),
			 PDX_E_QUERY);
	assert_int_equal(err.start, 7);
	assert_int_equal(err.len, 6);
	assert_string_equal(err.hint, "company");
}

/* ---- limits --------------------------------------------------------------- */

/* ${unit} written ${n} times; the caller frees it. */
static char *repeat(const char *unit, size_t n)
{
	char *text = malloc(strlen(unit) * n + 1);

	assert_non_null(text);
	text[0] = '\0';
	for (size_t i = 0; i < n; i++)
		memcpy(text + i * strlen(unit), unit, strlen(unit) + 1);
	return text;
}

static void check_limit(const char *unit, size_t n, const char *want, size_t start)
{
	char *text = repeat(unit, n);
	struct pdx_err err = { 0 };
	struct pdx_query *q;
	int rc = pdx_query_parse(&q, text, strlen(text), parsing_today(), &err);

	assert_string_equal(err.message, want);
	assert_int_equal(rc, *want ? PDX_E_QUERY : PDX_OK);
	if (*want)
		assert_int_equal(err.start, start);
	pdx_query_free(q);
	free(text);
}

static void a_query_has_4096_bytes_at_most(void **state)
{
	(void)state;
	check_limit("abcdefgh", 512, "", 0);
	check_limit("abcdefghi", 456, "the query is longer than 4096 bytes", 4096);
}

static void a_query_has_256_terms_at_most(void **state)
{
	char *phrase = repeat("a ", 256);
	char text[600];

	(void)state;
	check_limit("a ", 256, "", 0);
	check_limit("a ", 257, "more than 256 terms", 512);
	check_limit("\"a b\" ", 129, "more than 256 terms", 768);
	check_limit("is:new ", 257, "more than 256 terms", 1795);
	/* b NEAR b NEAR b counts the b in the middle twice */
	check_limit("b NEAR ", 130, "more than 256 terms", 903);
	snprintf(text, sizeof(text), "\"%sa\"", phrase);
	check_limit(text, 1, "more than 256 terms", 0);
	free(phrase);
}

static void parentheses_are_16_deep_at_most(void **state)
{
	char *open = repeat("(a OR b (", 8), *close = repeat(")", 16);
	char text[128];

	(void)state;
	snprintf(text, sizeof(text), "%sc%s", open, close);
	check_limit(text, 1, "", 0);
	snprintf(text, sizeof(text), "%s(c)%s", open, close);
	check_limit(text, 1, "parentheses are more than 16 deep", 72);
	snprintf(text, sizeof(text), "%s-a NEAR b NEAR c%s", open, close);
	check_limit(text, 1, "parentheses are more than 16 deep", 82);
	free(open);
	free(close);
	check_limit("-", 4096, "", 0);
	check_limit("NOT ", 1024, "", 0);
	check_limit(")", 4096, "", 0);
}

/* ---- filters -------------------------------------------------------------- */

static void filters_narrow_the_query_by_whole_values(void **state)
{
	static const struct {
		const char *text, *field, *values[3], *want;
	} cases[] = {
		{ "", "company", { "Hugging Face" }, "company:\"Hugging Face\"" },
		{ "a b", "company", { "x" }, "a b company:x" },
		{ "a OR b", "company", { "x" }, "(a OR b) company:x" },
		{ "a", "Company", { "x", "y z" }, "a company:x,\"y z\"" },
		{ "a", "company", { "a,b" }, "a company:\"a,b\"" },
		{ "a", "company", { "x \"y\"" }, "a company:\"x \\\"y\\\"\"" },
		{ "a", "company", { "y*" }, "a company:\"y*\"" },
		{ "a", "category", { "b\xFF" }, "a category:b\xEF\xBF\xBD" },
		{ "a", "date", { "2026-01..2026" }, "a date:2026-01-01..2026-12-31" },
		{ "a", "date", { "> 2026-04" }, "a date:2026-05-01.." },
		{ "a", "since", { "7d" }, "a date:2026-05-01.." },
		{ "a", "until", { "2026-04" }, "a date:..2026-04-30" },
		{ "a", "is", { "bookmarked", "new" }, "a is:bookmarked,new" },
		{ "company:x", "company", { "y" }, "company:x company:y" },
		{ "-*", "company", { "x" }, "-*" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pdx_query *q = parsing_query(cases[i].text);
		struct pdx_err err = { 0 };
		size_t n = 0;

		while (n < 3 && cases[i].values[n])
			n++;
		if (pdx_query_filter_any(q, cases[i].field, cases[i].values, n, &err))
			fail_msg("%s: %s", cases[i].want, err.message);
		assert_string_equal(pdx_query_parsed(q), cases[i].want);
		parsing_check_canonical(q);
		pdx_query_free(q);
	}
}

static void filters_that_cannot_be_meant_are_refused_and_change_nothing(void **state)
{
	static const struct {
		const char *field, *value, *want;
		int status;
	} cases[] = {
		{ "compny", "x", "unknown field \"compny\"; did you mean \"company\"?",
		  PDX_E_USAGE },
		{ "month", "2026-05", "unknown field \"month\"", PDX_E_USAGE },
		{ "", "x", "unknown field \"\"", PDX_E_USAGE },
		{ "title", "x", "\"title\" holds text and is no filter", PDX_E_USAGE },
		{ "company", "  ", "company: no value", PDX_E_USAGE },
		{ "date", "2026-13", "date: month 13 is not between 1 and 12",
		  PDX_E_QUERY },
		{ "since", "2026..", "since: \"2026..\" is not a single date",
		  PDX_E_QUERY },
		{ "is", "x", "is: \"x\" is neither bookmarked nor new", PDX_E_QUERY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pdx_query *q = parsing_query("a OR b");
		struct pdx_err err = { 0 };

		assert_int_equal(pdx_query_filter_any(q, cases[i].field,
						      &cases[i].value, 1, &err),
				 cases[i].status);
		assert_string_equal(err.message, cases[i].want);
		assert_int_equal(err.column, 0);
		assert_int_equal(err.len, 0);
		assert_string_equal(pdx_query_parsed(q), "a OR b");
		pdx_query_free(q);
	}
}

static void a_filter_without_a_value_is_refused(void **state)
{
	struct pdx_query *q = parsing_query("a");
	struct pdx_err err = { 0 };

	(void)state;
	assert_int_equal(pdx_query_filter_any(q, "company", NULL, 0, &err),
			 PDX_E_USAGE);
	assert_string_equal(err.message, "company: no value");
	pdx_query_free(q);
}

/* ---- fields --------------------------------------------------------------- */

static void each_field_is_found_by_its_name(void **state)
{
	(void)state;
	for (int id = 0; id < FIELD_COUNT; id++) {
		const struct field *f = field_get((enum field_id)id);

		assert_int_equal(f->id, id);
		assert_true(strlen(f->help) > 0);
		assert_int_equal(f->column >= 0,
				 f->kind == FIELD_KIND_TEXT && id != FIELD_ANY);
		if (id != FIELD_ANY)
			assert_ptr_equal(field_find(f->name, strlen(f->name)), f);
	}
	assert_null(field_find("", 0));
	assert_null(field_find("titl", 4));
	assert_null(field_find("titles", 6));
	assert_int_equal(field_find("TiTlE:", 5)->id, FIELD_TITLE);
}

static void only_a_near_name_is_suggested(void **state)
{
	static const struct {
		const char *name, *want;
	} cases[] = {
		{ "compny", "company" },     { "cmpany", "company" },
		{ "ocmpany", "company" },    { "cagetory", "category" },
		{ "Titel", "title" },        { "persna", "persona" },
		{ "persepctve", "perspective" },
		{ "dat", "date" },           { "url", "url" },
		{ "ur", NULL },              { "si", NULL },
		{ "http", NULL },            { "https", NULL },
		{ "foo", NULL },             { "openai", NULL },
		{ "month", NULL },           { "year", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *got = field_suggest(cases[i].name, strlen(cases[i].name));

		if (!got != !cases[i].want || (got && strcmp(got, cases[i].want) != 0))
			fail_msg("%s: %s", cases[i].name, got ? got : "none");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_has_one_canonical_form_and_notes_on_repairs),
		cmocka_unit_test(texts_without_a_meaning_are_refused_at_their_place),
		cmocka_unit_test(a_blank_text_is_every_article),
		cmocka_unit_test(a_text_of_which_nothing_is_left_is_no_article),
		cmocka_unit_test(a_leaf_holds_its_signs),
		cmocka_unit_test(dates_and_flags_have_their_meaning_in_the_tree),
		cmocka_unit_test(near_has_two_texts_and_a_distance),
		cmocka_unit_test(quotes_make_no_other_tree),
		cmocka_unit_test(a_note_says_what_was_done_and_where),
		cmocka_unit_test(a_hint_is_no_repair),
		cmocka_unit_test(a_long_text_is_cut_in_a_note_at_a_character),
		cmocka_unit_test(bytes_that_are_no_text_are_replaced),
		cmocka_unit_test(a_fault_has_its_place_in_the_bytes_that_were_given),
		cmocka_unit_test(a_query_has_4096_bytes_at_most),
		cmocka_unit_test(a_query_has_256_terms_at_most),
		cmocka_unit_test(parentheses_are_16_deep_at_most),
		cmocka_unit_test(filters_narrow_the_query_by_whole_values),
		cmocka_unit_test(
			filters_that_cannot_be_meant_are_refused_and_change_nothing),
		cmocka_unit_test(a_filter_without_a_value_is_refused),
		cmocka_unit_test(each_field_is_found_by_its_name),
		cmocka_unit_test(only_a_near_name_is_suggested),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
