/*
 * Errors and notes for a person: "paneldex: place: column 9: message", and below it the
 * query with a caret under what is meant.  A query wider than the screen is shown as
 * the window around the caret.
 */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "render/term.h"

#define MARGIN 2u /* columns before the query */
#define ELLIPSIS "\xE2\x80\xA6"

/* A code point of the query as it is shown, and where it stands. */
struct cell {
	size_t start; /* byte in the query */
	uint32_t cp;
	size_t column; /* of the screen, from 0 */
};

struct ruler {
	struct cell *cells; /* one more than there are, for the end */
	size_t n;
};

static bool ruler_init(struct ruler *r, const char *text)
{
	size_t len = strlen(text), column = 0;

	r->n = 0;
	r->cells = calloc(len + 1, sizeof(*r->cells));
	if (!r->cells)
		return false;
	for (size_t i = 0; i < len;) {
		struct cell *c = &r->cells[r->n++];
		uint32_t cp;

		*c = (struct cell){ .start = i, .column = column };
		i += utf8_decode(&cp, text + i, len - i);
		c->cp = layout_safe(cp);
		column += layout_cell(c->cp);
	}
	r->cells[r->n] = (struct cell){ .start = len, .column = column };
	return true;
}

/* The first cell at or after byte ${at}. */
static size_t ruler_at(const struct ruler *r, size_t at)
{
	size_t i = 0;

	while (i < r->n && r->cells[i].start < at)
		i++;
	return i;
}

/*
 * Choose the cells [*first, *last) to show in ${width} columns so that ${caret} is
 * among them, with a third of the room before it.
 */
static void window(size_t *first, size_t *last, const struct ruler *r, size_t caret,
		   size_t width)
{
	size_t end = r->cells[r->n].column;

	*first = 0;
	*last = r->n;
	if (end <= width)
		return;
	width -= 2; /* an ellipsis on each side */
	while (r->cells[caret].column - r->cells[*first].column > width / 3 &&
	       end - r->cells[*first].column > width)
		(*first)++;
	while (r->cells[*last].column - r->cells[*first].column > width)
		(*last)--;
}

static void put_cell(struct out *out, uint32_t cp)
{
	char bytes[UTF8_MAX_BYTES];

	if (cp)
		out_write(out, bytes, utf8_encode(bytes, cp));
}

/* The query, and under the bytes [start, start + len) of it ^~~~ */
static void show_place(struct render *r, const struct render_message *m)
{
	struct ruler ruler;
	size_t first, last, caret, stop, from, to;

	if (!ruler_init(&ruler, m->query)) {
		out_fail(r->err, PDX_E_NOMEM);
		return;
	}
	caret = ruler_at(&ruler, m->start);
	stop = ruler_at(&ruler, m->start + m->len);
	window(&first, &last, &ruler, caret, r->err_width - MARGIN - 1);

	out_pad(r->err, MARGIN);
	if (first > 0)
		out_puts(r->err, ELLIPSIS);
	for (size_t i = first; i < last; i++)
		put_cell(r->err, ruler.cells[i].cp);
	if (last < ruler.n)
		out_puts(r->err, ELLIPSIS);

	from = ruler.cells[caret].column;
	to = ruler.cells[stop < last ? stop : last].column;
	out_putc(r->err, '\n');
	if (first > 0)
		out_putc(r->err, ' ');
	out_pad(r->err, MARGIN + from - ruler.cells[first].column);
	out_putc(r->err, '^');
	for (size_t i = from + 1; i < to; i++)
		out_putc(r->err, '~');
	out_putc(r->err, '\n');
	free(ruler.cells);
}

/* ${text} on this line, harmless. */
static void put_text(struct render *r, const char *text)
{
	layout_line(r->err, text, SIZE_MAX);
}

static void put_message(struct render *r, const struct render_message *m,
			const char *kind)
{
	out_puts(r->err, "paneldex: ");
	if (m->place) {
		put_text(r, m->place);
		out_puts(r->err, ": ");
	}
	if (m->column)
		out_printf(r->err, "column %zu: ", m->column);
	out_puts(r->err, kind);
	put_text(r, m->message);
	out_putc(r->err, '\n');
}

void term_error(struct render *r, const struct render_message *m)
{
	put_message(r, m, "");
	if (m->column && m->query)
		show_place(r, m);
}

void term_note(struct render *r, const struct render_message *m)
{
	put_message(r, m, "note: ");
}

void term_suggestion(struct render *r, const struct render_message *m)
{
	put_message(r, m, "");
}

void term_remark(struct render *r, const char *origin, const char *message)
{
	put_text(r, origin);
	out_puts(r->err, ": ");
	put_text(r, message);
	out_putc(r->err, '\n');
}

void term_reject(struct render *r, const struct render_reject *reject)
{
	put_text(r, reject->origin);
	out_puts(r->err, ": ");
	put_text(r, reject->reason);
	out_puts(r->err, "; rejected\n");
}
