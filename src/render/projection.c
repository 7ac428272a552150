/* Records cut down to some of their fields, as JSON and as text. */
#include "render/projection.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/distance.h"
#include "base/err.h"
#include "base/mem.h"
#include "render/json_value.h"
#include "render/record.h"
#include "render/schema.h"
#include "render/schema_field.h"

void projection_release(struct projection *p)
{
	free(p->v);
	arena_release(&p->arena);
	*p = (struct projection){ .v = NULL };
}

/* ---- names ---- */

/* What may have been meant by a name that is none. */
struct guess {
	struct arena *arena;
	struct nearest near;
	const char *inner; /* a field of that name that stands deeper */
	struct buf all;    /* those that do not */
};

static void offer(void *ctx, const char *path)
{
	struct guess *g = ctx;
	const char *copy = arena_strdup(g->arena, path), *dot = strrchr(path, '.');

	if (!copy)
		return;
	nearest_offer(&g->near, copy);
	if (!dot)
		buf_printf(&g->all, "%s%s", g->all.len ? ", " : "", path);
	else if (!g->inner && strlen(dot + 1) == g->near.len &&
		 memcmp(dot + 1, g->near.word, g->near.len) == 0)
		g->inner = copy;
}

static int unknown(struct projection *p, const char *name, size_t len, json_t *schema,
		   struct pdx_err *err)
{
	struct guess g = { .arena = &p->arena };
	const char *meant;

	buf_init(&g.all, 0);
	nearest_init(&g.near, name, len);
	if (schema_fields(schema, offer, &g) || !buf_ok(&g.all)) {
		buf_release(&g.all);
		return err_nomem(err);
	}
	meant = g.near.best ? g.near.best : g.inner;
	if (meant)
		err_set(err, PDX_E_USAGE, "unknown field \"%.*s\"; did you mean \"%s\"?",
			(int)len, name, meant);
	else
		err_set(err, PDX_E_USAGE, "unknown field \"%.*s\"; it may be %s",
			(int)len, name, buf_str(&g.all));
	if (meant)
		err_hint(err, meant);
	buf_release(&g.all);
	return PDX_E_USAGE;
}

static int add(struct projection *p, const char *name, size_t len, struct pdx_err *err)
{
	const char *path = arena_dup(&p->arena, name, len);
	char *rest = arena_dup(&p->arena, name, len), *key;
	const char **keys = arena_array(&p->arena, len, sizeof(*keys));
	size_t n = 0;

	if (!path || !rest || !keys ||
	    !mem_grow(&p->v, &p->cap, p->n + 1, sizeof(*p->v)))
		return err_nomem(err);
	while ((key = strtok_r(rest, ".", &rest)))
		keys[n++] = key;
	p->v[p->n++] = (struct projected){ .path = path, .keys = keys, .nkeys = n };
	return PDX_OK;
}

int projection_add(struct projection *p, const char *text, size_t start, size_t len,
		   json_t *schema, struct pdx_err *err)
{
	const char *name = text + start;
	bool number = false;
	int rc;

	if (len == 0)
		rc = err_set(err, PDX_E_USAGE, "the name of a field is missing");
	else if (!schema_field(&number, schema, name, len))
		rc = unknown(p, name, len, schema, err);
	else
		rc = add(p, name, len, err);
	if (rc == PDX_E_USAGE)
		err_place(err, text, start, len);
	if (!rc)
		p->v[p->n - 1].number = number;
	return rc;
}

int projection_parse(struct projection *p, const char *list, const char *schema,
		     struct pdx_err *err)
{
	json_t *described = schema_of(schema);
	int rc = described ? PDX_OK : err_nomem(err);

	for (size_t at = 0; !rc; at++) {
		size_t len = strcspn(list + at, ",");

		rc = projection_add(p, list, at, len, described, err);
		at += len;
		if (!list[at])
			break;
	}
	json_decref(described);
	return rc;
}

bool projection_has(const struct projection *p, const char *key)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].keys[0], key) == 0)
			return true;
	return false;
}

json_t *projection_names(const struct projection *p)
{
	json_t *array = json_array();

	for (size_t i = 0; i < p->n; i++)
		json_append(&array, json_text(p->v[i].path));
	return array;
}

/* ---- records ---- */

