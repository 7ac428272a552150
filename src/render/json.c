/*
 * The formats json (one document a run) and jsonl (one record a line): where records
 * stand and what is around them.  Their shapes are json_record.c's.
 *
 * A document is written as it comes: its hits stand one on a line, and only one is in
 * memory at a time.
 */
#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "render/formats.h"
#include "render/json_record.h"
#include "render/json_value.h"
#include "render/layout.h"
#include "render/projection.h"
#include "render/record.h"

static void put_line(struct out *out, json_t *record)
{
	json_write(out, record, 0);
	out_putc(out, '\n');
}

/* A hit, or the fields of it that are shown; ${schema}: what a whole one is called. */
static json_t *hit_of(struct render *r, const char *schema, const struct pdx_hit *hit)
{
	return r->fields ? projection_apply(r->fields, json_hit(NULL, hit))
			 : json_hit(schema, hit);
}

static void json_begin(struct render *r, const struct render_search *search)
{
	json_t *head = json_search_head(search);

	if (r->fields)
		json_put(&head, "fields", projection_names(r->fields));
	out_putc(r->out, '{');
	json_write(r->out, head, JSON_EMBED);
	if (r->id)
		out_printf(r->out, ",\"id\":%s", r->id);
	out_puts(r->out, r->one_line ? ",\"hits\":[" : ",\n\"hits\":[");
}

static void json_next_hit(struct render *r, const struct pdx_hit *hit)
{
	out_puts(r->out, r->written++ ? "," : "");
	out_puts(r->out, r->one_line ? "" : "\n");
	json_write(r->out, hit_of(r, NULL, hit), 0);
}

static void json_end(struct render *r, const struct render_search *search)
{
	out_puts(r->out, r->written && !r->one_line ? "\n]" : "]");
	if (search->nfacets) {
		out_puts(r->out, r->one_line ? ",\"facets\":" : ",\n\"facets\":");
		json_write(r->out, json_facets(search->facets, search->nfacets), 0);
	}
	out_puts(r->out, "}\n");
}

/* A document without hits has the total where every other has it. */
static void json_count(struct render *r, const struct render_search *search)
{
	json_begin(r, search);
	json_end(r, search);
}

static void jsonl_begin(struct render *r, const struct render_search *search)
{
	if (search->explain)
		put_line(r->out, json_explain_record(search->explain));
}

static void jsonl_hit(struct render *r, const struct pdx_hit *hit)
{
	put_line(r->out, hit_of(r, "paneldex.hit/1", hit));
}

static void jsonl_end(struct render *r, const struct render_search *search)
{
	if (search->nfacets)
		put_line(r->out, json_facets_record(search));
}

static void jsonl_count(struct render *r, const struct render_search *search)
{
	put_line(r->out, json_count_record(search));
}

/* ${document} with the fields of its records that are shown. */
static json_t *projected(const struct projection *p, const char *list, json_t *document)
{
	json_t *all = json_object_get(document, list), *parts = json_array(), *record;
	size_t i;

	json_array_foreach(all, i, record) json_append(
		&parts, projection_apply(p, json_incref(record)));
	json_put(&document, list, parts);
	json_put(&document, "fields", projection_names(p));
	return document;
}

static void json_record(struct render *r, const struct record_kind *kind,
			const void *what)
{
	json_t *document = kind->json(what);

	if (r->fields)
		document = kind->list ? projected(r->fields, kind->list, document)
				      : projection_apply(r->fields, document);
	put_line(r->out, document);
}

static void jsonl_record(struct render *r, const struct record_kind *kind,
			 const void *what)
{
	for (size_t i = 0, n = record_rows(kind, what); i < n; i++) {
		json_t *record = record_row(kind, what, i);

		put_line(r->out, r->fields ? projection_apply(r->fields, record)
					   : record);
	}
}

/* The summary has them all. */
static void reject(struct render *r, const struct render_reject *rejected)
{
	(void)r;
	(void)rejected;
}

static void remark(struct render *r, const char *origin, const char *message)
{
	struct render_message m = { .place = origin,
				    .code = "input",
				    .message = message };

	put_line(r->err, json_message("paneldex.warning/1", &m));
}

static void error(struct render *r, const struct render_message *message)
{
	if (!r->id) {
		put_line(r->err, json_message("paneldex.error/1", message));
		return;
	}
	out_putc(r->err, '{');
	json_write(r->err, json_message("paneldex.error/1", message), JSON_EMBED);
	out_printf(r->err, ",\"id\":%s}\n", r->id);
}

static void note(struct render *r, const struct render_message *message)
{
	put_line(r->err, json_message("paneldex.warning/1", message));
}

/* The document has it: in "warnings", "did_you_mean", "expanded", "without". */
static void json_query_note(struct render *r, const struct render_message *message)
{
	(void)r;
	(void)message;
}

#define JSON_SNIPPETS 3

const struct renderer renderer_json = {
	.name = "json",
	.one_document = true,
	.fields = true,
	.snippets = JSON_SNIPPETS,
	.begin = json_begin,
	.hit = json_next_hit,
	.end = json_end,
	.count = json_count,
	.record = json_record,
	.reject = reject,
	.remark = remark,
	.error = error,
	.note = note,
	.query_note = json_query_note,
	.suggestion = json_query_note,
};

const struct renderer renderer_jsonl = {
	.name = "jsonl",
	.fields = true,
	.snippets = JSON_SNIPPETS,
	.begin = jsonl_begin,
	.hit = jsonl_hit,
	.end = jsonl_end,
	.count = jsonl_count,
	.record = jsonl_record,
	.reject = reject,
	.remark = remark,
	.error = error,
	.note = note,
	.query_note = note,
	.suggestion = note,
};
