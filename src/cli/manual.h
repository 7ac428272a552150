/* The manual's lists of commands, options and fields, from their tables. */
#ifndef CLI_MANUAL_H
#define CLI_MANUAL_H

#include <stdio.h>

#include "render/out.h"

/*
 * Copy the page ${in}, in mdoc(7), to ${out}; the lines .\" @commands, @options and
 * @fields give way to the lists.
 */
void manual_fill(struct out *out, FILE *in);

#endif
