/*
 * Reading terms.  The analyzer gives parts and joined forms; here it is decided which
 * of them are words to be counted, and which words are a phrase.
 */
#include "report/term_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/stopwords.h"

#define WORD_MAX 64 /* bytes; longer ones are addresses and encoded data */
#define FIRST_SLOTS 256
#define UNKNOWN (TERM_NO_WORD - 1) /* no number either: strings_add() ends before */

int term_reader_init(struct term_reader *r, const char *language, struct strings *words,
		     struct pdx_err *err)
{
	int rc;

	*r = (struct term_reader){ .words = words };
	rc = analyzer_new(&r->analyzer, language, err);
	if (!rc)
		r->language = analyzer_language(r->analyzer);
	return rc;
}

void term_reader_release(struct term_reader *r)
{
	analyzer_free(r->analyzer);
	free(r->seen);
	free(r->slots);
	free(r->stems[0]);
	free(r->stems[1]);
	*r = (struct term_reader){ .analyzer = NULL };
}

void term_reader_forget(struct term_reader *r)
{
	for (size_t i = 0; i < 2; i++)
		for (size_t j = 0; j < r->stems_cap[i]; j++)
			r->stems[i][j] = UNKNOWN;
}

/* The slot of the term with the stems of ${key}; there is a free one. */
static uint32_t *find_slot(const struct term_reader *r, const uint32_t *key)
{
	uint64_t stems = (uint64_t)key[TERM_STEM] << 32 | key[TERM_STEM_2];
	size_t mask = r->nslots - 1;
	/* Fibonacci hashing: the high bits of a product have all of the key in them. */
	size_t i = (size_t)(stems * 11400714819323198485u >> 32) & mask;

	for (; r->slots[i]; i = (i + 1) & mask) {
		const uint32_t *seen = r->seen[r->slots[i] - 1].key;

		if (seen[TERM_STEM] == key[TERM_STEM] &&
		    seen[TERM_STEM_2] == key[TERM_STEM_2])
			break;
	}
	return &r->slots[i];
}

/* The last first: what was put in its way stands there until it is gone. */
void term_reader_begin(struct term_reader *r)
{
	while (r->nseen > 0) {
		*find_slot(r, r->seen[r->nseen - 1].key) = 0;
		r->nseen--;
	}
}

static bool grow_slots(struct term_reader *r)
{
	size_t n = r->nslots ? r->nslots * 2 : FIRST_SLOTS;
	uint32_t *slots = calloc(n, sizeof(*slots));

	if (!slots)
		return false;
	free(r->slots);
	r->slots = slots;
	r->nslots = n;
	for (size_t i = 0; i < r->nseen; i++)
		*find_slot(r, r->seen[i].key) = (uint32_t)i + 1;
	return true;
}

/* A term was read; it counts once. */
static int see(struct term_reader *r, const uint32_t key[TERM_KEYS])
{
	uint32_t *slot;

	if (!mem_grow(&r->seen, &r->seen_cap, r->nseen + 1, sizeof(*r->seen)) ||
	    (r->nseen >= r->nslots / 2 && !grow_slots(r)))
		return PDX_E_NOMEM;
	slot = find_slot(r, key);
	if (*slot)
		return PDX_OK;
	memcpy(r->seen[r->nseen++].key, key, sizeof(r->seen->key));
	*slot = (uint32_t)r->nseen;
	return PDX_OK;
}

/* Whether the words at ${a} and ${b} of the piece can be a phrase. */
static bool side_by_side(const char *piece, const struct term_word *a,
			 const struct term_word *b)
{
	size_t newlines = 0;

	if (a->stem == TERM_NO_WORD || b->stem == TERM_NO_WORD ||
	    a->pos + a->span != b->pos || b->start < a->end)
		return false;
	for (size_t i = a->end; i < b->start; i++) {
		if (!strchr(" \t\n-", piece[i]))
			return false;
		newlines += piece[i] == '\n';
	}
	return newlines < 2;
}

/* The word in r->now is complete: count it, and the phrase that it ends. */
static int take_word(struct term_reader *r)
{
	const struct term_word *a = &r->last, *b = &r->now;
	int rc = PDX_OK;

	if (!r->has_now)
		return PDX_OK;
	if (b->stem != TERM_NO_WORD) {
		uint32_t word[TERM_KEYS] = { b->stem, TERM_NO_WORD, b->form,
					     TERM_NO_WORD };

		rc = see(r, word);
	}
	if (!rc && r->has_last && side_by_side(r->piece, a, b)) {
		uint32_t phrase[TERM_KEYS] = { a->stem, b->stem, a->form, b->form };

		rc = see(r, phrase);
	}
	r->last = r->now;
	r->has_last = true;
	r->has_now = false;
	return rc;
}

