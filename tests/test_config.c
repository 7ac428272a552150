/*
 * The user's file: what it decides, what decides before it, and what is said of a line
 * that cannot be meant.
 */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void write_config(const char *text)
{
	FILE *f;

	mkdir(in_tmpdir("config"), 0700);
	mkdir(in_tmpdir("config/paneldex"), 0700);
	f = fopen(in_tmpdir("config/paneldex/config"), "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	set("XDG_CONFIG_HOME", in_tmpdir("config"));
}

static int no_config(void **state)
{
	(void)state;
	set("XDG_CONFIG_HOME", in_tmpdir("nowhere"));
	use_db(MAIN_DB);
	return 0;
}

/* Who says what ${key} is, and what: "VALUE from FROM"; static. */
static const char *setting(const char *line, const char *key)
{
	static char found[1024];
	json_t *doc = document(line, 0), *s;
	size_t i;

	found[0] = '\0';
	json_array_foreach(json_object_get(doc, "settings"), i, s)
	{
		if (strcmp(string(s, "key"), key) == 0)
			snprintf(found, sizeof(found), "%s from %s", string(s, "value"),
				 string(s, "from"));
	}
	json_decref(doc);
	return found;
}

static void assert_setting(const char *line, const char *key, const char *want)
{
	char whole[1024];

	/* % stands for the file. */
	snprintf(whole, sizeof(whole), "%.*s%s%s", (int)strcspn(want, "%"), want,
		 strchr(want, '%') ? in_tmpdir("config/paneldex/config") : "",
		 strchr(want, '%') ? strchr(want, '%') + 1 : "");
	if (strcmp(setting(line, key), whole) != 0)
		fail_msg("%s: %s is \"%s\", not \"%s\"", line, key, setting(line, key),
			 whole);
}

static void the_index_is_named_by_option_environment_file_or_default(void **state)
{
	char line[600], want[600];
	json_t *doc;

	(void)state;
	write_config("[index]\n; which\ndb = ~/else.db\n");
	set("PANELDEX_DB", NULL);
	set("HOME", "/home/none");
	assert_setting("config -f json", "index.db", "/home/none/else.db from %:3");
	set("PANELDEX_DB", "env.db");
	assert_setting("config -f json", "index.db", "env.db from PANELDEX_DB");
	assert_setting("config -f json -d x.db", "index.db", "x.db from --db");

	snprintf(line, sizeof(line), "[index]\ndb = %s\n", in_tmpdir(MAIN_DB));
	write_config(line);
	set("PANELDEX_DB", NULL);
	doc = document("stats -f json", 0);
	assert_int_equal(integer(doc, "articles"), ARTICLES);
	json_decref(doc);
	set("XDG_CONFIG_HOME", in_tmpdir("nowhere"));
	set("XDG_DATA_HOME", NULL);
	snprintf(want, sizeof(want), "%s from default",
		 "/home/none/.local/share/paneldex/paneldex.db");
	assert_setting("config -f json", "index.db", want);
}

static void the_output_is_as_the_file_says_unless_an_option_does(void **state)
{
	struct run r;

	(void)state;
	write_config(
		"[output]\nformat = ids\nformat = csv\ncolor = always\nwidth=40\n");
	assert_setting("config -f json", "output.format", "csv from %:3");
	r = run_expect("search -c weights", 0);
	assert_string_equal(r.out, "total\r\n3\r\n");
	run_free(&r);
	r = run_expect("search -f text -n 1 weights", 0);
	assert_holds(r.out, "\033[1;31m", "colours of the file");
	run_free(&r);
	r = run_expect("search -f text --color never -n 1 weights", 0);
	assert_null(strchr(r.out, '\033'));
	run_free(&r);
	/* A wish for colours in the file is none to have text. */
	r = run_expect("search -f json -n 1 weights", 0);
	run_free(&r);
}

static void the_pager_is_that_of_paneldex_the_file_or_the_system(void **state)
{
	struct run r;

	(void)state;
	set("PAGER", NULL);
	set("PANELDEX_PAGER", NULL);
	write_config("[output]\ncolor = never\n");
	assert_setting("config -f json", "output.pager", "less from default");
	set("PAGER", "more -d");
	assert_setting("config -f json", "output.pager", "more -d from PAGER");
	write_config("[output]\npager = cat -n\n");
	assert_setting("config -f json", "output.pager", "cat -n from %:2");
	r = on_terminal("\"$PANELDEX_BIN\" search -n 2 weights", 8);
	assert_holds(r.out, "     1\t", "the pager of the file");
	run_free(&r);
	set("PANELDEX_PAGER", "");
	assert_setting("config -f json", "output.pager", "none from PANELDEX_PAGER");
	r = on_terminal("\"$PANELDEX_BIN\" search -n 2 weights", 8);
	assert_null(strstr(r.out, "     1\t"));
	run_free(&r);
	set("PANELDEX_PAGER", NULL);
	set("PAGER", NULL);
}

static void hyperlinks_are_as_the_file_says(void **state)
{
	struct run r;

	(void)state;
	set("FORCE_HYPERLINK", "1");
	write_config("[output]\nhyperlinks = never\n");
	assert_setting("config -f json", "output.hyperlinks", "never from %:2");
	r = run_expect("search -n 1 skua", 0);
	assert_null(strchr(r.out, '\033'));
	run_free(&r);
	write_config("[output]\ncolor = never\n");
	assert_setting("config -f json", "output.hyperlinks",
		       "auto from FORCE_HYPERLINK");
	set("FORCE_HYPERLINK", NULL);
	assert_setting("config -f json", "output.hyperlinks", "auto from default");
	write_config("[output]\nhyperlinks = always\n");
	r = run_expect("search -n 1 skua", 0);
	assert_holds(r.out, "\033]8;;https://", "a link");
	run_free(&r);
	r = run_expect("search -f json -n 1 skua", 0);
	assert_null(strstr(r.out, "]8;;"));
	run_free(&r);
}

/* The usual format of what is read is not one that was asked of a file. */
static void the_usual_format_is_no_wish_for_one(void **state)
{
	struct run plain, r;
	char line[600];

	(void)state;
	plain = run_expect("export skua", 0);
	write_config("[output]\nformat = json\n");
	r = run_expect("export skua", 0);
	assert_string_equal(r.out, plain.out);
	assert_string_equal(r.err, "");
	run_free(&r);
	run_free(&plain);
	r = run_expect("export -f json skua", 2);
	run_free(&r);
	snprintf(line, sizeof(line), "report skua -o %s", in_tmpdir("skua.md"));
	r = run_expect(line, 0);
	run_free(&r);
	r = run_expect("report skua", 0);
	assert_int_equal(r.out[0], '{');
	run_free(&r);
}

static void styles_are_words_of_the_file(void **state)
{
	struct run r;

	(void)state;
	write_config("[output]\ncolor = always\n[colors]\nmatch = underline, "
		     "bright-blue\ntitle = 208\ndate = none\n");
	r = run_expect("search -n 1 weights", 0);
	assert_holds(r.out, "\033[0;4;94mweights", "match");
	assert_holds(r.out, "\033[0;38;5;208mSkua", "title");
	assert_holds(r.out, "\033[0;0m2026-05-20", "date");
	run_free(&r);
	assert_setting("config -f json", "colors.voice", "magenta from default");
	assert_setting("config -f json", "colors.title", "208 from %:5");
}

static void an_alias_of_the_file_finds_the_company(void **state)
{
	static const struct {
		const char *line, *want;
	} cases[] = {
		{ "search -c company:tl", "3\n" },
		{ "search -c --company TL", "3\n" },
		{ "search -c company:tl,quern", "5\n" },
		{ "search -c mentions:tl", NULL },
		{ "search -c company:\"T.L.\"", "3\n" },
		{ "search -c --strict -- -company:tl", "3\n" },
	};
	json_t *doc;

	(void)state;
	write_config("[aliases]\nTL = Tern Labs\nNobody = No Company\n");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = run_expect(cases[i].line, 0);

		if (cases[i].want && strcmp(r.out, cases[i].want) != 0)
			fail_msg("%s: %s", cases[i].line, r.out);
		assert_string_equal(r.err, "");
		run_free(&r);
	}
	doc = document("search -f json -n 0 company:tl,tern-labs", 0);
	assert_string_equal(string(json_object_get(doc, "query"), "parsed"),
			    "company:tl,tern-labs");
	assert_int_equal(json_array_size(json_object_get(doc, "warnings")), 0);
	json_decref(doc);
	doc = document("search -f json company:nobody", 1);
	assert_true(json_array_size(json_object_get(doc, "warnings")) > 0);
	json_decref(doc);
}

