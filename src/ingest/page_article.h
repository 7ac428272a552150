/*
 * An article from the parts of a page, whatever the page was read from.
 */
#ifndef INGEST_PAGE_ARTICLE_H
#define INGEST_PAGE_ARTICLE_H

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/page.h"
#include "ingest/reader.h"

struct page_source {
	const struct page *page;
	struct arena *arena;
	struct buf *scratch;
	const struct reader_voice *voice; /* is told what the page lacks */
	const struct known_names *known;
};

/*
 * Fill title, summary, body, date, company, category, url and takes of ${a}, and where
 * each was found; the rest stays as it is.  Returns READ_ARTICLE, READ_SKIP where the
 * page has neither a title nor text, or PDX_E_NOMEM.
 */
int page_article(struct pdx_article *a, const struct page_source *from);

#endif
