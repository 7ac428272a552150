/*
 * The analyzer: walks a text, takes the short way with plain ASCII words and gives the
 * others to the splitter and the emitter.  Knows nothing of who uses the tokens.
 */
#include "text/analyze.h"

#include <stdlib.h>
#include <string.h>

#include "text/chars.h"
#include "text/emit.h"
#include "text/joined.h"
#include "text/stem.h"
#include "text/word.h"

/* Longer words take the long way. */
#define SIMPLE_MAX 32

/* ".NET" and ".env" are names; what is longer lost the space before it. */
#define DOT_MIN 2
#define DOT_MAX 8

struct analyzer {
	struct stemmer *stemmer;
	bool apostrophe_ends;
	struct part parts[JOINED_PARTS];
};

/* One analysis. */
struct walk {
	struct analyzer *a;
	const char *text;
	size_t len, at;
	struct emitter e;
};

static const unsigned char *bytes_at(const struct walk *w, size_t at)
{
	return (const unsigned char *)w->text + at;
}

/* ---- the long way --------------------------------------------------------- */

/* A dot before the word belongs to it: ".NET", ".env". */
static void recognise_dot(struct part *p, const struct splitter *s)
{
	size_t letters = p->count;

	if (p->apostrophe) {
		size_t len = emit_without_possessive(p->form, p->len);

		if (len == p->len || memchr(p->form, '\'', len))
			return;
		letters--;
	}
	if (!p->digits && letters >= DOT_MIN && letters <= DOT_MAX &&
	    p->special == PART_PLAIN && !(s->more && s->joiner == '.'))
		p->special = PART_DOT;
}

/* The word that begins at the letter or digit at ${at}. */
static int take_word(struct walk *w, size_t at, bool dot)
{
	struct part *parts = w->a->parts;
	struct splitter s;
	size_t n = 0;
	int rc;

	splitter_init(&s, w->text, w->len, at, w->a->apostrophe_ends);
	for (; s.more && n < JOINED_PARTS; n++) {
		splitter_next(&parts[n], &s);
		if (dot && n == 0)
			recognise_dot(&parts[0], &s);
	}
	rc = emit_word(&w->e, parts, n, &s);
	w->at = s.at;
	/* The 's of "C++'s" and "U.S.'s"; others were taken with their part. */
	if (!w->a->apostrophe_ends)
		w->at = word_skip_possessive(w->text, w->len, s.at);
	return rc;
}

static int take_single(struct walk *w)
{
	struct part *p = &w->a->parts[0];
	struct token t = { .text = p->form, .form = p->form, .start = w->at };
	struct splitter s;

	splitter_init(&s, w->text, w->len, w->at, false);
	splitter_single(p, &s);
	w->at = s.at;
	t.len = t.formlen = p->len;
	t.end = p->end;
	return emit_alone(&w->e, &t);
}

/* ${len} bytes that are a token as they stand. */
static int take_verbatim(struct walk *w, size_t len, unsigned flags)
{
	const char *text = w->text + w->at;
	struct token t = { .text = text,
			   .len = len,
			   .form = text,
			   .formlen = len,
			   .start = w->at,
			   .end = w->at + len,
			   .flags = flags };

	w->at += len;
	return emit_alone(&w->e, &t);
}

static int take_high(struct walk *w)
{
	struct character c = char_at(w->text + w->at, w->len - w->at);

	switch (c.kind) {
	case CHAR_LETTER:
	case CHAR_DIGIT:
		return take_word(w, w->at, false);
	case CHAR_SINGLE:
		return take_single(w);
	case CHAR_EMOJI:
		return take_verbatim(w, c.len, 0);
	case CHAR_SEPARATOR:
	case CHAR_MARK:
	case CHAR_JOINER:
	case CHAR_IGNORED:
	case CHAR_BREAK:
		break;
	}
	w->at += c.len;
	return 0;
}

/* What may stand before the dot of ".NET": space, an opening bracket or quote, "/". */
static bool opens_dotted(const struct walk *w)
{
	/* Opening quotes and the non-breaking space. */
	static const char *const wide[] = { "\xE2\x80\x9C", "\xE2\x80\x98", "\xC2\xAB",
					    "\xC2\xA0" };
	const char *before = w->text + w->at;
	unsigned char c;

	if (w->at == 0)
		return true;
	c = (unsigned char)before[-1];
	if (c < 0x80)
		return c <= ' ' || strchr("([{\"'`/", c) != NULL;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++) {
		size_t n = strlen(wide[i]);

		if (w->at >= n && memcmp(before - n, wide[i], n) == 0)
			return true;
	}
	return false;
}

