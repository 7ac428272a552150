/* Errors, memory, arenas, hashes and distances. */
#include "harness.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/distance.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- err ------------------------------------------------------------------ */

static void err_set_records_status_and_message_and_returns_the_status(void **state)
{
	struct pdx_err err;

	(void)state;
	assert_int_equal(err_set(&err, PDX_E_INDEX, "%s: no table %d", "a.db", 7),
			 PDX_E_INDEX);
	assert_int_equal(err.status, PDX_E_INDEX);
	assert_string_equal(err.message, "a.db: no table 7");
}

static void an_error_may_have_nowhere_to_go(void **state)
{
	(void)state;
	assert_int_equal(err_set(NULL, PDX_E_IO, "%s", "lost"), PDX_E_IO);
	assert_int_equal(err_nomem(NULL), PDX_E_NOMEM);
	err_place(NULL, "x", 0, 1);
	err_hint(NULL, "x");
}

static void err_set_clears_the_place_and_hint_of_before(void **state)
{
	struct pdx_err err;

	(void)state;
	err_set(&err, PDX_E_QUERY, "first");
	err_place(&err, "compny:x", 0, 6);
	err_hint(&err, "company");
	err_nomem(&err);
	assert_int_equal(err.start + err.len + err.column, 0);
	assert_string_equal(err.hint, "");
	assert_string_equal(err.message, "out of memory");
}

static void a_message_may_be_made_of_the_old_one(void **state)
{
	struct pdx_err err;

	(void)state;
	err_set(&err, PDX_E_INPUT, "no title");
	err_set(&err, PDX_E_INPUT, "line 3: %s", err.message);
	assert_string_equal(err.message, "line 3: no title");
}

static void a_long_message_is_cut_between_code_points(void **state)
{
	struct pdx_err err;
	char text[2 * PDX_ERR_MESSAGE];

	(void)state;
	for (size_t shift = 0; shift < 4; shift++) {
		size_t len;

		memset(text, 'a', shift);
		for (size_t i = shift; i + 4 < sizeof(text); i += 4)
			memcpy(text + i, "\xF0\x9F\xA4\x97", 5);
		err_set(&err, PDX_E_INPUT, "%s", text);
		len = strlen(err.message);
		assert_in_range(len, PDX_ERR_MESSAGE - 4, PDX_ERR_MESSAGE - 1);
		assert_true(utf8_valid(err.message, len));
		assert_memory_equal(err.message, text, len);
		assert_int_equal((len - shift) % 4, 0);
	}
}

static void a_message_is_valid_utf8_whatever_it_quotes(void **state)
{
	struct pdx_err err;

	(void)state;
	err_set(&err, PDX_E_QUERY, "unknown field \"%s\"", "\xC3(\xFF");
	assert_string_equal(err.message, "unknown field \"\xEF\xBF\xBD(\xEF\xBF\xBD\"");
}

static void a_place_counts_its_column_in_code_points(void **state)
{
	struct pdx_err err;

	(void)state;
	err_set(&err, PDX_E_QUERY, "bad date");
	err_place(&err, "Z\xC3\xBCrich date:x", 13, 1);
	assert_int_equal(err.start, 13);
	assert_int_equal(err.len, 1);
	assert_int_equal(err.column, 13);
}

static void a_hint_that_is_too_long_is_left_out(void **state)
{
	struct pdx_err err;
	char longest[sizeof(err.hint)], longer[sizeof(err.hint) + 1];

	(void)state;
	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	memset(longer, 'x', sizeof(longer));
	longer[sizeof(longer) - 1] = '\0';
	err_set(&err, PDX_E_QUERY, "unknown");
	err_hint(&err, longest);
	assert_string_equal(err.hint, longest);
	err_hint(&err, longer);
	assert_string_equal(err.hint, "");
}

static void every_status_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i >= PDX_E_AMBIGUOUS; i--) {
		const char *name = pdx_status_name((enum pdx_status)i);

		assert_non_null(name);
		assert_string_not_equal(name, "unknown");
		for (int j = 0; j > i; j--)
			assert_string_not_equal(name,
						pdx_status_name((enum pdx_status)j));
	}
	assert_string_equal(pdx_status_name((enum pdx_status)1), "unknown");
	assert_string_equal(pdx_status_name((enum pdx_status) - 100), "unknown");
}

/* ---- mem ------------------------------------------------------------------ */

