/*
 * paneldex schema: what the JSON of the other commands looks like, for programs that
 * check it.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/distance.h"
#include "base/err.h"
#include "cli/cli.h"
#include "render/schema.h"

static void list(struct cli *c)
{
	const char *name;

	for (size_t i = 0; (name = schema_name(i)); i++)
		out_printf(&c->out, "%s\n", name);
}

static int unknown(const char *word, struct pdx_err *err)
{
	struct nearest near;
	const char *name;

	nearest_init(&near, word, strlen(word));
	for (size_t i = 0; (name = schema_name(i)); i++)
		nearest_offer(&near, name);
	err_set(err, PDX_E_USAGE, "there is no schema \"%s\"", word);
	cli_suggest(err, near.best);
	return PDX_E_USAGE;
}

static bool is_known(const char *word)
{
	const char *name;

	for (size_t i = 0; (name = schema_name(i)); i++)
		if (strcmp(name, word) == 0)
			return true;
	return false;
}

static int print(struct cli *c, const char *word, struct pdx_err *err)
{
	json_t *schema = schema_of(word);
	char *text = schema ? json_dumps(schema, JSON_INDENT(2)) : NULL;

	if (text)
		out_printf(&c->out, "%s\n", text);
	free(text);
	json_decref(schema);
	return text ? PDX_OK : err_nomem(err);
}

int cmd_schema(struct cli *c)
{
	const struct words *words = &c->options.words;
	struct pdx_err err;
	int rc = PDX_OK;

	if (words->n > 1)
		rc = err_set(&err, PDX_E_USAGE, "one schema at a time");
	else if (words->n == 0)
		list(c);
	else if (!is_known(words->v[0]))
		rc = unknown(words->v[0], &err);
	else
		rc = print(c, words->v[0], &err);
	return rc ? cli_fail(c, c->command->name, NULL, &err) : EXIT_FOUND;
}
