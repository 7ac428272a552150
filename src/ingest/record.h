/*
 * One record as an article: a JSON object, or what another reader made one of.  A
 * vocabulary says what its keys mean.
 */
#ifndef INGEST_RECORD_H
#define INGEST_RECORD_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/reader.h"
#include "ingest/record_keys.h"
#include "ingest/record_map.h"
#include "ingest/unused.h"

#define RECORD_SCHEMA "paneldex.article/1" /* of what was exported from an index */
#define RECORD_JSON_FLAGS (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL)

/* What is said of all records of an input; NULL where nothing is. */
struct record_context {
	const char *source, *lang;
	const char *base; /* of relative links */
	bool joined;      /* a list is one text, with semicolons */
};

struct record_reader {
	const struct vocabulary *words;
	struct record_context context; /* to be set by the reader */
	const struct record_map *map;  /* for vocabulary_article; may be NULL */
	struct arena arena;           /* the current article's */
	struct buf scratch, plain;
	struct reader_voice voice;
	const char *source; /* for records that name none; may be NULL */
	uint64_t line;      /* of the current record; 0: it has none */
	uint64_t number;    /* records so far */
	struct unused_keys unused;
	bool *found; /* for each row of ${map}: some record has it */
};

/* Returns 0 or PDX_E_NOMEM; to be released in either case. */
int record_init(struct record_reader *r, const struct vocabulary *words,
		const struct read_options *options);
void record_release(struct record_reader *r); /* accepts a zeroed struct */

/*
 * Forget the last article and make voice.origin "name:line" for the next one, or "name"
 * where the line is 0.
 */
int record_begin(struct record_reader *r, const char *name, uint64_t line);

/*
 * Read ${len} bytes of JSON into *article, in r->arena.  Returns READ_ARTICLE,
 * READ_SKIP with the reason in ${skip}, or PDX_E_NOMEM.
 */
int record_read(struct pdx_article *article, struct record_reader *r, const char *json,
		size_t len, struct read_skip *skip);

/* The same from ${record}, which stays the caller's. */
int record_read_value(struct pdx_article *article, struct record_reader *r,
		      json_t *record, struct read_skip *skip);

/*
 * Warn, once for the whole input ${name}, of keys that were not used and of mappings
 * that led nowhere.  Returns 0 or PDX_E_NOMEM.
 */
int record_report(struct record_reader *r, const char *name);

#endif
