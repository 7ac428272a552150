/*
 * Completion of command lines: what the program offers, and what bash, zsh and fish
 * make of it.
 */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The words that are offered for ${line}, with blanks between; the caller frees them.
 */
static char *offered(const char *line)
{
	const char *argv[] = {
		"paneldex", "completion", "candidates", "--", line, NULL
	};
	struct run r = run_program(argv, "", 0);
	char *words = calloc(1, r.outlen + 1), *rest = r.out;

	assert_true(r.status == 0 || r.status == 1);
	assert_string_equal(r.err, "");
	assert_int_equal(r.status, r.outlen == 0);
	for (char *row; (row = strtok_r(rest, "\n", &rest));) {
		strcat(words, *words ? " " : "");
		strncat(words, row, strcspn(row, "\t"));
	}
	run_free(&r);
	return words;
}

static void each_place_has_its_words(void **state)
{
	static const struct {
		const char *line, *want;
	} cases[] = {
		{ "paneldex se", "search serve-mcp" },
		{ "paneldex  'sho", "show" },
		{ "paneldex search --facet co", "company" },
		{ "paneldex search --facet=co", "--facet=company" },
		{ "paneldex search -s ti", "title" },
		{ "paneldex search --group-s", "--group-size" },
		{ "paneldex search --group-size ", "" },
		{ "paneldex search --fields ti", "title" },
		{ "paneldex search --fields id,takes.per",
		  "id,takes.persona id,takes.perspective" },
		{ "paneldex search --fields=id,ra", "--fields=id,rank" },
		{ "paneldex bookmark list --fields no", "note" },
		{ "paneldex bookmark add --fields no", "" },
		{ "paneldex search --company te", "tern-labs" },
		{ "paneldex search --company=te", "--company=tern-labs" },
		{ "paneldex search open pers", "persona: perspective:" },
		{ "paneldex search company:te", "company:tern-labs" },
		{ "paneldex search \"company:te", "company:tern-labs" },
		{ "paneldex search persona:s", "persona:skeptic" },
		{ "paneldex search category:model", "category:model-release" },
		{ "paneldex search company:marl", "company:marl-co" },
		{ "paneldex search is:b", "is:bookmarked" },
		{ "paneldex search date:last", "date:last-week date:last-month" },
		{ "paneldex search url:x", "" },
		{ "paneldex search nothing:x", "" },
		{ "paneldex show 0d8", "0d86c2844ca2" },
		{ "paneldex show ", "" },
		{ "paneldex alias rem", "remove" },
		{ "paneldex alias remove x", "" },
		{ "paneldex completion f", "fish" },
		{ "paneldex unknown ", "" },
		{ "paneldex search -d nowhere.db company:", "" },
		{ "paneldex search --db=nowhere.db company:", "" },
		{ "paneldex search \\", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *got = offered(cases[i].line);

		if (strcmp(got, cases[i].want) != 0)
			fail_msg("\"%s\": got \"%s\", wanted \"%s\"", cases[i].line,
				 got, cases[i].want);
		free(got);
	}
}

static void what_is_offered_finds_what_it_stands_for(void **state)
{
	static const char *const fields[] = { "company", "category", "persona",
					      "perspective" };
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		char line[64], *words, *rest;

		snprintf(line, sizeof(line), "paneldex search %s:", fields[i]);
		rest = words = offered(line);
		for (char *word; (word = strtok_r(rest, " ", &rest)); n++) {
			char search[256];
			struct run r;

			snprintf(search, sizeof(search), "search --strict -c %s", word);
			r = run_expect(search, 0);
			run_free(&r);
		}
		free(words);
	}
	assert_true(n > 10);
}

static void a_shell_that_is_not_known_exits_with_2(void **state)
{
	static const char *const cases[] = { "completion", "completion csh",
					     "completion bash zsh",
					     "completion candidates" };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = run_expect(cases[i], 2);

		assert_string_equal(r.out, "");
		run_free(&r);
	}
}

static void need_shell(const char *name)
{
	char script[64];
	struct run r;
	int status;

	snprintf(script, sizeof(script), "command -v %s", name);
	r = shell(script);
	status = r.status;
	run_free(&r);
	if (status == 0)
		return;
	print_message("skipped: no %s\n", name);
	skip();
}

/* Run ${script} in ${name}, where "paneldex" is the program. */
static void assert_in_shell(const char *name, const char *script, const char *want)
{
	const char *argv[] = { name, "-c", script, NULL };
	char path[4096];
	char *old = strdup(getenv("PATH"));
	struct run r;

	snprintf(path, sizeof(path), "%.*s:%s",
		 (int)(strrchr(getenv("PANELDEX_BIN"), '/') - getenv("PANELDEX_BIN")),
		 getenv("PANELDEX_BIN"), old);
	set("PATH", path);
	r = run_program(argv, "", 0);
	set("PATH", old);
	free(old);
	if (r.status != 0 || strcmp(r.out, want) != 0)
		fail_msg("%s: exit %d\ngot %swanted %s%s", name, r.status, r.out, want,
			 r.err);
	run_free(&r);
}

/* Readline takes what stands behind the last colon for the word. */
static void bash_completes(void **state)
{
	(void)state;
	need_shell("bash");
	assert_in_shell(
		"bash",
		"eval \"$(paneldex completion bash)\"\n"
		"ask() { COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=();"
		" _paneldex; echo \"${COMPREPLY[@]}\"; }\n"
		"ask 'paneldex sea'\nask 'paneldex search company:te'\n"
		"ask 'paneldex search --facet=mon'\nask 'paneldex search zebra'\n"
		"COMP_WORDBREAKS=' '\nask 'paneldex search company:te'\n",
		"search\ntern-labs\nmonth\n\ncompany:tern-labs\n");
}

static void zsh_reads_its_script(void **state)
{
	(void)state;
	need_shell("zsh");
	assert_in_shell("zsh",
			"compdef() { echo \"$@\"; }\n"
			"eval \"$(paneldex completion zsh)\"\n"
			"compadd() { echo \"$@\" $plain; }\n"
			"LBUFFER='paneldex sea'\n_paneldex\n",
			"_paneldex paneldex\n-Q -a plain search\n");
}

static void fish_completes(void **state)
{
	(void)state;
	need_shell("fish");
	assert_in_shell("fish",
			"paneldex completion fish | source\n"
			"complete -C 'paneldex sea' | string split -f 1 \\t\n"
			"complete -C 'paneldex search company:te'\n",
			"search\ncompany:tern-labs\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_place_has_its_words),
		cmocka_unit_test(what_is_offered_finds_what_it_stands_for),
		cmocka_unit_test(a_shell_that_is_not_known_exits_with_2),
		cmocka_unit_test(bash_completes),
		cmocka_unit_test(zsh_reads_its_script),
		cmocka_unit_test(fish_completes),
	};

	return cmocka_run_group_tests_name("completion", tests, make_index, NULL);
}
