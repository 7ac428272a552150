/* A counter of brackets, and a first look at a document with it. */
#include "ingest/json_extent.h"

#include <string.h>

bool json_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool ends_word(char c)
{
	return json_is_blank(c) || c == ',' || c == ']' || c == '}' || c == ':';
}

/* One byte inside a string; true where it closes it. */
static bool string_closes(struct json_extent *st, char c)
{
	if (st->escape)
		st->escape = false;
	else if (c == '\\')
		st->escape = true;
	else if (c == '"')
		st->string = false;
	return !st->string;
}

/* One byte outside of strings; true where a bracket or quote ends the value. */
static bool value_closes(struct json_extent *st, char c)
{
	if (c == '"')
		st->string = true;
	else if (c == '{' || c == '[')
		st->depth++;
	else if ((c == '}' || c == ']') && st->depth > 0)
		return --st->depth == 0;
	return false;
}

size_t json_extent_feed(bool *done, struct json_extent *st, const char *s, size_t len)
{
	*done = false;
	for (size_t i = 0; i < len; i++) {
		if (st->string) {
			*done = string_closes(st, s[i]) && st->depth == 0;
		} else if (st->begun && st->depth == 0 && ends_word(s[i])) {
			*done = true;
			return i;
		} else {
			*done = value_closes(st, s[i]);
		}
		st->begun = true;
		if (*done)
			return i + 1;
	}
	return len;
}

bool json_is_list_key(const char *key, size_t len)
{
	static const char *const keys[] = { "articles", "items",   "entries",
					    "posts",    "results", "records" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strlen(keys[i]) == len && memcmp(keys[i], key, len) == 0)
			return true;
	}
	return false;
}

struct look {
	const char *p, *end;
};

static void pass_blanks(struct look *l)
{
	while (l->p < l->end && json_is_blank(*l->p))
		l->p++;
}

/* Go behind ${c}, where it is next. */
static bool pass(struct look *l, char c)
{
	pass_blanks(l);
	if (l->p == l->end || *l->p != c)
		return false;
	l->p++;
	return true;
}

static bool at_end(struct look *l)
{
	pass_blanks(l);
	return l->p == l->end;
}

static void pass_value(struct look *l)
{
	struct json_extent st = { .depth = 0 };
	bool done;

	pass_blanks(l);
	l->p += json_extent_feed(&done, &st, l->p, (size_t)(l->end - l->p));
}

static bool begins_list(struct look l)
{
	return pass(&l, '[') && (pass(&l, '{') || at_end(&l));
}

/* A key and its value; false where they are none.  *list: it is a list of objects. */
static bool pass_member(bool *list, struct look *l)
{
	const char *key = l->p + 1;
	size_t len;

	if (*l->p != '"')
		return false;
	pass_value(l);
	len = l->p > key ? (size_t)(l->p - key) - 1 : 0;
	if (!pass(l, ':'))
		return at_end(l);
	*list = *list || (json_is_list_key(key, len) && begins_list(*l));
	pass_value(l);
	return pass(l, ',') || at_end(l) || *l->p == '}';
}

/* Behind a brace.  Cut anywhere it is still an object. */
static enum json_look look_at_object(struct look *l)
{
	bool list = false;

	for (;;) {
		if (at_end(l))
			return list ? JSON_LOOK_ENVELOPE : JSON_LOOK_PART;
		if (pass(l, '}'))
			break;
		if (!pass_member(&list, l))
			return JSON_LOOK_NOT;
	}
	if (pass(l, '{'))
		return JSON_LOOK_RECORDS;
	return list ? JSON_LOOK_ENVELOPE : JSON_LOOK_RECORD;
}

enum json_look json_look(const char *s, size_t len)
{
	struct look l = { s, s + len };

	if (pass(&l, '['))
		return pass(&l, '{') || pass(&l, ']') || at_end(&l) ? JSON_LOOK_ARRAY
								    : JSON_LOOK_NOT;
	return pass(&l, '{') ? look_at_object(&l) : JSON_LOOK_NOT;
}
