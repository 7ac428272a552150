/*
 * What a code point is to the analyzer: part of a word, a word of its own, something
 * that joins two parts, or the space between.
 */
#ifndef TEXT_CHARS_H
#define TEXT_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum char_kind {
	CHAR_SEPARATOR, /* spaces, most punctuation and symbols, controls, U+FFFD */
	CHAR_LETTER,
	CHAR_DIGIT,
	CHAR_MARK,    /* continues what stands before it, and is nothing alone */
	CHAR_JOINER,  /* inside a word only: + # . - ' / & @ _ */
	CHAR_IGNORED, /* as if it were not there: soft hyphen, zero width joiners */
	CHAR_SINGLE,  /* a word of its own, with its marks: Han, kana, Thai, ... */
	CHAR_EMOJI,   /* a word of its own */
	CHAR_BREAK    /* ANALYZER_BREAK */
};

struct character {
	uint32_t cp;
	size_t len; /* bytes */
	enum char_kind kind;
	char joiner; /* CHAR_JOINER: the ASCII character that it stands for */
};

/* The character at the start of ${len} > 0 bytes; what is ill-formed separates. */
struct character char_at(const char *s, size_t len);

/* Of a code point from U+0080 on; *joiner as above, 0 for other kinds. */
enum char_kind char_kind(char *joiner, uint32_t cp);

/* The joiner that a code point from U+0080 on stands for, or 0. */
char char_joiner(uint32_t cp);

/* Whether a letter is a capital (or a title-case one), or a small letter. */
bool char_is_upper(uint32_t cp);
bool char_is_lower(uint32_t cp);

/* Letter or digit: what a word begins with and a joiner joins. */
bool char_is_alnum(enum char_kind kind);

/*
 * The same for one byte, without decoding.  In this order: up to BYTE_DIGIT a byte
 * ends a word for certain or by what follows, from there on it belongs to one.
 */
enum byte_kind {
	BYTE_SEPARATOR,
	BYTE_BREAK,
	BYTE_JOINER,
	BYTE_HIGH, /* of a code point from U+0080 on */
	BYTE_DIGIT,
	BYTE_LETTER
};

extern const unsigned char byte_kind[256];

/* The lower case of an ASCII letter, a digit as it is, 0 for every other byte. */
extern const unsigned char byte_fold[256];

#endif
