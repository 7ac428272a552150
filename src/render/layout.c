/*
 * Wrapping by display width.  A word is collected with its styles and placed when it is
 * known where it ends: on this line if it fits, else on the next.  Knows code points
 * and columns; nothing of articles.
 */
#include "render/layout.h"

#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "render/link.h"

#define ZERO_WIDTH_JOINER 0x200Du
#define LINK_MAX 2083 /* bytes; longer ones terminals ignore (VTE) */
#define ELLIPSIS "\xE2\x80\xA6"

/* Embeddings, overrides and isolates: text after them may read as what it is not. */
static bool is_bidi_control(uint32_t cp)
{
	return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x206F);
}

/* Soft hyphen, zero-width space, byte-order mark, tags. */
static bool is_invisible(uint32_t cp)
{
	return cp == 0xAD || cp == 0x200B || cp == 0xFEFF || (cp >> 8) == 0xE00;
}

static bool is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x2028 || cp == 0x2029;
}

uint32_t layout_safe(uint32_t cp)
{
	if (cp >= ' ' && cp < 0x7F)
		return cp;
	if (is_space(cp))
		return ' ';
	if (cp < 0xA0 || is_bidi_control(cp))
		return UTF8_REPLACEMENT;
	return is_invisible(cp) ? 0 : cp;
}

size_t layout_cell(uint32_t cp)
{
	int width;

	if (cp < 0x7F)
		return cp != 0;
	width = utf8proc_charwidth((utf8proc_int32_t)cp);
	return width > 0 ? (size_t)width : 0;
}

/* Decode the next code point at ${*s} as it may be shown. */
static uint32_t next_safe(const char **s, const char *end)
{
	uint32_t cp;

	*s += utf8_decode(&cp, *s, (size_t)(end - *s));
	return layout_safe(cp);
}

size_t layout_width(const char *text)
{
	const char *end = text + strlen(text);
	size_t width = 0;

	while (text < end)
		width += layout_cell(next_safe(&text, end));
	return width;
}

static void put_cp(struct out *out, uint32_t cp)
{
	char bytes[UTF8_MAX_BYTES];

	if (cp)
		out_write(out, bytes, utf8_encode(bytes, cp));
}

size_t layout_line(struct out *out, const char *text, size_t max)
{
	const char *end = text + strlen(text);
	bool cut = layout_width(text) > max;
	size_t room = cut && max > 0 ? max - 1 : max;
	size_t used = 0;

	while (text < end) {
		uint32_t cp = next_safe(&text, end);

		if (used + layout_cell(cp) > room)
			break;
		put_cp(out, cp);
		used += layout_cell(cp);
	}
	if (cut && max > 0) {
		out_puts(out, ELLIPSIS);
		used++;
	}
	return used;
}

void layout_init(struct layout *l, struct out *out, size_t width, bool color)
{
	*l = (struct layout){
		.out = out,
		.width = width,
		.color = color,
		.styles = &terminal_styles,
		.empty = true,
	};
	buf_init(&l->word, 0);
}

void layout_release(struct layout *l)
{
	buf_release(&l->word);
}

void layout_begin(struct layout *l, size_t indent)
{
	l->indent = indent;
	out_pad(l->out, indent);
	l->column = indent;
	l->empty = true;
	l->space = 0;
}

static const char *style_off(const struct layout *l, enum style style)
{
	return style == STYLE_PLAIN ? "" : l->styles->on[STYLE_PLAIN];
}

static const char *style_on(const struct layout *l, enum style style)
{
	return style == STYLE_PLAIN ? "" : l->styles->on[style];
}

static void end_link(struct layout *l)
{
	if (l->linked)
		out_puts(l->out, TERMINAL_LINK_END);
	l->linked = false;
}

/* A pager may have come in between that follows none. */
static void begin_link(struct layout *l)
{
	if (!l->link || l->linked || !l->out->links)
		return;
	out_puts(l->out, TERMINAL_LINK);
	link_write_ascii(l->out, l->link);
	out_puts(l->out, TERMINAL_LINK_TEXT);
	l->linked = true;
}

/* End the line; no style and no link goes on behind it. */
static void end_line(struct layout *l)
{
	out_puts(l->out, style_off(l, l->on));
	l->on = STYLE_PLAIN;
	end_link(l);
	out_putc(l->out, '\n');
}

/* Put the collected word where it belongs. */
static void place_word(struct layout *l)
{
	if (!buf_ok(&l->word))
		out_fail(l->out, PDX_E_NOMEM);
	if (l->word.len == 0)
		return;
	if (!l->empty && l->column + l->space + l->word_width > l->width) {
		end_line(l);
		layout_begin(l, l->indent);
	}
	/* Blanks belong to what is before and behind them, or to nothing. */
	if (l->on != l->first) {
		out_puts(l->out, style_off(l, l->on));
		l->on = STYLE_PLAIN;
	}
	if (!l->empty) {
		out_pad(l->out, l->space);
		l->column += l->space;
	}
	begin_link(l);
	if (l->on != l->first)
		out_puts(l->out, style_on(l, l->first));
	out_write(l->out, buf_str(&l->word), l->word.len);
	l->on = l->style;
	l->column += l->word_width;
	l->empty = false;
	l->space = 0;
	l->word_width = 0;
	l->last = 0;
	buf_reset(&l->word);
}

