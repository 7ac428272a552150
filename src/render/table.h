/*
 * Tables of strings: what the formats csv, tsv and md, and reports, make of a record.
 * A table is filled row by row; a column is there from the first cell that names it.
 * Failures stick to ${arena} and are found once, by tables_ok().
 */
#ifndef RENDER_TABLE_H
#define RENDER_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum table_kind {
	TABLE_TEXT,  /* somebody's words: nothing in it can be trusted */
	TABLE_NUMBER /* of ours, aligned to the right */
};

struct table_column {
	const char *name; /* as the key in JSON: "first_date" */
	enum table_kind kind;
};

struct table {
	const char *name;  /* a file's name, without its ending: "facets" */
	const char *title; /* a heading: "By company" */
	struct table_column *columns;
	size_t ncolumns, columns_cap;
	const char **
		*rows;  /* of as many cells as there were columns then; NULL: empty */
	size_t *widths; /* cells of each row */
	size_t nrows, rows_cap;
	const char **row; /* being filled: NULL where there is none */
	size_t nrow, row_cap;
};

struct tables {
	struct arena arena;
	struct table *v;
	size_t n, cap;
};

/* A zeroed struct is ready. */
void tables_release(struct tables *t);
bool tables_ok(const struct tables *t);

/* Begin a table; what follows belongs to it.  The strings are kept. */
void tables_begin(struct tables *t, const char *name, const char *title);

/* Have a column whether or not a row has it.  ${name} is kept. */
void tables_column(struct tables *t, const char *name, enum table_kind kind);

/* Likewise ${n} columns: those of a table that may be empty. */
void tables_columns(struct tables *t, const struct table_column *v, size_t n);

/*
 * A cell of the row that is being filled.  Names are kept, values copied; NULL and what
 * is not finite give an empty cell.
 */
void tables_text(struct tables *t, const char *column, const char *value);
void tables_number(struct tables *t, const char *column, uint64_t value);
void tables_signed(struct tables *t, const char *column, int64_t value);
void tables_decimal(struct tables *t, const char *column, double value);
void tables_day(struct tables *t, const char *column, int32_t date);
/* The values in one cell, with "; " between. */
void tables_list(struct tables *t, const char *column, const char *const *values,
		 size_t n);

/* The row is complete. */
void tables_end_row(struct tables *t);

/* A cell, "" where the row has none. */
const char *table_cell(const struct table *t, size_t row, size_t column);

#endif
