/*
 * --fields and --template from outside: that the parts are those of the whole, and what
 * is refused.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define P "\"$PANELDEX_BIN\" "

/* Both have to print the same, which is something. */
static void assert_same(const char *one, const char *other)
{
	struct run a = shell(one), b = shell(other);

	assert_status(&a, 0, one);
	assert_status(&b, 0, other);
	if (strcmp(a.out, b.out) != 0 || !a.outlen)
		fail_msg("%s\n%s%s\n%s", one, a.out, other, b.out);
	run_free(&a);
	run_free(&b);
}

/* jq knows nothing of us. */
static void the_parts_are_those_of_the_whole(void **state)
{
	static const char *const cases[][2] = {
		{ P "search -f json --fields takes.persona,id,score weights | "
		  "jq -c .hits[]",
		  P "search -f json weights | jq -c '.hits[]|"
		  "{takes:[.takes[]|{persona}],id,score}'" },
		{ P "search -f jsonl --fields highlights.text,title weights | jq -c .",
		  P "search -f jsonl weights | jq -c '{highlights:"
		  "[.highlights[]|{text}],title}'" },
		{ P "search -f json --fields id weights | jq 'del(.hits, .fields)'",
		  P "search -f json weights | jq 'del(.hits)'" },
		{ P "search -f jsonl --group-by company --fields group.value,cluster",
		  P "search -f jsonl --group-by company | "
		  "jq -c '{group:{value:.group.value},cluster}'" },
		{ P "similar 0d86 -f jsonl --fields mentions,rank",
		  P "similar 0d86 -f jsonl | jq -c '{mentions,rank}'" },
		{ P "export --fields takes.text,ref,body",
		  P "export | jq -c '{takes:[.takes[]|{text}],ref,body}'" },
		{ P "show -f json 0d86 --fields added,provenance.title",
		  P "show -f json 0d86 | "
		  "jq -c '{added,provenance:{title:.provenance.title}}'" },
		{ P "bookmark list -f json --fields note,id | jq -c .bookmarks[]",
		  P "bookmark list -f json | jq -c '.bookmarks[]|{note,id}'" },
		{ P "bookmark list -f jsonl --fields note,id",
		  P "bookmark list -f jsonl | jq -c '{note,id}'" },
		{ P "saved list -f jsonl --fields query",
		  P "saved list -f jsonl | jq -c '{query}'" },
		{ P "saved run w -f jsonl --fields date",
		  P "search weights -f jsonl | jq -c '{date}'" },
		{ "echo weights | " P "search --batch - --fields id | jq -c .hits[]",
		  P "search weights -f json | jq -c '.hits[]|{id}'" },
		{ P "search --template '{id}\\t{date}\\t{rank}' weights",
		  P "search -f jsonl weights | jq -r '[.id,.date,.rank]|@tsv'" },
		{ P "export --template '{{{ref}}}\\\\{takes.persona}'",
		  P "export | jq -r '\"{\" + .ref + \"}\\\\\" + "
		  "([.takes[].persona]|join(\"; \"))'" },
		{ P "bookmark list --template '{note}'", "echo for the board" },
		{ P "saved run w --template '{id}\\n{id}' | uniq",
		  P "search weights -f ids" },
		{ P "show 0d86 eb81 --template '{id}'",
		  P "show 0d86 eb81 -f jsonl | jq -r .id" },
		{ P "search -f tsv --fields id,companies,rank | tail -n +2",
		  P "search -f jsonl | jq -r "
		  "'[.id,(.companies|join(\"; \")),.rank]|@tsv'" },
		{ P "search -f csv --fields rank,id,takes.n weights | tr -d '\\r' | "
		  "head -n 1",
		  "echo rank,id,takes.n" },
		{ P "show -f csv 0d86 eb81 --fields id | tr -d '\\r'",
		  "echo id; " P "show -f jsonl 0d86 eb81 | jq -r .id" },
		{ P "export drift -f csv --fields id | tr -d '\\r'",
		  "echo id; " P "export drift | jq -r .id" },
		{ P "search --template '{score:.2}|{score:9.3}|' weights",
		  P "search -f jsonl weights | jq -r .score | "
		  "awk '{ printf \"%.2f|%9.3f|\\n\", $1, $1 }'" },
	};
	struct run r = run_expect("saved add w weights", 0);

	(void)state;
	run_free(&r);
	r = shell(P "bookmark add 0d86 --note 'for\n\nthe board'");
	assert_status(&r, 0, "bookmark add");
	run_free(&r);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_same(cases[i][0], cases[i][1]);
}

