/*
 * The naive engine.  It shares the analyzer, the leaves and the formula's constants
 * with the real one, and nothing of plans, postings, doc values or collectors.
 */
#include "oracle.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "query/value.h"
#include "rank/bm25f.h"

#define MAX_TOKENS 4096 /* of one column of a test's article */
#define ANY_TAKE SIZE_MAX

struct gathering {
	struct oracle *o;
	struct oracle_article *a;
	int column;
	size_t take;
};

static int gather(void *ctx, const struct token *token)
{
	struct gathering *g = ctx;
	struct oracle_article *a = g->a;
	struct oracle_token *t = &a->tokens[g->column][a->ntokens[g->column]++];

	assert_true(a->ntokens[g->column] < MAX_TOKENS);
	t->pos = token->pos;
	t->text = arena_dup(&g->o->arena, token->text, token->len);
	t->form = arena_dup(&g->o->arena, token->form, token->formlen);
	if (token->flags & TOKEN_BREAK)
		a->take_starts[++g->take] = token->pos + 1;
	else if (!(token->flags & TOKEN_JOINED))
		a->words[g->column]++;
	return 0;
}

static void add_column(struct oracle *o, struct oracle_article *a, int column,
		       const char *text)
{
	struct gathering g = { o, a, column, 0 };

	a->tokens[column] = arena_array(&o->arena, MAX_TOKENS, sizeof(**a->tokens));
	assert_int_equal(analyzer_run(o->analyzer, text, strlen(text), gather, &g), 0);
}

static void add_article(struct oracle *o, struct oracle_article *a)
{
	const struct pdx_article *from = a->article;
	struct buf takes;
	size_t i;

	a->take_starts = arena_array(&o->arena, from->ntakes + 1, sizeof(uint32_t));
	buf_init(&takes, 0);
	for (i = 0; i < from->ntakes; i++) {
		buf_puts(&takes, i ? ANALYZER_BREAK : "");
		buf_puts(&takes, from->takes[i].text);
	}
	add_column(o, a, COLUMN_TITLE, from->title);
	add_column(o, a, COLUMN_SUMMARY, from->summary ? from->summary : "");
	add_column(o, a, COLUMN_BODY, from->body);
	add_column(o, a, COLUMN_TAKES, buf_str(&takes));
	buf_release(&takes);
}

void oracle_init(struct oracle *o, struct analyzer *analyzer,
		 const struct pdx_article *articles, size_t n)
{
	size_t i;
	int column;

	memset(o, 0, sizeof(*o));
	o->analyzer = analyzer;
	o->n = n;
	o->v = arena_array(&o->arena, n, sizeof(*o->v));
	for (i = 0; i < n; i++) {
		o->v[i].article = &articles[i];
		add_article(o, &o->v[i]);
		for (column = 0; column < TEXT_COLUMNS; column++)
			o->avglen[column] += o->v[i].words[column] / (double)n;
	}
}

void oracle_release(struct oracle *o)
{
	free(o->idf);
	arena_release(&o->arena);
}

static bool is_term(const struct leaf_term *term, bool exact,
		    const struct oracle_token *t)
{
	if (term->prefix)
		return strncmp(t->form, term->text, term->len) == 0;
	return strcmp(exact ? t->form : t->text, exact ? term->form : term->text) == 0;
}

static bool has_at(const struct oracle_article *a, int column, uint32_t pos,
		   const struct leaf_term *term, bool exact)
{
	size_t i;

	for (i = 0; i < a->ntokens[column]; i++)
		if (a->tokens[column][i].pos == pos &&
		    is_term(term, exact, &a->tokens[column][i]))
			return true;
	return false;
}

static bool phrase_at(const struct oracle_article *a, int column, uint32_t pos,
		      const struct leaf_phrase *phrase, bool exact)
{
	size_t i;

	for (i = 0; i < phrase->nterms; i++)
		if (!has_at(a, column, pos + (uint32_t)i, &phrase->terms[i], exact))
			return false;
	return true;
}

static uint32_t last_position(const struct oracle_article *a, int column)
{
	size_t n = a->ntokens[column];

	return n ? a->tokens[column][n - 1].pos + 1 : 0;
}

/* The take that position ${pos} of the takes column is in. */
static size_t take_at(const struct oracle_article *a, uint32_t pos)
{
	size_t take = 0;

	while (take + 1 < a->article->ntakes && a->take_starts[take + 1] <= pos)
		take++;
	return take;
}