static int take_joiner(struct walk *w)
{
	size_t next = w->at + 1;

	if (w->text[w->at] == '.' && next < w->len && opens_dotted(w) &&
	    char_at(w->text + next, w->len - next).kind == CHAR_LETTER)
		return take_word(w, next, true);
	w->at = next;
	return 0;
}

/* ---- the short way -------------------------------------------------------- */

/* The ASCII word that ends at ${at} is all there is of it. */
static bool ends_plainly(const struct walk *w, size_t at)
{
	const unsigned char *u = bytes_at(w, at);

	if (at == w->len || byte_kind[u[0]] <= BYTE_BREAK)
		return true;
	return byte_kind[u[0]] == BYTE_JOINER && u[0] != '+' && u[0] != '#' &&
	       (at + 1 == w->len || byte_kind[u[1]] <= BYTE_BREAK);
}

static size_t simple_max(const struct walk *w)
{
	return w->len - w->at < SIMPLE_MAX ? w->len - w->at : SIMPLE_MAX;
}

/* Most words of most texts: ASCII letters with a space or punctuation behind them. */
static int take_letters(struct walk *w)
{
	const unsigned char *u = bytes_at(w, w->at);
	size_t max = simple_max(w), n = 0;
	char form[SIMPLE_MAX];
	struct token t = { .form = form, .start = w->at };
	int rc;

	while (n < max && byte_fold[u[n]] >= 'a') {
		form[n] = (char)byte_fold[u[n]];
		n++;
	}
	if (!ends_plainly(w, w->at + n) ||
	    (n == 2 && (memcmp(u, "US", 2) == 0 || memcmp(u, "IT", 2) == 0)))
		return take_word(w, w->at, false);
	rc = stemmer_stem(&t.text, &t.len, w->a->stemmer, form, n);
	if (rc)
		return rc;
	t.formlen = n;
	t.end = w->at += n;
	return emit_alone(&w->e, &t);
}

static int take_digits(struct walk *w)
{
	const unsigned char *u = bytes_at(w, w->at);
	size_t max = simple_max(w), n = 0;

	while (n < max && byte_kind[u[n]] == BYTE_DIGIT)
		n++;
	/* A comma may belong to a number. */
	if (!ends_plainly(w, w->at + n) || (w->at + n + 1 < w->len && u[n] == ',' &&
					    byte_kind[u[n + 1]] == BYTE_DIGIT))
		return take_word(w, w->at, false);
	return take_verbatim(w, n, 0);
}

int analyzer_run(struct analyzer *a, const char *text, size_t len,
		 int (*emit)(void *ctx, const struct token *token), void *ctx)
{
	struct walk w = { .a = a, .text = text, .len = len };
	int rc = 0;

	w.e = (struct emitter){ .stemmer = a->stemmer,
				.text = text,
				.len = len,
				.emit = emit,
				.ctx = ctx };
	while (w.at < len && rc == 0) {
		switch ((enum byte_kind)byte_kind[*bytes_at(&w, w.at)]) {
		case BYTE_SEPARATOR:
			w.at++;
			break;
		case BYTE_LETTER:
			rc = take_letters(&w);
			break;
		case BYTE_DIGIT:
			rc = take_digits(&w);
			break;
		case BYTE_JOINER:
			rc = take_joiner(&w);
			break;
		case BYTE_HIGH:
			rc = take_high(&w);
			break;
		case BYTE_BREAK:
			rc = take_verbatim(&w, 1, TOKEN_BREAK);
			break;
		}
	}
	return rc;
}

/* ---- life ----------------------------------------------------------------- */

int analyzer_new(struct analyzer **out, const char *language, struct pdx_err *err)
{
	static const char *const elided[] = { "catalan", "french", "italian" };
	struct analyzer *a;
	int rc;

	*out = NULL;
	a = calloc(1, sizeof(*a));
	if (!a)
		return err_nomem(err);
	rc = stemmer_new(&a->stemmer, language, err);
	if (rc) {
		free(a);
		return rc;
	}
	for (size_t i = 0; i < sizeof(elided) / sizeof(elided[0]); i++)
		a->apostrophe_ends |= strcmp(language, elided[i]) == 0;
	*out = a;
	return PDX_OK;
}

void analyzer_free(struct analyzer *a)
{
	if (!a)
		return;
	stemmer_free(a->stemmer);
	free(a);
}

const char *analyzer_language(const struct analyzer *a)
{
	return stemmer_language(a->stemmer);
}
