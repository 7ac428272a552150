/*
 * What readers make of an input, as text that tests can compare: articles field by
 * field, rejects and warnings, in the order in which they came.
 */
#ifndef TESTS_READING_H
#define TESTS_READING_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "ingest/reader.h"

struct reading {
	struct buf text;
	struct buf warnings; /* "origin: message", a line each */
	struct buf reasons;  /* of rejects and of inputs that no reader took */
	/* "title: text, date: header": a line for each article. */
	struct buf provenance;
	size_t articles, takes, skips;
	const char *reader;          /* the name of who read it; NULL: nobody */
	int status;                  /* what ended it: READ_END, or an error */
	struct read_options options; /* to be set before reading; ${warn} is taken */
	size_t chunk;                /* bytes that the input gives at a time; 0: all */
};

void reading_init(struct reading *r);
void reading_release(struct reading *r);

/* Read ${len} ${bytes} as the input called ${name}. */
void reading_bytes(struct reading *r, const char *name, const char *bytes, size_t len);

/* Read the file at ${path} as the input called ${name}; a missing one fails the test.
 */
void reading_file(struct reading *r, const char *path, const char *name);

/* The bytes of a file, owned by the caller. */
char *file_bytes(const char *path, size_t *len);

/*
 * Read tests/cases/${dir}/${name} and compare with the ".want" file beside it.  With
 * PANELDEX_GOLDEN in the environment that file is written instead, for review.
 */
void check_reading(const char *dir, const char *name);

#endif
