/* Whether a document is a feed. */
#ifndef INGEST_FEED_LOOK_H
#define INGEST_FEED_LOOK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether ${len} first bytes of a document in UTF-8 begin a feed: the name of its
 * document type says so, or else that of its first element.
 */
bool feed_look(const char *s, size_t len);

#endif
