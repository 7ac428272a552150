/* Bounds of scores.  Knows postings and the formula; no doc values. */
#include "engine/sqlite/bounds.h"

#include <math.h>
#include <string.h>

/* Sums of bounds and sums of scores are rounded in different places. */
#define ROUNDED (1 + 1e-9)

enum {
	PART_WORDS = PART_ROWS / 64,
	GROWTH_STEPS = 64 /* means drift from batch to batch: see set_growth() */
};

/*
 * Postings are bounded under the default profile: how many times its factors those of
 * ${norms} are at most.
 */
static double most_times(const struct rank_norms *norms,
			 const double mean[TEXT_COLUMNS])
{
	struct rank_norms usual;
	double most = 0;
	int column, code;

	rank_norms_init(&usual, &rank_default, mean);
	for (column = 0; column < TEXT_COLUMNS; column++)
		for (code = 0; code < 256; code++)
			most = fmax(most, (double)norms->factor[column][code] /
						  (double)usual.factor[column][code]);
	return most * ROUNDED;
}

int bounds_init(struct bounds *b, size_t nleaves, const struct rank_norms *norms,
		const struct pdx_profile *profile, const double mean[TEXT_COLUMNS],
		struct arena *arena, struct pdx_err *err)
{
	double times = profile == &rank_default ? 1 : most_times(norms, mean);
	size_t i;

	b->k1 = norms->k1;
	memcpy(b->mean, mean, sizeof(b->mean));
	for (i = 0; i < POSTINGS_BOUNDS; i++)
		b->tf[i] = postings_bound((uint8_t)i) * times;
	b->arena = arena;
	b->leaves = arena_array(arena, nleaves + 1, sizeof(*b->leaves));
	if (!b->leaves)
		return err_nomem(err);
	memset(b->leaves, 0, (nleaves + 1) * sizeof(*b->leaves));
	return 0;
}

/* Most windows have the growth of the one before where it is rounded up: the scores
 * need not be computed again. */
static int set_growth(struct leaf_bounds **out, struct bounds *b,
		      const struct window_leaf *l, struct pdx_err *err)
{
	double growth =
		ceil(postings_growth(&l->view, b->mean) * GROWTH_STEPS) / GROWTH_STEPS;
	size_t i;

	if (!*out && !(*out = arena_alloc(b->arena, sizeof(**out))))
		return err_nomem(err);
	if ((*out)->growth == growth)
		return 0;
	(*out)->growth = growth;
	for (i = 0; i < POSTINGS_BOUNDS; i++) {
		double tf = b->tf[i] * growth;

		(*out)->score[i] =
			l->leaf->idf * ROUNDED * (isinf(tf) ? 1 : tf / (b->k1 + tf));
	}
	return 0;
}

static bool has_rows(const struct window_leaf *l, size_t part)
{
	uint64_t any = 0;
	size_t i;

	for (i = part * PART_WORDS; i < (part + 1) * PART_WORDS; i++)
		any |= l->rows[i];
	return any != 0;
}

static int add_parts(double most[WINDOW_PARTS], struct bounds *b, size_t i,
		     const struct window_leaf *l, struct pdx_err *err)
{
	size_t part;
	int status = l->common ? set_growth(&b->leaves[i], b, l, err) : 0;

	for (part = 0; part < WINDOW_PARTS && !status; part++)
		if (has_rows(l, part))
			most[part] +=
				l->common ? b->leaves[i]->score[l->view.bounds[part]]
					  : l->leaf->idf * ROUNDED;
	return status;
}

static bool scores(const struct plan_leaf *leaf)
{
	return leaf->leaf->positive && !leaf->leaf->weightless;
}

int bounds_window(double most[WINDOW_PARTS], struct bounds *b, struct window *w,
		  struct pdx_err *err)
{
	size_t i;
	int status = 0;

	memset(most, 0, WINDOW_PARTS * sizeof(*most));
	for (i = 0; i < w->plan->nleaves && !status; i++) {
		if (!scores(&w->plan->leaves[i]))
			continue;
		status = window_leaf_load(w, i, err);
		if (!status)
			status = add_parts(most, b, i, &w->leaves[i], err);
	}
	return status;
}

static void add_common(double most[PART_ROWS], const double score[POSTINGS_BOUNDS],
		       const struct window_leaf *l, size_t part)
{
	const struct postings_view *v = &l->view;
	size_t word;

	for (word = 0; word < PART_WORDS; word++) {
		uint64_t left = v->rows[part * PART_WORDS + word];
		size_t place = v->before[part * PART_WORDS + word];

		for (; left; left &= left - 1) {
			size_t code = postings_code(v, place++);

			most[word * 64 + bits_lowest(left)] +=
				score[v->count_bounds[code]];
		}
	}
}

static void add_rare(double most[PART_ROWS], const struct window_leaf *l, size_t part)
{
	size_t word;

	for (word = 0; word < PART_WORDS; word++) {
		uint64_t left = l->rows[part * PART_WORDS + word];

		for (; left; left &= left - 1)
			most[word * 64 + bits_lowest(left)] += l->leaf->idf * ROUNDED;
	}
}

void bounds_rows(double most[PART_ROWS], const struct bounds *b, const struct window *w,
		 size_t part)
{
	size_t i;

	memset(most, 0, PART_ROWS * sizeof(*most));
	for (i = 0; i < w->plan->nleaves; i++) {
		if (!scores(&w->plan->leaves[i]))
			continue;
		if (w->leaves[i].common)
			add_common(most, b->leaves[i]->score, &w->leaves[i], part);
		else
			add_rare(most, &w->leaves[i], part);
	}
}
