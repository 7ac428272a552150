/* A stamp for each number. */
#include "report/marks.h"

#include <stdlib.h>

#include "base/mem.h"

void marks_release(struct marks *m)
{
	free(m->v);
	*m = (struct marks){ .v = NULL };
}

bool marks_set(bool *first, struct marks *m, uint32_t i, uint32_t stamp)
{
	size_t before = m->cap;

	if (!mem_grow(&m->v, &m->cap, (size_t)i + 1, sizeof(*m->v)))
		return false;
	for (; before < m->cap; before++)
		m->v[before] = 0;
	*first = m->v[i] != stamp;
	m->v[i] = stamp;
	return true;
}
