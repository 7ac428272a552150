/*
 * The stored form of an article.  Knows bytes and zstd; no SQL, no dictionaries.
 *
 * The head: version, date, sibling, ids and lists of ids, all integers LEB128.  Behind
 * it one frame, which names its codebook: a byte for the provenance of each part, and
 * the texts but for the title, as length + 1 and bytes (0: NULL).
 */
#include "engine/sqlite/record.h"

#include <string.h>
#include <zstd.h>

#include "base/bytes.h"
#include "query/fields.h"
#include "text/analyze.h"

enum {
	RECORD_VERSION = 4,
	/* Level 3 is where zstd's curve bends for texts of a few KB without a
	 * codebook. */
	RECORD_LEVEL = 3,
	/* No reader lets an article of this size in; a frame that claims more is
	 * damage, not data. */
	RECORD_MAX = 1 << 30
};

void codec_release(struct codec *c)
{
	ZSTD_freeCCtx(c->compress);
	ZSTD_freeDCtx(c->expand);
	buf_release(&c->plain);
	memset(c, 0, sizeof(*c));
}

void record_texts(struct record *r, const struct pdx_article *a)
{
	memset(r, 0, sizeof(*r));
	r->title = a->title;
	r->summary = a->summary;
	r->body = a->body ? a->body : "";
	r->url = a->url;
	r->ref = a->ref;
	r->origin = a->origin;
	memcpy(r->provenance, a->provenance, sizeof(r->provenance));
}

static void put_text(struct buf *b, const char *text)
{
	size_t len = text ? strlen(text) : 0;

	buf_put_varint(b, text ? len + 1 : 0);
	buf_put(b, text, len);
}

static void put_ids(struct buf *b, const uint32_t *ids, size_t n)
{
	size_t i;

	buf_put_varint(b, n);
	for (i = 0; i < n; i++)
		buf_put_varint(b, ids[i]);
}

void record_plain(struct buf *b, const struct record *r)
{
	size_t i;

	buf_put(b, r->provenance, PDX_PARTS);
	put_text(b, r->summary);
	put_text(b, r->body);
	put_text(b, r->url);
	put_text(b, r->ref);
	put_text(b, r->origin);
	for (i = 0; i < r->ntakes; i++)
		put_text(b, r->takes[i].text);
}

int record_pack(struct buf *out, struct codec *c, const struct codebook *book,
		const struct record *record, struct pdx_err *err)
{
	size_t bound, got;

	if (!c->compress && !(c->compress = ZSTD_createCCtx()))
		return err_nomem(err);
	buf_reset(&c->plain);
	record_plain(&c->plain, record);
	if (!buf_ok(&c->plain))
		return err_nomem(err);
	bound = ZSTD_compressBound(c->plain.len);
	buf_reset(out);
	if (!buf_reserve(out, bound))
		return err_nomem(err);
	got = book ? ZSTD_compress_usingCDict(c->compress, out->data, bound,
					      c->plain.data, c->plain.len,
					      book->compress)
		   : ZSTD_compressCCtx(c->compress, out->data, bound, c->plain.data,
				       c->plain.len, RECORD_LEVEL);
	if (ZSTD_isError(got))
		return err_set(err, PDX_E_NOMEM, "cannot compress: %s",
			       ZSTD_getErrorName(got));
	out->len = got;
	return 0;
}

int record_encode(struct buf *out, const struct record *r, const struct buf *texts,
		  struct pdx_err *err)
{
	size_t i;

	buf_reset(out);
	buf_put_varint(out, RECORD_VERSION);
	buf_put_u32(out, (uint32_t)r->date);
	buf_put_varint(out, r->sibling);
	buf_put_varint(out, r->source);
	buf_put_varint(out, r->lang);
	put_ids(out, r->companies, r->ncompanies);
	put_ids(out, r->categories, r->ncategories);
	buf_put_varint(out, r->ntakes);
	for (i = 0; i < r->ntakes; i++) {
		buf_put_varint(out, r->takes[i].persona);
		buf_put_varint(out, r->takes[i].perspective);
	}
	buf_put(out, texts->data, texts->len);
	return buf_ok(out) ? 0 : err_nomem(err);
}

static const char *get_text(struct bytes *in, struct arena *arena)
{
	uint64_t len = bytes_varint(in);
	const unsigned char *text = len ? bytes_take(in, (size_t)len - 1) : NULL;

	return text ? arena_dup(arena, (const char *)text, (size_t)len - 1) : NULL;
}

static uint32_t *get_ids(struct bytes *in, struct arena *arena, size_t *n)
{
	uint32_t *ids;
	size_t i;

	*n = bytes_count(in);
	ids = arena_array(arena, *n ? *n : 1, sizeof(*ids));
	for (i = 0; ids && i < *n; i++)
		ids[i] = (uint32_t)bytes_varint(in);
	return ids;
}

static void get_provenance(struct record *r, struct bytes *in)
{
	const unsigned char *from = bytes_take(in, PDX_PARTS);
	size_t i;

	for (i = 0; from && i < PDX_PARTS; i++) {
		r->provenance[i] = from[i];
		in->bad = in->bad || from[i] >= PDX_PROVENANCES;
	}
}

