/* Readings: see reading.h. */
#include "reading.h"
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "ingest/provenance.h"

struct memory {
	const char *bytes;
	size_t len, pos, chunk;
};

static int64_t memory_read(void *ctx, void *out, size_t size, struct pdx_err *err)
{
	struct memory *m = ctx;
	size_t n = m->len - m->pos;

	(void)err;
	if (n > size)
		n = size;
	if (m->chunk > 0 && n > m->chunk)
		n = m->chunk;
	if (n > 0)
		memcpy(out, m->bytes + m->pos, n);
	m->pos += n;
	return (int64_t)n;
}

/* One line whatever ${s} holds. */
static void put_escaped(struct buf *out, const char *s)
{
	for (; *s; s++) {
		if (*s == '\n')
			buf_puts(out, "\\n");
		else
			buf_putc(out, *s);
	}
}

static void put_field(struct buf *out, const char *name, const char *value)
{
	if (!value)
		return;
	buf_printf(out, "  %s: ", name);
	put_escaped(out, value);
	buf_putc(out, '\n');
}

/* Readers say of each part where they found it. */
static void check_provenance(const struct pdx_article *a)
{
	for (int part = 0; part < PDX_PARTS; part++)
		if (provenance_has(a, (enum pdx_part)part) &&
		    a->provenance[part] == PDX_FROM_UNKNOWN)
			fail_msg("%s: nobody says where the %s is from", a->origin,
				 pdx_part_name((enum pdx_part)part));
}

static void put_article(struct buf *out, const struct pdx_article *a)
{
	char date[DATE_TEXT];

	buf_printf(out, "article %s\n", a->origin);
	put_field(out, "title", a->title);
	put_field(out, "date",
		  a->date == PDX_NO_DATE ? NULL : date_format(date, a->date));
	for (size_t i = 0; i < a->ncompanies; i++)
		put_field(out, "company", a->companies[i]);
	for (size_t i = 0; i < a->ncategories; i++)
		put_field(out, "category", a->categories[i]);
	put_field(out, "url", a->url);
	put_field(out, "lang", a->lang);
	put_field(out, "source", a->source);
	put_field(out, "ref", a->ref);
	if (a->sibling)
		buf_printf(out, "  sibling: %u\n", (unsigned)a->sibling);
	put_field(out, "summary", a->summary);
	put_field(out, "body", a->body);
	for (size_t i = 0; i < a->ntakes; i++) {
		put_field(out, "persona",
			  a->takes[i].persona ? a->takes[i].persona : "-");
		put_field(out, "perspective", a->takes[i].perspective);
		put_field(out, "take", a->takes[i].text);
	}
}

static void put_provenance(struct buf *out, const struct pdx_article *a)
{
	const char *comma = "";

	for (int part = 0; part < PDX_PARTS; part++) {
		if (a->provenance[part] == PDX_FROM_UNKNOWN)
			continue;
		buf_printf(out, "%s%s: %s", comma, pdx_part_name((enum pdx_part)part),
			   pdx_provenance_name(a->provenance[part]));
		comma = ", ";
	}
	buf_putc(out, '\n');
}

static void put_warning(void *ctx, const char *origin, const char *message)
{
	struct reading *r = ctx;

	buf_printf(&r->text, "warning %s: %s\n", origin, message);
	buf_printf(&r->warnings, "%s: %s\n", origin, message);
}

static void put_skip(struct reading *r, const struct read_skip *skip)
{
	buf_printf(&r->text, "skip %s at %llu, %llu bytes: %s\n", skip->origin,
		   (unsigned long long)skip->offset, (unsigned long long)skip->len,
		   skip->reason);
	buf_printf(&r->reasons, "%s\n", skip->reason);
}

void reading_init(struct reading *r)
{
	*r = (struct reading){ 0 };
	buf_init(&r->text, 0);
	buf_init(&r->warnings, 0);
	buf_init(&r->reasons, 0);
	buf_init(&r->provenance, 0);
}

void reading_release(struct reading *r)
{
	buf_release(&r->text);
	buf_release(&r->warnings);
	buf_release(&r->reasons);
	buf_release(&r->provenance);
}

void reading_bytes(struct reading *r, const char *name, const char *bytes, size_t len)
{
	struct memory m = { bytes, len, 0, r->chunk };
	struct input input = { .name = name, .read = memory_read, .ctx = &m };
	struct pdx_article article;
	struct read_skip skip;
	struct reader *reader;
	struct pdx_err err = { 0 };

	r->options.warn = (struct read_warn){ put_warning, r };
	r->status = reader_open(&reader, &input, &r->options, &err);
	if (r->status < 0) {
		buf_printf(&r->text, "refused: %s\n", err.message);
		buf_printf(&r->reasons, "%s\n", err.message);
		return;
	}
	r->reader = reader_name(reader);
	while ((r->status = reader_next(reader, &article, &skip, &err)) > 0) {
		if (r->status == READ_SKIP) {
			r->skips++;
			put_skip(r, &skip);
			continue;
		}
		r->articles++;
		r->takes += article.ntakes;
		check_provenance(&article);
		put_article(&r->text, &article);
		put_provenance(&r->provenance, &article);
	}
	reader_close(reader);
}

char *file_bytes(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *bytes = NULL;
	size_t cap = 0, n;

	if (!f)
		fail_msg("%s: cannot be read", path);
	*len = 0;
	do {
		cap = cap * 2 + 65536;
		bytes = realloc(bytes, cap);
		assert_non_null(bytes);
		n = fread(bytes + *len, 1, cap - *len, f);
		*len += n;
	} while (n > 0);
	fclose(f);
	return bytes;
}

void reading_file(struct reading *r, const char *path, const char *name)
{
	size_t len;
	char *bytes = file_bytes(path, &len);

	reading_bytes(r, name, bytes, len);
	free(bytes);
}

static void write_file(const char *path, const struct buf *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(buf_str(text), 1, text->len, f), text->len);
	assert_int_equal(fclose(f), 0);
}

static void check_golden(const char *path, const struct buf *got)
{
	size_t len;
	char *want;

	if (getenv("PANELDEX_GOLDEN")) {
		write_file(path, got);
		return;
	}
	want = file_bytes(path, &len);
	if (len != got->len || memcmp(want, buf_str(got), len) != 0)
		fail_msg("%s: wanted\n%.*sgot\n%s", path, (int)len, want, buf_str(got));
	free(want);
}

void check_reading(const char *dir, const char *name)
{
	struct reading r;
	char path[512];

	reading_init(&r);
	snprintf(path, sizeof(path), "tests/cases/%s/%s", dir, name);
	reading_file(&r, test_path(path), name);
	snprintf(path, sizeof(path), "tests/cases/%s/%s.want", dir, name);
	check_golden(test_path(path), &r.text);
	reading_release(&r);
}
