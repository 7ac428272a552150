/* Spellings and values of the index that are near to what was asked for. */
#ifndef ENGINE_SQLITE_NEAREST_H
#define ENGINE_SQLITE_NEAREST_H

#include "engine/sqlite/store.h"

#define NEAREST_VALUES 3

struct nearest_values {
	const char *v[NEAREST_VALUES]; /* the nearest first */
	size_t n;
};

/*
 * The values that articles have in the field of ${node}, an AST_VALUE, and that are
 * nearest to its text.  None where the field has no dictionary.
 */
int nearest_values(struct nearest_values *out, struct store *s, const struct ast *node,
		   struct arena *arena, struct pdx_err *err);

/* Have ${db} know what store_guess() asks its vocabulary with. */
int nearest_register(sqlite3 *db, struct pdx_err *err);

int store_guess(void *engine, struct guess *v, size_t n, bool unknown_only,
		struct arena *arena, struct pdx_err *err);

#endif
