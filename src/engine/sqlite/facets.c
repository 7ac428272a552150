/*
 * Facet counters.  Knows doc values and dictionaries; not how a match was found.
 */
#include "engine/sqlite/facets.h"

#include <stdlib.h>
#include <string.h>

#include "base/period.h"

#define FIRST_SLOTS 64

static int init_dense(struct facet_counter *f, struct pdx_err *err)
{
	f->dense = calloc(FACET_DENSE, sizeof(*f->dense));
	return f->dense ? 0 : err_nomem(err);
}

static int init_periods(struct facet_counter *f, struct pdx_err *err)
{
	size_t i;

	f->periods = malloc(FACET_PERIODS * sizeof(*f->periods));
	if (!f->periods)
		return err_nomem(err);
	for (i = 0; i < FACET_PERIODS; i++)
		f->periods[i].date = PDX_NO_DATE;
	return 0;
}

int facet_init(struct facet_counter *f, const char *name, struct pdx_err *err)
{
	memset(f, 0, sizeof(*f));
	f->field = field_find(name, strlen(name));
	if (!f->field || !f->field->facet)
		return err_set(err, PDX_E_USAGE, "\"%s\" is no field to count by",
			       name);
	f->kind = names_kind(f->field->id);
	f->unit = field_unit(f->field->id);
	return f->kind == NAME_KINDS ? init_periods(f, err) : init_dense(f, err);
}

void facet_release(struct facet_counter *f)
{
	free(f->slots);
	once_release(&f->seen);
	free(f->dense);
	free(f->periods);
	memset(f, 0, sizeof(*f));
}

/* A division for each day that is new and none for the others: most are not. */
int64_t facet_period_at(const struct facet_counter *f, int32_t date)
{
	struct facet_period *p = &f->periods[(uint32_t)date % FACET_PERIODS];

	if (p->date != date) {
		p->period = (int32_t)period_of(f->unit, date);
		p->date = date;
	}
	return p->period;
}

/*
 * The value of ${doc} where its fixed part has all there are, FACET_NONE where there is
 * none; false: the lists have them.
 */
static bool fixed_value(int64_t *value, const struct facet_counter *f,
			const struct docval *doc)
{
	uint32_t id;

	switch (f->kind) {
	case NAME_COMPANY:
		id = doc->company;
		break;
	case NAME_CATEGORY:
		id = doc->category;
		break;
	case NAME_SOURCE:
		id = doc->source;
		break;
	case NAME_LANG:
		id = doc->lang;
		break;
	case NAME_KINDS:
		*value =
			doc->date == PDX_NO_DATE ? FACET_NONE : facet_period_at(f, doc->date);
		return true;
	default:
		return false;
	}
	*value = id ? id : FACET_NONE;
	return !facet_needs_lists(f, doc);
}

enum field_id facet_filter_field(const struct field *field)
{
	return field->kind == FIELD_KIND_PERIOD ? FIELD_DATE : field->id;
}

bool facet_is_of_takes(const struct facet_counter *f)
{
	return f->kind == NAME_PERSONA || f->kind == NAME_PERSPECTIVE;
}

bool facet_needs_lists(const struct facet_counter *f, const struct docval *doc)
{
	switch (f->kind) {
	case NAME_COMPANY:
		return doc->more_companies;
	case NAME_CATEGORY:
		return doc->more_categories;
	case NAME_MENTION:
		return doc->mentions;
	case NAME_PERSONA:
	case NAME_PERSPECTIVE:
		return doc->ntakes != 0;
	default:
		return false;
	}
}

uint32_t facet_take_value(const struct facet_counter *f, const struct docval_take *take)
{
	return f->kind == NAME_PERSONA ? take->persona : take->perspective;
}

static struct facet_slot *slot_of(struct facet_slot *slots, size_t nslots,
				  int64_t value)
{
	/* Fibonacci hashing: ids and periods run in sequence. */
	size_t at =
		(size_t)((uint64_t)value * 0x9E3779B97F4A7C15u >> 32) & (nslots - 1);

	while (slots[at].count && slots[at].value != value)
		at = (at + 1) & (nslots - 1);
	return &slots[at];
}

static bool grow(struct facet_counter *f)
{
	size_t nslots = f->nslots ? f->nslots * 2 : FIRST_SLOTS, i;
	struct facet_slot *slots;

	if (f->nhashed * 2 < f->nslots)
		return true;
	slots = calloc(nslots, sizeof(*slots));
	if (!slots)
		return false;
	for (i = 0; i < f->nslots; i++)
		if (f->slots[i].count)
			*slot_of(slots, nslots, f->slots[i].value) = f->slots[i];
	free(f->slots);
	f->slots = slots;
	f->nslots = nslots;
	return true;
}

/* The slot of ${value}, counted already or free; NULL: memory is out. */
struct facet_slot *facet_slot_get(struct facet_counter *f, int64_t value)
{
	struct facet_slot *slot;

