/*
 * What of a record is shown: fields that are named by their paths, "id",
 * "takes.persona".  A path goes through arrays: it means the field of every item.
 */
#ifndef RENDER_PROJECTION_H
#define RENDER_PROJECTION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "paneldex.h"
#include "render/table.h"

struct record_kind; /* render/record.h */

struct projected {
	const char *path; /* as it was typed */
	const char **keys;
	size_t nkeys;
	bool number; /* its values are */
};

/* A zeroed struct is ready. */
struct projection {
	struct arena arena;
	struct projected *v;
	size_t n, cap;
};

void projection_release(struct projection *p);

/*
 * Take the names of ${list}, with commas between, of fields that the record has which
 * ${schema} (a name, as in schema_of) describes.  PDX_E_USAGE with its place in ${list}
 * where a name is none; nearby ones are offered.
 */
int projection_parse(struct projection *p, const char *list, const char *schema,
		     struct pdx_err *err);

/* One more: ${len} bytes from ${start} in ${text}; ${schema} is what schema_of() made. */
int projection_add(struct projection *p, const char *text, size_t start, size_t len,
		   json_t *schema, struct pdx_err *err);

/* Whether it has the field ${key}, or a part of it. */
bool projection_has(const struct projection *p, const char *key);

/*
 * ${record}, which is given up, with these fields alone, in their order; where they stand
 * deeper there is the same around them.  A field that the record does not have is left
 * out.
 */
json_t *projection_apply(const struct projection *p, json_t *record);

/* The names, an array. */
json_t *projection_names(const struct projection *p);

/*
 * The field ${f} of ${record} as text: what stands in an array has "; " between, what is
 * no text or number is JSON, null and what is not there nothing.
 */
void projection_text(struct buf *out, const struct projected *f, json_t *record);

/* The same as a number; false where it is none, or one of several. */
bool projection_number(double *out, const struct projected *f, json_t *record);

/* A table whose columns are the fields; and a row of it, of ${record}. */
void projection_columns(struct tables *out, const struct projection *p);
void projection_row(struct tables *out, const struct projection *p, json_t *record);

/* Both, of all records of ${what}. */
void projection_table(struct tables *out, const struct projection *p,
		      const struct record_kind *kind, const void *what);

#endif
