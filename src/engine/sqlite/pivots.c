/*
 * Pivot counters: two facet counters, and a hash table of the pairs of their values.
 * Knows values by their numbers; names come in when it is over.
 */
#include "engine/sqlite/pivots.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FIRST_SLOTS 256
#define WHOLE_ARTICLE SIZE_MAX /* no take in particular */

int pivot_init(struct pivot_counter *p, const struct pdx_cross *cross,
	       struct pdx_err *err)
{
	int status;

	memset(p, 0, sizeof(*p));
	status = facet_init(&p->rows, cross->rows, err);
	if (!status)
		status = facet_init(&p->columns, cross->columns, err);
	if (!status && p->rows.field == p->columns.field)
		status = err_set(err, PDX_E_USAGE,
				 "\"%s\" cannot be crossed with itself",
				 p->rows.field->name);
	return status;
}

void pivot_release(struct pivot_counter *p)
{
	facet_release(&p->rows);
	facet_release(&p->columns);
	free(p->slots);
	once_release(&p->seen);
	free(p->row.v);
	free(p->column.v);
	memset(p, 0, sizeof(*p));
}

bool pivot_needs_lists(const struct pivot_counter *p, const struct docval *doc)
{
	return facet_needs_lists(&p->rows, doc) || facet_needs_lists(&p->columns, doc);
}

static struct pivot_slot *slot_of(struct pivot_slot *slots, size_t nslots, int64_t row,
				  int64_t column)
{
	/* Fibonacci hashing, with both numbers on the way: they run in sequence. */
	uint64_t mixed = (uint64_t)row * 0x9E3779B97F4A7C15u + (uint64_t)column;
	size_t at = (size_t)(mixed * 0x9E3779B97F4A7C15u >> 32) & (nslots - 1);

	while (slots[at].count && (slots[at].row != row || slots[at].column != column))
		at = (at + 1) & (nslots - 1);
	return &slots[at];
}

static bool grow(struct pivot_counter *p)
{
	size_t nslots = p->nslots ? p->nslots * 2 : FIRST_SLOTS, i;
	struct pivot_slot *slots;

	if (p->n * 2 < p->nslots)
		return true;
	slots = calloc(nslots, sizeof(*slots));
	if (!slots)
		return false;
	for (i = 0; i < p->nslots; i++)
		if (p->slots[i].count)
			*slot_of(slots, nslots, p->slots[i].row, p->slots[i].column) =
				p->slots[i];
	free(p->slots);
	p->slots = slots;
	p->nslots = nslots;
	return true;
}

static int add(struct pivot_counter *p, int64_t row, int64_t column, uint64_t weight,
	       struct pdx_err *err)
{
	struct pivot_slot *slot;

	if (!grow(p))
		return err_nomem(err);
	slot = slot_of(p->slots, p->nslots, row, column);
	p->n += slot->count == 0;
	slot->row = row;
	slot->column = column;
	slot->count += weight;
	return 0;
}

static int keep_value(void *ctx, int64_t value, struct pdx_err *err)
{
	struct pivot_values *values = ctx;

	if (!mem_grow(&values->v, &values->cap, values->n + 1, sizeof(*values->v)))
		return err_nomem(err);
	values->v[values->n++] = value;
	return 0;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void make_distinct(struct pivot_values *values)
{
	size_t i, n = 1;

	if (values->n < 2)
		return;
	qsort(values->v, values->n, sizeof(*values->v), by_number);
	for (i = 1; i < values->n; i++)
		if (values->v[i] != values->v[n - 1])
			values->v[n++] = values->v[i];
	values->n = n;
}

/* The values in field ${f} of the row, or of its take ${take}. */
static int gather(struct pivot_values *values, const struct facet_counter *f,
		  const struct counted *what, size_t take, struct pdx_err *err)
{
	bool any = false;
	int status;

	values->n = 0;
	if (take != WHOLE_ARTICLE && facet_is_of_takes(f)) {
		uint32_t id = facet_take_value(f, &what->lists->takes[take]);

		return keep_value(values, id ? id : FACET_NONE, err);
	}
	status = facet_values(&any, f, what->doc, what->lists, keep_value, values, err);
	if (!status && !any)
		status = keep_value(values, FACET_NONE, err);
	make_distinct(values);
	return status;
}

static int count_pairs(struct pivot_counter *p, const struct counted *what, size_t take,
		       uint64_t weight, struct pdx_err *err)
{
	int status = gather(&p->row, &p->rows, what, take, err);
	size_t i, j;

	if (!status)
		status = gather(&p->column, &p->columns, what, take, err);
	for (i = 0; i < p->row.n && !status; i++)
		for (j = 0; j < p->column.n && !status; j++) {
			int64_t row = p->row.v[i], column = p->column.v[j];
			int first = what->story ? once_first(&p->seen, row, column,
							     what->story, err)
						: 1;

			status = first < 0 ? first : 0;
			if (first == 1)
				status = add(p, row, column, weight, err);
		}
	return status;
}

static int count_takes(struct pivot_counter *p, const struct counted *what,
		       struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < what->lists->ntakes && !status; i++)
		if (!what->takes || what->takes[i])
			status = count_pairs(p, what, i, 1, err);
	return status;
}

