/*
 * A record from first to last: its keys in the order of the vocabulary, what was left
 * over, what stands in for what is missing.  Nothing here knows files or an index.
 */
#include "ingest/record.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/clean.h"
#include "ingest/identity.h"
#include "ingest/json_parse.h"
#include "ingest/provenance.h"
#include "ingest/record_field.h"
#include "ingest/text_panel.h"

#define MAX_COMMAS 2000000 /* in one record, of which texts have some */
#define MAX_SIBLING 64     /* an exported id is looked for among so many */

/* An article that was exported from an index, and not somebody's record with an id. */
static bool is_exported(json_t *object)
{
	const char *schema = json_string_value(json_object_get(object, "schema"));

	return schema && strcmp(schema, RECORD_SCHEMA) == 0 &&
	       json_object_get(object, "ref");
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
		  json_t *v, struct read_skip *skip)
{
	const char *id;
	int rc;

	rc = record_ident(&id, r, "id", v, skip);
	if (rc != 0 || !id)
		return rc;
	if (is_exported(object))
		return find_sibling(a, r, id);
	if (a->ref)
		return strcmp(a->ref, id) == 0 ? 0 : record_unused(r, "", "id");
	a->ref = id;
	return 0;
}

/* Where the value of ${row} is in ${object}: where the user said, else under its key.
 */
static json_t *find_value(struct record_reader *r, json_t *object,
			  const struct record_key *row)
{
	json_t *v = NULL;

	for (size_t i = 0; record_has_map(r) && !v && i < r->map->n; i++) {
		const struct record_mapping *m = &r->map->v[i];

		if (strcmp(m->field, row->name) != 0)
			continue;
		v = record_map_find(object, m);
		r->found[i] = r->found[i] || v;
	}
	if (!v)
		v = json_object_get(object, row->name);
	return json_is_null(v) ? NULL : v;
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
	if (r->words == &vocabulary_json_feed &&
	    text_panel(a, &r->arena, &r->scratch) < 0)
		return PDX_E_NOMEM;
	if (!a->source)
		a->source = r->context.source;
	if (!a->lang)
		a->lang = r->context.lang;
	if (!a->source && r->source) {
		a->source = r->source;
		a->provenance[PDX_PART_SOURCE] = PDX_FROM_OPTION;
	}
	provenance_rest(a, r->words->from);
	return a->title ? 0 : PDX_E_NOMEM;
}

static int read_object(struct pdx_article *a, struct record_reader *r, json_t *object,
		       struct read_skip *skip)
{
	const struct record_key *row, *end = r->words->keys + r->words->n;
	json_t *id = NULL;
	int rc = 0;

	for (row = r->words->keys; rc == 0 && row < end; row++) {
		json_t *v = find_value(r, object, row);

		if (row->kind == VALUE_ID)
			id = v;
		else if (v)
			rc = record_set_field(a, r, row, v, skip);
	}
	if (rc == 0)
		rc = complete(a, r, skip);
	if (rc == 0 && id)
		rc = set_id(a, r, object, id, skip);
	if (rc == 0)
		rc = record_unknown(r, object, r->words, "");
	return rc;
}

/* The parser's message without the text it quotes, which may be cut inside a character.
 */
static int bad_json(struct read_skip *skip, uint64_t line, const json_error_t *e)
{
	const char *near = strstr(e->text, " near ");
	size_t len = near ? (size_t)(near - e->text) : strlen(e->text);

	if (e->line > 1)
		return reader_skip(skip, "not valid JSON: %.*s at line %llu, column %d",
				   (int)len, e->text,
				   (unsigned long long)line + (unsigned)e->line - 1,
				   e->column);
	return reader_skip(skip, "not valid JSON: %.*s at column %d", (int)len, e->text,
			   e->column);
}

/* What a parser makes a value of takes twenty times the memory of its comma. */
static bool has_too_many_values(const char *json, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += json[i] == ',';
	return n > MAX_COMMAS;
}

