/*
 * Names in text: a trie over folded words.  Knows tokens and capitals; no dictionary,
 * no index.
 */
#include "text/gazetteer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "text/chars.h"
#include "text/stopwords.h"

enum {
	FIRST_SLOTS = 256,
	GAP_MAX = 6,   /* bytes of punctuation between two words of a name */
	SHORT_NAME = 2 /* letters: as many words of other kinds are as short */
};

enum shape {
	SHAPE_ANY,
	SHAPE_CAPITAL, /* begins with no small letter */
	SHAPE_EXACT    /* as in the name, byte for byte */
};

struct step {
	enum shape shape;
	char gap[GAP_MAX + 1]; /* what stands before it in the name, without blanks */
};

/* One written form of a name. */
struct gazetteer_name {
	struct gazetteer_name *next; /* of the same words */
	uint32_t id;
	const char *text; /* as it was given */
	const char *word; /* its first word as it is written in it */
	size_t nsteps;
	struct step steps[];
};

/* A word of names in the text. */
struct gazetteer_seen {
	uint32_t word, pos;
	size_t start, end;
};

/* FNV-1a: most words of a text are looked up and belong to no name. */
static uint64_t hash_word(const char *text, size_t len)
{
	uint64_t h = 0xcbf29ce484222325u;
	size_t i;

	for (i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * 0x100000001b3u;
	return h ^ h >> 32;
}

static size_t place(const struct gazetteer_table *t, uint64_t key)
{
	size_t at = (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (t->nslots - 1);

	while (t->values[at] && t->keys[at] != key)
		at = (at + 1) & (t->nslots - 1);
	return at;
}

/* The value of ${key}; 0: it has none. */
static uint32_t look_up(const struct gazetteer_table *t, uint64_t key)
{
	return t->nslots ? t->values[place(t, key)] : 0;
}

static bool grow(struct gazetteer_table *t)
{
	struct gazetteer_table grown = { .nslots = t->nslots ? t->nslots * 2
							     : FIRST_SLOTS,
					 .n = t->n };
	size_t i, at;

	if (t->n * 2 < t->nslots)
		return true;
	grown.keys = calloc(grown.nslots, sizeof(*grown.keys));
	grown.values = calloc(grown.nslots, sizeof(*grown.values));
	if (!grown.keys || !grown.values) {
		free(grown.keys);
		free(grown.values);
		return false;
	}
	for (i = 0; i < t->nslots; i++) {
		if (!t->values[i])
			continue;
		at = place(&grown, t->keys[i]);
		grown.keys[at] = t->keys[i];
		grown.values[at] = t->values[i];
	}
	free(t->keys);
	free(t->values);
	*t = grown;
	return true;
}

/* The value of ${key}, which becomes ${fresh} where it has none; 0: out of memory. */
static uint32_t get(struct gazetteer_table *t, uint64_t key, uint32_t fresh)
{
	size_t at;

	if (!grow(t))
		return 0;
	at = place(t, key);
	if (!t->values[at]) {
		t->keys[at] = key;
		t->values[at] = fresh;
		t->n++;
	}
	return t->values[at];
}

static void table_release(struct gazetteer_table *t)
{
	free(t->keys);
	free(t->values);
}

void gazetteer_release(struct gazetteer *g)
{
	table_release(&g->words);
	table_release(&g->edges);
	free(g->nodes);
	arena_release(&g->arena);
	memset(g, 0, sizeof(*g));
}

void gazetteer_scan_release(struct gazetteer_scan *scan)
{
	free(scan->seen);
	memset(scan, 0, sizeof(*scan));
}

/* The words of a name, while it is taken apart. */
struct name_words {
	struct arena *arena;
	struct name_word {
		const char *form, *term;
		size_t len, termlen, start, end;
	} v[GAZETTEER_WORDS];
	size_t n;
	bool too_many;
};

/* The length of a folded word without an apostrophe, or one and an s, at its end. */
static size_t bare_length(const char *form, size_t len)
{
	if (len > 2 && memcmp(form + len - 2, "'s", 2) == 0)
		return len - 2;
	return len > 1 && form[len - 1] == '\'' ? len - 1 : len;
}

static int add_word(void *ctx, const struct token *t)
{
	struct name_words *w = ctx;
	struct name_word *word;

	if (t->flags & (TOKEN_JOINED | TOKEN_BREAK))
		return 0;
	if (w->n == GAZETTEER_WORDS) {
		w->too_many = true;
		return 0;
	}
	word = &w->v[w->n++];
	word->len = bare_length(t->form, t->formlen);
	word->termlen = t->len;
	word->start = t->start;
	word->end = t->end;
	word->form = arena_dup(w->arena, t->form, word->len);
	word->term = arena_dup(w->arena, t->text, t->len);
	return word->form && word->term ? 0 : PDX_E_NOMEM;
}

static int take_apart(struct name_words *out, struct arena *arena,
		      struct analyzer *analyzer, const char *name)
{
	*out = (struct name_words){ .arena = arena };
	return analyzer_run(analyzer, name, strlen(name), add_word, out);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * All words of a name as one, as HuggingFace is written; NULL where that is no other
 * way to write it (one word, or a digit where words part anyway) or memory is out.
 */
static char *join(size_t *len, const struct name_words *w)
{
	char *joined;
	size_t i;

	*len = 0;
	for (i = 0; i < w->n; i++) {
		if (i && is_digit(w->v[i].form[0]))
			return NULL;
		*len += w->v[i].len;
	}
	if (w->n < 2 || *len > TOKEN_MAX)
		return NULL;
	joined = arena_alloc(w->arena, *len + 1);
	for (i = 0, *len = 0; joined && i < w->n; i++) {
		memcpy(joined + *len, w->v[i].form, w->v[i].len);
		*len += w->v[i].len;
	}
	return joined;
}

/* What the letters of a written word say. */
struct letters {
	size_t n;
	bool capital_first, capital_inside, small, digit, vowel;
};

static struct letters survey(const char *text, size_t len, const char *form,
			     size_t formlen)
{
	struct letters l = { .n = 0 };
	uint32_t cp;
	size_t i, n;

	for (i = 0; i < len; i += n) {
		n = utf8_decode(&cp, text + i, len - i);
		if (l.n && char_is_upper(cp))
			l.capital_inside = true;
		if (!l.n)
			l.capital_first = char_is_upper(cp);
		l.small = l.small || char_is_lower(cp);
		l.n++;
	}
	for (i = 0; i < formlen; i++) {
		l.vowel = l.vowel || (form[i] && strchr("aeiouy", form[i]));
		l.digit = l.digit || is_digit(form[i]);
	}
	return l;
}

/* Nobody writes this by accident: openai is no word of a language. */
static bool is_distinct(const struct letters *l)
{
	return l->digit || !l->vowel || (l->capital_inside && l->small);
}

static bool has_capital(const char *text)
{
	size_t len = strlen(text), i, n;
	uint32_t cp;

	for (i = 0; i < len; i += n) {
		n = utf8_decode(&cp, text + i, len - i);
		if (char_is_upper(cp))
			return true;
	}
	return false;
}

static enum shape shape_of(const char *name, const struct name_word *w, bool alone,
			   const char *language)
{
	struct letters l = survey(name + w->start, w->end - w->start, w->form, w->len);
	bool stop = stopword_is(language, w->form, w->len);

	if (alone && (stop || (l.n <= SHORT_NAME && (l.small || l.capital_first))))
		return SHAPE_EXACT;
	if (is_distinct(&l) || (!alone && stop))
		return SHAPE_ANY;
	if (!alone && !l.capital_first && has_capital(name))
		return SHAPE_ANY;
	return SHAPE_CAPITAL;
}

/* What stands between two words, without blanks; false: more than can in a name. */
static bool read_gap(char out[GAP_MAX + 1], const char *from, const char *to)
{
	size_t n = 0;
	unsigned lines = 0;

	for (; from < to; from++) {
		if (*from == '\n' && ++lines == 2) /* another paragraph */
			return false;
		if (*from == ' ' || *from == '\n' || *from == '\t')
			continue;
		if (from + 1 < to && memcmp(from, "\xC2\xA0", 2) == 0) {
			from++;
			continue;
		}
		if (n == GAP_MAX)
			return false;
		out[n++] = *from;
	}
	out[n] = '\0';
	return true;
}

/* The node behind ${node} and the word; 0: out of memory. */
static uint32_t descend(struct gazetteer *g, uint32_t node, const char *form,
			size_t len)
{
	uint32_t word = get(&g->words, hash_word(form, len), (uint32_t)g->words.n + 1);
	uint32_t next;

	if (!word || !mem_grow(&g->nodes, &g->cap, g->nnodes + 1, sizeof(*g->nodes)))
		return 0;
	next = get(&g->edges, (uint64_t)node << 32 | word, (uint32_t)g->nnodes);
	if (next == g->nnodes)
		g->nodes[g->nnodes++].names = NULL;
	return next;
}

/* Names of the same words stand in the order of their texts, whichever came first. */
static void hang(struct gazetteer *g, uint32_t node, struct gazetteer_name *name)
{
	struct gazetteer_name **at = &g->nodes[node].names;
	int order;

	for (; *at; at = &(*at)->next) {
		order = strcmp((*at)->text, name->text);
		if (order == 0 && (*at)->id == name->id)
			return;
		if (order >= 0)
			break;
	}
	name->next = *at;
	*at = name;
}

static struct gazetteer_name *name_new(struct gazetteer *g, const char *text,
				       const struct name_word *first, uint32_t id,
				       size_t nsteps)
{
	struct gazetteer_name *name =
		arena_alloc(&g->arena, sizeof(*name) + nsteps * sizeof(name->steps[0]));

	if (!name)
		return NULL;
	name->id = id;
	name->nsteps = nsteps;
	name->text = arena_strdup(&g->arena, text);
	name->word =
		arena_dup(&g->arena, text + first->start, first->end - first->start);
	return name->text && name->word ? name : NULL;
}

static int add_words(struct gazetteer *g, const struct name_words *w, const char *text,
		     uint32_t id, const char *language)
{
	struct gazetteer_name *name = name_new(g, text, &w->v[0], id, w->n);
	uint32_t node = 0;
	size_t i;

	if (!name)
		return PDX_E_NOMEM;
	for (i = 0; i < w->n; i++) {
		struct step *step = &name->steps[i];

		step->shape = shape_of(text, &w->v[i], w->n == 1, language);
		if (i &&
		    !read_gap(step->gap, text + w->v[i - 1].end, text + w->v[i].start))
			return 0; /* "A (formerly: B)" is not written anywhere */
		node = descend(g, node, w->v[i].form, w->v[i].len);
		if (!node)
			return PDX_E_NOMEM;
	}
	hang(g, node, name);
	return 0;
}

static int add_joined(struct gazetteer *g, const struct name_words *w, const char *text,
		      uint32_t id)
{
	struct gazetteer_name *name;
	size_t len;
	char *joined = join(&len, w);
	uint32_t node;

	if (!joined)
		return w->arena->failed ? PDX_E_NOMEM : 0;
	name = name_new(g, text, &w->v[0], id, 1);
	node = name ? descend(g, 0, joined, len) : 0;
	if (!node)
		return PDX_E_NOMEM;
	name->steps[0].shape = SHAPE_CAPITAL;
	hang(g, node, name);
	return 0;
}

/* The root is there before any word. */
static bool plant(struct gazetteer *g)
{
	if (g->nnodes)
		return true;
	if (!mem_grow(&g->nodes, &g->cap, 1, sizeof(*g->nodes)))
		return false;
	g->nodes[g->nnodes++].names = NULL;
	return true;
}

int gazetteer_add(struct gazetteer *g, struct analyzer *analyzer, const char *name,
		  uint32_t id)
{
	struct name_words words;
	int status = take_apart(&words, &g->arena, analyzer, name);

	if (status || !words.n || words.too_many)
		return status;
	if (!plant(g))
		return PDX_E_NOMEM;
	status = add_words(g, &words, name, id, analyzer_language(analyzer));
	return status ? status : add_joined(g, &words, name, id);
}

uint32_t gazetteer_word(const struct gazetteer *g, const char *form, size_t len)
{
	return look_up(&g->words, hash_word(form, bare_length(form, len)));
}

void gazetteer_begin(struct gazetteer_scan *scan, const char *text)
{
	scan->text = text;
	scan->n = 0;
}

int gazetteer_token(struct gazetteer_scan *scan, const struct token *t, uint32_t word)
{
	if (!word || t->flags & (TOKEN_JOINED | TOKEN_BREAK))
		return 0;
	if (!mem_grow(&scan->seen, &scan->cap, scan->n + 1, sizeof(*scan->seen)))
		return PDX_E_NOMEM;
	scan->seen[scan->n++] =
		(struct gazetteer_seen){ word, t->pos, t->start, t->end };
	return 0;
}

static bool has_shape(const struct gazetteer_name *name, const struct step *step,
		      const char *text, size_t len)
{
	size_t exact = strlen(name->word);
	uint32_t cp;

	switch (step->shape) {
	case SHAPE_EXACT: /* what is behind it is an apostrophe */
		return exact <= len && memcmp(name->word, text, exact) == 0;
	case SHAPE_CAPITAL:
		utf8_decode(&cp, text, len);
		return !char_is_lower(cp);
	default:
		return true;
	}
}

/* Whether the words from ${s} on are written as ${name} may be. */
static bool is_written(const char *text, const struct gazetteer_name *name,
		       const struct gazetteer_seen *s)
{
	char gap[GAP_MAX + 1];
	size_t i;

	for (i = 0; i < name->nsteps; i++) {
		const struct step *step = &name->steps[i];

		if (!has_shape(name, step, text + s[i].start, s[i].end - s[i].start))
			return false;
		if (i == 0)
			continue;
		if (!read_gap(gap, text + s[i - 1].end, text + s[i].start))
			return false;
		if (*gap && strcmp(gap, "-") != 0 && strcmp(gap, step->gap) != 0)
			return false;
	}
	return true;
}

/* Report the names of ${node} that begin at ${s}; *any: there was one. */
static int report(bool *any, const struct gazetteer_node *node, const char *text,
		  const struct gazetteer_seen *s, int (*each)(void *ctx, uint32_t id),
		  void *ctx)
{
	const struct gazetteer_name *name;
	int status = 0;

	*any = false;
	for (name = node->names; name && !status; name = name->next) {
		if (!is_written(text, name, s))
			continue;
		*any = true;
		status = each(ctx, name->id);
	}
	return status;
}

/* Report the longest names that begin with word ${at}; *n is how many words they have.
 */
static int match_at(size_t *n, const struct gazetteer_scan *scan,
		    const struct gazetteer *g, size_t at,
		    int (*each)(void *ctx, uint32_t id), void *ctx)
{
	const struct gazetteer_seen *s = scan->seen + at;
	uint32_t path[GAZETTEER_WORDS], node = 0;
	size_t left = scan->n - at, len = 0;
	bool any = false;
	int status = 0;

	while (len < left && len < GAZETTEER_WORDS && s[len].pos == s[0].pos + len &&
	       (node = look_up(&g->edges, (uint64_t)node << 32 | s[len].word)))
		path[len++] = node;
	for (; len && !any && !status; len -= !any)
		status = report(&any, &g->nodes[path[len - 1]], scan->text, s, each,
				ctx);
	*n = len ? len : 1;
	return status;
}

int gazetteer_end(struct gazetteer_scan *scan, const struct gazetteer *g,
		  int (*each)(void *ctx, uint32_t id), void *ctx)
{
	size_t at, n;
	int status = 0;

	for (at = 0; at < scan->n && !status; at += n)
		status = match_at(&n, scan, g, at, each, ctx);
	return status;
}

static int joined_term(void *ctx, const struct token *t)
{
	struct name_words *w = ctx;

	/* One word in any case; what is beside it is not asked for. */
	return w->n ? 0 : add_word(w, t);
}

int gazetteer_phrases(struct gazetteer_phrase out[GAZETTEER_PHRASES],
		      struct arena *arena, struct analyzer *analyzer, const char *name)
{
	struct name_words words, one = { .arena = arena };
	size_t i, len;
	char *joined;
	int status = take_apart(&words, arena, analyzer, name);

	if (status || !words.n || words.too_many)
		return status;
	out[0].n = words.n;
	for (i = 0; i < words.n; i++) {
		out[0].terms[i] = words.v[i].term;
		out[0].lens[i] = words.v[i].termlen;
	}
	joined = join(&len, &words);
	if (!joined)
		return arena->failed ? PDX_E_NOMEM : 1;
	status = analyzer_run(analyzer, joined, len, joined_term, &one);
	if (status || !one.n)
		return status ? status : 1;
	out[1].n = 1;
	out[1].terms[0] = one.v[0].term;
	out[1].lens[0] = one.v[0].termlen;
	return 2;
}
