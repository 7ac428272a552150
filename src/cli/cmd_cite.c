/*
 * paneldex cite: an article as a reference, with the sentence that a query matched.
 */
#include "base/date.h"
#include "base/err.h"
#include "cli/search.h"
#include "cli/signals.h"
#include "render/citation.h"

/* More than an article has: the best is there whichever that is. */
#define PIECES 100

/* Narrow the query to the article that the first word names. */
static int find_article(struct search *s, struct pdx_err *err)
{
	struct pdx_article *article = NULL;
	const char *id;
	int rc = pdx_get(&article, s->index, s->cli->options.words.v[0], err);

	if (rc)
		return rc;
	id = article->id;
	rc = pdx_query_filter_any(s->query, "id", &id, 1, err);
	pdx_article_free(article);
	return rc;
}

static int cite(struct search *s, struct pdx_err *err)
{
	const struct options *o = &s->cli->options;
	struct quote quote = { .take = NULL };
	struct citation c = { .quote = &quote, .accessed = s->today };
	const struct pdx_hit *hit;
	int rc;

	if (pdx_result_returned(s->result) == 0)
		return err_set(err, PDX_E_NOT_FOUND,
			       "the article does not match the query");
	rc = pdx_result_hit(&hit, s->result, 0, err);
	if (!rc)
		rc = quote_hit(&quote, hit, err);
	if (!rc) {
		c.article = hit->article;
		citation_formats[o->citation].write(s->cli->render.out, &c);
	}
	quote_release(&quote);
	return rc;
}

/* Returns an exit code. */
static int run(struct search *s)
{
	const struct pdx_search how = { .limit = 1,
					.snippets = PIECES,
					.today = s->today };
	struct cli *c = s->cli;
	struct pdx_err err;
	int code;

	if (find_article(s, &err))
		return cli_fail(c, c->command->name, NULL, &err);
	signals_watch(s->index, false);
	code = search_run(s, &how);
	signals_watch(NULL, false);
	if (!code && cite(s, &err))
		code = cli_fail(c, c->command->name, NULL, &err);
	return code;
}

int cmd_cite(struct cli *c)
{
	struct search s;
	struct pdx_err err;
	int code;

	if (c->options.words.n == 0) {
		err_set(&err, PDX_E_USAGE, "which article? give its id");
		return cli_fail(c, c->command->name, NULL, &err);
	}
	search_init(&s, c);
	search_join_words(&s, 1);
	code = search_prepare(&s);
	if (!code)
		code = search_open(&s);
	if (!code)
		code = run(&s);
	search_close(&s);
	return code;
}
