/* A search as JSON objects: what json and jsonl both write. */
#ifndef RENDER_JSON_RECORD_H
#define RENDER_JSON_RECORD_H

#include <jansson.h>

#include "render/render.h"

/*
 * Each returns a new object with its keys in the order of the contract, or NULL where
 * memory is out.
 */
json_t *json_query(const struct render_search *search); /* "query" of a document */
json_t *json_warnings(const struct render_search *search);
json_t *json_index(const struct render_search *search);
json_t *json_search_head(const struct render_search *search); /* all up to "hits" */
json_t *json_facets(const struct pdx_facet *facets, size_t n);
json_t *json_facets_record(const struct render_search *search);
json_t *json_count_record(const struct render_search *search);
json_t *json_message(const char *schema, const struct render_message *message);

/* What is known of whose take number ${i}, from 0, is. */
json_t *json_voice(size_t i, const struct pdx_take *take);

/* A hit; it begins with ${schema} where that is not NULL. */
json_t *json_hit(const char *schema, const struct pdx_hit *hit);

/* json_explain.c: of a query, of a hit, of two articles. */
json_t *json_explain(const struct pdx_explain *explain);
json_t *json_explain_record(const struct pdx_explain *explain);
json_t *json_explain_hit(const struct pdx_explain_hit *explain);

#endif
