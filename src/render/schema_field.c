/* Schemas looked at for the fields of what they describe. */
#include "render/schema_field.h"

#include <string.h>

#include "base/buf.h"

#define DEPTH_MAX 16 /* of fields, and of references in a row: a schema has no more */

static bool has_type(json_t *node, const char *name)
{
	json_t *type = json_object_get(node, "type"), *one;
	size_t i;

	if (json_is_string(type))
		return strcmp(json_string_value(type), name) == 0;
	json_array_foreach(type, i, one)
		if (strcmp(json_string_value(one), name) == 0)
			return true;
	return false;
}

/* Where ${node} leads: by reference, beside null, or to the items of an array. */
static json_t *next(json_t *node, json_t *schema)
{
	const char *reference = json_string_value(json_object_get(node, "$ref"));
	json_t *any = json_object_get(node, "anyOf"), *one;
	size_t i;

	if (reference)
		return json_object_get(json_object_get(schema, "$defs"),
				       strrchr(reference, '/') + 1);
	json_array_foreach(any, i, one)
		if (!has_type(one, "null"))
			return one;
	return json_object_get(node, "items");
}

/* The node that says what ${node} has, or is. */
static json_t *resolve(json_t *node, json_t *schema)
{
	for (size_t i = 0; i < DEPTH_MAX; i++) {
		json_t *to = next(node, schema);

		if (!json_is_object(to))
			return node;
		node = to;
	}
	return node;
}

static bool is_name_of_record(const char *key, size_t len)
{
	return len == strlen("schema") && memcmp(key, "schema", len) == 0;
}

bool schema_field(bool *number, json_t *schema, const char *path, size_t len)
{
	json_t *node = resolve(schema, schema);
	const char *key = path, *end = path + len;

	for (;; key++) {
		const char *dot = memchr(key, '.', (size_t)(end - key));
		size_t n = (size_t)((dot ? dot : end) - key);

		if (key == path && is_name_of_record(key, n))
			return false;
		node = json_object_getn(json_object_get(node, "properties"), key, n);
		if (!node)
			return false;
		node = resolve(node, schema);
		key += n;
		if (key == end)
			break;
	}
	*number = has_type(node, "integer") || has_type(node, "number");
	return true;
}

struct walk {
	json_t *schema;
	struct buf path;
	void (*each)(void *ctx, const char *path);
	void *ctx;
};

static void walk(struct walk *w, json_t *node, size_t depth)
{
	json_t *properties, *value;
	const char *key;
	size_t len = w->path.len;

	if (depth == DEPTH_MAX)
		return;
	properties = json_object_get(resolve(node, w->schema), "properties");
	json_object_foreach(properties, key, value) {
		if (depth == 0 && is_name_of_record(key, strlen(key)))
			continue;
		if (depth > 0)
			buf_putc(&w->path, '.');
		buf_puts(&w->path, key);
		w->each(w->ctx, buf_str(&w->path));
		walk(w, value, depth + 1);
		buf_truncate(&w->path, len);
	}
}

int schema_fields(json_t *schema, void (*each)(void *ctx, const char *path), void *ctx)
{
	struct walk w = { .schema = schema, .each = each, .ctx = ctx };
	bool ok;

	buf_init(&w.path, 0);
	walk(&w, schema, 0);
	ok = buf_ok(&w.path);
	buf_release(&w.path);
	return ok ? 0 : -1;
}
