/* Where a reader found the parts of an article. */
#ifndef INGEST_PROVENANCE_H
#define INGEST_PROVENANCE_H

#include <stdbool.h>

#include "paneldex.h"

/* Whether ${article} has anything for ${part}. */
bool provenance_has(const struct pdx_article *article, enum pdx_part part);

/* Say ${from} of every part that is there and that nothing was said of yet. */
void provenance_rest(struct pdx_article *article, enum pdx_provenance from);

#endif
