/* A trend on a page, as charts. */
#ifndef RENDER_HTML_TREND_H
#define RENDER_HTML_TREND_H

#include "render/out.h"
#include "report/trend.h"

/* Ids begin with ${id}, which is unique in the page; ${what} is a struct render_trend.
 */
void html_draw_trend(struct out *out, const char *id, const struct report_trend *t);
void html_put_trend(struct out *out, const char *id, const void *what);

#endif
