/*
 * URLs for comparing, not for following: what two links to one page differ in is taken
 * away.  Knows nothing of articles.
 */
#include "ingest/identity_url.h"

#include <string.h>
#include <strings.h>

/* Parameters that say where a reader came from; a trailing * is a prefix. */
static const char *const tracking[] = {
	"utm_*",   "fbclid", "gclid",  "gclsrc", "dclid",   "gbraid",  "wbraid",
	"msclkid", "yclid",  "twclid", "igshid", "ttclid",  "mc_cid",  "mc_eid",
	"_ga",     "_gl",    "_hsenc", "_hsmi",  "mkt_tok", "vero_id", "oly_enc_id",
};

struct piece {
	const char *s;
	size_t len;
};

static bool is_tracking(struct piece param)
{
	const char *equals = memchr(param.s, '=', param.len);
	size_t len = equals ? (size_t)(equals - param.s) : param.len;

	for (size_t i = 0; i < sizeof(tracking) / sizeof(tracking[0]); i++) {
		size_t n = strlen(tracking[i]);
		bool prefix = tracking[i][n - 1] == '*';

		if (prefix ? len >= n - 1 &&
				     strncasecmp(param.s, tracking[i], n - 1) == 0
			   : len == n && strncasecmp(param.s, tracking[i], n) == 0)
			return true;
	}
	return false;
}

static bool starts_with(struct piece p, const char *prefix)
{
	return p.len >= strlen(prefix) && strncasecmp(p.s, prefix, strlen(prefix)) == 0;
}

static bool ends_with(struct piece p, const char *suffix)
{
	size_t n = strlen(suffix);

	return p.len >= n && memcmp(p.s + p.len - n, suffix, n) == 0;
}

static void skip(struct piece *p, size_t n)
{
	p->s += n;
	p->len -= n;
}

/* The part of ${p} before the first of ${stops}; *p is left with the rest. */
static struct piece cut_at(struct piece *p, const char *stops)
{
	struct piece head = { p->s, 0 };

	while (head.len < p->len && !strchr(stops, p->s[head.len]))
		head.len++;
	skip(p, head.len);
	return head;
}

/* An address that a person would type: it has a dot inside, and no blank. */
static bool is_bare_host(struct piece host)
{
	const char *dot = memchr(host.s, '.', host.len);

	return dot && dot != host.s && dot + 1 < host.s + host.len &&
	       !memchr(host.s, ' ', host.len) && !memchr(host.s, '@', host.len);
}

static void drop_host_extras(struct piece *host)
{
	if (starts_with(*host, "www.") &&
	    is_bare_host((struct piece){ host->s + 4, host->len - 4 }))
		skip(host, strlen("www."));
	if (ends_with(*host, ":80"))
		host->len -= strlen(":80");
	else if (ends_with(*host, ":443"))
		host->len -= strlen(":443");
	if (ends_with(*host, "."))
		host->len--;
}

static void put_lower(struct buf *out, struct piece p)
{
	for (size_t i = 0; i < p.len; i++) {
		char c = p.s[i];

		buf_putc(out, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
}

static void put_params(struct buf *out, struct piece query)
{
	char before = '?';

	while (query.len > 0) {
		struct piece param = cut_at(&query, "&;");

		if (query.len > 0)
			skip(&query, 1);
		if (param.len == 0 || is_tracking(param))
			continue;
		buf_putc(out, before);
		buf_put(out, param.s, param.len);
		before = '&';
	}
}

/* Split the scheme off; false where ${url} names no host. */
static bool take_scheme(struct piece *url, struct piece *scheme)
{
	struct piece rest = *url, head = cut_at(&rest, ":/?#");

	*scheme = (struct piece){ "", 0 };
	if (starts_with(rest, "://") && head.len > 0) {
		*scheme = head;
		skip(&rest, strlen("://"));
		*url = rest;
		return rest.len > 0 && rest.s[0] != '/';
	}
	if (starts_with(*url, "//")) {
		skip(url, strlen("//"));
		return url->len > 0 && url->s[0] != '/';
	}
	rest = *url;
	return is_bare_host(cut_at(&rest, "/?#"));
}

static bool is_web(struct piece scheme)
{
	return scheme.len == 0 || (scheme.len == 4 && starts_with(scheme, "http")) ||
	       (scheme.len == 5 && starts_with(scheme, "https"));
}

bool url_normalise(struct buf *out, const char *url)
{
	struct piece rest = { url, strlen(url) }, scheme, host, path, query = { "", 0 };

	if (!take_scheme(&rest, &scheme))
		return false;
	if (!is_web(scheme)) {
		put_lower(out, scheme);
		buf_puts(out, "://");
	}
	host = cut_at(&rest, "/?#");
	drop_host_extras(&host);
	put_lower(out, host);

	path = cut_at(&rest, "?#");
	while (ends_with(path, "/"))
		path.len--;
	buf_put(out, path.s, path.len);

	if (starts_with(rest, "?")) {
		skip(&rest, 1);
		query = cut_at(&rest, "#");
	}
	put_params(out, query);
	if (starts_with(rest, "#/") || starts_with(rest, "#!"))
		buf_put(out, rest.s, rest.len);
	return true;
}
