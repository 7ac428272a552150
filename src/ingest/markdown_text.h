/* Markdown as plain text. */
#ifndef INGEST_MARKDOWN_TEXT_H
#define INGEST_MARKDOWN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/*
 * Append ${len} bytes of ${markdown}, UTF-8, to ${html} as HTML for html_text():
 * paragraphs, headings, lists, code.  Links and emphasis leave their text, pictures
 * their description; HTML in it stays, for html_text() to judge; what templates would
 * put in ({{< x >}}, {% x %}) is left out.  Linear in ${len}.
 */
void markdown_html(struct buf *html, const char *markdown, size_t len);

/* The same of one line: no blocks. */
void markdown_inline(struct buf *html, const char *s, size_t len);

struct markdown_line {
	const char *s; /* without its end */
	size_t len;
	size_t level;      /* of a heading; 0: it is none */
	const char *title; /* of a heading */
	size_t titlelen;
	bool fenced; /* in code, or its fence: not a heading whatever it looks like */
};

/* Lines one after another, for those who look for headings. */
struct markdown_lines {
	const char *p, *end;
	char fence; /* that is open; NUL: none */
	size_t fence_len;
};

/* The next line; false at the end. */
bool markdown_next(struct markdown_line *out, struct markdown_lines *lines);

#endif
