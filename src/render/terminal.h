/*
 * The terminal: what it can show, and the escape sequences that it understands.
 */
#ifndef RENDER_TERMINAL_H
#define RENDER_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Whether to write something that not every reader of the text wants. */
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

#define TERMINAL_WIDTH 80     /* where nobody says otherwise */
#define TERMINAL_MIN_WIDTH 40 /* below it nothing that is indented can be read */

bool terminal_is(FILE *file);

/* Columns of the terminal behind ${file}; TERMINAL_WIDTH if it is none. */
size_t terminal_width(FILE *file);

/* Its lines; 0 if it is none, or nobody knows. */
size_t terminal_rows(FILE *file);

/* Whether ${file} is a terminal that obeys escape sequences: not a dumb one. */
bool terminal_is_able(FILE *file);

/*
 * Whether to write colours to ${file}.  ${when} decides; for WHEN_AUTO NO_COLOR, if
 * not empty, says no (no-color.org), CLICOLOR_FORCE, if neither empty nor "0", says
 * yes (bixense.com/clicolors), and without them it takes a terminal that is not dumb.
 */
bool terminal_color(enum when when, FILE *file);

/*
 * Whether the terminal that the environment speaks of is known to follow hyperlinks
 * (OSC 8).  A terminal that is not known is none: it may show the sequences as text.
 * Within screen there are none, within tmux from 3.4 on, whatever is around it.
 */
bool terminal_knows_links(void);

/*
 * Whether to write hyperlinks to ${file}, as terminal_color(): for WHEN_AUTO
 * FORCE_HYPERLINK, if not empty, says yes, or no if it is "0" or "false"; without it
 * there are some where there are colours and a terminal that knows them.
 */
bool terminal_links(enum when when, FILE *file, bool color);

/*
 * What follows TERMINAL_LINK, an address and TERMINAL_LINK_TEXT is a link to it, until
 * TERMINAL_LINK_END.
 */
#define TERMINAL_LINK "\033]8;;"
#define TERMINAL_LINK_TEXT "\033\\"
#define TERMINAL_LINK_END TERMINAL_LINK TERMINAL_LINK_TEXT

/* Take the hyperlinks out of ${text}; returns how long it is then. */
size_t terminal_strip_links(char *text, size_t len);

/*
 * Whether the user's programs read text as UTF-8: the first of LC_ALL, LC_CTYPE and
 * LANG that is not empty says so.
 */
bool terminal_utf8(void);

enum style {
	STYLE_PLAIN,
	STYLE_TITLE, /* of an article, a take, a facet */
	STYLE_MATCH, /* what the query asked for */
	STYLE_FAINT, /* ranks, ids, scores: there when looked for */
	STYLE_DATE,
	STYLE_NAME,  /* company, category */
	STYLE_VOICE, /* persona */
	STYLES
};

/* The sequence that turns each style on; STYLE_PLAIN's turns all others off. */
struct styles {
	char on[STYLES][24];
};

extern const struct styles terminal_styles; /* unless the user has others */

const char *terminal_style_name(enum style style);
/* The words that make what terminal_styles has. */
const char *terminal_style_words(enum style style);

/* The style called ${name}: "title", "match", ...; STYLES: none is. */
enum style terminal_style_find(const char *name);

/*
 * Set ${style} in ${styles} to what ${text} says: words of "bold faint italic underline
 * reverse none", of "black red green yellow blue magenta cyan white", also
 * "bright-red", and numbers from 0 to 255 of a palette.  False where a word is none of
 * these; *bad is then where it begins.
 */
bool terminal_style_set(struct styles *styles, enum style style, const char *text,
			const char **bad);

/* Go back to the start of the line and clear it. */
#define TERMINAL_CLEAR_LINE "\r\033[K"

#endif
