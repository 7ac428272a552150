/* Identity: URLs, keys, ids, digests, siblings. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "ingest/identity.h"
#include "ingest/identity_url.h"
#include "ingest/siblings.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char *const companies[] = { "Lantern Labs", "Tarn Robotics" };
static const char *const categories[] = { "Funding" };
static const struct pdx_take takes[] = {
	{ "The Builder", "Developer Perspective", "A desk is a desk." },
	{ "The Skeptic", NULL, "Rented." },
};

static struct pdx_article sample(void)
{
	return (struct pdx_article){
		.title = "Lantern Labs Opens an Office",
		.summary = "One desk.",
		.body = "First paragraph.",
		.date = 20581,
		.companies = companies,
		.ncompanies = COUNT(companies),
		.categories = categories,
		.ncategories = COUNT(categories),
		.url = "https://lantern.example/office",
		.lang = "en",
		.source = "Lantern Weekly",
		.ref = "17",
		.origin = "a.txt",
		.takes = takes,
		.ntakes = COUNT(takes),
	};
}

static void check_text(const struct pdx_article *a, const char *want)
{
	struct buf text;

	buf_init(&text, 0);
	identity_text(&text, a);
	assert_string_equal(buf_str(&text), want);
	buf_release(&text);
}

static void links_to_one_page_have_one_form(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "url.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct buf got;

		buf_init(&got, 0);
		if (!url_normalise(&got, rows[i].in)) {
			assert_int_equal(got.len, 0);
			buf_puts(&got, "-");
		}
		check_case(&rows[i], buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

static void the_url_counts_before_the_ref_and_the_ref_before_the_title(void **state)
{
	struct pdx_article a = sample();

	(void)state;
	check_text(&a, "url lantern.example/office");
	a.url = "n/a";
	check_text(&a, "ref lanternweekly\t17");
	a.url = NULL;
	a.ref = "";
	check_text(&a, "title lanternlabsopensanoffice\t2026-05-08\tlanternlabs");
	a.ref = "17";
	a.source = NULL; /* a number alone is nobody's identity */
	a.date = PDX_NO_DATE;
	a.ncompanies = 0;
	check_text(&a, "title lanternlabsopensanoffice\t\t");
}

static void writing_it_another_way_is_the_same_article(void **state)
{
	static const char *const other_companies[] = { "LANTERN-LABS" };
	struct pdx_article a = sample(), b = sample();

	(void)state;
	a.url = b.url = NULL;
	a.ref = b.ref = NULL;
	b.title = "lantern labs opens an office!";
	b.companies = other_companies;
	b.ncompanies = 1;
	b.body = "another body";
	assert_int_equal(identity_key(&a), identity_key(&b));
	b.date++;
	assert_int_not_equal(identity_key(&a), identity_key(&b));
}

/* Ids are in use outside: a change of these values breaks every link to an article. */
static void keys_and_ids_stay_what_they_are(void **state)
{
	struct pdx_article a = sample();
	char id[PDX_ID_SIZE], got[64];

	(void)state;
	identity_id(id, identity_key(&a));
	snprintf(got, sizeof(got), "%s %016llx", id,
		 (unsigned long long)identity_digest(&a));
	assert_string_equal(got, "9bb4aaf1a885 b32d46bf543feb7f");
	a.sibling = 2;
	identity_id(id, identity_key(&a));
	assert_string_equal(id, "ed62032e3077");
}

static void an_id_is_the_upper_48_bits_of_the_key(void **state)
{
	char id[PDX_ID_SIZE];

	(void)state;
	identity_id(id, (uint64_t)1 << IDENTITY_ID_SHIFT);
	assert_string_equal(id, "000000000001");
	identity_id(id, ((uint64_t)1 << IDENTITY_KEY_BITS) - 1);
	assert_string_equal(id, "ffffffffffff");
	identity_id(id, 0x0123456789abULL << IDENTITY_ID_SHIFT | 0x7fff);
	assert_string_equal(id, "0123456789ab");
}

static void siblings_have_keys_of_their_own(void **state)
{
	struct pdx_article a = sample();
	uint64_t first = identity_key(&a);

	(void)state;
	a.sibling = 1;
	assert_int_equal(identity_key(&a), first); /* 0 counts as 1 */
	for (uint32_t k = 2; k < 100; k++) {
		a.sibling = k;
		assert_int_not_equal(identity_key(&a), first);
		assert_int_equal(identity_key(&a) >> IDENTITY_KEY_BITS, 0);
	}
}

