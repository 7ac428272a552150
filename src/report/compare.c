/*
 * The comparison: one pass over the hits of both sides counts in how many articles each
 * name and term is; the rest is arithmetic.
 */
#include "report/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/contrast.h"
#include "report/hits.h"
#include "report/marks.h"
#include "report/strings.h"
#include "report/tally.h"
#include "report/terms.h"

#define LEAST_ARTICLES 3 /* with a term: fewer can never be told from chance */

static const char *const field_names[] = { "company", "category", "persona", "term" };
static const char *const direction_names[] = { "rose", "fell" };

/* A value, and where it was counted. */
struct counted {
	const char *value;
	uint64_t articles[2];
	uint32_t first[2]; /* numbers of hits */
	size_t term;       /* of a term: its number in the list */
	double g2, p, q;
};

struct counts {
	struct counted *v;
	size_t n;
};

struct work {
	struct compare *out;
	struct arena *arena;
	struct pdx *index;
	struct pdx_result *const *sides;
	const struct compare_request *request;
	struct terms *terms;
	struct strings names[COMPARE_TERM]; /* of the fields that have names */
	struct marks marks[COMPARE_TERM];
	struct tally tally; /* field, name, side */
};

const char *compare_field_name(enum compare_field field)
{
	return field_names[field];
}

const char *compare_direction_name(enum compare_direction direction)
{
	return direction_names[direction];
}

/* ---- counting ----------------------------------------------------------------- */

/* One article, as it is counted. */
struct place {
	uint32_t side, hit;
	uint32_t stamp; /* its number among those of both sides, from 1 */
};

static bool count_name(struct work *w, enum compare_field field, const char *name,
		       const struct place *at)
{
	uint32_t number = name ? strings_add(&w->names[field], name, strlen(name)) : 0;
	const uint32_t key[TALLY_KEYS] = { (uint32_t)field, number, at->side };
	bool first;

	if (!name)
		return true;
	if (number == STRINGS_NONE ||
	    !marks_set(&first, &w->marks[field], number, at->stamp))
		return false;
	return !first || tally_add(&w->tally, key, 1, at->hit);
}

static bool count_names(struct work *w, const struct pdx_hit *hit,
			const struct place *at)
{
	const struct pdx_article *a = hit->article;
	bool ok = true;

	for (size_t i = 0; i < a->ncompanies && ok; i++)
		ok = count_name(w, COMPARE_COMPANY, a->companies[i], at);
	for (size_t i = 0; i < a->ncategories && ok; i++)
		ok = count_name(w, COMPARE_CATEGORY, a->categories[i], at);
	for (size_t i = 0; i < a->ntakes && ok; i++)
		if (hit->take_chosen[i])
			ok = count_name(w, COMPARE_PERSONA, a->takes[i].persona, at);
	return ok;
}

static int count_terms(struct work *w, const struct pdx_hit *hit,
		       const struct place *at, struct pdx_err *err)
{
	const struct pdx_article *a = hit->article;
	const char *const texts[] = { a->title, a->summary, a->body };
	int rc = PDX_OK;

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]) && !rc; i++)
		rc = terms_read(w->terms, texts[i], err);
	for (size_t i = 0; i < a->ntakes && !rc; i++)
		if (hit->take_chosen[i])
			rc = terms_read(w->terms, a->takes[i].text, err);
	return rc ? rc : terms_end_text(w->terms, at->side, at->hit, err);
}

static int count_side(struct work *w, struct place *at, struct pdx_err *err)
{
	struct hits hits = { .index = w->index,
			     .result = w->sides[at->side],
			     .stop = w->request->stop };
	const struct pdx_hit *hit;
	size_t number;
	int rc;

	while ((rc = hits_next(&hit, &number, &hits, err)) > 0) {
		at->hit = (uint32_t)number;
		at->stamp++;
		w->out->articles[at->side]++;
		rc = count_names(w, hit, at) ? count_terms(w, hit, at, err)
					     : err_nomem(err);
		if (rc)
			break;
	}
	hits_release(&hits);
	return rc;
}

static int count_all(struct work *w, struct pdx_err *err)
{
	struct place at = { .stamp = 0 };
	int rc = PDX_OK;

	for (; at.side < 2 && !rc; at.side++)
		rc = count_side(w, &at, err);
	return rc ? rc : terms_finish(w->terms, LEAST_ARTICLES, err);
}