/* Blanks after a text, U+2026 where it was cut, blanks before a number. */
static void a_field_has_as_many_columns_as_it_is_given(void **state)
{
	static const char *const cases[][2] = {
		{ "{title:10}|", "Skua 2 Ru\xE2\x80\xA6|\n" },
		{ "{title:44}|", "Skua 2 Runs on a Phone and Keeps Its Licence|\n" },
		{ "{title:46}|", "Skua 2 Runs on a Phone and Keeps Its Licence  |\n" },
		{ "{title:1}|", "\xE2\x80\xA6|\n" },
		{ "{rank:4}|", "   1|\n" },
		{ "{score:3}|", "0.461915|\n" },
		{ "{group.value:3}|", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *argv[] = { "paneldex", "search", "-n1", "--template",
				       cases[i][0], "weights", NULL };
		struct run r = run_program(argv, NULL, 0);

		if (!cases[i][1])
			assert_holds(r.err, "with --group-by alone", cases[i][0]);
		else if (r.status || strcmp(r.out, cases[i][1]) != 0)
			fail_msg("%s: got %swanted %s", cases[i][0], r.out,
				 cases[i][1]);
		run_free(&r);
	}
}

static void wide_characters_take_two_columns(void **state)
{
	static const char article[] =
		"{\"title\":\"\xE5\x8F\xB0\xE7\xA9\x8D\xE9\x9B\xBB a\","
		"\"body\":\"one\\ntwo\\tthree\\u2028four\\u001b[31m\","
		"\"takes\":[{\"persona\":\"A\",\"text\":\"x\\n\\ny\"}]}\n";
	const char *argv[] = { "paneldex", "ingest", "-q", "-", NULL };
	struct run r;

	(void)state;
	use_db("wide.db");
	r = run_program(argv, article, strlen(article));
	assert_status(&r, 0, "ingest");
	run_free(&r);
	r = shell(P "search --template '{title:6}|{title:7}|{title:9}|'");
	assert_string_equal(r.out, "\xE5\x8F\xB0\xE7\xA9\x8D\xE2\x80\xA6 |"
				   "\xE5\x8F\xB0\xE7\xA9\x8D\xE9\x9B\xBB\xE2\x80\xA6|"
				   "\xE5\x8F\xB0\xE7\xA9\x8D\xE9\x9B\xBB a |\n");
	run_free(&r);
	r = shell(P "export --template '{takes.text}|{body}' | wc -l");
	assert_int_equal(atoi(r.out), 1);
	run_free(&r);
	use_db(MAIN_DB);
}

/* The title has U+202E, which turns around what a terminal shows after it. */
static void a_terminal_obeys_nothing_in_a_template(void **state)
{
	static const char script[] = P "search --template '{title}' terminal";
	struct run r = shell(script);

	(void)state;
	assert_holds(r.out, "\xE2\x80\xAE", "a pipe");
	run_free(&r);
	r = on_terminal(P "search --template {title} terminal", 24);
	assert_holds(r.out, "What a terminal must not obey", "a terminal");
	assert_null(strstr(r.out, "\xE2\x80\xAE"));
	run_free(&r);
}

static void what_has_no_effect_is_refused(void **state)
{
	static const char *const cases[][2] = {
		{ "search --fields id", "--fields has no effect on format text; it is "
					"for: json, jsonl, csv, tsv, md" },
		{ "search --fields id -f html", "no effect on format html" },
		{ "search --fields id -f ids", "no effect on format ids" },
		{ "search --fields id -f atom", "no effect on format atom" },
		{ "search --fields id -f jsonfeed", "no effect on format jsonfeed" },
		{ "export --fields id -f json", "cannot be ingested again" },
		{ "search --fields id -f json -c", "no effect beside --count" },
		{ "search --fields id -f json --snippets 1",
		  "--snippets has no effect without the field" },
		{ "search --fields explain -f json", "with --explain alone" },
		{ "show --fields id -f csv --provenance 0d86",
		  "--provenance has no effect beside --fields" },
		{ "bookmark add 0d86 -f json --fields id",
		  "--fields has an effect on list alone" },
		{ "saved remove w -f json --fields name",
		  "--fields has an effect on run, list alone" },
		{ "saved list -f csv --fields id", "unknown field \"id\"" },
		{ "search --template x --fields id", "--fields has no effect beside" },
		{ "search --template x -f csv", "--format csv has no effect" },
		{ "search --template x --facet company", "--facet has no effect" },
		{ "search --template x --width 40", "--width has no effect" },
		{ "search --template x --explain", "--explain has no effect" },
		{ "search --template x --count", "no effect beside --count" },
		{ "search --template x --batch -", "--batch has no effect beside" },
		{ "search --template {id", "column 1: \"{\" has no \"}\"" },
		{ "stats --fields id", "not for this command" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct run r = run_expect(cases[i][0], 2);

		assert_holds(r.err, cases[i][1], cases[i][0]);
		assert_string_equal(r.out, "");
		run_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_parts_are_those_of_the_whole),
		cmocka_unit_test(a_field_has_as_many_columns_as_it_is_given),
		cmocka_unit_test(wide_characters_take_two_columns),
		cmocka_unit_test(a_terminal_obeys_nothing_in_a_template),
		cmocka_unit_test(what_has_no_effect_is_refused),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
