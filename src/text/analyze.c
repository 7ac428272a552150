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
#include "text/lexicon.h"
#include "text/stem.h"
#include "text/word.h"

/* Longer words take the long way. */
#define SIMPLE_MAX 32

/* ".NET" and ".env" are names; what is longer lost the space before it. */
#define DOT_MIN 2
#define DOT_MAX 8

/* Plain words that wait, so that what the lexicon has of them can come from memory: a
 * look at it costs as much as a word's letters where it waits for each. */
#define AHEAD 16

struct analyzer {
	struct stemmer *stemmer;
	struct lexicon *lexicon; /* NULL: none */
	bool apostrophe_ends;
	struct part parts[JOINED_PARTS];
};

/* A plain word. */
struct plain {
	uint64_t hash; /* lexicon_hash() */
	size_t start, len;
	char form[SIMPLE_MAX];
};

/* One analysis. */
struct walk {
	struct analyzer *a;
	const bool *wanted; /* NULL: all are */
	const char *text;
	size_t len, at;
	struct emitter e;
	struct plain ahead[AHEAD]; /* come before all that is emitted otherwise */
	size_t nahead;
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

static int emit_plain(struct walk *w, const struct plain *p)
{
	struct analyzer *a = w->a;
	struct token t = { .form = p->form,
			   .formlen = p->len,
			   .start = p->start,
			   .end = p->start + p->len };
	int rc;

	if (w->wanted && !w->wanted[(unsigned char)p->form[0]]) {
		t.text = p->form;
		t.len = p->len;
		return emit_alone(&w->e, &t);
	}
	if (!a->lexicon) {
		rc = stemmer_stem(&t.text, &t.len, a->stemmer, p->form, p->len);
		return rc ? rc : emit_alone(&w->e, &t);
	}
	t.word = lexicon_stem(a->lexicon, a->stemmer, p->hash, p->form, p->len);
	if (!t.word)
		return PDX_E_NOMEM;
	t.text = t.word->term_text;
	t.len = t.word->term_len;
	return emit_alone(&w->e, &t);
}

/* The plain words that wait. */
static int emit_ahead(struct walk *w)
{
	size_t n = w->nahead, i;
	int rc = 0;

	w->nahead = 0;
	for (i = 0; i < n && w->a->lexicon; i++)
		lexicon_hint_form(w->a->lexicon, w->ahead[i].hash);
	for (i = 0; i < n && !rc; i++)
		rc = emit_plain(w, &w->ahead[i]);
	return rc;
}

/* Most words of most texts: ASCII letters with a space or punctuation behind them. */
static int take_letters(struct walk *w)
{
	const unsigned char *u = bytes_at(w, w->at);
	size_t max = simple_max(w), n = 0;
	struct plain *p = &w->ahead[w->nahead];
	int rc;

	while (n < max && byte_fold[u[n]] >= 'a') {
		p->form[n] = (char)byte_fold[u[n]];
		n++;
	}
	if (!ends_plainly(w, w->at + n) ||
	    (n == 2 && (memcmp(u, "US", 2) == 0 || memcmp(u, "IT", 2) == 0))) {
		rc = emit_ahead(w);
		return rc ? rc : take_word(w, w->at, false);
	}
	p->len = n;
	p->start = w->at;
	w->at += n;
	w->nahead++;
	if (w->a->lexicon) {
		p->hash = lexicon_hash(p->form, n);
		lexicon_hint(w->a->lexicon, p->hash);
		if (w->nahead < AHEAD)
			return 0;
	}
	return emit_ahead(w);
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

/* What is no plain word: those before it come first. */
static int take_other(struct walk *w, enum byte_kind kind)
{
	int rc = emit_ahead(w);

	if (rc)
		return rc;
	switch (kind) {
	case BYTE_DIGIT:
		return take_digits(w);
	case BYTE_JOINER:
		return take_joiner(w);
	case BYTE_HIGH:
		return take_high(w);
	case BYTE_BREAK:
		return take_verbatim(w, 1, TOKEN_BREAK);
	case BYTE_LETTER:
	case BYTE_SEPARATOR:
		break;
	}
	return 0;
}

int analyzer_run(struct analyzer *a, const char *text, size_t len,
		 int (*emit)(void *ctx, const struct token *token), void *ctx)
{
	return analyzer_run_for(a, NULL, text, len, emit, ctx);
}

int analyzer_run_for(struct analyzer *a, const bool wanted[256], const char *text,
		     size_t len, int (*emit)(void *ctx, const struct token *token),
		     void *ctx)
{
	struct walk w; /* not all of it is set: it is large */
	int rc = 0;

	w.a = a;
	w.wanted = stemmer_keeps_start(a->stemmer) ? wanted : NULL;
	w.text = text;
	w.len = len;
	w.at = w.nahead = 0;
	w.e = (struct emitter){ .stemmer = a->stemmer,
				.text = text,
				.len = len,
				.emit = emit,
				.ctx = ctx };
	while (w.at < len && rc == 0) {
		enum byte_kind kind = (enum byte_kind)byte_kind[*bytes_at(&w, w.at)];

		if (kind == BYTE_SEPARATOR)
			w.at++;
		else
			rc = kind == BYTE_LETTER ? take_letters(&w)
						 : take_other(&w, kind);
	}
	return rc ? rc : emit_ahead(&w);
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

void analyzer_use(struct analyzer *a, struct lexicon *lexicon)
{
	a->lexicon = lexicon;
}

const char *analyzer_language(const struct analyzer *a)
{
	return stemmer_language(a->stemmer);
}
