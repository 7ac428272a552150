/*
 * The sweep.  A part of a window is a chunk of doc values: its rows are filtered, then
 * counted field by field, then scored word by word, and only those that can be among
 * the best are looked at one by one.
 *
 * Scores are the same to the bit as eval_score()'s: for each row the same words are
 * added in the same order.
 */
#include "engine/sqlite/sweep.h"

#include <math.h>
#include <string.h>

#include "engine/sqlite/collect_parts.h"
#include "engine/sqlite/docvals_layout.h"

_Static_assert(PART_ROWS == DOCVALS_CHUNK, "a part is a chunk of doc values");

enum { PART_WORDS = PART_ROWS / 64 };

struct part {
	struct collector *c;
	int64_t chunk;
	bool passed; /* no row can be among the best, by its words */
	size_t number; /* in the window */
	const unsigned char *fixed;
	size_t nfixed;
	uint64_t rows[PART_WORDS]; /* that match */
	uint8_t slots[PART_ROWS];
	size_t n;
	double score[PART_ROWS]; /* by slot */
};

/* Whether words that count stand below ${n}. */
static bool has_words(const struct plan_node *n)
{
	const struct plan_node *c;

	if (n->leaf)
		return n->leaf->leaf->positive;
	for (c = n->child; c; c = c->next)
		if (has_words(c))
			return true;
	return false;
}

/* Whether each word adds to the score of a match just where it stands in it.  ${met}:
 * ${n} holds in every match. */
static bool is_flat(const struct plan_node *n, bool met)
{
	const struct plan_node *c;

	if (n->ast->kind == AST_TEXT || !has_words(n))
		return true;
	/* nothing below a NOT is scored, not even below two */
	if (n->ast->kind == AST_NOT || (n->ast->kind == AST_AND && !met))
		return false;
	for (c = n->child; c; c = c->next)
		if (!is_flat(c, met && n->ast->kind == AST_AND))
			return false;
	return true;
}

bool sweep_serves(const struct collector *c)
{
	return c->how->count_by == PDX_COUNT_ARTICLES && !c->npivots && !c->grouped &&
	       !c->plan->relaxed && !c->plan->apart && is_flat(c->plan->root, true);
}

/* Leave the rows that the list has: not those added since, or before the last run. */
static void clip(struct part *p)
{
	struct collector *c = p->c;
	int64_t row = p->chunk * DOCVALS_CHUNK;
	size_t i;

	if ((uint64_t)row > c->how->newer_than &&
	    row + DOCVALS_CHUNK - 1 <= c->from->last_row)
		return;
	for (i = 0; i < DOCVALS_CHUNK; i++, row++)
		if (row > c->from->last_row || (uint64_t)row <= c->how->newer_than)
			p->rows[i / 64] &= ~(UINT64_C(1) << (i % 64));
}

/* Leave the rows that satisfy what words do not decide. */
static void filter(struct part *p)
{
	struct collector *c = p->c;
	size_t i, n = 0;

	for (i = 0; i < p->n && !c->status; i++) {
		int64_t row = p->chunk * DOCVALS_CHUNK + p->slots[i];
		enum field_id failing;

		if (p->slots[i] >= p->nfixed ||
		    !load_u64(p->fixed + p->slots[i] * DOCVALS_SIZE + AT_KEY)) {
			if (c->window->exact)
				c->status = docvals_damaged(c->err, p->chunk);
			continue;
		}
		if (!c->window->exact) {
			c->row = row;
			c->has_lists = false;
			docvals_unpack(&c->doc, p->fixed + p->slots[i] * DOCVALS_SIZE);
			if (!eval_row(c, &failing))
				continue;
		}
		p->slots[n++] = p->slots[i];
	}
	p->n = n;
}

static void count(struct part *p)
{
	struct collector *c = p->c;
	const struct counted_chunk what = { &c->store->docvals, p->chunk, p->fixed,
					    p->slots, p->n };
	size_t i;

	c->total += p->n;
	for (i = 0; i < c->nfacets && !c->status; i++)
		c->status = facet_count_chunk(&c->facets[i], &what, c->err);
}

/* Add what one word is worth to the rows that have it. */
static void score_leaf(struct part *p, struct window_leaf *l)
{
	struct collector *c = p->c;
	const unsigned columns = l->leaf->columns;
	size_t first = (size_t)(p->chunk % WINDOW_PARTS) * PART_ROWS, i;
	int column;

	for (i = 0; i < p->n; i++) {
		size_t slot = p->slots[i], at = first + slot;
		const uint32_t *counts;
		column_counts asked;

		if (!(l->rows[at / 64] >> (at % 64) & 1))
			continue;
		counts = postings_counts(&l->view, at);
		for (column = 0; column < TEXT_COLUMNS; column++)
			asked[column] = columns & 1u << column ? counts[column] : 0;
		p->score[slot] += rank_term(&c->norms, l->leaf->idf, asked,
					    p->fixed + slot * DOCVALS_SIZE + AT_LEN);
	}
}

static void score(struct part *p)
{
	struct collector *c = p->c;
	size_t i;

	for (i = 0; i < p->n; i++)
		p->score[p->slots[i]] = 0;
	for (i = 0; i < c->plan->nleaves && !c->status; i++) {
		const struct leaf *leaf = c->plan->leaves[i].leaf;

		if (!leaf->positive || leaf->weightless)
			continue;
		c->status = window_leaf_load(c->window, i, c->err);
		if (!c->status)
			score_leaf(p, &c->window->leaves[i]);
	}
	for (i = 0; i < p->n && c->how->recency_days > 0; i++) {
		size_t slot = p->slots[i];

		p->score[slot] *= rank_recency(
			(int32_t)load_u32(p->fixed + slot * DOCVALS_SIZE + AT_DATE),
			c->from->today, c->how->recency_days);
	}
}