/* ---- articles on both sides --------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
	return memcmp(a, b, PDX_ID_SIZE);
}

/* The ids of a side in order; NULL where memory is out. */
static char *ids_of(const struct pdx_result *r)
{
	size_t n = pdx_result_returned(r), bytes;
	char *ids = mem_mul(&bytes, n + 1, PDX_ID_SIZE) ? malloc(bytes) : NULL;

	for (size_t i = 0; i < n && ids; i++)
		pdx_result_id(ids + i * PDX_ID_SIZE, r, i);
	if (ids && n > 1)
		qsort(ids, n, PDX_ID_SIZE, by_id);
	return ids;
}

static bool count_both(struct work *w)
{
	size_t n = pdx_result_returned(w->sides[0]);
	size_t m = pdx_result_returned(w->sides[1]), i = 0, j = 0;
	char *a = ids_of(w->sides[0]), *b = ids_of(w->sides[1]);

	while (a && b && i < n && j < m) {
		int order = by_id(a + i * PDX_ID_SIZE, b + j * PDX_ID_SIZE);

		w->out->both += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	free(a);
	free(b);
	return a && b;
}

/* ---- testing ------------------------------------------------------------------ */

/* What was counted of a field that has names. */
static bool counts_of_names(struct counts *out, struct work *w,
			    enum compare_field field)
{
	const struct strings *names = &w->names[field];

	out->v = calloc(names->n + 1, sizeof(*out->v));
	out->n = names->n;
	for (size_t i = 0; i < names->n && out->v; i++) {
		out->v[i].value = names->v[i].text;
		for (uint32_t side = 0; side < 2; side++) {
			const uint32_t key[TALLY_KEYS] = { (uint32_t)field, (uint32_t)i,
							   side };
			const struct tally_entry *e = tally_find(&w->tally, key);

			out->v[i].articles[side] = e ? e->count : 0;
			out->v[i].first[side] = e ? e->first : 0;
		}
	}
	return out->v != NULL;
}

static bool counts_of_terms(struct counts *out, struct work *w)
{
	const struct term *list = terms_list(w->terms, &out->n);

	out->v = calloc(out->n + 1, sizeof(*out->v));
	for (size_t i = 0; i < out->n && out->v; i++) {
		struct counted *c = &out->v[i];

		c->value = list[i].text;
		c->term = i;
		for (size_t j = 0; j < list[i].ncounts; j++) {
			const struct term_count *count = &list[i].counts[j];

			c->articles[count->group] = count->texts;
			c->first[count->group] = count->first;
		}
	}
	return out->v != NULL;
}

/* Fill in the statistics of all of a family. */
static bool test_all(struct counts *counts, const uint64_t total[2])
{
	double *p = calloc(2 * counts->n + 1, sizeof(*p)), *q = p ? p + counts->n : p;
	size_t *order = calloc(counts->n + 1, sizeof(*order));
	bool ok = p && order;

	for (size_t i = 0; i < counts->n && ok; i++) {
		struct counted *c = &counts->v[i];

		c->g2 = contrast_g2((struct contrast_side){ c->articles[0], total[0] },
				    (struct contrast_side){ c->articles[1], total[1] });
		c->p = p[i] = contrast_p(c->g2);
	}
	if (ok)
		contrast_correct(q, p, order, counts->n);
	for (size_t i = 0; i < counts->n && ok; i++)
		counts->v[i].q = q[i];
	free(p);
	free(order);
	return ok;
}

static double share(uint64_t n, uint64_t total)
{
	return total ? (double)n / (double)total : 0;
}

/* Whether the share of ${c} moved in ${direction}: a/A against b/B, without rounding.
 */
static bool moved(const struct counted *c, const uint64_t total[2],
		  enum compare_direction direction)
{
	double before = (double)c->articles[0] * (double)total[1];
	double after = (double)c->articles[1] * (double)total[0];

	return direction == COMPARE_ROSE ? after > before : after < before;
}

static int by_g2(const void *a, const void *b)
{
	const struct counted *const *x = a, *const *y = b;

	if ((*x)->g2 > (*y)->g2 || (*x)->g2 < (*y)->g2)
		return (*x)->g2 < (*y)->g2 ? 1 : -1;
	return strcmp((*x)->value, (*y)->value);
}

/* Order ${n} names; returns how many are shown. */
static size_t pick_names(const struct counted **v, size_t n, size_t most)
{
	if (n > 1)
		qsort(v, n, sizeof(*v), by_g2);
	return n < most ? n : most;
}

/* Likewise terms, without what says the same twice; 0 where memory is out. */
static size_t pick_terms(const struct counted **v, size_t n, size_t most,
			 struct work *w, const struct counts *all, size_t high)
{
	struct term_pick *picks = calloc(n + 1, sizeof(*picks));
	size_t kept;

	if (!picks) {
		w->arena->failed = true;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		picks[i] = (struct term_pick){ v[i]->term, v[i]->value,
					       v[i]->articles[high], v[i]->g2 };
	kept = terms_pick(w->terms, picks, n, most);
	for (size_t i = 0; i < kept; i++)
		v[i] = &all->v[picks[i].term];
	free(picks);
	return kept;
}

static void put_row(struct compare_row *out, struct work *w, const struct counted *c,
		    size_t high)
{
	*out = (struct compare_row){
		.value = arena_strdup(w->arena, c->value),
		.articles = { c->articles[0], c->articles[1] },
		.share = { share(c->articles[0], w->out->articles[0]),
			   share(c->articles[1], w->out->articles[1]) },
		.g2 = c->g2,
		.p = c->p,
		.q = c->q,
	};
	out->change = out->share[1] - out->share[0];
	pdx_result_id(out->example, w->sides[high], c->first[high]);
}

/* What moved in ${direction}, the clearest first. */
static bool put_rows(struct compare_table *out, struct work *w,
		     const struct counts *all, enum compare_field field,
		     enum compare_direction direction)
{
	const struct counted **v = calloc(all->n + 1, sizeof(*v));
	size_t n = 0, most = w->request->rows, high = direction == COMPARE_ROSE;
	struct compare_row *rows;

	for (size_t i = 0; i < all->n && v; i++)
		if (moved(&all->v[i], w->out->articles, direction))
			v[n++] = &all->v[i];
	if (v && field == COMPARE_TERM)
		n = pick_terms(v, n, most, w, all, high);
	else if (v)
		n = pick_names(v, n, most);
	rows = v ? arena_array(w->arena, n, sizeof(*rows)) : NULL;
	for (size_t i = 0; i < n && rows; i++)
		put_row(&rows[i], w, v[i], high);
	out->rows[direction] = rows;
	out->nrows[direction] = rows ? n : 0;
	free(v);
	return rows && !w->arena->failed;
}

static bool put_table(struct work *w, enum compare_field field)
{
	struct compare_table *out = &w->out->tables[field];
	struct counts counts = { .v = NULL };
	bool ok = field == COMPARE_TERM ? counts_of_terms(&counts, w)
					: counts_of_names(&counts, w, field);

	ok = ok && test_all(&counts, w->out->articles);
	out->values = counts.n;
	for (int d = 0; d < COMPARE_DIRECTIONS && ok; d++)
		ok = put_rows(out, w, &counts, field, (enum compare_direction)d);
	free(counts.v);
	return ok;
}

static int make(struct work *w, struct pdx_err *err)
{
	int rc = count_all(w, err);
	bool ok = !rc && count_both(w);

	for (int field = 0; field < COMPARE_FIELDS && ok; field++)
		ok = put_table(w, (enum compare_field)field);
	if (rc)
		return rc;
	w->out->missed = terms_missed(w->terms);
	return ok ? PDX_OK : err_nomem(err);
}

int compare_make(struct compare *out, struct arena *arena, struct pdx *index,
		 struct pdx_result *const sides[2],
		 const struct compare_request *request, struct pdx_err *err)
{
	struct work w = {
		.out = out,
		.arena = arena,
		.index = index,
		.sides = sides,
		.request = request,
	};
	struct pdx_stats stats;
	int rc;

	*out = (struct compare){ .both = 0 };
	rc = pdx_stats(&stats, index, err);
	if (!rc)
		rc = terms_new(&w.terms, stats.language, err);
	if (!rc)
		rc = make(&w, err);
	for (size_t i = 0; i < COMPARE_TERM; i++) {
		strings_release(&w.names[i]);
		marks_release(&w.marks[i]);
	}
	tally_release(&w.tally);
	terms_free(w.terms);
	return rc;
}
