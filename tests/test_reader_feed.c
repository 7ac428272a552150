/* Feeds: RSS and Atom of all versions, other people's feeds, damage, attacks. */
#include "harness.h"
#include "reading.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/xml.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void rss_2_is_read(void **state)
{
	(void)state;
	check_reading("feed", "rss2.xml");
}

static void rss_1_is_read(void **state)
{
	(void)state;
	check_reading("feed", "rss1.rdf");
}

static void rss_091_is_read_without_the_dtd_that_it_names(void **state)
{
	(void)state;
	check_reading("feed", "rss091.xml");
}

static void atom_1_is_read_with_its_bases_and_types(void **state)
{
	(void)state;
	check_reading("feed", "atom1.xml");
}

static void atom_03_is_read(void **state)
{
	(void)state;
	check_reading("feed", "atom03.xml");
}

static void namespaces_that_are_not_declared_are_guessed(void **state)
{
	(void)state;
	check_reading("feed", "bare.xml");
}

static void encodings_are_decoded(void **state)
{
	(void)state;
	check_reading("feed", "utf16.xml");
	check_reading("feed", "cyrillic.xml");
	check_reading("feed", "bytes.xml");
}

static void what_was_complete_before_a_fault_is_kept(void **state)
{
	(void)state;
	check_reading("feed", "broken.xml");
}

static void a_title_behind_the_entries_is_reported(void **state)
{
	(void)state;
	check_reading("feed", "late_title.xml");
}

static void the_bytes_may_come_in_any_pieces(void **state)
{
	static const char *const files[] = { "rss2.xml", "atom1.xml", "bytes.xml" };

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		char path[64];
		struct reading whole;
		size_t len;
		char *bytes;

		snprintf(path, sizeof(path), "tests/cases/feed/%s", files[i]);
		bytes = file_bytes(test_path(path), &len);
		reading_init(&whole);
		reading_bytes(&whole, "f", bytes, len);
		assert_true(whole.articles > 0);
		for (size_t chunk = 1; chunk < 20; chunk++) {
			struct reading r;

			reading_init(&r);
			r.chunk = chunk;
			reading_bytes(&r, "f", bytes, len);
			assert_string_equal(buf_str(&r.text), buf_str(&whole.text));
			reading_release(&r);
		}
		reading_release(&whole);
		free(bytes);
	}
}

/* ---- attacks --------------------------------------------------------------- */

static void put_times(struct buf *out, const char *s, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_puts(out, s);
}

/* Read a feed of two items; ${inside} stands in the text of the second. */
static void read_hostile(struct reading *r, const char *doctype,
			 const struct buf *inside)
{
	struct buf text;

	buf_init(&text, 0);
	buf_printf(&text,
		   "<?xml version=\"1.0\"?>\n%s<rss version=\"2.0\"><channel>\n"
		   "<item><title>Before</title></item>\n<item><title>In it</title>"
		   "<description>",
		   doctype);
	buf_put(&text, inside->data, inside->len);
	buf_puts(&text, "</description></item></channel></rss>");
	reading_init(r);
	reading_bytes(r, "h.xml", text.data, text.len);
	buf_release(&text);
}

static void check_stopped(struct reading *r, const char *reason)
{
	assert_int_equal(r->status, READ_END);
	assert_int_equal(r->articles, 1);
	assert_int_equal(r->skips, 1);
	assert_string_equal(buf_str(&r->reasons), reason);
	reading_release(r);
}

static void a_billion_laughs_are_stopped(void **state)
{
	struct buf doctype, inside;
	struct reading r;

	(void)state;
	buf_init(&doctype, 0);
	buf_init(&inside, 0);
	buf_puts(&doctype, "<!DOCTYPE rss [<!ENTITY l0 \"ha\">");
	for (int i = 1; i < 12; i++) {
		buf_printf(&doctype, "<!ENTITY l%d \"", i);
		for (int j = 0; j < 10; j++)
			buf_printf(&doctype, "&l%d;", i - 1);
		buf_puts(&doctype, "\">");
	}
	buf_puts(&doctype, "]>\n");
	buf_puts(&inside, "&l11;");
	read_hostile(&r, buf_str(&doctype), &inside);
	check_stopped(&r, "entities make too much of little\n");
	buf_release(&doctype);
	buf_release(&inside);
}