/* ${have}, which may be NULL, and beside it what ${n} keys lead to in ${from}; new. */
static json_t *part(json_t *have, json_t *from, const char *const *keys, size_t n)
{
	json_t *to, *value;
	size_t i;

	if (n == 0 || have == from)
		return json_incref(from);
	if (json_is_array(from)) {
		to = json_array();
		json_array_foreach(from, i, value) json_append(
			&to, part(json_array_get(have, i), value, keys, n));
		return to;
	}
	if (!json_is_object(from))
		return json_incref(from);
	to = have ? json_incref(have) : json_object();
	value = json_object_get(from, keys[0]);
	if (value)
		json_put(&to, keys[0],
			 part(json_object_get(to, keys[0]), value, keys + 1, n - 1));
	return to;
}

json_t *projection_apply(const struct projection *p, json_t *record)
{
	json_t *all = json_object();

	for (size_t i = 0; i < p->n && all && record; i++) {
		const struct projected *f = &p->v[i];
		json_t *more = part(all, record, f->keys, f->nkeys);

		json_decref(all);
		all = more;
	}
	if (!record) {
		json_decref(all);
		all = NULL;
	}
	json_decref(record);
	return all;
}

/* ---- text ---- */

/* Append what the keys lead to in ${from} to *values, from each item of an array. */
static void gather(json_t **values, json_t *from, const char *const *keys, size_t n)
{
	json_t *item;
	size_t i;

	if (n == 0 && from) {
		json_append(values, json_incref(from));
		return;
	}
	json_array_foreach(from, i, item) gather(values, item, keys, n);
	if (json_is_object(from))
		gather(values, json_object_get(from, keys[0]), keys + 1, n - 1);
}

/* What the keys lead to where they go through no array; else NULL. */
static json_t *find(const struct projected *f, json_t *record)
{
	for (size_t i = 0; i < f->nkeys; i++)
		record = json_object_get(record, f->keys[i]);
	return record;
}

static bool is_scalar(const json_t *value)
{
	return !json_is_object(value) && !json_is_array(value);
}

/* Scalars, or arrays of them. */
static bool is_list(json_t *values, bool arrays_too)
{
	json_t *value;
	size_t i;

	json_array_foreach(values, i, value)
		if (json_is_array(value) && arrays_too ? !is_list(value, false)
						       : !is_scalar(value))
			return false;
	return true;
}

static void put_list(struct buf *out, json_t *values, bool *any)
{
	json_t *value;
	size_t i;

	json_array_foreach(values, i, value)
	{
		if (json_is_array(value)) {
			put_list(out, value, any);
			continue;
		}
		buf_puts(out, *any ? "; " : "");
		json_put_text(out, value);
		*any = true;
	}
}

void projection_text(struct buf *out, const struct projected *f, json_t *record)
{
	json_t *values = json_array(), *whole = find(f, record);
	bool any = false;

	gather(&values, record, f->keys, f->nkeys);
	if (!values)
		out->failed = true;
	else if (is_list(values, true))
		put_list(out, values, &any);
	else
		json_put_text(out, whole ? whole : values);
	json_decref(values);
}

bool projection_number(double *out, const struct projected *f, json_t *record)
{
	json_t *value = find(f, record);

	*out = json_number_value(value);
	return json_is_number(value);
}

/* ---- tables ---- */

void projection_columns(struct tables *out, const struct projection *p)
{
	tables_begin(out, "fields", "Fields");
	for (size_t i = 0; i < p->n; i++)
		tables_column(out, p->v[i].path,
			      p->v[i].number ? TABLE_NUMBER : TABLE_TEXT);
}

void projection_row(struct tables *out, const struct projection *p, json_t *record)
{
	struct buf text;

	buf_init(&text, 0);
	for (size_t i = 0; i < p->n && record; i++) {
		buf_reset(&text);
		projection_text(&text, &p->v[i], record);
		tables_text(out, p->v[i].path, buf_str(&text));
		if (!buf_ok(&text))
			record = NULL;
	}
	tables_end_row(out);
	buf_release(&text);
	if (!record)
		out->arena.failed = true;
}

void projection_table(struct tables *out, const struct projection *p,
		      const struct record_kind *kind, const void *what)
{
	projection_columns(out, p);
	for (size_t i = 0, n = record_rows(kind, what); i < n; i++) {
		json_t *record = record_row(kind, what, i);

		projection_row(out, p, record);
		json_decref(record);
	}
}
