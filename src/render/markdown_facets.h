/* Facets and pivots in Markdown. */
#ifndef RENDER_MARKDOWN_FACETS_H
#define RENDER_MARKDOWN_FACETS_H

#include "render/render.h"

/* A struct render_facets; it has a heading where it is the first of its document. */
void markdown_put_facets(struct render *r, const void *what);

#endif
