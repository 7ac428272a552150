/*
 * The classes of code points.  Categories are utf8proc's; what is here is where a word
 * has other bounds than they say.  Knows nothing of words.
 */
#include "text/chars.h"

#include <utf8proc.h>

#include "base/utf8.h"

#define ROW(a, b, c, d, e, f, g, h) a, b, c, d, e, f, g, h
#define ROW8(k) ROW(k, k, k, k, k, k, k, k)
#define S BYTE_SEPARATOR
#define J BYTE_JOINER
#define H BYTE_HIGH
#define D BYTE_DIGIT
#define L BYTE_LETTER

/* clang-format off: tables */
const unsigned char byte_kind[256] = {
	ROW8(S), ROW8(S), ROW8(S), ROW(S, S, S, S, S, S, BYTE_BREAK, S),
	ROW(S, S, S, J, S, S, J, J), /*   ! " # $ % & ' */
	ROW(S, S, S, J, S, J, J, J), /* ( ) * + , - . / */
	ROW8(D), ROW(D, D, S, S, S, S, S, S),
	ROW(J, L, L, L, L, L, L, L), ROW8(L), ROW8(L),
	ROW(L, L, L, S, S, S, S, J), /* X Y Z [ \ ] ^ _ */
	ROW(S, L, L, L, L, L, L, L), ROW8(L), ROW8(L),
	ROW(L, L, L, S, S, S, S, S),
	ROW8(H), ROW8(H), ROW8(H), ROW8(H), ROW8(H), ROW8(H), ROW8(H), ROW8(H),
	ROW8(H), ROW8(H), ROW8(H), ROW8(H), ROW8(H), ROW8(H), ROW8(H), ROW8(H),
};

