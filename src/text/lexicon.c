/*
 * A table of forms and one of terms, in an arena.  Knows strings; no texts, no index.
 *
 * Who looks takes no lock: an entry is complete before its slot shows it, and a table
 * of forms that is too small is replaced by one with the same entries and kept until
 * the end.  Who adds holds the lock, and looks again first; terms are looked for there
 * only.
 */
#include "text/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bits.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/short.h"
#include "text/sketch.h"

enum {
	/* A young archive has 200,000 forms in 10,000 articles, and all threads share
	 * them: with fewer than this they would be learned over and over.  With more the
	 * table would double once more: three quarters of 524,288 slots are used. */
	FULL = 390000,
	FIRST_SLOTS = 4096
};

/* Shown by ${entry}: ${hash} is written before. */
struct slot {
	_Atomic uint64_t hash;
	_Atomic(void *) entry; /* NULL: free */
};

struct table {
	struct table *older;
	size_t nslots, n; /* open addressing, size a power of 2 */
	struct slot *slots;
};

struct lexicon {
	atomic_uint references;
	uint64_t number;
	pthread_mutex_t mutex; /* of who adds: all below but looking */
	struct arena arena;
	_Atomic(struct table *) forms;
	struct table *terms;
	atomic_uint nforms;
};

static struct table *table_new(size_t nslots)
{
	struct table *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->nslots = nslots;
	t->slots = mem_pages(nslots * sizeof(*t->slots));
	if (t->slots)
		return t;
	free(t);
	return NULL;
}

static void table_free(struct table *t)
{
	struct table *older;

	for (; t; t = older) {
		older = t->older;
		mem_pages_free(t->slots, t->nslots * sizeof(*t->slots));
		free(t);
	}
}

struct lexicon *lexicon_new(void)
{
	static atomic_uint_fast64_t numbers;
	struct lexicon *l = calloc(1, sizeof(*l));

	if (!l)
		return NULL;
	atomic_init(&l->references, 1);
	atomic_init(&l->forms, table_new(FIRST_SLOTS));
	l->terms = table_new(FIRST_SLOTS);
	l->number = atomic_fetch_add(&numbers, 1) + 1;
	pthread_mutex_init(&l->mutex, NULL);
	if (atomic_load(&l->forms) && l->terms)
		return l;
	lexicon_drop(l);
	return NULL;
}

struct lexicon *lexicon_keep(struct lexicon *l)
{
	atomic_fetch_add(&l->references, 1);
	return l;
}

void lexicon_drop(struct lexicon *l)
{
	if (!l || atomic_fetch_sub(&l->references, 1) != 1)
		return;
	table_free(atomic_load(&l->forms));
	table_free(l->terms);
	arena_release(&l->arena);
	pthread_mutex_destroy(&l->mutex);
	free(l);
}

uint64_t lexicon_number(const struct lexicon *l)
{
	return l->number;
}

/* A text that is made to collide slows down its own ingest, and by no more than a
 * lexicon is long. */
uint64_t lexicon_hash(const char *form, size_t len)
{
	return short_hash(form, len);
}

static void put_slot(struct table *t, uint64_t hash, void *entry)
{
	size_t at = hash & (t->nslots - 1);

	while (atomic_load_explicit(&t->slots[at].entry, memory_order_relaxed))
		at = (at + 1) & (t->nslots - 1);
	atomic_store_explicit(&t->slots[at].hash, hash, memory_order_relaxed);
	atomic_store_explicit(&t->slots[at].entry, entry, memory_order_release);
	t->n++;
}

/* ${t}, or one with its entries and more room: a quarter of the slots stays free, so
 * that a probe is short. */
static struct table *with_room(struct table *t)
{
	struct table *larger;
	size_t i;

	if (t->n < t->nslots - t->nslots / 4)
		return t;
	larger = table_new(t->nslots * 2);
	if (!larger)
		return NULL;
	for (i = 0; i < t->nslots; i++) {
		void *entry =
			atomic_load_explicit(&t->slots[i].entry, memory_order_relaxed);

		if (entry)
			put_slot(larger, atomic_load(&t->slots[i].hash), entry);
	}
	larger->older = t;
	return larger;
}

static bool is_term(const struct lexicon_term *term, const char *text, size_t len)
{
	return term->len == len && short_same(term->text, text, len);
}

/* The form that stands for ${term}, or whose stem is its term where that is NULL: a
 * form may stand for two terms, beside US and it. */
static struct lexicon_form *find_form(const struct lexicon *l, uint64_t hash,
				      const char *text, size_t len, const char *term,
				      size_t termlen)
{
	const struct table *t = atomic_load_explicit(&l->forms, memory_order_acquire);
	size_t at = hash & (t->nslots - 1);
	struct lexicon_form *form;

	for (;; at = (at + 1) & (t->nslots - 1)) {
		form = atomic_load_explicit(&t->slots[at].entry, memory_order_acquire);
		if (!form)
			return NULL;
		if (atomic_load_explicit(&t->slots[at].hash, memory_order_relaxed) !=
			    hash ||
		    form->len != len || !short_same(form->text, text, len))
			continue;
		if (term ? is_term(form->term, term, termlen)
			 : atomic_load_explicit(&form->stemmed, memory_order_relaxed))
			return form;
	}
}

