/*
 * Files that mean harm, through the built program: each is a clear reject or a result,
 * in bounded memory, and leaves no file but the index.
 */
#include "harness.h"
#include "packing.h"
#include "program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"

#define RECORD "{\"title\":\"Gorse\",\"body\":\"Open weights.\"}\n"
#define MEBIBYTE ((size_t)1 << 20)

static void write_file(const char *path, const struct buf *bytes)
{
	FILE *f = fopen(path, "wb");

	assert_true(buf_ok(bytes));
	assert_non_null(f);
	assert_int_equal(fwrite(bytes->data, 1, bytes->len, f), bytes->len);
	assert_int_equal(fclose(f), 0);
}

/*
 * Ingest ${bytes} as ${name} with ${options} into a fresh index in a directory of its
 * own, which then holds these two and the lock; the caller frees the run.
 */
static struct run take(const char *name, const struct buf *bytes, const char *options)
{
	char script[1024];
	struct run r;

	write_file(in_tmpdir("sample"), bytes);
	snprintf(script, sizeof(script),
		 "set -e; cd \"${PANELDEX_DB%%/*}\"; rm -rf hostile; mkdir -p "
		 "hostile/in; "
		 "mv sample hostile/in/%s; cd hostile/in; status=0\n"
		 "\"$PANELDEX_BIN\" ingest -f json --db ../h.db %s %s || status=$?\n"
		 "cd ..; find . -type f | sort >&2; exit $status",
		 name, options, name);
	use_db(MAIN_DB);
	r = shell(script);
	snprintf(script, sizeof(script), "./h.db\n./h.db-lock\n./in/%s\n", name);
	assert_holds(r.err, script, "the files that are there");
	return r;
}

static json_int_t count(const struct run *r, const char *key)
{
	json_t *doc = parse(r->out);
	json_int_t n = integer(doc, key);

	json_decref(doc);
	return n;
}

/* 1024 gzip files of a mebibyte each, one behind another: a line of a gibibyte. */
static void make_line(struct buf *out)
{
	struct entry entry = { "data", NULL, MEBIBYTE, NULL };
	struct buf one = { 0 };
	char *bytes = malloc(MEBIBYTE);

	assert_non_null(bytes);
	memset(bytes, 'x', MEBIBYTE);
	bytes[0] = '{';
	entry.bytes = bytes;
	pack(&one, "raw", "gzip", NULL, &entry, 1);
	for (int i = 0; i < 1024; i++)
		buf_put(out, one.data, one.len);
	free(bytes);
	buf_release(&one);
}

static void a_line_of_a_gibibyte_is_a_reject(void **state)
{
	static const struct {
		const char *options, *want;
	} cases[] = {
		{ "", "unpacks to more than 200 times its size" },
		{ "--max-ratio 1000000", "a line longer than" },
		{ "--max-ratio 1000000 --max-total 10M", "more than 10485760 bytes" },
	};
	struct buf bytes = { 0 };

	(void)state;
	make_line(&bytes);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct run r = take("line.jsonl.gz", &bytes, cases[i].options);

		assert_status(&r, 4, cases[i].options);
		assert_holds(r.out, cases[i].want, cases[i].options);
		run_free(&r);
	}
	buf_release(&bytes);
}

/* Sixteen of ${inner} in a zip, and so on. */
static void nest(struct buf *out, unsigned levels)
{
	struct buf inner = { 0 };
	struct entry entries[16];
	char names[16][16];
	char *zeros = calloc(1, 16 * MEBIBYTE);

	assert_non_null(zeros);
	if (levels > 0)
		nest(&inner, levels - 1);
	for (int i = 0; i < 16; i++) {
		snprintf(names[i], sizeof(names[i]), "%d.%s", i,
			 levels ? "zip" : "txt");
		entries[i] = (struct entry){ names[i], levels ? inner.data : zeros,
					     levels ? inner.len : 16 * MEBIBYTE, NULL };
	}
	pack(out, "zip", NULL, NULL, entries, levels ? 16 : 1);
	free(zeros);
	buf_release(&inner);
}

static void a_zip_of_zips_of_zips_is_a_reject(void **state)
{
	struct buf bytes = { 0 };
	struct run r;

	(void)state;
	nest(&bytes, 4);
	r = take("bomb.zip", &bytes, "");
	assert_status(&r, 4, "nested");
	assert_true(count(&r, "rejected") > 0);
	assert_int_equal(count(&r, "added"), 0);
	run_free(&r);
	buf_reset(&bytes);
	nest(&bytes, 1);
	r = take("bomb.zip", &bytes, "");
	assert_status(&r, 4, "a zip of zips");
	assert_holds(r.out, "unpacks to more than 200 times its size", "a zip of zips");
	run_free(&r);
	buf_release(&bytes);
}