const unsigned char byte_fold[256] = {
	['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4',
	['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
	['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e',
	['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
	['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o',
	['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
	['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
	['Z'] = 'z',
	['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e',
	['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j',
	['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o',
	['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't',
	['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x', ['y'] = 'y',
	['z'] = 'z',
};
/* clang-format on */

struct range {
	uint32_t first, last;
};

/* Scripts that write words without spaces between them, and hanzi with their kin. */
static const struct range singles[] = {
	{ 0x0E00, 0x0EFF },   /* Thai, Lao */
	{ 0x1000, 0x109F },   /* Myanmar */
	{ 0x1100, 0x115E },   /* Hangul initials, which begin a decomposed syllable */
	{ 0x1780, 0x17FF },   /* Khmer */
	{ 0x3000, 0x31FF },   /* kana, Bopomofo, Hangul letters */
	{ 0x3400, 0x4DBF },   /* Han */
	{ 0x4E00, 0x9FFF },   /* Han */
	{ 0xA960, 0xA97F },   /* old Hangul initials */
	{ 0xA9E0, 0xA9FF },   /* Myanmar */
	{ 0xAA60, 0xAA7F },   /* Myanmar */
	{ 0xAC00, 0xD7A3 },   /* Hangul syllables */
	{ 0xF900, 0xFAFF },   /* Han, compatibility */
	{ 0xFF66, 0xFFDC },   /* half-width kana and Hangul */
	{ 0x1AFF0, 0x1B16F }, /* more kana */
};

/* What is a pictograph to its readers; arrows, boxes and dingbat bullets are not. */
static const struct range emoji[] = {
	{ 0x231A, 0x231B },   { 0x23E9, 0x23F3 },   { 0x23F8, 0x23FA },
	{ 0x2600, 0x2604 },   { 0x260E, 0x260E },   { 0x2611, 0x2611 },
	{ 0x2614, 0x2615 },   { 0x2618, 0x2618 },   { 0x261D, 0x261D },
	{ 0x2620, 0x2620 },   { 0x2622, 0x2623 },   { 0x2626, 0x2626 },
	{ 0x262A, 0x262A },   { 0x262E, 0x262F },   { 0x2638, 0x263A },
	{ 0x2640, 0x2640 },   { 0x2642, 0x2642 },   { 0x2648, 0x2653 },
	{ 0x265F, 0x2660 },   { 0x2663, 0x2663 },   { 0x2665, 0x2666 },
	{ 0x2668, 0x2668 },   { 0x267B, 0x267B },   { 0x267E, 0x267F },
	{ 0x2692, 0x2697 },   { 0x2699, 0x2699 },   { 0x269B, 0x269C },
	{ 0x26A0, 0x26A1 },   { 0x26A7, 0x26A7 },   { 0x26AA, 0x26AB },
	{ 0x26B0, 0x26B1 },   { 0x26BD, 0x26BE },   { 0x26C4, 0x26C5 },
	{ 0x26C8, 0x26C8 },   { 0x26CE, 0x26CF },   { 0x26D1, 0x26D1 },
	{ 0x26D3, 0x26D4 },   { 0x26E9, 0x26EA },   { 0x26F0, 0x26F5 },
	{ 0x26F7, 0x26FA },   { 0x26FD, 0x26FD },   { 0x2702, 0x2702 },
	{ 0x2705, 0x2705 },   { 0x2708, 0x270D },   { 0x270F, 0x270F },
	{ 0x2712, 0x2712 },   { 0x2714, 0x2714 },   { 0x2716, 0x2716 },
	{ 0x271D, 0x271D },   { 0x2721, 0x2721 },   { 0x2728, 0x2728 },
	{ 0x2733, 0x2734 },   { 0x2744, 0x2744 },   { 0x2747, 0x2747 },
	{ 0x274C, 0x274C },   { 0x274E, 0x274E },   { 0x2753, 0x2755 },
	{ 0x2757, 0x2757 },   { 0x2763, 0x2764 },   { 0x2795, 0x2797 },
	{ 0x27B0, 0x27B0 },   { 0x27BF, 0x27BF },   { 0x2B50, 0x2B50 },
	{ 0x2B55, 0x2B55 },   { 0x1F000, 0x1F0FF }, /* mahjong, dominoes, cards */
	{ 0x1F1E6, 0x1F1FF },                       /* letters of flags */
	{ 0x1F300, 0x1F3FA },                       /* 1F3FB to 1F3FF are skin tones */
	{ 0x1F400, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F7E0, 0x1F7EB },
	{ 0x1F90C, 0x1FAFF },
};

/* Format characters that stand inside words and change nothing of their meaning. */
static const struct range ignored[] = {
	{ 0x00AD, 0x00AD },   /* soft hyphen */
	{ 0x034F, 0x034F },   /* combining grapheme joiner */
	{ 0x0640, 0x0640 },   /* Arabic tatweel */
	{ 0x115F, 0x1160 },   /* Hangul fillers */
	{ 0x180B, 0x180F },   /* Mongolian variation selectors */
	{ 0x200C, 0x200D },   /* zero width non-joiner, joiner */
	{ 0x2060, 0x2060 },   /* word joiner */
	{ 0xFE00, 0xFE0F },   /* variation selectors */
	{ 0xE0000, 0xE0FFF }, /* tags, variation selectors */
};

static bool in_ranges(const struct range *v, size_t n, uint32_t cp)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = low + (n - low) / 2;

		if (cp > v[mid].last)
			low = mid + 1;
		else if (cp >= v[mid].first)
			return true;
		else
			n = mid;
	}
	return false;
}

#define IN(ranges, cp) in_ranges(ranges, sizeof(ranges) / sizeof((ranges)[0]), cp)

char char_joiner(uint32_t cp)
{
	switch (cp) {
	case 0x02BC: /* modifier letter apostrophe */
	case 0x2018: /* Snowball's list has these two beside U+2019 */
	case 0x201B:
	case 0x2019:
	case 0xFF07:
		return '\'';
	case 0x2010: /* hyphen */
	case 0x2011: /* non-breaking hyphen */
	case 0x2013: /* en dash, as in 2024-2026 */
	case 0xFF0D:
		return '-';
	case 0x2044: /* fraction slash */
	case 0xFF0F:
		return '/';
	case 0xFF03:
		return '#';
	case 0xFF06:
		return '&';
	case 0xFF0B:
		return '+';
	case 0xFF0E:
		return '.';
	case 0xFF20:
		return '@';
	case 0xFF3F:
		return '_';
	default:
		return 0;
	}
}

static enum char_kind kind_of_category(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_NL:
		return CHAR_LETTER;
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NO:
		return CHAR_DIGIT;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return CHAR_MARK;
	default:
		return CHAR_SEPARATOR;
	}
}

/* Letters by their category that only continue what stands before them. */
static bool is_trailing(uint32_t cp)
{
	return (cp >= 0x1161 && cp <= 0x11FF) || /* Hangul vowels and finals */
	       (cp >= 0xD7B0 && cp <= 0xD7FF) ||
	       (cp >= 0xFF9E && cp <= 0xFF9F); /* half-width voicing */
}

/* Where the category is silent: radicals are symbols, and new Han comes every year. */
static bool is_han_anyway(uint32_t cp)
{
	return (cp >= 0x2E80 && cp <= 0x2FD5) || (cp >= 0x20000 && cp <= 0x3FFFD);
}

enum char_kind char_kind(char *joiner, uint32_t cp)
{
	enum char_kind kind;

	*joiner = char_joiner(cp);
	if (*joiner)
		return CHAR_JOINER;
	if (IN(ignored, cp))
		return CHAR_IGNORED;
	if (is_han_anyway(cp))
		return CHAR_SINGLE;
	kind = kind_of_category(cp);
	if (kind == CHAR_SEPARATOR)
		return IN(emoji, cp) ? CHAR_EMOJI : CHAR_SEPARATOR;
	if (kind != CHAR_LETTER || cp < singles[0].first)
		return kind;
	if (cp == 0x3164 || cp == 0xFFA0) /* Hangul fillers, used as blanks */
		return CHAR_SEPARATOR;
	if (is_trailing(cp))
		return CHAR_MARK;
	return IN(singles, cp) ? CHAR_SINGLE : CHAR_LETTER;
}

static enum char_kind kind_of_byte(unsigned char c)
{
	switch ((enum byte_kind)byte_kind[c]) {
	case BYTE_LETTER:
		return CHAR_LETTER;
	case BYTE_DIGIT:
		return CHAR_DIGIT;
	case BYTE_JOINER:
		return CHAR_JOINER;
	case BYTE_BREAK:
		return CHAR_BREAK;
	case BYTE_HIGH:
	case BYTE_SEPARATOR:
		break;
	}
	return CHAR_SEPARATOR;
}

struct character char_at(const char *s, size_t len)
{
	struct character c = { .len = 1 };
	unsigned char first = (unsigned char)s[0];

	if (first < 0x80) {
		c.cp = first;
		c.kind = kind_of_byte(first);
		c.joiner = c.kind == CHAR_JOINER ? s[0] : 0;
	} else {
		c.len = utf8_decode(&c.cp, s, len);
		c.kind = char_kind(&c.joiner, c.cp);
	}
	return c;
}

bool char_is_alnum(enum char_kind kind)
{
	return kind == CHAR_LETTER || kind == CHAR_DIGIT;
}

bool char_is_upper(uint32_t cp)
{
	utf8proc_category_t category;

	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z';
	category = utf8proc_category((utf8proc_int32_t)cp);
	return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool char_is_lower(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= 'a' && cp <= 'z';
	return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_LL;
}
