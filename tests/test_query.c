/* The query language: lexer, parser, meaning, canonical text, repairs and limits. */
#include "harness.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "query/query.h"
#include "query/tree.h"

#define RANDOM_TREES   20000
#define RANDOM_STRINGS 200000

static int32_t today(void)
{
	int32_t date;

	assert_true(date_from_civil(&date, (struct civil){ 2026, 5, 8 }));
	return date;
}

/* The query of ${text}, which must have a meaning. */
static struct pdx_query *parse(const char *text)
{
	struct pdx_err err = { 0 };
	struct pdx_query *q;

	if (pdx_query_parse(&q, text, strlen(text), today(), &err) != PDX_OK)
		fail_msg("%s: %s", text, err.message);
	return q;
}

/* Parsing the canonical text gives the same tree, the same text, and no notes. */
static void check_canonical(const struct pdx_query *q)
{
	struct pdx_query *again = parse(pdx_query_parsed(q));
	size_t notes;

	pdx_query_notes(again, &notes);
	if (notes > 0 || !ast_equal(q->root, again->root) ||
	    strcmp(q->parsed, again->parsed) != 0)
		fail_msg("<%s> gives <%s>, and that <%s> with %zu notes", q->text,
			 q->parsed, again->parsed, notes);
	pdx_query_free(again);
}

/* ---- tables --------------------------------------------------------------- */

static void put_notes(struct buf *out, const struct pdx_query *q)
{
	size_t n;
	const struct pdx_note *notes = pdx_query_notes(q, &n);

	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s %s@%zu", i == 0 ? " ;" : "", notes[i].code,
			   notes[i].column);
}

static void texts_have_one_canonical_form_and_their_repairs_are_noted(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "query.t");
	struct buf got;

	(void)state;
	buf_init(&got, 0);
	for (size_t i = 0; i < n; i++) {
		struct pdx_query *q = parse(rows[i].in);

		buf_reset(&got);
		buf_puts(&got, pdx_query_parsed(q));
		put_notes(&got, q);
		check_case(&rows[i], buf_str(&got));
		check_canonical(q);
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
						 today(), &err),
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
		struct pdx_query *q = parse(blanks[i]);

		assert_int_equal(q->root->kind, AST_ALL);
		assert_string_equal(pdx_query_parsed(q), "");
		assert_int_equal(q->nnotes, 0);
		pdx_query_free(q);
	}
}

static void a_text_of_which_nothing_is_left_is_no_article(void **state)
{
	struct pdx_query *q = parse("\"--\" OR *");

	(void)state;
	assert_int_equal(q->root->kind, AST_NOT);
	assert_int_equal(q->root->child->kind, AST_ALL);
	pdx_query_free(q);
}

static void a_leaf_holds_its_signs(void **state)
{
	struct pdx_query *q = parse("title:=\"two words\"~3*");
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
	struct pdx_query *q = parse("since:2026-05 is:new added:7d");
	const struct ast *leaf = q->root->child;

	(void)state;
	assert_int_equal(leaf->kind, AST_DATES);
	assert_int_equal(leaf->field, FIELD_DATE);
	assert_int_equal(leaf->range.first, today() - 7);
	assert_int_equal(leaf->range.last, DATE_MAX);
	assert_string_equal(leaf->period, "2026-05-01..");
	leaf = leaf->next;
	assert_int_equal(leaf->kind, AST_FLAG);
	assert_int_equal(leaf->field, FIELD_IS);
	assert_int_equal(leaf->flag, FLAG_NEW);
	leaf = leaf->next;
	assert_int_equal(leaf->field, FIELD_ADDED);
	assert_int_equal(leaf->range.last, today());
	pdx_query_free(q);
}