/* The term ${len} bytes of ${text}; an arena_dup() of it ends with a NUL. */
static const struct lexicon_term *get_term(struct lexicon *l, const char *text,
					   size_t len)
{
	uint64_t hash = hash64(text, len);
	struct table *t = with_room(l->terms);
	struct lexicon_term *term;
	size_t at;

	if (!t)
		return NULL;
	if (t != l->terms) {
		table_free(l->terms);
		t->older = NULL;
		l->terms = t;
	}
	at = hash & (t->nslots - 1);
	while ((term = atomic_load_explicit(&t->slots[at].entry,
					    memory_order_relaxed))) {
		if (term->hash == hash && is_term(term, text, len))
			return term;
		at = (at + 1) & (t->nslots - 1);
	}
	term = arena_alloc(&l->arena, sizeof(*term));
	if (!term || !(term->text = arena_dup(&l->arena, text, len)))
		return NULL;
	term->len = (uint32_t)len;
	term->id = (uint32_t)t->n;
	term->hash = hash;
	term->sketch = sketch_hash(text, len);
	put_slot(t, hash, term);
	return term;
}

static struct lexicon_form *add_form(struct lexicon *l, uint64_t hash, const char *text,
				     size_t len, const char *term, size_t termlen)
{
	struct table *t = with_room(atomic_load(&l->forms));
	struct lexicon_form *form;

	if (!t)
		return NULL;
	atomic_store_explicit(&l->forms, t, memory_order_release);
	form = arena_alloc(&l->arena, sizeof(*form) + len + 1);
	if (!form || !(form->term = get_term(l, term, termlen)))
		return NULL;
	form->term_text = form->term->text;
	form->term_len = (uint16_t)form->term->len;
	form->term_id = form->term->id;
	form->sketch = form->term->sketch;
	memcpy(form->text, text, len);
	form->len = (uint16_t)len;
	form->id = (uint32_t)t->n;
	put_slot(t, hash, form);
	atomic_fetch_add(&l->nforms, 1);
	return form;
}

static struct lexicon_form *find_or_add(struct lexicon *l, uint64_t hash,
					const char *text, size_t len, const char *term,
					size_t termlen)
{
	struct lexicon_form *form = find_form(l, hash, text, len, term, termlen);

	if (form)
		return form;
	pthread_mutex_lock(&l->mutex);
	form = find_form(l, hash, text, len, term, termlen);
	if (!form)
		form = add_form(l, hash, text, len, term, termlen);
	pthread_mutex_unlock(&l->mutex);
	return form;
}

struct lexicon_form *lexicon_get(struct lexicon *l, const struct token *t)
{
	return find_or_add(l, lexicon_hash(t->form, t->formlen), t->form, t->formlen,
			   t->text, t->len);
}

void lexicon_hint(const struct lexicon *l, uint64_t hash)
{
	const struct table *t = atomic_load_explicit(&l->forms, memory_order_acquire);

	prefetch(&t->slots[hash & (t->nslots - 1)]);
}

void lexicon_hint_form(const struct lexicon *l, uint64_t hash)
{
	const struct table *t = atomic_load_explicit(&l->forms, memory_order_acquire);

	prefetch(atomic_load_explicit(&t->slots[hash & (t->nslots - 1)].entry,
				      memory_order_relaxed));
}

struct lexicon_form *lexicon_stem(struct lexicon *l, struct stemmer *stemmer,
				  uint64_t hash, const char *text, size_t len)
{
	struct lexicon_form *form = find_form(l, hash, text, len, NULL, 0);
	const char *stem;
	size_t stemlen;

	if (form || stemmer_stem(&stem, &stemlen, stemmer, text, len))
		return form;
	form = find_or_add(l, hash, text, len, stem, stemlen);
	if (form)
		atomic_store_explicit(&form->stemmed, true, memory_order_relaxed);
	return form;
}

void lexicons_init(struct lexicons *l)
{
	pthread_mutex_init(&l->mutex, NULL);
	l->current = NULL;
}

void lexicons_release(struct lexicons *l)
{
	lexicon_drop(l->current);
	l->current = NULL;
	pthread_mutex_destroy(&l->mutex);
}

struct lexicon *lexicons_take(struct lexicons *l)
{
	struct lexicon *taken;

	pthread_mutex_lock(&l->mutex);
	if (l->current && atomic_load(&l->current->nforms) >= FULL) {
		lexicon_drop(l->current);
		l->current = NULL;
	}
	if (!l->current)
		l->current = lexicon_new();
	taken = l->current ? lexicon_keep(l->current) : NULL;
	pthread_mutex_unlock(&l->mutex);
	return taken;
}
