/*
 * What becomes of a match: its story, its group, its place among the best.  Knows sort
 * keys; not how a match was found.
 */
#include <stdlib.h>

#include "engine/sqlite/collect_parts.h"
#include "engine/sqlite/db.h"
#include "text/analyze.h"

uint32_t rank_of(const uint32_t *ranks, size_t n, uint32_t id)
{
	return ranks && id < n ? ranks[id] : UINT32_MAX;
}

/* The title as it is compared: folded, on the heap. */
static char *sort_title(struct collector *c)
{
	sqlite3_stmt *stmt = store_stmt(c->store, STMT_TITLE, c->err);
	struct buf title;
	int got;

	if (!stmt) {
		c->status = PDX_E_INDEX;
		return NULL;
	}
	buf_init(&title, 0);
	sqlite3_bind_int64(stmt, 1, c->row);
	got = db_step(stmt, c->err);
	if (got == 1)
		fold_text(&title, (const char *)sqlite3_column_text(stmt, 0),
			  (size_t)sqlite3_column_bytes(stmt, 0));
	sqlite3_reset(stmt);
	buf_puts(&title, "");
	if (got < 0)
		c->status = got;
	else if (!buf_ok(&title))
		c->status = err_nomem(c->err);
	return buf_take(&title);
}

/* Offer ${candidate} to the groups, which keep copies, and give it up. */
static void group_row(struct collector *c, struct candidate *candidate)
{
	bool lists = facet_needs_lists(&c->groups.field, &c->doc);

	if (!lists || collector_lists(c))
		c->status = grouper_add(&c->groups, candidate, &c->doc,
					lists ? &c->lists : NULL, c->err);
	free(candidate->title);
}

/* What the row is sorted by; the title is on the heap. */
static void make_candidate(struct candidate *out, struct collector *c, uint32_t story,
			   double score)
{
	*out = (struct candidate){ .score = score, .story = story };
	out->clauses = eval_clauses(c);
	out->row = c->row;
	out->key = c->doc.key;
	out->date = c->doc.date;
	out->added = c->doc.added;
	out->company = rank_of(c->company_ranks, c->ncompany_ranks, c->doc.company);
	out->category = rank_of(c->category_ranks, c->ncategory_ranks, c->doc.category);
	if (c->sorts_titles)
		out->title = sort_title(c);
}

/* Whether the page that is asked for begins behind ${candidate}. */
static bool is_before_page(const struct collector *c, const struct candidate *candidate)
{
	return c->from->positioned &&
	       topk_compare(&c->best, candidate, &c->after) <= 0;
}

static void rank_row(struct collector *c, uint32_t story, uint32_t entry, double score)
{
	struct candidate candidate;

	if (!c->best.k)
		return;
	make_candidate(&candidate, c, story, score);
	/* Which article of a story is the best shows when all are seen. */
	if (c->status || (!entry && is_before_page(c, &candidate))) {
		free(candidate.title);
		return;
	}
	if (!entry)
		c->remaining++;
	if (c->grouped) {
		group_row(c, &candidate);
	} else if (entry) {
		/* Behind a cursor the best may stand on an earlier page. */
		c->status = collapser_offer(&c->stories, entry, &candidate,
					    c->from->positioned ||
						    topk_wants(&c->best, &candidate),
					    c->err);
		free(candidate.title);
	} else if (topk_wants(&c->best, &candidate)) {
		c->status = topk_add(&c->best, &candidate, c->err);
	} else {
		free(candidate.title);
	}
}

/* Count the story of the row.  *entry: where its articles are, 0 for one alone. */
static uint32_t count_story(uint32_t *entry, struct collector *c)
{
	size_t before = c->stories.n;
	uint32_t story;

	*entry = 0;
	if (!c->how->collapse)
		return 0;
	story = collector_story(c, c->doc.story);
	if (c->status)
		return 0;
	if (story > c->stories.most) {
		c->status = err_set(c->err, PDX_E_INDEX,
				    "index is damaged: row %lld is in no story",
				    (long long)c->row);
		return 0;
	}
	if (story && !(*entry = collapser_get(&c->stories, COLLAPSE_ALL, story)))
		c->status = err_nomem(c->err);
	c->stories.stories += !story || c->stories.n > before;
	return story;
}

double collector_score(struct collector *c)
{
	double score = eval_score(c);

	if (c->how->recency_days > 0)
		score *= rank_recency(c->doc.date, c->from->today,
				      c->how->recency_days);
	return score;
}

void collector_rank(struct collector *c, double score)
{
	uint32_t entry, story = count_story(&entry, c);

	if (!c->status)
		rank_row(c, story, entry, score);
}

/* Offer the best of a story as the hit that stands for it. */
static void rank_story(struct collector *c, struct collapse_entry *e)
{
	if (!e->count)
		return;
	if (e->value != COLLAPSE_ALL) {
		c->status = grouper_add_story(&c->groups, e, c->err);
		return;
	}
	if (e->ranked && is_before_page(c, &e->best))
		return;
	c->remaining++;
	if (!e->ranked || !topk_wants(&c->best, &e->best))
		return;
	c->status = topk_add(&c->best, &e->best, c->err);
	if (!c->status)
		e->best.title = NULL;
}

void collector_rank_stories(struct collector *c)
{
	size_t i;

	for (i = 0; i < c->stories.n && !c->status; i++)
		rank_story(c, &c->stories.entries[i]);
}