/* Bytes that are no UTF-8 cost those characters, not the record. */
static json_t *parse(struct record_reader *r, const char *json, size_t len,
		     json_error_t *e)
{
	const size_t flags = RECORD_JSON_FLAGS | JSON_DECODE_ANY;
	json_t *v = json_parse(json, len);

	if (v)
		return v;
	v = json_loadb(json, len, flags, e);
	if (v || json_error_code(e) != json_error_invalid_utf8)
		return v;
	reader_warn(&r->voice, "not valid UTF-8; the bytes at fault are replaced");
	buf_reset(&r->scratch);
	utf8_clean(&r->scratch, json, len);
	if (buf_ok(&r->scratch))
		return json_loadb(buf_str(&r->scratch), r->scratch.len, flags, e);
	return NULL;
}

int record_read_value(struct pdx_article *article, struct record_reader *r,
		      json_t *record, struct read_skip *skip)
{
	int rc;

	*article =
		(struct pdx_article){ .date = PDX_NO_DATE, .origin = r->voice.origin };
	r->number++;
	if (json_is_object(record))
		rc = read_object(article, r, record, skip);
	else
		rc = reader_skip(skip, "%s, not an object", record_type_name(record));
	return rc == 0 ? READ_ARTICLE : rc;
}

int record_read(struct pdx_article *article, struct record_reader *r, const char *json,
		size_t len, struct read_skip *skip)
{
	json_error_t e;
	json_t *v;
	int rc;

	if (has_too_many_values(json, len)) {
		r->number++;
		return reader_skip(skip, "more than %d values in one record",
				   MAX_COMMAS);
	}
	v = parse(r, json, len, &e);
	if (!v &&
	    (json_error_code(&e) == json_error_out_of_memory || !buf_ok(&r->scratch)))
		return PDX_E_NOMEM;
	if (!v) {
		r->number++;
		return bad_json(skip, r->line, &e);
	}
	rc = record_read_value(article, r, v, skip);
	json_decref(v);
	return rc;
}

int record_begin(struct record_reader *r, const char *name, uint64_t line)
{
	arena_reset(&r->arena);
	r->line = line;
	r->voice.origin = reader_origin(&r->arena, &r->scratch, name, line);
	return r->voice.origin ? 0 : PDX_E_NOMEM;
}

/* A message of any length, cut to what a warning holds. */
static int warn_scratch(struct record_reader *r)
{
	const char *message = buf_str(&r->scratch);
	size_t len = utf8_cut(message, r->scratch.len, PDX_ERR_MESSAGE - 1);

	if (!buf_ok(&r->scratch))
		return PDX_E_NOMEM;
	reader_warn(&r->voice, "%.*s", (int)len, message);
	return 0;
}

int record_report(struct record_reader *r, const char *name)
{
	int rc = 0;

	r->voice.origin = clean_line(&r->arena, &r->scratch, name, strlen(name));
	if (!r->voice.origin)
		return PDX_E_NOMEM;
	if (r->unused.n > 0) {
		buf_reset(&r->scratch);
		buf_puts(&r->scratch, "keys not used: ");
		unused_list(&r->scratch, &r->unused);
		rc = warn_scratch(r);
	}
	for (size_t i = 0; record_has_map(r) && rc == 0 && i < r->map->n; i++) {
		if (r->found[i])
			continue;
		buf_reset(&r->scratch);
		buf_printf(&r->scratch, "no record has %s, which was to be its %s",
			   r->map->v[i].place, r->map->v[i].field);
		rc = warn_scratch(r);
	}
	return rc;
}

int record_init(struct record_reader *r, const struct vocabulary *words,
		const struct read_options *options)
{
	*r = (struct record_reader){ .words = words,
				     .voice.warn = options->warn,
				     .source = options->source };
	buf_init(&r->scratch, 0);
	buf_init(&r->plain, 0);
	if (!options->map || options->map->n == 0)
		return 0;
	r->map = options->map;
	r->found = calloc(r->map->n, sizeof(*r->found));
	return r->found ? 0 : PDX_E_NOMEM;
}

void record_release(struct record_reader *r)
{
	unused_release(&r->unused);
	free(r->found);
	buf_release(&r->scratch);
	buf_release(&r->plain);
	arena_release(&r->arena);
}
