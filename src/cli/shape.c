/*
 * Options that choose among the fields of records.  Knows which command shows which
 * records; what a record has, its schema says.
 */
#include "cli/shape.h"

#include <string.h>

#include "base/err.h"

static const struct {
	unsigned command;
	const char *action; /* NULL: it has none */
	const char *record;
} shown[] = {
	{ COMMAND_SEARCH, NULL, "hit" },
	{ COMMAND_SIMILAR, NULL, "hit" },
	{ COMMAND_SAVED, "run", "hit" },
	{ COMMAND_SAVED, "list", "saved_search" },
	{ COMMAND_BOOKMARK, "list", "bookmark" },
	{ COMMAND_SHOW, NULL, "article" },
	{ COMMAND_EXPORT, NULL, "article" },
};

#define SHOWN (sizeof(shown) / sizeof(shown[0]))

const char *shape_record(unsigned command, const char *action)
{
	for (size_t i = 0; i < SHOWN; i++)
		if (shown[i].command == command &&
		    (!shown[i].action ||
		     (action && strcmp(shown[i].action, action) == 0)))
			return shown[i].record;
	return NULL;
}

static int find_record(const char **out, const struct cli *c, const char *option,
		       struct pdx_err *err)
{
	const struct words *words = &c->options.words;
	char actions[64] = "";

	*out = shape_record(c->command->bit, words->n ? words->v[0] : NULL);
	if (*out)
		return PDX_OK;
	for (size_t i = 0; i < SHOWN; i++)
		if (shown[i].command == c->command->bit)
			cli_list(actions, sizeof(actions), shown[i].action);
	return err_set(err, PDX_E_USAGE, "--%s has an effect on %s alone", option,
		       actions);
}

/* Whether the option was on the command line, not in the user's file. */
static bool is_typed(const struct options *o, const char *name)
{
	for (const struct option_row *row = option_table; row->name; row++)
		if (strcmp(row->name, name) == 0 && options_given(o, row))
			return true;
	return false;
}

/* A format has to have a place for fields. */
static int check_fields(const struct cli *c, struct pdx_err *err)
{
	const struct options *o = &c->options;
	char able[128] = "";

	if (o->provenance)
		return err_set(err, PDX_E_USAGE,
			       "--provenance has no effect beside --fields, where it "
			       "is the field \"provenance\"");
	if (c->render.ops->fields)
		return PDX_OK;
	for (size_t i = 0; renderers[i]; i++)
		if (renderers[i]->fields)
			cli_list(able, sizeof(able), renderers[i]->name);
	return err_set(err, PDX_E_USAGE,
		       "--fields has no effect on format %s; it is for: %s",
		       c->render.ops->name, able);
}

/* A line has room for fields and nothing else. */
static int check_line(const struct cli *c, struct pdx_err *err)
{
	const struct options *o = &c->options;
	const char *other = o->fields	     ? "fields"
			    : o->batch	     ? "batch"
			    : o->facets.n    ? "facet"
			    : o->provenance  ? "provenance"
			    : o->text_option ? o->text_option
					     : NULL;

	if (other)
		return err_set(err, PDX_E_USAGE, "--%s has no effect beside --template",
			       other);
	if (is_typed(o, "format") && !c->render.ops->is_text)
		return err_set(err, PDX_E_USAGE,
			       "--template is a format of its own; --format %s has no "
			       "effect beside it",
			       c->render.ops->name);
	return PDX_OK;
}

static const struct projection *chosen(const struct cli *c)
{
	return c->options.fields ? &c->fields : c->options.line ? &c->line.fields
								: NULL;
}

/* Fields that are made on demand: one goes with its option. */
static int check_demanded(const struct cli *c, struct pdx_err *err)
{
	const struct projection *p = chosen(c);
	const struct options *o = &c->options;

	if (projection_has(p, "explain") && !o->explain)
		return err_set(err, PDX_E_USAGE,
			       "the field \"explain\" is there with --explain alone");
	if (o->line && o->explain && !projection_has(p, "explain"))
		return err_set(err, PDX_E_USAGE,
			       "--explain has no effect without the field \"explain\"");
	if (projection_has(p, "group") && !o->group_by)
		return err_set(err, PDX_E_USAGE,
			       "the field \"group\" is there with --group-by alone");
	if (c->options.snippets == OPTION_NOT_GIVEN ||
	    projection_has(p, "highlights"))
		return PDX_OK;
	return err_set(err, PDX_E_USAGE,
		       "--snippets has no effect without the field \"highlights\"");
}

int shape_choose(struct cli *c)
{
	const struct options *o = &c->options;
	const char *option = o->line ? "template" : "fields";
	const char *text = o->line ? o->line : o->fields, *record;
	struct pdx_err err;
	int rc;

	if (!text)
		return 0;
	rc = o->line ? check_line(c, &err) : check_fields(c, &err);
	if (!rc && o->count)
		rc = err_set(&err, PDX_E_USAGE, "--%s has no effect beside --count",
			     option);
	if (!rc)
		rc = find_record(&record, c, option, &err);
	if (rc)
		return cli_fail(c, c->command->name, NULL, &err);
	rc = o->line ? line_parse(&c->line, text, record, &err)
		     : projection_parse(&c->fields, text, record, &err);
	if (rc)
		return cli_fail(c, o->line ? "--template" : "--fields", text, &err);
	if (check_demanded(c, &err))
		return cli_fail(c, c->command->name, NULL, &err);
	if (o->line)
		c->render.ops = &renderer_line;
	c->render.fields = o->line ? NULL : &c->fields;
	c->render.line = o->line ? &c->line : NULL;
	return 0;
}

size_t shape_snippets(const struct cli *c)
{
	const struct options *o = &c->options;

	if (o->snippets != OPTION_NOT_GIVEN)
		return o->snippets;
	if (!chosen(c))
		return o->format->snippets;
	return projection_has(chosen(c), "highlights") ? renderer_find("json")->snippets
						       : 0;
}

void shape_release(struct cli *c)
{
	projection_release(&c->fields);
	line_release(&c->line);
}
