/*
 * Schemas put together for printing.  Knows what a reference is; nothing of what the
 * schemas say.
 */
#include "render/schema.h"

#include <jansson.h>
#include <string.h>

#define PARTS "parts"      /* the file that is no schema itself */
#define IN_DEFS "#/$defs/" /* how a reference to a part begins */

const char *schema_name(size_t i)
{
	for (const struct schema_file *f = schema_files; f->name; f++)
		if (strcmp(f->name, PARTS) != 0 && i-- == 0)
			return f->name;
	return NULL;
}

static json_t *load(const char *name)
{
	for (const struct schema_file *f = schema_files; f->name; f++)
		if (strcmp(f->name, name) == 0)
			return json_loads(f->text, JSON_REJECT_DUPLICATES, NULL);
	return NULL;
}

static int collect(json_t *defs, json_t *node, const json_t *parts);

/* Move the part that ${reference} names, and what it refers to, into ${defs}. */
static int collect_part(json_t *defs, const char *reference, const json_t *parts)
{
	const char *name = reference + strlen(IN_DEFS);
	json_t *part;

	if (strncmp(reference, IN_DEFS, strlen(IN_DEFS)) != 0 ||
	    json_object_get(defs, name))
		return 0;
	part = json_object_get(parts, name);
	if (json_object_set(defs, name, part))
		return -1;
	return collect(defs, part, parts);
}

/* Put into ${defs} what ${node} and all in it refer to; 0, or -1. */
static int collect(json_t *defs, json_t *node, const json_t *parts)
{
	const char *reference = json_string_value(json_object_get(node, "$ref"));
	const char *key;
	json_t *value;
	size_t i;
	int rc = reference ? collect_part(defs, reference, parts) : 0;

	json_object_foreach(node, key, value) rc =
		rc ? rc : collect(defs, value, parts);
	json_array_foreach(node, i, value) rc = rc ? rc : collect(defs, value, parts);
	return rc;
}

json_t *schema_of(const char *name)
{
	json_t *schema = strcmp(name, PARTS) != 0 ? load(name) : NULL;
	json_t *parts = schema ? load(PARTS) : NULL, *defs = json_object();
	int rc = schema && parts && defs ? 0 : -1;

	if (!rc)
		rc = collect(defs, schema, json_object_get(parts, "$defs"));
	if (!rc && json_object_size(defs))
		rc = json_object_set(schema, "$defs", defs);
	json_decref(defs);
	json_decref(parts);
	if (rc) {
		json_decref(schema);
		return NULL;
	}
	return schema;
}
