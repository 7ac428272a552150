/*
 * The panel in a Markdown file: a section called "Panel", "The Panel" or "Panel Takes",
 * up to the next heading of its level or above.  Its members are headings
 *
 *     ### The Skeptic — Reality Check         also "The Skeptic (Reality Check)",
 *     What the member says, in paragraphs.    "The Skeptic: Reality Check", or the
 *                                             name alone
 *
 * or, where it has no headings, lines that begin with a name in bold:
 *
 *     **The Skeptic** (Reality Check): What the member says.
 *     - **The Skeptic:** What the member says.
 */
#ifndef INGEST_MARKDOWN_PANEL_H
#define INGEST_MARKDOWN_PANEL_H

#include <stdbool.h>
#include <stddef.h>

/* Ranges of the text. */
struct markdown_panel {
	const char *begin; /* its heading's line */
	const char *intro; /* behind it */
	const char *takes; /* the first member; equal to ${end} where there is none */
	const char *end;
	size_t level; /* of the members' headings; 0: they are lines in bold */
};

/* Find the panel in ${len} bytes of ${markdown}; false where there is none. */
bool markdown_panel_find(struct markdown_panel *out, const char *markdown, size_t len);

struct markdown_member {
	const char *name, *perspective, *text; /* as they are written */
	size_t namelen, perspectivelen, textlen;
};

/* The member at *at, which moves behind it; false at the end. */
bool markdown_panel_next(struct markdown_member *out,
			 const struct markdown_panel *panel, const char **at);

#endif
