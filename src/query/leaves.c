/*
 * TEXT leaves in index terms.  Knows tokens and how a compound may be written; knows no
 * index: every engine looks for what it is told here.
 */
#include "query/leaves.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/stopwords.h"

/* The tokens of one leaf, copied, in the analyzer's order. */
struct tokens {
	struct arena *arena;
	struct token *v;
	size_t n, cap;
	uint32_t positions;
	bool prefix; /* the last of them begins what is looked for */
};

/*
 * A piece of a leaf that may be written in one way or two.  The second way is the
 * joined form of the first.
 */
struct segment {
	struct leaf_phrase way[2];
	size_t nways;
};

static int collect(void *ctx, const struct token *token)
{
	struct tokens *t = ctx;
	struct token copy = *token;

	copy.text = arena_dup(t->arena, token->text, token->len);
	copy.form = arena_dup(t->arena, token->form, token->formlen);
	if (!copy.text || !copy.form ||
	    !mem_grow(&t->v, &t->cap, t->n + 1, sizeof(*t->v)))
		return PDX_E_NOMEM;
	t->v[t->n++] = copy;
	t->positions = token->pos + 1;
	return 0;
}

/* US is read as U.S., but US* begins many words. */
static bool is_dotted_prefix(const struct tokens *t, const struct token *beside)
{
	return t->prefix && beside->pos + 1 == t->positions &&
	       beside->form[beside->formlen - 1] == '.';
}

/* The token at ${pos}: the part itself, the form beside it, or the joined compound. */
enum role { ROLE_PART, ROLE_BESIDE, ROLE_COMPOUND };

static const struct token *find(const struct tokens *t, uint32_t pos, enum role role)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct token *token = &t->v[i];
		enum role is = ROLE_PART;

		if (token->flags & TOKEN_JOINED)
			is = token->span > 1 ? ROLE_COMPOUND : ROLE_BESIDE;
		if (token->pos != pos || is != role)
			continue;
		if (role != ROLE_BESIDE || !is_dotted_prefix(t, token))
			return token;
	}
	return NULL;
}

/* "dont" is beside "don't" as another spelling; any other form that stands beside a
 * part (.net, notepad++, u.s.) says more than the part. */
static bool is_without_apostrophe(const struct token *beside, const struct token *part)
{
	size_t n = 0;

	for (size_t i = 0; i < part->formlen; i++) {
		if (part->form[i] == '\'')
			continue;
		if (n == beside->formlen || beside->form[n] != part->form[i])
			return false;
		n++;
	}
	return n == beside->formlen && n < part->formlen;
}

/*
 * Whether a joined form keeps a sign that its parts lose: 3.5, 24/7, r&d.  Where it
 * mixes letters and digits (gpt3.5) the parts are told apart without it.
 */
static bool keeps_signs(const struct token *joined)
{
	bool sign = false, letter = false, digit = false;

	for (size_t i = 0; i < joined->formlen; i++) {
		char c = joined->form[i];

		if (c >= '0' && c <= '9')
			digit = true;
		else if (c != '\0' && strchr("+#.-/&@_", c))
			sign = true;
		else if (c != '\'')
			letter = true;
	}
	return sign && !(letter && digit);
}

static bool add_term(struct leaf_phrase *phrase, const struct token *token)
{
	if (!token)
		return false;
	phrase->terms[phrase->nterms++] = (struct leaf_term){
		.text = token->text,
		.len = token->len,
		.form = token->form,
		.formlen = token->formlen,
	};
	return true;
}

static bool begin_way(struct segment *s, struct arena *arena, size_t terms)
{
	struct leaf_phrase *way = &s->way[s->nways];

	way->terms = arena_array(arena, terms, sizeof(*way->terms));
	s->nways += way->terms != NULL;
	return way->terms != NULL;
}

/* One position: the part, or the form beside it, or either. */
static bool single(struct segment *s, const struct tokens *t, uint32_t pos)
{
	const struct token *part = find(t, pos, ROLE_PART);
	const struct token *beside = find(t, pos, ROLE_BESIDE);

	if (!begin_way(s, t->arena, 1))
		return false;
	if (beside && part && is_without_apostrophe(beside, part))
		return add_term(&s->way[0], part) && begin_way(s, t->arena, 1) &&
		       add_term(&s->way[1], beside);
	return add_term(&s->way[0], beside ? beside : part);
}

