/*
 * Cursors to text and back.  Knows what a list of hits depends on; runs no search.
 */
#include "engine/sqlite/cursor.h"

#include <string.h>

#include "base/bytes.h"
#include "base/hash.h"
#include "engine/sqlite/store.h"

#define CURSOR_VERSION 1
#define PREFIX_BYTES 5 /* version and digest, before what the digest is of */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			     "0123456789-_"; /* RFC 4648, section 5 */

void cursor_begin(struct cursor *out, const struct store *s,
		  const struct pdx_search *how)
{
	memset(out, 0, sizeof(*out));
	out->generation = s->state.generation;
	out->last_row = s->last_row;
	out->last_added = s->state.last_added;
	out->today = how->today;
	out->articles = s->state.articles;
	memcpy(out->tokens, s->state.tokens, sizeof(out->tokens));
}

static uint64_t double_bits(double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	return bits;
}

static double bits_double(uint64_t bits)
{
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

/* Small whichever sign it has. */
static uint64_t zigzag(int64_t v)
{
	return (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t v)
{
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

static void put_profile(struct buf *out, const struct pdx_profile *profile)
{
	int column;

	buf_put_u64(out, double_bits(profile->k1));
	for (column = 0; column < TEXT_COLUMNS; column++) {
		buf_put_u64(out, double_bits(profile->weight[column]));
		buf_put_u64(out, double_bits(profile->b[column]));
	}
}

/* What a cursor may not be carried over from: another query, filter or order. */
static uint32_t digest_of(const struct pdx_query *query, const struct pdx_search *how)
{
	struct buf all;
	uint32_t digest;
	size_t i;

	buf_init(&all, 0);
	buf_puts(&all, query->parsed);
	buf_putc(&all, '\0');
	for (i = 0; i < how->nsort; i++)
		buf_printf(&all, "%d%c", (int)how->sort[i].key,
			   how->sort[i].reverse ? '-' : '+');
	buf_put_u64(&all, double_bits(how->recency_days));
	if (how->profile)
		put_profile(&all, how->profile);
	if (!how->collapse)
		buf_putc(&all, '*');
	digest = buf_ok(&all) ? (uint32_t)hash64(all.data, all.len) : 0;
	buf_release(&all);
	return digest;
}

/* The keys that ${how} sorts by, as bits; relevance where it names none. */
static unsigned keys_of(const struct pdx_search *how)
{
	unsigned keys = how->nsort ? 0 : 1u << PDX_SORT_RELEVANCE;
	size_t i;

	for (i = 0; i < how->nsort; i++)
		keys |= 1u << how->sort[i].key;
	return keys;
}

static void put_last(struct buf *out, const struct candidate *last, unsigned keys)
{
	buf_put_u64(out, last->key);
	buf_put_varint(out, zigzag(last->date));
	if (keys & 1u << PDX_SORT_RELEVANCE)
		buf_put_u64(out, double_bits(last->score));
	if (keys & 1u << PDX_SORT_COMPANY)
		buf_put_varint(out, last->company);
	if (keys & 1u << PDX_SORT_CATEGORY)
		buf_put_varint(out, last->category);
	if (keys & 1u << PDX_SORT_ADDED)
		buf_put_varint(out, last->added);
	if (keys & 1u << PDX_SORT_TITLE) {
		buf_put_varint(out, strlen(last->title));
		buf_puts(out, last->title);
	}
}

static void get_last(struct candidate *last, struct arena *arena, struct bytes *in,
		     unsigned keys)
{
	last->key = bytes_u64(in);
	last->date = (int32_t)unzigzag(bytes_varint(in));
	if (keys & 1u << PDX_SORT_RELEVANCE)
		last->score = bits_double(bytes_u64(in));
	if (keys & 1u << PDX_SORT_COMPANY)
		last->company = (uint32_t)bytes_varint(in);
	if (keys & 1u << PDX_SORT_CATEGORY)
		last->category = (uint32_t)bytes_varint(in);
	if (keys & 1u << PDX_SORT_ADDED)
		last->added = (uint32_t)bytes_varint(in);
	if (keys & 1u << PDX_SORT_TITLE) {
		size_t len = bytes_count(in);
		const unsigned char *title = bytes_take(in, len);

		last->title = title ? arena_dup(arena, (const char *)title, len) : NULL;
	}
}

static void put_all(struct buf *out, const struct cursor *c, unsigned keys)
{
	size_t i;

	buf_put_varint(out, c->generation);
	buf_put_varint(out, (uint64_t)c->last_row);
	buf_put_varint(out, zigzag(c->last_added));
	buf_put_varint(out, zigzag(c->today));
	buf_put_varint(out, c->articles);
	for (i = 0; i < TEXT_COLUMNS; i++)
		buf_put_varint(out, c->tokens[i]);
	buf_put_varint(out, c->before);
	buf_put_varint(out, c->nidf);
	for (i = 0; i < c->nidf; i++)
		buf_put_u64(out, double_bits(c->idf[i]));
	put_last(out, &c->last, keys);
}

static void get_all(struct cursor *c, struct arena *arena, struct bytes *in,
		    unsigned keys)
{
	size_t i;

	c->generation = bytes_varint(in);
	c->last_row = (int64_t)bytes_varint(in);
	c->last_added = unzigzag(bytes_varint(in));
	c->today = (int32_t)unzigzag(bytes_varint(in));
	c->articles = bytes_varint(in);
	for (i = 0; i < TEXT_COLUMNS; i++)
		c->tokens[i] = bytes_varint(in);
	c->before = bytes_varint(in);
	c->nidf = bytes_count(in);
	c->idf = arena_array(arena, c->nidf + 1, sizeof(*c->idf));
	for (i = 0; c->idf && i < c->nidf; i++)
		c->idf[i] = bits_double(bytes_u64(in));
	c->positioned = true;
	get_last(&c->last, arena, in, keys);
}

static void encode(struct buf *out, const unsigned char *bytes, size_t len)
{
	uint32_t bits = 0;
	unsigned n = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		bits = bits << 8 | bytes[i];
		for (n += 8; n >= 6; n -= 6)
			buf_putc(out, digits[bits >> (n - 6) & 63]);
	}
	if (n)
		buf_putc(out, digits[bits << (6 - n) & 63]);
}

/* False where ${text} has another character. */
static bool decode(struct buf *out, const char *text)
{
	uint32_t bits = 0;
	unsigned n = 0;

	for (; *text; text++) {
		const char *digit = strchr(digits, *text);

		if (!digit)
			return false;
		bits = bits << 6 | (uint32_t)(digit - digits);
		n += 6;
		if (n < 8)
			continue;
		n -= 8;
		buf_putc(out, (char)(bits >> n & 0xFF));
	}
	return true;
}

const char *cursor_text(const struct cursor *c, struct arena *arena,
			const struct pdx_query *query, const struct pdx_search *how)
{
	struct buf body, all, text;
	const char *copy = NULL;

	buf_init(&body, 0);
	buf_init(&all, 0);
	buf_init(&text, 0);
	buf_put_u32(&body, digest_of(query, how));
	put_all(&body, c, keys_of(how));
	if (!buf_ok(&body))
		goto out;
	buf_putc(&all, CURSOR_VERSION);
	buf_put_u32(&all, (uint32_t)hash64(body.data, body.len));
	buf_put(&all, body.data, body.len);
	if (!buf_ok(&all))
		goto out;
	encode(&text, (const unsigned char *)all.data, all.len);
	if (buf_ok(&text))
		copy = arena_dup(arena, text.data, text.len);
out:
	buf_release(&text);
	buf_release(&all);
	buf_release(&body);
	return copy;
}

/* Where the bytes of a cursor that is whole stand in ${raw}; false: it is not. */
static bool open_cursor(struct bytes *in, const struct buf *raw)
{
	const unsigned char *p = (const unsigned char *)raw->data;

	if (!buf_ok(raw) || raw->len < PREFIX_BYTES || *p != CURSOR_VERSION)
		return false;
	*in = (struct bytes){ p + 1, p + raw->len, false };
	return bytes_u32(in) ==
	       (uint32_t)hash64(raw->data + PREFIX_BYTES, raw->len - PREFIX_BYTES);
}

static int refuse(struct pdx_err *err, const char *why)
{
	return err_set(err, PDX_E_USAGE, "%s", why);
}

int cursor_read(struct cursor *out, struct arena *arena, const struct store *s,
		const struct pdx_query *query, const struct pdx_search *how,
		struct pdx_err *err)
{
	struct bytes in;
	struct buf raw;
	int status = 0;

	memset(out, 0, sizeof(*out));
	buf_init(&raw, 0);
	if (!decode(&raw, how->after) || !open_cursor(&in, &raw))
		status = refuse(err, "the cursor is damaged, or none at all");
	else if (bytes_u32(&in) != digest_of(query, how))
		status = refuse(err, "the cursor belongs to another query, filter or "
				     "order");
	if (status)
		goto out;
	get_all(out, arena, &in, keys_of(how));
	if (arena->failed)
		status = err_nomem(err);
	else if (in.bad || in.p != in.end)
		status = refuse(err, "the cursor is damaged, or none at all");
	else if (out->generation > s->state.generation || out->last_row > s->last_row)
		status = refuse(err, "the cursor belongs to another index");
out:
	buf_release(&raw);
	return status;
}
