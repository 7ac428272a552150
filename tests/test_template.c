/* Templates of reports: what is understood, and what is said of the rest. */
#include "harness.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "report/template.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* As one would write it with every option. */
static void put_section(struct buf *out, const struct section_wish *s)
{
	bool top = s->kind != SECTION_FIGURES;

	buf_printf(out, "%s%s", out->len ? "," : "", template_name(s->kind));
	for (size_t i = 0; i < s->nfields; i++)
		buf_printf(out, "%s%s",
			   i ? "," : " by=", field_get(s->fields[i])->name);
	if (s->kind == SECTION_TREND)
		buf_printf(out, " interval=%s", field_get(s->interval)->name);
	if (top)
		buf_printf(out, " top=%zu", s->top);
	if (s->kind == SECTION_HITS)
		buf_printf(out, " snippets=%zu", s->snippets);
}

static void put_result(struct buf *out, const struct template *t, int rc,
		       const struct pdx_err *err)
{
	if (rc) {
		assert_int_equal(rc, PDX_E_USAGE);
		buf_printf(out, "%zu+%zu: %s", err->column, err->len, err->message);
		return;
	}
	for (size_t i = 0; i < t->n; i++)
		put_section(out, &t->sections[i]);
}

static void a_line_is_a_section_with_its_options(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "template.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct template t = { .n = 0 };
		struct pdx_err err;
		struct buf got;

		buf_init(&got, 0);
		put_result(&got, &t, template_add_line(&t, rows[i].in, &err), &err);
		check_case(&rows[i], buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

static void a_list_is_of_names(void **state)
{
	static const struct {
		const char *list, *want;
	} cases[] = {
		{ "figures", "figures" },
		{ "hits,figures,hits", "hits top=10 snippets=2,figures,"
				       "hits top=10 snippets=2" },
		{ "", "1+0: unknown section \"\"" },
		{ "figures,", "9+0: unknown section \"\"" },
		{ "figures,hit",
		  "9+3: unknown section \"hit\"; did you mean \"hits\"?" },
		{ "figures, hits",
		  "9+5: unknown section \" hits\"; did you mean \"hits\"?" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct template t = { .n = 0 };
		struct pdx_err err;
		struct buf got;

		buf_init(&got, 0);
		put_result(&got, &t, template_add_list(&t, cases[i].list, &err), &err);
		assert_string_equal(buf_str(&got), cases[i].want);
		buf_release(&got);
	}
}

static void the_default_has_every_kind_once(void **state)
{
	struct template t;

	(void)state;
	template_default(&t);
	assert_int_equal(t.n, SECTION_KINDS);
	for (size_t i = 0; i < t.n; i++)
		assert_int_equal(t.sections[i].kind, i);
	assert_null(template_name(SECTION_KINDS));
}

static void a_template_has_a_largest_size(void **state)
{
	struct template t = { .n = 0 };
	struct pdx_err err;

	(void)state;
	for (size_t i = 0; i < TEMPLATE_SECTIONS; i++)
		assert_int_equal(template_add_line(&t, "hits", &err), 0);
	assert_int_equal(template_add_line(&t, "hits", &err), PDX_E_USAGE);
	assert_string_equal(err.message, "one section too many: \"hits\"");
	assert_int_equal(t.n, TEMPLATE_SECTIONS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_a_section_with_its_options),
		cmocka_unit_test(a_list_is_of_names),
		cmocka_unit_test(the_default_has_every_kind_once),
		cmocka_unit_test(a_template_has_a_largest_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
