/* Facets and pivots as text: aligned counts, and grids that fit the width. */
#ifndef RENDER_TERM_FACETS_H
#define RENDER_TERM_FACETS_H

#include "render/render.h"

/* ${what} is a struct render_facets. */
void term_facets(struct render *r, const void *what);

#endif
