/* HTML as text: what it says, and that no input is too much for it. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/html_entity.h"
#include "ingest/html_text.h"

static void text_is_laid_out_as_a_reader_sees_it(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "html_text.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct buf got = { 0 };

		html_text(&got, rows[i].in, strlen(rows[i].in));
		check_case(&rows[i], buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

static void what_was_written_before_stays(void **state)
{
	static const char html[] = "<p>Text</p>";
	struct buf got = { 0 };

	(void)state;
	buf_puts(&got, "Subject \n");
	html_text(&got, html, strlen(html));
	assert_string_equal(buf_str(&got), "Subject \nText");
	buf_release(&got);
}

static void every_element_is_found_by_its_name_in_any_case(void **state)
{
	(void)state;
	for (int i = HTML_OTHER + 1; i < HTML_NAMES; i++) {
		const char *name = html_element_name((enum html_name)i);
		char upper[32];

		assert_in_range(strlen(name), 1, sizeof(upper) - 2);
		assert_int_equal(html_element(name, strlen(name)), i);
		for (size_t j = 0; j <= strlen(name); j++)
			upper[j] = (char)(name[j] >= 'a' ? name[j] - 32 : name[j]);
		assert_int_equal(html_element(upper, strlen(name)), i);
		strcat(upper, "X");
		if ((int)html_element(upper, strlen(upper)) == i)
			fail_msg("%s is taken for %s", upper, name);
	}
	assert_int_equal(html_element("", 0), HTML_OTHER);
	assert_int_equal(html_element("title\0x", 7), HTML_OTHER);
}

static void attributes_are_read_as_they_are_written(void **state)
{
	static const char html[] = "<a href='x?a=1&amp;b=2' class = \"b  c\" id=q/ "
				   "checked TITLE='' x=1 x=2>";
	struct html_scanner scan;
	struct html_token tag;
	struct buf v = { 0 };

	(void)state;
	html_scan_init(&scan, html, strlen(html));
	assert_true(html_scan_next(&tag, &scan));
	assert_int_equal(tag.kind, HTML_OPEN);
	assert_int_equal(tag.name, HTML_A);
	assert_true(html_attr(&v, &tag, "href"));
	assert_string_equal(buf_str(&v), "x?a=1&b=2");
	assert_true(html_attr(&v, &tag, "class"));
	assert_string_equal(buf_str(&v), "b  c");
	assert_true(html_attr(&v, &tag, "id"));
	assert_string_equal(buf_str(&v), "q/");
	assert_true(html_attr(&v, &tag, "checked"));
	assert_string_equal(buf_str(&v), "");
	assert_true(html_attr(&v, &tag, "title"));
	assert_true(html_attr(&v, &tag, "x"));
	assert_string_equal(buf_str(&v), "1");
	assert_false(html_attr(&v, &tag, "hre"));
	assert_false(html_scan_next(&tag, &scan));
	buf_release(&v);
}

/*
 * Bytes that are costly for a parser that looks back or ahead: each must be read in one
 * pass.  At 4 MiB quadratic time would be hours.
 */
static void no_input_takes_more_than_one_pass(void **state)
{
	static const char *const pieces[] = {
		"<",       "<!",    "<!--",     "<![CDATA[", "<p",         "<p>",
		"<a b='",  "<a b=", "</",       "</p",       "&",          "&#",
		"&amp",    "<svg>", "<title>",  "<script>",  "<textarea>", "<!-- >",
		"<pre>\n", "<li>",  "<td>",     "<a a=1 ",   "</script",   "]]>",
		"<b>",     "<br>",  "\xC2\xA0", "-->",       "<select><",  "=",
	};
	size_t max = 4 << 20;
	char *html = malloc(max + 16);

	(void)state;
	assert_non_null(html);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct buf got = { 0 };
		size_t n = strlen(pieces[i]), len = 0;

		for (; len < max; len += n)
			memcpy(html + len, pieces[i], n);
		html_text(&got, html, len);
		assert_true(buf_ok(&got));
		if (got.len > 3 * len)
			fail_msg("%s: %zu bytes of %zu", pieces[i], got.len, len);
		buf_release(&got);
	}
	free(html);
}

static void random_markup_stays_within_its_bytes(void **state)
{
	static const char *const pieces[] = {
		"<",    ">",      "/",   "!",       "--",    "p",     "li",
		"td",   "script", "pre", "br",      "&amp;", "&#",    "0",
		";",    "'",      "\"",  "=",       " ",     "\n",    "\xC3\xA9",
		"\xE2", "\0",     "svg", "[CDATA[", "]]>",   "title", "a",
		"<p>",  "</p>",   "</",  "<!--",    "-->",
	};
	uint32_t random = 2463534242u;
	char html[256];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct buf got = { 0 };
		size_t len = 0;
		char *exact;

		while (len < sizeof(html) - 16) {
			const char *piece;
			size_t n;

			random ^= random << 13;
			random ^= random >> 17;
			random ^= random << 5;
			piece = pieces[random % (sizeof(pieces) / sizeof(pieces[0]))];
			n = *piece ? strlen(piece) : 1;
			memcpy(html + len, piece, n);
			len += n;
			if (random % 64 == 0)
				break;
		}
		/* of its exact size: a read beyond it is seen by the sanitizer */
		exact = malloc(len);
		assert_non_null(exact);
		memcpy(exact, html, len);
		html_text(&got, exact, len);
		assert_true(buf_ok(&got));
		assert_in_range(got.len, 0, 3 * len);
		free(exact);
		buf_release(&got);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_laid_out_as_a_reader_sees_it),
		cmocka_unit_test(what_was_written_before_stays),
		cmocka_unit_test(every_element_is_found_by_its_name_in_any_case),
		cmocka_unit_test(attributes_are_read_as_they_are_written),
		cmocka_unit_test(no_input_takes_more_than_one_pass),
		cmocka_unit_test(random_markup_stays_within_its_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
