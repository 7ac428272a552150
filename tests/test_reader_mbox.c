/* Newsletters: mailboxes, single messages, headers, parts in parts. */
#include "harness.h"
#include "reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/mail_code.h"
#include "ingest/mail_header.h"
#include "ingest/mail_text.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void messages_of_a_mailbox_are_articles(void **state)
{
	(void)state;
	check_reading("mbox", "news.mbox");
}

static void a_message_in_a_file_is_an_article(void **state)
{
	(void)state;
	check_reading("mbox", "single.eml");
	check_reading("mbox", "cut.eml");
}

static void encoded_words_are_read_as_their_table_says(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "mail_words.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct buf got;

		buf_init(&got, 0);
		mail_words(&got, rows[i].in, strlen(rows[i].in));
		check_case(&rows[i], buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

static void a_header_is_found_in_any_case_and_unfolded(void **state)
{
	static const char headers[] = "Subject: one\n two\n\tthree\nX-Subject: no\n"
				      "Empty:\nSUBJECT: second\r\n\r\nBody: no\n";
	size_t len = mail_headers_len(headers, sizeof(headers) - 1);
	struct buf out;

	(void)state;
	assert_string_equal(headers + len, "Body: no\n");
	buf_init(&out, 0);
	assert_true(mail_header(&out, headers, len, "subject"));
	assert_string_equal(buf_str(&out), "one two three");
	assert_true(mail_header(&out, headers, len, "Empty"));
	assert_string_equal(buf_str(&out), "");
	assert_false(mail_header(&out, headers, len, "Body"));
	buf_release(&out);
}

static void parameters_are_found_behind_quotes(void **state)
{
	static const struct {
		const char *value, *name, *want;
	} cases[] = {
		{ "text/plain; charset=utf-8", "charset", "utf-8" },
		{ "text/plain;charset=\"utf-8\" ; x=y", "charset", "utf-8" },
		{ "a/b; name=\"x; charset=no\"; CHARSET = yes", "charset", "yes" },
		{ "a/b; boundary=\"a\\\"b\"", "boundary", "a\"b" },
		{ "a/b; charset*=utf-8", "charset", "utf-8" },
		{ "a/b; charsets=x", "charset", NULL },
		{ "a/b; x=\"open; charset=no", "charset", NULL },
		{ "charset=no", "charset", NULL },
	};
	struct buf out;

	(void)state;
	buf_init(&out, 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool found = mail_parameter(&out, cases[i].value, cases[i].name);

		if (found != (cases[i].want != NULL) ||
		    (found && strcmp(buf_str(&out), cases[i].want) != 0))
			fail_msg("%s: \"%s\"", cases[i].value, buf_str(&out));
	}
	buf_release(&out);
}

static void transfer_encodings_forgive_what_is_none(void **state)
{
	static const struct {
		bool base64;
		const char *in, *want;
	} cases[] = {
		{ true, "YWJj\nZGVm\r\nZw==", "abcdefg" },
		{ true, "YW!Jj ZA", "abcd" },
		{ true, "", "" },
		{ true, "=", "" },
		{ false, "a=20b=\nc =  \r\nd", "a bc d" },
		{ false, "=C3=A9=c3=a9", "\xC3\xA9\xC3\xA9" },
		{ false, "a=b =ZZ x=", "a=b =ZZ x" },
	};
	struct buf out;

	(void)state;
	buf_init(&out, 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_reset(&out);
		if (cases[i].base64)
			mail_base64(&out, cases[i].in, strlen(cases[i].in));
		else
			mail_quoted(&out, cases[i].in, strlen(cases[i].in), false);
		if (strcmp(buf_str(&out), cases[i].want) != 0)
			fail_msg("%s: \"%s\"", cases[i].in, buf_str(&out));
	}
	buf_release(&out);
}

static void parts_have_limits_and_the_text_before_them_is_kept(void **state)
{
	struct buf message;
	struct mail_text t;

	(void)state;
	buf_init(&message, 0);
	for (int i = 0; i < 1000; i++)
		buf_printf(&message,
			   "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n\n"
			   "text %d\n--b%d\n",
			   i, i, i, i);
	mail_text_init(&t);
	assert_true(mail_text_read(&t, message.data, message.len));
	assert_true(t.limited);
	assert_non_null(strstr(buf_str(&t.text), "text 15"));
	assert_null(strstr(buf_str(&t.text), "text 16"));
	mail_text_release(&t);

	buf_reset(&message);
	buf_puts(&message, "Content-Type: multipart/mixed; boundary=b\n\n");
	for (int i = 0; i < 3000; i++)
		buf_printf(&message, "--b\n\nword%d\n", i);
	mail_text_init(&t);
	assert_true(mail_text_read(&t, message.data, message.len));
	assert_true(t.limited);
	assert_non_null(strstr(buf_str(&t.text), "word998\n"));
	mail_text_release(&t);
	buf_release(&message);
}

static void of_alternatives_the_one_that_says_something_is_taken(void **state)
{
	static const struct {
		const char *html, *want;
	} cases[] = {
		{ "<p>Rich</p>", "Rich" },
		{ "<img src=x>", "Plain\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		for (int first = 0; first < 2; first++) {
			struct buf message;
			struct mail_text t;
			char html[128];

			snprintf(html, sizeof(html),
				 "--b\nContent-Type: text/html\n\n%s\n", cases[i].html);
			buf_init(&message, 0);
			buf_printf(&message,
				   "Content-Type: multipart/alternative; boundary=b\n\n"
				   "%s--b\n\nPlain\n%s--b--\n",
				   first ? html : "", first ? "" : html);
			mail_text_init(&t);
			assert_true(mail_text_read(&t, message.data, message.len));
			assert_string_equal(buf_str(&t.text), cases[i].want);
			mail_text_release(&t);
			buf_release(&message);
		}
	}
}

static void a_message_over_the_limit_is_rejected_and_the_next_is_read(void **state)
{
	static const char box[] =
		"From a Fri May  8 10:00:00 2026\nSubject: a\nDate: x\n\n"
		"far too long a text for a message\n\n"
		"From b Fri May  8 10:00:00 2026\nSubject: b\n\nc\n";
	struct reading r;

	(void)state;
	reading_init(&r);
	r.options.max_bytes = 40;
	reading_bytes(&r, "l.mbox", box, sizeof(box) - 1);
	assert_string_equal(buf_str(&r.text),
			    "skip l.mbox:1 at 0, 87 bytes: more than 40 bytes in one "
			    "message\narticle l.mbox:7\n  title: b\n  body: c\n");
	reading_release(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_of_a_mailbox_are_articles),
		cmocka_unit_test(a_message_in_a_file_is_an_article),
		cmocka_unit_test(encoded_words_are_read_as_their_table_says),
		cmocka_unit_test(a_header_is_found_in_any_case_and_unfolded),
		cmocka_unit_test(parameters_are_found_behind_quotes),
		cmocka_unit_test(transfer_encodings_forgive_what_is_none),
		cmocka_unit_test(parts_have_limits_and_the_text_before_them_is_kept),
		cmocka_unit_test(of_alternatives_the_one_that_says_something_is_taken),
		cmocka_unit_test(
			a_message_over_the_limit_is_rejected_and_the_next_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
