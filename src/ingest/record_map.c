/* JSON pointers from fields to places.  Knows keys, not what an article is. */
#include "ingest/record_map.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/distance.h"
#include "base/mem.h"
#include "ingest/record_keys.h"

/* Whether ${key} says what the ${len} bytes of a pointer's part say: ~1 is /, ~0 is ~.
 */
static bool part_is(const char *part, size_t len, const char *key)
{
	for (; len > 0; part++, len--, key++) {
		char c = *part;

		if (c == '~') {
			part++;
			len--;
			c = *part == '1' ? '/' : '~';
		}
		if (c != *key)
			return false;
	}
	return *key == '\0';
}

/* An index without a sign or leading zeros; SIZE_MAX: none that an array can have. */
static size_t part_index(const char *part, size_t len)
{
	size_t v = 0;

	if (len == 0 || len > 9 || (*part == '0' && len > 1))
		return SIZE_MAX;
	for (size_t i = 0; i < len; i++) {
		if (part[i] < '0' || part[i] > '9')
			return SIZE_MAX;
		v = v * 10 + (size_t)(part[i] - '0');
	}
	return v;
}

static json_t *step(json_t *v, const char *part, size_t len)
{
	const char *key;
	json_t *member;

	if (json_is_array(v))
		return json_array_get(v, part_index(part, len));
	json_object_foreach(v, key, member)
	{
		if (part_is(part, len, key))
			return member;
	}
	return NULL;
}

json_t *record_map_find(json_t *record, const struct record_mapping *mapping)
{
	const char *p = mapping->place;
	json_t *v = record;

	if (!mapping->pointer)
		return json_object_get(record, p);
	while (v && *p) {
		size_t len = strcspn(++p, "/");

		v = step(v, p, len);
		p += len;
	}
	return v;
}

bool record_map_uses(const struct record_map *map, const char *name)
{
	for (size_t i = 0; i < map->n; i++) {
		const struct record_mapping *m = &map->v[i];

		if (m->pointer ? part_is(m->place + 1, strcspn(m->place + 1, "/"), name)
			       : strcmp(m->place, name) == 0)
			return true;
	}
	return false;
}

/* The field that ${len} bytes of ${name} are. */
static int find_field(const char **field, const char *name, size_t len,
		      struct pdx_err *err)
{
	const struct vocabulary *words = &vocabulary_article;
	struct nearest near;

	nearest_init(&near, name, len);
	for (size_t i = 0; i < words->n; i++) {
		const struct record_key *key = &words->keys[i];

		if (key->kind == VALUE_UNREAD)
			continue;
		nearest_offer(&near, key->name);
		if (strlen(key->name) == len && memcmp(key->name, name, len) == 0) {
			*field = key->name;
			return PDX_OK;
		}
	}
	if (!near.best)
		return err_set(err, PDX_E_USAGE, "unknown field \"%.*s\"", (int)len,
			       name);
	err_set(err, PDX_E_USAGE, "unknown field \"%.*s\"; did you mean \"%s\"?",
		(int)len, name, near.best);
	err_hint(err, near.best);
	return PDX_E_USAGE;
}

static int check_pointer(const char *pointer, struct pdx_err *err)
{
	for (const char *p = pointer; (p = strchr(p, '~')); p++) {
		if (p[1] != '0' && p[1] != '1')
			return err_set(err, PDX_E_USAGE,
				       "\"%s\": in a JSON pointer ~ is written ~0",
				       pointer);
	}
	return PDX_OK;
}

int record_map_add(struct record_map *map, const char *text, struct pdx_err *err)
{
	const char *equals = strchr(text, '=');
	struct record_mapping m;
	int rc;

	if (!equals || equals == text || equals[1] == '\0')
		return err_set(err, PDX_E_USAGE,
			       "\"%s\" is not FIELD=/json/pointer or FIELD=COLUMN",
			       text);
	m.place = equals + 1;
	m.pointer = *m.place == '/';
	rc = find_field(&m.field, text, (size_t)(equals - text), err);
	if (rc == 0 && m.pointer)
		rc = check_pointer(m.place, err);
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < map->n; i++) {
		if (map->v[i].field == m.field)
			return err_set(err, PDX_E_USAGE, "\"%s\" is mapped twice",
				       m.field);
	}
	if (!mem_grow(&map->v, &map->cap, map->n + 1, sizeof(m)))
		return err_nomem(err);
	map->v[map->n++] = m;
	return PDX_OK;
}

void record_map_release(struct record_map *map)
{
	free(map->v);
	*map = (struct record_map){ .v = NULL };
}
