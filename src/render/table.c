/*
 * Rows and columns of strings.  Knows no format.
 */
#include "render/table.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "paneldex.h"

static void table_release(struct table *t)
{
	free(t->columns);
	free(t->rows);
	free(t->widths);
	free(t->row);
}

void tables_release(struct tables *t)
{
	for (size_t i = 0; i < t->n; i++)
		table_release(&t->v[i]);
	free(t->v);
	arena_release(&t->arena);
	*t = (struct tables){ .v = NULL };
}

bool tables_ok(const struct tables *t)
{
	return !t->arena.failed;
}

void tables_begin(struct tables *t, const char *name, const char *title)
{
	if (!mem_grow(&t->v, &t->cap, t->n + 1, sizeof(*t->v))) {
		t->arena.failed = true;
		return;
	}
	t->v[t->n++] = (struct table){ .name = name, .title = title };
}

static struct table *current(struct tables *t)
{
	return t->n && !t->arena.failed ? &t->v[t->n - 1] : NULL;
}

/*
 * The place of column ${name}, made where there is none; SIZE_MAX after a failure.
 * Rows name their columns in the same order: most are where the row is.
 */
static size_t place(struct tables *t, const char *name, enum table_kind kind)
{
	struct table *table = current(t);
	size_t i;

	if (!table)
		return SIZE_MAX;
	i = table->nrow;
	if (i < table->ncolumns && strcmp(table->columns[i].name, name) == 0)
		return i;
	for (i = 0; i < table->ncolumns; i++)
		if (strcmp(table->columns[i].name, name) == 0)
			return i;
	if (!mem_grow(&table->columns, &table->columns_cap, i + 1,
		      sizeof(*table->columns))) {
		t->arena.failed = true;
		return SIZE_MAX;
	}
	table->columns[table->ncolumns++] = (struct table_column){ name, kind };
	return i;
}

void tables_column(struct tables *t, const char *name, enum table_kind kind)
{
	place(t, name, kind);
}

void tables_columns(struct tables *t, const struct table_column *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		place(t, v[i].name, v[i].kind);
}

/* ${value} is kept. */
static void put(struct tables *t, const char *column, enum table_kind kind,
		const char *value)
{
	size_t at = place(t, column, kind);
	struct table *table = current(t);

	if (!table || at == SIZE_MAX)
		return;
	if (!mem_grow(&table->row, &table->row_cap, at + 1, sizeof(*table->row))) {
		t->arena.failed = true;
		return;
	}
	while (table->nrow <= at)
		table->row[table->nrow++] = NULL;
	table->row[at] = value;
}

void tables_text(struct tables *t, const char *column, const char *value)
{
	put(t, column, TABLE_TEXT, arena_strdup(&t->arena, value));
}

void tables_number(struct tables *t, const char *column, uint64_t value)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%" PRIu64, value);
	put(t, column, TABLE_NUMBER, arena_strdup(&t->arena, digits));
}

void tables_signed(struct tables *t, const char *column, int64_t value)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%" PRId64, value);
	put(t, column, TABLE_NUMBER, arena_strdup(&t->arena, digits));
}

void tables_decimal(struct tables *t, const char *column, double value)
{
	char digits[32];

	snprintf(digits, sizeof(digits), "%.6g", value);
	put(t, column, TABLE_NUMBER,
	    isfinite(value) ? arena_strdup(&t->arena, digits) : NULL);
}

void tables_day(struct tables *t, const char *column, int32_t date)
{
	char iso[DATE_TEXT];

	put(t, column, TABLE_NUMBER,
	    date == PDX_NO_DATE ? NULL
				: arena_strdup(&t->arena, date_format(iso, date)));
}

void tables_list(struct tables *t, const char *column, const char *const *values,
		 size_t n)
{
	struct buf all;

	buf_init(&all, 0);
	for (size_t i = 0; i < n; i++) {
		buf_puts(&all, i ? "; " : "");
		buf_puts(&all, values[i]);
	}
	tables_text(t, column, buf_str(&all));
	if (!buf_ok(&all))
		t->arena.failed = true;
	buf_release(&all);
}

void tables_end_row(struct tables *t)
{
	struct table *table = current(t);
	size_t cap;
	const char **cells;

	if (!table)
		return;
	cap = table->rows_cap;
	cells = arena_array(&t->arena, table->nrow ? table->nrow : 1, sizeof(*cells));
	if (!cells ||
	    !mem_grow(&table->rows, &cap, table->nrows + 1, sizeof(*table->rows)) ||
	    !mem_grow(&table->widths, &table->rows_cap, table->nrows + 1,
		      sizeof(*table->widths))) {
		t->arena.failed = true;
		return;
	}
	if (table->nrow)
		memcpy(cells, table->row, table->nrow * sizeof(*cells));
	table->rows[table->nrows] = cells;
	table->widths[table->nrows++] = table->nrow;
	table->nrow = 0;
}

const char *table_cell(const struct table *t, size_t row, size_t column)
{
	const char *cell = column < t->widths[row] ? t->rows[row][column] : NULL;

	return cell ? cell : "";
}
