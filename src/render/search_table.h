/* A search as tables: its hits row by row, its facets, its total. */
#ifndef RENDER_SEARCH_TABLE_H
#define RENDER_SEARCH_TABLE_H

#include "render/projection.h"
#include "render/render.h"
#include "render/table.h"

/* The table "hits" without a row. */
void search_columns(struct tables *out, const struct render_search *search);

/* The table "hits" with the row of ${hit}. */
void search_row(struct tables *out, const struct pdx_hit *hit);

/* One more row of it. */
void search_add_row(struct tables *out, const struct pdx_hit *hit);

/* The table of these fields (projection_columns) with the row of ${hit}. */
void search_fields(struct tables *out, const struct projection *p,
		   const struct pdx_hit *hit);

/* The table "facets": field, value, count; "(other)" and "(none)" are values too. */
void search_facets(struct tables *out, const struct render_search *search);

/* The table "count". */
void search_count(struct tables *out, const struct render_search *search);

#endif
