/*
 * The pager: what is longer than the screen goes to a program that shows it page by
 * page.
 */
#ifndef CLI_PAGER_H
#define CLI_PAGER_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/config.h"
#include "render/out.h"

struct pager {
	struct out *out, *err;
	const char *command; /* of the shell */
	FILE *pipe;          /* NULL: it does not run */
};

/*
 * The command that $PANELDEX_PAGER names, else ${config}, else $PAGER: "" for none.
 * NULL: none does, and it is less.  *variable (may be NULL) is which of the two it was,
 * or NULL.
 */
const char *pager_command(const char **variable, const struct config *config);

/*
 * Hold back what is written to ${out} until it is more than the terminal behind it
 * shows at once; then start ${command}, of pager_command(), and write there.
 * ${err} follows where it is a terminal too, so that the two do not write over each
 * other.  Does nothing where ${out} is no terminal or a dumb one, or the pager is "" or
 * cat.  Hyperlinks go through a less that keeps them (-R, from 566 on), and no other.
 */
void pager_init(struct pager *p, const char *command, struct out *out, struct out *err);

/* Write what is held back; or wait until the user has seen enough. */
void pager_finish(struct pager *p);

#endif
