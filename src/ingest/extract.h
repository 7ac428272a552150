/*
 * The main text of a page: what is left of it without navigation, comments, notices and
 * lists of other pages.  Found by where sentences stand close together, and by what
 * elements are called; knows no site.
 */
#ifndef INGEST_EXTRACT_H
#define INGEST_EXTRACT_H

#include "base/buf.h"
#include "ingest/html_tree.h"

/*
 * Append the main text of ${tree} to ${out}, as html_text() lays it out.  Captions are
 * left out, and a heading that is ${title} (NULL: unknown).  Nothing is appended where
 * the page has no text.  Returns 0 or PDX_E_NOMEM.
 */
int extract_text(struct buf *out, const struct html_tree *tree, const char *title);

#endif
