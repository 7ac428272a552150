/*
 * What make install puts where: the sample program is built against it by pkg-config
 * alone, as C and as C++, and make uninstall leaves nothing.
 */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char prefix[512], profile[64];

/* Run ${script} with $P, where things are installed, and $OUT, to write into. */
static struct run at_prefix(const char *script)
{
	set("P", prefix);
	set("OUT", test_tmpdir());
	set("PKG_CONFIG_PATH", in_tmpdir("usr/lib/pkgconfig"));
	set("LD_LIBRARY_PATH", in_tmpdir("usr/lib"));
	return shell(script);
}

static void expect(const char *script, const char *want)
{
	struct run r = at_prefix(script);

	if (r.status != 0 || (want && strcmp(r.out, want) != 0))
		fail_msg("%s\n  exit %d\n  got  %s  want %s%s", script, r.status, r.out,
			 want ? want : "(anything)\n", r.err);
	run_free(&r);
}

/* What was built is installed as it is: make may not find that flags have changed. */
static struct run make(const char *target)
{
	char flags[128], directory[512], with_profile[80], with_prefix[600];
	const char *argv[] = { "make", "-s",  "-C",         directory,   "-o", "all",
			       "-o",   flags, with_profile, with_prefix, NULL, NULL };

	snprintf(directory, sizeof(directory), "%s", test_path("."));
	snprintf(flags, sizeof(flags), "build/%s/flags", profile);
	snprintf(with_profile, sizeof(with_profile), "PROFILE=%s", profile);
	snprintf(with_prefix, sizeof(with_prefix), "PREFIX=%s", prefix);
	argv[10] = target;
	return run_program(argv, "", 0);
}

static int install(void **state)
{
	const char *program = getenv("PANELDEX_BIN"), *slash = strrchr(program, '/');
	const char *before = slash;
	struct run r;

	while (before > program && before[-1] != '/')
		before--;
	snprintf(profile, sizeof(profile), "%.*s", (int)(slash - before), before);
	snprintf(prefix, sizeof(prefix), "%s", in_tmpdir("usr"));
	make_index(state);
	r = make("install");
	assert_status(&r, 0, "make install");
	run_free(&r);
	return 0;
}

static void everything_is_where_distributions_expect_it(void **state)
{
	static const char *const files[] = {
		"bin/paneldex",
		"include/paneldex.h",
		"lib/libpaneldex.a",
		"lib/libpaneldex.so",
		"lib/pkgconfig/paneldex.pc",
		"lib/sqlite3/paneldex.so",
		"share/bash-completion/completions/paneldex",
		"share/zsh/site-functions/_paneldex",
		"share/man/man1/paneldex.1",
		"share/fish/vendor_completions.d/paneldex.fish",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char script[256];

		snprintf(script, sizeof(script), "test -s \"$P/%s\"", files[i]);
		expect(script, "");
	}
	expect("\"$P/bin/paneldex\" search -c weights", "3\n");
}

static void skip_with_sanitizers(void)
{
	if (strcmp(profile, "san") != 0)
		return;
	print_message("skipped: other programs have no sanitizers in them\n");
	skip();
}

/* The library's name is that of its interface's version. */
static void the_sample_program_is_built_and_searches(void **state)
{
	static const struct {
		const char *what, *build;
	} cases[] = {
		{ "C", "${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic -Werror find.c"
		       " $(pkg-config --cflags --libs paneldex) -o \"$OUT/find\"" },
		{ "C++", "c++ -std=c++11 -Wall -Wextra -Wpedantic -Werror -x c++ find.c"
			 " $(pkg-config --cflags --libs paneldex) -o \"$OUT/find\"" },
		{ "C, our library static",
		  "${CC:-cc} -std=c11 find.c -I\"$P/include\""
		  " \"$P/lib/libpaneldex.a\" $(pkg-config --libs"
		  " $(pkg-config --print-requires-private paneldex))"
		  " -lstemmer -lm -lpthread -o \"$OUT/find\"" },
	};

	(void)state;
	skip_with_sanitizers();
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char script[512];

		snprintf(script, sizeof(script), "cd '%s' && %s",
			 test_path("tests/sample"), cases[i].build);
		expect(script, "");
		expect("\"$OUT/find\" \"$PANELDEX_DB\" 'open weights' | cut -c1-40",
		       "1. Skua 2 Runs on a Phone and Keeps Its \n"
		       "   The Founder\n"
		       "2. Tern Labs Buys Harbour to Put Eyes on\n"
		       "   The Builder\n"
		       "   The Skeptic\n"
		       "Tern Labs: 2\n");
		expect("\"$OUT/find\" \"$PANELDEX_DB\" zebra; test $? = 1", "");
		expect("\"$OUT/find\" nowhere.db x 2>/dev/null; test $? = 2", "");
	}
	expect("readelf -d \"$P/lib/libpaneldex.so\" |"
	       " sed -n 's/.*SONAME.*\\[\\(.*\\)\\]/\\1/p'",
	       "libpaneldex.so.0\n");
}

static void uninstall_leaves_nothing(void **state)
{
	struct run r = make("uninstall");

	(void)state;
	assert_status(&r, 0, "make uninstall");
	run_free(&r);
	expect("find \"$P\" -type f -o -type l", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_where_distributions_expect_it),
		cmocka_unit_test(the_sample_program_is_built_and_searches),
		cmocka_unit_test(uninstall_leaves_nothing),
	};

	return cmocka_run_group_tests_name("installed", tests, install, NULL);
}
