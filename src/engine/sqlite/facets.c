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

static int count_ids(struct facet_counter *f, int64_t row, const uint32_t *ids,
		     size_t n, struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < n && !status; i++)
		status = add(f, row, ids[i], err);
	f->missing += n == 0;
	return status;
}

static int count_takes(struct facet_counter *f, int64_t row,
		       const struct docval_lists *lists, struct pdx_err *err)
{
	bool persona = f->field->id == FIELD_PERSONA, any = false;
	size_t i;
	int status = 0;

	for (i = 0; lists && i < lists->ntakes && !status; i++) {
		const struct docval_take *t = &lists->takes[i];
		uint32_t id = persona ? t->persona : t->perspective;

		if (id)
			status = add(f, row, id, err);
		any = any || id;
	}
	f->missing += !any;
	return status;
}

int facet_count(struct facet_counter *f, int64_t row, const struct docval *doc,
		const struct docval_lists *lists, struct pdx_err *err)
{
	switch (f->field->id) {
	case FIELD_COMPANY:
		if (doc->more_companies)
			return count_ids(f, row, lists->companies, lists->ncompanies,
					 err);
		return count_ids(f, row, &doc->company, doc->company != 0, err);
	case FIELD_CATEGORY:
		if (doc->more_categories)
			return count_ids(f, row, lists->categories, lists->ncategories,
					 err);
		return count_ids(f, row, &doc->category, doc->category != 0, err);
	case FIELD_PERSONA:
	case FIELD_PERSPECTIVE:
		return count_takes(f, row, lists, err);
	case FIELD_SOURCE:
		return count_ids(f, row, &doc->source, doc->source != 0, err);
	case FIELD_LANG:
		return count_ids(f, row, &doc->lang, doc->lang != 0, err);
	default:
		if (doc->date != PDX_NO_DATE)
			return add(f, row, period_of(f->field->id, doc->date), err);
		f->missing++;
		return 0;
	}
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
		if (f->kind != NAME_KINDS)
			status = names_text(&values[i].value, names, f->kind,
					    (uint32_t)f->slots[i].value, arena, err);
		else if (!(values[i].value =
				   period_text(f->field->id, f->slots[i].value, arena)))
			status = err_nomem(err);
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
