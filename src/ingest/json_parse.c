/* A recursive descent over bytes.  Knows JSON; not what a record is. */
#include "ingest/json_parse.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

enum {
	DEPTH_MAX = 64,  /* jansson goes deeper, and says where it is too deep */
	DIGITS_MAX = 18, /* of a whole number that cannot overflow */
	KEY_MAX = 256
};

struct parse {
	const char *p, *end;
	struct buf text; /* of a string with escapes */
	unsigned depth;
};

static json_t *parse_value(struct parse *j);

static void skip_blanks(struct parse *j)
{
	while (j->p < j->end &&
	       (*j->p == ' ' || *j->p == '\t' || *j->p == '\n' || *j->p == '\r'))
		j->p++;
}

static bool take(struct parse *j, char c)
{
	skip_blanks(j);
	if (j->p == j->end || *j->p != c)
		return false;
	j->p++;
	return true;
}

/* The four digits of a \u; negative: they are none. */
static int32_t take_hex(struct parse *j)
{
	int32_t v = 0;
	int i;

	if (j->end - j->p < 4)
		return -1;
	for (i = 0; i < 4; i++) {
		char c = *j->p++;

		v <<= 4;
		if (c >= '0' && c <= '9')
			v |= c - '0';
		else if (c >= 'a' && c <= 'f')
			v |= c - 'a' + 10;
		else if (c >= 'A' && c <= 'F')
			v |= c - 'A' + 10;
		else
			return -1;
	}
	return v;
}

/* Behind "\u". */
static bool take_code_point(struct parse *j)
{
	int32_t cp = take_hex(j), low;
	char bytes[4];

	if (cp <= 0 || (cp >= 0xDC00 && cp <= 0xDFFF))
		return false;
	if (cp >= 0xD800 && cp <= 0xDBFF) {
		if (j->end - j->p < 6 || j->p[0] != '\\' || j->p[1] != 'u')
			return false;
		j->p += 2;
		low = take_hex(j);
		if (low < 0xDC00 || low > 0xDFFF)
			return false;
		cp = 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
	}
	buf_put(&j->text, bytes, utf8_encode(bytes, (uint32_t)cp));
	return true;
}

static bool take_escape(struct parse *j)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at;

	if (++j->p == j->end)
		return false;
	if (*j->p == 'u') {
		j->p++;
		return take_code_point(j);
	}
	at = *j->p ? strchr(from, *j->p) : NULL;
	if (!at)
		return false;
	buf_putc(&j->text, to[at - from]);
	j->p++;
	return true;
}

/* The end of what stands as it is: at a quote, a backslash, or what may not be. */
static const char *plain_end(const struct parse *j, bool *ascii)
{
	const char *p = j->p;
	unsigned char high = 0;

	while (p < j->end && *p != '"' && *p != '\\' && (unsigned char)*p >= ' ')
		high |= (unsigned char)*p++;
	*ascii = *ascii && high < 0x80;
	return p;
}

/* The string that begins behind its quote: in the text, or in j->text. */
static bool take_string(struct parse *j, const char **s, size_t *len)
{
	const char *begin = j->p, *stop;
	bool ascii = true, escaped = false;

	buf_reset(&j->text);
	for (;;) {
		stop = plain_end(j, &ascii);
		if (stop == j->end || (unsigned char)*stop < ' ')
			return false;
		if (*stop == '"' && !escaped)
			break;
		buf_put(&j->text, j->p, (size_t)(stop - j->p));
		j->p = stop;
		if (*stop == '"')
			break;
		escaped = true;
		if (!take_escape(j))
			return false;
	}
	j->p = stop + 1;
	*s = escaped ? buf_str(&j->text) : begin;
	*len = escaped ? j->text.len : (size_t)(stop - begin);
	return buf_ok(&j->text) && (ascii || utf8_valid(*s, *len));
}

static bool take_member(struct parse *j, json_t *object)
{
	char key[KEY_MAX + 1];
	const char *s;
	size_t len;
	json_t *value;

	if (!take(j, '"') || !take_string(j, &s, &len) || len > KEY_MAX)
		return false;
	memcpy(key, s, len);
	key[len] = '\0';
	if (json_object_get(object, key) || !take(j, ':'))
		return false;
	value = parse_value(j);
	return value && json_object_set_new_nocheck(object, key, value) == 0;
}

static bool take_element(struct parse *j, json_t *array)
{
	json_t *value = parse_value(j);

	return value && json_array_append_new(array, value) == 0;
}

/* Behind the bracket that opens ${all}, to the one that ${close}s it. */
static json_t *parse_all(struct parse *j, json_t *all, char close,
			 bool (*take_one)(struct parse *j, json_t *all))
{
	bool ok = all && ++j->depth <= DEPTH_MAX;

	if (ok && !take(j, close)) {
		do {
			ok = take_one(j, all);
		} while (ok && take(j, ','));
		ok = ok && take(j, close);
	}
	j->depth--;
	if (ok)
		return all;
	json_decref(all);
	return NULL;
}

/* Whole numbers; what follows them in others is no end of a value. */
static json_t *parse_number(struct parse *j)
{
	bool negative = *j->p == '-';
	const char *first = negative ? j->p + 1 : j->p, *p = first;
	json_int_t v = 0;

	while (p < j->end && *p >= '0' && *p <= '9' && p - first < DIGITS_MAX)
		v = v * 10 + (*p++ - '0');
	if (p == first || (*first == '0' && p - first > 1) || p == j->end ||
	    !strchr(" \t\r\n,]}", *p))
		return NULL;
	j->p = p;
	return json_integer(negative ? -v : v);
}

static json_t *parse_word(struct parse *j, const char *word, json_t *value)
{
	size_t len = strlen(word);

	if ((size_t)(j->end - j->p) < len || memcmp(j->p, word, len) != 0) {
		json_decref(value);
		return NULL;
	}
	j->p += len;
	return value;
}

static json_t *parse_value(struct parse *j)
{
	const char *s;
	size_t len;

	skip_blanks(j);
	if (j->p == j->end)
		return NULL;
	switch (*j->p) {
	case '"':
		j->p++;
		return take_string(j, &s, &len) ? json_stringn_nocheck(s, len) : NULL;
	case '{':
		j->p++;
		return parse_all(j, json_object(), '}', take_member);
	case '[':
		j->p++;
		return parse_all(j, json_array(), ']', take_element);
	case 't':
		return parse_word(j, "true", json_true());
	case 'f':
		return parse_word(j, "false", json_false());
	case 'n':
		return parse_word(j, "null", json_null());
	default:
		return parse_number(j);
	}
}

json_t *json_parse(const char *text, size_t len)
{
	struct parse j = { .p = text, .end = text + len };
	json_t *value;

	buf_init(&j.text, 0);
	value = parse_value(&j);
	skip_blanks(&j);
	if (value && j.p != j.end) {
		json_decref(value);
		value = NULL;
	}
	buf_release(&j.text);
	return value;
}