/* A loose phrase: every word somewhere in a window that begins with one of them and
 * keeps to one take. */
static bool window_at(const struct oracle_article *a, int column, uint32_t pos,
		      const struct leaf_phrase *phrase, const struct ast *node)
{
	uint32_t width = (uint32_t)phrase->nterms + node->slop, end = pos + width, p;
	bool first = false;
	size_t i;

	for (i = 0; i < phrase->nterms; i++) {
		bool found = false;

		first = first || has_at(a, column, pos, &phrase->terms[i], node->exact);
		for (p = pos; p < end && !found; p++)
			found = has_at(a, column, p, &phrase->terms[i], node->exact) &&
				(column != COLUMN_TAKES ||
				 take_at(a, p) == take_at(a, pos));
		if (!found)
			return false;
	}
	return first;
}

static bool leaf_at(const struct oracle_article *a, int column, uint32_t pos,
		    const struct leaf *leaf)
{
	size_t i;

	if (leaf->node->slop && leaf->nalternatives && leaf->alternatives[0].nterms > 1)
		return window_at(a, column, pos, &leaf->alternatives[0], leaf->node);
	for (i = 0; i < leaf->nalternatives; i++)
		if (phrase_at(a, column, pos, &leaf->alternatives[i],
			      leaf->node->exact))
			return true;
	return false;
}

static uint32_t count_column(const struct oracle_article *a, const struct leaf *leaf,
			     int column, size_t take)
{
	uint32_t pos, end = last_position(a, column), count = 0;

	if (!(leaf->columns & 1u << column) ||
	    (take != ANY_TAKE && column != COLUMN_TAKES))
		return 0;
	for (pos = 0; pos < end; pos++)
		if (leaf_at(a, column, pos, leaf) &&
		    (take == ANY_TAKE || take_at(a, pos) == take))
			count++;
	return count;
}

struct asking {
	struct oracle *o;
	const struct oracle_article *a;
	const struct leaves *leaves;
};

static bool matches(const struct asking *q, const struct ast *n, size_t take);

static bool text_matches(const struct asking *q, const struct ast *n, size_t take)
{
	const struct leaf *leaf = leaves_find(q->leaves, n);
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++)
		if (count_column(q->a, leaf, column, take))
			return true;
	return false;
}

static bool near_matches(const struct asking *q, const struct ast *n, size_t take)
{
	const struct leaf *x = leaves_find(q->leaves, n->child);
	const struct leaf *y = leaves_find(q->leaves, n->child->next);
	unsigned both = x->columns & y->columns;
	uint32_t i, j, end;
	int column;

	for (column = 0; column < TEXT_COLUMNS; column++) {
		bool takes = column == COLUMN_TAKES;

		if (!(both & 1u << column) || (take != ANY_TAKE && !takes))
			continue;
		end = last_position(q->a, column);
		for (i = 0; i < end; i++)
			for (j = 0; leaf_at(q->a, column, i, x) && j < end; j++)
				if ((i > j ? i - j : j - i) <= n->distance &&
				    leaf_at(q->a, column, j, y) &&
				    (!takes || take_at(q->a, i) == take_at(q->a, j)) &&
				    (take == ANY_TAKE || take_at(q->a, i) == take))
					return true;
	}
	return false;
}

static bool value_is(const struct ast *n, const char *name)
{
	struct buf words;
	bool equal;

	buf_init(&words, 0);
	equal = name && value_compare(n->text, name, &words) == VALUE_EQUAL;
	buf_release(&words);
	return equal;
}

static bool any_is(const struct ast *n, const char *const *names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (value_is(n, names[i]))
			return true;
	return false;
}

/* The pairs of neighbouring terms in title, summary and body, in an order of their own;
 * ${out} has room for all of them. */
static size_t list_pairs(char **out, struct oracle *o, const struct oracle_article *a)
{
	size_t n = 0, i;
	int column;

	for (column = 0; column < COLUMN_TAKES; column++) {
		const struct oracle_token *last = NULL;

		for (i = 0; i < a->ntokens[column]; i++) {
			const struct oracle_token *t = &a->tokens[column][i];
			struct buf pair;

			if (last && t->pos == last->pos) /* a joined form */
				continue;
			buf_init(&pair, 0);
			buf_printf(&pair, "%s %s", last ? last->text : "", t->text);
			if (last)
				out[n++] = arena_dup(&o->arena, pair.data, pair.len);
			buf_release(&pair);
			last = t;
		}
	}
	return n;
}

