/*
 * JSON records from paneldex's structs.  Shapes only: which records make a document is
 * json.c's.
 *
 * jansson keeps keys in the order they were set, refuses what is not UTF-8 and writes
 * numbers without regard to the locale.
 */
#include "render/json_record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/utf8.h"

#define DAY_SECONDS 86400

/*
 * ${value} is given up.  jansson passes NULL through, so one failure on the way leaves
 * the whole object NULL: *${object} is freed then.
 */
static void set(json_t **object, const char *key, json_t *value)
{
	if (json_object_set_new(*object, key, value) == 0)
		return;
	json_decref(*object);
	*object = NULL;
}

static void append(json_t **array, json_t *value)
{
	if (json_array_append_new(*array, value) == 0)
		return;
	json_decref(*array);
	*array = NULL;
}

/* File names are bytes: what is not UTF-8 in them is replaced. */
static json_t *text(const char *s)
{
	size_t len = strlen(s);
	struct buf clean;
	json_t *value = NULL;

	if (utf8_valid(s, len))
		return json_stringn(s, len);
	buf_init(&clean, 0);
	utf8_clean(&clean, s, len);
	if (buf_ok(&clean))
		value = json_stringn(buf_str(&clean), clean.len);
	buf_release(&clean);
	return value;
}

static json_t *text_or_null(const char *s)
{
	return s ? text(s) : json_null();
}

static json_t *number(uint64_t n)
{
	return json_integer((json_int_t)n);
}

/* JSON has no word for what is not finite. */
static json_t *real(double v)
{
	return isfinite(v) ? json_real(v) : json_null();
}

static json_t *texts(const char *const *v, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		append(&array, text(v[i]));
	return array;
}

static json_t *day(int32_t date)
{
	char iso[DATE_TEXT];

	return date == PDX_NO_DATE ? json_null() : text(date_format(iso, date));
}

/* "2026-11-23T10:20:30Z" */
static json_t *timestamp(int64_t seconds)
{
	int64_t days = seconds / DAY_SECONDS, rest = seconds % DAY_SECONDS;
	char iso[DATE_TEXT];
	char out[64];

	if (rest < 0) {
		rest += DAY_SECONDS;
		days--;
	}
	if (days < DATE_MIN || days > DATE_MAX)
		return json_null();
	snprintf(out, sizeof(out), "%sT%02d:%02d:%02dZ",
		 date_format(iso, (int32_t)days), (int)(rest / 3600),
		 (int)(rest / 60 % 60), (int)(rest % 60));
	return text(out);
}

static json_t *column(size_t n)
{
	return n ? number(n) : json_null();
}

static json_t *warning(const struct pdx_note *note)
{
	json_t *o = json_object();

	set(&o, "code", text(note->code));
	set(&o, "column", column(note->column));
	set(&o, "message", text(note->message));
	return o;
}

static json_t *warnings(const struct render_search *search, bool repairs_only)
{
	json_t *array = json_array();

	for (size_t i = 0; i < search->nnotes; i++)
		if (search->notes[i].repair || !repairs_only)
			append(&array, warning(&search->notes[i]));
	return array;
}

static json_t *without(const struct render_search *search)
{
	json_t *array = json_array();

	for (size_t i = 0; i < search->nwithout; i++) {
		json_t *o = json_object();

		set(&o, "clause", text(search->without[i].clause));
		set(&o, "total", number(search->without[i].total));
		append(&array, o);
	}
	return array;
}

static json_t *query(const struct render_search *search)
{
	json_t *o = json_object();

	set(&o, "text", text(search->text));
	set(&o, "parsed", text(search->parsed));
	set(&o, "sort", texts(search->sort, search->nsort));
	set(&o, "corrections", warnings(search, true));
	set(&o, "did_you_mean", text_or_null(search->did_you_mean));
	return o;
}

json_t *json_search_head(const struct render_search *search)
{
	json_t *o = json_object(), *index = json_object();

	set(&index, "generation", number(search->generation));
	set(&index, "articles", number(search->articles));

	set(&o, "schema", text("paneldex.search/1"));
	set(&o, "query", query(search));
	set(&o, "total", number(search->total));
	set(&o, "returned", number(search->returned));
	set(&o, "next", text_or_null(search->next));
	if (search->group_by)
		set(&o, "groups", number(search->groups));
	set(&o, "warnings", warnings(search, false));
	if (search->nwithout)
		set(&o, "without", without(search));
	set(&o, "index", index);
	if (search->explain)
		set(&o, "explain", json_explain(search->explain));
	return o;
}

