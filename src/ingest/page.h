/*
 * A captured page as lines, and what each of them is: chrome, header, title, summary,
 * source, body, panel.  Found by structure and by the page's own two headings.
 */
#ifndef INGEST_PAGE_H
#define INGEST_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

/* A line with something on it, trimmed. */
struct page_line {
	const char *s;
	size_t len;
	bool gap; /* an empty line stands before it */
};

bool page_line_same(const struct page_line *a, const struct page_line *b);

/* A name or heading rather than a sentence: short, and no mark ends it. */
bool page_line_is_label(const struct page_line *line);

#define PAGE_NONE ((size_t)-1)

/* Indexes into ${v}; PAGE_NONE where the page has no such line. */
struct page {
	struct page_line *v;
	size_t n;    /* without the chrome at the end */
	bool spaced; /* empty lines separate its paragraphs */

	size_t header;
	const char *header_text; /* of the header line, glued where it was apart */
	size_t title;
	size_t summary, summary_end;
	size_t source;   /* "Original source" */
	const char *url; /* that stands there, or NULL */
	size_t body, body_end;
	size_t panel; /* "Panel Takes" */
	size_t takes; /* first line of the panel, PAGE_NONE: no panel */
};

/*
 * Find the parts of the page in ${text}, which is clean_block() text and is kept.
 * Everything is in ${arena}.  Returns 0 or PDX_E_NOMEM.
 */
int page_read(struct page *out, struct arena *arena, const char *text, size_t len);

/* What of a page is in the ${len} bytes at ${text}, which may be a part of an input. */
enum page_marks { PAGE_HAS_HEADER = 1, PAGE_HAS_SOURCE = 2, PAGE_HAS_PANEL = 4 };

unsigned page_marks(const char *text, size_t len);

/*
 * The bytes of the first page in ${text}, where several stand one after another: a new
 * one begins with its own chrome and header line after the end of the one before.
 */
size_t page_extent(const char *text, size_t len);

/* Lines [from, to) as text with paragraphs, in ${arena}; NULL where memory is out. */
char *page_text(const struct page *p, struct arena *arena, struct buf *scratch,
		size_t from, size_t to);

#endif
