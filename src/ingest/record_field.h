/*
 * What record.c is made of: one value of a record as a field of the article.  Functions
 * return 0, READ_SKIP with the reason in ${skip}, or PDX_E_NOMEM.
 */
#ifndef INGEST_RECORD_FIELD_H
#define INGEST_RECORD_FIELD_H

#include <stdbool.h>

#include "ingest/record.h"

/* "an object", "a number" */
const char *record_type_name(const json_t *v);

/* The user's map is for records whose keys are anybody's. */
bool record_has_map(const struct record_reader *r);

/* Count ${prefix}${key} as not used by the current record. */
int record_unused(struct record_reader *r, const char *prefix, const char *key);

/* The same for all keys of ${object} that neither ${words} nor the map know. */
int record_unknown(struct record_reader *r, json_t *object,
		   const struct vocabulary *words, const char *prefix);

/* The text of a string or a number; NULL where nothing is left of it. */
int record_ident(const char **out, struct record_reader *r, const char *key, json_t *v,
		 struct read_skip *skip);

/* Set what ${row} says from ${v}, which is not null. */
int record_set_field(struct pdx_article *a, struct record_reader *r,
		     const struct record_key *row, json_t *v, struct read_skip *skip);

#endif
