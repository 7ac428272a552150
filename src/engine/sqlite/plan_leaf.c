/*
 * The words of a leaf as FTS5 is asked for them: alternatives, prefixes, loose phrases,
 * and their weight.  Knows the vocabulary; nothing of the tree.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/sqlite/db.h"
#include "engine/sqlite/plan_parts.h"
#include "rank/bm25f.h"

enum {
	/* Terms that a prefix may stand for before FTS5's own prefix search, which
	 * merges their postings, is the better way. */
	PREFIX_TERMS = 512,
	/* Fewer terms than this are asked for one by one: each is a posting list
	 * that need not be merged in memory first. */
	PREFIX_FEW = 8
};

static struct plan_phrase *phrase_new(struct planner *p, struct plan_leaf *leaf,
				      size_t n)
{
	struct plan_phrase *phrase = &leaf->phrases[leaf->nphrases];

	phrase->terms = arena_array(p->arena, n, sizeof(*phrase->terms));
	phrase->lens = arena_array(p->arena, n, sizeof(*phrase->lens));
	phrase->n = n;
	if (!phrase->terms || !phrase->lens)
		return NULL;
	leaf->nphrases++;
	return phrase;
}

/* The words of ${from} but the last, and ${last}. */
static int add_phrase(struct planner *p, struct plan_leaf *leaf,
		      const struct leaf_phrase *from, const char *last, size_t len,
		      bool prefix)
{
	struct plan_phrase *phrase = phrase_new(p, leaf, from->nterms);
	size_t i;

	if (!phrase)
		return err_nomem(p->err);
	for (i = 0; i < from->nterms; i++) {
		phrase->terms[i] = from->terms[i].text;
		phrase->lens[i] = from->terms[i].len;
	}
	phrase->terms[i - 1] = last;
	phrase->lens[i - 1] = len;
	phrase->prefix = prefix;
	return 0;
}

/* How many terms of the index begin with ${prefix} themselves. */
static int count_terms(uint64_t *out, struct planner *p, const char *prefix, size_t len)
{
	sqlite3_stmt *stmt = NULL;
	int got = db_prepare(&stmt, p->s->db,
			     "SELECT count(*) FROM term WHERE term >= ?1"
			     " AND term < ?1 || char(1114111) AND df > 0",
			     p->err);

	if (got)
		return got;
	db_bind_text(stmt, 1, prefix, len);
	got = db_step(stmt, p->err);
	if (got == 1)
		*out = (uint64_t)sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return got < 0 ? got : 0;
}

/* Whether FTS5's prefix search over terms finds just the terms of ${list}. */
static int same_as_native(bool *out, struct planner *p, const struct term_list *list,
			  const struct leaf_term *prefix)
{
	uint64_t native = 0;
	size_t i;
	int status;

	*out = list->cut;
	if (list->cut || list->n < PREFIX_FEW)
		return 0;
	for (i = 0; i < list->n; i++)
		if (list->v[i].len < prefix->len ||
		    memcmp(list->v[i].text, prefix->text, prefix->len) != 0)
			return 0;
	status = count_terms(&native, p, prefix->text, prefix->len);
	*out = native == list->n;
	return status;
}

/*
 * A prefix is a prefix of written forms, and the index holds stems: `acquisiti*` has to
 * ask for "acquisit".  The forms say which terms those are; a term that also stands for
 * a form outside makes the text decide.
 */
static int add_prefix(struct planner *p, struct plan_leaf *leaf,
		      const struct leaf_phrase *from, uint64_t *df)
{
	const struct leaf_term *last = &from->terms[from->nterms - 1];
	struct plan_phrase *grown;
	struct term_list list;
	bool native;
	size_t i;
	int status = terms_with_prefix(&list, p->s->db, last->text, last->len,
				       PREFIX_TERMS, p->arena, p->err);

	if (!status)
		status = same_as_native(&native, p, &list, last);
	if (status)
		return status;
	grown = arena_array(p->arena, leaf->nphrases + list.n + LEAF_MAX_ALTERNATIVES,
			    sizeof(*grown));
	if (!grown)
		return err_nomem(p->err);
	if (leaf->nphrases)
		memcpy(grown, leaf->phrases, leaf->nphrases * sizeof(*grown));
	leaf->phrases = grown;
	for (i = 0; i < list.n; i++) {
		*df += list.v[i].df;
		/* Beyond the limit the forms outside are not looked for: a prefix of
		 * so many words is short, and stemming never changes a word's start. */
		if (!list.v[i].whole && !list.cut)
			leaf->verify = true;
	}
	if (from->nterms == 1 && leaf->leaf->nalternatives == 1 && !list.cut)
		leaf->family = list;
	if (native)
		return add_phrase(p, leaf, from, last->text, last->len, true);
	for (i = 0; i < list.n && !status; i++)
		status =
			add_phrase(p, leaf, from, list.v[i].text, list.v[i].len, false);
	return status;
}

