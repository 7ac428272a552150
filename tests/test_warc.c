/* Crawls: the pages of WARC files, as they travelled and as they were cut. */
#include "crawl.h"
#include "harness.h"
#include "packing.h"
#include "unpacking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define RECORD "{\"title\":\"Gorse\",\"url\":\"https://a.test/1\",\"body\":\"Open.\"}\n"
#define URL "https://a.test/1"

struct test {
	struct found found;
	struct buf warc;
};

static void setup(struct test *t)
{
	found_init(&t->found);
	buf_init(&t->warc, 0);
}

static void teardown(struct test *t)
{
	found_release(&t->found);
	buf_release(&t->warc);
}

static void read_all(struct test *t)
{
	assert_true(buf_ok(&t->warc));
	found_in(&t->found, "c.warc", t->warc.data, t->warc.len, false);
	assert_int_equal(t->found.status, 0);
}

static void check(struct test *t, const char *want, const char *what)
{
	read_all(t);
	if (strcmp(buf_str(&t->found.text), want) != 0)
		fail_msg("%s: wanted\n%s\ngot\n%s", what, want,
			 buf_str(&t->found.text));
}

static void a_response_is_an_input_with_its_address_and_date(void **state)
{
	struct test t;

	(void)state;
	setup(&t);
	crawl_text(&t.warc, "https://a.test/x", RECORD);
	check(&t, "article c.warc!https://a.test/x:1 | Gorse\n", "a response");
	assert_string_equal(buf_str(&t.found.details), "2025-03-04 | " URL "\n");
	teardown(&t);
}

static void an_article_without_an_address_takes_no_date_from_the_crawl(void **state)
{
	struct test t;

	(void)state;
	setup(&t);
	crawl_text(&t.warc, URL, "{\"title\":\"Gorse\",\"body\":\"x\"}\n");
	read_all(&t);
	assert_string_equal(buf_str(&t.found.details), " | \n");
	teardown(&t);
}

/* The deflated bytes of ${text}, without anything around them. */
static void deflate_text(struct buf *out, const char *text)
{
	enum { HEAD = 10, TAIL = 8 };
	const struct entry entry = { "data", text, 0, NULL };
	struct buf gzip = { 0 };

	pack(&gzip, "raw", "gzip", NULL, &entry, 1);
	assert_int_equal(gzip.data[3], 0); /* no name behind the head */
	buf_put(out, gzip.data + HEAD, gzip.len - HEAD - TAIL);
	buf_release(&gzip);
}

static void chunk(struct buf *out, const struct buf *bytes)
{
	size_t half = bytes->len / 2;

	buf_printf(out, "%zx;x=y\r\n", half);
	buf_put(out, bytes->data, half);
	buf_printf(out, "\r\n%zX\r\n", bytes->len - half);
	buf_put(out, bytes->data + half, bytes->len - half);
	buf_puts(out, "\r\n0\r\nTrailer: x\r\n\r\n");
}

/* ${text} in content ${encoding}. */
static void encode(struct buf *out, const char *encoding, const char *text)
{
	const struct entry entry = { "data", text, 0, NULL };

	if (strcmp(encoding, "gzip") == 0) {
		pack(out, "raw", "gzip", NULL, &entry, 1);
	} else if (strcmp(encoding, "zlib") == 0) {
		buf_puts(out, "\x78\x9c");
		deflate_text(out, text);
		buf_puts(out, "sum!");
	} else if (strcmp(encoding, "deflate") == 0) {
		deflate_text(out, text);
	} else {
		buf_puts(out, text);
	}
}

