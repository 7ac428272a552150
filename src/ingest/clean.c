/*
 * Cleaning of input text.  Knows characters only: no format and no article.
 */
#include "ingest/clean.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

/* Invisible at the edge of a copied line, and never part of what it says. */
static const char *const blanks[] = {
	"\xC2\xA0",     /* no-break space */
	"\xE2\x80\x8B", /* zero width space */
	"\xE3\x80\x80", /* ideographic space */
	"\xEF\xBB\xBF", /* byte-order mark */
};

size_t clean_blank(const char *s, size_t len)
{
	if (len == 0)
		return 0;
	if (*s == ' ' || (*s >= '\t' && *s <= '\r')) /* tab, line ends, form feed */
		return 1;
	if ((unsigned char)*s < 0x80)
		return 0;
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		size_t n = strlen(blanks[i]);

		if (n <= len && memcmp(s, blanks[i], n) == 0)
			return n;
	}
	return 0;
}

/* The same at the end. */
static size_t blank_before(const char *s, size_t len)
{
	for (size_t n = 1; n <= 3 && n <= len; n++) {
		if (clean_blank(s + len - n, n) == n)
			return n;
	}
	return 0;
}

void clean_trim(const char **s, size_t *len)
{
	size_t n;

	while ((n = clean_blank(*s, *len)) > 0) {
		*s += n;
		*len -= n;
	}
	while ((n = blank_before(*s, *len)) > 0)
		*len -= n;
}

/* How a character that utf8_clean() lets through is written here. */
struct rewrite {
	size_t len; /* of the character; 0: it stays */
	char as;
};

static struct rewrite rewrite(const char *s, size_t len)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] == 0x7F)
		return (struct rewrite){ 1, ' ' };
	/* C1 controls; U+0085 ends a line. */
	if (len >= 2 && u[0] == 0xC2 && u[1] < 0xA0)
		return (struct rewrite){ 2, u[1] == 0x85 ? '\n' : ' ' };
	if (len >= 3 && u[0] == 0xE2 && u[1] == 0x80 && (u[2] == 0xA8 || u[2] == 0xA9))
		return (struct rewrite){ 3, '\n' }; /* line and paragraph separator */
	return (struct rewrite){ 0, 0 };
}

/*
 * Both forms only ever get shorter, so they are made in place: read at ${in}, write at
 * ${out}.
 */
struct shrink {
	char *s;
	size_t in, len, out;
};

/* Take the next character's first byte, rewritten; what follows it comes by itself. */
static char shrink_next(struct shrink *p)
{
	struct rewrite w = rewrite(p->s + p->in, p->len - p->in);

	if (w.len == 0)
		return p->s[p->in++];
	p->in += w.len;
	return w.as;
}

