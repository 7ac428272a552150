/* What the panel said, on a page. */
#ifndef RENDER_HTML_PANEL_H
#define RENDER_HTML_PANEL_H

#include "render/out.h"

/* A struct render_panel. */
void html_put_panel(struct out *out, const char *id, const void *what);

#endif
