/*
 * SQL functions over stored records: what the views of an index are made of, so that
 * whoever speaks SQLite can read it.
 *
 *     paneldex_column(record, n)    text of column n (enum text_column) as it is
 * indexed paneldex_value(record, name)  "date", "url", "companies" ...: see
 * sql_values.c paneldex_id(key)              the 12 hexadecimal digits of an article's
 * key paneldex_time(seconds)        "2026-11-23T10:20:30Z"
 */
#ifndef ENGINE_SQLITE_SQL_VALUES_H
#define ENGINE_SQLITE_SQL_VALUES_H

#include <sqlite3.h>

#include "base/err.h"
#include "engine/sqlite/record.h"

/* Register them on ${db}, where ${codec} outlives it. */
int sql_values_register(sqlite3 *db, struct codec *codec, struct pdx_err *err);

#endif
