/* Markdown: front matter, text, panels, files. */
#include "harness.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "ingest/clean.h"
#include "ingest/front_matter.h"
#include "ingest/html_text.h"
#include "ingest/markdown_text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What ${text} says, as the table writes it. */
static void front_matter_text(struct buf *out, const char *text)
{
	struct front_matter f;
	char *json;

	if (front_matter_style(text, strlen(text)) == FRONT_NONE) {
		buf_puts(out, "none");
		return;
	}
	assert_true(front_matter_read(&f, text, strlen(text)));
	json = json_dumps(f.values, JSON_COMPACT | JSON_SORT_KEYS);
	assert_non_null(json);
	if (f.error[0])
		buf_printf(out, "line %zu: %s", f.line, f.error);
	else
		buf_puts(out, json);
	if (!f.error[0] && f.left.len > 0)
		buf_printf(out, " left out: %s", buf_str(&f.left));
	free(json);
	front_matter_release(&f);
}

static void front_matter_is_read_as_its_table_says(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "front_matter.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct buf got;

		buf_init(&got, 0);
		front_matter_text(&got, rows[i].in);
		check_case(&rows[i], buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

static void markdown_is_plain_text_as_its_table_says(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "markdown.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct arena arena = { .blocks = NULL };
		struct buf html, text, scratch;

		buf_init(&html, 0);
		buf_init(&text, 0);
		buf_init(&scratch, 0);
		markdown_html(&html, rows[i].in, strlen(rows[i].in));
		html_text(&text, buf_str(&html), html.len);
		check_case(&rows[i],
			   clean_block(&arena, &scratch, buf_str(&text), text.len));
		buf_release(&html);
		buf_release(&text);
		buf_release(&scratch);
		arena_release(&arena);
	}
	cases_free(rows, n);
}

/* Were an end looked for from each beginning, this would not end in any time. */
static void text_that_opens_and_never_closes_costs_no_more_than_other_text(void **state)
{
	static const char *const pieces[] = { "[",  "![", "`",   "``x`", "*",
					      "_a", "<",  "{{<", "> ",   "[a](",
					      "- ", "\\", "# ",  "```\n" };

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		struct buf text, html;

		buf_init(&text, 0);
		buf_init(&html, 0);
		while (text.len < 1 << 20)
			buf_puts(&text, pieces[i]);
		markdown_html(&html, text.data, text.len);
		assert_true(buf_ok(&html));
		buf_release(&text);
		buf_release(&html);
	}
}

static void files_of_hugo_and_jekyll_are_read(void **state)
{
	static const char *const names[] = { "yaml.md", "toml.md", "crlf.md",
					     "bold_panel.md", "2026-05-08-jekyll.md" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++)
		check_reading("markdown", names[i]);
}

static void read_text(struct reading *r, const char *name, const char *text)
{
	reading_init(r);
	reading_bytes(r, name, text, strlen(text));
}

static void broken_front_matter_is_rejected_with_its_line(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "b.md", "---\ntitle: a\n*b\n---\ntext\n");
	assert_string_equal(buf_str(&r.text),
			    "skip b.md:3 at 0, 0 bytes: a line is no \"key: value\"\n");
	reading_release(&r);
	read_text(&r, "b.md", "---\ntitle: a\ntext\n");
	assert_string_equal(buf_str(&r.text),
			    "skip b.md:1 at 0, 0 bytes: the front matter has no end\n");
	reading_release(&r);
}

static void markdown_without_front_matter_is_no_article(void **state)
{
	struct reading r;

	(void)state;
	read_text(&r, "README.md", "# A project\n\nIts description.\n");
	assert_int_equal(r.status, PDX_E_INPUT);
	assert_false(reader_is_promised("README.md"));
	reading_release(&r);
}

static void a_file_over_the_limit_is_rejected(void **state)
{
	struct reading r;
	const char *text = "---\ntitle: a\n---\nfar too long\n";

	(void)state;
	reading_init(&r);
	r.options.max_bytes = 20;
	reading_bytes(&r, "l.md", text, strlen(text));
	assert_string_equal(buf_str(&r.text),
			    "skip l.md at 0, 0 bytes: more than 20 bytes in one "
			    "article\n");
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(front_matter_is_read_as_its_table_says),
		cmocka_unit_test(markdown_is_plain_text_as_its_table_says),
		cmocka_unit_test(
			text_that_opens_and_never_closes_costs_no_more_than_other_text),
		cmocka_unit_test(files_of_hugo_and_jekyll_are_read),
		cmocka_unit_test(broken_front_matter_is_rejected_with_its_line),
		cmocka_unit_test(markdown_without_front_matter_is_no_article),
		cmocka_unit_test(a_file_over_the_limit_is_rejected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
