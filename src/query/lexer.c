/*
 * Query text to lexemes.  Knows characters, quotes, signs and which names are fields;
 * knows no grammar: it never looks behind what it returns.
 */
#include "query/lexer.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "query/fields.h"
#include "text/chars.h"

#define BYTE_ORDER_MARK 0xFEFFu /* an invisible guest of copied text */

/* Unicode's white space, but for controls. */
static bool is_wide_space(uint32_t cp)
{
	return cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) ||
	       cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F ||
	       cp == 0x3000 || cp == BYTE_ORDER_MARK;
}

static bool is_space(uint32_t cp)
{
	return cp < 0x80 ? cp == ' ' || (cp >= '\t' && cp <= '\r') : is_wide_space(cp);
}

/* Word processors turn quotes into these. */
static bool is_curly_quote(uint32_t cp)
{
	return cp >= 0x201C && cp <= 0x201E;
}

size_t lexer_searchable(const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len;) {
		struct character c = char_at(text + i, len - i);

		n += char_is_alnum(c.kind) || c.kind == CHAR_SINGLE ||
		     c.kind == CHAR_EMOJI;
		i += c.len;
	}
	return n;
}

bool lexer_is_blank(const char *text, size_t len)
{
	uint32_t cp;

	for (size_t i = 0; i < len;) {
		i += utf8_decode(&cp, text + i, len - i);
		if (!is_space(cp))
			return false;
	}
	return true;
}

/* The code point at ${pos} and, in *n, its bytes; 0 at the end. */
static uint32_t peek(size_t *n, const struct lexer *lx, size_t pos)
{
	uint32_t cp = 0;

	*n = 0;
	if (pos < lx->len)
		*n = utf8_decode(&cp, lx->text + pos, lx->len - pos);
	return cp;
}

static char byte_at(const struct lexer *lx, size_t pos)
{
	return pos < lx->len ? lx->text[pos] : '\0';
}

bool lexer_at_space(const struct lexer *lx)
{
	size_t n;
	uint32_t cp = peek(&n, lx, lx->pos);

	return n > 0 && is_space(cp);
}

static size_t skip_space(const struct lexer *lx, size_t pos)
{
	size_t n;

	while (is_space(peek(&n, lx, pos)))
		pos += n;
	return pos;
}

static size_t skip_digits(const struct lexer *lx, size_t pos)
{
	while (byte_at(lx, pos) >= '0' && byte_at(lx, pos) <= '9')
		pos++;
	return pos;
}

static unsigned read_number(const char *digits, size_t len)
{
	unsigned v = 0;

	for (size_t i = 0; i < len && v < LEXER_NUMBER_MAX; i++)
		v = v * 10 + (unsigned)(digits[i] - '0');
	return v < LEXER_NUMBER_MAX ? v : LEXER_NUMBER_MAX;
}

/* Whether ${cp} ends a word; 0 is the end of the text. */
static bool ends_word(uint32_t cp, unsigned mode)
{
	return cp == 0 || cp == '"' || cp == '(' || cp == ')' || cp == '|' ||
	       (cp == ',' && (mode & LEXER_LIST)) || is_curly_quote(cp) || is_space(cp);
}

static size_t skip_word(const struct lexer *lx, size_t pos, unsigned mode)
{
	size_t n;

	while (!ends_word(peek(&n, lx, pos), mode))
		pos += n;
	return pos;
}

static bool is_text(const struct lexer *lx, const struct lexeme *t, const char *word)
{
	return t->end - t->start == strlen(word) &&
	       memcmp(lx->text + t->start, word, strlen(word)) == 0;
}

/* The phrase from its opening quote on.  A straight quote is closed by a straight one
 * only, so that a phrase may hold curly ones. */
