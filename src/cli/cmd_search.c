/*
 * paneldex search, paneldex similar: words and options, or an article, to a query; its
 * hits to the renderer.
 */
#include <inttypes.h>
#include <string.h>

#include "base/err.h"
#include "cli/search.h"
#include "cli/shape.h"
#include "cli/signals.h"
#include "render/layout.h"

static int run(struct search *s)
{
	const struct options *o = &s->cli->options;
	struct pdx_search how = {
		.limit = o->count ? 0 : s->limit,
		.offset = o->offset,
		.after = o->after,
		.group_by = o->group_by,
		.group_size = o->group_size,
		.collapse = search_collapses(s),
		.sort = o->sort,
		.nsort = o->nsort,
		.facets = o->facets.v,
		.nfacets = o->facets.n,
		.snippets = shape_snippets(s->cli),
		.today = s->today,
		.recency_days = o->recency_days,
		.explain = o->explain,
		.ids = o->ids.v,
		.nids = o->ids.n,
		/* A count of something else would be taken for the count. */
		.relax = !o->strict && !o->count && o->ids.n == 0 && !s->strictly,
		.suggest = !s->strictly,
		.newer_than = s->newer_than,
		.profile = s->cli->profile,
		.expand = o->expand,
		.no_total = o->no_total,
	};

	return search_run(s, &how);
}

/*
 * Show the hits as they are loaded, so that memory holds one.  A stream that failed
 * ends it; the failure is reported where the stream is closed.
 */
static int show_hits(const struct search *s, struct pdx_err *err)
{
	struct render *r = &s->cli->render;
	size_t n = pdx_result_returned(s->result);

	for (size_t i = 0; i < n && !out_status(r->out, NULL); i++) {
		const struct pdx_hit *hit;
		int rc = pdx_result_hit(&hit, s->result, i, err);

		if (!rc && signals_caught())
			rc = err_set(err, PDX_E_INTERRUPTED, "interrupted");
		if (!rc)
			r->ops->hit(r, hit);
		else if (rc != PDX_E_NOT_FOUND) /* gone since it was found */
			return rc;
	}
	return PDX_OK;
}

/* "20 of 42 articles, 38 stories; more with --offset 20 or --after AQr_vWj4" */
static void put_account(struct buf *line, const struct render_search *found,
			size_t width)
{
	if (found->total == 0)
		buf_puts(line, "no article matches");
	else
		buf_printf(line, "%" PRIu64 " of %s%" PRIu64 " articles",
			   found->returned, render_at_least(found), found->total);
	if (!found->partial && found->stories && found->stories < found->total)
		buf_printf(line, ", %" PRIu64 " stories", found->stories);
	if (!found->next)
		return;
	buf_printf(line, "; more with --offset %" PRIu64,
		   found->offset + found->returned);
	/* A cursor over several lines can neither be read nor copied. */
	if (line->len + strlen(found->next) + strlen(" or --after ") <= width)
		buf_printf(line, " or --after %s", found->next);
}

/* How much of it was seen, for one who looks at a terminal. */
static void show_account(const struct search *s, const struct render_search *found)
{
	struct cli *c = s->cli;
	struct layout l;
	struct buf line;

	if (!c->options.format->is_text || !c->err_is_seen)
		return;
	buf_init(&line, 0);
	put_account(&line, found, c->render.err_width);
	if (found->returned)
		out_putc(&c->err, '\n');
	layout_init(&l, &c->err, c->render.err_width, false);
	layout_begin(&l, 0);
	layout_text(&l, STYLE_PLAIN, buf_str(&line));
	layout_end(&l);
	layout_release(&l);
	buf_release(&line);
}

/* Returns an exit code. */
static int show(const struct search *s)
{
	struct cli *c = s->cli;
	struct render *r = &c->render;
	const struct options *o = &c->options;
	struct render_search found;
	struct pdx_err err;

	search_describe(&found, s);
	search_show_notes(s, &found);
	if (o->count) {
		r->ops->count(r, &found);
		return found.total ? EXIT_FOUND : EXIT_NONE;
	}
	r->ops->begin(r, &found);
	if (show_hits(s, &err))
		return cli_fail(c, NULL, NULL, &err);
	r->ops->end(r, &found);
	out_flush(r->out, NULL);
	show_account(s, &found);
	if (s->limit == 0)
		return found.total ? EXIT_FOUND : EXIT_NONE;
	return found.returned ? EXIT_FOUND : EXIT_NONE;
}

int search_answer(struct search *s)
{
	int code = run(s);

	return code ? code : show(s);
}

static int find_and_show(struct search *s)
{
	int code = search_open(s);

	if (code)
		return code;
	signals_watch(s->index, false);
	code = search_answer(s);
	signals_watch(NULL, false);
	return code;
}

int cmd_search(struct cli *c)
{
	struct search s;
	int code;

	code = search_find_profile(c);
	if (code)
		return code;
	if (c->options.batch)
		return search_batch(c);
	code = shape_choose(c);
	if (code)
		return code;
	search_init(&s, c);
	search_join_words(&s, 0);
	code = search_prepare(&s);
	if (!code)
		code = find_and_show(&s);
	search_close(&s);
	return code;
}

/* The query that an article makes; on failure the exit code, else 0. */
static int make_similar(struct search *s)
{
	const struct options *o = &s->cli->options;
	struct pdx_err err;
	int rc;

	if (o->words.n != 1)
		rc = err_set(&err, PDX_E_USAGE, "like which article? give one id");
	else
		rc = cli_open(&s->index, s->cli, PDX_OPEN_READ, NULL, &err);
	if (!rc)
		rc = pdx_query_similar(&s->query, s->index, o->words.v[0],
				       o->same_company, s->today, &err);
	if (!rc)
		rc = search_filter(s, &err);
	return rc ? cli_fail(s->cli, s->cli->command->name, NULL, &err) : 0;
}

int cmd_similar(struct cli *c)
{
	struct search s;
	int code;

	search_init(&s, c);
	code = search_find_profile(c);
	if (!code)
		code = shape_choose(c);
	if (!code)
		code = make_similar(&s);
	if (!code)
		code = find_and_show(&s);
	search_close(&s);
	return code;
}