static void a_body_is_read_however_it_travelled(void **state)
{
	static const struct {
		const char *encoding, *headers;
	} cases[] = {
		{ "", "" },
		{ "", "Content-Encoding: identity\r\n" },
		{ "gzip", "content-encoding: gzip\r\n" },
		{ "gzip", "Content-Encoding: x-gzip\r\n" },
		{ "", "Content-Encoding: gzip\r\n" }, /* unpacked by the crawler */
		{ "gzip", "" },
		{ "deflate", "Content-Encoding: DEFLATE\r\n" },
		{ "zlib", "Content-Encoding:\r\n deflate\r\n" },
	};
	struct buf body = { 0 }, chunks = { 0 }, headers = { 0 };
	struct test t;

	(void)state;
	setup(&t);
	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_reset(&body);
		buf_reset(&chunks);
		buf_reset(&headers);
		buf_reset(&t.warc);
		encode(&body, cases[i].encoding, RECORD RECORD);
		chunk(&chunks, &body);
		buf_printf(&headers, "%sTransfer-Encoding: chunked\r\n",
			   cases[i].headers);
		crawl_response(&t.warc, URL, "200 OK", cases[i].headers, body.data,
			       body.len);
		crawl_response(&t.warc, URL, "200 OK", buf_str(&headers), chunks.data,
			       chunks.len);
		crawl_response(&t.warc, URL, "200 OK", buf_str(&headers), body.data,
			       body.len);
		check(&t,
		      "article c.warc!" URL ":1 | Gorse\n"
		      "article c.warc!" URL ":2 | Gorse\n"
		      "article c.warc!" URL ":1 | Gorse\n"
		      "article c.warc!" URL ":2 | Gorse\n"
		      "article c.warc!" URL ":1 | Gorse\n"
		      "article c.warc!" URL ":2 | Gorse\n",
		      cases[i].headers);
	}
	buf_release(&headers);
	buf_release(&chunks);
	buf_release(&body);
	teardown(&t);
}

static void what_is_no_page_is_passed_over(void **state)
{
	struct test t;

	(void)state;
	setup(&t);
	crawl_record(&t.warc, "warcinfo", "x", "application/warc-fields", "a: b\r\n",
		     6);
	crawl_record(&t.warc, "request", URL, "application/http", "GET / HTTP/1.1", 14);
	crawl_response(&t.warc, URL, "404 Not Found", "", RECORD, strlen(RECORD));
	crawl_response(&t.warc, URL, "200 OK", "Content-Type: image/png\r\n", "\x89PNG",
		       4);
	crawl_response(&t.warc, "https://a.test/robots.txt", "200 OK", "", "Disallow",
		       8);
	crawl_record(&t.warc, "revisit", URL, "application/http", "HTTP/1.1 200", 12);
	crawl_record(&t.warc, "resource", "metadata://x/wget.log", "text/plain", RECORD,
		     strlen(RECORD));
	crawl_record(&t.warc, "resource", URL, "application/json", RECORD,
		     strlen(RECORD));
	check(&t,
	      "article c.warc!" URL ":1 | Gorse\n"
	      "warn c.warc: passed over: 3 members, the first is " URL
	      ": a response with status 404\n",
	      "a crawl");
	teardown(&t);
}

static void what_cannot_be_read_is_a_reject_and_the_next_record_is_read(void **state)
{
	static const struct {
		const char *headers, *body, *want;
	} cases[] = {
		{ "Content-Encoding: br\r\n", "x",
		  "reject c.warc!" URL ": content encoding \"br\" is not known\n" },
		{ "Transfer-Encoding: chunked\r\n", "5\r\nabc\r\n0\r\n\r\n",
		  "reject c.warc!" URL ": its body is not chunked as it says\n" },
		{ "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n",
		  "reject c.warc!" URL ": its body is not chunked as it says\n" },
	};
	struct buf want = { 0 };
	struct test t;

	(void)state;
	setup(&t);
	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_reset(&t.warc);
		buf_reset(&want);
		crawl_response(&t.warc, URL, "200 OK", cases[i].headers, cases[i].body,
			       strlen(cases[i].body));
		crawl_text(&t.warc, "https://a.test/2", RECORD);
		buf_printf(&want, "%sarticle c.warc!https://a.test/2:1 | Gorse\n",
			   cases[i].want);
		check(&t, buf_str(&want), cases[i].body);
	}
	buf_release(&want);
	teardown(&t);
}

