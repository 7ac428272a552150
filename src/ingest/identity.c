/*
 * Identity and content of an article as numbers.  Knows no storage; what it gives must
 * never change, since ids in use are made of it.
 */
#include "ingest/identity.h"

#include <string.h>

#include "base/date.h"
#include "base/hash.h"
#include "ingest/identity_url.h"
#include "text/analyze.h"

static bool present(const char *s)
{
	return s && *s;
}

static bool put_url(struct buf *out, const char *url)
{
	size_t start = out->len;

	buf_puts(out, "url ");
	if (url_normalise(out, url))
		return true;
	buf_truncate(out, start);
	return false;
}

void identity_text(struct buf *out, const struct pdx_article *a)
{
	char date[DATE_TEXT];

	if (present(a->url) && put_url(out, a->url))
		return;
	if (present(a->source) && present(a->ref)) {
		buf_puts(out, "ref ");
		fold_key(out, a->source, strlen(a->source));
		buf_putc(out, '\t');
		buf_puts(out, a->ref);
		return;
	}
	buf_puts(out, "title ");
	fold_key(out, a->title, strlen(a->title));
	buf_putc(out, '\t');
	buf_puts(out, date_format(date, a->date));
	buf_putc(out, '\t');
	if (a->ncompanies > 0)
		fold_key(out, a->companies[0], strlen(a->companies[0]));
}

uint64_t identity_key_of(const char *text, size_t len, uint32_t sibling)
{
	uint64_t seed = sibling > 1 ? sibling - 1 : 0;
	uint64_t key = hash64_seeded(text, len, seed) >> (64 - IDENTITY_KEY_BITS);

	return key ? key : 1; /* 0 is taken */
}

uint64_t identity_key(const struct pdx_article *article)
{
	struct buf text;
	uint64_t key = 0;

	buf_init(&text, 0);
	identity_text(&text, article);
	if (buf_ok(&text))
		key = identity_key_of(text.data, text.len, article->sibling);
	buf_release(&text);
	return key;
}

void identity_id(char out[PDX_ID_SIZE], uint64_t key)
{
	static const char digits[] = "0123456789abcdef";
	uint64_t id = key >> IDENTITY_ID_SHIFT;

	for (size_t i = PDX_ID_SIZE - 1; i > 0; i--, id >>= 4)
		out[i - 1] = digits[id & 15];
	out[PDX_ID_SIZE - 1] = '\0';
}

/*
 * Fields are chained, each hashed with the digest so far as its seed: text cannot move
 * from one field to the next unseen, and nothing is copied together.
 */
static uint64_t add_text(uint64_t digest, const char *s)
{
	return hash64_seeded(s ? s : "", s ? strlen(s) : 0, digest);
}

static uint64_t add_number(uint64_t digest, uint64_t n)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(n >> (8 * i));
	return hash64_seeded(bytes, sizeof(bytes), digest);
}

static uint64_t add_list(uint64_t digest, const char *const *v, size_t n)
{
	digest = add_number(digest, n);
	for (size_t i = 0; i < n; i++)
		digest = add_text(digest, v[i]);
	return digest;
}

uint64_t identity_digest(const struct pdx_article *a)
{
	uint64_t d = add_text(0, a->title);

	d = add_text(d, a->summary);
	d = add_text(d, a->body);
	d = add_number(d, (uint32_t)a->date);
	d = add_list(d, a->companies, a->ncompanies);
	d = add_list(d, a->categories, a->ncategories);
	d = add_text(d, a->url);
	d = add_text(d, a->lang);
	d = add_text(d, a->source);
	d = add_text(d, a->ref);
	d = add_number(d, a->ntakes);
	for (size_t i = 0; i < a->ntakes; i++) {
		d = add_text(d, a->takes[i].persona);
		d = add_text(d, a->takes[i].perspective);
		d = add_text(d, a->takes[i].text);
	}
	return d;
}
