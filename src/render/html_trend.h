/* A trend on a page, as charts. */
#ifndef RENDER_HTML_TREND_H
#define RENDER_HTML_TREND_H

#include "render/out.h"

/* A struct render_course; ids begin with ${id}, which is unique in the page. */
void html_put_trend(struct out *out, const char *id, const void *what);

#endif
