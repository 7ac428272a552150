/*
 * The keys and values that stand before the text of a Markdown file, as Hugo and Jekyll
 * read them: YAML between lines of ---, TOML between lines of +++.
 *
 * Only what metadata is written with is read: scalars, plain, quoted or as a block, and
 * lists of them in both styles.  What is nested deeper is named and left out; all else
 * is an error with its line.  Every scalar is a string, and keys are in lower case.
 */
#ifndef INGEST_FRONT_MATTER_H
#define INGEST_FRONT_MATTER_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct front_matter {
	json_t *values;  /* owned; an object of strings and arrays of strings */
	size_t len;      /* bytes up to the text */
	size_t lines;    /* of these */
	struct buf left; /* names of keys whose nested values were left out */
	size_t line;     /* of the error, from 1 */
	char error[160]; /* "" where there is none */
};

enum front_matter_style { FRONT_NONE, FRONT_YAML, FRONT_TOML };

/* What ${len} first bytes of a file begin with. */
enum front_matter_style front_matter_style(const char *s, size_t len);

/*
 * Read what ${text}, which begins with it, has before its text (front_matter_release).
 * False where memory is out; an error is no failure.
 */
bool front_matter_read(struct front_matter *out, const char *text, size_t len);
void front_matter_release(struct front_matter *f); /* accepts a zeroed struct */

#endif
