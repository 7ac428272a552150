/*
 * Highlights and matched takes of a hit.  Knows articles, leaves and the highlighter;
 * no engine.
 */
#include "engine/hit.h"

#include <stdlib.h>
#include <string.h>

#include "query/value.h"

enum {
	SNIPPET_WIDTH = 240, /* code points: three lines of a terminal */
	WHOLE_TEXT = 1 << 20 /* wider than any title */
};

static int fill_matcher(struct matcher *out, struct arena *arena,
			const struct leaf *leaf, const struct leaf_phrase *phrase,
			size_t group)
{
	struct matcher_term *terms = arena_array(arena, phrase->nterms, sizeof(*terms));
	size_t i;

	if (!terms)
		return PDX_E_NOMEM;
	for (i = 0; i < phrase->nterms; i++) {
		const struct leaf_term *from = &phrase->terms[i];

		terms[i].exact = leaf->node->exact;
		terms[i].prefix = from->prefix;
		terms[i].text =
			terms[i].exact && !from->prefix ? from->form : from->text;
		terms[i].len =
			terms[i].exact && !from->prefix ? from->formlen : from->len;
	}
	out->terms = terms;
	out->nterms = phrase->nterms;
	out->slop = leaf->node->slop;
	out->group = (unsigned)group;
	return 0;
}

static int build_column(struct column_matchers *out, struct arena *arena,
			const struct leaves *leaves, int column)
{
	size_t i, j, n = 0;
	int status = 0;

	for (i = 0; i < leaves->n; i++)
		n += leaves->v[i].nalternatives;
	out->v = arena_array(arena, n + 1, sizeof(*out->v));
	if (!out->v)
		return PDX_E_NOMEM;
	for (i = 0; i < leaves->n; i++) {
		const struct leaf *leaf = &leaves->v[i];

		/* A reader looks for what he asked for, not for what goes with it. */
		if (!leaf->positive || leaf->node->boost > 0 ||
		    !(leaf->columns & 1u << column))
			continue;
		for (j = 0; j < leaf->nalternatives && !status; j++)
			status = fill_matcher(&out->v[out->n++], arena, leaf,
					      &leaf->alternatives[j], i);
	}
	return status;
}

int hit_matchers_build(struct hit_matchers *out, struct arena *arena,
		       const struct pdx_query *query, const struct leaves *leaves,
		       struct pdx_err *err)
{
	int column, status = 0;

	memset(out, 0, sizeof(*out));
	out->leaves = leaves;
	out->root = query->root;
	for (column = 0; column < TEXT_COLUMNS && !status; column++)
		status = build_column(&out->column[column], arena, leaves, column);
	return status ? err_nomem(err) : 0;
}

/* One take as the tree sees it. */
struct take_view {
	const struct pdx_take *take;
	uint64_t groups; /* leaves that matched in it */
	const struct leaves *leaves;
	struct buf *words;
};

static const char *take_field(const struct pdx_take *take, enum field_id field)
{
	const char *name = field == FIELD_PERSONA ? take->persona : take->perspective;

	return name ? name : "";
}

static bool take_satisfies(const struct take_view *v, const struct ast *n)
{
	const struct ast *child;

	switch (n->kind) {
	case AST_TEXT:
		return v->groups >> ((leaves_find(v->leaves, n) - v->leaves->v) & 63) &
		       1;
	case AST_VALUE:
		return value_compare(n->text, take_field(v->take, n->field),
				     v->words) != VALUE_DIFFERENT;
	case AST_NOT:
		return !take_satisfies(v, n->child);
	case AST_OR:
		for (child = n->child; child; child = child->next)
			if (take_satisfies(v, child))
				return true;
		return false;
	case AST_AND:
	case AST_NEAR:
		for (child = n->child; child; child = child->next)
			if (!take_satisfies(v, child))
				return false;
		return true;
	default:
		return true;
	}
}

/* What the whole query asks of takes. */
struct take_demand {
	bool has_take_group;   /* a take( ... ) that is not excluded */
	bool in_group;         /* the take satisfies one of them */
	bool has_speaker;      /* a persona or perspective outside of take( ... ) */
	enum value_match best; /* how well the take's speaker fits */
};

static void survey(struct take_demand *d, const struct take_view *v,
		   const struct ast *n)
{
	const struct ast *child;
	enum value_match fit;

	if (n->kind == AST_NOT)
		return;
	if (n->kind == AST_TAKE) {
		d->has_take_group = true;
		d->in_group = d->in_group || take_satisfies(v, n->child);
		return;
	}
	if (n->kind == AST_VALUE &&
	    (n->field == FIELD_PERSONA || n->field == FIELD_PERSPECTIVE)) {
		d->has_speaker = true;
		fit = value_compare(n->text, take_field(v->take, n->field), v->words);
		d->best = fit > d->best ? fit : d->best;
	}
	for (child = n->child; child; child = child->next)
		survey(d, v, child);
}

/* Whether the take is one of those that the query wants to hear, whatever its words. */
static bool chosen(const struct take_demand *d)
{
	if (d->has_take_group && !d->in_group)
		return false;
	return !d->has_speaker || d->best != VALUE_DIFFERENT;
}

