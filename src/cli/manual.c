/*
 * The tables as mdoc(7).  What a list says stands in the row that it is of, so that
 * --help, completion and the manual cannot differ.
 */
#include "cli/manual.h"

#include <string.h>

#include "base/buf.h"
#include "cli/cli.h"
#include "query/fields.h"

#define LINE_SIZE 1024
#define WIDTH 72 /* bytes of a line: with what stands before it still under 80 */

/* ${len} bytes of a line: nothing in them is a request or an escape. */
static void put_line(struct out *out, const char *text, size_t len)
{
	if (len && (*text == '.' || *text == '\''))
		out_puts(out, "\\&");
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\\')
			out_puts(out, "\\e");
		else if (text[i] == '-')
			out_puts(out, "\\-");
		else
			out_putc(out, text[i]);
	}
}

/* Words with blanks between them, on as many lines as that takes. */
static void put_words(struct out *out, const char *text, size_t len)
{
	size_t column = 0, n;

	for (; len; text += n, len -= n) {
		n = 0;
		while (n < len && text[n] != ' ')
			n++;
		if (column)
			out_putc(out, column + 1 + n > WIDTH ? '\n' : ' ');
		column = column && column + 1 + n <= WIDTH ? column + 1 + n : n;
		for (size_t i = 0; i < n; i++)
			column += text[i] == '-' || text[i] == '\\'; /* two bytes */
		put_line(out, text, n);
		while (n < len && text[n] == ' ')
			n++;
	}
}

/* Prose, each sentence beginning a line. */
static void put_text(struct out *out, const char *text, size_t len)
{
	for (size_t i = 0; i + 3 <= len; i++) {
		if (memcmp(text + i, ".  ", 3) != 0)
			continue;
		put_words(out, text, i + 1);
		out_putc(out, '\n');
		text += i + 3;
		len -= i + 3;
		i = 0;
	}
	put_words(out, text, len);
}

/* ${text} as the arguments of a macro: quoted, so that no word of it is one. */
static void put_quoted(struct out *out, const char *text, size_t len)
{
	out_putc(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"')
			out_putc(out, '"');
		if (text[i] == '\\')
			out_puts(out, "\\e");
		else
			out_putc(out, text[i]);
	}
	out_putc(out, '"');
}

/* Prose, line by line; lines that begin with blanks are kept as they are. */
static void put_more(struct out *out, const char *text)
{
	bool literal = false, empty = false;

	while (*text) {
		size_t len = strcspn(text, "\n");
		bool indented = strncmp(text, "  ", 2) == 0;

		if (indented && !literal)
			out_puts(out, ".Bd -literal -offset indent\n");
		else if (indented && empty)
			out_putc(out, '\n');
		if (!indented && literal && len)
			out_puts(out, ".Ed\n");
		literal = indented || (literal && !len);
		if (empty && len && !indented)
			out_puts(out, ".Pp\n");
		empty = len == 0;
		if (len) {
			if (indented)
				put_line(out, text + 2, len - 2);
			else
				put_text(out, text, len);
			out_putc(out, '\n');
		}
		text += len + (text[len] == '\n');
	}
	if (literal)
		out_puts(out, ".Ed\n");
}

static void put_commands(struct out *out)
{
	for (const struct command *c = commands; c->name; c++) {
		out_printf(out, ".Ss %s\n.Nm paneldex\n.Cm %s\n.Op Ar option ...\n",
			   c->name, c->name);
		if (*c->words) {
			out_puts(out, ".Ar ");
			put_quoted(out, c->words, strlen(c->words));
			out_putc(out, '\n');
		}
		out_puts(out, ".Pp\nTo ");
		put_text(out, c->help, strlen(c->help));
		out_puts(out, ".\n");
		put_more(out, c->more);
	}
}

/* ${text} and a full stop; it is released. */
static void put_prose(struct out *out, struct buf *text)
{
	buf_putc(text, '.');
	if (!buf_ok(text))
		out_fail(out, PDX_E_NOMEM);
	put_text(out, buf_str(text), text->len);
	out_putc(out, '\n');
	buf_release(text);
}

/* "For search, similar." */
static void put_takers(struct out *out, unsigned takers)
{
	const char *before = "For";
	struct buf text;

	buf_init(&text, 0);
	if ((takers & COMMAND_ALL) == COMMAND_ALL) {
		buf_puts(&text, "For every command");
	} else {
		for (const struct command *c = commands; c->name; c++) {
			if (!(takers & c->bit))
				continue;
			buf_printf(&text, "%s %s", before, c->name);
			before = ",";
		}
	}
	put_prose(out, &text);
}

static void put_option(struct out *out, const struct option_row *row)
{
	const char *choice;
	struct buf text;

	out_puts(out, ".It ");
	if (row->letter)
		out_printf(out, "Fl %c , ", row->letter);
	out_printf(out, "Fl Fl %s", row->name);
	if (row->arg) {
		out_puts(out, " Ar ");
		put_quoted(out, row->arg, strlen(row->arg));
	}
	out_putc(out, '\n');
	buf_init(&text, 0);
	for (const char *c = row->help; *c; c++)
		buf_putc(&text, *c == '\n' ? ' ' : *c);
	for (size_t i = 0; row->choice && (choice = row->choice(i)); i++)
		buf_printf(&text, "%s %s", i ? "," : ":", choice);
	put_prose(out, &text);
	put_takers(out, row->commands);
}

static void put_options(struct out *out)
{
	out_puts(out, ".Bl -tag -width Ds\n");
	for (const struct option_row *row = option_table; row->name; row++)
		put_option(out, row);
	out_puts(out, ".El\n");
}

static void put_fields(struct out *out)
{
	out_puts(out, ".Bl -tag -width perspectiveX -compact\n");
	for (int id = 0; id < FIELD_COUNT; id++) {
		const struct field *f = field_get((enum field_id)id);

		if (!f->queryable)
			continue;
		out_printf(out, ".It Cm %s\n", f->name);
		put_text(out, f->help, strlen(f->help));
		out_putc(out, '\n');
	}
	out_puts(out, ".El\n");
}

void manual_fill(struct out *out, FILE *in)
{
	static const struct {
		const char *line;
		void (*put)(struct out *out);
	} lists[] = {
		{ ".\\\" @commands\n", put_commands },
		{ ".\\\" @options\n", put_options },
		{ ".\\\" @fields\n", put_fields },
	};
	char line[LINE_SIZE];

	while (fgets(line, sizeof(line), in)) {
		size_t i = 0, n = sizeof(lists) / sizeof(lists[0]);

		while (i < n && strcmp(line, lists[i].line) != 0)
			i++;
		if (i < n)
			lists[i].put(out);
		else
			out_puts(out, line);
	}
}
