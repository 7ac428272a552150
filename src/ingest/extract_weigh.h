/*
 * What the parts of a page weigh as text: measured for each element of a tree, for the
 * choice among them.
 */
#ifndef INGEST_EXTRACT_WEIGH_H
#define INGEST_EXTRACT_WEIGH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "ingest/html_tree.h"

/* What an element's class, id and role say of it. */
enum hint {
	HINT_TEXT = 1,   /* "article", "content": it holds the text */
	HINT_BESIDE = 2, /* "share", "related", "comments": what stands beside one */
	HINT_HIDDEN = 4, /* it is not shown */
	HINT_CHROME = 8, /* an element for navigation and the like: <nav>, <footer> */
	HINT_LINK = 16   /* it leads somewhere */
};

/*
 * Sizes count characters that are not blank.  A block's own text is what is in it and
 * in no smaller block.
 */
struct weight {
	uint32_t chars, links; /* in the element, and in links of it */
	uint32_t prose;        /* in blocks whose own text reads like sentences */
	uint32_t own, own_links;
	uint32_t commas; /* of the own text */
	float score;     /* how much of the text around stands close to it */
	bool reads;      /* its own text is prose */
	bool ends;       /* its own text has an end of a sentence */
	uint8_t hints;   /* enum hint bits */
	bool dropped;    /* the element and all in it */
};

/*
 * Weigh all nodes of ${tree}; *out has as many, owned by the caller (free).  With
 * ${strict} what seems to stand beside the text is dropped, otherwise only what is
 * hidden.  Returns 0 or PDX_E_NOMEM.
 */
int extract_weigh(struct weight **out, const struct html_tree *tree, bool strict);

/* A block: its text is no part of the text around it. */
bool extract_is_block(const struct html_node *node);

#endif