static json_t *facet(const struct pdx_facet *f)
{
	json_t *o = json_object(), *values = json_array();

	for (size_t i = 0; i < f->nvalues; i++) {
		json_t *v = json_object();

		set(&v, "value", text(f->values[i].value));
		set(&v, "count", number(f->values[i].count));
		append(&values, v);
	}
	set(&o, "values", values);
	set(&o, "other", number(f->other));
	set(&o, "missing", number(f->missing));
	return o;
}

json_t *json_facets(const struct pdx_facet *facets, size_t n)
{
	json_t *o = json_object();

	for (size_t i = 0; i < n; i++)
		set(&o, facets[i].field, facet(&facets[i]));
	return o;
}

json_t *json_facets_record(const struct render_search *search)
{
	json_t *o = json_object();

	set(&o, "schema", text("paneldex.facets/1"));
	set(&o, "query", query(search));
	set(&o, "total", number(search->total));
	set(&o, "facets", json_facets(search->facets, search->nfacets));
	set(&o, "pivot", json_null());
	return o;
}

json_t *json_count_record(const struct render_search *search)
{
	json_t *o = json_object();

	set(&o, "schema", text("paneldex.count/1"));
	set(&o, "total", number(search->total));
	return o;
}

static json_t *highlight(const struct pdx_highlight *h)
{
	json_t *o = json_object(), *spans = json_array();

	for (size_t i = 0; i < h->nspans; i++) {
		json_t *span = json_array();

		append(&span, number(h->spans[i].start));
		append(&span, number(h->spans[i].len));
		append(&spans, span);
	}
	set(&o, "field", text(h->field));
	set(&o, "take", h->take ? number(h->take) : json_null());
	set(&o, "text", text(h->text));
	set(&o, "spans", spans);
	return o;
}

/* The beginning of a take: where it stands and whose it is. */
static json_t *voice(size_t i, const struct pdx_take *take)
{
	json_t *o = json_object();

	set(&o, "n", number(i + 1));
	set(&o, "persona", text_or_null(take->persona));
	set(&o, "perspective", text_or_null(take->perspective));
	return o;
}

static json_t *hit_takes(const struct pdx_hit *hit)
{
	json_t *array = json_array();

	for (size_t i = 0; i < hit->article->ntakes; i++) {
		json_t *o = voice(i, &hit->article->takes[i]);

		set(&o, "matched",
		    json_boolean(hit->take_matched && hit->take_matched[i]));
		append(&array, o);
	}
	return array;
}

static json_t *group(const struct pdx_group *g)
{
	json_t *o = json_object();

	set(&o, "field", text(g->field));
	set(&o, "value", text_or_null(g->value));
	set(&o, "count", number(g->count));
	return o;
}

json_t *json_hit(const char *schema, const struct pdx_hit *hit)
{
	const struct pdx_article *a = hit->article;
	json_t *o = json_object(), *highlights = json_array();

	for (size_t i = 0; i < hit->nhighlights; i++)
		append(&highlights, highlight(&hit->highlights[i]));

	if (schema)
		set(&o, "schema", text(schema));
	set(&o, "id", text(a->id));
	set(&o, "rank", number(hit->rank));
	set(&o, "score", real(hit->score));
	set(&o, "title", text(a->title));
	set(&o, "date", day(a->date));
	set(&o, "companies", texts(a->companies, a->ncompanies));
	set(&o, "categories", texts(a->categories, a->ncategories));
	set(&o, "url", text_or_null(a->url));
	set(&o, "summary", text_or_null(a->summary));
	set(&o, "bookmarked", json_boolean(a->bookmarked));
	set(&o, "highlights", highlights);
	set(&o, "takes", hit_takes(hit));
	if (hit->group)
		set(&o, "group", group(hit->group));
	if (hit->explain)
		set(&o, "explain", json_explain_hit(hit->explain));
	return o;
}

static json_t *article_takes(const struct pdx_article *a)
{
	json_t *array = json_array();

	for (size_t i = 0; i < a->ntakes; i++) {
		json_t *o = voice(i, &a->takes[i]);

		set(&o, "text", text(a->takes[i].text));
		append(&array, o);
	}
	return array;
}

json_t *json_article(const struct pdx_article *a)
{
	json_t *o = json_object();

	set(&o, "schema", text("paneldex.article/1"));
	set(&o, "id", text(a->id));
	set(&o, "title", text(a->title));
	set(&o, "date", day(a->date));
	set(&o, "companies", texts(a->companies, a->ncompanies));
	set(&o, "categories", texts(a->categories, a->ncategories));
	set(&o, "url", text_or_null(a->url));
	set(&o, "summary", text_or_null(a->summary));
	set(&o, "body", text(a->body));
	set(&o, "lang", text_or_null(a->lang));
	set(&o, "source", text_or_null(a->source));
	set(&o, "ref", text_or_null(a->ref));
	set(&o, "origin", text_or_null(a->origin));
	set(&o, "added", timestamp(a->added));
	set(&o, "bookmarked", json_boolean(a->bookmarked));
	set(&o, "takes", article_takes(a));
	return o;
}