static void profiles_are_shown_with_their_lines(void **state)
{
	(void)state;
	write_config("[profile mine]\ntitle = 9\n\n[profile default]\nk1 = 2\n");
	assert_setting("config -f json", "profile mine.title", "9 from %:2");
	assert_setting("config -f json", "profile default.k1", "2 from %:5");
	assert_setting("config -f json", "profile flat.title", "1 from default");
}

static void what_cannot_be_meant_is_named_with_its_line(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "[colours]\nmatch = red\n", ":2: unknown section [colours]" },
		{ "[output]\nformt = json\n",
		  ":2: unknown key \"formt\" in [output]; did you mean \"format\"?" },
		{ "[output]\n\nformat = jsn\n",
		  ":3: format: unknown value \"jsn\"; did you mean \"json\"?" },
		{ "[output]\nwidth = 3\n", ":2: width: 3 is too small" },
		{ "[colors]\nmatch = bold rd\n", ":2: no colour or style: \"rd\"" },
		{ "[colors]\nmatch = 256\n", ":2: no colour or style: \"256\"" },
		{ "[colors]\nmatch = 200 201 202\n",
		  ":2: no colour or style: \"202\"" },
		{ "[colors]\nmtch = red\n", ":2: unknown key \"mtch\"" },
		{ "[aliases]\nHF =\n", ":2: the name of a company is empty" },
		{ "[index]\ndb =\n", ":2: the value is empty" },
		{ "db = x\n", ":1: \"db\" stands in no section" },
		{ "[index]\nnonsense\n", ":2: expected [section] or key = value" },
		{ "[profile mine]\nk1 = 0\n", ":2: k1 is a number over 0, not \"0\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r;

		write_config(cases[i].text);
		r = run_expect("search weights", 2);
		if (!strstr(r.err, cases[i].want) ||
		    !strstr(r.err, in_tmpdir("config/paneldex/config")))
			fail_msg("%s\nsaid: %s\nwanted: %s", cases[i].text, r.err,
				 cases[i].want);
		assert_string_equal(r.out, "");
		run_free(&r);
		/* Help and completion are there all the same. */
		r = run_expect("search --help", 0);
		run_free(&r);
		r = run_expect("completion bash", 0);
		run_free(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
			the_index_is_named_by_option_environment_file_or_default,
			no_config),
		cmocka_unit_test_setup(
			the_output_is_as_the_file_says_unless_an_option_does,
			no_config),
		cmocka_unit_test_setup(
			the_pager_is_that_of_paneldex_the_file_or_the_system,
			no_config),
		cmocka_unit_test_setup(hyperlinks_are_as_the_file_says, no_config),
		cmocka_unit_test_setup(the_usual_format_is_no_wish_for_one, no_config),
		cmocka_unit_test_setup(styles_are_words_of_the_file, no_config),
		cmocka_unit_test_setup(an_alias_of_the_file_finds_the_company,
				       no_config),
		cmocka_unit_test_setup(profiles_are_shown_with_their_lines, no_config),
		cmocka_unit_test_setup(what_cannot_be_meant_is_named_with_its_line,
				       no_config),
	};

	return cmocka_run_group_tests_name("config", tests, make_index, NULL);
}
