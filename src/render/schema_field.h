/*
 * The fields of a record by its schema: which there are, and what one holds.  A field is
 * named by its path, "takes.persona"; a path goes through arrays as if their items stood
 * there.  What a whole record is called ("schema") is no field of it.
 */
#ifndef RENDER_SCHEMA_FIELD_H
#define RENDER_SCHEMA_FIELD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Whether ${len} bytes at ${path} name a field of ${schema} (schema_of); *number: each
 * of its values is a number, or null.
 */
bool schema_field(bool *number, json_t *schema, const char *path, size_t len);

/* Call ${each} with the path of every field; 0, or -1 where memory is out. */
int schema_fields(json_t *schema, void (*each)(void *ctx, const char *path), void *ctx);

#endif
