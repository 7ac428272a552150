/*
 * An article as a reference in somebody's text: Markdown, BibTeX, CSL JSON.  Its author
 * is the publication that it comes from or, where that is not known, the companies that
 * it is of; its key is its id, which is the same in every index.
 */
#ifndef RENDER_CITATION_H
#define RENDER_CITATION_H

#include "render/render.h"
#include "report/quote.h"

struct citation {
	const struct pdx_article *article;
	const struct quote *quote;
	int32_t accessed; /* the day */
};

struct citation_format {
	const char *name; /* --format NAME */
	void (*write)(struct out *out, const struct citation *c);
};

extern const struct citation_format
	citation_formats[]; /* ended by one without a name */

#endif