static bool has(char *const *v, size_t n, const char *text)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i], text) == 0)
			return true;
	return false;
}

static size_t drop_repeats(char **v, size_t n)
{
	size_t kept = 0, i;

	for (i = 0; i < n; i++)
		if (!has(v, kept, v[i]))
			v[kept++] = v[i];
	return kept;
}

/* The part of the pairs of two articles that both have. */
static double resemblance(char *const *a, size_t na, char *const *b, size_t nb)
{
	size_t both = 0, i;

	for (i = 0; i < na; i++)
		both += has(b, nb, a[i]);
	return (double)both / (double)(na + nb - both);
}

/* All articles of story ${from} are of story ${to}. */
static void move_story(struct oracle *o, size_t from, size_t to)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		if (o->v[i].story == from)
			o->v[i].story = to;
}

void oracle_stories(struct oracle *o)
{
	char ***pairs = arena_array(&o->arena, o->n, sizeof(*pairs));
	size_t *n = arena_array(&o->arena, o->n, sizeof(*n)), i, j;

	for (i = 0; i < o->n; i++) {
		pairs[i] = arena_array(&o->arena, COLUMN_TAKES * MAX_TOKENS,
				       sizeof(**pairs));
		n[i] = list_pairs(pairs[i], o, &o->v[i]);
		n[i] = drop_repeats(pairs[i], n[i]);
		o->v[i].story = i;
	}
	for (i = 0; i < o->n; i++)
		for (j = 0; j < i; j++)
			if (resemblance(pairs[i], n[i], pairs[j], n[j]) >= 0.62 &&
			    o->v[i].story != o->v[j].story)
				move_story(o, o->v[i].story > o->v[j].story
						      ? o->v[i].story
						      : o->v[j].story,
					   o->v[i].story < o->v[j].story
						   ? o->v[i].story
						   : o->v[j].story);
}

static bool is_word_byte(char c)
{
	return isalnum((unsigned char)c);
}

/*
 * How long ${name} is in the text at ${s}, 0 where it does not stand there: letter by
 * letter, where its blanks are a blank, a hyphen or, in all of it, nothing.
 */
static size_t name_length(const char *s, const char *name)
{
	bool joined = strchr(name, ' ') != NULL && s[strcspn(name, " ")] != ' ' &&
		      s[strcspn(name, " ")] != '-', first = true;
	const char *at = s;

	for (; *name; name++) {
		if (*name == ' ') {
			at += !joined && (*at == ' ' || *at == '-');
			first = !joined;
			continue;
		}
		if (tolower((unsigned char)*at) != tolower((unsigned char)*name) ||
		    (first && islower((unsigned char)*at)))
			return 0;
		first = false;
		at++;
	}
	return is_word_byte(*at) ? 0 : (size_t)(at - s);
}

/* Whether the longest name at some place of ${text} is number ${name}. */
static bool text_mentions(const struct oracle *o, const char *text, size_t name)
{
	const char *s = text;
	size_t i, len, best, which = 0;

	while (s && *s) {
		for (i = 0, best = 0; i < o->nnames; i++) {
			len = name_length(s, o->names[i]);
			which = len > best ? i : which;
			best = len > best ? len : best;
		}
		if (best && which == name)
			return true;
		s += best;
		while (is_word_byte(*s))
			s++;
		while (*s && !is_word_byte(*s))
			s++;
	}
	return false;
}

bool oracle_mentions(const struct oracle *o, size_t i, size_t name)
{
	const struct pdx_article *a = o->v[i].article;

	return text_mentions(o, a->title, name) || text_mentions(o, a->summary, name) ||
	       text_mentions(o, a->body, name);
}

static bool mention_matches(const struct asking *q, const struct ast *n)
{
	size_t i;

	for (i = 0; i < q->o->nnames; i++)
		if (value_is(n, q->o->names[i]) &&
		    oracle_mentions(q->o, (size_t)(q->a - q->o->v), i))
			return true;
	return false;
}