/* Neither blank nor line end, nor the start of anything that rewrite() knows. */
static bool is_ordinary(char c)
{
	unsigned char u = (unsigned char)c;

	return u > ' ' && u != 0x7F && u != 0xC2 && u != 0xE2;
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* The highest bit of each byte of ${v} that is 0; no byte has that bit. */
static uint64_t zeros(uint64_t v)
{
	return ~(v + EACH(0x7F)) & EACH(0x80);
}

/* Whether eight bytes at ${s} are printable ASCII with single spaces inside. */
static bool are_plain(const char *s)
{
	uint64_t v, spaces;

	memcpy(&v, s, sizeof(v));
	if (v & EACH(0x80) || s[0] == ' ' || s[7] == ' ')
		return false;
	spaces = zeros(v ^ EACH(' '));
	return !(~((v | EACH(0x80)) - EACH(' ')) & EACH(0x80)) &&
	       !zeros(v ^ EACH(0x7F)) && !(spaces & spaces << 8);
}

/* Whether the character at ${p} can stay as it is, where ${run} are before it that can:
 * one space between two others can. */
static bool stays(const struct shrink *p, size_t run)
{
	const char *s = p->s + p->in;

	return is_ordinary(*s) ||
	       (*s == ' ' && run && p->in + 1 < p->len && is_ordinary(s[1]));
}

/* Take what stays as it is, up to the next that does not: most of any text. */
static void shrink_run(struct shrink *p)
{
	size_t from = p->in;

	while (p->in < p->len) {
		if (p->in + 8 <= p->len && are_plain(p->s + p->in))
			p->in += 8;
		else if (stays(p, p->in - from))
			p->in++;
		else
			break;
	}
	if (p->out != from)
		memmove(p->s + p->out, p->s + from, p->in - from);
	p->out += p->in - from;
}

static void drop_blanks_before_line_end(struct shrink *p)
{
	while (p->out > 0 && (p->s[p->out - 1] == ' ' || p->s[p->out - 1] == '\t'))
		p->out--;
}

static void shrink_block(struct shrink *p)
{
	for (shrink_run(p); p->in < p->len; shrink_run(p)) {
		char c = shrink_next(p);

		if (c == '\n') {
			drop_blanks_before_line_end(p);
			if (p->out >= 2 && p->s[p->out - 1] == '\n' &&
			    p->s[p->out - 2] == '\n')
				continue;
		}
		p->s[p->out++] = c;
	}
}

static void shrink_line(struct shrink *p)
{
	for (shrink_run(p); p->in < p->len; shrink_run(p)) {
		char c = shrink_next(p);

		if (c == '\n' || c == '\t')
			c = ' ';
		if (c == ' ' && p->out > 0 && p->s[p->out - 1] == ' ')
			continue;
		p->s[p->out++] = c;
	}
}

static char *clean(struct arena *arena, struct buf *scratch, const char *s, size_t len,
		   void (*shrink)(struct shrink *p))
{
	struct shrink p;
	const char *text;

	buf_reset(scratch);
	utf8_clean(scratch, s, len);
	if (!buf_ok(scratch))
		return NULL;
	if (scratch->len == 0)
		return arena_dup(arena, "", 0);

	p = (struct shrink){ .s = scratch->data, .len = scratch->len };
	shrink(&p);
	text = scratch->data;
	clean_trim(&text, &p.out);
	return arena_dup(arena, text, p.out);
}

char *clean_block(struct arena *arena, struct buf *scratch, const char *s, size_t len)
{
	return clean(arena, scratch, s, len, shrink_block);
}

char *clean_line(struct arena *arena, struct buf *scratch, const char *s, size_t len)
{
	return clean(arena, scratch, s, len, shrink_line);
}

/* Where the first sentence of ${text} ends: behind its mark, or at the line's end. */
static size_t sentence_end(const char *text)
{
	size_t i = 0;

	for (; text[i] != '\0' && text[i] != '\n'; i++) {
		bool mark = text[i] == '.' || text[i] == '!' || text[i] == '?';

		if (mark && (text[i + 1] == ' ' || text[i + 1] == '\n'))
			return i + 1;
	}
	return i;
}

/* The bytes of the first ${points} code points. */
static size_t head_bytes(const char *s, size_t len, size_t points)
{
	size_t i = 0;
	uint32_t cp;

	for (size_t n = 0; n < points && i < len; n++)
		i += utf8_decode(&cp, s + i, len - i);
	return i;
}

char *clean_sentence(struct arena *arena, struct buf *scratch, const char *text)
{
	size_t len = sentence_end(text), cut, word;

	if (utf8_count(text, len) <= CLEAN_TITLE_POINTS)
		return clean_line(arena, scratch, text, len);

	cut = head_bytes(text, len, CLEAN_TITLE_POINTS - 1);
	word = cut;
	while (word > 0 && text[word] != ' ')
		word--;
	if (word > 0)
		cut = word;
	buf_reset(scratch);
	buf_put(scratch, text, cut);
	buf_puts(scratch, "\xE2\x80\xA6");
	if (!buf_ok(scratch))
		return NULL;
	return arena_dup(arena, scratch->data, scratch->len);
}
