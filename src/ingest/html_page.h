/*
 * A page with a panel as HTML: the lines that one would copy from it, in the order of a
 * captured page.
 */
#ifndef INGEST_HTML_PAGE_H
#define INGEST_HTML_PAGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "ingest/html_tree.h"

/*
 * Where ${tree} has a heading of a panel, append to ${out} the text of the page as
 * page_read() takes it: header line, title, summary, "Original source", body, panel.
 * Headings below the panel's are names: they are written twice, as captures have them.
 * ${url} gets where "Original source" leads to, and stays empty where that is no link.
 * False, with nothing appended, where there is no panel.
 */
bool html_page_text(struct buf *out, struct buf *url, const struct html_tree *tree);

#endif
