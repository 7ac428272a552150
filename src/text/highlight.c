/*
 * Finding matches: one pass of the analyzer, every matcher fed token by token.  Knows
 * terms and positions; how a query became matchers is its caller's business, and what
 * to show of the matches is in snippet.c.
 */
#include "text/highlight.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* The first terms of a phrase, matched up to a position; or, with slop, one term. */
struct chain {
	bool set;
	uint32_t pos;
	size_t start, end;
};

/*
 * A matcher at work.  A phrase has two chains for each term, for even and odd
 * positions: several tokens may stand at one position, and all of them follow what
 * ended at the one before.  With slop each term has the last place it was seen at.
 */
struct tracker {
	const struct matcher *m;
	struct chain *chains;
};

struct finder {
	struct tracker *trackers;
	size_t ntrackers;
	struct byte_span *spans; /* on the heap: their number is not known */
	size_t nspans, cap;
};

static bool term_matches(const struct matcher_term *term, const struct token *t)
{
	if (term->prefix)
		return t->formlen >= term->len &&
		       memcmp(t->form, term->text, term->len) == 0;
	if (term->exact)
		return t->formlen == term->len &&
		       memcmp(t->form, term->text, term->len) == 0;
	return t->len == term->len && memcmp(t->text, term->text, term->len) == 0;
}

static int add_span(struct finder *f, const struct matcher *m, size_t start, size_t end)
{
	if (!mem_grow(&f->spans, &f->cap, f->nspans + 1, sizeof(*f->spans)))
		return PDX_E_NOMEM;
	f->spans[f->nspans++] = (struct byte_span){
		.start = start, .end = end, .groups = UINT64_C(1) << (m->group & 63)
	};
	return PDX_OK;
}

static int feed_phrase(struct finder *f, struct tracker *tr, const struct token *t)
{
	const struct matcher *m = tr->m;

	for (size_t i = 0; i < m->nterms; i++) {
		struct chain *here = &tr->chains[2 * i + (t->pos & 1)];
		size_t start = t->start;

		if (!term_matches(&m->terms[i], t))
			continue;
		if (i > 0) {
			const struct chain *before =
				&tr->chains[2 * (i - 1) + ((t->pos & 1) ^ 1)];

			if (!before->set || before->pos + 1 != t->pos)
				continue;
			start = before->start;
		}
		*here = (struct chain){ .set = true, .pos = t->pos, .start = start };
		if (i + 1 == m->nterms && add_span(f, m, start, t->end))
			return PDX_E_NOMEM;
	}
	return PDX_OK;
}

static bool same_term(const struct matcher_term *a, const struct matcher_term *b)
{
	return a->len == b->len && a->exact == b->exact && a->prefix == b->prefix &&
	       memcmp(a->text, b->text, a->len) == 0;
}

/*
 * The chain that the token of term ${i} goes to.  A word that is asked for twice needs
 * two places: the one that was seen longest ago gives way.
 */
static struct chain *oldest(struct tracker *tr, size_t i, const struct token *t)
{
	struct chain *old = &tr->chains[i];

	for (size_t k = 0; k < tr->m->nterms; k++) {
		struct chain *c = &tr->chains[k];

		if (!same_term(&tr->m->terms[i], &tr->m->terms[k]))
			continue;
		if (c->set && c->pos == t->pos)
			return c; /* another token at this place */
		if (old->set && (!c->set || c->pos < old->pos))
			old = c;
	}
	return old;
}

/* All terms were seen, not further apart than allowed. */
static bool is_near(struct chain *all, const struct tracker *tr)
{
	const struct matcher *m = tr->m;
	uint32_t first = UINT32_MAX, last = 0;

	*all = (struct chain){ .set = true, .start = SIZE_MAX };
	for (size_t i = 0; i < m->nterms; i++) {
		const struct chain *c = &tr->chains[i];

		if (!c->set)
			return false;
		first = c->pos < first ? c->pos : first;
		last = c->pos > last ? c->pos : last;
		all->start = c->start < all->start ? c->start : all->start;
		all->end = c->end > all->end ? c->end : all->end;
	}
	return last - first < m->nterms + m->slop;
}

