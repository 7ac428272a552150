/* JSON records, as objects: what json and jsonl both write. */
#ifndef RENDER_JSON_RECORD_H
#define RENDER_JSON_RECORD_H

#include <jansson.h>

#include "render/render.h"

/*
 * Each returns a new object with its keys in the order of the contract, or NULL where
 * memory is out.
 */
json_t *json_search_head(const struct render_search *search); /* all up to "hits" */
json_t *json_facets(const struct pdx_facet *facets, size_t n);
json_t *json_facets_record(const struct render_search *search);
json_t *json_count_record(const struct render_search *search);
json_t *json_article(const struct pdx_article *article);
json_t *json_stats(const struct pdx_stats *stats);
json_t *json_check(const char *const *problems, size_t n);
json_t *json_eval(const struct render_eval *eval);
json_t *json_ingest(const struct render_ingest *summary);
json_t *json_aliases_record(const struct render_aliases *companies, size_t n);
json_t *json_company_aliases(const char *schema, const struct render_aliases *company);
json_t *json_alias_change(const struct render_alias_change *change);
json_t *json_message(const char *schema, const struct render_message *message);

/* A hit; it begins with ${schema} where that is not NULL. */
json_t *json_hit(const char *schema, const struct pdx_hit *hit);

/* json_explain.c: of a query, of a hit, of two articles. */
json_t *json_explain(const struct pdx_explain *explain);
json_t *json_explain_record(const struct pdx_explain *explain);
json_t *json_explain_hit(const struct pdx_explain_hit *explain);

#endif