static void lex_phrase(struct lexeme *t, const struct lexer *lx, size_t pos)
{
	size_t n;
	bool curly = is_curly_quote(peek(&n, lx, pos));
	uint32_t cp;

	t->kind = LEX_PHRASE;
	t->text = pos += n;
	t->unclosed = true;
	while ((cp = peek(&n, lx, pos)) != 0) {
		if (cp == '"' || (curly && is_curly_quote(cp))) {
			t->unclosed = false;
			break;
		}
		if (cp == '\\' && strchr("\"\\", byte_at(lx, pos + 1)) &&
		    pos + 1 < lx->len)
			n++;
		pos += n;
	}
	t->textlen = pos - t->text;
	t->end = pos + n;
}

/* The ~n and * behind a phrase, in either order. */
static void lex_phrase_signs(struct lexeme *t, const struct lexer *lx)
{
	for (;;) {
		size_t digits = t->end + 1;

		if (byte_at(lx, t->end) == '*') {
			t->prefix = true;
			t->end++;
			continue;
		}
		if (byte_at(lx, t->end) != '~')
			return;
		t->end = skip_digits(lx, digits);
		if (t->end > digits)
			t->number = read_number(lx->text + digits, t->end - digits);
		else
			t->stray_slop = true;
	}
}

/* Take signs off the end of a word until what is left ends with none. */
static void lex_word_signs(struct lexeme *t, const struct lexer *lx)
{
	for (;;) {
		size_t end = t->text + t->textlen;
		size_t digits = end;

		while (digits > t->text && lx->text[digits - 1] >= '0' &&
		       lx->text[digits - 1] <= '9')
			digits--;
		if (end > t->text && lx->text[end - 1] == '*') {
			t->prefix = true;
			t->textlen--;
		} else if (digits > t->text + 1 && lx->text[digits - 1] == '~') {
			t->stray_slop = true;
			t->textlen = digits - 1 - t->text;
		} else {
			return;
		}
	}
}

static void lex_word(struct lexeme *t, const struct lexer *lx, size_t pos,
		     unsigned mode)
{
	t->kind = LEX_WORD;
	t->text = pos;
	if ((mode & LEXER_DATE) && pos < lx->len) {
		while (byte_at(lx, pos) != '\0' && strchr("<>=", byte_at(lx, pos)))
			pos++;
		if (pos > t->text) /* date:>= 2026 */
			pos = skip_space(lx, pos);
	}
	t->end = skip_word(lx, pos, mode);
	t->textlen = t->end - t->text;
	lex_word_signs(t, lx);
}

