/*
 * Counting terms.  Two tables: ${words} has written forms and stems as numbers, and
 * ${tally} counts (stem, stem, form, form, group).  Knows no articles.
 */
#include "report/terms.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "report/strings.h"
#include "report/tally.h"
#include "report/term_reader.h"

#define AHEAD 8 /* terms: as many fetches from memory as are under way at a time */
#define KEY_GROUP TERM_KEYS /* behind the numbers of the words */

_Static_assert(TERM_KEYS + 1 == TALLY_KEYS, "a term and its group are a key");

struct terms {
	struct term_reader reader;
	size_t max;
	struct strings words; /* stems and written forms by number */
	struct tally tally;
	uint64_t *in_group;
	size_t ngroups, groups_cap;
	uint64_t missed;

	/* The list. */
	struct arena arena;
	struct term *list;
	size_t nlist;
	struct term_count *counts;
	size_t *found;
	size_t found_cap;
};

int terms_new(struct terms **out, const char *language, struct pdx_err *err)
{
	struct terms *t = calloc(1, sizeof(*t));
	int rc;

	*out = NULL;
	if (!t)
		return err_nomem(err);
	t->max = TERMS_MAX;
	rc = term_reader_init(&t->reader, language, &t->words, err);
	if (rc)
		terms_free(t);
	else
		*out = t;
	return rc;
}

void terms_free(struct terms *t)
{
	if (!t)
		return;
	term_reader_release(&t->reader);
	strings_release(&t->words);
	tally_release(&t->tally);
	arena_release(&t->arena);
	free(t->in_group);
	free(t->list);
	free(t->counts);
	free(t->found);
	free(t);
}

void terms_limit(struct terms *t, size_t max)
{
	t->max = max;
}

int terms_read(struct terms *t, const char *piece, struct pdx_err *err)
{
	if (piece && term_reader_piece(&t->reader, piece))
		return err_nomem(err);
	return PDX_OK;
}

/* ---- counting ----------------------------------------------------------------- */

/* Where the run of entries with the stems of t->tally.slots[i] ends; *texts: its sum.
 */
static size_t run_end(uint64_t *texts, const struct tally *tally, size_t i)
{
	const uint32_t *key = tally->slots[i].key;

	for (*texts = 0; i < tally->n && tally->slots[i].key[0] == key[0] &&
			 tally->slots[i].key[1] == key[1];
	     i++)
		*texts += tally->slots[i].count;
	return i;
}

/*
 * The lowest number of texts that may be dropped so that no more than half of the
 * entries, which are in order, are left.
 */
static uint64_t threshold(const struct tally *tally)
{
	enum { MOST = 4096 }; /* terms beyond it are few: they go too, or none does */
	size_t dropped[MOST + 1] = { 0 }, sum = 0, end;
	uint64_t texts, i = 0;

	for (size_t at = 0; at < tally->n; at = end) {
		end = run_end(&texts, tally, at);
		dropped[texts < MOST ? texts : MOST] += end - at;
	}
	while (i < MOST && sum + dropped[i] < tally->n / 2)
		sum += dropped[i++];
	return i;
}

/* Entry ${e}, whose words are numbers of ${from}, with those of ${to}. */
static bool move_entry(struct tally *out, struct strings *to,
		       const struct strings *from, const struct tally_entry *e)
{
	uint32_t key[TALLY_KEYS];

	memcpy(key, e->key, sizeof(key));
	for (size_t i = TERM_STEM; i < KEY_GROUP; i++) {
		if (key[i] == TERM_NO_WORD)
			continue;
		key[i] = strings_add(to, from->v[key[i]].text, from->v[key[i]].len);
		if (key[i] == STRINGS_NONE)
			return false;
	}
	return tally_add(out, key, e->count, e->first);
}

/* Drop the rarest terms, and the words that only they had. */
static int prune(struct terms *t)
{
	struct strings words = { .v = NULL };
	struct tally kept = { .slots = NULL };
	uint64_t texts, least;
	size_t end;
	bool ok = true;

	tally_sort(&t->tally);
	least = threshold(&t->tally);
	for (size_t at = 0; at < t->tally.n && ok; at = end) {
		end = run_end(&texts, &t->tally, at);
		for (size_t i = at; i < end && ok && texts > least; i++)
			ok = move_entry(&kept, &words, &t->words, &t->tally.slots[i]);
	}
	strings_release(&t->words);
	tally_release(&t->tally);
	t->words = words;
	t->tally = kept;
	t->missed += least;
	term_reader_forget(&t->reader);
	return ok ? PDX_OK : PDX_E_NOMEM;
}

