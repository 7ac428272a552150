/* A URL in the form in which two links to one page are equal. */
#ifndef INGEST_IDENTITY_URL_H
#define INGEST_IDENTITY_URL_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Append the normal form of ${url} (see identity_text()).  False, and nothing appended,
 * where it names no host.
 */
bool url_normalise(struct buf *out, const char *url);

#endif
