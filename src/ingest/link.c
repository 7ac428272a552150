/* Resolving by the parts of two addresses; what they lead to is nobody's business here.
 */
#include "ingest/link.h"

#include <stddef.h>
#include <string.h>

/* Bytes of "https:" at the start of ${s}; 0: it has no scheme. */
static size_t scheme_len(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "0123456789+-.");

	return n > 0 && s[n] == ':' && (*s | 0x20) >= 'a' && (*s | 0x20) <= 'z' ? n + 1
										: 0;
}

bool link_is_absolute(const char *link)
{
	return scheme_len(link) > 0;
}

/* Bytes of "https://host:1" at the start of ${base}; 0: it names no host. */
static size_t authority_len(const char *base)
{
	size_t n = scheme_len(base);

	if (n == 0 || base[n] != '/' || base[n + 1] != '/')
		return 0;
	return n + 2 + strcspn(base + n + 2, "/?#");
}

/* Whether the ${len} bytes of a path's part are just ${dots}. */
static bool is_dots(const char *part, size_t len, const char *dots)
{
	return len == strlen(dots) && memcmp(part, dots, len) == 0;
}

/* Cut the last part off ${out}, whose path begins at ${root}; its slash stays. */
static void cut_part(struct buf *out, size_t root)
{
	size_t len = out->len;

	if (len > root && out->data[len - 1] == '/')
		len--;
	while (len > root && out->data[len - 1] != '/')
		len--;
	buf_truncate(out, len);
}

/* Append the parts of ${path} up to its query, "." and ".." followed. */
static void put_path(struct buf *out, size_t root, const char *path)
{
	size_t end = strcspn(path, "?#"), len;

	for (size_t i = 0; i < end; i += len) {
		len = strcspn(path + i, "/?#");
		bool up = is_dots(path + i, len, "..");
		bool here = is_dots(path + i, len, ".");

		len += path[i + len] == '/';
		if (up)
			cut_part(out, root);
		else if (!here)
			buf_put(out, path + i, len);
	}
	buf_puts(out, path + end);
}

void link_resolve(struct buf *out, const char *base, const char *link)
{
	size_t host = base ? authority_len(base) : 0;
	size_t path, dir, root;

	if (host == 0 || link_is_absolute(link)) {
		buf_puts(out, link);
		return;
	}
	if (link[0] == '/' && link[1] == '/') {
		buf_put(out, base, scheme_len(base));
		buf_puts(out, link);
		return;
	}
	path = host + strcspn(base + host, "?#");
	if (*link == '\0' || *link == '#' || *link == '?') {
		size_t end = *link == '?' ? path : host + strcspn(base + host, "#");

		buf_put(out, base, end);
		buf_puts(out, link);
		return;
	}
	buf_put(out, base, host);
	buf_putc(out, '/');
	if (!buf_ok(out))
		return;
	root = out->len;
	dir = path;
	while (dir > host && base[dir - 1] != '/')
		dir--;
	if (*link == '/')
		link++;
	else if (dir > host + 1)
		buf_put(out, base + host + 1, dir - host - 1);
	put_path(out, root, link);
}
