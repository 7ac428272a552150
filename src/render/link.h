/* Links that articles bring with them: which may be followed, and how they are written.
 */
#ifndef RENDER_LINK_H
#define RENDER_LINK_H

#include <stdbool.h>

#include "render/out.h"

/* Whether ${url} may be a link: http or https and something behind it.  NULL is none.
 */
bool link_is_web(const char *url);

/*
 * Write ${url} so that nothing in it ends an attribute or a Markdown link, or is read
 * as something else: blanks, brackets, quotes, controls and all beyond ASCII %-encoded,
 * "&" as both HTML and Markdown want it.
 */
void link_write(struct out *out, const char *url);

/* Write ${url} with blanks, controls and all beyond ASCII %-encoded. */
void link_write_ascii(struct out *out, const char *url);

#endif