static void a_product_that_overflows_is_refused(void **state)
{
	size_t out = 1;

	(void)state;
	assert_true(mem_mul(&out, SIZE_MAX, 1));
	assert_true(out == SIZE_MAX);
	assert_true(mem_mul(&out, 0, SIZE_MAX));
	assert_int_equal(out, 0);
	assert_true(mem_mul(&out, SIZE_MAX / 8, 8));
	assert_false(mem_mul(&out, SIZE_MAX / 8 + 1, 8));
	assert_false(mem_mul(&out, SIZE_MAX, SIZE_MAX));
}

static void an_array_at_least_doubles_and_keeps_its_elements(void **state)
{
	uint32_t *v = NULL;
	size_t cap = 0;

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		size_t before = cap;

		assert_true(mem_grow(&v, &cap, i + 1, sizeof(*v)));
		assert_true(cap == before || cap >= 2 * before);
		v[i] = i;
	}
	for (uint32_t i = 0; i < 1000; i++)
		assert_int_equal(v[i], i);
	free(v);
}

static void an_array_grows_to_a_need_beyond_double(void **state)
{
	char *v = NULL;
	size_t cap = 0;

	(void)state;
	assert_true(mem_grow(&v, &cap, 100000, 3));
	assert_true(cap >= 100000);
	memset(v, 1, 300000);
	free(v);
}

static void an_array_that_cannot_grow_is_as_it_was(void **state)
{
	uint64_t *v = NULL, *before;
	size_t cap = 0, cap_before;

	(void)state;
	assert_true(mem_grow(&v, &cap, 1, sizeof(*v)));
	v[0] = 42;
	before = v;
	cap_before = cap;
	assert_false(mem_grow(&v, &cap, SIZE_MAX / 4, sizeof(*v)));
	assert_ptr_equal(v, before);
	assert_int_equal(cap, cap_before);
	assert_int_equal(v[0], 42);
	free(v);
}

/* ---- arena ---------------------------------------------------------------- */

static bool is_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] != 0)
			return false;
	}
	return true;
}

static void an_arena_gives_aligned_zeroed_memory_that_does_not_overlap(void **state)
{
	enum { N = 2000 };
	struct arena a = { 0 };
	unsigned char *p[N];

	(void)state;
	/* Twice: the second round finds the dirty block that the reset kept. */
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < N; i++) {
			p[i] = arena_alloc(&a, i % 67 + 1);
			assert_non_null(p[i]);
			assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
			assert_true(is_zero(p[i], i % 67 + 1));
			memset(p[i], (int)(i & 0xFF), i % 67 + 1);
		}
		for (size_t i = 0; i < N; i++) {
			for (size_t j = 0; j < i % 67 + 1; j++)
				assert_int_equal(p[i][j], i & 0xFF);
		}
		arena_reset(&a);
	}
	arena_release(&a);
	assert_null(a.blocks);
}

static void an_arena_has_together_what_it_was_told_to_expect(void **state)
{
	enum { EXPECTED = 70000, PIECE = 1000 };
	struct arena a = { 0 };
	char *first, *p;
	size_t i;

	(void)state;
	arena_alloc(&a, 1);
	arena_expect(&a, EXPECTED);
	first = arena_alloc(&a, PIECE);
	for (i = 2; i <= EXPECTED / (PIECE + 16); i++) {
		p = arena_alloc(&a, PIECE);
		assert_true(p > first && p + PIECE <= first + EXPECTED);
	}
	arena_expect(&a, SIZE_MAX);
	assert_false(a.failed);
	assert_non_null(arena_alloc(&a, EXPECTED));
	arena_release(&a);
}

static void pages_are_zeros_and_stand_where_they_should(void **state)
{
	static const size_t sizes[] = { 1,        4096,         MEM_PAGE - 1,
					MEM_PAGE, MEM_PAGE + 1, 3 * (size_t)MEM_PAGE };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		unsigned char *p = mem_pages(sizes[i]);

		assert_non_null(p);
		if (sizes[i] % MEM_PAGE == 0)
			assert_true((uintptr_t)p % MEM_PAGE == 0);
		for (size_t k = 0; k < sizes[i]; k++)
			assert_int_equal(p[k], 0);
		memset(p, 0xff, sizes[i]);
		mem_pages_free(p, sizes[i]);
	}
	assert_null(mem_pages(SIZE_MAX / MEM_PAGE * MEM_PAGE));
	mem_pages_free(NULL, MEM_PAGE);
}

