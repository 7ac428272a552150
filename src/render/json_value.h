/*
 * JSON values for records.  One failure on the way leaves the whole record NULL, which
 * is found once, where it is written: every function here takes NULL and passes it on.
 */
#ifndef RENDER_JSON_VALUE_H
#define RENDER_JSON_VALUE_H

#include <jansson.h>
#include <stdint.h>

#include "base/buf.h"
#include "render/out.h"

/* ${value} is given up; where that fails *${object} is freed and becomes NULL. */
void json_put(json_t **object, const char *key, json_t *value);
void json_append(json_t **array, json_t *value);

/* File names are bytes: what is not UTF-8 in ${s} is replaced. */
json_t *json_text(const char *s);
json_t *json_text_or_null(const char *s);
json_t *json_texts(const char *const *v, size_t n);

json_t *json_number(uint64_t n);
json_t *json_decimal(double v); /* null where it is not finite */

json_t *json_day(int32_t date);          /* "2026-11-23", null for PDX_NO_DATE */
json_t *json_timestamp(int64_t seconds); /* "2026-11-23T10:20:30Z" */

/* ${value} as text: null is nothing, a string itself, all else as JSON has it. */
void json_put_text(struct buf *out, const json_t *value);

/*
 * Write ${record} on one line, without its newline, and give it up.  What a terminal
 * would obey is written as \u escapes: the same data, and harmless.  ${flags} are
 * jansson's.
 */
void json_write(struct out *out, json_t *record, size_t flags);

#endif
