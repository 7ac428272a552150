/*
 * What the keys of a JSON record mean.  One table says where each value goes; nothing
 * here knows lines, files or an index.
 */
#include "ingest/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/clean.h"
#include "ingest/identity.h"
#include "ingest/provenance.h"
#include "text/analyze.h"

#define SCHEMA "paneldex.article/1"
#define MAX_SIBLING 64  /* an exported id is looked for among so many */
#define MAX_VALUES 1000 /* of a list: each is compared with all before it */
#define MAX_UNUSED 64   /* keys that are counted; further ones only as "more" */

enum kind {
	KIND_LINE,
	KIND_BLOCK,
	KIND_COMPANIES,
	KIND_CATEGORIES,
	KIND_DATE,
	KIND_TAKES,
	KIND_IDENT, /* a string or a number */
	KIND_ID,    /* after all others: its meaning depends on them */
	KIND_OURS   /* the index's own, in what it puts out; not read */
};

/*
 * Rows are read in this order, and a later row for the same field counts only where
 * the field is still empty.
 */
struct key {
	const char *name;
	enum kind kind;
	size_t field; /* offset of a string in struct pdx_article or struct pdx_take */
};

static const struct key article_keys[] = {
	{ "title", KIND_LINE, offsetof(struct pdx_article, title) },
	{ "summary", KIND_BLOCK, offsetof(struct pdx_article, summary) },
	{ "body", KIND_BLOCK, offsetof(struct pdx_article, body) },
	{ "text", KIND_BLOCK, offsetof(struct pdx_article, body) },
	{ "date", KIND_DATE, 0 },
	{ "company", KIND_COMPANIES, 0 },
	{ "companies", KIND_COMPANIES, 0 },
	{ "category", KIND_CATEGORIES, 0 },
	{ "categories", KIND_CATEGORIES, 0 },
	{ "url", KIND_LINE, offsetof(struct pdx_article, url) },
	{ "lang", KIND_LINE, offsetof(struct pdx_article, lang) },
	{ "source", KIND_LINE, offsetof(struct pdx_article, source) },
	{ "ref", KIND_IDENT, offsetof(struct pdx_article, ref) },
	{ "takes", KIND_TAKES, 0 },
	{ "id", KIND_ID, 0 },
	{ "schema", KIND_OURS, 0 },
	{ "origin", KIND_OURS, 0 },
	{ "added", KIND_OURS, 0 },
	{ "bookmarked", KIND_OURS, 0 },
	{ "provenance", KIND_OURS, 0 },
};

static const struct key take_keys[] = {
	{ "persona", KIND_LINE, offsetof(struct pdx_take, persona) },
	{ "who", KIND_LINE, offsetof(struct pdx_take, persona) },
	{ "name", KIND_LINE, offsetof(struct pdx_take, persona) },
	{ "perspective", KIND_LINE, offsetof(struct pdx_take, perspective) },
	{ "text", KIND_BLOCK, offsetof(struct pdx_take, text) },
	{ "n", KIND_OURS, 0 },
};

#define ROWS(table) (sizeof(table) / sizeof((table)[0]))

/* Functions below return 0, READ_SKIP or PDX_E_NOMEM. */

static const char *type_name(const json_t *v)
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
	return reader_skip(skip, "\"%s%s\" is %s, not %s", prefix, key, type_name(v),
			   wanted);
}

static struct unused_key *find_unused(struct record_reader *r, const char *name)
{
	for (size_t i = 0; i < r->nunused; i++) {
		if (strcmp(r->unused[i].name, name) == 0)
			return &r->unused[i];
	}
	return NULL;
}

static int add_unused(struct record_reader *r, const char *name)
{
	char *copy;

	if (r->nunused == MAX_UNUSED) {
		r->more_unused++;
		return 0;
	}
	if (!mem_grow(&r->unused, &r->unused_cap, r->nunused + 1, sizeof(*r->unused)))
		return PDX_E_NOMEM;
	copy = malloc(strlen(name) + 1);
	if (!copy)
		return PDX_E_NOMEM;
	memcpy(copy, name, strlen(name) + 1);
	r->unused[r->nunused++] = (struct unused_key){ copy, 1, r->number };
	return 0;
}

/* Count ${prefix}${key} once for the current record. */
static int count_unused(struct record_reader *r, const char *prefix, const char *key)
{
	struct unused_key *known;
	const char *name;

	name = clean_line(&r->arena, &r->scratch, key, strlen(key));
	if (!name)
		return PDX_E_NOMEM;
	buf_reset(&r->scratch);
	buf_puts(&r->scratch, prefix);
	buf_put(&r->scratch, name, (size_t)reader_quote(name, strlen(name)));
	if (!buf_ok(&r->scratch))
		return PDX_E_NOMEM;

	known = find_unused(r, buf_str(&r->scratch));
	if (!known)
		return add_unused(r, buf_str(&r->scratch));
	known->records += known->last != r->number;
	known->last = r->number;
	return 0;
}

static bool has_row(const struct key *rows, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(rows[i].name, name) == 0)
			return true;
	}
	return false;
}

