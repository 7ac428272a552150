/*
 * What makes two inputs the same article: its URL, else its source's name and its own
 * identifier there, else title, date and first company, each normalised.
 */
#ifndef INGEST_IDENTITY_H
#define INGEST_IDENTITY_H

#include <stdint.h>

#include "base/buf.h"
#include "paneldex.h"

/*
 * Append the identity of ${article}, without its sibling number, as text: "url ...",
 * "ref ...", "title ...".
 * URLs: http and https are dropped, as are "www.", the default port, the fragment,
 * trailing slashes and tracking parameters (utm_*, fbclid, gclid, ...); the host is in
 * lower case, the other parameters are kept in order.  A fragment that is a route
 * ("#/a", "#!a") is kept: pages differ by it.  What names no host ("n/a", "/news/1") is
 * no identity, and the next one counts.
 */
void identity_text(struct buf *out, const struct pdx_article *article);

/*
 * The key of ${article}: 63 bits, from the identity text and the sibling number, never
 * 0 but where memory is out.  Its upper 48 bits are the id.
 */
uint64_t identity_key(const struct pdx_article *article);

/* The same from the identity text. */
uint64_t identity_key_of(const char *text, size_t len, uint32_t sibling);

#define IDENTITY_KEY_BITS 63
#define IDENTITY_ID_SHIFT 15

/* The 12 hexadecimal digits of ${key}. */
void identity_id(char out[PDX_ID_SIZE], uint64_t key);

/*
 * A digest of everything that makes the content: all input fields but the origin and
 * the sibling number.  An absent field and an empty one are the same.
 */
uint64_t identity_digest(const struct pdx_article *article);

/* What was worked out of an article before its turn to be put came. */
struct ahead {
	uint64_t key;    /* identity_key() */
	uint64_t digest; /* identity_digest() */
	void *prepared;  /* the sink's; NULL: nothing */
};

#endif