/* With what stands before them in a block some are just pages. */
static void an_arena_gives_pieces_of_about_a_page(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t pages = 1; pages < 4; pages++) {
		for (size_t less = 0; less <= 128; less += 8) {
			size_t size = pages * MEM_PAGE - less;
			unsigned char *p = arena_alloc(&a, size);

			assert_non_null(p);
			memset(p, 0xff, size);
			if (less % 32 == 0)
				arena_reset(&a);
		}
	}
	arena_release(&a);
}

static void an_arena_serves_large_requests_between_small_ones(void **state)
{
	struct arena a = { 0 };
	unsigned char *small, *large, *next;

	(void)state;
	small = arena_alloc(&a, 8);
	large = arena_alloc(&a, (size_t)5 << 20);
	next = arena_alloc(&a, 8);
	assert_true(is_zero(large, (size_t)5 << 20));
	memset(large, 0xFF, (size_t)5 << 20);
	assert_true(is_zero(small, 8) && is_zero(next, 8));
	arena_reset(&a);
	assert_true(is_zero(arena_alloc(&a, 100), 100));
	arena_release(&a);
}

static void an_impossible_size_fails_the_arena_until_the_reset(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_true(a.failed);
	assert_non_null(arena_alloc(&a, 1));
	assert_true(a.failed);
	arena_reset(&a);
	assert_false(a.failed);
	assert_null(arena_array(&a, SIZE_MAX / 2, 3));
	assert_true(a.failed);
	arena_release(&a);
	assert_null(arena_dup(&a, "", SIZE_MAX));
	assert_true(a.failed);
	arena_release(&a);
}

static void copies_in_an_arena_end_with_a_nul(void **state)
{
	struct arena a = { 0 };
	char *s;

	(void)state;
	s = arena_dup(&a, "take two", 4);
	assert_string_equal(s, "take");
	assert_string_equal(arena_dup(&a, NULL, 0), "");
	assert_string_equal(arena_strdup(&a, "The Skeptic"), "The Skeptic");
	assert_null(arena_strdup(&a, NULL));
	assert_false(a.failed);
	assert_non_null(arena_alloc(&a, 0));
	assert_ptr_not_equal(arena_alloc(&a, 0), arena_alloc(&a, 0));
	arena_release(&a);
}

/* ---- hash ----------------------------------------------------------------- */

/*
 * SipHash-2-4 of the bytes 0, 1, 2, ... with keys of zero and of 0706050403020100 in
 * the low half.  Computed by two other implementations (a short one in Python, checked
 * against the vectors of the paper, and OpenSSL's).
 */
static void hashes_are_siphash_2_4(void **state)
{
	static const struct {
		size_t len;
		uint64_t zero, seeded;
	} cases[] = {
		{ 0, UINT64_C(0x1e924b9d737700d7), UINT64_C(0xa402ec86ee528132) },
		{ 1, UINT64_C(0x8b5a0baa49fbc58d), UINT64_C(0x86a88668a52fcf93) },
		{ 7, UINT64_C(0xb3d67eaf2c11480b), UINT64_C(0xf350389b941f8786) },
		{ 8, UINT64_C(0xc72b1c24fc2f7938), UINT64_C(0xeb8e9b0661a15490) },
		{ 9, UINT64_C(0x610e7ab6ada60b22), UINT64_C(0x6286ed9c2801b70e) },
		{ 15, UINT64_C(0xd0567cd44e891363), UINT64_C(0xde25ac9eff95f4ec) },
		{ 16, UINT64_C(0xc902632ed88f897f), UINT64_C(0xc347d4d6e2682a1b) },
		{ 63, UINT64_C(0x8825b5ec8cfb55c6), UINT64_C(0xc1b8e705aaa28423) },
		{ 256, UINT64_C(0x9d3b1c289668a3d1), UINT64_C(0x707b67bb6cdf434b) },
	};
	unsigned char bytes[256];

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)i;
	for (size_t i = 0; i < COUNT(cases); i++) {
		uint64_t seeded = hash64_seeded(bytes, cases[i].len,
						UINT64_C(0x0706050403020100));

		if (hash64(bytes, cases[i].len) != cases[i].zero ||
		    seeded != cases[i].seeded)
			fail_msg("%zu bytes", cases[i].len);
	}
}