static bool value_matches(const struct asking *q, const struct ast *n, size_t take)
{
	const struct pdx_article *a = q->a->article;
	size_t i;

	if (n->field == FIELD_COMPANY)
		return any_is(n, a->companies, a->ncompanies);
	if (n->field == FIELD_MENTIONS)
		return mention_matches(q, n);
	if (n->field == FIELD_CATEGORY)
		return any_is(n, a->categories, a->ncategories);
	assert_int_equal(n->field, FIELD_PERSONA);
	for (i = 0; i < a->ntakes; i++)
		if ((take == ANY_TAKE || take == i) && value_is(n, a->takes[i].persona))
			return true;
	return false;
}

static bool takes_match(const struct asking *q, const struct ast *n)
{
	size_t i;

	for (i = 0; i < q->a->article->ntakes; i++)
		if (matches(q, n->child, i))
			return true;
	return false;
}

static bool matches(const struct asking *q, const struct ast *n, size_t take)
{
	const struct ast *child;
	int32_t date = q->a->article->date;
	size_t yes = 0, all = 0;

	switch (n->kind) {
	case AST_ALL:
	case AST_OPTIONAL:
		return true;
	case AST_TEXT:
		return text_matches(q, n, take);
	case AST_NEAR:
		return near_matches(q, n, take);
	case AST_VALUE:
		return value_matches(q, n, take);
	case AST_DATES:
		return date != PDX_NO_DATE && date >= n->range.first &&
		       date <= n->range.last;
	case AST_TAKE:
		return takes_match(q, n);
	case AST_NOT:
		return !matches(q, n->child, take);
	case AST_AND:
	case AST_OR:
		for (child = n->child; child; child = child->next, all++)
			yes += matches(q, child, take);
		return n->kind == AST_AND ? yes == all : yes > 0;
	case AST_FLAG:
		break;
	}
	fail_msg("the oracle does not know this node");
	return false;
}

static double idf(uint64_t n, uint64_t df)
{
	return log(1 + ((double)n - (double)df + 0.5) / ((double)df + 0.5));
}

/* The articles that have the term ${text} in any column. */
static uint64_t count_term(const struct oracle *o, const char *text)
{
	uint64_t df = 0;
	size_t i, j;

	for (i = 0; i < o->n; i++) {
		bool has = false;
		int column;

		for (column = 0; column < TEXT_COLUMNS; column++)
			for (j = 0; j < o->v[i].ntokens[column] && !has; j++)
				has = strcmp(o->v[i].tokens[column][j].text, text) == 0;
		df += has;
	}
	return df;
}

/* The terms that the forms with a prefix have, each once. */
struct expansion {
	const char *terms[64];
	size_t n;
};

static void expand_token(struct expansion *e, const struct leaf_term *prefix,
			 const struct oracle_token *t)
{
	size_t i;

	if (strncmp(t->form, prefix->text, prefix->len) != 0)
		return;
	for (i = 0; i < e->n; i++)
		if (strcmp(e->terms[i], t->text) == 0)
			return;
	assert_true(e->n < 64);
	e->terms[e->n++] = t->text;
}

/* A prefix: the sum over its terms. */
static uint64_t document_frequency(const struct oracle *o, const struct leaf_term *term)
{
	struct expansion e = { { NULL }, 0 };
	uint64_t df = 0;
	size_t i, j;
	int column;

	if (!term->prefix)
		return count_term(o, term->text);
	for (i = 0; i < o->n; i++)
		for (column = 0; column < TEXT_COLUMNS; column++)
			for (j = 0; j < o->v[i].ntokens[column]; j++)
				expand_token(&e, term, &o->v[i].tokens[column][j]);
	for (i = 0; i < e.n; i++)
		df += count_term(o, e.terms[i]);
	return df;
}

/*
 * One term: its idf.  A phrase: the sum of its terms'.  Several ways to write a thing:
 * that of the single words among them taken together, else the highest of the phrases
 * that can be there.
 */
static double leaf_idf(const struct oracle *o, const struct leaf *leaf)
{
	uint64_t together = 0;
	double best = 0;
	size_t i, j;

	for (i = 0; i < leaf->nalternatives; i++) {
		const struct leaf_phrase *phrase = &leaf->alternatives[i];
		bool missing = false;
		double sum = 0;

		for (j = 0; j < phrase->nterms; j++) {
			uint64_t df = document_frequency(o, &phrase->terms[j]);

			sum += idf(o->n, df < o->n ? df : o->n);
			missing = missing || df == 0;
			if (phrase->nterms == 1)
				together += df;
		}
		if (!missing && sum > best)
			best = sum;
		if (leaf->node->slop)
			break;
	}
	if (together > o->n)
		together = o->n;
	return together ? idf(o->n, together) : best;
}

