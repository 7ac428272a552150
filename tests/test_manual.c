/*
 * The manual: it is complete, mandoc finds nothing to say of it, and its examples run.
 */
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cli/options.h"
#include "query/fields.h"

static struct run page(void)
{
	struct run r = shell("\"$PANELDEX_BIN\" --manual <\"$PAGE\"");

	assert_status(&r, 0, "--manual");
	return r;
}

static void it_has_every_command_option_and_field(void **state)
{
	struct run r = page();
	struct run names = shell("\"$PANELDEX_BIN\" completion candidates -- 'x ' |"
				 " cut -f1");
	char line[128], *rest = names.out;
	size_t n = 0;

	(void)state;
	for (char *name; (name = strtok_r(rest, "\n", &rest)); n++) {
		snprintf(line, sizeof(line), ".Ss %s\n", name);
		assert_holds(r.out, line, name);
	}
	assert_true(n >= 9);
	run_free(&names);
	for (const struct option_row *o = option_table; o->name; o++) {
		snprintf(line, sizeof(line), "Fl Fl %s", o->name);
		assert_holds(r.out, line, o->name);
	}
	for (int id = 0; id < FIELD_COUNT; id++) {
		const struct field *f = field_get((enum field_id)id);

		snprintf(line, sizeof(line), ".It Cm %s\n", f->name);
		if (f->queryable)
			assert_holds(r.out, line, f->name);
	}
	assert_null(strstr(r.out, "\" @"));
	run_free(&r);
}

static void mandoc_has_nothing_to_say(void **state)
{
	struct run r = shell("command -v mandoc");
	int status = r.status;

	(void)state;
	run_free(&r);
	if (status) {
		print_message("skipped: no mandoc\n");
		skip();
	}
	/* Which other pages there are is the machine's. */
	r = shell("\"$PANELDEX_BIN\" --manual <\"$PAGE\" | mandoc -Tlint -W style |"
		  " sed '/referenced manual not found/d'");
	if (r.status || r.outlen)
		fail_msg("%s%s", r.out, r.err);
	run_free(&r);
}

/* Undo what mdoc needs in ${line}. */
static void put_typed(struct buf *out, const char *line)
{
	for (; *line; line++) {
		if (strncmp(line, "\\-", 2) == 0)
			line++;
		buf_putc(out, *line);
	}
}

static void the_examples_run(void **state)
{
	struct run r = page(), ran;
	char *at = strstr(r.out, ".Sh EXAMPLES"), *rest = at;
	bool literal = false;
	struct buf script;
	size_t n = 0;

	(void)state;
	assert_non_null(at);
	buf_init(&script, 0);
	buf_puts(&script, "set -e\ncd \"$OUT\"\ncp -r \"$CORPUS/captures\" .\n"
			  "paneldex() { \"$PANELDEX_BIN\" \"$@\"; }\n");
	for (char *line; (line = strtok_r(rest, "\n", &rest));) {
		if (strncmp(line, ".Ed", 3) == 0)
			literal = false;
		if (literal) {
			put_typed(&script, line);
			buf_putc(&script, '\n');
			n++;
		}
		literal = literal || strncmp(line, ".Bd -literal", 12) == 0;
	}
	assert_true(n >= 4);
	ran = shell(buf_str(&script));
	assert_status(&ran, 0, buf_str(&script));
	run_free(&ran);
	run_free(&r);
	buf_release(&script);
}

static int begin(void **state)
{
	(void)state;
	use_db("manual.db");
	set("PAGE", test_path("src/cli/paneldex.1"));
	set("CORPUS", test_path("corpus"));
	set("OUT", test_tmpdir());
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_has_every_command_option_and_field),
		cmocka_unit_test(mandoc_has_nothing_to_say),
		cmocka_unit_test(the_examples_run),
	};

	return cmocka_run_group_tests_name("manual", tests, begin, NULL);
}
