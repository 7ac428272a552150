/* Links as documents have them: relative to where they stand. */
#ifndef INGEST_LINK_H
#define INGEST_LINK_H

#include <stdbool.h>

#include "base/buf.h"

/* Whether ${link} says by itself where it leads: it begins with "https:" or the like. */
bool link_is_absolute(const char *link);

/*
 * Append ${link} as it is meant at ${base} (RFC 3986, section 5.2).  Where ${base} is
 * NULL or names no host, ${link} itself.  A base without a path has "/".
 */
void link_resolve(struct buf *out, const char *base, const char *link);

#endif
