/*
 * Encodings by the names that inputs give them.  The conversion is the C library's, for
 * the encodings of one table only: what an input names is not passed on.
 */
#include "ingest/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "ingest/html_scan.h"

#define SURE_CHARACTERS 16
#define DECLARED_WITHIN 4096 /* bytes; the standard asks for the first 1024 */

static const char utf_8[] = "UTF-8";
static const char windows_1252[] = "CP1252";

/* clang-format off */
static const struct {
	const char *label, *name;
} labels[] = {
	{ "utf-8", utf_8 },             { "utf8", utf_8 },
	{ "unicode-1-1-utf-8", utf_8 }, { "utf-16", "UTF-16LE" },
	{ "utf-16le", "UTF-16LE" },     { "utf-16be", "UTF-16BE" },
	{ "us-ascii", windows_1252 },   { "ascii", windows_1252 },
	{ "iso-8859-1", windows_1252 }, { "iso8859-1", windows_1252 },
	{ "iso_8859-1", windows_1252 }, { "latin1", windows_1252 },
	{ "l1", windows_1252 },         { "windows-1252", windows_1252 },
	{ "cp1252", windows_1252 },     { "x-cp1252", windows_1252 },
	{ "iso-8859-2", "ISO-8859-2" }, { "latin2", "ISO-8859-2" },
	{ "iso-8859-3", "ISO-8859-3" }, { "iso-8859-4", "ISO-8859-4" },
	{ "iso-8859-5", "ISO-8859-5" }, { "iso-8859-6", "ISO-8859-6" },
	{ "iso-8859-7", "ISO-8859-7" }, { "iso-8859-8", "ISO-8859-8" },
	{ "iso-8859-8-i", "ISO-8859-8" }, { "iso-8859-9", "CP1254" },
	{ "latin5", "CP1254" },         { "iso-8859-10", "ISO-8859-10" },
	{ "iso-8859-11", "CP874" },     { "tis-620", "CP874" },
	{ "iso-8859-13", "ISO-8859-13" }, { "iso-8859-14", "ISO-8859-14" },
	{ "iso-8859-15", "ISO-8859-15" }, { "latin9", "ISO-8859-15" },
	{ "iso-8859-16", "ISO-8859-16" }, { "windows-874", "CP874" },
	{ "windows-1250", "CP1250" },   { "cp1250", "CP1250" },
	{ "windows-1251", "CP1251" },   { "cp1251", "CP1251" },
	{ "windows-1253", "CP1253" },   { "cp1253", "CP1253" },
	{ "windows-1254", "CP1254" },   { "cp1254", "CP1254" },
	{ "windows-1255", "CP1255" },   { "cp1255", "CP1255" },
	{ "windows-1256", "CP1256" },   { "cp1256", "CP1256" },
	{ "windows-1257", "CP1257" },   { "cp1257", "CP1257" },
	{ "windows-1258", "CP1258" },   { "cp1258", "CP1258" },
	{ "koi8-r", "KOI8-R" },         { "koi8-u", "KOI8-U" },
	{ "macintosh", "MACINTOSH" },   { "x-mac-roman", "MACINTOSH" },
	{ "ibm866", "CP866" },          { "cp866", "CP866" },
	{ "big5", "BIG5" },             { "big5-hkscs", "BIG5-HKSCS" },
	{ "gb2312", "GB18030" },        { "gbk", "GB18030" },
	{ "x-gbk", "GB18030" },         { "gb18030", "GB18030" },
	{ "shift_jis", "CP932" },       { "shift-jis", "CP932" },
	{ "sjis", "CP932" },            { "x-sjis", "CP932" },
	{ "windows-31j", "CP932" },     { "euc-jp", "EUC-JP" },
	{ "x-euc-jp", "EUC-JP" },       { "iso-2022-jp", "ISO-2022-JP" },
	{ "euc-kr", "CP949" },          { "ks_c_5601-1987", "CP949" },
};
/* clang-format on */

const char *charset_find(const char *label, size_t len)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		if (strlen(labels[i].label) == len &&
		    strncasecmp(labels[i].label, label, len) == 0)
			return labels[i].name;
	}
	return NULL;
}

static bool is_utf_16(const char *name)
{
	return strncmp(name, "UTF-16", 6) == 0;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * The encoding behind the next ${word} and an equals sign: charset=utf-8,
 * encoding="utf-8".
 */
static const char *declared(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word), stop;

	for (size_t i = 0; i + n < len; i++) {
		const char *name;

		if (strncasecmp(s + i, word, n) != 0)
			continue;
		for (i += n; i < len && is_space(s[i]);)
			i++;
		if (i == len || s[i] != '=')
			continue;
		for (i++; i < len && (is_space(s[i]) || s[i] == '"' || s[i] == '\'');)
			i++;
		for (stop = i;
		     stop < len && !is_space(s[stop]) && !strchr("\"';/>?,", s[stop]);)
			stop++;
		name = charset_find(s + i, stop - i);
		if (name)
			return name;
	}
	return NULL;
}

const char *charset_of_type(const char *type)
{
	return type ? declared(type, strlen(type), "charset") : NULL;
}

