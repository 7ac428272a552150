/*
 * A search's records and messages as JSON.  Shapes only: which records make a document
 * is json.c's.
 */
#include "render/json_record.h"

#include <string.h>

#include "render/json_value.h"

static json_t *column(size_t n)
{
	return n ? json_number(n) : json_null();
}

static json_t *warning(const struct pdx_note *note)
{
	json_t *o = json_object();

	json_put(&o, "code", json_text(note->code));
	json_put(&o, "column", column(note->column));
	json_put(&o, "message", json_text(note->message));
	return o;
}

static json_t *warnings(const struct render_search *search, bool repairs_only)
{
	json_t *array = json_array();

	for (size_t i = 0; i < search->nnotes; i++)
		if (search->notes[i].repair || !repairs_only)
			json_append(&array, warning(&search->notes[i]));
	return array;
}

static json_t *without(const struct render_search *search)
{
	json_t *array = json_array();

	for (size_t i = 0; i < search->nwithout; i++) {
		json_t *o = json_object();

		json_put(&o, "clause", json_text(search->without[i].clause));
		json_put(&o, "total", json_number(search->without[i].total));
		json_append(&array, o);
	}
	return array;
}

static json_t *expanded(const struct render_search *search)
{
	json_t *array = json_array();

	for (size_t i = 0; i < search->nexpansion; i++) {
		const struct pdx_expansion *word = &search->expansion[i];
		json_t *o = json_object();

		json_put(&o, "word", json_text(word->word));
		json_put(&o, "weight", json_real(word->weight));
		json_put(&o, "asked", json_boolean(word->asked));
		json_append(&array, o);
	}
	return array;
}

json_t *json_query(const struct render_search *search)
{
	json_t *o = json_object();

	json_put(&o, "text", json_text(search->text));
	json_put(&o, "parsed", json_text(search->parsed));
	json_put(&o, "sort", json_texts(search->sort, search->nsort));
	json_put(&o, "corrections", warnings(search, true));
	json_put(&o, "did_you_mean", json_text_or_null(search->did_you_mean));
	if (search->expand)
		json_put(&o, "expanded", expanded(search));
	return o;
}

json_t *json_warnings(const struct render_search *search)
{
	return warnings(search, false);
}

json_t *json_index(const struct render_search *search)
{
	json_t *o = json_object();

	json_put(&o, "generation", json_number(search->generation));
	json_put(&o, "articles", json_number(search->articles));
	return o;
}

json_t *json_search_head(const struct render_search *search)
{
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.search/1"));
	json_put(&o, "query", json_query(search));
	json_put(&o, "total",
		 search->partial ? json_null() : json_number(search->total));
	if (search->no_total)
		json_put(&o, "total_at_least", json_number(search->total));
	json_put(&o, "returned", json_number(search->returned));
	json_put(&o, "next", json_text_or_null(search->next));
	if (search->group_by)
		json_put(&o, "groups", json_number(search->groups));
	json_put(&o, "stories",
		 search->collapsed && !search->partial ? json_number(search->stories)
						       : json_null());
	json_put(&o, "warnings", json_warnings(search));
	if (search->nwithout)
		json_put(&o, "without", without(search));
	json_put(&o, "index", json_index(search));
	if (search->explain)
		json_put(&o, "explain", json_explain(search->explain));
	return o;
}

static json_t *facet(const struct pdx_facet *f)
{
	json_t *o = json_object(), *values = json_array();

	for (size_t i = 0; i < f->nvalues; i++) {
		json_t *v = json_object();

		json_put(&v, "value", json_text(f->values[i].value));
		json_put(&v, "count", json_number(f->values[i].count));
		json_append(&values, v);
	}
	json_put(&o, "values", values);
	json_put(&o, "other", json_number(f->other));
	json_put(&o, "missing", json_number(f->missing));
	return o;
}

json_t *json_facets(const struct pdx_facet *facets, size_t n)
{
	json_t *o = json_object();

	for (size_t i = 0; i < n; i++)
		json_put(&o, facets[i].field, facet(&facets[i]));
	return o;
}

json_t *json_facets_record(const struct render_search *search)
{
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.facets/1"));
	json_put(&o, "query", json_query(search));
	json_put(&o, "total", json_number(search->total));
	json_put(&o, "facets", json_facets(search->facets, search->nfacets));
	json_put(&o, "pivot", json_null());
	return o;
}

