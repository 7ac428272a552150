/* The tables of an index file, and the one row that says what it is. */
#ifndef ENGINE_SQLITE_SCHEMA_H
#define ENGINE_SQLITE_SCHEMA_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"
#include "query/fields.h"

/* What an index knows of itself as a whole. */
struct state {
	char language[32];
	uint32_t analyzer;
	uint64_t generation;
	uint64_t articles, takes, text_bytes;
	uint64_t tokens[TEXT_COLUMNS]; /* sums of exact field lengths */
	int64_t last_added;            /* time of the last ingest that added */
	uint32_t stories;              /* numbers given to stories */
	uint64_t optimized;            /* the generation that was optimized last */
};

/* Make all tables in an empty file, for ${language}. */
int schema_create(sqlite3 *db, const char *language, struct pdx_err *err);

/* PDX_E_INDEX where ${db} is no index, or one of another version. */
int schema_verify(sqlite3 *db, struct pdx_err *err);

/* Whether the file has no table at all. */
int schema_is_empty(bool *out, sqlite3 *db, struct pdx_err *err);

int state_load(struct state *out, sqlite3 *db, struct pdx_err *err);

/* The same by a statement that is kept, made of STATE_SQL. */
int state_read(struct state *out, sqlite3_stmt *stmt, struct pdx_err *err);
#define STATE_SQL                                                                      \
	"SELECT language, analyzer, generation, articles, takes, text_bytes,"          \
	" body_tokens, title_tokens, summary_tokens, takes_tokens, last_added,"        \
	" stories, optimized FROM state WHERE id = 1"

int state_save(sqlite3 *db, const struct state *state, struct pdx_err *err);

#endif