static bool have_group(struct terms *t, uint32_t group)
{
	size_t n = (size_t)group + 1;

	if (!mem_grow(&t->in_group, &t->groups_cap, n, sizeof(*t->in_group)))
		return false;
	while (t->ngroups < n)
		t->in_group[t->ngroups++] = 0;
	return true;
}

/* The key of term ${i} of the text. */
static void make_key(uint32_t key[TALLY_KEYS], const struct terms *t, size_t i,
		     uint32_t group)
{
	memcpy(key, t->reader.seen[i].key, sizeof(t->reader.seen[i].key));
	key[KEY_GROUP] = group;
}

int terms_end_text(struct terms *t, uint32_t group, uint32_t number,
		   struct pdx_err *err)
{
	bool ok = have_group(t, group);

	for (size_t i = 0; i < t->reader.nseen && ok; i++) {
		uint32_t key[TALLY_KEYS];

		if (i + AHEAD < t->reader.nseen) {
			make_key(key, t, i + AHEAD, group);
			tally_expect(&t->tally, key);
		}
		make_key(key, t, i, group);
		ok = tally_add(&t->tally, key, 1, number);
	}
	if (ok)
		t->in_group[group] += t->reader.nseen;
	term_reader_begin(&t->reader);
	if (ok && (t->tally.n > t->max || t->words.n > t->max / 2))
		ok = prune(t) == PDX_OK;
	return ok ? PDX_OK : err_nomem(err);
}

/* ---- the list ----------------------------------------------------------------- */

/* The entries of one term, by form and group. */
struct term_run {
	const struct tally_entry *v;
	size_t n;
};

static bool same_form(const struct tally_entry *a, const struct tally_entry *b)
{
	return a->key[TERM_FORM] == b->key[TERM_FORM] &&
	       a->key[TERM_FORM_2] == b->key[TERM_FORM_2];
}

/* The entry whose written form the most texts have; between equals the first seen. */
static const struct tally_entry *commonest_form(struct term_run run)
{
	const struct tally_entry *best = run.v;
	uint64_t most = 0;
	size_t end;

	for (size_t i = 0; i < run.n; i = end) {
		uint64_t texts = 0;

		for (end = i; end < run.n && same_form(&run.v[end], &run.v[i]); end++)
			texts += run.v[end].count;
		if (texts > most) {
			most = texts;
			best = &run.v[i];
		}
	}
	return best;
}

static const char *written(struct terms *t, const struct tally_entry *e)
{
	const struct string *words = t->words.v;
	struct buf both;
	const char *text;

	if (e->key[TERM_FORM_2] == TERM_NO_WORD)
		return words[e->key[TERM_FORM]].text;
	buf_init(&both, 0);
	buf_printf(&both, "%s %s", words[e->key[TERM_FORM]].text,
		   words[e->key[TERM_FORM_2]].text);
	text = buf_ok(&both) ? arena_strdup(&t->arena, buf_str(&both)) : NULL;
	buf_release(&both);
	return text;
}

static int by_group(const void *a, const void *b)
{
	const struct term_count *x = a, *y = b;

	return (x->group > y->group) - (x->group < y->group);
}

/* The counts of ${run} by group, at ${out}; returns how many there are. */
static size_t sum_by_group(struct term_count *out, struct term_run run)
{
	size_t n = 0;

	for (size_t i = 0; i < run.n; i++)
		out[i] = (struct term_count){ run.v[i].key[KEY_GROUP], run.v[i].count,
					      run.v[i].first };
	if (run.n > 1)
		qsort(out, run.n, sizeof(*out), by_group);
	for (size_t i = 0; i < run.n; i++) {
		if (!n || out[n - 1].group != out[i].group) {
			out[n++] = out[i];
			continue;
		}
		out[n - 1].texts += out[i].texts;
		if (out[i].first < out[n - 1].first)
			out[n - 1].first = out[i].first;
	}
	return n;
}

static bool list_term(struct terms *t, struct term_run run, uint64_t texts,
		      size_t *ncounts)
{
	const struct tally_entry *e = commonest_form(run);
	struct term *term = &t->list[t->nlist++];

	*term = (struct term){
		.text = written(t, e),
		.word = { e->key[TERM_STEM], e->key[TERM_STEM_2] },
		.texts = texts,
		.counts = t->counts + *ncounts,
		.ncounts = sum_by_group(t->counts + *ncounts, run),
	};
	*ncounts += term->ncounts;
	return term->text != NULL;
}

