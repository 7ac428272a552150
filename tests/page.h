/*
 * A renderer that writes to memory, and things made by hand for it to show.
 */
#ifndef TESTS_PAGE_H
#define TESTS_PAGE_H

#include "harness.h"

#include <stdbool.h>

#include "render/record.h"
#include "render/render.h"

struct page {
	struct out out, err;
	char *out_text, *err_text; /* complete after page_end() */
	size_t out_len, err_len;
	struct render r;
};

/* ${p} may not move until page_free(). */
void page_start(struct page *p, const char *format, size_t width, bool color);
void page_end(struct page *p);
void page_free(struct page *p);

/* From start to end: a search with one hit, or without for NULL. */
void page_search(struct page *p, const struct render_search *search,
		 const struct pdx_hit *hit);

#define SAMPLE_TAKES 3
#define SAMPLE_HIGHLIGHTS 3
#define SAMPLE_NOTES 2  /* the first is a repair */
#define SAMPLE_FACETS 2 /* the second has no values */

struct pdx_article sample_article(void);
struct pdx_hit sample_hit(const struct pdx_article *article);
struct render_search sample_search(uint64_t returned);
extern const struct pdx_note sample_notes[SAMPLE_NOTES];
extern const struct pdx_facet sample_facets[SAMPLE_FACETS];
extern const struct pdx_stats sample_stats;

/* An error at ${len} bytes from ${start} of ${query}. */
struct render_message sample_error(const char *query, size_t start, size_t len);

#endif