/* NEAR or NEAR/n. */
static bool is_near(struct lexeme *t, const struct lexer *lx)
{
	const char *word = lx->text + t->start;
	size_t len = t->end - t->start;

	if (is_text(lx, t, "NEAR")) {
		t->number = LEXER_NEAR_DISTANCE;
		return true;
	}
	if (len < 6 || memcmp(word, "NEAR/", 5) != 0 ||
	    skip_digits(lx, t->start + 5) != t->end)
		return false;
	t->number = read_number(word + 5, len - 5);
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * A field's name, or one that cannot but be a field's name misspelt, and its colon.
 * What has "//" behind the colon is a URL of whatever scheme.
 */
static bool is_field(struct lexeme *t, const struct lexer *lx)
{
	const char *name = lx->text + t->start;
	const struct field *field;
	size_t len = 0;

	while (is_letter(byte_at(lx, t->start + len)))
		len++;
	if (byte_at(lx, t->start + len) != ':')
		return false;
	field = field_find(name, len);
	if (!field || !field->queryable) {
		if (byte_at(lx, t->start + len + 1) == '/' &&
		    byte_at(lx, t->start + len + 2) == '/')
			return false;
		if (!field_suggest(name, len))
			return false;
	}
	*t = (struct lexeme){ .start = t->start,
			      .end = t->start + len + 1,
			      .text = t->start,
			      .textlen = len };
	return true;
}

static bool is_take(struct lexeme *t, const struct lexer *lx)
{
	const struct field *field;

	if (byte_at(lx, t->end) != '(')
		return false;
	field = field_find(lx->text + t->start, t->end - t->start);
	if (!field || field->id != FIELD_TAKE)
		return false;
	t->end++;
	return true;
}

/* What a word is where operators and fields may stand. */
static void classify(struct lexeme *t, const struct lexer *lx)
{
	if (is_text(lx, t, "AND"))
		t->kind = LEX_AND;
	else if (is_text(lx, t, "OR"))
		t->kind = LEX_OR;
	else if (is_text(lx, t, "NOT"))
		t->kind = LEX_NOT;
	else if (is_near(t, lx))
		t->kind = LEX_NEAR;
	else if (is_field(t, lx))
		t->kind = LEX_FIELD;
	else if (is_take(t, lx))
		t->kind = LEX_TAKE;
}

/* Parentheses, commas, bars. */
static bool lex_mark(struct lexeme *t, char c, unsigned mode)
{
	if (c == '(')
		t->kind = LEX_OPEN;
	else if (c == ')')
		t->kind = LEX_CLOSE;
	else if (c == '|')
		t->kind = LEX_OR;
	else if (c == ',' && (mode & LEXER_LIST))
		t->kind = LEX_COMMA;
	else
		return false;
	t->end = t->start + 1;
	return true;
}

/* A - or ! that negates.  ${spaced}: white space stands before it. */
static bool lex_sign(struct lexeme *t, const struct lexer *lx, bool spaced,
		     unsigned mode)
{
	char c = byte_at(lx, t->start);
	size_t n;

	if (c != '-' && c != '!')
		return false;
	if (!spaced && t->start > 0 && !strchr("(|", lx->text[t->start - 1]))
		return false;
	t->end = t->start + 1;
	t->kind = LEX_NOT;
	switch (peek(&n, lx, t->end)) {
	case '"':
	case '(':
	case 0x201C:
	case 0x201D:
	case 0x201E:
		break;
	default:
		if (skip_word(lx, t->end, mode) == t->end)
			t->kind = LEX_DASH;
	}
	return true;
}

void lexer_next(struct lexeme *out, struct lexer *lx, unsigned mode)
{
	size_t start = skip_space(lx, lx->pos);
	bool spaced = start > lx->pos;
	bool direct = mode & LEXER_DIRECT;
	size_t pos = start, n;
	uint32_t cp;

	*out = (struct lexeme){ .kind = LEX_END, .start = start, .end = start };
	if (start < lx->len && !lex_mark(out, lx->text[start], mode) &&
	    (direct || !lex_sign(out, lx, spaced, mode))) {
		if (lx->text[start] == '=' && !(mode & LEXER_DATE)) {
			out->exact = true;
			pos++;
		}
		cp = peek(&n, lx, pos);
		if (cp == '"' || is_curly_quote(cp)) {
			lex_phrase(out, lx, pos);
			lex_phrase_signs(out, lx);
		} else {
			lex_word(out, lx, pos, mode);
			if (!direct && !out->exact)
				classify(out, lx);
		}
	}
	lx->pos = out->end;
}

size_t lexer_unquote(char *out, const char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\\' && i + 1 < len &&
		    (text[i + 1] == '"' || text[i + 1] == '\\'))
			i++;
		out[n++] = text[i];
	}
	return n;
}

bool lexer_is_word(const char *text, size_t len, unsigned mode)
{
	struct lexer lx = { text, len, 0 };
	struct lexeme t;

	lexer_next(&t, &lx, mode);
	return t.kind == LEX_WORD && t.start == 0 && t.end == len && t.text == 0 &&
	       t.textlen == len;
}

bool lexer_is_lowercase_operator(const char *text, size_t len)
{
	return (len == 2 && memcmp(text, "or", 2) == 0) ||
	       (len == 3 &&
		(memcmp(text, "and", 3) == 0 || memcmp(text, "not", 3) == 0));
}
