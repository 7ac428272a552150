/*
 * Reading prose: white space folded, words and sentences told by what stands around
 * their ends.  Needs no dictionary and is right often enough for a snippet.
 */
#include "text/prose.h"

#include <stdlib.h>

#include <utf8proc.h>

#include "base/utf8.h"
#include "text/chars.h"

static bool is_space(uint32_t cp)
{
	return cp <= ' ' || (cp >= 0x7F && cp <= 0xA0) || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
	       cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static void write_pending(struct prose *p)
{
	bool inside = p->text.len > 0 && !is_blank(p->text.data[p->text.len - 1]);

	if (p->pending > 0 && inside) {
		buf_putc(&p->text, p->pending > 2 ? '\n' : ' ');
		p->cps++;
	}
	p->pending = 0;
}

static bool is_graphic(char c)
{
	return c > ' ' && c < 0x7F;
}

static void fold_piece(struct prose *p, const char *s, size_t len)
{
	for (size_t i = 0; i < len;) {
		char bytes[UTF8_MAX_BYTES];
		size_t run = i;
		uint32_t cp;

		while (run < len && is_graphic(s[run]))
			run++;
		if (run > i) {
			write_pending(p);
			buf_put(&p->text, s + i, run - i);
			p->cps += run - i;
			i = run;
			continue;
		}
		i += utf8_decode(&cp, s + i, len - i);
		if (is_space(cp)) {
			if (p->pending == 0)
				p->pending = 1;
			if (cp == '\n' && p->pending < 3)
				p->pending++;
			continue;
		}
		write_pending(p);
		buf_put(&p->text, bytes, utf8_encode(bytes, cp));
		p->cps++;
	}
}

static struct place place_here(const struct prose *p)
{
	return (struct place){ p->text.len, p->cps };
}

int prose_init(struct prose *p, const char *text, size_t len,
	       const struct byte_span *spans, size_t nspans)
{
	size_t done = 0;

	p->matches = calloc(nspans + 1, sizeof(*p->matches));
	if (!p->matches)
		return PDX_E_NOMEM;
	for (size_t i = 0; i < nspans; i++) {
		struct match *m = &p->matches[p->nmatches];

		if (spans[i].start < done || spans[i].end <= spans[i].start ||
		    spans[i].end > len)
			continue;
		fold_piece(p, text + done, spans[i].start - done);
		write_pending(p);
		m->start = place_here(p);
		fold_piece(p, text + spans[i].start, spans[i].end - spans[i].start);
		m->end = place_here(p);
		m->groups = spans[i].groups;
		done = spans[i].end;
		p->nmatches += m->end.at > m->start.at;
	}
	if (done < len)
		fold_piece(p, text + done, len - done);
	return buf_ok(&p->text) ? PDX_OK : PDX_E_NOMEM;
}

void prose_release(struct prose *p)
{
	buf_release(&p->text);
	free(p->matches);
	*p = (struct prose){ .matches = NULL };
}

bool prose_is_blank(const struct prose *p, size_t at)
{
	return is_blank(p->text.data[at]);
}

static struct character char_before(const struct prose *p, size_t at)
{
	size_t back = at;

	do {
		back--;
	} while (back > 0 && ((unsigned char)p->text.data[back] & 0xC0) == 0x80);
	return char_at(p->text.data + back, at - back);
}

static struct character char_after(const struct prose *p, size_t at)
{
	return char_at(p->text.data + at, p->text.len - at);
}

static bool at_edge(const struct prose *p, size_t at)
{
	return at == 0 || at >= p->text.len;
}

/* Marks, joined emoji and the like stay with what they belong to. */
bool prose_divides_clusters(const struct prose *p, size_t at)
{
	return at_edge(p, at) ||
	       utf8proc_grapheme_break((utf8proc_int32_t)char_before(p, at).cp,
				       (utf8proc_int32_t)char_after(p, at).cp);
}

/* Between characters that are words of their own, where no spaces are written. */
static bool divides_singles(const struct prose *p, size_t at)
{
	struct character before = char_before(p, at), after = char_after(p, at);

	return after.kind == CHAR_SINGLE &&
	       (before.kind == CHAR_SINGLE || before.kind == CHAR_MARK ||
		(before.kind == CHAR_SEPARATOR && before.cp >= 0x3000)) &&
	       prose_divides_clusters(p, at);
}

bool prose_starts_word(const struct prose *p, size_t at)
{
	return at_edge(p, at) || is_blank(p->text.data[at - 1]) ||
	       divides_singles(p, at);
}

bool prose_ends_word(const struct prose *p, size_t at)
{
	return at_edge(p, at) || is_blank(p->text.data[at]) || divides_singles(p, at);
}

static bool is_closing(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x201D ||
	       cp == 0x2019 || cp == 0xBB || cp == 0x300D;
}

static bool is_wide_stop(uint32_t cp)
{
	return cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F;
}

/* The dot at ${at} ends an initial or an acronym: "U.S.", "J. Smith". */
static bool is_initial(const struct prose *p, size_t at)
{
	struct character letter;

	if (at == 0)
		return false;
	letter = char_before(p, at);
	return letter.kind == CHAR_LETTER &&
	       (letter.len == at ||
		!char_is_alnum(char_before(p, at - letter.len).kind));
}

/* A full stop, perhaps with quotes behind it, ends at ${at}. */
static bool stops(const struct prose *p, size_t at)
{
	while (at > 0) {
		struct character c = char_before(p, at);

		at -= c.len;
		if (is_closing(c.cp))
			continue;
		if (c.cp == '.')
			return !is_initial(p, at);
		return c.cp == '!' || c.cp == '?' || c.cp == 0x2026 ||
		       is_wide_stop(c.cp);
	}
	return false;
}

/* A sentence ends at ${at}; the next begins there or behind the space there. */
bool prose_ends_sentence(const struct prose *p, size_t at)
{
	char c;

	if (at_edge(p, at))
		return true;
	c = p->text.data[at];
	if (c == '\n')
		return true;
	if (c == ' ')
		return stops(p, at) &&
		       !(p->text.data[at + 1] >= 'a' && p->text.data[at + 1] <= 'z');
	return is_wide_stop(char_before(p, at).cp) &&
	       !is_closing(char_after(p, at).cp) && prose_divides_clusters(p, at);
}

bool prose_starts_sentence(const struct prose *p, size_t at)
{
	if (at > 0 && at < p->text.len && is_blank(p->text.data[at - 1]))
		return prose_ends_sentence(p, at - 1);
	return at == 0 || (at < p->text.len && is_wide_stop(char_before(p, at).cp) &&
			   prose_ends_sentence(p, at));
}

struct place prose_last(const struct prose *p, struct place place)
{
	if (place.at > 0) {
		place.at -= char_before(p, place.at).len;
		place.cp--;
	}
	return place;
}

struct place prose_next(const struct prose *p, struct place place)
{
	if (place.at < p->text.len) {
		place.at += char_after(p, place.at).len;
		place.cp++;
	}
	return place;
}
