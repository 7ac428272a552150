/*
 * What sets each persona apart, and the take that stands for it: the second pass over
 * the hits, which ends when the first takes of all personas were looked at.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/contrast.h"
#include "report/panel_work.h"

#define DISTINCTIVE 100  /* terms that a quote is chosen by */
#define QUOTE_TAKES 1000 /* of a persona that are looked at for a quote */
#define SHORT_TAKE 8     /* terms */

/* ---- distinctive terms -------------------------------------------------------- */

static bool weigh(struct panel_work *w, size_t term, const struct term *t,
		  const struct term_count *c, uint64_t all)
{
	struct panel_picks *p = &w->picks[c->group - PANEL_GROUP(0)];
	uint64_t own = terms_in_group(w->terms, c->group);
	double z =
		contrast_odds((struct contrast_side){ c->texts, own },
			      (struct contrast_side){ t->texts - c->texts, all - own })
			.z;

	if (!(z > 0))
		return true;
	if (!mem_grow(&p->v, &p->cap, p->n + 1, sizeof(*p->v)))
		return false;
	p->v[p->n++] = (struct term_pick){ term, t->text, c->texts, z };
	return true;
}

/* Terms of all groups. */
static uint64_t all_terms(const struct panel_work *w)
{
	uint64_t all = 0;

	for (size_t g = 0; g <= w->personas.n; g++)
		all += terms_in_group(w->terms, (uint32_t)g);
	return all;
}

static bool weigh_all(struct panel_work *w, uint64_t all)
{
	size_t n;
	const struct term *list = terms_list(w->terms, &n);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < list[i].ncounts; j++) {
			const struct term_count *c = &list[i].counts[j];

			if (c->group != PANEL_LEFT_OUT &&
			    c->texts >= PANEL_LEAST_TAKES &&
			    !weigh(w, i, &list[i], c, all))
				return false;
		}
	return true;
}

static bool put_terms(struct panel_work *w, size_t persona, uint64_t all)
{
	struct panel_persona *out = &w->persona[persona];
	const struct panel_picks *p = &w->picks[persona];
	uint64_t own = terms_in_group(w->terms, PANEL_GROUP((uint32_t)persona));
	size_t n, nlist;
	const struct term *list = terms_list(w->terms, &nlist);
	struct panel_term *terms;

	n = p->n < w->request->terms ? p->n : w->request->terms;
	terms = arena_array(w->arena, n, sizeof(*terms));
	for (size_t i = 0; i < n && terms; i++) {
		const struct term *t = &list[p->v[i].term];
		uint64_t others = t->texts - p->v[i].texts;
		struct contrast_odds odds =
			contrast_odds((struct contrast_side){ p->v[i].texts, own },
				      (struct contrast_side){ others, all - own });

		terms[i] = (struct panel_term){
			.text = arena_strdup(w->arena, t->text),
			.takes = p->v[i].texts,
			.others = others,
			.log_odds = odds.delta,
			.z = odds.z,
		};
	}
	out->terms = terms;
	out->nterms = n;
	return terms != NULL;
}

int panel_terms(struct panel_work *w, struct pdx_err *err)
{
	uint64_t all = all_terms(w);

	if (!weigh_all(w, all))
		return err_nomem(err);
	for (size_t p = 0; p < w->personas.n; p++) {
		struct panel_picks *picks = &w->picks[p];

		picks->n = terms_pick(w->terms, picks->v, picks->n, DISTINCTIVE);
		if (!put_terms(w, p, all))
			return err_nomem(err);
	}
	return PDX_OK;
}

/* ---- the second pass ---------------------------------------------------------- */

static int by_term(const void *a, const void *b)
{
	const struct term_pick *x = a, *y = b;

	return (x->term > y->term) - (x->term < y->term);
}

/* How well the take stands for the persona with ${picks}, which are in order. */
static int quote_score(double *score, struct panel_work *w,
		       const struct panel_picks *picks, const char *text,
		       struct pdx_err *err)
{
	const size_t *found;
	size_t n, all;
	double sum = 0;
	int rc = terms_look(&found, &n, &all, w->terms, text, err);

	for (size_t i = 0; i < n && !rc; i++) {
		struct term_pick key = { .term = found[i] };
		const struct term_pick *p = picks->n ? bsearch(&key, picks->v, picks->n,
							       sizeof(key), by_term)
						     : NULL;

		sum += p ? p->weight : 0;
	}
	*score = sum / sqrt((double)(all < SHORT_TAKE ? SHORT_TAKE : all));
	return rc;
}

/* Take ${i} of the article is the best so far to stand for the persona. */
static void keep_quote(struct panel_quote *q, struct panel_work *w,
		       const struct pdx_article *a, size_t i, double score)
{
	*q = (struct panel_quote){
		.id = arena_strdup(w->arena, a->id),
		.title = arena_strdup(w->arena, a->title),
		.date = a->date,
		.take = i + 1,
		.perspective = arena_strdup(w->arena, a->takes[i].perspective),
		.text = arena_strdup(w->arena, a->takes[i].text),
		.score = score,
	};
}

static int look_at_take(uint64_t *left, struct panel_work *w,
			const struct pdx_article *a, size_t i, struct pdx_err *err)
{
	const char *name = a->takes[i].persona ? a->takes[i].persona : "";
	uint32_t persona = strings_find(&w->personas, name, strlen(name));
	struct panel_quote *best;
	double score;
	int rc;

	if (persona == STRINGS_NONE || !w->picks[persona].to_look)
		return PDX_OK;
	w->picks[persona].to_look--;
	--*left;
	best = &w->persona[persona].quote;
	rc = quote_score(&score, w, &w->picks[persona], a->takes[i].text, err);
	if (!rc && (!best->id || score > best->score))
		keep_quote(best, w, a, i, score);
	return rc;
}

/* How many takes there are to look at; the picks are put in order for it. */
static uint64_t prepare_quotes(struct panel_work *w)
{
	uint64_t left = 0;

	for (size_t p = 0; p < w->personas.n; p++) {
		struct panel_picks *picks = &w->picks[p];
		uint64_t takes = w->persona[p].takes;

		if (picks->n > 1)
			qsort(picks->v, picks->n, sizeof(*picks->v), by_term);
		picks->to_look = takes < QUOTE_TAKES ? takes : QUOTE_TAKES;
		left += picks->to_look;
	}
	return left;
}

static int look_at_hit(uint64_t *left, struct panel_work *w, const struct pdx_hit *hit,
		       struct pdx_err *err)
{
	int rc = PDX_OK;

	for (size_t i = 0; i < hit->article->ntakes && !rc; i++)
		if (hit->take_chosen[i])
			rc = look_at_take(left, w, hit->article, i, err);
	return rc;
}

int panel_quotes(struct panel_work *w, struct pdx_err *err)
{
	struct hits hits = { .index = w->hits.index,
			     .result = w->hits.result,
			     .stop = w->hits.stop };
	uint64_t left = prepare_quotes(w);
	const struct pdx_hit *hit;
	size_t number;
	int rc = PDX_OK;

	while (left && (rc = hits_next(&hit, &number, &hits, err)) > 0) {
		rc = look_at_hit(&left, w, hit, err);
		if (rc)
			break;
	}
	hits_release(&hits);
	return rc;
}
