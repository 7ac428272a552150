/*
 * References: what stands in them, whole sentences, and that no text of an article gets
 * out of its place in any format.
 */
#include "program.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW " --now 2026-11-23"

/* A field's value may hold balanced braces; returns what is behind it. */
static const char *skip_braces(const char *s, const char *what)
{
	int depth = 0;

	do {
		if (*s == '{')
			depth++;
		else if (*s == '}')
			depth--;
		else if (!*s || *s == '\n')
			fail_msg("braces do not close: %s", what);
		s++;
	} while (depth > 0);
	return s;
}

/* One entry of BibTeX and nothing else: each line a field, nothing bare that TeX obeys.
 */
static void check_bibtex(const char *text)
{
	const char *s = text, *end;

	assert_int_equal(strncmp(s, "@misc{paneldex-", 15), 0);
	s += 15 + strspn(s + 15, "0123456789abcdef");
	while (strncmp(s, ",\n  ", 4) == 0) {
		bool verbatim = strncmp(s + 4, "url = ", 6) == 0;

		s += 4 + strspn(s + 4, "abcdefghijklmnopqrstuvwxyz");
		assert_int_equal(strncmp(s, " = ", 3), 0);
		s += 3;
		end = *s == '{' ? skip_braces(s, text) : s + 3;
		for (; s < end; s++) {
			if (!verbatim && strchr("$&%#_", *s) && s[-1] != '\\')
				fail_msg("bare %c: %s", *s, text);
			if (strchr("~^\"<>", *s))
				fail_msg("bare %c: %s", *s, text);
		}
	}
	assert_string_equal(s, "\n}\n");
}

static void references_are_the_same_key_in_any_format(void **state)
{
	struct run r = run_expect("cite 0d86 -f bibtex" NOW " drift", 0);
	json_t *csl = document("cite 0d86 -f csl" NOW " drift", 0), *one;

	(void)state;
	check_bibtex(r.out);
	assert_holds(r.out, "@misc{paneldex-0d86c2844ca2,", "the key");
	one = json_array_get(csl, 0);
	assert_int_equal(json_array_size(csl), 1);
	assert_string_equal(string(one, "id"), "paneldex-0d86c2844ca2");
	assert_keys(one, "id type title author issued accessed note", "csl");
	json_decref(csl);
	run_free(&r);
}

static void the_whole_sentence_that_matched_is_quoted_with_whose_it_is(void **state)
{
	struct run r = run_expect("cite 0d86 -f csl" NOW " drift", 0);

	(void)state;
	assert_holds(r.out,
		     "The Skeptic (Reality Check): \xE2\x80\x9COpen weights on the day "
		     "of the deal say little about the day after; the drift from open "
		     "to partly open took other teams about a year.\xE2\x80\x9D",
		     "the quotation");
	run_free(&r);
}

static void without_a_match_in_its_text_the_summary_begins(void **state)
{
	static const char *const lines[] = { "cite 0d86" NOW,
					     "cite 0d86" NOW " company:tern",
					     "cite 0d86" NOW " title:harbour" };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct run r = run_expect(lines[i], 0);

		assert_holds(r.out,
			     "> Tern Labs has bought Harbour, a team of nine that "
			     "trains vision encoders small enough for a phone.\n",
			     lines[i]);
		run_free(&r);
	}
}

/* An article whose every part would get out of its place. */
static void nothing_gets_out_of_its_place(void **state)
{
	static const char article[] =
		"{\"title\":\"}, note = {x} \\\\end{a} $&%#_^~ \\\"<b>\",\"date\":"
		"\"2026-05-04\",\"companies\":[\"{A and B\",\"C}\"],\"url\":"
		"\"https://x.example/a_b#c?d={e}&f=%20\",\"summary\":\"Zebras } "
		"@misc{x, \\\\input{y} \\u202e\\u001b[31m [a](b) `c`.\"}";
	static const char *const formats[] = { "md", "bibtex", "csl" };
	const char *add[] = { "paneldex", "ingest", "-q", "-", NULL };
	struct run r;
	char line[64], *id;
	json_t *csl;

	(void)state;
	use_db("hostile.db");
	r = run_program(add, article, strlen(article));
	assert_status(&r, 0, "ingest");
	run_free(&r);
	r = run_expect("search -f ids zebras", 0);
	id = r.out;
	id[strcspn(id, "\n")] = '\0';
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct run cited;

		snprintf(line, sizeof(line), "cite %s -f %s zebras", id, formats[i]);
		cited = run_expect(line, 0);
		assert_null(strchr(cited.out, '\x1b'));
		assert_null(strstr(cited.out, "\xE2\x80\xAE"));
		if (i == 0)
			assert_holds(cited.out, "\\[a\\](b) \\`c\\`", line);
		if (i == 1)
			check_bibtex(cited.out);
		run_free(&cited);
	}
	csl = document(line, 0);
	assert_string_equal(string(json_array_get(csl, 0), "title"),
			    "}, note = {x} \\end{a} $&%#_^~ \"<b>");
	json_decref(csl);
	run_free(&r);
	use_db(MAIN_DB);
}

static void faults_are_said(void **state)
{
	static const struct {
		const char *line, *error;
		int status;
	} cases[] = {
		{ "cite", "which article? give its id", 2 },
		{ "cite 0d86 zebra", "the article does not match the query", 1 },
		{ "cite 0d86 -f json", "unknown value \"json\"", 2 },
		{ "show -f bibtex 0d86", "unknown value \"bibtex\"", 2 },
		{ "cite ffff", "ffff", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = run_expect(cases[i].line, cases[i].status);

		assert_holds(r.err, cases[i].error, cases[i].line);
		assert_string_equal(r.out, "");
		run_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_are_the_same_key_in_any_format),
		cmocka_unit_test(
			the_whole_sentence_that_matched_is_quoted_with_whose_it_is),
		cmocka_unit_test(without_a_match_in_its_text_the_summary_begins),
		cmocka_unit_test(nothing_gets_out_of_its_place),
		cmocka_unit_test(faults_are_said),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