/* Room for the list, whose length is known from the entries in order. */
static bool make_room(struct terms *t, uint64_t least)
{
	size_t nterms = 0, nentries = 0, end, bytes, count_bytes;
	uint64_t texts;

	for (size_t at = 0; at < t->tally.n; at = end) {
		end = run_end(&texts, &t->tally, at);
		nterms += texts >= least;
		nentries += texts >= least ? end - at : 0;
	}
	if (!mem_mul(&bytes, nterms + 1, sizeof(*t->list)) ||
	    !mem_mul(&count_bytes, nentries + 1, sizeof(*t->counts)))
		return false;
	t->list = malloc(bytes);
	t->counts = malloc(count_bytes);
	return t->list && t->counts;
}

int terms_finish(struct terms *t, uint64_t least, struct pdx_err *err)
{
	size_t end, ncounts = 0;
	uint64_t texts;
	bool ok;

	tally_sort(&t->tally);
	ok = make_room(t, least);
	for (size_t at = 0; ok && at < t->tally.n; at = end) {
		end = run_end(&texts, &t->tally, at);
		if (texts >= least)
			ok = list_term(
				t, (struct term_run){ &t->tally.slots[at], end - at },
				texts, &ncounts);
	}
	tally_release(&t->tally);
	return ok ? PDX_OK : err_nomem(err);
}

const struct term *terms_list(const struct terms *t, size_t *n)
{
	*n = t->nlist;
	return t->list;
}

uint64_t terms_in_group(const struct terms *t, uint32_t group)
{
	return group < t->ngroups ? t->in_group[group] : 0;
}

uint64_t terms_missed(const struct terms *t)
{
	return t->missed;
}

static int by_words(const void *a, const void *b)
{
	const struct term *x = a, *y = b;

	for (size_t i = 0; i < 2; i++)
		if (x->word[i] != y->word[i])
			return x->word[i] < y->word[i] ? -1 : 1;
	return 0;
}

int terms_look(const size_t **found, size_t *n, size_t *all, struct terms *t,
	       const char *text, struct pdx_err *err)
{
	int rc;

	*n = *all = 0;
	term_reader_begin(&t->reader);
	t->reader.looking = true;
	rc = term_reader_piece(&t->reader, text);
	t->reader.looking = false;
	if (rc ||
	    !mem_grow(&t->found, &t->found_cap, t->reader.nseen + 1, sizeof(*t->found)))
		return err_nomem(err);
	*all = t->reader.nseen;
	for (size_t i = 0; i < t->reader.nseen; i++) {
		struct term key = { .word = { t->reader.seen[i].key[0],
					      t->reader.seen[i].key[1] } };
		const struct term *term = t->nlist ? bsearch(&key, t->list, t->nlist,
							     sizeof(key), by_words)
						   : NULL;

		if (term)
			t->found[(*n)++] = (size_t)(term - t->list);
	}
	term_reader_begin(&t->reader);
	*found = t->found;
	return PDX_OK;
}

/* ---- what to show ------------------------------------------------------------- */

static int by_weight(const void *a, const void *b)
{
	const struct term_pick *x = a, *y = b;

	if (x->weight > y->weight || x->weight < y->weight)
		return x->weight < y->weight ? 1 : -1;
	if (x->texts != y->texts)
		return x->texts < y->texts ? 1 : -1;
	return strcmp(x->text, y->text);
}

static bool has_word(const struct term *t, uint32_t word)
{
	return word != TERM_NO_WORD && (t->word[0] == word || t->word[1] == word);
}

/* Whether ${a} and ${b} share a word and are about as frequent. */
static bool says_the_same(const struct terms *t, const struct term_pick *a,
			  const struct term_pick *b)
{
	const struct term *x = &t->list[a->term], *y = &t->list[b->term];
	uint64_t less = a->texts < b->texts ? a->texts : b->texts;
	uint64_t more = a->texts < b->texts ? b->texts : a->texts;

	if (!has_word(y, x->word[0]) && !has_word(y, x->word[1]))
		return false;
	return 5 * less >= 4 * more;
}

static bool is_phrase(const struct terms *t, const struct term_pick *p)
{
	return t->list[p->term].word[1] != TERM_NO_WORD;
}

size_t terms_pick(const struct terms *t, struct term_pick *v, size_t n, size_t most)
{
	size_t kept = 0;

	if (n > 1)
		qsort(v, n, sizeof(*v), by_weight);
	for (size_t i = 0; i < n && kept < most; i++) {
		size_t j = 0;

		while (j < kept && !says_the_same(t, &v[i], &v[j]))
			j++;
		if (j == kept)
			v[kept++] = v[i];
		else if (is_phrase(t, &v[i]) && !is_phrase(t, &v[j]))
			v[j] = v[i];
	}
	if (kept > 1) /* a phrase stands where its word stood */
		qsort(v, kept, sizeof(*v), by_weight);
	return kept;
}
