/*
 * Blocks of wrapped text side by side, by display width.  Each block is laid out in a
 * memory of its own and written line by line beside the others.
 */
#ifndef RENDER_COLUMNS_H
#define RENDER_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "render/layout.h"

#define COLUMNS_GAP 3 /* blanks between two columns */

struct columns {
	struct out *out;
	size_t n;
	size_t width; /* of a column */
	struct column {
		char *text;
		size_t len;
		struct out out;
		struct layout layout;
	} * v;
};

/*
 * How many columns of at least ${least} the ${width} columns of the screen have room
 * for, so that the rows of ${n} blocks are as even as they can be; at least 1.
 */
size_t columns_fit(size_t n, size_t width, size_t least);

/*
 * Begin ${n} columns, at least 1, in ${width} columns of ${out}.  False where memory is
 * out, which ${out} is told; nothing is to be released then.
 */
bool columns_init(struct columns *c, struct out *out, size_t n, size_t width,
		  bool color);
void columns_release(struct columns *c);

/* Where the block of column ${i} is written to. */
struct layout *columns_at(struct columns *c, size_t i);

/* Write what the columns hold, ${indent} blanks before each line. */
void columns_put(struct columns *c, size_t indent);

#endif