	if (f->dense && value < FACET_DENSE)
		return &f->dense[value];
	if (!grow(f))
		return NULL;
	slot = slot_of(f->slots, f->nslots, value);
	f->nhashed += slot->count == 0; /* it is about to be counted */
	return slot;
}

/* Count ${weight}, not 0, for ${value}: once a row where ${row} is not 0. */
static int add(struct facet_counter *f, int64_t row, int64_t value, uint64_t weight,
	       struct pdx_err *err)
{
	struct facet_slot *slot = facet_slot_get(f, value);

	if (!slot)
		return err_nomem(err);
	if (slot->count && row && slot->last_row == row)
		return 0;
	f->n += slot->count == 0;
	slot->value = value;
	slot->last_row = row;
	slot->count += weight;
	return 0;
}

struct visitor {
	int (*each)(void *ctx, int64_t value, struct pdx_err *err);
	void *ctx;
	struct pdx_err *err;
};

static int visit_ids(bool *any, const struct visitor *v, const uint32_t *ids, size_t n)
{
	size_t i;
	int status = 0;

	for (i = 0; i < n && !status; i++)
		status = v->each(v->ctx, ids[i], v->err);
	*any = n != 0;
	return status;
}

static int visit_takes(bool *any, const struct visitor *v,
		       const struct facet_counter *f, const struct docval_lists *lists)
{
	size_t i;
	int status = 0;

	*any = false;
	for (i = 0; lists && i < lists->ntakes && !status; i++) {
		uint32_t id = facet_take_value(f, &lists->takes[i]);

		if (id)
			status = v->each(v->ctx, id, v->err);
		*any = *any || id;
	}
	return status;
}

int facet_values(bool *any, const struct facet_counter *f, const struct docval *doc,
		 const struct docval_lists *lists,
		 int (*each)(void *ctx, int64_t value, struct pdx_err *err), void *ctx,
		 struct pdx_err *err)
{
	const struct visitor v = { each, ctx, err };

	int64_t value;

	if (fixed_value(&value, f, doc)) {
		*any = value != FACET_NONE;
		return *any ? each(ctx, value, err) : 0;
	}
	switch (f->kind) {
	case NAME_COMPANY:
		return visit_ids(any, &v, lists->companies, lists->ncompanies);
	case NAME_CATEGORY:
		return visit_ids(any, &v, lists->categories, lists->ncategories);
	case NAME_MENTION:
		return visit_ids(any, &v, doc->mentions ? lists->mentions : NULL,
				 doc->mentions ? lists->nmentions : 0);
	default:
		return visit_takes(any, &v, f, lists);
	}
}

struct counting {
	struct facet_counter *f;
	const struct counted *what;
};

/* Whether the row counts for ${value}: the first of its story, where it has one. */
static int is_first(struct facet_counter *f, const struct counted *what, int64_t value,
		    struct pdx_err *err)
{
	return what->story ? once_first(&f->seen, value, 0, what->story, err) : 1;
}

static int count_value(void *ctx, int64_t value, struct pdx_err *err)
{
	const struct counting *c = ctx;
	int first = is_first(c->f, c->what, value, err);

	if (first <= 0)
		return first;
	return add(c->f, c->what->row, value, c->what->weight, err);
}

/* Each take that counts by itself. */
static int count_takes(struct facet_counter *f, const struct counted *what,
		       struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < what->lists->ntakes && !status; i++) {
		uint32_t id = facet_take_value(f, &what->lists->takes[i]);

		if (what->takes && !what->takes[i])
			continue;
		if (id)
			status = add(f, 0, id, 1, err);
		else
			f->missing++;
	}
	return status;
}

/* Add the row to *count, which is of those that ${value} stands for. */
static int count_row(uint64_t *count, struct facet_counter *f,
		     const struct counted *what, int64_t value, struct pdx_err *err)
{
	int first = is_first(f, what, value, err);

	if (first == 1)
		*count += what->weight;
	return first < 0 ? first : 0;
}

int facet_count(struct facet_counter *f, const struct counted *what,
		struct pdx_err *err)
{
	struct counting c = { f, what };
	bool any = false;
	int64_t value;
	int status;

	if (!what->weight)
		return 0;
	status = count_row(&f->total, f, what, FACET_ALL, err);
	if (status)
		return status;
	if (fixed_value(&value, f, what->doc))
		return value != FACET_NONE
			       ? count_value(&c, value, err)
			       : count_row(&f->missing, f, what, FACET_NONE, err);
	if (what->by_take && facet_is_of_takes(f))
		return count_takes(f, what, err);
	status = facet_values(&any, f, what->doc, what->lists, count_value, &c, err);
	return status || any ? status
			     : count_row(&f->missing, f, what, FACET_NONE, err);
}

