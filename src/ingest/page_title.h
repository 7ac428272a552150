/* Titles without the name of the site. */
#ifndef INGEST_PAGE_TITLE_H
#define INGEST_PAGE_TITLE_H

#include "base/arena.h"
#include "base/buf.h"

/*
 * ${title} without what names the site: ${source} (NULL: not known) behind or before a
 * mark that parts it ("A Title | Site"), or, where the rest is ${heading} (NULL: there
 * is none), whatever stands there.  In ${arena}; NULL where memory is out.
 */
const char *page_title_clean(struct arena *arena, struct buf *scratch,
			     const char *title, const char *source,
			     const char *heading);

#endif
