/*
 * What a page says about itself: in JSON-LD, in <meta>, in <title>, headings and times.
 */
#ifndef INGEST_PAGE_META_H
#define INGEST_PAGE_META_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/reader.h"
#include "paneldex.h"

#define PAGE_CATEGORIES 8

struct page_value {
	const char *text; /* clean, on one line; NULL: the page does not say */
	enum pdx_provenance from;
};

struct page_meta {
	struct page_value title, summary, url, lang, source;
	int32_t date; /* PDX_NO_DATE: none */
	enum pdx_provenance date_from;
	const char *categories[PAGE_CATEGORIES];
	size_t ncategories;
	enum pdx_provenance categories_from;
	const char
		*body;   /* the text as JSON-LD has it, in paragraphs; NULL: not said */
	bool is_article; /* it says so */
};

/*
 * Read ${len} bytes of ${html} into *out; strings are in ${arena}.  Of several places
 * that say a thing the surest counts: JSON-LD, then OpenGraph and the like, then what
 * the page shows.  A date is the day that is written there.  Damage in JSON-LD is told
 * to ${voice}.  Returns 0 or PDX_E_NOMEM.
 */
int page_meta_read(struct page_meta *out, struct arena *arena, struct buf *scratch,
		   const char *html, size_t len, const struct reader_voice *voice);

/* The day in a link like ".../2026/05/08/..." or ".../2026-05-08-..."; else false. */
bool page_url_date(int32_t *out, const char *url);

#endif
