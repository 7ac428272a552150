/* Compressed files and archives: their members are inputs like any other. */
#include "harness.h"
#include "packing.h"
#include "unpacking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define RECORD                                                                         \
	"{\"title\":\"Gorse\",\"date\":\"2025-02-03\",\"body\":\"Open weights.\"}\n"
#define OTHER "{\"title\":\"Talon\",\"date\":\"2025-02-04\",\"body\":\"A chip.\"}\n"

static void check_text(const struct found *f, const char *want, const char *what)
{
	assert_int_equal(f->status, 0);
	if (strcmp(buf_str(&f->text), want) != 0)
		fail_msg("%s: wanted\n%s\ngot\n%s", what, want, buf_str(&f->text));
}

/* Pack, read as ${name}, and compare. */
static void check_packed(struct found *f, const char *name, const char *format,
			 const char *filter, const struct entry *entries, size_t n,
			 const char *want)
{
	struct buf packed = { 0 };

	pack(&packed, format, filter, NULL, entries, n);
	found_in(f, name, packed.data, packed.len, false);
	check_text(f, want, name);
	buf_release(&packed);
}

static void a_compressed_file_is_read_as_what_it_holds(void **state)
{
	static const struct {
		const char *filter, *ending;
	} filters[] = {
		{ "gzip", "gz" }, { "zstd", "zst" }, { "xz", "xz" }, { "bzip2", "bz2" }
	};
	const struct entry entry = { "data", RECORD OTHER, 0, NULL };
	char name[32], want[128];
	struct found f;

	(void)state;
	found_init(&f);
	for (size_t i = 0; i < COUNT(filters); i++) {
		snprintf(name, sizeof(name), "dir/a.jsonl.%s", filters[i].ending);
		snprintf(want, sizeof(want),
			 "article %s!a.jsonl:1 | Gorse\narticle %s!a.jsonl:2 | Talon\n",
			 name, name);
		check_packed(&f, name, "raw", filters[i].filter, &entry, 1, want);
	}
	check_packed(&f, "-", "raw", "gzip", &entry, 1,
		     "article -:1 | Gorse\narticle -:2 | Talon\n");
	found_release(&f);
}

static void the_members_of_an_archive_are_inputs(void **state)
{
	static const char *const formats[] = { "ustar", "pax", "zip", "7zip", "cpio" };
	static const struct entry entries[] = {
		{ "x/a.jsonl", RECORD, 0, NULL },
		{ "b.jsonl", OTHER, 0, NULL },
	};
	struct found f;

	(void)state;
	found_init(&f);
	for (size_t i = 0; i < COUNT(formats); i++) {
		for (size_t j = 0; j < 2; j++) {
			if (j == 1 && strcmp(formats[i], "7zip") == 0)
				continue; /* its index is at its end */
			check_packed(&f, "a", formats[i], j ? "zstd" : NULL, entries,
				     COUNT(entries),
				     "article a!x/a.jsonl:1 | Gorse\n"
				     "article a!b.jsonl:1 | Talon\n");
		}
	}
	found_release(&f);
}

static void an_archive_in_an_archive_is_unpacked_down_to_the_limit(void **state)
{
	const struct entry record = { "a.jsonl", RECORD, 0, NULL };
	struct buf zip = { 0 }, tar = { 0 };
	struct entry inner = { "in.zip", NULL, 0, NULL };
	struct found f;

	(void)state;
	found_init(&f);
	pack(&zip, "zip", NULL, NULL, &record, 1);
	inner.bytes = zip.data;
	inner.len = zip.len;
	pack(&tar, "ustar", "gzip", NULL, &inner, 1);
	found_in(&f, "a.tgz", tar.data, tar.len, false);
	check_text(&f, "article a.tgz!in.zip!a.jsonl:1 | Gorse\n", "two levels");
	f.options.limits.nesting = 1;
	found_in(&f, "a.tgz", tar.data, tar.len, false);
	check_text(&f,
		   "reject a.tgz!in.zip: a container within too many others; not "
		   "unpacked\n",
		   "one level");
	buf_release(&tar);
	buf_release(&zip);
	found_release(&f);
}

