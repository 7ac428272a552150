/* Pieces of Markdown that hold somebody's words and obey nothing in them. */
#ifndef RENDER_MARKDOWN_H
#define RENDER_MARKDOWN_H

#include <stdbool.h>

#include "render/out.h"
#include "render/table.h"

/* ${text} on one line, with what Markdown would obey escaped. */
void markdown_text(struct out *out, const char *text);

/* Whether ${url} may be a link: http or https and nothing else.  NULL is none. */
bool markdown_is_link(const char *url);

/* ${text} as a link to ${url}, or alone where that may be none. */
void markdown_link(struct out *out, const char *text, const char *url);

void markdown_table(struct out *out, const struct table *t);

#endif
