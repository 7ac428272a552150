/* One article is one article: whatever it is written in, and whatever that stands in.
 */
#include "crawl.h"
#include "harness.h"
#include "packing.h"
#include "reading.h"
#include "unpacking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define TITLE "Heathland Publishes Gorse 8B"

/* The line of the corpus that has the article, its end included; the caller frees it.
 */
static char *record_line(void)
{
	size_t len;
	char *bytes = file_bytes(test_path("corpus/articles.jsonl"), &len), *line, *end;

	line = strstr(bytes, TITLE);
	assert_non_null(line);
	while (line > bytes && line[-1] != '\n')
		line--;
	end = strchr(line, '\n');
	assert_non_null(end);
	line = strndup(line, (size_t)(end + 1 - line));
	free(bytes);
	return line;
}

/* A form of the article: how its file is called, and its bytes. */
struct form {
	const char *name;
	char *bytes;
	size_t len;
};

static size_t make_forms(struct form *forms)
{
	char *line = record_line();
	size_t n = 0, len;

	forms[n++] = (struct form){
		"page.txt",
		file_bytes(test_path("corpus/captures/"
				     "002-heathland-publishes-gorse-8b.txt"),
			   &len),
		0,
	};
	forms[0].len = len;
	forms[n] = (struct form){ "array.json", malloc(strlen(line) + 3), 0 };
	assert_non_null(forms[n].bytes);
	sprintf(forms[n].bytes, "[%s]", line);
	forms[n].len = strlen(forms[n].bytes);
	n++;
	forms[n++] = (struct form){ "line.jsonl", line, strlen(line) };
	return n;
}

/* What the form stands in; appended to ${out}, with the name in ${name}. */
static void wrap_plain(struct buf *out, char *name, const struct form *f)
{
	strcpy(name, f->name);
	buf_put(out, f->bytes, f->len);
}

static void wrap_raw(struct buf *out, char *name, const struct form *f,
		     const char *filter, const char *ending)
{
	const struct entry entry = { f->name, f->bytes, f->len, NULL };

	sprintf(name, "%s%s", f->name, ending);
	pack(out, "raw", filter, NULL, &entry, 1);
}

static void wrap_gzip(struct buf *out, char *name, const struct form *f)
{
	wrap_raw(out, name, f, "gzip", ".gz");
}

static void wrap_zstd(struct buf *out, char *name, const struct form *f)
{
	wrap_raw(out, name, f, "zstd", ".zst");
}

static void wrap_archive(struct buf *out, const struct form *f, const char *format,
			 const char *filter)
{
	const struct entry entry = { f->name, f->bytes, f->len, NULL };

	pack(out, format, filter, NULL, &entry, 1);
}

static void wrap_tar(struct buf *out, char *name, const struct form *f)
{
	strcpy(name, "a.tar");
	wrap_archive(out, f, "pax", NULL);
}

static void wrap_tar_xz(struct buf *out, char *name, const struct form *f)
{
	strcpy(name, "a.tar.xz");
	wrap_archive(out, f, "ustar", "xz");
}

static void wrap_zip(struct buf *out, char *name, const struct form *f)
{
	strcpy(name, "a.zip");
	wrap_archive(out, f, "zip", NULL);
}

/* A zip that has the gzip file. */
static void wrap_gzip_in_zip(struct buf *out, char *name, const struct form *f)
{
	struct buf gzip = { 0 };
	struct form inner = { name, NULL, 0 };
	char copy[64];

	wrap_gzip(&gzip, copy, f);
	inner = (struct form){ copy, gzip.data, gzip.len };
	wrap_zip(out, name, &inner);
	buf_release(&gzip);
}

static void wrap_warc(struct buf *out, char *name, const struct form *f)
{
	strcpy(name, "a.warc");
	crawl_response(out, "https://crawl.test/x", "200 OK",
		       "Content-Type: text/plain\r\n", f->bytes, f->len);
}

static void wrap_warc_gzip(struct buf *out, char *name, const struct form *f)
{
	struct buf warc = { 0 };
	struct form inner;

	wrap_warc(&warc, name, f);
	inner = (struct form){ "a.warc", warc.data, warc.len };
	wrap_gzip(out, name, &inner);
	buf_release(&warc);
}

static void the_same_article_is_the_same_in_whatever_it_stands(void **state)
{
	static void (*const wraps[])(struct buf *, char *, const struct form *) = {
		wrap_plain, wrap_gzip,        wrap_zstd,   wrap_tar,       wrap_zip,
		wrap_warc,  wrap_gzip_in_zip, wrap_tar_xz, wrap_warc_gzip,
	};
	struct form forms[4];
	size_t n = make_forms(forms);
	char *want = NULL;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < COUNT(wraps); k++) {
			struct buf bytes = { 0 };
			struct found f;
			char name[64];

			found_init(&f);
			wraps[k](&bytes, name, &forms[i]);
			found_in(&f, name, bytes.data, bytes.len, false);
			if (!want)
				want = strdup(buf_str(&f.identity));
			if (f.articles != 1 || f.rejects != 0 ||
			    strcmp(want, buf_str(&f.identity)) != 0)
				fail_msg("%s in %s: %s%s, not %s", forms[i].name, name,
					 buf_str(&f.text), buf_str(&f.identity), want);
			found_release(&f);
			buf_release(&bytes);
		}
	}
	for (size_t i = 0; i < n; i++)
		free(forms[i].bytes);
	free(want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_article_is_the_same_in_whatever_it_stands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
