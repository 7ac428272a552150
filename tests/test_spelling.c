/*
 * Weighed edit distance: the costs, and the banded table against the whole one.
 */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "base/spelling.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static uint32_t cost_of(const char *word, const char *other)
{
	struct spelling s;

	if (!spelling_init(&s, word, strlen(word)))
		fail_msg("%s: nothing is offered for it", word);
	return spelling_cost(&s, other, strlen(other));
}

static void an_edit_costs_what_it_is_likely_to_be(void **state)
{
	static const struct {
		const char *word, *other;
		uint32_t cost;
	} cases[] = {
		{ "face", "face", 0 },
		{ "fcae", "face", SPELLING_SWAP },
		{ "fac", "face", SPELLING_EDIT },
		{ "faace", "face", SPELLING_EDIT },
		{ "fase", "face", SPELLING_EDIT },
		{ "vace", "face", SPELLING_EDIT + SPELLING_FIRST },
		{ "afce", "face", SPELLING_SWAP + SPELLING_FIRST },
		{ "ace", "face", SPELLING_EDIT + SPELLING_FIRST },
		{ "gtp4o", "gpt4o", SPELLING_SWAP },
		{ "zurih", "zürich", 2 * SPELLING_EDIT },
		{ "münhcen", "münchen", SPELLING_SWAP },
		{ "fare", "face", SPELLING_EDIT },
		{ "fira", "face", SPELLING_FAR },
		{ "acquistions", "acquisition", 2 * SPELLING_EDIT },
		{ "acquistions", "requisitions", SPELLING_FAR },
		{ "weights", "", SPELLING_FAR },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint32_t got = cost_of(cases[i].word, cases[i].other);

		if (got != cases[i].cost)
			fail_msg("%s, %s: %u, not %u", cases[i].word, cases[i].other,
				 (unsigned)got, (unsigned)cases[i].cost);
	}
}

static void short_words_and_numbers_have_no_neighbours(void **state)
{
	static const char *const words[] = {
		"",
		"ai",
		"2026",
		"100000",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	};
	struct spelling s;

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++)
		if (spelling_init(&s, words[i], strlen(words[i])))
			fail_msg("\"%s\" has neighbours", words[i]);
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* The whole table, without a band or a way out. */
static uint32_t plain_cost(const char *a, const char *b, size_t most)
{
	uint32_t d[16][16];
	size_t na = strlen(a), nb = strlen(b);

	for (size_t i = 0; i <= na; i++)
		for (size_t j = 0; j <= nb; j++) {
			uint32_t best = i + j ? UINT32_MAX : 0;

			if (i)
				best = least(best, d[i - 1][j] + SPELLING_EDIT);
			if (j)
				best = least(best, d[i][j - 1] + SPELLING_EDIT);
			if (i && j)
				best = least(best, d[i - 1][j - 1] +
							   (a[i - 1] == b[j - 1]
								    ? 0
								    : SPELLING_EDIT));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				best = least(best, d[i - 2][j - 2] + SPELLING_SWAP);
			d[i][j] = best;
		}
	if (d[na][nb] > most * SPELLING_EDIT)
		return SPELLING_FAR;
	return d[na][nb] + (nb && *a == *b ? 0 : SPELLING_FIRST);
}

/* ${w} with up to 4 letters changed, to any. */
static void disturb(char *w, uint64_t seed)
{
	size_t n = strlen(w);

	for (uint64_t k = seed % 5; k > 0; k--) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		w[(seed >> 40) % n] = (char)('a' + (seed >> 33) % 26);
	}
}

static void a_short_cut_changes_no_cost(void **state)
{
	uint64_t seed = 88172645463325252u;
	size_t near = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char a[14] = "", b[14] = "";
		struct spelling s;
		uint32_t want;

		for (int side = 0; side < 2; side++) {
			char *w = side ? b : a;
			size_t n;

			seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
			n = 3 + seed % 10;
			for (size_t i = 0; i < n; i++)
				w[i] = (char)('a' + (seed >> (10 + 4 * i) & 15) % 3);
			w[n] = '\0';
		}
		if (round % 2) {
			disturb(a, seed);
			memcpy(b, a, sizeof(b));
			disturb(b, seed >> 7);
		}
		assert_true(spelling_init(&s, a, strlen(a)));
		want = plain_cost(a, b, s.most);
		near += want != SPELLING_FAR;
		if (spelling_cost(&s, b, strlen(b)) != want)
			fail_msg("%s, %s: %u, not %u", a, b,
				 (unsigned)spelling_cost(&s, b, strlen(b)),
				 (unsigned)want);
	}
	assert_true(near > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_edit_costs_what_it_is_likely_to_be),
		cmocka_unit_test(short_words_and_numbers_have_no_neighbours),
		cmocka_unit_test(a_short_cut_changes_no_cost),
	};

	return cmocka_run_group_tests_name("spelling", tests, NULL, NULL);
}
