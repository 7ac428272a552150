/* A trend in Markdown. */
#ifndef RENDER_MARKDOWN_TREND_H
#define RENDER_MARKDOWN_TREND_H

#include "render/render.h"

/* A struct render_trend; it has a heading where it is the first of its document. */
void markdown_put_trend(struct render *r, const void *what);

#endif