static void a_quadratic_blowup_is_stopped(void **state)
{
	struct buf doctype, inside;
	struct reading r;

	(void)state;
	buf_init(&doctype, 0);
	buf_init(&inside, 0);
	buf_puts(&doctype, "<!DOCTYPE rss [<!ENTITY a \"");
	put_times(&doctype, "a", 100000);
	buf_puts(&doctype, "\">]>\n");
	put_times(&inside, "&a;", 100000);
	read_hostile(&r, buf_str(&doctype), &inside);
	check_stopped(&r, "entities make too much of little\n");
	buf_release(&doctype);
	buf_release(&inside);
}

static void nothing_outside_of_the_document_is_read(void **state)
{
	char secret[512], doctype[2048];
	struct buf inside;
	struct reading r;
	FILE *f;

	(void)state;
	snprintf(secret, sizeof(secret), "%s/secret", test_tmpdir());
	f = fopen(secret, "w");
	assert_non_null(f);
	fputs("s3cret", f);
	fclose(f);
	snprintf(doctype, sizeof(doctype),
		 "<!DOCTYPE rss SYSTEM \"%s\" [<!ENTITY x SYSTEM \"file://%s\">"
		 "<!ENTITY %% p SYSTEM \"%s\">%%p;]>\n",
		 secret, secret, secret);
	buf_init(&inside, 0);
	buf_puts(&inside, "before &x; behind");
	read_hostile(&r, doctype, &inside);
	assert_int_equal(r.articles, 2);
	assert_null(strstr(buf_str(&r.text), "s3cret"));
	assert_non_null(strstr(buf_str(&r.text), "before  behind"));
	assert_non_null(strstr(buf_str(&r.warnings), "refers to something outside"));
	reading_release(&r);
	buf_release(&inside);
}

static void nesting_has_a_limit(void **state)
{
	struct buf inside;
	struct reading r;

	(void)state;
	buf_init(&inside, 0);
	put_times(&inside, "<div>", 100000);
	read_hostile(&r, "", &inside);
	check_stopped(&r, "elements are nested too deep\n");
	buf_release(&inside);
}

static void a_tag_has_a_limit(void **state)
{
	static const char *const starts[] = { "<a b=\"", "<!-- ", "<?x " };

	(void)state;
	for (size_t i = 0; i < COUNT(starts); i++) {
		struct buf inside;
		struct reading r;

		buf_init(&inside, 0);
		buf_puts(&inside, starts[i]);
		put_times(&inside, "0123456789abcdef", XML_TOKEN_MAX / 8);
		read_hostile(&r, "", &inside);
		check_stopped(&r, "a tag or a comment of more than 1048576 bytes\n");
		buf_release(&inside);
	}
}

static void an_entry_over_the_limit_is_rejected_and_the_next_is_read(void **state)
{
	struct reading r;
	const char *text =
		"<rss><channel><item><title>Far too long a title</title></item>"
		"\n<item><title>Short</title></item></channel></rss>";

	(void)state;
	reading_init(&r);
	r.options.max_bytes = 10;
	reading_bytes(&r, "l.xml", text, strlen(text));
	assert_string_equal(buf_str(&r.text),
			    "skip l.xml:1 at 14, 48 bytes: more than 10 bytes in one "
			    "entry\narticle l.xml:2\n  title: Short\n  body: \n");
	reading_release(&r);
}

/* ---- other people's feeds --------------------------------------------------- */

/* What a strict parser finds: the items' titles in order, and how many have a date. */
struct strict {
	struct buf titles; /* "  title: ...", a line each */
	struct buf text;
	size_t items, dates, depth, item_depth;
};

static void strict_open(void *ctx, const XML_Char *name, const XML_Char **attrs)
{
	struct strict *s = ctx;

	(void)attrs;
	s->depth++;
	buf_reset(&s->text);
	if (strcmp(name, "item") == 0 || strcmp(name, "entry") == 0) {
		s->items++;
		s->item_depth = s->depth;
	}
}

/* The text on one line, each run of blanks as one. */
static void put_title(struct buf *out, const char *text)
{
	buf_puts(out, "  title:");
	for (size_t len; *text; text += len) {
		len = strcspn(text, " \t\r\n");
		if (len > 0)
			buf_printf(out, " %.*s", (int)len, text);
		len += text[len] != '\0';
	}
	buf_putc(out, '\n');
}

