/*
 * What a page says of its article for machines: JSON-LD with the types of schema.org.
 */
#ifndef INGEST_JSON_LD_H
#define INGEST_JSON_LD_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"

#define JSON_LD_CATEGORIES 8
#define JSON_LD_MAX ((size_t)2 << 20) /* bytes of a script that is read */

/* As it is written: with references and tags, if there are any.  NULL: not said. */
struct json_ld {
	unsigned rank; /* how good an article it is; 0: there was none */
	const char *headline, *name, *description, *date, *url, *lang;
	const char *publisher, *body;
	const char *sections[JSON_LD_CATEGORIES];
	size_t nsections;
	const char *keywords; /* joined by commas where it was a list */
};

enum json_ld_result { JSON_LD_READ, JSON_LD_REPAIRED, JSON_LD_BROKEN, JSON_LD_LONG };

/*
 * Read the script of ${len} bytes at ${s} into ${out}, whose strings are in ${arena}:
 * the best article in it, where it is better than what ${out} has.  Articles that are
 * only mentioned (in a list of related ones, as a part) are none.  A script that is no
 * JSON is repaired where it is damaged as such scripts are: comments around it, commas
 * too many, line ends and quotes in strings, an end that is missing.  Returns an enum
 * json_ld_result, or PDX_E_NOMEM.
 */
int json_ld_read(struct json_ld *out, struct arena *arena, const char *s, size_t len);

/*
 * Append the ${len} bytes of damaged JSON to ${out}, repaired as far as it goes.  For
 * what is valid nothing changes but white space outside of it.
 */
void json_ld_repair(struct buf *out, const char *s, size_t len);

#endif