/* What a hit has to score to be kept, where that alone can rule it out. */
static double least_score(const struct collector *c)
{
	const struct topk *best = &c->best;

	if (!best->k)
		return INFINITY;
	if (best->n < best->k || best->sort[0].key != PDX_SORT_RELEVANCE ||
	    best->sort[0].reverse)
		return 0;
	return best->v[0].score;
}

/* ${n} articles match that are in no story, and cannot be among the best.  Behind a
 * cursor they come behind it too: what is kept does. */
static void count_worse(struct collector *c, size_t n)
{
	c->remaining += n;
	c->stories.stories += c->how->collapse ? n : 0;
}

static bool has_stories(const struct collector *c)
{
	return c->how->collapse && c->stories.most;
}

/* Whether the article counts for more than itself. */
static bool is_in_story(const struct collector *c, const unsigned char *fixed)
{
	return c->how->collapse && load_u32(fixed + AT_STORY);
}

/* Leave the rows that can be among the best by their words, or where ${stories} count
 * for more than themselves. */
static void keep_best(struct part *p, double least, bool stories)
{
	struct collector *c = p->c;
	double most[PART_ROWS];
	size_t i, n = 0;

	if (!p->passed)
		bounds_rows(most, &c->bounds, c->window, p->number);
	for (i = 0; i < p->n; i++) {
		size_t slot = p->slots[i];

		if ((!p->passed && most[slot] >= least) ||
		    (stories && is_in_story(c, p->fixed + slot * DOCVALS_SIZE)))
			p->slots[n++] = p->slots[i];
	}
	p->n = n;
}

/* Do not rank the others, which were counted. */
static void pass_over(struct part *p)
{
	double least = least_score(p->c);
	size_t n = p->n;

	if (!p->passed && least <= 0)
		return;
	keep_best(p, least, has_stories(p->c));
	count_worse(p->c, n - p->n);
}

/*
 * Whether what cannot be among the best need not even be counted: nobody asks, and that
 * there is a page behind this one is known.
 */
static bool may_skip(const struct collector *c)
{
	return c->how->no_total && c->remaining > c->best.k && least_score(c) > 0;
}

/* Leave the rows that can be among the best; the others are not looked at. */
static void skip(struct part *p)
{
	size_t n = p->n;

	keep_best(p, least_score(p->c), false);
	p->c->partial = p->c->partial || p->n < n;
}

static void rank(struct part *p)
{
	struct collector *c = p->c;
	size_t i;

	for (i = 0; i < p->n && !c->status; i++) {
		const unsigned char *fixed = p->fixed + p->slots[i] * DOCVALS_SIZE;
		double score = p->score[p->slots[i]];

		if (score < least_score(c) && !is_in_story(c, fixed)) {
			count_worse(c, 1);
			continue;
		}
		c->row = p->chunk * DOCVALS_CHUNK + p->slots[i];
		c->has_lists = false;
		docvals_unpack(&c->doc, fixed);
		collector_rank(c, score);
	}
}

static void list_slots(struct part *p)
{
	size_t word;

	p->n = 0;
	for (word = 0; word < PART_WORDS; word++) {
		uint64_t left = p->rows[word];

		for (; left; left &= left - 1)
			p->slots[p->n++] = (uint8_t)(word * 64 + bits_lowest(left));
	}
}

/* Whether words alone say how many match, and nothing else is counted of them. */
static bool only_total(const struct collector *c)
{
	return c->window->exact && !c->nfacets && !has_stories(c);
}

static void count_rows(struct part *p)
{
	size_t word, n = 0;

	for (word = 0; word < PART_WORDS; word++)
		n += bits_count(p->rows[word]);
	p->c->total += n;
	count_worse(p->c, n);
}

static void load(struct part *p)
{
	struct collector *c = p->c;

	c->status = docvals_chunk(&p->fixed, &p->nfixed, &c->store->docvals, p->chunk,
				  c->err);
	if (!c->status)
		filter(p);
}

static void sweep_part(struct part *p)
{
	struct collector *c = p->c;
	const bool skips = may_skip(c), late = !skips && only_total(c);

	clip(p);
	if (p->passed && late) {
		count_rows(p);
		return;
	}
	list_slots(p);
	if (p->n && skips)
		skip(p);
	if (p->n && !late)
		load(p);
	if (p->n && !c->status)
		count(p);
	if (p->n && !c->status && !skips)
		pass_over(p);
	if (p->n && !c->status && late)
		load(p);
	if (p->n && !c->status && c->best.k)
		score(p);
	if (p->n && !c->status)
		rank(p);
}

int sweep_window(struct collector *c)
{
	struct part p = { .c = c };
	double most[WINDOW_PARTS] = { 0 };
	size_t i;

	c->driver = NULL;
	if (c->best.k)
		c->status = bounds_window(most, &c->bounds, c->window, c->err);
	for (i = 0; i < WINDOW_PARTS && !c->status; i++) {
		p.number = i;
		p.chunk = c->window->number * WINDOW_PARTS + (int64_t)i;
		p.passed = most[i] < least_score(c);
		memcpy(p.rows, c->window->rows + i * PART_WORDS, sizeof(p.rows));
		sweep_part(&p);
	}
	return c->status;
}
