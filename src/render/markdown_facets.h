/* Facets and pivots in Markdown. */
#ifndef RENDER_MARKDOWN_FACETS_H
#define RENDER_MARKDOWN_FACETS_H

#include "render/render.h"

/* A struct render_facets, below a heading of the second level. */
void markdown_put_facets(struct render *r, const void *what);

#endif
