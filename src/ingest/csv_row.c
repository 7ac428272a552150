/* A machine of four states that takes a row apart, byte by byte. */
#include "ingest/csv_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ingest/clean.h"

enum state {
	CELL_START,
	CELL_PLAIN,
	CELL_QUOTED,
	CELL_QUOTE /* in a quoted cell, behind a quote that may be its end */
};

void csv_row_init(struct csv_row *row, char delimiter)
{
	*row = (struct csv_row){ .delimiter = delimiter };
	buf_init(&row->text, 0);
}

void csv_row_release(struct csv_row *row)
{
	buf_release(&row->text);
	free(row->at);
	row->at = NULL;
}

static void begin_cell(struct csv_row *row)
{
	row->state = CELL_START;
	if (mem_grow(&row->at, &row->cap, row->n + 1, sizeof(*row->at)))
		row->at[row->n++] = row->text.len;
	else
		row->failed = true;
}

void csv_row_begin(struct csv_row *row)
{
	buf_reset(&row->text);
	row->n = 0;
	row->wide = false;
	begin_cell(row);
}

void csv_row_forget(struct csv_row *row)
{
	buf_reset(&row->text);
	row->n = 0;
}

/* A cell between tabs that is quoted as a whole: "" in it is a quote. */
static void unquote(struct csv_row *row)
{
	size_t from = row->n > 0 ? row->at[row->n - 1] : 0;
	size_t to = from, end = row->text.len;
	char *s = row->text.data;

	if (end - from < 2 || s[from] != '"' || s[end - 1] != '"')
		return;
	for (size_t i = from + 1; i < end - 1; i++) {
		s[to++] = s[i];
		i += s[i] == '"' && s[i + 1] == '"';
	}
	buf_truncate(&row->text, to);
}

static void end_cell(struct csv_row *row)
{
	if (row->delimiter == '\t' && buf_ok(&row->text))
		unquote(row);
	buf_putc(&row->text, '\0');
}

static void add_byte(struct csv_row *row, char c)
{
	if (row->state != CELL_QUOTED && c == row->delimiter) {
		row->wide = row->n >= CSV_COLUMNS_MAX;
		if (row->wide)
			return;
		end_cell(row);
		begin_cell(row);
		return;
	}
	switch ((enum state)row->state) {
	case CELL_START:
		if (c == ' ')
			return;
		if (c == '"' && row->delimiter != '\t') {
			row->state = CELL_QUOTED;
			return;
		}
		row->state = CELL_PLAIN;
		break;
	case CELL_QUOTED:
		if (c == '"') {
			row->state = CELL_QUOTE;
			return;
		}
		break;
	case CELL_QUOTE:
		row->state = c == '"' ? CELL_QUOTED : CELL_PLAIN;
		break;
	case CELL_PLAIN:
		break;
	}
	buf_putc(&row->text, c);
}

bool csv_row_add(struct csv_row *row, const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		add_byte(row, line[i]);
	if (row->state == CELL_QUOTED) {
		buf_putc(&row->text, '\n');
		return false;
	}
	end_cell(row);
	return true;
}

bool csv_row_ok(const struct csv_row *row)
{
	return !row->failed && buf_ok(&row->text);
}

const char *csv_row_cell(const struct csv_row *row, size_t i)
{
	return row->text.data + row->at[i];
}

const char *csv_row_trimmed(size_t *len, const struct csv_row *row, size_t i)
{
	const char *s = csv_row_cell(row, i);

	*len = (i + 1 < row->n ? row->at[i + 1] : row->text.len) - row->at[i] - 1;
	clean_trim(&s, len);
	return s;
}
