/*
 * JSON as it nearly always is, parsed fast: jansson looks at a text byte by byte through
 * three functions, which took a fifth of an ingest.  What comes out is what json_loadb()
 * with RECORD_JSON_FLAGS gives; what is not plain is left to it.
 */
#ifndef INGEST_JSON_PARSE_H
#define INGEST_JSON_PARSE_H

#include <jansson.h>
#include <stddef.h>

/*
 * The value that the ${len} bytes are, owned by the caller.  NULL: they are not valid, or
 * hold what only jansson decides upon (real numbers, zero characters, deep nesting), or
 * memory is out: ask it.
 */
json_t *json_parse(const char *text, size_t len);

#endif
