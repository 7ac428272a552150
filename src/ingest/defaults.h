/*
 * What the user says of articles that do not say it themselves.
 */
#ifndef INGEST_DEFAULTS_H
#define INGEST_DEFAULTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "paneldex.h"

/* A zeroed struct is nothing. */
struct defaults {
	const char *const *companies, *const *categories;
	size_t ncompanies, ncategories;
	const char *persona; /* of takes that have none */
	bool has_date;
	int32_t date;
};

#define DEFAULT_NAME_BYTES 1024 /* more than any name has */

/* PDX_E_USAGE: ${name} cannot be one of a company, a category or a persona. */
int defaults_check_name(const char *name, struct pdx_err *err);

/*
 * Fill what ${article} has not, and say that it comes from an option.  Takes are copied
 * to ${arena} where one changes.  PDX_E_NOMEM.
 */
int defaults_apply(struct pdx_article *article, const struct defaults *defaults,
		   struct arena *arena);

#endif
