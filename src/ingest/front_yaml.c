/* The YAML of front matter. */
#include <string.h>

#include "ingest/clean.h"
#include "ingest/front_parts.h"

/* The blanks at the start of the line; a tab is an error later. */
static size_t indent(const struct front *f)
{
	size_t n = 0;

	while (f->p + n < f->end && f->p[n] == ' ')
		n++;
	return n;
}

static bool is_empty_line(const struct front *f)
{
	const char *p = f->p;

	while (p < f->end && (*p == ' ' || *p == '\t' || *p == '\r'))
		p++;
	return p == f->end || *p == '\n' || *p == '#';
}

static void pass_line(struct front *f)
{
	while (f->p < f->end && *f->p != '\n')
		f->p++;
	if (f->p < f->end)
		front_pass(f);
}

static void pass_empty_lines(struct front *f)
{
	while (f->p < f->end && is_empty_line(f))
		pass_line(f);
}

static bool is_null(const struct buf *value)
{
	static const char *const nulls[] = { "", "~", "null", "Null", "NULL" };

	for (size_t i = 0; i < sizeof(nulls) / sizeof(nulls[0]); i++) {
		if (strcmp(buf_str(value), nulls[i]) == 0)
			return true;
	}
	return false;
}

/* Append plain text up to one of ${stops}, a comment or the end of the line. */
static void add_plain(struct front *f, const char *stops)
{
	const char *from = f->p;
	size_t len;

	while (f->p < f->end && *f->p != '\n' && !strchr(stops, *f->p) &&
	       !(*f->p == '#' && f->p > from && (f->p[-1] == ' ' || f->p[-1] == '\t')))
		f->p++;
	len = (size_t)(f->p - from);
	clean_trim(&from, &len);
	if (len > 0 && f->value.len > 0)
		buf_putc(&f->value, ' ');
	buf_put(&f->value, from, len);
}

/* A plain scalar; lines that stand further in than ${column} go on with it. */
static bool read_plain(struct front *f, size_t column)
{
	buf_reset(&f->value);
	if (strchr("&*!%@`|>", front_peek(f)) && front_peek(f))
		return front_error(f, "a value begins with what has no meaning here");
	add_plain(f, "");
	pass_line(f);
	while (f->p < f->end && !is_empty_line(f) && indent(f) > column) {
		add_plain(f, "");
		pass_line(f);
	}
	return true;
}

/* A quoted or plain element of [a, b]. */
static bool read_flow_element(struct front *f)
{
	if (front_peek(f) == '"' || front_peek(f) == '\'')
		return front_quoted(f);
	buf_reset(&f->value);
	add_plain(f, ",]\r");
	return true;
}

static void flow_blanks(struct front *f)
{
	while (f->p < f->end && strchr(" \t\r\n", *f->p))
		front_pass(f);
}

/* [a, "b", c], perhaps over several lines, behind its bracket. */
static bool read_flow(struct front *f, json_t *list, const struct buf *key)
{
	for (flow_blanks(f); front_peek(f) != ']'; flow_blanks(f)) {
		if (f->p == f->end)
			return front_error(f, "a list has no end");
		if (*f->p == '[' || *f->p == '{') {
			front_left_out(f, key);
			return front_error(f, "a list holds more than scalars");
		}
		if (!read_flow_element(f))
			return false;
		if (f->value.len > 0 &&
		    json_array_append_new(list, front_string(f)) < 0)
			f->nomem = true;
		flow_blanks(f);
		if (front_peek(f) == ',')
			f->p++;
		else if (f->p < f->end && *f->p != ']')
			return front_error(f, "a comma is missing in a list");
	}
	f->p++;
	return front_end_line(f);
}

/* Lines that stand further in than ${column}. */
static void pass_nested(struct front *f, size_t column)
{
	while (f->p < f->end && (is_empty_line(f) || indent(f) > column))
		pass_line(f);
}

static bool is_dash(const struct front *f, size_t column)
{
	const char *p = f->p + column;

	return p < f->end && *p == '-' && (p + 1 == f->end || strchr(" \t\r\n", p[1]));
}

/* "name: x" in an item: a mapping, or the start of one. */
static bool is_mapping(const struct front *f)
{
	const char *p = f->p;

	if (p < f->end && (*p == '{' || *p == '['))
		return true;
	while (p < f->end && ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			      (*p >= '0' && *p <= '9') || *p == '_' || *p == '-'))
		p++;
	return p > f->p && p < f->end && *p == ':' &&
	       (p + 1 == f->end || strchr(" \t\r\n", p[1]));
}

