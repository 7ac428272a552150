/* What the two styles of front matter have in common: lines, quoted strings, values. */
#ifndef INGEST_FRONT_PARTS_H
#define INGEST_FRONT_PARTS_H

#include "ingest/front_matter.h"

/* A place in the front matter, and where it ends. */
struct front {
	struct front_matter *out;
	const char *p, *end;
	size_t number;    /* of the line at ${p}, from 1 */
	struct buf value; /* the scalar that was read last */
	bool nomem;
};

/* Read all lines of one style. */
void front_yaml(struct front *f);
void front_toml(struct front *f);

/* Record the first error, at the current line; false. */
bool front_error(struct front *f, const char *what);

char front_peek(const struct front *f); /* NUL at the end */
void front_pass(struct front *f);       /* one byte; counts lines */
void front_blanks(struct front *f);     /* spaces and tabs */
bool front_at_line_end(const struct front *f);

/* Go behind the line; only blanks and a comment may stand there. */
bool front_end_line(struct front *f);

/* A quoted string, whose quote is next, into f->value. */
bool front_quoted(struct front *f);

/* Keep ${len} bytes of a key in lower case; an error where it was there before. */
bool front_key(struct front *f, struct buf *key, const char *s, size_t len);

/* Set ${key} to ${value}, which is taken; false where memory is out. */
bool front_set(struct front *f, const struct buf *key, json_t *value);

/* f->value as a string. */
json_t *front_string(struct front *f);

/* Say that nested values of ${key} were left out. */
void front_left_out(struct front *f, const struct buf *key);

#endif
