/*
 * Columns.  A line that a layout wrote has escape sequences for styles only, since
 * whatever else an article holds came out harmless: they are what has no width.
 */
#include "render/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

size_t columns_fit(size_t n, size_t width, size_t least)
{
	size_t most = (width + COLUMNS_GAP) / (least + COLUMNS_GAP), rows;

	if (most < 1)
		most = 1;
	rows = (n + most - 1) / most;
	return rows ? (n + rows - 1) / rows : 1;
}

bool columns_init(struct columns *c, struct out *out, size_t n, size_t width,
		  bool color)
{
	*c = (struct columns){ .out = out };
	c->width = (width - (n - 1) * COLUMNS_GAP) / n;
	c->v = calloc(n, sizeof(*c->v));
	for (; c->v && c->n < n; c->n++) {
		struct column *column = &c->v[c->n];
		FILE *file = open_memstream(&column->text, &column->len);

		if (!file)
			break;
		out_init(&column->out, file);
		layout_init(&column->layout, &column->out, c->width, color);
	}
	if (c->n == n)
		return true;
	out_fail(out, PDX_E_NOMEM);
	columns_release(c);
	return false;
}

void columns_release(struct columns *c)
{
	for (size_t i = 0; i < c->n; i++) {
		layout_release(&c->v[i].layout);
		fclose(c->v[i].out.file);
		free(c->v[i].text);
	}
	free(c->v);
	*c = (struct columns){ .v = NULL };
}

struct layout *columns_at(struct columns *c, size_t i)
{
	return &c->v[i].layout;
}

/* Columns that ${len} bytes of a line take. */
static size_t line_width(const char *line, size_t len)
{
	size_t width = 0, i = 0;
	uint32_t cp;

	while (i < len) {
		if (line[i] == terminal_styles.on[STYLE_PLAIN][0]) {
			while (i < len && line[i] != 'm')
				i++;
			i += i < len;
			continue;
		}
		i += utf8_decode(&cp, line + i, len - i);
		width += layout_cell(cp);
	}
	return width;
}

/* Write the line at *${at} of one block, after ${*blanks} that are due; *at goes on. */
static void put_line(struct out *out, const char **at, size_t *blanks, size_t width)
{
	size_t len = strcspn(*at, "\n"), used = line_width(*at, len);

	if (len) {
		out_pad(out, *blanks);
		out_write(out, *at, len);
		*blanks = 0;
	}
	*blanks += used < width ? width - used : 0;
	*at += len + ((*at)[len] == '\n');
}

static bool any_left(const char *const *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (*at[i])
			return true;
	return false;
}

void columns_put(struct columns *c, size_t indent)
{
	const char **at = calloc(c->n, sizeof(*at));
	bool ok = at != NULL;

	for (size_t i = 0; i < c->n && ok; i++) {
		ok = !out_flush(&c->v[i].out, NULL);
		at[i] = c->v[i].text;
	}
	if (!ok)
		out_fail(c->out, PDX_E_NOMEM);
	while (ok && any_left(at, c->n)) {
		size_t blanks = indent;

		for (size_t i = 0; i < c->n; i++) {
			put_line(c->out, &at[i], &blanks, c->width);
			blanks += COLUMNS_GAP;
		}
		out_putc(c->out, '\n');
	}
	free(at);
}