/* Bytes of the mark at the start, and whose it is. */
static size_t byte_order_mark(const char **name, const char *s, size_t len)
{
	static const struct {
		const char *mark, *name;
	} marks[] = {
		{ "\xEF\xBB\xBF", utf_8 },
		{ "\xFF\xFE", "UTF-16LE" },
		{ "\xFE\xFF", "UTF-16BE" },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i].mark);

		if (n <= len && memcmp(s, marks[i].mark, n) == 0) {
			*name = marks[i].name;
			return n;
		}
	}
	return 0;
}

/* ASCII in two bytes each, without a mark: "<\0h\0" or "\0<\0h". */
static const char *wide_ascii(const char *s, size_t len)
{
	if (len < 4)
		return NULL;
	if (s[0] && !s[1] && s[2] && !s[3])
		return "UTF-16LE";
	return !s[0] && s[1] && !s[2] && s[3] ? "UTF-16BE" : NULL;
}

static const char *declared_by_meta(const char *s, size_t len)
{
	struct html_scanner scan;
	struct html_token tag;
	const char *name = NULL;

	html_scan_init(&scan, s, len);
	while (!name && html_scan_next(&tag, &scan)) {
		if (tag.kind == HTML_OPEN && tag.name == HTML_META)
			name = declared(tag.s, tag.len, "charset");
	}
	return name;
}

static const char *declared_inside(const char *s, size_t len)
{
	size_t head = len < DECLARED_WITHIN ? len : DECLARED_WITHIN;
	const char *name = NULL;

	if (len > 5 && memcmp(s, "<?xml", 5) == 0)
		name = declared(s, head, "encoding");
	if (!name)
		name = declared_by_meta(s, head);
	/* what could be read up to here is not UTF-16 */
	return name && is_utf_16(name) ? utf_8 : name;
}

/*
 * Whether many characters of it are valid UTF-8 of several bytes, which no text of
 * another encoding is by accident: a page that was saved anew, and still says what it
 * was before.
 */
static bool is_surely_utf8(const char *s, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len && n < SURE_CHARACTERS; i++)
		n += ((unsigned char)s[i] & 0xC0) == 0xC0;
	return n == SURE_CHARACTERS && utf8_valid(s, len);
}

const char *charset_guess(const char *s, size_t len, const char *type)
{
	const char *name = NULL;

	if (byte_order_mark(&name, s, len) > 0)
		return name;
	name = charset_of_type(type);
	if (!name)
		name = wide_ascii(s, len);
	if (!name) {
		name = declared_inside(s, len);
		if (name && is_surely_utf8(s, len))
			name = utf_8;
	}
	if (!name)
		name = utf8_valid(s, len) ? utf_8 : windows_1252;
	return name;
}

static void put_replacement(struct buf *out)
{
	buf_puts(out, "\xEF\xBF\xBD");
}

/* Valid UTF-8 from what should be. */
static void repair_utf8(struct buf *out, const char *s, size_t len)
{
	size_t from = 0, n;
	uint32_t cp;

	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(&cp, s + i, len - i);
		if (cp != UTF8_REPLACEMENT || utf8_valid(s + i, n))
			continue;
		buf_put(out, s + from, i - from);
		put_replacement(out);
		from = i + n;
	}
	buf_put(out, s + from, len - from);
}

/* iconv() takes its input as char **, and leaves it as it is. */
static size_t convert(iconv_t cd, const char **in, size_t *inlen, char **out,
		      size_t *outlen)
{
	union {
		const char **borrowed;
		char **wanted;
	} p = { in };

	return iconv(cd, p.wanted, inlen, out, outlen);
}

/* ${unit}: the bytes that an ill-formed character costs. */
static void decode(struct buf *out, iconv_t cd, const char *s, size_t len, size_t unit)
{
	char chunk[4096];

	while (len > 0) {
		char *to = chunk;
		size_t room = sizeof(chunk);
		bool failed = convert(cd, &s, &len, &to, &room) == (size_t)-1;
		bool ill = failed && errno != E2BIG;

		buf_put(out, chunk, (size_t)(to - chunk));
		if (ill) { /* not of the encoding, or cut off at the end */
			put_replacement(out);
			iconv(cd, NULL, NULL, NULL, NULL);
			s += len < unit ? len : unit;
			len -= len < unit ? len : unit;
		}
	}
}

void charset_decode(struct buf *out, const char *name, const char *s, size_t len)
{
	const char *marked = NULL;
	size_t mark = byte_order_mark(&marked, s, len);
	iconv_t cd;

	if (mark > 0 && strcmp(marked, name) == 0) {
		s += mark;
		len -= mark;
	}
	if (strcmp(name, utf_8) == 0) {
		repair_utf8(out, s, len);
		return;
	}
	cd = iconv_open(utf_8, name);
	if (cd == (iconv_t)-1) { /* the C library has no table for it */
		repair_utf8(out, s, len);
		return;
	}
	decode(out, cd, s, len, is_utf_16(name) ? 2 : 1);
	iconv_close(cd);
}
