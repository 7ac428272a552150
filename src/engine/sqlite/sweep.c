/*
 * The sweep.  A part of a window is a chunk of doc values: its rows are filtered, then
 * counted field by field, then scored word by word, and only those that can be among
 * the best are looked at one by one.
 *
 * Scores are the same to the bit as eval_score()'s: for each row the same words are
 * added in the same order.
 */
#include "engine/sqlite/sweep.h"

#include <string.h>

#include "engine/sqlite/collect_parts.h"
#include "engine/sqlite/docvals_layout.h"

_Static_assert(PART_ROWS == DOCVALS_CHUNK, "a part is a chunk of doc values");

enum { PART_WORDS = PART_ROWS / 64 };

struct part {
	struct collector *c;
	int64_t chunk;
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

/* Leave the rows that the list has and that satisfy what words do not decide. */
static void filter(struct part *p)
{
	struct collector *c = p->c;
	size_t i, n = 0;

	for (i = 0; i < p->n && !c->status; i++) {
		int64_t row = p->chunk * DOCVALS_CHUNK + p->slots[i];
		enum field_id failing;

		if (row > c->from->last_row || (uint64_t)row <= c->how->newer_than)
			continue;
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

	if (best->n < best->k || best->sort[0].key != PDX_SORT_RELEVANCE ||
	    best->sort[0].reverse)
		return 0;
	return best->v[0].score;
}

static void rank(struct part *p)
{
	struct collector *c = p->c;
	bool each = c->from->positioned;
	size_t i;

	for (i = 0; i < p->n && !c->status; i++) {
		const unsigned char *fixed = p->fixed + p->slots[i] * DOCVALS_SIZE;
		double score = p->score[p->slots[i]];

		if (!each && score < least_score(c) &&
		    !(c->how->collapse && load_u32(fixed + AT_STORY))) {
			c->remaining++;
			c->stories.stories += c->how->collapse;
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

static void sweep_part(struct part *p)
{
	struct collector *c = p->c;

	list_slots(p);
	if (!p->n)
		return;
	c->status = docvals_chunk(&p->fixed, &p->nfixed, &c->store->docvals, p->chunk,
				  c->err);
	if (!c->status)
		filter(p);
	if (!c->status)
		count(p);
	if (!c->status && c->best.k)
		score(p);
	if (!c->status && c->best.k)
		rank(p);
}

int sweep_window(struct collector *c)
{
	struct part p = { .c = c };
	size_t i;

	c->driver = NULL;
	for (i = 0; i < WINDOW_PARTS && !c->status; i++) {
		p.chunk = c->window->number * WINDOW_PARTS + (int64_t)i;
		memcpy(p.rows, c->window->rows + i * PART_WORDS, sizeof(p.rows));
		sweep_part(&p);
	}
	return c->status;
}
