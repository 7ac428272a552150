/*
 * One JSON object as an article.  The keys are those of paneldex.article/1 and a few
 * that other people use for the same; record.c has the table.
 */
#ifndef INGEST_RECORD_H
#define INGEST_RECORD_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/reader.h"

#define RECORD_JSON_FLAGS (JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL)

/* A key of the input that means nothing here. */
struct unused_key {
	char *name;
	uint64_t records; /* that have it */
	uint64_t last;    /* number of the last of them */
};

struct record_reader {
	struct arena arena; /* the current article's */
	struct buf scratch;
	struct reader_voice voice;
	const char *source; /* for records that name none; may be NULL */
	uint64_t number;    /* records so far */
	struct unused_key *unused;
	size_t nunused, unused_cap;
	uint64_t more_unused; /* keys that were too many to count */
};

void record_init(struct record_reader *r, const struct read_options *options);
void record_release(struct record_reader *r); /* accepts a zeroed struct */

/*
 * Read ${len} bytes of JSON into *article, in r->arena.  Returns READ_ARTICLE,
 * READ_SKIP with the reason in ${skip}, or PDX_E_NOMEM.
 */
int record_read(struct pdx_article *article, struct record_reader *r, const char *json,
		size_t len, struct read_skip *skip);

/*
 * Warn, once for the whole input ${name}, of keys that were not used.  Returns 0 or
 * PDX_E_NOMEM.
 */
int record_report_unused(struct record_reader *r, const char *name);

#endif
