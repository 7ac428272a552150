/*
 * From the values of a record to the fields of an article: types, lists, dates, takes,
 * links.  Which key is which field the vocabularies say.
 */
#include "ingest/record_field.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/hash.h"
#include "ingest/clean.h"
#include "ingest/html_text.h"
#include "ingest/identity_url.h"
#include "ingest/link.h"
#include "text/analyze.h"

#define MAX_VALUES 1000 /* of a list: each is compared with all before it */

const char *record_type_name(const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		return "an object";
	case JSON_ARRAY:
		return "an array";
	case JSON_STRING:
		return "a string";
	case JSON_INTEGER:
	case JSON_REAL:
		return "a number";
	case JSON_NULL:
		return "null";
	default:
		return "true or false";
	}
}

static int wrong_type(struct read_skip *skip, const char *prefix, const char *key,
		      const json_t *v, const char *wanted)
{
	return reader_skip(skip, "\"%s%s\" is %s, not %s", prefix, key,
			   record_type_name(v), wanted);
}

int record_unused(struct record_reader *r, const char *prefix, const char *key)
{
	const char *name;

	name = clean_line(&r->arena, &r->scratch, key, strlen(key));
	if (!name)
		return PDX_E_NOMEM;
	buf_reset(&r->scratch);
	buf_puts(&r->scratch, prefix);
	buf_put(&r->scratch, name, (size_t)reader_quote(name, strlen(name)));
	if (!buf_ok(&r->scratch))
		return PDX_E_NOMEM;
	return unused_count(&r->unused, buf_str(&r->scratch), r->number);
}

bool record_has_map(const struct record_reader *r)
{
	return r->map && r->words == &vocabulary_article;
}

int record_unknown(struct record_reader *r, json_t *object,
		   const struct vocabulary *words, const char *prefix)
{
	const char *name;
	json_t *v;

	json_object_foreach(object, name, v)
	{
		if (vocabulary_find(words, name) ||
		    (record_has_map(r) && words == r->words &&
		     record_map_uses(r->map, name)))
			continue;
		if (record_unused(r, prefix, name) < 0)
			return PDX_E_NOMEM;
	}
	return 0;
}

/* The text of a string, cleaned as ${kind} says; NULL where nothing is left of it. */
static int clean_value(const char **out, struct record_reader *r, json_t *v,
		       enum record_kind_of_value kind)
{
	const char *s = json_string_value(v);
	size_t len = json_string_length(v);
	char *text;

	if (kind == VALUE_HTML) {
		buf_reset(&r->plain);
		html_text(&r->plain, s, len);
		if (!buf_ok(&r->plain))
			return PDX_E_NOMEM;
		s = buf_str(&r->plain);
		len = r->plain.len;
	}
	text = kind == VALUE_LINE ? clean_line(&r->arena, &r->scratch, s, len)
				  : clean_block(&r->arena, &r->scratch, s, len);

	*out = text && *text ? text : NULL;
	return text ? 0 : PDX_E_NOMEM;
}

/* A number as JSON writes it. */
static int number_text(const char **out, struct record_reader *r, json_t *v)
{
	char *text = json_dumps(v, JSON_ENCODE_ANY);

	*out = text ? arena_strdup(&r->arena, text) : NULL;
	free(text);
	return *out ? 0 : PDX_E_NOMEM;
}

int record_ident(const char **out, struct record_reader *r, const char *key, json_t *v,
		 struct read_skip *skip)
{
	if (json_is_number(v))
		return number_text(out, r, v);
	if (!json_is_string(v))
		return wrong_type(skip, "", key, v, "a string or a number");
	return clean_value(out, r, v, VALUE_LINE);
}

