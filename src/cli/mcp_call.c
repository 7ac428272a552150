/*
 * From a tool's arguments to its command's options, and from what the command prints to
 * an answer.  Knows neither JSON-RPC nor what the tools are.
 */
#include "cli/mcp_call.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/distance.h"
#include "base/err.h"

/* Arguments on their way to options; the strings stay the message's. */
struct taking {
	struct options *options;
	const struct mcp_tool *tool;
	const struct mcp_argument *argument;
};

static int set(const struct taking *t, const char *value, struct pdx_err *err)
{
	const struct option_row *row = mcp_option(t->tool, t->argument);
	char message[PDX_ERR_MESSAGE];
	int rc;

	if (!row)
		return words_add(&t->options->words, value, err);
	rc = options_set(t->options, row, value, err);
	if (rc) {
		memcpy(message, err->message, sizeof(message));
		err_set(err, rc, "argument \"%s\": %s", t->argument->name, message);
	}
	return rc;
}

static int take_text(const struct taking *t, const json_t *value, struct pdx_err *err)
{
	const char *text = json_string_value(value);

	if (!text)
		return err_set(err, PDX_E_USAGE, "argument \"%s\" is no string",
			       t->argument->name);
	if (strlen(text) != json_string_length(value))
		return err_set(err, PDX_E_USAGE, "argument \"%s\" has a NUL in it",
			       t->argument->name);
	return set(t, text, err);
}

static int take_texts(const struct taking *t, const json_t *values, struct pdx_err *err)
{
	const json_t *value;
	size_t i;
	int rc = PDX_OK;

	if (!json_is_array(values))
		return err_set(err, PDX_E_USAGE, "argument \"%s\" is no array",
			       t->argument->name);
	if (json_array_size(values) > t->argument->max)
		return err_set(err, PDX_E_USAGE,
			       "argument \"%s\" has more than %zu values",
			       t->argument->name, t->argument->max);
	json_array_foreach(values, i, value) if (!rc) rc = take_text(t, value, err);
	return rc;
}

static int take_number(const struct taking *t, const json_t *value, struct pdx_err *err)
{
	const struct mcp_argument *a = t->argument;
	json_int_t number = json_integer_value(value);
	char text[32];

	if (!json_is_integer(value) || number < (json_int_t)a->min ||
	    number > (json_int_t)a->max)
		return err_set(err, PDX_E_USAGE,
			       "argument \"%s\" is no whole number from %zu to %zu",
			       a->name, a->min, a->max);
	snprintf(text, sizeof(text), "%" JSON_INTEGER_FORMAT, number);
	return set(t, text, err);
}

static int take_usual(const struct taking *t, struct pdx_err *err)
{
	char text[32];

	if (t->argument->required)
		return err_set(err, PDX_E_USAGE, "argument \"%s\" is missing",
			       t->argument->name);
	if (!t->argument->usual)
		return PDX_OK;
	snprintf(text, sizeof(text), "%zu", t->argument->usual);
	return set(t, text, err);
}

static int take(const struct taking *t, const json_t *value, struct pdx_err *err)
{
	if (!value)
		return take_usual(t, err);
	switch (t->argument->kind) {
	case MCP_TEXT:
	case MCP_CHOICE:
		return take_text(t, value, err);
	case MCP_TEXTS:
	case MCP_CHOICES:
		return take_texts(t, value, err);
	case MCP_NUMBER:
		break;
	}
	return take_number(t, value, err);
}

/* PDX_E_USAGE where an argument is given that the tool does not have. */
static int check_names(const struct mcp_tool *tool, const json_t *arguments,
		       struct pdx_err *err)
{
	const char *name;
	const json_t *value;

	json_object_foreach((json_t *)(uintptr_t)arguments, name, value)
	{
		const struct mcp_argument *a = tool->arguments;
		struct nearest near;

		nearest_init(&near, name, strlen(name));
		for (; a->name && strcmp(a->name, name) != 0; a++)
			nearest_offer(&near, a->name);
		if (a->name)
			continue;
		err_set(err, PDX_E_USAGE, "tool \"%s\" has no argument \"%s\"",
			tool->name, name);
		cli_suggest(err, near.best);
		return PDX_E_USAGE;
	}
	return PDX_OK;
}

static int take_all(struct options *o, const struct mcp_tool *tool,
		    const json_t *arguments, struct pdx_err *err)
{
	struct taking t = { .options = o, .tool = tool };
	int rc = check_names(tool, arguments, err);

	for (t.argument = tool->arguments; !rc && t.argument->name; t.argument++)
		rc = take(&t, json_object_get(arguments, t.argument->name), err);
	return rc;
}

/* What a command wrote to one of its streams. */
struct written {
	char *text;
	size_t len;
};

static int open_stream(struct out *out, struct written *w, struct pdx_err *err)
{
	FILE *file = open_memstream(&w->text, &w->len);

	out_init(out, file);
	return file ? PDX_OK : err_nomem(err);
}

static int close_stream(struct out *out, struct written *w, struct pdx_err *err)
{
	int rc = out->file ? out_close(out, err) : PDX_OK;

	if (w->len && w->text[w->len - 1] == '\n')
		w->text[--w->len] = '\0';
	return rc;
}

/* Either there is a document, or an error says why not. */
static int choose(struct mcp_answer *answer, int code, struct written *said,
		  struct written *failed, struct pdx_err *err)
{
	struct written *w;

	answer->is_error = code > EXIT_NONE || !said->len;
	w = answer->is_error ? failed : said;
	if (!w->len)
		return err_set(err, PDX_E_IO, "the tool gave no answer");
	answer->text = w->text;
	answer->len = w->len;
	w->text = NULL;
	return PDX_OK;
}

/* Run call->command, unless ${why} it cannot be run is known. */
static int run(struct mcp_answer *answer, struct cli *call, const struct pdx_err *why,
	       struct pdx_err *err)
{
	struct written said = { .text = NULL }, failed = { .text = NULL };
	int rc, more, code = EXIT_FOUND;

	rc = open_stream(&call->out, &said, err);
	more = open_stream(&call->err, &failed, err);
	rc = rc ? rc : more;
	if (!rc)
		code = why ? cli_fail(call, NULL, NULL, why)
			   : call->command->run(call);
	more = close_stream(&call->out, &said, err);
	rc = rc ? rc : more;
	more = close_stream(&call->err, &failed, err);
	rc = rc ? rc : more;
	if (!rc)
		rc = choose(answer, code, &said, &failed, err);
	free(said.text);
	free(failed.text);
	return rc;
}

int mcp_call(struct mcp_answer *out, const struct cli *c, const struct mcp_tool *tool,
	     const json_t *arguments, bool mended, struct pdx_err *err)
{
	struct cli call = *c;
	struct pdx_err why;
	int rc;

	*out = (struct mcp_answer){ .text = NULL };
	options_init(&call.options);
	call.command = command_find(tool->command);
	call.options.format = renderer_find("json");
	call.render = (struct render){
		.ops = call.options.format,
		.out = &call.out,
		.err = &call.err,
		.one_line = true,
	};
	call.err_is_seen = false;
	rc = take_all(&call.options, tool, arguments, &why);
	if (!rc)
		rc = options_check(&call.options, call.command->bit, &why);
	if (!rc || (rc == PDX_E_USAGE && mended))
		rc = run(out, &call, rc ? &why : NULL, err);
	else
		*err = why;
	options_release(&call.options);
	return rc;
}