/* Whether the term is a name or a word, and no number or letter. */
static bool is_word(const struct token *k)
{
	size_t letters = 0;

	for (size_t i = 0; i < k->len; i++) {
		unsigned char c = (unsigned char)k->text[i];

		letters += c >= 0x80 || (c >= 'a' && c <= 'z');
	}
	return letters > 0 && k->len > 1;
}

/* Length of the written form without the 's of a possessive. */
static size_t without_possessive(const char *s, size_t len)
{
	static const char *const endings[] = { "'s", "\xE2\x80\x99s" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i]);

		if (len > n && memcmp(s + len - n, endings[i], n) == 0)
			return len - n;
	}
	return len;
}

/* The stem of token ${k} as a number; TERM_NO_WORD where it does not count. */
static bool find_stem(uint32_t *stem, struct term_reader *r, const struct token *k)
{
	*stem = TERM_NO_WORD;
	if (k->len > WORD_MAX || stopword_is(r->language, k->form, k->formlen))
		return true;
	*stem = strings_add(r->words, k->text, k->len);
	return *stem != STRINGS_NONE;
}

/* Likewise by what was found for the written ${form} before. */
static bool know_stem(uint32_t *stem, struct term_reader *r, const struct token *k,
		      uint32_t form)
{
	size_t which = k->flags & TOKEN_JOINED ? 1 : 0, before = r->stems_cap[which];

	if (!mem_grow(&r->stems[which], &r->stems_cap[which], (size_t)form + 1,
		      sizeof(*r->stems[which])))
		return false;
	for (; before < r->stems_cap[which]; before++)
		r->stems[which][before] = UNKNOWN;
	if (r->stems[which][form] == UNKNOWN &&
	    !find_stem(&r->stems[which][form], r, k))
		return false;
	*stem = r->stems[which][form];
	return true;
}

/* Fill *out with the word of token ${k}. */
static int read_word(struct term_word *out, struct term_reader *r,
		     const struct token *k)
{
	const char *written = r->piece + k->start;
	size_t len = without_possessive(written, k->end - k->start);

	*out = (struct term_word){ TERM_NO_WORD, TERM_NO_WORD, k->start,
				   k->end,       k->pos,       k->span };
	if (k->flags & TOKEN_BREAK || len > WORD_MAX || !is_word(k))
		return PDX_OK;
	if (r->looking) { /* the stem alone decides, and that it is known */
		if (!stopword_is(r->language, k->form, k->formlen))
			out->stem = strings_find(r->words, k->text, k->len);
		return PDX_OK;
	}
	out->form = strings_add(r->words, written, len);
	if (out->form == STRINGS_NONE || !know_stem(&out->stem, r, k, out->form))
		return PDX_E_NOMEM;
	return PDX_OK;
}

static bool has_apostrophe(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] == '\'' ||
		    (len - i >= 3 && memcmp(s + i, "\xE2\x80\x99", 3) == 0))
			return true;
	return false;
}

/*
 * Whether the joined form stands for its ${span} parts: in GPT-4o, node.js and e-mail
 * it does; of open-source the parts are words, which stand beside each other elsewhere
 * too, and beside don't stands dont, which nobody writes.
 */
static bool joined_counts(const char *written, size_t len, uint32_t span)
{
	size_t part = 0;

	if (has_apostrophe(written, len))
		return false;
	for (size_t i = 0; i < len && span > 1; i++) {
		unsigned char c = (unsigned char)written[i] | 0x20;

		if (written[i] == '-' || written[i] == '/') {
			if (part < 2)
				return true;
			part = 0;
		} else if (c < 0x80 && !(c >= 'a' && c <= 'z')) {
			return true;
		} else {
			part++;
		}
	}
	return part < 2;
}

static int on_token(void *ctx, const struct token *k)
{
	struct term_reader *r = ctx;
	bool joined = k->flags & TOKEN_JOINED;
	int rc;

	if (joined && r->has_now && k->pos == r->now.pos) {
		if (!joined_counts(r->piece + k->start, k->end - k->start, k->span))
			return PDX_OK;
		return read_word(&r->now, r, k);
	}
	if (joined || (r->has_now && k->pos < r->now.pos + r->now.span))
		return PDX_OK; /* a part of what is counted as one */
	rc = take_word(r);
	if (!rc)
		rc = read_word(&r->now, r, k);
	r->has_now = true;
	return rc;
}

int term_reader_piece(struct term_reader *r, const char *piece)
{
	int rc;

	r->piece = piece;
	r->has_last = r->has_now = false;
	rc = analyzer_run(r->analyzer, piece, strlen(piece), on_token, r);
	return rc ? rc : take_word(r);
}
