/* What was seen last where: to count a name once an article. */
#ifndef REPORT_MARKS_H
#define REPORT_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A zeroed struct is ready; marks_release() it. */
struct marks {
	uint32_t *v;
	size_t cap;
};

void marks_release(struct marks *m);

/*
 * *first: whether number ${i} was not marked with ${stamp}, which is not 0, right
 * before; it is now.  False where memory is out.
 */
bool marks_set(bool *first, struct marks *m, uint32_t i, uint32_t stamp);

#endif
