/*
 * HTML as a sequence of tags and text, in one pass over the bytes: linear time, no
 * memory, nothing that depends on nesting.  Comments, declarations and processing
 * instructions are passed over.
 */
#ifndef INGEST_HTML_SCAN_H
#define INGEST_HTML_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "ingest/html_element.h"

enum html_kind { HTML_END, HTML_TEXT, HTML_OPEN, HTML_CLOSE };

struct html_token {
	enum html_kind kind;
	enum html_name name; /* of a tag; of the raw element that the text is in */
	const char *s;       /* the text as it is written, or the tag's attributes */
	size_t len;
	bool literal; /* text in which "&amp;" is no reference: of a script */
	bool empty;   /* a start tag that is the whole element: "<p/>" in XHTML */
};

struct html_scanner {
	const char *p, *end;
	bool xml;                 /* it says so: "/>" ends an element */
	enum html_name raw;       /* whose text comes next; HTML_OTHER: none */
	bool endless[HTML_NAMES]; /* no further end tag of it was found */
	bool comment_endless, cdata_endless; /* likewise */
};

/* ${len} bytes of valid UTF-8, which stay where they are. */
void html_scan_init(struct html_scanner *s, const char *html, size_t len);

/* The next token; false and HTML_END at the end. */
bool html_scan_next(struct html_token *out, struct html_scanner *s);

/*
 * Go behind the next end tag of ${name}, as behind the start tag of an element whose
 * content is of no use.  Without one nothing is passed over.
 */
void html_scan_skip(struct html_scanner *s, enum html_name name);

struct html_attr {
	const char *name, *value; /* as they are written */
	size_t namelen, valuelen;
};

/* The attribute at *p, which moves behind it; false at ${end}. */
bool html_attr_next(struct html_attr *out, const char **p, const char *end);

/*
 * The value of attribute ${name} of a start tag, with references replaced, in ${out}.
 * False, and ${out} empty, where the tag has none.  Of several the first counts.
 */
bool html_attr(struct buf *out, const struct html_token *tag, const char *name);

#endif
