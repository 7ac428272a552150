/*
 * paneldex show: whole articles by their ids.
 */
#include <string.h>

#include "base/err.h"
#include "cli/shape.h"
#include "render/record.h"

/* One document has room for one article. */
static int check_words(const struct cli *c, struct pdx_err *err)
{
	const struct options *o = &c->options;

	if (o->words.n == 0)
		return err_set(err, PDX_E_USAGE, "which article? give its id");
	if (o->words.n > 1 && o->format->one_document)
		return err_set(err, PDX_E_USAGE,
			       "format %s shows one article; jsonl shows several",
			       o->format->name);
	return PDX_OK;
}

static int show(struct cli *c, struct pdx *index, const char *id)
{
	struct pdx_article *article;
	struct pdx_err err;

	if (pdx_get(&article, index, id, &err))
		return cli_fail(c, c->command->name, NULL, &err);
	render_record(&c->render,
		      c->options.provenance ? &record_provenance : &record_article,
		      article);
	pdx_article_free(article);
	return EXIT_FOUND;
}

int cmd_show(struct cli *c)
{
	struct pdx *index = NULL;
	struct pdx_err err;
	int rc, code;

	rc = check_words(c, &err);
	if (rc)
		return cli_fail(c, c->command->name, NULL, &err);
	code = shape_choose(c);
	if (code)
		return code;
	rc = cli_open(&index, c, PDX_OPEN_READ, NULL, &err);
	if (rc)
		return cli_fail(c, NULL, NULL, &err);
	/* One that is not there does not keep the others from being shown. */
	for (size_t i = 0; i < c->options.words.n; i++) {
		int one = show(c, index, c->options.words.v[i]);

		code = one > code ? one : code;
	}
	cli_close(c, index);
	return code;
}
