/*
 * Character references by name and number.  The names are those of HTML 4 and the ones
 * of HTML 5 that text is written with; the two thousand for mathematics stay as they
 * are written.
 */
#include "ingest/html_entity.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define NAME_MAX_BYTES 16 /* NonBreakingSpace */

struct entity {
	const char *name;
	uint32_t cp;
	bool bare; /* may stand without a semicolon */
};

/* In byte order of names. */
/* clang-format off */
static const struct entity entities[] = {
	{ "AElig", 0x00C6, 1 }, { "AMP", 0x0026, 1 }, { "Aacute", 0x00C1, 1 },
	{ "Abreve", 0x0102, 0 }, { "Acirc", 0x00C2, 1 }, { "Agrave", 0x00C0, 1 },
	{ "Alpha", 0x0391, 0 }, { "Amacr", 0x0100, 0 }, { "Aogon", 0x0104, 0 },
	{ "Aring", 0x00C5, 1 }, { "Atilde", 0x00C3, 1 }, { "Auml", 0x00C4, 1 },
	{ "Beta", 0x0392, 0 }, { "COPY", 0x00A9, 1 }, { "Cacute", 0x0106, 0 },
	{ "Ccaron", 0x010C, 0 }, { "Ccedil", 0x00C7, 1 }, { "Chi", 0x03A7, 0 },
	{ "Dagger", 0x2021, 0 }, { "Dcaron", 0x010E, 0 }, { "Delta", 0x0394, 0 },
	{ "Dstrok", 0x0110, 0 }, { "ETH", 0x00D0, 1 }, { "Eacute", 0x00C9, 1 },
	{ "Ecaron", 0x011A, 0 }, { "Ecirc", 0x00CA, 1 }, { "Egrave", 0x00C8, 1 },
	{ "Emacr", 0x0112, 0 }, { "Eogon", 0x0118, 0 }, { "Epsilon", 0x0395, 0 },
	{ "Eta", 0x0397, 0 }, { "Euml", 0x00CB, 1 }, { "GT", 0x003E, 1 },
	{ "Gamma", 0x0393, 0 }, { "Gbreve", 0x011E, 0 }, { "Hat", 0x005E, 0 },
	{ "Hstrok", 0x0126, 0 }, { "Iacute", 0x00CD, 1 }, { "Icirc", 0x00CE, 1 },
	{ "Idot", 0x0130, 0 }, { "Igrave", 0x00CC, 1 }, { "Imacr", 0x012A, 0 },
	{ "Iota", 0x0399, 0 }, { "Iuml", 0x00CF, 1 }, { "Kappa", 0x039A, 0 },
	{ "LT", 0x003C, 1 }, { "Lambda", 0x039B, 0 }, { "Lstrok", 0x0141, 0 },
	{ "Mu", 0x039C, 0 }, { "Nacute", 0x0143, 0 }, { "Ncaron", 0x0147, 0 },
	{ "NewLine", 0x000A, 0 }, { "NonBreakingSpace", 0x00A0, 0 },
	{ "Ntilde", 0x00D1, 1 }, { "Nu", 0x039D, 0 }, { "OElig", 0x0152, 0 },
	{ "Oacute", 0x00D3, 1 }, { "Ocirc", 0x00D4, 1 }, { "Odblac", 0x0150, 0 },
	{ "Ograve", 0x00D2, 1 }, { "Omacr", 0x014C, 0 }, { "Omega", 0x03A9, 0 },
	{ "Omicron", 0x039F, 0 }, { "Oslash", 0x00D8, 1 }, { "Otilde", 0x00D5, 1 },
	{ "Ouml", 0x00D6, 1 }, { "Phi", 0x03A6, 0 }, { "Pi", 0x03A0, 0 },
	{ "Prime", 0x2033, 0 }, { "Psi", 0x03A8, 0 }, { "QUOT", 0x0022, 1 },
	{ "REG", 0x00AE, 1 }, { "Rcaron", 0x0158, 0 }, { "Rho", 0x03A1, 0 },
	{ "Sacute", 0x015A, 0 }, { "Scaron", 0x0160, 0 }, { "Scedil", 0x015E, 0 },
	{ "Sigma", 0x03A3, 0 }, { "THORN", 0x00DE, 1 }, { "TRADE", 0x2122, 0 },
	{ "Tab", 0x0009, 0 }, { "Tau", 0x03A4, 0 }, { "Tcaron", 0x0164, 0 },
	{ "Tcedil", 0x0162, 0 }, { "Theta", 0x0398, 0 }, { "ThinSpace", 0x2009, 0 },
	{ "Uacute", 0x00DA, 1 }, { "Ucirc", 0x00DB, 1 }, { "Udblac", 0x0170, 0 },
	{ "Ugrave", 0x00D9, 1 }, { "Umacr", 0x016A, 0 }, { "Upsilon", 0x03A5, 0 },
	{ "Uring", 0x016E, 0 }, { "Uuml", 0x00DC, 1 }, { "Xi", 0x039E, 0 },
	{ "Yacute", 0x00DD, 1 }, { "Yuml", 0x0178, 0 }, { "Zacute", 0x0179, 0 },
	{ "Zdot", 0x017B, 0 }, { "ZeroWidthSpace", 0x200B, 0 }, { "Zeta", 0x0396, 0 },
	{ "aacute", 0x00E1, 1 }, { "abreve", 0x0103, 0 }, { "acirc", 0x00E2, 1 },
	{ "acute", 0x00B4, 1 }, { "aelig", 0x00E6, 1 }, { "agrave", 0x00E0, 1 },
	{ "alefsym", 0x2135, 0 }, { "alpha", 0x03B1, 0 }, { "amacr", 0x0101, 0 },
	{ "amp", 0x0026, 1 }, { "and", 0x2227, 0 }, { "ang", 0x2220, 0 },
	{ "aogon", 0x0105, 0 }, { "apos", 0x0027, 0 }, { "approx", 0x2248, 0 },
	{ "aring", 0x00E5, 1 }, { "ast", 0x002A, 0 }, { "asymp", 0x2248, 0 },
	{ "atilde", 0x00E3, 1 }, { "auml", 0x00E4, 1 }, { "bdquo", 0x201E, 0 },
	{ "beta", 0x03B2, 0 }, { "bigstar", 0x2605, 0 }, { "breve", 0x02D8, 0 },
	{ "brvbar", 0x00A6, 1 }, { "bsol", 0x005C, 0 }, { "bull", 0x2022, 0 },
	{ "bullet", 0x2022, 0 }, { "cacute", 0x0107, 0 }, { "cap", 0x2229, 0 },
	{ "caron", 0x02C7, 0 }, { "ccaron", 0x010D, 0 }, { "ccedil", 0x00E7, 1 },
	{ "cedil", 0x00B8, 1 }, { "cent", 0x00A2, 1 }, { "centerdot", 0x00B7, 0 },
	{ "check", 0x2713, 0 }, { "checkmark", 0x2713, 0 }, { "chi", 0x03C7, 0 },
	{ "circ", 0x02C6, 0 }, { "clubs", 0x2663, 0 }, { "colon", 0x003A, 0 },
	{ "comma", 0x002C, 0 }, { "commat", 0x0040, 0 }, { "cong", 0x2245, 0 },
	{ "copy", 0x00A9, 1 }, { "copysr", 0x2117, 0 }, { "crarr", 0x21B5, 0 },
	{ "cross", 0x2717, 0 }, { "cup", 0x222A, 0 }, { "curren", 0x00A4, 1 },
	{ "dArr", 0x21D3, 0 }, { "dagger", 0x2020, 0 }, { "darr", 0x2193, 0 },
	{ "dash", 0x2010, 0 }, { "dcaron", 0x010F, 0 }, { "deg", 0x00B0, 1 },
	{ "delta", 0x03B4, 0 }, { "diams", 0x2666, 0 }, { "divide", 0x00F7, 1 },
	{ "dollar", 0x0024, 0 }, { "dot", 0x02D9, 0 }, { "dstrok", 0x0111, 0 },
	{ "eacute", 0x00E9, 1 }, { "ecaron", 0x011B, 0 }, { "ecirc", 0x00EA, 1 },
	{ "egrave", 0x00E8, 1 }, { "ell", 0x2113, 0 }, { "emacr", 0x0113, 0 },
	{ "empty", 0x2205, 0 }, { "emsp", 0x2003, 0 }, { "emsp13", 0x2004, 0 },
	{ "emsp14", 0x2005, 0 }, { "ensp", 0x2002, 0 }, { "eogon", 0x0119, 0 },
	{ "epsilon", 0x03B5, 0 }, { "equals", 0x003D, 0 }, { "equiv", 0x2261, 0 },
	{ "eta", 0x03B7, 0 }, { "eth", 0x00F0, 1 }, { "euml", 0x00EB, 1 },
	{ "euro", 0x20AC, 0 }, { "excl", 0x0021, 0 }, { "exist", 0x2203, 0 },
	{ "female", 0x2640, 0 }, { "fnof", 0x0192, 0 }, { "forall", 0x2200, 0 },
	{ "frac12", 0x00BD, 1 }, { "frac13", 0x2153, 0 }, { "frac14", 0x00BC, 1 },
	{ "frac15", 0x2155, 0 }, { "frac18", 0x215B, 0 }, { "frac23", 0x2154, 0 },
	{ "frac34", 0x00BE, 1 }, { "frac38", 0x215C, 0 }, { "frac58", 0x215D, 0 },
	{ "frac78", 0x215E, 0 }, { "frasl", 0x2044, 0 }, { "gamma", 0x03B3, 0 },
	{ "gbreve", 0x011F, 0 }, { "ge", 0x2265, 0 }, { "geq", 0x2265, 0 },
	{ "grave", 0x0060, 0 }, { "gt", 0x003E, 1 }, { "hArr", 0x21D4, 0 },
	{ "hairsp", 0x200A, 0 }, { "half", 0x00BD, 0 }, { "harr", 0x2194, 0 },
	{ "hbar", 0x210F, 0 }, { "hearts", 0x2665, 0 }, { "hellip", 0x2026, 0 },
	{ "horbar", 0x2015, 0 }, { "hstrok", 0x0127, 0 }, { "hyphen", 0x2010, 0 },
	{ "iacute", 0x00ED, 1 }, { "icirc", 0x00EE, 1 }, { "iexcl", 0x00A1, 1 },
	{ "igrave", 0x00EC, 1 }, { "imacr", 0x012B, 0 }, { "image", 0x2111, 0 },
	{ "imath", 0x0131, 0 }, { "infin", 0x221E, 0 }, { "inodot", 0x0131, 0 },
	{ "int", 0x222B, 0 }, { "iota", 0x03B9, 0 }, { "iquest", 0x00BF, 1 },
	{ "isin", 0x2208, 0 }, { "iuml", 0x00EF, 1 }, { "kappa", 0x03BA, 0 },
	{ "kgreen", 0x0138, 0 }, { "lArr", 0x21D0, 0 }, { "lambda", 0x03BB, 0 },
	{ "lang", 0x2329, 0 }, { "laquo", 0x00AB, 1 }, { "larr", 0x2190, 0 },
	{ "lbrace", 0x007B, 0 }, { "lbrack", 0x005B, 0 }, { "lceil", 0x2308, 0 },
	{ "lcub", 0x007B, 0 }, { "ldquo", 0x201C, 0 }, { "ldquor", 0x201E, 0 },
	{ "le", 0x2264, 0 }, { "leq", 0x2264, 0 }, { "lfloor", 0x230A, 0 },
	{ "lowast", 0x2217, 0 }, { "lowbar", 0x005F, 0 }, { "loz", 0x25CA, 0 },
	{ "lpar", 0x0028, 0 }, { "lrm", 0x200E, 0 }, { "lsaquo", 0x2039, 0 },
	{ "lsqb", 0x005B, 0 }, { "lsquo", 0x2018, 0 }, { "lsquor", 0x201A, 0 },
	{ "lstrok", 0x0142, 0 }, { "lt", 0x003C, 1 }, { "macr", 0x00AF, 1 },
	{ "male", 0x2642, 0 }, { "mdash", 0x2014, 0 }, { "micro", 0x00B5, 1 },
	{ "middot", 0x00B7, 1 }, { "minus", 0x2212, 0 }, { "mldr", 0x2026, 0 },
	{ "mu", 0x03BC, 0 }, { "nabla", 0x2207, 0 }, { "nacute", 0x0144, 0 },
	{ "nbsp", 0x00A0, 1 }, { "ncaron", 0x0148, 0 }, { "ndash", 0x2013, 0 },
	{ "ne", 0x2260, 0 }, { "ni", 0x220B, 0 }, { "nldr", 0x2025, 0 },
	{ "not", 0x00AC, 1 }, { "notin", 0x2209, 0 }, { "nsim", 0x2241, 0 },
	{ "nsub", 0x2284, 0 }, { "ntilde", 0x00F1, 1 }, { "nu", 0x03BD, 0 },
	{ "num", 0x0023, 0 }, { "numsp", 0x2007, 0 }, { "oacute", 0x00F3, 1 },
	{ "ocirc", 0x00F4, 1 }, { "odblac", 0x0151, 0 }, { "oelig", 0x0153, 0 },
	{ "ograve", 0x00F2, 1 }, { "oline", 0x203E, 0 }, { "omacr", 0x014D, 0 },
	{ "omega", 0x03C9, 0 }, { "omicron", 0x03BF, 0 }, { "oplus", 0x2295, 0 },
	{ "or", 0x2228, 0 }, { "ordf", 0x00AA, 1 }, { "ordm", 0x00BA, 1 },
	{ "oslash", 0x00F8, 1 }, { "otilde", 0x00F5, 1 }, { "otimes", 0x2297, 0 },
	{ "ouml", 0x00F6, 1 }, { "para", 0x00B6, 1 }, { "part", 0x2202, 0 },
	{ "percnt", 0x0025, 0 }, { "period", 0x002E, 0 }, { "permil", 0x2030, 0 },
	{ "perp", 0x22A5, 0 }, { "phi", 0x03C6, 0 }, { "phone", 0x260E, 0 },
	{ "pi", 0x03C0, 0 }, { "piv", 0x03D6, 0 }, { "plus", 0x002B, 0 },
	{ "plusmn", 0x00B1, 1 }, { "pound", 0x00A3, 1 }, { "prime", 0x2032, 0 },
	{ "prod", 0x220F, 0 }, { "prop", 0x221D, 0 }, { "psi", 0x03C8, 0 },
	{ "puncsp", 0x2008, 0 }, { "quest", 0x003F, 0 }, { "quot", 0x0022, 1 },
	{ "rArr", 0x21D2, 0 }, { "radic", 0x221A, 0 }, { "rang", 0x232A, 0 },
	{ "raquo", 0x00BB, 1 }, { "rarr", 0x2192, 0 }, { "rarrw", 0x219D, 0 },
	{ "rbrace", 0x007D, 0 }, { "rbrack", 0x005D, 0 }, { "rcaron", 0x0159, 0 },
	{ "rceil", 0x2309, 0 }, { "rcub", 0x007D, 0 }, { "rdquo", 0x201D, 0 },
	{ "rdquor", 0x201D, 0 }, { "real", 0x211C, 0 }, { "reg", 0x00AE, 1 },
	{ "rfloor", 0x230B, 0 }, { "rho", 0x03C1, 0 }, { "ring", 0x02DA, 0 },
	{ "rlm", 0x200F, 0 }, { "rpar", 0x0029, 0 }, { "rsaquo", 0x203A, 0 },
	{ "rsqb", 0x005D, 0 }, { "rsquo", 0x2019, 0 }, { "rsquor", 0x2019, 0 },
	{ "sacute", 0x015B, 0 }, { "sbquo", 0x201A, 0 }, { "scaron", 0x0161, 0 },
	{ "scedil", 0x015F, 0 }, { "sdot", 0x22C5, 0 }, { "sect", 0x00A7, 1 },
	{ "semi", 0x003B, 0 }, { "shy", 0x00AD, 1 }, { "sigma", 0x03C3, 0 },
	{ "sigmaf", 0x03C2, 0 }, { "sim", 0x223C, 0 }, { "sol", 0x002F, 0 },
	{ "spades", 0x2660, 0 }, { "star", 0x2606, 0 }, { "starf", 0x2605, 0 },
	{ "sub", 0x2282, 0 }, { "sube", 0x2286, 0 }, { "sum", 0x2211, 0 },
	{ "sup", 0x2283, 0 }, { "sup1", 0x00B9, 1 }, { "sup2", 0x00B2, 1 },
	{ "sup3", 0x00B3, 1 }, { "supe", 0x2287, 0 }, { "szlig", 0x00DF, 1 },
	{ "tau", 0x03C4, 0 }, { "tcaron", 0x0165, 0 }, { "tcedil", 0x0163, 0 },
	{ "there4", 0x2234, 0 }, { "theta", 0x03B8, 0 }, { "thetasym", 0x03D1, 0 },
	{ "thinsp", 0x2009, 0 }, { "thorn", 0x00FE, 1 }, { "tilde", 0x02DC, 0 },
	{ "times", 0x00D7, 1 }, { "trade", 0x2122, 0 }, { "uArr", 0x21D1, 0 },
	{ "uacute", 0x00FA, 1 }, { "uarr", 0x2191, 0 }, { "ucirc", 0x00FB, 1 },
	{ "udblac", 0x0171, 0 }, { "ugrave", 0x00F9, 1 }, { "umacr", 0x016B, 0 },
	{ "uml", 0x00A8, 1 }, { "upsih", 0x03D2, 0 }, { "upsilon", 0x03C5, 0 },
	{ "uring", 0x016F, 0 }, { "uuml", 0x00FC, 1 }, { "verbar", 0x007C, 0 },
	{ "vert", 0x007C, 0 }, { "weierp", 0x2118, 0 }, { "xi", 0x03BE, 0 },
	{ "yacute", 0x00FD, 1 }, { "yen", 0x00A5, 1 }, { "yuml", 0x00FF, 1 },
	{ "zacute", 0x017A, 0 }, { "zdot", 0x017C, 0 }, { "zeta", 0x03B6, 0 },
	{ "zwj", 0x200D, 0 }, { "zwnj", 0x200C, 0 },
};
/* clang-format on */