static void what_a_member_is_called_is_only_a_name(void **state)
{
	static const struct entry entries[] = {
		{ "../../etc/up.jsonl", RECORD, 0, NULL },
		{ "/abs.jsonl", RECORD, 0, NULL },
		{ "./\033[31mred\n.jsonl", RECORD, 0, NULL },
		{ ".hidden/a.jsonl", RECORD, 0, NULL },
		{ "x/._a.jsonl", RECORD, 0, NULL },
		{ "link.jsonl", NULL, 0, "/etc/passwd" },
		{ "picture.bin", "\x89PNG\r\n", 6, NULL },
		{ "broken.jsonl", "{\n", 0, NULL },
	};
	struct found f;

	(void)state;
	found_init(&f);
	check_packed(&f, "a.tar", "ustar", NULL, entries, COUNT(entries),
		     "article a.tar!../../etc/up.jsonl:1 | Gorse\n"
		     "article a.tar!/abs.jsonl:1 | Gorse\n"
		     "article a.tar!./ [31mred .jsonl:1 | Gorse\n"
		     "reject a.tar!broken.jsonl:1: not valid JSON: string or '}' "
		     "expected at column 1\n"
		     "warn a.tar: passed over: 2 members, the first is link.jsonl: a "
		     "link\n");
	found_release(&f);
}

static void an_encrypted_member_is_a_reject(void **state)
{
	const struct entry entry = { "a.jsonl", RECORD, 0, NULL };
	struct buf zip = { 0 };
	struct found f;

	(void)state;
	found_init(&f);
	pack(&zip, "zip", NULL, "zip:encryption=traditional", &entry, 1);
	found_in(&f, "a.zip", zip.data, zip.len, false);
	check_text(&f, "reject a.zip!a.jsonl: encrypted\n", "a.zip");
	buf_release(&zip);
	found_release(&f);
}

/* ${n} bytes that pack well, with line ends if ${lines}. */
static char *zeros(size_t n, bool lines)
{
	char *bytes = malloc(n);

	assert_non_null(bytes);
	memset(bytes, '0', n);
	for (size_t i = 99; lines && i < n; i += 100)
		bytes[i] = '\n';
	return bytes;
}

static void a_member_over_the_limit_costs_that_member(void **state)
{
	static const char *const formats[] = { "ustar", "zip" };
	char *big = zeros(100000, true);
	const struct entry entries[] = {
		{ "a.jsonl", RECORD, 0, NULL },
		{ "big.txt", big, 100000, NULL },
		{ "b.jsonl", OTHER, 0, NULL },
	};
	struct found f;

	(void)state;
	found_init(&f);
	f.options.limits.member = 50000;
	for (size_t i = 0; i < COUNT(formats); i++)
		check_packed(&f, "a", formats[i], NULL, entries, COUNT(entries),
			     "article a!a.jsonl:1 | Gorse\n"
			     "reject a!big.txt: more than 50000 bytes in one member\n"
			     "article a!b.jsonl:1 | Talon\n");
	free(big);
	found_release(&f);
}

static void what_unpacks_to_too_much_is_ended(void **state)
{
	enum { BIG = 8 << 20 };
	char *big = zeros(BIG, true);
	const struct entry entries[] = {
		{ "a.jsonl", RECORD, 0, NULL },
		{ "big.jsonl", big, BIG, NULL },
		{ "b.jsonl", OTHER, 0, NULL },
	};
	struct found f;

	(void)state;
	found_init(&f);
	f.options.limits.ratio = 20;
	check_packed(&f, "a.tgz", "ustar", "gzip", entries, COUNT(entries),
		     "article a.tgz!a.jsonl:1 | Gorse\n"
		     "reject a.tgz!big.jsonl: cannot be read further: unpacks to more "
		     "than 20 times its size\n");
	f.options.limits.ratio = 100000;
	f.options.limits.total = 1 << 20;
	check_packed(&f, "a.tar", "ustar", NULL, entries, COUNT(entries),
		     "article a.tar!a.jsonl:1 | Gorse\n"
		     "reject a.tar!big.jsonl: cannot be read further: unpacks to more "
		     "than 1048576 bytes\n");
	free(big);
	found_release(&f);
}

