/*
 * Records of a crawl, made in memory as a crawler writes them.
 */
#ifndef TESTS_CRAWL_H
#define TESTS_CRAWL_H

#include <stddef.h>

#include "base/buf.h"

/* A record of ${type} about ${url} with ${len} bytes of media type ${media}. */
void crawl_record(struct buf *out, const char *type, const char *url, const char *media,
		  const char *bytes, size_t len);

/*
 * A response record: status line and ${headers} (each with its "\r\n"), and the body.
 */
void crawl_response(struct buf *out, const char *url, const char *status,
		    const char *headers, const char *body, size_t len);

/* A page of plain text that was found. */
void crawl_text(struct buf *out, const char *url, const char *body);

#endif
