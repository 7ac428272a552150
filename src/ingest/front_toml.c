/* The TOML of front matter. */
#include <string.h>

#include "ingest/clean.h"
#include "ingest/front_parts.h"

/* A string in three quotes, which are next; a line end right behind them is none. */
static bool read_long_string(struct front *f)
{
	char quotes[4] = { *f->p, *f->p, *f->p, '\0' };

	buf_reset(&f->value);
	f->p += 3;
	if (front_peek(f) == '\r')
		f->p++;
	if (front_peek(f) == '\n')
		front_pass(f);
	while (f->p + 3 <= f->end && memcmp(f->p, quotes, 3) != 0) {
		buf_putc(&f->value, *f->p);
		front_pass(f);
	}
	if (f->p + 3 > f->end)
		return front_error(f, "a quoted string has no end");
	f->p += 3;
	return true;
}

static bool read_string(struct front *f)
{
	const char *p = f->p;

	if (f->end - p >= 3 && p[1] == *p && p[2] == *p)
		return read_long_string(f);
	return front_quoted(f);
}

/* A number, a date, true: up to what ends it. */
static bool read_bare(struct front *f)
{
	const char *from = f->p;
	size_t len;

	while (f->p < f->end && !strchr(",]#\r\n", *f->p))
		f->p++;
	len = (size_t)(f->p - from);
	clean_trim(&from, &len);
	buf_reset(&f->value);
	buf_put(&f->value, from, len);
	return len > 0 ? true : front_error(f, "a value is missing");
}

static bool read_scalar(struct front *f)
{
	return front_peek(f) == '"' || front_peek(f) == '\'' ? read_string(f)
							     : read_bare(f);
}

/* Blanks, line ends and comments between elements. */
static void pass_between(struct front *f)
{
	while (f->p < f->end && strchr(" \t\r\n#", *f->p)) {
		if (*f->p == '#') {
			while (f->p < f->end && *f->p != '\n')
				f->p++;
			continue;
		}
		front_pass(f);
	}
}

static bool read_array(struct front *f, json_t *list)
{
	f->p++;
	for (pass_between(f); front_peek(f) != ']'; pass_between(f)) {
		if (f->p == f->end)
			return front_error(f, "a list has no end");
		if (*f->p == '[' || *f->p == '{')
			return front_error(f, "a list holds more than scalars");
		if (!read_scalar(f))
			return false;
		if (json_array_append_new(list, front_string(f)) < 0)
			f->nomem = true;
		pass_between(f);
		if (front_peek(f) == ',')
			f->p++;
		else if (f->p < f->end && *f->p != ']')
			return front_error(f, "a comma is missing in a list");
	}
	f->p++;
	return front_end_line(f);
}

static bool read_value(struct front *f, const struct buf *key)
{
	json_t *list;

	front_blanks(f);
	if (front_peek(f) == '[') {
		list = json_array();
		return front_set(f, key, list) && read_array(f, list);
	}
	if (front_peek(f) == '{') {
		front_left_out(f, key);
		while (f->p < f->end && *f->p != '\n')
			f->p++;
		return true;
	}
	return read_scalar(f) && front_end_line(f) &&
	       front_set(f, key, front_string(f));
}

static bool read_key(struct front *f, struct buf *key)
{
	const char *from = f->p;
	size_t len;

	if (*f->p == '"' || *f->p == '\'') {
		if (!front_quoted(f) ||
		    !front_key(f, key, buf_str(&f->value), f->value.len))
			return false;
		front_blanks(f);
	} else {
		while (f->p < f->end && !strchr("=\n", *f->p))
			f->p++;
		len = (size_t)(f->p - from);
		clean_trim(&from, &len);
		if (!front_key(f, key, from, len))
			return false;
	}
	if (front_peek(f) != '=')
		return front_error(f, "a line is no \"key = value\"");
	f->p++;
	return true;
}

/* "[taxonomies]" holds lists as if they stood outside; other tables are left out. */
static bool read_table(struct front *f, struct buf *key)
{
	const char *from = f->p + strspn(f->p, "[");
	size_t len;

	while (f->p < f->end && *f->p != ']' && *f->p != '\n')
		f->p++;
	if (front_peek(f) != ']')
		return front_error(f, "a table's name has no end");
	len = (size_t)(f->p - from);
	clean_trim(&from, &len);
	f->p += strspn(f->p, "]");
	if (!front_key(f, key, from, len) || !front_end_line(f))
		return false;
	if (strcmp(buf_str(key), "taxonomies") == 0)
		return true;
	front_left_out(f, key);
	for (pass_between(f); f->p < f->end && *f->p != '['; pass_between(f)) {
		while (f->p < f->end && *f->p != '\n')
			f->p++;
	}
	return true;
}

void front_toml(struct front *f)
{
	struct buf key;
	bool ok = true;

	buf_init(&key, 0);
	for (pass_between(f); ok && f->p < f->end; pass_between(f)) {
		if (*f->p == '[')
			ok = read_table(f, &key);
		else
			ok = read_key(f, &key) && read_value(f, &key);
	}
	buf_release(&key);
}