static int count_unknown(struct record_reader *r, json_t *object,
			 const struct key *rows, size_t n, const char *prefix)
{
	const char *name;
	json_t *v;

	json_object_foreach(object, name, v)
	{
		if (!has_row(rows, n, name) && count_unused(r, prefix, name) < 0)
			return PDX_E_NOMEM;
	}
	return 0;
}

int record_report_unused(struct record_reader *r, const char *name)
{
	const char *origin, *message;
	size_t len;

	if (r->nunused == 0)
		return 0;
	origin = clean_line(&r->arena, &r->scratch, name, strlen(name));
	buf_reset(&r->scratch);
	for (size_t i = 0; i < r->nunused; i++) {
		const struct unused_key *k = &r->unused[i];

		buf_printf(&r->scratch, "%s%s (%llu record%s)",
			   i == 0 ? "keys not used: " : ", ", k->name,
			   (unsigned long long)k->records, k->records == 1 ? "" : "s");
	}
	if (r->more_unused > 0)
		buf_puts(&r->scratch, ", and more");
	if (!origin || !buf_ok(&r->scratch))
		return PDX_E_NOMEM;
	message = buf_str(&r->scratch);
	len = utf8_cut(message, r->scratch.len, PDX_ERR_MESSAGE - 1);
	r->voice.origin = origin;
	reader_warn(&r->voice, "%.*s", (int)len, message);
	return 0;
}

/* The text of a string, cleaned as ${kind} says; NULL where nothing is left of it. */
static int clean_value(const char **out, struct record_reader *r, json_t *v,
		       enum kind kind)
{
	const char *s = json_string_value(v);
	size_t len = json_string_length(v);
	char *text = kind == KIND_BLOCK ? clean_block(&r->arena, &r->scratch, s, len)
					: clean_line(&r->arena, &r->scratch, s, len);

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

static int ident_text(const char **out, struct record_reader *r, const char *key,
		      json_t *v, struct read_skip *skip)
{
	if (json_is_number(v))
		return number_text(out, r, v);
	if (!json_is_string(v))
		return wrong_type(skip, "", key, v, "a string or a number");
	return clean_value(out, r, v, KIND_LINE);
}

/* Strings of articles and takes: the field at ${base} + row->field. */
static int set_text(void *base, struct record_reader *r, const struct key *row,
		    json_t *v, const char *prefix, struct read_skip *skip)
{
	const char **field = (const char **)((char *)base + row->field);
	const char *text;
	int rc;

	if (row->kind == KIND_IDENT)
		rc = ident_text(&text, r, row->name, v, skip);
	else if (json_is_string(v))
		rc = clean_value(&text, r, v, row->kind);
	else
		rc = wrong_type(skip, prefix, row->name, v, "a string");
	if (rc != 0 || !text)
		return rc;
	if (*field) /* the same thing under its other name */
		return strcmp(*field, text) == 0 ? 0
						 : count_unused(r, prefix, row->name);
	*field = text;
	return 0;
}

static int set_date(struct pdx_article *a, struct record_reader *r, json_t *v,
		    struct read_skip *skip)
{
	const char *text;
	int rc;

	if (!json_is_string(v) && !json_is_number(v))
		return wrong_type(skip, "", "date", v, "a string or a number");
	rc = ident_text(&text, r, "date", v, skip);
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
				   type_name(v));
	rc = clean_value(&text, r, v, KIND_LINE);
	if (rc < 0 || !text)
		return rc;
	return list_add(list, r, text);
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

static int read_take(struct pdx_take *out, struct record_reader *r, json_t *object,
		     struct read_skip *skip)
{
	int rc = 0;

	if (!json_is_object(object))
		return reader_skip(skip, "\"takes\" holds %s, not only objects",
				   type_name(object));
	for (size_t i = 0; rc == 0 && i < ROWS(take_keys); i++) {
		json_t *v = json_object_get(object, take_keys[i].name);

		if (v && !json_is_null(v) && take_keys[i].kind != KIND_OURS)
			rc = set_text(out, r, &take_keys[i], v, "takes[].", skip);
	}
	if (rc != 0)
		return rc;
	return count_unknown(r, object, take_keys, ROWS(take_keys), "takes[].");
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

/* An article that was exported from an index, and not somebody's record with an id. */
static bool is_exported(json_t *object)
{
	const char *schema = json_string_value(json_object_get(object, "schema"));

	return schema && strcmp(schema, SCHEMA) == 0 && json_object_get(object, "ref");
}

/* Which of the articles with its identity has ${id}? */
static int find_sibling(struct pdx_article *a, struct record_reader *r, const char *id)
{
	char candidate[PDX_ID_SIZE];

	buf_reset(&r->scratch);
	identity_text(&r->scratch, a);
	if (!buf_ok(&r->scratch))
		return PDX_E_NOMEM;
	for (uint32_t k = 1; k <= MAX_SIBLING; k++) {
		identity_id(candidate,
			    identity_key_of(r->scratch.data, r->scratch.len, k));
		if (strcmp(candidate, id) == 0) {
			a->sibling = k;
			return 0;
		}
	}
	reader_warn(&r->voice, "id \"%.*s\" is not that of this record; not used",
		    reader_quote(id, strlen(id)), id);
	return 0;
}

static int set_id(struct pdx_article *a, struct record_reader *r, json_t *object,
		  struct read_skip *skip)
{
	json_t *v = json_object_get(object, "id");
	const char *id;
	int rc;

