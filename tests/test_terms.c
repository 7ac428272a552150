/*
 * Terms of groups of texts: which words and phrases count, in which form they are
 * shown, and that their counts are right, in little memory too.
 */
#include "harness.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "report/terms.h"

static struct terms *counting(void)
{
	struct terms *t;

	assert_int_equal(terms_new(&t, "english", NULL), 0);
	return t;
}

static void count(struct terms *t, uint32_t group, uint32_t number, const char *text)
{
	assert_int_equal(terms_read(t, text, NULL), 0);
	assert_int_equal(terms_end_text(t, group, number, NULL), 0);
}

static void finish(struct terms *t, uint64_t least)
{
	assert_int_equal(terms_finish(t, least, NULL), 0);
}

static const struct term *find(const struct terms *t, const char *text)
{
	size_t n;
	const struct term *list = terms_list(t, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i].text, text) == 0)
			return &list[i];
	return NULL;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The terms of ${text}, "[term]" each, in the order of the alphabet; "none". */
static void terms_of(struct buf *out, const char *text)
{
	struct terms *t = counting();
	const char *texts[64];
	size_t n;
	const struct term *list;

	count(t, 0, 0, text);
	finish(t, 1);
	list = terms_list(t, &n);
	assert_true(n <= 64);
	for (size_t i = 0; i < n; i++)
		texts[i] = list[i].text;
	qsort(texts, n, sizeof(texts[0]), by_text);
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "[%s]", texts[i]);
	if (!n)
		buf_puts(out, "none");
	terms_free(t);
}

