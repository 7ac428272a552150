/*
 * Everything that a page says of itself, as it was found: one pass over its tags.  What
 * of it counts is page_meta.c's choice.
 */
#ifndef INGEST_PAGE_SAID_H
#define INGEST_PAGE_SAID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/json_ld.h"
#include "ingest/page_meta.h"
#include "ingest/reader.h"

#define PAGE_HEADINGS 8       /* <h1> that are looked at */
#define PAGE_HEADING_MAX 1000 /* bytes; a longer one is text */

/* What can be said in one line. */
enum page_slot { TITLE, SUMMARY, DATE, URL, LANG, SOURCE, SECTION, KEYWORD, SLOTS };

/* Dates that the page shows, the surer first. */
enum page_shown { SHOWN_PUBLISHED, SHOWN_TIME, SHOWN_NAMED, SHOWN };

struct page_said {
	struct page_value meta[SLOTS]; /* of <meta>, the surest of each */
	struct json_ld ld;
	const char *canonical, *lang, *title; /* of <link>, <html>, <title> */
	const char *headings[PAGE_HEADINGS];
	size_t nheadings;
	int32_t dates[SHOWN]; /* PDX_NO_DATE: none */
};

/*
 * Gather what ${len} bytes of ${html} say, with strings in ${arena}.  Damage in JSON-LD
 * is told to ${voice}.  Returns 0 or PDX_E_NOMEM.
 */
int page_said_read(struct page_said *out, struct arena *arena, struct buf *scratch,
		   const char *html, size_t len, const struct reader_voice *voice);

/* The day that ${s} names; false for none, NULL, and the epoch, which means unknown. */
bool page_said_date(int32_t *out, const char *s);

#endif