json_t *json_count_record(const struct render_search *search)
{
	json_t *o = json_object();

	json_put(&o, "schema", json_text("paneldex.count/1"));
	json_put(&o, "total", json_number(search->total));
	return o;
}

static json_t *highlight(const struct pdx_highlight *h)
{
	json_t *o = json_object(), *spans = json_array();

	for (size_t i = 0; i < h->nspans; i++) {
		json_t *span = json_array();

		json_append(&span, json_number(h->spans[i].start));
		json_append(&span, json_number(h->spans[i].len));
		json_append(&spans, span);
	}
	json_put(&o, "field", json_text(h->field));
	json_put(&o, "take", h->take ? json_number(h->take) : json_null());
	json_put(&o, "text", json_text(h->text));
	json_put(&o, "spans", spans);
	return o;
}

/* The beginning of a take: where it stands and whose it is. */
json_t *json_voice(size_t i, const struct pdx_take *take)
{
	json_t *o = json_object();

	json_put(&o, "n", json_number(i + 1));
	json_put(&o, "persona", json_text_or_null(take->persona));
	json_put(&o, "perspective", json_text_or_null(take->perspective));
	return o;
}

static json_t *hit_takes(const struct pdx_hit *hit)
{
	json_t *array = json_array();

	for (size_t i = 0; i < hit->article->ntakes; i++) {
		json_t *o = json_voice(i, &hit->article->takes[i]);

		json_put(&o, "matched",
			 json_boolean(hit->take_matched && hit->take_matched[i]));
		json_append(&array, o);
	}
	return array;
}

static json_t *group(const struct pdx_group *g)
{
	json_t *o = json_object();

	json_put(&o, "field", json_text(g->field));
	json_put(&o, "value", json_text_or_null(g->value));
	json_put(&o, "count", json_number(g->count));
	return o;
}

/* The articles that a hit stands for. */
static json_t *cluster(const struct pdx_cluster *c)
{
	json_t *o = json_object(), *ids = json_array();

	for (size_t i = 0; i < c->nids; i++)
		json_append(&ids, json_text(c->ids[i]));
	json_put(&o, "size", json_number(c->size));
	json_put(&o, "ids", ids);
	return o;
}

json_t *json_hit(const char *schema, const struct pdx_hit *hit)
{
	const struct pdx_article *a = hit->article;
	json_t *o = json_object(), *highlights = json_array();

	for (size_t i = 0; i < hit->nhighlights; i++)
		json_append(&highlights, highlight(&hit->highlights[i]));

	if (schema)
		json_put(&o, "schema", json_text(schema));
	json_put(&o, "id", json_text(a->id));
	json_put(&o, "rank", json_number(hit->rank));
	json_put(&o, "score", json_decimal(hit->score));
	json_put(&o, "title", json_text(a->title));
	json_put(&o, "date", json_day(a->date));
	json_put(&o, "companies", json_texts(a->companies, a->ncompanies));
	json_put(&o, "categories", json_texts(a->categories, a->ncategories));
	json_put(&o, "url", json_text_or_null(a->url));
	json_put(&o, "summary", json_text_or_null(a->summary));
	json_put(&o, "bookmarked", json_boolean(a->bookmarked));
	json_put(&o, "highlights", highlights);
	json_put(&o, "takes", hit_takes(hit));
	json_put(&o, "mentions", json_texts(a->mentions, a->nmentions));
	json_put(&o, "cluster", hit->cluster ? cluster(hit->cluster) : json_null());
	if (hit->group)
		json_put(&o, "group", group(hit->group));
	if (hit->explain)
		json_put(&o, "explain", json_explain_hit(hit->explain));
	return o;
}

json_t *json_message(const char *schema, const struct render_message *m)
{
	json_t *o = json_object();

	json_put(&o, "schema", json_text(schema));
	json_put(&o, "code", json_text(m->code));
	json_put(&o, "message", json_text(m->message));
	json_put(&o, "column", column(m->column));
	json_put(&o, "hint", m->hint && *m->hint ? json_text(m->hint) : json_null());
	json_put(&o, "place", json_text_or_null(m->place));
	return o;
}
