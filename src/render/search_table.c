/* Hits, facets and totals as rows. */
#include "render/search_table.h"

#include "base/buf.h"
#include "render/json_record.h"

void search_columns(struct tables *out, const struct render_search *search)
{
	static const struct table_column columns[] = {
		{ "rank", TABLE_NUMBER },    { "id", TABLE_TEXT },
		{ "score", TABLE_NUMBER },   { "date", TABLE_NUMBER },
		{ "companies", TABLE_TEXT }, { "categories", TABLE_TEXT },
		{ "title", TABLE_TEXT },     { "summary", TABLE_TEXT },
		{ "url", TABLE_TEXT },       { "takes_matched", TABLE_TEXT },
		{ "group", TABLE_TEXT },     { "cluster", TABLE_NUMBER },
	};

	(void)search;
	tables_begin(out, "hits", "Articles");
	tables_columns(out, columns, sizeof(columns) / sizeof(columns[0]));
}

static void takes_matched(struct tables *out, const struct pdx_hit *hit)
{
	struct buf names;

	buf_init(&names, 0);
	for (size_t i = 0; hit->take_matched && i < hit->article->ntakes; i++) {
		if (!hit->take_matched[i])
			continue;
		buf_puts(&names, names.len ? "; " : "");
		if (hit->article->takes[i].persona)
			buf_puts(&names, hit->article->takes[i].persona);
		else
			buf_printf(&names, "take %zu", i + 1);
	}
	tables_text(out, "takes_matched", buf_str(&names));
	if (!buf_ok(&names))
		out->arena.failed = true;
	buf_release(&names);
}

void search_row(struct tables *out, const struct pdx_hit *hit)
{
	search_columns(out, NULL);
	search_add_row(out, hit);
}

void search_add_row(struct tables *out, const struct pdx_hit *hit)
{
	const struct pdx_article *a = hit->article;

	tables_number(out, "rank", hit->rank);
	tables_text(out, "id", a->id);
	tables_decimal(out, "score", hit->score);
	tables_day(out, "date", a->date);
	tables_list(out, "companies", a->companies, a->ncompanies);
	tables_list(out, "categories", a->categories, a->ncategories);
	tables_text(out, "title", a->title);
	tables_text(out, "summary", a->summary);
	tables_text(out, "url", a->url);
	takes_matched(out, hit);
	tables_text(out, "group", hit->group ? hit->group->value : NULL);
	tables_number(out, "cluster", hit->cluster ? hit->cluster->size : 1);
	tables_end_row(out);
}

void search_fields(struct tables *out, const struct projection *p,
		   const struct pdx_hit *hit)
{
	json_t *record = json_hit(NULL, hit);

	projection_columns(out, p);
	projection_row(out, p, record);
	json_decref(record);
}

static void facet_row(struct tables *out, const char *field, const char *value,
		      uint64_t count)
{
	tables_text(out, "field", field);
	tables_text(out, "value", value);
	tables_number(out, "count", count);
	tables_end_row(out);
}

void search_facets(struct tables *out, const struct render_search *search)
{
	tables_begin(out, "facets", "Facets");
	for (size_t i = 0; i < search->nfacets; i++) {
		const struct pdx_facet *f = &search->facets[i];

		for (size_t j = 0; j < f->nvalues; j++)
			facet_row(out, f->field, f->values[j].value,
				  f->values[j].count);
		facet_row(out, f->field, RENDER_OTHER, f->other);
		facet_row(out, f->field, RENDER_MISSING, f->missing);
	}
}

void search_count(struct tables *out, const struct render_search *search)
{
	tables_begin(out, "count", "Articles");
	tables_number(out, "total", search->total);
	tables_end_row(out);
}