/* Bytes 0x80 to 0x9F of windows-1252; 0: none is defined. */
static const uint16_t windows_1252[32] = {
	0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
	0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
	0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
	0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static uint32_t number_meant(uint32_t n)
{
	if (n >= 0x80 && n < 0xA0 && windows_1252[n - 0x80])
		return windows_1252[n - 0x80];
	if (n == 0 || n > 0x10FFFF || (n >= 0xD800 && n < 0xE000))
		return UTF8_REPLACEMENT;
	return n;
}

static int digit_of(char c, unsigned base)
{
	int d = -1;

	if (c >= '0' && c <= '9')
		d = c - '0';
	else if (base == 16 && c >= 'a' && c <= 'f')
		d = c - 'a' + 10;
	else if (base == 16 && c >= 'A' && c <= 'F')
		d = c - 'A' + 10;
	return d;
}

/* "&#8212;" or "&#x2014;", the semicolon optional. */
static size_t read_number(uint32_t *cp, const char *s, size_t len)
{
	bool hex = len > 2 && (s[2] == 'x' || s[2] == 'X');
	size_t first = hex ? 3 : 2, i = first;
	uint32_t n = 0;
	int d;

	for (; i < len && (d = digit_of(s[i], hex ? 16 : 10)) >= 0; i++) {
		if (n <= 0x10FFFF) /* a greater one is none, however it goes on */
			n = n * (hex ? 16 : 10) + (uint32_t)d;
	}
	if (i == first)
		return 0;
	*cp = number_meant(n);
	return i < len && s[i] == ';' ? i + 1 : i;
}

static bool is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

static int compare(const void *key, const void *row)
{
	const struct entity *entity = row;

	return strcmp(key, entity->name);
}

static const struct entity *find(const char *s, size_t len)
{
	char name[NAME_MAX_BYTES + 1];

	memcpy(name, s, len);
	name[len] = '\0';
	return bsearch(name, entities, sizeof(entities) / sizeof(entities[0]),
		       sizeof(entities[0]), compare);
}

/* "&amp;", or the longest beginning that needs no semicolon: "&ampx". */
static size_t read_name(uint32_t *cp, const char *s, size_t len)
{
	size_t n = 0;

	while (n < NAME_MAX_BYTES && n + 1 < len && is_alnum(s[n + 1]))
		n++;
	for (bool ended = n + 1 < len && s[n + 1] == ';'; n > 1; n--, ended = false) {
		const struct entity *entity = find(s + 1, n);

		if (entity && (ended || entity->bare)) {
			*cp = entity->cp;
			return n + 1 + (ended ? 1 : 0);
		}
	}
	return 0;
}

const char *html_entity_name(uint32_t *cp, size_t i)
{
	if (i >= sizeof(entities) / sizeof(entities[0]))
		return NULL;
	*cp = entities[i].cp;
	return entities[i].name;
}

size_t html_entity(uint32_t *cp, const char *s, size_t len)
{
	if (len < 3 || s[0] != '&')
		return 0;
	return s[1] == '#' ? read_number(cp, s, len) : read_name(cp, s, len);
}

void html_decode(struct buf *out, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *mark = memchr(s, '&', (size_t)(end - s));
		char bytes[UTF8_MAX_BYTES];
		uint32_t cp;
		size_t n;

		buf_put(out, s, (size_t)((mark ? mark : end) - s));
		if (!mark)
			return;
		n = html_entity(&cp, mark, (size_t)(end - mark));
		if (n > 0)
			buf_put(out, bytes, utf8_encode(bytes, cp));
		else
			buf_putc(out, '&');
		s = mark + (n > 0 ? n : 1);
	}
}