/* The stop words among those that tests search for. */
static bool is_stop_word(const struct leaf *leaf)
{
	const struct ast *n = leaf->node;

	if (n->phrase || n->exact || n->prefix)
		return false;
	return strcmp(n->text, "the") == 0 || strcmp(n->text, "of") == 0;
}

/* A stop word weighs something only where no other word does. */
static bool weighs(const struct leaves *leaves, const struct leaf *leaf)
{
	size_t i;

	if (!is_stop_word(leaf))
		return true;
	for (i = 0; i < leaves->n; i++)
		if (leaves->v[i].positive && leaves->v[i].nalternatives &&
		    !is_stop_word(&leaves->v[i]))
			return false;
	return true;
}

static double text_score(const struct asking *q, const struct ast *n)
{
	const struct leaf *leaf = leaves_find(q->leaves, n);
	const struct pdx_profile *p = &rank_default;
	double tf = 0;
	int column;

	if (!weighs(q->leaves, leaf))
		return 0;
	for (column = 0; column < TEXT_COLUMNS; column++) {
		double count = count_column(q->a, leaf, column, ANY_TAKE);
		uint8_t code = rank_quantise(q->a->words[column]);
		double relative = q->o->avglen[column] > 0
					  ? rank_length(code) / q->o->avglen[column]
					  : 1;

		tf += p->weight[column] * count /
		      (1 - p->b[column] + p->b[column] * relative);
	}
	return q->o->idf[leaf - q->leaves->v] * tf / (p->k1 + tf);
}

static double node_score(const struct asking *q, const struct ast *n)
{
	const struct ast *child;
	double sum = 0;

	if (n->kind == AST_TEXT)
		return text_score(q, n);
	if (n->kind == AST_NOT)
		return 0;
	for (child = n->child; child; child = child->next)
		if (n->kind != AST_OR || matches(q, child, ANY_TAKE))
			sum += node_score(q, child);
	return sum;
}

void oracle_weigh(struct oracle *o, const struct leaves *leaves)
{
	size_t i;

	free(o->idf);
	o->idf = calloc(leaves->n + 1, sizeof(*o->idf));
	assert_non_null(o->idf);
	for (i = 0; i < leaves->n; i++)
		o->idf[i] = leaf_idf(o, &leaves->v[i]);
}

bool oracle_matches(struct oracle *o, size_t i, const struct pdx_query *query,
		    const struct leaves *leaves, double *score)
{
	struct asking q = { o, &o->v[i], leaves };

	*score = 0;
	if (!matches(&q, query->root, ANY_TAKE))
		return false;
	*score = node_score(&q, query->root);
	return true;
}

/* The nodes of ${kind} and, for a value, ${field} that nothing excludes. */
static size_t find_nodes(const struct ast **found, const struct ast *n,
			 enum ast_kind kind, enum field_id field)
{
	const struct ast *child;
	size_t count = 0;

	if (n->kind == kind && (kind != AST_VALUE || n->field == field)) {
		found[0] = n;
		return 1;
	}
	if (n->kind == AST_NOT || n->kind == AST_TAKE)
		return 0;
	for (child = n->child; child; child = child->next)
		count += find_nodes(found + count, child, kind, field);
	return count;
}

bool oracle_chooses(struct oracle *o, size_t i, size_t take,
		    const struct pdx_query *query, const struct leaves *leaves)
{
	struct asking q = { o, &o->v[i], leaves };
	const struct ast *nodes[QUERY_MAX_TERMS];
	size_t groups = find_nodes(nodes, query->root, AST_TAKE, FIELD_ANY), k, said;
	bool in_group = !groups, by_speaker;

	for (k = 0; k < groups; k++)
		in_group = in_group || matches(&q, nodes[k]->child, take);
	said = find_nodes(nodes, query->root, AST_VALUE, FIELD_PERSONA);
	by_speaker = !said;
	for (k = 0; k < said; k++)
		by_speaker = by_speaker || value_matches(&q, nodes[k], take);
	return in_group && by_speaker;
}