static int feed_slop(struct finder *f, struct tracker *tr, const struct token *t)
{
	struct chain all;
	bool fed = false;

	for (size_t i = 0; i < tr->m->nterms; i++) {
		if (!term_matches(&tr->m->terms[i], t))
			continue;
		*oldest(tr, i, t) = (struct chain){
			.set = true, .pos = t->pos, .start = t->start, .end = t->end
		};
		fed = true;
	}
	if (fed && is_near(&all, tr))
		return add_span(f, tr->m, all.start, all.end);
	return PDX_OK;
}

static void forget(struct tracker *tr)
{
	memset(tr->chains, 0, 2 * tr->m->nterms * sizeof(*tr->chains));
}

static int feed(void *ctx, const struct token *t)
{
	struct finder *f = ctx;

	for (size_t i = 0; i < f->ntrackers; i++) {
		struct tracker *tr = &f->trackers[i];
		int rc = PDX_OK;

		if (t->flags & TOKEN_BREAK)
			forget(tr);
		else if (tr->m->slop > 0)
			rc = feed_slop(f, tr, t);
		else
			rc = feed_phrase(f, tr, t);
		if (rc)
			return rc;
	}
	return PDX_OK;
}

static int init_trackers(struct finder *f, struct arena *arena,
			 const struct matcher *matchers, size_t n)
{
	f->trackers = arena_array(arena, n, sizeof(*f->trackers));
	if (!f->trackers)
		return PDX_E_NOMEM;
	for (size_t i = 0; i < n; i++) {
		struct tracker *tr = &f->trackers[f->ntrackers];

		if (matchers[i].nterms == 0)
			continue;
		tr->m = &matchers[i];
		tr->chains =
			arena_array(arena, matchers[i].nterms, 2 * sizeof(*tr->chains));
		if (!tr->chains)
			return PDX_E_NOMEM;
		f->ntrackers++;
	}
	return PDX_OK;
}

/* What the terms begin with. */
static void find_wanted(bool wanted[256], const struct matcher *matchers, size_t n)
{
	memset(wanted, 0, 256 * sizeof(*wanted));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < matchers[i].nterms; k++)
			wanted[(unsigned char)matchers[i].terms[k].text[0]] = true;
}

static int compare_spans(const void *a, const void *b)
{
	const struct byte_span *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	return 0;
}

static size_t merge(struct byte_span *v, size_t n)
{
	size_t kept = 0;

	if (n == 0)
		return 0;
	qsort(v, n, sizeof(*v), compare_spans);
	for (size_t i = 1; i < n; i++) {
		if (v[i].start >= v[kept].end) {
			v[++kept] = v[i];
			continue;
		}
		v[kept].groups |= v[i].groups;
		if (v[i].end > v[kept].end)
			v[kept].end = v[i].end;
	}
	return kept + 1;
}

int highlight_find(struct byte_span **spans, size_t *nspans, uint64_t *groups,
		   struct arena *arena, struct analyzer *analyzer, const char *text,
		   size_t len, const struct matcher *matchers, size_t nmatchers)
{
	struct finder f = { .spans = NULL };
	bool wanted[256];
	uint64_t all = 0;
	int rc;

	*spans = NULL;
	*nspans = 0;
	if (groups)
		*groups = 0;
	rc = init_trackers(&f, arena, matchers, nmatchers);
	if (rc)
		goto out;
	find_wanted(wanted, matchers, nmatchers);
	rc = analyzer_run_for(analyzer, wanted, text, len, feed, &f);
	if (rc)
		goto out;
	f.nspans = merge(f.spans, f.nspans);
	*spans = arena_array(arena, f.nspans, sizeof(**spans));
	if (!*spans) {
		rc = PDX_E_NOMEM;
		goto out;
	}
	for (size_t i = 0; i < f.nspans; i++) {
		(*spans)[i] = f.spans[i];
		all |= f.spans[i].groups;
	}
	*nspans = f.nspans;
	if (groups)
		*groups = all;
out:
	free(f.spans);
	return rc;
}
