/*
 * Facet counters.  Knows doc values and dictionaries; not how a match was found.
 */
#include "engine/sqlite/facets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/hash.h"

#define FIRST_SLOTS 64

int facet_init(struct facet_counter *f, const char *name, struct pdx_err *err)
{
	memset(f, 0, sizeof(*f));
	f->field = field_find(name, strlen(name));
	if (!f->field || !f->field->facet)
		return err_set(err, PDX_E_USAGE, "\"%s\" is no field to count by",
			       name);
	f->kind = names_kind(f->field->id);
	return 0;
}

void facet_release(struct facet_counter *f)
{
	free(f->slots);
	memset(f, 0, sizeof(*f));
}

bool facet_needs_lists(const struct facet_counter *f, const struct docval *doc)
{
	switch (f->field->id) {
	case FIELD_COMPANY:
		return doc->more_companies;
	case FIELD_CATEGORY:
		return doc->more_categories;
	case FIELD_MENTIONS:
		return doc->mentions;
	case FIELD_PERSONA:
	case FIELD_PERSPECTIVE:
		return doc->ntakes != 0;
	default:
		return false;
	}
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

	if (f->n * 2 < f->nslots)
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

static int add(struct facet_counter *f, int64_t row, int64_t value, struct pdx_err *err)
{
	struct facet_slot *slot;

	if (!grow(f))
		return err_nomem(err);
	slot = slot_of(f->slots, f->nslots, value);
	if (slot->count && slot->last_row == row)
		return 0;
	f->n += slot->count == 0;
	slot->value = value;
	slot->last_row = row;
	slot->count++;
	return 0;
}

/* The number of the period of ${date}: periods of one field are numbered in order. */
static int64_t period_of(enum field_id field, int32_t date)
{
	struct civil c = date_to_civil(date);

	switch (field) {
	case FIELD_YEAR:
		return c.year;
	case FIELD_QUARTER:
		return c.year * 4 + (c.month - 1) / 3;
	case FIELD_MONTH:
		return c.year * 12 + c.month - 1;
	case FIELD_WEEK:
		return date - (date_weekday(date) - 1); /* its Monday */
	default:
		return date;
	}
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

static int visit_takes(bool *any, const struct visitor *v, bool persona,
		       const struct docval_lists *lists)
{
	size_t i;
	int status = 0;

	*any = false;
	for (i = 0; lists && i < lists->ntakes && !status; i++) {
		const struct docval_take *t = &lists->takes[i];
		uint32_t id = persona ? t->persona : t->perspective;

		if (id)
			status = v->each(v->ctx, id, v->err);
		*any = *any || id;
	}
	return status;
}

int facet_values(bool *any, enum field_id field, const struct docval *doc,
		 const struct docval_lists *lists,
		 int (*each)(void *ctx, int64_t value, struct pdx_err *err), void *ctx,
		 struct pdx_err *err)
{
	const struct visitor v = { each, ctx, err };

	switch (field) {
	case FIELD_COMPANY:
		if (doc->more_companies)
			return visit_ids(any, &v, lists->companies, lists->ncompanies);
		return visit_ids(any, &v, &doc->company, doc->company != 0);
	case FIELD_CATEGORY:
		if (doc->more_categories)
			return visit_ids(any, &v, lists->categories,
					 lists->ncategories);
		return visit_ids(any, &v, &doc->category, doc->category != 0);
	case FIELD_MENTIONS:
		return visit_ids(any, &v, doc->mentions ? lists->mentions : NULL,
				 doc->mentions ? lists->nmentions : 0);
	case FIELD_PERSONA:
	case FIELD_PERSPECTIVE:
		return visit_takes(any, &v, field == FIELD_PERSONA, lists);
	case FIELD_SOURCE:
		return visit_ids(any, &v, &doc->source, doc->source != 0);
	case FIELD_LANG:
		return visit_ids(any, &v, &doc->lang, doc->lang != 0);
	default:
		*any = doc->date != PDX_NO_DATE;
		return *any ? each(ctx, period_of(field, doc->date), err) : 0;
	}
}

struct counting {
	struct facet_counter *f;
	int64_t row;
};

static int count_value(void *ctx, int64_t value, struct pdx_err *err)
{
	const struct counting *c = ctx;

	return add(c->f, c->row, value, err);
}

int facet_count(struct facet_counter *f, int64_t row, const struct docval *doc,
		const struct docval_lists *lists, struct pdx_err *err)
{
	struct counting c = { f, row };
	bool any = false;
	int status = facet_values(&any, f->field->id, doc, lists, count_value, &c, err);

	f->missing += !any;
	return status;
}

static const char *period_text(enum field_id field, int64_t period, struct arena *arena)
{
	char text[32], day[DATE_TEXT];
	int year, week;

	switch (field) {
	case FIELD_YEAR:
		snprintf(text, sizeof(text), "%04lld", (long long)period);
		break;
	case FIELD_QUARTER:
		snprintf(text, sizeof(text), "%04lld-Q%lld", (long long)period / 4,
			 (long long)period % 4 + 1);
		break;
	case FIELD_MONTH:
		snprintf(text, sizeof(text), "%04lld-%02lld", (long long)period / 12,
			 (long long)period % 12 + 1);
		break;
	case FIELD_WEEK:
		date_iso_week(&year, &week, (int32_t)period);
		snprintf(text, sizeof(text), "%04d-W%02d", year, week);
		break;
	default:
		snprintf(text, sizeof(text), "%s", date_format(day, (int32_t)period));
	}
	return arena_strdup(arena, text);
}

int facet_value_text(const char **out, const struct facet_counter *f,
		     struct names *names, int64_t value, struct arena *arena,
		     struct pdx_err *err)
{
	*out = NULL;
	if (value == FACET_NONE)
		return 0;
	if (f->kind != NAME_KINDS)
		return names_text(out, names, f->kind, (uint32_t)value, arena, err);
	*out = period_text(f->field->id, value, arena);
	return *out ? 0 : err_nomem(err);
}

static int by_count(const void *a, const void *b)
{
	const struct pdx_facet_value *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->value, y->value);
}

static int by_slot_count(const void *a, const void *b)
{
	const struct facet_slot *x = a, *y = b;

	return (x->count < y->count) - (x->count > y->count);
}

/* Slots in use to the front, the most frequent first. */
static void compact(struct facet_counter *f)
{
	size_t i, n = 0;

	for (i = 0; i < f->nslots; i++)
		if (f->slots[i].count)
			f->slots[n++] = f->slots[i];
	if (n)
		qsort(f->slots, n, sizeof(*f->slots), by_slot_count);
}

/*
 * Names are needed for the values that can be kept and no others: those with at least
 * the count of the last one kept, since equal counts are ordered by name.
 */
int facet_finish(struct pdx_facet *out, struct facet_counter *f, struct names *names,
		 size_t top, struct arena *arena, struct pdx_err *err)
{
	struct pdx_facet_value *values;
	size_t i, n, candidates;
	int status = 0;

	compact(f);
	n = f->n < top ? f->n : top;
	for (candidates = n; n && candidates < f->n; candidates++)
		if (f->slots[candidates].count != f->slots[n - 1].count)
			break;
	values = arena_array(arena, candidates ? candidates : 1, sizeof(*values));
	if (!values)
		return err_nomem(err);
	for (i = 0; i < candidates && !status; i++) {
		values[i].count = f->slots[i].count;
		status = facet_value_text(&values[i].value, f, names, f->slots[i].value,
					  arena, err);
	}
	if (status)
		return status;
	if (candidates)
		qsort(values, candidates, sizeof(*values), by_count);
	out->field = f->field->name;
	out->values = values;
	out->nvalues = n;
	out->missing = f->missing;
	out->other = 0;
	for (i = n; i < f->n; i++)
		out->other += f->slots[i].count;
	return 0;
}
