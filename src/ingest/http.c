/*
 * HTTP responses out of an archive of them.
 */
#include "ingest/http.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "paneldex.h"

#define CHUNK_DIGITS 12 /* of a chunk's size; more is none that can be there */

/* The line at ${*s}, without its end, moved over. */
static char *take_line(size_t *n, char **s, size_t *len)
{
	char *line = *s, *feed = memchr(line, '\n', *len);
	size_t used = feed ? (size_t)(feed - line) + 1 : *len;

	*n = feed ? used - 1 : used;
	while (*n > 0 && line[*n - 1] == '\r')
		--*n;
	*s += used;
	*len -= used;
	return line;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* ${n} bytes at ${s} without blanks around them. */
static void trim(char **s, size_t *n)
{
	while (*n > 0 && is_blank(**s)) {
		++*s;
		--*n;
	}
	while (*n > 0 && is_blank((*s)[*n - 1]))
		--*n;
}

int header_line_next(struct header_line *out, struct arena *arena, char **s,
		     size_t *len)
{
	size_t n, more;
	char *line = take_line(&n, s, len), *colon, *value, *rest;

	if (n == 0)
		return 0;
	colon = memchr(line, ':', n);
	if (!colon || is_blank(*line))
		return PDX_E_INPUT;
	out->name = line;
	out->name_len = (size_t)(colon - line);
	value = colon + 1;
	n -= out->name_len + 1;
	while (*len > 0 && is_blank(**s)) { /* folded: its line end becomes blanks */
		rest = take_line(&more, s, len);
		memset(value + n, ' ', (size_t)(rest - value) - n);
		n = (size_t)(rest - value) + more;
	}
	trim(&value, &n);
	out->value = arena_dup(arena, value, n);
	return out->value ? 1 : PDX_E_NOMEM;
}

bool header_line_is(const struct header_line *line, const char *name)
{
	return strlen(name) == line->name_len &&
	       strncasecmp(line->name, name, line->name_len) == 0;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "1a2b" or "1a2b;name=value" and blanks. */
static bool chunk_size(size_t *out, const char *line, size_t n)
{
	size_t i = 0;

	for (*out = 0; i < n && i < CHUNK_DIGITS && digit(line[i]) >= 0; i++)
		*out = *out * 16 + (size_t)digit(line[i]);
	return i > 0 && (i == n || line[i] == ';' || is_blank(line[i]));
}

/* Join the chunks of the body where it stands.  False where they do not fit. */
static bool join_chunks(struct http_response *r)
{
	char *s = r->body, *out = r->body, *line;
	size_t len = r->len, n, size;

	for (;;) {
		line = take_line(&n, &s, &len);
		if (!chunk_size(&size, line, n) || size > len)
			return false;
		if (size == 0)
			break; /* trailers are of no use */
		memmove(out, s, size);
		out += size;
		s += size;
		len -= size;
		take_line(&n, &s, &len);
		if (n > 0)
			return false;
	}
	r->len = (size_t)(out - r->body);
	return true;
}

/* Some archives say that a body is chunked, but keep it joined. */
static bool begins_chunked(const struct http_response *r)
{
	char *s = r->body;
	size_t len = r->len, n, size;
	char *line = take_line(&n, &s, &len);

	return chunk_size(&size, line, n);
}

static char *lower(struct arena *arena, const char *s)
{
	char *copy = arena_strdup(arena, s);

	for (char *c = copy; c && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

/* "HTTP/1.1 200 OK" */
static bool status_line(int *status, const char *line, size_t n)
{
	const char *s =
		n > 5 && memcmp(line, "HTTP/", 5) == 0 ? memchr(line, ' ', n) : NULL;

	if (!s || n < (size_t)(s - line) + 4)
		return false;
	*status = 0;
	for (int i = 1; i <= 3; i++) {
		if (!isdigit((unsigned char)s[i]))
			return false;
		*status = *status * 10 + (s[i] - '0');
	}
	return true;
}

/* Keep what ${line} says of the body. */
static int note_header(struct http_response *r, bool *chunked, struct arena *arena,
		       const struct header_line *line)
{
	if (header_line_is(line, "Content-Type"))
		r->type = line->value;
	if (header_line_is(line, "Transfer-Encoding"))
		*chunked = strcasecmp(line->value, "chunked") == 0;
	if (!header_line_is(line, "Content-Encoding"))
		return 0;
	r->encoding = lower(arena, line->value);
	return r->encoding ? 0 : PDX_E_NOMEM;
}

int http_parse(struct http_response *out, const char **reason, struct arena *arena,
	       char *bytes, size_t len)
{
	struct header_line line;
	bool chunked = false;
	size_t n;
	char *first = take_line(&n, &bytes, &len);
	int rc;

	*out = (struct http_response){ 0 };
	*reason = "not an HTTP response";
	if (!status_line(&out->status, first, n))
		return PDX_E_INPUT;
	while ((rc = header_line_next(&line, arena, &bytes, &len)) != 0) {
		if (rc == 1)
			rc = note_header(out, &chunked, arena, &line);
		if (rc == PDX_E_NOMEM)
			return rc; /* a line that is no header is not worth more */
	}
	out->body = bytes;
	out->len = len;
	*reason = "its body is not chunked as it says";
	if (chunked && begins_chunked(out) && !join_chunks(out))
		return PDX_E_INPUT;
	return 0;
}

bool http_may_be_text(const char *type)
{
	static const char *const others[] = {
		"image/",
		"audio/",
		"video/",
		"font/",
		"text/css",
		"text/javascript",
		"application/javascript",
		"application/x-javascript",
		"application/ecmascript",
		"application/font",
		"application/x-font",
		"application/vnd.ms-fontobject",
		"application/wasm",
		"application/pdf",
		"application/x-shockwave-flash",
	};

	for (size_t i = 0; type && i < sizeof(others) / sizeof(others[0]); i++)
		if (strncasecmp(type, others[i], strlen(others[i])) == 0)
			return false;
	return true;
}
