/*
 * Text on a screen of so many columns: words wrapped by their display width, styles,
 * indents.  Whatever an article holds comes out harmless: controls, escapes and
 * bidirectional overrides become U+FFFD.
 */
#ifndef RENDER_LAYOUT_H
#define RENDER_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "paneldex.h"
#include "render/out.h"
#include "render/terminal.h"

/*
 * What may be shown of ${cp}: itself, U+FFFD for what a terminal would obey, a space
 * for white space, 0 for what is invisible anyway (soft hyphen, byte-order mark).
 */
uint32_t layout_safe(uint32_t cp);

/* Columns of one code point that layout_safe() returned. */
size_t layout_cell(uint32_t cp);

/* Columns of ${text} on one line. */
size_t layout_width(const char *text);

/*
 * Write ${text} on one line in at most ${max} columns, cut with "..." (U+2026) where
 * it is longer; returns the columns used.
 */
size_t layout_line(struct out *out, const char *text, size_t max);

/* A block of wrapped text being written. */
struct layout {
	struct out *out;
	size_t width;  /* columns of a line */
	size_t indent; /* of each line begun from now on */
	bool color;
	const struct styles *styles; /* the terminal's, unless the caller sets others */

	size_t column;   /* where the next cell goes */
	bool empty;      /* the line has only its indent */
	enum style on;   /* of the terminal */
	const char *link; /* of text appended from now on; NULL: none */
	bool linked;      /* of the terminal */
	struct buf word; /* not yet placed */
	size_t word_width;
	enum style first, style; /* of ${word}, at its start and at its end */
	size_t space;            /* blanks due before it, unless a line ends there */
	uint32_t last;           /* code point of ${word}, or 0 */
};

void layout_init(struct layout *l, struct out *out, size_t width, bool color);
void layout_release(struct layout *l);

/* Begin a line at ${indent}, which following lines keep. */
void layout_begin(struct layout *l, size_t indent);

/* Append text; white space in it is where lines may end. */
void layout_text(struct layout *l, enum style style, const char *text);
void layout_bytes(struct layout *l, enum style style, const char *text, size_t len);

/*
 * Append text with ${nspans} ${spans} of it (in order, in code points) in STYLE_MATCH.
 */
void layout_spans(struct layout *l, enum style style, const char *text,
		  const struct pdx_span *spans, size_t nspans);

/* Append the beginning of ${text}, about ${room} columns; U+2026 says it was cut. */
void layout_cut(struct layout *l, enum style style, const char *text, size_t room);

/* Append ${columns} blanks that stay, unless the line ends there. */
void layout_gap(struct layout *l, size_t columns);

/*
 * What is appended from now on is a link to ${url} where ${out} has links and it is an
 * address of the web (link_is_web); NULL: no more.  A line may end before and behind
 * it.  ${url} is kept.
 */
void layout_link(struct layout *l, const char *url);

/* End the line. */
void layout_end(struct layout *l);

#endif