/* Strings of articles and takes: the field at ${base} + row->field. */
static int set_text(void *base, struct record_reader *r, const struct record_key *row,
		    json_t *v, const char *prefix, struct read_skip *skip)
{
	const char **field = (const char **)((char *)base + row->field);
	const char *text;
	int rc;

	if (row->kind == VALUE_IDENT)
		rc = record_ident(&text, r, row->name, v, skip);
	else if (json_is_string(v))
		rc = clean_value(&text, r, v, row->kind);
	else
		rc = wrong_type(skip, prefix, row->name, v, "a string");
	if (rc != 0 || !text)
		return rc;
	if (*field) /* the same thing under its other name */
		return r->words->alternatives || strcmp(*field, text) == 0
			       ? 0
			       : record_unused(r, prefix, row->name);
	*field = text;
	return 0;
}

static int set_date(struct pdx_article *a, struct record_reader *r, const char *key,
		    json_t *v, struct read_skip *skip)
{
	const char *text;
	int rc;

	if (a->date != PDX_NO_DATE)
		return 0;
	rc = record_ident(&text, r, key, v, skip);
	if (rc != 0 || !text)
		return rc;
	if (date_parse_written(&a->date, text, strlen(text)))
		return 0;
	a->date = PDX_NO_DATE;
	reader_warn(&r->voice, "date \"%.*s\" is not understood; kept without one",
		    reader_quote(text, strlen(text)), text);
	return 0;
}

struct list {
	const char **v;
	uint64_t *keys; /* of the values, as dictionaries compare them */
	size_t n;
};

static int list_add(struct list *list, struct record_reader *r, const char *text)
{
	uint64_t key;

	buf_reset(&r->scratch);
	fold_key(&r->scratch, text, strlen(text));
	if (!buf_ok(&r->scratch))
		return PDX_E_NOMEM;
	key = hash64(buf_str(&r->scratch), r->scratch.len);
	for (size_t i = 0; i < list->n; i++) {
		if (list->keys[i] == key)
			return 0;
	}
	list->v[list->n] = text;
	list->keys[list->n++] = key;
	return 0;
}

static int list_value(struct list *list, struct record_reader *r, const char *key,
		      json_t *v, struct read_skip *skip)
{
	const char *text;
	int rc;

	if (json_is_null(v))
		return 0;
	if (!json_is_string(v))
		return reader_skip(skip, "\"%s\" holds %s, not only strings", key,
				   record_type_name(v));
	rc = clean_value(&text, r, v, VALUE_LINE);
	if (rc < 0 || !text)
		return rc;
	return list_add(list, r, text);
}

/* A text as the values between its semicolons; NULL where memory is out. */
static json_t *split_joined(json_t *text)
{
	json_t *parts = json_array();
	const char *s = json_string_value(text);

	for (size_t len; parts; s += len + 1) {
		len = strcspn(s, ";");
		if (json_array_append_new(parts, json_stringn(s, len)) < 0) {
			json_decref(parts);
			return NULL;
		}
		if (s[len] == '\0')
			break;
	}
	return parts;
}

/* Append the value or values of ${v} to the article's own. */
static int set_list(const char *const **field, size_t *nfield, struct record_reader *r,
		    const char *key, json_t *v, struct read_skip *skip)
{
	size_t more = json_is_array(v) ? json_array_size(v) : 1;
	struct list list = { 0 };
	int rc = 0;

	if (!json_is_array(v) && !json_is_string(v))
		return wrong_type(skip, "", key, v, "a string or an array");
	if (more > MAX_VALUES)
		return reader_skip(skip, "\"%s\" has %zu values, more than %d", key,
				   more, MAX_VALUES);
	list.v = arena_array(&r->arena, *nfield + more, sizeof(*list.v));
	list.keys = arena_array(&r->arena, *nfield + more, sizeof(*list.keys));
	if (!list.v || !list.keys)
		return PDX_E_NOMEM;
	for (size_t i = 0; rc == 0 && i < *nfield; i++)
		rc = list_add(&list, r, (*field)[i]);
	for (size_t i = 0; rc == 0 && i < more; i++)
		rc = list_value(&list, r, key,
				json_is_array(v) ? json_array_get(v, i) : v, skip);
	*field = list.v;
	*nfield = list.n;
	return rc;
}