/* An index at the end that names one member a thousand times. */
static void a_zip_whose_members_overlap_is_read_once(void **state)
{
	enum { TIMES = 1000, ENTRIES_AT = 8, SIZE_AT = 12 };
	const struct entry entry = { "a.jsonl", RECORD, 0, NULL };
	struct buf zip = { 0 }, bomb = { 0 };
	size_t at = 0, end;
	struct run r;

	(void)state;
	pack(&zip, "zip", NULL, NULL, &entry, 1);
	while (memcmp(zip.data + at, "PK\1\2", 4) != 0)
		at++;
	for (end = at; memcmp(zip.data + end, "PK\5\6", 4) != 0;)
		end++;
	buf_put(&bomb, zip.data, at);
	for (int i = 0; i < TIMES; i++)
		buf_put(&bomb, zip.data + at, end - at);
	zip.data[end + ENTRIES_AT] = zip.data[end + ENTRIES_AT + 2] =
		(char)(TIMES & 255);
	zip.data[end + ENTRIES_AT + 1] = zip.data[end + ENTRIES_AT + 3] = TIMES >> 8;
	buf_put(&bomb, zip.data + end, zip.len - end);
	r = take("overlap.zip", &bomb, "");
	assert_status(&r, 0, "overlapping");
	assert_int_equal(count(&r, "read"), 1);
	run_free(&r);
	buf_release(&bomb);
	buf_release(&zip);
}

/* gzip in gzip in gzip ...: each is small, and none is the last. */
static void gzip_without_end_is_a_reject(void **state)
{
	struct buf bytes = { 0 }, next = { 0 };
	struct run r;

	(void)state;
	buf_puts(&bytes, RECORD);
	for (int i = 0; i < 60; i++) {
		const struct entry entry = { "data", bytes.data, bytes.len, NULL };

		buf_reset(&next);
		pack(&next, "raw", "gzip", NULL, &entry, 1);
		buf_reset(&bytes);
		buf_put(&bytes, next.data, next.len);
	}
	r = take("a.jsonl.gz", &bytes, "");
	assert_status(&r, 4, "sixty times gzip");
	assert_int_equal(count(&r, "added"), 0);
	run_free(&r);
	buf_release(&next);
	buf_release(&bytes);
}

static void names_that_lead_elsewhere_are_only_names(void **state)
{
	static const struct entry entries[] = {
		{ "../../../../../../../tmp/up.jsonl", RECORD, 0, NULL },
		{ "/h.db", RECORD, 0, NULL },
		{ "../h.db", "{\"title\":\"T\"}\n", 0, NULL },
		{ "x", NULL, 0, "/etc/passwd" },
		{ "x", RECORD, 0, NULL },
	};
	static const char *const formats[] = { "pax", "zip", "cpio" };

	(void)state;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct buf bytes = { 0 };
		struct run r;

		pack(&bytes, formats[i], NULL, NULL, entries, 5);
		r = take("names.tar", &bytes, "");
		assert_status(&r, 0, formats[i]);
		assert_int_equal(count(&r, "added"), 2);
		run_free(&r);
		buf_release(&bytes);
	}
}

static void a_hundred_thousand_empty_members_are_so_many_rejects(void **state)
{
	enum { MEMBERS = 100000 };
	struct entry *entries = calloc(MEMBERS, sizeof(*entries));
	struct buf bytes = { 0 };
	struct run r;

	(void)state;
	assert_non_null(entries);
	for (int i = 0; i < MEMBERS; i++)
		entries[i].name = "empty.txt";
	pack(&bytes, "ustar", "gzip", "compression-level=1", entries, MEMBERS);
	r = take("empty.tgz", &bytes, "--max-ratio 10000");
	assert_status(&r, 4, "empty members");
	assert_int_equal(count(&r, "rejected"), MEMBERS);
	run_free(&r);
	buf_release(&bytes);
	free(entries);
}

/* Each claims to be nearly as long as a record may be. */
static void a_crawl_of_records_that_lie_is_a_reject(void **state)
{
	struct buf bytes = { 0 };
	struct run r;

	(void)state;
	while (bytes.len < 70 * MEBIBYTE)
		buf_puts(&bytes, "WARC/1.0\r\nWARC-Type: response\r\n"
				 "Content-Length: 64000000\r\n\r\n");
	r = take("lies.warc", &bytes, "");
	assert_status(&r, 4, "records that lie");
	assert_int_equal(count(&r, "added"), 0);
	run_free(&r);
	buf_release(&bytes);
}

/* Of every program that was run here. */
static void none_of_them_took_more_than_256_mebibytes(void **state)
{
	struct rusage usage;

	(void)state;
	if (strstr(getenv("PANELDEX_BIN"), "/san/"))
		skip(); /* what the sanitizers take is theirs */
	assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
	assert_true(usage.ru_maxrss <= 256 * 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_of_a_gibibyte_is_a_reject),
		cmocka_unit_test(a_zip_of_zips_of_zips_is_a_reject),
		cmocka_unit_test(a_zip_whose_members_overlap_is_read_once),
		cmocka_unit_test(gzip_without_end_is_a_reject),
		cmocka_unit_test(names_that_lead_elsewhere_are_only_names),
		cmocka_unit_test(a_hundred_thousand_empty_members_are_so_many_rejects),
		cmocka_unit_test(a_crawl_of_records_that_lie_is_a_reject),
		cmocka_unit_test(none_of_them_took_more_than_256_mebibytes),
	};

	return cmocka_run_group_tests(tests, make_index, NULL);
}
