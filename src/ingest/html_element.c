/* The table of elements. */
#include "ingest/html_element.h"

#include <string.h>
#include <strings.h>

struct element {
	const char *name;
	unsigned traits;
};

/* clang-format off */
static const struct element elements[HTML_NAMES] = {
	[HTML_OTHER] = { "", 0 },
	[HTML_A] = { "a", 0 },
	[HTML_ADDRESS] = { "address", HTML_BLOCK },
	[HTML_AREA] = { "area", HTML_VOID },
	[HTML_ARTICLE] = { "article", HTML_BLOCK },
	[HTML_ASIDE] = { "aside", HTML_BLOCK },
	[HTML_AUDIO] = { "audio", HTML_SKIP },
	[HTML_BASE] = { "base", HTML_VOID },
	[HTML_BLOCKQUOTE] = { "blockquote", HTML_BLOCK },
	[HTML_BODY] = { "body", HTML_BLOCK },
	[HTML_BR] = { "br", HTML_VOID },
	[HTML_BUTTON] = { "button", HTML_SKIP },
	[HTML_CANVAS] = { "canvas", HTML_SKIP },
	[HTML_CAPTION] = { "caption", HTML_BLOCK },
	[HTML_CENTER] = { "center", HTML_BLOCK },
	[HTML_COL] = { "col", HTML_VOID },
	[HTML_DATALIST] = { "datalist", HTML_SKIP },
	[HTML_DD] = { "dd", HTML_LINE },
	[HTML_DETAILS] = { "details", HTML_BLOCK },
	[HTML_DIALOG] = { "dialog", HTML_BLOCK },
	[HTML_DIR] = { "dir", HTML_BLOCK },
	[HTML_DIV] = { "div", HTML_BLOCK },
	[HTML_DL] = { "dl", HTML_BLOCK },
	[HTML_DT] = { "dt", HTML_LINE },
	[HTML_EMBED] = { "embed", HTML_VOID },
	[HTML_FIELDSET] = { "fieldset", HTML_BLOCK },
	[HTML_FIGCAPTION] = { "figcaption", HTML_BLOCK },
	[HTML_FIGURE] = { "figure", HTML_BLOCK },
	[HTML_FOOTER] = { "footer", HTML_BLOCK },
	[HTML_FORM] = { "form", HTML_BLOCK },
	[HTML_FRAME] = { "frame", HTML_VOID },
	[HTML_H1] = { "h1", HTML_BLOCK },
	[HTML_H2] = { "h2", HTML_BLOCK },
	[HTML_H3] = { "h3", HTML_BLOCK },
	[HTML_H4] = { "h4", HTML_BLOCK },
	[HTML_H5] = { "h5", HTML_BLOCK },
	[HTML_H6] = { "h6", HTML_BLOCK },
	[HTML_HEAD] = { "head", HTML_BLOCK },
	[HTML_HEADER] = { "header", HTML_BLOCK },
	[HTML_HGROUP] = { "hgroup", HTML_BLOCK },
	[HTML_HR] = { "hr", HTML_VOID | HTML_BLOCK },
	[HTML_HTML] = { "html", HTML_BLOCK },
	[HTML_IFRAME] = { "iframe", HTML_RAW | HTML_SKIP },
	[HTML_IMG] = { "img", HTML_VOID },
	[HTML_INPUT] = { "input", HTML_VOID },
	[HTML_LEGEND] = { "legend", HTML_BLOCK },
	[HTML_LI] = { "li", HTML_LINE },
	[HTML_LINK] = { "link", HTML_VOID },
	[HTML_LISTING] = { "listing", HTML_BLOCK | HTML_KEEP },
	[HTML_MAIN] = { "main", HTML_BLOCK },
	[HTML_MENU] = { "menu", HTML_BLOCK },
	[HTML_META] = { "meta", HTML_VOID },
	[HTML_NAV] = { "nav", HTML_BLOCK },
	[HTML_NOEMBED] = { "noembed", HTML_RAW | HTML_SKIP },
	[HTML_NOFRAMES] = { "noframes", HTML_RAW | HTML_SKIP },
	[HTML_NOSCRIPT] = { "noscript", HTML_SKIP },
	[HTML_OBJECT] = { "object", HTML_SKIP },
	[HTML_OL] = { "ol", HTML_BLOCK },
	[HTML_OPTGROUP] = { "optgroup", HTML_SKIP },
	[HTML_OPTION] = { "option", HTML_SKIP },
	[HTML_P] = { "p", HTML_BLOCK },
	[HTML_PARAM] = { "param", HTML_VOID },
	[HTML_PRE] = { "pre", HTML_BLOCK | HTML_KEEP },
	[HTML_SCRIPT] = { "script", HTML_RAW | HTML_REST | HTML_SKIP },
	[HTML_SECTION] = { "section", HTML_BLOCK },
	[HTML_SELECT] = { "select", HTML_SKIP },
	[HTML_SOURCE] = { "source", HTML_VOID },
	[HTML_SPAN] = { "span", 0 },
	[HTML_STRONG] = { "strong", 0 },
	[HTML_STYLE] = { "style", HTML_RAW | HTML_REST | HTML_SKIP },
	[HTML_SUMMARY] = { "summary", HTML_BLOCK },
	[HTML_SVG] = { "svg", HTML_SKIP },
	[HTML_TABLE] = { "table", HTML_BLOCK },
	[HTML_TBODY] = { "tbody", HTML_LINE },
	[HTML_TD] = { "td", HTML_CELL },
	[HTML_TEMPLATE] = { "template", HTML_SKIP },
	[HTML_TEXTAREA] = { "textarea", HTML_RAW | HTML_SKIP },
	[HTML_TFOOT] = { "tfoot", HTML_LINE },
	[HTML_TH] = { "th", HTML_CELL },
	[HTML_THEAD] = { "thead", HTML_LINE },
	[HTML_TIME] = { "time", 0 },
	[HTML_TITLE] = { "title", HTML_RAW | HTML_SKIP },
	[HTML_TR] = { "tr", HTML_LINE },
	[HTML_TRACK] = { "track", HTML_VOID },
	[HTML_UL] = { "ul", HTML_BLOCK },
	[HTML_VIDEO] = { "video", HTML_SKIP },
	[HTML_WBR] = { "wbr", HTML_VOID },
	[HTML_XMP] = { "xmp", HTML_BLOCK | HTML_RAW | HTML_KEEP },
};
/* clang-format on */

/* As strcmp() of the ${len} bytes, without ASCII case, with the row's name. */
static int compare(const char *name, size_t len, const struct element *row)
{
	size_t n = strlen(row->name);
	int order = strncasecmp(name, row->name, len < n ? len : n);

	if (order != 0 || len == n)
		return order;
	return len < n ? -1 : 1;
}

enum html_name html_element(const char *name, size_t len)
{
	size_t low = HTML_OTHER + 1, high = HTML_NAMES;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(name, len, &elements[middle]);

		if (order == 0)
			return (enum html_name)middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return HTML_OTHER;
}

unsigned html_traits(enum html_name name)
{
	return elements[name].traits;
}

const char *html_element_name(enum html_name name)
{
	return elements[name].name;
}
