/* Commands whose first word says what to do: "add", "list", ... */
#ifndef CLI_ACTION_H
#define CLI_ACTION_H

#include "cli/cli.h"

struct action {
	const char *name;
	size_t least, most; /* words behind it */
	const char *wants;  /* what these are, for one who gave others */
};

/*
 * The row of ${actions}, ended by one without a name, that the first word names.
 * PDX_E_USAGE: there is none, or the words behind it are too few or too many.
 */
int action_find(size_t *out, const struct action *actions, const struct words *words,
		struct pdx_err *err);

#endif