static void a_hash_does_not_depend_on_alignment(void **state)
{
	char moved[64];

	(void)state;
	for (size_t shift = 0; shift < 8; shift++) {
		memcpy(moved + shift, "hugging face acquires", 21);
		assert_true(hash64(moved + shift, 21) ==
			    hash64("hugging face acquires", 21));
	}
}

/* ---- distance ------------------------------------------------------------- */

static void a_distance_counts_edits_and_swaps_without_case(void **state)
{
	static const struct {
		const char *a, *b;
		size_t want;
	} cases[] = {
		{ "", "", 0 },
		{ "", "abc", 3 },
		{ "company", "Company", 0 },
		{ "compny", "company", 1 },
		{ "comapny", "company", 1 },
		{ "cmopnay", "company", 2 },
		{ "kitten", "sitting", 3 },
		{ "ca", "abc", 3 }, /* not 2: no byte twice */
		{ "date", "added", 3 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *a = cases[i].a, *b = cases[i].b;
		size_t there = word_distance(a, strlen(a), b, strlen(b));
		size_t back = word_distance(b, strlen(b), a, strlen(a));

		if (there != cases[i].want || back != cases[i].want)
			fail_msg("\"%s\" and \"%s\": %zu and %zu", a, b, there, back);
	}
}

static void a_word_longer_than_64_bytes_is_far_from_everything(void **state)
{
	char longest[65];

	(void)state;
	memset(longest, 'x', sizeof(longest));
	assert_int_equal(word_distance(longest, 64, longest, 64), 0);
	assert_true(word_distance(longest, 65, longest, 65) == SIZE_MAX);
	assert_true(word_distance("x", 1, longest, 65) == SIZE_MAX);
}

static void the_nearest_word_is_within_two_edits_and_half_its_length(void **state)
{
	static const char *const names[] = { "date", "company", "category", "id" };
	static const struct {
		const char *word, *want;
	} cases[] = {
		{ "compny", "company" }, { "categroy", "category" },
		{ "dat", "date" },       { "xd", NULL },
		{ "cat", NULL },         { "compyn2", "company" },
		{ "cmpyn", NULL },       { "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct nearest near;

		nearest_init(&near, cases[i].word, strlen(cases[i].word));
		for (size_t j = 0; j < COUNT(names); j++)
			nearest_offer(&near, names[j]);
		if (near.best != cases[i].want &&
		    (!near.best || !cases[i].want ||
		     strcmp(near.best, cases[i].want) != 0))
			fail_msg("\"%s\" gave %s", cases[i].word,
				 near.best ? near.best : "nothing");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			err_set_records_status_and_message_and_returns_the_status),
		cmocka_unit_test(an_error_may_have_nowhere_to_go),
		cmocka_unit_test(err_set_clears_the_place_and_hint_of_before),
		cmocka_unit_test(a_message_may_be_made_of_the_old_one),
		cmocka_unit_test(a_long_message_is_cut_between_code_points),
		cmocka_unit_test(a_message_is_valid_utf8_whatever_it_quotes),
		cmocka_unit_test(a_place_counts_its_column_in_code_points),
		cmocka_unit_test(a_hint_that_is_too_long_is_left_out),
		cmocka_unit_test(every_status_has_a_name_of_its_own),
		cmocka_unit_test(a_product_that_overflows_is_refused),
		cmocka_unit_test(an_array_at_least_doubles_and_keeps_its_elements),
		cmocka_unit_test(an_array_grows_to_a_need_beyond_double),
		cmocka_unit_test(an_array_that_cannot_grow_is_as_it_was),
		cmocka_unit_test(
			an_arena_gives_aligned_zeroed_memory_that_does_not_overlap),
		cmocka_unit_test(an_arena_has_together_what_it_was_told_to_expect),
		cmocka_unit_test(pages_are_zeros_and_stand_where_they_should),
		cmocka_unit_test(an_arena_gives_pieces_of_about_a_page),
		cmocka_unit_test(an_arena_serves_large_requests_between_small_ones),
		cmocka_unit_test(an_impossible_size_fails_the_arena_until_the_reset),
		cmocka_unit_test(copies_in_an_arena_end_with_a_nul),
		cmocka_unit_test(hashes_are_siphash_2_4),
		cmocka_unit_test(a_hash_does_not_depend_on_alignment),
		cmocka_unit_test(a_distance_counts_edits_and_swaps_without_case),
		cmocka_unit_test(a_word_longer_than_64_bytes_is_far_from_everything),
		cmocka_unit_test(
			the_nearest_word_is_within_two_edits_and_half_its_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
