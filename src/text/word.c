/*
 * Splitting a word: bounds, joiners, and the signs that belong to a name (C++, C#).
 * Folds what it reads; knows no stems, positions or joined forms.
 */
#include "text/word.h"

#include <string.h>

#include "base/utf8.h"

/* Names have a few; a hexadecimal string of 20 digits has that many, and its pieces
 * would be noise. */
#define BOUNDARIES_MAX 8

void splitter_init(struct splitter *s, const char *text, size_t len, size_t at,
		   bool apostrophe_ends)
{
	s->text = text;
	s->len = len;
	s->apostrophe_ends = apostrophe_ends;
	s->at = at;
	s->more = true;
	s->joiner = 0;
	s->split = s->counted = s->whole = false;
	s->fold.n = 0;
}

static void add_bytes(struct part *p, const char *bytes, size_t len)
{
	size_t room = TOKEN_MAX - p->len;

	if (p->full)
		return;
	if (len > room) {
		len = utf8_cut(bytes, len, room);
		p->full = true;
	}
	memcpy(p->form + p->len, bytes, len);
	p->len += len;
}

static void flush(struct part *p, struct splitter *s)
{
	char bytes[FOLD_BYTES];

	if (s->fold.n > 0)
		add_bytes(p, bytes, fold_flush(bytes, &s->fold));
}

static void add_character(struct part *p, struct splitter *s, const struct character *c)
{
	if (c->kind != CHAR_MARK)
		flush(p, s);
	if (c->cp < 0x80)
		add_bytes(p, (const char *)&byte_fold[c->cp], 1);
	else
		fold_add(&s->fold, c->cp, true);
	s->at += c->len;
	p->end = s->at;
}

static void add_alnum(struct part *p, struct splitter *s, const struct character *c)
{
	if (p->count == 0)
		p->digit_first = c->kind == CHAR_DIGIT;
	if (c->kind == CHAR_DIGIT)
		p->digits = true;
	else
		p->letters = true;
	p->last = c->kind;
	p->count++;
	add_character(p, s, c);
}

static size_t skip_ignored(const struct splitter *s, size_t at)
{
	while (at < s->len) {
		struct character c = char_at(s->text + at, s->len - at);

		if (c.kind != CHAR_IGNORED)
			break;
		at += c.len;
	}
	return at;
}

static bool alnum_at(const struct splitter *s, size_t at)
{
	return at < s->len && char_is_alnum(char_at(s->text + at, s->len - at).kind);
}

/* How often a digit follows a letter from here, where one does, to the next joiner. */
static unsigned count_boundaries(const struct splitter *s)
{
	enum char_kind last = CHAR_LETTER;
	unsigned n = 0;

	for (size_t at = s->at; at < s->len && n <= BOUNDARIES_MAX;) {
		struct character c = char_at(s->text + at, s->len - at);

		at += c.len;
		if (c.kind == CHAR_MARK || c.kind == CHAR_IGNORED)
			continue;
		if (!char_is_alnum(c.kind))
			break;
		if (c.kind == CHAR_DIGIT && last == CHAR_LETTER)
			n++;
		last = c.kind;
	}
	return n;
}

static bool splits_here(struct splitter *s)
{
	if (!s->counted) {
		s->counted = true;
		s->whole = count_boundaries(s) > BOUNDARIES_MAX;
	}
	return !s->whole;
}

/* "C++", "C++20", "notepad++": ${next} is the second sign, and ends the word. */
static bool is_plus_plus(const struct part *p, const struct splitter *s, size_t next)
{
	return p->last == CHAR_LETTER && next < s->len &&
	       char_at(s->text + next, s->len - next).joiner == '+';
}

static void end_plus_plus(struct part *p, struct splitter *s, size_t next)
{
	next += char_at(s->text + next, s->len - next).len;
	if (p->count == 1) {
		flush(p, s);
		add_bytes(p, "++", 2);
		p->special = PART_SIGN;
		p->end = next;
	} else {
		p->special = PART_PLUS;
		p->special_end = next;
	}
	s->at = next;
}

/* "C#", "C#12", "VB#", but not "PR#12". */
static bool is_sharp(const struct part *p, const struct splitter *s, size_t next)
{
	return !p->digits && !p->apostrophe &&
	       (p->count == 1 || (p->count == 2 && !alnum_at(s, next)));
}

static void end_sharp(struct part *p, struct splitter *s, size_t next)
{
	flush(p, s);
	add_bytes(p, "#", 1);
	p->special = PART_SIGN;
	p->end = s->at = next;
}

