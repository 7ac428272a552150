/* Trends as text: bars for one series, sparklines for several. */
#ifndef RENDER_TERM_TREND_H
#define RENDER_TERM_TREND_H

#include "render/render.h"

/* ${what} is a struct render_trend. */
void term_trend(struct render *r, const void *what);

#endif
