/* What is found in real pages, measured as a person would: scripts/extraction. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static void real_pages_give_their_title_day_and_text(void **state)
{
	const char *pages = shared_path("html");
	const char *argv[] = { "sh", test_path("scripts/extraction"), NULL, NULL };
	struct run r;

	(void)state;
	if (!pages)
		skip();
	argv[2] = pages;
	r = run_program(argv, NULL, 0);
	if (r.status != 0)
		fail_msg("exit %d\n%s%s", r.status, r.out, r.err);
	assert_holds(r.out, "news        27 pages: ", "news");
	assert_holds(r.out, "readability 43 pages: ", "readability");
	run_free(&r);
}

/* The floors must hold something: nothing found is not enough. */
static void pages_without_what_is_known_of_them_do_not_pass(void **state)
{
	struct run r = shell(
		"set -e; dir=$(mktemp -d); mkdir -p $dir/news $dir/readability/a\n"
		"echo '<!doctype html><title>Other</title><p>Other words, and more of "
		"them than one.' | tee $dir/readability/a/source.html | gzip "
		">$dir/news/X_1.html.gz\n"
		"echo '{\"V1\":{\"title\":\"A\",\"publishing_date\":\"2026-05-08\","
		"\"body\":{\"summary\":[],\"sections\":[{\"headline\":[],"
		"\"paragraphs\":[\"Other words.\"]}]}}}' >$dir/news/X.json\n"
		"echo '<p>Other words, and more of them than one.' "
		">$dir/readability/a/expected.html\n"
		"echo '{\"title\":\"Other\"}' "
		">$dir/readability/a/expected-metadata.json\n"
		"\"$PANELDEX_ROOT\"/scripts/extraction $dir || status=$?\n"
		"rm -r $dir; exit $status\n");

	(void)state;
	assert_status(&r, 1, "extraction");
	assert_holds(r.out, "news        X                            no    no    0.4",
		     "the row of a page");
	assert_holds(
		r.out,
		"readability a                            same  -     1.000      8",
		"the row of a page");
	assert_holds(r.out, "NOT REACHED", "the floors");
	run_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_pages_give_their_title_day_and_text),
		cmocka_unit_test(pages_without_what_is_known_of_them_do_not_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
