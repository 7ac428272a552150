/*
 * Nothing that a user can type reaches SQLite as a syntax error: generated strings
 * through parser, planner and FTS5's own parser.
 *
 * PANELDEX_STRINGS says how many; the usual number keeps the suite fast.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/plan.h"
#include "harness.h"

enum { STRINGS = 20000, TODAY = 20580 };

static uint64_t seed = 0x9e3779b97f4a7c15u;

static size_t below(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed % n);
}

static const struct {
	const char *bytes;
	size_t len;
} pieces[] = {
#define PIECE(s) { s, sizeof(s) - 1 }
	PIECE(" "),	  PIECE(" "),	     PIECE(" "),      PIECE("moat"),
	PIECE("model"),	  PIECE("models"),   PIECE("acqui"),  PIECE("C++"),
	PIECE("GPT-4o"),  PIECE("\""),	     PIECE("\""),     PIECE("("),
	PIECE(")"),	  PIECE(":"),	     PIECE(","),      PIECE("-"),
	PIECE("!"),	  PIECE("|"),	     PIECE("*"),      PIECE("~2"),
	PIECE("="),	  PIECE("^"),	     PIECE("{"),      PIECE("}"),
	PIECE("+"),	  PIECE(";"),	     PIECE("'"),      PIECE("%"),
	PIECE("\\"),	  PIECE(" AND "),    PIECE(" OR "),   PIECE(" NOT "),
	PIECE("NEAR("),	  PIECE(" NEAR/2 "), PIECE("NEAR"),   PIECE("take("),
	PIECE("title:"),  PIECE("body:"),    PIECE("takes:"), PIECE("take:"),
	PIECE("rowid:"),  PIECE("rank"),     PIECE("{title body} : "),
	PIECE("company:"), PIECE("persona:"), PIECE("date:2026"), PIECE("\0"),
	PIECE("\xFF"),	  PIECE("\xC3"),     PIECE("\xC3\xA9"), PIECE("\n"),
	PIECE("\xE2\x80\x9C"), PIECE("\x1E"), PIECE("\x01"), PIECE("\x1F"),
	PIECE("\xE4\xB8\xAD"), PIECE("don't"), PIECE("--"), PIECE("/*"),
#undef PIECE
};

static size_t random_string(char *out)
{
	size_t n = 0;

	for (size_t count = 1 + below(16); count > 0; count--) {
		size_t i = below(sizeof(pieces) / sizeof(pieces[0]));

		memcpy(out + n, pieces[i].bytes, pieces[i].len);
		n += pieces[i].len;
	}
	out[n] = '\0';
	return n;
}

static struct store *make_store(void)
{
	static const char *const names[] = { "Alder AI" };
	struct pdx_take take = { "The Skeptic", NULL, "no moat in models" };
	struct pdx_article a = {
		.title = "GPT-4o model acquired",
		.body = "the acquisition of a moat, C++ and don't: near not or and take"
			" title body takes rowid rank 2 3 4o \xC3\xA9 \xE4\xB8\xAD",
		.companies = names,
		.ncompanies = 1,
		.date = TODAY,
		.url = "https://example.org/1",
		.takes = &take,
		.ntakes = 1,
	};
	const struct ahead ahead = { identity_key(&a), identity_digest(&a), NULL };
	enum pdx_put outcome;
	char path[512];
	void *s;

	snprintf(path, sizeof(path), "%s/match.db", test_tmpdir());
	assert_int_equal(store_open(&s, path, PDX_OPEN_WRITE | PDX_OPEN_CREATE, NULL,
				    NULL),
			 0);
	assert_int_equal(store_begin(s, NULL), 0);
	assert_int_equal(store_put(&outcome, s, &a, &ahead, 1, NULL), 0);
	assert_int_equal(store_commit(s, NULL), 0);
	return s;
}

/* Returns whether there was anything for FTS5 to parse. */
static bool try(struct store *s, struct arena *arena, sqlite3_stmt *match,
		const char *text, size_t len)
{
	struct pdx_err err;
	struct pdx_query *q;
	struct leaves leaves;
	struct plan plan = { 0 };
	int got;

	got = pdx_query_parse(&q, text, len, TODAY, &err);
	if (got == PDX_E_QUERY)
		return false;
	if (got || leaves_build(&leaves, arena, q, s->analyzer, &err) ||
	    plan_make(&plan, s, arena, q, &leaves, 0, &err))
		fail_msg("<%.*s>: %s", (int)len, text, err.message);
	if (plan.match) {
		db_bind_text(match, 1, plan.match, strlen(plan.match));
		got = db_step(match, &err);
		if (got < 0)
			fail_msg("<%.*s> as <%s>: %s", (int)len, text, plan.match,
				 err.message);
		sqlite3_reset(match);
	}
	pdx_query_free(q);
	return plan.match != NULL;
}

static void no_text_is_a_syntax_error_to_sqlite(void **state)
{
	const char *asked = getenv("PANELDEX_STRINGS");
	size_t n = asked ? strtoul(asked, NULL, 10) : STRINGS, i, parsed = 0;
	struct store *s = make_store();
	struct arena arena = { 0 };
	sqlite3_stmt *match;
	char text[512];

	(void)state;
	assert_int_equal(db_prepare(&match, s->db,
				    "SELECT 1 FROM text WHERE text MATCH ?1 LIMIT 1",
				    NULL),
			 0);
	assert_int_equal(db_exec(s->db, "BEGIN", NULL), 0);
	for (i = 0; i < n; i++) {
		size_t len = random_string(text);

		parsed += try(s, &arena, match, text, len);
		arena_reset(&arena);
	}
	assert_true(parsed > n / 20);
	printf("%zu strings, %zu of them reached FTS5\n", n, parsed);
	assert_int_equal(db_exec(s->db, "COMMIT", NULL), 0);
	sqlite3_finalize(match);
	arena_release(&arena);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_text_is_a_syntax_error_to_sqlite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