/* The parts of a compound from ${pos} to before ${end}. */
static bool add_parts(struct leaf_phrase *way, const struct tokens *t, uint32_t pos,
		      uint32_t end)
{
	for (; pos < end; pos++) {
		const struct token *part = find(t, pos, ROLE_PART);
		const struct token *beside = find(t, pos, ROLE_BESIDE);

		if (beside && part && is_without_apostrophe(beside, part))
			beside = NULL;
		if (!add_term(way, beside ? beside : part))
			return false;
	}
	return true;
}

/*
 * A compound: its parts or its joined form; only the latter where it keeps a sign.  It
 * stands at the position of the first part, so in a longer phrase the other parts
 * follow it.
 */
static bool compound(struct segment *s, const struct tokens *t,
		     const struct token *joined)
{
	uint32_t pos = joined->pos, end = pos + joined->span;

	if (!begin_way(s, t->arena, joined->span))
		return false;
	if (keeps_signs(joined))
		return add_term(&s->way[0], joined) &&
		       (end == t->positions || add_parts(&s->way[0], t, pos + 1, end));
	return add_parts(&s->way[0], t, pos, end) && begin_way(s, t->arena, 1) &&
	       add_term(&s->way[1], joined);
}

/* Cut the tokens into segments; *n of them. */
static struct segment *cut(size_t *n, const struct tokens *t)
{
	struct segment *segments =
		arena_array(t->arena, t->positions, sizeof(*segments));
	uint32_t pos = 0;

	*n = 0;
	while (segments && pos < t->positions) {
		const struct token *joined = find(t, pos, ROLE_COMPOUND);
		struct segment *s = &segments[(*n)++];

		if (!(joined ? compound(s, t, joined) : single(s, t, pos)))
			return NULL;
		pos += joined ? joined->span : 1;
	}
	return segments;
}

/* Alternative ${number}: its bits choose among the ways of those segments that have
 * two. */
static bool choose(struct leaf_phrase *out, struct arena *arena,
		   const struct segment *segments, size_t n, size_t number)
{
	size_t room = 0;

	for (size_t i = 0; i < n; i++)
		room += segments[i].way[0].nterms;
	out->terms = arena_array(arena, room, sizeof(*out->terms));
	out->nterms = 0;
	for (size_t i = 0; out->terms && i < n; i++) {
		const struct leaf_phrase *way = &segments[i].way[0];

		if (segments[i].nways == 2) {
			way = &segments[i].way[number & 1];
			number >>= 1;
		}
		memcpy(out->terms + out->nterms, way->terms,
		       way->nterms * sizeof(*way->terms));
		out->nterms += way->nterms;
	}
	return out->terms != NULL;
}

static void make_prefix(struct leaf_phrase *phrase)
{
	struct leaf_term *last = &phrase->terms[phrase->nterms - 1];

	last->prefix = true;
	last->text = last->form;
	last->len = last->formlen;
}

static int set_alternatives(struct leaf *leaf, const struct tokens *t)
{
	size_t n, count = 1;
	struct segment *segments = cut(&n, t);

	if (!segments)
		return PDX_E_NOMEM;
	for (size_t i = 0; i < n && count < LEAF_MAX_ALTERNATIVES; i++)
		count *= segments[i].nways;
	leaf->alternatives = arena_array(t->arena, count, sizeof(*leaf->alternatives));
	if (!leaf->alternatives)
		return PDX_E_NOMEM;
	for (size_t i = 0; i < count; i++) {
		if (!choose(&leaf->alternatives[i], t->arena, segments, n, i))
			return PDX_E_NOMEM;
		if (leaf->node->prefix)
			make_prefix(&leaf->alternatives[i]);
	}
	leaf->nalternatives = count;
	return PDX_OK;
}

