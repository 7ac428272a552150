/*
 * What the program does for one who typed something else than what the archive says:
 * aliases, nearest values, spellings, relaxed queries.  Works on the built program and
 * the articles of tests/cases/e2e.
 */
#include "program.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The exit status, standard output and standard error of one script. */
static struct run expect(const char *script, int status)
{
	struct run r = shell(script);

	assert_status(&r, status, script);
	return r;
}

static void expect_out(const char *script, int status, const char *out)
{
	struct run r = expect(script, status);

	if (strcmp(r.out, out) != 0)
		fail_msg("%s: printed \"%s\", not \"%s\"", script, r.out, out);
	run_free(&r);
}

static void expect_err(const char *script, int status, const char *part)
{
	struct run r = expect(script, status);

	assert_holds(r.err, part, script);
	run_free(&r);
}

#define P "\"$PANELDEX_BIN\" "

static void fresh(const char *name)
{
	struct run r;

	use_db(name);
	r = run_expect("ingest -q pages articles.jsonl", 0);
	run_free(&r);
}

static void an_alias_finds_the_company_and_the_company_its_alias(void **state)
{
	static const char *const queries[] = {
		"company:MSi", "company:m.s.i.", "company:\"Maltings Silicon\"",
		"company:maltings-silicon", "company:M\xC3\xA4ltwerk",
		"company:maltwerk", "--company msi",
	};

	(void)state;
	fresh("alias.db");
	expect_out(P "alias list", 1, "");
	expect_out(P "alias add 'Maltings Silicon' MSI M\xC3\xA4ltwerk", 0,
		   "2 added, 0 unchanged\n");
	expect_out(P "alias add 'maltings silicon' msi", 0, "0 added, 1 unchanged\n");
	expect_out(P "alias list", 0, "Maltings Silicon\tM\xC3\xA4ltwerk\tMSI\n");
	for (size_t i = 0; i < COUNT(queries); i++) {
		char script[256];

		snprintf(script, sizeof(script), P "search -c '%s'", queries[i]);
		if (*queries[i] == '-')
			snprintf(script, sizeof(script), P "search -c %s", queries[i]);
		expect_out(script, 0, "1\n");
	}
	/* Articles under both names are both found, and called as they are. */
	expect_out(P "alias add MSI Quern", 0, "1 added, 0 unchanged\n");
	expect_out(P "search -n 0 --facet company company:maltwerk -s title", 0,
		   "company\n  Quern             2\n  Maltings Silicon  1\n"
		   "  Tern Labs         1\n");
	expect_out(P "alias remove quern", 0, "1 removed\n");
	expect_out(P "search -c company:msi", 0, "1\n");
	expect_out(P "alias remove 'Maltings Silicon'", 0, "2 removed\n");
	expect_out(P "search -c company:msi", 1, "0\n");
	expect_err(P "alias remove msi", 1,
		   "paneldex: alias: \"msi\" is no alias and has none\n");
	use_db(MAIN_DB);
}

static void an_alias_may_come_before_its_company_and_outlives_ingest(void **state)
{
	struct run r;

	(void)state;
	use_db("early.db");
	r = run_expect("ingest -q articles.jsonl", 0);
	run_free(&r);
	expect_out(P "alias add 'Heather Systems' HS", 0, "1 added, 0 unchanged\n");
	expect_out(P "search -c company:hs", 1, "0\n");
	r = expect("echo '{\"title\":\"New\",\"company\":\"Heather "
		   "Systems\",\"text\":\"x\",\"date\":\"2026-01-01\"}' | " P
		   "ingest -q -",
		   0);
	run_free(&r);
	r = run_expect("ingest -q pages articles.jsonl", 0);
	run_free(&r);
	expect_out(P "search -c company:hs", 0, "1\n");
	r = run_expect("check", 0);
	run_free(&r);
	use_db(MAIN_DB);
}

static void an_alias_stands_for_one_company(void **state)
{
	(void)state;
	fresh("one.db");
	expect_out(P "alias add Quern Q", 0, "1 added, 0 unchanged\n");
	expect_err(P "alias add 'Tern Labs' TL q", 2,
		   "paneldex: alias: \"q\" is an alias of \"Quern\" already\n");
	/* Nothing of what failed is kept. */
	expect_out(P "alias list", 0, "Quern\tQ\n");
	/* A company that becomes an alias brings its own along. */
	expect_out(P "alias add 'Quern Group' Quern", 0, "1 added, 0 unchanged\n");
	expect_out(P "alias list", 0, "Quern Group\tQ\tQuern\n");
	expect_err(P "alias add Quern \"$(printf 'a\\001')\"", 2, "not a name");
	expect_err(P "alias add Quern", 2, "add wants a company and its aliases");
	expect_err(P "alias lsit", 2, "did you mean \"list\"?");
	expect_err(P "alias", 2, "add, list, remove or import");
	use_db(MAIN_DB);
}

static void aliases_are_imported_and_faults_are_named(void **state)
{
	(void)state;
	fresh("import.db");
	expect_err("printf 'Tern Labs\\tTL\\tTern\\n# no\\n\\nalone\\n\"Quern\", "
		   "\"Q, Inc\",QQ\\r\\n\\tx\\n' | " P "alias import -",
		   4, "-:4: no alias after the name; rejected\n-:6: no name; rejected\n");
	expect_out(P "alias list", 0, "Quern\tQ, Inc\tQQ\nTern Labs\tTern\tTL\n");
	expect_out(P "alias list | " P "alias import -", 0, "0 added, 4 unchanged\n");
	expect_out(P "alias list -f json", 0,
		   "{\"schema\":\"paneldex.aliases/1\",\"companies\":[{\"name\":\"Quern\","
		   "\"aliases\":[\"Q, Inc\",\"QQ\"]},{\"name\":\"Tern Labs\",\"aliases\":["
		   "\"Tern\",\"TL\"]}]}\n");
	expect_out(P "alias add Quern Z -f json", 0,
		   "{\"schema\":\"paneldex.alias_change/1\",\"added\":1,\"unchanged\":0,"
		   "\"removed\":0,\"rejected\":0}\n");
	expect_err(P "alias import /nowhere/names", 5, "/nowhere/names: No such file");
	use_db(MAIN_DB);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_alias_finds_the_company_and_the_company_its_alias),
		cmocka_unit_test(
			an_alias_may_come_before_its_company_and_outlives_ingest),
		cmocka_unit_test(an_alias_stands_for_one_company),
		cmocka_unit_test(aliases_are_imported_and_faults_are_named),
	};

	return cmocka_run_group_tests_name("suggest", tests, make_index, NULL);
}
