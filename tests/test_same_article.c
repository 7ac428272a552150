/* One article is one article: whatever it is written in, and whatever that stands in.
 */
#include "crawl.h"
#include "harness.h"
#include "packing.h"
#include "reading.h"
#include "unpacking.h"

#include <jansson.h>
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

/* ${text} in XML and HTML. */
static void put_escaped(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '&')
			buf_puts(out, "&amp;");
		else if (*text == '<')
			buf_puts(out, "&lt;");
		else
			buf_putc(out, *text);
	}
}

static void put_element(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "<%s>", name);
	put_escaped(out, text);
	buf_printf(out, "</%.*s>\n", (int)strcspn(name, " "), name);
}

/* The paragraphs of ${text} as elements. */
static void put_paragraphs(struct buf *out, const char *text)
{
	char *copy = strdup(text), *next;

	for (char *p = copy; p; p = next) {
		next = strstr(p, "\n\n");
		if (next) {
			*next = '\0';
			next += 2;
		}
		put_element(out, "p", p);
	}
	free(copy);
}

static const char *value(const json_t *record, const char *key)
{
	const json_t *v = json_object_get(record, key);

	return json_string_value(json_is_array(v) ? json_array_get(v, 0) : v);
}

static void put_page(struct buf *out, const json_t *record)
{
	json_t *take;
	size_t i;

	buf_puts(out, "<!doctype html>\n<meta charset=utf-8>\n<main>\n"
		      "<a href=\"/\">Back</a>\n<div class=\"meta\">");
	put_element(out, "span", value(record, "companies"));
	put_element(out, "span", value(record, "categories"));
	put_element(out, "span", value(record, "companies"));
	buf_printf(out, "<time datetime=\"%s\">", value(record, "date"));
	buf_printf(out, "%s</time></div>\n", value(record, "date"));
	put_element(out, "h1", value(record, "title"));
	put_element(out, "p class=summary", value(record, "summary"));
	put_element(out, "h2", "Original source");
	put_paragraphs(out, value(record, "body"));
	put_element(out, "h2", "Panel Takes");
	json_array_foreach(json_object_get(record, "takes"), i, take)
	{
		put_element(out, "h3", value(take, "persona"));
		put_element(out, "p class=perspective", value(take, "perspective"));
		put_paragraphs(out, value(take, "text"));
	}
	buf_puts(out, "</main>\n");
}

/* JSON's strings are YAML's. */
static void put_scalar(struct buf *out, const char *key, const json_t *record)
{
	char *dumped = json_dumps(json_object_get(record, key), JSON_ENCODE_ANY);

	buf_printf(out, "%s: %s\n", key, dumped);
	free(dumped);
}

static void put_markdown(struct buf *out, const json_t *record)
{
	json_t *take;
	size_t i;

	buf_puts(out, "---\n");
	put_scalar(out, "title", record);
	put_scalar(out, "date", record);
	put_scalar(out, "summary", record);
	put_scalar(out, "companies", record);
	put_scalar(out, "categories", record);
	buf_printf(out, "---\n\n%s\n\n## Panel Takes\n", value(record, "body"));
	json_array_foreach(json_object_get(record, "takes"), i, take) buf_printf(
		out, "\n### %s \xE2\x80\x94 %s\n\n%s\n", value(take, "persona"),
		value(take, "perspective"), value(take, "text"));
}

/* An item's content: the body, and the panel behind it. */
static void put_content(struct buf *out, const json_t *record)
{
	struct buf html = { 0 };
	json_t *take;
	size_t i;

	put_paragraphs(&html, value(record, "body"));
	put_element(&html, "h2", "Panel Takes");
	json_array_foreach(json_object_get(record, "takes"), i, take)
	{
		put_element(&html, "h3", value(take, "persona"));
		put_element(&html, "p", value(take, "perspective"));
		put_paragraphs(&html, value(take, "text"));
	}
	put_escaped(out, buf_str(&html));
	buf_release(&html);
}

static void put_rss(struct buf *out, const json_t *record)
{
	buf_puts(out, "<rss version=\"2.0\" xmlns:c=\"http://purl.org/rss/1.0/modules/"
		      "content/\"\n xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
		      "<channel><item>\n");
	put_element(out, "title", value(record, "title"));
	put_element(out, "dc:date", value(record, "date"));
	put_element(out, "category domain=\"company\"", value(record, "companies"));
	put_element(out, "category", value(record, "categories"));
	put_element(out, "description", value(record, "summary"));
	buf_puts(out, "<c:encoded>");
	put_content(out, record);
	buf_puts(out, "</c:encoded>\n</item></channel></rss>\n");
}

static void put_atom(struct buf *out, const json_t *record)
{
	buf_puts(out, "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry>\n");
	put_element(out, "title", value(record, "title"));
	put_element(out, "published", value(record, "date"));
	buf_puts(out, "<category scheme=\"company\" term=\"");
	put_escaped(out, value(record, "companies"));
	buf_puts(out, "\"/>\n<category term=\"");
	put_escaped(out, value(record, "categories"));
	buf_puts(out, "\"/>\n");
	put_element(out, "summary", value(record, "summary"));
	buf_puts(out, "<content type=\"html\">");
	put_content(out, record);
	buf_puts(out, "</content>\n</entry></feed>\n");
}

/* The forms that are written here, from the record. */
static size_t write_forms(struct form *forms, const char *line)
{
	static const struct {
		const char *name;
		void (*put)(struct buf *out, const json_t *record);
	} rows[] = {
		{ "page.html", put_page },
		{ "page.md", put_markdown },
		{ "feed.rss", put_rss },
		{ "feed.atom", put_atom },
	};
	json_t *record = json_loads(line, 0, NULL);

	assert_non_null(record);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buf out = { 0 };

		rows[i].put(&out, record);
		forms[i].name = rows[i].name;
		forms[i].len = out.len;
		forms[i].bytes = buf_take(&out);
		assert_non_null(forms[i].bytes);
	}
	json_decref(record);
	return COUNT(rows);
}

#define FORMS 7

static size_t make_forms(struct form forms[FORMS])
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
	n += write_forms(forms + n, line);
	assert_int_equal(n, FORMS);
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
	struct form forms[FORMS];
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
