/*
 * JSON of explanations.  Shapes only, as in json_record.c; texts come from a query and
 * are valid UTF-8.
 */
#include "render/json_record.h"

static json_t *strings(const char *const *v, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_string(v[i]));
	return array;
}

static json_t *term(const struct pdx_explain_term *t)
{
	json_t *index = json_array(), *o;

	for (size_t i = 0; i < t->nindex_terms; i++)
		json_array_append_new(
			index,
			json_pack("{s:s,s:I}", "term", t->index_terms[i].text,
				  "articles", (json_int_t)t->index_terms[i].articles));
	o = json_pack("{s:s,s:o,s:I,s:f,s:b,s:b,s:b}", "text", t->text, "index_terms",
		      index, "articles", (json_int_t)t->articles, "idf", t->idf,
		      "scored", t->scored, "own_cursor", t->own_cursor, "verified",
		      t->verified);
	if (o && t->boost > 0 && json_object_set_new(o, "boost", json_real(t->boost))) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static json_t *plan(const struct pdx_explain *e)
{
	const char *rows = e->nothing ? "nothing" : e->match ? "match" : "every row";

	return json_pack("{s:s,s:s?,s:b,s:o}", "rows", rows, "match",
			 e->nothing ? NULL : e->match, "exact", e->exact, "by_row",
			 strings(e->by_row, e->nby_row));
}

static json_t *pair(const struct pdx_explain *e)
{
	json_t *differences = json_array();
	bool first = e->first_above;

	for (size_t i = 0; i < e->ndifferences; i++) {
		const struct pdx_explain_difference *d = &e->differences[i];

		json_array_append_new(
			differences,
			json_pack("{s:s,s:s,s:[II],s:[II],s:[ff],s:f}", "term", d->text,
				  "field", d->field, "tf", (json_int_t)d->tf[0],
				  (json_int_t)d->tf[1], "length",
				  (json_int_t)d->length[0], (json_int_t)d->length[1],
				  "score", d->score[0], d->score[1], "difference",
				  d->score[0] - d->score[1]));
	}
	return json_pack("{s:[ss],s:s,s:f,s:o}", "ids", e->first_id, e->second_id,
			 "above", first ? e->first_id : e->second_id, "difference",
			 e->first->score - e->second->score, "by_term", differences);
}

json_t *json_explain(const struct pdx_explain *e)
{
	json_t *terms = json_array(), *o;

	for (size_t i = 0; i < e->nterms; i++)
		json_array_append_new(terms, term(&e->terms[i]));
	o = json_pack("{s:s,s:o,s:f,s:o}", "tree", e->tree, "terms", terms, "k1", e->k1,
		      "plan", plan(e));
	if (o && e->first && json_object_set_new(o, "comparison", pair(e))) {
		json_decref(o);
		return NULL;
	}
	return o;
}

json_t *json_explain_record(const struct pdx_explain *e)
{
	return json_pack("{s:s,s:o}", "schema", "paneldex.explain/1", "explain",
			 json_explain(e));
}

static json_t *part(const struct pdx_explain_part *p)
{
	json_t *fields = json_array();

	for (size_t i = 0; i < p->nfields; i++) {
		const struct pdx_explain_field *f = &p->fields[i];

		json_array_append_new(
			fields,
			json_pack("{s:s,s:I,s:I,s:f,s:f}", "field", f->field, "tf",
				  (json_int_t)f->tf, "length", (json_int_t)f->length,
				  "weighted", f->weighted, "score", f->score));
	}
	return json_pack("{s:s,s:f,s:f,s:o}", "term", p->text, "weighted", p->weighted,
			 "score", p->score, "fields", fields);
}

json_t *json_explain_hit(const struct pdx_explain_hit *e)
{
	json_t *parts = json_array();

	for (size_t i = 0; i < e->nparts; i++)
		json_array_append_new(parts, part(&e->parts[i]));
	return json_pack("{s:b,s:o,s:o,s:f,s:f}", "matches", e->matches, "failing",
			 strings(e->failing, e->nfailing), "terms", parts, "recency",
			 e->recency, "score", e->score);
}