/* True: the part goes on behind it. */
static bool take_joiner(struct part *p, struct splitter *s, const struct character *c)
{
	size_t next = s->at + c->len;

	if (c->joiner == '+' && is_plus_plus(p, s, next)) {
		end_plus_plus(p, s, next);
		return false;
	}
	if (c->joiner == '#' && is_sharp(p, s, next)) {
		end_sharp(p, s, next);
		return false;
	}
	next = skip_ignored(s, next);
	if (!alnum_at(s, next) || (c->joiner == '\'' && s->apostrophe_ends))
		return false;
	s->at = next;
	if (c->joiner != '\'') {
		s->more = true;
		s->joiner = c->joiner;
		s->counted = s->whole = false;
		return false;
	}
	flush(p, s);
	add_bytes(p, "'", 1);
	p->apostrophe = true;
	p->last = CHAR_JOINER;
	return true;
}

/*
 * The comma of 1,000,000: up to three digits before it, three behind it.  Not in
 * "H100,200" or "3.5,100", where it separates.
 */
static bool is_thousands(const struct part *p, const struct splitter *s, bool grouped)
{
	const unsigned char *u = (const unsigned char *)s->text + s->at;
	size_t left = s->len - s->at;

	if (p->letters || p->apostrophe || p->joiner == '.' || left < 4 ||
	    u[0] != ',' || (!grouped && p->count > 3))
		return false;
	for (size_t i = 1; i <= 3; i++) {
		if (byte_kind[u[i]] != BYTE_DIGIT)
			return false;
	}
	return left == 4 || byte_kind[u[4]] != BYTE_DIGIT;
}

static void begin(struct part *p, struct splitter *s)
{
	p->start = p->end = s->at;
	p->special_end = 0;
	p->joiner = s->joiner;
	p->letters = p->digits = p->digit_first = p->apostrophe = p->full = false;
	p->last = CHAR_SEPARATOR;
	p->count = p->len = 0;
	p->special = PART_PLAIN;
	s->more = false;
	s->split = false;
	s->joiner = 0;
}

/* Arabic has letters that are vowel signs without a base, of which nothing is left. */
static void end_form(struct part *p, struct splitter *s)
{
	flush(p, s);
	if (p->len == 0)
		add_bytes(p, s->text + p->start, p->end - p->start);
}

static void recognise_capitals(struct part *p, const struct splitter *s)
{
	const char *raw = s->text + p->start;

	if (p->special == PART_PLAIN && p->end - p->start == 2 &&
	    (memcmp(raw, "US", 2) == 0 || memcmp(raw, "IT", 2) == 0))
		p->special = PART_CAPITALS;
}

void splitter_next(struct part *p, struct splitter *s)
{
	bool split = s->split, grouped = false;

	begin(p, s);
	while (s->at < s->len) {
		struct character c = char_at(s->text + s->at, s->len - s->at);

		if (char_is_alnum(c.kind)) {
			if (c.kind == CHAR_DIGIT && p->last == CHAR_LETTER &&
			    splits_here(s)) {
				s->more = s->split = true;
				break;
			}
			add_alnum(p, s, &c);
		} else if (c.kind == CHAR_MARK) {
			add_character(p, s, &c);
		} else if (c.kind == CHAR_IGNORED) {
			s->at += c.len;
		} else if (c.kind == CHAR_JOINER) {
			if (!take_joiner(p, s, &c))
				break;
		} else if (!split && is_thousands(p, s, grouped)) {
			grouped = true;
			s->at++;
		} else {
			break;
		}
	}
	end_form(p, s);
	recognise_capitals(p, s);
}

void splitter_single(struct part *p, struct splitter *s)
{
	bool first = true;

	begin(p, s);
	while (s->at < s->len) {
		struct character c = char_at(s->text + s->at, s->len - s->at);

		if (first || c.kind == CHAR_MARK)
			add_character(p, s, &c);
		else if (c.kind == CHAR_IGNORED)
			s->at += c.len;
		else
			break;
		first = false;
	}
	end_form(p, s);
}

size_t word_skip_possessive(const char *text, size_t len, size_t at)
{
	struct character mark;
	size_t next;

	if (at >= len)
		return at;
	mark = char_at(text + at, len - at);
	next = at + mark.len;
	if (mark.joiner != '\'' || next >= len ||
	    (text[next] != 's' && text[next] != 'S'))
		return at;
	next++;
	if (next < len) {
		struct character c = char_at(text + next, len - next);

		/* Anything that would go on with the word makes it another one. */
		if (char_is_alnum(c.kind) || c.kind == CHAR_MARK ||
		    c.kind == CHAR_IGNORED)
			return at;
	}
	return next;
}