static void every_field_of_the_content_is_in_the_digest(void **state)
{
	static const char *const one[] = { "Lantern Labs" };
	static const struct pdx_take moved[] = {
		{ "The Builder", "Developer Perspective", "A desk is a desk." },
		{ "The Skeptic", "Rented.", "" },
	};
	struct pdx_article base = sample(), v[12];
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(v); i++)
		v[i] = base;
	v[n++].title = "Another";
	v[n++].summary = NULL;
	v[n++].body = "First paragraph. ";
	v[n++].date = PDX_NO_DATE;
	v[n++].companies = one;
	v[n - 1].ncompanies = 1;
	v[n++].ncategories = 0;
	v[n++].url = "https://lantern.example/office/";
	v[n++].lang = NULL;
	v[n++].source = "Weekly";
	v[n++].ref = "18";
	v[n++].ntakes = 1;
	v[n++].takes = moved; /* text that moves from one field to the next */
	assert_int_equal(n, COUNT(v));
	for (size_t i = 0; i < n; i++) {
		if (identity_digest(&v[i]) == identity_digest(&base))
			fail_msg("change %zu leaves the digest as it was", i);
	}
	base.summary = NULL;
	assert_int_equal(identity_digest(&base), identity_digest(&v[1]));
	base.summary = "";
	base.origin = "elsewhere";
	base.sibling = 7;
	assert_int_equal(identity_digest(&base), identity_digest(&v[1]));
}

static uint32_t number(struct siblings *s, uint64_t key, uint64_t digest,
		       uint32_t given)
{
	uint32_t n = 0;

	assert_true(siblings_number(&n, s, key, digest, given));
	return n;
}

static void different_articles_with_one_identity_are_numbered(void **state)
{
	struct siblings s = { 0 };

	(void)state;
	assert_int_equal(number(&s, 1, 100, 0), 1);
	assert_int_equal(number(&s, 2, 100, 0), 1);
	assert_int_equal(number(&s, 1, 200, 0), 2);
	assert_int_equal(number(&s, 1, 300, 0), 3);
	assert_int_equal(number(&s, 1, 200, 0), 2);
	assert_int_equal(number(&s, 1, 100, 0), 1);
	siblings_reset(&s);
	assert_int_equal(number(&s, 1, 300, 0), 1);
	siblings_release(&s);
}

static void a_number_that_is_given_is_kept(void **state)
{
	struct siblings s = { 0 };

	(void)state;
	assert_int_equal(number(&s, 1, 100, 3), 3);
	assert_int_equal(number(&s, 1, 200, 0), 4);
	assert_int_equal(number(&s, 1, 300, 2), 2);
	assert_int_equal(number(&s, 1, 400, 0), 5);
	assert_int_equal(number(&s, 1, 300, 0), 2);
	assert_int_equal(number(&s, 1, 500, 3), 3); /* a new state of number 3 */
	siblings_release(&s);
}

static void many_articles_are_numbered_quickly_and_rightly(void **state)
{
	struct siblings s = { 0 };

	(void)state;
	for (uint64_t i = 1; i <= 100000; i++)
		assert_int_equal(number(&s, 7, i * 0x10001, 0), i);
	for (uint64_t i = 1; i <= 100000; i++)
		assert_int_equal(number(&s, i << 20, i, 0), 1);
	assert_int_equal(number(&s, 7, UINT64_C(99999) * 0x10001, 0), 99999);
	siblings_reset(&s);
	assert_int_equal(number(&s, 7, 5, 0), 1);
	siblings_release(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_to_one_page_have_one_form),
		cmocka_unit_test(
			the_url_counts_before_the_ref_and_the_ref_before_the_title),
		cmocka_unit_test(writing_it_another_way_is_the_same_article),
		cmocka_unit_test(keys_and_ids_stay_what_they_are),
		cmocka_unit_test(an_id_is_the_upper_48_bits_of_the_key),
		cmocka_unit_test(siblings_have_keys_of_their_own),
		cmocka_unit_test(every_field_of_the_content_is_in_the_digest),
		cmocka_unit_test(different_articles_with_one_identity_are_numbered),
		cmocka_unit_test(a_number_that_is_given_is_kept),
		cmocka_unit_test(many_articles_are_numbered_quickly_and_rightly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
