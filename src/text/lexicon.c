/* A table of forms and one of terms, in an arena.  Knows strings; no texts, no index. */
#include "text/lexicon.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "text/sketch.h"

enum {
	/* A young archive has 200,000 forms in 10,000 articles: with fewer than this a
	 * thread would learn them over and over.  Some 20 MB when full. */
	FULL = 160000,
	FIRST_SLOTS = 4096
};

struct slot {
	uint64_t hash;
	void *entry; /* NULL: free */
};

struct table {
	struct slot *slots; /* open addressing, size a power of 2 */
	size_t nslots, n;
};

struct lexicon {
	atomic_uint references;
	uint64_t number;
	struct arena arena;
	struct table forms, terms;
};

struct lexicon *lexicon_new(void)
{
	static atomic_uint_fast64_t numbers;
	struct lexicon *l = calloc(1, sizeof(*l));

	if (!l)
		return NULL;
	atomic_init(&l->references, 1);
	l->number = atomic_fetch_add(&numbers, 1) + 1;
	return l;
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
	free(l->forms.slots);
	free(l->terms.slots);
	arena_release(&l->arena);
	free(l);
}

uint64_t lexicon_number(const struct lexicon *l)
{
	return l->number;
}

bool lexicon_is_full(const struct lexicon *l)
{
	return l->forms.n >= FULL;
}

static uint64_t load(const char *s, size_t n)
{
	uint64_t v = 0;

	memcpy(&v, s, n);
	return v;
}

/*
 * By whole words of the machine, the last of them overlapping.  A text that is made to
 * collide slows down its own thread alone, and by no more than a lexicon is long.
 */
static uint64_t hash_form(const char *s, size_t len)
{
	static const uint64_t k = UINT64_C(0x9E3779B97F4A7C15);
	uint64_t h = len * k, tail;
	size_t i;

	if (len >= 8) {
		for (i = 0; i + 8 < len; i += 8) {
			h = (h ^ load(s + i, 8)) * k;
			h ^= h >> 32;
		}
		tail = load(s + len - 8, 8);
	} else if (len >= 4) {
		tail = load(s, 4) << 32 | load(s + len - 4, 4);
	} else {
		tail = load(s, len);
	}
	h = (h ^ tail) * k;
	return h ^ h >> 32;
}

/* Half of the slots stay free: a probe is short. */
static bool grow(struct table *t)
{
	size_t nslots = t->nslots ? t->nslots * 2 : FIRST_SLOTS, i, at;
	struct slot *slots;

	if (t->n * 2 < t->nslots)
		return true;
	slots = calloc(nslots, sizeof(*slots));
	if (!slots)
		return false;
	for (i = 0; i < t->nslots; i++) {
		if (!t->slots[i].entry)
			continue;
		at = t->slots[i].hash & (nslots - 1);
		while (slots[at].entry)
			at = (at + 1) & (nslots - 1);
		slots[at] = t->slots[i];
	}
	free(t->slots);
	t->slots = slots;
	t->nslots = nslots;
	return true;
}

static bool is_term(const struct lexicon_term *term, const char *text, size_t len)
{
	return term->len == len && memcmp(term->text, text, len) == 0;
}

/* The term ${len} bytes of ${text}; an arena_dup() of it ends with a NUL. */
static const struct lexicon_term *get_term(struct lexicon *l, const char *text,
					   size_t len)
{
	uint64_t hash = hash64(text, len);
	struct lexicon_term *term;
	size_t at;

	if (!grow(&l->terms))
		return NULL;
	at = hash & (l->terms.nslots - 1);
	for (; l->terms.slots[at].entry; at = (at + 1) & (l->terms.nslots - 1)) {
		term = l->terms.slots[at].entry;
		if (term->hash == hash && is_term(term, text, len))
			return term;
	}
	term = arena_alloc(&l->arena, sizeof(*term));
	if (!term || !(term->text = arena_dup(&l->arena, text, len)))
		return NULL;
	term->len = (uint32_t)len;
	term->id = (uint32_t)l->terms.n++;
	term->hash = hash;
	term->sketch = sketch_hash(text, len);
	l->terms.slots[at] = (struct slot){ hash, term };
	return term;
}

static struct lexicon_form *add_form(struct lexicon *l, struct slot *slot,
				     uint64_t hash, const struct token *t)
{
	struct lexicon_form *form = arena_alloc(&l->arena, sizeof(*form));

	if (!form)
		return NULL;
	form->term = get_term(l, t->text, t->len);
	form->text = form->term && form->term->len == t->formlen &&
				     memcmp(form->term->text, t->form, t->formlen) == 0
			     ? form->term->text
			     : arena_dup(&l->arena, t->form, t->formlen);
	if (!form->term || !form->text)
		return NULL;
	form->len = (uint32_t)t->formlen;
	*slot = (struct slot){ hash, form };
	l->forms.n++;
	return form;
}

struct lexicon_form *lexicon_get(struct lexicon *l, const struct token *t)
{
	uint64_t hash = hash_form(t->form, t->formlen);
	struct lexicon_form *form;
	size_t at;

	if (!grow(&l->forms))
		return NULL;
	at = hash & (l->forms.nslots - 1);
	for (; l->forms.slots[at].entry; at = (at + 1) & (l->forms.nslots - 1)) {
		form = l->forms.slots[at].entry;
		/* A form may stand for two terms: beside US and it.  They are two. */
		if (l->forms.slots[at].hash == hash && form->len == t->formlen &&
		    memcmp(form->text, t->form, t->formlen) == 0 &&
		    is_term(form->term, t->text, t->len))
			return form;
	}
	return add_form(l, &l->forms.slots[at], hash, t);
}
