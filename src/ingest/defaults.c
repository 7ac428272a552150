/* Defaults for what articles leave out. */
#include "ingest/defaults.h"

#include <string.h>

#include "base/err.h"
#include "base/utf8.h"

int defaults_check_name(const char *name, struct pdx_err *err)
{
	size_t len = strlen(name);

	if (strspn(name, " \t") == len)
		return err_set(err, PDX_E_USAGE, "the name is empty");
	if (len > DEFAULT_NAME_BYTES)
		return err_set(err, PDX_E_USAGE, "the name is longer than %d bytes",
			       DEFAULT_NAME_BYTES);
	if (!utf8_valid(name, len))
		return err_set(err, PDX_E_USAGE, "the name is not UTF-8");
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
			return err_set(err, PDX_E_USAGE,
				       "a control character is in the name");
	return 0;
}

static int apply_persona(struct pdx_article *a, const char *persona,
			 struct arena *arena)
{
	struct pdx_take *takes = arena_array(arena, a->ntakes, sizeof(*takes));

	if (!takes)
		return PDX_E_NOMEM;
	memcpy(takes, a->takes, a->ntakes * sizeof(*takes));
	for (size_t i = 0; i < a->ntakes; i++)
		if (!takes[i].persona || !*takes[i].persona)
			takes[i].persona = persona;
	a->takes = takes;
	return 0;
}

int defaults_apply(struct pdx_article *a, const struct defaults *d, struct arena *arena)
{
	if (a->ncompanies == 0 && d->ncompanies > 0) {
		a->companies = d->companies;
		a->ncompanies = d->ncompanies;
		a->provenance[PDX_PART_COMPANIES] = PDX_FROM_OPTION;
	}
	if (a->ncategories == 0 && d->ncategories > 0) {
		a->categories = d->categories;
		a->ncategories = d->ncategories;
		a->provenance[PDX_PART_CATEGORIES] = PDX_FROM_OPTION;
	}
	if (a->date == PDX_NO_DATE && d->has_date) {
		a->date = d->date;
		a->provenance[PDX_PART_DATE] = PDX_FROM_OPTION;
	}
	return d->persona && a->ntakes > 0 ? apply_persona(a, d->persona, arena) : 0;
}
