/*
 * XML as a sequence of tags and text, read from a stream in bounded memory and time.
 * The one place that knows expat.
 *
 * Nothing outside of the document is ever read.  Names of HTML's characters (&nbsp;)
 * are known without a declaration, other undeclared ones stay as they are written.
 * Entities may not make much of little, nesting and tags have limits.  Bytes that are
 * no UTF-8 and characters that XML forbids become "?" and blanks: in feeds they are
 * common, and no reason to lose the rest.
 */
#ifndef INGEST_XML_H
#define INGEST_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "ingest/stream.h"
#include "ingest/xml_space.h"

#define XML_DEPTH_MAX 256               /* elements inside each other */
#define XML_TOKEN_MAX ((size_t)1 << 20) /* bytes of a tag, a comment */
#define XML_AMPLIFICATION 20.0F         /* characters made of one that is written ... */
#define XML_AMPLIFIED ((size_t)1 << 20) /* ... once there are so many */

/* The space of a prefix that nobody declared is the one that it usually stands for. */
struct xml_name {
	enum xml_space space;
	const char *local;
};

struct xml_handler {
	void (*open)(void *ctx, const struct xml_name *name, const char *const *attrs);
	void (*close)(void *ctx, const struct xml_name *name);
	void (*text)(void *ctx, const char *s, size_t len);
	void *ctx;
};

/* An attribute of ${attrs}, names and values in turn; NULL: there is none. */
const char *xml_attr(const char *const *attrs, const char *name);

struct xml;

/*
 * ${stream}, of which nothing was taken yet, stays the caller's.  ${type} is what is
 * known of its media type, or NULL.  A document that is not in UTF-8 is loaded as a
 * whole, which may have ${max} bytes, else PDX_E_INPUT.
 */
int xml_new(struct xml **out, struct stream *stream, const char *type, size_t max,
	    const struct xml_handler *handler, struct pdx_err *err);
void xml_free(struct xml *x); /* accepts NULL */

enum xml_result {
	XML_IS_PAUSED = 1, /* a handler wanted it */
	XML_IS_BROKEN = 2, /* see xml_fault(); there is no more */
	XML_IS_DONE = 0
};

/* Go on.  An enum xml_result, or a negative status. */
int xml_run(struct xml *x, struct pdx_err *err);

/* For handlers: return from xml_run() behind this tag; end the document as broken. */
void xml_pause(struct xml *x);
void xml_stop(struct xml *x, const char *reason);

/* What is wrong with the document, "" while nothing is. */
const char *xml_fault(const struct xml *x);

/* What was kept but is worth a look; NULL: nothing. */
const char *xml_notice(const struct xml *x);

/* Where the parser is.  The byte is 0 where the document was decoded. */
uint64_t xml_line(const struct xml *x);
uint64_t xml_offset(const struct xml *x);
uint64_t xml_end(const struct xml *x); /* of the tag that is there */

#endif