/* clang-format off */

/* Brackets and stops that may not begin a line, in scripts without spaces too. */
static bool is_closing(uint32_t cp)
{
	switch (cp) {
	case ')': case ']': case '}': case ',': case '.': case ';': case ':': case '!':
	case '?': case 0x2019: case 0x201D: case 0x2026: case 0x3001: case 0x3002:
	case 0x3009: case 0x300B: case 0x300D: case 0x300F: case 0x3011: case 0xFF01:
	case 0xFF09: case 0xFF0C: case 0xFF0E: case 0xFF1A: case 0xFF1B: case 0xFF1F:
		return true;
	default:
		return false;
	}
}

static bool is_opening(uint32_t cp)
{
	switch (cp) {
	case '(': case '[': case '{': case 0x2018: case 0x201C: case 0x3008:
	case 0x300A: case 0x300C: case 0x300E: case 0x3010: case 0xFF08:
		return true;
	default:
		return false;
	}
}

/* clang-format on */

/* Without white space a line may end beside a wide character. */
static bool may_break(uint32_t before, uint32_t after)
{
	if (!before || layout_cell(after) == 0 || before == ZERO_WIDTH_JOINER)
		return false;
	if (is_opening(before) || is_closing(after))
		return false;
	return layout_cell(before) == 2 || layout_cell(after) == 2;
}

static void add_cp(struct layout *l, enum style style, uint32_t cp)
{
	char bytes[UTF8_MAX_BYTES];
	size_t cell = layout_cell(cp);

	if (cp == 0)
		return;
	if (cp == ' ') {
		place_word(l);
		l->space = l->space ? l->space : 1;
		return;
	}
	/* A word longer than a line is cut where the line is full. */
	if (may_break(l->last, cp) || l->word_width + cell > l->width - l->indent)
		place_word(l);
	if (!l->color)
		style = STYLE_PLAIN;
	if (l->word.len == 0) {
		l->first = style;
	} else if (l->style != style) {
		buf_puts(&l->word, style_off(l, l->style));
		buf_puts(&l->word, style_on(l, style));
	}
	l->style = style;
	buf_put(&l->word, bytes, utf8_encode(bytes, cp));
	l->word_width += cell;
	l->last = cp;
}

void layout_bytes(struct layout *l, enum style style, const char *text, size_t len)
{
	const char *end = text + len;

	while (text < end)
		add_cp(l, style, next_safe(&text, end));
}

void layout_text(struct layout *l, enum style style, const char *text)
{
	layout_bytes(l, style, text, strlen(text));
}

void layout_spans(struct layout *l, enum style style, const char *text,
		  const struct pdx_span *spans, size_t nspans)
{
	const char *end = text + strlen(text);

	for (size_t i = 0; text < end; i++) {
		uint32_t cp = next_safe(&text, end);
		bool match;

		while (nspans && i >= spans->start + spans->len) {
			spans++;
			nspans--;
		}
		match = nspans && i >= spans->start;
		add_cp(l, match ? STYLE_MATCH : style, cp);
	}
}

/* Bytes of ${text} before the last white space that stands in ${room} columns. */
static size_t cut_at_space(const char *text, size_t room)
{
	const char *s = text, *end = text + strlen(text);
	size_t used = 0, cut = 0;

	while (s < end) {
		size_t at = (size_t)(s - text);
		uint32_t cp = next_safe(&s, end);

		used += layout_cell(cp);
		if (used > room)
			return cut ? cut : at;
		if (cp == ' ')
			cut = at;
	}
	return (size_t)(end - text);
}

void layout_cut(struct layout *l, enum style style, const char *text, size_t room)
{
	size_t len = strlen(text);
	size_t cut = layout_width(text) > room ? cut_at_space(text, room) : len;

	layout_bytes(l, style, text, cut);
	if (cut < len)
		layout_text(l, style, " " ELLIPSIS);
}

void layout_gap(struct layout *l, size_t columns)
{
	place_word(l);
	l->space = columns;
}

void layout_link(struct layout *l, const char *url)
{
	place_word(l);
	if (l->linked) {
		out_puts(l->out, style_off(l, l->on));
		l->on = STYLE_PLAIN;
		end_link(l);
	}
	l->link = link_is_web(url) && strlen(url) <= LINK_MAX ? url : NULL;
}

void layout_end(struct layout *l)
{
	place_word(l);
	end_line(l);
	l->column = 0;
	l->space = 0;
	l->empty = true;
}
