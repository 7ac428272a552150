/*
 * What the user wants to see of each record: --fields, --template.
 */
#ifndef CLI_SHAPE_H
#define CLI_SHAPE_H

#include "cli/cli.h"

/*
 * The schema's name of the records that ${command} shows where its first word is ${action}
 * (may be NULL); NULL: none that have fields to choose.
 */
const char *shape_record(unsigned command, const char *action);

/* Do as they say from now on; on failure the exit code, else 0. */
int shape_choose(struct cli *c);

/* How many pieces of text to make for each hit. */
size_t shape_snippets(const struct cli *c);

void shape_release(struct cli *c);

#endif