static void what_counts_in_a_text_stands_in_a_table(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "terms.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct buf got;

		buf_init(&got, 0);
		terms_of(&got, rows[i].in);
		check_case(&rows[i], buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

static void a_term_counts_once_a_text_in_each_group(void **state)
{
	struct terms *t = counting();
	const struct term *term;

	(void)state;
	count(t, 2, 10, "weights weights weight");
	count(t, 2, 11, "no load");
	count(t, 0, 12, "The weight of open weights.");
	count(t, 2, 13, "other weights!");
	finish(t, 1);
	term = find(t, "weights");
	assert_non_null(term);
	assert_int_equal(term->texts, 3);
	assert_int_equal(term->ncounts, 2);
	assert_int_equal(term->counts[0].group, 0);
	assert_int_equal(term->counts[0].texts, 1);
	assert_int_equal(term->counts[0].first, 12);
	assert_int_equal(term->counts[1].group, 2);
	assert_int_equal(term->counts[1].texts, 2);
	assert_int_equal(term->counts[1].first, 10);
	assert_int_equal(terms_in_group(t, 0), 3); /* weight, open, open weights */
	assert_int_equal(terms_in_group(t, 1), 0);
	assert_int_equal(terms_missed(t), 0);
	terms_free(t);
}

static void the_form_that_most_texts_have_is_shown(void **state)
{
	struct terms *t = counting();

	(void)state;
	count(t, 0, 0, "Running a model");
	count(t, 0, 1, "they run Open Weights");
	count(t, 1, 2, "it runs on open weights");
	count(t, 1, 3, "we run open weights");
	finish(t, 2);
	assert_non_null(find(t, "run"));
	assert_null(find(t, "Running"));
	assert_non_null(find(t, "open weights"));
	assert_null(find(t, "Open Weights"));
	assert_null(find(t, "model")); /* one text has it, two are asked for */
	terms_free(t);
}

static void phrases_do_not_run_from_one_piece_into_the_next(void **state)
{
	struct terms *t = counting();

	(void)state;
	assert_int_equal(terms_read(t, "a title of chips", NULL), 0);
	assert_int_equal(terms_read(t, NULL, NULL), 0);
	assert_int_equal(terms_read(t, "forget", NULL), 0);
	assert_int_equal(terms_end_text(t, 0, 0, NULL), 0);
	finish(t, 1);
	assert_non_null(find(t, "chips"));
	assert_non_null(find(t, "forget"));
	assert_null(find(t, "chips forget"));
	terms_free(t);
}

static void a_text_is_looked_up_without_being_counted(void **state)
{
	struct terms *t = counting();
	const size_t *found;
	size_t n, all, nlist;
	const struct term *list;
	bool phrase = false;

	(void)state;
	count(t, 0, 0, "open weights are cheap");
	count(t, 0, 1, "open weights");
	finish(t, 2);
	list = terms_list(t, &nlist);
	assert_int_equal(nlist, 3);
	assert_int_equal(terms_look(&found, &n, &all, t,
				    "Opening the weight; unheard cheap open weights",
				    NULL),
			 0);
	assert_int_equal(n, 3);
	for (size_t i = 0; i < n; i++)
		phrase = phrase || strcmp(list[found[i]].text, "open weights") == 0;
	assert_true(phrase);
	assert_int_equal(all, 5); /* and cheap, cheap open */
	assert_int_equal(terms_look(&found, &n, &all, t, "nothing else", NULL), 0);
	assert_int_equal(n, 0);
	terms_free(t);
}

static size_t pick(struct term_pick *v, const struct terms *t, const char *const *texts,
		   const double *weights, size_t n)
{
	size_t nlist;
	const struct term *list = terms_list(t, &nlist);

	for (size_t i = 0; i < n; i++) {
		const struct term *term = find(t, texts[i]);

		assert_non_null(term);
		v[i] = (struct term_pick){ (size_t)(term - list), term->text,
					   term->texts, weights[i] };
	}
	return terms_pick(t, v, n, n);
}

static void what_says_the_same_twice_is_picked_once(void **state)
{
	static const char *const texts[] = { "open", "weights", "open weights",
					     "cheap" };
	static const double weights[] = { 4, 3, 2, 1 };
	struct term_pick v[4];
	struct terms *t = counting();
	size_t n, nlist;
	const struct term *list;

	(void)state;
	for (uint32_t i = 0; i < 5; i++)
		count(t, 0, i, "open weights");
	for (uint32_t i = 5; i < 20; i++)
		count(t, 0, i, "open; cheap");
	finish(t, 1);
	list = terms_list(t, &nlist);
	n = pick(v, t, texts, weights, 4);
	/* "open" is said elsewhere too; "weights" only in the phrase, which stays. */
	assert_int_equal(n, 3);
	assert_string_equal(list[v[0].term].text, "open");
	assert_string_equal(list[v[1].term].text, "open weights");
	assert_string_equal(list[v[2].term].text, "cheap");
	terms_free(t);
}

/* Word ${i} of a vocabulary without stems in common: three syllables. */
static void put_word(struct buf *out, uint32_t i)
{
	static const char *const syllables[] = { "ba", "ko", "mu", "ti", "ve", "zo",
						 "fa", "gi", "lu", "no", "pa", "ru",
						 "da", "ho", "ju", "ka" };

	buf_printf(out, "%s%s%s%sk ", syllables[i & 15], syllables[i >> 4 & 15],
		   syllables[i >> 8 & 15], syllables[i >> 12 & 15]);
}

#define VOCABULARY 3000
#define TEXTS 4000
#define WORDS 12

/*
 * Texts of words by Zipf's law, more of them than are counted at a time: a term that
 * stays is counted too low by no more than is said.
 */
static void rare_terms_are_dropped_and_the_rest_is_nearly_exact(void **state)
{
	static uint32_t in_texts[VOCABULARY];
	struct terms *t = counting();
	struct buf text;
	uint32_t seed = 5;
	size_t frequent = 0;

	(void)state;
	memset(in_texts, 0, sizeof(in_texts));
	terms_limit(t, 8000);
	buf_init(&text, 0);
	for (uint32_t i = 0; i < TEXTS; i++) {
		uint32_t last[WORDS];

		buf_reset(&text);
		for (size_t j = 0; j < WORDS; j++) {
			bool again = false;

			seed = seed * 1664525u + 1013904223u;
			last[j] = VOCABULARY / (1 + (seed >> 8) % VOCABULARY) - 1;
			for (size_t k = 0; k < j; k++)
				again = again || last[k] == last[j];
			in_texts[last[j]] += !again;
			put_word(&text, last[j]);
		}
		/* And two that nobody says again. */
		put_word(&text, VOCABULARY + 2 * i);
		put_word(&text, VOCABULARY + 2 * i + 1);
		count(t, i % 3, i, buf_str(&text));
	}
	finish(t, 1);
	assert_true(terms_missed(t) > 0);
	for (uint32_t i = 0; i < VOCABULARY; i++) {
		const struct term *term;

		buf_reset(&text);
		put_word(&text, i);
		buf_truncate(&text, text.len - 1);
		term = find(t, buf_str(&text));
		if (!term && in_texts[i] > terms_missed(t))
			fail_msg("%s: lost with %u texts", buf_str(&text), in_texts[i]);
		if (term && (term->texts > in_texts[i] ||
			     term->texts + terms_missed(t) < in_texts[i]))
			fail_msg("%s: %llu texts, not %u", buf_str(&text),
				 (unsigned long long)term->texts, in_texts[i]);
		frequent += term && in_texts[i] > 100;
	}
	assert_true(frequent > 10);
	buf_release(&text);
	terms_free(t);
}

static void only_known_languages_are_taken(void **state)
{
	struct terms *t;
	struct pdx_err err;

	(void)state;
	assert_int_equal(terms_new(&t, "klingon", &err), PDX_E_USAGE);
	assert_null(t);
	assert_int_equal(terms_new(&t, "none", &err), 0);
	count(t, 0, 0, "the weights");
	finish(t, 1);
	assert_non_null(find(t, "the weights"));
	terms_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_counts_in_a_text_stands_in_a_table),
		cmocka_unit_test(a_term_counts_once_a_text_in_each_group),
		cmocka_unit_test(the_form_that_most_texts_have_is_shown),
		cmocka_unit_test(phrases_do_not_run_from_one_piece_into_the_next),
		cmocka_unit_test(a_text_is_looked_up_without_being_counted),
		cmocka_unit_test(what_says_the_same_twice_is_picked_once),
		cmocka_unit_test(rare_terms_are_dropped_and_the_rest_is_nearly_exact),
		cmocka_unit_test(only_known_languages_are_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