/* A file that is cut is a result as far as it goes, and a reject. */
static void a_truncated_file_is_a_reject_that_says_so(void **state)
{
	static const struct {
		const char *format, *filter;
	} kinds[] = {
		{ "raw", "gzip" },  { "raw", "zstd" }, { "raw", "xz" },
		{ "raw", "bzip2" }, { "ustar", NULL }, { "zip", NULL },
		{ "cpio", NULL },   { "7zip", NULL },  { "ustar", "gzip" },
	};
	const struct entry entry = { "a.jsonl", RECORD OTHER, 0, NULL };
	struct found f;

	(void)state;
	found_init(&f);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct buf packed = { 0 };

		pack(&packed, kinds[i].format, kinds[i].filter, NULL, &entry, 1);
		for (size_t len = 1; len < packed.len; len += len < 600 ? 1 : 97) {
			found_in(&f, "a.tar", packed.data, len, true);
			assert_int_equal(f.status, 0);
			if (f.articles == 0 && f.rejects == 0)
				fail_msg("%s %s cut to %zu: %s", kinds[i].format,
					 kinds[i].filter ? kinds[i].filter : "", len,
					 buf_str(&f.text));
		}
		buf_release(&packed);
	}
	found_release(&f);
}

static void a_size_that_lies_is_a_reject(void **state)
{
	const struct entry entry = { "a.jsonl", RECORD, 0, NULL };
	struct buf tar = { 0 };
	unsigned sum = 0;
	struct found f;

	(void)state;
	found_init(&f);
	pack(&tar, "ustar", NULL, NULL, &entry, 1);
	memcpy(tar.data + 124, "00000777777", 11); /* 262143 bytes */
	memset(tar.data + 148, ' ', 8);
	for (size_t i = 0; i < 512; i++)
		sum += (unsigned char)tar.data[i];
	snprintf(tar.data + 148, 8, "%06o", sum);
	found_in(&f, "a.tar", tar.data, tar.len, false);
	check_text(&f,
		   "article a.tar!a.jsonl:1 | Gorse\n"
		   "reject a.tar!a.jsonl: cannot be read further: Truncated tar "
		   "archive\n",
		   "a.tar");
	buf_release(&tar);
	found_release(&f);
}

static void a_stop_ends_an_archive(void **state)
{
	const struct entry entries[] = {
		{ "a.jsonl", RECORD, 0, NULL },
		{ "b.jsonl", OTHER, 0, NULL },
	};
	struct buf tar = { 0 };
	struct found f;

	(void)state;
	found_init(&f);
	f.stop_after = 1;
	pack(&tar, "ustar", NULL, NULL, entries, COUNT(entries));
	found_in(&f, "a.tar", tar.data, tar.len, false);
	assert_int_equal(f.status, PDX_E_INTERRUPTED);
	assert_int_equal(f.articles, 1);
	assert_int_equal(f.rejects, 0);
	buf_release(&tar);
	found_release(&f);
}

static void a_text_that_only_begins_like_an_archive_is_a_text(void **state)
{
	static const char *const texts[] = { "BZh is no word\n", "7z is one\n",
					     "PK, he said\n", "0707 is a number\n" };
	struct found f;

	(void)state;
	found_init(&f);
	for (size_t i = 0; i < COUNT(texts); i++) {
		found_in(&f, "a.bin", texts[i], strlen(texts[i]), true);
		assert_int_equal(f.status, 0);
		assert_int_equal(f.rejects, 0);
		assert_int_equal(f.warnings, 1);
		assert_non_null(strstr(buf_str(&f.text), "not a captured page"));
	}
	found_release(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compressed_file_is_read_as_what_it_holds),
		cmocka_unit_test(the_members_of_an_archive_are_inputs),
		cmocka_unit_test(
			an_archive_in_an_archive_is_unpacked_down_to_the_limit),
		cmocka_unit_test(what_a_member_is_called_is_only_a_name),
		cmocka_unit_test(an_encrypted_member_is_a_reject),
		cmocka_unit_test(a_member_over_the_limit_costs_that_member),
		cmocka_unit_test(what_unpacks_to_too_much_is_ended),
		cmocka_unit_test(a_truncated_file_is_a_reject_that_says_so),
		cmocka_unit_test(a_size_that_lies_is_a_reject),
		cmocka_unit_test(a_stop_ends_an_archive),
		cmocka_unit_test(a_text_that_only_begins_like_an_archive_is_a_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
