/* Facets and pivots on a page, as charts.  ${id} is unique in the page. */
#ifndef RENDER_HTML_FACETS_H
#define RENDER_HTML_FACETS_H

#include "render/out.h"
#include "report/facets.h"

/* Bars, or columns over time where the field is a period; ${unit} is what is counted.
 */
void html_put_facet(struct out *out, const char *id, const struct report_facet *f,
		    const char *unit);

/* A heat map. */
void html_put_pivot(struct out *out, const char *id, const struct report_pivot *p,
		    const char *unit);

/* A struct render_facets: facets beside each other, then pivots. */
void html_put_facets(struct out *out, const char *id, const void *what);

#endif