json_t *json_stats(const struct pdx_stats *s)
{
	json_t *o = json_object();

	set(&o, "schema", text("paneldex.stats/1"));
	set(&o, "articles", number(s->articles));
	set(&o, "takes", number(s->takes));
	set(&o, "companies", number(s->companies));
	set(&o, "categories", number(s->categories));
	set(&o, "personas", number(s->personas));
	set(&o, "first_date", day(s->first_date));
	set(&o, "last_date", day(s->last_date));
	set(&o, "text_bytes", number(s->text_bytes));
	set(&o, "file_bytes", number(s->file_bytes));
	set(&o, "generation", number(s->generation));
	set(&o, "language", text(s->language));
	set(&o, "analyzer", number(s->analyzer));
	return o;
}

json_t *json_check(const char *const *problems, size_t n)
{
	json_t *o = json_object();

	set(&o, "schema", text("paneldex.check/1"));
	set(&o, "ok", json_boolean(n == 0));
	set(&o, "problems", texts(problems, n));
	return o;
}

/* One number of each measure. */
static json_t *measures(const struct render_eval *e,
			double (*number_of)(const struct render_measure *m))
{
	json_t *o = json_object();

	for (size_t i = 0; i < e->nmeasures; i++)
		set(&o, e->measures[i].name, real(number_of(&e->measures[i])));
	return o;
}

static double measure_value(const struct render_measure *m)
{
	return m->value;
}

static double measure_vs(const struct render_measure *m)
{
	return m->vs;
}

static double measure_difference(const struct render_measure *m)
{
	return m->vs - m->value;
}

static double measure_p(const struct render_measure *m)
{
	return m->p;
}

json_t *json_eval(const struct render_eval *e)
{
	json_t *o = json_object(), *vs = e->vs ? json_object() : json_null();

	if (e->vs) {
		set(&vs, "profile", text(e->vs));
		set(&vs, "measures", measures(e, measure_vs));
		set(&vs, "difference", measures(e, measure_difference));
		set(&vs, "p", measures(e, measure_p));
	}
	set(&o, "schema", text("paneldex.eval/1"));
	set(&o, "queries", number(e->queries));
	set(&o, "profile", text(e->profile));
	set(&o, "measures", measures(e, measure_value));
	set(&o, "vs", vs);
	return o;
}

json_t *json_ingest(const struct render_ingest *s)
{
	json_t *o = json_object(), *rejects = json_array();

	for (size_t i = 0; i < s->nrejects; i++) {
		json_t *r = json_object();

		set(&r, "origin", text(s->rejects[i].origin));
		set(&r, "offset", number(s->rejects[i].offset));
		set(&r, "reason", text(s->rejects[i].reason));
		append(&rejects, r);
	}
	set(&o, "schema", text("paneldex.ingest/1"));
	set(&o, "read", number(s->read));
	set(&o, "added", number(s->added));
	set(&o, "updated", number(s->updated));
	set(&o, "unchanged", number(s->unchanged));
	set(&o, "rejected", number(s->rejected));
	set(&o, "bytes", number(s->bytes));
	set(&o, "seconds", real(s->seconds));
	set(&o, "rejects", rejects);
	return o;
}

json_t *json_company_aliases(const char *schema, const struct render_aliases *company)
{
	json_t *o = json_object();

	if (schema)
		set(&o, "schema", text(schema));
	set(&o, "name", text(company->name));
	set(&o, "aliases", texts(company->aliases, company->naliases));
	return o;
}

json_t *json_aliases_record(const struct render_aliases *companies, size_t n)
{
	json_t *o = json_object(), *array = json_array();

	for (size_t i = 0; i < n; i++)
		append(&array, json_company_aliases(NULL, &companies[i]));
	set(&o, "schema", text("paneldex.aliases/1"));
	set(&o, "companies", array);
	return o;
}

json_t *json_alias_change(const struct render_alias_change *change)
{
	json_t *o = json_object();

	set(&o, "schema", text("paneldex.alias_change/1"));
	set(&o, "added", number(change->added));
	set(&o, "unchanged", number(change->unchanged));
	set(&o, "removed", number(change->removed));
	set(&o, "rejected", number(change->rejected));
	return o;
}

json_t *json_message(const char *schema, const struct render_message *m)
{
	json_t *o = json_object();

	set(&o, "schema", text(schema));
	set(&o, "code", text(m->code));
	set(&o, "message", text(m->message));
	set(&o, "column", column(m->column));
	set(&o, "hint", m->hint && *m->hint ? text(m->hint) : json_null());
	set(&o, "place", text_or_null(m->place));
	return o;
}
