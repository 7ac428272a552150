/*
 * Text as the index may hold it, from text as an input had it.  Both forms are valid
 * UTF-8, hold no control character but line feed and tab, and are trimmed.  Cleaning
 * clean text changes nothing.
 */
#ifndef INGEST_CLEAN_H
#define INGEST_CLEAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * Paragraphs: no white space at the end of a line, at most one empty line in a row.
 * The text is in ${arena}, "" where nothing is left, NULL where memory is out.
 * ${scratch} is a buffer to work in.
 */
char *clean_block(struct arena *arena, struct buf *scratch, const char *s, size_t len);

/* A title or a name: the same on one line, white space runs as one space. */
char *clean_line(struct arena *arena, struct buf *scratch, const char *s, size_t len);

/* The length of a blank to trim at the start of ${len} bytes; 0: there is none. */
size_t clean_blank(const char *s, size_t len);

/* Trim ${s} and ${len} at both ends. */
void clean_trim(const char **s, size_t *len);

#define CLEAN_TITLE_POINTS 80 /* of a title made from text, U+2026 included */

/*
 * The first sentence of ${text}, for an article without a title: cut at a word where
 * it is longer than CLEAN_TITLE_POINTS.  As clean_line().
 */
char *clean_sentence(struct arena *arena, struct buf *scratch, const char *text);

#endif
