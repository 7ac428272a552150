/*
 * Writing HTML that holds somebody's words and obeys nothing in them.  Whatever comes
 * from an article goes through html_put_text() or html_put_attribute(): markup is
 * escaped, and controls, escapes and bidirectional overrides become U+FFFD as on a
 * terminal.
 */
#ifndef RENDER_HTML_H
#define RENDER_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "paneldex.h"
#include "render/out.h"
#include "render/table.h"

/* ${text} as character data, on one line. */
void html_put_text(struct out *out, const char *text);
void html_put_bytes(struct out *out, const char *text, size_t len);

/* The beginning of ${text}, at most ${columns} wide; U+2026 says that it was cut. */
void html_put_cut(struct out *out, const char *text, size_t columns);

/* ${text} with ${nspans} ${spans} of it (in order, in code points) marked. */
void html_put_spans(struct out *out, const char *text, const struct pdx_span *spans,
		    size_t nspans);

/* A blank, and the attribute ${name} with ${value}. */
void html_put_attribute(struct out *out, const char *name, const char *value);

/* ${text} as a link to ${url}, or alone where that may be none (link_is_web). */
void html_put_link(struct out *out, const char *text, const char *url);

/*
 * Begin a link to ${url}; false where that may be none (link_is_web).  It is ended by
 * "</a>".
 */
bool html_begin_link(struct out *out, const char *url);

/* "12,345": digits in groups of three. */
void html_put_number(struct out *out, uint64_t n);

/* A table in a box of its own that scrolls where the page is narrow. */
void html_put_table(struct out *out, const struct table *t);

/* A hit as an item of a list: html_hit.c. */
void html_put_hit(struct out *out, const struct pdx_hit *hit);

struct record_kind; /* render/record.h */

/* A record below a heading of the second level; ids begin with ${id}. */
void html_put_record(struct out *out, const char *id, const struct record_kind *kind,
		     const void *what);

/* What a page says of itself. */
struct html_page {
	const char *title;
	const char *lead;        /* a sentence below the title; NULL: none */
	const struct html_link { /* to places in the page, ended by one without name */
		const char *name, *id;
	} * places; /* NULL: none */
};

/*
 * The page up to where its content goes, and from there to its end.  It is one file: no
 * script, nothing that is loaded, and a policy that forbids both.
 */
void html_begin_page(struct out *out, const struct html_page *page);
void html_end_page(struct out *out);

/* Append the one style sheet of every page: html_style.c. */
void html_style(struct buf *out);

#endif
