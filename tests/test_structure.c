/*
 * scripts/check-structure: that it passes on this tree, and that each of its rules can
 * fail, tried on a small tree with one fault.
 */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_BYTES 4096

/* ${text} at ${path} below the directory ${root}, with the directories above it. */
static void write_file(const char *root, const char *path, const char *text)
{
	char full[PATH_BYTES];
	FILE *f;

	snprintf(full, sizeof(full), "%s/%s", root, path);
	for (char *slash = full + strlen(root); (slash = strchr(slash + 1, '/'));) {
		*slash = '\0';
		mkdir(full, 0777);
		*slash = '/';
	}
	f = fopen(full, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
}

/* A fresh tree that keeps all rules. */
static const char *sound_tree(void)
{
	static char root[PATH_BYTES];
	static int number;

	snprintf(root, sizeof(root), "%s/tree%d", test_tmpdir(), number++);
	mkdir(root, 0777);
	write_file(root, "Makefile", "all:\n");
	write_file(root, "build/x/junk.h", "#include \"none\"\n");
	write_file(root, ".editorconfig", "");
	write_file(root, "include/paneldex.h", "int pdx_x(void);\n");
	write_file(root, "src/base/a.h", "#include <stddef.h>\nsize_t a(void);\n");
	write_file(root, "src/base/a.c",
		   "#include \"base/a.h\"\n"
		   "/* printf(), exit() and sqlite3: in a comment\n"
		   "   SELECT \"\\033[0m\" */ // isatty()\n"
		   "#include \"paneldex.h\"\n"
		   "const char *const no_calls = \"printf( exit( isatty sqlite3 '\";\n"
		   "void buf_printf(int c); void f(struct f *f) { f->exit(1); '\"'; }\n"
		   "const char *const select = \"please select \\x1e from \\\" "
		   "these\";\n");
	write_file(root, "src/render/schema/search.json", "{}\n");
	write_file(root, "src/engine/sqlite/s.c",
		   "#include <sqlite3.h>\n#include \"ingest/identity.h\"\n"
		   "#include \"query/ast.h\"\nconst char *const s = \"SELECT 1 FROM "
		   "t\";\n");
	write_file(root, "src/cli/main.c",
		   "#include \"render/any.h\"\nint main(void) { printf(\"\\033[1m\"); "
		   "exit(isatty(1)); }\n");
	return root;
}

static struct run check(const char *root, const char *library)
{
	const char *argv[] = { test_path("scripts/check-structure"), root, library,
			       NULL };

	return run_program(argv, "", 0);
}

static void this_tree_keeps_its_rules(void **state)
{
	const char *program = getenv("PANELDEX_BIN");
	char library[PATH_BYTES];
	struct run r;

	(void)state;
	assert_non_null(program);
	snprintf(library, sizeof(library), "%.*s/libpaneldex.so",
		 (int)(strrchr(program, '/') - program), program);
	r = check(test_path("."), library);
	if (r.status != 0)
		print_error("%s%s", r.out, r.err);
	assert_int_equal(r.status, 0);
	run_free(&r);
}

static void a_sound_tree_has_no_faults(void **state)
{
	struct run r = check(sound_tree(), NULL);

	(void)state;
	assert_string_equal(r.out, "");
	assert_string_equal(r.err, "");
	assert_int_equal(r.status, 0);
	run_free(&r);
}

static void each_fault_is_found_with_its_place(void **state)
{
	static const struct {
		const char *path, *text, *want;
	} cases[] = {
		{ "notes.txt", "x\n", "notes.txt: has no place at the top" },
		{ "src/util/u.c", "int u;\n", "src/util: is not a module" },
		{ "src/render/search.json", "{}\n",
		  "src/render/search.json: has no place in the source" },
		{ "src/render/schema/old/search.json", "{}\n",
		  "src/render/schema/old/search.json: has no place" },
		{ "src/render/schema/README.md", "x\n",
		  "src/render/schema/README.md: has no place" },
		/* each module's includes */
		{ "src/base/b.c", "\n#include \"text/analyze.h\"\n",
		  "src/base/b.c:2: src/base may not include \"text/analyze.h\"" },
		{ "src/text/t.c", "#include \"query/ast.h\"\n",
		  "src/text/t.c:1: src/text may not include \"query/ast.h\"" },
		{ "src/query/q.c", "#include \"engine/engine.h\"\n",
		  "src/query/q.c:1: src/query may not include" },
		{ "src/rank/r.c", "#include \"query/ast.h\"\n",
		  "src/rank/r.c:1: src/rank may not include" },
		{ "src/ingest/i.c", "#include \"engine/engine.h\"\n",
		  "src/ingest/i.c:1: src/ingest may not include" },
		{ "src/engine/e.c", "#include \"ingest/reader.h\"\n",
		  "src/engine/e.c:1: src/engine may not include \"ingest/reader.h\"" },
		{ "src/report/r.c", "#include \"render/term.h\"\n",
		  "src/report/r.c:1: src/report may not include" },
		{ "src/render/r.c", "#include \"engine/engine.h\"\n",
		  "src/render/r.c:1: src/render may not include" },
		{ "src/base/b.c", "#include \"../text/analyze.h\"\n",
		  "src/base/b.c:1: src/base may not include \"../text/analyze.h\"" },
		{ "src/base/b.c", "#include \"local.h\"\n",
		  "src/base/b.c:1: src/base may not include \"local.h\"" },
		{ "include/paneldex.h", "#include \"base/a.h\"\n",
		  "include/paneldex.h:1: include may not include \"base/a.h\"" },
		/* outside things, each in its one place */
		{ "src/engine/e.c", "#include <sqlite3.h>\n",
		  "src/engine/e.c:1: SQLite may be used in src/engine/sqlite only" },
		{ "src/cli/c.c", "/* one\n*/ int c = sqlite3_open(0);\n",
		  "src/cli/c.c:2: SQLite may be used in src/engine/sqlite only" },
		{ "src/query/q.c", "const char *q = \"SELECT x FROM y\";\n",
		  "src/query/q.c:1: SQL may stand in src/engine/sqlite only" },
		{ "src/text/t.c", "const char *t =\n\t\"using fts5\";\n",
		  "src/text/t.c:2: SQL may stand in src/engine/sqlite only" },
		{ "src/cli/c.c", "#include <curl/curl.h>\n",
		  "src/cli/c.c:1: HTTP may be used in src/engine/opensearch only" },
		{ "src/engine/sqlite/h.c", "int h = curl_easy_init();\n",
		  "src/engine/sqlite/h.c:1: HTTP may be used" },
		{ "src/report/r.c", "int r = isatty(1);\n",
		  "src/report/r.c:1: the terminal is known to" },
		{ "src/text/t.c", "const char *t = \"a\\\"\\x1b[1m\";\n",
		  "src/text/t.c:1: the terminal is known to" },
		{ "src/text/t.c", "const char *t = \"\\033[1m\";\n",
		  "src/text/t.c:1: the terminal is known to" },
		/* what a library does not do */
		{ "src/base/b.c", "void b(void) { printf (\"x\"); }\n",
		  "src/base/b.c:1: the library never prints" },
		{ "src/ingest/i.c", "int i = '\"'; /* \" */ int j = f(stderr);\n",
		  "src/ingest/i.c:1: the library never prints" },
		{ "src/rank/r.c", "void b(void) { fputs(\"x\", 0); }\n",
		  "src/rank/r.c:1: the library never prints" },
		{ "src/engine/e.c", "void e(void) { if (1) exit(1); }\n",
		  "src/engine/e.c:1: the library never exits" },
		{ "src/base/b.c", "void b(void) { abort(); }\n",
		  "src/base/b.c:1: the library never exits" },
		/* headers */
		{ "src/base/b.h", "size_t b(void);\n", "src/base/b.h:1:" },
		{ "src/base/b.h", "int b();\nint c(struct x *y);\n",
		  "src/base/b.h:1: does not compile alone" },
		{ "include/paneldex.h", "int *pdx_class(int class);\n",
		  "include/paneldex.h:1: does not compile as C++" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *root = sound_tree();
		struct run r;

		write_file(root, cases[i].path, cases[i].text);
		r = check(root, NULL);
		if (r.status != 1 || !strstr(r.out, cases[i].want)) {
			print_error("in %s: %swanted: %s\nstatus %d, got: %s%s\n",
				    cases[i].path, cases[i].text, cases[i].want,
				    r.status, r.out, r.err);
			fail();
		}
		run_free(&r);
	}
}

/* Make the shared library ${name} of ${code}; ${path} is where it is. */
static void build_library(char path[PATH_BYTES], const char *name, const char *code)
{
	const char *cc = getenv("CC");
	char source[PATH_BYTES];
	const char *argv[] = { cc ? cc : "cc", "-shared", "-fPIC", "-o",
			       path,	       source,	  NULL };
	struct run r;

	snprintf(source, sizeof(source), "%s/l.c", test_tmpdir());
	snprintf(path, PATH_BYTES, "%s/%s", test_tmpdir(), name);
	write_file(test_tmpdir(), "l.c", code);
	r = run_program(argv, "", 0);
	assert_int_equal(r.status, 0);
	run_free(&r);
}

static void a_library_may_export_only_pdx_names(void **state)
{
	static const struct {
		const char *code, *want;
	} cases[] = {
		{ "int pdx_x(void); int pdx_x(void) { return 1; }\n", "" },
		{ "int pdx_x = 1, helper = 2;\n", "l.so: exports helper, which does" },
		{ "static int x; int *pdx(void); int *pdx(void) { return &x; }\n",
		  "l.so: exports pdx, which does not begin with pdx_" },
		{ "static int x;\n", "l.so: exports nothing of paneldex.h" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char library[PATH_BYTES];
		struct run r;

		build_library(library, "l.so", cases[i].code);
		r = check(sound_tree(), library);
		assert_non_null(strstr(r.out, cases[i].want));
		assert_int_equal(r.status, cases[i].want[0] != '\0');
		run_free(&r);
	}
}

static void the_extension_exports_its_entry_point_alone(void **state)
{
	static const struct {
		const char *code, *want;
	} cases[] = {
		{ "int sqlite3_paneldex_init(void);\n"
		  "int sqlite3_paneldex_init(void) { return 1; }\n",
		  "" },
		{ "int sqlite3_paneldex_init, pdx_open;\n",
		  "paneldex.so: exports pdx_open, which is no entry point" },
		{ "static int x;\n", "paneldex.so: has no entry point" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char library[PATH_BYTES], extension[PATH_BYTES];
		struct run r;

		build_library(library, "l.so", "int pdx_x;\n");
		build_library(extension, "paneldex.so", cases[i].code);
		r = check(sound_tree(), library);
		assert_non_null(strstr(r.out, cases[i].want));
		assert_int_equal(r.status, cases[i].want[0] != '\0');
		run_free(&r);
		assert_int_equal(unlink(extension), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_tree_keeps_its_rules),
		cmocka_unit_test(a_sound_tree_has_no_faults),
		cmocka_unit_test(each_fault_is_found_with_its_place),
		cmocka_unit_test(a_library_may_export_only_pdx_names),
		cmocka_unit_test(the_extension_exports_its_entry_point_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