int pivot_count(struct pivot_counter *p, const struct counted *what,
		struct pdx_err *err)
{
	int status;

	if (!what->weight)
		return 0;
	status = facet_count(&p->rows, what, err);
	if (!status)
		status = facet_count(&p->columns, what, err);
	if (status)
		return status;
	if (what->by_take &&
	    (facet_is_of_takes(&p->rows) || facet_is_of_takes(&p->columns)))
		return count_takes(p, what, err);
	return count_pairs(p, what, WHOLE_ARTICLE, what->weight, err);
}

/* Where a value stands in its facet. */
struct place {
	int64_t value;
	size_t at;
};

static int by_value(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (x->value > y->value) - (x->value < y->value);
}

/* The ${n} ${values} in the order of their numbers, and what stands for none. */
static struct place *make_places(const int64_t *values, size_t n, struct arena *arena)
{
	struct place *places = arena_array(arena, n + 1, sizeof(*places));
	size_t i;

	if (!places)
		return NULL;
	for (i = 0; i < n; i++)
		places[i] = (struct place){ values[i], i };
	places[n] = (struct place){ FACET_NONE, n };
	qsort(places, n + 1, sizeof(*places), by_value);
	return places;
}

static size_t place_of(const struct place *places, size_t n, int64_t value)
{
	struct place key = { value, 0 };
	const struct place *found =
		bsearch(&key, places, n + 1, sizeof(*places), by_value);

	return found->at; /* each value of a cell was counted in its facet too */
}

static int by_cell(const void *a, const void *b)
{
	const struct pdx_pivot_cell *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static int put_cells(struct pdx_pivot *out, const struct pivot_counter *p,
		     const struct place *rows, const struct place *columns,
		     struct arena *arena, struct pdx_err *err)
{
	struct pdx_pivot_cell *cells = arena_array(arena, p->n + 1, sizeof(*cells));
	size_t i, n = 0;

	if (!cells || !rows || !columns)
		return err_nomem(err);
	for (i = 0; i < p->nslots; i++) {
		const struct pivot_slot *slot = &p->slots[i];

		if (slot->count)
			cells[n++] = (struct pdx_pivot_cell){
				place_of(rows, out->rows.nvalues, slot->row),
				place_of(columns, out->columns.nvalues, slot->column),
				slot->count
			};
	}
	if (n)
		qsort(cells, n, sizeof(*cells), by_cell);
	out->cells = cells;
	out->ncells = n;
	return 0;
}

int pivot_finish(struct pdx_pivot *out, struct pivot_counter *p, struct names *names,
		 struct arena *arena, struct pdx_err *err)
{
	const int64_t *rows = NULL, *columns = NULL;
	int status;

	memset(out, 0, sizeof(*out));
	status = facet_finish(&out->rows, &rows, &p->rows, names, SIZE_MAX, arena, err);
	if (!status)
		status = facet_finish(&out->columns, &columns, &p->columns, names,
				      SIZE_MAX, arena, err);
	if (!status)
		status = put_cells(out, p, make_places(rows, out->rows.nvalues, arena),
				   make_places(columns, out->columns.nvalues, arena),
				   arena, err);
	return status;
}