static int add_slots(struct facet_counter *f, const struct facet_slot *slots, size_t n,
		     struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < n && !status; i++)
		if (slots[i].count)
			status = add(f, slots[i].last_row, slots[i].value,
				     slots[i].count, err);
	return status;
}

int facet_merge(struct facet_counter *f, const struct facet_counter *from,
		struct pdx_err *err)
{
	int status = from->dense ? add_slots(f, from->dense, FACET_DENSE, err) : 0;

	f->missing += from->missing;
	f->total += from->total;
	return status ? status : add_slots(f, from->slots, from->nslots, err);
}

int facet_value_text(const char **out, const struct facet_counter *f,
		     struct names *names, int64_t value, struct arena *arena,
		     struct pdx_err *err)
{
	char text[PERIOD_TEXT];

	*out = NULL;
	if (value == FACET_NONE)
		return 0;
	if (f->kind != NAME_KINDS)
		return names_text(out, names, f->kind, (uint32_t)value, arena, err);
	*out = arena_strdup(arena, period_format(text, f->unit, value));
	return *out ? 0 : err_nomem(err);
}

/* A value with its name. */
struct named {
	struct pdx_facet_value v;
	int64_t value;
};

static int by_count(const void *a, const void *b)
{
	const struct named *x = a, *y = b;

	if (x->v.count != y->v.count)
		return x->v.count < y->v.count ? 1 : -1;
	return strcmp(x->v.value, y->v.value);
}

static int by_slot_count(const void *a, const void *b)
{
	const struct facet_slot *x = a, *y = b;

	return (x->count < y->count) - (x->count > y->count);
}

static size_t pack(struct facet_slot *to, const struct facet_slot *from, size_t n)
{
	size_t i, packed = 0;

	for (i = 0; i < n; i++)
		if (from[i].count)
			to[packed++] = from[i];
	return packed;
}

/* All slots in use at f->slots, the most frequent first. */
static int compact(struct facet_counter *f, struct pdx_err *err)
{
	struct facet_slot *all = calloc(f->n + 1, sizeof(*all));
	size_t n = 0;

	if (!all)
		return err_nomem(err);
	if (f->dense)
		n = pack(all, f->dense, FACET_DENSE);
	pack(all + n, f->slots, f->nslots);
	if (f->n)
		qsort(all, f->n, sizeof(*all), by_slot_count);
	free(f->slots);
	f->slots = all;
	return 0;
}

/* The numbers of the ${n} values, in their order. */
static int put_numbers(const int64_t **out, const struct named *v, size_t n,
		       struct arena *arena, struct pdx_err *err)
{
	int64_t *numbers = arena_array(arena, n + 1, sizeof(*numbers));
	size_t i;

	if (!numbers)
		return err_nomem(err);
	for (i = 0; i < n; i++)
		numbers[i] = v[i].value;
	*out = numbers;
	return 0;
}

/* The first ${n} of ${v}, and what is in the slots behind them, as a facet. */
static int put_facet(struct pdx_facet *out, const struct facet_counter *f,
		     const struct named *v, size_t n, struct arena *arena,
		     struct pdx_err *err)
{
	struct pdx_facet_value *values = arena_array(arena, n + 1, sizeof(*values));
	size_t i;

	if (!values)
		return err_nomem(err);
	for (i = 0; i < n; i++)
		values[i] = v[i].v;
	*out = (struct pdx_facet){ .field = f->field->name,
				   .values = values,
				   .nvalues = n,
				   .missing = f->missing,
				   .total = f->total };
	for (i = n; i < f->n; i++)
		out->other += f->slots[i].count;
	return 0;
}

/*
 * Names are needed for the values that can be kept and no others: those with at least
 * the count of the last one kept, since equal counts are ordered by name.
 */
int facet_finish(struct pdx_facet *out, const int64_t **values, struct facet_counter *f,
		 struct names *names, size_t top, struct arena *arena,
		 struct pdx_err *err)
{
	struct named *v;
	size_t i, n, candidates;
	int status = 0;

	status = compact(f, err);
	if (status)
		return status;
	n = f->n < top ? f->n : top;
	for (candidates = n; n && candidates < f->n; candidates++)
		if (f->slots[candidates].count != f->slots[n - 1].count)
			break;
	v = calloc(candidates + 1, sizeof(*v));
	if (!v)
		return err_nomem(err);
	for (i = 0; i < candidates && !status; i++) {
		v[i].value = f->slots[i].value;
		v[i].v.count = f->slots[i].count;
		status = facet_value_text(&v[i].v.value, f, names, v[i].value, arena,
					  err);
	}
	if (!status && candidates)
		qsort(v, candidates, sizeof(*v), by_count);
	if (!status)
		status = put_facet(out, f, v, n, arena, err);
	if (!status && values)
		status = put_numbers(values, v, n, arena, err);
	free(v);
	return status;
}
