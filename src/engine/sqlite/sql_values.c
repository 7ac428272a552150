/* SQL functions over stored records.  Knows records and values; no tables. */
#include "engine/sqlite/sql_values.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "engine/sqlite/db.h"
#include "engine/sqlite/frequency.h"
#include "ingest/identity.h"

static void give_text(sqlite3_context *ctx, const char *text)
{
	if (text)
		sqlite3_result_text(ctx, text, -1, SQLITE_TRANSIENT);
}

/* ${value} as JSON, which is given up. */
static void give_json(sqlite3_context *ctx, json_t *value)
{
	char *text = value ? json_dumps(value, JSON_COMPACT) : NULL;

	if (text)
		sqlite3_result_text(ctx, text, -1, SQLITE_TRANSIENT);
	else
		sqlite3_result_error_nomem(ctx);
	free(text);
	json_decref(value);
}

static void give_id(sqlite3_context *ctx, uint32_t id)
{
	if (id)
		sqlite3_result_int64(ctx, id);
}

static void give_ids(sqlite3_context *ctx, const uint32_t *ids, size_t n)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(array, json_integer(ids[i]));
	give_json(ctx, array);
}

static void give_date(sqlite3_context *ctx, const struct record *r)
{
	char iso[DATE_TEXT];

	if (r->date != PDX_NO_DATE)
		give_text(ctx, date_format(iso, r->date));
}

static void give_takes(sqlite3_context *ctx, const struct record *r)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < r->ntakes; i++)
		json_array_append_new(
			array, json_pack("{s:I,s:I,s:s}", "persona",
					 (json_int_t)r->takes[i].persona, "perspective",
					 (json_int_t)r->takes[i].perspective, "text",
					 r->takes[i].text));
	give_json(ctx, array);
}

static void give_summary(sqlite3_context *ctx, const struct record *r)
{
	give_text(ctx, r->summary);
}

static void give_body(sqlite3_context *ctx, const struct record *r)
{
	give_text(ctx, r->body);
}

static void give_url(sqlite3_context *ctx, const struct record *r)
{
	give_text(ctx, r->url);
}

static void give_ref(sqlite3_context *ctx, const struct record *r)
{
	give_text(ctx, r->ref);
}

static void give_origin(sqlite3_context *ctx, const struct record *r)
{
	give_text(ctx, r->origin);
}

static void give_source(sqlite3_context *ctx, const struct record *r)
{
	give_id(ctx, r->source);
}

static void give_lang(sqlite3_context *ctx, const struct record *r)
{
	give_id(ctx, r->lang);
}

static void give_companies(sqlite3_context *ctx, const struct record *r)
{
	give_ids(ctx, r->companies, r->ncompanies);
}

static void give_categories(sqlite3_context *ctx, const struct record *r)
{
	give_ids(ctx, r->categories, r->ncategories);
}

/* What paneldex_value() knows.  Names stand as ids of their dictionaries, several in a
 * JSON array; takes are objects of persona, perspective and text. */
static const struct value_row {
	const char *name;
	void (*give)(sqlite3_context *ctx, const struct record *r);
} values[] = {
	{ "date", give_date },
	{ "summary", give_summary },
	{ "body", give_body },
	{ "url", give_url },
	{ "ref", give_ref },
	{ "origin", give_origin },
	{ "source", give_source },
	{ "lang", give_lang },
	{ "companies", give_companies },
	{ "categories", give_categories },
	{ "takes", give_takes },
	{ NULL, NULL },
};

/* The record that is the first argument; false after an error was given back. */
static bool take_record(struct record *out, struct arena *arena, sqlite3_context *ctx,
			sqlite3_value **args)
{
	struct codec *codec = sqlite3_user_data(ctx);
	const void *bytes = sqlite3_value_blob(args[0]);
	size_t len = (size_t)sqlite3_value_bytes(args[0]);

	if (record_decode(out, codec, arena, bytes, len, NULL) == 0)
		return true;
	sqlite3_result_error(ctx, "not a record of an article", -1);
	return false;
}

static void value_function(sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	const char *name = (const char *)sqlite3_value_text(args[1]);
	const struct value_row *row = values;
	struct arena arena = { 0 };
	struct record record;

	(void)nargs;
	while (row->name && (!name || strcmp(row->name, name) != 0))
		row++;
	if (!row->name)
		sqlite3_result_error(ctx, "an article has no such value", -1);
	else if (take_record(&record, &arena, ctx, args))
		row->give(ctx, &record);
	arena_release(&arena);
}

static void column_function(sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	struct arena arena = { 0 };
	struct record record;
	struct buf text;

	(void)nargs;
	buf_init(&text, 0);
	if (take_record(&record, &arena, ctx, args))
		record_column(&text, &record, sqlite3_value_int(args[1]));
	if (!buf_ok(&text))
		sqlite3_result_error_nomem(ctx);
	else if (text.len)
		sqlite3_result_text64(ctx, text.data, text.len, SQLITE_TRANSIENT,
				      SQLITE_UTF8);
	buf_release(&text);
	arena_release(&arena);
}

static void id_function(sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	char id[PDX_ID_SIZE];

	(void)nargs;
	identity_id(id, (uint64_t)sqlite3_value_int64(args[0]));
	give_text(ctx, id);
}

static void time_function(sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	char text[DATE_TIME_TEXT];

	(void)nargs;
	give_text(ctx, date_time_format(text, sqlite3_value_int64(args[0])));
}

/* The df of a word: of a block of the table frequency, and the word's id. */
static void df_function(sqlite3_context *ctx, int nargs, sqlite3_value **args)
{
	const unsigned char *data = sqlite3_value_blob(args[0]);
	size_t n = (size_t)sqlite3_value_bytes(args[0]) / FREQUENCY_SIZE;
	size_t at = (size_t)sqlite3_value_int64(args[1]) % FREQUENCIES;

	(void)nargs;
	sqlite3_result_int64(ctx, at < n ? frequency_get(data, at) : 0);
}

int sql_values_register(sqlite3 *db, struct codec *codec, struct pdx_err *err)
{
	static const struct {
		const char *name;
		int nargs;
		void (*function)(sqlite3_context *ctx, int nargs, sqlite3_value **args);
	} functions[] = {
		{ "paneldex_column", 2, column_function },
		{ "paneldex_value", 2, value_function },
		{ "paneldex_id", 1, id_function },
		{ "paneldex_time", 1, time_function },
		{ "paneldex_df", 2, df_function },
	};
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int rc = SQLITE_OK;
	size_t i;

	for (i = 0; i < sizeof(functions) / sizeof(functions[0]) && rc == SQLITE_OK;
	     i++)
		rc = sqlite3_create_function_v2(
			db, functions[i].name, functions[i].nargs, flags, codec,
			functions[i].function, NULL, NULL, NULL);
	return rc == SQLITE_OK ? 0 : db_error(db, rc, err);
}
