/* From a word to a row.  Knows no command. */
#include "cli/action.h"

#include <string.h>

#include "base/distance.h"
#include "base/err.h"

static int no_action(const struct action *actions, struct pdx_err *err)
{
	char all[128] = "";

	for (; actions->name; actions++)
		cli_list(all, sizeof(all), actions->name);
	return err_set(err, PDX_E_USAGE, "what? %s; see --help", all);
}

int action_find(size_t *out, const struct action *actions, const struct words *words,
		struct pdx_err *err)
{
	const struct action *row = actions;
	struct nearest near;

	*out = 0;
	if (words->n == 0)
		return no_action(actions, err);
	nearest_init(&near, words->v[0], strlen(words->v[0]));
	for (; row->name && strcmp(row->name, words->v[0]) != 0; row++)
		nearest_offer(&near, row->name);
	if (!row->name) {
		err_set(err, PDX_E_USAGE, "unknown action \"%s\"", words->v[0]);
		cli_suggest(err, near.best);
		return PDX_E_USAGE;
	}
	if (words->n - 1 < row->least || words->n - 1 > row->most)
		return err_set(err, PDX_E_USAGE, "%s wants %s", row->name, row->wants);
	*out = (size_t)(row - actions);
	return PDX_OK;
}
