/* The elements of HTML, and what each is to a reader of text. */
#ifndef INGEST_HTML_ELEMENT_H
#define INGEST_HTML_ELEMENT_H

#include <stddef.h>

enum html_trait {
	HTML_BLOCK = 1, /* a paragraph ends before it and behind it */
	HTML_LINE = 2,  /* a line does */
	HTML_CELL = 4,  /* stands beside others on one line */
	HTML_VOID = 8,  /* has no content and no end tag */
	HTML_RAW = 16,  /* no tags in it: all is text up to its end tag */
	HTML_REST = 32, /* where its end tag is missing it goes on to the end */
	HTML_SKIP = 64, /* its content is no text of the page */
	HTML_KEEP = 128 /* white space in it counts */
};

/* In order of names, as the table is. */
enum html_name {
	HTML_OTHER, /* unknown: an inline element without meaning */
	HTML_A,
	HTML_ADDRESS,
	HTML_AREA,
	HTML_ARTICLE,
	HTML_ASIDE,
	HTML_AUDIO,
	HTML_BASE,
	HTML_BLOCKQUOTE,
	HTML_BODY,
	HTML_BR,
	HTML_BUTTON,
	HTML_CANVAS,
	HTML_CAPTION,
	HTML_CENTER,
	HTML_COL,
	HTML_DATALIST,
	HTML_DD,
	HTML_DETAILS,
	HTML_DIALOG,
	HTML_DIR,
	HTML_DIV,
	HTML_DL,
	HTML_DT,
	HTML_EMBED,
	HTML_FIELDSET,
	HTML_FIGCAPTION,
	HTML_FIGURE,
	HTML_FOOTER,
	HTML_FORM,
	HTML_FRAME,
	HTML_H1,
	HTML_H2,
	HTML_H3,
	HTML_H4,
	HTML_H5,
	HTML_H6,
	HTML_HEAD,
	HTML_HEADER,
	HTML_HGROUP,
	HTML_HR,
	HTML_HTML,
	HTML_IFRAME,
	HTML_IMG,
	HTML_INPUT,
	HTML_LEGEND,
	HTML_LI,
	HTML_LINK,
	HTML_LISTING,
	HTML_MAIN,
	HTML_MENU,
	HTML_META,
	HTML_NAV,
	HTML_NOEMBED,
	HTML_NOFRAMES,
	HTML_NOSCRIPT,
	HTML_OBJECT,
	HTML_OL,
	HTML_OPTGROUP,
	HTML_OPTION,
	HTML_P,
	HTML_PARAM,
	HTML_PRE,
	HTML_SCRIPT,
	HTML_SECTION,
	HTML_SELECT,
	HTML_SOURCE,
	HTML_SPAN,
	HTML_STRONG,
	HTML_STYLE,
	HTML_SUMMARY,
	HTML_SVG,
	HTML_TABLE,
	HTML_TBODY,
	HTML_TD,
	HTML_TEMPLATE,
	HTML_TEXTAREA,
	HTML_TFOOT,
	HTML_TH,
	HTML_THEAD,
	HTML_TIME,
	HTML_TITLE,
	HTML_TR,
	HTML_TRACK,
	HTML_UL,
	HTML_VIDEO,
	HTML_WBR,
	HTML_XMP,
	HTML_NAMES
};

/* The element called ${len} bytes of ${name}, in any case; HTML_OTHER: none of these.
 */
enum html_name html_element(const char *name, size_t len);

/* Its enum html_trait bits. */
unsigned html_traits(enum html_name name);

/* Its name in lower case, "" for HTML_OTHER. */
const char *html_element_name(enum html_name name);

#endif
