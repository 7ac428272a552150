/* Counts as marks in a line of text: bars and sparklines. */
#ifndef RENDER_MARKS_H
#define RENDER_MARKS_H

#include <stdint.h>

#include "render/render.h"

/* ${n} of ${most} as a bar of at most ${columns}; anything over 0 is seen. */
void marks_bar(struct render *r, uint64_t n, uint64_t most, size_t columns);

/*
 * A mark for each of the ${n} ${counts}, its height in relation to the greatest; where
 * there are more than ${columns}, one for the sum of as many as marks_group() says.
 */
void marks_line(struct render *r, const uint64_t *counts, size_t n, size_t columns);

/* How many counts one mark stands for. */
size_t marks_group(size_t n, size_t columns);

#endif
