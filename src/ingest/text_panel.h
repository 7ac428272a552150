/* A panel in running text, as the HTML of a feed or a newsletter leaves it. */
#ifndef INGEST_TEXT_PANEL_H
#define INGEST_TEXT_PANEL_H

#include "base/arena.h"
#include "base/buf.h"
#include "paneldex.h"

/*
 * Where the body of ${a} has a line "Panel Takes" with members behind it, as a captured
 * page has them, make takes of what they say and leave the rest in the body.  An article
 * that has takes stays as it is.  Returns 0 or PDX_E_NOMEM.
 */
int text_panel(struct pdx_article *a, struct arena *arena, struct buf *scratch);

#endif
