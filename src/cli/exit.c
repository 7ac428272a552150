/*
 * How a run ends: statuses to exit codes, errors to messages.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "cli/cli.h"
#include "cli/signals.h"

int exit_code(enum pdx_status status)
{
	switch (status) {
	case PDX_OK:
		return EXIT_FOUND;
	case PDX_E_NOT_FOUND:
		return EXIT_NONE;
	case PDX_E_USAGE:
	case PDX_E_QUERY:
	case PDX_E_AMBIGUOUS:
		return EXIT_USAGE;
	case PDX_E_INDEX:
		return EXIT_INDEX;
	case PDX_E_INPUT:
		return EXIT_REJECTED;
	case PDX_E_INTERRUPTED:
		return EXIT_SIGNAL + (signals_caught() ? signals_caught() : SIGINT);
	case PDX_E_NOMEM:
	case PDX_E_IO:
		break;
	}
	return EXIT_IO;
}

void cli_list(char *list, size_t size, const char *word)
{
	size_t used = strlen(list);

	snprintf(list + used, size - used, "%s%s", used ? ", " : "", word);
}

void cli_suggest(struct pdx_err *err, const char *word)
{
	if (!word)
		return;
	err_set(err, err->status, "%s; did you mean \"%s\"?", err->message, word);
	err_hint(err, word);
}

int cli_fail(struct cli *c, const char *place, const char *query,
	     const struct pdx_err *err)
{
	struct render_message m = {
		.place = place,
		.code = pdx_status_name(err->status),
		.message = err->message,
		.hint = err->hint,
		.query = query,
		.column = query ? err->column : 0,
		.start = err->start,
		.len = err->len,
	};

	c->render.ops->error(&c->render, &m);
	return exit_code(err->status);
}

int cli_no_words(const struct cli *c, struct pdx_err *err)
{
	if (c->options.words.n == 0)
		return PDX_OK;
	return err_set(err, PDX_E_USAGE, "takes no words, and \"%s\" is one",
		       c->options.words.v[0]);
}
