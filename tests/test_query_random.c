/*
 * Properties of the query language on random trees and random texts.  The seeds are
 * fixed, so every run tries the same ones.
 */
#include "harness.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "parsing.h"
#include "query/tree.h"

#define RANDOM_TREES   100000
#define RANDOM_STRINGS 200000
#define SLOW           40 /* under valgrind each takes fifty times as long */

static size_t few(size_t n)
{
	return getenv("PANELDEX_SLOW") ? n / SLOW : n;
}

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
	node->field = PICK(fields);
	if (in_take)
		node->field = below(2) ? FIELD_TAKE : FIELD_ANY;
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
	while (tried < few(RANDOM_TREES)) {
		struct ast *tree = random_tree(&arena, below(6), false);
		struct pdx_query *q;

		assert_false(arena.failed);
		buf_reset(&text);
		ast_print(&text, tree);
		if (text.len <= QUERY_MAX_BYTES) {
			q = parsing_query(buf_str(&text));
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
	int rc = pdx_query_parse(&q, text, len, parsing_today(), &err);

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
	parsing_check_canonical(q);
	pdx_query_free(q);
}

static void any_text_is_a_query_or_has_a_fault_at_a_place(void **state)
{
	char text[512];

	(void)state;
	seed = 8052026;
	for (size_t i = 0; i < few(RANDOM_STRINGS); i++)
		check_string(text, random_string(text, sizeof(text)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_printed_tree_parses_to_the_same_tree),
		cmocka_unit_test(any_text_is_a_query_or_has_a_fault_at_a_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
