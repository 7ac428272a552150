/* paneldex export: which format, and where it goes. */
#ifndef CLI_EXPORT_H
#define CLI_EXPORT_H

#include "cli/search.h"

/*
 * How c->options and the name of the output say that articles are written: fill
 * c->render and c->options.tables.  On failure the exit code, else 0.
 */
int export_choose(struct cli *c);

/* A hit by its id: what an index is made of says nothing of the order it came in. */
struct export_place {
	char id[PDX_ID_SIZE];
	size_t hit;
};

/* Write the articles at ${places} of s->result, in their order, to where the options
 * say.  A file is written whole or not at all. */
int export_write(struct search *s, const struct export_place *places, size_t n,
		 struct pdx_err *err);

#endif
