/*
 * The JSON Schemas (draft 2020-12) of the outputs.  Each stands in a file of its own in
 * src/render/schema/, which make builds into the program.  What a file refers to in its
 * "$defs" and does not define comes from parts.json there.
 */
#ifndef RENDER_SCHEMA_H
#define RENDER_SCHEMA_H

#include <stddef.h>

struct json_t;

/* A file of the folder, with its name without the ending. */
struct schema_file {
	const char *name, *text;
};

/* Made by make; in the order of the names, ended by one without a name. */
extern const struct schema_file schema_files[];

/* Name number ${i} of those that have a schema; NULL: there are no more. */
const char *schema_name(size_t i);

/*
 * The schema of output "paneldex.NAME/1", complete with all that it refers to, a new
 * object.  NULL: there is none, or memory is out.
 */
struct json_t *schema_of(const char *name);

#endif
