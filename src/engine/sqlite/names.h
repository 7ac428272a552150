/*
 * The dictionaries: companies, categories, personas, perspectives, sources, languages.
 * Two spellings that differ only in case, accents or white space are one name; the
 * first one seen is the one shown.  Ids count from 1.
 */
#ifndef ENGINE_SQLITE_NAMES_H
#define ENGINE_SQLITE_NAMES_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "query/fields.h"

enum name_kind {
	NAME_COMPANY,
	NAME_CATEGORY,
	NAME_PERSONA,
	NAME_PERSPECTIVE,
	NAME_SOURCE,
	NAME_LANG,
	NAME_MENTION, /* companies that texts mention, by the key of their names */
	NAME_KINDS
};

#define NAMES_CACHE 512 /* slots; an archive's usual names all fit */

struct names {
	sqlite3 *db;
	sqlite3_stmt *find[NAME_KINDS], *add[NAME_KINDS], *text[NAME_KINDS],
		*match[NAME_KINDS], *all[NAME_KINDS];
	struct buf folded, key;
	struct names_slot {
		enum name_kind kind;
		uint32_t id;
		char *text;
	} cache[NAMES_CACHE]; /* by hash of kind and text as given */
};

void names_init(struct names *n, sqlite3 *db);
void names_release(struct names *n);
void names_forget(struct names *n); /* after a rollback: ids may be gone */

const char *names_table(enum name_kind kind);

/* The dictionary behind ${field}, or NAME_KINDS. */
enum name_kind names_kind(enum field_id field);

/* The id of ${text}, given a new one where it is not there.  0 for NULL or "". */
int names_put(uint32_t *id, struct names *n, enum name_kind kind, const char *text,
	      struct pdx_err *err);

/* The name of ${id} in ${arena}; PDX_E_INDEX where it has none; NULL for 0. */
int names_text(const char **out, struct names *n, enum name_kind kind, uint32_t id,
	       struct arena *arena, struct pdx_err *err);

/*
 * The ids that ${value} stands for: those that value_compare() calls equal, and those
 * of a company's other names (alias.c); else those that have its words.  Sorted, in ${arena}.
 */
int names_match(uint32_t **ids, size_t *nids, struct names *n, enum name_kind kind,
		const char *value, struct arena *arena, struct pdx_err *err);

/* Whether the folded text (fold_key) is the key of a name. */
bool names_has_key(struct names *n, enum name_kind kind, const char *key, size_t len);

int names_count(uint64_t *out, struct names *n, enum name_kind kind,
		struct pdx_err *err);

/* Call ${each} for every name, A to Z. */
int names_each(struct names *names, enum name_kind kind,
	       void (*each)(void *ctx, const char *name), void *ctx,
	       struct pdx_err *err);

/*
 * The place of each id in the order of the names, A to Z: ${ranks} has *n entries in
 * ${arena}, by id; entry 0 and ids without a name sort last.
 */
int names_ranks(uint32_t **ranks, size_t *n, struct names *names, enum name_kind kind,
		struct arena *arena, struct pdx_err *err);

#endif
