/* THE table of fields: what the query language, facets and sorting know of each. */
#ifndef QUERY_FIELDS_H
#define QUERY_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/period.h"

enum field_id {
	FIELD_ANY, /* no field was named: any text field */
	FIELD_TITLE,
	FIELD_SUMMARY,
	FIELD_BODY,
	FIELD_TAKE,
	FIELD_PERSONA,
	FIELD_PERSPECTIVE,
	FIELD_COMPANY,
	FIELD_MENTIONS,
	FIELD_CATEGORY,
	FIELD_SOURCE,
	FIELD_URL,
	FIELD_LANG,
	FIELD_ID,
	FIELD_DATE,
	FIELD_ADDED,
	FIELD_IS,
	FIELD_SINCE, /* date:X.. */
	FIELD_UNTIL, /* date:..X */
	/* facets only */
	FIELD_YEAR,
	FIELD_QUARTER,
	FIELD_MONTH,
	FIELD_WEEK,
	FIELD_DAY,
	FIELD_COUNT
};

enum field_kind {
	FIELD_KIND_TEXT,  /* an indexed text column */
	FIELD_KIND_VALUE, /* equal to one of its values, folded */
	FIELD_KIND_DATE,
	FIELD_KIND_FLAG,
	FIELD_KIND_PERIOD /* a facet made of ${date} */
};

/*
 * Text columns in the order of the index and of every array with one entry a text
 * field (weights, lengths).  The body is the first: the full-text index writes two bytes
 * less for a word in the first column, and most words stand in the body.
 */
enum text_column {
	COLUMN_BODY,
	COLUMN_TITLE,
	COLUMN_SUMMARY,
	COLUMN_TAKES,
	TEXT_COLUMNS
};

/* Text columns as one reads an article: title, summary, body, takes. */
extern const enum text_column reading_order[TEXT_COLUMNS];

struct field {
	const char *name;
	enum field_id id;
	enum field_kind kind;
	int column;     /* enum text_column of a TEXT field, else -1 */
	bool queryable; /* name:value in a query */
	bool facet;     /* --facet name */
	bool repeats;   /* an article may have several values */
	const char *help;
};

/* The row of ${id}. */
const struct field *field_get(enum field_id id);

/* What a field of FIELD_KIND_PERIOD divides time into. */
enum period_unit field_unit(enum field_id id);

/* The row whose name is the ${len} bytes at ${name}, without case; NULL: none. */
const struct field *field_find(const char *name, size_t len);

/* The name of the queryable field nearest to ${name}: within Damerau-Levenshtein
 * distance 2, and less than half of its length away; NULL: none. */
const char *field_suggest(const char *name, size_t len);

#endif
