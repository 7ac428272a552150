/*
 * An HTTP response as a crawl keeps it: status, headers, and a body as it travelled.
 * Knows no network; the bytes are all there.
 */
#ifndef INGEST_HTTP_H
#define INGEST_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * One "Name: value" of a block of such lines, as HTTP and WARC have them; a line that
 * begins with a blank goes on with the one before.
 */
struct header_line {
	const char *name; /* ${name_len} bytes of the block */
	size_t name_len;
	const char *value; /* trimmed, in the arena */
};

/*
 * Take the next line of the ${len} bytes at ${s}, which are moved on.  Returns 1; 0 at
 * the empty line that ends the block, which is taken too, or at the end of the bytes;
 * PDX_E_INPUT: not such a line; PDX_E_NOMEM.
 */
int header_line_next(struct header_line *out, struct arena *arena, char **s,
		     size_t *len);
bool header_line_is(const struct header_line *line, const char *name);

struct http_response {
	int status;
	const char *type;     /* Content-Type, or NULL */
	const char *encoding; /* Content-Encoding in lower case, or NULL: none */
	char *body;           /* without the framing of chunks */
	size_t len;
};

/*
 * Take the response of ${len} ${bytes} apart, in place.  Returns 0, PDX_E_NOMEM, or
 * PDX_E_INPUT with *reason: what is wrong with it.
 */
int http_parse(struct http_response *out, const char **reason, struct arena *arena,
	       char *bytes, size_t len);

/* Whether media ${type} (NULL: unknown) may be text with articles in it. */
bool http_may_be_text(const char *type);

#endif