/*
 * A take matched if it has a word of the query and, where the query names speakers, is
 * by one of them; where it says take( ... ), if it satisfies that.
 */
static bool matched(const struct take_demand *d, const struct take_view *v,
		    const struct hit_matchers *m)
{
	if (d->has_take_group)
		return d->in_group;
	if (d->has_speaker && d->best == VALUE_DIFFERENT)
		return false;
	if (m->column[COLUMN_TAKES].n)
		return v->groups != 0;
	return d->has_speaker;
}

struct filling {
	struct arena *arena;
	struct analyzer *analyzer;
	const struct hit_matchers *matchers;
	struct snippet {
		struct pdx_highlight highlight;
		double score;
		size_t order; /* reading order, between equals */
	} *found;
	size_t nfound;
};

/* Look at one text; *groups gets the leaves that matched in it. */
static int look(struct filling *f, uint64_t *groups, const char *field, int column,
		size_t take, const char *text, size_t width)
{
	const struct column_matchers *m = &f->matchers->column[column];
	struct snippet *s = &f->found[f->nfound];
	struct byte_span *spans;
	size_t nspans, len;
	int status;

	*groups = 0;
	if (!text || !m->n)
		return 0;
	len = strlen(text);
	status = highlight_find(&spans, &nspans, groups, f->arena, f->analyzer, text,
				len, m->v, m->n);
	if (status || !nspans)
		return status;
	status = highlight_snippet(&s->highlight, &s->score, f->arena, field, take,
				   text, len, spans, nspans, width);
	s->order = f->nfound;
	f->nfound += status == 0;
	return status;
}

static int by_score(const void *a, const void *b)
{
	const struct snippet *x = a, *y = b;

	if (x->score > y->score || x->score < y->score)
		return x->score < y->score ? 1 : -1;
	return (x->order > y->order) - (x->order < y->order);
}

static int look_at_takes(struct filling *f, bool *take_matched, bool *take_chosen,
			 const struct pdx_article *a)
{
	struct buf words;
	size_t i, before;
	int status = 0;

	buf_init(&words, 0);
	for (i = 0; i < a->ntakes && !status; i++) {
		struct take_view v = { &a->takes[i], 0, f->matchers->leaves, &words };
		struct take_demand d = { false, false, false, VALUE_DIFFERENT };

		before = f->nfound;
		status = look(f, &v.groups, "take", COLUMN_TAKES, i + 1,
			      a->takes[i].text, SNIPPET_WIDTH);
		survey(&d, &v, f->matchers->root);
		take_chosen[i] = chosen(&d);
		take_matched[i] = matched(&d, &v, f->matchers);
		if (!take_matched[i]) /* its words are there, but it is not what was
					 asked for: no snippet of it */
			f->nfound = before;
	}
	buf_release(&words);
	return status;
}

/* The title's highlight, if any, and the best ${snippets} of the others. */
static int choose(struct pdx_hit *hit, struct filling *f, size_t ntitle,
		  size_t snippets)
{
	size_t n = f->nfound - ntitle, i;
	struct pdx_highlight *out;

	if (n > 1)
		qsort(f->found + ntitle, n, sizeof(*f->found), by_score);
	n = ntitle + (n < snippets ? n : snippets);
	out = arena_array(f->arena, n ? n : 1, sizeof(*out));
	if (!out)
		return PDX_E_NOMEM;
	for (i = 0; i < n; i++)
		out[i] = f->found[i].highlight;
	hit->highlights = out;
	hit->nhighlights = n;
	return 0;
}

/* Where the query's words stand beside the takes; nobody asks where no snippet is. */
static int look_at_texts(size_t *ntitle, struct filling *f, const struct pdx_article *a)
{
	uint64_t groups;
	int status = look(f, &groups, "title", COLUMN_TITLE, 0, a->title, WHOLE_TEXT);

	*ntitle = f->nfound;
	if (!status)
		status = look(f, &groups, "summary", COLUMN_SUMMARY, 0, a->summary,
			      SNIPPET_WIDTH);
	if (!status)
		status = look(f, &groups, "body", COLUMN_BODY, 0, a->body,
			      SNIPPET_WIDTH);
	return status;
}

int hit_fill(struct pdx_hit *hit, struct arena *arena, struct analyzer *analyzer,
	     const struct hit_matchers *matchers, size_t snippets, struct pdx_err *err)
{
	const struct pdx_article *a = hit->article;
	struct filling f = { arena, analyzer, matchers, NULL, 0 };
	bool *take_matched = arena_array(arena, a->ntakes + 1, sizeof(*take_matched));
	bool *take_chosen = arena_array(arena, a->ntakes + 1, sizeof(*take_chosen));
	size_t ntitle = 0;
	int status;

	f.found = arena_array(arena, a->ntakes + 3, sizeof(*f.found));
	status = f.found && take_matched && take_chosen ? 0 : PDX_E_NOMEM;
	if (!status && snippets)
		status = look_at_texts(&ntitle, &f, a);
	if (!status)
		status = look_at_takes(&f, take_matched, take_chosen, a);
	hit->take_matched = take_matched;
	hit->take_chosen = take_chosen;
	if (!status && snippets)
		status = choose(hit, &f, ntitle, snippets);
	return status ? err_nomem(err) : 0;
}
