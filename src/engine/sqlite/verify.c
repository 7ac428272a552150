/*
 * Matching a leaf against stored text.  Knows records and the analyzer; asks FTS5
 * nothing.
 */
#include "engine/sqlite/verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/sqlite/db.h"

/* The tokens of one column, in order of position. */
struct column_tokens {
	struct arena *arena;
	struct seen {
		uint32_t pos;
		const char *text, *form;
		size_t len, formlen;
	} *v;
	size_t n, cap;
};

static int keep_token(void *ctx, const struct token *token)
{
	struct column_tokens *t = ctx;
	struct seen *s;

	if (t->n == t->cap && !mem_grow(&t->v, &t->cap, t->n + 1, sizeof(*t->v)))
		return PDX_E_NOMEM;
	s = &t->v[t->n++];
	s->pos = token->pos;
	s->len = token->len;
	s->formlen = token->formlen;
	s->text = arena_dup(t->arena, token->text, token->len);
	s->form = arena_dup(t->arena, token->form, token->formlen);
	return s->text && s->form ? 0 : PDX_E_NOMEM;
}

static bool term_matches(const struct leaf_term *term, bool exact, const struct seen *s)
{
	if (term->prefix)
		return s->formlen >= term->len &&
		       memcmp(s->form, term->text, term->len) == 0;
	if (exact)
		return s->formlen == term->formlen &&
		       memcmp(s->form, term->form, term->formlen) == 0;
	return s->len == term->len && memcmp(s->text, term->text, term->len) == 0;
}

/* Whether ${term} stands at position ${pos}; ${at} is any token at or before it. */
static bool stands_at(const struct column_tokens *t, size_t at, uint32_t pos,
		      const struct leaf_term *term, bool exact)
{
	while (at < t->n && t->v[at].pos < pos)
		at++;
	for (; at < t->n && t->v[at].pos == pos; at++)
		if (term_matches(term, exact, &t->v[at]))
			return true;
	return false;
}

static int add(uint64_t **v, size_t *n, size_t *cap, int column, uint32_t pos)
{
	if (*n == *cap && !mem_grow(v, cap, *n + 1, sizeof(**v)))
		return PDX_E_NOMEM;
	(*v)[(*n)++] = POSITION(column, pos);
	return 0;
}

static int match_phrase(struct positions *p, const struct column_tokens *t, int column,
			const struct leaf_phrase *phrase, bool exact)
{
	size_t i, k;
	int status = 0;

	for (i = 0; i < t->n && !status; i++) {
		if (!term_matches(&phrase->terms[0], exact, &t->v[i]))
			continue;
		for (k = 1; k < phrase->nterms; k++)
			if (!stands_at(t, i, t->v[i].pos + (uint32_t)k,
				       &phrase->terms[k], exact))
				break;
		if (k == phrase->nterms)
			status = add(&p->v, &p->n, &p->cap, column, t->v[i].pos);
	}
	return status;
}

static int match_column(struct positions *p, const struct column_tokens *t, int column)
{
	const struct leaf *leaf = p->leaf->leaf;
	bool exact = leaf->node->exact;
	size_t i, k;
	int status = 0;

	if (!p->leaf->slop) {
		for (i = 0; i < leaf->nalternatives && !status; i++)
			status = match_phrase(p, t, column, &leaf->alternatives[i],
					      exact);
		return status;
	}
	for (k = 0; k < p->leaf->nphrases; k++)
		for (i = 0; i < t->n && !status; i++)
			if (term_matches(&leaf->alternatives[0].terms[k], exact,
					 &t->v[i]))
				status = add(&p->words[k], &p->nwords[k],
					     &p->capwords[k], column, t->v[i].pos);
	return status;
}

static int look_into(struct positions *p, struct column_tokens *t, int column,
		     const struct record *record)
{
	struct buf text;
	int status;

	buf_init(&text, 0);
	record_column(&text, record, column);
	t->n = 0;
	status = buf_ok(&text) ? analyzer_run(p->store->analyzer, buf_str(&text),
					      text.len, keep_token, t)
			       : PDX_E_NOMEM;
	if (!status)
		status = match_column(p, t, column);
	buf_release(&text);
	return status;
}

int verify_positions(struct positions *p, int64_t row, struct pdx_err *err)
{
	struct arena arena = { 0 };
	struct column_tokens tokens = { &arena, NULL, 0, 0 };
	struct record record;
	size_t i;
	int column, status;

	p->n = 0;
	for (i = 0; p->leaf->slop && i < p->leaf->nphrases; i++)
		p->nwords[i] = 0;
	status = store_record(&record, NULL, NULL, p->store, &arena, row, err);
	if (status)
		goto out;
	for (column = 0; column < TEXT_COLUMNS && !status; column++)
		if (p->leaf->columns & 1u << column)
			status = look_into(p, &tokens, column, &record);
	if (status)
		status = err_nomem(err);
	positions_sort(p);
out:
	free(tokens.v);
	arena_release(&arena);
	return status;
}
