/*
 * A record as a line that the user composes: "{date} {title:40}".
 */
#ifndef RENDER_LINE_H
#define RENDER_LINE_H

#include "render/projection.h"
#include "render/render.h"

/* A stretch of the line: text as it stands, or a field. */
struct line_piece {
	const char *text; /* NULL: a field */
	size_t field;     /* which of the fields */
	size_t width;     /* columns; 0: as many as it takes */
	int decimals;     /* -1: as many as there are */
};

/* A zeroed struct is ready. */
struct line {
	struct projection fields; /* that it shows */
	struct line_piece *v;
	size_t n, cap;
};

void line_release(struct line *l);

/*
 * Take the template ${text}: {name} stands for a field of the record that ${schema}
 * describes (a name, as in schema_of), {name:40} for as much of it as has room in 40
 * columns, blanks after it (before a number), {name:.2} for a number with 2 decimals;
 * {{ and }} are braces, \t, \n and \\ a tab, a new line, a backslash.  PDX_E_USAGE with
 * its place in ${text}.
 */
int line_parse(struct line *l, const char *text, const char *schema,
	       struct pdx_err *err);

/*
 * What r->line makes of each record.  A value is on one line whatever it holds; on a
 * terminal nothing in it is obeyed.
 */
extern const struct renderer renderer_line;

#endif