/* A crawl of three pages; *ends are where its records end, separators included. */
static void three_pages(struct buf *out, size_t ends[3])
{
	char url[64];

	for (int i = 0; i < 3; i++) {
		snprintf(url, sizeof(url), "https://a.test/%d", i);
		crawl_text(out, url, RECORD);
		ends[i] = out->len;
	}
}

static void a_crawl_cut_anywhere_gives_the_records_before_and_a_reject(void **state)
{
	const size_t separator = 4;
	size_t ends[3], whole;
	struct test t;

	(void)state;
	setup(&t);
	three_pages(&t.warc, ends);
	for (size_t len = 7; len <= t.warc.len; len++) {
		whole = 0;
		while (whole < 3 && ends[whole] - separator <= len)
			whole++;
		found_in(&t.found, "c.warc", t.warc.data, len, false);
		assert_int_equal(t.found.status, 0);
		if (t.found.articles != whole)
			fail_msg("cut to %zu: %zu articles, not %zu", len,
				 t.found.articles, whole);
		if (t.found.rejects !=
		    (whole == 0 || len > ends[whole - 1] ? (size_t)(whole < 3) : 0))
			fail_msg("cut to %zu: %zu rejects\n%s", len, t.found.rejects,
				 buf_str(&t.found.text));
		if (t.found.rejects)
			assert_int_equal(t.found.reject_offset,
					 whole ? ends[whole - 1] : 0);
	}
	teardown(&t);
}

static void reading_goes_on_behind_a_record_with_a_wrong_length(void **state)
{
	static const char *const lengths[] = { "00", "09", "90", "99" };
	struct test t;
	size_t ends[3];
	char *length;

	(void)state;
	setup(&t);
	three_pages(&t.warc, ends);
	length = strstr(t.warc.data + ends[0], "Content-Length: ") + 16;
	for (size_t i = 0; i < COUNT(lengths); i++) {
		memcpy(length, lengths[i], 2);
		read_all(&t);
		if (t.found.articles < 2 || t.found.rejects < 1 ||
		    !strstr(buf_str(&t.found.text),
			    "article c.warc!https://a.test/2:1"))
			fail_msg("length %s: %s", lengths[i], buf_str(&t.found.text));
	}
	teardown(&t);
}

static void a_cut_record_does_not_swallow_the_next(void **state)
{
	struct test t;
	struct buf cut = { 0 };
	size_t ends[3];

	(void)state;
	setup(&t);
	three_pages(&t.warc, ends);
	for (size_t len = ends[0] + 8; len < ends[1] - 5; len++) {
		buf_reset(&cut);
		buf_put(&cut, t.warc.data, len);
		buf_putc(&cut, '\n');
		buf_put(&cut, t.warc.data + ends[1], ends[2] - ends[1]);
		found_in(&t.found, "c.warc", cut.data, cut.len, false);
		if (t.found.articles != 2 || t.found.rejects < 1)
			fail_msg("cut at %zu: %s", len, buf_str(&t.found.text));
	}
	buf_release(&cut);
	teardown(&t);
}

static void other_bytes_between_records_are_a_reject(void **state)
{
	struct test t;
	struct buf before = { 0 };

	(void)state;
	setup(&t);
	crawl_text(&t.warc, URL, RECORD);
	buf_put(&before, t.warc.data, t.warc.len);
	buf_puts(&t.warc, "a line\nand one more\n");
	for (int i = 0; i < 70000; i++)
		buf_putc(&t.warc, 'x');
	buf_puts(&t.warc, "\n");
	buf_put(&t.warc, before.data, before.len);
	check(&t,
	      "article c.warc!" URL ":1 | Gorse\n"
	      "reject c.warc: not a WARC record\n"
	      "article c.warc!" URL ":1 | Gorse\n",
	      "between");
	assert_int_equal(t.found.reject_offset, before.len);
	buf_release(&before);
	teardown(&t);
}