static int exact_needs_text(bool *out, struct planner *p,
			    const struct leaf_phrase *phrase)
{
	size_t i;
	int status = 0;

	for (i = 0; i < phrase->nterms && !status && !*out; i++) {
		const struct leaf_term *t = &phrase->terms[i];
		bool single;

		status = terms_single_form(&single, p->s->db, t->form, t->formlen,
					   t->text, t->len, p->err);
		*out = !single;
	}
	return status;
}

/* The sum of the idf of the terms: what a phrase weighs, as in Lucene's PhraseQuery,
 * since no list says how many articles have it.  *rows: a bound of those. */
static int phrase_idf(double *idf, uint64_t *rows, struct planner *p,
		      const struct leaf_phrase *phrase, size_t n)
{
	size_t i;
	int status = 0;

	*idf = 0;
	*rows = p->s->state.articles;
	for (i = 0; i < n && !status; i++) {
		uint64_t df = 0;

		status = store_df(&df, p->s, phrase->terms[i].text,
				  phrase->terms[i].len, p->err);
		*idf += rank_idf(p->s->state.articles, df);
		*rows = df < *rows ? df : *rows;
	}
	return status;
}

static int add_alternative(struct planner *p, struct plan_leaf *leaf,
			   const struct leaf_phrase *from, uint64_t *df, double *best)
{
	const struct leaf_term *last = &from->terms[from->nterms - 1];
	size_t before = from->nterms - last->prefix;
	uint64_t own = 0, rows;
	double idf;
	int status = phrase_idf(&idf, &rows, p, from, before);

	if (!status && last->prefix) {
		status = add_prefix(p, leaf, from, &own);
		idf += rank_idf(p->s->state.articles, own);
		rows = own < rows ? own : rows;
	} else if (!status && rows) {
		own = rows;
		status = add_phrase(p, leaf, from, last->text, last->len, false);
	}
	if (!status && leaf->leaf->node->exact)
		status = exact_needs_text(&leaf->verify, p, from);
	leaf->df += rows;
	if (from->nterms == 1)
		*df += own;
	if (rows && idf > *best)
		*best = idf;
	return status;
}

/* The words of a loose phrase, each a phrase of its own. */
static int add_words(struct planner *p, struct plan_leaf *leaf,
		     const struct leaf_phrase *from, double *idf)
{
	size_t i;
	int status = phrase_idf(idf, &leaf->df, p, from, from->nterms);

	leaf->phrases = arena_array(p->arena, from->nterms, sizeof(*leaf->phrases));
	if (!leaf->phrases)
		return err_nomem(p->err);
	for (i = 0; i < from->nterms && !status && leaf->df; i++) {
		struct leaf_phrase word = { &from->terms[i], 1 };

		status = add_phrase(p, leaf, &word, word.terms->text, word.terms->len,
				    word.terms->prefix);
	}
	return status;
}

int plan_leaf(struct planner *p, struct plan_leaf *out, const struct leaf *leaf)
{
	uint64_t df = 0;
	double best = 0;
	size_t i;
	int status = 0;

	memset(out, 0, sizeof(*out));
	out->leaf = leaf;
	out->columns = leaf->columns;
	out->first = -1;
	if (leaf->node->slop && leaf->nalternatives &&
	    leaf->alternatives[0].nterms > 1) {
		out->slop = leaf->node->slop;
		return add_words(p, out, &leaf->alternatives[0], &out->idf);
	}
	out->phrases =
		arena_array(p->arena, LEAF_MAX_ALTERNATIVES, sizeof(*out->phrases));
	if (!out->phrases)
		return err_nomem(p->err);
	for (i = 0; i < leaf->nalternatives && !status; i++)
		status = add_alternative(p, out, &leaf->alternatives[i], &df, &best);
	out->idf = df ? rank_idf(p->s->state.articles, df) : best;
	if (leaf->node->boost > 0)
		out->idf *= leaf->node->boost;
	return status;
}
