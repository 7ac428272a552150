/* The best articles of a search, as a part of something larger. */
#include "render/html.h"
#include "render/json_record.h"
#include "render/json_value.h"
#include "render/record.h"
#include "render/search_table.h"

/* Call ${each} with every hit; the first that cannot be loaded is the last. */
static void each_hit(const struct render_hits *h,
		     void (*each)(void *ctx, const struct pdx_hit *hit), void *ctx)
{
	size_t n = pdx_result_returned(h->result);

	for (size_t i = 0; i < n && i < h->n; i++) {
		const struct pdx_hit *hit;
		struct pdx_err err;
		int rc = pdx_result_hit(&hit, h->result, i, &err);

		if (!rc)
			each(ctx, hit);
		if (!rc || rc == PDX_E_NOT_FOUND) /* gone since it was found */
			continue;
		*h->err = err;
		return;
	}
}

static void append_json(void *ctx, const struct pdx_hit *hit)
{
	json_append(ctx, json_hit(NULL, hit));
}

static json_t *hits_json(const void *what)
{
	json_t *o = json_object(), *array = json_array();

	each_hit(what, append_json, &array);
	json_put(&o, "hits", array);
	return o;
}

static void append_row(void *ctx, const struct pdx_hit *hit)
{
	search_add_row(ctx, hit);
}

static void hits_tables(struct tables *out, const void *what)
{
	search_columns(out, NULL);
	each_hit(what, append_row, out);
}

static void put_item(void *ctx, const struct pdx_hit *hit)
{
	html_put_hit(ctx, hit);
}

static void hits_html(struct out *out, const char *id, const void *what)
{
	(void)id; /* nothing here has one */
	out_puts(out, "<ol class=\"hits\">\n");
	each_hit(what, put_item, out);
	out_puts(out, "</ol>\n");
}

/* As the format shows a search. */
static void show_hit(void *ctx, const struct pdx_hit *hit)
{
	struct render *r = ctx;

	r->ops->hit(r, hit);
}

static void hits_markdown(struct render *r, const void *what)
{
	each_hit(what, show_hit, r);
}

static void hits_text(struct render *r, const void *what)
{
	const struct render_hits *h = what;

	r->written = 0;
	r->ops->begin(r, h->search); /* which sees to the room that ranks take */
	each_hit(what, show_hit, r);
}

const struct record_kind record_hits = {
	.json = hits_json,
	.tables = hits_tables,
	.markdown = hits_markdown,
	.html = hits_html,
	.text = hits_text,
};