static int analyze(struct leaf *leaf, struct arena *arena, struct analyzer *analyzer)
{
	struct tokens t = { .arena = arena, .prefix = leaf->node->prefix };
	int rc = analyzer_run(analyzer, leaf->node->text, leaf->node->textlen, collect,
			      &t);

	if (rc == PDX_OK && t.n > 0)
		rc = set_alternatives(leaf, &t);
	free(t.v);
	return rc;
}

/* What holds of a node because of those above it. */
struct above {
	bool negative, in_take;
};

static unsigned columns(const struct ast *node, struct above above)
{
	const struct field *field = field_get(node->field);

	if (field->column >= 0)
		return 1u << field->column;
	return above.in_take ? 1u << COLUMN_TAKES : (1u << TEXT_COLUMNS) - 1;
}

static size_t count_texts(const struct ast *node)
{
	size_t n = node->kind == AST_TEXT;

	for (const struct ast *c = node->child; c; c = c->next)
		n += count_texts(c);
	return n;
}

static void add_leaves(struct leaves *out, const struct ast *node, struct above above)
{
	if (node->kind == AST_TEXT)
		out->v[out->n++] = (struct leaf){
			.node = node,
			.columns = columns(node, above),
			.positive = !above.negative,
			.in_take = above.in_take,
		};
	if (node->kind == AST_NOT)
		above.negative = !above.negative;
	if (node->kind == AST_TAKE)
		above.in_take = true;
	for (const struct ast *c = node->child; c; c = c->next)
		add_leaves(out, c, above);
}

/* What came out of the index goes back as it is. */
static int use_term(struct leaf *leaf, struct arena *arena)
{
	struct leaf_phrase *phrase = arena_alloc(arena, sizeof(*phrase));
	struct leaf_term *term = arena_alloc(arena, sizeof(*term));

	if (!phrase || !term)
		return PDX_E_NOMEM;
	term->text = leaf->node->term;
	term->len = strlen(term->text);
	term->form = leaf->node->text;
	term->formlen = leaf->node->textlen;
	phrase->terms = term;
	phrase->nterms = 1;
	leaf->alternatives = phrase;
	leaf->nalternatives = 1;
	return PDX_OK;
}

/* A plain word, not quoted and without signs, that is a stop word. */
static bool is_stop_word(const struct leaf *leaf, const char *language)
{
	const struct leaf_term *term;

	if (leaf->node->phrase || leaf->node->exact || leaf->node->prefix ||
	    leaf->nalternatives == 0 || leaf->alternatives[0].nterms != 1)
		return false;
	term = &leaf->alternatives[0].terms[0];
	return stopword_is(language, term->form, term->formlen);
}

/* Stop words weigh nothing where another word weighs something. */
static void weigh(struct leaves *leaves, const char *language)
{
	bool other = false;

	for (size_t i = 0; i < leaves->n; i++) {
		struct leaf *leaf = &leaves->v[i];

		leaf->weightless = is_stop_word(leaf, language);
		other = other || (leaf->positive && leaf->nalternatives > 0 &&
				  !leaf->weightless && !(leaf->node->boost > 0));
	}
	for (size_t i = 0; i < leaves->n && !other; i++)
		leaves->v[i].weightless = false;
}

int leaves_build(struct leaves *out, struct arena *arena, const struct pdx_query *query,
		 struct analyzer *analyzer, struct pdx_err *err)
{
	*out = (struct leaves){ 0 };
	out->v = arena_array(arena, count_texts(query->root), sizeof(*out->v));
	if (!out->v)
		return err_nomem(err);
	add_leaves(out, query->root, (struct above){ false, false });
	for (size_t i = 0; i < out->n; i++) {
		struct leaf *leaf = &out->v[i];

		if (leaf->node->term ? use_term(leaf, arena)
				     : analyze(leaf, arena, analyzer))
			return err_nomem(err);
	}
	weigh(out, analyzer_language(analyzer));
	return PDX_OK;
}

const struct leaf *leaves_find(const struct leaves *leaves, const struct ast *node)
{
	for (size_t i = 0; i < leaves->n; i++) {
		if (leaves->v[i].node == node)
			return &leaves->v[i];
	}
	return NULL;
}