static void a_record_over_the_limit_costs_that_record(void **state)
{
	char *big = calloc(1, 50001);
	struct test t;

	(void)state;
	setup(&t);
	assert_non_null(big);
	memset(big, 'x', 50000);
	t.found.options.limits.member = 40000;
	crawl_text(&t.warc, URL, big);
	crawl_text(&t.warc, URL, RECORD);
	check(&t,
	      "reject c.warc: more than 40000 bytes in one record\n"
	      "article c.warc!" URL ":1 | Gorse\n",
	      "a large record");
	free(big);
	teardown(&t);
}

/* A record too large and too mixed for a decompressor to hold it back. */
static void large_text(struct buf *out)
{
	unsigned long long x = 1;

	buf_puts(out, "{\"title\":\"Gorse\",\"url\":\"" URL "\",\"body\":\"");
	for (int i = 0; i < 100000; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		buf_putc(out, (char)('a' + (x >> 40) % 26));
	}
	buf_puts(out, "\"}\n");
}

/* As crawlers compress: each record is a gzip file of its own. */
static void a_crawl_may_be_compressed_record_by_record(void **state)
{
	struct buf text = { 0 }, record = { 0 }, gz = { 0 };
	struct entry entry = { "data", NULL, 0, NULL };
	struct test t;

	(void)state;
	setup(&t);
	large_text(&text);
	crawl_text(&record, URL, buf_str(&text));
	entry.bytes = record.data;
	entry.len = record.len;
	for (int i = 0; i < 3; i++)
		pack(&gz, "raw", "gzip", NULL, &entry, 1);
	found_in(&t.found, "c.warc.gz", gz.data, gz.len, false);
	assert_string_equal(buf_str(&t.found.text),
			    "article c.warc.gz!" URL ":1 | Gorse\n"
			    "article c.warc.gz!" URL ":1 | Gorse\n"
			    "article c.warc.gz!" URL ":1 | Gorse\n");
	found_in(&t.found, "c.warc.gz", gz.data, gz.len - 40, false);
	assert_string_equal(buf_str(&t.found.text),
			    "article c.warc.gz!" URL ":1 | Gorse\n"
			    "article c.warc.gz!" URL ":1 | Gorse\n"
			    "reject c.warc.gz: cannot be read further: truncated gzip "
			    "input\n");
	assert_true(t.found.reject_offset > 2 * text.len);
	buf_release(&gz);
	buf_release(&record);
	buf_release(&text);
	teardown(&t);
}

/* Each of them claims to be all that follows. */
static void records_that_all_lie_take_no_longer_than_their_number(void **state)
{
	enum { RECORDS = 20000 };
	struct test t;

	(void)state;
	setup(&t);
	t.found.options.limits.member = 4 << 20;
	for (int i = 0; i < RECORDS; i++)
		buf_puts(&t.warc, "WARC/1.0\r\nWARC-Type: response\r\n"
				  "Content-Length: 4000000\r\n\r\n");
	read_all(&t);
	assert_int_equal(t.found.articles, 0);
	assert_true(t.found.rejects > 1);
	teardown(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_response_is_an_input_with_its_address_and_date),
		cmocka_unit_test(
			an_article_without_an_address_takes_no_date_from_the_crawl),
		cmocka_unit_test(a_body_is_read_however_it_travelled),
		cmocka_unit_test(what_is_no_page_is_passed_over),
		cmocka_unit_test(
			what_cannot_be_read_is_a_reject_and_the_next_record_is_read),
		cmocka_unit_test(
			a_crawl_cut_anywhere_gives_the_records_before_and_a_reject),
		cmocka_unit_test(reading_goes_on_behind_a_record_with_a_wrong_length),
		cmocka_unit_test(a_cut_record_does_not_swallow_the_next),
		cmocka_unit_test(other_bytes_between_records_are_a_reject),
		cmocka_unit_test(a_record_over_the_limit_costs_that_record),
		cmocka_unit_test(a_crawl_may_be_compressed_record_by_record),
		cmocka_unit_test(records_that_all_lie_take_no_longer_than_their_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
