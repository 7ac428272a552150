/*
 * The panel of a captured page: each panellist's name stands twice, then comes the
 * perspective, then the take in one or more paragraphs.
 */
#ifndef INGEST_PANEL_H
#define INGEST_PANEL_H

#include <stdbool.h>
#include <stddef.h>

#include "ingest/page.h"

struct panellist {
	size_t name;
	size_t perspective; /* PAGE_NONE: there is none */
	size_t text, end;   /* lines of the take; equal where it has none */
	bool once;          /* the name stands once only */
};

/* The name stands twice from line ${i}: the surest sign. */
bool panel_name_twice(const struct page_line *v, size_t n, size_t i);

/*
 * The first panellist at or behind line ${from} of ${n}.  False where there is none.
 * A name that stands once begins one as well where it and the perspective are short
 * lines between paragraphs.
 */
bool panel_next(struct panellist *out, const struct page_line *v, size_t n,
		size_t from);

#endif