static void get_head(struct record *r, struct bytes *in, struct arena *arena)
{
	size_t i;

	if (bytes_varint(in) != RECORD_VERSION)
		in->bad = true;
	r->date = (int32_t)bytes_u32(in);
	r->sibling = (uint32_t)bytes_varint(in);
	r->source = (uint32_t)bytes_varint(in);
	r->lang = (uint32_t)bytes_varint(in);
	r->companies = get_ids(in, arena, &r->ncompanies);
	r->categories = get_ids(in, arena, &r->ncategories);
	r->ntakes = bytes_count(in);
	r->takes = arena_array(arena, r->ntakes ? r->ntakes : 1, sizeof(*r->takes));
	for (i = 0; r->takes && i < r->ntakes; i++) {
		r->takes[i].persona = (uint32_t)bytes_varint(in);
		r->takes[i].perspective = (uint32_t)bytes_varint(in);
	}
}

static void get_texts(struct record *r, struct bytes *in, struct arena *arena)
{
	size_t i;

	get_provenance(r, in);
	r->title = "";
	r->summary = get_text(in, arena);
	r->body = get_text(in, arena);
	r->url = get_text(in, arena);
	r->ref = get_text(in, arena);
	r->origin = get_text(in, arena);
	for (i = 0; i < r->ntakes; i++)
		if (!(r->takes[i].text = get_text(in, arena)))
			in->bad = true;
	if (in->p != in->end || !r->body)
		in->bad = true;
}

static int find_book(const struct codebook **book, struct codec *c, const void *bytes,
		     size_t len, struct pdx_err *err)
{
	uint32_t id = ZSTD_getDictID_fromFrame(bytes, len);

	*book = NULL;
	if (!id)
		return 0;
	if (!c->books)
		return err_set(err, PDX_E_INDEX, "a record needs codebook %u", id);
	return codebooks_find(book, c->books, id, err);
}

static int expand(struct codec *c, const void *bytes, size_t len, struct pdx_err *err)
{
	unsigned long long size = ZSTD_getFrameContentSize(bytes, len);
	const struct codebook *book;
	size_t got;
	int status = find_book(&book, c, bytes, len, err);

	if (status)
		return status;

	if (!c->expand && !(c->expand = ZSTD_createDCtx()))
		return err_nomem(err);
	if (size > RECORD_MAX) /* both of zstd's special values are larger */
		return err_set(err, PDX_E_INDEX,
			       "index is damaged: a record has no size");
	buf_reset(&c->plain);
	if (!buf_reserve(&c->plain, (size_t)size + 1))
		return err_nomem(err);
	got = book ? ZSTD_decompress_usingDDict(c->expand, c->plain.data, (size_t)size,
						bytes, len, book->expand)
		   : ZSTD_decompressDCtx(c->expand, c->plain.data, (size_t)size, bytes,
					 len);
	if (ZSTD_isError(got))
		return err_set(err, PDX_E_INDEX, "index is damaged: a record: %s",
			       ZSTD_getErrorName(got));
	c->plain.len = got;
	return 0;
}

static int cut_short(struct pdx_err *err)
{
	return err_set(err, PDX_E_INDEX, "index is damaged: a record is cut short");
}

int record_decode(struct record *out, struct codec *c, struct arena *arena,
		  const void *bytes, size_t len, struct pdx_err *err)
{
	struct bytes in = { bytes, NULL, !bytes };
	int status;

	memset(out, 0, sizeof(*out));
	in.end = bytes ? in.p + len : NULL;
	get_head(out, &in, arena);
	if (arena->failed)
		return err_nomem(err);
	if (in.bad)
		return cut_short(err);
	status = expand(c, in.p, (size_t)(in.end - in.p), err);
	if (status)
		return status;
	in.p = (const unsigned char *)c->plain.data;
	in.end = in.p + c->plain.len;
	get_texts(out, &in, arena);
	if (arena->failed)
		return err_nomem(err);
	return in.bad ? cut_short(err) : 0;
}

void record_column(struct buf *out, const struct record *r, int column)
{
	size_t i;

	switch (column) {
	case COLUMN_TITLE:
		buf_puts(out, r->title);
		break;
	case COLUMN_SUMMARY:
		buf_puts(out, r->summary ? r->summary : "");
		break;
	case COLUMN_BODY:
		buf_puts(out, r->body);
		break;
	default:
		for (i = 0; i < r->ntakes; i++) {
			if (i)
				buf_puts(out, ANALYZER_BREAK);
			buf_puts(out, r->takes[i].text);
		}
	}
}

uint64_t record_text_bytes(const struct record *r)
{
	uint64_t sum = strlen(r->title) + strlen(r->body);
	size_t i;

	if (r->summary)
		sum += strlen(r->summary);
	for (i = 0; i < r->ntakes; i++)
		sum += strlen(r->takes[i].text);
	return sum;
}
