/*
 * HTML as a tree of elements and text, for those who choose among its parts.  Tags that
 * are left out are put in as HTML has it where text depends on it: paragraphs, items,
 * rows and cells end where the next begins.
 */
#ifndef INGEST_HTML_TREE_H
#define INGEST_HTML_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "ingest/html_scan.h"

/* Within a page of news no element is as deep; below it tags still end paragraphs. */
#define HTML_DEPTH 256

/* A page has some thousands; as many take 32 MiB. */
#define HTML_NODES 1000000

/*
 * Nodes stand in the order of the page, so that what is inside node ${i} are the nodes
 * from i + 1 up to v[i].end.
 */
struct html_node {
	const char *s;   /* text as it is written, or the tag's attributes */
	uint32_t len;    /* bytes at ${s} */
	uint32_t parent; /* of node 0: 0 */
	uint32_t end;
	uint8_t name; /* enum html_name; of text HTML_OTHER */
	bool text;    /* it is text, not an element */
	bool literal; /* text without references */
};

struct html_tree {
	struct html_node *v; /* v[0] is the page */
	size_t n, cap;
};

/*
 * Build the tree of ${len} bytes of ${html}, which stay where they are.  What is no
 * text (scripts, styles, controls) is left out.  PDX_E_INPUT: more than HTML_NODES;
 * PDX_E_NOMEM.  In any case it is to be released.
 */
int html_tree_build(struct html_tree *out, const char *html, size_t len,
		    struct pdx_err *err);
void html_tree_release(struct html_tree *t); /* accepts a zeroed struct */

/* The value of an attribute of an element, as html_attr(). */
bool html_node_attr(struct buf *out, const struct html_node *node, const char *name);

#endif