static int set_names(const char *const **field, size_t *nfield, struct record_reader *r,
		     const char *key, json_t *v, struct read_skip *skip)
{
	json_t *parts;
	int rc;

	if (!r->context.joined || !json_is_string(v))
		return set_list(field, nfield, r, key, v, skip);
	parts = split_joined(v);
	rc = parts ? set_list(field, nfield, r, key, parts, skip) : PDX_E_NOMEM;
	json_decref(parts);
	return rc;
}

static int read_take(struct pdx_take *out, struct record_reader *r, json_t *object,
		     struct read_skip *skip)
{
	int rc = 0;

	if (!json_is_object(object))
		return reader_skip(skip, "\"takes\" holds %s, not only objects",
				   record_type_name(object));
	for (size_t i = 0; rc == 0 && i < vocabulary_take.n; i++) {
		const struct record_key *row = &vocabulary_take.keys[i];
		json_t *v = json_object_get(object, row->name);

		if (v && !json_is_null(v) && row->kind != VALUE_UNREAD)
			rc = set_text(out, r, row, v, "takes[].", skip);
	}
	if (rc != 0)
		return rc;
	return record_unknown(r, object, &vocabulary_take, "takes[].");
}

static void warn_empty_take(const struct record_reader *r, const struct pdx_take *take,
			    size_t n)
{
	if (take->persona)
		reader_warn(&r->voice, "take %zu, of \"%.*s\", has no text; dropped", n,
			    reader_quote(take->persona, strlen(take->persona)),
			    take->persona);
	else
		reader_warn(&r->voice, "take %zu has no text; dropped", n);
}

static int set_takes(struct pdx_article *a, struct record_reader *r, json_t *v,
		     struct read_skip *skip)
{
	size_t n = json_array_size(v);
	struct pdx_take *takes;

	if (!json_is_array(v))
		return wrong_type(skip, "", "takes", v, "an array");
	takes = arena_array(&r->arena, n ? n : 1, sizeof(*takes));
	if (!takes)
		return PDX_E_NOMEM;
	a->takes = takes;
	for (size_t i = 0; i < n; i++) {
		struct pdx_take take = { 0 };
		int rc = read_take(&take, r, json_array_get(v, i), skip);

		if (rc != 0)
			return rc;
		if (take.text)
			takes[a->ntakes++] = take;
		else
			warn_empty_take(r, &take, i + 1);
	}
	return 0;
}

/* A link that names no host leads nowhere by itself, but it is the article's own. */
static int set_link(struct pdx_article *a, struct record_reader *r,
		    const struct record_key *row, json_t *v, struct read_skip *skip)
{
	const char *link;
	int rc;

	if (!json_is_string(v))
		return wrong_type(skip, "", row->name, v, "a string");
	rc = clean_value(&link, r, v, VALUE_LINE);
	if (rc != 0 || !link)
		return rc;
	buf_reset(&r->scratch);
	link_resolve(&r->scratch, r->context.base, link);
	link = arena_dup(&r->arena, buf_str(&r->scratch), r->scratch.len);
	if (!link || !buf_ok(&r->scratch))
		return PDX_E_NOMEM;
	buf_reset(&r->scratch);
	if (!url_normalise(&r->scratch, link))
		a->ref = a->ref ? a->ref : link;
	else if (!a->url)
		a->url = link;
	return 0;
}

int record_set_field(struct pdx_article *a, struct record_reader *r,
		     const struct record_key *row, json_t *v, struct read_skip *skip)
{
	switch (row->kind) {
	case VALUE_LINE:
	case VALUE_BLOCK:
	case VALUE_HTML:
	case VALUE_IDENT:
		return set_text(a, r, row, v, "", skip);
	case VALUE_LINK:
		return set_link(a, r, row, v, skip);
	case VALUE_COMPANIES:
		return set_names(&a->companies, &a->ncompanies, r, row->name, v, skip);
	case VALUE_CATEGORIES:
		return set_names(&a->categories, &a->ncategories, r, row->name, v,
				 skip);
	case VALUE_DATE:
		return set_date(a, r, row->name, v, skip);
	case VALUE_TAKES:
		return set_takes(a, r, v, skip);
	case VALUE_ID:
	case VALUE_UNREAD:
		break;
	}
	return 0;
}