	if (!v || json_is_null(v))
		return 0;
	rc = ident_text(&id, r, "id", v, skip);
	if (rc != 0 || !id)
		return rc;
	if (is_exported(object))
		return find_sibling(a, r, id);
	if (a->ref)
		return strcmp(a->ref, id) == 0 ? 0 : count_unused(r, "", "id");
	a->ref = id;
	return 0;
}

static int set_field(struct pdx_article *a, struct record_reader *r,
		     const struct key *row, json_t *v, struct read_skip *skip)
{
	switch (row->kind) {
	case KIND_LINE:
	case KIND_BLOCK:
	case KIND_IDENT:
		return set_text(a, r, row, v, "", skip);
	case KIND_COMPANIES:
		return set_list(&a->companies, &a->ncompanies, r, row->name, v, skip);
	case KIND_CATEGORIES:
		return set_list(&a->categories, &a->ncategories, r, row->name, v, skip);
	case KIND_DATE:
		return set_date(a, r, v, skip);
	case KIND_TAKES:
		return set_takes(a, r, v, skip);
	case KIND_ID:
	case KIND_OURS:
		break;
	}
	return 0;
}

static int complete(struct pdx_article *a, struct record_reader *r,
		    struct read_skip *skip)
{
	if (!a->title && !a->body)
		return reader_skip(skip, "no title and no body");
	if (!a->title) {
		a->title = clean_sentence(&r->arena, &r->scratch, a->body);
		a->provenance[PDX_PART_TITLE] = PDX_FROM_TEXT;
		reader_warn(&r->voice, "no title; the first sentence stands for it");
	}
	if (!a->body)
		a->body = "";
	if (!a->source && r->source) {
		a->source = r->source;
		a->provenance[PDX_PART_SOURCE] = PDX_FROM_OPTION;
	}
	provenance_rest(a, PDX_FROM_RECORD);
	return a->title ? 0 : PDX_E_NOMEM;
}

static int read_object(struct pdx_article *a, struct record_reader *r, json_t *object,
		       struct read_skip *skip)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < ROWS(article_keys); i++) {
		json_t *v = json_object_get(object, article_keys[i].name);

		if (v && !json_is_null(v))
			rc = set_field(a, r, &article_keys[i], v, skip);
	}
	if (rc == 0)
		rc = complete(a, r, skip);
	if (rc == 0)
		rc = set_id(a, r, object, skip);
	if (rc == 0)
		rc = count_unknown(r, object, article_keys, ROWS(article_keys), "");
	return rc;
}

/* The parser's message without the text it quotes, which may be cut inside a character.
 */
static int bad_json(struct read_skip *skip, const json_error_t *e)
{
	const char *near = strstr(e->text, " near ");
	size_t len = near ? (size_t)(near - e->text) : strlen(e->text);

	return reader_skip(skip, "not valid JSON: %.*s at column %d", (int)len, e->text,
			   e->column);
}

/* Bytes that are no UTF-8 cost those characters, not the record. */
static json_t *parse(struct record_reader *r, const char *json, size_t len,
		     json_error_t *e)
{
	const size_t flags = RECORD_JSON_FLAGS | JSON_DECODE_ANY;
	json_t *v = json_loadb(json, len, flags, e);

	if (v || json_error_code(e) != json_error_invalid_utf8)
		return v;
	reader_warn(&r->voice, "not valid UTF-8; the bytes at fault are replaced");
	buf_reset(&r->scratch);
	utf8_clean(&r->scratch, json, len);
	if (buf_ok(&r->scratch))
		return json_loadb(buf_str(&r->scratch), r->scratch.len, flags, e);
	return NULL;
}

int record_read(struct pdx_article *article, struct record_reader *r, const char *json,
		size_t len, struct read_skip *skip)
{
	json_error_t e;
	json_t *v = parse(r, json, len, &e);
	int rc;

	*article =
		(struct pdx_article){ .date = PDX_NO_DATE, .origin = r->voice.origin };
	r->number++;
	if (!v &&
	    (json_error_code(&e) == json_error_out_of_memory || !buf_ok(&r->scratch)))
		return PDX_E_NOMEM;
	if (!v)
		return bad_json(skip, &e);

	if (json_is_object(v))
		rc = read_object(article, r, v, skip);
	else
		rc = reader_skip(skip, "%s, not an object", type_name(v));
	json_decref(v);
	return rc == 0 ? READ_ARTICLE : rc;
}

void record_init(struct record_reader *r, const struct read_options *options)
{
	*r = (struct record_reader){ .voice.warn = options->warn,
				     .source = options->source };
	buf_init(&r->scratch, 0);
}

void record_release(struct record_reader *r)
{
	for (size_t i = 0; i < r->nunused; i++)
		free(r->unused[i].name);
	free(r->unused);
	buf_release(&r->scratch);
	arena_release(&r->arena);
}
