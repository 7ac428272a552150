/*
 * Rows of tables in text: RFC 4180 and what spreadsheets make of it.  Fed line by line,
 * since a quoted cell may hold line ends.
 */
#ifndef INGEST_CSV_ROW_H
#define INGEST_CSV_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

#define CSV_COLUMNS_MAX 10000

struct csv_row {
	char delimiter; /* a tab: quotes around a cell count on one line only */
	struct buf text;
	size_t *at; /* where in ${text} each cell begins; a NUL ends it */
	size_t n, cap;
	int state; /* inside a row; 0 at its beginning */
	bool wide; /* it has more columns than that; what follows is one cell */
	bool failed;
};

void csv_row_init(struct csv_row *row, char delimiter);
void csv_row_release(struct csv_row *row); /* accepts a zeroed struct */
void csv_row_begin(struct csv_row *row);

/*
 * Add ${len} bytes of a line, without its end.  True where the row ends with them,
 * false where the next line belongs to it too.
 */
bool csv_row_add(struct csv_row *row, const char *line, size_t len);

/* Drop the cells so far, of a row that is too long; it still has to end. */
void csv_row_forget(struct csv_row *row);

/* Whether memory was out. */
bool csv_row_ok(const struct csv_row *row);

/* Cell ${i} below row->n. */
const char *csv_row_cell(const struct csv_row *row, size_t i);

/* Cell ${i} without blanks around it. */
const char *csv_row_trimmed(size_t *len, const struct csv_row *row, size_t i);

#endif
