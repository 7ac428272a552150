/*
 * Counting facets of many rows at once, straight from the bytes of doc values: a row
 * costs a load and an addition where its fixed part has the value.
 */
#include "engine/sqlite/docvals_layout.h"
#include "engine/sqlite/facets.h"

/* Where a field stands in the fixed part, and in the lists. */
enum list { LIST_MENTIONS, LIST_COMPANIES, LIST_CATEGORIES, LIST_TAKES };

struct place {
	int offset; /* of the first value; -1: the lists have all */
	int more;   /* flag: the lists have more; 0: never */
	enum list list;
};

static struct place place_of(enum name_kind kind)
{
	switch (kind) {
	case NAME_COMPANY:
		return (struct place){ AT_COMPANY, MORE_COMPANIES, LIST_COMPANIES };
	case NAME_CATEGORY:
		return (struct place){ AT_CATEGORY, MORE_CATEGORIES, LIST_CATEGORIES };
	case NAME_SOURCE:
		return (struct place){ AT_SOURCE, 0, LIST_TAKES };
	case NAME_LANG:
		return (struct place){ AT_LANG, 0, LIST_TAKES };
	case NAME_MENTION:
		return (struct place){ -1, HAS_MENTIONS, LIST_MENTIONS };
	default: /* persona, perspective */
		return (struct place){ -1, 0, LIST_TAKES };
	}
}

/* An article counts once for a value, however often it has it. */
static int add(struct facet_counter *f, int64_t row, int64_t value, struct pdx_err *err)
{
	struct facet_slot *slot = facet_slot_get(f, value);

	if (!slot)
		return err_nomem(err);
	if (slot->count && slot->last_row == row)
		return 0;
	f->n += slot->count == 0;
	slot->value = value;
	slot->last_row = row;
	slot->count++;
	return 0;
}

/* Behind the lists before ${list}. */
static void skip_to(struct bytes *in, enum list list)
{
	int i;
	size_t n;

	for (i = 0; i < (int)list; i++)
		for (n = bytes_count(in); n; n--)
			bytes_varint(in);
}

/* Count the values in the lists of a row; *any: there was one. */
static int add_listed(bool *any, struct facet_counter *f,
		      const struct counted_chunk *what, size_t slot, enum list list,
		      struct pdx_err *err)
{
	int64_t row = what->chunk * DOCVALS_CHUNK + (int64_t)slot;
	struct bytes in;
	size_t n;
	int status = docvals_list_bytes(&in, what->docvals, what->chunk, slot, err);

	skip_to(&in, list);
	for (n = bytes_count(&in); n && !status; n--) {
		uint32_t id = (uint32_t)bytes_varint(&in);

		if (list == LIST_TAKES) {
			uint32_t perspective = (uint32_t)bytes_varint(&in);

			bytes_varint(&in); /* where the take begins */
			id = f->kind == NAME_PERSONA ? id : perspective;
		}
		if (id)
			status = add(f, row, id, err);
		*any = *any || id;
	}
	return !status && in.bad ? docvals_damaged(err, what->chunk) : status;
}

static bool has_listed(const struct place *place, const unsigned char *fixed)
{
	if (place->more)
		return fixed[AT_FLAGS] & place->more;
	return place->offset < 0 && (fixed[AT_NTAKES] | fixed[AT_NTAKES + 1]);
}

static int count_names(struct facet_counter *f, const struct counted_chunk *what,
		       struct pdx_err *err)
{
	const struct place place = place_of(f->kind);
	size_t i;
	int status = 0;

	for (i = 0; i < what->n && !status; i++) {
		size_t slot = what->slots[i];
		const unsigned char *fixed = what->fixed + slot * DOCVALS_SIZE;
		uint32_t id = place.offset < 0 ? 0 : load_u32(fixed + place.offset);
		bool any = id != 0;

		if (id)
			status = add(f, what->chunk * DOCVALS_CHUNK + (int64_t)slot, id,
				     err);
		if (!status && has_listed(&place, fixed))
			status = add_listed(&any, f, what, slot, place.list, err);
		f->missing += !any;
	}
	return status;
}

static int count_periods(struct facet_counter *f, const struct counted_chunk *what,
			 struct pdx_err *err)
{
	size_t i;
	int status = 0;

	for (i = 0; i < what->n && !status; i++) {
		size_t slot = what->slots[i];
		int32_t date =
			(int32_t)load_u32(what->fixed + slot * DOCVALS_SIZE + AT_DATE);

		if (date == PDX_NO_DATE)
			f->missing++;
		else
			status = add(f, what->chunk * DOCVALS_CHUNK + (int64_t)slot,
				     facet_period_at(f, date), err);
	}
	return status;
}

int facet_count_chunk(struct facet_counter *f, const struct counted_chunk *what,
		      struct pdx_err *err)
{
	f->total += what->n;
	return f->kind == NAME_KINDS ? count_periods(f, what, err)
				     : count_names(f, what, err);
}