static void strict_close(void *ctx, const XML_Char *name)
{
	struct strict *s = ctx;
	bool direct = s->item_depth && s->depth == s->item_depth + 1;

	if (direct && strcmp(name, "title") == 0)
		put_title(&s->titles, buf_str(&s->text));
	s->dates += direct &&
		    (strcmp(name, "pubDate") == 0 || strcmp(name, "published") == 0);
	if (s->depth-- == s->item_depth)
		s->item_depth = 0;
}

static void strict_text(void *ctx, const XML_Char *text, int len)
{
	struct strict *s = ctx;

	buf_put(&s->text, text, (size_t)len);
}

static void count_strictly(struct strict *s, const char *bytes, size_t len)
{
	XML_Parser p = XML_ParserCreate(NULL);

	*s = (struct strict){ .items = 0 };
	buf_init(&s->titles, 0);
	buf_init(&s->text, 0);
	XML_SetUserData(p, s);
	XML_SetElementHandler(p, strict_open, strict_close);
	XML_SetCharacterDataHandler(p, strict_text);
	assert_int_equal(XML_Parse(p, bytes, (int)len, 1), XML_STATUS_OK);
	XML_ParserFree(p);
}

static size_t count_lines(const char *text, const char *start)
{
	size_t n = 0;

	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		n += strncmp(line, start, strlen(start)) == 0;
	}
	return n;
}

/* Every line of ${lines} stands in ${text}, in this order. */
static void check_lines(const char *path, const char *text, char *lines)
{
	for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
		text = strstr(text, line);
		if (!text)
			fail_msg("%s: no \"%s\"", path, line);
	}
}

static void every_item_of_other_peoples_feeds_is_read(void **state)
{
	static const char *const names[] = {
		"anthropic_news",  "claude",    "cohere",   "eleuther_papers",
		"google_ai",       "groq",      "mistral",  "ollama",
		"openai_research", "the_batch", "weaviate", "xainews",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		char relative[64];
		struct strict s;
		struct reading r;
		const char *path;
		char *bytes;
		size_t len;

		snprintf(relative, sizeof(relative), "feeds/feed_%s.xml", names[i]);
		path = shared_path(relative);
		if (!path)
			skip();
		bytes = file_bytes(path, &len);
		count_strictly(&s, bytes, len);
		reading_init(&r);
		reading_bytes(&r, "f.xml", bytes, len);
		if (r.articles != s.items || r.skips != 0 || s.items == 0)
			fail_msg("%s: %zu articles of %zu items, %zu rejects", path,
				 r.articles, s.items, r.skips);
		assert_int_equal(count_lines(buf_str(&r.text), "  date: "), s.dates);
		check_lines(path, buf_str(&r.text), s.titles.data);
		assert_int_equal(r.warnings.len, 0);
		reading_release(&r);
		buf_release(&s.titles);
		buf_release(&s.text);
		free(bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rss_2_is_read),
		cmocka_unit_test(rss_1_is_read),
		cmocka_unit_test(rss_091_is_read_without_the_dtd_that_it_names),
		cmocka_unit_test(atom_1_is_read_with_its_bases_and_types),
		cmocka_unit_test(atom_03_is_read),
		cmocka_unit_test(namespaces_that_are_not_declared_are_guessed),
		cmocka_unit_test(encodings_are_decoded),
		cmocka_unit_test(what_was_complete_before_a_fault_is_kept),
		cmocka_unit_test(a_title_behind_the_entries_is_reported),
		cmocka_unit_test(the_bytes_may_come_in_any_pieces),
		cmocka_unit_test(a_billion_laughs_are_stopped),
		cmocka_unit_test(a_quadratic_blowup_is_stopped),
		cmocka_unit_test(nothing_outside_of_the_document_is_read),
		cmocka_unit_test(nesting_has_a_limit),
		cmocka_unit_test(a_tag_has_a_limit),
		cmocka_unit_test(
			an_entry_over_the_limit_is_rejected_and_the_next_is_read),
		cmocka_unit_test(every_item_of_other_peoples_feeds_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
