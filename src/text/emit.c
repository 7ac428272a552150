/*
 * What a word comes to in tokens.  Reads the text itself only around capitals and for
 * the last dot of an acronym; where words begin and end is not its business.
 */
#include "text/emit.h"

#include <string.h>

#include "text/joined.h"

/* How far to look for what tells capitals from a text that is all capitals. */
#define AROUND 32

int emit_alone(struct emitter *e, struct token *t)
{
	t->pos = e->pos++;
	t->span = 1;
	return e->emit(e->ctx, t);
}

/* A written form, its own term, beside the word at the current position. */
static int emit_beside(struct emitter *e, const char *form, size_t len, size_t start,
		       size_t end)
{
	struct token t = { .text = form,
			   .len = len,
			   .form = form,
			   .formlen = len,
			   .start = start,
			   .end = end,
			   .pos = e->pos,
			   .span = 1,
			   .flags = TOKEN_JOINED };

	return e->emit(e->ctx, &t);
}

size_t emit_without_possessive(const char *form, size_t len)
{
	return len > 2 && memcmp(form + len - 2, "'s", 2) == 0 ? len - 2 : len;
}

static size_t drop_apostrophes(char *out, const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] != '\'')
			out[n++] = s[i];
	}
	return n;
}

/* "we'll" and "we're" without the apostrophe would be other words. */
static bool is_contraction(const char *s, size_t len)
{
	static const char *const endings[] = { "'ll", "'re", "'ve", "'d", "'m" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t n = strlen(endings[i]);

		if (len > n && memcmp(s + len - n, endings[i], n) == 0)
			return true;
	}
	return false;
}

/* Beside "don't" stands "dont", beside "O'Reilly's" "oreilly". */
static int emit_without_apostrophe(struct emitter *e, const struct part *p)
{
	char form[TOKEN_MAX];
	struct token t = { .text = form,
			   .form = form,
			   .start = p->start,
			   .end = p->end,
			   .pos = e->pos,
			   .span = 1,
			   .flags = TOKEN_JOINED };
	size_t len = emit_without_possessive(p->form, p->len);
	int rc = PDX_OK;

	if (!memchr(p->form, '\'', len) || is_contraction(p->form, len))
		return PDX_OK;
	t.len = t.formlen = drop_apostrophes(form, p->form, len);
	if (!p->digits)
		rc = stemmer_stem(&t.text, &t.len, e->stemmer, form, t.formlen);
	return rc ? rc : e->emit(e->ctx, &t);
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/*
 * Whether the capitals at [start, end) mean something: a small letter is near, or no
 * letter at all, as in a query.
 */
static bool capitals_count(const struct emitter *e, size_t start, size_t end)
{
	size_t first = start > AROUND ? start - AROUND : 0;
	size_t last = e->len - end > AROUND ? end + AROUND : e->len;
	bool capitals = false;

	for (size_t i = start; i > first && e->text[i - 1] != ANALYZER_BREAK[0]; i--) {
		if (is_lower(e->text[i - 1]))
			return true;
		capitals = capitals || is_upper(e->text[i - 1]);
	}
	for (size_t i = end; i < last && e->text[i] != ANALYZER_BREAK[0]; i++) {
		if (is_lower(e->text[i]))
			return true;
		capitals = capitals || is_upper(e->text[i]);
	}
	return !capitals;
}

/* The written forms that stand beside a part. */
static int emit_special(struct emitter *e, const struct part *p)
{
	char form[TOKEN_MAX + 2];
	size_t len = p->len;

	switch (p->special) {
	case PART_PLUS:
		if (len + 2 > TOKEN_MAX)
			break;
		memcpy(form, p->form, len);
		memcpy(form + len, "++", 2);
		return emit_beside(e, form, len + 2, p->start, p->special_end);
	case PART_DOT:
		len = emit_without_possessive(p->form, len);
		form[0] = '.';
		memcpy(form + 1, p->form, len);
		return emit_beside(e, form, len + 1, p->start - 1, p->end);
	case PART_CAPITALS:
		if (!capitals_count(e, p->start, p->end))
			break;
		form[0] = p->form[0];
		form[2] = p->form[1];
		form[1] = form[3] = '.';
		return emit_beside(e, form, 4, p->start, p->end);
	case PART_PLAIN:
	case PART_SIGN:
		break;
	}
	return PDX_OK;
}

static int emit_part(struct emitter *e, const struct part *p)
{
	struct token t = { .text = p->form,
			   .len = p->len,
			   .form = p->form,
			   .formlen = p->len,
			   .start = p->start,
			   .end = p->end,
			   .pos = e->pos,
			   .span = 1 };
	int rc = PDX_OK;

	if (p->digits)
		t.len = emit_without_possessive(p->form, p->len);
	else if (p->special != PART_SIGN)
		rc = stemmer_stem(&t.text, &t.len, e->stemmer, p->form, p->len);
	if (rc == 0)
		rc = e->emit(e->ctx, &t);
	if (rc == 0 && p->apostrophe)
		rc = emit_without_apostrophe(e, p);
	return rc ? rc : emit_special(e, p);
}

static int emit_joined(struct emitter *e, const struct part *parts, size_t n,
		       struct splitter *s)
{
	struct joined j;
	const struct part *last = &parts[n - 1];
	struct token t = { .start = parts[0].start,
			   .pos = e->pos,
			   .span = (uint32_t)n,
			   .flags = TOKEN_JOINED };
	char text[TOKEN_MAX];

	if (!joined_build(&j, parts, n))
		return PDX_OK;
	t.form = t.text = j.form;
	t.formlen = j.len;
	t.end = last->special == PART_PLUS ? last->special_end : last->end;
	if (j.acronym && last->end == s->at && s->at < s->len && s->text[s->at] == '.')
		t.end = ++s->at;
	if (j.stemmed) {
		int rc = stemmer_stem(&t.text, &t.len, e->stemmer, j.form, j.len);

		if (rc)
			return rc;
		t.len = drop_apostrophes(text, t.text, t.len);
		t.text = text;
	} else {
		t.len = emit_without_possessive(j.form, j.len);
	}
	return e->emit(e->ctx, &t);
}

/* All parts of a word, which may have joined forms. */
static int emit_compounds(struct emitter *e, const struct part *parts, size_t n,
			  struct splitter *s)
{
	size_t end = 0;

	for (size_t i = 0; i < n; i++, e->pos++) {
		size_t begin = i, number = joined_number_end(parts, n, i) - i;
		int rc = emit_part(e, &parts[i]);

		if (rc == 0 && i == end) {
			end = joined_end(parts, n, i);
			if (end - begin > 1)
				rc = emit_joined(e, &parts[i], end - begin, s);
			if (end - begin == number)
				number = 0; /* the compound is the number */
		}
		if (rc == 0 && number > 1)
			rc = emit_joined(e, &parts[i], number, s);
		if (rc)
			return rc;
	}
	return PDX_OK;
}

/* More parts than a compound has: each for itself. */
static int emit_many(struct emitter *e, struct part *parts, size_t n,
		     struct splitter *s)
{
	int rc = PDX_OK;

	for (size_t i = 0; i < n && rc == 0; i++, e->pos++)
		rc = emit_part(e, &parts[i]);
	for (; s->more && rc == 0; e->pos++) {
		splitter_next(&parts[0], s);
		rc = emit_part(e, &parts[0]);
	}
	return rc;
}

int emit_word(struct emitter *e, struct part *parts, size_t n, struct splitter *s)
{
	return s->more ? emit_many(e, parts, n, s) : emit_compounds(e, parts, n, s);
}
