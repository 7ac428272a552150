/*
 * Where JSON values begin and end, without looking at what they say: brackets are
 * counted and strings passed over, so that one element of an endless array can be cut
 * out in bounded memory.
 */
#ifndef INGEST_JSON_EXTENT_H
#define INGEST_JSON_EXTENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The state inside a value; a zeroed struct stands before one. */
struct json_extent {
	uint64_t depth; /* open brackets */
	bool string, escape;
	bool begun;
};

/*
 * Go on with ${len} bytes of a value, which begins with its first byte, and return how
 * many belong to it.  *done is true where it ends among them: behind its last bracket
 * or quote, before what ends a number or a word.
 */
size_t json_extent_feed(bool *done, struct json_extent *state, const char *s, size_t len);

bool json_is_blank(char c);

/* Keys under which others put their list of articles: "articles", "items", ... */
bool json_is_list_key(const char *key, size_t len);

/* What the first bytes of a text are, seen as JSON. */
enum json_look {
	JSON_LOOK_NOT,
	JSON_LOOK_PART,     /* one object, cut off */
	JSON_LOOK_RECORD,   /* one object */
	JSON_LOOK_RECORDS,  /* an object, and another begins behind it */
	JSON_LOOK_ARRAY,    /* of objects */
	JSON_LOOK_ENVELOPE, /* an object that has a list of objects in it */
};

enum json_look json_look(const char *s, size_t len);

#endif
