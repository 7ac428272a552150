/*
 * Folding, on utf8proc's tables.  Knows characters, nothing of tokens or stems.
 */
#include "text/fold.h"

#include <utf8proc.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "text/analyze.h"
#include "text/chars.h"

/* The longest decomposition of one code point (U+FDFA) is 18. */
#define DECOMPOSED_MAX 18

#define BREVE 0x0306
#define CYRILLIC_I 0x0438

/* What blank letters and vowel signs without a base decompose to. */
#define HANGUL_FILLER 0x1160
#define ARABIC_TATWEEL 0x0640

/* Letters that have no decomposition and are yet typed without what sets them off. */
static const struct {
	int32_t cp;
	char text[3];
} extra[] = {
	{ 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" }, { 0x00FE, "th" },
	{ 0x0111, "d" },  { 0x0127, "h" }, { 0x0131, "i" }, { 0x0142, "l" },
	{ 0x0153, "oe" }, { 0x0167, "t" },
};

static const struct {
	int32_t first, last;
} diacritics[] = {
	{ 0x0300, 0x036F }, { 0x0591, 0x05C7 }, /* Hebrew points */
	{ 0x064B, 0x065F }, { 0x0670, 0x0670 }, /* Arabic vowels */
	{ 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF }, { 0x20D0, 0x20FF }, { 0xFE20, 0xFE2F },
};

static bool is_diacritic(int32_t cp)
{
	for (size_t i = 0; i < sizeof(diacritics) / sizeof(diacritics[0]); i++) {
		if (cp < diacritics[i].first)
			return false;
		if (cp <= diacritics[i].last)
			return true;
	}
	return false;
}

static const char *extra_of(int32_t cp)
{
	if (cp < extra[0].cp || cp > 0x0167)
		return NULL;
	for (size_t i = 0; i < sizeof(extra) / sizeof(extra[0]); i++) {
		if (extra[i].cp == cp)
			return extra[i].text;
	}
	return NULL;
}

static void push(struct fold *f, int32_t cp)
{
	if (f->n < FOLD_CLUSTER)
		f->cps[f->n++] = cp;
}

static void push_folded(struct fold *f, int32_t cp, bool word)
{
	const char *text = extra_of(cp);
	char joiner;

	if (text) {
		for (; *text; text++)
			push(f, *text);
		return;
	}
	/* The Russian short i is a letter of its own: Snowball's endings have it. */
	if (cp == BREVE && f->n > 0 && f->cps[f->n - 1] == CYRILLIC_I) {
		push(f, cp);
		return;
	}
	if (is_diacritic(cp) || cp == HANGUL_FILLER || cp == ARABIC_TATWEEL)
		return;
	joiner = char_joiner((uint32_t)cp);
	if (joiner)
		cp = joiner;
	/* The slash is that of one half, which is 1/2 in letters' clothing. */
	if (word && cp != '/' && cp < 0x80 && !byte_fold[cp])
		return;
	push(f, cp);
}

void fold_add(struct fold *f, uint32_t cp, bool word)
{
	static const utf8proc_option_t options =
		UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD;
	utf8proc_int32_t out[DECOMPOSED_MAX];
	utf8proc_ssize_t n;
	int bound = 0;

	n = utf8proc_decompose_char((utf8proc_int32_t)cp, out, DECOMPOSED_MAX, options,
				    &bound);
	if (n <= 0 || n > DECOMPOSED_MAX) {
		push(f, (int32_t)cp);
		return;
	}
	for (utf8proc_ssize_t i = 0; i < n; i++)
		push_folded(f, out[i], word);
}

/* Marks in canonical order: stable by combining class, never across a base. */
static void order_marks(struct fold *f)
{
	for (size_t i = 1; i < f->n; i++) {
		int32_t cp = f->cps[i];
		int class = utf8proc_get_property(cp)->combining_class;
		size_t j = i;

		if (class == 0)
			continue;
		for (; j > 0; j--) {
			int before =
				utf8proc_get_property(f->cps[j - 1])->combining_class;

			if (before <= class)
				break;
			f->cps[j] = f->cps[j - 1];
		}
		f->cps[j] = cp;
	}
}

size_t fold_flush(char out[FOLD_BYTES], struct fold *f)
{
	size_t len = 0, n = f->n;

	if (n > 1) {
		utf8proc_ssize_t composed;

		order_marks(f);
		composed = utf8proc_normalize_utf32(f->cps, (utf8proc_ssize_t)n,
						    UTF8PROC_COMPOSE);
		if (composed > 0)
			n = (size_t)composed;
	}
	for (size_t i = 0; i < n; i++)
		len += utf8_encode(out + len, (uint32_t)f->cps[i]);
	f->n = 0;
	return len;
}

static void flush_to(struct buf *out, struct fold *f)
{
	char bytes[FOLD_BYTES];

	if (f->n > 0)
		buf_put(out, bytes, fold_flush(bytes, f));
}

/* ${word}: letters, digits and their marks alone. */
static void fold_all(struct buf *out, const char *text, size_t len, bool word)
{
	struct fold f = { .n = 0 };

	for (size_t i = 0; i < len;) {
		struct character c = char_at(text + i, len - i);

		i += c.len;
		if (c.kind == CHAR_IGNORED ||
		    (word && c.kind != CHAR_MARK && c.kind != CHAR_SINGLE &&
		     !char_is_alnum(c.kind)))
			continue;
		if (c.kind != CHAR_MARK)
			flush_to(out, &f);
		fold_add(&f, c.joiner ? (uint32_t)c.joiner : c.cp, word);
	}
	flush_to(out, &f);
}

void fold_key(struct buf *out, const char *text, size_t len)
{
	size_t before = out->len;

	fold_all(out, text, len, true);
	if (out->len == before)
		fold_all(out, text, len, false);
}

void fold_text(struct buf *out, const char *text, size_t len)
{
	fold_all(out, text, len, false);
}
