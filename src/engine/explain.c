/*
 * Two explanations side by side.  Knows scores by term and field; no engine, no words.
 */
#include "engine/explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct pdx_explain_difference *difference_of(struct pdx_explain_difference *v,
						    size_t *n,
						    const struct pdx_explain_part *part,
						    const char *field)
{
	for (size_t i = 0; i < *n; i++)
		if (v[i].term == part->term && strcmp(v[i].field, field) == 0)
			return &v[i];
	v[*n].term = part->term;
	v[*n].text = part->text;
	v[*n].field = field;
	return &v[(*n)++];
}

static void add_hit(struct pdx_explain_difference *v, size_t *n,
		    const struct pdx_explain_hit *hit, int side)
{
	for (size_t i = 0; i < hit->nparts; i++) {
		const struct pdx_explain_part *part = &hit->parts[i];

		for (size_t j = 0; j < part->nfields; j++) {
			const struct pdx_explain_field *f = &part->fields[j];
			struct pdx_explain_difference *d =
				difference_of(v, n, part, f->field);

			d->tf[side] = f->tf;
			d->length[side] = f->length;
			d->score[side] = f->score * hit->recency;
		}
	}
}

static int by_size(const void *a, const void *b)
{
	const struct pdx_explain_difference *x = a, *y = b;
	double p = fabs(x->score[0] - x->score[1]), q = fabs(y->score[0] - y->score[1]);

	if (p > q || p < q)
		return p < q ? 1 : -1;
	if (x->term != y->term)
		return x->term < y->term ? -1 : 1;
	return strcmp(x->field, y->field);
}

/* What matches is above what does not. */
static bool is_above(const struct pdx_explain_hit *a, const struct pdx_explain_hit *b)
{
	if (a->matches != b->matches)
		return a->matches;
	return a->matches ? a->rank <= b->rank : a->score >= b->score;
}

int explain_differences(struct pdx_explain *e, struct arena *arena, struct pdx_err *err)
{
	const struct pdx_explain_hit *a = e->first, *b = e->second;
	struct pdx_explain_difference *v = arena_array(
		arena, (a->nparts + b->nparts) * PDX_EXPLAIN_FIELDS + 1, sizeof(*v));
	size_t n = 0;

	if (!v)
		return err_nomem(err);
	add_hit(v, &n, a, 0);
	add_hit(v, &n, b, 1);
	if (n > 1)
		qsort(v, n, sizeof(*v), by_size);
	e->first_above = is_above(a, b);
	e->differences = v;
	e->ndifferences = n;
	return 0;
}
