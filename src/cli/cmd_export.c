/* paneldex export: articles as JSON Lines, for another index. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "cli/search.h"
#include "cli/shape.h"
#include "cli/signals.h"
#include "render/record.h"

/* A hit by its id: what an index is made of says nothing of the order it came in. */
struct place {
	char id[PDX_ID_SIZE];
	size_t hit;
};

static int by_id(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	int order = memcmp(x->id, y->id, PDX_ID_SIZE);

	return order ? order : (x->hit > y->hit) - (x->hit < y->hit);
}

static int put_articles(struct search *s, const struct place *places, size_t n,
			struct pdx_err *err)
{
	struct render *r = &s->cli->render;
	bool parts = r->fields || r->line;
	const struct record_kind *kind = parts ? &record_article : &record_export;

	for (size_t i = 0; i < n && !out_status(r->out, NULL); i++) {
		const struct pdx_hit *hit;
		int rc = pdx_result_hit(&hit, s->result, places[i].hit, err);

		if (!rc && signals_caught())
			rc = err_set(err, PDX_E_INTERRUPTED, "interrupted");
		if (!rc)
			render_record(r, kind, hit->article);
		else if (rc != PDX_E_NOT_FOUND) /* gone since it was found */
			return rc;
	}
	return PDX_OK;
}

static int show(struct search *s)
{
	size_t n = pdx_result_returned(s->result);
	struct place *places = calloc(n + 1, sizeof(*places));
	struct render_search found;
	struct pdx_err err;
	int rc = places ? PDX_OK : err_nomem(&err);

	search_describe(&found, s);
	search_show_notes(s, &found);
	for (size_t i = 0; i < n && !rc; i++) {
		pdx_result_id(places[i].id, s->result, i);
		places[i].hit = i;
	}
	if (!rc) {
		qsort(places, n, sizeof(*places), by_id);
		rc = put_articles(s, places, n, &err);
	}
	free(places);
	if (rc)
		return cli_fail(s->cli, NULL, NULL, &err);
	return n ? EXIT_FOUND : EXIT_NONE;
}

/*
 * JSON Lines, and nothing that would lose a part of an article or all order: unless it
 * is parts that are asked for.
 */
static int choose_format(struct cli *c)
{
	const struct options *o = &c->options;
	const struct renderer *jsonl = renderer_find("jsonl"), *given = o->format;
	struct pdx_err err;

	if (!o->line)
		c->render.ops = o->format_given ? given : jsonl;
	if (o->line || c->render.ops == jsonl || (o->fields && !given->one_document))
		return shape_choose(c);
	err_set(&err, PDX_E_USAGE,
		"format %s cannot be ingested again with all that an article has; "
		"export writes jsonl",
		given->name);
	return cli_fail(c, c->command->name, NULL, &err);
}

int cmd_export(struct cli *c)
{
	struct pdx_search how = { .limit = SEARCH_ALL, .suggest = true };
	int code = choose_format(c);

	return code ? code : search_command(c, &how, show);
}
