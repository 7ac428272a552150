/* Folding and stems: what single words come to. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/analyze.h"
#include "text/stem.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- folding -------------------------------------------------------------- */

static void every_row_of_the_fold_table_gives_its_key_and_its_text(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "fold.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct buf out;

		buf_init(&out, 0);
		fold_key(&out, rows[i].in, strlen(rows[i].in));
		buf_puts(&out, " | ");
		fold_text(&out, rows[i].in, strlen(rows[i].in));
		check_case(&rows[i], buf_str(&out));
		buf_release(&out);
	}
	cases_free(rows, n);
}

static void folding_twice_changes_nothing_more(void **state)
{
	struct buf once, twice;

	(void)state;
	buf_init(&once, 0);
	buf_init(&twice, 0);
	for (uint32_t cp = 1; cp <= 0x10FFFF; cp++) {
		char s[UTF8_MAX_BYTES];
		size_t len = utf8_encode(s, cp);

		buf_reset(&once);
		buf_reset(&twice);
		fold_text(&once, s, len);
		fold_text(&twice, buf_str(&once), once.len);
		if (!utf8_valid(buf_str(&once), once.len) ||
		    strcmp(buf_str(&once), buf_str(&twice)) != 0)
			fail_msg("U+%04X: \"%s\", then \"%s\"", (unsigned)cp,
				 buf_str(&once), buf_str(&twice));
	}
	buf_release(&once);
	buf_release(&twice);
}

static void case_does_not_matter_in_any_script(void **state)
{
	struct buf upper, lower;

	(void)state;
	buf_init(&upper, 0);
	buf_init(&lower, 0);
	for (uint32_t cp = 'A'; cp <= 0x1FFFF; cp++) {
		uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
		char s[UTF8_MAX_BYTES];

		if (small == cp)
			continue;
		buf_reset(&upper);
		buf_reset(&lower);
		fold_text(&upper, s, utf8_encode(s, cp));
		fold_text(&lower, s, utf8_encode(s, small));
		if (strcmp(buf_str(&upper), buf_str(&lower)) != 0)
			fail_msg("U+%04X: \"%s\" and \"%s\"", (unsigned)cp,
				 buf_str(&upper), buf_str(&lower));
	}
	buf_release(&upper);
	buf_release(&lower);
}

/* ---- stems ---------------------------------------------------------------- */

/* A made-up word with an English ending, and its number in it. */
static size_t make_word(char out[64], uint32_t i)
{
	static const char *const endings[] = { "ing", "ed", "ies", "s", "ational", "" };
	size_t n = 0;

	for (uint32_t v = i; v > 0 || n == 0; v /= 20)
		out[n++] = "bcdfghjklmnpqrstvwxz"[v % 20];
	return n +
	       (size_t)snprintf(out + n, 64 - n, "a%s", endings[i % COUNT(endings)]);
}

static void assert_same_stem(struct stemmer *used, struct stemmer *none, uint32_t i)
{
	const char *stem, *again;
	size_t len, againlen, wordlen;
	char word[64], first[64];

	wordlen = make_word(word, i);
	assert_int_equal(stemmer_stem(&stem, &len, used, word, wordlen), 0);
	memcpy(first, stem, len);
	assert_int_equal(stemmer_stem(&again, &againlen, used, word, wordlen), 0);
	if (againlen != len || memcmp(first, again, len) != 0 || len == 0)
		fail_msg("%s: %.*s, then %.*s", word, (int)len, first, (int)againlen,
			 again);
	assert_int_equal(stemmer_stem(&again, &againlen, none, word, wordlen), 0);
	assert_int_equal(againlen, wordlen);
	assert_memory_equal(again, word, wordlen);
}

static void more_words_than_the_cache_holds_keep_their_stems(void **state)
{
	struct stemmer *used, *none, *fresh;
	char word[64];

	(void)state;
	assert_int_equal(stemmer_new(&used, "english", NULL), 0);
	assert_int_equal(stemmer_new(&none, "none", NULL), 0);
	for (uint32_t i = 0; i < 120000; i++)
		assert_same_stem(used, none, i);
	for (uint32_t i = 0; i < 120000; i += 997) {
		const char *a, *b;
		size_t alen, blen, len = make_word(word, i);

		assert_int_equal(stemmer_new(&fresh, "english", NULL), 0);
		assert_int_equal(stemmer_stem(&a, &alen, used, word, len), 0);
		assert_int_equal(stemmer_stem(&b, &blen, fresh, word, len), 0);
		assert_int_equal(alen, blen);
		assert_memory_equal(a, b, alen);
		stemmer_free(fresh);
	}
	stemmer_free(used);
	stemmer_free(none);
	stemmer_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_row_of_the_fold_table_gives_its_key_and_its_text),
		cmocka_unit_test(folding_twice_changes_nothing_more),
		cmocka_unit_test(case_does_not_matter_in_any_script),
		cmocka_unit_test(more_words_than_the_cache_holds_keep_their_stems),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