static void near_has_two_texts_and_a_distance(void **state)
{
	struct pdx_query *q = parse("title:a NEAR/5 b");
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
	struct pdx_query *bare = parse("moat OR body:fox");
	struct pdx_query *quoted = parse("\"moat\" OR body:\"fox\"");
	struct pdx_query *other = parse("\"moat\" OR body:=fox");

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
	struct pdx_query *q = parse("\xC3\xA9 AND");
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
	struct pdx_query *q = parse("cats or dogs");
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
	q = parse(text);
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
	assert_int_equal(pdx_query_parse(&q, text, sizeof(text) - 1, today(), &err),
			 PDX_OK);
	assert_string_equal(pdx_query_text(q),
			    "caf\xC3\xA9 a\xEF\xBF\xBD"
			    "b \xEF\xBF\xBD");
	assert_int_equal(q->nnotes, 2);
	assert_string_equal(q->notes[0].code, "invalid-text");
	assert_int_equal(q->notes[0].column, 7);
	assert_string_equal(q->notes[1].code, "no-word");
	check_canonical(q);
	pdx_query_free(q);
}

static void a_fault_has_its_place_in_the_bytes_that_were_given(void **state)
{
	static const char text[] = "\xEF\xBB\xBF\xFF\0\r\ncompny:x";
	struct pdx_err err = { 0 };
	struct pdx_query *q;

	(void)state;
	assert_int_equal(pdx_query_parse(&q, text, sizeof(text) - 1, today(), &err),
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
	int rc = pdx_query_parse(&q, text, strlen(text), today(), &err);

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
		{ "a", "date", { "2026-01..2026-02" }, "a date:2026-01-01..2026-02-28" },
		{ "a", "date", { "> 2026-04" }, "a date:2026-05-01.." },
		{ "a", "since", { "7d" }, "a date:2026-05-01.." },
		{ "a", "until", { "2026-04" }, "a date:..2026-04-30" },
		{ "a", "is", { "bookmarked", "new" }, "a is:bookmarked,new" },
		{ "company:x", "company", { "y" }, "company:x company:y" },
		{ "-*", "company", { "x" }, "-*" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pdx_query *q = parse(cases[i].text);
		struct pdx_err err = { 0 };
		size_t n = 0;

		while (n < 3 && cases[i].values[n])
			n++;
		if (pdx_query_filter_any(q, cases[i].field, cases[i].values, n, &err))
			fail_msg("%s: %s", cases[i].want, err.message);
		assert_string_equal(pdx_query_parsed(q), cases[i].want);
		check_canonical(q);
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
		struct pdx_query *q = parse("a OR b");
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
	struct pdx_query *q = parse("a");
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

/* ---- properties ----------------------------------------------------------- */

/* xorshift64: the same cases on every machine */
static uint64_t seed;

static size_t below(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed % n);
}

#define PICK(array) ((array)[below(sizeof(array) / sizeof((array)[0]))])

/* Texts that look like something else, and the letters of the language. */
static const char *const texts[] = {
	"fox",	   "moat",     "C++",	    "C#",	".NET",	    "R&D",
	"don't",   "GPT-4o",   "na\xC3\xAFve", "\xE4\xB8\xAD\xE6\x96\x87", "a b", "OR",
	"AND",	   "NOT",      "NEAR",	    "NEAR/3",	"and",	    "or",
	"not",	   "-foo",     "!foo",	    "=foo",	"foo*",	    "foo~3",
	"foo~",	   "~3",       "(foo",	    "foo)",	"a|b",	    "a,b",
	"a\"b",	   "a\\b",     "\\\"x\\",   "title:x",	"compny:x", "http://x/y",
	"12:30",   "take(",    "take",	    " lead",	"trail ",   "a\nb",
	"\xE2\x80\x9Cq\xE2\x80\x9D", "\xEF\xBB\xBFx", "x\xC2\xA0y", "\xF0\x9F\x9A\x80",
	"..2026",  ">x",       "-*x",	    "a  b",	"x:",	    "since:x",
};

static struct ast *random_text(struct arena *arena, bool in_take)
{
	static const enum field_id fields[] = { FIELD_ANY, FIELD_ANY, FIELD_TITLE,
						FIELD_SUMMARY, FIELD_BODY, FIELD_TAKE };
	struct ast *node = tree_new(arena, AST_TEXT, 0, 0);
	const char *text = PICK(texts);

	node->text = text;
	node->textlen = strlen(text);
	node->field = in_take ? below(2) * FIELD_TAKE : PICK(fields);
	node->exact = below(8) == 0;
	node->phrase = below(4) == 0;
	node->slop = below(8) == 0 ? (unsigned)below(5) : 0;
	/* Before a * stand two letters. */
	node->prefix = below(6) == 0 && strlen(text) > 2 && strstr(text, "foo");
	return node;
}

static struct ast *random_value(struct arena *arena, bool in_take)
{
	static const enum field_id fields[] = { FIELD_PERSONA, FIELD_PERSPECTIVE,
						FIELD_COMPANY, FIELD_COMPANY,
						FIELD_CATEGORY, FIELD_SOURCE,
						FIELD_URL,     FIELD_LANG,
						FIELD_ID };
	struct ast *node = tree_new(arena, AST_VALUE, 0, 0);

	node->text = PICK(texts);
	node->textlen = strlen(node->text);
	node->field = fields[below(in_take ? 2 : sizeof(fields) / sizeof(fields[0]))];
	return node;
}

static struct ast *random_dates(struct arena *arena)
{
	struct ast *node = tree_new(arena, AST_DATES, 0, 0);
	int32_t a = (int32_t)below(40000), b = a + (int32_t)below(3) * 50;

	node->field = below(3) == 0 ? FIELD_ADDED : FIELD_DATE;
	node->range = (struct date_range){ below(4) == 0 ? DATE_MIN : a,
					   below(4) == 0 ? DATE_MAX : b };
	return node;
}

static struct ast *random_near(struct arena *arena, bool in_take)
{
	struct ast *node = tree_new(arena, AST_NEAR, 0, 0);

	node->distance = (unsigned)below(20);
	node->child = random_text(arena, in_take);
	node->child->next = random_text(arena, in_take);
	node->child->next->field = node->child->field;
	return node;
}

static struct ast *random_leaf(struct arena *arena, bool in_take)
{
	struct ast *node;

	switch (below(in_take ? 6 : 8)) {
	case 5:
		return random_near(arena, in_take);
	case 3:
	case 4:
		return random_value(arena, in_take);
	case 6:
		return random_dates(arena);
	case 7:
		node = tree_new(arena, AST_FLAG, 0, 0);
		node->field = FIELD_IS;
		node->flag = below(2) ? FLAG_NEW : FLAG_BOOKMARKED;
		return node;
	default:
		return random_text(arena, in_take);
	}
}

static struct ast *random_tree(struct arena *arena, size_t depth, bool in_take)
{
	struct ast *node = NULL;
	size_t choice = depth == 0 ? 9 : below(10);

	if (choice < 5) {
		enum ast_kind kind = choice < 3 ? AST_AND : AST_OR;

		for (size_t n = 2 + below(3); n > 0; n--)
			node = tree_join(arena, kind, node,
					 random_tree(arena, depth - 1, in_take));
		return node;
	}
	if (choice < 7)
		return tree_not(arena, random_tree(arena, depth - 1, in_take), 0);
	if (choice == 7 && !in_take) {
		node = tree_new(arena, AST_TAKE, 0, 0);
		node->child = random_tree(arena, depth - 1, true);
		return node;
	}
	return random_leaf(arena, in_take);
}

static void a_printed_tree_parses_to_the_same_tree(void **state)
{
	struct arena arena = { 0 };
	struct buf text;
	size_t tried = 0;

	(void)state;
	seed = 20260508;
	buf_init(&text, 0);
	while (tried < RANDOM_TREES) {
		struct ast *tree = random_tree(&arena, below(6), false);
		struct pdx_query *q;

		assert_false(arena.failed);
		buf_reset(&text);
		ast_print(&text, tree);
		if (text.len <= QUERY_MAX_BYTES) {
			q = parse(buf_str(&text));
			if (!ast_equal(tree, q->root) || q->nnotes > 0 ||
			    strcmp(buf_str(&text), q->parsed) != 0)
				fail_msg("<%s> gives <%s> with %zu notes",
					 buf_str(&text), q->parsed, q->nnotes);
			pdx_query_free(q);
			tried++;
		}
		arena_reset(&arena);
	}
	buf_release(&text);
	arena_release(&arena);
}

/* A random string of pieces of the language; returns its length. */
static size_t random_string(char *out, size_t size)
{
	static const struct {
		const char *bytes;
		size_t len;
	} pieces[] = {
#define PIECE(s) { s, sizeof(s) - 1 }
		PIECE(" "),	   PIECE(" "),	      PIECE(" "),     PIECE("a"),
		PIECE("moat"),	   PIECE("\""),	      PIECE("\""),    PIECE("("),
		PIECE("("),	   PIECE(")"),	      PIECE(")"),     PIECE(":"),
		PIECE(","),	   PIECE("-"),	      PIECE("!"),     PIECE("|"),
		PIECE("*"),	   PIECE("~"),	      PIECE("3"),     PIECE("="),
		PIECE("<"),	   PIECE(">"),	      PIECE(".."),    PIECE("/"),
		PIECE("\\"),	   PIECE(" AND "),    PIECE(" OR "),  PIECE(" NOT "),
		PIECE(" NEAR "),   PIECE(" NEAR/2 "), PIECE("NEAR"),  PIECE("or"),
		PIECE("take("),	   PIECE("title:"),   PIECE("body:"), PIECE("company:"),
		PIECE("persona:"), PIECE("date:"),    PIECE("since:"), PIECE("2026"),
		PIECE("-05"),	   PIECE("7d"),	      PIECE("is:"),   PIECE("new"),
		PIECE("compny:"),  PIECE("\0"),	      PIECE("\xFF"),  PIECE("\xC3"),
		PIECE("\xC3\xA9"), PIECE("\r"),	      PIECE("\n"),    PIECE("\r\n"),
		PIECE("\xEF\xBB\xBF"), PIECE("\xE2\x80\x9C"), PIECE("\xE2\x80\x9D"),
		PIECE("\xE2\x80"), PIECE("\xF0\x9F\x9A\x80"), PIECE("\x1E"),
#undef PIECE
	};
	size_t n = 0;

	for (size_t count = below(24); count > 0; count--) {
		size_t i = below(sizeof(pieces) / sizeof(pieces[0]));

		assert_true(n + pieces[i].len <= size);
		memcpy(out + n, pieces[i].bytes, pieces[i].len);
		n += pieces[i].len;
	}
	return n;
}

static void check_places(const struct ast *node, size_t len)
{
	if (node->start > len || node->len > len - node->start)
		fail_msg("place %zu+%zu in %zu bytes", node->start, node->len, len);
	for (const struct ast *c = node->child; c; c = c->next)
		check_places(c, len);
}

static void check_string(const char *text, size_t len)
{
	struct pdx_err err = { 0 };
	struct pdx_query *q;
	int rc = pdx_query_parse(&q, text, len, today(), &err);

	if (rc != PDX_OK) {
		if (rc != PDX_E_QUERY || err.column == 0 || err.len == 0 ||
		    err.start >= len || err.len > len - err.start || q)
			fail_msg("<%.*s>: %d at %zu+%zu: %s", (int)len, text, rc,
				 err.start, err.len, err.message);
		return;
	}
	assert_true(utf8_valid(q->text, strlen(q->text)));
	for (size_t i = 0; i < q->nnotes; i++) {
		size_t start = q->notes[i].start, end = start + q->notes[i].len;

		if (end > strlen(q->text) || q->notes[i].column == 0)
			fail_msg("<%s>: %s at %zu to %zu", q->text, q->notes[i].code,
				 start, end);
	}
	check_places(q->root, strlen(q->text));
	check_canonical(q);
	pdx_query_free(q);
}

static void any_text_is_a_query_or_has_a_fault_at_a_place(void **state)
{
	char text[512];

	(void)state;
	seed = 8052026;
	for (size_t i = 0; i < RANDOM_STRINGS; i++)
		check_string(text, random_string(text, sizeof(text)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_have_one_canonical_form_and_their_repairs_are_noted),
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
		cmocka_unit_test(a_printed_tree_parses_to_the_same_tree),
		cmocka_unit_test(any_text_is_a_query_or_has_a_fault_at_a_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
