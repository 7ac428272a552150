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
	*r = (struct term_reader){ .analyzer = NULL };
}

static uint32_t word_number(struct term_reader *r, const char *text, size_t len)
{
	return r->looking ? strings_find(r->words, text, len)
			  : strings_add(r->words, text, len);
}

static int see(struct term_reader *r, const uint32_t key[TERM_KEYS])
{
	if (!mem_grow(&r->seen, &r->seen_cap, r->nseen + 1, sizeof(*r->seen)))
		return PDX_E_NOMEM;
	memcpy(r->seen[r->nseen++].key, key, sizeof(r->seen->key));
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

/* Fill *out with the word of token ${k}. */
static int read_word(struct term_word *out, struct term_reader *r,
		     const struct token *k)
{
	const char *written = r->piece + k->start;
	size_t len = without_possessive(written, k->end - k->start);

	*out = (struct term_word){ TERM_NO_WORD, TERM_NO_WORD, k->start,
				   k->end,       k->pos,       k->span };
	if (k->flags & TOKEN_BREAK || len > WORD_MAX || k->len > WORD_MAX ||
	    !is_word(k) || stopword_is(r->language, k->form, k->formlen))
		return PDX_OK;
	out->stem = word_number(r, k->text, k->len);
	out->form = word_number(r, written, len);
	if (r->looking) /* the stem alone decides */
		return PDX_OK;
	return out->stem == STRINGS_NONE || out->form == STRINGS_NONE ? PDX_E_NOMEM
								      : PDX_OK;
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

/* Of the forms of a term the one that was known first stands for the text. */
static int by_stems(const void *a, const void *b)
{
	const struct term_seen *x = a, *y = b;

	for (size_t i = 0; i < TERM_KEYS; i++)
		if (x->key[i] != y->key[i])
			return x->key[i] < y->key[i] ? -1 : 1;
	return 0;
}

/* Each term of the text once, in order. */
void term_reader_unique(struct term_reader *r)
{
	size_t n = 0;

	if (r->nseen > 1)
		qsort(r->seen, r->nseen, sizeof(*r->seen), by_stems);
	for (size_t i = 0; i < r->nseen; i++) {
		const uint32_t *key = r->seen[i].key;

		if (n && key[0] == r->seen[n - 1].key[0] &&
		    key[1] == r->seen[n - 1].key[1])
			continue;
		r->seen[n++] = r->seen[i];
	}
	r->nseen = n;
}