/* One "- item" of a list whose dashes stand at ${column}. */
static bool read_item(struct front *f, json_t *list, const struct buf *key,
		      size_t column, bool *told)
{
	f->p += column + 1;
	front_blanks(f);
	if (is_mapping(f)) {
		if (!*told)
			front_left_out(f, key);
		*told = true;
		pass_line(f);
		pass_nested(f, column);
		return true;
	}
	if (front_peek(f) == '"' || front_peek(f) == '\'') {
		if (!front_quoted(f) || !front_end_line(f))
			return false;
	} else if (!read_plain(f, column)) {
		return false;
	}
	if (!is_null(&f->value) && json_array_append_new(list, front_string(f)) < 0)
		f->nomem = true;
	return true;
}

/* Lines of "- item" at ${column}. */
static bool read_block_list(struct front *f, json_t *list, const struct buf *key,
			    size_t column)
{
	bool told = false;

	for (pass_empty_lines(f);
	     f->p < f->end && indent(f) == column && is_dash(f, column);
	     pass_empty_lines(f)) {
		if (!read_item(f, list, key, column, &told))
			return false;
	}
	if (f->p < f->end && indent(f) > 0 && indent(f) >= column)
		return front_error(f, "an item does not stand below the others");
	return true;
}

/* The lines of "|" or ">": kept, or folded into paragraphs. */
static bool read_block_scalar(struct front *f)
{
	bool folded = *f->p == '>', empty = false;
	size_t column = 0;

	f->p++;
	while (front_peek(f) == '-' || front_peek(f) == '+')
		f->p++;
	if (!front_end_line(f))
		return false;
	buf_reset(&f->value);
	while (f->p < f->end) {
		const char *feed = memchr(f->p, '\n', (size_t)(f->end - f->p));
		const char *line = f->p;
		size_t len = (size_t)((feed ? feed : f->end) - line), in = indent(f);

		clean_trim(&line, &len);
		if (len > 0 && in == 0)
			break;
		column = column ? column : in;
		if (f->value.len > 0)
			buf_puts(&f->value, len == 0 || empty || !folded ? "\n" : " ");
		empty = len == 0;
		if (len > 0 && in > column && !folded)
			buf_put(&f->value, f->p + column, in - column);
		buf_put(&f->value, line, len);
		pass_line(f);
	}
	return true;
}

/* What stands below a key that has nothing beside it. */
static bool read_below(struct front *f, const struct buf *key)
{
	size_t column;
	json_t *list;

	pass_empty_lines(f);
	column = indent(f);
	if (f->p < f->end && is_dash(f, column)) {
		list = json_array();
		return front_set(f, key, list) && read_block_list(f, list, key, column);
	}
	if (f->p == f->end || column == 0)
		return front_set(f, key, json_null());
	front_left_out(f, key);
	pass_nested(f, 0);
	return front_set(f, key, json_null());
}

/* {a: b} on one line. */
static bool pass_flow_mapping(struct front *f, const struct buf *key)
{
	front_left_out(f, key);
	pass_line(f);
	pass_nested(f, 0);
	return front_set(f, key, json_null());
}

static bool read_value(struct front *f, const struct buf *key)
{
	json_t *list;

	front_blanks(f);
	if (front_at_line_end(f)) {
		pass_line(f);
		return read_below(f, key);
	}
	switch (*f->p) {
	case '[':
		f->p++;
		list = json_array();
		return front_set(f, key, list) && read_flow(f, list, key);
	case '{':
		return pass_flow_mapping(f, key);
	case '|':
	case '>':
		return read_block_scalar(f) && front_set(f, key, front_string(f));
	case '"':
	case '\'':
		return front_quoted(f) && front_end_line(f) &&
		       front_set(f, key, front_string(f));
	default:
		return read_plain(f, 0) &&
		       front_set(f, key,
				 is_null(&f->value) ? json_null() : front_string(f));
	}
}

static bool read_key(struct front *f, struct buf *key)
{
	const char *from = f->p;

	if (*f->p == '"' || *f->p == '\'') {
		if (!front_quoted(f) ||
		    !front_key(f, key, buf_str(&f->value), f->value.len))
			return false;
	} else {
		while (f->p < f->end && !strchr(":\n", *f->p))
			f->p++;
		if (!front_key(f, key, from, (size_t)(f->p - from)))
			return false;
	}
	if (front_peek(f) != ':' || (f->p + 1 < f->end && !strchr(" \t\r\n", f->p[1])))
		return front_error(f, "a line is no \"key: value\"");
	f->p++;
	return true;
}

void front_yaml(struct front *f)
{
	struct buf key;
	bool ok = true;

	buf_init(&key, 0);
	for (pass_empty_lines(f); ok && f->p < f->end; pass_empty_lines(f)) {
		if (*f->p == ' ' || *f->p == '\t')
			ok = front_error(f, "a line stands further in than its key");
		else
			ok = read_key(f, &key) && read_value(f, &key);
	}
	buf_release(&key);
}
