/*
 * HTML as plain text: what a reader of the page would copy from it.
 */
#ifndef INGEST_HTML_TEXT_H
#define INGEST_HTML_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "ingest/html_scan.h"

/*
 * Append the text of ${len} bytes of ${html}, UTF-8, a document or a piece of one, to
 * ${out}.  Blocks are paragraphs with one empty line between them; <br> and the rows of
 * a table end a line, two <br> a paragraph; an item of a list is a line that begins
 * with "- "; cells of a row have " | " between them; <pre> keeps its lines.  Scripts,
 * styles, the document's title, forms' controls and pictures are left out, as are
 * characters that only say where a word may be broken.
 *
 * Linear in ${len} and independent of nesting, whatever the bytes are; the text has at
 * most three times as many.  It may hold controls still: it is for clean_block().
 */
void html_text(struct buf *out, const char *html, size_t len);

/*
 * Writes text as html_text() does, from tags and text that come one after another, for
 * those who choose among them.
 */
struct html_writer {
	struct buf *out;
	size_t start;     /* of the text in ${out} */
	unsigned pending; /* what separates the next text from the last */
	bool item;        /* the next text is the first of an item */
	size_t keep;      /* elements that are open in which white space counts */
	bool keep_first;  /* nothing was written in the innermost of them */
};

void html_writer_init(struct html_writer *w, struct buf *out);
void html_writer_text(struct html_writer *w, const char *s, size_t len, bool literal);
void html_writer_open(struct html_writer *w, enum html_name name);
void html_writer_close(struct html_writer *w, enum html_name name);

#endif
