/* Pieces of Markdown that hold somebody's words and obey nothing in them. */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include "render/render.h"
#include "render/table.h"

/* ${text} on one line, with what Markdown would obey escaped. */
void markdown_text(struct out *out, const char *text);

/* ${text} as a link to ${url}, or alone where that may be none (link_is_web). */
void markdown_link(struct out *out, const char *text, const char *url);

void markdown_table(struct out *out, const struct table *t);

struct record_kind; /* render/record.h */

/* A record below a heading of the second level. */
void markdown_record(struct render *r, const struct record_kind *kind,
		     const void *what);

#endif
